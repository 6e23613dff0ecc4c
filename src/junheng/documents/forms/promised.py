"""Last year's promises beside this year's results, as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

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
    facts = tuple(f"{what}：{each.title}（{each.source.name}，摘要 {each.source.sha256[:16]}）"
                  for what, each in (("计划", plan), ("报告", report)))
    return sheet_of(facts, promise_rows(plan, report, found))


def promise_rows(plan: Reading, report: Reading, found: Sequence[Promise]) -> list[dict[str, Any]]:
    """Each promise with its places in the two raw texts, as plain data that can be kept."""
    return [{"text": each.text, "place": _span(plan, each.span), "figure": shown(each.figure), "verdict": each.verdict.name,
             "answer": each.answer, "answer_place": _span(report, each.answer_span),
             "answer_figure": shown(each.answer_figure), "reason": each.reason} for each in found]


def sheet_of(facts: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> Sheet:
    """The sheet of promises that were kept as plain data."""
    printed = tuple(_row(number, each) for number, each in enumerate(rows, start=1))
    said = counted_words(Counter(Kept[each["verdict"]] for each in rows))
    return Sheet("承诺对照", "承诺与结果对照表", COLUMNS, printed, facts=(*facts, said),
                 notes=("“未见反映”是报告没有提到，不等于没有做。", f"{words.CAVEAT}。"))


def _row(number: int, each: Mapping[str, Any]) -> Row:
    verdict = Kept[each["verdict"]]
    return (Cell(number), _placed(each["text"], each["place"]), Cell(each["figure"]), Cell(verdict.zh, ROLES[verdict]),
            _placed(each["answer"], each["answer_place"]), Cell(each["answer_figure"]), Cell(each["reason"]))


def _span(reading: Reading, span: Span | None) -> list[int] | None:
    return list(reading.text.raw_span(span)) if span else None


def _placed(text: str, place: Sequence[int] | None) -> Cell:
    return Cell(f"{text}\n（原文第 {place[0] + 1}—{place[1]} 字）" if place else text)


def counted(found: Sequence[Promise]) -> str:
    """How many promises had which end."""
    return counted_words(Counter(each.verdict for each in found))


def counted_words(many: Counter[Kept]) -> str:
    return f"承诺 {many.total()} 条：" + "，".join(f"{verdict.zh} {many[verdict]}" for verdict in Kept)


def shown(figure: Figure | None) -> str:
    return words.value(figure) if figure else ""
