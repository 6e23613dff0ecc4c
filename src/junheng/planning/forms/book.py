"""The papers of a plan, written: a workbook, a page, 整改台账 and 一校一策 in Word."""

from __future__ import annotations

from pathlib import Path

from junheng.indicators.forms.layout import CAVEAT, PARTS
from junheng.paper.docx import paper_bytes
from junheng.paper.html import write_page
from junheng.paper.sheets import Paper, Sheet
from junheng.paper.whole_file import write_whole
from junheng.paper.xlsx import write_workbook
from junheng.planning.forms.basis import prices_sheet, rules_sheet
from junheng.planning.forms.conclusions import conclusions
from junheng.planning.forms.costs import cost_sheets
from junheng.planning.forms.facts import PlanFacts
from junheng.planning.forms.ledger import TITLE, ledger, school_papers
from junheng.planning.forms.levels import school_levels, spreads
from junheng.planning.forms.measures import measures_sheet
from junheng.planning.forms.page import plan_page
from junheng.planning.forms.remaining import empty_later_sheet, natural_sheet, unknown_sheet, unmet_sheet
from junheng.planning.forms.townships import townships


def plan_sheets(facts: PlanFacts) -> list[Sheet]:
    """The sheets of the workbook, what stays short before what is done."""
    schools = (school_levels(facts, stage) for stage in PARTS)
    return [
        conclusions(facts),
        unmet_sheet(facts),
        ledger(facts),
        measures_sheet(facts),
        *cost_sheets(facts),
        townships(facts),
        *(each for each in schools if each),
        spreads(facts),
        natural_sheet(facts),
        empty_later_sheet(facts),
        unknown_sheet(facts),
        prices_sheet(facts),
        rules_sheet(facts),
    ]


def write_sheets(path: Path, facts: PlanFacts) -> None:
    """Write the plan as a workbook, whole or not at all; equal plans give equal bytes. Errors: JunhengError if it cannot be."""
    write_workbook(path, plan_sheets(facts))


def write_page_of(path: Path, facts: PlanFacts) -> None:
    """Write the plan as one self-contained page, whole or not at all. Errors: JunhengError when it cannot be written."""
    write_page(path, plan_page(facts))


def write_ledger(path: Path, facts: PlanFacts) -> None:
    """Write 整改台账 as a Word document, a section a county. Errors: JunhengError when it cannot be written."""
    sheets = tuple(ledger(facts, county) for county in facts.counties)
    write_whole(path, paper_bytes(Paper(f"{facts.where}{TITLE}", sheets, f"{CAVEAT}。", facts.marking)))


def write_school_papers(path: Path, facts: PlanFacts) -> None:
    """Write 一校一策 as a Word document, a page a school. Errors: JunhengError when it cannot be written."""
    paper = Paper(f"{facts.where}一校一策", tuple(school_papers(facts)), f"{CAVEAT}。", facts.marking, signed_by=())
    write_whole(path, paper_bytes(paper))  # each page has a line of its own to sign
