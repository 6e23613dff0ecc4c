"""One school's history, as the command prints it: events with day and paper, names, and who carries it on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from junheng.kernel.faults import JunhengError
from junheng.register.census import census_day
from junheng.register.lineage.censuses import Standing
from junheng.register.lineage.events import BIRTHS, Event
from junheng.register.lineage.groups import Membership
from junheng.register.lineage.tree import Lineage, Succession


@dataclass(frozen=True)
class Name:
    """A name and the days it is known for: `since` None from before the register, `until` None to this day."""

    name: str
    since: date | None
    until: date | None


@dataclass(frozen=True)
class History:
    """What is known of a school, and how it stood on `day`; `standing` None when it was not there then."""

    school_id: str
    day: date
    standing: Standing | None
    names: list[Name]
    events: list[Event]
    succession: Succession
    carries: list[str]
    groups: list[Membership]
    snapshots: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        standing, succession = self.standing, self.succession
        return {
            "school_id": self.school_id, "as_of": self.day.isoformat(), "open": standing is not None,
            "name": standing.name if standing else None, "place_code": standing.place_code if standing else None,
            "kind": standing.kind if standing else None,
            "names": [{"name": each.name, "since": _text(each.since), "until": _text(each.until)} for each in self.names],
            "events": [event.as_json() for event in self.events],
            "successor": {"school_id": succession.school_id, "way": [event.as_json() for event in succession.way],
                          "parts": list(succession.parts), "closed": _text(succession.closed)},
            "predecessors": self.carries, "groups": [each.as_json() for each in self.groups], "snapshots": list(self.snapshots)}


def history(lineage: Lineage, school: str, day: date | None = None) -> History:
    """The history of a school, and how it stood on `day`, by default on the last census or the last event after it.

    Events after `day` are history too and are told. Errors: JunhengError for a school nobody named, a day before the register.
    """
    code = lineage.find(school)
    asked = day or _last_day(lineage)
    events = lineage.of_school(code)
    return History(code, asked, lineage.as_of(asked).get(code), list(_names(lineage, code)), events,
                   lineage.successor(code, asked), lineage.carried_by(code, asked),
                   [each for each in lineage.groups.on(asked) if each.school_id == code], lineage.snapshots)


def _last_day(lineage: Lineage) -> date:
    if not lineage.censuses.years:
        raise JunhengError("还没有任何学年的学校表 -> 先运行 junheng import")
    return max([census_day(lineage.censuses.years[-1]), *(event.event_day for event in lineage.events)])


def _names(lineage: Lineage, school: str) -> Iterator[Name]:
    """Each name once in a row; a change that no event tells is dated by the census that shows it."""
    name, since = None, None
    for day, was, becomes in _points(lineage, school):
        name = name or was
        if becomes != name:
            if name is not None:
                yield Name(name, since, day)
            since = day if name is not None or day not in map(census_day, lineage.censuses.years) else None
        name = becomes
    if name is not None:
        yield Name(name, since, None)


def _points(lineage: Lineage, school: str) -> list[tuple[date, str | None, str | None]]:
    """Days on which a name is told: the day, the name before where that is told, the name from then on; None when it ends."""
    listed = {year: schools[school].name for year, schools in lineage.censuses.schools.items() if school in schools}
    points: list[tuple[date, str | None, str | None]] = [(census_day(year), None, name) for year, name in listed.items()]
    for event in lineage.of_school(school):
        if event.ended == school:
            points.append((event.event_day, None, None))
        elif event.school_id == school and event.kind in ("renamed", *BIRTHS):
            points.append((event.event_day, event.former_name, lineage.censuses.said("name", event, lineage.of_school(school))))
    return sorted(points, key=lambda point: (point[0], point[1] is None))


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
