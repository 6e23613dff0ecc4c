"""Words and numbers as every screen prints them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil

from junheng.indicators.registry import Indicator
from junheng.kernel.codes import Level, Stage
from junheng.kernel.exact import rounded
from junheng.kernel.findings import Finding

SHOWN_ROWS = 20
WHOLE_UNITS = {"人", "间", "所", "项", "个", "个班"}
ALL = "总体"


def stage_word(stage: str) -> str:
    return Stage[stage].zh if stage in Stage.__members__ else ALL


def exact(value: Fraction | None) -> str:
    """A part or whole with at most two places; whole numbers without any."""
    if value is None:
        return "-"
    return f"{value.numerator:,}" if value.denominator == 1 else f"{rounded(value, 2):,f}"


def number(value: Fraction | Decimal | None, indicator: Indicator, level: Level = Level.school) -> str:
    """A number as people read it: rounded for print, the empty stroke for what is not known."""
    return "-" if value is None else f"{rounded(value, indicator.places_at(level)):,f}"


def amount(each: Finding, indicator: Indicator) -> str:
    """The gap in the item's own unit; nobody recruits two thirds of a teacher, so people and rooms are rounded up."""
    exact, whole = number(each.gap, indicator), ceil(each.gap or 0)
    if each.gap_unit not in WHOLE_UNITS:
        return f"{exact} {each.gap_unit}".rstrip()
    return f"{whole} {each.gap_unit}" if whole == each.gap else f"{whole} {each.gap_unit}（{exact}）"
