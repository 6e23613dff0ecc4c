"""Counts announced against what is listed."""
