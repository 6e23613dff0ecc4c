"""Who is meant: persons of the register found for every measure on teachers, each for one measure only, no subject left short.

A measure names numbers, not persons. That it can be carried out is shown by finding the persons: of those who go, turn to another
subject or are not replaced, each from a subject that can spare him, or with one of his subject coming in his place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from junheng.planning.check.county import County, Row
from junheng.planning.check.flow import SINK, SOURCE, Node, most_that_passes
from junheng.planning.check.measured import Key
from junheng.planning.check.staff import Person, Staff
from junheng.planning.codes import MeasureKind, TeacherType

LEAVING_THEIR_SUBJECT = (MeasureKind.retrain, MeasureKind.refill_arts)


@dataclass
class Arranged:
    """The persons of each measure by its row, and the measures for which too few were found with how many are missing."""

    persons: dict[int, list[Person]] = field(default_factory=dict)
    missing: dict[int, int] = field(default_factory=dict)


@dataclass
class Arranging:
    county: County
    staff: Staff
    made: Arranged = field(default_factory=Arranged)

    @cached_property
    def _losing(self) -> dict[Key, list[Row]]:
        """By school and stage, the measures by which teachers are lost to their subject there."""
        found: dict[Key, list[Row]] = {}
        for row in self.county.of(MeasureKind.move_teacher, *LEAVING_THEIR_SUBJECT):
            found.setdefault(where(row), []).append(row)
        return found

    def arranged(self) -> Arranged:
        for key, rows in self._losing.items():
            self._lose(key, rows)
        self._exchange()
        for row in self.county.of(MeasureKind.recall):
            self._take(row, [each for each in self.staff.lent(row.key) if each.type is TeacherType[row.of.detail]])
        moved = {
            self._person(each)
            for row in self.county.of(MeasureKind.move_teacher)
            for each in self.made.persons.get(row.number, ())
        }
        for row in self.county.of(MeasureKind.degree_study):
            self._take(
                row,
                [
                    each
                    for each in self._there(row.key)
                    if each.knows_degree and not each.has_degree and self._person(each) not in moved
                ],
            )
        for row in self.county.of(MeasureKind.select_backbone):
            self._take(
                row,
                [
                    each
                    for each in self._there(row.key)
                    if not each.is_backbone and each.arrives is None and self._person(each) not in moved
                ],
            )
        return self.made

    def _there(self, key: Key) -> list[Person]:
        return self.staff.serving(key)

    def _person(self, person: Person) -> tuple[str, str]:
        return person.school, person.id

    def _take(self, row: Row, candidates: Iterable[Person]) -> None:
        """So many of the candidates as the measure names, those not yet taken by a measure of the same kind."""
        taken = {self._person(each) for other in self.county.of(row.kind) for each in self.made.persons.get(other.number, ())}
        free = [each for each in candidates if self._person(each) not in taken]
        self._found(row, free[: int(row.amount)])

    def _found(self, row: Row, persons: list[Person]) -> None:
        self.made.persons[row.number] = persons
        if lacking := int(row.amount) - len(persons):
            self.made.missing[row.number] = lacking

    # --- who can be spared --------------------------------------------------------------------------------------

    def _lose(self, key: Key, rows: list[Row]) -> None:
        """Persons for all that a school loses, none from a subject that cannot spare one."""
        groups = self._groups(key)
        spare = self.staff.spare(key)
        rooms: dict[tuple[Node, Node], int] = {(("subject", subject), SINK): many for subject, many in spare.items()}
        for name, persons in groups.items():
            rooms[("group", name), ("subject", name[0])] = len(persons)
        for row in rows:
            rooms[SOURCE, ("row", row.number)] = int(row.amount)
            rooms |= {
                (("row", row.number), ("group", name)): len(persons) for name, persons in groups.items() if suits(row, persons[0])
            }
        passing = most_that_passes(rooms)
        for row in rows:
            found: list[Person] = []
            for name, persons in groups.items():
                many = passing.get((("row", row.number), ("group", name)), 0)
                found += [persons.pop() for _ in range(many)]
            self._found(row, found)

    def _groups(self, key: Key) -> dict[tuple[object, ...], list[Person]]:
        """Teachers who are alike for every measure, those at the end first to go."""
        found: dict[tuple[object, ...], list[Person]] = {}
        for person in self._there(key):
            found.setdefault((person.subject, person.type, person.may_move, person.arrives, person.knows_degree), []).append(
                person
            )
        return found

    # --- one for another ----------------------------------------------------------------------------------------

    def _exchange(self) -> None:
        """Where no subject can spare the one who goes, one of the same subject who comes to the school lets him go."""
        while found := next(self._exchanges(), None):
            for row, person in found:
                self.made.persons[row.number].append(person)
                self.made.missing[row.number] -= 1
                if not self.made.missing[row.number]:
                    del self.made.missing[row.number]

    def _exchanges(self) -> Iterator[tuple[tuple[Row, Person], ...]]:
        short = [
            row for row in self.county.of(MeasureKind.move_teacher, *LEAVING_THEIR_SUBJECT) if row.number in self.made.missing
        ]
        for row in short:
            yield from (((row, person),) for person in self._free(row) if self._is_replaced(where(row), person.subject))
        for row in short:
            for other in short:
                if row.kind is other.kind is MeasureKind.move_teacher and (other.giver, other.key) == (row.key, row.giver):
                    subjects = {each.subject: each for each in self._free(other)}
                    yield from (
                        ((row, person), (other, subjects[person.subject]))
                        for person in self._free(row)
                        if person.subject in subjects
                    )

    def _free(self, row: Row) -> list[Person]:
        used = {self._person(each) for other in self._losing[where(row)] for each in self.made.persons.get(other.number, ())}
        return [each for each in self._there(where(row)) if suits(row, each) and self._person(each) not in used]

    def _is_replaced(self, key: Key, subject: str | None) -> bool:
        """Whether more teachers of a subject come to a school than its loss of them beyond what it can spare."""
        coming = sum(
            person.subject == subject
            for row in self.county.of(MeasureKind.move_teacher)
            if row.key == key
            for person in self.made.persons.get(row.number, ())
        )
        lost = sum(
            person.subject == subject for row in self._losing.get(key, ()) for person in self.made.persons.get(row.number, ())
        )
        return lost < coming + self.staff.spare(key).get(subject or "", 0)


def where(row: Row) -> Key:
    """The school that loses a teacher to a measure, or loses him to another subject."""
    return row.giver if row.kind is MeasureKind.move_teacher else row.key


def suits(row: Row, person: Person) -> bool:
    """Whether a teacher is one of those that a measure means."""
    if row.kind is MeasureKind.move_teacher:
        return person.may_move and person.type is TeacherType[row.of.detail]
    if row.kind is MeasureKind.refill_arts:
        return not person.is_arts and person.arrives == row.of.counted
    is_there = person.arrives is None or person.arrives < row.of.year
    return not person.is_arts and is_there


def by_row(persons: Mapping[int, list[Person]], rows: Iterable[Row]) -> Iterator[tuple[Row, Person]]:
    """Each measure with each of its persons."""
    for row in rows:
        yield from ((row, person) for person in persons.get(row.number, ()))
