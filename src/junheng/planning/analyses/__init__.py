"""What is asked of a plan once it is there: money, rules, prices, certainty, what if.

In: a plan file and its city. Out: rows, each solved anew and kept beside the plan (`points`), so that a run cut short goes on
where it stopped.
"""
