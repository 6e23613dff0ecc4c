"""Places, groups and people of a place; columns that only some schools fill in."""

from __future__ import annotations

from datetime import date

import pytest
from sound_register import NINE_YEAR, Drawn, Plant, faults, finds

COUNTY, TOWNSHIP, VILLAGE = range(3)


def without_birth_years(drawn: Drawn, *, fewer: int) -> Drawn:
    for row in drawn.tables["population"]:
        row["people"] = fewer
    return drawn


PLANTS: list[Plant] = [
    ("parent_is_of_the_next_level", "place_level", lambda drawn: drawn.change("places", VILLAGE, parent_code="990101"),
     [("区划", 5, "parent_code")]),
    ("school_stands_in_a_township", "place_too_wide", lambda drawn: drawn.change("schools", 0, place_code="990101"),
     [("学校", 3, "place_code")]),
    ("places_of_a_parent_have_names_of_their_own", "duplicate_name",
     lambda drawn: drawn.add("places", TOWNSHIP, place_code="990101002"), [("区划", 4, "name"), ("区划", 6, "name")]),
    ("schools_of_a_county_have_names_of_their_own", "duplicate_name",
     lambda drawn: drawn.change("schools", 2, name="某镇第4学校"),
     [("学校", 3, "name"), ("学校", 3, "name")]),
    ("place_still_stands", "ended_place",
     lambda drawn: drawn.change("places", VILLAGE, until=date(2025, 9, 1)).change("schools", 0, place_code="990101001001"),
     [("学校", 3, "place_code")]),
    ("place_still_stands", "ended_place", lambda drawn: drawn.change("places", TOWNSHIP, until=date(2025, 9, 1)).drop(
        "schools").drop("disabled_children"), [("区划", 5, "parent_code")]),
    ("school_is_of_one_group_of_a_tree", "two_groups",
     lambda drawn: drawn.add("memberships", 0, group_id="D2"), [("组织归属", 3, "group_id"), ("组织归属", 4, "group_id")]),
    ("group_has_one_name", "group_name", lambda drawn: drawn.add("memberships", 0, school_id=NINE_YEAR, group_name="第二学区"),
     [("组织归属", 4, "group_name")]),
    ("people_are_counted_on_one_level", "population_level", lambda drawn: drawn.add("population", 0, place_code="990101001"),
     [("学龄人口", 27, "place_code")]),
    ("people_are_counted_on_one_level", "population_level", lambda drawn: drawn.add("population", 0, place_code="990101001001"),
     [("学龄人口", 27, "place_code")]),
    ("residents_and_registered_are_alike", "population_basis", lambda drawn: drawn.change("population", 0, people=200),
     [("学龄人口", 3, "people")]),
    ("children_are_about_as_many_as_pupils", "population_cohort", lambda drawn: without_birth_years(drawn, fewer=26),
     [("学龄人口", 3, "people")]),
    ("columns_follow_the_kind", "column_not_for_kind", lambda drawn: drawn.change("schools", 0, inclusive=True),
     [("学校", 3, "inclusive")]),
    ("columns_follow_the_kind", "column_not_for_kind", lambda drawn: drawn.change("schools", 0, quality_senior=True),
     [("学校", 3, "quality_senior")]),
    ("counts_follow_the_kind", "column_not_for_kind", lambda drawn: drawn.change("school_stages", 0, migrant_bought_places=1),
     [("学段", 3, "migrant_bought_places")]),
    ("counts_follow_the_kind", "column_not_for_kind",
     lambda drawn: drawn.change("school_stages", 0, boarders=3).change("schools", 0, boarding=False), [("学段", 3, "boarders")]),
    ("school_holds_what_it_was_built_for", "over_capacity", lambda drawn: drawn.change("schools", 1, design_classes=2),
     [("学校", 3, "design_classes")]),
    ("school_holds_what_it_was_built_for", "over_capacity",
     lambda drawn: drawn.change("school_stages", 0, boarders=9).change("assets", 0, beds=8), [("资产", 3, "beds")]),
]


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: f"{plant[0]}-{plant[3][0][2]}")
def test_what_cannot_be_of_places_groups_and_kinds_is_found(plant: Plant) -> None:
    assert finds(plant)


def test_a_place_that_ends_after_the_census_still_stands() -> None:
    assert not faults(Drawn().change("places", TOWNSHIP, until=date(2025, 9, 2)), "place_still_stands")


def test_a_place_that_ended_may_have_the_name_of_another() -> None:
    drawn = Drawn().add("places", TOWNSHIP, place_code="990101002", until=date(2020, 1, 1))
    assert not faults(drawn, "places_of_a_parent_have_names_of_their_own")


@pytest.mark.parametrize("change", [{"tree": "education_group"}, {"to_day": date(2025, 9, 1)}, {"from_day": date(2025, 9, 2)}])
def test_groups_that_may_overlap_or_are_past_or_to_come_are_fine(change: dict[str, object]) -> None:
    assert not faults(Drawn().add("memberships", 0, group_id="D2", **change), "school_is_of_one_group_of_a_tree")


def test_a_village_of_its_own_birth_years_is_on_one_level() -> None:
    assert not faults(Drawn().add("population", 0, place_code="990101001", birth_year=2012), "people_are_counted_on_one_level")


def test_a_cohort_that_is_not_whole_is_not_compared() -> None:
    drawn = without_birth_years(Drawn(), fewer=26)
    assert not faults(drawn.change("population", 0, people=None), "children_are_about_as_many_as_pupils")
    drawn.tables["population"] = [row for row in drawn.tables["population"] if row["birth_year"] != 2016]
    assert not faults(drawn, "children_are_about_as_many_as_pupils")


@pytest.mark.parametrize(("kind", "run_by", "column", "odd"), [
    ("kindergarten", "private", "inclusive", False), ("kindergarten", "county", "inclusive", True),
    ("kindergarten", "county", "central_kindergarten", False), ("senior", "county", "quality_senior", False)])
def test_who_may_say_yes(kind: str, run_by: str, column: str, odd: bool) -> None:
    drawn = Drawn().change("schools", 0, kind=kind, run_by=run_by, **{column: True})
    assert bool(faults(drawn, "columns_follow_the_kind")) is odd


@pytest.mark.parametrize("table", ["population", "zones", "disabled_children", "county_years", "county_series"])
def test_a_place_that_is_not_listed_is_found_in_each_table(table: str) -> None:
    [fault] = faults(Drawn().change(table, 0, place_code="990177"), "place_is_listed")
    assert (fault.kind, fault.column) == ("unknown_place", "place_code")


@pytest.mark.parametrize(("rule", "code"), [("place_is_listed", "990177"), ("place_still_stands", "990101001")])
def test_where_a_disabled_child_lives_is_not_said_in_a_fault(rule: str, code: str) -> None:
    drawn = Drawn().change("disabled_children", 0, place_code=code).change("places", TOWNSHIP, until=date(2025, 9, 1))
    [fault] = [each for each in faults(drawn, rule) if each.sheet == "残疾儿童"]
    assert code not in fault.sentence() and "已隐去" in fault.found
