"""数据一致性核对表: what each source of a bureau says of the same thing, and where they differ. Inspectors begin here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from junheng.indicators.forms import cells
from junheng.indicators.forms.facts import SchoolRow
from junheng.indicators.forms.layout import CODE, NAME, NUMBER, sheet
from junheng.indicators.forms.papers.backbone import backbone_people
from junheng.indicators.forms.papers.context import FormContext, Record, not_handed_in
from junheng.indicators.forms.papers.people import day, people
from junheng.paper.sheets import Cell, Column, Number, Role, Row, Sheet
from junheng.register.codes import USABLE, FieldItem

SOURCES = ("事业统计", "学籍", "教师系统", "资产账", "实地")
NOT_GIVEN, NOT_COUNTED = "未报送", "未核查"
NOT_THERE = "—"
UNITS = {"land": "㎡", "equipment": "万元", "classes": "班"}
PLACES = {"land": 2, "equipment": 4}


@dataclass(frozen=True)
class Count:
    """What a source says: a number, or why there is none."""

    number: Number | None
    why_not: str = cells.MISSING


Counts = dict[str, Count]


def consistency(context: FormContext) -> list[Sheet]:
    """Two sheets: how many schools agree on each item; every school and item with its five sources."""
    compared = list(_compared(context))
    return [_summary(context, compared), _table(context, compared)]


Compared = tuple[SchoolRow, FieldItem, Counts, Record]


def _compared(context: FormContext) -> Iterator[Compared]:
    backbone = backbone_people(context)
    for school in context.compulsory:
        visited = {row["item"]: row for row in context.rows("field_checks", school.school_id)}
        for item in FieldItem:
            field = visited.get(item.name, {})
            found = _sources(context, school, item.name, backbone) | _of_visit(context, field)
            yield school, item, found, field


def _sources(context: FormContext, school: SchoolRow, item: str,
             backbone: dict[tuple[str, str], bool | None]) -> Counts:
    """The sources that speak of an item, each with what it says of the school."""
    asked = school.school_id

    def of(table: str, count: Callable[[list[Record]], Number | None]) -> Count:
        return Count(count(context.rows(table, asked))) if context.gave(table, asked) else Count(None, NOT_GIVEN)

    stated = {
        "pupils": lambda: {"事业统计": of("school_stages", _column("pupils")), "学籍": _enrolled(context, asked, of)},
        "classes": lambda: {"事业统计": of("school_stages", _column("classes")), "学籍": of("classes", len)},
        "teachers": lambda: {
            "事业统计": of("school_stages", _column("full_time_teachers")),
            "教师系统": of("teachers", lambda _: _serving(context, school)),
        },
        "backbone": lambda: {
            "事业统计": of("school_stages", _column("backbone_teachers")),
            "教师系统": of("recognitions", lambda _: _titled(backbone, asked))
                       if context.gave("teachers", asked) else Count(None, NOT_GIVEN),
        },
        "land": lambda: {"事业统计": of("sites", _usable_land)},
        "equipment": lambda: {"资产账": of("assets", _column("equipment_10k_yuan"))},
    }
    return stated[item]()


def _usable_land(rows: list[Record]) -> Number | None:
    if any(row["standing"] is None for row in rows):
        return None
    return _column("land_m2")([row for row in rows if row["standing"] in USABLE])


def _column(name: str) -> Callable[[list[Record]], Number | None]:
    """The sum of a column; None where a row leaves it empty, or where there is no row."""
    def added(rows: list[Record]) -> Number | None:
        values: list[Any] = [row[name] for row in rows]
        return None if not values or None in values else sum(values)
    return added


def _enrolled(context: FormContext, school_id: str, of: Callable[..., Count]) -> Count:
    """Pupils on the enrolment records; where these were not handed in child by child, the rolls of the classes."""
    if context.gave("pupils", school_id):
        return of("pupils", lambda rows: sum(row["status"] != "suspended" for row in rows))
    return of("classes", _column("pupils"))


def _serving(context: FormContext, school: SchoolRow) -> int | None:
    """Full-time teachers in service; None while it is not known of one whether she is."""
    states = [person.full_time for person in people(context, school).values()]
    return None if None in states else sum(bool(state) for state in states)


def _titled(backbone: dict[tuple[str, str], bool | None], school_id: str) -> int | None:
    """Backbone teachers of a school; None while it is not known of one whether the title counts."""
    states = [state for (school, _), state in backbone.items() if school == school_id]
    return None if None in states else sum(bool(state) for state in states)


def _of_visit(context: FormContext, field: Record) -> Counts:
    unseen = NOT_COUNTED if context.has("field_checks") else NOT_GIVEN
    return {"实地": Count(field["counted"]) if field else Count(None, unseen)}


def difference(found: Counts) -> Fraction | None:
    """The largest count less the smallest; None while fewer than two sources have said one."""
    said = [Fraction(each.number) for each in found.values() if each.number is not None]
    return max(said) - min(said) if len(said) > 1 else None


def _summary(context: FormContext, compared: list[Compared]) -> Sheet:
    columns = (
        Column(("项目",), 22, "left"),
        Column(("学校数",), 10),
        Column(("两个以上来源可核对",), 14),
        Column(("一致",), 10),
        Column(("不一致",), 10),
        Column(("一致率%",), 10),
        Column(("不能核对",), 10),
    )
    rows = [_item(item, [found for _, its, found, _ in compared if its is item]) for item in FieldItem]
    tables = ("school_stages", "pupils", "classes", "teachers", "recognitions", "sites", "assets", "field_checks")
    return sheet(context.facts, "核对汇总", "数据一致性核对汇总表", columns, rows, text=not_handed_in(context, *tables),
                 unit="所", fixed=1)


def _item(item: FieldItem, found: Iterable[Counts]) -> Row:
    differences = [difference(each) for each in found]
    known = [each for each in differences if each is not None]
    equal = known.count(Fraction(0))
    share = Cell(Fraction(100 * equal, len(known)), places=1) if known else Cell(NOT_THERE, Role.quiet)
    apart = len(known) - equal
    return (Cell(item.zh), Cell(len(differences)), Cell(len(known)), Cell(equal), Cell(apart, Role.bad if apart else Role.plain),
            share, Cell(len(differences) - len(known)))


def _table(context: FormContext, compared: list[Compared]) -> Sheet:
    columns = (
        NUMBER, NAME, CODE,
        Column(("项目",), 15, "left"),
        Column(("单位",), 5, "center"),
        *(Column((source,), 10) for source in SOURCES),
        Column(("差异",), 9),
        Column(("原因",), 18, "left"),
        Column(("责任人",), 9, "center"),
        Column(("更正日期",), 11, "center"),
    )
    rows = [_row(number, *each) for number, each in enumerate(compared, start=1)]
    notes = (
        "差异=各来源最大数与最小数之差，红底为不一致；“—”为该来源没有此项，“未报送”为应有而没有报送，“未核查”为实地没有清点此项。",
        "学籍的学生数按学生名单（休学不计），没有学生名单的按班级在籍人数；教师、骨干按在岗专任教师。"
        "本表为校核差异，统计数据以统计系统更正为准。",
    )
    return sheet(context.facts, "一致性核对表", "数据一致性核对表", columns, rows, notes=notes)


def _row(number: int, school: SchoolRow, item: FieldItem, found: Counts, field: Record) -> Row:
    apart, places = difference(found), PLACES.get(item.name, 0)
    return (
        Cell(number), Cell(school.name), Cell(school.school_id), Cell(item.zh), Cell(UNITS.get(item.name, "人")),
        *(_said(found.get(source), places) for source in SOURCES),
        Cell(NOT_THERE, Role.quiet) if apart is None else Cell(apart, Role.bad if apart else Role.plain, places),
        Cell(field.get("cause") or ""), Cell(field.get("owner") or ""), day(field.get("corrected_on")),
    )


def _said(count: Count | None, places: int) -> Cell:
    if count is None:
        return Cell(NOT_THERE, Role.quiet)
    if count.number is None:
        return Cell(count.why_not, Role.quiet if count.why_not == NOT_COUNTED else Role.unknown)
    return Cell(count.number, places=places)
