"""A text that needed no cleaning, and figures made by hand for it."""

from __future__ import annotations

from array import array
from datetime import date
from decimal import Decimal

from junheng.documents.codes import ComparisonKind, Exactness, FigureRole
from junheng.documents.outline import outline
from junheng.documents.shapes import Comparison, Figure, Part, Period, Raw, Reading, Text
from junheng.documents.tasks import find_goals, find_tasks


def text_of(words: str, *parts: Part) -> Text:
    return Text(words, words, array("l", range(len(words) + 1)), (), parts)


def figure(words: str, printed: str, unit: str, named: str, *, role: FigureRole = FigureRole.actual,
           kind: ComparisonKind | None = None, after: str = "") -> Figure:
    """The figure `printed` in `words`, the first one after the words `after`."""
    start = words.index(printed, words.index(after))
    scale = Decimal(10000) if unit.startswith("万") else Decimal(1)
    value = Decimal(printed.replace(",", ""))
    return Figure(start, start + len(printed), printed, printed, value, None, Exactness.exact, unit, scale, named,
                  None, None, Period("", None), "", role, Comparison(kind) if kind else None)


def reading(words: str, *figures: Figure, day: date | None = None) -> Reading:
    """All that the outline, the goals and the tasks make of a text, with the figures given."""
    text = text_of(words)
    found = outline(text)
    return Reading(Raw("made.txt", "0" * 64, "txt", words), text, "made", day, "", found, figures,
                   goals=find_goals(text, found, figures, day), tasks=find_tasks(text, found, figures, day))
