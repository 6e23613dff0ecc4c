"""What differs between two versions, row by row, and what made it so."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_county import LI, NORTH, SOUTH, WANG, county, frame, hand_in, handed_in, no_faults, school, whole_county

from junheng.kernel.faults import Exit, JunhengError
from junheng.register.holding.accept import accept_all
from junheng.register.holding.city import City
from junheng.register.holding.differences import LATER, Difference, TableDifference, compare
from junheng.register.holding.snapshots import Snapshot, snapshot_named, write_snapshot
from junheng.register.submission import HandedIn, Submission
from junheng.register.tables import TABLES


@pytest.fixture
def city(city: City, tmp_path: Path) -> City:
    taken_in(city, whole_county(tmp_path / "first"))
    return city


def taken_in(city: City, given: Submission, reason: str | None = None, withdraw: tuple[str, ...] = ()) -> Snapshot:
    return accept_all([given], city, reason=reason, check=no_faults, withdraw={given.year: withdraw})[0].snapshot


def corrected(city: City, folder: Path, rows: Mapping[str, list[dict[str, Any]]], reason: str) -> Snapshot:
    return taken_in(city, hand_in(folder, {f"{reason}.xlsx": rows}), reason)


def differing(city: City, before: str, after: str, *tables: str) -> Difference:
    return compare(snapshot_named(city.path, before), snapshot_named(city.path, after), tables or None)


def stage(code: str, pupils: int | None, name: str = "primary") -> dict[str, Any]:
    return {"school_id": code, "stage": name, "pupils": pupils}


# One row at a time


def test_a_changed_cell_tells_before_after_where_and_why(city: City, tmp_path: Path) -> None:
    second = corrected(city, tmp_path / "a", {"school_stages": [stage(NORTH, 310)]}, "漏报10人")
    found = differing(city, "2025-v1", "2025-v2")
    assert found.summary() == [{"table": "school_stages", "zh": "学段", "added": 0, "removed": 0, "changed": 1}]
    assert list(found.entries()) == [{
        "table": "school_stages", "change": "changed", "key": {"school_id": NORTH, "stage": "primary"},
        "cells": [{"column": "pupils", "before": "300", "after": "310", "snapshot": second.id}],
        "before": {"file": "north.xlsx", "sheet": "学段", "row": 2},
        "after": {"file": "漏报10人.xlsx", "sheet": "学段", "row": 2}}]
    version, = found.as_json()["versions"]  # type: ignore[misc]
    assert version == {"snapshot": second.id, "previous": second.manifest["previous"], "reason": "漏报10人", "withdrawn": []}


def test_the_same_row_handed_in_again_in_another_file_is_no_difference(city: City, tmp_path: Path) -> None:
    corrected(city, tmp_path / "a", {"school_stages": [stage(NORTH, 310), stage(SOUTH, 200)]}, "更正")
    assert differing(city, "2025-v1", "2025-v2").summary()[0]["changed"] == 1


def test_a_row_that_came_has_no_before_and_one_that_went_no_after(city: City, tmp_path: Path) -> None:
    corrected(city, tmp_path / "a", {"school_stages": [stage(NORTH, 300), stage(NORTH, 5, "junior")]}, "增设初中")
    came, = differing(city, "2025-v1", "2025-v2").entries()
    went, = differing(city, "2025-v2", "2025-v1").entries()
    assert (came["change"], came["before"], went["change"], went["after"]) == ("added", None, "removed", None)
    assert came["after"] == went["before"] == {"file": "增设初中.xlsx", "sheet": "学段", "row": 3}
    assert [(cell["column"], cell["before"], cell["after"]) for cell in came["cells"]] == [("pupils", None, "5")]
    assert [(cell["column"], cell["before"], cell["after"]) for cell in went["cells"]] == [("pupils", "5", None)]


def test_unknown_is_neither_zero_nor_no_change(city: City, tmp_path: Path) -> None:
    corrected(city, tmp_path / "a", {"school_stages": [stage(NORTH, None)]}, "不掌握")
    corrected(city, tmp_path / "b", {"school_stages": [stage(NORTH, 0)]}, "没有")
    values = [(cell["before"], cell["after"]) for pair in (("2025-v1", "2025-v2"), ("2025-v2", "2025-v3"))
              for entry in differing(city, *pair).entries() for cell in entry["cells"]]
    assert values == [("300", None), (None, "0")]


def test_sheets_that_only_one_version_was_handed_are_listed(city: City, tmp_path: Path) -> None:
    empty = hand_in(tmp_path / "a", {"rooms.xlsx": {"rooms": []}})
    empty.handed_in = pl.DataFrame({"table": ["rooms"], "school_id": [NORTH]})
    taken_in(city, empty, "无专用教室")
    found = differing(city, "2025-v1", "2025-v2")
    assert found.sheets.to_dicts() == [{"table": "rooms", "school_id": NORTH, "change": "added"}] and not found.tables


def test_a_withdrawn_school_is_told_with_what_withdrew_it(city: City, tmp_path: Path) -> None:
    second = taken_in(city, Submission(2025), "重复登记", (SOUTH,))
    found = differing(city, "2025-v1", "2025")
    assert {row["table"]: row["removed"] for row in found.summary()} == {"school_stages": 1, "teachers": 1, "training": 1}
    assert {cell["snapshot"] for entry in found.entries() for cell in entry["cells"]} == {second.id}
    assert found.as_json()["versions"][0]["withdrawn"] == [SOUTH]  # type: ignore[index]


def test_a_version_is_no_different_from_itself(city: City) -> None:
    found = differing(city, "2025-v1", "2025")
    assert (found.tables, found.sheets.height, found.versions) == ([], 0, [])


# More than one step, and other years


def test_each_cell_names_the_last_version_that_changed_it(city: City, tmp_path: Path) -> None:
    first = {"school_id": NORTH, "books": 1, "terminals": 1, "beds": 1}
    corrected(city, tmp_path / "a", {"assets": [first]}, "甲")
    third = corrected(city, tmp_path / "b", {"assets": [first | {"books": 2, "beds": 9}]}, "乙")
    corrected(city, tmp_path / "c", {"assets": [first | {"books": 2, "beds": 8}]}, "丙")
    fifth = corrected(city, tmp_path / "d", {"assets": [first | {"books": 2, "terminals": 5}]}, "丁")
    entry, = differing(city, "2025-v2", "2025-v5").entries()
    assert {cell["column"]: cell["snapshot"] for cell in entry["cells"]} == {"books": third.id, "terminals": fifth.id}


def test_looking_back_names_the_same_versions(city: City, tmp_path: Path) -> None:
    corrected(city, tmp_path / "a", {"school_stages": [stage(NORTH, 310)]}, "甲")
    corrected(city, tmp_path / "b", {"school_stages": [stage(SOUTH, 210)]}, "乙")
    ahead = [cell["snapshot"] for entry in differing(city, "2025-v1", "2025-v3").entries() for cell in entry["cells"]]
    back = [cell["snapshot"] for entry in differing(city, "2025-v3", "2025-v1").entries() for cell in entry["cells"]]
    assert ahead == back and [name[:7] for name in ahead] == ["2025-v2", "2025-v3"]


def test_two_years_are_compared_by_the_key_without_the_year(city: City, tmp_path: Path) -> None:
    taken_in(city, whole_county(tmp_path / "old", 280, year=2024))
    found = differing(city, "2024", "2025")
    assert [(entry["key"]["school_id"], entry["cells"]) for entry in found.entries()] == [
        (NORTH, [{"column": "pupils", "before": "280", "after": "300", "snapshot": None}])]
    assert found.versions == []


def test_a_version_lost_on_the_way_leaves_the_difference_without_its_story(city: City, tmp_path: Path) -> None:
    second = corrected(city, tmp_path / "a", {"school_stages": [stage(NORTH, 310)]}, "甲")
    corrected(city, tmp_path / "b", {"school_stages": [stage(NORTH, 320)]}, "乙")
    second.path.rename(tmp_path / "away")
    entry, = differing(city, "2025-v1", "2025-v3").entries()
    assert entry["cells"] == [{"column": "pupils", "before": "300", "after": "320", "snapshot": None}]


def test_a_column_declared_since_is_unknown_in_the_older_version(city: City, tmp_path: Path) -> None:
    first = snapshot_named(city.path, "2025-v1")
    older = first.table("school_stages").drop("planned_entrants")
    facts = Submission(2025, [], {"school_stages": older}, first.handed_in)
    with pytest.raises(pl.exceptions.ColumnNotFoundError):
        write_snapshot(city, facts, None, None, {})  # this release writes all that is declared
    older.write_parquet(first.file("school_stages"))
    assert first.table("school_stages")["planned_entrants"].null_count() == 2


# What is shown


def test_personal_cells_are_masked_but_told_apart_as_changed(city: City, tmp_path: Path) -> None:
    child = {"school_id": NORTH, "pupil_id": LI, "disability": "hearing", "birth_year": 2015, "boarding": True}
    corrected(city, tmp_path / "a", {"pupils": [child]}, "甲")
    corrected(city, tmp_path / "b", {"pupils": [child | {"disability": None, "birth_year": 2016, "boarding": False}]}, "乙")
    found = differing(city, "2025-v2", "2025-v3", "学生")
    entry, = found.entries()
    assert {cell["column"]: (cell["before"], cell["after"]) for cell in entry["cells"]} == {
        "disability": ("已隐去", None), "birth_year": ("已隐去", "已隐去"), "boarding": ("true", "false")}
    pseudonym = found.tables[0].rows["pupil_id"][0]
    assert pseudonym not in json.dumps(found.as_json()) and entry["key"]["pupil_id"] == f"{pseudonym[:3]}***{pseudonym[-2:]}"


def test_words_are_those_that_people_read(city: City, tmp_path: Path) -> None:
    corrected(city, tmp_path / "a", {"rooms": [{"school_id": NORTH, "room_id": "1", "kind": "music", "in_use": True}]}, "甲")
    corrected(city, tmp_path / "b", {"rooms": [{"school_id": NORTH, "room_id": "1", "kind": "art", "in_use": False}]}, "乙")
    entry, = differing(city, "2025-v2", "2025-v3").entries(words=True)
    assert [(cell["before"], cell["after"]) for cell in entry["cells"]] == [("音乐教室", "美术教室"), ("是", "否")]


def test_rows_stand_in_the_order_of_their_key_and_no_more_than_asked(city: City, tmp_path: Path) -> None:
    places = [f"3799012{number:02d}" for number in range(30, 10, -1)]
    corrected(city, tmp_path / "a", county(*places), "新增乡镇")
    found = differing(city, "2025-v1", "2025-v2")
    assert [entry["key"]["place_code"] for entry in found.entries(limit=3)] == sorted(places)[:3]
    assert found.summary()[0]["added"] == 20


def test_only_the_tables_asked_for_are_compared(city: City, tmp_path: Path) -> None:
    corrected(city, tmp_path / "a", school(NORTH, 310, [LI, WANG]), "甲")
    assert [row["table"] for row in differing(city, "2025-v1", "2025-v2").summary()] == ["school_stages", "teachers", "training"]
    assert [row["table"] for row in differing(city, "2025-v1", "2025-v2", "培训").summary()] == ["training"]
    with pytest.raises(JunhengError, match="没有表“食堂”；应为 区划、"):
        differing(city, "2025-v1", "2025-v2", "食堂")


# Names of snapshots


def test_a_snapshot_is_named_by_year_by_version_or_in_full(city: City, tmp_path: Path) -> None:
    second = corrected(city, tmp_path / "a", {"school_stages": [stage(NORTH, 310)]}, "甲")
    assert [snapshot_named(city.path, name).version for name in ("2025-v1", "2025-v2", "2025", second.id)] == [1, 2, 2, 2]


@pytest.mark.parametrize("name", ["2025-v9", "2024-v1", "2025-v1-000000000000"])
def test_a_snapshot_that_is_not_there_is_refused_with_those_that_are(city: City, tmp_path: Path, name: str) -> None:
    corrected(city, tmp_path / "a", {"school_stages": [stage(NORTH, 310)]}, "甲")
    with pytest.raises(JunhengError, match="2025-v1、2025-v2（在用）") as caught:
        snapshot_named(city.path, name)
    assert caught.value.code is Exit.storage


@pytest.mark.parametrize("name", ["v1", "2025v1", "", "../2025-v1", "2025-v1-xyz"])
def test_what_is_no_name_of_a_snapshot_is_refused(city: City, name: str) -> None:
    with pytest.raises(JunhengError, match="不是快照的名称") as caught:
        snapshot_named(city.path, name)
    assert caught.value.code is Exit.usage


# Any two versions

CODES = st.sampled_from([NORTH, SOUTH, "3799000003"])
MAYBE = st.none() | st.integers(0, 3)
TABLE_ROWS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "school_stages": st.builds(stage, CODES, MAYBE, st.sampled_from(["primary", "junior"])),
    "assets": st.fixed_dictionaries({"school_id": CODES, "books": MAYBE,
                                     "equipment_10k_yuan": st.none() | st.integers(0, 3).map(lambda n: Decimal(n) / 4)}),
    "school_events": st.fixed_dictionaries({
        "school_id": CODES, "kind": st.sampled_from(["moved", "closed"]), "paper": st.none() | st.sampled_from(["甲", "乙"]),
        "event_day": st.integers(1, 2).map(lambda day: date(2025, 9, day))}),
    "places": st.fixed_dictionaries({"place_code": st.sampled_from(["379901", "379902"]), "name": st.none() | st.just("县")}),
}


def _one_a_key(name: str) -> Any:
    return lambda row: tuple(row[column] for column in TABLES[name].key if column != "year")


REGISTERS = st.fixed_dictionaries({}, optional={
    name: st.lists(rows, max_size=5, unique_by=_one_a_key(name)) for name, rows in TABLE_ROWS.items()})


def facts(name: str, rows: pl.DataFrame) -> Counter[tuple[object, ...]]:
    return Counter(rows.select(column for column in TABLES[name].columns if column != "year").iter_rows())


def applied(found: TableDifference | None, name: str, rows: pl.DataFrame) -> Counter[tuple[object, ...]]:
    """The rows without those that went or changed, with those that came or became."""
    if found is None:
        return facts(name, rows)
    went, came = (found.rows.filter(pl.col("change") != other) for other in ("added", "removed"))
    later = came.select(pl.col(column if column in found.key else column + LATER).alias(column)
                        for column in TABLES[name].columns if column != "year")
    return facts(name, rows) - facts(name, went) + Counter(later.iter_rows())


@settings(max_examples=40, deadline=None)
@given(REGISTERS, REGISTERS)
def test_the_difference_applied_to_the_first_gives_the_second(
        first: dict[str, list[dict[str, Any]]], second: dict[str, list[dict[str, Any]]]) -> None:
    with TemporaryDirectory() as folder:
        city = City(Path(folder))
        before, after = (_written(city, rows) for rows in (first, second))
        found = {each.table: each for each in compare(before, after).tables}
        for name in TABLE_ROWS:
            old, new = (each.table(name) if each.has(name) else frame(name, []) for each in (before, after))
            assert applied(found.get(name), name, old) == facts(name, new)
        assert compare(after, before).summary() == [
            row | {"added": row["removed"], "removed": row["added"]} for row in compare(before, after).summary()]


def _written(city: City, rows: dict[str, list[dict[str, Any]]]) -> Snapshot:
    frames = {name: frame(name, of_table) for name, of_table in rows.items()}
    return write_snapshot(city, Submission(2025, [HandedIn(Path(), "a.xlsx", "")], frames, handed_in(frames)), None, None, {})
