"""A page as one html file that needs nothing else: style, scripts, data and charts are all inside it."""

from __future__ import annotations

import base64
import hashlib
import json
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from junheng.paper.page import Bars, Chart, Choice, Listing, Map, Page, Sketch
from junheng.paper.sheets import Cell, header
from junheng.paper.whole_file import write_whole

CHARTS = "vendor/echarts.common.min.js"
IN_SCRIPT = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def write_page(path: Path, page: Page) -> None:
    """Write `page` to `path`, whole or not at all; equal pages give equal bytes.

    The page fetches nothing and lets no script run but its own two.
    Errors: `JunhengError` when `path` cannot be written.
    """
    write_whole(path, page_text(page).encode())


def page_text(page: Page) -> str:
    """The page as text."""
    scripts = [ours(CHARTS), ours("templates/page.js")]
    return (
        templates()
        .get_template("page.html.j2")
        .render(
            page=page,
            charts=_charts(page),
            style=Markup(ours("templates/page.css")),
            scripts=[Markup(script) for script in scripts],
            allowed=" ".join(digest(script) for script in scripts),
        )
    )


def templates() -> Environment:
    """The templates of this room; no text in them becomes markup."""
    made = Environment(
        loader=PackageLoader("junheng.paper"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(json=in_script, sort_key=_sort_key)
    made.globals.update(header=header)
    return made


def in_script(value: object) -> Markup:
    """`value` as JSON that no text in it can break out of its script element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup("".join(IN_SCRIPT.get(letter, letter) for letter in text))


def _sort_key(cell: Cell) -> str:
    number = cell.number
    return "" if number is None else repr(float(number))


def _charts(page: Page) -> dict[str, list[dict[str, object]]]:
    """The charts of each box, under the name its element has in the template."""
    return {
        f"{section.key}-{number}": [drawn.as_json() for drawn in _drawn(block)]
        for section in page.sections
        for number, block in enumerate(section.blocks)
        if not isinstance(block, Listing)
    }


def _drawn(block: Chart | Choice | Map) -> list[Bars] | list[Sketch]:
    return [block.bars] if isinstance(block, Chart) else [drawn for _, drawn in block.options]  # type: ignore[return-value]


def ours(name: str) -> str:
    """A style or script of this room."""
    return files("junheng.paper").joinpath(name).read_text(encoding="utf-8")


def digest(script: str) -> str:
    """The script as a Content-Security-Policy names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
