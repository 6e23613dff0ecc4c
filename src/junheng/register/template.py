"""The workbook that a school fills in and hands back: one sheet a table, made from the declarations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from junheng.kernel.codes import Code
from junheng.kernel.columns import Column
from junheng.kernel.tables import Table
from junheng.register.guidance import ASKS, note, note_size, refusal, write_guide
from junheng.register.tables import COUNTY_TABLES, TABLES

Rows = Mapping[str, Sequence[Mapping[str, object]]]

SCHOOL_SHEETS = tuple(name for name in TABLES if name not in COUNTY_TABLES)
SHEETS = (*SCHOOL_SHEETS, *COUNTY_TABLES)
GUIDE, CODES = "填写说明", "代码"
TITLE_ROW, HEADER_ROW, FIRST_ROW, LAST_ROW = 0, 1, 2, 4999  # as xlsxwriter counts, from 0
FILLED = datetime(2025, 9, 1)  # a fixed day, so that the same rows make the same bytes
FIRST_DAY, LAST_DAY = date(1930, 1, 1), date(2099, 12, 31)
TEXT_KINDS = ("text", "identity", "choice", "flag")
ALLOWED = dict.fromkeys(("format_cells", "format_columns", "format_rows", "insert_rows", "sort",
                         "autofilter"), True)
HOLDS = {"identity": 22, "day": 12, "flag": 8, "choice": 8, "integer": 9, "decimal": 12, "text": 18}
LONG_NAME = 6  # a longer column name is broken in two lines
INK, HEADER, OPTIONAL, MISSING, LINE = "#1F2937", "#D5E8E4", "#EEF2F4", "#FFF3C4", "#B8C4C8"
YES_NO = {True: "是", False: "否"}


def write_template(target: Path | str | BinaryIO, *, rows: Rows | None = None, title: str = "",
                   tables: Sequence[str] | None = None, plain: bool = False) -> None:
    """Write the workbook that a school fills in, or with `rows` one that is filled.

    `tables`  the sheets, by table name; without it those of `rows`, and without rows all of them. An empty
              sheet says that there is nothing to report, so a filled workbook holds only those asked for
    `rows`    table -> rows of values by column name; choices as English codes, flags as bool, days as date
    `title`   put before the title of each sheet, such as the school's name
    `plain`   only titles, headers and values: no drop-downs, notes, guide or protection (fast, for samples)
    """
    asked = tables if tables is not None else rows if rows is not None else SHEETS
    names = [name for name in SHEETS if name in asked]
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"title": title or "学校基础数据表", "created": FILLED})
    looks = Looks.of(book)
    guide = None if plain else book.add_worksheet(GUIDE)
    sheets = {name: book.add_worksheet(TABLES[name].zh) for name in names}
    for name, sheet in sheets.items():
        _head(sheet, TABLES[name], title, looks)
        _fill(sheet, TABLES[name], (rows or {}).get(name, ()), looks.day)
    if guide is not None:
        write_guide(book, guide, [TABLES[name] for name in names])
        _guard(book, {TABLES[name]: sheet for name, sheet in sheets.items()})
    book.close()


@dataclass(frozen=True)
class Looks:
    """Cell formats of a workbook."""

    title: Format
    ask: Format
    required: Format
    optional: Format
    text: Format
    number: Format
    day: Format

    @classmethod
    def of(cls, book: xlsxwriter.Workbook) -> Looks:
        base = {"font_name": "微软雅黑", "font_size": 10, "valign": "vcenter", "font_color": INK}
        head = {**base, "bold": True, "text_wrap": True, "align": "center", "border": 1, "border_color": LINE}
        cell = {**base, "locked": False}
        return cls(
            title=book.add_format({**base, "font_size": 14, "bold": True}),
            ask=book.add_format({**base, "text_wrap": True}),
            required=book.add_format({**head, "bg_color": HEADER}),
            optional=book.add_format({**head, "bg_color": OPTIONAL, "bold": False}),
            text=book.add_format({**cell, "num_format": "@", "indent": 1}),
            number=book.add_format(cell),
            day=book.add_format({**cell, "num_format": "yyyy-mm-dd", "align": "center"}),
        )

    def cell(self, column: Column) -> Format:
        return self.day if column.kind == "day" else self.text if column.kind in TEXT_KINDS else self.number


def columns_of(table: Table) -> dict[str, Column]:
    """The columns of a table's sheet: all but the year, which the import gives."""
    return {name: column for name, column in table.columns.items() if name != "year"}


def header(column: Column) -> str:
    """A header as printed: the unit on its own line unless the name says it, a star if required."""
    unit = "" if column.unit in column.zh else f"\n（{column.unit}）"
    return f"{column.zh}{unit}{'' if column.optional else '*'}"


def _head(sheet: Worksheet, table: Table, title: str, looks: Looks) -> None:
    """Title, headers, widths, frozen panes and the page for print."""
    columns = columns_of(table)
    form = "区县" if table.name in COUNTY_TABLES else "学校"
    name = f"{title + '　' if title else ''}{form}基础数据表（{table.zh}）"
    ask = f"\n{ASKS[table.name]}带 * 的列必填，下拉列请选择。"
    sheet.merge_range(TITLE_ROW, 0, TITLE_ROW, len(columns) - 1, "", looks.ask)
    sheet.write_rich_string(TITLE_ROW, 0, looks.title, name, looks.ask, ask, looks.ask)
    sheet.set_row(TITLE_ROW, 44)
    sheet.set_row(HEADER_ROW, 48)
    for place, column in enumerate(columns.values()):
        look = looks.optional if column.optional else looks.required
        sheet.write_string(HEADER_ROW, place, header(column), look)
        sheet.set_column(place, place, width(column), looks.cell(column))
    leading = next((at for at, name in enumerate(columns) if name not in table.key), len(columns))
    sheet.freeze_panes(FIRST_ROW, min(leading, 2))
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(0.4, 0.4, 0.5, 0.5)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(TITLE_ROW, HEADER_ROW)


def width(column: Column) -> float:
    """Wide enough for what the column holds and for its name on two lines."""
    holds = 14 if column.code_of else HOLDS[column.kind]
    if column.choices:
        holds = max(holds, 2 * max(len(code.zh) for code in column.choices) + 5)
    name = len(column.zh) if len(column.zh) <= LONG_NAME else (len(column.zh) + 1) // 2
    return min(30, max(holds, 2.2 * name + 3))


def _fill(sheet: Worksheet, table: Table, rows: Sequence[Mapping[str, object]], day: Format) -> None:
    """Write the values; what is not of its column's kind is written as it is, for the import to find."""
    places = {name: place for place, name in enumerate(columns_of(table))}
    words = {name: {code.name: code.zh for code in column.choices}
             for name, column in table.columns.items() if column.choices}
    for number, row in enumerate(rows, FIRST_ROW):
        for name, value in row.items():
            if value is not None and name in places:
                _write(sheet, number, places[name], words.get(name, {}).get(str(value), value), day)


def _write(sheet: Worksheet, row: int, place: int, value: object, day: Format) -> None:
    if isinstance(value, bool):
        sheet.write_string(row, place, YES_NO[value])
    elif isinstance(value, str):
        sheet.write_string(row, place, value)
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, day)
    else:
        sheet.write_number(row, place, value)


def _guard(book: xlsxwriter.Workbook, sheets: Mapping[Table, Worksheet]) -> None:
    """Drop-downs, validation, notes and locked headers."""
    lists = _write_lists(book, sheets)
    missing = book.add_format({"bg_color": MISSING})
    for table, sheet in sheets.items():
        columns = columns_of(table)
        for place, column in enumerate(columns.values()):
            sheet.write_comment(HEADER_ROW, place, words := note(column), note_size(words))
            if (test := _test(column, lists)):
                sheet.data_validation(FIRST_ROW, place, LAST_ROW, place, {**test, **refusal(column)})
            if not column.optional:
                _shade_missing(sheet, place, len(columns), missing)
        sheet.protect("", ALLOWED)


def _shade_missing(sheet: Worksheet, place: int, columns: int, shade: Format) -> None:
    """Shade a required cell that is empty in a row that has been begun."""
    cell = xlsxwriter.utility.xl_rowcol_to_cell(FIRST_ROW, place, col_abs=True)
    row = (f"{xlsxwriter.utility.xl_rowcol_to_cell(FIRST_ROW, 0, col_abs=True)}:"
           f"{xlsxwriter.utility.xl_rowcol_to_cell(FIRST_ROW, columns - 1, col_abs=True)}")
    sheet.conditional_format(FIRST_ROW, place, LAST_ROW, place, {
        "type": "formula", "criteria": f'=AND({cell}="",COUNTA({row})>0)', "format": shade})


def _write_lists(book: xlsxwriter.Workbook, tables: Mapping[Table, Worksheet]) -> dict[type[Code], str]:
    """A hidden sheet of every closed list; list -> the cells that hold its words."""
    lists = dict.fromkeys(column.choices for table in tables for column in columns_of(table).values()
                          if column.choices)
    sheet = book.add_worksheet(CODES)
    sheet.hide()
    ranges = {}
    for place, codes in enumerate(lists):
        sheet.write_column(0, place, [codes.__name__, *(code.zh for code in codes)])
        cells = xlsxwriter.utility.xl_range_abs(1, place, len(codes), place)
        ranges[codes] = f"='{CODES}'!{cells}"
    return ranges


def _test(column: Column, lists: Mapping[type[Code], str]) -> dict[str, object]:
    """What Excel asks of a cell of the column."""
    if column.choices:
        return {"validate": "list", "source": lists[column.choices]}
    if column.kind == "flag":
        return {"validate": "list", "source": list(YES_NO.values())}
    if column.kind == "day":
        return {"validate": "date", "criteria": "between", "minimum": FIRST_DAY, "maximum": LAST_DAY}
    if column.kind in ("integer", "decimal"):
        return {"validate": column.kind, "criteria": "between", "minimum": _number(column.least),
                "maximum": _number(column.most)}
    if column.kind == "identity":
        return {"validate": "length", "criteria": "==", "value": 18}
    return {}


def _number(limit: object) -> float:
    return float(str(limit))
