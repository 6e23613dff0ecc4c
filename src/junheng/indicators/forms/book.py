"""A county's workbook and page, written to a folder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from junheng.indicators.forms.classes import class_table, oversize_list
from junheng.indicators.forms.conclusions import conclusions
from junheng.indicators.forms.facts import CountyFacts, SchoolRow, Title, by_county
from junheng.indicators.forms.gaps import gap_list
from junheng.indicators.forms.layout import PARTS
from junheng.indicators.forms.page import county_page
from junheng.indicators.forms.resources import school_prints
from junheng.indicators.forms.spreads import basic_spread_form, share_list, spread_form
from junheng.kernel.findings import CountyVerdict, Finding
from junheng.paper.html import write_page
from junheng.paper.sheets import Sheet
from junheng.paper.xlsx import write_workbook


def write_forms(
    out: Path,
    findings: Iterable[Finding],
    verdicts: Iterable[CountyVerdict],
    schools: Iterable[SchoolRow],
    *,
    titles: Mapping[str, Title],
    standards: Mapping[str, str],
    earlier: Mapping[int, Iterable[Finding]],
) -> list[Path]:
    """Write `junheng-<year>-<county>.xlsx` and `.html` for each county; returns the files, workbook first.

    `findings` are those of every level, `earlier` the spreads of up to two years before, `titles` the
    indicators by item, `standards` their Chinese names. Errors: `JunhengError` with `Exit.storage` when `out` cannot be written.
    """
    written: list[Path] = []
    for facts in by_county(findings, verdicts, schools, titles, standards, earlier):
        name = f"junheng-{facts.year}-{facts.code}"
        write_workbook(out / f"{name}.xlsx", county_book(facts))
        write_page(out / f"{name}.html", county_page(facts))
        written += [out / f"{name}.xlsx", out / f"{name}.html"]
    return written


def county_book(facts: CountyFacts) -> list[Sheet]:
    """The sheets of one county's workbook, those left out for which nothing was measured."""
    made = [
        conclusions(facts),
        *(sheet for stage in PARTS for sheet in school_prints(facts, stage)),
        spread_form(facts),
        basic_spread_form(facts),
        class_table(facts),
        oversize_list(facts),
        gap_list(facts),
        share_list(facts),
    ]
    return [sheet for sheet in made if sheet]
