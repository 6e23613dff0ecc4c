"""Pages of analyses; those of a plan itself stand in `forms`."""
