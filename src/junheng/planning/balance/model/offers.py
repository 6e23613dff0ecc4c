"""Where measures are written down: their years, their payments, what they add to the items of a school."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import ceil, floor
from typing import Any

from junheng.kernel.codes import Split
from junheng.planning.balance.model.classrooms import Classrooms
from junheng.planning.balance.model.problem import Column, Effect
from junheng.planning.balance.model.scene import Scene
from junheng.planning.codes import BUILDINGS, PRICED_AS, TERMS, MeasureKind
from junheng.register.codes import ALL_STAGES

COUNTED_BY = 8  # months from January to the census day of the same year
SPREAD = frozenset({MeasureKind.refill_arts, MeasureKind.select_backbone, *BUILDINGS})  # each year has a cap of its own
Payment = tuple[int, Any, Fraction]
Key = tuple[str, str]  # school and stage


@dataclass
class Offers:
    """What the levers of one county share.

    `every_year`     money is short by year, so a measure may be begun in any of them
    `special_rooms`  music and art rooms are asked for too
    `classes`        no class may be larger than the standard; classes may be opened
    `intake`         entrants may go to another school near by
    `pupils`         of units whose pupils may change: to how many times theirs, at least and at most
    """

    scene: Scene
    forbidden: frozenset[MeasureKind] = frozenset()
    every_year: bool = False
    special_rooms: bool = False
    classes: bool = False
    intake: bool = False
    pupils: Mapping[Key, tuple[Fraction, Fraction]] = field(default_factory=dict)
    in_years: Mapping[MeasureKind, frozenset[int]] = field(default_factory=dict)  # years that are demanded by name

    @cached_property
    def classrooms(self) -> Classrooms:
        return Classrooms(self.scene, self.intake)

    def opened(self, school: str, stage: str) -> int:
        """How many classes a unit may open; none where that is not allowed."""
        return self.classrooms.openable_at(school, stage) if self.classes else 0

    # --- years and money --------------------------------------------------------------------------------------

    @property
    def years(self) -> range:
        """Calendar years in which something may be begun, from the one after the census day of the snapshot."""
        return range(self.scene.first + 1, self.scene.target + 1)

    def lead(self, kind: MeasureKind, facts: Mapping[str, Any] | None = None) -> int:
        """How many census days pass before it counts, begun in January."""
        months = self.scene.prices.number(f"{PRICED_AS.get(kind, kind.name)}_lead", facts)
        return max(0, ceil(Fraction(months - COUNTED_BY, 12)))

    def begun(self, kind: MeasureKind, facts: Mapping[str, Any]) -> list[int]:
        """The years in which the measure may be begun and still count; where no year is short of anything, the last of them."""
        if kind in self.forbidden:
            return []
        possible = [year for year in self.years if year + self.lead(kind, facts) <= self.scene.target]
        if self.every_year or kind in SPREAD:
            return possible
        return [year for year in possible if year == possible[-1] or year in self.in_years.get(kind, ())]

    def payments(self, kind: MeasureKind, year: int, counted: int, once: Fraction, running: Fraction) -> tuple[Payment, ...]:
        """Once in the year it is begun, works of two years in halves; then for every school year in which it counts."""
        terms = TERMS[kind]
        halves = [year, year + 1] if counted - year > 1 and kind in BUILDINGS else [year]
        paid = [(when, terms.money, once / len(halves)) for when in halves if once]
        return (*paid, *((when, terms.running, running) for when in range(counted, self.scene.target + 1) if running))

    def price(self, name: str, facts: Mapping[str, Any]) -> Fraction:
        return self.scene.prices.value(name, facts)

    # --- columns ----------------------------------------------------------------------------------------------

    def columns(
        self,
        kind: MeasureKind,
        school: str,
        stage: str,
        most: Fraction | int | None,
        effects: Iterable[Effect],
        *,
        once: Fraction | int = 0,
        running: Fraction | int = 0,
        facts: Mapping[str, Any] | None = None,
        **more: Any,
    ) -> Iterator[Column]:
        """The measure in each year in which it may be begun; none where nothing of it is possible, or how much is not known."""
        if not most or most < 0:
            return
        told, made = facts if facts is not None else self.scene.facts(school), tuple(effects)
        step = Fraction(more.get("step", 1))
        most = ceil(most / step) * step
        for year in self.begun(kind, told):
            counted = year + self.lead(kind, told)
            paid = self.payments(kind, year, counted, Fraction(once), Fraction(running))
            yield Column(kind, school, stage, year, counted, most, made, paid, private=self.scene.is_private(school), **more)

    def own(self, school: str, stage: str, *items: int, times: Fraction | int = 1) -> list[Effect]:
        """A person counts in full at the stage, under every split."""
        return [Effect(reading, item, Fraction(times)) for reading in self.scene.of_unit[school, stage] for item in items]

    def common(self, school: str, stage: str, item: int, times: Fraction | int = 1) -> list[Effect]:
        """What a school has in common counts by pupils at each stage; as declared, at the stage it is meant for."""
        found = []
        for each in self.scene.stages_of[school]:
            for reading in self.scene.of_unit[school, each]:
                by_pupils = self.scene.readings[reading].split is Split.by_pupils
                share = self.scene.share(school, each) if by_pupils else Fraction(each == stage)
                if share:
                    found.append(Effect(reading, item, share * times))
        return found

    def places(self, school: str) -> list[str]:
        """For which stage a school builds or buys: each where it declares, else for all."""
        return self.scene.stages_of[school] if self.scene.is_declared(school) else [ALL_STAGES]

    # --- need -------------------------------------------------------------------------------------------------

    def need(self, reading: int, item: int) -> Fraction:
        """How much more of an item a unit may be given: up to the planning line, or so many times the county's mean."""
        line = self.scene.readings[reading].lines[item]
        if line.base is None:
            return Fraction(0)
        factor = self.price("need_factor", {})
        mean = self._means.get(
            (self.scene.readings[reading].stage, item), Fraction(0)
        )  # none where only declared numbers are known
        most = self._pupils_of(reading)[1]
        return max(Fraction(0), most * max(line.wanted, factor * mean * self.scene.readings[reading].pupils) - line.base)

    def _pupils_of(self, reading: int) -> tuple[Fraction, Fraction]:
        own = self.scene.readings[reading]
        return self.pupils.get((own.school, own.stage), (Fraction(1), Fraction(1)))

    @cached_property
    def _means(self) -> dict[tuple[str, int], Fraction]:
        """By stage and item: what a pupil of the county has once every school has reached its line."""
        found: dict[tuple[str, int], Fraction] = {}
        for reading in self.scene.readings:
            for item, line in enumerate(reading.lines):
                if reading.split is Split.by_pupils and line.base is not None:
                    found.setdefault((reading.stage, item), Fraction(0))
                    found[reading.stage, item] += max(line.base, line.wanted)
        pupils: dict[str, int] = {}
        for reading in self.scene.readings:
            if reading.split is Split.by_pupils:
                pupils[reading.stage] = pupils.get(reading.stage, 0) + reading.pupils
        return {key: total / pupils[key[0]] for key, total in found.items() if pupils[key[0]]}

    def own_need(self, school: str, stage: str, item: int) -> int:
        """Persons, under the split that needs most of them."""
        return max(ceil(self.need(reading, item)) for reading in self.scene.of_unit[school, stage])

    def own_surplus(self, school: str, stage: str, item: int) -> int:
        """Persons a unit has above its own line, under the split that leaves fewest."""
        return min(floor(self.surplus(reading, item)) for reading in self.scene.of_unit[school, stage])

    def surplus(self, reading: int, item: int) -> Fraction:
        line = self.scene.readings[reading].lines[item]
        return Fraction(0) if line.base is None else max(Fraction(0), line.base - self._pupils_of(reading)[0] * line.wanted)

    def common_surplus(self, school: str, stage: str, item: int) -> Fraction:
        """What the whole school can give before the first of its stages is short."""
        return min(
            (self.surplus(effect.reading, item) / effect.times for effect in self.common(school, stage, item)),
            default=Fraction(0),
        )

    def common_need(self, school: str, stage: str, item: int) -> Fraction:
        """What the whole school must have more, so that the neediest of its stages has enough."""
        needs = [Fraction(0)]
        for effect in self.common(school, stage, item):
            needs.append(self.need(effect.reading, item) / effect.times)
        return max(needs)
