"""The teachers of the target year, one by one, with what each counts for and whether his lessons can be spared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import ceil
from typing import Any

from junheng.indicators.items.lists import ABOVE_JUNIOR_COLLEGE, ABOVE_SENIOR, SPORT_AND_ARTS
from junheng.indicators.items.staffing import TAUGHT
from junheng.planning.ahead import REPLACED, Ahead
from junheng.planning.check.measured import Key
from junheng.planning.codes import TeacherType
from junheng.register.census import census_day
from junheng.register.codes import BACKBONE_LEVELS, BACKBONE_TITLES, ORDINARY_CLASSES
from junheng.standards import LawBook, law


@dataclass(frozen=True)
class Person:
    """A full-time teacher. `arrives`: the year of one who replaces a retired teacher, None of those who are there today."""

    school: str
    id: str
    stage: str
    subject: str | None
    has_degree: bool
    knows_degree: bool
    is_backbone: bool
    on_quota: bool
    is_lent: bool
    arrives: int | None

    @property
    def is_arts(self) -> bool:
        return self.subject in SPORT_AND_ARTS

    @property
    def type(self) -> TeacherType | None:
        """What he counts for when he moves; those who would take more along than a type says, or what nobody knows, are of
        none.
        """
        if self.subject is None or not self.knows_degree:
            return None
        if self.is_arts:
            return TeacherType.arts if self.has_degree and not self.is_backbone else None
        if self.is_backbone:
            return TeacherType.backbone if self.has_degree else None
        return TeacherType.degree if self.has_degree else TeacherType.plain

    @property
    def may_move(self) -> bool:
        return self.on_quota and self.arrives is None


@dataclass(frozen=True)
class Staff:
    """All teachers of a county in the target year, serving ones and those who are lent to other bodies."""

    then: Ahead
    book: LawBook
    county: str
    facts: Mapping[Key, Mapping[str, object]]

    @cached_property
    def _persons(self) -> dict[Key, list[Person]]:
        found: dict[Key, list[Person]] = {}
        for person in _persons(self.then):
            found.setdefault((person.school, person.stage), []).append(person)
        return found

    def serving(self, key: Key) -> list[Person]:
        return [person for person in self._persons.get(key, ()) if not person.is_lent]

    def lent(self, key: Key) -> list[Person]:
        return [person for person in self._persons.get(key, ()) if person.is_lent]

    @cached_property
    def classes(self) -> dict[Key, int]:
        return ordinary_classes(self.then)

    def spare(self, key: Key) -> dict[str, int]:
        """By subject, the teachers above what its lessons need; where the classes are not known, of no subject any.

        A subject that no plan of lessons names needs none of its teachers.
        """
        if key not in self.classes:
            return {}
        needed = self._needed(key)
        taught: dict[str, int] = {}
        for person in self.serving(key):
            if person.subject:
                taught[person.subject] = taught.get(person.subject, 0) + 1
        return {subject: max(0, many - needed.get(subject, 0)) for subject, many in taught.items()}

    def _needed(self, key: Key) -> dict[str, int]:
        facts, stage = self.facts[key], key[1]
        workload = self.book.entry(law["full_workload"], self.county, facts).value
        subjects = (*TAUGHT["compulsory"], *TAUGHT.get(stage, ()))
        lessons: dict[str, Any] = {name: self.book.entry(law[f"lessons_{name}"], self.county, facts).value for name in subjects}
        return {name: ceil(each * self.classes[key] / workload) for name, each in lessons.items()}


def ordinary_classes(then: Ahead) -> dict[Key, int]:
    """So many by school and stage; none where the school handed in no list of them."""
    if not then.has("classes"):
        return {}
    rows = then.table("classes").select("school_id", "stage", "kind").iter_rows()
    return dict(Counter((school, stage) for school, stage, kind in rows if kind in ORDINARY_CLASSES))


def _persons(then: Ahead) -> Iterator[Person]:
    if not then.has("teachers"):
        return
    titled = _titled(then, census_day(then.year))
    for row in then.table("teachers").iter_rows(named=True):
        if row["full_time"] and row["state"] in ("serving", "seconded"):
            above = ABOVE_SENIOR if row["stage"] == "primary" else ABOVE_JUNIOR_COLLEGE
            beginner = row["teacher_id"].startswith(REPLACED)
            yield Person(
                row["school_id"],
                row["teacher_id"],
                row["stage"],
                row["main_subject"],
                row["degree"] in above,
                row["degree"] is not None,
                (row["school_id"], row["teacher_id"]) in titled,
                bool(row["on_quota"]),
                row["state"] == "seconded",
                row["at_school_since"].year if beginner else None,
            )


def _titled(then: Ahead, day: date) -> set[tuple[str, str]]:
    """School and teacher of the titles that count on a day."""
    if not then.has("recognitions"):
        return set()
    return {
        (row["school_id"], row["teacher_id"])
        for row in then.table("recognitions").iter_rows(named=True)
        if row["title"] in BACKBONE_TITLES
        and row["level"] in BACKBONE_LEVELS
        and row["since"] is not None
        and row["since"] <= day
        and (row["until"] is None or row["until"] >= day)
    }
