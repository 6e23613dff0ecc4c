"""Numbers as people type them into cells: read exactly, within the range and places of their column."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

from junheng.kernel.columns import Column
from junheng.register.intake.readings import DAMAGED_FROM, Read, Reading, Wrong, digits
from junheng.register.intake.sheets import Cell
from junheng.register.kinds import Kind

_MOST_NUMBER = 28  # characters of a number, all of which decimal arithmetic keeps
_NUMBER = re.compile(r"[+-]?(?=\.?[0-9])(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(?:\.[0-9]*)?(?:[eE][+-]?[0-9]{1,2})?")


def number_in(cell: Cell) -> Decimal | None:
    """The number that a cell shows; None where it shows none."""
    if isinstance(cell, (int, Decimal)):
        return Decimal(cell)
    text = digits(cell) if isinstance(cell, float) else cell
    if not isinstance(text, str) or len(text) > _MOST_NUMBER:
        return None
    if not text.isascii() and any(letter.isdigit() and not letter.isdecimal() for letter in text):
        return None  # 12² is not 122, nor ① a one
    text = unicodedata.normalize("NFKC", text).strip()
    return Decimal(text.replace(",", "")) if _NUMBER.fullmatch(text) else None


def _range(column: Column) -> str:
    return f"{column.least:,f} 至 {column.most:,f}{column.unit and ' ' + column.unit}"


def _measured(column: Column, wanted: str) -> Callable[[Cell], Decimal | Wrong]:
    """Numbers within the range of a column."""
    least, most = column.least or Decimal(0), column.most or Decimal(0)

    def read(cell: Cell) -> Decimal | Wrong:
        number = number_in(cell)
        if number is None or not number.is_finite():
            return Wrong(Kind.not_a_number, wanted, "只填阿拉伯数字，不写单位；不掌握的留空")
        if number < 0 <= least:
            return Wrong(Kind.negative, wanted, "核对原始材料，改正负数")
        if not least <= number <= most:
            return Wrong(Kind.out_of_range, _range(column), "核对数值和单位后改正")
        return number

    return read


def _plain_float(column: Column) -> Callable[[float], int | None]:
    """The short way for nearly all numbers: those in range that are the float nearest to a decimal of the column's places."""
    least, most, parts = float(column.least or 0), float(column.most or 0), int(10**column.scale)

    def read(cell: float) -> int | None:
        if least <= cell <= most:
            whole = round(cell * parts)
            if whole / parts == cell:
                return whole
        return None

    return read


def integers(column: Column) -> Read:
    """Reads whole numbers."""
    return _parts(column, f"整数，{_range(column)}", Kind.fraction, "改为整数")


def decimals(column: Column) -> Read:
    """Reads decimals, each as a whole number of its last place."""
    wanted = f"数，{_range(column)}，至多 {column.scale} 位小数"
    return _parts(column, wanted, Kind.too_many_decimals, f"四舍五入到 {column.scale} 位小数")


def _parts(column: Column, wanted: str, too_fine: Kind, do: str) -> Read:
    """Reads numbers as whole numbers of the column's last place; one with more places is `too_fine`."""
    measured, plain_float = _measured(column, wanted), _plain_float(column)

    def read(cell: Cell) -> Reading:
        if isinstance(cell, float) and (short := plain_float(cell)) is not None:
            return short
        number = measured(cell)
        if isinstance(number, Wrong):
            return number
        whole = int(number.scaleb(column.scale))
        return whole if Decimal(whole).scaleb(-column.scale) == number else Wrong(too_fine, wanted, do)

    return read


def rounded(cell: Cell, places: int, times: Decimal) -> Cell:
    """The number in a cell times `times`, to `places` places; what is no number stays as it is."""
    number = number_in(cell) if cell is not None else None
    if number is None or not number.is_finite() or abs(number) >= DAMAGED_FROM:
        return cell
    return (number * times).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
