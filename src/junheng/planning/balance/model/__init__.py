"""A county as a problem of choice: what stands in the target year (`scene`), measures (`levers`), rules, numbers (`problem`)."""
