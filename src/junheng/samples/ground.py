"""Where things lie: a county is a rectangle in an uninhabited desert, its townships a grid, its schools points in them."""

from __future__ import annotations

from decimal import Decimal
from math import ceil, sqrt
from random import Random

from junheng.samples.county import CITY, PROVINCE, Row, School

WEST, SOUTH = Decimal("99.9"), Decimal("39.4")
WIDE, HIGH = Decimal("0.8"), Decimal("0.6")  # of a county, in degrees
COUNTIES_IN_A_ROW = 4
MILLIONTH = Decimal("0.000001")
SYSTEM = "cgcs2000"
Box = tuple[Decimal, Decimal, Decimal, Decimal]  # west, east, south, north


class Ground:
    """Boxes of the divisions of one county and of what it lies in."""

    def __init__(self, number: int) -> None:
        row, column = divmod(number - 1, COUNTIES_IN_A_ROW)
        west, south = WEST + column * WIDE, SOUTH + row * HIGH
        self.box: Box = west, west + WIDE, south, south + HIGH
        whole: Box = WEST, WEST + COUNTIES_IN_A_ROW * WIDE, SOUTH, SOUTH + 3 * HIGH
        self.boxes: dict[str, Box] = {PROVINCE: whole, CITY: whole}

    def divide(self, county: str, townships: list[str]) -> None:
        """A grid of townships, row by row."""
        self.boxes[county] = self.box
        wide = ceil(sqrt(len(townships)))
        high = ceil(len(townships) / wide)
        west, east, south, north = self.box
        across, up = ((east - west) / wide).quantize(MILLIONTH), ((north - south) / high).quantize(MILLIONTH)
        for number, code in enumerate(townships):
            row, column = divmod(number, wide)
            at = west + column * across, south + row * up
            self.boxes[code] = at[0], at[0] + across, at[1], at[1] + up

    def lay_out(self, places: list[Row], schools: list[School], rng: Random) -> None:
        """Give every place its point, and its box where it has one; a school lies near its village or in its township."""
        points: dict[str, tuple[Decimal, Decimal]] = {}
        for place in places:
            code = str(place["place_code"])
            box = self.boxes.get(code)
            points[code] = _middle(box) if box else _within(self.boxes[str(place["parent_code"])], rng)
            west, east, south, north = box or (None, None, None, None)
            place.update(since=None, until=None, longitude=points[code][0], latitude=points[code][1], coordinates=SYSTEM,
                         west=west, east=east, south=south, north=north)
        for school in schools:
            village = school.place_code != school.township
            school.point = near_to(points[school.place_code], rng) if village else _within(self.boxes[school.township], rng)

    def elsewhere(self, school: School, rng: Random) -> tuple[Decimal, Decimal]:
        """Another point of the same township."""
        return _within(self.boxes[school.township], rng)


def _middle(box: Box) -> tuple[Decimal, Decimal]:
    west, east, south, north = box
    return ((west + east) / 2).quantize(MILLIONTH), ((south + north) / 2).quantize(MILLIONTH)


def _within(box: Box, rng: Random) -> tuple[Decimal, Decimal]:
    """A point well inside a box, so that one near it is inside too."""
    west, east, south, north = box
    return (west + (east - west) * Decimal(rng.randint(100, 900)) / 1000).quantize(MILLIONTH), \
        (south + (north - south) * Decimal(rng.randint(100, 900)) / 1000).quantize(MILLIONTH)


def near_to(point: tuple[Decimal, Decimal], rng: Random) -> tuple[Decimal, Decimal]:
    return point[0] + Decimal(rng.randint(-900, 900)) / 1_000_000, point[1] + Decimal(rng.randint(-900, 900)) / 1_000_000
