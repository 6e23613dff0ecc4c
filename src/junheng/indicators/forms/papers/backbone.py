"""骨干名册与文号: who holds which title by which paper, whether it counts, and how many of them each school has."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from junheng.indicators.forms import cells
from junheng.indicators.forms.facts import SchoolRow
from junheng.indicators.forms.layout import CODE, NAME, NUMBER, PARTS, PUPILS, STAGE, pupils_cell, sheet, stage_word
from junheng.indicators.forms.papers.context import FormContext, Record, not_handed_in, schools_without
from junheng.indicators.forms.papers.people import PERSON, PERSON_NOTE, Person, day, listed, person_cells, word, yes_no
from junheng.paper.sheets import Cell, Column, Row, Sheet
from junheng.register.census import census_day
from junheng.register.codes import RecognitionLevel, RecognitionTitle

ITEM = "yz.1.2"
TABLES = ("teachers", "recognitions")
UNDECIDED = ("缺数据", "在岗情况缺数据")


def backbone(context: FormContext) -> list[Sheet]:
    """Two sheets: backbone teachers by school and stage; the roster of titles with their papers."""
    return [_by_school(context), _roster(context)]


def _by_school(context: FormContext) -> Sheet:
    columns = (
        NUMBER, NAME, CODE, STAGE, PUPILS,
        Column(("县级以上骨干教师数",), 12),
        Column(("每百名学生拥有数",), 11),
        Column(("标准（≥）",), 8),
        Column(("是否达标",), 9, "center"),
    )
    units = [(stage, school) for stage in PARTS for school in context.facts.judged((ITEM,), stage)]
    rows = (_school(context, number, stage, school) for number, (stage, school) in enumerate(units, start=1))
    totals = tuple(_county(context, stage) for stage in PARTS if context.facts.county(ITEM, stage))
    return sheet(context.facts, "骨干教师统计", "县级以上骨干教师统计表", columns, rows, totals=totals,
                 notes=schools_without(context, *TABLES), text=not_handed_in(context, *TABLES), unit="人")


def _school(context: FormContext, number: int, stage: str, school: SchoolRow) -> Row:
    one = context.facts.school(ITEM, stage, school.school_id)
    return (
        Cell(number), Cell(school.name), Cell(school.school_id), Cell(stage_word(stage)), pupils_cell(school, stage),
        cells.count(one.part if one else None), cells.value(context.facts, one), cells.limit(one), cells.verdict(one),
    )


def _county(context: FormContext, stage: str) -> Row:
    one = context.facts.county(ITEM, stage)
    return (
        Cell(), Cell("全县合计"), Cell(), Cell(stage_word(stage)), cells.count(one.whole if one else None),
        cells.count(one.part if one else None), cells.value(context.facts, one), Cell(), Cell(),
    )


def _roster(context: FormContext) -> Sheet:
    columns = (
        *PERSON,
        Column(("称号",), 12, "left"),
        Column(("认定级别",), 8, "center"),
        Column(("认定文号",), 24, "left"),
        Column(("有效期", "起"), 11, "center"),
        Column(("有效期", "止"), 11, "center"),
        Column(("是否计入",), 6, "center"),
        Column(("备注",), 16, "left"),
    )
    rows = (_title(number, *each) for number, each in enumerate(_judged(context), start=1))
    counted = f"计入：县级及以上、{context.facts.year}年9月1日在有效期内、本人在岗专任，一人只计一次；荣誉称号不计。"
    return sheet(context.facts, "骨干教师名册", "骨干教师名册与认定文号", columns, rows,
                 notes=(PERSON_NOTE, counted, *schools_without(context, "recognitions")),
                 text=not_handed_in(context, *TABLES))


def _title(number: int, person: Person, row: Record, why: str) -> Row:
    return (
        *person_cells(number, person), word(RecognitionTitle, row["title"]), word(RecognitionLevel, row["level"]),
        Cell(row["paper"]), day(row["since"]), day(row["until"], "长期"), yes_no(not why), Cell(why),
    )


def _judged(context: FormContext) -> Iterator[tuple[Person, Record, str]]:
    """Every title with the reason why it does not count, empty where it does."""
    seen: set[tuple[str, str]] = set()
    for person, row in listed(context, "recognitions"):
        key = (person.school.school_id, row["teacher_id"])
        why = _why_not(person, row, census_day(context.facts.year)) or ("同一人已计" if key in seen else "")
        if not why:
            seen.add(key)
        yield person, row, why


def _why_not(person: Person, row: Record, day: date) -> str:
    reasons = (
        (row["title"] == "honour", "荣誉称号"),
        (row["level"] == "school", "校级"),
        (None in (row["title"], row["level"], row["since"]), UNDECIDED[0]),
        (row["since"] is not None and row["since"] > day, "尚未生效"),
        (row["until"] is not None and row["until"] < day, "已过有效期"),
        (person.row is None, "不在教师表"),
        (person.full_time is None, UNDECIDED[1]),
        (person.full_time is False, "非在岗专任"),
    )
    return next((words for true, words in reasons if true), "")


def backbone_people(context: FormContext) -> dict[tuple[str, str], bool | None]:
    """Everybody with a title, by school and pseudonym: whether they count as a backbone teacher; None where nobody can tell."""
    found: dict[tuple[str, str], bool | None] = {}
    for person, row, why in _judged(context):
        key = (person.school.school_id, row["teacher_id"])
        says = (found.get(key, False), None if why in UNDECIDED else not why)
        found[key] = True in says or (None if None in says else False)
    return found
