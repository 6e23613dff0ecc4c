"""The little Markdown that is written by code: tables of what the code declares, for the manual and the reference."""

from __future__ import annotations

from collections.abc import Iterable


def grid(heads: Iterable[object], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table; a cell's bars are escaped, its breaks are blanks."""
    first = [str(each) for each in heads]
    lines = [[" ".join(str(cell).replace("|", "\\|").split()) for cell in row] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in [first, ["---"] * len(first), *lines])
