"""Where a text announces a count of things (五个优先, 三项活动, 四级), and the lists that may answer it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from junheng.documents.shapes import Heading

_DIGITS = "零一二三四五六七八九"
_NUMBER = r"(?P<number>[1-9]\d?|[二三四五六七八九两]?十[一二三四五六七八九]?|[两二三四五六七八九])"
_COUNT = re.compile(
    rf"(?<![第\d.一二三四五六七八九十百千万亿几“\"「『两零\-—~])(?<![\d一二三四五六七八九十][至到])(?P<open>[“\"「『]?){_NUMBER}"
    r"(?P<measure>个方面|方面|个|张|大|项|点|条|支|类|种|级|件|句|字|层|步|所|名|位)"
    r"(?P<noun>(?!月|小时|半|多|余|百分点|字头|左右)[\u4e00-\u9fff]{0,8})")
MOST = 30


@dataclass(frozen=True)
class Count:
    """An announced count; `start:end` runs from the number to the last sign of its measure."""

    start: int
    end: int
    number: int
    printed: str
    measure: str
    noun: str     # the words after the measure, up to eight characters
    quoted: bool  # “五个优先


def announced(text: str) -> Iterator[Count]:
    for found in _COUNT.finditer(text):
        number = spelt(found["number"])
        if 2 <= number <= MOST:
            yield Count(found.start("number"), found.end("measure"), number, found["number"], found["measure"], found["noun"],
                        bool(found["open"]))


def spelt(printed: str) -> int:
    """两 is 2, 十二 is 12, 二十 is 20, 7 is 7."""
    if printed.isdigit():
        return int(printed)
    if "十" not in printed:
        return 2 if printed == "两" else _DIGITS.index(printed)
    tens, _, ones = printed.partition("十")
    return (_DIGITS.index(tens) if tens else 1) * 10 + (_DIGITS.index(ones) if ones else 0)


def chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十") + (_DIGITS[ones] if ones or not tens else "")


_BRACKETS = re.compile(r"[(（][^()（）]*[)）]|《[^《》]*》")
_AND = re.compile(r"以及|[和及与]")


def item_counts(said: str) -> range:
    """How many items a list may have: 、 surely parts, 和 perhaps; brackets are no items."""
    bare = _BRACKETS.sub("", said)
    least = bare.count("、") + 1
    return range(least, least + len(_AND.findall(bare)) + 1)


@dataclass(frozen=True)
class Sequence:
    """Headings that count up together: 一是 to 八要. `inside` is what its parent covers."""

    start: int
    last: int  # where its last heading begins
    end: int
    count: int
    titles: tuple[str, ...]
    parent: Heading | None


_FIRST = re.compile(r"^[(（第]?(?:一|1|①|首先)(?![一二三四五六七八九十\d])")


def sequences(headings: tuple[Heading, ...], parent: Heading | None = None) -> Iterator[Sequence]:
    """All runs of sibling headings, each from its 一 to the heading before the next 一."""
    run: list[Heading] = []
    for heading in headings:
        if run and (_FIRST.match(heading.number) or heading.family != run[0].family):
            yield _sequence(run, parent)
            run = []
        run.append(heading)
        yield from sequences(heading.children, heading)
    if run:
        yield _sequence(run, parent)


def _sequence(run: list[Heading], parent: Heading | None) -> Sequence:
    return Sequence(run[0].start, run[-1].start, run[-1].end, len(run), tuple(one.title for one in run), parent)
