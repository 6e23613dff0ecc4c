"""Text tables and Parquet files in, raw sheets out."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO

import polars as pl

from junheng.register.intake.archive import damaged
from junheng.register.intake.sheets import (
    MOST_BLANK_ROWS,
    MOST_CELLS,
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

_BOM = b"\xef\xbb\xbf"
_DELIMITERS = ",;\t"
_FIRST_CHINESE = "\u0800"  # three bytes of UTF-8 begin here, and with them all Chinese
_FIRST_GREEK = "\u0370"  # two bytes of UTF-8 that Chinese of GB18030 can be mistaken for
_MOST_FIELD = 100_000


def read_csv(data: bytes) -> list[Sheet]:
    """The one sheet of a text table; comma, semicolon or tab, UTF-8 or GB18030."""
    text = decoded(data)
    if "\0" in text:
        raise damaged("文本里有二进制内容")
    return [Sheet("", even(_not_too_blank(_records(text))))]


def read_parquet(data: bytes) -> list[Sheet]:
    """The one sheet of a Parquet file, its column names as the header."""
    try:
        lazy = pl.scan_parquet(BytesIO(data))
        names = lazy.collect_schema().names()
        rows = int(lazy.select(pl.len()).collect().item())
        if rows * len(names) > MOST_CELLS:
            raise too_large(f"{rows} 行 {len(names)} 列")
        columns = [_cells(column) for column in lazy.collect().get_columns()]
    except (pl.exceptions.PolarsError, OSError, ValueError, pl.exceptions.PanicException) as error:
        raise damaged("Parquet 文件损坏") from error
    header: Row = list(names)
    return [Sheet("", [header, *map(list, zip(*columns, strict=True))])]


def decoded(data: bytes) -> str:
    """The text in the one encoding that all its lines are in."""
    if data.startswith(_BOM):
        return _strictly(data[len(_BOM):], "utf-8")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _strictly(data, "gb18030")
    return data.decode("gb18030") if _is_mistaken(text) and _is(data, "gb18030") else text


def _strictly(data: bytes, encoding: str) -> str:
    """Decode; where lines are of both encodings, say at which one the other begins."""
    lines = data.split(b"\n")
    in_utf8 = {number for number, line in enumerate(lines, 1) if _is_chinese_utf8(line)}
    not_utf8 = {number for number, line in enumerate(lines, 1) if not _is(line, "utf-8")}
    if in_utf8 and not_utf8:
        row = max(min(in_utf8), min(not_utf8))
        raise Refused(Kind.mixed_encoding, f"第 {row} 行起编码改变，前后分别是 UTF-8 和 GB18030",
                      "全文一种编码（UTF-8 或 GB18030）", "在 Excel 或 WPS 中核对该行，另存为 .xlsx 后重交", row=row)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        raise damaged(f"第 {row} 行既不是 UTF-8 也不是 GB18030 编码") from error


def _is(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _is_chinese_utf8(line: bytes) -> bool:
    return not line.isascii() and _is(line, "utf-8") and max(line.decode("utf-8")) >= _FIRST_CHINESE


def _is_mistaken(text: str) -> bool:
    """Chinese in GB18030 that happens to be valid UTF-8 reads as Greek and Cyrillic."""
    last = max(text, default="")
    return _FIRST_GREEK <= last < _FIRST_CHINESE


def _records(text: str) -> Iterator[Row]:
    start = text[:10_000].lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=start.count)
    csv.field_size_limit(_MOST_FIELD)
    try:
        for record in csv.reader(StringIO(text, newline=""), delimiter=delimiter):
            yield list(record)
    except csv.Error as error:
        raise damaged("文本表格的引号不成对，或一格的内容过长") from error


def _not_too_blank(records: Iterator[Row]) -> list[Row]:
    rows: list[Row] = []
    blank = cells = 0
    for row in records:
        rows.append(row)
        cells += len(row)
        blank += not any(row)
        if blank > MOST_BLANK_ROWS:
            raise too_many_blank_rows(f"到第 {len(rows)} 行为止有 {blank} 个空白行", row=len(rows))
        if cells > MOST_CELLS:
            raise too_large(f"超过 {MOST_CELLS:,} 格")
    return rows


def _cells(column: pl.Series) -> list[Cell]:
    """The cells of a column; lists, structures and bytes are shown as text, so that no type is a surprise."""
    kind, cells = column.dtype, column.to_list()
    if kind == pl.Boolean:
        return [None if cell is None else TRUTHS[cell] for cell in cells]
    if kind.is_numeric() or kind.is_temporal() or kind in (pl.String, pl.Null):
        return cells
    return [None if cell is None else str(cell) for cell in cells]
