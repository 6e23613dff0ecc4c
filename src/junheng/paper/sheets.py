"""A sheet as plain data, printed alike by the workbook, the page and the Word document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Literal

from junheng.kernel.exact import rounded

Number = Fraction | Decimal | int


class Role(Enum):
    """What a cell says beside its text; the writers choose the shading."""

    plain = "plain"
    ok = "ok"
    bad = "bad"
    unknown = "unknown"
    waiting = "waiting"
    quiet = "quiet"


@dataclass(frozen=True)
class Cell:
    """A text, or an exact number that is rounded to `places` only where it is printed; `mark` follows it."""

    shown: Number | str | None = None
    role: Role = Role.plain
    places: int = 0
    mark: str = ""

    @property
    def number(self) -> Fraction | None:
        return None if self.shown is None or isinstance(self.shown, str) else Fraction(self.shown)

    @property
    def text(self) -> str:
        """The cell as a reader sees it."""
        if self.shown is None:
            return ""
        printed = self.shown if isinstance(self.shown, str) else f"{rounded(self.shown, self.places):,}"
        return printed + self.mark


@dataclass(frozen=True)
class Column:
    """A column under one or more heads, top first; equal neighbours on a row become one merged cell.

    A page may fold `detail` columns away and then shows the `brief` heads; a workbook prints all in full.
    """

    heads: tuple[str, ...]
    width: float = 8
    align: Literal["left", "center", "right"] = "right"
    detail: bool = False
    brief: tuple[str, ...] = ()


Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Sheet:
    """One table with all a print of it must carry. `fixed` columns stay in sight when the rest scrolls;
    a page keeps the last of them. `text` are the sentences between the lines above and the table;
    `unit` is what the table counts in, as the line to the right above it; `marking` stands above every printed page."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    totals: tuple[Row, ...] = ()
    facts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    fixed: int = 2
    paper: Literal["A3", "A4"] = "A4"
    text: tuple[str, ...] = ()
    unit: str = ""
    marking: str = ""

    @property
    def header_rows(self) -> int:
        return max(len(column.heads) for column in self.columns)

    @property
    def folds(self) -> bool:
        return any(column.detail for column in self.columns)


SIGNED_BY = ("填表人", "审核人", "负责人")


@dataclass(frozen=True)
class Paper:
    """Sheets as one official paper: titles centred, heads repeated, pages numbered, signed below the last.

    `marking` says for whom it is not, such as 内部资料; `caveat` is the sentence that every page carries.
    """

    title: str
    sheets: tuple[Sheet, ...]
    caveat: str
    marking: str = ""
    signed_by: tuple[str, ...] = SIGNED_BY

    @property
    def signatures(self) -> str:
        """The line that is filled in by hand; none where nobody signs."""
        if not self.signed_by:
            return ""
        return "".join(f"{who}：{EM * 8}" for who in self.signed_by) + f"填表日期：{EM * 4}年{EM * 2}月{EM * 2}日"


EM = "\u3000"  # a blank as wide as a Chinese character
ROOM = {"A4": 150.0, "A3": 216.0}  # a page's width in column widths, lying, at 9 points
WIDEST = 2.2  # a table of few columns is not pulled wider than this


def fitted(sheet: Sheet) -> tuple[float, ...]:
    """The widths of the columns when the table takes the page's whole width, or as much of it as looks well."""
    asked = sum(column.width for column in sheet.columns)
    times = min(max(ROOM[sheet.paper] / asked, 1.0), WIDEST) if asked else 1.0
    return tuple(column.width * times for column in sheet.columns)


@dataclass(frozen=True)
class Head:
    """A header cell: its words, its place, the rows and columns it covers, and how many stay when folded."""

    text: str
    brief: str
    row: int
    column: int
    rows: int
    columns: int
    kept: int


def header(sheet: Sheet) -> Iterator[Head]:
    """The merged header cells of a sheet, row by row."""
    for row in range(sheet.header_rows):
        column = 0
        while column < len(sheet.columns):
            covered = _alike(sheet.columns, row, column)
            if row < len(covered[0].heads):
                yield _head(sheet, covered, row, column)
            column += len(covered)


def _alike(columns: tuple[Column, ...], row: int, first: int) -> tuple[Column, ...]:
    """The columns from `first` on that one header cell of this row covers."""
    path = columns[first].heads[: row + 1]
    last = first + 1
    while row + 1 < len(columns[first].heads) and last < len(columns) and columns[last].heads[: row + 1] == path:
        last += 1
    return columns[first:last]


def _head(sheet: Sheet, covered: tuple[Column, ...], row: int, column: int) -> Head:
    heads = covered[0].heads
    rows = sheet.header_rows - row if row + 1 == len(heads) else 1
    kept = [each for each in covered if not each.detail]
    brief = kept[0].brief[row] if kept and kept[0].brief else heads[row]
    return Head(heads[row], brief, row, column, rows, len(covered), len(kept))
