"""Workbooks in, raw sheets out; what could bring the reader down is found before it is given the file."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import lru_cache
from io import BytesIO, StringIO
from typing import cast
from xml.etree import ElementTree

import xlrd
from python_calamine import CalamineError, CalamineWorkbook

from junheng.register.intake import archive
from junheng.register.intake.archive import Part, damaged, locked
from junheng.register.intake.extent import column_number, is_plain
from junheng.register.intake.sheets import (
    MOST_BLANK_ROWS,
    MOST_CELLS,
    NO_RESULT,
    TRUTHS,
    Cell,
    Refused,
    Row,
    Sheet,
    even,
    too_large,
    too_many_blank_rows,
)
from junheng.register.kinds import Kind

Wanted = Callable[[str], bool]

_UNREAD = re.compile(r"(?i)docprops/|customxml/|xl/(theme|media|drawings|printersettings|charts|comments|embeddings)")
_INDEX = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
_XML_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?[^>]*\?>\s*|<!--.*?-->\s*)*<[A-Za-z_]", re.DOTALL)
_CELL = re.compile(rb"<(?:\w+:)?c(\s[^>]*[^/>])>([^<]*(?:<(?!/?(?:\w+:)?c[\s/>])[^<]*)*)")
_AT = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]{1,3})([0-9]{1,7})[\"']")
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)</")
_ERROR = re.compile(rb"\st\s*=\s*[\"']e[\"']")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_MACRO_STREAM = "_VBA_PROJECT".encode("utf-16-le")
_ACTIVE = re.compile(r"(?i)xl/(vbaproject|macrosheets/|activex/)")  # what runs when the workbook is opened
_LINKS, _CALLS = "xl/externallinks/", (b"ddeLink", b"oleLink")


def read_xlsx(data: bytes, wanted: Wanted) -> list[Sheet]:
    """The sheets of an .xlsx whose titles are `wanted`."""
    parts, places = _parts(data, wanted)
    contents = {title: parts[name].content for title, name in places.items()}
    suspect = {title for title, content in contents.items() if not is_plain(content, title)}
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(archive.pack(parts)))
        return [_sheet(book, title, content if title in suspect else b"") for title, content in contents.items()]
    except CalamineError as error:
        raise damaged("工作簿内部结构损坏") from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # of the reader; not an Exception
            raise damaged("工作簿内部结构损坏") from None
        raise


def read_xls(data: bytes, wanted: Wanted) -> list[Sheet]:
    """The sheets of an .xls whose titles are `wanted`."""
    if _ENCRYPTED_STREAM in data:
        raise locked()
    if _MACRO_STREAM in data:
        raise _active("宏")
    try:
        with xlrd.open_workbook(file_contents=data, on_demand=True, ragged_rows=True, logfile=StringIO()) as book:
            return [_old_sheet(book, number) for number, title in enumerate(book.sheet_names()) if wanted(title)]
    except Refused:
        raise
    except Exception as error:  # xlrd raises whatever its parsing meets
        if "encrypted" in str(error):
            raise locked() from error
        raise damaged("工作簿内部结构损坏") from error


def _parts(data: bytes, wanted: Wanted) -> tuple[dict[str, Part], dict[str, str]]:
    """The parts that the reader needs, and the part of each wanted sheet by title."""
    listed = {entry.name: entry for entry in archive.entries(data)}
    if not listed.keys() >= set(_INDEX):
        raise damaged("不是 .xlsx 工作簿")
    if any(map(_ACTIVE.match, listed)):
        raise _active("宏或控件")
    parts = archive.inflate(data, (listed[name] for name in _INDEX))
    sheets = _sheet_parts(*(parts[name].content for name in _INDEX))
    places = {title: name for title, name in sheets.items() if wanted(title)}
    if not listed.keys() >= set(places.values()):
        raise damaged("工作簿目录所列的工作表不在文件里")
    unread = {*parts, *sheets.values()} - set(places.values())
    parts |= archive.inflate(data, (entry for name, entry in listed.items()
                                    if name not in unread and not _UNREAD.match(name)))
    for name, part in parts.items():
        _refuse_declarations(part.content)
        if name.endswith((".xml", ".rels")) and part.content and not _XML_START.match(part.content):
            raise damaged("工作簿内部结构损坏")  # another encoding could hide a declaration
        if name.lower().startswith(_LINKS) and any(call in part.content for call in _CALLS):
            raise _active("调用其他程序的链接")
    return parts, places


def _active(what: str) -> Refused:
    """What an officer who opens the original would set going."""
    return Refused(Kind.not_a_workbook, f"工作簿里有{what}", "没有宏、控件和外部程序链接的工作簿",
                   "把数据复制到模板里（只粘贴值），另存为 .xlsx 后重交")


@lru_cache(maxsize=64)
def _sheet_parts(book: bytes, relations: bytes) -> dict[str, str]:
    """Title -> part of each worksheet; the same for all workbooks made from one template."""
    targets = {relation.get("Id"): relation.get("Target", "") for relation in _root(relations)
               if relation.get("Type", "").endswith("/worksheet")}
    sheets = {}
    for sheet in _root(book).iterfind("{*}sheets/{*}sheet"):
        for key, value in sheet.items():
            if key.endswith("}id") and value in targets:
                sheets[sheet.get("name", "")] = posixpath.normpath(posixpath.join("/xl", targets[value]))[1:]
    return sheets


def _root(content: bytes) -> ElementTree.Element:
    _refuse_declarations(content)
    try:
        if not _XML_START.match(content):  # another encoding could hide a declaration
            raise damaged("工作簿目录损坏")
        return ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        raise damaged("工作簿目录损坏") from error


def _refuse_declarations(content: bytes) -> None:
    """No part of a workbook declares a document type; one that does wants its entities expanded."""
    if content and not _XML_START.match(content) and b"<!DOCTYPE" in content.upper():
        raise damaged("XML 里有文档类型或实体声明（DTD），正常的工作簿没有")


def _sheet(book: CalamineWorkbook, title: str, suspect: bytes) -> Sheet:
    """A sheet as the reader gives it, its positions made absolute; `suspect` is its XML if it is not plain."""
    given = book.get_sheet_by_name(title)
    top, left = given.start or (0, 0)
    rows = cast("list[Row]", given.to_python())
    if left:
        rows = [[None] * left + row for row in rows]
    sheet = Sheet(title, rows, top + 1)
    if suspect:
        _spell_out_booleans(sheet)
        _mark_broken(sheet, suspect)
    return sheet


def _spell_out_booleans(sheet: Sheet) -> None:
    for row in sheet.rows:
        for place, cell in enumerate(row):
            if isinstance(cell, bool):
                row[place] = TRUTHS[cell]


def _mark_broken(sheet: Sheet, content: bytes) -> None:
    """The reader gives nothing for a cell in error, which would pass for unknown; put its error there."""
    broken = list(_broken(content))
    if not broken:
        return
    above = max(0, sheet.first - min(row for row, _, _ in broken))
    sheet.first -= above
    last = max(row for row, _, _ in broken)
    below = max(0, last - sheet.first + 1 - above - len(sheet.rows))
    sheet.rows = [[] for _ in range(above)] + sheet.rows + [[] for _ in range(below)]
    for row, column, error in broken:
        cells = sheet.rows[row - sheet.first]
        cells.extend([None] * (column + 1 - len(cells)))
        cells[column] = error
    even(sheet.rows)


def _broken(content: bytes) -> Iterator[tuple[int, int, str]]:
    """Cells in error and formulas that were never computed: row from 1, column from 0, error."""
    for cell in _CELL.finditer(content):
        attributes, inside = cell.groups()
        at, value = _AT.search(attributes), _VALUE.search(inside)
        shown = value.group(1).decode(errors="replace").strip() if value else ""
        in_error = _ERROR.search(attributes)
        uncomputed = not shown and b't="str"' not in attributes and _FORMULA.search(inside)
        if at and (in_error or uncomputed):
            yield int(at[2]), column_number(at[1].decode()) - 1, shown or NO_RESULT


def _old_sheet(book: xlrd.Book, number: int) -> Sheet:
    sheet = book.sheet_by_index(number)
    if sheet.nrows * sheet.ncols > MOST_CELLS:
        raise too_large(f"{sheet.nrows} 行 {sheet.ncols} 列", sheet.name)
    rows = [[_old_cell(book, cell) for cell in sheet.row(row)] for row in range(sheet.nrows)]
    blank = sum(not any(row) for row in rows)
    if blank > MOST_BLANK_ROWS:
        raise too_many_blank_rows(f"{len(rows)} 行里有 {blank} 个空白行", sheet.name)
    return Sheet(sheet.name, even(rows))


def _old_cell(book: xlrd.Book, cell: xlrd.sheet.Cell) -> Cell:
    if cell.ctype == xlrd.XL_CELL_DATE:
        return _old_day(cell.value, book.datemode)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return TRUTHS[bool(cell.value)]
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#N/A"))
    value: Cell = cell.value
    return value


def _old_day(serial: float, datemode: int) -> Cell:
    try:
        day: datetime = xlrd.xldate.xldate_as_datetime(serial, datemode)
    except (xlrd.xldate.XLDateError, OverflowError, ValueError):
        return serial
    return day
