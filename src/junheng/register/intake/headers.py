"""Which table a sheet is, which row is its header, and which column of the table each of its columns is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from junheng.kernel.codes import plain
from junheng.kernel.tables import Table
from junheng.register.intake.sheets import Cell, Sheet
from junheng.register.tables import TABLES

HEADER_ROWS = 3  # a header stands in one of the first three rows
FILLED_IN = ("year", "school_id")  # may be absent where they can be known

_NOT_TABLES = frozenset(map(plain, (
    "代码", "说明", "填写说明", "填报说明", "填表说明", "使用说明", "数据字典", "codes", "guide", "notes", "readme")))
_NUMBERING = re.compile(r"^[0-9]{1,2}[.、_-]?|(情况)?表$")
_IN_BRACKETS = re.compile(r"[(\[{【]([^()\[\]{}【】]*)[)\]}】]")
_MARKS = "*:"
_LONGEST_HEADER = 30


@dataclass(frozen=True, eq=False)
class Layout:
    """What the columns of a sheet hold, by position from 0. One header has one layout, in however many files."""

    table: Table
    positions: Mapping[str, int]
    unknown: tuple[tuple[int, str], ...]
    repeated: tuple[tuple[str, str, str], ...]  # column, its header, the header that says the same
    filled: int

    @property
    def complete(self) -> bool:
        """Every filled header cell is known."""
        return len(self.positions) + len(self.repeated) == self.filled

    @property
    def matches(self) -> bool:
        """Two known columns are enough, or half of those that are filled."""
        return bool(self.positions) and (len(self.positions) >= 2 or 2 * len(self.positions) >= self.filled)

    @cached_property
    def missing(self) -> list[str]:
        """Required columns that are not there, whether or not they can be filled in."""
        return [name for name, column in self.table.columns.items()
                if not column.optional and name not in self.positions]

    @cached_property
    def required(self) -> frozenset[str]:
        """Columns that are there and must be filled; a school's code may be known from its file."""
        return frozenset(name for name in self.positions
                         if name != "school_id" and not self.table.columns[name].optional)


def is_table(title: str) -> bool:
    """Whether a sheet of this title is worth reading."""
    return plain(title) not in _NOT_TABLES


def table_named(title: str) -> Table | None:
    """The table of a sheet's title or a file's name: 教师, 3.教师表, teachers."""
    word = plain(title)
    return _names().get(word) or _names().get(_NUMBERING.sub("", word))


class Headers:
    """Finds the header of a sheet; the same header is looked at once, however many files have it."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, tuple[Cell, ...]], Layout | None] = {}

    def find(self, sheet: Sheet, named: Table | None) -> tuple[int, Layout] | None:
        """The header's place among the rows, and its layout; None where no row looks like one."""
        best: tuple[int, Layout] | None = None
        for number, row in enumerate(sheet.rows[:HEADER_ROWS]):
            layout = self._layout(named, tuple(row))
            if layout and (best is None or len(layout.positions) > len(best[1].positions)):
                best = number, layout
                if layout.complete and len(layout.positions) > 1:  # a title alone may be a column's name
                    break
        return best

    def _layout(self, named: Table | None, row: tuple[Cell, ...]) -> Layout | None:
        if _is_title(row):
            return None
        key = named.name if named else "", row
        if key not in self._seen:
            tables = [named] if named else list(TABLES.values())
            layouts = [layout for table in tables if (layout := layout_of(table, row)).matches]
            self._seen[key] = max(layouts, key=lambda found: (len(found.positions), -len(found.missing)), default=None)
        return self._seen[key]


def layout_of(table: Table, row: Sequence[Cell]) -> Layout:
    """What the cells of `row` mean if it is the header of `table`."""
    words = _headers(table.name)
    cells = [(position, cell.strip()) for position, cell in enumerate(row) if isinstance(cell, str) and cell.strip()]
    positions: dict[str, int] = {}
    unknown, repeated = [], []
    for position, header in cells:
        name = next((words[word] for word in _spellings(header) if word in words), None)
        if name is None:
            unknown.append((position, header))
        elif name in positions:
            repeated.append((name, header, str(row[positions[name]]).strip()))
        else:
            positions[name] = position
    return Layout(table, positions, tuple(unknown), tuple(repeated), len(cells))


def _is_title(row: Sequence[Cell]) -> bool:
    """One long cell and nothing else: each school's own, so not worth remembering."""
    filled = [cell for cell in row if cell]
    return len(filled) == 1 and isinstance(filled[0], str) and len(filled[0]) > _LONGEST_HEADER


def _spellings(header: str) -> list[str]:
    """A header as it may be declared: whole, without what is in brackets, or only that."""
    word = plain(header).strip(_MARKS)
    outside = _IN_BRACKETS.sub("", word).strip(_MARKS)
    return [word, outside, *_IN_BRACKETS.findall(word)]


@cache
def _names() -> dict[str, Table]:
    return {plain(name): table for table in TABLES.values() for name in (table.name, table.zh)}


@cache
def _headers(table: str) -> dict[str, str]:
    """Every accepted header of a table -> column; a column's own name goes before another's alias."""
    columns = TABLES[table].columns.items()
    aliases = {plain(alias): name for name, column in columns for alias in column.aliases}
    return aliases | {plain(word): name for name, column in columns for word in (column.zh, name)}
