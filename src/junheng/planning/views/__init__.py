"""Pages of plans: the list, one plan and its parts, two held side by side, what if, the steps of approval."""
