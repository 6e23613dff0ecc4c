"""The desk: settings, addresses, base templates, static files, and the pages that show more than one room.

In: a city folder and its desk's database. Out: a console for browsers, an API, health and metrics.
"""
