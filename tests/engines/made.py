"""Registers that Hypothesis makes for a sum: rows of what it reads, any cell unknown, leaning to what its conditions name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import polars as pl
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from junheng.kernel.columns import Column
from junheng.kernel.shapes import Sum
from junheng.register.submission import schema
from junheng.register.tables import TABLES
from tests.engines.stacking import Case, printed

WORDS: dict[str, list[Any]] = {"text": ["甲", "乙"], "identity": ["a", "b"], "flag": [True, False]}
CODES = {"school": ["1", "2"], "place": ["990101", "990101001"]}
NEAR = (-1, 0, 0, 1)
FIRST_DAY, LAST_DAY = date(2010, 1, 1), date(2026, 8, 31)
Rows = dict[str, list[dict[str, Any]]]


def made_registers(sums: Sequence[Sum], each: int, folder: Path) -> list[Case]:
    """So many registers for each sum, the same ones in every run, each in a folder of its own."""
    return [Case(register, [asked]) for asked in sums for register in _registers_of(asked, each, folder)]


def _registers_of(asked: Sum, number: int, folder: Path) -> list[Path]:
    made: list[Path] = []
    words = set(re.findall(r"[\w.-]+", printed(asked)))

    @settings(max_examples=number, derandomize=True, database=None, deadline=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))
    @given(st.fixed_dictionaries({name: rows(name, words, few=name != asked.table.name) for name in sorted(asked.table.reads)}))
    def keep(register: Rows) -> None:
        made.append(Path(mkdtemp(dir=folder)))
        for name, found in register.items():
            types = schema(name)
            full = [dict.fromkeys(types) | row for row in found]
            pl.DataFrame(full, schema=types, orient="row").write_parquet(made[-1] / f"{name}.parquet")

    keep()
    return made


def rows(table: str, words: set[str], few: bool) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Few of what is linked, for one unknown row there makes all that it is linked with unknown."""
    cells = {name: cell(column, words) for name, column in TABLES[table].columns.items()}
    return st.lists(st.fixed_dictionaries(cells), min_size=1 if few else 8, max_size=4 if few else 24)


def cell(column: Column, words: set[str]) -> st.SearchStrategy[Any]:
    """Mostly what the conditions name and its neighbours, else anything that may stand there, or nothing."""
    if column.choices:
        names = [choice.name for choice in column.choices]
        likely, any_ = [name for name in names if name in words], st.sampled_from(names)
    elif column.kind in ("integer", "decimal"):
        likely, any_ = numbers(column, words)
    elif column.kind == "day":
        named = [date.fromisoformat(word) for word in words if re.fullmatch(r"\d{4}-\d\d-\d\d", word)]
        likely = sorted(day + timedelta(step) for day in named for step in NEAR)
        any_ = st.dates(FIRST_DAY, LAST_DAY)
    else:
        likely, any_ = [], st.sampled_from(CODES.get(column.code_of) or WORDS[column.kind])
    leaning = st.sampled_from(likely) if likely else any_
    return st.integers(1, 12).flatmap(lambda die: {10: any_, 11: any_, 12: st.none()}.get(die, leaning))


def numbers(column: Column, words: set[str]) -> tuple[list[Any], st.SearchStrategy[Any]]:
    least, most = int(column.least or 0), int(column.most or 10**6)
    named = [Decimal(word) + step for word in words if re.fullmatch(r"\d+(\.\d+)?", word) for step in NEAR]
    if column.kind == "integer":
        return sorted(int(each) for each in named if least <= each <= most and each == int(each)), st.integers(least, most)
    return sorted(each for each in named if least <= each <= most), st.decimals(least, most, places=column.scale)
