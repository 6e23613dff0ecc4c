"""A county of two schools as the intake hands it in, for the tests of what comes after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import polars as pl

from junheng.kernel.codes import Severity
from junheng.kernel.faults import Fault
from junheng.register.submission import CodeSystem, HandedIn, Submission, schema
from junheng.register.tables import SCHOOL_TABLES, TABLES

NORTH, SOUTH = "3799000001", "3799000002"
LI, WANG = "379901198001010010", "37990119850505018X"
YEAR = 2025

Rows = Mapping[str, list[dict[str, Any]]]


def frame(name: str, rows: Iterable[dict[str, Any]], file: int = 0) -> pl.DataFrame:
    """Rows of a table; what a row does not say is missing."""
    origin = {"origin_file": file, "origin_sheet": TABLES[name].zh}
    full = [{"year": YEAR, **origin, "origin_row": number, **row} for number, row in enumerate(rows, 2)]
    return pl.DataFrame(full, schema=schema(name))


def school(code: str, pupils: int, teachers: list[str]) -> Rows:
    """A school's workbook: its stage, its staff, their training."""
    return {"school_stages": [{"school_id": code, "stage": "primary", "pupils": pupils}],
            "teachers": [{"school_id": code, "teacher_id": person, "full_time": True} for person in teachers],
            "training": [{"school_id": code, "teacher_id": person, "training_year": YEAR}
                         for person in teachers]}


def county(*places: str) -> Rows:
    return {"places": [{"place_code": code, "name": code} for code in places]}


def hand_in(folder: Path, workbooks: Mapping[str, Rows], faults: Iterable[Fault] = (), *, year: int = YEAR,
            codes: str = "national") -> Submission:
    """Files on the disk, and what the intake would make of them."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [_file(folder, name, rows) for name, rows in workbooks.items()]
    named = list(dict.fromkeys(name for rows in workbooks.values() for name in rows))
    frames = {name: pl.concat([frame(name, rows[name], file) for file, rows in enumerate(workbooks.values())
                               if name in rows]).with_columns(year=pl.lit(year, pl.Int64)) for name in named}
    return Submission(year, files, frames, handed_in(frames), list(faults), CodeSystem(codes))


def _file(folder: Path, name: str, rows: Rows) -> HandedIn:
    content = f"{name} {dict(rows)}".encode()
    (folder / name).write_bytes(content)
    return HandedIn(folder / name, name, sha256(content).hexdigest(), "teachers" in rows)


def handed_in(frames: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    sheets = {(name, code) for name, rows in frames.items()
              for code in (rows["school_id"] if name in SCHOOL_TABLES else [""])}
    return pl.DataFrame(sorted(sheets), schema={"table": pl.String, "school_id": pl.String}, orient="row")


def whole_county(folder: Path, pupils: int = 300, *, year: int = YEAR) -> Submission:
    return hand_in(folder, {"county.xlsx": county("379901", "379901100"),
                            "north.xlsx": school(NORTH, pupils, [LI]),
                            "south.xlsx": school(SOUTH, 200, [WANG])}, year=year)


def fault(severity: Severity) -> Fault:
    return Fault("north.xlsx", "学段", 2, "pupils", "300", "301", "改正", "class_pupils", severity)


def no_faults(submission: Submission, earlier: object = None) -> list[Fault]:
    return []
