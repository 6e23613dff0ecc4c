"""A text laid out for checking: its figures by sentence, and what stands between two of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from junheng.documents.codes import Judgement
from junheng.documents.shapes import Check, Figure, Outline, Sentence, Span

CLAIM = 80  # characters that a claim shows at most


@dataclass(frozen=True)
class Page:
    text: str
    outline: Outline
    figures: tuple[Figure, ...]

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(sorted(self.outline.sentences, key=lambda sentence: sentence.start))

    @cached_property
    def starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    @cached_property
    def by_sentence(self) -> tuple[tuple[Figure, ...], ...]:
        """The figures of each sentence, in the order of the text."""
        held: list[list[Figure]] = [[] for _ in self.sentences]
        for figure in sorted(self.figures, key=lambda figure: figure.start):
            if (place := self.sentence_at(figure.start)) is not None:
                held[place].append(figure)
        return tuple(map(tuple, held))

    def sentence_at(self, offset: int) -> int | None:
        place = bisect_right(self.starts, offset) - 1
        return place if place >= 0 and offset < self.sentences[place].end else None

    def figures_beside(self, figure: Figure) -> tuple[Figure, ...]:
        """The figures of the sentence around a figure."""
        place = self.sentence_at(figure.start)
        return self.by_sentence[place] if place is not None else ()

    def goes_on_from(self, place: int) -> tuple[Figure, ...]:
        """The figures of the sentence before, where only a ； stands between it and sentence number `place`."""
        before = self.sentences[place - 1] if place else None
        ends = before is not None and self.text[before.end - 1:before.end] in (";", "；")
        return self.by_sentence[place - 1] if ends else ()

    def same_line(self, place: int) -> bool:
        """Whether the next sentence goes on in the line of sentence number `place`."""
        following = self.sentences[place + 1] if place + 1 < len(self.sentences) else None
        return following is not None and "\n" not in self.text[self.sentences[place].end:following.start]

    def bounds(self, offset: int) -> Span:
        """Where the sentence around an offset begins and ends; the line where there is no sentence."""
        place = self.sentence_at(offset)
        if place is not None:
            return self.sentences[place].start, self.sentences[place].end
        end = self.text.find("\n", offset)
        return self.text.rfind("\n", 0, offset) + 1, end if end >= 0 else len(self.text)

    def part_at(self, offset: int) -> int:
        place = max(bisect_right(self.starts, offset) - 1, 0)
        return self.sentences[place].part if self.sentences else 0

    def gap(self, first: Figure, second: Figure) -> str:
        """What stands between two figures, without the unit of the first."""
        return without_unit(self.text[first.end:second.start], first)

    def before(self, figure: Figure, reach: int) -> str:
        """Up to `reach` characters of the same sentence before a figure."""
        return self.text[max(self.bounds(figure.start)[0], figure.start - reach):figure.start]

    def after(self, figure: Figure, reach: int) -> str:
        return self.text[figure.end:min(self.bounds(figure.start)[1], figure.end + reach)]


def without_unit(gap: str, figure: Figure) -> str:
    bare = re.sub(r"^\s+", "", gap)
    bare = re.sub(r"^[余多]", "", bare)
    return bare[len(figure.unit):] if figure.unit and bare.startswith(figure.unit) else bare


def check(page: Page, kind: str, spans: tuple[Span, ...], judgement: Judgement, recomputed: str, reason: str,
          quoted: int | None = None) -> Check:
    """A check whose claim is quoted from the first to the last of its places, or of the first `quoted` ones."""
    start, end = min(span[0] for span in spans[:quoted]), max(span[1] for span in spans[:quoted])
    if end - start > CLAIM:
        start, end = _clause_start(page, spans[0][0]), min(spans[0][1], spans[0][0] + CLAIM)
    claim = page.text[start:end] + _unit_after(page.text, end)
    return Check(" ".join(claim.split()), kind, spans, judgement, recomputed, reason)


def _clause_start(page: Page, offset: int) -> int:
    first = max(page.bounds(offset)[0], offset - CLAIM)
    return max((page.text.rfind(sign, first, offset) + 1 for sign in ",，;；:：、"), default=first) or first


_UNIT = re.compile(r" ?[余多]?[万亿]?(?:个百分点|[%％人名所个元位])")


def _unit_after(text: str, end: int) -> str:
    found = _UNIT.match(text, end) if text[end - 1:end].isdigit() else None
    return found.group().strip() if found else ""


def spans_of(*figures: Figure | None) -> tuple[Span, ...]:
    return tuple((figure.start, figure.end) for figure in figures if figure is not None)
