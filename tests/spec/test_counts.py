"""How many there are: schools by kind, kindergarten children, teachers trained, honoured and long there, areas that stand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from junheng.kernel.findings import Finding
from tests.spec.drawn import draw, measured, one
from tests.spec.rows import COUNTY, TOWNSHIP, A, B, C, Row, Tables, found, of, school, stage, together

S = "statistics_2020"


def kindergarten(code: str, children: object = 50, **facts: object) -> Tables:
    return school(code, stage("preschool", children), kind="kindergarten", **facts)


def teacher(name: str, school: str = A, **facts: object) -> Row:
    return of(school, teacher_id=name, **facts)


@pytest.fixture(scope="module")
def schools() -> list[Finding]:
    tables = together(
        *(school(f"{kind}{number}", kind=kind) for number in range(3)
          for kind in ("primary", "teaching_point", "attached_primary")[:3 - number]),
        *(school(kind, stage("junior"), kind=kind) for kind in ("junior", "nine_year", "attached_junior")),
        *(school(kind, stage("senior"), kind=kind) for kind in ("senior", "complete_secondary", "twelve_year", "vocational")),
        kindergarten("k"), kindergarten("empty", 0), school("a", stage("preschool"), kind="attached_kindergarten"))
    return measured(draw(**tables), S)[0]


@pytest.mark.parametrize(("kind", "number"), [("kindergarten", 1), ("primary", 3), ("teaching_point", 2), ("junior", 2),
                                              ("senior", 3), ("vocational", 1)])
@pytest.mark.parametrize("group", [COUNTY, TOWNSHIP, "9901"])
def test_schools_with_pupils_are_counted_by_kind_and_attached_classes_are_no_schools(schools: list[Finding], kind: str,
                                                                                     number: int, group: str) -> None:
    count = one(schools, f"st.schools.{kind}", group, "all")
    assert (count.value, count.part, count.whole, count.verdict) == (number, number, None, None)


def test_a_number_of_schools_has_no_row_for_a_school(schools: list[Finding]) -> None:
    assert {each.level.name for each in schools if each.item.startswith("st.schools.")} == {"township", "county", "city"}


def test_a_county_without_a_school_of_the_kind_has_none_and_not_an_unknown_number() -> None:
    assert found(school(), S, "st.schools.vocational").value == 0


@pytest.mark.parametrize(("facts", "number"), [({"kind": "senior", "quality_senior": True}, 1), ({"kind": "senior"}, None),
                                               ({"kind": "senior", "quality_senior": False}, 0), ({"kind": "junior"}, 0)])
def test_only_a_senior_school_is_asked_whether_it_is_a_good_one(facts: Row, number: int | None) -> None:
    assert found(school(A, stage("senior"), **facts), S, "st.schools.model_senior").value == number


def test_public_kindergartens_of_towns_are_counted_where_the_town_lies() -> None:
    seat: Row = {"place_code": "990101002", "name": "城关镇", "level": "township", "parent_code": COUNTY}
    base: list[Row] = [{"place_code": COUNTY, "name": "某县", "level": "county"},
                       {"place_code": TOWNSHIP, "name": "某镇", "level": "township", "parent_code": COUNTY}, seat]
    own = [kindergarten("1", place_code="990101002", urban_rural="town_core"),
           kindergarten("2", place_code="990101002", urban_rural="town_core", run_by="private"),
           kindergarten("3", place_code=TOWNSHIP, urban_rural="town_fringe"), kindergarten("4", urban_rural="village")]
    findings, _ = measured(draw(**together({"places": base}, *own)), S)
    assert [one(findings, "st.schools.town_kindergarten", group, "all").value for group in ("990101002", TOWNSHIP, COUNTY)] == [
        1, 1, 2]


def test_a_kindergarten_of_which_nobody_knows_where_it_lies_leaves_their_number_open() -> None:
    count = found(together(kindergarten(A, urban_rural=None), kindergarten(B, urban_rural="town_core")), S,
                  "st.schools.town_kindergarten")
    assert (count.value, count.unknown) == (None, 1)


def test_children_and_full_time_teachers_of_the_preschool_stage_are_counted() -> None:
    people: Tables = {"teachers": [teacher("a", stage="preschool"), teacher("b", stage="preschool", full_time=False),
                                   teacher("c", B, stage="preschool"), teacher("d", B)]}
    both = school(B, stage("preschool", 20), stage("primary"))
    findings, _ = measured(draw(**together(kindergarten(A), both, people)), S)
    assert [one(findings, f"st.preschool.{name}", COUNTY, "preschool").value for name in ("children", "teachers")] == [70, 2]


def test_a_number_of_children_not_known_is_not_nobody() -> None:
    tables = together(kindergarten(A, None), kindergarten(B))
    assert found(tables, S, "st.preschool.children", stage="preschool").value is None
    assert found(tables, S, "st.schools.kindergarten").value == 2


def test_the_net_rate_of_preschool_takes_children_of_three_to_five_on_the_roll_of_a_kindergarten() -> None:
    ages = [(2019, "preschool"), (2020, "preschool"), (2022, "preschool"), (2023, "preschool"), (2020, "primary")]
    children: Tables = {"pupils": [of(pupil_id=str(number), birth_year=born, stage=name)
                                   for number, (born, name) in enumerate(ages)]}
    people: Tables = {"population": [{"birth_year": born, "people": 4} for born in (2020, 2021, 2022)]}
    every = school(A, stage("preschool"), stage("primary"))
    rate = found(together(every, children, people), S, "st.nir.preschool")
    assert (rate.part, rate.whole, rate.value) == (2, 12, Fraction(50, 3))
    children["pupils"].append(of(pupil_id="x", birth_year=None, stage="preschool"))
    assert found(together(every, children, people), S, "st.nir.preschool").value is None


def test_migrant_children_of_private_schools_are_placed_too() -> None:
    tables = together(school(A, stage("primary", migrant_pupils=30)),
                      school(B, stage("junior", migrant_pupils=15), run_by="private"),
                      school(C, stage("senior", migrant_pupils=9), kind="senior"))
    entitled: Tables = {"county_years": [{"calendar_year": 2025, "migrant_entitled": 50},
                                         {"calendar_year": 2024, "migrant_entitled": 7}]}
    assert found(together(tables, entitled), S, "st.migrant.placed").value == 90
    assert found(tables, S, "st.migrant.placed").value is None


def test_a_teacher_is_trained_by_any_hours_of_the_last_calendar_year_and_once() -> None:
    hours: Tables = {"training": [of(teacher_id=name, training_year=year, hours=given) for name, year, given in (
        ("a", 2024, 1), ("a", 2023, 90), ("b", 2025, 90), ("c", 2024, 0), ("guest", 2024, 9))]}
    people: Tables = {"teachers": [teacher(name) for name in "abc"] + [teacher("guest", full_time=False)]}
    tables = together(school(), people, hours)
    assert found(tables, S, "st.trained").value == 1
    findings, _ = measured(draw(not_handed_in=[("training", A)], **tables), S)
    assert one(findings, "st.trained", COUNTY, "all").value is None


def test_hours_that_are_not_known_leave_the_number_trained_open() -> None:
    hours: Tables = {"training": [of(teacher_id="a", training_year=2024, hours=None)]}
    assert found(together(school(), {"teachers": [teacher("a")]}, hours), S, "st.trained").value is None


@pytest.mark.parametrize(("since", "number"), [(date(2024, 8, 31), 0), (date(2024, 9, 1), 1), (date(2025, 8, 31), 1),
                                               (date(2025, 9, 1), 0)])
def test_an_honour_counts_in_the_school_year_it_was_given(since: date, number: int) -> None:
    honours: Tables = {"recognitions": [of(teacher_id="a", title="honour", level="city", since=since, paper=paper)
                                        for paper in "xy"]}
    tables = together(school(), {"teachers": [teacher("a"), teacher("b")]}, honours)
    assert found(tables, S, "st.honoured.city").value == number


def test_a_backbone_title_or_one_of_the_schools_own_is_no_honour() -> None:
    titles: Tables = {"recognitions": [of(teacher_id="a", since=date(2025, 1, 1)),
                                       of(teacher_id="a", title="honour", level="school", since=date(2025, 1, 1))]}
    findings, _ = measured(draw(**together(school(), {"teachers": [teacher("a")]}, titles)), S)
    assert [one(findings, f"st.honoured.{level}", COUNTY, "all").value
            for level in ("national", "province", "city", "county")] == [0, 0, 0, 0]


@pytest.mark.parametrize(("since", "numbers"), [(date(2015, 9, 1), [1, 0, 0]), (date(2015, 9, 2), [0, 0, 0]),
                                                (date(2005, 9, 1), [1, 1, 0]), (date(1995, 9, 1), [1, 1, 1]),
                                                (None, [None, None, None])])
def test_years_at_a_rural_school_are_whole_on_the_census_day(since: date | None, numbers: list[int | None]) -> None:
    findings, _ = measured(draw(**together(school(), {"teachers": [teacher("a", at_school_since=since)]})), S)
    assert [one(findings, f"st.rural_years.{years}", COUNTY, "all").value for years in (10, 20, 30)] == numbers


def test_a_school_of_a_town_is_not_rural_and_need_not_hand_in_and_one_nobody_placed_leaves_the_number_open() -> None:
    long: Tables = {"teachers": [teacher("a", at_school_since=date(1990, 9, 1))]}
    town = together(school(), school(B, urban_rural="town_core"), long)
    findings, _ = measured(draw(not_handed_in=[("teachers", B)], **town), S)
    assert one(findings, "st.rural_years.30", COUNTY, "all").value == 1
    assert found(together(school(A, urban_rural=None), long), S, "st.rural_years.30").value is None


@pytest.mark.parametrize(("area", "value"), [(300, 300), (None, None)])
def test_danger_area_is_floor_area_of_that_standing_alone(area: int | None, value: int | None) -> None:
    sites: Tables = {"sites": [of(), of(standing="danger", floor_area_m2=area), of(standing="shared", floor_area_m2=9)]}
    assert found(together(school(), sites), S, "st.danger_area").value == value


def test_rooms_of_vocational_schools_are_those_that_count_by_use() -> None:
    sites: Tables = {"sites": [of(office_m2=100, living_m2=900), of(standing="danger", office_m2=9, living_m2=9),
                               of(B, office_m2=9, living_m2=9)]}
    tables = together(school(A, stage("senior"), kind="vocational"), school(B, stage("senior"), kind="senior"), sites)
    assert [found(tables, S, f"st.vocational.{name}").value for name in ("rooms", "living")] == [670, 900]


def test_office_rooms_left_empty_are_not_none() -> None:
    vocational = school(A, stage("senior"), kind="vocational")
    assert found(together(vocational, {"sites": [of(living_m2=900)]}), S, "st.vocational.rooms").value is None


def test_teachers_above_the_required_degree_are_a_share_with_bounds() -> None:
    people: Tables = {"teachers": [teacher("a", degree="junior_college"), teacher("b", degree="senior"),
                                   teacher("c", degree=None), teacher("d")]}
    share = found(together(school(), people), S, "st.qual.above", stage="primary")
    assert (share.value, share.lower, share.upper) == (None, 50, 75)


def test_posts_for_each_class_are_asked_of_public_schools_under_a_hundred_pupils() -> None:
    classes: Tables = {"classes": [of(A, number=1), of(A, number=2), of(A, number=3, kind="special"), of(B, number=1)]}
    posts: Tables = {"staff_quota": [of(A, posts=3), of(B, posts=9), of(C, posts=9)]}
    schools = together(school(A, stage("primary", 99)), school(B), school(C, stage("primary", 50), run_by="private"))
    few = found(together(schools, classes, posts), "staffing", "bz.small")
    assert (few.part, few.whole, few.value, few.verdict) == (3, 2, Fraction(3, 2), None)
