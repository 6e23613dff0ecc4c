"""What a visit counted, beside what the school's sheets say."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from junheng.register.checks.rules import Breaches, Given, breach, known_sum, rule, said, shown
from junheng.register.codes import USABLE

OF_STAGES = {"pupils": "pupils", "classes": "classes", "teachers": "full_time_teachers", "backbone": "backbone_teachers"}
TOLERATED = 0.005  # of areas and values, which are measured and rounded


def _reported(given: Given) -> Iterator[tuple[str, pl.LazyFrame]]:
    """For each item that was handed in: `school_id` and `reported`, null where it is not known."""
    if "school_stages" in given.tables:
        for item, column in OF_STAGES.items():
            yield item, given["school_stages"].group_by("school_id").agg(reported=known_sum(column).cast(pl.Float64))
    if "sites" in given.tables:
        usable = given["sites"].filter(pl.col("standing").is_in(USABLE) | pl.col("standing").is_null())
        yield "land", usable.group_by("school_id").agg(reported=known_sum("land_m2").cast(pl.Float64))
    if "assets" in given.tables:
        yield "equipment", given["assets"].group_by("school_id").agg(reported=known_sum("equipment_10k_yuan").cast(pl.Float64))


@rule(kind="field_check", zh="实地核查数与上报数一致", tables=("field_checks",), among=("school_stages", "sites", "assets"))
def visit_finds_what_was_reported(given: Given) -> Breaches:
    """What was counted on the spot is what the school's sheets add up to; areas and values may differ by rounding."""
    for item, reported in _reported(given):
        rows = given["field_checks"].filter(pl.col("item") == item).join(reported, on="school_id")
        allowed = pl.col("reported") * TOLERATED if item in ("land", "equipment") else pl.lit(0.0)
        off = (pl.col("counted").cast(pl.Float64) - pl.col("reported")).abs() > allowed
        yield breach(rows.filter(off), "counted", found=said(shown("field_checks", "item"), " 实地 ", pl.col("counted")),
                     wanted=said("与上报 ", pl.col("reported"), " 一致"), do="查明差异原因，改正上报数或核查数")
