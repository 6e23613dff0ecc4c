"""Many small registers as one: every table stacked under a column `case`, and sums that keep the cases apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import product
from pathlib import Path

import polars as pl

from junheng.engines import Duck, Source, Tally, totals
from junheng.indicators.figures import sums_of
from junheng.indicators.registry import INDICATORS, Indicator
from junheng.kernel import columns as col
from junheng.kernel.shapes import Sum
from junheng.kernel.tables import Link
from junheng.register.census import census_day
from junheng.standards import Limit, law_book
from junheng.standards.law import Value

YEAR = 2025
BY = ("school_id", "place_code", "stage")
Told = dict[tuple[str, Sum], dict[tuple[object, ...], Tally]]  # by case and sum


@dataclass(frozen=True)
class Case:
    """A small register of its own, and the sums that it is there for."""

    folder: Path
    sums: Sequence[Sum]

    @property
    def name(self) -> str:
        return self.folder.name


def stack(cases: Sequence[Case], folder: Path) -> None:
    """One file a table in `folder`: the rows of that table in every case, the case's name beside them."""
    for name in sorted({path.name for case in cases for path in case.folder.glob("*.parquet")}):
        frames = [pl.read_parquet(case.folder / name).with_columns(case=pl.lit(case.name))
                  for case in cases if (case.folder / name).is_file()]
        pl.concat(frames).write_parquet(folder / name)


@cache
def stacked(asked: Sum) -> Sum:
    """The sum over a stacked table; what it is linked with is looked up within its own case."""
    links = tuple(Link(each.name, stacked(each.of), ("case", *each.on)) for each in asked.table.links)
    return Sum(replace(asked.table, columns={"case": col.text("案例"), **asked.table.columns}, links=links), asked.column)


def told_stacked(source: Source, sums: Sequence[Sum]) -> Told:
    """What an engine tells of all cases at once."""
    found = totals(source, map(stacked, sums), ("case", *BY))
    told: Told = {}
    for asked in sums:
        for (case, *group), tally in found[stacked(asked)].items():
            told.setdefault((str(case), asked), {})[tuple(group)] = tally
    return told


def told_alone(case: Case) -> Told:
    """What DuckDB tells of one case by itself; a table without rows has nothing to tell."""
    filled = {path.stem for path in case.folder.glob("*.parquet") if pl.read_parquet(path, n_rows=1).height}
    found = totals(Duck(case.folder, threads=1), [each for each in case.sums if each.table.name in filled], BY)
    return {(case.name, asked): dict(groups) for asked, groups in found.items() if groups}


def every_sum() -> list[Sum]:
    """The sums of all indicators, under every value that the law has for them anywhere."""
    shapes = [indicator.formula(**_arguments(indicator), **dict(zip(indicator.asks, values, strict=True)))
              for indicator in INDICATORS.values() for values in product(*map(law_values, indicator.asks.values()))]
    return list({printed(asked): asked for shape in shapes for asked in sums_of(shape)}.values())


def printed(asked: Sum) -> str:
    """A sum as Narwhals prints it: two that print alike ask the same."""
    links = ", ".join(f"{link.name} on {link.on}: {printed(link.of)}" for link in asked.table.links)
    return f"{asked.table.name} {asked.table.keep!r} {asked.column!r} ({links})"


def law_values(limit: Limit) -> list[Value]:
    overlaid = [entry for overlay in law_book(census_day(YEAR)).overlays for entry in overlay.entries.get(limit.name, ())]
    return sorted({entry.value for entry in (*limit.entries, *overlaid)}, key=str)


def _arguments(indicator: Indicator) -> dict[str, object]:
    known: dict[str, object] = {"year": YEAR, "day": date(YEAR, 9, 1)}
    return {name: value for name, value in known.items() if name in indicator.formula.__annotations__}
