"""What the papers of a plan are made from: the plan itself, the names and places of its schools, ready to look up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from pathlib import Path

from junheng.indicators.forms.facts import SchoolRow
from junheng.indicators.school_rows import school_rows
from junheng.indicators.units import STAGES, Places
from junheng.kernel.codes import Level
from junheng.planning.plan import MARKING, Measure, Plan, Standing, Unmet
from junheng.planning.plan import Level as ItemLevel
from junheng.register.census import Register
from junheng.register.codes import ALL_STAGES
from junheng.register.coordinates import places_of, with_cgcs2000
from junheng.register.holding import snapshot_named

Degrees = tuple[float, float]  # east and north in CGCS2000


@dataclass(frozen=True)
class Town:
    """A township and where it lies."""

    code: str
    name: str
    at: Degrees


@dataclass(frozen=True)
class PlanFacts:
    """A plan with the schools of its snapshot; `points` are those that told where they lie, `city` holds all its counties."""

    plan: Plan
    schools: Mapping[str, SchoolRow]
    points: Mapping[str, Degrees]
    towns: tuple[Town, ...] = ()
    city: str = ""
    neighbours: Mapping[str, str] = field(default_factory=dict)  # names of the counties of the snapshot that it does not plan for
    marking: str = MARKING  # what every paper is headed with; an approved plan says by whom it was approved

    @property
    def year(self) -> int:
        """The school year the plan starts from."""
        return int(self.plan.task["year"])

    @property
    def target(self) -> int:
        return int(self.plan.task["target_year"])

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The calendar years of the plan, and any other that is paid in."""
        paid = {each.year for measure in self.plan.measures for each in measure.payments}
        return tuple(sorted({*range(self.year + 1, self.target + 1), *paid}))

    @cached_property
    def counties(self) -> dict[str, str]:
        """The names of the plan's counties by their codes."""
        return {each.county: each.name for each in self.plan.counties}

    @property
    def is_city(self) -> bool:
        return len(self.counties) > 1

    @property
    def where(self) -> str:
        """Whose plan it is."""
        return self.city or f"{len(self.counties)}个县区" if self.is_city else "、".join(self.counties.values())

    def county(self, code: str) -> str:
        return self.counties.get(code) or self.neighbours.get(code, code)

    def place(self, code: str) -> str:
        """A county, or the city or province whose code begins that of its counties."""
        return {2: "全省", 4: self.city or "全市"}.get(len(code)) or self.county(code)

    def school(self, code: str) -> str:
        """The school's name; its code where the snapshot has none."""
        found = self.schools.get(code)
        return found.name if found else code

    def order(self, code: str) -> tuple[str, str]:
        """The order of schools in every table: by township, then by code."""
        found = self.schools.get(code)
        return found.order if found else ("", code)

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """By county, school, year, as every table lists them."""
        return tuple(sorted(self.plan.measures, key=lambda each: (each.county, self.order(each.school), each.stage, each.year)))

    @cached_property
    def levels(self) -> dict[tuple[str, str, str], ItemLevel]:
        """By school, or county where it has none, stage and item."""
        return {(each.school or each.county, each.stage, each.item): each for each in self.plan.levels}

    @cached_property
    def standings(self) -> dict[tuple[str, str], Standing]:
        return {(each.school, each.stage): each for each in self.plan.standings}

    @cached_property
    def stages(self) -> dict[str, tuple[str, ...]]:
        """The stages of each school that the plan judges."""
        found: dict[str, tuple[str, ...]] = {}
        for each in self.plan.standings:
            found[each.school] = (*found.get(each.school, ()), each.stage)
        return {school: tuple(sorted(stages, key=STAGE_PLACES.index)) for school, stages in found.items()}

    @cached_property
    def listed(self) -> tuple[Standing, ...]:
        """Every stage of a school, in the order of every table."""

        def place(each: Standing) -> tuple[object, ...]:
            return (each.county, self.order(each.school), STAGE_PLACES.index(each.stage))

        return tuple(sorted(self.plan.standings, key=place))

    @cached_property
    def means(self) -> dict[tuple[str, str, str], Fraction]:
        """The mean of each item by county and stage by plan, weighted by pupils; what is not known is left out."""
        found: dict[tuple[str, str, str], list[tuple[int, Fraction]]] = {}
        for each in self.plan.levels:
            standing = self.standings.get((each.school, each.stage))
            if standing and standing.pupils and each.planned is not None:
                own = found.setdefault((each.county, each.stage, each.item), [])
                own.append((standing.pupils, standing.pupils * Fraction(exact(each.planned))))
        return {key: sum((total for _, total in own), Fraction(0)) / sum(many for many, _ in own) for key, own in found.items()}

    def pupils(self, school: str, stage: str, year: int) -> int | None:
        return self._pupils.get((school, stage, year))

    @cached_property
    def _pupils(self) -> dict[tuple[str, str, int], int | None]:
        return {(row["school"], row["stage"], row["year"]): row["pupils"] for row in self.plan.pupils}

    def unmet(self, county: str) -> list[Unmet]:
        return [each for each in self.plan.unmet if each.county == county]

    def at(self, school: str) -> tuple[Measure, ...]:
        return self._at.get(school, ())

    @cached_property
    def _at(self) -> dict[str, tuple[Measure, ...]]:
        found: dict[str, tuple[Measure, ...]] = {}
        for each in self.measures:
            found[each.school] = (*found.get(each.school, ()), each)
        return found

    def of_county(self, code: str) -> tuple[Measure, ...]:
        return tuple(each for each in self.measures if each.county == code)


STAGE_PLACES = (*STAGES, ALL_STAGES)


def plan_facts(plan: Plan, city: Path, marking: str = MARKING) -> PlanFacts:
    """The facts of a plan from the city folder it was made in. Errors: JunhengError where its snapshot is not there."""
    return facts_of(plan, snapshot_named(city, str(plan.task["snapshot"])), marking)


def facts_of(plan: Plan, register: Register, marking: str = MARKING) -> PlanFacts:
    rows, planned = list(school_rows(register)), {each.county for each in plan.counties}
    schools = {row.school_id: row for row in rows if row.county_code in planned}
    points = {school: point for school, point in places_of(register.table("schools")).items() if school in schools}
    towns = _towns(register, {row.township_code for row in schools.values()})
    neighbours = {row.county_code: row.county for row in rows if row.county_code not in planned}
    return PlanFacts(plan, schools, points, tuple(towns), _city(plan, register), neighbours, marking)


def _city(plan: Plan, register: Register) -> str:
    """The name of the one city its counties lie in."""
    places = Places(register.table("places") if register.has("places") else None)
    codes = {places.groups(each.county, "").get(Level.city) for each in plan.counties}
    return places.names.get(next(iter(codes)) or "", "") if len(codes) == 1 else ""


def _towns(register: Register, codes: Iterable[str]) -> Iterable[Town]:
    wanted = set(codes)
    if not register.has("places"):
        return
    located = with_cgcs2000(register.table("places").lazy()).select("place_code", "name", "east", "north").collect()
    for code, name, east, north in located.drop_nulls().sort("place_code").iter_rows():
        if code in wanted:
            yield Town(code, name, (east, north))


def exact(number: float) -> Decimal:
    """A number of a plan as it is written there."""
    return Decimal(str(number))


def spent(measures: Iterable[Measure]) -> Decimal:
    """Yuan that measures cost together."""
    return sum((exact(each.cost) for each in measures), Decimal(0))


def paid(measures: Iterable[Measure], year: int) -> Decimal:
    """Yuan that measures cost in a calendar year."""
    return sum((exact(each.yuan) for measure in measures for each in measure.payments if each.year == year), Decimal(0))
