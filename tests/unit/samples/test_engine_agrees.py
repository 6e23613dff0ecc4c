"""The engine and the referee, which share no code, say the same of every figure of every sample county."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from junheng.engines import Duck
from junheng.indicators.measure import measure
from junheng.register.submission import dtype
from junheng.register.tables import TABLES
from junheng.samples.county import YEAR, Rows
from junheng.samples.golden import golden
from junheng.samples.making import made_up, sheets_left_out
from junheng.samples.variants import VARIANTS
from junheng.standards import LawBook

KEY = ("standard", "item", "level", "group", "stage", "year")
SAID = ("part", "whole", "value", "value_squared", "verdict")
Absent = set[tuple[str, str]]


@dataclass(frozen=True)
class Held:
    """Rows as a register that can be measured."""

    folder: Path
    handed_in: pl.DataFrame
    id: str = "sample"
    year: int = YEAR

    def has(self, table: str) -> bool:
        return table in TABLES

    def table(self, name: str) -> pl.DataFrame:
        return pl.read_parquet(self.folder / f"{name}.parquet")


def hold(rows: Rows, absent: Absent, folder: Path) -> Held:
    sheets = []
    for table, found in rows.items():
        types = {name: dtype(column) for name, column in TABLES[table].columns.items()}
        given = [{name: row.get(name) for name in types} for row in found if (table, row.get("school_id")) not in absent]
        pl.DataFrame(given, schema=types).write_parquet(folder / f"{table}.parquet")
        owners = [row["school_id"] for row in rows["schools"]] if "school_id" in types else [""]
        sheets += [(table, owner) for owner in owners if (table, owner) not in absent]
    return Held(folder, pl.DataFrame(sheets, schema=["table", "school_id"], orient="row"))


def by_key(findings: list[dict[str, Any]]) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    return {tuple(each[name] for name in KEY): tuple(each[name] for name in SAID) for each in findings}


@pytest.mark.parametrize(("seed", "variant"), [*((7, variant) for variant in VARIANTS), (8, "narrow"), (9, "failing")])
def test_every_figure_and_verdict_equals_the_golden_answer(variant: str, seed: int, tmp_path: Path) -> None:
    county, rows = made_up(VARIANTS[variant], seed)
    absent = sheets_left_out(county, VARIANTS[variant])
    findings, verdicts = measure(hold(rows, absent, tmp_path), Duck(tmp_path), LawBook(date(YEAR, 9, 1)))
    wanted = golden(rows, YEAR, absent)
    measured, expected = by_key([each.as_json() for each in findings]), by_key(wanted["findings"])
    assert measured.keys() == expected.keys()
    assert {key: (measured[key], said) for key, said in expected.items() if measured[key] != said} == {}
    assert ({(each.standard, each.county, each.stage): (each.verdict.name, list(each.failed)) for each in verdicts}
            == {(each["standard"], each["county"], each["stage"]): (each["verdict"], each["failed"])
                for each in wanted["verdicts"]})


def test_the_verdict_of_the_narrow_county_depends_on_the_split(tmp_path: Path) -> None:
    _, rows = made_up(VARIANTS["narrow"], 7)
    _, verdicts = measure(hold(rows, set(), tmp_path), Duck(tmp_path), LawBook(date(YEAR, 9, 1)), ["quality_balance_2017"])
    junior = next(each for each in verdicts if each.stage == "junior")
    assert junior.splits == {"by_pupils": "not_met", "declared": "not_met", "weighted": "met"}


def test_the_passing_county_passes_under_every_split(tmp_path: Path) -> None:
    _, rows = made_up(VARIANTS["passing"], 8)
    _, verdicts = measure(hold(rows, set(), tmp_path), Duck(tmp_path), LawBook(date(YEAR, 9, 1)))
    assert {verdict for each in verdicts for verdict in each.splits.values()} == {"met"}
