"""Raw cells in, typed columns out. A value is worked out once, however many cells hold it; nothing is guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import polars as pl

from junheng.kernel.codes import plain
from junheng.kernel.columns import Column
from junheng.register.intake.identity import is_identity, is_pseudonym
from junheng.register.intake.numerals import decimals, integers, number_in
from junheng.register.intake.readings import DAMAGED_FROM, Read, Reading, Wrong, damaged_digits, shown
from junheng.register.intake.sheets import EXCEL_ERRORS, Cell
from junheng.register.kinds import Kind
from junheng.register.submission import CodeSystem, dtype

__all__ = ["Reader", "number_in", "reader", "shown"]

_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?[eE]\+[0-9]{2}")
_DAY = re.compile(r"([0-9]{4})(?:([-/.年])([0-9]{1,2})(?:[-/.月]([0-9]{1,2})日?|月)?|([0-9]{2})([0-9]{2})?)"
                  r"(?:[ T]00:00(?::00(?:\.0+)?)?)?")
_LAST_1900, _LAST_YEAR = 1901, 2100
_YES = frozenset({"是", "有", "1", "y", "yes", "true", "t", "√", "✓", "✔", "对"})
_NO = frozenset({"否", "无", "0", "n", "no", "false", "f", "×", "x", "✗", "✘", "错", "没有"})


class Reader(dict[Cell, Reading]):
    """Cell -> its value in one kind of column; every cell that was ever seen is remembered."""

    def __init__(self, column: Column, read: Read) -> None:
        super().__init__()
        self.column, self._read, self.failed = column, read, False

    def __missing__(self, cell: Cell) -> Reading:
        reading = self._value(cell)
        if isinstance(reading, Wrong):
            self.failed = True
            reading = replace(reading, found=shown(cell))
        self[cell] = reading
        return reading

    def column_of(self, name: str, readings: list[Reading]) -> tuple[pl.Series, dict[int, Wrong]]:
        """The typed column, and why it is null where a cell was wrong."""
        wrong: dict[int, Wrong] = {}
        if self.failed:
            wrong = {place: reading for place, reading in enumerate(readings) if isinstance(reading, Wrong)}
            readings = [None if isinstance(reading, Wrong) else reading for reading in readings] if wrong else readings
        kind = dtype(self.column)
        if not isinstance(kind, pl.Decimal):
            return pl.Series(name, readings, dtype=kind), wrong
        unit = pl.Series([Decimal(1).scaleb(-kind.scale)], dtype=kind)  # decimals are read in units of their last place
        return (pl.Series(name, readings, dtype=pl.Int64).cast(pl.Decimal(18, 0)) * unit).cast(kind), wrong

    def _value(self, cell: Cell) -> Reading:
        if isinstance(cell, float):
            return damaged_digits() if abs(cell) >= DAMAGED_FROM else self._read(cell)
        if isinstance(cell, str):
            cell = cell.strip()
            if cell.startswith("#") and cell.upper() in EXCEL_ERRORS:
                return Wrong(Kind.formula_error, "算得出结果的公式，或直接填的值", "改正公式，或复制后只粘贴数值")
        return None if cell is None or cell == "" else self._read(cell)


def reader(column: Column, codes: CodeSystem) -> Reader:
    """A reader for the cells of `column` under a code system."""
    reads: dict[str, Callable[[Column], Read]] = {
        "text": lambda column: _code(column, codes) if column.code_of else _text,
        "integer": integers, "decimal": decimals, "choice": _choice,
        "day": lambda _: _day, "flag": lambda _: _flag, "identity": lambda _: _identity}
    return Reader(column, reads[column.kind](column))


def _words(cell: Cell) -> str | Wrong:
    """A cell of a column that holds words or codes."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, (date, time, timedelta)):
        return Wrong(Kind.digits_lost, "文本（电子表格已把原来的内容改成了日期）", "把该列设为文本格式，重新填写")
    return shown(cell)


def _half_width(cell: Cell) -> str | Wrong:
    text = _words(cell)
    return text if isinstance(text, Wrong) or text.isascii() else unicodedata.normalize("NFKC", text).strip()


def _text(cell: Cell) -> Reading:
    text = _words(cell)
    return damaged_digits() if isinstance(text, str) and _SCIENTIFIC.fullmatch(text) else text


def _code(column: Column, codes: CodeSystem) -> Read:
    """Codes of schools and places, after the pattern of their code system."""
    of_school = column.code_of == "school"
    pattern = re.compile(codes.school if of_school else codes.place)
    national = "10位数字的学校标识码" if of_school else "2、4、6、9或12位数字的区划代码"
    wanted = national if codes.name == "national" else f"{codes.name} 编码体系的代码"
    wrong = Wrong(Kind.bad_school_code if of_school else Kind.bad_place_code, wanted, "核对代码，按文本填写")

    def read(cell: Cell) -> Reading:
        text = _half_width(cell)
        if isinstance(text, Wrong):
            return wrong
        if _SCIENTIFIC.fullmatch(text):
            return damaged_digits()
        return text if not pattern.pattern or pattern.fullmatch(text) else wrong

    return read


def _identity(cell: Cell) -> Reading:
    text = _half_width(cell)
    if isinstance(text, Wrong):
        return text
    if _SCIENTIFIC.fullmatch(text):
        return damaged_digits()
    if is_pseudonym(text):
        return text
    text = text.upper()
    return text if is_identity(text) else Wrong(
        Kind.bad_identity, "18位身份证号（出生日期有效、末位校验码相符）", "对照证件改正，按文本填写")


def _choice(column: Column) -> Read:
    choices = column.choices
    if choices is None:
        raise TypeError(f"column {column.zh} declares no choices")
    spellings = choices.spellings()
    wrong = Wrong(Kind.unknown_code, "、".join(code.zh for code in choices), "从所列词语中选一个填写")

    def read(cell: Cell) -> Reading:
        return spellings.get(plain(shown(cell)), wrong)

    return read


def _flag(cell: Cell) -> Reading:
    word = plain(shown(cell))
    if word in _YES or word in _NO:
        return word in _YES
    return Wrong(Kind.not_yes_no, "是 或 否", "填“是”或“否”；不掌握的留空")


def _day(cell: Cell) -> Reading:
    day = cell.date() if isinstance(cell, datetime) else cell
    if not isinstance(day, date):
        day = _written_day(cell)
    if day is None or day.year > _LAST_YEAR:
        return Wrong(Kind.not_a_day, "日期，如 2020-09-01", "改为“年-月-日”的写法，或把单元格设为日期格式")
    if day.year <= _LAST_1900:
        return Wrong(Kind.date_1900, "真实的日期（1900年前后的多是数字被当成了日期）", "核对原始材料，重新填写日期")
    return day


def _written_day(cell: Cell) -> date | None:
    """A day in writing; a number is one only as eight or six digits, for 2020.10 is no longer known from 2020.1."""
    text = unicodedata.normalize("NFKC", shown(cell)).strip()
    match = _DAY.fullmatch(text)
    if match is None or not (isinstance(cell, str) or text.isdigit()):
        return None
    year, _, month, day, short_month, short_day = match.groups()
    try:
        return date(int(year), int(month or short_month), int(day or short_day or 1))
    except ValueError:
        return None
