"""音乐美术教室逐间表: what each school needs and has, and every room one by one."""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from junheng.indicators.forms import cells
from junheng.indicators.forms.facts import SchoolRow
from junheng.indicators.forms.layout import CODE, KIND, NAME, NUMBER, URBAN_RURAL, school_cells, sheet
from junheng.indicators.forms.papers.context import FormContext, Record, not_handed_in, schools_without
from junheng.indicators.forms.papers.people import day, unfilled, yes_no
from junheng.kernel.findings import Finding
from junheng.paper.sheets import Cell, Column, Role, Row, Sheet

KINDS = {"music": ("音乐", "yz.2.3.music", "music_room_area"), "art": ("美术", "yz.2.3.art", "art_room_area")}
BOTH = "yz.2.3"


def special_rooms(context: FormContext) -> list[Sheet]:
    """Two sheets: schools with rooms needed, there and missing; rooms with their area and whether they count."""
    return [_by_school(context), _room_by_room(context)]


def _by_school(context: FormContext) -> Sheet:
    columns = (
        NUMBER, NAME, CODE, KIND, URBAN_RURAL,
        Column(("普通班数",), 7),
        *(Column((f"{zh}教室（间）", head), 8) for zh, _, _ in KINDS.values() for head in ("应有", "达标在用", "缺")),
        Column(("音乐是否达标",), 9, "center"),
        Column(("美术是否达标",), 9, "center"),
        Column(("两项是否达标",), 9, "center"),
    )
    rows = [_school(context, number, school) for number, school in enumerate(context.compulsory, start=1)]
    note = "应有间数：每12个普通班一间，不足12班按12班计；达标在用：在用且使用面积达到标准。"
    return sheet(context.facts, "音乐美术教室（按校）", "音乐、美术专用教室配备情况表", columns, rows,
                 totals=(_county(context, rows),), notes=(note, *schools_without(context, "rooms")),
                 text=not_handed_in(context, "rooms"), unit="间、班")


def _school(context: FormContext, number: int, school: SchoolRow) -> Row:
    found = {kind: context.facts.school(item, "all", school.school_id) for kind, (_, item, _) in KINDS.items()}
    return (
        Cell(number), *school_cells(school), Cell(school.urban_rural),
        _classes(found["music"]),
        *(cell for one in found.values() for cell in _rooms(context, school, one)),
        *(cells.verdict(one) for one in found.values()),
        cells.verdict(context.facts.school(BOTH, "all", school.school_id)),
    )


def _classes(one: Finding | None) -> Cell:
    return cells.count(one.whole if one else None)


def _rooms(context: FormContext, school: SchoolRow, one: Finding | None) -> Row:
    """Rooms needed, rooms that count, rooms missing."""
    need, there = _needed(context, school, one), one.part if one else None
    short = None if need is None or there is None else max(Fraction(need) - there, Fraction(0))
    return (cells.number(need), cells.count(there), cells.count(short, Role.bad if short else Role.quiet))


def _needed(context: FormContext, school: SchoolRow, one: Finding | None) -> int | None:
    """One room for every 12 classes or part of them."""
    unit = context.unit(school.school_id)
    if unit is None or one is None or one.whole is None or one.limit is None:
        return None
    return math.ceil(one.limit * one.whole / Fraction(context.limit("classes_per_special_room", unit)))


def _county(context: FormContext, rows: list[Row]) -> Row:
    totals = (cells.total(row[place] for row in rows) for place in range(5, 12))
    return (Cell(), Cell("全县合计"), Cell(), Cell(), Cell(), *totals,
            *(_met(context, item) for item in (*(item for _, item, _ in KINDS.values()), BOTH)))


def _met(context: FormContext, item: str) -> Cell:
    one = context.facts.county(item, "all")
    return cells.schools_met(context.facts, one) if one else unfilled()


def _room_by_room(context: FormContext) -> Sheet:
    columns = (
        NUMBER, NAME, CODE,
        Column(("建校年份",), 8, "center"),
        Column(("类别",), 7, "center"),
        Column(("教室编号",), 10, "center"),
        Column(("使用面积",), 9),
        Column(("面积标准（≥）",), 9),
        Column(("启用日期",), 11, "center"),
        Column(("是否在用",), 8, "center"),
        Column(("是否计入",), 8, "center"),
        Column(("备注",), 18, "left"),
    )
    rows = (_room(context, number, school, row) for number, (school, row) in enumerate(_of_kind(context), start=1))
    return sheet(context.facts, "音乐美术教室逐间表", "音乐、美术专用教室逐间表", columns, rows,
                 notes=schools_without(context, "rooms"), text=not_handed_in(context, "rooms"), unit="㎡")


def _of_kind(context: FormContext) -> Iterator[tuple[SchoolRow, Record]]:
    for school in context.compulsory:
        yield from ((school, row) for kind in KINDS for row in context.rows("rooms", school.school_id) if row["kind"] == kind)


def _room(context: FormContext, number: int, school: SchoolRow, row: Record) -> Row:
    unit = context.unit(school.school_id)
    limit = Decimal(context.limit(KINDS[row["kind"]][2], unit)) if unit else None
    area: Decimal | None = row["area_m2"]
    small = None if limit is None or area is None else area < limit
    counts = False if small or row["in_use"] is False else None if None in (small, row["in_use"]) else True
    return (
        Cell(number), Cell(school.name), Cell(school.school_id),
        Cell(str(unit.facts["built_year"])) if unit and unit.facts["built_year"] else Cell("—", Role.quiet),
        Cell(KINDS[row["kind"]][0]), Cell(row["room_id"]),
        cells.number(area, 2, Role.bad if small else Role.plain),
        cells.number(limit, cells.digits(Fraction(limit or 0)), Role.quiet),
        day(row["since"], "—"), yes_no(row["in_use"], bad=False), yes_no(counts, bad=False),
        Cell("；".join(_why_not(small, row["in_use"]))),
    )


def _why_not(small: bool | None, in_use: bool | None) -> Iterator[str]:
    if small:
        yield "面积不足"
    if in_use is False:
        yield "停用"
