"""The choice: the relaxation and its cones, the search with its bound, what is done where not everything can be met."""
