"""360学时名册 and 培训费占比表: hours of each teacher over five years; money for training against operating funds."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from junheng.indicators.forms import cells
from junheng.indicators.forms.facts import SchoolRow
from junheng.indicators.forms.layout import CODE, KIND, NAME, NUMBER, PARTS, STAGE, school_cells, sheet, stage_word
from junheng.indicators.forms.papers.context import FormContext, Record, not_handed_in, schools_without
from junheng.indicators.forms.papers.people import PERSON, PERSON_NOTE, Person, people, person_cells, yes_no
from junheng.indicators.forms.papers.rotation import percent
from junheng.paper.sheets import Cell, Column, Role, Row, Sheet

HOURS, MONEY = "yz.2.9", "yz.3.4"


def training_hours(context: FormContext) -> list[Sheet]:
    """Two sheets: the share of teachers with their hours by school and stage; the roster, year by year."""
    return [_by_school(context), _roster(context)]


def _by_school(context: FormContext) -> Sheet:
    columns = (
        NUMBER, NAME, CODE, STAGE,
        Column(("在岗专任教师数",), 10),
        Column(("完成学时教师数",), 10),
        Column(("完成率%",), 9),
        Column(("未完成人数",), 9),
        Column(("是否达标",), 9, "center"),
    )
    units = [(stage, school) for stage in PARTS for school in context.facts.judged((HOURS,), stage)]
    rows = (_school(context, number, stage, school) for number, (stage, school) in enumerate(units, start=1))
    totals = tuple(_completed(context, stage) for stage in PARTS if context.facts.county(HOURS, stage))
    return sheet(context.facts, "培训完成率", "教师五年培训完成情况统计表", columns, rows, totals=totals,
                 notes=schools_without(context, "teachers", "training"),
                 text=not_handed_in(context, "teachers", "training"), unit="人")


def _school(context: FormContext, number: int, stage: str, school: SchoolRow) -> Row:
    one = context.facts.school(HOURS, stage, school.school_id)
    return (Cell(number), Cell(school.name), Cell(school.school_id), Cell(stage_word(stage)), *share_cells(one))


def _completed(context: FormContext, stage: str) -> Row:
    return (Cell(), Cell("全县合计"), Cell(), Cell(stage_word(stage)), *share_cells(context.facts.county(HOURS, stage)))


def share_cells(one: Any) -> Row:
    """Whole, part, per cent, those who are missing, verdict: of a share that everybody must meet."""
    part, whole = (one.part, one.whole) if one else (None, None)
    short = None if part is None or whole is None else whole - part
    return (cells.count(whole), cells.count(part), percent(one), cells.count(short, Role.bad if short else Role.quiet),
            cells.verdict(one))


def _years(context: FormContext) -> range:
    """The calendar years of the cycle, which ends in the first of the school year."""
    return range(context.facts.year - 4, context.facts.year + 1)


def _roster(context: FormContext) -> Sheet:
    years = tuple(Column(("各年度学时", f"{year}"), 8) for year in _years(context))
    columns = (
        *PERSON, *years,
        Column(("五年合计",), 9),
        Column(("应满学时",), 8),
        Column(("是否完成",), 8, "center"),
        Column(("尚缺学时",), 9),
    )
    note = "列出全部在岗专任教师；某年无记录的，本校已报送培训表则为0，未报送则为缺数据。"
    return sheet(context.facts, "360学时名册", "教师五年培训学时名册", columns, tuple(_rows(context)),
                 notes=(note, PERSON_NOTE, *schools_without(context, "training")),
                 text=not_handed_in(context, "teachers", "training"), unit="学时")


def _rows(context: FormContext) -> Iterator[Row]:
    hours = _hours(context)
    serving = (person for school in context.compulsory for person in people(context, school).items() if person[1].full_time)
    for number, (key, person) in enumerate(serving, start=1):
        yield _person(context, number, person, hours.get(key, {}))


def _hours(context: FormContext) -> dict[str, dict[int, Decimal | None]]:
    """Hours of each person by calendar year, whichever school listed them; None once an entry is empty."""
    found: dict[str, dict[int, Decimal | None]] = {}
    for school_id in context.names:
        for row in context.rows("training", school_id):
            _enter(found.setdefault(row["teacher_id"], {}), row)
    return found


def _enter(years: dict[int, Decimal | None], row: Record) -> None:
    before, more = years.get(row["training_year"], Decimal(0)), row["hours"]
    years[row["training_year"]] = None if before is None or more is None else before + more


def _person(context: FormContext, number: int, person: Person, hours: dict[int, Decimal | None]) -> Row:
    not_listed = Decimal(0) if context.gave("training", person.school.school_id) else None
    each = [hours.get(year, not_listed) for year in _years(context)]
    total = None if None in each else sum((one or Decimal(0) for one in each), Decimal(0))
    unit = context.unit(person.school.school_id, (person.row or {}).get("stage") or "all")
    wanted = Decimal(context.limit("training_hours", unit)) if unit else None
    short = None if total is None or wanted is None else max(wanted - total, Decimal(0))
    return (
        *person_cells(number, person), *(cells.number(one, 1) for one in each),
        cells.number(total, 1, Role.bad if short else Role.plain), cells.number(wanted, 0, Role.quiet),
        yes_no(None if short is None else not short, bad=False), cells.number(short, 1, Role.bad if short else Role.quiet),
    )


def training_money(context: FormContext) -> list[Sheet]:
    """Settled training money of each public school against its budget of operating funds in the same calendar year."""
    columns = (
        NUMBER, NAME, CODE, KIND,
        Column(("财政年度",), 8, "center"),
        Column(("公用经费预算",), 14),
        Column(("教师培训经费预算",), 14),
        Column(("教师培训经费决算",), 14),
        Column(("决算占公用经费预算%",), 11),
        Column(("标准（≥%）",), 8),
        Column(("是否达标",), 9, "center"),
        Column(("尚缺金额",), 13),
    )
    schools = context.facts.judged((MONEY,), "all")
    rows = [_money(context, number, school) for number, school in enumerate(schools, start=1)]
    notes = ("财政年度按自然年度，取学年起始年份的上一年，为已决算的最近年度；不含民办学校。", *schools_without(context, "money"))
    return [sheet(context.facts, "培训费占比表", "教师培训经费占公用经费预算比例表", columns, rows,
                  totals=(_money_total(context, rows),), notes=notes, text=not_handed_in(context, "money"), unit="元")]


def _money(context: FormContext, number: int, school: SchoolRow) -> Row:
    one = context.facts.school(MONEY, "all", school.school_id)
    short = one.gap if one else None
    return (
        Cell(number), *school_cells(school), Cell(f"{context.facts.year - 1}"), cells.number(one.whole if one else None, 2),
        cells.number(_training_budget(context, school), 2), cells.number(one.part if one else None, 2),
        cells.value(context.facts, one), cells.limit(one), cells.verdict(one),
        cells.number(None if short is None else Fraction(short), 2, Role.bad if short else Role.quiet),
    )


def _training_budget(context: FormContext, school: SchoolRow) -> Decimal | None:
    held = [row["budget_yuan"] for row in context.rows("money", school.school_id)
            if (row["item"], row["calendar_year"]) == ("training", context.facts.year - 1)]
    return held[0] if held else None


def _money_total(context: FormContext, rows: list[Row]) -> Row:
    """The county's sums, unknown as soon as one school's are; how many schools meet the rule."""
    operating, budget, settled = (cells.total((row[place] for row in rows), 2) for place in (5, 6, 7))
    county = context.facts.county(MONEY, "all")
    known = operating.number and settled.number is not None
    share = 100 * (settled.number or Fraction(0)) / operating.number if known and operating.number else None
    return (Cell(), Cell("全县合计"), Cell(), Cell(), Cell(), operating, budget, settled, cells.number(share, 2), Cell(),
            cells.schools_met(context.facts, county) if county else cells.verdict(None), Cell())
