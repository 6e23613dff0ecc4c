"""Figures of the parts of a group: by city, town and country, by who runs the schools, by kind."""

from datetime import date
from fractions import Fraction

import pytest

from junheng.engines import Duck
from junheng.indicators.measure import Result, measure
from junheng.indicators.slices import part_names, word
from junheng.kernel.findings import Finding
from junheng.register.census import census_day
from junheng.register.codes import Tree
from junheng.standards import law_book
from tests.spec.drawn import draw
from tests.spec.rows import COUNTY, A, B, C, Tables, of, school, stage, together


def sliced(tables: Tables, by: str | None, standard: str = "statistics_2020") -> Result:
    register = draw(**tables)
    return measure(register, Duck(register.folder, threads=1), law_book(census_day(register.year)), [standard], by=by)


def parts(findings: list[Finding], item: str, group: str = COUNTY, stage: str = "primary") -> dict[str, Finding]:
    return {each.slice: each for each in findings if (each.item, each.group, each.stage) == (item, group, stage)}


def schools(*areas: str | None) -> Tables:
    """Schools of 100, 200 ... pupils in these areas, each with 10 boarders."""
    return together(*(school(str(number), stage("primary", 100 * number, boarders=10), urban_rural=area)
                      for number, area in enumerate(areas, start=1)))


AREAS = ("city_core", "city_fringe", "town_core", "special_area", "village")


def test_city_town_and_country_add_up_to_the_whole() -> None:
    found = parts(sliced(schools(*AREAS), "urban_rural")[0], "st.boarders")
    wholes = {name: (each.part, each.whole) for name, each in found.items()}
    assert wholes == {"": (50, 1500), "urban_rural=urban": (20, 300), "urban_rural=town": (20, 700),
                      "urban_rural=rural": (10, 500)}


def test_a_school_of_unknown_area_is_a_part_of_its_own() -> None:
    found = parts(sliced(schools("village", None), "urban_rural")[0], "st.boarders")
    assert set(found) == {"", "urban_rural=rural", "urban_rural=unknown"}


def test_a_part_with_an_unknown_is_unknown_and_leaves_the_others_known() -> None:
    tables = together(schools("village"), school(B, stage("primary", 100), urban_rural="city_core"))
    found = parts(sliced(tables, "urban_rural")[0], "st.boarders")
    assert {name: each.value for name, each in found.items()} == {
        "": None, "urban_rural=rural": 10, "urban_rural=urban": None}


def test_public_and_private_schools_and_those_of_whom_it_is_not_known() -> None:
    tables = together(school(A, run_by="enterprise"), school(B, run_by="private"), school(C, run_by=None))
    found = parts(sliced(tables, "ownership")[0], "st.boarders")
    assert set(found) == {"", "ownership=public", "ownership=private", "ownership=unknown"}


def test_kinds_of_school_are_parts_of_a_stage() -> None:
    tables = together(school(A), school(B, stage("primary", 50), stage("junior", 70), kind="nine_year"))
    findings = sliced(tables, "kind")[0]
    assert {name: each.whole for name, each in parts(findings, "st.boarders").items()} == {
        "": 150, "kind=primary": 100, "kind=nine_year": 50}
    assert set(parts(findings, "st.boarders", stage="junior")) == {"", "kind=nine_year"}


@pytest.mark.parametrize("item", ["st.ger.primary", "bj.48", "yz.2.1", "jb.cv"])
def test_what_is_of_a_place_or_of_a_document_or_made_of_items_has_no_parts(item: str) -> None:
    standard = {"st": "statistics_2020", "bj": "school_size", "yz": "quality_balance_2017", "jb": "basic_balance_2012"}[item[:2]]
    findings = sliced(schools("village", "city_core"), "urban_rural", standard)[0]
    assert {each.slice for each in findings if each.item == item} == {""}


def test_a_school_has_no_parts() -> None:
    findings = sliced(schools("village"), "urban_rural")[0]
    assert {each.level.name for each in findings if each.slice} == {"township", "county", "city"}


def test_no_part_is_judged_and_the_verdict_of_the_county_stays() -> None:
    tables = together(schools("village", "city_core"), {"classes": [of(A, number=1, pupils=60), of(B, number=1, pupils=30)]})
    findings, verdicts = sliced(tables, "urban_rural", "class_size")
    assert {each.verdict for each in findings if each.slice} == {None}
    assert {each.limit for each in findings if each.slice} == {None}
    assert verdicts == sliced(tables, None, "class_size")[1]
    large = parts(findings, "st.big")
    assert {name: each.value for name, each in large.items()} == {
        "": Fraction(1, 2), "urban_rural=rural": 1, "urban_rural=urban": 0}


def test_an_item_that_counts_schools_counts_those_of_the_part() -> None:
    tables = together(school(A, stage("primary", 2001)), school(B, stage("primary", 2000)), school(C, urban_rural="city_core"))
    found = parts(sliced(tables, "urban_rural", "school_size")[0], "sj.size", stage="all")
    assert {name: (each.part, each.whole) for name, each in found.items()} == {
        "": (2, 3), "urban_rural=rural": (1, 2), "urban_rural=urban": (1, 1)}


def test_the_spread_of_a_part_is_that_between_its_own_schools() -> None:
    tables = together(*(school(code, stage("primary", 100), urban_rural=area) for code, area in (
        ("1", "village"), ("2", "village"), ("3", "city_core"))), {"assets": [
            of("1", equipment_10k_yuan=10), of("2", equipment_10k_yuan=30), of("3", equipment_10k_yuan=20)]})
    found = parts(sliced(tables, "urban_rural", "quality_balance_2017")[0], "yz.1.6.cv")
    assert {name: each.value_squared for name, each in found.items()} == {
        "": Fraction(1, 6), "urban_rural=rural": Fraction(1, 4), "urban_rural=urban": 0}


def belongs(*pairs: tuple[str, str], **facts: object) -> Tables:
    """Which school belongs to which group."""
    return {"memberships": [of(code, group_id=group, group_name=f"{group}组", **facts) for code, group in pairs]}


@pytest.mark.parametrize("tree", Tree, ids=lambda tree: tree.name)
def test_groups_of_a_tree_add_up_to_the_whole_with_the_schools_that_belong_to_none(tree: Tree) -> None:
    tables = together(schools(*AREAS), belongs(("1", "X"), ("2", "X"), ("3", "Y"), tree=tree.name))
    found = parts(sliced(tables, tree.name)[0], "st.boarders")
    assert {name: (each.part, each.whole) for name, each in found.items()} == {
        "": (50, 1500), f"{tree.name}=X": (20, 300), f"{tree.name}=Y": (10, 300), f"{tree.name}=unknown": (20, 900)}


def test_the_groups_of_another_tree_are_no_parts() -> None:
    tables = together(schools("village"), belongs(("1", "X"), tree="education_group"))
    assert set(parts(sliced(tables, "district")[0], "st.boarders")) == {"", "district=unknown"}


@pytest.mark.parametrize(("days", "part"), [
    ({"from_day": date(2025, 9, 1)}, "X"), ({"from_day": date(2025, 9, 2)}, "unknown"),
    ({"from_day": date(2020, 9, 1), "to_day": date(2025, 9, 1)}, "unknown"),
    ({"from_day": date(2020, 9, 1), "to_day": date(2025, 9, 2)}, "X")])
def test_a_school_belongs_to_the_group_that_it_is_in_on_the_census_day(days: dict[str, object], part: str) -> None:
    found = parts(sliced(together(schools("village"), belongs(("1", "X"), **days)), "district")[0], "st.boarders")
    assert set(found) == {"", f"district={part}"}


def test_a_group_is_called_by_its_name_and_a_school_in_none_belongs_nowhere() -> None:
    names = part_names(draw(**together(schools("village"), belongs(("1", "X")))))
    assert word("district=X", names) == "X组（X）"
    assert (word("district=unknown", names), word("kind=unknown", names)) == ("未归属", "不明")


def test_without_a_dimension_there_are_no_parts() -> None:
    assert {each.slice for each in sliced(schools("village"), None)[0]} == {""}
