"""Sheets as an Excel workbook that prints well: fitted to the width, header repeated, pages numbered."""

from __future__ import annotations

import math
import unicodedata
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter

from junheng.paper.looks import OFFICIAL, SHADES, WORKING, Style, Styles
from junheng.paper.sheets import Cell, Head, Paper, Sheet, fitted, header
from junheng.paper.whole_file import write_whole

LINE_POINTS = 13.5
PAPERS = {"A3": 8, "A4": 9}
MADE = datetime(2000, 1, 1)  # a fixed day: equal figures give equal bytes


def write_workbook(path: Path, sheets: list[Sheet]) -> None:
    """Write `sheets` to `path`, whole or not at all; equal sheets give equal bytes.

    Numbers keep all their digits and are rounded by their format only.
    Errors: `JunhengError` when `path` cannot be written.
    """
    write_whole(path, workbook_bytes(sheets))


def workbook_bytes(sheets: list[Sheet]) -> bytes:
    """The bytes of a workbook to work with."""
    memory = BytesIO()
    book = _book(memory)
    styles = Styles(book)
    for sheet in sheets:
        _Print(book.add_worksheet(sheet.name), sheet, styles).all()
    book.close()
    return memory.getvalue()


def paper_bytes(paper: Paper) -> bytes:
    """The bytes of an official paper as a workbook."""
    memory = BytesIO()
    book = _book(memory)
    styles = Styles(book)
    for sheet in paper.sheets:
        _Official(book.add_worksheet(sheet.name), sheet, styles, paper).all()
    book.close()
    return memory.getvalue()


def _book(memory: BytesIO) -> Any:
    book = xlsxwriter.Workbook(memory, {"in_memory": True})
    book.set_properties({"created": MADE})
    return book


class _Print:
    """One sheet on its way to paper."""

    look = WORKING

    def __init__(self, paper: Any, sheet: Sheet, styles: Styles) -> None:
        self.paper, self.sheet, self.styles = paper, sheet, styles
        self.widths = tuple(column.width for column in sheet.columns)
        self.last_column = max(len(sheet.columns) - 1, 0)
        self.text_row = self._above() + len(sheet.facts)
        self.head_row = self.text_row + len(sheet.text)
        self.body_row = self.head_row + sheet.header_rows
        self.end_row = self.body_row + len(sheet.rows) + len(sheet.totals)

    def _above(self) -> int:
        """Rows above the lines of facts."""
        return 1

    def all(self) -> None:
        self._top()
        self._text()
        self._header()
        self._body()
        self._notes()
        self._set_up()

    def _top(self) -> None:
        self.paper.set_row(0, 26)
        self.paper.write_string(0, 0, self.sheet.title, self.styles.of(self.look.title))
        for row, fact in enumerate(self.sheet.facts, start=1):
            self.paper.set_row(row, 15)
            self.paper.write_string(row, 0, fact, self.styles.of(self.look.fact))

    def _text(self) -> None:
        for row, sentence in enumerate(self.sheet.text, start=self.text_row):
            self._across(row, sentence, self.look.note)

    def _across(self, row: int, sentence: str, style: Style) -> None:
        """A sentence over the table's whole width, as high as it needs."""
        lines = _lines(sentence, sum(self.widths) / (style.get("font_size", 9) / 9))
        self.paper.set_row(row, (LINE_POINTS + 2) * lines + 2)
        made = self.styles.of(style, {"text_wrap": True})
        if self.last_column:
            self.paper.merge_range(row, 0, row, self.last_column, "", made)
        self.paper.write_string(row, 0, sentence, made)

    def _header(self) -> None:
        style = self.styles.of(self.look.head)
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
        return _lines(head.text, sum(self.widths[head.column : head.column + head.columns]))

    def _body(self) -> None:
        for row, cells in enumerate(self.sheet.rows, start=self.body_row):
            self._row(row, cells, {})
        for row, cells in enumerate(self.sheet.totals, start=self.body_row + len(self.sheet.rows)):
            self._row(row, cells, self.look.total)

    def _row(self, row: int, cells: tuple[Cell, ...], look: Style) -> None:
        pairs = zip(cells, self.widths, strict=True)
        lines = max((_lines(cell.text, width) for cell, width in pairs if isinstance(cell.shown, str)), default=1)
        self.paper.set_row(row, LINE_POINTS * lines + 4)  # said outright: not every program fits rows to wrapped text
        for column, cell in enumerate(cells):
            align = {"align": self.sheet.columns[column].align, "text_wrap": isinstance(cell.shown, str)}
            parts = (self.look.body, look, align, SHADES[cell.role])
            if cell.number is not None:
                self.paper.write_number(row, column, float(cell.number), self.styles.of(*parts, _digits(cell)))
            elif cell.shown:
                self.paper.write_string(row, column, cell.text, self.styles.of(*parts))
            else:
                self.paper.write_blank(row, column, None, self.styles.of(*parts))

    def _notes(self) -> None:
        for row, note in enumerate(self.sheet.notes, start=self.end_row + 1):
            self.paper.write_string(row, 0, note, self.styles.of(self.look.note))

    def _set_up(self) -> None:
        paper, sheet = self.paper, self.sheet
        for number, width in enumerate(self.widths):
            paper.set_column(number, number, width)
        paper.hide_gridlines(2)
        paper.freeze_panes(self.body_row, sheet.fixed)
        paper.set_landscape()
        paper.set_paper(PAPERS[sheet.paper])
        paper.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        paper.fit_to_pages(1, 0)
        paper.repeat_rows(self.head_row if sheet.text else 0, self.body_row - 1)
        paper.print_area(0, 0, self._last_row(), self.last_column)
        self._foot()

    def _last_row(self) -> int:
        return self.end_row + len(self.sheet.notes)

    def _foot(self) -> None:
        """A filter over the rows; title and page number at the foot of every page."""
        sheet = self.sheet
        if sheet.rows:
            self.paper.autofilter(self.body_row - 1, 0, self.body_row + len(sheet.rows) - 1, self.last_column)
        self.paper.set_footer(f"&L&8{_footer(sheet)}&R&8第 &P 页 共 &N 页")
        if sheet.marking:
            self.paper.set_header(f"&L&9{sheet.marking}", {"margin": 0.2})


class _Official(_Print):
    """One sheet of an official paper: marking, centred title, unit line, signatures."""

    look = OFFICIAL

    def __init__(self, page: Any, sheet: Sheet, styles: Styles, paper: Paper) -> None:
        self.frame = paper
        super().__init__(page, sheet, styles)
        self.widths = fitted(sheet)

    def _above(self) -> int:
        return 2 if self.frame.marking else 1

    def _top(self) -> None:
        if self.frame.marking:
            self.paper.write_string(0, 0, self.frame.marking, self.styles.of({"font_name": "黑体", "font_size": 12}))
        self._centred(self._above() - 1)
        for row, fact in enumerate(self.sheet.facts, start=self._above()):
            self.paper.set_row(row, 17)
            self.paper.write_string(row, 0, fact, self.styles.of(self.look.fact))
        if self.sheet.unit:
            right = self.styles.of(self.look.fact, {"align": "right"})
            self.paper.write_string(self.text_row - 1, self.last_column, f"单位：{self.sheet.unit}", right)

    def _centred(self, row: int) -> None:
        self.paper.set_row(row, 32)
        title = self.styles.of(self.look.title)
        if self.last_column:
            self.paper.merge_range(row, 0, row, self.last_column, "", title)
        self.paper.write_string(row, 0, self.sheet.title, title)

    def _notes(self) -> None:
        for row, note in enumerate(self.sheet.notes, start=self.end_row):
            self._across(row, note, self.look.note)
        self.paper.set_row(self._last_row(), 30)
        signed = self.styles.of(self.look.fact, {"valign": "bottom"})
        self.paper.write_string(self._last_row(), 0, self.frame.signatures, signed)

    def _last_row(self) -> int:
        return self.end_row + len(self.sheet.notes)

    def _foot(self) -> None:
        self.paper.center_horizontally()
        self.paper.set_footer(f"&L&8{self.frame.caveat}&R&8第 &P 页 共 &N 页")


def _digits(cell: Cell) -> dict[str, str]:
    number = "#,##0" + (f".{'0' * cell.places}" if cell.places else "")
    return {"num_format": f'{number}"{cell.mark}"' if cell.mark else number}


def _footer(sheet: Sheet) -> str:
    return (sheet.title if len(sheet.title) < 60 else sheet.name).replace("&", "&&")


def _lines(text: str, width: float) -> int:
    """How many lines `text` takes in a column of this width."""
    return sum(max(1, math.ceil(_eye_width(line) / max(width - 0.6, 1))) for line in text.split("\n"))


def _eye_width(text: str) -> float:
    """The width in Excel's units, where a Chinese character takes two."""
    return sum(1.72 if unicodedata.east_asian_width(letter) in "WFA" else 0.95 for letter in text)
