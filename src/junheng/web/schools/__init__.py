"""Schools: found by name, on a map, and each on a page with all that the rooms know of it."""
