"""The city as files, with the first two of its counties: folders and tables, the same bytes, the faults that are listed."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import polars as pl
import pytest

from junheng.kernel.codes import Severity
from junheng.kernel.faults import Fault
from junheng.register.checks import check
from junheng.register.intake import take_in, years_of
from junheng.register.tables import TABLES
from junheng.samples import make_sample, making
from junheng.samples.city import PLAN

COUNTIES = ("990101", "990102")


@pytest.fixture(autouse=True, scope="module")
def two_counties() -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(making, "PLAN", PLAN[:2])
        yield


@pytest.fixture(scope="module")
def city(two_counties: object, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_sample(tmp_path_factory.mktemp("made") / "city", size="city", seed=7)


def digests(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*")) if path.is_file()}


def faults(folder: Path) -> list[Fault]:
    """Of this school year, with the year before at hand."""
    years = years_of([folder], 2025)
    now, before = (take_in(years[year], year=year) for year in (2025, 2024))
    return now.faults + check(now, earlier={name: rows.lazy() for name, rows in before.frames.items()})


def test_a_folder_holds_the_tables_of_a_county_and_year(city: Path) -> None:
    for code in COUNTIES:
        assert {path.stem for path in (city / "2025" / code).iterdir()} == TABLES.keys()
        for year in range(2021, 2025):
            earlier = {path.stem for path in (city / "history" / str(year) / code).iterdir()}
            assert TABLES.keys() - {"pupils", "venues"} <= earlier <= TABLES.keys() - {"pupils"}
    assert [path.name for path in (city / "2025" / "9901").iterdir()] == ["places.parquet"]


def test_no_two_counties_share_a_place_a_school_or_a_person(city: Path) -> None:
    for table, column in (("places", "place_code"), ("schools", "school_id"), ("pupils", "pupil_id"), ("teachers", "teacher_id")):
        one, other = (set(pl.read_parquet(city / "2025" / code / f"{table}.parquet")[column]) for code in COUNTIES)
        assert one and other and one.isdisjoint(other), table


def test_the_same_seed_makes_the_same_bytes_again(city: Path, tmp_path: Path) -> None:
    assert digests(make_sample(tmp_path / "again", size="city", seed=7)) == digests(city)


def test_the_clean_city_has_no_fault_that_needs_a_reason(city: Path) -> None:
    assert [fault.sentence() for fault in faults(city) if fault.severity is not Severity.note] == []


def test_the_faults_of_the_first_county_are_found_where_they_were_planted(tmp_path: Path) -> None:
    folder = make_sample(tmp_path / "city", size="city", seed=7, defects=True)
    found = {(fault.file, fault.sheet, fault.row or None, fault.column or None, fault.kind) for fault in faults(folder)}
    planted = json.loads((folder / "golden.json").read_text("utf-8"))["defects"]
    assert len(planted) > 150
    assert [each for each in planted if tuple(each.values()) not in found] == []
