"""The spread of anybody's list: pupils and totals in a CSV or Excel file, outside any city folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, NoReturn

from junheng.indicators.spread import Variation, variation
from junheng.kernel.exact import root, written
from junheng.kernel.faults import Exit, JunhengError
from junheng.register.intake.cells import number_in, shown
from junheng.register.intake.reading import read_bytes, read_sheets
from junheng.register.intake.sheets import Cell, Refused, Sheet

HEADER_ROWS = 3  # the header stands in one of the first three rows


@dataclass(frozen=True)
class Spreading:
    """The rows of a list that take part, with the spread between them."""

    rows: list[dict[str, str]]
    totals: list[Fraction]
    pupils: list[Fraction]
    spread: Variation
    left_out: int

    @property
    def deviation(self) -> Decimal:
        return root(self.spread.variance)

    def as_json(self) -> dict[str, Any]:
        rows = [row | {"per_pupil": written(total / count), "share": written(share)} for row, total, count, share
                in zip(self.rows, self.totals, self.pupils, self.spread.shares, strict=True)]
        return {"mean": written(self.spread.mean), "deviation": written(self.deviation),
                "cv": written(self.spread.coefficient), "rows": rows}


def spread_of_file(path: Path, *, value: str, pupils: str, leave_out: Sequence[str] = ()) -> Spreading:
    """The pupil-weighted spread of the column `value` (totals, not per pupil) over `pupils`.

    Leaves out rows that hold one of the texts `leave_out` in any cell, and empty rows. Errors: a file that cannot be
    read, a missing column, every cell that is not a number, all at once and by row; a row that is the sum of the others.
    """
    header, rows = _list(path, value, pupils)
    kept = {number: row for number, row in rows.items() if not set(leave_out) & {_text(cell) for cell in row.values()}}
    wrong = [words for number, row in kept.items() for words in _wrong(number, row, value, pupils)]
    if wrong or not kept:
        _refuse(path, wrong or ["没有可计算的行 -> 检查 --leave-out"])
    totals = [Fraction(number_in(row[value]) or 0) for row in kept.values()]
    counts = [Fraction(number_in(row[pupils]) or 0) for row in kept.values()]
    if sums := _sums_of_the_others(list(kept), totals, counts):
        _refuse(path, [f"第{number}行：等于其余各行之和，像是合计行 -> 用 --leave-out 去掉该行" for number in sums])
    spread = variation(totals, counts)
    if spread is None:
        _refuse(path, [f"{value}：合计为零，无法计算差异系数 -> 检查这一列"])
    return Spreading([{name: _text(row[name]) for name in header} for row in kept.values()], totals, counts, spread,
                     len(rows) - len(kept))


def _sums_of_the_others(numbers: list[int], totals: list[Fraction], counts: list[Fraction]) -> list[int]:
    """Rows that hold what all others add up to, in both columns: a total line counted as a school spoils the figure."""
    total, count = sum(totals), sum(counts)
    return [number for number, own, pupils in zip(numbers, totals, counts, strict=True)
            if len(numbers) > 2 and (2 * own, 2 * pupils) == (total, count)]


def _list(path: Path, value: str, pupils: str) -> tuple[list[str], dict[int, dict[str, Cell]]]:
    try:
        sheets = read_sheets(read_bytes(path), path.suffix, lambda title: True)
    except Refused as refused:
        _refuse(path, [f"{refused.found}；应为{refused.wanted} -> {refused.do}"])
    for sheet in sheets:
        for at, row in enumerate(sheet.rows[:HEADER_ROWS]):
            header = [_text(cell) for cell in row]
            if {value, pupils} <= set(header):
                return [name for name in header if name], _rows(sheet, at, header)
    return _no_header(path, sheets, value, pupils)


def _no_header(path: Path, sheets: list[Sheet], value: str, pupils: str) -> NoReturn:
    there = "、".join(_text(cell) for sheet in sheets for cell in (sheet.rows or [[]])[0] if _text(cell))
    _refuse(path, [f"没有同时含“{value}”和“{pupils}”的表头；第一行有：{there} -> 改正 --value 或 --pupils"])


def _rows(sheet: Sheet, at: int, header: list[str]) -> dict[int, dict[str, Cell]]:
    found = {sheet.first + number: row for number, row in enumerate(sheet.rows) if number > at}
    return {number: dict(zip(header, row, strict=False)) for number, row in found.items() if any(map(_text, row))}


def _wrong(number: int, row: dict[str, Cell], value: str, pupils: str) -> list[str]:
    total, count = number_in(row[value]), number_in(row[pupils])
    said = []
    if total is None or total < 0:
        said.append(f"第{number}行 {value}：“{shown(row[value])}”应为不小于零的数 -> 改正，或用 --leave-out 去掉该行")
    if count is None or count <= 0:
        said.append(f"第{number}行 {pupils}：“{shown(row[pupils])}”应为大于零的数 -> 改正，或用 --leave-out 去掉该行")
    return said


def _text(cell: Cell) -> str:
    return "" if cell is None or cell == "" else shown(cell)


def _refuse(path: Path, sentences: list[str]) -> NoReturn:
    raise JunhengError("\n".join(f"{path.name} {sentence}" for sentence in sentences), Exit.faults)
