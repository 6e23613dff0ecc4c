"""What somebody beside the grammar may propose: the name of an indicator, the parts of a task, a responsible body.

Off unless asked for and never needed. Whatever is proposed must quote the source and hold no number that the grammar did not
find, else it is dropped; it enters as `suggested`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol, TypeVar

from junheng.documents.codes import BodySource, SuggestionKind
from junheng.documents.shapes import Figure, Reading, Suggestion, Task
from junheng.kernel.faults import JunhengError

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
LONGEST = {SuggestionKind.indicator: 30, SuggestionKind.body: 20}  # characters of a name; the parts of a task are as long as it
MOST = 200  # questions about one document
Answer = TypeVar("Answer")


class Suggest(Protocol):
    """Somebody who is asked about one sentence and answers in words of it; None or nothing where it cannot tell."""

    def indicator(self, sentence: str, figure: str) -> str | None:
        """What the figure counts, as the sentence calls it."""

    def split(self, task: str) -> tuple[str, ...]:
        """The parts of a task that can be handed out one by one."""

    def body(self, task: str) -> str | None:
        """Who is to do it."""


class Unclear(Exception):
    """An answer that is not in the form asked for: it is passed over and counted."""


class SuggesterSilent(JunhengError):
    """The suggester cannot be reached or takes too long: the reading goes on without it."""


@dataclass
class Tally:
    """How often a suggester was asked, what of its answers could not be used, and why it was not asked any more."""

    asked: int = 0
    dropped: int = 0  # not quoted from the source, or not in the form
    silent: str = ""

    def ask(self, question: Callable[[], Answer]) -> Answer | None:
        """The answer; None for one that is not in the form."""
        self.asked += 1
        try:
            return question()
        except Unclear:
            self.dropped += 1
            return None

    def notes(self, kept: int) -> Iterator[str]:
        if self.silent:
            yield self.silent
        if self.asked:
            yield f"向模型问了 {self.asked} 次：采用建议 {kept} 条，不合要求（没有照抄原文，或不合格式）略去 {self.dropped} 条"


def with_suggestions(reading: Reading, by: Suggest) -> Reading:
    """The reading with what `by` proposes of it that stands the test; a body enters its task as suggested.

    A suggester that falls silent is not asked again, and what it had said before stays; notes tell that, and how much was used.
    """
    kept: list[Suggestion] = []
    tally, known = Tally(), _known_numbers(reading)
    try:
        for each in _asked(reading, by, tally):
            stands = _stands(each, reading.text.clean, known)
            kept += [each] if stands else []
            tally.dropped += not stands
    except SuggesterSilent as silent:
        tally.silent = str(silent)
    bodies = {(each.start, each.end): each.words[0] for each in kept if each.kind is SuggestionKind.body}
    tasks = tuple(_with_body(each, bodies.get((each.start, each.end))) for each in reading.tasks)
    return replace(reading, tasks=tasks, suggestions=tuple(kept), notes=(*reading.notes, *tally.notes(len(kept))))


def _asked(reading: Reading, by: Suggest, tally: Tally) -> Iterator[Suggestion]:
    """What is said about the figures without a name and about the tasks, at most MOST questions of each."""
    nameless = [each for each in reading.figures if each.indicator is None]
    for each in nameless[:MOST]:
        if name := tally.ask(partial(by.indicator, _around(reading, each), each.printed + each.unit)):
            yield Suggestion(SuggestionKind.indicator, each.start, each.end, (name,))
    for task in [each for each in reading.tasks if not each.vague][:MOST]:
        if parts := tally.ask(partial(by.split, task.text)):
            yield Suggestion(SuggestionKind.split, task.start, task.end, parts)
        if task.body_source is BodySource.none and (body := tally.ask(partial(by.body, task.text))):
            yield Suggestion(SuggestionKind.body, task.start, task.end, (body,))


def _around(reading: Reading, figure: Figure) -> str:
    """The figure's line, at most 100 characters to either side of it."""
    clean = reading.text.clean
    left = clean[max(figure.start - 100, 0):figure.start].rpartition("\n")[2]
    return left + clean[figure.start:figure.end + 100].partition("\n")[0]


def _stands(each: Suggestion, text: str, known_numbers: set[str]) -> bool:
    """Whether a suggestion only quotes: of a task's parts each from the task, in their order; else from anywhere in the text."""
    if not all(map(str.strip, each.words)):
        return False
    if each.kind is SuggestionKind.split:
        quoted = len(each.words) > 1 and _in_order(each.words, text[each.start:each.end])
    else:
        quoted = all(len(word) <= LONGEST[each.kind] and word in text for word in each.words)
    return quoted and _numbers(each.words) <= known_numbers


def _in_order(words: Iterable[str], source: str) -> bool:
    at = 0
    for word in words:
        at = source.find(word, at)
        if at < 0:
            return False
        at += len(word)
    return True


def _numbers(texts: Iterable[str]) -> set[str]:
    return {number for text in texts for number in NUMBER.findall(text)}


def _known_numbers(reading: Reading) -> set[str]:
    """Every number that the grammar found: figures, their periods, the days and measures of tasks, blanks."""
    figures = [text for each in reading.figures for text in (each.printed, each.period.printed)]
    tasks = [text for each in reading.tasks for text in (each.deadline, each.measure)]
    return _numbers([*figures, *tasks, *(each.printed for each in reading.blanks)])


def _with_body(task: Task, body: str | None) -> Task:
    return replace(task, body=body, body_source=BodySource.suggested) if body else task
