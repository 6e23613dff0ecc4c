"""The units a standard asks: stages of schools, schools, townships and counties, with the facts that decide scope and limits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Any

import polars as pl

from junheng.kernel.codes import Level
from junheng.register.census import Register, census_day
from junheng.register.codes import ALL_STAGES, AREAS, SHARING, Tree
from junheng.register.lineage import Restated
from junheng.register.lineage.groups import Groups, Membership
from junheng.standards import LawBook, law

STAGES = ("primary", "junior")
EVERY_STAGE = ("preschool", *STAGES, "senior")
STAGE_ORDER = (*EVERY_STAGE, ALL_STAGES)
NOWHERE = "?"  # the group of schools whose place is not known


@dataclass(frozen=True, eq=False)
class Unit:
    """A stage of a school, a school (stage `all`), or a place with all schools in it.

    `pupils`   None when not known; of a place, not asked
    `joins`    the school it is merged into, where small teaching points are
    `counted`  the stages that sums over it take in
    `schools`  the schools whose rows are its rows; `places` the divisions whose rows are
    """

    school_id: str
    name: str
    stage: str
    pupils: int | None
    facts: Mapping[str, object]
    groups: Mapping[Level, str]
    joins: str = ""
    counted: tuple[str, ...] = STAGES
    schools: tuple[str, ...] = ()
    places: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """The most local division of the unit, for the law in force there."""
        return next((code for level in (Level.township, Level.county, Level.city) if (code := self.groups.get(level))), "")


@dataclass
class Units:
    """All units of a register by what they are, and the names of its places."""

    by: dict[str, list[Unit]]
    place_names: dict[str, str]
    pupils_by_stage: dict[str, dict[str, int | None]] = field(default_factory=dict)
    split_of: dict[str, str | None] = field(default_factory=dict)
    _among: dict[tuple[str, tuple[str, ...]], list[Unit]] = field(default_factory=dict)

    @property
    def stages(self) -> list[Unit]:
        return self.by["stage"]

    @property
    def schools(self) -> list[Unit]:
        return self.by["school"]

    def of(self, by: str, stages: Sequence[str] = (ALL_STAGES,), among: tuple[str, ...] = ()) -> list[Unit]:
        """The units of a kind; places once for each of `stages`, or once for the stages `among` together."""
        if among and (by, among) not in self._among:
            self._among[by, among] = [replace(unit, counted=among) for unit in self.by[by] if unit.stage == ALL_STAGES]
        if among:
            return self._among[by, among]
        return [unit for unit in self.by[by] if not unit.places or unit.stage in stages]

    def offers(self, school_id: str, stage: str) -> bool:
        """Whether the school has the stage, or may have it: its stages are not known."""
        held = self.pupils_by_stage.get(school_id)
        return held is None or stage in held

    def sharing(self, school_id: str) -> list[str]:
        """The stages among which the school's common resources are split."""
        held = self.pupils_by_stage.get(school_id, {})
        return [stage for stage in SHARING if stage in held and held[stage] != 0]


def load_units(register: Register, book: LawBook) -> Units:
    """Read the units of a snapshot, with the facts that the law rests on. A school without a known place stands in group `?`."""
    places = Places(register.table("places") if register.has("places") else None, census_day(register.year))
    told = {school for table, school in register.handed_in.select("table", "school_id").iter_rows() if table == "school_stages"}
    held = _pupils(register.table("school_stages"))
    largest, migrants = _largest_classes(register), _migrants(register.table("school_stages"))
    belongs = _belongs(register)
    by: dict[str, list[Unit]] = {"stage": [], "school": [], "whole": []}
    split_of = {}
    for row in register.table("schools").sort("school_id").iter_rows(named=True):
        school, offered = row["school_id"], held.get(row["school_id"], {})
        split_of[school] = row["split"]
        compulsory = {stage: offered[stage] for stage in STAGES if stage in offered}
        groups = places.groups(row["place_code"], school)
        facts = (_facts(row, compulsory, largest.get(school), migrants.get(school), "senior" in offered)
                 | _lies_in(groups, book) | {tree.name: belongs.get((tree.name, school)) for tree in Tree})
        for stage in (each for each in EVERY_STAGE if each in offered):
            by["stage"].append(Unit(school, row["name"], stage, offered[stage], {**facts, "stage": stage}, groups,
                                    row["managing_school_id"] or "", (stage,), (school,)))
        if compulsory:
            by["school"].append(Unit(school, row["name"], ALL_STAGES, facts["pupils"], facts, groups, schools=(school,)))
        pupils = _added(offered.values()) if offered or school in told else None
        by["whole"].append(Unit(school, row["name"], ALL_STAGES, pupils, facts, groups, counted=EVERY_STAGE, schools=(school,)))
    for level in (Level.township, Level.county):
        by[level.name] = list(_place_units(level, places, by["whole"], book))
    return Units(by, places.names, held, split_of)


def memberships(register: Register) -> list[Membership]:
    """Which school belongs to which group of the trees beside the divisions, on the census day of the tree it stands in."""
    year = register.to_year if isinstance(register, Restated) else register.year
    return Groups.of([register]).on(census_day(year))


def _belongs(register: Register) -> dict[tuple[str, str], str]:
    """The group by tree and school; of a school in two of a tree, which is a fault, the first by code."""
    return {(each.tree, each.school_id): each.group_id for each in reversed(memberships(register))}


def _place_units(level: Level, places: Places, schools: Iterable[Unit], book: LawBook) -> Iterator[Unit]:
    """Every place of a level that has a school below it, once for each stage and once for all together."""
    inside: dict[str, list[str]] = {}
    for school in schools:
        if level in school.groups:
            inside.setdefault(school.groups[level], []).append(school.school_id)
    for code in sorted({*inside, *places.of_level(level)}):
        groups: dict[Level, str] = {each: group for each, group in places.groups(code, "").items() if group}
        groups[level] = code
        facts = _lies_in(groups, book)
        for stage in STAGE_ORDER:
            yield Unit("", places.names.get(code, code), stage, None, facts if stage == ALL_STAGES else {**facts, "stage": stage},
                       groups, counted=EVERY_STAGE if stage == ALL_STAGES else (stage,), schools=tuple(inside.get(code, ())),
                       places=places.below(code))


def _lies_in(groups: Mapping[Level, str], book: LawBook) -> dict[str, object]:
    """The province, and the region that funds are set for; none before a paper told regions apart."""
    county, limit = groups.get(Level.county, ""), law["funds_region"]
    province = {"province": county[:2]}
    return {**province, "region": book.entry(limit, county, province).value if book.in_force(limit) else None}


def _added(counts: Iterable[int | None]) -> int | None:
    known = list(counts)
    return None if None in known else sum(count or 0 for count in known)


def _facts(row: Mapping[str, Any], compulsory: Mapping[str, int | None], largest: int | None, migrants: int | None,
           has_senior: bool) -> dict[str, Any]:
    pupils = _added(compulsory.values())
    share = Fraction(migrants, pupils) if migrants is not None and pupils else None
    return {
        "kind": row["kind"], "run_by": row["run_by"], "urban_rural": row["urban_rural"],
        "area": AREAS.get(row["urban_rural"]), "built_year": row["built_year"], "pupils": pupils,
        "largest_class": largest, "migrant_share": share, "boarding": row["boarding"],
        "inclusive": row["inclusive"], "has_senior": has_senior,
    }


def _pupils(stages: pl.DataFrame) -> dict[str, dict[str, int | None]]:
    """By school and stage."""
    held: dict[str, dict[str, int | None]] = {}
    for school, stage, count in stages.select("school_id", "stage", "pupils").iter_rows():
        held.setdefault(school, {})[stage] = count
    return {school: _undecided(of_stage) if None in of_stage else of_stage for school, of_stage in held.items()}


def _undecided(of_stage: Mapping[str, int | None]) -> dict[str, int | None]:
    """Pupils whose stage is not known may be of any, so of no stage is the number known."""
    return dict.fromkeys(stage for stage in (*STAGES, *of_stage) if stage)


def _largest_classes(register: Register) -> dict[str, int]:
    if not register.has("classes"):
        return {}
    known = register.table("classes").group_by("school_id").agg(
        pl.when(pl.col("pupils").null_count() == 0).then(pl.col("pupils").max()).alias("largest"))
    return dict(known.drop_nulls().iter_rows())


def _migrants(stages: pl.DataFrame) -> dict[str, int]:
    compulsory = stages.filter(pl.col("stage").is_in(STAGES)).group_by("school_id").agg(
        pl.when(pl.col("migrant_pupils").null_count() == 0).then(pl.col("migrant_pupils").sum()).alias("migrants"))
    return dict(compulsory.drop_nulls().iter_rows())


class Places:
    """The tree of divisions: from a school's place up to its township, county and city."""

    def __init__(self, table: pl.DataFrame | None, day: date = date.min) -> None:
        self._day = day
        rows = [] if table is None else list(table.iter_rows(named=True))
        self.by_code = {row["place_code"]: row for row in rows}
        self.names = {row["place_code"]: row["name"] for row in rows} | {NOWHERE: "所在地不明"}
        self._children: dict[str, list[str]] = {}
        for row in rows:
            self._children.setdefault(row["parent_code"] or "", []).append(row["place_code"])

    def of_level(self, level: Level) -> list[str]:
        """The places of a level that are still there on the day."""
        return [code for code, row in self.by_code.items() if row["level"] == level.name
                and (row["until"] is None or row["until"] > self._day)]

    def below(self, code: str) -> tuple[str, ...]:
        """The place and every place below it."""
        found, seen = [code], {code}
        for each in found:
            fresh = [child for child in self._children.get(each, ()) if child not in seen]
            found += fresh
            seen.update(fresh)
        return tuple(found)

    def groups(self, code: str | None, school_id: str) -> dict[Level, str]:
        found = {Level.school: school_id, Level.county: NOWHERE}
        seen: set[str] = set()
        while code is not None and code in self.by_code and code not in seen:
            seen.add(code)
            row = self.by_code[code]
            if row["level"] in Level.__members__:
                found[Level[row["level"]]] = code
            code = row["parent_code"]
        return found


def by_group(units: Iterable[Unit], level: Level) -> dict[tuple[str, str], list[Unit]]:
    """Units by (group, stage)."""
    found: dict[tuple[str, str], list[Unit]] = {}
    for unit in units:
        if level in unit.groups:
            found.setdefault((unit.groups[level], unit.stage), []).append(unit)
    return found
