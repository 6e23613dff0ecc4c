from __future__ import annotations

import json
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from tiny_county import NORTH, SOUTH, frame, handed_in, whole_county

from junheng.kernel.faults import Exit, JunhengError
from junheng.register.holding.city import City
from junheng.register.holding.snapshots import Snapshot, open_snapshot, snapshot_in_force, write_snapshot
from junheng.register.submission import Submission, schema
from junheng.register.tables import TABLES


@pytest.fixture
def facts(city: City, tmp_path: Path) -> Submission:
    with city.locked():
        city.found()
    return whole_county(tmp_path / "in")


def held(city: City, facts: Submission, reason: str | None = None, run: str = "") -> Snapshot:
    snapshot = write_snapshot(city, facts, snapshot_in_force(city, facts.year), reason, {"host": run})
    city.put_in_force({snapshot.year: snapshot.id})
    return snapshot


def refusal(city: City, year: int | None = None) -> str:
    with pytest.raises(JunhengError) as caught:
        open_snapshot(city.path, year).table("places")
    assert caught.value.code is Exit.storage
    return str(caught.value)


def bytes_of(snapshot: Snapshot) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in snapshot.path.glob("*.parquet")}


def test_a_snapshot_is_named_by_year_version_and_digest(city: City, facts: Submission) -> None:
    assert re.fullmatch("2025-v1-[0-9a-f]{12}", held(city, facts).id)


def test_what_is_read_is_what_was_written(city: City, facts: Submission) -> None:
    held(city, facts)
    read = open_snapshot(city.path, 2025)
    assert read.tables == ("places", "school_stages", "teachers", "training")
    for name in read.tables:
        assert read.table(name).equals(facts.frames[name])
        assert read.table(name).schema == schema(name)
    assert read.handed_in.equals(facts.handed_in)


def test_the_manifest_holds_what_was_agreed(city: City, facts: Submission) -> None:
    manifest = json.loads((held(city, facts, "首次").path / "manifest.json").read_text())
    assert manifest["format"] == 1 and manifest["year"] == 2025 and manifest["version"] == 1
    assert manifest["code_system"] == "national"
    assert manifest["reason"] == "首次" and manifest["previous"] is None
    assert manifest["tables"]["training"]["rows"] == 2
    assert manifest["files"] == [{"name": file.name, "sha256": file.sha256} for file in facts.files]


def test_the_same_facts_have_the_same_bytes_and_digest_whatever_their_story(
        city: City, facts: Submission) -> None:
    first = held(city, facts, run="monday")
    second = write_snapshot(city, facts, None, "a reason", {"host": "tuesday"})
    assert bytes_of(first) == bytes_of(second)
    assert first.id.split("-")[2] == second.id.split("-")[2] and second.version == 2


def test_rows_in_another_order_are_the_same_facts(city: City, facts: Submission) -> None:
    turned = replace(facts, frames={name: rows.reverse() for name, rows in facts.frames.items()},
                     handed_in=facts.handed_in.reverse())
    assert bytes_of(held(city, facts)) == bytes_of(write_snapshot(city, turned, None, None, {}))


@pytest.mark.parametrize("change", [
    {"year": 2024}, {"files": []}, {"handed_in": pl.DataFrame({"table": ["rooms"], "school_id": [NORTH]})}])
def test_other_facts_have_another_digest(city: City, facts: Submission, change: dict[str, object]) -> None:
    other = write_snapshot(city, replace(facts, **change), None, None, {})  # type: ignore[arg-type]
    assert held(city, facts).id.split("-")[2] != other.id.split("-")[2]


def test_one_changed_cell_gives_another_digest(city: City, facts: Submission) -> None:
    rows = facts.frames["school_stages"].with_columns(pupils=pl.col("pupils") + 1)
    changed = replace(facts, frames=facts.frames | {"school_stages": rows})
    other = write_snapshot(city, changed, None, None, {})
    assert held(city, facts).id.split("-")[2] != other.id.split("-")[2]


def test_rows_are_sorted_by_their_key(city: City, facts: Submission) -> None:
    frames = facts.frames | {"school_stages": facts.frames["school_stages"].reverse()}
    snapshot = held(city, replace(facts, frames=frames))
    assert snapshot.table("school_stages")["school_id"].to_list() == [NORTH, SOUTH]


def test_unknown_and_zero_and_no_rows_stay_three_things(city: City, facts: Submission) -> None:
    rooms = [{"school_id": NORTH, "room_id": "1", "area_m2": Decimal("0.00")},
             {"school_id": NORTH, "room_id": "2", "area_m2": None}]
    frames = {"rooms": frame("rooms", rooms), "venues": frame("venues", [])}
    snapshot = held(city, replace(facts, frames=frames, handed_in=handed_in(frames)))
    assert snapshot.table("rooms")["area_m2"].to_list() == [Decimal("0.00"), None]
    assert snapshot.has("venues") and snapshot.table("venues").height == 0
    assert not snapshot.has("classes")


def test_a_float_never_reaches_parquet_and_so_no_nan_does(city: City, facts: Submission) -> None:
    rows = facts.frames["school_stages"].with_columns(pupils=pl.lit(float("nan")))
    with pytest.raises(TypeError, match="pupils"):
        write_snapshot(city, replace(facts, frames={"school_stages": rows}), None, None, {})
    assert list(city.snapshots.iterdir()) == []


def test_no_table_declares_a_float() -> None:
    assert not any(dtype.is_float() for table in TABLES for dtype in schema(table).values())


def test_without_a_year_the_latest_is_opened(city: City, facts: Submission, tmp_path: Path) -> None:
    held(city, facts)
    held(city, whole_county(tmp_path / "old", year=2023))
    assert open_snapshot(city.path).year == 2025
    assert open_snapshot(city.path, 2023).year == 2023


def test_a_year_that_is_not_there_is_refused_with_those_that_are(
        city: City, facts: Submission, tmp_path: Path) -> None:
    held(city, facts)
    held(city, whole_county(tmp_path / "old", year=2023))
    assert "2023、2025" in refusal(city, 2024)


def test_a_city_without_snapshots_says_what_to_run(city: City, facts: Submission, tmp_path: Path) -> None:
    assert "junheng import" in refusal(city)
    assert "junheng import" in refusal(City(tmp_path / "nowhere"))


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", "null", '{"year": 2025}'])
def test_a_damaged_manifest_is_said_in_words(city: City, facts: Submission, text: str) -> None:
    (held(city, facts).path / "manifest.json").write_text(text)
    assert "清单损坏" in refusal(city)


def test_a_manifest_that_does_not_fit_its_digest_is_refused(city: City, facts: Submission) -> None:
    file = held(city, facts).path / "manifest.json"
    file.write_text(file.read_text().replace('"rows": 2', '"rows": 3', 1))
    assert "摘要不符" in refusal(city)


def test_a_table_that_was_changed_is_refused(city: City, facts: Submission) -> None:
    frame("places", [{"place_code": "370000"}]).write_parquet(held(city, facts).file("places"))
    assert "places.parquet" in refusal(city)


@pytest.mark.parametrize("name", ["manifest.json", "places.parquet", ""])
def test_a_lost_file_is_said_in_words(city: City, facts: Submission, name: str) -> None:
    snapshot = held(city, facts)
    (snapshot.path / name).rename(city.path / "away")
    assert name in refusal(city)


def test_an_unchanged_table_is_linked_and_a_changed_one_is_not(city: City, facts: Submission) -> None:
    first = held(city, facts)
    stages = facts.frames["school_stages"].with_columns(pupils=pl.col("pupils") + 1)
    second = held(city, replace(facts, frames=facts.frames | {"school_stages": stages}))
    linked = {name: first.file(name).samefile(second.file(name)) for name in second.tables}
    assert linked == {"places": True, "school_stages": False, "teachers": True, "training": True}


def test_a_disk_without_hard_links_gets_copies(
        city: City, facts: Submission, monkeypatch: pytest.MonkeyPatch) -> None:
    first = held(city, facts)

    def no_links(source: Path, target: Path) -> None:
        raise PermissionError(1, "no links here")

    monkeypatch.setattr("os.link", no_links)
    assert bytes_of(held(city, facts)) == bytes_of(first)


def test_a_snapshot_that_never_came_into_force_keeps_its_number(city: City, facts: Submission) -> None:
    orphan = write_snapshot(city, facts, None, None, {})
    stages = facts.frames["school_stages"].with_columns(pupils=pl.lit(7, pl.Int64))
    second = held(city, replace(facts, frames=facts.frames | {"school_stages": stages}))
    assert (orphan.version, second.version) == (1, 2)
    assert open_snapshot(city.path).id == second.id
