"""The pages of the law: what is in force on a day in a place, what is confirmed, and what a local value would change."""
