"""How far a sheet reaches, from its XML: the reader lays out every cell between the first and the last one named.

Two cells in opposite corners would ask it for more memory than there is, and it dies instead of refusing.
"""

from __future__ import annotations

import re
from xml.parsers import expat

from junheng.register.intake.archive import damaged
from junheng.register.intake.sheets import MOST_BLANK_ROWS, MOST_CELLS, too_large, too_many_blank_rows


def _plain(place: bytes, row: bytes) -> re.Pattern[bytes]:
    """Rows and cells as nearly all writers write them: no error, formula or boolean, places of this form."""
    return re.compile(
        rb'(?:(?:<c r="' + place + rb'"(?: s="[0-9]++")?+(?: t="(?:s|n|str|inlineStr)")?+'
        rb'(?:/>|><v>[^<]*+</v></c>|><is><t[^<>]*+>[^<]*+</t></is></c>))++'
        rb'|<row r="' + row + rb'"[^<>]*+>|</row>)*+</sheetData>')


_SMALL = _plain(rb"[A-Z]{1,2}+[0-9]{1,4}+", rb"[0-9]{1,4}+")
_LARGE = _plain(rb"[A-Z]{1,3}+[0-9]{1,7}+", rb"[0-9]{1,7}+")
_ROW, _CELL_ROW, _CELL_COLUMN = (re.compile(place) for place in (
    rb'<row r="([0-9]+)', rb'<c r="[A-Z]+([0-9]+)', rb'<c r="([A-Z]+)'))
_OPEN = b"<sheetData>"
_SPARSE = 50  # cells laid out for one that is filled
_MANY = 2_000_000
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384


def is_plain(content: bytes, title: str) -> bool:
    """Whether a sheet is plainly written and mostly filled; if not, it is measured, and refused when blank or too large."""
    if _matches(_SMALL, content) or (_matches(_LARGE, content) and _is_dense(content)):
        return True
    extent = Extent()
    try:
        extent.read(content)
    except (expat.ExpatError, ValueError) as error:
        raise damaged("工作表内容损坏") from error
    extent.check(title)
    return False


def _matches(plain: re.Pattern[bytes], content: bytes) -> bool:
    """Nearly all sheets match, which is seen in one pass over the only place where cells can stand."""
    start = content.find(_OPEN)
    if start + 1 != content.find(b"sheetData"):
        return False
    data = plain.match(content, start + len(_OPEN))
    return data is not None and content.find(b"sheetData", data.end()) < 0


def _is_dense(content: bytes) -> bool:
    """Whether a large sheet is filled enough even if every cell that is named were."""
    last_row = max(map(int, {*_ROW.findall(content), *_CELL_ROW.findall(content)}), default=0)
    last_column = max((column_number(letters.decode()) for letters in set(_CELL_COLUMN.findall(content))), default=0)
    filled_rows = sum(b"<v>" in row or b"<is>" in row for row in content.split(b"<row "))
    return last_row <= LAST_ROW and last_row - filled_rows <= MOST_BLANK_ROWS and last_row * last_column <= min(
        MOST_CELLS, _SPARSE * content.count(b"</c>"))


class Extent:
    """How far a sheet reaches, following its rows and cells as the reader does: a place not named is the one after the last."""

    def __init__(self) -> None:
        self.row = self.column = self.named = 0
        self.last_row = self.last_column = 0
        self.filled = self.filled_rows = self._last_filled = 0

    def read(self, content: bytes) -> None:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.buffer_text = True
        parser.Parse(content, True)

    def check(self, title: str) -> None:
        blank = self.named - self.filled_rows
        if blank > MOST_BLANK_ROWS:
            raise too_many_blank_rows(f"到第 {self.named} 行为止有 {blank} 个空白行", title)
        cells = self.last_row * self.last_column
        if cells > _MANY and cells > _SPARSE * self.filled:
            raise too_many_blank_rows(f"{self.last_row} 行 {self.last_column} 列里只有 {self.filled} 格有内容", title)
        if cells > MOST_CELLS:
            raise too_large(f"{self.last_row} 行 {self.last_column} 列", title)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "row":
            self.row, self.column = int(attributes.get("r", self.row + 1)), 0
            self._name_row()
        elif local == "c":
            self._cell(attributes.get("r", ""))
        elif local in ("v", "is"):
            self._fill()

    def _cell(self, place: str) -> None:
        self.column += 1
        if place:
            letters = place.rstrip("0123456789")
            self.row, self.column = int(place[len(letters):]), column_number(letters)
            self._name_row()

    def _name_row(self) -> None:
        if not 0 < self.row <= LAST_ROW or self.column > LAST_COLUMN:
            raise ValueError("beyond the last row or column of a sheet")
        self.named = max(self.named, self.row)

    def _fill(self) -> None:
        self.filled += 1
        self.last_row = max(self.last_row, self.row)
        self.last_column = max(self.last_column, self.column)
        if self.row != self._last_filled:
            self.filled_rows += 1
            self._last_filled = self.row


def column_number(letters: str) -> int:
    """A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
