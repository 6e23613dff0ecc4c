"""The register on a later census day if nothing is done: who has retired, which titles run on, which classes there are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from junheng.indicators.units import load_units
from junheng.planning.ahead import REPLACED, Ahead, Retirement, ahead
from junheng.planning.forecast import Forecast, forecast
from junheng.register.census import census_day
from junheng.register.holding import open_snapshot
from junheng.standards import law_book
from tests.spec.drawn import draw
from tests.unit.planning.cities import city_of

SCHOOL, OTHER = "2199010001", "2199010002"
MEN_60 = Retirement(60, 55)
TEACHERS = [
    {"teacher_id": "stays", "birth_year": 1980, "sex": "male"},
    {"teacher_id": "goes", "birth_year": 1967, "sex": "male", "degree": "senior", "title": "senior", "main_subject": "music"},
    {"teacher_id": "goes earlier", "birth_year": 1972, "sex": "female", "degree": "master", "main_subject": "art"},
    {"teacher_id": "should have gone", "birth_year": 1960, "sex": "male"},
    {"teacher_id": "nobody knows", "birth_year": None, "sex": "male"},
    {"teacher_id": "lent and goes", "birth_year": 1967, "sex": "male", "state": "seconded"},
]
TITLES = [
    {"teacher_id": "stays", "until": date(2026, 6, 1)},
    {"teacher_id": "stays", "until": date(2024, 6, 1)},
    {"teacher_id": "goes", "until": None},
]
SIZES = {1: (40, 40), 2: (30, 31), 3: (50,), 4: (50,), 5: (50,), 6: (50,)}


@pytest.fixture
def told(tmp_path: Path) -> tuple[Path, object, Forecast]:
    classes = [
        {"school_id": SCHOOL, "grade": grade, "number": number, "pupils": pupils}
        for grade, sizes in SIZES.items()
        for number, pupils in enumerate(sizes, 1)
    ]
    register = draw(
        schools=[{"school_id": SCHOOL, "name": "甲"}, {"school_id": OTHER, "name": "乙"}],
        school_stages=[{"school_id": SCHOOL, "pupils": 341}, {"school_id": OTHER, "pupils": 60}],
        classes=classes,
        teachers=[{"school_id": SCHOOL, **row} for row in TEACHERS],
        recognitions=[{"school_id": SCHOOL, **row} for row in TITLES],
        population=[{"birth_year": 2019, "people": 80}, {"birth_year": 2020, "people": 121}],
    )
    snapshot = open_snapshot(city_of(register, tmp_path), None)
    return tmp_path, snapshot, forecast(snapshot, load_units(snapshot, law_book(census_day(2025))), 3)


def then(told: tuple[Path, object, Forecast], year: int, retirement: Retirement = MEN_60) -> Ahead:
    folder, snapshot, pupils = told
    return ahead(snapshot, [SCHOOL], pupils, year, retirement, folder / f"then {year} {retirement.replaced}")  # type: ignore[arg-type]


def people(made: Ahead) -> dict[str, dict[str, object]]:
    return {row["teacher_id"]: row for row in made.table("teachers").rows(named=True)}


def test_who_reaches_the_age_by_then_has_gone_and_who_nobody_knows_stays(told: tuple[Path, object, Forecast]) -> None:
    """Ages of the past are left to the register: who is still there in spite of them is."""
    assert set(people(then(told, 2026))) == {row["teacher_id"] for row in TEACHERS}
    kept = {"stays", "should have gone", "nobody knows"}
    assert set(people(then(told, 2027))) == kept | {f"{REPLACED}goes", f"{REPLACED}goes earlier"}
    assert set(people(then(told, 2027, replace(MEN_60, replaced=False)))) == kept


def test_a_beginner_of_the_same_subject_comes_without_titles(told: tuple[Path, object, Forecast]) -> None:
    """Nobody comes for one who had been lent: the post was not at the school."""
    made = then(told, 2028)
    comes = people(made)[f"{REPLACED}goes"]
    wanted = {
        "main_subject": "music",
        "degree": "bachelor",
        "title": "unranked",
        "birth_year": 2003,
        "at_school_since": date(2027, 9, 1),
    }
    assert {name: comes[name] for name in wanted} == wanted
    assert f"{REPLACED}goes" not in made.table("recognitions")["teacher_id"].to_list()


def test_titles_in_force_run_on_and_those_that_had_lapsed_do_not(told: tuple[Path, object, Forecast]) -> None:
    until = then(told, 2028).table("recognitions").filter(pl.col("teacher_id") == "stays")["until"].to_list()
    assert until == [None, date(2024, 6, 1)]


def sizes(made: Ahead, grade: int) -> list[int]:
    return made.table("classes").filter(pl.col("grade") == grade).sort("number")["pupils"].to_list()


def test_a_cohort_keeps_its_classes_and_entrants_get_classes_as_large_as_those_of_today(
    told: tuple[Path, object, Forecast],
) -> None:
    """121 enter where 80 did in two classes: four, of at most 40."""
    made = then(told, 2026)
    assert sizes(made, 2) == [40, 40] and sizes(made, 3) == [31, 30] and sizes(made, 4) == [50]
    assert sizes(made, 1) == [31, 30, 30, 30]


def test_pupils_are_those_of_the_forecast_and_other_schools_are_left_out(told: tuple[Path, object, Forecast]) -> None:
    made = then(told, 2026)
    assert made.table("school_stages").select("school_id", "pupils").rows() == [(SCHOOL, told[2].pupils(2026, SCHOOL, "primary"))]
    assert (made.year, set(made.table("schools")["school_id"])) == (2026, {SCHOOL})
