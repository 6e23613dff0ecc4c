"""Faults of whole files and sheets: what schools really send, and what nobody should."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from random import Random
from typing import TYPE_CHECKING, Any

import xlsxwriter

from junheng.register.tables import TABLES
from junheng.samples.county import YEAR, Row

if TYPE_CHECKING:
    from junheng.samples.defects.planting import Planted

MADE = datetime(2025, 9, 1)
HEADER, FIRST = 1, 2  # rows of a workbook typed by hand
Sheets = dict[str, list[list[Any]]]  # title -> header and rows
Place = tuple[str, int | None, str | None]  # sheet, row, column of the fault
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
YES_NO = {True: "是", False: "否"}


def hand_in(planted: Planted) -> None:
    """Files beside the workbooks, and workbooks written by hand instead of from the template."""
    _strange_files(planted)
    _own_forms(planted)
    _twice(planted)


def _strange_files(planted: Planted) -> None:
    for name, sheet, row, kind, content in (
        ("空白文件.xlsx", "", None, "empty_file", b""),
        ("空白文件2.csv", "", None, "empty_file", b"\r\n"),
        ("网页另存.xlsx", "", None, "not_a_workbook", "<html><body>登录已过期</body></html>".encode()),
        ("照片.xlsx", "", None, "not_a_workbook", b"\xff\xd8\xff\xe0" + bytes(64)),
        ("有密码.xlsx", "", None, "encrypted", encrypted_workbook()),
        ("来历不明.xlsx", "", None, "zip_bomb", zip_bomb()),
        ("拉到底的表.xlsx", "班级", None, "blank_rows", _far_cell()),
        ("会议通知.docx", "", None, "unknown_file", b"PK\x03\x04"),
        ("两种编码.csv", "", 3, "mixed_encoding", _two_encodings()),
        ("通知.xlsx", "通知", None, "wrong_sheet", raw_workbook({"通知": [["各校："], ["请于9月10日前报送。"]]})),
    ):
        planted.files[name] = content
        planted.report_place(name, sheet, row, None, kind)


def _own_forms(planted: Planted) -> None:
    """Schools that typed their own workbook: headers in the first row, Chinese words, and a mistake."""
    for kind, table, spoil in FORMS:
        book = planted.take(lambda book, table=table: bool(book.rows.get(table))  # type: ignore[misc]
                            and book.rows["schools"][0]["kind"] == "primary")
        if book:
            sheets = {TABLES[name].zh: grid(name, rows) for name, rows in book.rows.items()}
            sheet, row, column = spoil(sheets, TABLES[table].zh)
            planted.replace_book(book, raw_workbook(sheets))
            planted.report_place(book.name, sheet, row, column, kind)


def _drop_column(sheets: Sheets, title: str) -> Place:
    """No column of pupils."""
    place = sheets[title][0].index("在校生数")
    for row in sheets[title]:
        del row[place]
    return title, HEADER, "pupils"


def _double_header(sheets: Sheets, title: str) -> Place:
    """图书册数 twice, with different numbers."""
    for number, row in enumerate(sheets[title]):
        row.append("图书册数" if number == 0 else 9)
    return title, HEADER, "books"


def _broken_formula(sheets: Sheets, title: str) -> Place:
    sheets[title][1][sheets[title][0].index("计算机台数")] = "=1/0"
    return title, FIRST, "terminals"


def _extra_header(sheets: Sheets, title: str) -> Place:
    for number, row in enumerate(sheets[title]):
        row.append("经办人电话" if number == 0 else "另附")
    return title, HEADER, None


def _extra_sheet(sheets: Sheets, title: str) -> Place:
    sheets["校车登记"] = [["车牌", "座位数"], ["无", 0]]
    return "校车登记", None, None


def _last_year(sheets: Sheets, title: str) -> Place:
    for number, row in enumerate(sheets[title]):
        row.insert(0, "学年" if number == 0 else YEAR - (number == 1))
    return title, FIRST, "year"


Spoil = Callable[[Sheets, str], Place]
FORMS: tuple[tuple[str, str, Spoil], ...] = (
    ("missing_column", "school_stages", _drop_column), ("duplicated_header", "assets", _double_header),
    ("formula_error", "assets", _broken_formula), ("unknown_header", "schools", _extra_header),
    ("unknown_sheet", "schools", _extra_sheet), ("wrong_year", "classes", _last_year), ("wrong_year", "assets", _last_year))


def _twice(planted: Planted) -> None:
    """One file sent twice under two names; two different files for one school."""
    same, other = (planted.take(lambda book: book.rows["schools"][0]["kind"] == "primary") for _ in range(2))
    if same and other:
        planted.copies[f"补交-{same.name}"] = same.name
        planted.report_place(f"补交-{same.name}", "", None, None, "duplicate_file")
        rows = {table: [dict(row) for row in other.rows[table]] for table in ("schools", "school_stages")}
        rows["school_stages"][0]["left_behind_pupils"] = 0
        planted.files[f"改正-{other.name}"] = raw_workbook({TABLES[name].zh: grid(name, found) for name, found in rows.items()})
        planted.report_place(f"改正-{other.name}", TABLES["schools"].zh, FIRST, "school_id", "two_files")


def grid(table: str, rows: list[Row]) -> list[list[Any]]:
    """A table as somebody types it: Chinese headers and words."""
    columns = {name: column for name, column in TABLES[table].columns.items() if name != "year"}
    words = {name: {code.name: code.zh for code in column.choices} for name, column in columns.items() if column.choices}
    def cell(row: Row, name: str) -> Any:
        value = row[name]
        return YES_NO[value] if isinstance(value, bool) else words.get(name, {}).get(value, value)
    return [[column.zh for column in columns.values()], *([cell(row, name) for name in columns] for row in rows)]


def raw_workbook(sheets: Sheets) -> bytes:
    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    book.set_properties({"created": MADE})
    for title, rows in sheets.items():
        sheet = book.add_worksheet(title)
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                _write(sheet, number, place, value)
    book.close()
    return content.getvalue()


def _write(sheet: Any, row: int, place: int, value: Any) -> None:
    if isinstance(value, str) and value.startswith("="):
        sheet.write_formula(row, place, value, None, "#DIV/0!")
    elif isinstance(value, str):
        sheet.write_string(row, place, value)
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value)
    elif value is not None:
        sheet.write_number(row, place, value)


def _far_cell() -> bytes:
    """A stray value sixty thousand rows down."""
    header, *_ = grid("classes", [])
    return raw_workbook({"班级": [header, *([] for _ in range(60_000)), ["2199010001"]]})


def _two_encodings() -> bytes:
    first = "学校标识码,教室编号,教室类别,使用面积,是否在用\r\n2199010001,R901,音乐教室,96,是\r\n"
    return first.encode() + "2199010001,R902,美术教室,90,是\r\n".encode("gb18030")


def zip_bomb(megabytes: int = 40) -> bytes:
    """A small container that inflates a thousandfold."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inside in (("xl/workbook.xml", b"<workbook/>"), ("xl/worksheets/sheet1.xml", bytes(megabytes * 1_000_000))):
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), inside, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def encrypted_workbook() -> bytes:
    """What Excel saves under a password: a compound file with the streams EncryptionInfo and EncryptedPackage."""
    free, end, fat = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    header = struct.pack("<8s16x5H6x9I", OLE, 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0)
    header += struct.pack("<109I", 0, *[free] * 108)
    # sector 0 allocation, 1 directory, 2 to 9 and 10 to 17 the two streams
    chains = [fat, end, *range(3, 10), end, *range(11, 18), end]
    table = struct.pack("<128I", *chains, *[free] * (128 - len(chains)))
    entries = [_entry("Root Entry", 5, 1, end, 0), _entry("EncryptionInfo", 2, free, 2, 4096, right=2),
               _entry("EncryptedPackage", 2, free, 10, 4096), bytes(128)]
    body = struct.pack("<2HI", 4, 4, 0x40) + Random(0).randbytes(8192 - 8)
    return header + table + b"".join(entries) + body


def _entry(name: str, kind: int, child: int, start: int, size: int, right: int = 0xFFFFFFFF) -> bytes:
    title = name.encode("utf-16-le")
    return struct.pack("<64sHBB3I16x4x16xIQ", title, len(title) + 2, kind, 1, 0xFFFFFFFF, right, child, start, size)
