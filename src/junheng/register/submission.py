"""What intake hands on: typed rows of all files stacked, with the place each row came from, and every fault found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from junheng.kernel.columns import Column
from junheng.kernel.faults import Fault
from junheng.register.tables import TABLES

NATIONAL_NAME = "national"
ORIGIN: Mapping[str, type[pl.DataType]] = {"origin_file": pl.Int32, "origin_sheet": pl.String, "origin_row": pl.Int32}
HANDED_IN_SCHEMA: Mapping[str, type[pl.DataType]] = {"table": pl.String, "school_id": pl.String}
_TYPES: Mapping[str, pl.DataType] = {"text": pl.String(), "identity": pl.String(), "choice": pl.String(),
                                     "integer": pl.Int64(), "day": pl.Date(), "flag": pl.Boolean()}


@dataclass(frozen=True)
class CodeSystem:
    """How schools and places are coded; patterns are regular expressions for the whole code, empty: any text."""

    name: str
    school: str = ""
    place: str = ""


NATIONAL = CodeSystem(NATIONAL_NAME, school="[0-9]{10}",
                      place="[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}")


@dataclass
class HandedIn:
    """One file as it was handed in. `name` is its path below the folder given, or its own name."""

    path: Path
    name: str
    sha256: str
    holds_identities: bool = False


@dataclass
class Submission:
    """All that was handed in for one school year."""

    year: int
    files: list[HandedIn] = field(default_factory=list)
    frames: dict[str, pl.DataFrame] = field(default_factory=dict)
    # Of which school each sheet speaks; "" where the table knows no schools, or an office speaks of all that there are.
    handed_in: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=HANDED_IN_SCHEMA))
    faults: list[Fault] = field(default_factory=list)
    code_system: CodeSystem = NATIONAL


def dtype(column: Column) -> pl.DataType:
    """The type a column has in a frame."""
    return pl.Decimal(18, column.scale) if column.kind == "decimal" else _TYPES[column.kind]


def schema(table: str) -> dict[str, pl.DataType]:
    """Declared columns and the three of origin."""
    declared = {name: dtype(column) for name, column in TABLES[table].columns.items()}
    return {**declared, **{name: kind() for name, kind in ORIGIN.items()}}
