"""What became of schools: the events of all years, each once, in the order of their days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from junheng.register.census import Register
from junheng.register.codes import EventKind

TABLE = "school_events"
BIRTHS = frozenset({"opened", "split", "recoded"})  # told of the school that begins
ENDS = frozenset({"merged", "closed"})  # told of the school that ends; a recoding ends the other code too
PAIRED = frozenset({"merged", "split", "recoded"})  # these name another school
_FIRST_OF_A_DAY = ("opened", "split", "recoded", "moved", "renamed", "changed_kind", "merged", "closed")


@dataclass(frozen=True)
class Event:
    """One event of a school; it is in effect from `event_day` on. `snapshot` is the latest that tells of it."""

    school_id: str
    kind: str
    event_day: date
    paper: str | None = None
    other_school_id: str | None = None
    place_code: str | None = None
    former_name: str | None = None
    former_place_code: str | None = None
    former_kind: str | None = None
    snapshot: str = ""

    @property
    def key(self) -> tuple[str, str, date]:
        return self.school_id, self.kind, self.event_day

    @property
    def order(self) -> tuple[date, int, str]:
        """On one day schools begin before others end in them."""
        return self.event_day, _FIRST_OF_A_DAY.index(self.kind), self.school_id

    @property
    def ended(self) -> str | None:
        """The school that is no more."""
        return self.school_id if self.kind in ENDS else self.other_school_id if self.kind == "recoded" else None

    @property
    def began(self) -> str | None:
        """The school that is there from now on."""
        return self.school_id if self.kind in BIRTHS else None

    @property
    def heir(self) -> str | None:
        """The school that carries on the history of the one that ended."""
        return self.other_school_id if self.kind == "merged" else self.school_id if self.kind == "recoded" else None

    @property
    def zh(self) -> str:
        return EventKind[self.kind].zh

    def names(self, school: str) -> bool:
        return school in (self.school_id, self.other_school_id)

    def as_json(self) -> dict[str, object]:
        return {each.name: getattr(self, each.name) for each in fields(self)} | {"event_day": self.event_day.isoformat()}


def events_of(registers: Iterable[Register]) -> list[Event]:
    """The events that any of the registers tells of, each once: as the latest year tells it, where blank as an earlier."""
    found: dict[tuple[str, str, date], Event] = {}
    for register in sorted(registers, key=lambda each: each.year):
        for event in told_by(register):
            found[event.key] = _filled(event, found.get(event.key, event))
    return sorted(found.values(), key=lambda event: event.order)


def told_by(register: Register) -> Iterator[Event]:
    """The events that one register tells of. A row without school, kind or day tells nothing."""
    if register.has(TABLE):
        for row in register.table(TABLE).iter_rows(named=True):
            if row["school_id"] and row["kind"] in EventKind.__members__ and row["event_day"]:
                yield _event(row, register.id)


def _filled(event: Event, earlier: Event) -> Event:
    blank = [each.name for each in fields(Event) if getattr(event, each.name) is None]
    return replace(event, **{name: getattr(earlier, name) for name in blank})


def _event(row: dict[str, Any], snapshot: str) -> Event:
    return Event(**{each.name: row[each.name] for each in fields(Event) if each.name in row}, snapshot=snapshot)
