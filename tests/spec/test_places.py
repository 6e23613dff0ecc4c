"""Townships, counties, cities and provinces as units of their own: what is added up for them, and what is not known of them."""

from fractions import Fraction

import pytest

from junheng.kernel.codes import Verdict
from junheng.kernel.findings import Finding
from tests.spec.drawn import draw, measured, one
from tests.spec.rows import COUNTY, TOWNSHIP, A, B, Row, Tables, found, of, school, stage, together

S, SIZE = "statistics_2020", "school_size"
NEXT, OTHER = "990102", "990101002"
PLACES: list[Row] = [
    {"place_code": "99", "name": "省", "level": "province"},
    {"place_code": "9901", "name": "甲市", "level": "city", "parent_code": "99"},
    {"place_code": "9902", "name": "乙市", "level": "city", "parent_code": "99"},
    {"place_code": COUNTY, "name": "甲县", "level": "county", "parent_code": "9901"},
    {"place_code": NEXT, "name": "邻县", "level": "county", "parent_code": "9901"},
    {"place_code": "990201", "name": "远县", "level": "county", "parent_code": "9902"},
    {"place_code": TOWNSHIP, "name": "甲镇", "level": "township", "parent_code": COUNTY},
    {"place_code": OTHER, "name": "乙镇", "level": "township", "parent_code": COUNTY},
]
MAP: Tables = {"places": PLACES}


def residents(place: str, people: int) -> list[Row]:
    """All born in 2015, nobody in the other years of primary age."""
    return [{"place_code": place, "birth_year": born, "people": people if born == 2015 else 0} for born in range(2014, 2020)]


def county(code: str, pupils: object, people: int | None, place: str = "") -> Tables:
    """A primary school of a county, and the residents of primary age that are told of `place`, or of the county itself."""
    own: Tables = {} if people is None else {"population": residents(place or code, people)}
    return together(school(f"s{code}", stage("primary", pupils), place_code=code), own)


@pytest.fixture(scope="module")
def provinces() -> list[Finding]:
    parts = county(COUNTY, 90, 100), county(NEXT, 30, 100), county("990201", 50, 50)
    return measured(draw(**together(MAP, *parts)), S)[0]


@pytest.mark.parametrize(("group", "level", "part", "whole"), [
    (COUNTY, "county", 90, 100), (NEXT, "county", 30, 100), ("9901", "city", 120, 200), ("9902", "city", 50, 50),
    ("99", "province", 170, 250)])
def test_a_city_and_a_province_add_up_their_counties(provinces: list[Finding], group: str, level: str, part: int,
                                                     whole: int) -> None:
    rate = one(provinces, "st.ger.primary", group, "all")
    assert (rate.level.name, rate.part, rate.whole, rate.value) == (level, part, whole, Fraction(100 * part, whole))


def test_an_item_of_counties_has_no_row_for_a_school_or_a_township(provinces: list[Finding]) -> None:
    levels = {each.level.name for each in provinces if each.item == "st.ger.primary"}
    assert levels == {"county", "city", "province"}


def test_rows_of_the_townships_and_villages_below_add_up_in_their_county() -> None:
    village: Row = {"place_code": f"{TOWNSHIP}201", "name": "村", "level": "village", "parent_code": TOWNSHIP}
    people: Tables = {"population": [
        *residents(TOWNSHIP, 30), *residents(OTHER, 40), *residents(f"{TOWNSHIP}201", 5)]}
    tables = together(MAP, {"places": [village]}, school(A, place_code=TOWNSHIP), people, county(NEXT, 1, 1))
    assert found(tables, S, "st.ger.primary").whole == 75


def test_one_county_that_tells_nothing_is_unknown_and_makes_its_city_unknown() -> None:
    findings, _ = measured(draw(**together(MAP, county(COUNTY, 90, 100), county(NEXT, 30, None), county("990201", 50, 50))), S)
    values = {group: one(findings, "st.ger.primary", group, "all").value for group in (COUNTY, NEXT, "9901", "9902", "99")}
    assert values == {COUNTY: 90, NEXT: None, "9901": None, "9902": 100, "99": None}


def test_a_place_table_without_any_row_is_unknown_and_one_with_other_years_is_not_a_rate() -> None:
    assert found(together(MAP, school(A, place_code=COUNTY)), "preschool_2020", "xq.2.2").verdict is Verdict.unknown
    told: Tables = {"county_years": [{"calendar_year": 2020, "housing_kindergartens": 1, "housing_kindergartens_handed_over": 1}]}
    assert found(together(MAP, school(A, place_code=COUNTY), told), "preschool_2020", "xq.2.2").value is None


def test_a_school_without_the_stage_adds_nothing_even_where_its_sheet_is_not_handed_in() -> None:
    cohort: Tables = {"flows": [of(stage="junior", grade=7, flow_year=2022, roll=100),
                                of(stage="junior", grade=8, flow_year=2023),
                                of(stage="junior", grade=9, flow_year=2024, graduated=95)]}
    tables = together(school(A, stage("junior"), kind="junior"), school(B), cohort)
    open_, known = (one(measured(draw(not_handed_in=[("flows", code)], **tables), S)[0], "st.ret3", COUNTY, "junior")
                    for code in (A, B))
    assert (open_.value, known.value) == (None, 95)


def test_a_school_whose_stages_are_not_known_may_have_any() -> None:
    tables = together(school(A, stage("junior"), kind="junior"), {"schools": [of(B)]})
    register = draw(not_handed_in=[("school_stages", B), ("flows", B)], **tables)
    assert one(measured(register, S)[0], "st.ret3", COUNTY, "junior").value is None


@pytest.mark.parametrize(("kind", "value"), [("kindergarten", 0), ("junior", None)])
def test_an_item_about_some_stages_needs_no_sheet_of_a_school_without_them(kind: str, value: int | None) -> None:
    other = school("k", stage("preschool" if kind == "kindergarten" else "junior"), kind=kind)
    register = draw(not_handed_in=[("pupils", "k")], **together(school(A), other, {"population": residents(COUNTY, 9)}))
    assert one(measured(register, S)[0], "st.nir.primary", COUNTY, "all").value == value


def junior_schools(*schools: Tables) -> list[Finding]:
    return measured(draw(**together(MAP, school("s", place_code=OTHER), *schools)), SIZE)[0]


def junior(code: str, pupils: object = 100) -> Tables:
    return school(code, stage("junior", pupils), kind="junior", place_code=TOWNSHIP)


def test_each_township_counts_its_schools_with_a_junior_stage_and_the_county_its_townships_with_one() -> None:
    nine_year = school(B, stage("primary"), stage("junior", None), kind="nine_year", place_code=TOWNSHIP)
    findings = junior_schools(junior(A), nine_year)
    own, none = one(findings, "bj.48", TOWNSHIP, "junior"), one(findings, "bj.48", OTHER, "junior")
    assert (own.part, own.value, own.whole, none.value) == (2, 2, None, 0)
    above = one(findings, "bj.48", COUNTY, "junior")
    assert (above.part, above.whole, above.value, above.verdict) == (1, 2, Fraction(1, 2), None)


def test_a_township_without_any_school_is_counted_with_the_others() -> None:
    empty: Row = {"place_code": "990101003", "name": "丙镇", "level": "township", "parent_code": COUNTY}
    findings = junior_schools({"places": [empty]}, junior(A))
    assert one(findings, "bj.48", "990101003", "junior").value == 0
    assert one(findings, "bj.48", COUNTY, "junior").whole == 3


def test_a_county_without_a_school_that_is_asked_is_not_listed() -> None:
    only_kindergarten = school("k", stage("preschool"), kind="kindergarten", place_code=NEXT)
    empty = school("e", stage("primary", 0), place_code="990201")
    tables = together(MAP, school(A, place_code=COUNTY), only_kindergarten, empty)
    def counties(standard: str, item: str) -> set[str]:
        return {each.group for each in measured(draw(**tables), standard)[0] if each.item == item and each.level.name == "county"}
    assert counties("quality_balance_2017", "yz.2.7") == {COUNTY}
    assert counties(S, "st.ger.primary") == {COUNTY, NEXT}


def test_a_school_whose_place_is_not_known_counts_in_a_county_of_its_own() -> None:
    findings, _ = measured(draw(**together(MAP, county(COUNTY, 90, 100), school("x", place_code="000000"))), S)
    lost = one(findings, "st.ger.primary", "?", "all")
    assert (lost.part, lost.value, one(findings, "st.ger.primary", COUNTY, "all").part) == (100, None, 90)


@pytest.mark.parametrize(("group", "part"), [(A, 1), (TOWNSHIP, 2), (COUNTY, 3), ("9901", 3)])
def test_an_item_of_schools_adds_up_level_by_level(group: str, part: int) -> None:
    schools = [school(code, place_code=place) for code, place in ((A, TOWNSHIP), (B, TOWNSHIP), ("3", OTHER))]
    flags: Tables = {"assets": [of(code, campus_network=True) for code in (A, B, "3")]}
    assert found(together(MAP, *schools, flags), S, "st.met.campus_network", group).part == part
