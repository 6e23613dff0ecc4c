"""A year's register in a later year's tree: the same rows under the schools and places of today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from tiny_county import Rows, hand_in, no_faults

from junheng.register.holding.accept import accept_all
from junheng.register.holding.city import City
from junheng.register.holding.snapshots import Snapshot
from junheng.register.lineage import Lineage, Restated, restate
from junheng.register.submission import schema

A, B, C, D = "3799000001", "3799000002", "3799000003", "3799000004"
PLACES = {"379901": None, "379901100": "379901", "379902": None, "379902100": "379902"}
NORTH, SOUTH = "379901100", "379902100"


def school(code: str, place: str, **more: Any) -> dict[str, Any]:
    return {"school_id": code, "name": f"{code}小学", "place_code": place, "kind": "primary", "urban_rural": "village", **more}


def places(*left_out: str) -> list[dict[str, Any]]:
    return [{"place_code": code, "name": code, "level": "township" if parent else "county", "parent_code": parent}
            for code, parent in PLACES.items() if code not in left_out]


THEN: Rows = {
    "places": places(),
    "schools": [school(A, NORTH, kind="teaching_point", managing_school_id=C), school(B, NORTH), school(C, NORTH),
                school(D, SOUTH)],
    "school_stages": [{"school_id": code, "stage": "primary", "pupils": pupils, "entrants": entrants}
                      for code, pupils, entrants in ((A, 10, 1), (B, 20, None), (C, 40, 4), (D, 80, 8))],
    "rooms": [{"school_id": B, "room_id": "1"}, {"school_id": C, "room_id": "1"}],
    "postings": [{"school_id": D, "teacher_id": "379901198001010010", "from_day": date(2023, 9, 1), "to_school_id": B}],
}
NOW: Rows = {
    "places": places("379901100"),
    "schools": [school(C, SOUTH, name="今名", kind="nine_year", urban_rural="town_core")],
    "school_stages": [{"school_id": C, "stage": "primary", "pupils": 100}],
    "school_events": [
        {"school_id": A, "kind": "merged", "event_day": date(2024, 3, 1), "other_school_id": B},
        {"school_id": B, "kind": "merged", "event_day": date(2024, 7, 1), "other_school_id": C},
        {"school_id": C, "kind": "moved", "event_day": date(2024, 8, 1), "place_code": SOUTH, "former_place_code": NORTH},
        {"school_id": D, "kind": "closed", "event_day": date(2024, 8, 1)}],
    "memberships": [{"tree": "district", "group_id": "1", "school_id": C, "from_day": date(2024, 9, 1)}],
}


def taken_in(city: City, folder: Path, year: int, rows: Mapping[str, list[dict[str, Any]]]) -> Snapshot:
    return accept_all([hand_in(folder / str(year), {"a.xlsx": rows}, year=year)], city, check=no_faults)[0].snapshot


@pytest.fixture
def years(city: City, tmp_path: Path) -> tuple[Snapshot, Snapshot]:
    return taken_in(city, tmp_path, 2023, THEN), taken_in(city, tmp_path, 2024, NOW)


@pytest.fixture
def restated(years: tuple[Snapshot, Snapshot], tmp_path: Path) -> Restated:
    return restate(*years, Lineage.of(years), tmp_path / "restated")


def test_each_school_has_one_row_with_its_own_facts_standing_where_it_stands_now(restated: Restated) -> None:
    rows = restated.table("schools").select("school_id", "name", "place_code", "kind", "urban_rural", "year").rows()
    assert rows == [(C, "今名", SOUTH, "primary", "town_core", 2023), (D, f"{D}小学", SOUTH, "primary", "village", 2023)]


def test_stages_are_the_sums_of_what_was_merged_and_unknown_where_one_was(restated: Restated) -> None:
    rows = restated.table("school_stages").select("school_id", "pupils", "entrants", "origin_sheet").rows()
    assert rows == [(C, 70, None, "学段（3 校之和）"), (D, 80, 8, "学段")]


def test_rows_of_detail_stay_one_by_one_under_the_heir_with_their_origins(
        restated: Restated, years: tuple[Snapshot, Snapshot]) -> None:
    rooms = restated.table("rooms")
    assert rooms["school_id"].to_list() == [C, C]
    assert rooms.drop("school_id").equals(years[0].table("rooms").drop("school_id"))


def test_every_column_that_names_a_school_names_the_heir(restated: Restated) -> None:
    assert restated.table("postings")["to_school_id"].to_list() == [C]


def test_a_division_that_has_gone_since_is_kept_below_the_later_ones(restated: Restated) -> None:
    assert restated.table("places")["place_code"].to_list() == list(PLACES)


def test_the_tree_is_that_of_the_later_year(restated: Restated) -> None:
    assert restated.table("memberships")["group_id"].to_list() == ["1"] and restated.table("school_events").height == 4


def test_a_sheet_is_known_for_a_school_when_all_it_carries_on_handed_it_in(restated: Restated) -> None:
    known = set(restated.handed_in.rows())
    assert {("school_stages", C), ("school_stages", D), ("schools", C)} <= known
    assert not known & {("rooms", C), ("rooms", B), ("school_stages", A)}


def test_a_table_without_a_merged_school_is_the_same_file(city: City, years: tuple[Snapshot, Snapshot], tmp_path: Path) -> None:
    alone = {"places": places(), "schools": [school(C, NORTH), school(D, SOUTH)], "school_stages": [],
             "rooms": [{"school_id": D, "room_id": "1"}]}
    before = taken_in(city, tmp_path, 2022, alone)
    found = restate(before, years[1], Lineage.of([before, *years]), tmp_path / "alone")
    assert (found.path / "rooms.parquet").samefile(before.file("rooms"))


def test_it_names_the_facts_the_tree_and_the_lineage_it_was_made_with(
        restated: Restated, years: tuple[Snapshot, Snapshot]) -> None:
    assert restated.id.startswith(f"{years[0].id}@{years[1].id}.") and restated.files == years[0].files
    assert Lineage.of(years).digest != Lineage.of(years[:1]).digest


def test_its_tables_are_typed_as_declared(restated: Restated) -> None:
    for name in restated.tables:
        assert dict(restated.table(name).schema) == schema(name), name


def test_nothing_that_is_counted_is_lost(restated: Restated, years: tuple[Snapshot, Snapshot]) -> None:
    for name in ("school_stages", "rooms", "postings"):
        sums = [rows.select(pl.col(pl.Int64, pl.Decimal).exclude("year", "entrants").sum()) for rows in (
            restated.table(name), years[0].table(name))]
        assert sums[0].equals(sums[1])


def test_the_tree_of_its_own_year_changes_nothing(years: tuple[Snapshot, Snapshot], tmp_path: Path) -> None:
    now = years[1]
    found = restate(now, now, Lineage.of(years), tmp_path / "same")
    for name in now.tables:
        assert found.table(name).equals(now.table(name)), name
    assert found.handed_in.equals(now.handed_in)
