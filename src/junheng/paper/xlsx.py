"""Sheets as an Excel workbook that prints well: fitted to the width, header repeated, pages numbered."""

from __future__ import annotations

import math
import unicodedata
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter

from junheng.paper.sheets import Cell, Head, Role, Sheet, header
from junheng.paper.whole_file import write_whole

FONT = "Microsoft YaHei"
LINE_POINTS = 13.5
PAPERS = {"A3": 8, "A4": 9}
MADE = datetime(2000, 1, 1)  # a fixed day: equal figures give equal bytes
HATCHED = 14  # Excel's thin diagonal stripes

SHADES: dict[Role, dict[str, Any]] = {
    Role.plain: {},
    Role.ok: {"font_color": "#12683F"},
    Role.bad: {"bg_color": "#F9D5D1", "font_color": "#9C1C14", "bold": True},
    Role.unknown: {"pattern": HATCHED, "fg_color": "#B9C1CC", "bg_color": "#EEF0F3", "font_color": "#4A5565"},
    Role.waiting: {"bg_color": "#FFF0D6", "font_color": "#8A5300"},
    Role.quiet: {"font_color": "#66758A"},
}
TITLE = {"font_size": 15, "bold": True, "font_color": "#1D4F91", "valign": "vcenter"}
FACT = {"font_size": 9, "font_color": "#4A5565", "valign": "vcenter"}
NOTE = {"font_size": 9, "font_color": "#4A5565", "valign": "top"}
HEAD = {
    "bold": True,
    "bg_color": "#E8EEF7",
    "font_color": "#1F2A3A",
    "border": 1,
    "border_color": "#AEBBCC",
    "align": "center",
    "valign": "vcenter",
    "text_wrap": True,
}
BODY = {"border": 1, "border_color": "#CBD3DE", "valign": "vcenter"}
TOTAL = {"bold": True, "bg_color": "#F3F5F9", "top": 2}


def write_workbook(path: Path, sheets: list[Sheet]) -> None:
    """Write `sheets` to `path`, whole or not at all; equal sheets give equal bytes.

    Numbers keep all their digits and are rounded by their format only.
    Errors: `JunhengError` when `path` cannot be written.
    """
    write_whole(path, workbook_bytes(sheets))


def workbook_bytes(sheets: list[Sheet]) -> bytes:
    """The workbook's bytes."""
    memory = BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True})
    book.set_properties({"created": MADE})
    styles = _Styles(book)
    for sheet in sheets:
        _Print(book.add_worksheet(sheet.name), sheet, styles).all()
    book.close()
    return memory.getvalue()


class _Styles:
    """The workbook's formats, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def of(self, *parts: dict[str, Any]) -> Any:
        look: dict[str, Any] = {"font_name": FONT, "font_size": 9}
        for part in parts:
            look.update(part)
        key = tuple(sorted(look.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(look)
        return self._made[key]


class _Print:
    """One sheet on its way to paper."""

    def __init__(self, paper: Any, sheet: Sheet, styles: _Styles) -> None:
        self.paper, self.sheet, self.styles = paper, sheet, styles
        self.head_row = 1 + len(sheet.facts)
        self.body_row = self.head_row + sheet.header_rows
        self.end_row = self.body_row + len(sheet.rows) + len(sheet.totals)

    def all(self) -> None:
        self._top()
        self._header()
        self._body()
        self._notes()
        self._set_up()

    def _top(self) -> None:
        self.paper.set_row(0, 26)
        self.paper.write_string(0, 0, self.sheet.title, self.styles.of(TITLE))
        for row, fact in enumerate(self.sheet.facts, start=1):
            self.paper.set_row(row, 15)
            self.paper.write_string(row, 0, fact, self.styles.of(FACT))

    def _header(self) -> None:
        style = self.styles.of(HEAD)
        for head in header(self.sheet):
            top, left = self.head_row + head.row, head.column
            if head.rows * head.columns > 1:
                self.paper.merge_range(top, left, top + head.rows - 1, left + head.columns - 1, "", style)
            self.paper.write_string(top, left, head.text, style)
        for row in range(self.sheet.header_rows):
            self.paper.set_row(self.head_row + row, self._head_height(row))

    def _head_height(self, row: int) -> float:
        """High enough for the heads that end on this row; one that spans rows leaves the rows above their share."""
        heads = [head for head in header(self.sheet) if head.row + head.rows - 1 == row]
        lines = max((math.ceil(self._lines(head) / head.rows) for head in heads), default=1)
        tall = max(
            (self._lines(head) for head in header(self.sheet) if head.row == row and head.rows == 1),
            default=1,
        )
        return LINE_POINTS * max(lines, tall) + 5

    def _lines(self, head: Head) -> int:
        width = sum(column.width for column in self.sheet.columns[head.column : head.column + head.columns])
        return _lines(head.text, width)

    def _body(self) -> None:
        for row, cells in enumerate(self.sheet.rows, start=self.body_row):
            self._row(row, cells, {})
        for row, cells in enumerate(self.sheet.totals, start=self.body_row + len(self.sheet.rows)):
            self._row(row, cells, TOTAL)

    def _row(self, row: int, cells: tuple[Cell, ...], look: dict[str, Any]) -> None:
        pairs = zip(cells, self.sheet.columns, strict=True)
        lines = max(
            (_lines(cell.text, column.width) for cell, column in pairs if isinstance(cell.shown, str)),
            default=1,
        )
        self.paper.set_row(row, LINE_POINTS * lines + 4)  # said outright: not every program fits rows to wrapped text
        for column, cell in enumerate(cells):
            align = {"align": self.sheet.columns[column].align, "text_wrap": isinstance(cell.shown, str)}
            parts = (BODY, look, align, SHADES[cell.role])
            if cell.number is not None:
                self.paper.write_number(row, column, float(cell.number), self.styles.of(*parts, _digits(cell)))
            elif cell.shown:
                self.paper.write_string(row, column, cell.text, self.styles.of(*parts))
            else:
                self.paper.write_blank(row, column, None, self.styles.of(*parts))

    def _notes(self) -> None:
        for row, note in enumerate(self.sheet.notes, start=self.end_row + 1):
            self.paper.write_string(row, 0, note, self.styles.of(NOTE))

    def _set_up(self) -> None:
        paper, sheet = self.paper, self.sheet
        for number, column in enumerate(sheet.columns):
            paper.set_column(number, number, column.width)
        paper.hide_gridlines(2)
        paper.freeze_panes(self.body_row, sheet.fixed)
        if sheet.rows:
            paper.autofilter(self.body_row - 1, 0, self.body_row + len(sheet.rows) - 1, len(sheet.columns) - 1)
        paper.set_landscape()
        paper.set_paper(PAPERS[sheet.paper])
        paper.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        paper.fit_to_pages(1, 0)
        paper.repeat_rows(0, self.body_row - 1)
        paper.print_area(0, 0, self.end_row + len(sheet.notes), len(sheet.columns) - 1)
        paper.set_footer(f"&L&8{_footer(sheet)}&R&8第 &P 页 共 &N 页")


def _digits(cell: Cell) -> dict[str, str]:
    number = "#,##0" + (f".{'0' * cell.places}" if cell.places else "")
    return {"num_format": f'{number}"{cell.mark}"' if cell.mark else number}


def _footer(sheet: Sheet) -> str:
    return (sheet.title if len(sheet.title) < 60 else sheet.name).replace("&", "&&")


def _lines(text: str, width: float) -> int:
    """How many lines `text` takes in a column of this width."""
    return max(1, math.ceil(_eye_width(text) / max(width - 0.6, 1)))


def _eye_width(text: str) -> float:
    """The width in Excel's units, where a Chinese character takes two."""
    return sum(1.72 if unicodedata.east_asian_width(letter) in "WFA" else 0.95 for letter in text)
