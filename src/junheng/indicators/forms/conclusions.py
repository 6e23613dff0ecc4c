"""测算结论: what each standard says of the county, and the items behind it."""

from __future__ import annotations

from collections.abc import Iterable

from junheng.indicators.forms import cells
from junheng.indicators.forms.facts import CountyFacts
from junheng.indicators.forms.layout import STAGE_ORDER, item_name, sheet, stage_word
from junheng.kernel.codes import Verdict
from junheng.kernel.findings import CountyVerdict, Finding
from junheng.paper.sheets import Cell, Column, Role, Row, Sheet


def conclusions(facts: CountyFacts) -> Sheet:
    """The verdict of each standard and stage, with the items not met, unknown or without a document."""
    columns = (
        Column(("标准",), 18, "left"),
        Column(("范围",), 6, "center"),
        Column(("测算结论",), 15, "center"),
        Column(("未达标项目",), 38, "left"),
        Column(("缺数据项目",), 24, "left"),
        Column(("待提供佐证项目",), 38, "left"),
        Column(("备注",), 11, "left"),
    )
    return sheet(facts, "测算结论", "测算结论", columns, (_conclusion(facts, one) for one in facts.verdicts), fixed=1)


def _conclusion(facts: CountyFacts, one: CountyVerdict) -> Row:
    lists = (Cell(_names(facts, items) or "—") for items in (one.failed, one.unknown, one.needs_evidence))
    return (
        Cell(standard_name(facts, one.standard)),
        Cell(stage_word(one.stage)),
        verdict_cell(one),
        *lists,
        Cell("结论随拆分口径变化" if one.depends_on_split else ""),
    )


def waiting(facts: CountyFacts) -> Sheet | None:
    """The items that wait for data or for a document, once a standard; None where nothing waits."""
    columns = (Column(("标准",), 26, "left"), Column(("等什么",), 10, "center"), Column(("项目",), 90, "left"))
    whole = [one for one in facts.verdicts if one.stage == "all"]
    rows = [(Cell(standard_name(facts, one.standard)), Cell(words), Cell(item_name(facts, item)))
            for one in whole for words, items in (("缺数据", one.unknown), ("待提供佐证", one.needs_evidence)) for item in items]
    return sheet(facts, "待补充项目", "缺数据和待提供佐证的项目", columns, rows, fixed=0) if rows else None


def standard_name(facts: CountyFacts, standard: str) -> str:
    return facts.standards.get(standard, standard)


def verdict_cell(one: CountyVerdict) -> Cell:
    return Cell(one.verdict.zh, cells.ROLES[one.verdict], mark=cells.mark(one))


def _names(facts: CountyFacts, items: Iterable[str]) -> str:
    return "；".join(item_name(facts, item) for item in items)


def failures(facts: CountyFacts) -> Sheet:
    """Every failed item of the county, once a standard and stage: figure, limit, schools short of it."""
    columns = (
        Column(("标准",), 26, "left"),
        Column(("范围",), 7, "center"),
        Column(("项目",), 44, "left"),
        Column(("县级值",), 12),
        Column(("标准",), 9),
        Column(("未达标学校",), 10),
        Column(("缺数据学校",), 10),
    )
    failed = [one for one in facts.of_county.values() if one.verdict is Verdict.not_met and _reported(facts, one)]
    rows = (_failure(facts, one) for one in sorted(failed, key=lambda one: _place(facts, one)))
    return sheet(facts, "未达标项目", "各标准未达标的项目", columns, rows, fixed=0)


def _place(facts: CountyFacts, one: Finding) -> tuple[int, int, int]:
    """Standards in the order of their verdicts, then stages, then items in the order of their titles."""
    standards = [each.standard for each in facts.verdicts]
    return (standards.index(one.standard), STAGE_ORDER.index(one.stage), list(facts.titles).index(one.item))


def _reported(facts: CountyFacts, one: Finding) -> bool:
    return any(each.standard == one.standard and one.item in each.failed for each in facts.verdicts)


def _failure(facts: CountyFacts, one: Finding) -> Row:
    return (
        Cell(standard_name(facts, one.standard)),
        Cell(stage_word(one.stage)),
        Cell(item_name(facts, one.item)),
        cells.counted(facts, one) if one.value is not None else cells.schools_met(facts, one),
        cells.asked(facts, one),
        _schools(facts, one, Verdict.not_met, Role.bad),
        _schools(facts, one, Verdict.unknown, Role.unknown),
    )


def _schools(facts: CountyFacts, county: Finding, verdict: Verdict, role: Role) -> Cell:
    judged = [one.verdict for one in facts.of_item(county.item, county.stage) if one.verdict]
    if not judged:
        return Cell("—", Role.quiet)
    many = sum(each is verdict for each in judged)
    return Cell(many, role if many else Role.plain)
