"""Sheets of one table and one layout, read cell by cell and stacked over all files, then made columns at once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from junheng.kernel.codes import Privacy
from junheng.kernel.columns import Column
from junheng.kernel.faults import Fault
from junheng.kernel.tables import Table
from junheng.register.intake.cells import Reader, reader
from junheng.register.intake.readings import BLANK, Reading, Wrong
from junheng.register.intake.sheets import Row
from junheng.register.kinds import Kind, fault
from junheng.register.submission import CodeSystem, HandedIn, dtype, schema

_LONG_NUMBER = re.compile(r"[0-9]{15,}[0-9Xx]?")
_SHORT = 10
MISSING = Wrong(Kind.missing_value, "已填写的值", "补填；确实不掌握的，先查清再交", BLANK)


@dataclass
class Stack:
    """Readings by column of one layout, and for each row its file, its sheet and its number there."""

    table: Table
    positions: Mapping[str, int]
    required: frozenset[str]
    readers: Mapping[str, Reader]
    columns: dict[str, list[Reading]] = field(default_factory=dict)
    files: list[int] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.columns = self.columns or {name: [] for name in self.positions}

    @cached_property
    def personal(self) -> bool:
        """Whether a column holds what tells who a person is."""
        return any(self.table.columns[name].privacy is Privacy.personal for name in self.positions)

    def add(self, file: int, sheet: str, rows: Sequence[Row], numbers: Sequence[int]) -> None:
        """Put the rows of a sheet below those that are there; read at once, while they are in the cache."""
        self.files += [file] * len(rows)
        self.sheets += [sheet] * len(rows)
        self.numbers += numbers
        if rows:
            turned = list(zip(*rows, strict=True))
            for name, place in self.positions.items():
                self.columns[name] += map(self.readers[name].__getitem__, turned[place])

    def without(self, rows: set[int]) -> Stack:
        """The same stack without some rows."""
        kept = [row for row in range(len(self.files)) if row not in rows]
        columns = {name: [readings[row] for row in kept] for name, readings in self.columns.items()}
        return Stack(self.table, self.positions, self.required, self.readers, columns,
                     [self.files[row] for row in kept], [self.sheets[row] for row in kept],
                     [self.numbers[row] for row in kept])


class Typist:
    """Makes frames of stacks; lends them their readers, so that a cell of one table need not be read again in another."""

    def __init__(self, codes: CodeSystem, year: int) -> None:
        self.codes, self.year = codes, year
        self.files: list[HandedIn] = []
        self.faults: list[Fault] = []
        self._readers: dict[Column, Reader] = {}

    def stack(self, table: Table, positions: Mapping[str, int], required: frozenset[str]) -> Stack:
        """An empty stack for sheets of one layout."""
        return Stack(table, positions, required, {name: self._reader(table.columns[name]) for name in positions})

    def frame(self, stack: Stack) -> pl.DataFrame:
        """The typed rows of a stack; what is wrong with them goes to `faults`."""
        made, wrong = _made(stack)
        blank = _blank_rows(stack, made)
        if blank:
            stack = stack.without(blank)
            made, wrong = _made(stack)
        for name, column in made.items():
            self._report(stack, name, column, wrong[name])
        given = pl.DataFrame(list(made.values())).with_columns(
            origin_file=pl.Series(stack.files, dtype=pl.Int32), origin_sheet=pl.Series(stack.sheets, dtype=pl.String),
            origin_row=pl.Series(stack.numbers, dtype=pl.Int32))
        return given.select(self._as_declared(stack.table, name, given) for name in schema(stack.table.name))

    def report(self, file: int, sheet: str, row: int, column: str, spec: Column, wrong: Wrong) -> None:
        """Say what is wrong with a cell, without telling whose it is."""
        self.faults.append(fault(wrong.kind, self.files[file].name, sheet, row, column,
                                 found=f"{spec.zh}：{_told(spec, wrong.found)}", wanted=wrong.wanted, do=wrong.do))

    def _reader(self, column: Column) -> Reader:
        if column not in self._readers:
            self._readers[column] = reader(column, self.codes)
        return self._readers[column]

    def _report(self, stack: Stack, name: str, column: pl.Series, wrong: Mapping[int, Wrong]) -> None:
        found = dict(wrong)
        if name in stack.required and column.null_count() > len(wrong):
            found |= {place: MISSING for place in _nulls(column) if place not in wrong}
        if name == "year":
            found |= {place: self._other_year(column[place]) for place in (column != self.year).arg_true()}
        for place, why in found.items():
            self.report(stack.files[place], stack.sheets[place], stack.numbers[place], name,
                        stack.table.columns[name], why)

    def _other_year(self, year: int) -> Wrong:
        return Wrong(Kind.wrong_year, f"{self.year}（正在导入的学年）", "改正学年，或换到该学年导入", str(year))

    def _as_declared(self, table: Table, name: str, given: pl.DataFrame) -> pl.Expr:
        if name in given.columns:
            return pl.col(name)
        filled = self.year if name == "year" else None
        return pl.lit(filled, dtype=dtype(table.columns[name])).alias(name)


def _made(stack: Stack) -> tuple[dict[str, pl.Series], dict[str, dict[int, Wrong]]]:
    both = {name: stack.readers[name].column_of(name, readings) for name, readings in stack.columns.items()}
    return {name: made for name, (made, _) in both.items()}, {name: wrong for name, (_, wrong) in both.items()}


def _nulls(column: pl.Series) -> list[int]:
    places: list[int] = column.is_null().arg_true().to_list()
    return places


def _blank_rows(stack: Stack, made: Mapping[str, pl.Series]) -> set[int]:
    """Rows without anything in a known column: trailing blanks, notes beside the table."""
    fullest = min(made.values(), key=pl.Series.null_count)
    return {row for row in _nulls(fullest) if all(readings[row] is None for readings in stack.columns.values())}


def _told(spec: Column, found: str) -> str:
    """What was found, masked where it could be an identity number."""
    if found == BLANK:
        return found
    return _masked(found) if spec.privacy is Privacy.personal else _LONG_NUMBER.sub(lambda long: _masked(long[0]), found)


def _masked(text: str) -> str:
    return f"{text[:3]}***{text[-2:]}" if len(text) >= _SHORT else "已隐去"
