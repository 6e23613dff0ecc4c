"""The papers of a plan: which are asked for, and their writing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated

import typer

from junheng.cli.options import writable
from junheng.kernel.faults import JunhengError
from junheng.planning.forms import PlanFacts, plan_facts, write_ledger, write_page_of, write_school_papers, write_sheets
from junheng.planning.plan import Plan
from junheng.planning.refusals import Refusals

Workbook = Annotated[Path | None, typer.Option("--xlsx", help="把结论、台账、措施等各表写到这个 .xlsx 文件。")]
PageFile = Annotated[Path | None, typer.Option("--html", help="把方案的网页写到这个 .html 文件。")]
LedgerFile = Annotated[Path | None, typer.Option("--docx", help="把整改台账写到这个 Word 文件（.docx）。")]
SchoolsFile = Annotated[Path | None, typer.Option("--schools", help="把一校一策写到这个 Word 文件（.docx），每校一页。")]

Papers = Mapping[Path, Callable[[Path, PlanFacts], None]]


def papers_named(xlsx: Path | None, html: Path | None, docx: Path | None, schools: Path | None) -> Papers:
    """The files to write. Errors: JunhengError, before anything is computed, with all that cannot be written or do not tell by
    their names what they hold.
    """
    asked = (("--xlsx", xlsx, ".xlsx", write_sheets), ("--html", html, ".html", write_page_of),
             ("--docx", docx, ".docx", write_ledger), ("--schools", schools, ".docx", write_school_papers))
    refusals = Refusals()
    for option, path, ending, _ in asked:
        refusals.of(writable, path, option, ending)
    refusals.of(_refuse_one_for_both, docx, schools)
    refusals.tell()
    return {path: write for _, path, _, write in asked if path}


def _refuse_one_for_both(docx: Path | None, schools: Path | None) -> None:
    if docx and schools and docx.resolve() == schools.resolve():
        raise JunhengError(f"--docx 和 --schools 都是 {docx}：不能写在同一个文件里 -> 换一个文件名")


def write_papers(papers: Papers, plan: Plan, city: Path) -> list[Path]:
    """Write the papers of a plan; its schools are read from the snapshot it was made from."""
    if papers:
        facts = plan_facts(plan, city)
        for path, write in papers.items():
            write(path, facts)
    return list(papers)
