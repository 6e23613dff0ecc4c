"""Names, units and values of the law in the words that people read."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from junheng.people.language import code_word, unit_word
from junheng.standards.book import looser
from junheng.standards.law import Limit, Overlay, Value

UNITS = {  # of the law, in the words that people read
    "persons per 100 pupils": "人/百人", "m2 per pupil": "㎡/人", "yuan per pupil": "元/人", "rooms per 100 pupils": "间/百人",
    "items of 7": "项（共7项）", "share of the limit": "占标准", "coefficient": "系数", "pupils": "人", "times": "倍",
    "drop or merge": "drop 不计/merge 并入", "region": "east 东部/midwest 中西部", "year": "年",
    "classes per room": "班/间", "m2": "㎡", "pupils per class": "人/班",
    "hours": "学时", "calendar years": "年度", "share": "比例", "years": "年", "percent": "%", "points of 100": "分",
    "minutes": "分钟", "months": "月", "schools": "所", "kindergartens": "所", "lessons a week": "节/周", "Mbps": "兆",
    "pupils per post": "人/个编制", "pupils per teacher": "人/名教师",
}
VALUES = {"drop": "不计", "merge": "并入", "east": "东部", "midwest": "中西部"}  # those that are no numbers


def limit_word(limit: Limit) -> str:
    """What a value of the law is called on a page."""
    return code_word(limit.name, limit.zh)


def looser_shown(overlays: Iterable[Overlay]) -> list[str]:
    """A warning on a page for each overlaid value that asks for less than the national one."""
    return [_("%(place)s：%(limit)s %(value)s 宽于国家标准 %(national)s（%(paper)s） -> 确认当地文件是否有效")
            % {"place": overlay.zh, "limit": limit_word(limit), "value": entry.value, "national": base.value,
               "paper": entry.paper}
            for overlay, limit, entry, base in looser(overlays)]


def unit_of(limit: Limit) -> str:
    """What it is counted in, on a page."""
    return unit_word(UNITS.get(limit.unit, limit.unit))


def printed(value: Value, unit: str) -> tuple[str, str]:
    """A value and its unit as people read them on a page: a share in percent, a code in words."""
    if isinstance(value, str):
        return code_word(value, VALUES.get(value, value)), ""
    if unit == "share":
        return f"{(Decimal(value) * 100).normalize():f}", "%"
    return str(value), unit_word(UNITS.get(unit, unit), value)
