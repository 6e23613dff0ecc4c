"""The plan of a made-up county: its divisions, and every school with its place, kind, owner, size and years."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from math import log
from random import Random
from typing import Any

from junheng.samples.cohorts import Cohorts
from junheng.samples.variants import Zone

Row = dict[str, Any]
Rows = dict[str, list[Row]]

YEAR = 2025
PROVINCE, CITY, COUNTY = "99", "9901", "990101"
COMPULSORY = ("primary", "junior")


@dataclass(frozen=True)
class Outline:
    """How large a county is to be. `number` is that of its code and of its schools' codes."""

    number: int = 1
    suffix: str = "县"
    seats: int = 2
    towns: int = 8
    townships: int = 10
    pupils: int = 40_000  # in compulsory education
    seat_primaries: int = 8
    seat_juniors: int = 4
    schools: int = 0  # at least so many primary, junior and senior ones: more villages have one
    villages: int = 0  # at least so many, those with a school among them
    new: int = 0  # of the schools, those that are added to the plan afterwards
    years: int = 3  # how many school years are handed in, with this one

    @property
    def seniors(self) -> int:
        return max(1, round(self.pupils / 40_000))

    @property
    def code(self) -> str:
        return f"{CITY}{self.number:02d}"


@dataclass
class School:
    """One school as it is planned. `fixed` pins totals of the whole school that would otherwise be drawn.

    It is listed in the school years `opened` to `last`; `successor` takes its pupils, `origin` gave it some of its own.
    """

    school_id: str
    name: str
    kind: str
    zone: Zone
    township: str
    place_code: str
    urban_rural: str
    pupils: dict[str, int]
    run_by: str = "county"
    managing: str | None = None
    split: str | None = None
    former: dict[str, tuple[int, Any]] = field(default_factory=dict)  # column -> what it was before that school year
    few_arts: bool = False
    inclusive: bool | None = None
    central: bool | None = None
    quality: bool | None = None
    opened: int = 0
    last: int = 9999
    successor: str | None = None
    origin: str | None = None
    point: tuple[Decimal, Decimal] | None = None
    cohorts: Cohorts = field(default_factory=dict)
    fixed: dict[str, Decimal] = field(default_factory=dict)

    @property
    def compulsory(self) -> int:
        return sum(self.pupils.get(stage, 0) for stage in COMPULSORY)

    @property
    def all_pupils(self) -> int:
        return sum(self.pupils.values())

    @property
    def public(self) -> bool:
        return self.run_by != "private"

    @property
    def rural(self) -> bool:
        """农村: town and village areas."""
        return self.urban_rural not in ("city_core", "city_fringe")

    @property
    def boards(self) -> bool:
        return ("junior" in self.pupils and self.zone != "seat") or self.kind in ("senior", "vocational")

    def open_in(self, year: int) -> bool:
        return self.opened <= year <= self.last

    def rng(self, seed: int, purpose: str) -> Random:
        """Chance of this school's own, so that what is drawn for one school does not move another."""
        return Random(f"{seed} {self.school_id} {purpose}")


@dataclass
class County:
    """Divisions as register rows, schools as plans.

    `events`  what became of schools, as register rows; `gone` the rows of schools that are closed by now, as in their last year
    """

    outline: Outline
    name: str
    city: str
    places: list[Row]
    schools: list[School]
    events: list[Row] = field(default_factory=list)
    gone: Rows = field(default_factory=dict)

    @property
    def code(self) -> str:
        return self.outline.code

    def township(self, school: School) -> str:
        return next(str(place["name"]) for place in self.places if place["place_code"] == school.township)


def lognormal(rng: Random, median: int, sigma: float, least: int, most: int) -> int:
    return max(least, min(most, round(rng.lognormvariate(log(median), sigma))))
