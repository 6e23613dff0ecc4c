"""One county of a plan beside what the snapshot says of it: what every condition is asked with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

from junheng.indicators.units import STAGES, Units, load_units
from junheng.kernel.codes import Level, Split
from junheng.planning.ahead import Ahead
from junheng.planning.check.breaches import Breach, Condition
from junheng.planning.check.measured import Key, Lines, Margin, Measured
from junheng.planning.check.names import stage_word
from junheng.planning.check.prices import Prices
from junheng.planning.codes import MeasureKind
from junheng.planning.forecast import Forecast
from junheng.planning.plan import CountyPlan, Measure, Plan
from junheng.register import coordinates
from junheng.register.census import Register
from junheng.register.codes import ALL_STAGES
from junheng.standards import LawBook


@dataclass(frozen=True)
class Row:
    """A measure of the plan that can be read. `number` is its place in the list of measures, from 0."""

    number: int
    of: Measure
    kind: MeasureKind
    amount: Fraction

    @property
    def key(self) -> Key:
        return self.of.school, self.of.stage

    @property
    def giver(self) -> Key:
        return self.of.source, self.of.stage


@dataclass
class County:
    """`register` is the snapshot, `then` the target year if nothing is done, merged schools apart as the plan merges them."""

    plan: Plan
    claimed: CountyPlan
    register: Register
    told: Forecast
    then: Ahead
    book: LawBook
    prices: Prices
    today: Measured
    undone: Measured
    rows: Sequence[Row] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    unmoved: Forecast = field(default_factory=lambda: Forecast({}))  # without the entrants who go elsewhere
    unmerged: Forecast = field(default_factory=lambda: Forecast({}))  # and with the schools that are merged

    @cached_property
    def units_today(self) -> Units:
        """The schools of the snapshot, merged ones among them."""
        return load_units(self.register, self.book)

    # --- time -------------------------------------------------------------------------------------------------

    @property
    def code(self) -> str:
        return self.claimed.county

    @property
    def first(self) -> int:
        """The school year of the snapshot."""
        return self.register.year

    @property
    def target(self) -> int:
        return self.then.year

    @property
    def margin(self) -> Margin:
        return Margin(Fraction(str(self.plan.task["margin"])))

    # --- schools ----------------------------------------------------------------------------------------------

    @cached_property
    def units(self) -> Units:
        return load_units(self.then, self.book)

    @cached_property
    def facts(self) -> dict[Key, Mapping[str, object]]:
        """What the law and prices rest on, by stage of a school."""
        return {
            (unit.school_id, unit.stage): unit.facts
            for unit in self.units.stages
            if unit.stage in STAGES and unit.groups[Level.county] == self.code
        }

    @cached_property
    def asked(self) -> list[Key]:
        """The stages of schools that the resource items ask in the target year, with their pupils known."""
        return [key for key in self.undone.units if self.undone.pupils(*key) is not None]

    @cached_property
    def stages_of(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for school, stage in self.asked:
            found.setdefault(school, []).append(stage)
        return {school: [stage for stage in STAGES if stage in stages] for school, stages in found.items()}

    def facts_of(self, school: str) -> Mapping[str, object]:
        """What is true of all stages of a school alike."""
        stages = self.stages_of.get(school) or [stage for where, stage in self.facts if where == school]
        own = [self.facts[school, stage] for stage in stages]
        return {name: value for name, value in own[0].items() if all(each[name] == value for each in own)}

    def facts_for(self, row: Row) -> Mapping[str, object]:
        """What the prices of a measure rest on; a merger has one price for all."""
        if row.kind is MeasureKind.merge:
            return {}
        return self.facts[row.key] if row.key in self.facts else self.facts_of(row.of.school)

    def is_private(self, school: str) -> bool:
        return bool(self.facts_of(school)["run_by"] == "private")

    @cached_property
    def declares(self) -> frozenset[str]:
        """Schools of several stages that declare how what they have in common is split."""
        return frozenset(
            school
            for school in self.stages_of
            if self.units.split_of.get(school) == Split.declared.name and len(self.units.sharing(school)) > 1
        )

    def share(self, school: str, stage: str) -> Fraction:
        """The part of what a school has in common that a stage has by its pupils."""
        sharing = self.units.sharing(school)
        pupils = {each: self.units.pupils_by_stage[school][each] or 0 for each in sharing}
        return Fraction(pupils[stage], sum(pupils.values())) if len(sharing) > 1 else Fraction(1)

    def lines(self, measured: Measured) -> Lines:
        return Lines(measured, self.margin, self.book, self.facts, self.declares)

    @cached_property
    def places(self) -> dict[str, coordinates.Point]:
        return coordinates.places_of(self.then.table("schools"))

    def km(self, one: str, other: str) -> float | None:
        """As the crow flies; None where a school told no place."""
        return coordinates.km(self.places, one, other)

    def merged_pupils(self, school: str) -> int:
        """Pupils a merged school would have in the target year, all stages together."""
        return sum(sum(grades.values()) for key, grades in self.unmerged.rolls[self.target].items() if key[0] == school)

    # --- rows -------------------------------------------------------------------------------------------------

    def of(self, *kinds: MeasureKind) -> list[Row]:
        return [row for row in self.rows if row.kind in kinds]

    def public(self, *kinds: MeasureKind) -> list[Row]:
        return [row for row in self.of(*kinds) if not self.is_private(row.of.school)]

    # --- breaches ---------------------------------------------------------------------------------------------

    def called(self, school: str, stage: str = "") -> str:
        word = stage_word(stage) if stage not in ("", ALL_STAGES) else ""
        return " ".join(filter(None, (f"{self.names.get(school, '')}（{school}）" if school else self.claimed.name, word)))

    def at(self, row: Row, condition: Condition, found: str, wanted: str) -> Breach:
        """A breach of one measure."""
        where = f"{self.called(*row.key)} {row.of.year}年{row.kind.zh}"
        return Breach(condition, where, found, wanted, row=f"measures[{row.number}]")

    def school(self, school: str, stage: str, condition: Condition, found: str, wanted: str) -> Breach:
        return Breach(condition, self.called(school, stage), found, wanted)

    def whole(self, condition: Condition, found: str, wanted: str, rows: Sequence[Row] = ()) -> Breach:
        """A breach of the county, by the measures that make it together."""
        return Breach(condition, self.claimed.name, found, wanted, row="、".join(f"measures[{row.number}]" for row in rows))


def grouped(rows: Iterable[Row], *by: str) -> dict[tuple[Any, ...], list[Row]]:
    """Rows by some fields of their measures."""
    found: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        found.setdefault(tuple(getattr(row.of, name) for name in by), []).append(row)
    return found


def total(rows: Iterable[Row]) -> Fraction:
    return sum((row.amount for row in rows), Fraction(0))


def words(number: Fraction) -> str:
    """A number as people read it, to at most three places."""
    return f"{round(float(number), 3):,.10g}"
