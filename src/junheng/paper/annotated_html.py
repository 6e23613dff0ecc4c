"""An annotated text as one html file that needs nothing else: style, script and records are all inside it."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from junheng.paper.annotated import Annotated, Piece, lines
from junheng.paper.html import digest, ours, templates
from junheng.paper.sheets import Role
from junheng.paper.whole_file import write_whole


def write_annotated(path: Path, page: Annotated) -> None:
    """Write `page` to `path`, whole or not at all; equal pages give equal bytes.

    The page fetches nothing and lets no script run but its own.
    Errors: `JunhengError` when `path` cannot be written.
    """
    write_whole(path, annotated_text(page).encode())


def annotated_text(page: Annotated) -> str:
    """The page as text."""
    script = ours("templates/annotated.js")
    return templates().get_template("annotated.html.j2").render(
        page=page, lines=lines(page), looks=_looks, style=Markup(ours("templates/annotated.css")), script=Markup(script),
        allowed=digest(script), shown_first=next((each.key for each in page.groups if each.records), ""))


def _looks(piece: Piece) -> str:
    """What a piece of the text is, and how the shortest of its marks stands that says so."""
    roles = [each.role.value for each in piece.marks if each.role is not Role.plain]
    return " ".join(dict.fromkeys([*(each.look for each in piece.marks), *roles[:1]]))
