"""The problems a plan deals with, one a school and item: what is short, all measures that close it, what stays short."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from junheng.indicators.forms.layout import SEVEN
from junheng.kernel.codes import Verdict
from junheng.planning.codes import TERMS, MeasureKind
from junheng.planning.forms.facts import STAGE_PLACES, PlanFacts
from junheng.planning.forms.words import CV
from junheng.planning.plan import Level, Measure, Unknown, Unmet

SOON = ("now", "undone")


@dataclass
class Problem:
    """An item of a school, of all its stages; of a county, with no school, a coefficient of variation.

    `measures`  those it is the first purpose of, so that each stands in one problem
    `shared`    those of other problems that act on it too
    """

    county: str
    school: str
    item: str
    levels: tuple[Level, ...] = ()
    measures: list[Measure] = field(default_factory=list)
    shared: list[Measure] = field(default_factory=list)
    unmet: list[Unmet] = field(default_factory=list)
    unknown: list[Unknown] = field(default_factory=list)


def problems(facts: PlanFacts) -> list[Problem]:
    """Every problem, of each county its own first, then by school and item."""

    def place(one: Problem) -> tuple[object, ...]:
        item = one.item.removesuffix(CV)
        return (one.county, one.school != "", facts.order(one.school), SEVEN.index(item) if item in SEVEN else len(SEVEN), item)

    return sorted(_Gathering(facts).all(), key=place)


@dataclass
class _Gathering:
    facts: PlanFacts
    made: dict[tuple[str, str], Problem] = field(default_factory=dict)

    def all(self) -> list[Problem]:
        for measure in self.facts.measures:
            self._measure(measure)
        for level in self.facts.plan.levels:
            if self._is_problem(level):
                self._of(level.county, level.school, level.item)
        for unmet in self.facts.plan.unmet:
            self._of(unmet.county, unmet.school, unmet.item).unmet.append(unmet)
        for unknown in self.facts.plan.unknown:
            self._of(unknown.county, unknown.school, unknown.item).unknown.append(unknown)
        return list(self.made.values())

    def _of(self, county: str, school: str, item: str) -> Problem:
        """The problem of an item; a school's part in a coefficient of variation is a matter of the item itself."""
        item = item.removesuffix(CV) if school else item
        key = (school or county, item)
        if key not in self.made:
            self.made[key] = Problem(county, school, item, tuple(self._levels(*key)))
        return self.made[key]

    def _levels(self, place: str, item: str) -> Iterator[Level]:
        for stage in STAGE_PLACES:
            if found := self.facts.levels.get((place, stage, item)):
                yield found

    def _measure(self, measure: Measure) -> None:
        first = first_purpose(measure)
        self._of(measure.county, measure.school, first).measures.append(measure)
        for item in measure.closes:
            if not item.endswith(CV) and item != first.removesuffix(CV):
                self._of(measure.county, measure.school, item).shared.append(measure)

    def _is_problem(self, level: Level) -> bool:
        """It misses the standard now or will, at a school that does as a whole: one of seven may lie lower at one that passes."""
        if not any(when in level.fails for when in SOON):
            return False
        standing = self.facts.standings.get((level.school, level.stage))
        fails = standing is not None and any(getattr(standing, when) == Verdict.not_met.name for when in SOON)
        return fails or not level.school


def first_purpose(measure: Measure) -> str:
    """The item a measure is made for: what was demanded, else what the school is short of, of several the most particular."""
    acted = [f"yz.1.{number}" for number in TERMS[kind].items] if (kind := MeasureKind[measure.kind]) in TERMS else []

    def particular(item: str) -> int:
        plain = item.removesuffix(CV)
        return acted.index(plain) if plain in acted else -1

    demanded = [item for item in measure.closes if item.removesuffix(CV) not in SEVEN]
    own = sorted((item for item in measure.closes if not item.endswith(CV)), key=particular)
    return next((items[-1] for items in (demanded, own, sorted(measure.closes, key=particular)) if items), "")
