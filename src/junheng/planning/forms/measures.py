"""措施: what is done at which school, in which year, at what price, and the gap it closes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TypeVar

from junheng.indicators.forms.layout import CODE, NAME, NUMBER, STAGE
from junheng.paper.sheets import Cell, Column, Role, Row, Sheet
from junheng.planning.forms import words
from junheng.planning.forms.facts import PlanFacts, exact, paid, spent
from junheng.planning.forms.layout import by_county, county_cell, fixed, procedure, sheet, stacked
from junheng.planning.forms.words import CV, due, is_short, plain
from junheng.planning.plan import Level, Measure
from junheng.register.codes import ALL_STAGES

T = TypeVar("T")
YEAR, KIND, ABOUT = Column(("年度",), 6, "center"), Column(("措施",), 20, "left"), Column(("说明",), 21, "left")
AMOUNT, UNIT = Column(("数量",), 9), Column(("单位",), 5, "center")
EACH, COST = Column(("每单位费用\n（元）",), 9), Column(("费用（元）",), 11)
CHANNEL, DUE = Column(("资金来源",), 12, "center"), Column(("计入时点",), 14.5, "center")
GAP_HEAD = "所补缺口"
GAP = (
    Column((GAP_HEAD, "对应指标"), 20, "left"),
    Column((GAP_HEAD, "现值"), 9),
    Column((GAP_HEAD, "不整改"), 9),
    Column((GAP_HEAD, "标准"), 7),
    Column((GAP_HEAD, "规划线"), 7.5),
    Column((GAP_HEAD, "缺口"), 11),
    Column((GAP_HEAD, "按方案"), 9),
)
SHOWN_GAP = (0, 2, 4, 5, 6)  # their places in GAP
FOLDED = tuple(replace(column, detail=True) for column in (CHANNEL, DUE))


def measures_sheet(facts: PlanFacts) -> Sheet:
    """Every measure in one row. Yuan; a measure's payments by year beside its cost."""
    years = tuple(Column(("支出（元）", f"{year}年"), 10.5) for year in facts.years)
    columns = (
        NUMBER,
        *by_county(facts),
        NAME,
        CODE,
        STAGE,
        YEAR,
        KIND,
        ABOUT,
        AMOUNT,
        UNIT,
        EACH,
        COST,
        *years,
        CHANNEL,
        DUE,
        *GAP,
    )
    rows = (_row(facts, number, each) for number, each in enumerate(facts.measures, start=1))
    sums = (plain(spent(facts.measures)), *(plain(paid(facts.measures, year)) for year in facts.years))
    return sheet(
        facts,
        "措施",
        "措施清单",
        columns,
        rows,
        totals=(_total(columns, sums),),
        fixed=fixed(facts, 2),
        paper="A3",
        notes=(*_notes(facts), "每单位费用 = 规划期内费用（含经常性支出）÷ 数量；单价见“价格”。"),
    )


def measure_listing(facts: PlanFacts) -> Sheet:
    """The same for a screen: the amount with its unit; what stands in other tables is left out, who pays and when folded away."""
    columns = (*by_county(facts), NAME, STAGE, YEAR, KIND, ABOUT, AMOUNT, EACH, COST, *_shown(GAP), *FOLDED)
    rows = (_short_row(facts, each) for each in facts.measures)
    return sheet(
        facts,
        "措施",
        "措施清单",
        columns,
        rows,
        totals=(_total(columns, (plain(spent(facts.measures)),)),),
        fixed=fixed(facts, 1),
        notes=_notes(facts),
    )


def _notes(facts: PlanFacts) -> tuple[str, ...]:
    day = f"{facts.target}年9月1日"
    return (
        "年度：开始实施的公历年。计入时点：办完手续、登记入账的期限。",
        f"不整改：到{day}不做任何事时的值。缺口：那时距规划线还差的数量。",
        "差异系数的各值为全县该学段的数。补足本校缺口后仍有多的，用于缩小校际差距。",
        *procedure(facts),
    )


def _row(facts: PlanFacts, number: int, each: Measure) -> Row:
    return (
        Cell(number),
        *county_cell(facts, each.county),
        Cell(facts.school(each.school)),
        Cell(each.school),
        Cell(words.stage_word(each.stage)),
        Cell(f"{each.year}"),
        Cell(words.kind_word(each)),
        Cell(words.about(facts, each)),
        plain(exact(each.amount)),
        Cell(each.unit),
        _each(each),
        plain(exact(each.cost)),
        *(_paid(each, year) for year in facts.years),
        Cell(words.channels(each.payments)),
        Cell(due(each.counted)),
        *gap_cells(facts, each),
    )


def _short_row(facts: PlanFacts, each: Measure) -> Row:
    amount = plain(exact(each.amount))
    return (
        *county_cell(facts, each.county),
        Cell(facts.school(each.school)),
        Cell(words.stage_word(each.stage)),
        Cell(f"{each.year}"),
        Cell(words.kind_word(each)),
        Cell(words.about(facts, each)),
        Cell(amount.shown, places=amount.places, mark=each.unit),
        _each(each),
        plain(exact(each.cost)),
        *_shown(gap_cells(facts, each)),
        Cell(words.channels(each.payments)),
        Cell(due(each.counted)),
    )


def _shown(cells: tuple[T, ...]) -> tuple[T, ...]:
    """What GAP says, without today's value and the limit: the planning line is what is planned for."""
    return tuple(cells[place] for place in SHOWN_GAP)


def _each(measure: Measure) -> Cell:
    return plain(Fraction(exact(measure.cost)) / Fraction(exact(measure.amount))) if measure.amount else Cell("—", Role.quiet)


def _paid(measure: Measure, year: int) -> Cell:
    return plain(paid([measure], year)) if any(each.year == year for each in measure.payments) else Cell()


def _total(columns: Sequence[Column], sums: Row) -> Row:
    """A row of totals, the first of `sums` below the costs."""
    before = columns.index(COST)
    after = len(columns) - before - len(sums)
    return (Cell("合计"), *(Cell() for _ in range(before - 1)), *sums, *(Cell() for _ in range(after)))


# --- the gap it closes ----------------------------------------------------------------------------------------


def gap_cells(facts: PlanFacts, measure: Measure) -> Row:
    """The cells of GAP: a number where it acts on one level, else a line for each."""
    levels = acted_on(facts, measure)
    if not levels:
        told = "\n".join(f"{words.stage_word(measure.stage)} {words.item_word(item)}" for item in measure.closes)
        return (Cell(told or "—"), *(Cell("—", Role.quiet) for _ in GAP[1:]))
    return tuple(stacked(column) for column in zip(*(_of_level(facts, level) for level in levels), strict=True))


def acted_on(facts: PlanFacts, measure: Measure) -> list[Level]:
    """The levels of the items a measure acts on that are short, else all: the school's, or the county's of a coefficient."""
    stages = facts.stages.get(measure.school, ()) if measure.stage == ALL_STAGES else (measure.stage,)
    found = (
        facts.levels.get((measure.county if item.endswith(CV) else measure.school, stage, item))
        for item in measure.closes
        for stage in stages
    )
    acted = [each for each in found if each]
    return [each for each in acted if is_short(each)] or acted


def _of_level(facts: PlanFacts, level: Level) -> Row:
    return (
        Cell(f"{words.stage_word(level.stage)} {words.item_word(level.item)}"),
        words.value_cell(level, "now"),
        words.value_cell(level, "undone"),
        words.line_cell(level.limit),
        words.line_cell(level.wanted),
        words.gap_cell(facts, level),
        words.value_cell(level, "planned"),
    )
