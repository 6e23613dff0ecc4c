"""All sums of a table in one scan, written once in Narwhals for every engine.

A condition is asked for as `cast(Int64).sum()`; its unknown rows are `len - count()`, because a null condition is not
counted: measured on DuckDB this costs nothing beside the sums alone, where `is_null().cast().sum()` costs 1.4 times.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

import narwhals as nw

from junheng.kernel.shapes import Sum
from junheng.kernel.tables import Link, Table

Group = tuple[object, ...]
# of columns; all others hold numbers
TYPES: dict[str, Any] = {"text": nw.String, "choice": nw.String, "identity": nw.String, "flag": nw.Boolean, "day": nw.Date}


@dataclass(frozen=True)
class Tally:
    """A sum, the rows that could not be counted, and the rows looked at."""

    value: int | Decimal
    unknown: int
    rows: int


class Tallies(Mapping[Group, Tally]):
    """One sum by group, read off the fetched rows when asked for: 40,000 groups x 12 sums stay 40,000 tuples."""

    def __init__(self, rows: Mapping[Group, Sequence[Any]], first: int, number: int) -> None:
        self._rows, self._counted, self._value = rows, first, first + 1 + 2 * number

    def __getitem__(self, group: Group) -> Tally:
        row = self._rows[group]
        looked_at = int(row[self._counted])
        return Tally(_number(row[self._value]), looked_at - int(row[self._value + 1]), looked_at)

    def __iter__(self) -> Iterator[Group]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


class Source(Protocol):
    """Where tables are: an engine opened on a snapshot."""

    def scan(self, table: str) -> nw.LazyFrame[Any]: ...

    def fetch(self, frame: nw.LazyFrame[Any]) -> list[tuple[Any, ...]]: ...

    def has(self, table: str) -> bool: ...


def totals(source: Source, sums: Iterable[Sum], by: Sequence[str]) -> dict[Sum, Tallies]:
    """Each sum by group. A table is grouped by those of the columns `by` that it has; one that is not there is left out."""
    found: dict[Sum, Tallies] = {}
    for members in _scans(sums).values():
        if all(source.has(name) for name in members[0].table.reads):
            found |= _scan(source, members, by)
    return found


def _scans(sums: Iterable[Sum]) -> dict[object, list[Sum]]:
    scans: dict[object, list[Sum]] = {}
    for asked in dict.fromkeys(sums):
        scans.setdefault((asked.table.name, asked.table.links), []).append(asked)
    return scans


def _scan(source: Source, sums: list[Sum], by: Sequence[str]) -> dict[Sum, Tallies]:
    table = sums[0].table
    keys = [name for name in by if name in table.columns]
    asked = [column for number, each in enumerate(sums) for column in _columns(each, number)]
    frame = linked(source, table).group_by(*keys).agg(nw.len().alias("rows"), *asked)
    fetched = {row[: len(keys)]: row for row in source.fetch(frame)}
    return {each: Tallies(fetched, len(keys), number) for number, each in enumerate(sums)}


def _columns(asked: Sum, number: int) -> tuple[nw.Expr, nw.Expr]:
    """The sum and the count of rows it is known for."""
    keep, column = asked.table.keep, asked.column
    if column is None:
        if keep is None:
            return nw.len().alias(f"sum{number}"), nw.len().alias(f"known{number}")
        return keep.cast(nw.Int64).sum().alias(f"sum{number}"), keep.count().alias(f"known{number}")
    if keep is None:
        return column.sum().alias(f"sum{number}"), column.count().alias(f"known{number}")
    left_out = (~keep).cast(nw.Int64).sum()
    value = nw.when(keep).then(column)
    return value.sum().alias(f"sum{number}"), (value.count() + left_out).alias(f"known{number}")


def linked(source: Source, table: Table) -> nw.LazyFrame[Any]:
    """The rows of a table with its linked columns; a row without linked rows has 0, an unknown linked row makes it null."""
    frame = _whole(source.scan(table.name), table)
    for link in table.links:
        frame = frame.join(_linked_sums(source, link), on=list(link.on), how="left").with_columns(
            nw.when(nw.col("unknown_") > 0).then(None).otherwise(nw.col("sum_").fill_null(0)).alias(link.name)
        ).drop("sum_", "unknown_")
    return frame


def _whole(frame: nw.LazyFrame[Any], table: Table) -> nw.LazyFrame[Any]:
    """With the columns that were declared after the rows were written: nobody said what is in them."""
    held = set(frame.collect_schema().names())
    return frame.with_columns(nw.lit(None).cast(TYPES.get(column.kind, nw.Int64)).alias(name)
                              for name, column in table.columns.items() if name not in held)


def _linked_sums(source: Source, link: Link) -> nw.LazyFrame[Any]:
    total, known = _columns(link.of, 0)
    grouped = linked(source, link.of.table).group_by(*link.on).agg(nw.len().alias("rows_"), total, known)
    return grouped.with_columns((nw.col("rows_") - nw.col("known0")).alias("unknown_")).select(
        *link.on, nw.col("sum0").alias("sum_"), "unknown_")


def columns_used(asked: Sum) -> list[str]:
    """The columns of the table that a sum is made with, key and links included: what a reader needs to check it.

    Narwhals tells the columns of an expression only in the way it prints itself.
    """
    printed = f"{asked.table.keep!r} {asked.column!r}"
    named = [name for name in asked.table.columns if name in asked.table.key or re.search(rf"\bcol\({name}\)", printed)]
    return [*named, *(link.name for link in asked.table.links)]


def rows(source: Source, asked: Sum, group: dict[str, object], shown: Sequence[str]) -> list[dict[str, Any]]:
    """The rows a sum counts in one group, and those it could not decide on (`counted` None), with the columns `shown`.

    A group names a value for a column, or a tuple of values any of which will do.
    """
    keep = nw.lit(True) if asked.table.keep is None else asked.table.keep
    frame = linked(source, asked.table)
    for name, value in group.items():
        frame = frame.filter(nw.col(name).is_in(value) if isinstance(value, tuple) else nw.col(name) == value)
    frame = frame.with_columns(keep.alias("counted"))
    value = nw.lit(1) if asked.column is None else asked.column
    frame = frame.filter(nw.col("counted") | nw.col("counted").is_null())
    fetched = source.fetch(frame.select(*shown, value.alias("amount"), "counted"))
    return [dict(zip((*shown, "amount", "counted"), row, strict=True)) for row in fetched]


def _number(value: object) -> int | Decimal:
    """What an engine returned for a sum: an int, a decimal, or None for a sum over nothing."""
    if value is None:
        return 0
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int):
        return int(value)
    raise TypeError(f"an engine returned an inexact sum: {type(value).__name__}")
