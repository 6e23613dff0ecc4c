"""Last year's plan beside this year's report: what became of each promise, with both quotes."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice, pairwise, takewhile
from math import log
from pathlib import Path

from junheng.documents.codes import ComparisonKind, Exactness, FigureRole, Kept, Tense
from junheng.documents.shapes import Figure, Reading, Span, Task
from junheng.documents.tasks.clauses import clauses

ENOUGH = 0.5      # share of a promise's words, weighed by rarity, that an answer must hold
TWO = 0.9         # what two clauses count for, beside one that says the same
COMMON = 3        # pairs of characters that both must share at least
CROWDED = 100     # clauses a pair of characters may be in and still help to find one
_WORDS = {kind: re.compile("|".join(words)) for kind, words in
          tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")).items()}
_ORDINAL = re.compile(r"第[一二三四五六七八九十百\d]+[届期批次轮]")
_PART_DONE = re.compile(r"(?:完成|达)(?:了|到|总投资的|工程量的|的)*(\d{1,2}(?:\.\d+)?)[%％]")
_RATES = frozenset({"%", "％", "‰", "个百分点", "百分点"})
_SAYS = (FigureRole.actual, FigureRole.target, FigureRole.rule)
_LEVELS = frozenset({ComparisonKind.at_least, ComparisonKind.at_most, ComparisonKind.after, ComparisonKind.share})


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


def promises(plan: Reading, report: Reading) -> tuple[Promise, ...]:
    """Each goal and each definite task of the plan, in order: kept, partly, missed; unknown where the report is silent.

    Where both have a figure the figures decide, else the words of the report. No promise is left out; exhortations are none.
    """
    answers = _Answers(report)
    return tuple(_judged(given, answers) for given in _given(plan))


def _given(plan: Reading) -> Iterator[_Given]:
    """Goals, and the tasks that no goal is a part of."""
    goals = [_Given(goal.text, (goal.start, goal.end), goal.figure, goal.text.replace(goal.deadline, ""), "")
             for goal in plan.goals]
    starts = sorted(given.span[0] for given in goals if given.figure is not None)
    tasks = [_Given(task.text, (task.start, task.end), _only_figure(plan, task), _object(task), task.action)
             for task in plan.tasks if not task.vague and not _any_within(starts, task.start, task.end)]
    yield from sorted([*goals, *tasks], key=lambda given: given.span)


def _object(task: Task) -> str:
    return task.object if len(task.object) > COMMON else task.action + task.object


def _only_figure(plan: Reading, task: Task) -> Figure | None:
    """The figure that the task is measured by, where it has just one."""
    first = bisect_left(plan.figures, task.start, key=lambda figure: figure.start)
    inside = takewhile(lambda figure: figure.start < task.end, islice(plan.figures, first, None))
    found = [figure for figure in _levels(inside) if figure.value is not None]
    return found[0] if len(found) == 1 else None


def _any_within(starts: Sequence[int], start: int, end: int) -> bool:
    at = bisect_left(starts, start)
    return at < len(starts) and starts[at] < end


class _Answers:
    """The clauses and figures of a report that tell what was done, found by pairs of characters and by indicator."""

    def __init__(self, report: Reading) -> None:
        self.clean = report.text.clean
        told = list(_told(report))
        self.clauses = [span for sentence in told for span in sentence]
        self.units = self.clauses + [(first[0], second[1]) for sentence in told for first, second in pairwise(sentence)]
        self.figures = [figure for figure in _levels(report.figures)
                        if figure.role is FigureRole.actual and _clause_of(self.clauses, figure) >= 0]
        self._by_pair: dict[str, list[int]] = defaultdict(list)
        for number, span in enumerate(self.units):
            for pair in _pairs(self.clean[slice(*span)]):
                self._by_pair[pair].append(number)
        self._by_indicator: dict[str, list[Figure]] = defaultdict(list)
        self._figures_by_pair: dict[str, list[int]] = defaultdict(list)
        for number, figure in enumerate(self.figures):
            if figure.indicator:
                self._by_indicator[figure.indicator].append(figure)
            for pair in _pairs(figure.indicator_raw):
                self._figures_by_pair[pair].append(number)

    def clause(self, words: str) -> Span | None:
        """The clause, or two side by side, that hold most of the words; None where none holds enough."""
        wanted = sorted(_pairs(words))  # in one order: sums of weights are rounded by it
        weights = {pair: log(1 + len(self.units) / (1 + len(self._by_pair.get(pair, ())))) for pair in wanted}
        scores: dict[int, float] = defaultdict(float)
        shared: Counter[int] = Counter()
        for pair in wanted:
            for number in self._by_pair.get(pair, ())[:CROWDED]:
                scores[number] += weights[pair] * (1 if number < len(self.clauses) else TWO)
                shared[number] += 1
        enough = ENOUGH * sum(weights.values())
        common = min(COMMON, max(len(wanted) - 1, 1))
        fitting = [number for number in scores if scores[number] >= enough and shared[number] >= common
                   and _same_ordinal(words, self.clean[slice(*self.units[number])])]
        best = max(fitting, key=lambda number: (scores[number], -number), default=None)
        return None if best is None else self.units[best]

    def figure(self, wanted: Figure) -> Figure | None:
        """The reported figure of the same indicator, else the one whose name shares most of its words."""
        known = [figure for figure in self._by_indicator.get(wanted.indicator or "", ()) if _comparable(wanted, figure)]
        if known:
            return known[-1]
        pairs = _pairs(wanted.indicator_raw)
        shared = Counter(number for pair in pairs for number in self._figures_by_pair.get(pair, ())[:CROWDED]
                         if _comparable(wanted, self.figures[number]))
        best = max(shared, key=lambda number: (shared[number], -number), default=None)
        if best is None or shared[best] < max(2, ENOUGH * max(len(pairs), len(_pairs(self.figures[best].indicator_raw)))):
            return None
        return self.figures[best]

    def around(self, figure: Figure) -> Span:
        """The clause that a figure stands in."""
        return self.clauses[_clause_of(self.clauses, figure)]


def _told(report: Reading) -> Iterator[list[Span]]:
    """The clauses of each sentence that tells what was done or how things stand."""
    for sentence in report.outline.sentences:
        if sentence.tense is not Tense.plan and report.text.is_read(sentence.part):
            yield clauses(report.text.clean, sentence.start, sentence.end)


def _levels(figures: Iterable[Figure]) -> Iterator[Figure]:
    """Figures that say how much there is, not by how much it has changed."""
    for figure in figures:
        kind = figure.comparison.kind if figure.comparison else None
        if figure.role in _SAYS and (kind is None or kind in _LEVELS or kind is ComparisonKind.part):
            yield figure


def _clause_of(spans: Sequence[Span], figure: Figure) -> int:
    """Number of the clause that a figure stands in, -1 where it stands in none."""
    at = bisect_right(spans, figure.start, key=lambda span: span[0]) - 1
    return at if at >= 0 and figure.start < spans[at][1] else -1


def _pairs(words: str) -> frozenset[str]:
    kept = _WORDS["noise"].sub("", words)
    return frozenset(kept[at:at + 2] for at in range(len(kept) - 1)) or frozenset({kept} - {""})


def _same_ordinal(words: str, answer: str) -> bool:
    wanted, found = set(_ORDINAL.findall(words)), set(_ORDINAL.findall(answer))
    return not wanted or not found or bool(wanted & found)


def _comparable(wanted: Figure, found: Figure) -> bool:
    rates = (wanted.unit in _RATES, found.unit in _RATES)
    same_unit = rates[0] == rates[1] and (rates[0] or wanted.unit[-1:] == found.unit[-1:])
    return same_unit and (not wanted.stage or not found.stage or wanted.stage == found.stage)


def _judged(given: _Given, answers: _Answers) -> Promise:
    if given.figure is not None and any(_levels([given.figure])):
        found = answers.figure(given.figure)
        if found is not None and not _WORDS["each"].search(given.text):
            return _by_figure(given, given.figure, found, answers)
    span = answers.clause(given.words) or answers.clause(given.text)
    if span is None:
        return _promise(given, Kept.unknown, answers, None, None, "报告中未见反映")
    verdict, reason = _by_words(given, answers.clean[slice(*span)])
    return _promise(given, verdict, answers, span, None, reason)


def _by_figure(given: _Given, wanted: Figure, found: Figure, answers: _Answers) -> Promise:
    span = answers.around(found)
    if wanted.value is None or found.value is None:
        return _promise(given, Kept.unknown, answers, span, found, "报告中的数字被遮盖或空缺，无法比较")
    aim, reached = wanted.value * wanted.scale, found.value * found.scale
    verdict = _met(given, wanted, found, aim, reached)
    said = f"目标{wanted.printed}{wanted.unit}，报告为{found.printed}{found.unit}"
    short = f"，差{_plain(abs(aim - reached) / wanted.scale)}{'个百分点' if wanted.unit in _RATES else wanted.unit}"
    return _promise(given, verdict, answers, span, found, said + ("" if verdict is Kept.kept else short))


def _met(given: _Given, wanted: Figure, found: Figure, aim: Decimal, reached: Decimal) -> Kept:
    kind = wanted.comparison.kind if wanted.comparison else None
    low = kind is ComparisonKind.at_most or (
        kind is not ComparisonKind.at_least and _WORDS["low"].search(given.text) is not None and not _is_removed(given, wanted))
    if low:
        return Kept.kept if reached <= aim + _slack(wanted) else Kept.missed
    aim -= _slack(wanted)
    if reached > aim or (reached == aim and found.exactness is not Exactness.under):
        return Kept.kept
    return Kept.partly if reached > 0 and wanted.unit not in _RATES else Kept.missed


def _is_removed(given: _Given, wanted: Figure) -> bool:
    """So many are to go (化解债务5000万元): more is better, unlike what is to be left."""
    return wanted.unit not in _RATES and _WORDS["removed"].search(given.text[:wanted.start - given.span[0]]) is not None


def _slack(wanted: Figure) -> Decimal:
    """98%左右 is reached by what rounds to 98%."""
    if wanted.value is None or wanted.exactness is not Exactness.about:
        return Decimal(0)
    return Decimal(5).scaleb(int(wanted.value.as_tuple().exponent) - 1) * wanted.scale


def _plain(number: Decimal) -> str:
    return f"{number:f}".rstrip("0").rstrip(".") if "." in f"{number:f}" else f"{number:f}"


def _by_words(given: _Given, answer: str) -> tuple[Kept, str]:
    """What a sentence says where there are no two figures to compare."""
    if found := _WORDS["not"].search(answer):
        return Kept.missed, f"报告写明“{found[0]}”"
    share = _PART_DONE.search(answer)
    if share and "率" not in answer[:share.start()]:
        return Kept.partly, f"报告写明完成{share[1]}%"
    if (found := _WORDS["begun"].search(answer)) and found[0] not in given.action and found[0] not in given.text:
        return Kept.partly, f"报告写明“{found[0]}”"
    if found := _WORDS["done"].search(answer):
        return Kept.kept, f"报告写明“{found[0]}”，请核对佐证"
    return Kept.unknown, "报告提到，但未说明是否完成"


def _promise(given: _Given, verdict: Kept, answers: _Answers, span: Span | None, found: Figure | None, reason: str) -> Promise:
    answer = answers.clean[slice(*span)].strip(" ，,；;：:。！\n") if span else ""
    return Promise(given.text, given.span, given.figure, verdict, answer, span, found, reason)
