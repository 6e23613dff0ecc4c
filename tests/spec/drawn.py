"""Small drawn registers: rows written by hand, everything not named filled with what a sound school would hand in."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from junheng.engines import Duck
from junheng.indicators.measure import census_day, measure
from junheng.kernel.findings import CountyVerdict, Finding
from junheng.register.submission import schema
from junheng.register.tables import SCHOOL_TABLES, TABLES
from junheng.standards import law_book

YEAR = 2025
Rows = Sequence[Mapping[str, object]]

USUAL: dict[str, dict[str, object]] = {
    "places": {"level": "county", "parent_code": None},
    "schools": {"kind": "primary", "run_by": "county", "place_code": "990101001", "urban_rural": "village"},
    "school_stages": {"stage": "primary", "pupils": 100, "classes": 3, "full_time_teachers": 6},
    "sites": {"standing": "own", "form_version": "since_2021", "sports_ground_m2": 1000, "floor_area_m2": 2000,
              "classroom_m2": 400, "special_room_m2": 100, "library_m2": 50, "indoor_sport_m2": 0, "counselling_m2": 10,
              "other_teaching_m2": 10},
    "rooms": {"kind": "network", "area_m2": 60, "in_use": True},
    "assets": {"equipment_10k_yuan": 30, "books": 3000, "terminals": 20},
    "classes": {"stage": "primary", "grade": 1, "kind": "ordinary", "pupils": 33},
    "teachers": {"stage": "primary", "full_time": True, "on_quota": True, "post_kind": "teaching", "state": "serving",
                 "main_subject": "chinese", "degree": "bachelor", "title": "middle", "certificate_stage": "primary",
                 "at_school_since": date(2015, 9, 1), "birth_year": 1985, "sex": "female"},
    "recognitions": {"title": "backbone", "level": "county", "paper": "X〔2024〕1号", "since": date(2024, 1, 1)},
    "postings": {"kind": "rotation", "to_school_id": "9", "from_day": date(2025, 9, 1)},
    "training": {"training_year": 2025, "hours": 360},
    "venues": {"name": "馆", "area_m2": 500, "minutes_on_foot": 5, "contract_since": date(2024, 1, 1)},
    "money": {"item": "operating_funds", "calendar_year": 2025, "pupils_funded": 100},
    "evidence": {"place_code": "990101", "document": "材料", "result": "met"},
}
PLACES = (
    {"place_code": "9901", "name": "某市", "level": "city"},
    {"place_code": "990101", "name": "某县", "level": "county", "parent_code": "9901"},
    {"place_code": "990101001", "name": "某镇", "level": "township", "parent_code": "990101"},
)


@dataclass
class Drawn:
    """A register drawn for one test."""

    folder: Path
    tables: dict[str, pl.DataFrame]
    handed_in: pl.DataFrame
    year: int = YEAR
    id: str = "drawn"
    files: tuple[dict[str, str], ...] = ({"name": "drawn.xlsx", "sha256": ""},)

    def has(self, table: str) -> bool:
        return table in self.tables

    def table(self, name: str) -> pl.DataFrame:
        return self.tables[name]


def draw(*, not_handed_in: Sequence[tuple[str, str]] = (), year: int = YEAR, **tables: Rows) -> Drawn:
    """A register of these rows; a table not named is handed in without rows, save those in `not_handed_in`."""
    given: dict[str, Rows] = {"places": PLACES, **tables}
    frames = {name: _frame(name, given.get(name, ()), year) for name in TABLES}
    schools = [str(row["school_id"]) for row in given.get("schools", ())]
    pairs = [(name, school) for name in SCHOOL_TABLES for school in schools if (name, school) not in not_handed_in]
    folder = Path(tempfile.mkdtemp())
    for name, frame in frames.items():
        frame.write_parquet(folder / f"{name}.parquet")
    handed_in = pl.DataFrame(pairs, schema=["table", "school_id"], orient="row")
    return Drawn(folder, frames, handed_in, year)


def _frame(name: str, rows: Rows, year: int) -> pl.DataFrame:
    types = schema(name)
    usual = {"origin_file": 0, "origin_sheet": "", "year": year, **USUAL[name]}
    full = [dict.fromkeys(types) | usual | {"origin_row": number + 1, "name": "某校"} | dict(row)
            for number, row in enumerate(rows)]
    kept = [{column: row[column] for column in types} for row in full]
    return pl.DataFrame(kept, schema=types, orient="row")


def measured(register: Drawn, standard: str, *, overlays: Path | None = None) -> tuple[list[Finding], list[CountyVerdict]]:
    """Findings and verdicts of a drawn register."""
    book = law_book(census_day(register.year), overlays)
    return measure(register, Duck(register.folder, threads=1), book, [standard])


def one(findings: Sequence[Finding], item: str, group: str, stage: str = "primary") -> Finding:
    """The one finding of an item and group."""
    found = [each for each in findings if (each.item, each.group, each.stage) == (item, group, stage)]
    assert len(found) == 1, f"{len(found)} findings of {item} {group} {stage}"
    return found[0]
