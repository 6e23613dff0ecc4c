"""Pages of findings: the list, a figure and how it was made, the workbook, saved views."""
