"""The little Markdown that generated pages are made of."""

from __future__ import annotations

from collections.abc import Iterable

MADE = "<!-- made by docs/build.py from what the code declares: change it there, then make docs -->"


def page(opening: str, *parts: str) -> str:
    title, rest = opening.strip().split("\n", 1)
    return "\n\n".join([title, MADE, rest.strip(), *parts]) + "\n"


def quoted(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
