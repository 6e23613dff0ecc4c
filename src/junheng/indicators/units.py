"""The units a standard asks: stages of schools and schools, with the facts that decide scope and limits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Protocol

import polars as pl

from junheng.kernel.codes import Level

NOT_COMPULSORY = {"kindergarten", "attached_kindergarten", "senior", "vocational", "special"}
NOT_BASIC = {"private", "city", "province", "university", "enterprise"}
STAGES = ("primary", "junior")
STAGE_ORDER = (*STAGES, "all")
SHARING = ("primary", "junior", "senior")  # stages that share what a school owns in common
AREAS = {"city_core": "urban", "city_fringe": "urban", "town_core": "town", "town_fringe": "town",
         "special_area": "town", "township_centre": "rural", "village": "rural"}
NOWHERE = "?"  # the group of schools whose place is not known


class Register(Protocol):
    """A snapshot, as far as measuring needs it."""

    @property
    def id(self) -> str: ...

    @property
    def year(self) -> int: ...

    def has(self, table: str) -> bool: ...

    def table(self, name: str) -> pl.DataFrame: ...

    @property
    def handed_in(self) -> pl.DataFrame: ...


@dataclass(frozen=True, eq=False)
class Unit:
    """A stage of a school, or (stage `all`) a school: `pupils` is None when not known, `joins` the school it is merged into."""

    school_id: str
    name: str
    stage: str
    pupils: int | None
    facts: Mapping[str, object]
    groups: Mapping[Level, str]
    joins: str = ""

    @property
    def place(self) -> str:
        """The most local division of the unit, for the law in force there."""
        return next((code for level in (Level.township, Level.county, Level.city) if (code := self.groups.get(level))), "")


@dataclass
class Units:
    """All units of a register, and the names of its places."""

    stages: list[Unit]
    schools: list[Unit]
    place_names: dict[str, str]
    pupils_by_stage: dict[str, dict[str, int | None]] = field(default_factory=dict)
    split_of: dict[str, str | None] = field(default_factory=dict)

    def of(self, by: str) -> list[Unit]:
        return self.stages if by == "stage" else self.schools

    def sharing(self, school_id: str) -> list[str]:
        """The stages among which the school's common resources are split."""
        held = self.pupils_by_stage.get(school_id, {})
        return [stage for stage in SHARING if stage in held and held[stage] != 0]


def load_units(register: Register) -> Units:
    """Read the units of a snapshot. A school without a known place stands in group `?`."""
    places = Places(register.table("places") if register.has("places") else None)
    held = _pupils(register.table("school_stages"))
    largest, migrants = _largest_classes(register), _migrants(register.table("school_stages"))
    stages: list[Unit] = []
    whole: list[Unit] = []
    split_of = {}
    for row in register.table("schools").sort("school_id").iter_rows(named=True):
        school = row["school_id"]
        split_of[school] = row["split"]
        compulsory = {stage: held.get(school, {})[stage] for stage in STAGES if stage in held.get(school, {})}
        facts = _facts(row, compulsory, largest.get(school), migrants.get(school))
        groups = places.groups(row["place_code"], school)
        for stage, count in compulsory.items():
            stages.append(Unit(school, row["name"], stage, count, {**facts, "stage": stage}, groups,
                               row["managing_school_id"] or ""))
        if compulsory:
            whole.append(Unit(school, row["name"], "all", facts["pupils"], facts, groups))
    return Units(stages, whole, places.names, held, split_of)


def _facts(row: Mapping[str, Any], compulsory: Mapping[str, int | None], largest: int | None,
           migrants: int | None) -> dict[str, Any]:
    counts = list(compulsory.values())
    pupils = None if None in counts else sum(count or 0 for count in counts)
    share = Fraction(migrants, pupils) if migrants is not None and pupils else None
    return {
        "kind": row["kind"], "run_by": row["run_by"], "urban_rural": row["urban_rural"],
        "area": AREAS.get(row["urban_rural"]), "built_year": row["built_year"], "pupils": pupils,
        "largest_class": largest, "migrant_share": share,
    }


def _pupils(stages: pl.DataFrame) -> dict[str, dict[str, int | None]]:
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

    def __init__(self, table: pl.DataFrame | None) -> None:
        rows = [] if table is None else list(table.iter_rows(named=True))
        self.by_code = {row["place_code"]: row for row in rows}
        self.names = {row["place_code"]: row["name"] for row in rows} | {NOWHERE: "所在地不明"}

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


@dataclass(frozen=True)
class Lines:
    """Values of the law that scopes rest on."""

    small_point: int
    small_school: int
    merges: bool


def in_scope(unit: Unit, scope: str, lines: Lines) -> bool:
    """Whether a scope of docs/explanation/figures.md takes the unit in; an unknown number of pupils never takes one out."""
    facts = unit.facts
    if unit.pupils == 0 or facts["kind"] in NOT_COMPULSORY:
        return False
    if scope == "basic":
        return facts["kind"] != "teaching_point" and facts["run_by"] not in NOT_BASIC
    if scope == "small":
        return unit.pupils is None or unit.pupils < lines.small_school
    return scope != "resources" or lines.merges or not is_small_point(unit, lines)


def is_small_point(unit: Unit, lines: Lines) -> bool:
    """A teaching point that is not a row of its own in the resource items."""
    return unit.facts["kind"] == "teaching_point" and unit.pupils is not None and unit.pupils < lines.small_point


def by_group(units: Iterable[Unit], level: Level) -> dict[tuple[str, str], list[Unit]]:
    """Units by (group, stage)."""
    found: dict[tuple[str, str], list[Unit]] = {}
    for unit in units:
        if level in unit.groups:
            found.setdefault((unit.groups[level], unit.stage), []).append(unit)
    return found
