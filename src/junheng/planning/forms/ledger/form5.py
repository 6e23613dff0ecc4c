"""整改台账 (form 5): one row a school and item, ready to hand out; what only people can fill in is left blank."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from junheng.indicators.forms.cells import MISSING
from junheng.paper.sheets import Cell, Column, Role, Row, Sheet
from junheng.planning.forms import words
from junheng.planning.forms.facts import PlanFacts, spent
from junheng.planning.forms.layout import procedure, sheet, stacked
from junheng.planning.forms.ledger import telling
from junheng.planning.forms.ledger.problems import Problem, problems
from junheng.planning.forms.words import due, plain

TITLE = "义务教育优质均衡问题清单与整改台账"
NOT_BEGUN = "未开始"
BLANK, NONE = Cell(), Cell("—", Role.quiet)
NOTES = (
    "差距：到期不整改时距规划线还差的数量。资金：每项措施只列在一行；同时补两项缺口的，另一行注明“另见第几行”。",
    "完成时限：手续办完、登记入账的最后期限。“（建议）”由程序按措施类别提出，须经教育局确认；空白各栏由人填写。",
    "单项低于标准但学校综合达标的，不列为问题。",
)


def columns(facts: PlanFacts) -> tuple[Column, ...]:
    gap = "现值／标准／差距"
    return (
        Column(("序号",), 5, "center"),
        Column(("学校（单位）",), 15, "left"),
        Column(("对应指标",), 14, "left"),
        Column(("问题描述",), 21, "left"),
        Column((gap, "现值"), 9.5),
        Column((gap, "标准"), 7.5),
        Column((gap, f"差距（{facts.target}年）"), 11),
        Column(("原因",), 8, "left"),
        Column(("整改措施",), 37, "left"),
        Column(("资金", "金额（元）"), 12),
        Column(("资金", "来源"), 11.5, "center"),
        Column(("牵头领导",), 7, "center"),
        Column(("责任单位",), 13, "left"),
        Column(("责任人",), 7, "center"),
        Column(("完成时限",), 11.5, "center"),
        Column(("进展",), 7.5, "left"),
        Column(("佐证",), 15, "left"),
        Column(("核验人",), 7, "center"),
        Column(("核验日期",), 7.5, "center"),
        Column(("销号状态",), 7, "center"),
    )


def ledger(facts: PlanFacts, county: str = "") -> Sheet:
    """Form 5 of all counties of the plan, or of one."""
    shown = [each for each in problems(facts) if not county or each.county == county]
    several = len({each.county for each in shown}) > 1
    rows = {id(measure): f"第{number}行" for number, each in enumerate(shown, 1) for measure in each.measures}
    cost = sum((spent(each.measures) for each in shown), Decimal(0))
    total = (Cell("合计"), *(BLANK for _ in range(8)), plain(cost), *(BLANK for _ in range(10)))
    return sheet(
        facts,
        "整改台账",
        TITLE,
        columns(facts),
        [_row(facts, *each, rows, several) for each in enumerate(shown, 1)],
        totals=(total,),
        notes=(*NOTES, *procedure(facts)),
        paper="A3",
        whose=facts.county(county) if county else "",
    )


def _row(facts: PlanFacts, number: int, each: Problem, rows: Mapping[int, str], several: bool) -> Row:
    return (
        Cell(number),
        Cell(_whose(facts, each, several)),
        Cell(telling.subject(each)),
        Cell(telling.wrong(facts, each)),
        *_values(facts, each),
        BLANK,
        Cell("\n".join(telling.actions(facts, each, rows))),
        plain(spent(each.measures)) if each.measures else NONE,
        Cell(telling.money(each)),
        BLANK,
        telling.responsible((*each.measures, *each.shared)),
        BLANK,
        Cell(due(telling.deadline(facts, each))),
        BLANK,
        telling.proof(each.measures),
        BLANK,
        BLANK,
        Cell(NOT_BEGUN),
    )


def _whose(facts: PlanFacts, each: Problem, several: bool) -> str:
    if not each.school:
        return f"{facts.county(each.county)}（全县）"
    return f"{facts.county(each.county)}\n{facts.school(each.school)}" if several else facts.school(each.school)


def _values(facts: PlanFacts, each: Problem) -> Row:
    """Now, limit and gap, a line a stage."""
    rows = [
        (words.value_cell(level, "now"), words.line_cell(level.limit), words.gap_cell(facts, level))
        for level in telling.short_levels(each)
    ]
    if not rows:
        return (Cell(MISSING, Role.unknown) if each.unknown else NONE, NONE, NONE)
    return tuple(stacked(column) for column in zip(*rows, strict=True))
