"""From amounts to the rows of a plan. In: a county and the plan found for it (`Draft`). Out: its measures, what stays
short, every item before and after, and its line among the counties.
"""
