"""A drawn county for the papers: a primary school, a nine-year school and a good senior school, and their people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from junheng.engines import Duck
from junheng.indicators.forms.papers import FormContext
from junheng.indicators.forms.papers.context import county_context
from junheng.indicators.measure import Result, measure
from junheng.paper.sheets import Cell, Sheet
from junheng.register.census import census_day
from junheng.standards import law_book
from tests.spec.drawn import Drawn, Rows, draw

COUNTY = "990101"
PRIMARY, NINE_YEAR, SENIOR = "2199010001", "3199010002", "3499010003"
ROOM = {"in_use": True, "since": date(2020, 9, 1)}
TABLES: dict[str, Rows] = {
    "schools": [
        {"school_id": PRIMARY, "name": "白石小学", "built_year": 2010},
        {"school_id": NINE_YEAR, "name": "青岗学校", "kind": "nine_year", "split": "by_pupils", "urban_rural": "town_core"},
        {"school_id": SENIOR, "name": "云溪一中", "kind": "senior", "urban_rural": "town_core", "quality_senior": True},
    ],
    "school_stages": [
        {"school_id": PRIMARY, "pupils": 600, "classes": 13, "full_time_teachers": 2, "backbone_teachers": 1,
         "migrant_pupils": 30, "left_behind_pupils": 60, "boarders": 0, "entrants": 100, "graduates": 90},
        {"school_id": NINE_YEAR, "pupils": 300, "classes": 6, "full_time_teachers": 1, "backbone_teachers": 0,
         "migrant_pupils": 12, "left_behind_pupils": 3, "boarders": 20, "entrants": 50, "graduates": 45},
        {"school_id": NINE_YEAR, "stage": "junior", "pupils": 150, "classes": 3, "full_time_teachers": 1,
         "backbone_teachers": 1, "migrant_pupils": 8, "left_behind_pupils": 7, "boarders": 40, "entrants": 50, "graduates": 50},
        {"school_id": SENIOR, "stage": "senior", "pupils": 900, "classes": 18, "full_time_teachers": 70,
         "planned_entrants": 300},
    ],
    "classes": [
        *({"school_id": PRIMARY, "number": number, "pupils": 46} for number in range(1, 14)),
        *({"school_id": NINE_YEAR, "number": number, "pupils": 50} for number in range(1, 7)),
        *({"school_id": NINE_YEAR, "stage": "junior", "grade": 7, "number": number, "pupils": 50} for number in range(1, 4)),
    ],
    "rooms": [
        {"school_id": PRIMARY, "room_id": "M1", "kind": "music", "area_m2": 100, **ROOM},
        {"school_id": PRIMARY, "room_id": "M2", "kind": "music", "area_m2": 95, **ROOM},
        {"school_id": PRIMARY, "room_id": "A1", "kind": "art", "area_m2": 90, **ROOM},
        {"school_id": PRIMARY, "room_id": "A2", "kind": "art", "area_m2": 120, "in_use": False},
        {"school_id": NINE_YEAR, "room_id": "M1", "kind": "music", "area_m2": 96, **ROOM},
        {"school_id": NINE_YEAR, "room_id": "A1", "kind": "art", "area_m2": 90, **ROOM},
    ],
    "teachers": [
        {"school_id": PRIMARY, "teacher_id": "p-ann"},
        {"school_id": PRIMARY, "teacher_id": "p-bob", "main_subject": "music", "on_quota": False, "certificate_stage": "none"},
        {"school_id": PRIMARY, "teacher_id": "p-cam", "full_time": False, "certificate_stage": "none"},
        {"school_id": NINE_YEAR, "teacher_id": "p-dee", "certificate_stage": "junior"},
        {"school_id": NINE_YEAR, "teacher_id": "p-eve", "stage": "junior", "certificate_stage": "primary"},
    ],
    "recognitions": [
        {"school_id": PRIMARY, "teacher_id": "p-ann", "paper": "云教〔2024〕1号"},
        {"school_id": PRIMARY, "teacher_id": "p-ann", "title": "subject_leader", "paper": "云教〔2024〕2号"},
        {"school_id": PRIMARY, "teacher_id": "p-bob", "title": "honour", "paper": "云教〔2024〕3号"},
        {"school_id": PRIMARY, "teacher_id": "p-cam", "paper": "云教〔2024〕4号"},
        {"school_id": NINE_YEAR, "teacher_id": "p-dee", "paper": "云教〔2020〕5号", "until": date(2025, 8, 31)},
        {"school_id": NINE_YEAR, "teacher_id": "p-eve", "paper": "云教〔2024〕6号", "level": "city"},
        {"school_id": NINE_YEAR, "teacher_id": "p-gone", "paper": "云教〔2024〕7号"},
    ],
    "postings": [
        {"school_id": PRIMARY, "teacher_id": "p-ann", "to_school_id": NINE_YEAR},
        {"school_id": PRIMARY, "teacher_id": "p-ann", "to_school_id": SENIOR, "from_day": date(2026, 2, 1)},
        {"school_id": PRIMARY, "teacher_id": "p-bob", "to_school_id": NINE_YEAR},
        {"school_id": NINE_YEAR, "teacher_id": "p-dee", "to_school_id": PRIMARY, "from_day": date(2023, 9, 1),
         "to_day": date(2024, 7, 31)},
        {"school_id": NINE_YEAR, "teacher_id": "p-eve", "to_school_id": PRIMARY, "kind": "secondment"},
    ],
    "training": [
        *({"school_id": PRIMARY, "teacher_id": "p-ann", "training_year": year, "hours": 72} for year in range(2021, 2026)),
        {"school_id": PRIMARY, "teacher_id": "p-bob", "training_year": 2020, "hours": 300},
        {"school_id": PRIMARY, "teacher_id": "p-bob", "training_year": 2025, "hours": 100},
    ],
    "sites": [{"school_id": PRIMARY, "land_m2": 8000}, {"school_id": NINE_YEAR, "land_m2": None}],
    "assets": [{"school_id": PRIMARY}, {"school_id": NINE_YEAR, "equipment_10k_yuan": 120}],
    "money": [
        {"school_id": PRIMARY, "calendar_year": 2024, "budget_yuan": 500_000},
        {"school_id": PRIMARY, "calendar_year": 2024, "item": "training", "budget_yuan": 30_000, "settled_yuan": 20_000},
        {"school_id": NINE_YEAR, "calendar_year": 2024, "budget_yuan": 300_000},
        {"school_id": NINE_YEAR, "calendar_year": 2024, "item": "training", "budget_yuan": 0, "settled_yuan": 0},
    ],
    "field_checks": [
        {"school_id": PRIMARY, "item": "pupils", "counted": 598, "cause": "转学未办", "owner": "周",
         "corrected_on": date(2025, 10, 9)},
        {"school_id": PRIMARY, "item": "land", "counted": 8000},
    ],
    "pupils": [{"school_id": PRIMARY, "pupil_id": f"c-{number}", "status": "suspended" if number == 0 else "attending"}
               for number in range(600)],
    "disabled_children": [
        {"child_id": "d-1", "placed_school_id": PRIMARY},
        {"child_id": "d-2", "placed_school_id": PRIMARY, "disability": "intellectual", "on_police_list": False},
        {"child_id": "d-3", "placement": "none", "disability": "intellectual", "on_enrolment_list": False},
        {"child_id": "d-4", "placement": "postponed", "disability": "mental"},
        {"child_id": "d-5", "birth_year": 2020},
    ],
    "quota_places": [{"school_id": SENIOR, "junior_school_id": NINE_YEAR, "given": 120, "admitted": 100}],
    "county_years": [
        {"calendar_year": 2024, "education_budget_10k_yuan": 52_000},
        {"calendar_year": 2025, "migrant_entitled": 50},
    ],
    "evidence": [
        {"item": "yz.V", "document": "自查报告", "document_no": "云政〔2025〕3号", "day": date(2025, 6, 30)},
        {"item": "jb.gate", "document": "达标报告"},
        {"item": "jb.score", "document": "评分表", "value": 93},
    ],
    "population": [{"birth_year": 2015, "people": 4000}, {"birth_year": 2015, "sex": "male", "people": 4200}],
}


@cache
def county() -> FormContext:
    """The county as drawn."""
    return context_of(draw(**TABLES))


def changed(**tables: Rows) -> FormContext:
    """The county with other rows in some tables."""
    return context_of(draw(**{**TABLES, **tables}))


@cache
def without(*tables: str, silent: tuple[tuple[str, str], ...] = ()) -> FormContext:
    """The county when nobody handed in these tables, and some schools not those of `silent`."""
    kept = {name: [row for row in rows if (name, row.get("school_id")) not in silent] for name, rows in TABLES.items()}
    nobody = [(name, school) for name in tables for school in (PRIMARY, NINE_YEAR, SENIOR)]
    register = draw(not_handed_in=[*silent, *nobody], **kept)
    for name in tables:
        del register.tables[name]
        (register.folder / f"{name}.parquet").unlink()
    return context_of(register)


def context_of(register: Drawn, earlier: Mapping[int, Result] | None = None, overlays: Path | None = None) -> FormContext:
    book = law_book(census_day(register.year), overlays)
    return county_context(register, book, COUNTY, result_of(register, overlays), earlier or {})


def result_of(register: Drawn, overlays: Path | None = None) -> Result:
    book = law_book(census_day(register.year), overlays)
    found, verdicts = measure(register, Duck(register.folder, threads=1), book)
    return [replace(each, snapshot=register.id) for each in found], verdicts


def table(sheet: Sheet) -> list[dict[str, str]]:
    """The rows of a sheet as a reader sees them, by head."""
    return [dict(zip(heads(sheet), (cell.text for cell in row), strict=True)) for row in sheet.rows]


def totals(sheet: Sheet) -> list[dict[str, str]]:
    return [dict(zip(heads(sheet), (cell.text for cell in row), strict=True)) for row in sheet.totals]


def heads(sheet: Sheet) -> list[str]:
    return ["/".join(column.heads) for column in sheet.columns]


def cell(sheet: Sheet, head: str, row: int = 0) -> Cell:
    return sheet.rows[row][heads(sheet).index(head)]


def words(sheets: Sequence[Sheet]) -> str:
    """Everything that a print of the sheets says."""
    said: list[Any] = []
    for sheet in sheets:
        said += [sheet.title, *sheet.facts, *sheet.text, *sheet.notes]
        said += [cell.text for row in (*sheet.rows, *sheet.totals) for cell in row]
    return "\n".join(said)
