"""A text is cut into sentences at 。！？；, at the end of a line and before a heading; quotes and brackets stay whole."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from junheng.documents.codes import Tense
from junheng.documents.outline.tense import Tenses, part_of, sentence_tense
from junheng.documents.shapes import Heading, Sentence

_QUOTE = 80  # characters that a quote may hold and still be one piece
_SENTENCE = re.compile(
    rf"(?:“[^“”\n]{{0,{_QUOTE}}}”|《[^《》\n]{{0,{_QUOTE}}}》|（[^（）\n]{{0,{_QUOTE}}}）|\([^()\n]{{0,{_QUOTE}}}\)|[^。！？；;!?\n])+"
    r"[。！？；;!?]*[”’）)」』]*|[。！？；;!?]+[”’）)」』]*"
)
_NOTE = re.compile(r"【[脚尾]注\d+】")  # as `opening` calls the notes of a Word file: no part of their sentence
_HEADED = re.compile(r"(?<!\d)[：:]|[：:](?!\d)")
_LABEL = 30  # characters of a title that a colon may end


@dataclass(frozen=True)
class Cut:
    """A sentence by its signs alone; `item` = number of the heading it begins with."""

    start: int
    end: int
    item: int | None


def cuts(clean: str, heads: Sequence[int]) -> list[Cut]:
    """The pieces of the text, in order; `heads` are the places where headings begin."""
    return list(_cuts(clean, heads))


def _cuts(clean: str, heads: Sequence[int]) -> Iterator[Cut]:
    for match in _SENTENCE.finditer(clean):
        first, last = bisect.bisect_left(heads, match.start()), bisect.bisect_left(heads, match.end())
        note = _NOTE.match(clean, *match.span())
        inside = [head for head in heads[first:last] if head > match.start()]
        borders = sorted({match.start(), *([note.end()] if note else []), *inside, match.end()})
        for start, end in pairwise(borders):
            yield from _labelled(clean, *_trimmed(clean, start, end), heads)


def _labelled(clean: str, start: int, end: int, heads: Sequence[int]) -> Iterator[Cut]:
    """A heading that a colon ends stands by itself: 三是强化队伍建设：……"""
    if start >= end:
        return
    at = bisect.bisect_left(heads, start)
    item = at if at < len(heads) and heads[at] == start else None
    colon = _HEADED.search(clean, start, min(end, start + _LABEL)) if item is not None else None
    if colon is None or colon.end() >= end or _in_bracket(clean, start, colon.start()):
        yield Cut(start, end, item)
        return
    yield Cut(start, colon.end(), item)
    yield Cut(*_trimmed(clean, colon.end(), end), None)


def _in_bracket(clean: str, start: int, at: int) -> bool:
    return clean.count("（", start, at) > clean.count("）", start, at)


def _trimmed(clean: str, start: int, end: int) -> tuple[int, int]:
    while start < end and clean[start] in " 　\t\n":
        start += 1
    while end > start and clean[end - 1] in " 　\t\n":
        end -= 1
    return start, end


def placed(pieces: Sequence[Cut], headings: Sequence[Heading], tenses: Tenses, borders: Sequence[int]) -> tuple[Sentence, ...]:
    """The pieces as sentences, each with the headings it stands under; a heading's own sentence stands under those above it."""
    order = list(_in_order(headings))
    planned = {heading.start for heading in order if heading.tense is Tense.plan and heading.body >= heading.end}
    above: list[Heading] = []
    at = 0
    sentences = []
    for number, piece in enumerate(pieces):
        while at < len(order) and order[at].body <= piece.start:
            above.append(order[at])
            at += 1
        above = [heading for heading in above if heading.start < piece.start < heading.end]
        part = part_of(borders, piece.start)
        tense = sentence_tense(tenses, number, above[-1].tense if above else tenses.parts[part])
        if piece.start in planned and tenses.sentences[number] is None:
            tense = Tense.plan  # 明年打算：一是..：a heading with nothing under it is what its lead says
        sentences.append(Sentence(piece.start, piece.end, tense, tuple(heading.title for heading in above), part))
    return tuple(sentences)


def _in_order(headings: Sequence[Heading]) -> Iterator[Heading]:
    for heading in headings:
        yield heading
        yield from _in_order(heading.children)
