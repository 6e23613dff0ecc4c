"""What reading a cell can give: a value, nothing, or a reason why there is none; and how a cell is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from junheng.register.intake.sheets import Cell
from junheng.register.kinds import Kind

EXACT_DIGITS = 15  # what a spreadsheet keeps of a number
DAMAGED_FROM = 10**EXACT_DIGITS
BLANK = "空白"
_MOST_SHOWN = 60

Value = str | int | date | bool | None


@dataclass(frozen=True)
class Wrong:
    """Why a cell has no value: the kind of fault, what is wanted, what to do; and what the cell shows."""

    kind: Kind
    wanted: str
    do: str
    found: str = ""


Reading = Value | Wrong
Read = Callable[[Cell], Reading]


def is_blank(cell: Cell) -> bool:
    """Whether a cell holds nothing that can be seen."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def shown(cell: Cell) -> str:
    """A cell as the user sees it, in one line."""
    if is_blank(cell):
        return BLANK
    if isinstance(cell, float):
        return digits(cell)
    if isinstance(cell, datetime) and cell.time() == time():
        cell = cell.date()
    text = " ".join(str(cell).split())
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"


def damaged_digits() -> Wrong:
    """The reading of a number of which a spreadsheet has thrown digits away."""
    return Wrong(Kind.digits_lost, f"完整的文本（数字格式只保留 {EXACT_DIGITS} 位，其余已丢失）",
                 "把该列设为文本格式，按原始材料重新填写")


def digits(cell: float) -> str:
    """A number without the noise of binary fractions."""
    text = f"{cell:.{EXACT_DIGITS}g}"
    return f"{Decimal(text):f}" if "e" in text and abs(cell) < DAMAGED_FROM else text
