"""Faults of data, and errors a user can do something about: where, what, wanted, do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from enum import IntEnum

from junheng.kernel.codes import Severity

OnProgress = Callable[[float, str], None]


class Exit(IntEnum):
    """Exit codes of the command line (DESIGN 11)."""

    fine = 0
    usage = 2
    faults = 3
    breach = 4
    storage = 5
    bug = 70


@dataclass(frozen=True, order=True)
class Fault:
    """One fault of one cell, row, sheet or file. `row` counts from 1 as the spreadsheet shows it; 0 is the whole sheet."""

    file: str
    sheet: str
    row: int
    column: str
    found: str
    wanted: str
    do: str
    kind: str
    severity: Severity = field(compare=False)

    def sentence(self) -> str:
        """The fault as one line of Chinese."""
        where = " ".join(part for part in (self.file, self.sheet, f"第{self.row}行" if self.row else "", self.column) if part)
        return f"{where}：{self.found}；应为{self.wanted} -> {self.do}"

    def as_json(self) -> dict[str, object]:
        return {each.name: getattr(self, each.name) for each in fields(self)} | {
            "row": self.row or None, "column": self.column or None, "severity": self.severity.name}


class JunhengError(Exception):
    """Something the user can mend: said in words, without a traceback, with an exit code."""

    def __init__(self, sentence: str, code: Exit = Exit.usage) -> None:
        super().__init__(sentence)
        self.code = code


class DataFaults(JunhengError):
    """Files that cannot be taken in; carries every fault of every file."""

    def __init__(self, faults: list[Fault], sentence: str) -> None:
        super().__init__(sentence, Exit.faults)
        self.faults = faults
