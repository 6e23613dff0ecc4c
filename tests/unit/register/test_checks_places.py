"""The tree of places, and coordinates."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sound_register import Drawn, faults, places

from junheng.register.submission import CodeSystem

TOWNSHIP, VILLAGE = 1, 2


@pytest.mark.parametrize("parent", [None, "990199"])
def test_a_township_without_a_listed_parent_is_found(parent: str | None) -> None:
    found = faults(Drawn().change("places", TOWNSHIP, parent_code=parent), "parent_is_listed")
    assert places(found) == [("区划", 4, "parent_code")] and found[0].kind == "place_parent"


@pytest.mark.parametrize("parent", [None, "9901"])
def test_the_highest_level_may_have_its_parent_outside_the_list(parent: str | None) -> None:
    assert not faults(Drawn().change("places", 0, parent_code=parent), "parent_is_listed")


def test_two_places_of_the_highest_level_are_fine() -> None:
    assert not faults(Drawn().add("places", 0, place_code="990102"), "parent_is_listed")


@pytest.mark.parametrize("parent", ["990101001", "990101001001"])
def test_a_place_lies_in_a_place_of_a_higher_level(parent: str) -> None:
    [fault] = faults(Drawn().change("places", TOWNSHIP, parent_code=parent), "parent_is_of_a_higher_level")
    assert fault.kind == "place_parent" and "乡镇" in fault.found
    assert not faults(Drawn(), "parent_is_of_a_higher_level")


def test_a_national_code_begins_with_its_parents_code() -> None:
    strange = Drawn().change("places", VILLAGE, place_code="990102001001")
    assert places(faults(strange, "code_begins_with_the_parents")) == [("区划", 5, "parent_code")]
    assert not faults(Drawn(), "code_begins_with_the_parents")


def test_zeros_that_fill_up_the_parents_code_do_not_count() -> None:
    assert not faults(Drawn().change("places", 0, parent_code="990100"), "code_begins_with_the_parents")


def test_codes_of_another_system_need_not_begin_with_their_parents() -> None:
    strange = Drawn().change("places", VILLAGE, place_code="PPD-7")
    strange.code_system = CodeSystem("sjkc")
    assert not faults(strange, "code_begins_with_the_parents")


def test_coordinates_outside_the_country_are_found() -> None:
    abroad = Drawn().change("schools", 0, longitude=Decimal("41.2"), latitude=Decimal("20.5"))
    [fault] = faults(abroad, "coordinates_lie_in_the_country")
    assert (fault.kind, fault.severity.name, fault.column) == ("coordinates_outside", "warning", "longitude")
    assert not faults(Drawn(), "coordinates_lie_in_the_country")


def test_coordinates_without_a_system_or_of_another_code_system_are_not_judged() -> None:
    exchanged = Drawn().change("schools", 0, longitude=Decimal("4.2"), coordinates=None)
    assert not faults(exchanged, "coordinates_lie_in_the_country")
    abroad = Drawn().change("schools", 0, latitude=Decimal("1.2"))
    abroad.code_system = CodeSystem("sjkc")
    assert not faults(abroad, "coordinates_lie_in_the_country")
