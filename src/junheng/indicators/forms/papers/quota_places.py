"""优质高中名额分配到校表: what each good senior school plans and gives, and what each junior school gets."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from junheng.indicators.forms import cells
from junheng.indicators.forms.facts import SchoolRow
from junheng.indicators.forms.layout import CODE, NAME, NUMBER, sheet
from junheng.indicators.forms.papers.children import percent_of
from junheng.indicators.forms.papers.context import FormContext, Record, not_handed_in
from junheng.kernel.findings import Finding
from junheng.paper.sheets import Cell, Column, Role, Row, Sheet

NONE = "—"


def quota_places(context: FormContext) -> list[Sheet]:
    """Two sheets: each good senior school with its plan and the places it gives; the places of each junior school."""
    return [_given(context), _received(context)]


def _given(context: FormContext) -> Sheet:
    columns = (
        NUMBER,
        Column(("优质高中",), 24, "left"),
        CODE,
        Column(("招生计划数",), 10),
        Column(("分配名额数",), 10),
        Column(("分配比例%",), 9),
        Column(("标准（≥%）",), 8),
        Column(("其中农村初中", "名额数"), 10),
        Column(("其中农村初中", "占名额%"), 10),
        Column(("录取人数",), 9),
        Column(("是否达标",), 9, "center"),
    )
    seniors = _seniors(context)
    rows = [_senior(context, number, school) for number, school in enumerate(seniors, start=1)]
    totals = (_county(context, rows),) if rows else ()
    return sheet(context.facts, "优质高中名额", "优质普通高中招生名额分配情况表", columns, rows, totals=totals,
                 notes=("农村初中指镇区和乡村的初中。", *_tilt(context)), text=not_handed_in(context, "quota_places"), unit="人")


def _seniors(context: FormContext) -> list[SchoolRow]:
    """Good senior schools of the county, and any other that gives places."""
    good = {row["school_id"] for school in context.facts.schools for row in context.rows("schools", school.school_id)
            if row.get("quality_senior")}
    return [school for school in context.facts.schools
            if school.school_id in good or context.rows("quota_places", school.school_id)]


def _senior(context: FormContext, number: int, school: SchoolRow) -> Row:
    held = context.rows("quota_places", school.school_id)
    plan = _of_stage(context, school, "senior", "planned_entrants")
    there = context.has("quota_places") and (held or context.gave("quota_places", school.school_id))
    return (Cell(number), Cell(school.name), Cell(school.school_id),
            *_shared(plan, held if there else None, _quota_limit(context)))


def _of_stage(context: FormContext, school: SchoolRow, stage: str, column: str) -> int | None:
    """A number of a stage; None too where an older snapshot has no such column."""
    held = context.rows("school_stages", school.school_id)
    return next((row.get(column) for row in held if row["stage"] == stage), None)


def _quota_limit(context: FormContext) -> Finding | None:
    return context.facts.county("yz.2.14", "all")


def _shared(plan: Fraction | int | None, held: list[Record] | None, asked: Finding | None) -> Row:
    given = _sum(held, "given")
    rural = _sum(None if held is None or any(row["rural"] is None for row in held) else
                 [row for row in held if row["rural"]], "given")
    share = percent_of(given, plan)
    short = share.number is not None and asked is not None and asked.limit is not None and share.number < asked.limit
    return (
        cells.number(plan), cells.number(given), Cell(share.shown, Role.bad if short else share.role, share.places),
        cells.limit(asked), cells.number(rural), percent_of(rural, given), cells.number(_sum(held, "admitted")),
        Cell(NONE, Role.quiet),
    )


def _sum(held: list[Record] | None, column: str) -> int | None:
    if held is None or any(row[column] is None for row in held):
        return None
    return sum(int(row[column]) for row in held)


def _county(context: FormContext, rows: list[Row]) -> Row:
    plan, given, rural, admitted = (cells.total(row[place] for row in rows) for place in (3, 4, 7, 9))
    return (Cell(), Cell("全县合计"), Cell(), plan, given, percent_of(given.number, plan.number), Cell(),
            rural, percent_of(rural.number, given.number), admitted, cells.verdict(_quota_limit(context)))


def _tilt(context: FormContext) -> Iterator[str]:
    """Whether places lean to the country: those for each rural leaver by those for each leaver of all."""
    one = context.facts.county("yz.2.14.rural", "all")
    if one and one.value is not None:
        times, said = cells.value(context.facts, one).text, cells.whole_verdict(one).text
        yield f"农村初中每名毕业生分得名额为全县平均的 {times} 倍，{said}。"


def _received(context: FormContext) -> Sheet:
    seniors = _seniors(context)
    columns = (
        NUMBER, NAME, CODE,
        Column(("农村初中",), 8, "center"),
        *(Column(("各高中分配名额", senior.name), 10) for senior in seniors),
        Column(("合计",), 9),
        Column(("初中毕业生数",), 10),
        Column(("名额占毕业生%",), 10),
    )
    given: dict[str, dict[str, Record]] = {}
    for senior in seniors:
        for row in context.rows("quota_places", senior.school_id):
            given.setdefault(row["junior_school_id"], {})[senior.school_id] = row
    juniors = [school for school in context.facts.schools if "junior" in school.stages]
    rows = [_junior(context, number, school, seniors, given.get(school.school_id, {}))
            for number, school in enumerate(juniors, start=1)] if context.has("quota_places") else []
    return sheet(context.facts, "名额分配到校", "优质普通高中招生名额分配到校表", columns, rows,
                 text=not_handed_in(context, "quota_places"), unit="人")


def _junior(context: FormContext, number: int, school: SchoolRow, seniors: list[SchoolRow], given: dict[str, Record]) -> Row:
    rural = next((row["rural"] for row in given.values() if row["rural"] is not None), None)
    each = [_from(context, one, given.get(one.school_id)) for one in seniors]
    leavers = _of_stage(context, school, "junior", "graduates")
    total = cells.total(cell for cell in each if cell.shown != NONE)
    return (
        Cell(number), Cell(school.name), Cell(school.school_id),
        Cell(NONE, Role.quiet) if rural is None else Cell("是" if rural else "否"),
        *each, total, cells.number(leavers), percent_of(total.number, leavers),
    )


def _from(context: FormContext, senior: SchoolRow, held: Record | None) -> Cell:
    """The places of one senior school: none where its list names others only, unknown where it handed in no list."""
    if held is None and context.gave("quota_places", senior.school_id):
        return Cell(NONE, Role.quiet)
    return cells.number(held["given"] if held else None)
