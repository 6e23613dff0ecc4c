"""The plan of a made-up county: its divisions, and every school with its place, kind, owner and size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from math import log
from random import Random
from typing import Any

from junheng.samples.names import Names, numbered
from junheng.samples.variants import Variant, Zone

Row = dict[str, Any]
Rows = dict[str, list[Row]]

YEAR = 2025
PROVINCE, CITY, COUNTY = "99", "9901", "990101"
COMPULSORY_PUPILS = 40_000
SEAT_TOWNSHIPS, TOWNS, TOWNSHIPS = 2, 8, 10
URBAN_RURAL = {"seat": "town_core", "town": "town_core", "rural": "township_centre"}
CODE_PREFIX = {"primary": "21", "teaching_point": "21", "junior": "31", "nine_year": "31",
               "complete_secondary": "34", "special": "51"}


@dataclass
class School:
    """One school as it is planned. `fixed` pins totals of the whole school that would otherwise be drawn."""

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
    few_arts: bool = False
    fixed: dict[str, Decimal] = field(default_factory=dict)

    @property
    def compulsory(self) -> int:
        return sum(count for stage, count in self.pupils.items() if stage != "senior")

    @property
    def all_pupils(self) -> int:
        return sum(self.pupils.values())

    def rng(self, seed: int, purpose: str) -> Random:
        """Chance of this school's own, so that what is drawn for one school does not move another."""
        return Random(f"{seed} {self.school_id} {purpose}")


@dataclass
class County:
    """Divisions as register rows, schools as plans."""

    name: str
    city: str
    places: list[Row]
    schools: list[School]


def lognormal(rng: Random, median: int, sigma: float, least: int, most: int) -> int:
    return max(least, min(most, round(rng.lognormvariate(log(median), sigma))))


def plan_county(seed: int, variant: Variant) -> County:
    """Everything about the county that does not hang on one school alone."""
    rng = Random(seed)
    return _Planning(rng, variant).county()


class _Planning:
    def __init__(self, rng: Random, variant: Variant) -> None:
        self.rng, self.variant, self.names = rng, variant, Names(rng)
        self.schools: list[School] = []
        self.places: list[Row] = []

    def county(self) -> County:
        province, city, county = (self.names.place(suffix) for suffix in ("省", "市", "县"))
        self._place(PROVINCE, province, "province", None)
        self._place(CITY, city, "city", PROVINCE)
        self._place(COUNTY, county, "county", CITY)
        codes = [f"{COUNTY}{number:03d}" for number in range(1, SEAT_TOWNSHIPS + TOWNS + TOWNSHIPS + 1)]
        self._seat(codes[:SEAT_TOWNSHIPS], county, city)
        for number, code in enumerate(codes[SEAT_TOWNSHIPS:SEAT_TOWNSHIPS + TOWNS]):
            self._town(code, number)
        for number, code in enumerate(codes[SEAT_TOWNSHIPS + TOWNS:]):
            self._rural_township(code, number)
        self._settle_sizes()
        self._settle_splits()
        return County(county, city, self.places, self.schools)

    def _place(self, code: str, name: str, level: str, parent: str | None) -> str:
        self.places.append({"year": YEAR, "place_code": code, "name": name, "level": level, "parent_code": parent})
        return name

    def _village(self, township: str) -> tuple[str, str]:
        number = sum(place["parent_code"] == township for place in self.places) + 1
        code = f"{township}{number:03d}"
        return code, self._place(code, self.names.place("村"), "village", township)

    def _school(self, name: str, kind: str, zone: Zone, township: str, pupils: dict[str, int], *,
                village: str = "", **more: Any) -> School:
        urban_rural = "village" if village else URBAN_RURAL[zone]
        code = f"{CODE_PREFIX[kind]}9901{len(self.schools) + 1:04d}"
        made = School(code, name, kind, zone, township, village or township, urban_rural, pupils, **more)
        self.schools.append(made)
        return made

    def _seat(self, codes: list[str], county: str, city: str) -> None:
        for code in codes:
            self._place(code, self.names.place("街道"), "township", COUNTY)
        for number in range(1, 9):
            self._school(numbered(county, number, "小学"), "primary", "seat", codes[number % 2],
                         {"primary": lognormal(self.rng, 1350, 0.2, 800, 1900)})
        for number in range(1, 5):
            self._school(numbered(county, number, "初级中学"), "junior", "seat", codes[number % 2],
                         {"junior": lognormal(self.rng, 1250, 0.2, 800, 1800)})
        self._school(f"{county}中学", "complete_secondary", "seat", codes[0],
                     {"junior": lognormal(self.rng, 750, 0.1, 600, 900), "senior": lognormal(self.rng, 1400, 0.1, 1200, 1700)})
        self._school(f"{city}实验小学", "primary", "seat", codes[1],
                     {"primary": lognormal(self.rng, 1100, 0.1, 900, 1400)}, run_by="city")
        self._school(f"{county}{self.names.stem()}学校", "nine_year", "seat", codes[0],
                     {"primary": lognormal(self.rng, 520, 0.1, 400, 700), "junior": lognormal(self.rng, 360, 0.1, 250, 450)},
                     run_by="private")
        self._school(f"{county}特殊教育学校", "special", "seat", codes[1],
                     {"primary": self.rng.randint(45, 60), "junior": self.rng.randint(20, 30)}, split="by_pupils")

    def _town(self, code: str, number: int) -> None:
        town = self._place(code, self.names.place("镇"), "township", COUNTY)
        centre = self._school(f"{town}中心小学", "primary", "town", code,
                              {"primary": lognormal(self.rng, 680, 0.25, 400, 1200)})
        junior = {"junior": lognormal(self.rng, 560, 0.25, 300, 1000)}
        if number == 0:
            self._school(f"{town}中学", "complete_secondary", "town", code,
                         junior | {"senior": lognormal(self.rng, 420, 0.1, 300, 600)})
        else:
            self._school(f"{town}初级中学", "junior", "town", code, junior)
        self._villages(centre, schools=3 + (number % 2), points=2, median=165)

    def _rural_township(self, code: str, number: int) -> None:
        name = self._place(code, self.names.place("乡"), "township", COUNTY)
        primary = {"primary": lognormal(self.rng, 320, 0.25, 180, 600)}
        junior = {"junior": lognormal(self.rng, 240, 0.25, 130, 450)}
        if number % 2:
            centre = self._school(f"{name}九年一贯制学校", "nine_year", "rural", code, primary | junior)
        else:
            centre = self._school(f"{name}中心小学", "primary", "rural", code, primary)
            self._school(f"{name}初级中学", "junior", "rural", code, junior)
        self._villages(centre, schools=2, points=3 + (number % 3 == 0), median=105)

    def _villages(self, centre: School, *, schools: int, points: int, median: int) -> None:
        for _ in range(schools):
            code, name = self._village(centre.township)
            self._school(f"{self._name_of(centre.township)}{name}小学", "primary", "rural", centre.township,
                         {"primary": lognormal(self.rng, median, 0.4, 56, 450)}, village=code)
        for _ in range(points):
            code, name = self._village(centre.township)
            self._school(f"{self._name_of(centre.township)}{name}教学点", "teaching_point", "rural", centre.township,
                         {"primary": lognormal(self.rng, 28, 0.55, 8, 85)}, village=code, managing=centre.school_id)

    def _name_of(self, code: str) -> str:
        return next(str(place["name"]) for place in self.places if place["place_code"] == code)

    def _ordinary(self) -> Iterator[School]:
        return (school for school in self.schools if school.kind not in ("teaching_point", "special"))

    def _settle_sizes(self) -> None:
        """Scale to the county's total, then set the schools that lie on a limit of size."""
        points = sum(school.compulsory for school in self.schools if school.kind == "teaching_point")
        times = (COMPULSORY_PUPILS - points) / sum(school.compulsory for school in self._ordinary())
        for school in self._ordinary():
            for stage in ("primary", "junior"):
                if stage in school.pupils:
                    school.pupils[stage] = min(self.variant.largest_other, round(school.pupils[stage] * times))
        self.schools[0].pupils["primary"] = self.variant.largest_primary
        small = [school for school in self.schools if school.kind == "teaching_point"]
        small[0].pupils["primary"], small[1].pupils["primary"] = 50, 49
        small[2].pupils["primary"], small[3].pupils["primary"] = 72, 12
        village = next(school for school in self._ordinary() if school.urban_rural == "village")
        village.pupils["primary"] = 44

    def _settle_splits(self) -> None:
        """All three ways occur; the last nine-year school, a weighted one, is left to the narrow variant."""
        ways = ("by_pupils", "declared", "weighted")
        several = [school for school in self._ordinary() if len(school.pupils) > 1]
        for number, school in enumerate(several):
            school.split = ways[(number - len(several)) % 3]
        for school in self._ordinary():
            large = school.all_pupils >= 300 and len(school.pupils) == 1
            school.few_arts = large and self.rng.random() < self.variant.few_arts
