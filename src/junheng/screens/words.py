"""Words and numbers as every screen prints them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil

from junheng.indicators.forms.cells import COUNTED_UNITS
from junheng.indicators.registry import Indicator
from junheng.kernel.codes import Level, Stage
from junheng.kernel.exact import rounded
from junheng.kernel.findings import Finding
from junheng.paper.screen import say, table

SHOWN_ROWS = 20
MOST_ROWS, FIRST_ROWS = 400, 40  # of a table that nobody reads to its end, the first
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
    if each.gap_unit not in COUNTED_UNITS:
        return f"{exact} {each.gap_unit}".rstrip()
    return f"{whole} {each.gap_unit}" if whole == each.gap else f"{whole} {each.gap_unit}（{exact}）"


def wan(yuan: float | Decimal, sign: str = "") -> str:
    """Yuan as 万元, as it is written in a plan and not as a computer holds it: halves are rounded up."""
    return f"{rounded(Fraction(str(yuan)) / 10_000, 2):{sign},f}"


def say_rest(left: int, unit: str, where: str = "，用 --json 查看全部", margin: str = "  ") -> None:
    """How many more there are than were shown, and where they are; nothing where all were."""
    if left > 0:
        say(f"{margin}……另有 {left} {unit}{where}")


def long_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table; of one with too many rows the first, and how to ask for fewer."""
    shown = rows if len(rows) <= MOST_ROWS else rows[:FIRST_ROWS]
    table(title, columns, shown)
    say_rest(len(rows) - len(shown), "行",
             " -> 用 --county 县区代码、--standard 标准 或 --level city 缩小范围，或用 --json 查看全部")
