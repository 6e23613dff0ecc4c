"""What a figure, a check or a task is called on paper and on screens."""

from __future__ import annotations

import re
from bisect import bisect_left

from junheng.documents.codes import BodySource, ComparisonKind, Exactness, Judgement, RepairKind
from junheng.documents.shapes import Blank, Check, Figure, Goal, Reading, Repair, Span, Task
from junheng.indicators.registry import INDICATORS
from junheng.kernel.codes import Stage
from junheng.paper.sheets import Role

CAVEAT = "由程序从文件中摘出，供核对；未经人工确认的条目不作为依据"
ROLES = {
    Judgement.holds: Role.ok, Judgement.holds_within_rounding: Role.ok, Judgement.holds_if: Role.ok, Judgement.implied: Role.ok,
    Judgement.contradicts: Role.bad, Judgement.flagged: Role.waiting, Judgement.cannot_check: Role.unknown}
WORST_FIRST = (Judgement.contradicts, Judgement.flagged, Judgement.cannot_check, Judgement.holds_if, Judgement.implied,
               Judgement.holds_within_rounding, Judgement.holds)
LOOK_FIRST = (Judgement.contradicts, Judgement.flagged)
NOT_EXACT = {Exactness.over: "以上", Exactness.under: "以内", Exactness.about: "左右"}
MOVES = (ComparisonKind.difference, ComparisonKind.growth, ComparisonKind.points)
SPEAKS, AROUND = 6, 8  # characters
BREAKS = re.compile(r"[\r\n]+")
A_CLAIM = 60  # characters; a longer place is a passage, and not every figure of a passage is what it claims


def value(figure: Figure) -> str:
    """The number as it is meant: 3至5人, 98%以上, 数字被遮盖."""
    if figure.exactness in (Exactness.masked, Exactness.blank):
        return f"{figure.printed}{figure.unit}（{figure.exactness.zh}）"
    unit = "" if figure.second is not None and figure.unit == "比" else figure.unit
    return f"{figure.printed}{unit}{NOT_EXACT.get(figure.exactness, '')}"


def aim(goal: Goal) -> str:
    """What a goal is measured by: 巩固率 98%以上; empty where it names no number."""
    if goal.blank is not None:
        return f"{goal.blank.indicator_raw} {blank(goal.blank)}（待填）"
    return f"{name(goal.figure)} {value(goal.figure)}" if goal.figure else ""


def blank(each: Blank) -> str:
    """A number that is hidden, 00名; one that was left out before its unit, ____万元."""
    left_out = each.unit and each.printed.endswith(each.unit)
    return f"____{each.unit}" if left_out else f"{each.printed}{each.unit}"


def name(figure: Figure) -> str:
    """What it counts: the text's own words, with the indicator of the catalogue where it is another."""
    linked = INDICATORS[figure.indicator].zh if figure.indicator in INDICATORS else ""
    own = figure.indicator_raw.strip() or "（原文没有名称）"
    return own if linked in ("", own) else f"{own}（{linked}）"


def period(figure: Figure) -> str:
    """The year, and that it was inferred where it was."""
    told = figure.period
    if told.year is None:
        return told.printed
    year = f"{told.year}年"
    shown = told.printed if str(told.year) in told.printed else f"{told.printed}（{year}）" if told.printed else year
    return f"{shown} 推断：{told.inferred_by}" if told.inferred_by else shown


def stage(figure: Figure) -> str:
    known = figure.stage or ""
    return Stage[known].zh if known in Stage.__members__ else known


def comparison(figure: Figure) -> str:
    """How it stands to another: 比上年增加, 是12000人的一部分, 不低于."""
    told = figure.comparison
    if told is None:
        return ""
    if told.kind in MOVES:
        way = {1: "增加", -1: "减少"}.get(told.direction, told.kind.zh)
        return f"比{told.versus.removeprefix('比')}{way}" if told.versus else way
    return f"{told.versus}{told.kind.zh}"


def place(reading: Reading, span: Span) -> str:
    """Where it stands in the raw text, as people count: the first character is the first."""
    start, end = reading.text.raw_span(span)
    return f"原文第 {start + 1}—{end} 字"


def deadline(printed: str, due: object) -> str:
    """The deadline as printed, with its last day where that can be told."""
    return f"{printed}（{due}）" if printed and due else printed or str(due or "")


def body(task: Task) -> str:
    """Who does it, marked where it is only suggested."""
    return f"{task.body}（建议）" if task.body_source is BodySource.suggested and task.body else task.body


def recomputed(check: Check) -> str:
    """What should stand there, or what was worked out where nothing has to change."""
    if not check.recomputed:
        return ""
    return f"{'应为' if check.judgement is Judgement.contradicts else '算得'} {check.recomputed}"


REPAIRS = ("待确认", "提示", "已撤销", "已采用", "已改")  # in the order in which they are listed


def repair(each: Repair) -> str:
    """How a repair stands: done or offered by itself, or as a person decided."""
    if each.decided:
        return "已采用" if each.done else "已撤销"
    return "已改" if each.done else "待确认" if each.now != each.was else "提示"


def repaired(raw: str, each: Repair) -> str:
    """What a repair changes; so little of it that it says nothing alone, with the characters around it."""
    if len(each.was.strip()) >= SPEAKS:
        return each.was
    start, end = each.span
    before, was, after = (BREAKS.sub("↵", text) for text in (raw[max(start - AROUND, 0):start], each.was, raw[end:end + AROUND]))
    return f"……{before}〔{was}〕{after}……"


def repairing(each: Repair) -> str:
    """What stands there instead."""
    if each.now == each.was:
        return "（查原件）"
    return each.now or ("（接成一行）" if each.kind == RepairKind.joined_line.name else "（删去）")


def verdicts(reading: Reading) -> dict[int, Check]:
    """The weightiest check that rests on each figure, by the figure's place in `reading.figures`."""
    weight = {judgement: place for place, judgement in enumerate(WORST_FIRST)}
    starts = [figure.start for figure in reading.figures]
    found: dict[int, Check] = {}
    for check in sorted(reading.checks, key=lambda each: -weight[each.judgement]):  # the weightiest comes last and stays
        for start, end in ((start, end) for start, end in check.spans if end - start <= A_CLAIM):
            found.update(dict.fromkeys(range(bisect_left(starts, start), bisect_left(starts, end)), check))
    return found
