"""Coordinates in the register."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sound_register import POINT, Drawn, Plant, faults, finds

from junheng.register.checks import check
from junheng.register.submission import CodeSystem

COUNTY, TOWNSHIP = 0, 1
PLANTS: list[Plant] = [
    ("coordinate_is_whole", "coordinate_incomplete", lambda drawn: drawn.change("schools", 0, coordinates=None),
     [("学校", 3, "coordinates")]),
    ("coordinate_is_whole", "coordinate_incomplete", lambda drawn: drawn.change("schools", 0, latitude=None),
     [("学校", 3, "latitude")]),
    ("coordinate_is_whole", "coordinate_incomplete", lambda drawn: drawn.change("places", COUNTY, longitude=None),
     [("区划", 3, "longitude")]),
    ("coordinates_are_fine_enough", "coordinates_coarse",
     lambda drawn: drawn.change("schools", 0, longitude=Decimal("120.51"), latitude=Decimal("41.2")), [("学校", 3, "longitude")]),
    ("longitude_and_latitude_are_not_exchanged", "coordinates_swapped",
     lambda drawn: drawn.change("schools", 0, longitude=Decimal("41.2"), latitude=Decimal("87.6")), [("学校", 3, "latitude")]),
    ("box_of_a_place_holds_its_centre", "box_order", lambda drawn: drawn.change("places", COUNTY, west=Decimal(122)),
     [("区划", 3, "west")]),
    ("box_of_a_place_holds_its_centre", "box_order", lambda drawn: drawn.change("places", COUNTY, latitude=Decimal(43)),
     [("区划", 3, "south")]),
    ("school_lies_in_its_county", "outside_county", lambda drawn: drawn.change("schools", 0, longitude=Decimal("121.01")),
     [("学校", 3, "longitude")]),
    ("schools_stand_apart", "same_point",
     lambda drawn: drawn.change("schools", 2, longitude=Decimal("120.512344"), latitude=Decimal("41.212344")),
     [("学校", 3, "longitude"), ("学校", 3, "longitude")]),
]


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: f"{plant[0]}-{plant[3][0][2]}")
def test_a_coordinate_that_cannot_be_is_found(plant: Plant) -> None:
    assert finds(plant)


def crowded() -> Drawn:
    """Six more schools within a kilometre."""
    drawn = Drawn()
    for number in range(6):
        drawn.add("schools", 0, school_id=f"990101010{number}", longitude=Decimal(f"120.51{number}345"))
    return drawn


def test_a_school_far_from_the_others_of_its_township_is_found() -> None:
    rule = "school_is_near_the_others_of_its_township"
    assert not faults(crowded(), rule)
    [fault] = faults(crowded().change("schools", 2, latitude=Decimal("41.712345")), rule)
    assert (fault.kind, fault.file, fault.severity.name) == ("far_from_others", "2025/point.xlsx", "warning")


def test_a_township_of_few_schools_has_no_middle() -> None:
    assert not faults(Drawn().change("schools", 2, latitude=Decimal("41.912345")), "school_is_near_the_others_of_its_township")


@pytest.mark.parametrize(("system", "outside"), [("cgcs2000", True), ("wgs84", True), ("gcj02", False), ("bd09", False)])
def test_coordinates_are_compared_with_the_county_in_cgcs2000(system: str, outside: bool) -> None:
    """300 metres over the line as they are, inside once the shift is taken off."""
    drawn = Drawn().change("schools", 0, longitude=Decimal("121.003"), latitude=Decimal("41.5"), coordinates=system)
    assert bool(faults(drawn, "school_lies_in_its_county")) is outside


def test_without_a_system_or_a_box_nobody_is_outside() -> None:
    away = Drawn().change("schools", 0, longitude=Decimal("125.5"), coordinates=None)
    assert not faults(away, "school_lies_in_its_county")
    assert not faults(Drawn().change("schools", 0, longitude=Decimal("125.5")).change("places", COUNTY, west=None, east=None),
                      "school_lies_in_its_county")


@pytest.mark.parametrize(("table", "longitude", "latitude"), [("schools", "41.212345", "120.512345"),
                                                             ("places", "41.234567", "120.567891")])
def test_exchanged_axes_are_said_once_and_not_as_three_faults(table: str, longitude: str, latitude: str) -> None:
    exchanged = crowded().change(table, 0, longitude=Decimal(longitude), latitude=Decimal(latitude))
    [fault] = set(check(exchanged.submission())) - set(check(crowded().submission()))
    assert fault.kind == "coordinates_swapped" and "经纬度填反了" in fault.found and "对调" in fault.do


def test_codes_of_another_system_are_of_another_country() -> None:
    abroad = Drawn().change("schools", 0, longitude=Decimal("41.2"), latitude=Decimal("87.6"))
    abroad.code_system = CodeSystem("sjkc")
    assert not faults(abroad, "longitude_and_latitude_are_not_exchanged")


def test_an_attached_part_stands_where_its_school_does() -> None:
    attached = Drawn().add("schools", 0, school_id=f"{POINT[:-1]}8", kind="attached_kindergarten")
    assert not faults(attached, "schools_stand_apart")
