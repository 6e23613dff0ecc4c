"""How many there are, counted by hand: schools, kindergarten children, teachers trained, honoured and long there, areas."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tiny import (
    COUNTY,
    NINE_YEAR,
    POINT,
    TOWNSHIP,
    VILLAGE_SCHOOL,
    Rows,
    county_year,
    of,
    people,
    recognition,
    said,
    school,
    teacher,
    tiny_county,
)

KINDERGARTEN, PRIVATE = "1119010006", "1119010007"
SENIOR, VOCATIONAL = "3499010004", "3699010005"


def county() -> Rows:
    """With a public kindergarten of 60 in the town, a private one of 40, a senior school and a vocational one."""
    rows = tiny_county()
    school(rows, KINDERGARTEN, "kindergarten", {"preschool": 60}, urban_rural="town_core")
    school(rows, PRIVATE, "kindergarten", {"preschool": 40}, run_by="private", urban_rural="town_core")
    school(rows, SENIOR, "complete_secondary", {"junior": 30, "senior": 200}, quality_senior=True, urban_rural="town_fringe")
    school(rows, VOCATIONAL, "vocational", {"senior": 300}, teaching=3000, urban_rural="city_fringe")
    return rows


def counted(rows: Rows, item: str, group: str = COUNTY, stage: str = "all", **more: Any) -> str | None:
    """Of what has no whole and no verdict: its value, which is its part."""
    part, whole, value, verdict = said(rows, item, group, stage, **more)
    assert (whole, verdict, value) == (None, None, part)
    return part if part is None else str(part)


@pytest.mark.parametrize(("kind", "number"), [("kindergarten", "2"), ("primary", "1"), ("teaching_point", "1"), ("junior", "1"),
                                              ("senior", "1"), ("vocational", "1")])
def test_schools_are_counted_by_kind_and_stand_in_their_township_too(kind: str, number: str) -> None:
    assert counted(county(), f"st.schools.{kind}") == number
    assert counted(county(), f"st.schools.{kind}", TOWNSHIP) == number


def test_a_school_without_pupils_is_not_counted_and_a_county_without_one_has_none() -> None:
    rows = tiny_county()
    school(rows, VOCATIONAL, "vocational", {"senior": 0})
    assert counted(rows, "st.schools.vocational") == "0"


@pytest.mark.parametrize(("quality", "number"), [(True, "1"), (False, "0"), (None, None)])
def test_a_good_senior_school_that_nobody_told_of_leaves_their_number_open(quality: bool | None, number: str | None) -> None:
    rows = county()
    of(rows, "schools", SENIOR)[0]["quality_senior"] = quality
    assert counted(rows, "st.schools.model_senior") == number


@pytest.mark.parametrize(("area", "number"), [("city_core", "1"), ("special_area", "1"), ("township_centre", "0"), (None, None)])
def test_a_public_kindergarten_of_a_town_is_counted_and_a_private_or_a_rural_one_is_not(area: str | None,
                                                                                       number: str | None) -> None:
    rows = county()
    of(rows, "schools", KINDERGARTEN)[0]["urban_rural"] = area
    assert counted(rows, "st.schools.town_kindergarten") == number


def test_children_and_teachers_of_kindergartens_are_those_of_the_preschool_stage() -> None:
    rows = county()
    for number, state in enumerate(("serving", "serving", "leave")):
        teacher(rows, KINDERGARTEN, "preschool", f"k{number}", subject="other")
        rows["teachers"][-1]["state"] = state
    assert counted(rows, "st.preschool.children", COUNTY, "preschool") == "100"
    assert counted(rows, "st.preschool.teachers", COUNTY, "preschool") == "2"
    assert counted(rows, "st.preschool.teachers", stage="preschool", absent={("teachers", PRIVATE)}) is None


def test_children_of_three_to_five_in_kindergarten_are_held_against_residents_of_that_age() -> None:
    rows = county()
    for number, (born, stage, status) in enumerate(((2019, "preschool", "attending"), (2020, "preschool", "attending"),
                                                    (2022, "preschool", "attending"), (2021, "preschool", "suspended"),
                                                    (2020, "primary", "attending"))):
        rows["pupils"].append({"school_id": NINE_YEAR if stage == "primary" else KINDERGARTEN, "pupil_id": str(number),
                               "stage": stage, "birth_year": born, "status": status})
    rows["population"] = [people(COUNTY, born, 2) for born in (2020, 2021, 2022)]
    assert said(rows, "st.nir.preschool", COUNTY, "all") == ("2", "6", "100/3", None)


def test_migrant_children_count_in_whatever_school_they_are() -> None:
    rows = county()
    rows["county_years"] = [county_year(2025, migrant_entitled="40")]
    of(rows, "school_stages", VILLAGE_SCHOOL)[0]["migrant_pupils"] = 30
    of(rows, "school_stages", SENIOR)[0]["migrant_pupils"] = 6
    of(rows, "school_stages", KINDERGARTEN)[0]["migrant_pupils"] = 9
    of(rows, "schools", VILLAGE_SCHOOL)[0]["run_by"] = "private"
    assert said(rows, "st.migrant.placed", COUNTY, "all") == ("36", "40", "90", None)
    of(rows, "school_stages", SENIOR)[0]["migrant_pupils"] = None
    assert said(rows, "st.migrant.placed", COUNTY, "all") == (None, "40", None, None)


def test_teachers_trained_are_persons_with_hours_of_the_last_calendar_year() -> None:
    rows = tiny_county()
    person = f"{VILLAGE_SCHOOL}-primary-0"
    assert counted(rows, "st.trained") == "14"
    rows["training"] = [{**row, "hours": Decimal(0)} if (row["teacher_id"], row["training_year"]) == (person, 2024) else row
                        for row in rows["training"]]
    assert counted(rows, "st.trained", VILLAGE_SCHOOL) == "4"
    assert counted(rows, "st.trained", absent={("training", POINT)}) is None


@pytest.mark.parametrize(("day", "number"), [(date(2024, 9, 1), "1"), (date(2025, 8, 31), "1"), (date(2024, 8, 31), "0"),
                                             (date(2025, 9, 1), "0")])
def test_teachers_honoured_are_those_of_the_last_school_year_once_each(day: date, number: str) -> None:
    rows = tiny_county()
    for title in ("honour", "honour", "master_teacher"):
        recognition(rows, POINT, f"{POINT}-primary-0", title=title, level="city")
        rows["recognitions"][-1]["since"] = day
    assert counted(rows, "st.honoured.city") == number
    assert [counted(rows, f"st.honoured.{level}") for level in ("national", "province", "county")] == ["0", "0", "0"]


def test_years_at_a_rural_school_are_counted_to_the_census_day_and_those_of_a_town_are_not() -> None:
    rows = tiny_county()
    for row, since in zip((row for row in rows["teachers"] if row["school_id"] == VILLAGE_SCHOOL), (
            date(2015, 9, 1), date(2015, 9, 2), date(2005, 9, 1), date(1995, 9, 1), date(1990, 9, 1)), strict=True):
        row["at_school_since"] = since
    assert [counted(rows, f"st.rural_years.{years}") for years in (10, 20, 30)] == ["4", "3", "2"]
    of(rows, "schools", VILLAGE_SCHOOL)[0]["urban_rural"] = "town_core"
    assert counted(rows, "st.rural_years.10") == "0"
    of(rows, "schools", VILLAGE_SCHOOL)[0]["urban_rural"] = None
    assert counted(rows, "st.rural_years.10") is None


def test_danger_area_is_what_stands_as_such() -> None:
    rows = tiny_county()
    rows["sites"].append({**of(rows, "sites", POINT)[0], "standing": "danger", "floor_area_m2": Decimal("120.5")})
    assert (counted(rows, "st.danger_area"), counted(rows, "st.danger_area", NINE_YEAR)) == ("120.5", "0")
    rows["sites"][-1]["floor_area_m2"] = None
    assert counted(rows, "st.danger_area") is None


def test_rooms_of_vocational_schools_are_teaching_and_office_rooms_and_apart_from_them_living_rooms() -> None:
    rows = county()
    of(rows, "sites", VOCATIONAL)[0].update(office_m2=Decimal(400), living_m2=Decimal(2500), library_m2=Decimal(100))
    assert counted(rows, "st.vocational.rooms") == "3500"
    assert counted(rows, "st.vocational.living", VOCATIONAL) == "2500"
    of(rows, "sites", VOCATIONAL)[0]["office_m2"] = None
    assert counted(rows, "st.vocational.rooms") is None


def test_teachers_above_the_required_degree_are_a_share_of_those_there_are() -> None:
    rows = tiny_county()
    of(rows, "teachers", POINT)[0]["degree"] = "senior"
    assert said(rows, "st.qual.above", POINT) == ("0", "1", "0", None)
    assert said(rows, "st.qual.above", COUNTY)[:3] == ("9", "10", "90")


def test_posts_for_each_class_are_asked_of_small_public_schools() -> None:
    rows = tiny_county()
    rows["staff_quota"] = [{"school_id": code, "posts": posts, "filled": 1, "off_post": 0, "non_teaching_posts": 0}
                           for code, posts in ((VILLAGE_SCHOOL, 9), (POINT, 3))]
    assert said(rows, "bz.small", COUNTY, "all") == ("3", "2", "1.5", None)
    assert said(rows, "bz.small", POINT, "all", absent={("staff_quota", POINT)}) == (None, "2", None, None)
