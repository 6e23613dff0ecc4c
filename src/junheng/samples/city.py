"""The sample city: eleven counties of their own size and state, and what became of their schools in five years."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from junheng.samples.county import YEAR, County, Outline, Row, School
from junheng.samples.events import event
from junheng.samples.ground import near_to
from junheng.samples.names import Names
from junheng.samples.planning import CODE_PREFIX, Named
from junheng.samples.variants import NARROW, PASSING, WEAK, Variant

YEARS = 5
FIRST = YEAR - YEARS + 1
MERGED, CLOSED, RENAMED, MOVED, OPENED = 7, 2, 2, 1, 1  # in each county, over the years
SPLIT_IN = 2  # the county in which a school of the seat becomes two
SMALL = (14, 64)  # pupils of a school that is merged
Size = tuple[str, int, int, int, int, int, int, int, int]
COUNTIES: tuple[tuple[Variant, Size], ...] = (
    # suffix, streets of the seat, towns, townships, compulsory pupils, primaries and juniors of the seat, schools, villages
    (PASSING, ("县", 2, 8, 10, 40_000, 8, 4, 155, 210)),
    (NARROW, ("区", 6, 3, 1, 70_000, 26, 14, 105, 120)),
    (PASSING, ("区", 5, 4, 2, 56_000, 20, 11, 100, 130)),
    (WEAK, ("县", 2, 6, 4, 42_000, 8, 4, 172, 230)),
    (PASSING, ("县", 2, 5, 6, 38_000, 8, 4, 168, 230)),
    (NARROW, ("县", 2, 5, 5, 36_000, 8, 4, 160, 230)),
    (WEAK, ("县", 1, 5, 5, 33_000, 8, 4, 158, 230)),
    (PASSING, ("县", 2, 4, 6, 34_000, 8, 4, 160, 230)),
    (NARROW, ("县", 2, 4, 5, 30_000, 7, 3, 152, 230)),
    (PASSING, ("市", 3, 6, 4, 37_000, 9, 5, 153, 230)),
    (WEAK, ("县", 1, 4, 6, 24_000, 6, 3, 124, 230)),
)
PLAN = tuple((variant, Outline(number, *size, new=OPENED + (number == SPLIT_IN), years=YEARS))
             for number, (variant, size) in enumerate(COUNTIES, start=1))


def named(seed: int) -> Named:
    """What the province and the city are called."""
    names = Names(Random(f"{seed} city"))
    return names.place("省"), names.place("市")


@dataclass
class Changes:
    """Adds to a planned county the schools that are no more, those that are new, and the events that tell of them."""

    county: County
    rng: Random

    def make(self) -> None:
        settled = [school for school in self.county.schools if school.kind in ("primary", "junior") and school.public]
        villages = [school for school in settled if school.urban_rural == "village"]
        chosen = self.rng.sample(villages, RENAMED + MOVED)
        for school in chosen[:RENAMED]:
            self._rename(school)
        for school in chosen[RENAMED:]:
            self._move(school)
        for number, centre in enumerate(self._centres()):
            self._end(centre, closed=number >= MERGED)
        seat = [school for school in settled if school.zone == "seat" and school.kind == "primary" and school.run_by == "county"]
        for _ in range(OPENED):
            self._open(seat[0])
        if self.county.outline.number == SPLIT_IN:
            self._split(seat[1])

    def _centres(self) -> Iterator[School]:
        """Large enough to take a small school in, each once where there are enough of them."""
        centres = [school for school in self.county.schools if school.zone != "seat" and school.place_code == school.township
                   and school.kind in ("primary", "nine_year")]
        self.rng.shuffle(centres)
        return (centres[number % len(centres)] for number in range(MERGED + CLOSED))

    def _day(self) -> date:
        """In the summer before a school year, so that the list of that year shows it."""
        return date(self.rng.randint(FIRST + 1, YEAR), self.rng.choice([7, 8]), self.rng.randint(1, 28))

    def _say(self, kind: str, school: School, day: date, **more: Any) -> None:
        self.county.events.append(event(self.county, kind, school.school_id, day, 20 + len(self.county.events), **more))

    def _rename(self, school: School) -> None:
        day, former = self._day(), f"{self.county.township(school)}希望{school.name[-2:]}{school.school_id[-2:]}"
        school.former["name"] = (day.year, former)
        self._say("renamed", school, day, former_name=former)

    def _move(self, school: School) -> None:
        day = self._day()
        former = self.rng.choice([place for place in self.county.places if place["level"] == "village"
                                  and place["parent_code"] == school.township and place["place_code"] != school.place_code])
        longitude, latitude = near_to((former["longitude"], former["latitude"]), self.rng)
        school.former |= {"place_code": (day.year, former["place_code"]), "longitude": (day.year, longitude),
                          "latitude": (day.year, latitude)}
        self._say("moved", school, day, place_code=school.place_code, former_place_code=former["place_code"])

    def _end(self, centre: School, *, closed: bool) -> None:
        """A small school of a village that has none now; its pupils go to the centre."""
        day, village = self._day(), self._village(centre.township)
        point = closed or self.rng.random() < 0.5
        kind, word = ("teaching_point", "教学点") if point else ("primary", "小学")
        pupils = self.rng.randint(8, 24) if point else self.rng.randint(*SMALL)
        made = self._add(f"{self.county.township(centre)}{village['name']}{word}", kind, centre, village, pupils,
                         last=day.year - 1, managing=centre.school_id if point else None, zone="rural",
                         successor=None if closed else centre.school_id)
        self._say("closed" if closed else "merged", made, day, **({} if closed else {"other_school_id": centre.school_id}))

    def _open(self, near: School) -> None:
        """A school at the seat that began with a first grade."""
        day = date(self.rng.randint(FIRST + 1, YEAR - 1), 7, 20)
        made = self._add(f"{self.county.name}新城小学", "primary", near, None, 88 * (YEAR - day.year + 1), opened=day.year)
        self._say("opened", made, day)

    def _split(self, origin: School) -> None:
        day = date(YEAR - 1, 7, 20)
        made = self._add(f"{origin.name}东校", "primary", origin, None, origin.pupils["primary"] // 3, opened=day.year,
                         origin=origin.school_id)
        self._say("split", made, day, other_school_id=origin.school_id)

    def _village(self, township: str) -> Row:
        taken = {school.place_code for school in self.county.schools}
        return self.rng.choice([place for place in self.county.places if place["parent_code"] == township
                                and place["place_code"] not in taken])

    def _add(self, name: str, kind: str, near: School, village: Row | None, pupils: int, **more: Any) -> School:
        code = f"{CODE_PREFIX[kind]}99{self.county.outline.number:02d}{len(self.county.schools) + 1:04d}"
        place, urban_rural = (village["place_code"], "village") if village else (near.place_code, near.urban_rural)
        at = (village["longitude"], village["latitude"]) if village else near.point
        made = School(code, name, kind, more.pop("zone", near.zone), near.township, place, urban_rural, {"primary": pupils},
                      point=at and near_to(at, self.rng), **more)
        self.county.schools.append(made)
        return made
