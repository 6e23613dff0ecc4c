"""What a policy is assessed in, and what comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

from junheng.indicators.results import book_of
from junheng.indicators.units import NOWHERE, Units, load_units
from junheng.kernel.codes import Level
from junheng.kernel.faults import JunhengError
from junheng.planning.forecast import Forecast, forecast
from junheng.planning.pricing import PriceBook, price_book, price_day
from junheng.register.holding import Snapshot
from junheng.standards import LawBook
from junheng.standards.law import Facts

LATER = 6  # years that pupils are foretold for

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Assessment:
    """One policy: sentences for the chief, and a row for everyone it touches. `affected` counts them, `cost` is yuan a year
    or once.
    """

    kind: str
    sentence: str
    affected: Mapping[str, int]
    opens: tuple[str, ...]
    breaks: tuple[str, ...]
    cost: Mapping[str, float]
    rows: tuple[Row, ...]
    unknown: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    advice: str = field(default="仅供研究，建议研判；不代表任何决定")


@dataclass(frozen=True)
class Setting:
    """A city's snapshot with its schools; of one county where it is named."""

    city: Path
    snapshot: Snapshot
    county: str = ""

    @staticmethod
    def of(city: Path, snapshot: Snapshot, county: str) -> Setting:
        made = Setting(city, snapshot, county)
        if county and county not in made.units.place_names:
            raise JunhengError(f"county = {county}：没有这个县区 -> 改正后重试")
        return made

    @cached_property
    def book(self) -> LawBook:
        return book_of(self.city, self.snapshot)

    @cached_property
    def units(self) -> Units:
        return load_units(self.snapshot, self.book)

    @cached_property
    def told(self) -> Forecast:
        return forecast(self.snapshot, self.units, LATER)

    def price(self, county: str, name: str, facts: Facts | None = None) -> Fraction:
        """A price that a plan of the county would use, by its own list where it has one."""
        if county not in self._prices:
            self._prices[county] = price_book(price_day(self.snapshot.year), county, (self.city / "prices",))
        return self._prices[county].value(name, facts)

    @cached_property
    def _prices(self) -> dict[str, PriceBook]:
        return {}

    @cached_property
    def schools(self) -> dict[str, Mapping[str, Any]]:
        """Schools that the policy may touch, with their facts."""
        return {
            unit.school_id: {**unit.facts, "name": unit.name, "county": unit.groups.get(Level.county, NOWHERE)}
            for unit in self.units.by["whole"]
            if not self.county or unit.groups.get(Level.county) == self.county
        }

    def handed_in(self, table: str) -> frozenset[str]:
        """Schools that the policy may touch and that handed in a sheet, be it without rows."""
        pairs = self.snapshot.handed_in.iter_rows()
        return frozenset(school for name, school in pairs if name == table and school in self.schools)
