"""无证或学段不符教师: full-time teachers whose certificate does not cover the stage they teach."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.indicators.forms.facts import SchoolRow
from junheng.indicators.forms.layout import CODE, NAME, NUMBER, PARTS, STAGE, sheet, stage_word
from junheng.indicators.forms.papers.context import FormContext, Record, not_handed_in, schools_without
from junheng.indicators.forms.papers.people import PERSON, PERSON_NOTE, Person, people, person_cells, word
from junheng.indicators.forms.papers.training import share_cells
from junheng.paper.sheets import Cell, Column, Role, Row, Sheet
from junheng.register.codes import COVERING, Certificate, Subject

ITEM = "yz.2.12"


def certificates(context: FormContext) -> list[Sheet]:
    """Two sheets: the share of teachers with a fitting certificate by school and stage; the list of the others."""
    return [_by_school(context), _list(context)]


def _by_school(context: FormContext) -> Sheet:
    columns = (
        NUMBER, NAME, CODE, STAGE,
        Column(("在岗专任教师数",), 10),
        Column(("资格相符教师数",), 10),
        Column(("持证上岗率%",), 9),
        Column(("不符人数",), 9),
        Column(("是否达标",), 9, "center"),
    )
    units = [(stage, school) for stage in PARTS for school in context.facts.judged((ITEM,), stage)]
    rows = (_school(context, number, stage, school) for number, (stage, school) in enumerate(units, start=1))
    totals = tuple((Cell(), Cell("全县合计"), Cell(), Cell(stage_word(stage)), *share_cells(one))
                   for stage in PARTS if (one := context.facts.county(ITEM, stage)))
    return sheet(context.facts, "持证上岗率", "教师资格持证上岗情况统计表", columns, rows, totals=totals,
                 notes=schools_without(context, "teachers"), text=not_handed_in(context, "teachers"), unit="人")


def _school(context: FormContext, number: int, stage: str, school: SchoolRow) -> Row:
    one = context.facts.school(ITEM, stage, school.school_id)
    return (Cell(number), Cell(school.name), Cell(school.school_id), Cell(stage_word(stage)), *share_cells(one))


def _list(context: FormContext) -> Sheet:
    columns = (
        *PERSON,
        Column(("教师资格种类",), 12, "center"),
        Column(("资格学科",), 10, "left"),
        Column(("问题",), 26, "left"),
    )
    rows = (_teacher(number, person, row, why) for number, (person, row, why) in enumerate(_wrong(context), start=1))
    note = "资格种类高于任教学段的视为相符；资格学科与任教学科不同的不在本表，另行核对。"
    return sheet(context.facts, "无证或学段不符", "无教师资格或资格学段不符教师名单", columns, tuple(rows),
                 notes=(note, PERSON_NOTE), text=not_handed_in(context, "teachers"))


def _wrong(context: FormContext) -> Iterator[tuple[Person, Record, str]]:
    for school in context.compulsory:
        for person in people(context, school).values():
            if person.full_time and person.row and (why := _why(person.row)):
                yield person, person.row, why


def _why(row: Record) -> str:
    """What is wrong with the certificate, empty where nothing is or where the stage is not compulsory."""
    stage, held = row["stage"], row["certificate_stage"]
    if stage not in COVERING:
        return ""
    if held is None:
        return "资格种类未填"
    if held == "none":
        return "无教师资格"
    return "" if held in COVERING[stage] else f"{Certificate[held].zh}教师资格任教{stage_word(stage)}"


def _teacher(number: int, person: Person, row: Record, why: str) -> Row:
    held, subject = row["certificate_stage"], row["certificate_subject"]
    return (
        *person_cells(number, person), word(Certificate, held),
        Cell("—", Role.quiet) if held == "none" or subject is None else word(Subject, subject), Cell(why, Role.bad),
    )
