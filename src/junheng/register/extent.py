"""How far a sheet reaches, from its XML: the reader lays out every cell between the first and the last one named.

Two cells in opposite corners would ask it for more memory than there is, and it dies instead of refusing.
"""

from __future__ import annotations

import re
from xml.parsers import expat

from junheng.register.archive import damaged
from junheng.register.sheets import MOST_BLANK_ROWS, MOST_CELLS, too_large, too_many_blank_rows

# Rows and cells as nearly all writers write them, within 9,999 rows and 702 columns; no error, formula or boolean.
_PLAIN = re.compile(
    rb'(?:(?:<c r="[A-Z]{1,2}+[0-9]{1,4}+"(?: s="[0-9]++")?+(?: t="(?:s|n|str|inlineStr)")?+'
    rb'(?:/>|><v>[^<]*+</v></c>|><is><t[^<>]*+>[^<]*+</t></is></c>))++'
    rb'|<row r="[0-9]{1,4}+"[^<>]*+>|</row>)*+</sheetData>')
_OPEN = b"<sheetData>"
_SPARSE = 50  # cells laid out for one that is filled
_MANY = 2_000_000
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384


def is_plain(content: bytes, title: str) -> bool:
    """Whether a sheet is small and plain; if not, it is measured, and refused when mostly blank or too large."""
    if _is_plain(content):
        return True
    extent = _Extent()
    try:
        extent.read(content)
    except (expat.ExpatError, ValueError) as error:
        raise damaged("工作表内容损坏") from error
    extent.check(title)
    return False


def _is_plain(content: bytes) -> bool:
    """Nearly all sheets are, and that is seen in one pass over the only place where cells can stand."""
    start = content.find(_OPEN)
    if start + 1 != content.find(b"sheetData"):
        return False
    data = _PLAIN.match(content, start + len(_OPEN))
    return data is not None and content.find(b"sheetData", data.end()) < 0


class _Extent:
    """Follows rows and cells as the reader does: a place that is not named is the one after the last."""

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
