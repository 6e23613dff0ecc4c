"""按乡镇: how the schools of each township fare and what is spent there; of several counties, county by county."""

from __future__ import annotations

from collections.abc import Sequence

from junheng.indicators.forms.cells import total
from junheng.kernel.codes import Verdict
from junheng.paper.sheets import Cell, Column, Role, Row, Sheet
from junheng.planning.forms.conclusions import marked
from junheng.planning.forms.facts import PlanFacts, spent
from junheng.planning.forms.layout import by_county, county_cell, fixed, sheet
from junheng.planning.forms.words import WHEN, WHEN_WORDS, wan

NOWHERE = "（未报乡镇）"
FAILING = "未达标学校"
COLUMNS = (
    Column(("乡镇（街道）",), 12, "left"),
    Column(("学校",), 6),
    *(Column((FAILING, word), 7.5) for word in WHEN_WORDS),
    Column(("缺数据",), 7),
    Column(("措施（项）",), 8),
    Column(("费用（万元）",), 11),
)


def townships(facts: PlanFacts) -> Sheet:
    """One row a township with a school the plan judges."""
    lying: dict[tuple[str, str, str], list[str]] = {}
    for school in facts.stages:
        row = facts.schools.get(school)
        key = (row.county_code, row.township_code, row.township) if row else ("", "", "")
        lying.setdefault(key, []).append(school)
    rows = [_row(facts, county, name, own) for (county, _, name), own in sorted(lying.items())]
    named = fixed(facts, 1)
    *counts, money = list(zip(*rows, strict=True))[named:]
    sums = (*map(total, counts), total(money, 2))
    whole = (Cell("合计"), *(Cell() for _ in range(named - 1)), *sums)
    return sheet(facts, "按乡镇", "各乡镇学校达标情况", (*by_county(facts), *COLUMNS), rows, totals=(whole,), fixed=named)


def _row(facts: PlanFacts, county: str, name: str, schools: Sequence[str]) -> Row:
    measures = [each for school in schools for each in facts.at(school)]
    now, undone, planned = (_many(facts, schools, when, Verdict.not_met) for when in WHEN)
    unknown = _many(facts, schools, WHEN[-1], Verdict.unknown)
    return (
        *county_cell(facts, county),
        Cell(name or NOWHERE),
        Cell(len(schools)),
        Cell(now),
        Cell(undone),
        marked(planned),
        marked(unknown, Role.unknown),
        Cell(len(measures)),
        wan(spent(measures)),
    )


def _many(facts: PlanFacts, schools: Sequence[str], when: str, verdict: Verdict) -> int:
    """The schools one of whose stages has this verdict."""
    return sum(
        any(getattr(facts.standings[school, stage], when) == verdict.name for stage in facts.stages[school]) for school in schools
    )
