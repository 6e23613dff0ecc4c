"""The schools of a city through all its years: who stood on a day, what became of each, and who carries its history on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256

from junheng.kernel.faults import JunhengError
from junheng.register.census import Register, census_day
from junheng.register.lineage.censuses import Censuses, Standing
from junheng.register.lineage.events import Event, events_of
from junheng.register.lineage.flaws import Flaw, contradictions, flaws
from junheng.register.lineage.groups import Groups


@dataclass(frozen=True)
class Succession:
    """Who carries a school's history on a day. `way` are the events that led there; `parts` the schools split off on it.

    `closed` is the day on which the last of the line ended without an heir; None while it is there.
    """

    school_id: str
    way: tuple[Event, ...] = ()
    parts: tuple[str, ...] = ()
    closed: date | None = None


@dataclass(frozen=True)
class Restatement:
    """Where the rows of a school of an earlier year belong in a later year's tree."""

    school_id: str
    name: str | None
    place_code: str | None
    closed: date | None = None


@dataclass(frozen=True)
class Lineage:
    """Events, censuses and groups of all years of a city."""

    events: Sequence[Event]
    censuses: Censuses
    groups: Groups
    contradictions: Sequence[Flaw] = ()
    snapshots: tuple[str, ...] = ()

    @classmethod
    def of(cls, registers: Iterable[Register]) -> Lineage:
        """The lineage that the registers of several years tell together; of an event told twice, what the later year says."""
        held = sorted(registers, key=lambda each: each.year)
        return cls(events_of(held), Censuses.of(held), Groups.of(held), contradictions(held),
                   tuple(each.id for each in held))

    @cached_property
    def digest(self) -> str:
        """Eight digits of the snapshots that this lineage is told by."""
        return sha256(" ".join(self.snapshots).encode()).hexdigest()[:8]

    @cached_property
    def flaws(self) -> list[Flaw]:
        """Events that cannot be right, or that two years tell differently."""
        return [*self.contradictions, *flaws(self.events)]

    def of_school(self, school: str) -> list[Event]:
        """The events that name a school, on either side."""
        return self._by_school.get(school, [])

    @cached_property
    def _by_school(self) -> dict[str, list[Event]]:
        found: dict[str, list[Event]] = {}
        for event in self.events:
            for named in dict.fromkeys((event.school_id, event.other_school_id)):
                if named:
                    found.setdefault(named, []).append(event)
        return found

    def as_of(self, day: date) -> dict[str, Standing]:
        """The schools that were there on `day`: those of the census before it, with all that happened since.

        Errors: JunhengError for a day before the first census; nobody has said what was there then.
        """
        year = self.censuses.latest(day)
        if year is None:
            raise JunhengError(self._too_early(day))
        standing = dict(self.censuses.schools[year])
        for event in self.events:
            if census_day(year) < event.event_day <= day:
                self._happen(event, standing)
        return standing

    def _too_early(self, day: date) -> str:
        if not self.censuses.years:
            return "还没有任何学年的学校表 -> 先运行 junheng import"
        first = census_day(self.censuses.years[0])
        return f"{day}：登记从 {first} 开始，更早的学校不得而知；应为 {first} 或以后 -> 换一天，或先导入更早的学年"

    def _happen(self, event: Event, standing: dict[str, Standing]) -> None:
        was = standing.pop(event.ended, None) if event.ended else None
        if event.began:
            standing[event.began] = self.censuses.begun(event, self.of_school(event.began), was)
        elif event.ended is None and event.school_id in standing:
            standing[event.school_id] = self.censuses.after(event, self.of_school(event.school_id), standing[event.school_id])

    def successor(self, school: str, day: date, since: date = date.min) -> Succession:
        """Who carries on, on `day`, the history of what `school` was up to `since`.

        A merged or recoded school is carried on by its heir, and so on; a school that was split by itself, and its
        parts are told; one that closed without an heir by itself.
        """
        way: list[Event] = []
        carrier, entered = school, since
        parts: list[str] = []
        while True:
            end = self._next_end(carrier, entered, day, way)
            until = end.event_day if end else day
            parts += [event.school_id for event in self.of_school(carrier)
                      if event.kind == "split" and event.other_school_id == carrier and entered < event.event_day <= until]
            if end is None:
                return Succession(carrier, tuple(way), tuple(parts), self._closed(carrier, day, since))
            way.append(end)
            carrier, entered = end.heir or carrier, end.event_day

    def _next_end(self, school: str, since: date, day: date, way: Sequence[Event]) -> Event | None:
        """The event that ends a school after `since`, and until `day`; that which had ended it by then, if it was no more."""
        lives = [event for event in self.of_school(school) if school in (event.ended, event.began) and event.event_day <= day]
        ends = [event for event in lives if event.ended == school and event not in way]
        before = [event for event in lives if event.event_day <= since]
        if before and before[-1] in ends:
            return before[-1]
        return next((event for event in ends if event.event_day > since), None)

    def _closed(self, school: str, day: date, since: date) -> date | None:
        lives = [event for event in self.of_school(school) if school in (event.ended, event.began) and event.event_day <= day]
        return lives[-1].event_day if lives and lives[-1].ended == school else None

    def restated(self, year: int, to_year: int) -> dict[str, Restatement]:
        """Each school of a year's census, and the school and place that its rows belong to in the tree of `to_year`.

        Errors: JunhengError for a year without a census, or an earlier tree: what was merged cannot be told apart.
        """
        for asked in (year, to_year):
            if asked not in self.censuses.schools:
                raise JunhengError(f"没有{asked}学年的学校表；已有 {'、'.join(map(str, self.censuses.years))} -> 换一个学年")
        if to_year < year:
            raise JunhengError(f"{year}学年不能按更早的{to_year}学年重述：合并了的学校分不开 -> 按 {year} 或以后的学年重述")
        listed, day = self.censuses.schools[year], census_day(to_year)
        heirs = {school: self.successor(school, day, census_day(year)) for school in listed}
        firsts = {heirs[school].school_id: listed[school] for school in sorted(listed, reverse=True)}
        return {school: self._restated(heir, listed.get(heir.school_id) or firsts[heir.school_id], day)
                for school, heir in heirs.items()}

    def _restated(self, heir: Succession, then: Standing, day: date) -> Restatement:
        """`then` is how the heir stood in the earlier year, or the first school it carries on."""
        last = self.last_standing(heir.school_id, day) or then
        return Restatement(heir.school_id, last.name or then.name, last.place_code or then.place_code, heir.closed)

    def last_standing(self, school: str, day: date) -> Standing | None:
        """A school as it was on `day`, or when it was last there before."""
        year = self.censuses.last(school, day)
        standing = {school: self.censuses.schools[year][school]} if year is not None else {}
        for event in self.of_school(school):
            if event.school_id == school and event.event_day <= day and event.ended != school and (
                    year is None or event.event_day > census_day(year)):
                self._happen(event, standing)
        return standing.get(school)

    def carried_by(self, school: str, day: date) -> list[str]:
        """The schools whose history `school` carries on `day`, itself not among them."""
        return sorted(name for name in self._by_school if name != school and self.successor(name, day).school_id == school)

    def find(self, word: str) -> str:
        """The code of a school given by its code or by a name that only one school ever had."""
        names = self._names()
        if word in names or self.of_school(word):
            return word
        called = sorted(code for code, held in names.items() if word in held)
        if len(called) != 1:
            found = f"有 {len(called)} 所学校叫这个名字：{'、'.join(called)}" if called else "没有这个学校标识码或校名"
            raise JunhengError(f"{word}：{found} -> 改用学校标识码")
        return called[0]

    def _names(self) -> Mapping[str, set[str | None]]:
        names: dict[str, set[str | None]] = {}
        for listed in self.censuses.schools.values():
            for code, standing in listed.items():
                names.setdefault(code, set()).add(standing.name)
        for event in self.events:
            names.setdefault(event.school_id, set()).add(event.former_name)
        return names
