"""Files made by hand for the tests of intake: workbooks of given cells, and containers with something wrong in them."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import xlsxwriter

from junheng.kernel.faults import Fault
from junheng.register.intake import take_in
from junheng.register.submission import Submission
from junheng.register.tables import TABLES

SCHOOL, OTHER_SCHOOL = "9901000001", "9901000002"
Cells = Sequence[Sequence[object]]

STAGES: Cells = (("学校标识码", "学段", "在校生数", "教学班数", "专任教师数"), (SCHOOL, "小学", 120, 6, 12))
SCHOOLS: Cells = (("学校标识码", "学校名称", "办学类型", "举办者", "所在区划代码", "城乡分类"),
                  (SCHOOL, "甲小学", "小学", "县级教育部门", "990101001", "镇中心区"))


def workbook(path: Path, sheets: Mapping[str, Cells]) -> Path:
    """An .xlsx of these sheets."""
    with xlsxwriter.Workbook(str(path)) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for number, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if isinstance(cell, datetime | date):
                        sheet.write_datetime(number, place, cell, day)  # type: ignore[arg-type]
                    elif isinstance(cell, str):
                        sheet.write_string(number, place, cell)
                    elif cell is not None:
                        sheet.write(number, place, cell)
    return path


def one_of(table: str, **changed: object) -> Cells:
    """A sheet of `table` with its required columns and those in `changed`, and one row."""
    values = {name: changed.get(name, _plausible(table, name)) for name, column in TABLES[table].columns.items()
              if name in changed or (not column.optional and name != "year")}
    return [[TABLES[table].columns[name].zh for name in values], list(values.values())]


def _plausible(table: str, name: str) -> object:
    column = TABLES[table].columns[name]
    if column.choices:
        return next(iter(column.choices)).zh
    by_code = {"school": SCHOOL, "place": "990101"}
    by_kind = {"text": "甲", "integer": 1, "decimal": 1, "day": date(2020, 9, 1), "flag": "是",
               "identity": "11010519491231002X"}
    return 2000 if name.endswith("year") else by_code.get(column.code_of, by_kind[column.kind])


def taken(*paths: Path, year: int = 2025) -> Submission:
    return take_in(paths, year=year)


def found(submission: Submission, kind: str) -> Fault:
    """The only fault of this kind."""
    (fault,) = [fault for fault in submission.faults if fault.kind == kind]
    return fault


def kinds(submission: Submission) -> list[str]:
    return sorted(fault.kind for fault in submission.faults)


def repacked(path: Path, change: Mapping[str, bytes]) -> Path:
    """The container with some parts replaced or added."""
    old = zipfile.ZipFile(BytesIO(path.read_bytes()))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *change]):
            new.writestr(name, change[name] if name in change else old.read(name))
    return path


def with_sheet_xml(path: Path, rows: str, *, title: str = "学段", before: str = "") -> Path:
    """A workbook whose one sheet has this XML between <sheetData> and </sheetData>."""
    workbook(path, {title: [["x"]]})
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    inside = f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'
    sheet = f'<?xml version="1.0" encoding="UTF-8"?>{before}{inside}'
    return repacked(path, {"xl/worksheets/sheet1.xml": sheet.encode()})


def xml_row(number: int, *cells: object) -> str:
    """A row as writers write it: texts inline, numbers as they are."""
    parts = []
    for place, cell in enumerate(cells):
        at = f"{chr(65 + place)}{number}"
        parts.append(f'<c r="{at}" t="inlineStr"><is><t>{cell}</t></is></c>' if isinstance(cell, str)
                     else f'<c r="{at}"><v>{cell}</v></c>')
    return f'<row r="{number}">{"".join(parts)}</row>'
