"""Every item of every school and every coefficient of variation: today, if nothing is done, by plan."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.indicators.forms.cells import number
from junheng.indicators.forms.layout import CODE, NAME, NUMBER, PARTS, SEVEN, STAGE
from junheng.indicators.registry import INDICATORS
from junheng.paper.sheets import Cell, Column, Role, Row, Sheet
from junheng.planning.forms import words
from junheng.planning.forms.facts import PlanFacts
from junheng.planning.forms.layout import by_county, county_cell, fixed, sheet
from junheng.planning.forms.words import CV, WHEN, WHEN_WORDS, line_cell, value_cell
from junheng.planning.plan import Level, Standing

TITLE = "：现在、不整改、按方案"
NONE, UNKNOWN = Cell("—", Role.quiet), number(None)


def _note(facts: PlanFacts) -> str:
    return f"现在：{facts.year}年9月1日；不整改、按方案：{facts.target}年9月1日。"


def school_levels(facts: PlanFacts, stage: str) -> Sheet | None:
    """The schools of a stage with their seven items; a page may fold away all but the plan."""
    listed = [each for each in facts.listed if each.stage == stage]
    if not listed:
        return None
    items = (column for item in SEVEN for column in _three((_head(facts, item, stage),), 8.5))
    pupils = Column((f"{facts.target}年学生数",), 7.5)
    columns = (NUMBER, *by_county(facts), NAME, CODE, pupils, *_three(("资源配置综合",), 11), *items)
    rows = (_row(facts, *each) for each in enumerate(listed, start=1))
    notes = (_note(facts), f"“{words.NOT_ASKED}”：{facts.target}年不单独考核，如教学点学生减少后并入中心校、按程序合并的学校。")
    return sheet(
        facts,
        f"{words.stage_word(stage)}各项前后",
        f"{words.stage_word(stage)}资源配置{TITLE}",
        columns,
        rows,
        notes=notes,
        fixed=fixed(facts, 2),
        paper="A3",
    )


def _three(heads: tuple[str, ...], width: float) -> Iterator[Column]:
    """The columns of the three times; folded, the plan's stands for all."""
    for word in WHEN_WORDS:
        yield Column((*heads, word), width, "center" if width > 10 else "right", word != WHEN_WORDS[-1], (*heads, word))


def _head(facts: PlanFacts, item: str, stage: str) -> str:
    """The item with its limit, where that is one for all."""
    limits = {each.limit for each in facts.plan.levels if each.item == item and each.stage == stage and each.school}
    limit = f"≥{line_cell(limits.pop()).text}" if len(limits) == 1 else ""
    return f"{words.item_word(item)}\n{limit}（{INDICATORS[item].unit}）"


def _row(facts: PlanFacts, place: int, each: Standing) -> Row:
    pupils = number(each.pupils) if each.planned else words.verdict_cell("")
    values = (_value(facts, each, item, when) for item in SEVEN for when in WHEN)
    return (
        Cell(place),
        *county_cell(facts, each.county),
        Cell(facts.school(each.school)),
        Cell(each.school),
        pupils,
        *(words.short_verdict(getattr(each, when)) for when in WHEN),
        *values,
    )


def _value(facts: PlanFacts, each: Standing, item: str, when: str) -> Cell:
    return value_cell(facts.levels.get((each.school, each.stage, item)), when) if each.planned else NONE


# --- coefficients of variation --------------------------------------------------------------------------------


def spreads(facts: PlanFacts) -> Sheet:
    """One row a county, stage and item; those that were not planned for lack of data stand too."""
    columns = (
        *by_county(facts),
        STAGE,
        Column(("差异系数",), 26, "left"),
        *(Column((word,), 9) for word in WHEN_WORDS),
        Column(("标准",), 8),
        Column(("规划线",), 8),
        Column(("按方案是否达标",), 14, "center"),
    )
    there = {(each.county, each.stage) for each in facts.plan.standings}
    rows = (
        _spread(facts, county, stage, f"{item}{CV}")
        for county in facts.counties
        for stage in PARTS
        for item in SEVEN
        if (county, stage) in there
    )
    return sheet(
        facts,
        "差异系数前后",
        f"校际差异系数{TITLE}",
        columns,
        rows,
        fixed=fixed(facts, 2),
        notes=(_note(facts), "“缺数据”：有学校该项数据不全，不能计算，也没有纳入规划。"),
    )


def _spread(facts: PlanFacts, county: str, stage: str, item: str) -> Row:
    level = facts.levels.get((county, stage, item))
    lines = (line_cell(level.limit), line_cell(level.wanted)) if level else (NONE, NONE)
    return (
        *county_cell(facts, county),
        Cell(words.stage_word(stage)),
        Cell(words.item_word(item)),
        *(value_cell(level, when) for when in WHEN),
        *lines,
        _kept(level),
    )


def _kept(level: Level | None) -> Cell:
    if level is None or level.planned is None:
        return UNKNOWN
    return Cell("否", Role.bad) if "planned" in level.fails else Cell("是", Role.ok)
