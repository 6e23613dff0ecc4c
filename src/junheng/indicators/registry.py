"""Indicators, each declared beside its formula; the registry is what measures, docs and tests walk through."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from junheng.kernel.codes import Level
from junheng.kernel.shapes import Shape
from junheng.register.codes import ALL_STAGES
from junheng.standards import Limit

Formula = Callable[..., Shape]
Declare = Callable[[Formula], Formula]
Meets = Literal["at_least", "at_most", "below", "above"]
By = Literal["stage", "school", "whole", "township", "county", "group"]
ALL_LEVELS = tuple(Level)
ABOVE_SCHOOL = (Level.township, Level.county, Level.city, Level.province)
COUNTY_UP = (Level.county, Level.city, Level.province)


@dataclass(frozen=True)
class Indicator:
    """One item of one standard.

    `by`      what its units are: a stage of a school, its compulsory stages together (`school`) or all of them (`whole`), a
              township or county with all its schools; `group` has none: documents, and what is made of other items
    `scope`   which units it asks (docs/explanation/figures.md)
    `stages`  of an item by township or county: the stages it has a row for; `among`, where it has one row for several stages:
              those that it is about, so that a school without them need not hand in its sheets
    `judged`  the levels at which the standard gives it a limit
    `counts`  above its units: False sums parts and wholes, True counts the units that meet it
    `enough`  of an item that counts: the share of units that must meet it; without it all
    `proven`  a county whose register cannot say may prove it by a document
    """

    item: str
    name: str
    standard: str
    zh: str
    unit: str
    gap_unit: str
    formula: Formula
    by: By
    scope: str
    limit: Limit | None
    meets: Meets
    levels: tuple[Level, ...]
    judged: frozenset[Level]
    counts: bool
    enough: Limit | None
    proven: bool
    stages: tuple[str, ...]
    among: tuple[str, ...]
    places: int
    how: str  # how the figure is made, for people to read

    def places_at(self, level: Level) -> int:
        """Places after the point for print; a share of units needs more than the item itself."""
        return 4 if self.counts and level is not self.own_level else self.places

    @property
    def own_level(self) -> Level:
        """The level of its units."""
        return Level[self.by] if self.by in ("township", "county") else Level.school

    def gap_unit_at(self, level: Level) -> str:
        """What the gap is counted in: above its units, an item that counts them is short of units."""
        return ("个" if self.by == "township" else "所") if self.counts and level is not self.own_level else self.gap_unit

    @cached_property
    def asks(self) -> dict[str, Limit]:
        """The values of the law that the formula takes, by parameter."""
        parameters = inspect.signature(self.formula).parameters.values()
        return {each.name: each.default for each in parameters if isinstance(each.default, Limit)}


INDICATORS: dict[str, Indicator] = {}
SCOPES = {"stage": "compulsory", "school": "compulsory", "whole": "general", "township": "places", "county": "places",
          "group": "compulsory"}
LEVELS: dict[str, tuple[Level, ...]] = {"stage": ALL_LEVELS, "school": ALL_LEVELS, "whole": ALL_LEVELS,
                                        "township": ABOVE_SCHOOL, "county": COUNTY_UP, "group": (Level.county,)}


def indicator(
    *, item: str, standard: str, zh: str, unit: str = "", gap_unit: str = "", limit: Any = None,
    by: By = "stage", scope: str | None = None, stages: tuple[str, ...] = (ALL_STAGES,), among: tuple[str, ...] = (),
    meets: Meets = "at_least", levels: tuple[Level, ...] | None = None,
    judged: tuple[Level, ...] = (), counts: bool = False, enough: Any = None, proven: bool = False, places: int = 2,
    name: str = "", how: str = "",
) -> Declare:
    """Declare the formula below as an item of a standard; stack it to declare one formula for two items."""

    def declare(formula: Formula) -> Formula:
        if item in INDICATORS:
            raise ValueError(f"item {item} is declared twice")
        INDICATORS[item] = Indicator(
            item, name or formula.__name__, standard, zh, unit, gap_unit, formula, by, scope or SCOPES[by], limit, meets,
            LEVELS[by] if levels is None else levels, frozenset(judged), counts, enough, proven, stages,
            among, places, how)
        return formula

    return declare


def of_standard(standard: str) -> list[Indicator]:
    """The indicators of a standard, in the order of their numbers."""
    own = [each for each in INDICATORS.values() if each.standard == standard]
    return sorted(own, key=lambda each: numbered(each.item))


def numbered(item: str) -> list[tuple[int, int, str]]:
    """The sort key of an item: its parts as numbers where they are numbers, numbers before words."""
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in item.split(".")]
