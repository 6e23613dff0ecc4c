"""What a paper is made from: one county's findings and the rows of its register, with what officials may print of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from junheng.indicators.forms.facts import CountyFacts, SchoolRow, Unconfirmed, by_county
from junheng.indicators.measure import Result
from junheng.indicators.registry import INDICATORS
from junheng.indicators.results import book_of, results
from junheng.indicators.school_rows import school_rows
from junheng.indicators.scopes import NOT_COMPULSORY
from junheng.indicators.units import Places, Unit, load_units
from junheng.kernel.codes import Evidence, Level, Verdict
from junheng.kernel.faults import JunhengError, OnProgress
from junheng.kernel.findings import CountyVerdict, Finding
from junheng.register.census import Register
from junheng.register.holding import City, open_snapshot
from junheng.register.tables import TABLES
from junheng.standards import LawBook, law

Record = dict[str, Any]
YEARS = 3  # that a paper looks back on, its own among them
SHOWN = 12  # schools that a note names


@dataclass(frozen=True)
class FormContext:
    """One county's year. `facts` hold what an official print may show; `earlier` the county's verdicts of earlier years."""

    facts: CountyFacts
    register: Register
    book: LawBook
    earlier: Mapping[int, tuple[CountyVerdict, ...]] = field(default_factory=dict)

    def has(self, table: str) -> bool:
        """Whether the table was handed in at all."""
        return self.register.has(table)

    def gave(self, table: str, school_id: str) -> bool:
        """Whether a school handed in the table; one without rows was."""
        return (table, school_id) in self._handed_in

    def rows(self, table: str, school_id: str) -> list[Record]:
        """A school's rows of a table, in the order they were handed in."""
        return self._rows(table).get(school_id, [])

    def county_rows(self, table: str) -> list[Record]:
        """The rows of a table whose place is the county, or lies in it."""
        if not self.has(table):
            return []
        held = self.register.table(table).iter_rows(named=True)
        return [row for row in held if self.places.groups(row["place_code"], "").get(Level.county) == self.facts.code]

    def unit(self, school_id: str, stage: str = "all") -> Unit | None:
        """The school, or its stage, as the standards see it."""
        return self._units.get((school_id, stage))

    def limit(self, name: str, unit: Unit) -> Any:
        """A value of the law in force for a unit."""
        return self.book.entry(law[name], unit.place, unit.facts).value

    @cached_property
    def places(self) -> Places:
        return Places(self.register.table("places") if self.register.has("places") else None)

    @cached_property
    def compulsory(self) -> tuple[SchoolRow, ...]:
        """The schools with primary or junior pupils that the standards ask about, in the order of every table."""
        return tuple(row for row in self.facts.schools if (unit := self.unit(row.school_id)) and _asked(unit))

    @cached_property
    def names(self) -> dict[str, str]:
        """The name of every school of the register, those of other counties too."""
        return dict(self.register.table("schools").select("school_id", "name").iter_rows())

    def _rows(self, table: str) -> dict[str, list[Record]]:
        if table not in self._read:
            self._read[table] = _by_school(self.register, table) if self.has(table) else {}
        return self._read[table]

    @cached_property
    def _read(self) -> dict[str, dict[str, list[Record]]]:
        return {}

    @cached_property
    def _units(self) -> dict[tuple[str, str], Unit]:
        units = load_units(self.register, self.book)
        return {(unit.school_id, unit.stage): unit for unit in (*units.schools, *units.stages)}

    @cached_property
    def _handed_in(self) -> set[tuple[str, str]]:
        return set(self.register.handed_in.select("table", "school_id").iter_rows())


def _asked(unit: Unit) -> bool:
    return unit.facts["kind"] not in NOT_COMPULSORY and unit.pupils != 0


def _by_school(register: Register, table: str) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    held = register.table(table)
    origin = [name for name in ("origin_file", "origin_sheet", "origin_row") if name in held.columns]
    for row in held.sort(origin, nulls_last=True, maintain_order=True).iter_rows(named=True):
        found.setdefault(row["school_id"], []).append(row)
    return found


def not_handed_in(context: FormContext, *tables: str) -> tuple[str, ...]:
    """A sentence for each table that nobody handed in."""
    return tuple(f"未报送：本学年数据中没有“{TABLES[name].zh}”表，与其有关的栏目无从填列。"
                 for name in tables if not context.has(name))


def schools_without(context: FormContext, *tables: str) -> tuple[str, ...]:
    """A note for each table that some school of the county did not hand in, with the first of them by name."""
    notes = []
    for name in (each for each in tables if context.has(each)):
        silent = [school.name for school in context.compulsory if not context.gave(name, school.school_id)]
        if silent:
            more = "等" if len(silent) > SHOWN else ""
            notes.append(f"未报送“{TABLES[name].zh}”的学校 {len(silent)} 所：{'、'.join(silent[:SHOWN])}{more}。")
    return tuple(notes)


def official(one: Finding) -> Finding:
    """The finding as an official print may show it: no verdict, and no limit, that rests on a value which is only believed."""
    if one.evidence is Evidence.read or one.verdict is None:
        return one
    bare = replace(one, verdict=None, limit=None, gap=None, gap_per_pupil=None, within_rounding=False)
    return Unconfirmed(**{each.name: getattr(bare, each.name) for each in fields(bare)})


def official_verdict(one: CountyVerdict, sure: Collection[str]) -> CountyVerdict:
    """The verdict as an official print may show it; `sure` are the items that fail without resting on what is believed.

    One that stays `believed` is not known yet: nothing fails for sure, and something waits to be confirmed.
    """
    failed = tuple(item for item in one.failed if item in sure)
    return replace(one, failed=failed, evidence=Evidence.read if failed else one.evidence)


def form_context(city: Path, county: str, year: int | None = None, on_progress: OnProgress | None = None) -> FormContext:
    """One county of a city folder, with up to two earlier years.

    Errors: `JunhengError` when there is no snapshot, or when no school or place of it has that county code.
    """
    snapshot = open_snapshot(city, year)
    known_county(county, {row.county_code: row.county for row in school_rows(snapshot)})
    past = [each for each in City(city).current() if snapshot.year - YEARS < each < snapshot.year]
    found = results(city, snapshot, on_progress)
    earlier = {each: results(city, open_snapshot(city, each), on_progress) for each in past}
    return county_context(snapshot, book_of(city, snapshot), county, found, earlier)


def county_context(register: Register, book: LawBook, county: str, found: Result,
                   earlier: Mapping[int, Result]) -> FormContext:
    """One county of a register that was measured; `earlier` are the results of the years before."""
    names = {name: each.zh for name, each in law.standards.items()}
    past = {year: map(official, findings) for year, (findings, _) in earlier.items()}
    facts = by_county(map(official, found[0]), _official_verdicts(found), school_rows(register), INDICATORS, names, past)
    before = {year: tuple(one for one in _official_verdicts(result) if one.county == county) for year, result in earlier.items()}
    return FormContext(next(each for each in facts if each.code == county), register, book, before)


def _official_verdicts(found: Result) -> list[CountyVerdict]:
    findings, verdicts = found
    sure = {(each.group, each.item) for each in findings if each.level is Level.county
            and each.verdict is Verdict.not_met and each.evidence is Evidence.read}
    return [official_verdict(one, {item for group, item in sure if group == one.county}) for one in verdicts]


def known_county(county: str, names: Mapping[str, str]) -> None:
    """Errors: `JunhengError` when no county of the snapshot has this code, with those there are."""
    if county not in names:
        there = "、".join(f"{code} {name}" for code, name in sorted(names.items()))
        raise JunhengError(f"--county {county}：本学年数据中没有这个县区；可用：{there} -> 改正县区代码后重试")
