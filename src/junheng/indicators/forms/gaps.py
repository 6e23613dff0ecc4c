"""差距清单: every school short of an item of the quality standard, and by how much."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from junheng.indicators.forms import cells
from junheng.indicators.forms.facts import CountyFacts, SchoolRow
from junheng.indicators.forms.layout import (
    ALL_SEVEN,
    CODE,
    NAME,
    NUMBER,
    PUPILS,
    SEVEN,
    STAGE,
    STAGE_ORDER,
    TOWNSHIP,
    item_name,
    pupils_cell,
    sheet,
    stage_word,
)
from junheng.kernel.codes import Verdict
from junheng.kernel.findings import Finding
from junheng.paper.sheets import Cell, Column, Role, Row, Sheet

GATHERED = {ALL_SEVEN, "yz.2.3"}  # items that only gather others, whose own rows stand in the list


def shortfalls(facts: CountyFacts) -> Iterator[tuple[SchoolRow, Finding]]:
    """Every school short of an item of the quality standard, by stage, school and item."""
    items = {item: number for number, item in enumerate(facts.titles)}
    short: dict[tuple[str, str], list[Finding]] = {}
    for one in filter(_is_short, facts.of_school.values()):
        short.setdefault((one.stage, one.group), []).append(one)
    for stage in STAGE_ORDER:
        for school in facts.schools:
            found = short.get((stage, school.school_id), [])
            yield from ((school, one) for one in sorted(found, key=lambda one: items.get(one.item, len(items))))


def _is_short(one: Finding) -> bool:
    return one.verdict is Verdict.not_met and one.item.startswith("yz.") and one.item not in GATHERED


def gap_list(facts: CountyFacts) -> Sheet | None:
    """差距清单: every school short of an item, with the gap in the item's own unit and per pupil."""
    if not any(one.item.startswith("yz.") for one in facts.of_school.values()):
        return None
    columns = (
        NUMBER,
        NAME,
        CODE,
        TOWNSHIP,
        STAGE,
        Column(("项目",), 32, "left"),
        PUPILS,
        Column(("现值",), 9.5),
        Column(("标准",), 8),
        Column(("占标准%",), 7.5),
        Column(("差额（精确）",), 12),
        Column(("差额（取整）",), 9),
        Column(("单位",), 6, "center"),
        Column(("每生差额",), 9.5),
        Column(("占该项县域差异%",), 9.5),
    )
    rows = (_gap(facts, number, school, one) for number, (school, one) in enumerate(shortfalls(facts), start=1))
    notes = (
        "差额：补到标准还需的数量；人、间、班等不可分的单位另列向上取整数。",
        "占该项县域差异%：该校在本项差异系数（平方）中的份额。",
    )
    return sheet(facts, "差距清单", "学校差距清单", columns, rows, notes=notes)


def _gap(facts: CountyFacts, number: int, school: SchoolRow, one: Finding) -> Row:
    unit = cells.unit(one.gap_unit)
    return (
        Cell(number),
        Cell(school.name),
        Cell(school.school_id),
        Cell(school.township),
        Cell(stage_word(one.stage, "全校")),
        Cell(item_name(facts, one.item)),
        pupils_cell(school, one.stage),
        cells.counted(facts, one),
        cells.asked(facts, one),
        _or_dash(cells.of_limit(one) if one.item in SEVEN else None, 1),
        _or_dash(_gap_size(one), 2),
        _whole(one, unit),
        Cell(unit),
        _or_dash(one.gap_per_pupil, 4),
        _or_dash(100 * one.share if one.share is not None else None, 2),
    )


def _gap_size(one: Finding) -> Fraction | None:
    return None if one.gap is None else Fraction(one.gap)


def _whole(one: Finding, unit: str) -> Cell:
    gap = _gap_size(one)
    return Cell(math.ceil(gap)) if gap is not None and unit in cells.WHOLE_UNITS else Cell("—", Role.quiet)


def _or_dash(value: Fraction | None, places: int) -> Cell:
    return Cell("—", Role.quiet) if value is None else Cell(value, places=places)
