"""How long a time holds: 截至2022年底 to the end of its paragraph, any time over a ； to the next sentence."""

from __future__ import annotations

import re
from functools import lru_cache

from junheng.documents.codes import FigureRole
from junheng.documents.figures.periods import Anchors
from junheng.documents.figures.times import Time, times
from junheng.documents.shapes import Sentence

FAR = 480  # characters of its paragraph before a sentence that can tell its time: keeps long lines linear
_LASTING = ("year", "masked", "this", "last", "before_last", "next", "plan")


@lru_cache(maxsize=1024)
def years_of(title: str) -> Time | None:
    """The only year, or stretch of years, that a heading names: 近期（2024—2028年）."""
    named = [time for time in times(title) if time.kind == "year"]
    return named[0] if len(named) == 1 else None


def held(clean: str, sentence: Sentence, role: FigureRole, known: Anchors) -> Time | None:
    """The time that the paragraph hands on to `sentence`, where that names none: the last one before it.

    A 截至 time, and one that opens its sentence, holds over a full stop for what is; other times hold only over ；.
    """
    begin = max(sentence.start - FAR, 0)
    line = clean.rfind("\n", begin, sentence.start) + 1 or begin
    named = [time for time in known.between(line, sentence.start) if not time.against and time.kind in _LASTING
             and clean[time.start - 1:time.start] not in ("由", "从")]
    if not named:
        return None
    time = named[-1]
    if re.search("[。！？!?]", clean[time.end:sentence.start]) is None:
        return time
    opens = re.search("(?:^|[。；;！？\n])\\s*$", clean[max(line, time.start - 2):time.start]) is not None or time.start == line
    lasts = time.printed.startswith("截") or (opens and re.match("[到至]|力争", time.printed) is None)
    return time if lasts and role is not FigureRole.target else None
