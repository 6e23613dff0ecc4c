"""Catchments and places given to junior schools."""

from __future__ import annotations

import pytest
from sound_register import PRIMARY, Drawn, Plant, faults, finds

PLANTS: list[Plant] = [
    ("no_more_enter_than_should", "zone_overfull", lambda drawn: drawn.change("zones", 0, entered=42), [("片区", 3, "entered")]),
    ("those_who_entered_are_among_the_entrants", "parts_over_whole", lambda drawn: drawn.change("zones", 0, entered=41),
     [("片区", 3, "entered")]),
    ("only_public_schools_have_zones", "zone_not_needed", lambda drawn: drawn.change("schools", 0, run_by="private"),
     [("片区", 3, "zone")]),
    ("places_go_from_senior_to_junior", "quota_place_school",
     lambda drawn: drawn.change("quota_places", 0, junior_school_id=PRIMARY), [("分配名额", 3, "junior_school_id")]),
    ("places_go_from_senior_to_junior", "quota_place_school", lambda drawn: drawn.change("quota_places", 0, school_id=PRIMARY),
     [("分配名额", 3, "school_id")]),
    ("places_given_are_within_the_plan", "parts_over_whole", lambda drawn: drawn.change("quota_places", 0, given=51),
     [("分配名额", 3, "given")]),
    ("rural_is_town_and_village", "rural_flag", lambda drawn: drawn.change("quota_places", 0, rural=False),
     [("分配名额", 3, "rural")]),
    ("rural_is_town_and_village", "rural_flag", lambda drawn: drawn.change("schools", 1, urban_rural="city_core"),
     [("分配名额", 3, "rural")]),
]


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: f"{plant[0]}-{plant[3][0][2]}")
def test_what_cannot_be_of_places_is_found(plant: Plant) -> None:
    assert finds(plant)


def test_all_zones_of_a_stage_count_together() -> None:
    assert len(faults(Drawn().add("zones", 0, zone="第二片", entered=3), "those_who_entered_are_among_the_entrants")) == 2
    assert not faults(Drawn().add("zones", 0, zone="第二片", entered=2), "those_who_entered_are_among_the_entrants")


def test_all_places_of_a_school_count_together() -> None:
    assert len(faults(Drawn()
        .add("quota_places", 0, junior_school_id="9901010055", given=41), "places_given_are_within_the_plan")) == 2


def test_a_school_whose_stages_are_not_listed_is_let_pass() -> None:
    assert not faults(Drawn().change("quota_places", 0, junior_school_id="9901019999"), "places_go_from_senior_to_junior")
