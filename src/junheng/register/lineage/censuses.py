"""Schools as each year's register lists them on 1 September, and what holds between two of those days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from junheng.register.census import Register, census_day
from junheng.register.lineage.events import Event

CHANGES = {"renamed": "name", "moved": "place_code", "changed_kind": "kind"}  # in the order of Standing


@dataclass(frozen=True)
class Standing:
    """A school on one day: what it is called, where it stands, of what kind it is; None where nobody said."""

    school_id: str
    name: str | None
    place_code: str | None
    kind: str | None


@dataclass(frozen=True)
class Censuses:
    """The schools of each year, older years first."""

    schools: Mapping[int, Mapping[str, Standing]]

    @classmethod
    def of(cls, registers: Iterable[Register]) -> Censuses:
        ordered = sorted(registers, key=lambda each: each.year)
        return cls({each.year: _listed(each) for each in ordered if each.has("schools")})

    @property
    def years(self) -> list[int]:
        return list(self.schools)

    def latest(self, day: date) -> int | None:
        """The latest year whose census is not after `day`."""
        return max((year for year in self.years if census_day(year) <= day), default=None)

    def first(self, school: str, since: date) -> int | None:
        """The first year, of those whose census is not before `since`, that lists the school."""
        return next((year for year, listed in self.schools.items() if since <= census_day(year) and school in listed), None)

    def last(self, school: str, until: date) -> int | None:
        """The last year, of those whose census is not after `until`, that lists the school."""
        held = (year for year, listed in self.schools.items() if census_day(year) <= until and school in listed)
        return max(held, default=None)

    def after(self, event: Event, events: Sequence[Event], was: Standing) -> Standing:
        """A school that lives through `event`, as the event left it."""
        column = CHANGES.get(event.kind)
        told = event.place_code if event.kind == "moved" else None
        return replace(was, **{column: told or self.said(column, event, events)}) if column else was  # type: ignore[arg-type]

    def begun(self, event: Event, events: Sequence[Event], was: Standing | None) -> Standing:
        """A school that begins with `event`: as it is soon found to be, or else as it `was` under its old code."""
        known = was or Standing(event.school_id, None, None, None)
        told = {column: self.said(column, event, events) or getattr(known, column) for column in CHANGES.values()}
        return Standing(event.school_id, **told)

    def said(self, column: str, event: Event, events: Sequence[Event]) -> str | None:
        """What a column is after `event`: what the next change of it says it was, or the census before that, that it is.

        What comes after the school's end speaks of another life of it.
        """
        school = event.school_id
        later = [each for each in events if each.order > event.order]
        end = next((each.event_day for each in later if each.ended == school), date.max)
        year = self.first(school, event.event_day)
        listed = self.schools[year][school] if year is not None and census_day(year) < end else None
        until = census_day(year) if year is not None and listed else end
        for change in later:
            former = getattr(change, f"former_{column}")
            if change.school_id == school and former and change.event_day <= until:
                return str(former)
        return getattr(listed, column) if listed else None


def _listed(register: Register) -> dict[str, Standing]:
    rows = register.table("schools").select("school_id", "name", "place_code", "kind").drop_nulls("school_id")
    return {row[0]: Standing(*row) for row in rows.iter_rows()}
