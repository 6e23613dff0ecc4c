"""The way to the standard that costs least: a county as a problem of choice (`problem`), its measures (`levers`) and side
conditions (`rules`), the search with its bound (`search`), and the plan drafted from what it found. The door is `making.plan`.
"""
