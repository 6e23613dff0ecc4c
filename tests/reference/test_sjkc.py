"""The published list of 1,304 schools, taken in by the shipped mapping."""

from __future__ import annotations

import csv
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest

from junheng.indicators.results import results
from junheng.register.holding import import_all, open_snapshot
from junheng.register.intake import take_in
from junheng.register.intake.mapping import load_mapping
from junheng.register.submission import Submission


@pytest.fixture(scope="module")
def source(reference_data: Path) -> list[dict[str, str]]:
    with open(reference_data / "data" / "schools" / "sjkc.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def submission(reference_data: Path) -> Submission:
    return take_in([reference_data / "data" / "schools" / "sjkc.csv"], year=2025, mapping=load_mapping("sjkc"))


def test_every_school_is_taken_in_without_a_fault(submission: Submission) -> None:
    assert submission.faults == []
    assert submission.frames["schools"].height == submission.frames["schools"]["school_id"].n_unique() == 1304


def test_pupils_and_teachers_are_those_of_the_list_and_blanks_stay_unknown(
        submission: Submission, source: list[dict[str, str]]) -> None:
    taken = {school: (pupils, teachers) for school, pupils, teachers in submission.frames["school_stages"].select(
        "school_id", "pupils", "full_time_teachers").iter_rows()}
    assert taken == {row["KODSEKOLAH"]: (int(row["ENROLMEN"]) if row["ENROLMEN"] else None,
                                         int(row["GURU"]) if row["GURU"] else None) for row in source}
    assert [school for school, (pupils, _) in taken.items() if pupils is None] == ["ABC6086", "BBC8424"]


def test_coordinates_are_rounded_to_six_places_and_a_blank_one_stays_unknown(
        submission: Submission, source: list[dict[str, str]]) -> None:
    six = Decimal("0.000001")
    taken = submission.frames["schools"].select("school_id", "longitude", "latitude").rows()
    assert taken == [(row["KODSEKOLAH"], *(Decimal(row[column]).quantize(six, ROUND_HALF_UP) if row[column] else None
                                           for column in ("KOORDINATXX", "KOORDINATYY"))) for row in source]
    assert submission.frames["schools"].filter(pl.col("longitude").is_null())["school_id"].to_list() == ["BBC8424"]


def test_states_and_districts_are_places_and_every_school_lies_in_one(
        submission: Submission, source: list[dict[str, str]]) -> None:
    places = submission.frames["places"]
    levels = dict(places.group_by("level").len().iter_rows())
    assert levels == {"province": len({row["NEGERI"] for row in source}),
                      "county": len({(row["NEGERI"], row["PPD"]) for row in source})}
    assert set(submission.frames["schools"]["place_code"]) == set(places.filter(pl.col("level") == "county")["place_code"])
    assert set(places["parent_code"].drop_nulls()) == set(places.filter(pl.col("level") == "province")["place_code"])


def test_what_the_list_does_not_say_is_unknown_not_zero(submission: Submission) -> None:
    assert submission.frames["schools"]["run_by"].null_count() == 1304
    assert submission.frames["school_stages"]["classes"].null_count() == 1304
    assert set(submission.handed_in["table"]) == {"schools", "school_stages", "places"}


def test_teachers_per_100_pupils_and_their_spread_are_those_of_every_district(
        reference_data: Path, source: list[dict[str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """134 districts, computed here from the list alone; one blank roll or staff leaves its district unknown."""
    monkeypatch.setenv("JUNHENG_KEY_FILE", str(tmp_path / "key"))
    city = tmp_path / "city"
    import_all({2025: [reference_data / "data" / "schools" / "sjkc.csv"]}, city, load_mapping("sjkc"), "公开名单")
    findings, _ = results(city, open_snapshot(city, 2025))
    found = {(each.item, each.name): each for each in findings if each.level.name == "county"}
    district = {row["KODSEKOLAH"]: (row["NEGERI"], row["PPD"]) for row in source}
    schools: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for row in source:
        if row["ENROLMEN"] != "0":
            schools[district[row["KODSEKOLAH"]]].append((row["GURU"], row["ENROLMEN"]))
    assert len(schools) == 134
    names = [name for _, name in schools]
    assert len(set(names)) == len(names)  # so that a district is known by its name
    for (_, name), rows in schools.items():
        rate, spread = found["st.teachers", name], found["st.teachers.cv", name]
        if any(not teachers or not pupils for teachers, pupils in rows):
            assert (rate.value, spread.value_squared) == (None, None)
            continue
        staff, roll = [int(teachers) for teachers, _ in rows], [int(pupils) for _, pupils in rows]
        mean = Fraction(sum(staff), sum(roll))
        variance = sum(count * (Fraction(each, count) - mean) ** 2 for each, count in zip(staff, roll, strict=True)) / sum(roll)
        assert rate.value == 100 * mean
        assert spread.value_squared == variance / mean**2
