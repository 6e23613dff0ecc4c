"""The way to the standard that costs least. The door is `making.plan`: `model` says what can be chosen in a county and under
which rules, `solver` chooses and proves, `drafting` and `gathering` write the plan down. A model knows no solver.
"""
