"""Small drawn registers: rows written by hand, everything not named filled with what a sound school would hand in."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import polars as pl

from junheng.engines import Duck
from junheng.indicators.measure import measure
from junheng.kernel.findings import CountyVerdict, Finding
from junheng.register.census import census_day
from junheng.register.submission import schema
from junheng.register.tables import SCHOOL_TABLES, TABLES
from junheng.standards import law_book

YEAR = 2025
HELD = TemporaryDirectory(prefix="junheng-drawn-")
KEEP_IN = os.environ.get("JUNHENG_DRAWN", HELD.name)  # tests/engines/ asks both engines of all that is drawn
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
    "memberships": {"tree": "district", "group_id": "D1", "group_name": "学区", "from_day": date(2020, 9, 1)},
    "population": {"place_code": "990101", "basis": "resident", "sex": "female"},
    "school_events": {"kind": "opened", "event_day": date(2020, 9, 1), "paper": "X〔2020〕1号"},
    "flows": {"stage": "primary", "grade": 1, "sex": "female", "residence": "local", "roll": 0, "entrants": 0, "moved_in": 0,
              "moved_out": 0, "repeating": 0, "suspended": 0, "resumed": 0, "graduated": 0, "dropped_out": 0, "died": 0},
    "zones": {"stage": "primary", "zone": "片", "should_enter": 30, "entered": 30},
    "quota_places": {"junior_school_id": "9", "given": 10, "rural": True},
    "field_checks": {"item": "pupils", "counted": 100, "counted_on": date(2025, 10, 1), "counted_by": "某"},
    "staff_quota": {"posts": 10, "filled": 10},
    "pupils": {"stage": "primary", "grade": 1, "number": 1, "sex": "female", "birth_year": 2019, "birth_month": 1,
               "boarding": False, "migrant": False, "guardian": "parents", "status": "attending"},
    "disabled_children": {"place_code": "990101", "birth_year": 2016, "sex": "male", "disability": "hearing",
                          "on_federation_list": True, "on_enrolment_list": True, "on_police_list": True,
                          "placement": "ordinary_class"},
    "county_years": {"place_code": "990101", "calendar_year": 2024},
    "county_series": {"place_code": "990101", "stage": "primary", "series_year": 2024},
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
    folder = Path(mkdtemp(dir=KEEP_IN))
    for name, frame in frames.items():
        frame.write_parquet(folder / f"{name}.parquet")
    handed_in = pl.DataFrame(pairs, schema=["table", "school_id"], orient="row")
    return Drawn(folder, frames, handed_in, year)


def _frame(name: str, rows: Rows, year: int) -> pl.DataFrame:
    types = schema(name)
    usual = {"origin_file": 0, "origin_sheet": "", "year": year, **USUAL.get(name, {})}
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
