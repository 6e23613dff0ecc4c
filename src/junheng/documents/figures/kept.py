"""Which numbers of a text are figures or blanks, with their units, by sentence."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from heapq import merge

from junheng.documents.figures.cells import Cell, tables
from junheng.documents.figures.numbers import Token, missing, tokens
from junheng.documents.figures.sifting import is_figure
from junheng.documents.figures.units import Unit, unit_after
from junheng.documents.shapes import Outline, Sentence

_PARTS = {"%": Decimal(1), "‰": Decimal("0.1"), "‱": Decimal("0.01")}  # in per cent
_MONEY = re.compile("投入|投资|资金|经费|出资|捐|拨|收入|支出|贷款|融资|引资|造价|产值|筹|补助|奖励|债")


@dataclass(frozen=True)
class Found:
    """A number that is a figure or a blank, with its unit; `end` is where its unit ends."""

    token: Token
    unit: Unit | None
    cell: Cell | None = None  # of a table

    @property
    def end(self) -> int:
        return self.unit.end if self.unit else self.token.end


def by_sentence(clean: str, outline: Outline) -> Iterator[tuple[Sentence, list[Found]]]:
    """The numbers that are figures or blanks, by sentence; each number and each sentence is looked at once."""
    for sentence, found in _found(clean, outline):
        yield sentence, _with_points(_whole(clean, found))


def _found(clean: str, outline: Outline) -> Iterator[tuple[Sentence, list[Found]]]:
    told = {cell.start: cell for table in tables(clean) for cell in table}
    starts = [sentence.start for sentence in outline.sentences]
    current = -1
    found: list[Found] = []
    numbers = _heading_numbers(outline)
    opens = set(numbers.values())
    for token in _behind_numbers(clean, numbers):
        number = bisect_right(starts, token.start) - 1
        if number < 0:
            continue
        if number != current:
            if found:
                yield outline.sentences[current], found
            current, found = number, []
        cell = told.get(token.start)
        begin = token.start if token.start in opens else 0
        each = Found(token, cell.unit, cell) if cell and not token.mark else _kept(clean, token, begin)
        if each is not None:
            found.append(each)
    if found:
        yield outline.sentences[current], found


def _behind_numbers(clean: str, numbers: dict[int, int]) -> Iterator[Token]:
    """The numbers without those of headings: of 1.20所学校 the 20; and where one is missing."""
    for token in merge(tokens(clean), missing(clean), key=lambda token: token.start):
        end = numbers.get(token.start, 0)
        if token.start < end < token.end:
            for behind in tokens(clean[end:token.end]):  # without the dot before it: 1.00所 hides a number
                yield replace(behind, start=end + behind.start, end=end + behind.end)
        elif token.end > end:
            yield token


def _kept(clean: str, token: Token, begin: int) -> Found | None:
    """`begin`: where the item begins whose number is no part of what stands before the token."""
    if token.mark in ("%", "‰", "‱"):
        unit: Unit | None = Unit(token.mark, token.mark, "share", _PARTS[token.mark], token.end, False)
    elif token.mark == "比":
        unit = Unit("比", "比", "count", Decimal(1), token.end, False)
    elif token.mark == "分之":
        unit = Unit("分之", "分之", "share", Decimal(1), token.end, False)
    elif token.rank:
        unit = unit_after(clean, token.end, money=False) if clean[token.end:token.end + 1] in ("名", "位") else None
    else:
        unit = unit_after(clean, token.end, money=_MONEY.search(clean, max(0, token.start - 12), token.end) is not None)
    return Found(token, unit) if is_figure(clean, token, None if token.mark in ("比", "分之") else unit, begin) else None


def _whole(clean: str, kept: list[Found]) -> list[Found]:
    """1亿2000万元 and 3万5千册 are one number each, in the smaller of the two units."""
    done: list[Found] = []
    for each in kept:
        before = done[-1] if done else None
        joined = before is not None and before.end == each.token.start and clean[before.end - 1] in "千万亿"
        if before is not None and joined and (value := _sum(before, each)) is not None:
            done[-1] = replace(each, token=replace(each.token, start=before.token.start, value=value))
        else:
            done.append(each)
    return done


def _sum(large: Found, small: Found) -> Decimal | None:
    """Both in the scale of the second; None where they are not of one thing, or the second is not the smaller."""
    one, two = large.unit, small.unit
    if one is None or two is None or one.more or one.plain not in ("", two.plain):
        return None
    if large.token.value is None or small.token.value is None or small.token.value * two.scale >= one.scale:
        return None
    return large.token.value * (one.scale / two.scale) + small.token.value


def _with_points(kept: list[Found]) -> list[Found]:
    """0.3个和0.1个百分点: the first is of percentage points, too."""
    done = list(kept)
    for at in range(len(kept) - 2, -1, -1):
        unit, following = kept[at].unit, done[at + 1].unit
        if unit is not None and following is not None and unit.name == "个" and following.plain == "个百分点" \
                and done[at + 1].token.start - unit.end == 1:
            done[at] = replace(kept[at], unit=replace(following, end=unit.end))
    return done


def _heading_numbers(outline: Outline) -> dict[int, int]:
    """Where heading numbers stand: begin -> end."""
    ends: dict[int, int] = {}
    waiting = list(outline.headings)
    while waiting:
        heading = waiting.pop()
        ends[heading.start] = heading.start + len(heading.number)
        waiting.extend(heading.children)
    return ends
