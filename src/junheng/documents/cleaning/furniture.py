"""Lines that a viewer, a web site or an advertisement put around the text."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from junheng.documents.cleaning.edits import Edit
from junheng.documents.cleaning.lines import Line

_LONGEST = 300  # characters: a longer line is text, whatever words stand in it
_LONGEST_WEAK = 80
_FILE_NAME = re.compile(r"(?<=[\u4e00-\u9fff）)])\.(?:docx?|wps|pdf|pptx?|txt)$", re.IGNORECASE)
_COUNTER = re.compile(r"[\s|]*(?:浏览|阅读|点击|访问)(?:次数|量|数|率)?\s*[:：]\s*\d+\s*次?")
_ABOUT_THE_PAGE = re.compile(r"来源|作者|编辑|日期|时间|发布")


class Kind(NamedTuple):
    why: str
    fits: re.Pattern[str]
    weak: bool
    viewer: bool
    opens_list: bool


@cache
def kinds() -> tuple[Kind, ...]:
    """The kinds of line that are no part of a document, from furniture.toml."""
    listed = tomllib.loads((files(__package__) / "furniture.toml").read_text("utf-8"))["kind"]
    return tuple(Kind(each["why"], re.compile("|".join(f"(?:{pattern})" for pattern in each["patterns"]), re.IGNORECASE),
                      each.get("weak", False), each.get("viewer", False), each.get("opens_list", False)) for each in listed)


def find_furniture(rows: list[Line]) -> tuple[list[Edit], bool]:
    """What to drop of the lines, and whether a page viewer had them."""
    drops: list[Edit] = []
    viewed = listing = False
    for place, row in enumerate(rows):
        kind = _kind(row)
        listing = kind.opens_list if kind else listing and "。" not in row.text
        if kind:
            viewed |= kind.viewer
            drops.append(_dropped(row, kind.why))
        elif listing:
            drops.append(_dropped(row, "网站列出的其他文章"))
        elif trimmed := _trimmed(row, first=not place):
            drops.append(trimmed)
    return drops, viewed


def _kind(row: Line) -> Kind | None:
    if len(row.text) > _LONGEST:
        return None
    weak = len(row.text) <= _LONGEST_WEAK and row.text[-1] not in "。！？；"
    return next((kind for kind in kinds() if (weak or not kind.weak) and kind.fits.search(row.text)), None)


def _dropped(row: Line, why: str) -> Edit:
    return Edit(row.start, row.end, "", "dropped_line", why)


def _trimmed(row: Line, first: bool) -> Edit | None:
    """Of a title the ending of a file name; of the line about the page its counter, for no figure stands there."""
    found = first and len(row.text) <= _LONGEST_WEAK and _FILE_NAME.search(row.text)
    if found:
        return Edit(row.start + found.start(), row.start + found.end(), "", "dropped_line", "文件名的后缀，不属于标题")
    found = len(row.text) <= _LONGEST_WEAK and _ABOUT_THE_PAGE.search(row.text) and _COUNTER.search(row.text)
    if found:
        return Edit(row.start + found.start(), row.start + found.end(), "", "dropped_line", "网页的浏览次数，不是文中的数")
    return None
