"""Last year's promises beside this year's results, as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from junheng.documents.codes import Kept
from junheng.documents.forms import words
from junheng.documents.promises import Promise
from junheng.documents.shapes import Figure, Reading, Span
from junheng.paper.sheets import Cell, Column, Role, Row, Sheet
from junheng.paper.xlsx import write_workbook

ROLES = {Kept.kept: Role.ok, Kept.partly: Role.waiting, Kept.missed: Role.bad, Kept.unknown: Role.unknown}
COLUMNS = (
    Column(("序号",), 5, "center"), Column(("承诺（计划原文）",), 48, "left"), Column(("目标数",), 16, "right"),
    Column(("结果",), 11, "center"), Column(("报告原文",), 48, "left"), Column(("报告数",), 16, "right"),
    Column(("理由",), 40, "left"))


def write_promises(path: Path, plan: Reading, report: Reading, found: Sequence[Promise]) -> None:
    """Write what became of each promise as a workbook. Errors: JunhengError when `path` cannot be written."""
    write_workbook(path, [promises_sheet(plan, report, found)])


def promises_sheet(plan: Reading, report: Reading, found: Sequence[Promise]) -> Sheet:
    """Every promise of the plan in its order; none is left out."""
    rows = tuple(_row(number, plan, report, each) for number, each in enumerate(found, start=1))
    facts = tuple(f"{what}：{each.title}（{each.source.name}，摘要 {each.source.sha256[:16]}）"
                  for what, each in (("计划", plan), ("报告", report)))
    return Sheet("承诺对照", "承诺与结果对照表", COLUMNS, rows, facts=(*facts, counted(found)),
                 notes=("“未见反映”是报告没有提到，不等于没有做。", f"{words.CAVEAT}。"))


def _row(number: int, plan: Reading, report: Reading, each: Promise) -> Row:
    verdict = Cell(each.verdict.zh, ROLES[each.verdict])
    return (Cell(number), _placed(plan, each.text, each.span), Cell(shown(each.figure)), verdict,
            _placed(report, each.answer, each.answer_span), Cell(shown(each.answer_figure)), Cell(each.reason))


def _placed(reading: Reading, text: str, span: Span | None) -> Cell:
    return Cell(f"{text}\n（{words.place(reading, span)}）" if span else text)


def counted(found: Sequence[Promise]) -> str:
    """How many promises had which end."""
    many = Counter(each.verdict for each in found)
    return f"承诺 {len(found)} 条：" + "，".join(f"{verdict.zh} {many[verdict]}" for verdict in Kept)


def shown(figure: Figure | None) -> str:
    return words.value(figure) if figure else ""
