"""What a plan leaves: what it cannot reach, what is not known, what mends itself, what may stand empty."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from junheng.indicators.forms.cells import number
from junheng.indicators.forms.layout import CODE, NAME, NUMBER, STAGE
from junheng.paper.sheets import Cell, Column, Role, Row, Sheet
from junheng.planning.codes import TERMS, MeasureKind
from junheng.planning.forms import words
from junheng.planning.forms.facts import STAGE_PLACES, PlanFacts, exact
from junheng.planning.forms.layout import by_county, county_cell, fixed, sheet
from junheng.planning.plan import Unknown, Unmet

ITEM = Column(("项目",), 26, "left")
COUNTY_ITSELF = "（全县）"
UNMET_NOTES = (
    "将有、应有：学校的总量，应有按规划线计算，校舍等与他学段共用的按口径拆分；班额一行一个年级，为须增开的班数；专用教室为须增加的间数；差异系数为全县该学段的数。还差：人、间、元向上取整。",
    "这些缺口本方案补不上，证明到什么程度见“结论”：建议专题研判（增加资金或编制、放宽规则、延长年限），再重新规划。",
)


def _start(facts: PlanFacts, place: int, county: str, school: str) -> Row:
    """NUMBER, the county where there are several, NAME, CODE."""
    return (Cell(place), *county_cell(facts, county), Cell(facts.school(school) if school else COUNTY_ITSELF), Cell(school))


def unmet_sheet(facts: PlanFacts) -> Sheet:
    """仍达不到: every school and coefficient that stays short of its planning line, with what was planned there."""
    columns = (
        NUMBER,
        *by_county(facts),
        NAME,
        CODE,
        STAGE,
        ITEM,
        Column(("将有",), 9),
        Column(("应有",), 9),
        Column(("还差",), 9),
        Column(("单位",), 5, "center"),
        Column(("与标准相比",), 17, "center"),
        Column(("本校本项已安排的措施",), 40, "left"),
    )
    listed = sorted(
        facts.plan.unmet,
        key=lambda each: (each.county, each.school != "", facts.order(each.school), STAGE_PLACES.index(each.stage), each.item),
    )
    return sheet(
        facts,
        "仍达不到",
        f"{facts.target}年9月1日按方案仍达不到的",
        columns,
        (_unmet(facts, *each) for each in enumerate(listed, 1)),
        fixed=fixed(facts, 2),
        notes=UNMET_NOTES,
    )


def _unmet(facts: PlanFacts, place: int, each: Unmet) -> Row:
    has, wanted = exact(each.has), exact(each.wanted)
    beyond = Cell("高于标准" if not each.school or each.item == words.CLASS_SIZE else "低于标准", Role.bad)
    state = Cell("达到标准，未到规划线", Role.waiting) if each.meets_limit else beyond
    return (
        *_start(facts, place, each.county, each.school),
        Cell(words.stage_word(each.stage)),
        Cell(words.item_word(each.item)),
        Cell(has, places=_places(each.item, has)),
        Cell(wanted, places=_places(each.item, wanted)),
        words.missing_cell(each),
        Cell(each.unit or "—"),
        state,
        Cell(_done(facts, each)),
    )


def _places(item: str, value: Decimal) -> int:
    return words.places(item) if item.endswith(words.CV) else 0 if value == int(value) else 2


def _done(facts: PlanFacts, each: Unmet) -> str:
    """The measures of the school that act on the item."""
    if not each.school:
        return "见“差异系数前后”和各校措施"
    own = (one for one in facts.at(each.school) if {each.item, f"{each.item}{words.CV}"} & set(one.closes))
    return "\n".join(words.sentences(facts, own)) or "—"


def unknown_sheet(facts: PlanFacts) -> Sheet:
    """缺数据: what was neither planned for nor taken for zero."""
    columns = (
        NUMBER,
        *by_county(facts),
        NAME,
        CODE,
        STAGE,
        ITEM,
        Column(("缺什么",), 20, "left"),
        Column(("怎么办",), 30, "left"),
    )
    rows = (_unknown(facts, *each) for each in enumerate(facts.plan.unknown, 1))
    return sheet(facts, "缺数据", "缺数据、没有规划的", columns, rows, fixed=fixed(facts, 2))


def _unknown(facts: PlanFacts, place: int, each: Unknown) -> Row:
    return (
        *_start(facts, place, each.county, each.school),
        Cell(words.stage_word(each.stage)),
        Cell(words.item_word(each.item) if each.item else "全部项目"),
        Cell(each.why, Role.unknown),
        Cell("补报后重新导入、重新规划"),
    )


def natural_sheet(facts: PlanFacts) -> Sheet:
    """自然达标: stages of schools that fail today and will not, though nothing is done."""
    columns = (
        NUMBER,
        *by_county(facts),
        NAME,
        CODE,
        STAGE,
        Column((f"{facts.year}年学生数",), 9),
        Column((f"{facts.target}年学生数",), 9),
        Column(("现在",), 12, "center"),
        Column((f"{facts.target}年不整改",), 12, "center"),
        Column(("建议",), 26, "left"),
    )
    rows = (_natural(facts, *each) for each in enumerate(facts.plan.natural, 1))
    return sheet(facts, "自然达标", "自然达标的学校（不做任何事，到期也达标）", columns, rows, fixed=fixed(facts, 2))


def _natural(facts: PlanFacts, place: int, row: Mapping[str, str]) -> Row:
    school, stage = row["school"], row["stage"]
    standing = facts.standings[school, stage]
    pupils = (facts.pupils(school, stage, year) for year in (facts.year, facts.target))
    return (
        *_start(facts, place, row["county"], school),
        Cell(words.stage_word(stage)),
        *map(number, pupils),
        words.verdict_cell(standing.now),
        words.verdict_cell(standing.undone),
        Cell("不另投入，逐年监测"),
    )


def empty_later_sheet(facts: PlanFacts) -> Sheet:
    """三年后可能闲置: works that a school may not need three years after they count."""
    columns = (
        NUMBER,
        *by_county(facts),
        NAME,
        CODE,
        Column(("建设内容",), 20, "left"),
        Column(("数量",), 9),
        Column(("单位",), 5, "center"),
        Column(("开始年度",), 7, "center"),
        Column(("可能闲置",), 8, "center"),
        Column(("建议研判",), 40, "left"),
    )
    rows = (_empty_later(facts, *each) for each in enumerate(facts.plan.empty_later, 1))
    return sheet(facts, "三年后可能闲置", "三年后可能闲置的建设", columns, rows, fixed=fixed(facts, 2))


def _empty_later(facts: PlanFacts, place: int, row: Mapping[str, Any]) -> Row:
    kind = MeasureKind[row["kind"]]
    return (
        *_start(facts, place, row["county"], row["school"]),
        Cell(kind.zh),
        words.plain(exact(row["amount"])),
        Cell(TERMS[kind].unit),
        Cell(f"{row['year']}"),
        Cell(f"{row['later']}年"),
        Cell("按届时学生数，不建也够用；可先调配、租借或缓建"),
    )
