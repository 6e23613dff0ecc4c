"""The papers of a plan that the desk hands out, by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from junheng.planning.forms import PlanFacts, write_ledger, write_page_of, write_school_papers, write_sheets


@dataclass(frozen=True)
class PaperKind:
    """What it is called, how its file ends, who writes it."""

    zh: str
    ending: str
    write: Callable[[Path, PlanFacts], None]


PAPERS = {
    "workbook": PaperKind("全套表格", ".xlsx", write_sheets),
    "page": PaperKind("网页", ".html", write_page_of),
    "ledger": PaperKind("整改台账", ".docx", write_ledger),
    "schools": PaperKind("一校一策", ".docx", write_school_papers),
}
