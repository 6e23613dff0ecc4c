"""Cohorts move up, entrants follow the births, leavers are shared out: a county worked out by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as some

from junheng.indicators.units import load_units
from junheng.planning.forecast import Forecast, apportioned, forecast
from junheng.register.census import census_day
from junheng.register.holding import open_snapshot
from junheng.standards import law_book
from tests.spec.drawn import draw
from tests.unit.planning.cities import city_of

PRIMARY, POINT, LARGE, SMALL = (f"219901000{number}" for number in range(1, 5))
SCHOOLS = [
    {"school_id": PRIMARY, "name": "甲"},
    {"school_id": POINT, "name": "乙", "kind": "teaching_point", "managing_school_id": PRIMARY},
    {"school_id": LARGE, "name": "丙", "kind": "junior"},
    {"school_id": SMALL, "name": "丁", "kind": "junior"},
]
GRADES = {
    (PRIMARY, "primary"): {1: 10, 2: 20, 3: 30, 4: 40, 5: 50, 6: 60},
    (POINT, "primary"): {1: 4, 2: 5, 3: 6},
    (LARGE, "junior"): {7: 30, 8: 31, 9: 32},
    (SMALL, "junior"): {7: 10, 8: 11, 9: 12},
}
BORN = [{"birth_year": year, "people": people} for year, people in ((2019, 100), (2020, 50), (2021, 150))]


def told(folder: Path, years: int = 3, **more: Any) -> Forecast:
    rows: dict[str, Any] = {
        "schools": SCHOOLS,
        "school_stages": [
            {"school_id": school, "stage": stage, "pupils": sum(own.values())} for (school, stage), own in GRADES.items()
        ],
        "classes": [
            {"school_id": school, "stage": stage, "grade": grade, "number": 1, "pupils": many}
            for (school, stage), own in GRADES.items()
            for grade, many in own.items()
        ],
        "population": BORN,
    }
    snapshot = open_snapshot(city_of(draw(**(rows | more)), folder), None)
    return forecast(snapshot, load_units(snapshot, law_book(census_day(2025))), years)


def test_a_cohort_moves_up_a_grade_a_year_and_the_register_comes_first(tmp_path: Path) -> None:
    found = told(tmp_path)
    assert list(found.rolls) == [2025, 2026, 2027, 2028] and found.rolls[2025] == GRADES
    own = [found.rolls[2025 + later][PRIMARY, "primary"][2 + later] for later in range(2)]
    assert own == [20, 20]
    assert [found.rolls[2025 + later][LARGE, "junior"].get(8 + later) for later in range(2)] == [31, 31]


def test_entrants_follow_the_births_of_their_county_and_the_youngest_known_cohort(tmp_path: Path) -> None:
    """10 enter of 100 born in 2019: 5 of the 50 of 2020, 15 of the 150 of 2021, and as many of those nobody counted yet."""
    found = told(tmp_path)
    assert [found.rolls[year][PRIMARY, "primary"][1] for year in found.rolls] == [10, 5, 15, 15]
    assert any("2021年以后出生的人数未报" in note for note in found.notes)


def test_without_births_as_many_enter_as_today_and_the_plan_says_so(tmp_path: Path) -> None:
    found = told(tmp_path, population=[])
    assert [found.rolls[year][PRIMARY, "primary"][1] for year in found.rolls] == [10] * 4
    assert any("学龄人口" in note for note in found.notes)


def test_leavers_go_to_the_junior_schools_as_those_of_today_did(tmp_path: Path) -> None:
    """60 leave: three quarters to the large school, which has three quarters of grade 7."""
    found = told(tmp_path)
    assert [found.rolls[2026][school, "junior"][7] for school in (LARGE, SMALL)] == [45, 15]
    assert any("学生变动表" in note for note in found.notes)


def test_as_many_enter_junior_as_did_of_those_a_year_ahead(tmp_path: Path) -> None:
    """Of 80 in grade 6 a year ago 40 are in grade 7: of 60 so 30."""
    flows = [{"school_id": PRIMARY, "flow_year": 2024, "grade": 6, "roll": 80}]
    found = told(tmp_path, flows=flows)
    assert [found.rolls[2026][school, "junior"][7] for school in (LARGE, SMALL)] == [23, 7]
    assert sum(found.rolls[2026][school, "junior"][7] for school in (LARGE, SMALL)) == 30


def six_of_last_year(school: str, roll: int) -> dict[str, Any]:
    return {"school_id": school, "flow_year": 2024, "grade": 6, "roll": roll}


OTHER = "2199010009"
WITH_ANOTHER: dict[str, Any] = {  # a second primary school, whose six-graders of last year nobody tells
    "schools": [*SCHOOLS, {"school_id": OTHER, "name": "戊"}],
    "school_stages": [
        {"school_id": school, "stage": stage, "pupils": sum(own.values())}
        for (school, stage), own in (GRADES | {(OTHER, "primary"): {1: 6}}).items()
    ],
    "flows": [six_of_last_year(PRIMARY, 20)],
}


def entering(found: Forecast) -> int:
    return sum(found.rolls[2026][school, "junior"][7] for school in (LARGE, SMALL))


def test_where_a_primary_school_did_not_tell_its_leavers_nobody_knows_how_many_of_them_came(tmp_path: Path) -> None:
    """40 are in grade 7, of whom only 20 are told as leavers: twice as many as left would go on."""
    found = told(tmp_path, **WITH_ANOTHER)
    assert entering(found) == 60 + 1
    assert [note for note in found.notes if note.startswith("某县：1 所学校没有报上一年六年级")]


def test_a_school_that_was_not_there_a_year_ago_left_nobody(tmp_path: Path) -> None:
    opened = [{"school_id": OTHER, "kind": "opened", "event_day": date(2025, 8, 1)}]
    found = told(tmp_path, **WITH_ANOTHER, school_events=opened)
    assert entering(found) == 2 * (60 + 1) and not [note for note in found.notes if "六年级" in note]


def test_where_a_junior_school_is_not_counted_nobody_knows_how_many_entered(tmp_path: Path) -> None:
    stages = [{"school_id": school, "stage": stage, "pupils": None if school == SMALL else sum(own.values())}
              for (school, stage), own in GRADES.items()]  # fmt: skip
    found = told(tmp_path, school_stages=stages, flows=[six_of_last_year(PRIMARY, 60)])
    assert found.rolls[2026][LARGE, "junior"][7] == 60


def test_births_that_only_some_places_told_are_not_held_against_those_of_all(tmp_path: Path) -> None:
    """Of 2020 the second township told nothing, of 2021 both did."""
    towns = ("990101001", "990101002")
    born = [{"place_code": town, "birth_year": year, "people": 50} for town in towns for year in (2019, 2020, 2021)
            if (town, year) != (towns[1], 2020)]  # fmt: skip
    found = told(tmp_path, population=born)
    assert [found.rolls[year][PRIMARY, "primary"][1] for year in (2026, 2027)] == [10, 10]
    assert "某县：2020年出生的人数没有报全，小学招生数按今年不变推算" in found.notes


def test_residents_are_not_held_against_those_registered(tmp_path: Path) -> None:
    hukou = [{"birth_year": year, "people": 1000, "basis": "hukou"} for year in (2019, 2020, 2022)]
    found = told(tmp_path, population=[*BORN, *hukou])
    assert [found.rolls[year][PRIMARY, "primary"][1] for year in found.rolls] == [10, 5, 15, 15]


def test_pupils_of_a_point_that_ends_early_go_on_at_its_central_school(tmp_path: Path) -> None:
    found = told(tmp_path)
    assert found.rolls[2026][PRIMARY, "primary"][4] == 30 + 6
    assert found.rolls[2026][POINT, "primary"] == {1: 2, 2: 4, 3: 5}


def test_pupils_that_nobody_counted_are_in_no_roll(tmp_path: Path) -> None:
    stages = [{"school_id": school, "stage": stage, "pupils": None if school == SMALL else sum(own.values())}
              for (school, stage), own in GRADES.items()]  # fmt: skip
    found = told(tmp_path, school_stages=stages)
    assert found.pupils(2028, SMALL, "junior") is None and (SMALL, "junior") not in found.rolls[2025]
    assert found.rolls[2026][LARGE, "junior"][7] == 60


@given(some.integers(0, 10_000), some.lists(some.integers(0, 500), min_size=1, max_size=12).filter(any))
def test_what_is_shared_out_comes_to_the_whole_and_nobody_is_a_person_off(total: int, weights: list[int]) -> None:
    found = apportioned(total, dict(enumerate(weights)))
    assert sum(found.values()) == total
    assert all(abs(found[place] - total * weight / sum(weights)) < 1 for place, weight in enumerate(weights))
