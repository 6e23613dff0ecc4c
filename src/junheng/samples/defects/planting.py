"""Plants faults in the workbooks, each in a school of its own, so that none hides another."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from junheng.register.tables import TABLES
from junheng.register.template import FIRST_ROW
from junheng.samples.county import Row
from junheng.samples.defects import files, pairs, pupils
from junheng.samples.defects.cells import CELLS
from junheng.samples.defects.lists import add_rows
from junheng.samples.defects.offices import COUNTY_CELLS, change_office_rows
from junheng.samples.defects.schools import SCHOOL_CELLS
from junheng.samples.workbooks import COUNTY_FILE, Workbook

Fits = Callable[[Workbook], bool]


@dataclass(frozen=True)
class Defect:
    """What a check must report; `row` as the spreadsheet shows it, None for the whole sheet or file, `file` "" for all files."""

    file: str
    sheet: str
    row: int | None
    column: str | None
    kind: str


class Planted:
    """Damaged workbooks, files that replace or join them, and the list of the damage."""

    def __init__(self, books: list[Workbook]) -> None:
        self.books = deepcopy(books)
        self.defects: list[Defect] = []
        self.files: dict[str, bytes] = {}
        self.copies: dict[str, str] = {}
        self._free = [book for book in self.books if book.name != COUNTY_FILE]

    def take(self, fits: Fits) -> Workbook | None:
        """A school's workbook that has no defect yet."""
        found = next((book for book in self._free if fits(book)), None)
        if found:
            self._free.remove(found)
        return found

    @property
    def county(self) -> Workbook:
        return next(book for book in self.books if book.name == COUNTY_FILE)

    def report(self, book: Workbook, table: str, row: Row, column: str, kind: str) -> None:
        place = next(number for number, each in enumerate(book.rows[table]) if each is row)
        self.defects.append(Defect(book.name, TABLES[table].zh, FIRST_ROW + 1 + place, column, kind))

    def report_place(self, name: str, sheet: str, row: int | None, column: str | None, kind: str) -> None:
        self.defects.append(Defect(name, sheet, row, column, kind))

    def report_sheet(self, table: str, column: str, kind: str) -> None:
        """A fault of all rows of a table together, in whichever files they stand."""
        self.defects.append(Defect("", TABLES[table].zh, None, column, kind))

    def replace_book(self, book: Workbook, content: bytes) -> None:
        """Hand in `content` under the workbook's name."""
        self.books.remove(book)
        self.files[book.name] = content

    def write_files(self, folder: Path) -> None:
        for name, content in self.files.items():
            (folder / name).write_bytes(content)
        for name, source in self.copies.items():
            shutil.copyfile(folder / source, folder / name)

    def as_json(self, folder: str) -> list[dict[str, Any]]:
        return [asdict(replace(defect, file=defect.file and f"{folder}/{defect.file}")) for defect in self.defects]


def plant(books: list[Workbook]) -> Planted:
    """All defects that these workbooks can hold; the clean `books` are left as they are."""
    planted = Planted(books)
    # what few schools can show comes first, for each school is used once
    add_rows(planted)
    pairs.add_rows(planted)
    for kind, table, changes, fits in (*CELLS, *SCHOOL_CELLS):
        book = planted.take(lambda book, table=table, fits=fits: _row(book, table, fits) is not None)  # type: ignore[misc]
        if book:
            _change(planted, book, kind, table, changes, fits)
    change_office_rows(planted)  # what is left out goes before what is counted by its row
    for kind, table, changes, fits in COUNTY_CELLS:
        if _row(planted.county, table, fits):
            _change(planted, planted.county, kind, table, changes, fits)
    pupils.hand_in(planted)
    files.hand_in(planted)
    return planted


def _row(book: Workbook, table: str, fits: Callable[[Row], bool]) -> Row | None:
    return next(_rows(book, table, fits), None)


def _rows(book: Workbook, table: str, fits: Callable[[Row], bool]) -> Iterator[Row]:
    return (row for row in book.rows.get(table, []) if fits(row))


def _change(planted: Planted, book: Workbook, kind: str, table: str, changes: dict[str, Any],
            fits: Callable[[Row], bool]) -> None:
    """Change the first fitting row; the first column changed is the one that is reported."""
    row = next(_rows(book, table, fits))
    row.update({column: value(row) if callable(value) else value for column, value in changes.items()})
    planted.report(book, table, row, next(iter(changes)), kind)
