"""A sheet as it came, before anything is known about it; and what a file is refused for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from junheng.register.kinds import Kind

Cell = str | float | int | date | datetime | time | timedelta | Decimal | None
Row = list[Cell]
TRUTHS = {True: "TRUE", False: "FALSE"}  # a boolean is read as it is shown: True would be 1 to whoever counts

MOST_FILE_BYTES = 200_000_000
MOST_CELLS = 30_000_000  # of one sheet, blank ones counted, for they cost as much memory
MOST_BLANK_ROWS = 10_000

NO_RESULT = "#公式没有结果"
EXCEL_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA",
                          "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", NO_RESULT})


@dataclass
class Sheet:
    """Rows of raw cells, all of one width; `first` is the number of the first one as the spreadsheet shows it."""

    title: str
    rows: list[Row]
    first: int = 1


class Refused(Exception):
    """A file or sheet that is not read: which fault it is, what was found, and the place of it where known."""

    def __init__(self, kind: Kind, found: str, wanted: str, do: str, sheet: str = "", row: int = 0) -> None:
        super().__init__(found)
        self.kind, self.found, self.wanted, self.do = kind, found, wanted, do
        self.sheet, self.row = sheet, row


def even(rows: list[Row]) -> list[Row]:
    """The rows, each as wide as the widest."""
    width = max(map(len, rows), default=0)
    for row in rows:
        row.extend([None] * (width - len(row)))
    return rows


def too_many_blank_rows(found: str, sheet: str = "", row: int = 0) -> Refused:
    return Refused(Kind.blank_rows, found, f"空白行不超过 {MOST_BLANK_ROWS} 行、数据集中在左上角的表",
                   "选中数据以外的行和列整行整列删除（不只是清除内容），保存后重交", sheet, row)


def too_large(found: str, sheet: str = "") -> Refused:
    return Refused(Kind.too_large, found, f"不超过 {MOST_FILE_BYTES // 1_000_000} MB、每表不超过 {MOST_CELLS:,} 格的文件",
                   "分成几个文件，或删去无关的表和图片后重交", sheet)
