"""Draws the plan of a county: divisions on a grid, the schools of compulsory education, then all others."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from junheng.samples.county import CITY, PROVINCE, YEAR, County, Outline, Row, School, lognormal
from junheng.samples.ground import Ground
from junheng.samples.names import Names, numbered
from junheng.samples.others import add_others
from junheng.samples.variants import Variant, Zone

URBAN_RURAL = {"seat": "town_core", "town": "town_core", "rural": "township_centre"}
CODE_PREFIX = {"kindergarten": "11", "primary": "21", "teaching_point": "21", "junior": "31", "nine_year": "31",
               "complete_secondary": "34", "senior": "34", "vocational": "36", "special": "51"}
SHARES = {"primary": 0.661, "junior": 0.339}  # six years and three: as many leave the one as enter the other
Named = tuple[str, str]  # what the province and the city are called


def plan_county(seed: int, variant: Variant, outline: Outline | None = None, above: Named | None = None) -> County:
    """Everything about the county that does not hang on one school alone; `above` names province and city."""
    chosen = outline or Outline()
    rng = Random(seed if chosen.number == 1 else f"{seed} county {chosen.number}")
    return Planning(rng, variant, chosen).county(above)


class Planning:
    """Takes chances in one order, so that the same seed plans the same county."""

    def __init__(self, rng: Random, variant: Variant, outline: Outline) -> None:
        self.rng, self.variant, self.outline, self.names = rng, variant, outline, Names(rng)
        self.schools: list[School] = []
        self.places: list[Row] = []
        self.ground = Ground(outline.number)

    def county(self, above: Named | None) -> County:
        drawn = self.names.place("省"), self.names.place("市")
        province, city = above or drawn
        county, outline = self.names.place(self.outline.suffix), self.outline
        self._place(PROVINCE, province, "province", None)
        self._place(CITY, city, "city", PROVINCE)
        self._place(outline.code, county, "county", CITY)
        codes = [f"{outline.code}{number:03d}" for number in range(1, outline.seats + outline.towns + outline.townships + 1)]
        self.ground.divide(outline.code, codes)
        self._seat(codes[:outline.seats], county, city)
        for number, code in enumerate(codes[outline.seats:outline.seats + outline.towns]):
            self._town(code, number)
        for number, code in enumerate(codes[outline.seats + outline.towns:]):
            self._rural_township(code, number)
        self._more_villages_with_a_school()
        self._settle_sizes()
        self._settle_splits()
        add_others(self, county, codes)
        self._further_villages(codes[outline.seats:])
        self.ground.lay_out(self.places, self.schools, self.rng)
        return County(outline, county, city, self.places, self.schools)

    def _place(self, code: str, name: str, level: str, parent: str | None) -> str:
        self.places.append({"year": YEAR, "place_code": code, "name": name, "level": level, "parent_code": parent})
        return name

    def _village(self, township: str) -> tuple[str, str]:
        number = sum(place["parent_code"] == township for place in self.places) + 1
        code = f"{township}{number:03d}"
        return code, self._place(code, self.names.place("村"), "village", township)

    def add(self, name: str, kind: str, zone: Zone, township: str, pupils: dict[str, int], *,
            village: str = "", **more: Any) -> School:
        """One more school, under the next number."""
        urban = self.outline.suffix == "区" and zone == "seat"
        urban_rural = "village" if village else "city_core" if urban else URBAN_RURAL[zone]
        code = f"{CODE_PREFIX[kind]}99{self.outline.number:02d}{len(self.schools) + 1:04d}"
        made = School(code, name, kind, zone, township, village or township, urban_rural, pupils, **more)
        self.schools.append(made)
        return made

    def _seat(self, codes: list[str], county: str, city: str) -> None:
        for code in codes:
            self._place(code, self.names.place("街道"), "township", self.outline.code)
        for number in range(1, self.outline.seat_primaries + 1):
            self.add(numbered(county, number, "小学"), "primary", "seat", codes[number % len(codes)],
                     {"primary": lognormal(self.rng, 1350, 0.2, 800, 1900)})
        for number in range(1, self.outline.seat_juniors + 1):
            self.add(numbered(county, number, "初级中学"), "junior", "seat", codes[number % len(codes)],
                     {"junior": lognormal(self.rng, 1250, 0.2, 800, 1800)})
        self.add(f"{county}中学", "complete_secondary", "seat", codes[0],
                 {"junior": lognormal(self.rng, 750, 0.1, 600, 900), "senior": lognormal(self.rng, 1400, 0.1, 1200, 1700)})
        self.add(f"{city}实验小学", "primary", "seat", codes[-1],
                 {"primary": lognormal(self.rng, 1100, 0.1, 900, 1400)}, run_by="city")
        self.add(f"{county}{self.names.stem()}学校", "nine_year", "seat", codes[0],
                 {"primary": lognormal(self.rng, 520, 0.1, 400, 700), "junior": lognormal(self.rng, 360, 0.1, 250, 450)},
                 run_by="private")
        self.add(f"{county}特殊教育学校", "special", "seat", codes[-1],
                 {"primary": self.rng.randint(45, 60), "junior": self.rng.randint(20, 30)}, split="by_pupils")

    def _town(self, code: str, number: int) -> None:
        town = self._place(code, self.names.place("镇"), "township", self.outline.code)
        centre = self.add(f"{town}中心小学", "primary", "town", code,
                          {"primary": lognormal(self.rng, 680, 0.25, 400, 1200)})
        junior = {"junior": lognormal(self.rng, 560, 0.25, 300, 1000)}
        if number == 0:
            self.add(f"{town}中学", "complete_secondary", "town", code,
                     junior | {"senior": lognormal(self.rng, 420, 0.1, 300, 600)})
        else:
            self.add(f"{town}初级中学", "junior", "town", code, junior)
        self._villages(centre, schools=3 + (number % 2), points=2, median=165)

    def _rural_township(self, code: str, number: int) -> None:
        name = self._place(code, self.names.place("乡"), "township", self.outline.code)
        primary = {"primary": lognormal(self.rng, 320, 0.25, 180, 600)}
        junior = {"junior": lognormal(self.rng, 240, 0.25, 130, 450)}
        if number % 2:
            centre = self.add(f"{name}九年一贯制学校", "nine_year", "rural", code, primary | junior)
        else:
            centre = self.add(f"{name}中心小学", "primary", "rural", code, primary)
            self.add(f"{name}初级中学", "junior", "rural", code, junior)
        self._villages(centre, schools=2, points=3 + (number % 3 == 0), median=105)

    def _villages(self, centre: School, *, schools: int, points: int, median: int) -> None:
        for _ in range(schools):
            code, name = self._village(centre.township)
            self.add(f"{self.name_of(centre.township)}{name}小学", "primary", "rural", centre.township,
                     {"primary": lognormal(self.rng, median, 0.4, 56, 450)}, village=code)
        for _ in range(points):
            code, name = self._village(centre.township)
            self.add(f"{self.name_of(centre.township)}{name}教学点", "teaching_point", "rural", centre.township,
                     {"primary": lognormal(self.rng, 28, 0.55, 8, 85)}, village=code, managing=centre.school_id)

    def _more_villages_with_a_school(self) -> None:
        """Village schools and points, township by township, until there are as many schools as there should be."""
        centres = [school for school in self.schools if school.zone != "seat" and school.kind in ("primary", "nine_year")
                   and school.place_code == school.township]
        there = sum(school.kind != "special" for school in self.schools) + self.outline.seniors + self.outline.new
        missing = self.outline.schools - there
        for number in range(missing):
            point = number // len(centres) % 5 in (1, 3)
            self._villages(centres[number % len(centres)], schools=not point, points=point, median=105)

    def _further_villages(self, townships: list[str]) -> None:
        """Villages without a school."""
        missing = self.outline.villages - sum(place["level"] == "village" for place in self.places)
        for number in range(missing):
            self._village(townships[number % len(townships)])

    def name_of(self, code: str) -> str:
        return next(str(place["name"]) for place in self.places if place["place_code"] == code)

    def _ordinary(self) -> Iterator[School]:
        return (school for school in self.schools if school.kind not in ("teaching_point", "special"))

    def _settle_sizes(self) -> None:
        """Scale to the county's total, then set the schools that lie on a limit of size."""
        for stage, share in SHARES.items():
            points = sum(school.pupils.get(stage, 0) for school in self.schools if school.kind == "teaching_point")
            there = sum(school.pupils.get(stage, 0) for school in self._ordinary())
            times = (self.outline.pupils * share - points) / there
            for school in self._ordinary():
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
