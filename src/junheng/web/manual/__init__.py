"""The manual, in place: a chapter for each page of the desk and each thing to be known, in Chinese and English.

The chapters are Markdown files beside this one. What the code declares - who may do what, steps, keys, definitions, closed lists,
limits - stands in them as `{name}` and is printed from the code (`facts`); nothing of it is written twice.
"""
