"""Marks become lists, lists nest by the order in which their families are first used."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from junheng.documents.outline.marks import SOFT, Mark
from junheng.documents.outline.sentences import Cut
from junheng.documents.outline.tense import Tenses, heading_tense
from junheng.documents.shapes import Heading

_TITLE = 40  # characters that a title shows at most
_TITLE_END = re.compile(r"[。！？；：;:!?□\n]")
_RUN_IN = re.compile(r"(?<=.{6})[，,]?(?=(?:一年来|几年来|五年来|近年来|[今去]年以来|刚刚过去|过去[的一五]))")
_SIGNS = " 　\t，,、：:。；;"


@dataclass
class Open:
    """A list that may still go on; `line` = its first item stands at the head of a line."""

    family: str
    word: str
    last: int
    line: bool
    paragraph: int
    holds: bool = False  # another list, or goes on with one
    items: list[Item] = field(default_factory=list)


@dataclass
class Item:
    mark: Mark
    level: int
    owner: Open


def listed(found: Iterable[Mark], clean: str, borders: Sequence[int]) -> list[Item]:
    """The marks that truly are items of a list, with their level, from 1."""
    stack: list[Open] = []
    closed: dict[str, int] = {}
    items: list[Item] = []
    part = paragraph = at = 0
    for mark in found:
        if part < len(borders) and mark.start >= borders[part]:
            stack.clear()
            closed.clear()
            part = bisect.bisect_right(borders, mark.start)
        paragraph += clean.count("\n", at, mark.start)
        at = mark.start
        if mark.family == "annex":
            stack.clear()
        owner = Open(mark.family, "", 0, True, paragraph) if mark.family == "table" else _owner(stack, mark, paragraph, closed)
        if owner is not None:
            items.append(Item(mark, len(stack) + (mark.family == "table"), owner))
            owner.items.append(items[-1])
    return _levelled([item for item in items if _is_list(item.owner)])


def _owner(stack: list[Open], mark: Mark, paragraph: int, closed: dict[str, int]) -> Open | None:
    """The open list that the mark goes on with, or a new one; None where it is neither. `closed` holds the last number of each
    family of lists that a heading above it has ended: a plan may count its 1. 2. 3. through all its 一、二、三、."""
    going_on = _going_on(stack, mark, paragraph)
    if going_on is not None:
        closed.update({one.family: one.last for one in stack[going_on + 1:] if one.line})
        del stack[going_on + 1:]
        stack[-1].last = mark.number or stack[-1].last + 1
        stack[-1].paragraph = paragraph
        return stack[-1]
    resumed = mark.at_line and mark.number > 1 and closed.pop(mark.family, 0) + 1 == mark.number
    begins = mark.number == 1 or resumed
    if not begins and not (mark.at_line and mark.family not in ("item", "ordinal", "decimal", "digit", "circled")):
        return None
    _make_room(stack, mark, paragraph)
    if stack:
        stack[-1].holds = True
    stack.append(Open(mark.family, mark.word, mark.number or 1, mark.at_line, paragraph, holds=resumed))
    return stack[-1]


def _going_on(stack: Sequence[Open], mark: Mark, paragraph: int) -> int | None:
    near = [at for at, one in enumerate(stack) if one.family == mark.family and _follows(one, mark, paragraph)]
    return max(near, key=lambda at: (stack[at].word == mark.word, stack[at].line == mark.at_line, at), default=None)


def _follows(one: Open, mark: Mark, paragraph: int) -> bool:
    if mark.number == 0:  # a dash, a plain line, 最后
        return mark.family != "ordinal" or one.line or one.paragraph == paragraph
    if mark.family in ("chapter", "decimal") and one.word != mark.word:
        return False
    return one.last < mark.number <= one.last + 2 and mark.number > 1


def _make_room(stack: list[Open], mark: Mark, paragraph: int) -> None:
    """A list that begins anew ends the one of its family, and whatever stood inside a paragraph that is over."""
    for at, one in enumerate(stack):
        if one.family == mark.family and not _inside(one, mark, paragraph):
            del stack[at:]
            return
    while stack and stack[-1].family in SOFT and not stack[-1].line and stack[-1].paragraph != paragraph:
        stack.pop()


def _inside(one: Open, mark: Mark, paragraph: int) -> bool:
    """一要.. within 五是.., or 一是.. in the paragraph of an item that heads its line."""
    if mark.at_line:
        return one.line and one.word != mark.word
    return one.line or (one.paragraph == paragraph and one.word != mark.word)


def _is_list(one: Open) -> bool:
    """Two items make a list; a numbered line alone may still be a heading, and so may 一、 with a list under it."""
    if len(one.items) > 1:
        return True
    if one.holds and one.family == "digit":
        return one.line
    return one.family not in SOFT | {"digit", "dash"} and (one.line or one.holds)


def _levelled(items: list[Item]) -> list[Item]:
    """Levels without holes, where a list between has been struck out."""
    above: list[int] = []
    for item in items:
        while above and above[-1] >= item.level:
            above.pop()
        above.append(item.level)
        item.level = len(above)
    return items


def nested(clean: str, items: Sequence[Item], pieces: Sequence[Cut], tenses: Tenses,
           borders: Sequence[int]) -> tuple[Heading, ...]:
    """The items as a tree of headings, each to the end of all that is under it."""
    ends = _ends(items, [*borders, len(clean)], len(clean))
    starts = [piece.start for piece in pieces]
    roots: list[Heading] = []
    kept: list[list[Heading]] = [[] for _ in range(max((item.level for item in items), default=0) + 2)]
    for at in range(len(items) - 1, -1, -1):
        item = items[at]
        children = tuple(reversed(kept[item.level + 1]))
        kept[item.level + 1].clear()
        piece = pieces[bisect.bisect_left(starts, item.mark.start)]
        mark = item.mark
        number = "" if mark.title else clean[mark.start:mark.end].strip()
        heading = Heading(number, mark.title or _title(clean, mark.end, piece.end), mark.family, item.level, mark.start,
                          min(mark.body or _body(clean, piece), ends[at]), ends[at], heading_tense(tenses, at), children)
        kept[item.level].append(heading)
    roots.extend(reversed(kept[1]))
    return tuple(roots)


def _ends(items: Sequence[Item], borders: Sequence[int], last: int) -> list[int]:
    ends = [0] * len(items)
    waiting: list[int] = []
    for at, item in enumerate(items):
        while waiting and items[waiting[-1]].level >= item.level:
            ends[waiting.pop()] = item.mark.start
        waiting.append(at)
    for at in waiting:
        ends[at] = last
    for at, item in enumerate(items):
        border = bisect.bisect_right(borders, item.mark.start)
        ends[at] = min(ends[at], borders[border] if border < len(borders) else last, item.mark.until or last)
    return ends


def _title(clean: str, start: int, end: int) -> str:
    """Up to the first full stop or colon; of a long run-on line as much as reads as a title."""
    whole = clean[start:end].strip(_SIGNS)
    title = _TITLE_END.split(whole, maxsplit=1)[0]
    title = _RUN_IN.split(title, maxsplit=1)[0] if len(title) > _TITLE else title
    if len(title) > _TITLE:
        cut = max(title.rfind(sign, 0, _TITLE) for sign in "，,、")
        title = title[:cut] if cut > 0 else title[:_TITLE]
    return title.strip(_SIGNS)


def _body(clean: str, piece: Cut) -> int:
    at = piece.end
    while at < len(clean) and clean[at] in " 　\n\t":
        at += 1
    return at
