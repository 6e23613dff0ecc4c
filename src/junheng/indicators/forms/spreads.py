"""县级差异系数表, and each school's share of each spread."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from junheng.indicators.forms import cells
from junheng.indicators.forms.facts import CountyFacts, SchoolRow
from junheng.indicators.forms.layout import (
    CODE,
    EIGHT,
    NAME,
    PARTS,
    PUPILS,
    SEVEN,
    STAGE,
    TOWNSHIP,
    item_head,
    pupils_cell,
    sheet,
    short_name,
    stage_word,
)
from junheng.kernel.exact import root
from junheng.kernel.findings import Finding
from junheng.paper.sheets import Cell, Column, Role, Row, Sheet

SPREAD_PLACES, LIMIT_PLACES = 3, 2
COMPOSITE = "jb.cv"


def spread_form(facts: CountyFacts) -> Sheet | None:
    """Form 2: mean, deviation, coefficient of variation of the seven items by stage, for three years."""
    return _form(facts, "表2 县级差异系数", "县级差异系数表（优质均衡七项）", SEVEN)


def basic_spread_form(facts: CountyFacts) -> Sheet | None:
    """The same of the eight items of 2012, with their composite, which alone has a limit."""
    return _form(facts, "表2-1 基本均衡差异系数", "县级差异系数表（基本均衡八项与综合）", (*EIGHT, COMPOSITE))


def _form(facts: CountyFacts, name: str, title: str, items: tuple[str, ...]) -> Sheet | None:
    found = [(stage, item) for stage in PARTS for item in items if facts.county(spread_of(item), stage)]
    if not found:
        return None
    years = three_years(facts)
    past = tuple(Column(("近三年差异系数", f"{year}年"), 9) for year in years)
    columns = (
        STAGE,
        Column(("指标",), 52, "left"),
        Column(("县均值",), 11),
        Column(("标准差",), 11),
        Column(("差异系数",), 10),
        Column(("标准（≤）",), 8),
        Column(("是否达标",), 9, "center"),
        *past,
        Column(("备注",), 22, "left"),
    )
    rows = (_spread(facts, stage, item, years) for stage, item in found)
    note = "县均值=各校总量之和÷学生数之和；标准差按学生数加权；差异系数=标准差÷县均值，按未舍入值与标准比较。"
    return sheet(facts, name, title, columns, rows, notes=(note,))


def spread_of(item: str) -> str:
    return item if item == COMPOSITE else f"{item}.cv"


def three_years(facts: CountyFacts) -> tuple[int, ...]:
    return (facts.year - 2, facts.year - 1, facts.year)


def _spread(facts: CountyFacts, stage: str, item: str, years: tuple[int, ...]) -> Row:
    one = facts.county(spread_of(item), stage)
    return (
        Cell(stage_word(stage)),
        Cell(item_head(facts, item)),
        *_mean_and_deviation(facts, stage, item),
        _shown(one),
        _limit(one),
        cells.verdict(one),
        *(_shown(of_year(facts, item, stage, year)) for year in years),
        Cell(_remark(one)),
    )


def _mean_and_deviation(facts: CountyFacts, stage: str, item: str) -> tuple[Cell, Cell]:
    if item == COMPOSITE:
        return (Cell("—", Role.quiet), Cell("—", Role.quiet))
    mean, spread, places = (
        facts.county(item, stage),
        facts.county(spread_of(item), stage),
        cells.places(facts, item),
    )
    average = mean.value if mean else None
    return (cells.number(average, places), cells.number(_deviation(average, spread), places))


def _deviation(mean: Fraction | Decimal | None, spread: Finding | None) -> Decimal | None:
    if mean is None or spread is None or spread.value_squared is None:
        return None
    return root(Fraction(mean) ** 2 * spread.value_squared)


def of_year(facts: CountyFacts, item: str, stage: str, year: int) -> Finding | None:
    """The county's spread in this year or an earlier one."""
    return (facts.of_county if year == facts.year else facts.earlier.get(year, {})).get((spread_of(item), stage))


def _shown(one: Finding | None) -> Cell:
    if one is None or one.value is None:
        return Cell(cells.MISSING, Role.unknown)
    fails = one.verdict is not None and one.verdict.name == "not_met"
    return Cell(one.value, Role.bad if fails else Role.plain, SPREAD_PLACES)


def _limit(one: Finding | None) -> Cell:
    return replace(cells.limit(one), places=LIMIT_PLACES)


def _remark(one: Finding | None) -> str:
    if one is None:
        return ""
    said = ((cells.depends_on_split(one), "随拆分口径变化"), (one.within_rounding, "与标准在舍入范围内"))
    return "；".join(words for true, words in said if true)


@dataclass(frozen=True)
class Driver:
    """One school's part in the spread of one item; `running` adds it to those of the schools before it."""

    rank: int
    school: SchoolRow
    finding: Finding
    share: Fraction
    running: Fraction
    below: bool | None


def drivers(facts: CountyFacts, item: str, stage: str) -> list[Driver]:
    """The schools by their share of the item's spread, the largest first."""
    shared = [
        (school, one)
        for school in facts.judged((item,), stage)
        if (one := facts.school(item, stage, school.school_id)) and one.share is not None
    ]
    mean = facts.county(item, stage)
    made, running = [], Fraction(0)
    for rank, (school, one) in enumerate(sorted(shared, key=lambda pair: -(pair[1].share or 0)), start=1):
        running += one.share or 0
        below = None if one.value is None or mean is None or mean.value is None else Fraction(one.value) < Fraction(mean.value)
        made.append(Driver(rank, school, one, one.share or Fraction(0), running, below))
    return made


def share_list(facts: CountyFacts) -> Sheet | None:
    """差异系数贡献: who drives each coefficient of variation."""
    rows = tuple(_shares(facts))
    if not rows:
        return None
    columns = (
        STAGE,
        Column(("指标",), 24, "left"),
        Column(("位次",), 5.5, "center"),
        NAME,
        CODE,
        TOWNSHIP,
        PUPILS,
        Column(("值",), 10),
        Column(("县均值",), 10),
        Column(("高低",), 9, "center"),
        Column(("占比%",), 8),
        Column(("累计%",), 8),
    )
    note = "占比=该校学生数×（该校值−县均值）²，占全县各校之和的百分比。可按学段、指标筛选。"
    return sheet(facts, "差异系数贡献", "各校对差异系数的贡献", columns, rows, notes=(note,), fixed=0)


def _shares(facts: CountyFacts) -> Iterator[Row]:
    for stage in PARTS:
        for item in SEVEN:
            for one in drivers(facts, item, stage):
                yield _share(facts, item, stage, one)


def _share(facts: CountyFacts, item: str, stage: str, one: Driver) -> Row:
    side = "—" if one.below is None else "低于均值" if one.below else "高于均值"
    return (
        Cell(stage_word(stage)),
        Cell(short_name(item)),
        Cell(one.rank),
        Cell(one.school.name),
        Cell(one.school.school_id),
        Cell(one.school.township),
        pupils_cell(one.school, stage),
        cells.value(facts, one.finding, Role.plain),
        cells.value(facts, facts.county(item, stage), Role.plain),
        Cell(side),
        Cell(100 * one.share, places=2),
        Cell(100 * one.running, places=2),
    )
