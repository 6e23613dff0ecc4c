"""What headings and sentences tell of: done (a review), now (how things stand), a plan. Words are in tense.toml."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from junheng.documents.codes import Tense

if TYPE_CHECKING:
    from junheng.documents.outline.headings import Item
    from junheng.documents.outline.sentences import Cut

_TITLE = 80  # characters at the beginning of a part that may hold its title
_NO_TITLE = re.compile("。$|，|[局科室处股办]\\s*$")  # a sentence, or the office that signs: 发展规划科
_RUN_ON = re.compile("(?<=.{8})[，,；;]")  # where the text of a heading that runs on begins
_WORDS = {
    (place, kind): re.compile("|".join(words))
    for place, kinds in tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")).items()
    for kind, words in kinds.items()
}


@dataclass(frozen=True)
class Tenses:
    """Of each sentence by its own words, of each heading with all that it inherits; `strong` = a plan even in a review."""

    sentences: tuple[Tense | None, ...]
    strong: tuple[bool, ...]
    items: tuple[Tense | None, ...]
    parts: tuple[Tense | None, ...]  # by the title of each part


def told(clean: str, pieces: Sequence[Cut], items: Sequence[Item], borders: Sequence[int]) -> Tenses:
    """The tense of every sentence and heading."""
    sentences = [_own(clean[piece.start:piece.end]) for piece in pieces]
    strong = [_has("sentence", "plan_within_past", clean[piece.start:piece.end]) for piece in pieces]
    parts = tuple(_by_title(clean, start) for start in borders or (0,))
    items_parts = [parts[part_of(borders, item.mark.start)] for item in items]
    headings = [tense or title for tense, title in zip(_headings(clean, pieces, items, sentences), items_parts, strict=True)]
    return Tenses(tuple(sentences), tuple(strong), tuple(headings), parts)


def part_of(borders: Sequence[int], at: int) -> int:
    """The number of the part that a place is in, from 0."""
    return max(bisect_right(borders, at) - 1, 0)


def _by_title(clean: str, start: int) -> Tense | None:
    """What the first short lines of a part call it: a plan or a report; None where they say both or neither."""
    lines = [line for line in clean[start:start + _TITLE].split("\n")[:3] if not _NO_TITLE.search(line)]
    said = [tense for tense in (Tense.plan, Tense.past) if any(_has("title", tense.name, line) for line in lines)]
    return said[0] if len(said) == 1 else None


def heading_tense(tenses: Tenses, item: int) -> Tense | None:
    return tenses.items[item]


def sentence_tense(tenses: Tenses, number: int, above: Tense | None) -> Tense | None:
    """A sentence's own words, within what its heading is about: a review stays one unless it says 下一步."""
    own = tenses.sentences[number]
    if above is Tense.past:
        return Tense.plan if tenses.strong[number] else Tense.now if own is Tense.now else Tense.past
    if above is Tense.now:
        return own if own is Tense.plan else Tense.now
    return own or above


def _own(sentence: str) -> Tense | None:
    return next((tense for tense in (Tense.plan, Tense.past, Tense.now) if _has("sentence", tense.name, sentence)), None)


def _has(place: str, kind: str, words: str) -> bool:
    return _WORDS[place, kind].search(words) is not None


def _headings(clean: str, pieces: Sequence[Cut], items: Sequence[Item], sentences: Sequence[Tense | None]) -> list[Tense | None]:
    heads = [number for number, piece in enumerate(pieces) if piece.item is not None]
    above: list[Tense | None] = [None]
    leads: dict[int, Tense | None] = {}
    found: list[Tense | None] = []
    for at, item in enumerate(items):
        del above[item.level:]
        parent = above[-1]
        head = heads[at]
        if id(item.owner) not in leads:
            leads[id(item.owner)] = _lead(clean, pieces, head)
        title = item.mark.title or _RUN_ON.split(clean[pieces[head].start:pieces[head].end][:60], maxsplit=1)[0]
        body = sentences[head:heads[at + 1] if at + 1 < len(heads) else len(pieces)]
        tense = _titled(title, parent) or leads[id(item.owner)] or parent or _most(body)
        found.append(tense)
        above.append(tense)
    return found


def _titled(title: str, parent: Tense | None) -> Tense | None:
    if parent is Tense.past:
        return Tense.plan if _has("heading", "plan_within_past", title) else Tense.now if _has("heading", "now", title) else None
    order = (Tense.plan, Tense.past, Tense.now) if parent is Tense.plan else (Tense.past, Tense.plan, Tense.now)
    if parent is not None and parent is not Tense.now:
        return None
    return next((tense for tense in order if _has("heading", tense.name, title)), None)


def _lead(clean: str, pieces: Sequence[Cut], head: int) -> Tense | None:
    """What the sentence before a list says of it: 还存在以下问题：一是.."""
    if head == 0:
        return None
    sentence = clean[pieces[head - 1].start:pieces[head - 1].end]
    if not _has("lead", "sign", sentence):
        return None
    return next((tense for tense in (Tense.now, Tense.past, Tense.plan) if _has("lead", tense.name, sentence)), None)


def _most(body: Sequence[Tense | None]) -> Tense | None:
    """What more than half of the sentences under a heading tell of."""
    counts = {tense: sum(own is tense for own in body) for tense in (Tense.plan, Tense.past, Tense.now)}
    most = max(counts, key=lambda tense: counts[tense])
    return most if 2 * counts[most] > len(body) else None
