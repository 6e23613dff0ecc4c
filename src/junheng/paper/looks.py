"""How the parts of a workbook look: to work with, and as an official paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from junheng.paper.sheets import Role

HATCHED = 14  # Excel's thin diagonal stripes

Style = dict[str, Any]
SHADES: dict[Role, Style] = {
    Role.plain: {},
    Role.ok: {"font_color": "#12683F"},
    Role.bad: {"bg_color": "#F9D5D1", "font_color": "#9C1C14", "bold": True},
    Role.unknown: {"pattern": HATCHED, "fg_color": "#B9C1CC", "bg_color": "#EEF0F3", "font_color": "#4A5565"},
    Role.waiting: {"bg_color": "#FFF0D6", "font_color": "#8A5300"},
    Role.quiet: {"font_color": "#66758A"},
}


@dataclass(frozen=True)
class Look:
    """The styles of the parts of a sheet."""

    title: Style
    fact: Style
    note: Style
    head: Style
    body: Style
    total: Style


_HEAD: Style = {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
WORKING = Look(
    title={"font_size": 15, "bold": True, "font_color": "#1D4F91", "valign": "vcenter"},
    fact={"font_color": "#4A5565", "valign": "vcenter"},
    note={"font_color": "#4A5565", "valign": "top"},
    head=_HEAD | {"bg_color": "#E8EEF7", "font_color": "#1F2A3A", "border_color": "#AEBBCC"},
    body={"border": 1, "border_color": "#CBD3DE", "valign": "vcenter"},
    total={"bold": True, "bg_color": "#F3F5F9", "top": 2},
)
OFFICIAL = Look(  # the fonts that official papers ask for: named, not embedded, so a reader without them sees its own
    title={"font_name": "黑体", "font_size": 18, "align": "center", "valign": "vcenter"},
    fact={"font_name": "仿宋", "font_size": 10.5, "valign": "vcenter"},
    note={"font_name": "仿宋", "font_size": 10, "valign": "top"},
    head=_HEAD | {"font_name": "黑体", "bold": False},
    body={"font_name": "宋体", "border": 1, "valign": "vcenter"},
    total={"bold": True, "bg_color": "#F2F2F2"},
)


class Styles:
    """The workbook's formats, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def of(self, *parts: Style) -> Any:
        look: Style = {"font_name": "Microsoft YaHei", "font_size": 9}
        for part in parts:
            look.update(part)
        key = tuple(sorted(look.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(look)
        return self._made[key]
