"""The conditions of a plan, each a function from a county to the breaches of it."""
