"""A register repeated under new codes, for benchmarks of a province and of the nation."""

from __future__ import annotations

import polars as pl

from junheng.register.tables import TABLES

FIRST_DIGITS = 2  # of a code: a place's province, a school's kind


def repeated(table: str, rows: pl.DataFrame, copy: int) -> pl.DataFrame:
    """`rows` of `table` as those of another city: copy 1 to 98 gives every place, school, group and person another code.

    A place of 99.. comes to lie in province `copy`; a school keeps its kind, and its next two digits become `copy`.
    Identity numbers and pseudonyms get the copy before them and are no longer valid in form. Copy 0 changes nothing.
    """
    recoded = {name: made for name in rows.columns if (made := _recoded(table, name, copy)) is not None}
    return rows.with_columns(**recoded) if copy else rows


def _recoded(table: str, name: str, copy: int) -> pl.Expr | None:
    column = TABLES[table].columns.get(name)
    code, digits = pl.col(name), pl.lit(f"{copy:02d}")
    if column is None:  # where a row came from
        return None
    if column.code_of == "place":
        return digits + code.str.slice(FIRST_DIGITS)
    if column.code_of == "school":
        return code.str.head(FIRST_DIGITS) + digits + code.str.slice(2 * FIRST_DIGITS)
    return digits + code if column.kind == "identity" or name == "group_id" else None
