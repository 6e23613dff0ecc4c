"""Indicators, each declared beside its formula; the registry is what measures, docs and tests walk through."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from junheng.kernel.codes import Level
from junheng.kernel.shapes import Shape
from junheng.standards import Limit

Formula = Callable[..., Shape]
Declare = Callable[[Formula], Formula]
Meets = Literal["at_least", "at_most", "below"]
Scope = Literal["compulsory", "resources", "basic", "small", "county"]
ALL_LEVELS = (Level.school, Level.township, Level.county, Level.city)
ABOVE_SCHOOL = (Level.township, Level.county, Level.city)
COUNTY_AND_CITY = (Level.county, Level.city)


@dataclass(frozen=True)
class Indicator:
    """One item of one standard.

    `by`      what its units are: a stage of a school, a school, or the county itself
    `scope`   which units it asks (docs/explanation/figures.md)
    `judged`  the levels at which the standard gives it a limit
    `counts`  above the school: False sums parts and wholes, True counts the units that meet it
    """

    item: str
    name: str
    standard: str
    zh: str
    unit: str
    gap_unit: str
    formula: Formula
    by: Literal["stage", "school", "county"]
    scope: Scope
    limit: Limit | None
    meets: Meets
    levels: tuple[Level, ...]
    judged: frozenset[Level]
    counts: bool
    places: int
    how: str  # how the figure is made, for people to read

    def places_at(self, level: Level) -> int:
        """Places after the point for print; a share of schools needs more than the item itself."""
        return 4 if self.counts and level is not Level.school else self.places

    def gap_unit_at(self, level: Level) -> str:
        """What the gap is counted in: above the school, an item that counts schools is short of schools."""
        return "所" if self.counts and level is not Level.school else self.gap_unit

    @cached_property
    def asks(self) -> dict[str, Limit]:
        """The values of the law that the formula takes, by parameter."""
        parameters = inspect.signature(self.formula).parameters.values()
        return {each.name: each.default for each in parameters if isinstance(each.default, Limit)}


INDICATORS: dict[str, Indicator] = {}


def indicator(
    *, item: str, standard: str, zh: str, unit: str = "", gap_unit: str = "", limit: Any = None,
    by: Literal["stage", "school", "county"] = "stage", scope: Scope = "compulsory",
    meets: Meets = "at_least", levels: tuple[Level, ...] = ALL_LEVELS,
    judged: tuple[Level, ...] = (), counts: bool = False, places: int = 2, name: str = "", how: str = "",
) -> Declare:
    """Declare the formula below as an item of a standard; stack it to declare one formula for two items."""

    def declare(formula: Formula) -> Formula:
        if item in INDICATORS:
            raise ValueError(f"item {item} is declared twice")
        INDICATORS[item] = Indicator(item, name or formula.__name__, standard, zh, unit, gap_unit, formula, by, scope,
                                     limit, meets, levels, frozenset(judged), counts, places, how)
        return formula

    return declare


def of_standard(standard: str) -> list[Indicator]:
    """The indicators of a standard, in the order of their numbers."""
    own = [each for each in INDICATORS.values() if each.standard == standard]
    return sorted(own, key=lambda each: numbered(each.item))


def numbered(item: str) -> list[tuple[int, int, str]]:
    """The sort key of an item: its parts as numbers where they are numbers, numbers before words."""
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in item.split(".")]
