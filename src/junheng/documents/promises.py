"""Last year's plan beside this year's report: what became of each promise, with both quotes."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice, takewhile

from junheng.documents.answers import COMMON, RATES, WORDS, Answers, measured
from junheng.documents.codes import ComparisonKind, Exactness, Kept
from junheng.documents.figures.naming import CHANGES
from junheng.documents.shapes import Figure, Goal, Reading, Span, Task

_PART_DONE = re.compile(r"(?:完成|达)(?:了|到|总投资的|工程量的|的)*(\d{1,2}(?:\.\d+)?)[%％]")


@dataclass(frozen=True)
class Promise:
    """One goal or task of the plan and what the report says of it; spans are in the clean text of their own document."""

    text: str
    span: Span
    figure: Figure | None
    verdict: Kept
    answer: str                # the report's words, "" where it says nothing
    answer_span: Span | None
    answer_figure: Figure | None
    reason: str                # Chinese, in one sentence


@dataclass(frozen=True)
class _Given:
    """A promise before it is judged; `words` are those that its answer is looked for by."""

    text: str
    span: Span
    figure: Figure | None
    words: str
    action: str
    hidden: bool = False  # its number is masked or left open


def promises(plan: Reading, report: Reading) -> tuple[Promise, ...]:
    """Each goal and each definite task of the plan, in order: kept, partly, missed; unknown where the report is silent.

    Where both have a figure the figures decide, else the words of the report. No promise is left out; exhortations are none.
    """
    answers = Answers(report)
    return tuple(_judged(given, answers) for given in _given(plan))


def _given(plan: Reading) -> Iterator[_Given]:
    """Goals, and the tasks that no goal is a part of."""
    wholes = {(goal.path, goal.figure.printed + goal.figure.unit) for goal in plan.goals if goal.figure}
    goals = [_Given(goal.text, (goal.start, goal.end), goal.figure, goal.text.replace(goal.deadline, ""), "",
                    hidden=goal.blank is not None) for goal in plan.goals if not _is_part(goal, wholes)]
    starts = sorted(given.span[0] for given in goals if given.figure is not None or given.hidden)
    tasks = [_Given(task.text, (task.start, task.end), _only_figure(plan, task), _object(task), task.action)
             for task in plan.tasks if not task.vague and not _any_within(starts, task.start, task.end)]
    yield from sorted([*goals, *tasks], key=lambda given: given.span)


def _is_part(goal: Goal, wholes: set[tuple[tuple[str, ...], str]]) -> bool:
    """其中小学80名 of 150名: promised with its whole."""
    compared = goal.figure.comparison if goal.figure else None
    return compared is not None and compared.kind is ComparisonKind.part and (goal.path, compared.versus) in wholes


def _object(task: Task) -> str:
    return task.object if len(task.object) > COMMON else task.action + task.object


def _only_figure(plan: Reading, task: Task) -> Figure | None:
    """The figure that the task is measured by, where it has just one."""
    first = bisect_left(plan.figures, task.start, key=lambda figure: figure.start)
    inside = takewhile(lambda figure: figure.start < task.end, islice(plan.figures, first, None))
    found = [figure for figure in measured(inside) if figure.value is not None]
    return found[0] if len(found) == 1 else None


def _any_within(starts: Sequence[int], start: int, end: int) -> bool:
    at = bisect_left(starts, start)
    return at < len(starts) and starts[at] < end


def _judged(given: _Given, answers: Answers) -> Promise:
    if given.figure is not None and any(measured([given.figure])):
        found = answers.figure(given.figure)
        if found is not None and not WORDS["each"].search(given.text):
            return _by_figure(given, given.figure, found, answers)
    span = answers.clause(given.words) or answers.clause(given.text)
    if given.figure is not None and _way(given.figure):
        level = answers.figure(replace(given.figure, comparison=None))
        span = answers.around(level) if level else span
        return _promise(given, Kept.unknown, answers, span, level, "报告没有写明变动了多少" if span else "报告中未见反映")
    if given.hidden:
        return _promise(given, Kept.unknown, answers, span, None, "计划中的数字被遮盖或空缺，无法比较")
    if span is None:
        return _promise(given, Kept.unknown, answers, None, None, "报告中未见反映")
    verdict, reason = _by_words(given, answers.clean[slice(*span)])
    return _promise(given, verdict, answers, span, None, reason)


def _by_figure(given: _Given, wanted: Figure, found: Figure, answers: Answers) -> Promise:
    span = answers.around(found)
    if wanted.value is None or found.value is None:
        return _promise(given, Kept.unknown, answers, span, found, "报告中的数字被遮盖或空缺，无法比较")
    kind = wanted.comparison.kind if wanted.comparison else None
    if kind in CHANGES:
        return _by_change(given, wanted, found, answers)
    aim, reached = wanted.value * wanted.scale, found.value * found.scale
    verdict = _met(given, wanted, found, aim, reached)
    said = f"目标{wanted.printed}{wanted.unit}，报告为{found.printed}{found.unit}"
    short = f"，差{_plain(abs(aim - reached) / wanted.scale)}{'个百分点' if wanted.unit in RATES else wanted.unit}"
    return _promise(given, verdict, answers, span, found, said + ("" if verdict is Kept.kept else short))


def _by_change(given: _Given, wanted: Figure, found: Figure, answers: Answers) -> Promise:
    """What is to rise or fall by so much: as far as it moved that way, kept or partly; not at all or the other way, missed."""
    aim, way = (wanted.value or Decimal(0)) * wanted.scale, _way(wanted)
    moved = _moved(found, answers)
    reached = moved * way if way else abs(moved)
    verdict = Kept.kept if reached >= aim - _slack(wanted) else Kept.partly if reached > 0 else Kept.missed
    verb = {1: "上升", -1: "下降"}
    told = f"{verb[1 if moved > 0 else -1]}{_plain(abs(moved) / found.scale)}" if moved else "没有变化"
    unit = "个百分点" if wanted.unit in RATES and wanted.unit != "%" else wanted.unit
    said = f"目标{verb.get(way, '变动')}{wanted.printed}{wanted.unit}，报告{told}{unit if moved else ''}"
    return _promise(given, verdict, answers, answers.around(found), found, said)


def _way(figure: Figure) -> int:
    return figure.comparison.direction if figure.comparison else 0


def _moved(found: Figure, answers: Answers) -> Decimal:
    """By how much a reported figure moved, with its sign, in the base unit."""
    assert found.value is not None
    before = answers.before.get(found.start)
    if before is not None and before.value is not None:
        return found.value * found.scale - before.value * before.scale
    return found.value * found.scale * (_way(found) or 1)


def _met(given: _Given, wanted: Figure, found: Figure, aim: Decimal, reached: Decimal) -> Kept:
    kind = wanted.comparison.kind if wanted.comparison else None
    low = kind is ComparisonKind.at_most or (
        kind is not ComparisonKind.at_least and WORDS["low"].search(given.text) is not None and not _is_removed(given, wanted))
    if low:
        return Kept.kept if reached <= aim + _slack(wanted) else Kept.missed
    aim -= _slack(wanted)
    if reached > aim or (reached == aim and found.exactness is not Exactness.under):
        return Kept.kept
    return Kept.partly if reached > 0 and wanted.unit not in RATES else Kept.missed


def _is_removed(given: _Given, wanted: Figure) -> bool:
    """So many are to go (化解债务5000万元): more is better, unlike what is to be left."""
    return wanted.unit not in RATES and WORDS["removed"].search(given.text[:wanted.start - given.span[0]]) is not None


def _slack(wanted: Figure) -> Decimal:
    """98%左右 is reached by what rounds to 98%."""
    if wanted.value is None or wanted.exactness is not Exactness.about:
        return Decimal(0)
    return Decimal(5).scaleb(int(wanted.value.as_tuple().exponent) - 1) * wanted.scale


def _plain(number: Decimal) -> str:
    return f"{number:f}".rstrip("0").rstrip(".") if "." in f"{number:f}" else f"{number:f}"


def _by_words(given: _Given, answer: str) -> tuple[Kept, str]:
    """What a sentence says where there are no two figures to compare."""
    if found := WORDS["not"].search(answer):
        return Kept.missed, f"报告写明“{found[0]}”"
    share = _PART_DONE.search(answer)
    if share and "率" not in answer[:share.start()]:
        return Kept.partly, f"报告写明完成{share[1]}%"
    if (found := WORDS["begun"].search(answer)) and found[0] not in given.action and found[0] not in given.text:
        return Kept.partly, f"报告写明“{found[0]}”"
    if found := WORDS["done"].search(answer):
        return Kept.kept, f"报告写明“{found[0]}”，请核对佐证"
    return Kept.unknown, "报告提到，但未说明是否完成"


def _promise(given: _Given, verdict: Kept, answers: Answers, span: Span | None, found: Figure | None, reason: str) -> Promise:
    answer = answers.clean[slice(*span)].strip(" ，,；;：:。！\n") if span else ""
    return Promise(given.text, given.span, given.figure, verdict, answer, span, found, reason)
