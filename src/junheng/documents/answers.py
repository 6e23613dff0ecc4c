"""What a report says of what was promised: its clauses and figures, found by the pairs of characters that they share with it."""

from __future__ import annotations

import re
import tomllib
from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import log
from pathlib import Path

from junheng.documents.codes import ComparisonKind, FigureRole, Tense
from junheng.documents.figures.naming import CHANGES
from junheng.documents.shapes import Figure, Reading, Span
from junheng.documents.tasks.clauses import clauses

ENOUGH = 0.5      # share of a promise's words, weighed by rarity, that an answer must hold
TWO = 0.9         # what two clauses count for, beside one that says the same
COMMON = 3        # pairs of characters that both must share at least
WORDS = {kind: re.compile("|".join(words)) for kind, words in
         tomllib.loads(Path(__file__).with_name("promises.toml").read_text(encoding="utf-8")).items()}
RATES = frozenset({"%", "％", "‰", "个百分点", "百分点"})
_ORDINAL = re.compile(r"第[一二三四五六七八九十百\d]+[届期批次轮]")
_SAYS = (FigureRole.actual, FigureRole.target, FigureRole.rule)
_LEVELS = frozenset({None, ComparisonKind.at_least, ComparisonKind.at_most, ComparisonKind.after, ComparisonKind.share,
                     ComparisonKind.part})
_WHOLE = re.compile("全|我|本|^$")

Postings = Mapping[str, Sequence[int]]


class Answers:
    """The clauses and figures of a report that tell what was done. Every one that shares enough is weighed, none is left out."""

    def __init__(self, report: Reading) -> None:
        self.clean = report.text.clean
        told = list(_told(report))
        self.clauses = [span for sentence in told for span in sentence]
        self.units = self.clauses + [(first[0], second[1]) for sentence in told for first, second in pairwise(sentence)]
        self.figures = [figure for figure in measured(report.figures)
                        if figure.role is FigureRole.actual and _clause_of(self.clauses, figure) >= 0]
        self.before = {after.start: before for before, after in pairwise(report.figures) if _moves(before, after)}
        self._units_of = _postings(pairs(self.clean[slice(*span)]) for span in self.units)
        self._names = [pairs(figure.indicator_raw) for figure in self.figures]
        self._figures_of = _postings(self._names)
        self._by_indicator: dict[str, list[Figure]] = defaultdict(list)
        for figure in self.figures:
            if figure.indicator:
                self._by_indicator[figure.indicator].append(figure)

    def clause(self, words: str) -> Span | None:
        """The clause, or two side by side, that hold most of the words; None where none holds enough."""
        wanted = sorted(pairs(words))  # in one order: sums of weights are rounded by it
        weights = {pair: log(1 + len(self.units) / (1 + len(self._units_of.get(pair, ())))) for pair in wanted}
        enough = ENOUGH * sum(weights.values())
        common = min(COMMON, max(len(wanted) - 1, 1))
        best, most = None, 0.0
        for number in sorted(_that_may_hold(weights, enough, self._units_of)):
            shared = [pair for pair in wanted if _holds(self._units_of.get(pair, ()), number)]
            score = sum(weights[pair] for pair in shared) * (1 if number < len(self.clauses) else TWO)
            if score >= enough and score > most and len(shared) >= common \
                    and _same_ordinal(words, self.clean[slice(*self.units[number])]):
                best, most = number, score
        return None if best is None else self.units[best]

    def figure(self, wanted: Figure) -> Figure | None:
        """The reported figure of the same indicator, else the one whose name shares most of its words."""
        known = [figure for figure in self._by_indicator.get(wanted.indicator or "", ()) if self._comparable(wanted, figure)]
        if known:
            return max(known, key=lambda figure: (_same_place(wanted, figure), figure.period.year or 0, figure.start))
        own = pairs(wanted.indicator_raw)
        found = {number: len(own & self._names[number]) / max(len(own), len(self._names[number]))
                 for number in {number for pair in own for number in self._figures_of.get(pair, ())}
                 if self._comparable(wanted, self.figures[number])}
        fitting = [number for number, share in found.items() if share >= ENOUGH and len(own & self._names[number]) > 1]
        best = max(fitting, key=lambda number: (found[number], _same_place(wanted, self.figures[number]), -number), default=None)
        return None if best is None else self.figures[best]

    def around(self, figure: Figure) -> Span:
        """The clause that a figure stands in."""
        return self.clauses[_clause_of(self.clauses, figure)]

    def _comparable(self, wanted: Figure, found: Figure) -> bool:
        """Of one stage and unit, and both a level or both a change; from A to B tells the change, too."""
        rates = (wanted.unit in RATES, found.unit in RATES)
        same_unit = rates[0] == rates[1] and (rates[0] or wanted.unit[-1:] == found.unit[-1:])
        same_stage = not wanted.stage or not found.stage or wanted.stage == found.stage
        change = _change(wanted)
        told = _change(found) is change or (change in _OF_LEVELS and found.start in self.before)
        return same_unit and same_stage and told


_OF_LEVELS = (ComparisonKind.points, ComparisonKind.difference)


def _change(figure: Figure) -> ComparisonKind | None:
    """How it says to have moved; None where it says how much there is."""
    kind = figure.comparison.kind if figure.comparison else None
    return kind if kind in CHANGES else None


def _moves(before: Figure, after: Figure) -> bool:
    kinds = [figure.comparison.kind if figure.comparison else None for figure in (before, after)]
    return kinds == [ComparisonKind.before, ComparisonKind.after] and None not in (before.value, after.value)


def _told(report: Reading) -> Iterator[list[Span]]:
    """The clauses of each sentence that tells what was done or how things stand."""
    for sentence in report.outline.sentences:
        if sentence.tense is not Tense.plan and report.text.is_read(sentence.part):
            yield clauses(report.text.clean, sentence.start, sentence.end)


def measured(figures: Iterable[Figure]) -> Iterator[Figure]:
    """Figures that say how much there is or by how much it has changed; no bases and no ranks."""
    for figure in figures:
        kind = figure.comparison.kind if figure.comparison else None
        if figure.role in _SAYS and (kind in _LEVELS or kind in CHANGES):
            yield figure


def _clause_of(spans: Sequence[Span], figure: Figure) -> int:
    """Number of the clause that a figure stands in, -1 where it stands in none."""
    at = bisect_right(spans, figure.start, key=lambda span: span[0]) - 1
    return at if at >= 0 and figure.start < spans[at][1] else -1


def pairs(words: str) -> frozenset[str]:
    """The pairs of neighbouring characters of what is said, without the words that say nothing."""
    kept = WORDS["noise"].sub("", words)
    return frozenset(kept[at:at + 2] for at in range(len(kept) - 1)) or frozenset({kept} - {""})


def _postings(units: Iterable[frozenset[str]]) -> Postings:
    """Of each pair the numbers of the units that hold it, in order."""
    found: dict[str, array[int]] = defaultdict(lambda: array("l"))
    for number, own in enumerate(units):
        for pair in own:
            found[pair].append(number)
    return found


def _that_may_hold(weights: Mapping[str, float], enough: float, held: Postings) -> set[int]:
    """Every unit that can reach the weight: it holds one of the rarest pairs, without which what is left is too light."""
    left = sum(weights.values())
    found: set[int] = set()
    for pair in sorted(weights, key=lambda pair: -weights[pair]):
        if left < enough:
            break
        found.update(held.get(pair, ()))
        left -= weights[pair]
    return found


def _holds(numbers: Sequence[int], number: int) -> bool:
    at = bisect_left(numbers, number)
    return at < len(numbers) and numbers[at] == number


def _same_ordinal(words: str, answer: str) -> bool:
    wanted, found = set(_ORDINAL.findall(words)), set(_ORDINAL.findall(answer))
    return not wanted or not found or bool(wanted & found)


def _same_place(wanted: Figure, found: Figure) -> bool:
    """A figure of one town or school is none of the whole county."""
    whole = [_WHOLE.match(figure.place) is not None for figure in (wanted, found)]
    return wanted.place == found.place or all(whole)
