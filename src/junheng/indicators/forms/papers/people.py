"""Teachers on a roster: a short number within the school, never a name, a pseudonym or an identity number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from junheng.indicators.forms import cells
from junheng.indicators.forms.facts import SchoolRow
from junheng.indicators.forms.layout import NAME, NUMBER, STAGE, stage_word
from junheng.indicators.forms.papers.context import FormContext, Record
from junheng.kernel.codes import Code
from junheng.paper.sheets import Cell, Column, Role, Row
from junheng.register.codes import Subject, Title

PERSON_NOTE = "教师序号为该教师在本校所报“教师”表中的次序；本表不列姓名和证件号码。"
PERSON = (
    NUMBER,
    NAME,
    Column(("教师序号",), 6, "center"),
    STAGE,
    Column(("任教学科",), 10, "left"),
    Column(("专业技术职务",), 11, "left"),
)
NOT_LISTED = "不在教师表"


@dataclass(frozen=True)
class Person:
    """A teacher of a school; `row` is None for somebody whom a list names but the school's teachers do not."""

    school: SchoolRow
    serial: int | None
    row: Record | None

    @property
    def full_time(self) -> bool | None:
        """Whether the person is a full-time teacher in service, as the standards count; None where that is not known."""
        if self.row is None:
            return False
        full, state = self.row["full_time"], self.row["state"]
        return False if full is False or state not in ("serving", None) else None if None in (full, state) else True


def people(context: FormContext, school: SchoolRow) -> dict[str, Person]:
    """The teachers of a school by pseudonym, which goes no further than this."""
    held = context.rows("teachers", school.school_id)
    return {row["teacher_id"]: Person(school, serial, row) for serial, row in enumerate(held, start=1)}


def listed(context: FormContext, table: str) -> Iterator[tuple[Person, Record]]:
    """Every row of a list of people with the person it is about, school by school."""
    for school in context.compulsory:
        known = people(context, school)
        for row in context.rows(table, school.school_id):
            yield known.get(row["teacher_id"], Person(school, None, None)), row


def person_cells(number: int, person: Person) -> Row:
    """PERSON."""
    row = person.row or {}
    stage = row.get("stage")
    return (
        Cell(number),
        Cell(person.school.name),
        Cell(person.serial) if person.serial else Cell(NOT_LISTED, Role.waiting),
        Cell(stage_word(stage)) if stage else unfilled(),
        word(Subject, row.get("main_subject")),
        word(Title, row.get("title")),
    )


def word(codes: type[Code], name: str | None) -> Cell:
    """The Chinese word of a code."""
    return Cell(codes[name].zh) if name and name in codes.__members__ else unfilled()


def day(value: date | None, empty: str = "") -> Cell:
    return Cell(value.isoformat()) if value else Cell(empty, Role.quiet)


def yes_no(value: bool | None, bad: bool | None = None) -> Cell:
    """是 or 否, shaded where it equals `bad`."""
    if value is None:
        return unfilled()
    return Cell("是" if value else "否", Role.bad if value is bad else Role.plain)


def unfilled() -> Cell:
    return Cell(cells.MISSING, Role.unknown)
