"""What a plan rests on: prices with their evidence, rules, assumptions, what was asked of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from junheng.indicators.forms.cells import digits
from junheng.kernel.codes import Evidence
from junheng.paper.sheets import Cell, Column, Role, Row, Sheet
from junheng.planning.codes import MeasureKind, Status
from junheng.planning.forms.facts import PlanFacts, exact
from junheng.planning.forms.layout import sheet
from junheng.planning.forms.words import plain, wan
from junheng.planning.pricing import UNITS
from junheng.register.conditions import conditions
from junheng.standards import law

ALLOWED = {"classes": "增开教学班", "intake": "调整招生范围", "merge": "按清单合并学校"}
ALSO = {"special_rooms": "音乐、美术专用教室配齐"}
INPUTS = {"prices": "价格", "fix": "指定的措施、价格和上限", "pupils": "在校生预测"}


def prices_sheet(facts: PlanFacts) -> Sheet:
    """Every price, time and cap the plan used; 待确认 until somebody has seen the paper."""
    columns = (
        Column(("价格、时间、上限",), 40, "left"),
        Column(("适用",), 10, "center"),
        Column(("值",), 11),
        Column(("单位",), 13, "center"),
        Column(("哪里的",), 10, "center"),
        Column(("依据",), 34, "left"),
        Column(("证据",), 12, "center"),
    )
    return sheet(
        facts,
        "价格",
        "方案所用的价格、时间和上限",
        columns,
        (_price(facts, row) for row in facts.plan.prices),
        fixed=1,
        notes=("待确认：通行估计，未经本地核实。请换成本地价格（--prices）后重新规划，再上报。",),
    )


def _price(facts: PlanFacts, row: Mapping[str, Any]) -> Row:
    evidence = Evidence[row["evidence"]]
    sure = Cell(evidence.zh) if evidence is Evidence.read else Cell("待确认", Role.waiting)
    return (
        Cell(row["zh"]),
        Cell(conditions(row["where"])),
        price_cell(row),
        Cell(UNITS.get(row["unit"], row["unit"])),
        Cell(facts.place(row["county"]) if row["county"] else "通用"),
        Cell(row["paper"]),
        sure,
    )


def price_cell(row: Mapping[str, Any]) -> Cell:
    """A price, a share or a yes as people read it."""
    value = Fraction(row["value"])
    if row["unit"] == "yes or no":
        return Cell("是" if value else "否")
    if row["unit"] == "share":
        return Cell(100 * value, places=0 if (100 * value).denominator == 1 else 1, mark="%")
    return Cell(value, places=digits(value))


def rules_sheet(facts: PlanFacts) -> Sheet:
    """Rules, assumptions and what was asked, sentence by sentence."""
    columns = (Column(("类别",), 12, "center"), Column(("内容",), 120, "left"))
    told = [("规划任务", sentence) for sentence in task_sentences(facts)]
    told += [("规则", row["sentence"]) for row in facts.plan.rules]
    told += [("假设", sentence) for sentence in facts.plan.assumptions]
    told += [("合并学校的程序", sentence) for sentence in facts.plan.procedure]
    rows = ((Cell(kind), Cell(sentence)) for kind, sentence in told)
    return sheet(facts, "规则与假设", "方案遵守的规则、所作的假设", columns, rows, fixed=0)


def task_sentences(facts: PlanFacts) -> Iterator[str]:
    """What the plan was asked for."""
    task = facts.plan.task
    standard, budget = law.standards.get(task["standard"]), task["budget"]
    yield f"标准：{standard.zh if standard else task['standard']}"
    yield f"年限：{task['years']}年，从{facts.year}学年出发，到{facts.target}年9月1日"
    yield "每年费用：不限" if budget is None else f"每年费用：每个县区最多 {wan(exact(budget)).text} 万元"
    if task["discount"]:
        yield f"年贴现率：{plain(100 * exact(task['discount'])).text}%"
    if task["allow"]:
        yield f"还允许：{'、'.join(ALLOWED[name] for name in task['allow'])}"
    if task["also"]:
        yield f"还要求：{'、'.join(ALSO[name] for name in task['also'])}"
    if task["forbid"]:
        yield f"不用的措施：{'、'.join(MeasureKind[kind].zh for kind in task['forbid'])}"
    yield from task["fixes"]
    yield from (f"所附文件：{INPUTS[name.rstrip('0123456789')]}，{given['name']}" for name, given in task["inputs"].items())
    if task["not_begun"]:
        yield f"没有开始规划的县区：{'、'.join(map(facts.county, task['not_begun']))}"
    yield f"算到：{Status[facts.plan.status].zh}；随机种子 {facts.plan.seed}"
