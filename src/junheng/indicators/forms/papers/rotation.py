"""交流轮岗名册: who is in rotation this school year, and the shares of 10 % and 20 % of each school and the county."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from junheng.indicators.forms import cells
from junheng.indicators.forms.facts import SchoolRow
from junheng.indicators.forms.layout import CODE, NAME, NUMBER, URBAN_RURAL, sheet
from junheng.indicators.forms.papers.backbone import backbone_people
from junheng.indicators.forms.papers.context import FormContext, Record, not_handed_in, schools_without
from junheng.indicators.forms.papers.people import (
    PERSON,
    PERSON_NOTE,
    Person,
    day,
    listed,
    person_cells,
    unfilled,
    yes_no,
)
from junheng.kernel.findings import Finding
from junheng.paper.sheets import Cell, Column, Role, Row, Sheet
from junheng.register.census import census_day, last_day

SHARE, BACKBONE = "yz.2.11.rotation", "yz.2.11.backbone"
TABLES = ("teachers", "postings", "recognitions")


def rotation(context: FormContext) -> list[Sheet]:
    """Two sheets: the shares by school and of the county; the roster."""
    return [_shares(context), _roster(context)]


def _shares(context: FormContext) -> Sheet:
    columns = (
        NUMBER, NAME, CODE, URBAN_RURAL,
        Column(("符合交流条件教师数",), 11),
        Column(("交流轮岗教师数",), 10),
        Column(("交流比例%",), 9),
        Column(("其中骨干教师数",), 10),
        Column(("骨干占交流%",), 9),
    )
    rows = (_school(context, number, school) for number, school in enumerate(context.compulsory, start=1))
    notes = (
        "交流比例=本学年交流轮岗的在编在岗专任教师数÷符合交流条件（在本校满规定年限）的在编在岗专任教师数；标准按全县判断，不按学校判断。",
        *schools_without(context, *TABLES),
    )
    return sheet(context.facts, "交流轮岗比例", "教师交流轮岗情况统计表", columns, rows, totals=_county(context),
                 notes=notes, text=not_handed_in(context, *TABLES), unit="人")


def _school(context: FormContext, number: int, school: SchoolRow) -> Row:
    found = [context.facts.school(item, "all", school.school_id) for item in (SHARE, BACKBONE)]
    return (Cell(number), Cell(school.name), Cell(school.school_id), Cell(school.urban_rural), *_figures(*found))


def _figures(share: Finding | None, backbone: Finding | None) -> Row:
    nobody = share is not None and share.part == 0
    return (
        cells.count(share.whole if share else None), cells.count(share.part if share else None), percent(share),
        *((Cell("—", Role.quiet),) * 2 if nobody else (cells.count(backbone.part if backbone else None), percent(backbone))),
    )


def percent(one: Finding | None, places: int = 2) -> Cell:
    """A share as per cent; of nobody there is none."""
    if one is not None and one.whole == 0:
        return Cell("—", Role.quiet)
    return cells.number(None if one is None or one.value is None else 100 * Fraction(one.value), places)


def _county(context: FormContext) -> tuple[Row, ...]:
    """The county's sums and shares; below the shares what is asked, and whether it is met."""
    share, backbone = (context.facts.county(item, "all") for item in (SHARE, BACKBONE))
    none = Cell()

    def below(name: str, first: Cell, second: Cell) -> Row:
        return (none, Cell(name), none, none, none, none, first, none, second)

    return (
        (none, Cell("全县合计"), none, none, *_figures(share, backbone)),
        below("标准（不低于）", limit_percent(share), limit_percent(backbone)),
        below("是否达标", cells.verdict(share), cells.verdict(backbone)),
    )


def limit_percent(one: Finding | None) -> Cell:
    if one is None or one.limit is None:
        return cells.limit(one)
    return Cell(100 * one.limit, Role.quiet, 0, "%")


def _roster(context: FormContext) -> Sheet:
    columns = (
        *PERSON,
        Column(("是否在编",), 6, "center"),
        Column(("骨干教师",), 6, "center"),
        Column(("来本校日期",), 11, "center"),
        Column(("去往学校",), 21, "left"),
        Column(("交流起止", "开始"), 11, "center"),
        Column(("交流起止", "结束"), 11, "center"),
        Column(("工作量占比%",), 8),
        Column(("是否计入",), 6, "center"),
        Column(("备注",), 12, "left"),
    )
    notes = (PERSON_NOTE, "计入：在编在岗专任教师，一人多条只计一次。", *schools_without(context, "postings"))
    return sheet(context.facts, "交流轮岗名册", "教师交流轮岗名册", columns, tuple(_rows(context)), notes=notes,
                 text=not_handed_in(context, *TABLES))


def _rows(context: FormContext) -> Iterator[Row]:
    seen: set[tuple[str, str]] = set()
    backbone = backbone_people(context)
    touching = ((person, row) for person, row in listed(context, "postings") if _touches(context.facts.year, row))
    for number, (person, row) in enumerate(touching, start=1):
        key = (person.school.school_id, row["teacher_id"])
        counts, why = _counted(person, key in seen)
        seen.add(key)
        titled = backbone.get(key, False) if context.gave("recognitions", key[0]) else None
        yield _posting(context, number, person, row, titled, counts, why)


def _touches(year: int, row: Record) -> bool:
    """Whether a rotation falls in the school year, on any day of it."""
    start, end = row["from_day"], row["to_day"]
    begun = start is None or start <= last_day(year)
    return row["kind"] == "rotation" and begun and (end is None or end >= census_day(year))


def _counted(person: Person, again: bool) -> tuple[bool | None, str]:
    if person.row is None:
        return False, "不在教师表"
    if person.full_time is None or person.row["on_quota"] is None:
        return None, "在岗或在编情况缺数据"
    if not person.full_time or not person.row["on_quota"]:
        return False, "非在编在岗专任"
    return (False, "同一人已计") if again else (True, "")


def _posting(context: FormContext, number: int, person: Person, row: Record, backbone: bool | None, counts: bool | None,
             why: str) -> Row:
    teacher = person.row or {}
    share = row["share"]
    to = row["to_school_id"]
    return (
        *person_cells(number, person), yes_no(teacher.get("on_quota")), yes_no(backbone), day(teacher.get("at_school_since")),
        Cell(context.names.get(to, to)) if to else unfilled(), day(row["from_day"]), day(row["to_day"], "未填"),
        Cell("—", Role.quiet) if share is None else Cell(100 * Fraction(share), places=0), yes_no(counts), Cell(why),
    )
