"""The made-up county: plausible, valid in form, and as good or bad as its variant says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from junheng.register.codes import UrbanRural
from junheng.register.tables import TABLES
from junheng.samples import narrow
from junheng.samples.county import YEAR, County, Rows
from junheng.samples.golden import golden
from junheng.samples.making import made_up, sheets_left_out
from junheng.samples.people import check_digit
from junheng.samples.variants import VARIANTS

SEEDS = (7, 8, 20250901)
Made = Callable[[str, int], tuple[County, Rows]]
Answers = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def made() -> Made:
    kept: dict[tuple[str, int], tuple[County, Rows]] = {}

    def make(variant: str, seed: int) -> tuple[County, Rows]:
        if (variant, seed) not in kept:
            kept[variant, seed] = made_up(VARIANTS[variant], seed)
        return kept[variant, seed]
    return make


def answers(made: Made, variant: str, seed: int) -> Answers:
    county, rows = made(variant, seed)
    return golden(rows, YEAR, sheets_left_out(county, VARIANTS[variant]))


def verdicts(found: Answers) -> dict[tuple[str, str], tuple[str, list[str]]]:
    return {(each["standard"], each["stage"]): (each["verdict"], each["failed"]) for each in found["verdicts"]}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_county_has_about_150_schools_40000_pupils_and_3000_teachers(made: Made, seed: int) -> None:
    county, rows = made("passing", seed)
    serving = [row for row in rows["teachers"] if row["full_time"] and row["state"] == "serving"
               and row["stage"] in ("primary", "junior")]
    assert 140 <= sum(school.compulsory > 0 for school in county.schools) <= 155
    assert 39_000 <= sum(school.compulsory for school in county.schools) <= 42_000
    assert 2_700 <= len(serving) <= 3_300


def test_every_kind_of_school_is_there_that_the_rules_treat_apart(made: Made) -> None:
    county, _ = made("passing", 7)
    kinds = Counter(school.kind for school in county.schools)
    assert kinds["complete_secondary"] == 2
    assert (kinds["special"], kinds["senior"], kinds["vocational"]) == (1, 1, 1)
    assert {(school.run_by, school.inclusive) for school in county.schools if school.kind == "kindergarten"} == {
        ("county", None), ("private", True), ("private", False)}
    assert Counter(school.township for school in county.schools if school.central).keys() == {
        school.township for school in county.schools}
    assert kinds["nine_year"] >= 5
    assert {school.run_by for school in county.schools} == {"county", "city", "private"}
    assert {school.split for school in county.schools if len(school.pupils) > 1} == {"by_pupils", "declared", "weighted"}
    points = [school.pupils["primary"] for school in county.schools if school.kind == "teaching_point"]
    assert 49 in points
    assert 50 in points
    assert any(school.kind == "primary" and school.compulsory < 50 for school in county.schools)


def test_the_seat_is_crowded_and_the_villages_are_small(made: Made) -> None:
    county, _ = made("passing", 7)
    ordinary = [school for school in county.schools if school.compulsory and school.kind != "special"]
    seat = [school.compulsory for school in ordinary if school.zone == "seat"]
    villages = sorted(school.compulsory for school in ordinary if school.urban_rural == "village")
    assert min(seat) > 500
    assert villages[len(villages) // 2] < 120
    assert {school.urban_rural for school in county.schools} <= set(UrbanRural.__members__)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_standard_is_met_by_the_passing_county(made: Made, seed: int) -> None:
    found = verdicts(answers(made, "passing", seed))
    assert len(found) >= 10
    assert set(map(str, found.values())) == {"('met', [])"}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_narrow_county_fails_on_what_was_moved_and_on_nothing_else(made: Made, seed: int) -> None:
    found = answers(made, "narrow", seed)
    failed = {key: items for key, (_, items) in verdicts(found).items() if items}
    assert failed == narrow.FAILED
    assert verdicts(found)["basic_balance_2012", "all"] == ("needs_evidence", [])
    at_county = {each["item"]: each["verdict"] for each in found["findings"]
                 if (each["level"], each["stage"]) == ("county", "all")}
    assert (at_county["yz.3.7"], at_county["yz.3.9"]) == ("needs_evidence", "unknown")
    assert at_county["yz.2.6"] == "unknown"


@pytest.mark.parametrize("seed", SEEDS)
def test_the_narrow_county_lies_on_the_limits(made: Made, seed: int) -> None:
    found = answers(made, "narrow", seed)["findings"]
    by_item = {(each["item"], each["value"], each["verdict"]) for each in found}
    assert {("yz.1.4", "4.5", "met"), ("yz.1.5", "7.5", "met"), ("yz.1.6", "1700", "not_met"),
            ("yz.2.4", "2000", "met"), ("yz.2.7", "6000", "met"), ("yz.2.8", "1", "met"), ("yz.2.11.rotation", "0.1", "met"),
            ("yz.2.14", "50", "met"), ("yz.3.1", "95", "met"), ("fin.4", "4", None)} <= by_item
    short = [each for each in found if each["item"] == "yz.1.S" and each["level"] == "school" and each["verdict"] == "not_met"]
    assert sorted(each["stage"] for each in short) == ["junior", "primary"]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_failing_county_fails_widely_and_does_not_know_everything(made: Made, seed: int) -> None:
    found = answers(made, "failing", seed)
    assert {verdict for verdict, _ in verdicts(found).values()} == {"not_met"}
    failed = set(verdicts(found)["quality_balance_2017", "all"][1])
    assert {"yz.1.S", "yz.1.2.cv", "yz.1.4.cv", "yz.2.3", "yz.2.4", "yz.2.5", "yz.2.6", "yz.2.9", "yz.2.11", "yz.2.12"} <= failed
    assert {each["verdict"] for each in found["findings"] if each["level"] == "school"} >= {"met", "not_met", "unknown"}
    assert {each["verdict"] for each in found["findings"] if each["item"] == "yz.3.7"} == {"needs_evidence"}


@pytest.mark.parametrize("variant", VARIANTS)
def test_identity_numbers_are_valid_in_form_and_of_no_place(made: Made, variant: str) -> None:
    _, rows = made(variant, 7)
    places = {row["place_code"] for row in rows["places"]}
    for row in (*rows["teachers"], *rows["pupils"]):
        number = row.get("teacher_id") or row["pupil_id"]
        assert re.fullmatch(r"98\d{15}[\dX]", number)
        assert number[:6] not in places
        assert check_digit(number[:17]) == number[17]
        assert int(number[6:10]) == row["birth_year"]
        assert (int(number[16]) % 2 == 1) == (row["sex"] == "male")


def test_check_digits_follow_the_national_rule() -> None:
    assert check_digit("11010519491231002") == "X"  # the example printed in GB 11643


def test_rows_hold_no_column_that_is_not_declared_and_every_required_one(made: Made) -> None:
    _, rows = made("passing", 7)
    for table, found in rows.items():
        declared = TABLES[table].columns
        required = {name for name, column in declared.items() if not column.optional}
        assert found, table
        for row in found:
            assert row.keys() <= declared.keys(), table
            assert all(row[name] is not None for name in required), (table, row)


def test_what_is_declared_for_the_stages_adds_up(made: Made) -> None:
    county, rows = made("passing", 7)
    declared = {school.school_id for school in county.schools if school.split == "declared"}
    assert len(declared) == 3
    for code in declared:
        books = sum(row["declared_books"] for row in rows["school_stages"] if row["school_id"] == code)
        assert books == next(row["books"] for row in rows["assets"] if row["school_id"] == code)
