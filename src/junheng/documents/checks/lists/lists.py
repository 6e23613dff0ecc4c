"""Counts announced against what is listed: in the same sentence, or as the headings that follow."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

from junheng.documents.checks.lists.counted import Count, Sequence, announced, chinese, sequences, spelt
from junheng.documents.checks.lists.listings import Answer, before, behind, bracketed, characters, levels, repeated
from junheng.documents.checks.page import Page, check
from junheng.documents.codes import Judgement
from junheng.documents.shapes import Check, Heading, Span

AHEAD = 260     # characters to the first heading that a count announces
LOOK_BACK = 40  # runs of headings among which 以上 looks for its own


@dataclass(frozen=True)
class Headings:
    """The headings of a text as runs that count up, to be found by place."""

    page: Page

    @cached_property
    def runs(self) -> tuple[Sequence, ...]:
        return tuple(sorted(sequences(self.page.outline.headings), key=lambda run: run.start))

    @cached_property
    def run_starts(self) -> list[int]:
        return [run.start for run in self.runs]

    @cached_property
    def first_under(self) -> dict[int, Sequence]:
        """The first run below each heading, by the identity of the heading."""
        return {id(run.parent): run for run in reversed(self.runs) if run.parent is not None}

    @cached_property
    def all(self) -> tuple[Heading, ...]:
        found: list[Heading] = []
        waiting = list(self.page.outline.headings)
        while waiting:
            found.append(waiting.pop())
            waiting.extend(found[-1].children)
        return tuple(sorted(found, key=lambda heading: heading.start))

    @cached_property
    def starts(self) -> list[int]:
        return [heading.start for heading in self.all]

    def titled_at(self, offset: int) -> Heading | None:
        """The heading whose title holds an offset."""
        place = bisect_right(self.starts, offset) - 1
        heading = self.all[place] if place >= 0 else None
        return heading if heading and offset < heading.start + len(heading.number) + len(heading.title) + 2 else None


def lists(page: Page) -> Iterator[Check]:
    """Every announced count that something answers; a count that nothing answers is no claim."""
    headings, counts = Headings(page), list(announced(page.text))
    for count, following in zip_longest(counts, counts[1:]):
        for answer in _answers(headings, count, following.start if following else len(page.text)):
            if made := _weighed(page, count, answer):
                yield made
                break
    yield from _named(page)


def _answers(headings: Headings, count: Count, following: int) -> Iterator[Answer]:
    for find in (levels, characters, bracketed, repeated, before, behind):
        if answer := find(headings.page.text, count):
            yield answer
    if answer := _by_headings(headings, count, following):
        yield answer


def _weighed(page: Page, count: Count, answer: Answer) -> Check | None:
    fits = count.number in answer.possible
    verdict = Judgement.holds if fits else answer.otherwise
    if verdict is None:
        return None
    listed = count.number if fits else answer.possible[0]
    noun = re.split(r"[的之在上中下为是和与及]", count.noun, maxsplit=1)[0][:4]
    reason = f"{answer.what}{listed}项，文中说“{count.printed}{count.measure}”，{'相符' if fits else '不相符'}。"
    return check(page, "count", ((count.start, count.end + len(noun)), answer.span), verdict, _as_printed(count, listed), reason)


def _as_printed(count: Count, listed: int) -> str:
    number = str(listed) if count.printed.isdigit() else "两" if listed == 2 else chinese(listed)
    return number + count.measure


_TELLS = re.compile(r"方面|意见|问题|要求|工作|任务|措施|建议|体会|做法|重点|活动|事|情况|特点|环节|要点|关系|协调|强化|确保"
                    r"|转变|突破|着力|内容")


def _by_headings(headings: Headings, count: Count, following: int) -> Answer | None:
    """The numbered headings that a count in a heading or before them announces, or that 以上 looks back on.

    Of several counts only the last before the headings announces them; `following` is where the next count begins.
    """
    text = headings.page.text
    if re.search(r"(?:以上|上述|前述|这)[“\"]?$", text[max(0, count.start - 5):count.start]):
        return _looked_back(headings, count)
    heading = headings.titled_at(count.start)
    if heading is not None:
        return _announced_by(headings, count, headings.first_under.get(id(heading)), near=True)
    place = bisect_right(headings.run_starts, count.start)
    run = headings.runs[place] if place < len(headings.runs) else None
    if run is None or run.start > following or run.start - count.end > AHEAD:
        return None
    if headings.page.part_at(run.start) != headings.page.part_at(count.start):
        return None
    return _announced_by(headings, count, run, near=_at_once(text[count.end:run.start]))


def _at_once(between: str) -> bool:
    """Only the rest of its clause stands between the count and its first heading."""
    return re.fullmatch(r"[^。;；\n:：,，]{0,14}[。:：,，]?\s*", between) is not None


def _announced_by(headings: Headings, count: Count, run: Sequence | None, near: bool) -> Answer | None:
    tells = _TELLS.search(count.measure + count.noun)
    if run is None or not (tells or near) or count.measure in ("级", "所", "名", "位"):
        return None
    asked = run.count > 1 and near and tells
    return Answer((run.count,), (run.start, run.last), "编号列出", Judgement.flagged if asked else None)


def _looked_back(headings: Headings, count: Count) -> Answer | None:
    place = bisect_left(headings.run_starts, count.start)
    for run in reversed(headings.runs[max(0, place - LOOK_BACK):place]):
        if run.count == count.number and (run.last < count.start <= run.end or 0 <= count.start - run.end <= AHEAD):
            return Answer((run.count,), (run.start, run.last), "前文编号列出", None)
    return None


_NAME = re.compile(r"“([二三四五六七八九十])([\u4e00-\u9fff]{1,3})”")
NEAR = 80  # characters before “四同步” in which its items stand


def _named(page: Page) -> Iterator[Check]:
    """“五园”: elsewhere five quoted names that all end in 园; “四同步”: four items before it begin or end so."""
    quoted = _quoted_lists(page.text)
    for found in _NAME.finditer(page.text):
        if len(found.group(2)) > 1:
            yield from _keyed(page, found)
            continue
        number, part = spelt(found.group(1)), page.part_at(found.start())
        span = next((span for span in quoted.get((found.group(2), number), []) if page.part_at(span[0]) == part), None)
        if span:
            yield check(page, "count", ((found.start(1), found.end(2)), span), Judgement.holds, "".join(found.groups()),
                        f"文中另处列出{number}个“{found.group(2)}”，相符。")


def _keyed(page: Page, found: re.Match[str]) -> Iterator[Check]:
    """同步规划、同步建设、同步验收、同步交付“四同步”: only that there are as many."""
    start = max(page.bounds(found.start())[0], found.start() - NEAR)
    items = re.split("[、，,和及]", page.text[start:found.start()])
    number, keyed = spelt(found.group(1)), [item for item in items if found.group(2) in item]
    if number > 1 and len(keyed) == number:
        first = page.text.index(keyed[0], start)
        spans = ((found.start(1), found.end(2)), (first, found.start()))
        yield check(page, "count", spans, Judgement.holds, "".join(found.groups()),
                    f"前面含“{found.group(2)}”的有{number}项，相符。")


def _quoted_lists(text: str) -> dict[tuple[str, int], list[Span]]:
    """Where “书香校园”、“平安校园”.. stand, by the last character that all the names share and their number."""
    found: dict[tuple[str, int], list[Span]] = defaultdict(list)
    for match in re.finditer(r"“[^“”\n]{1,12}”(?:[、和及]?“[^“”\n]{1,12}”)+", text):
        items = re.findall(r"“([^“”]+)”", match.group())
        if len({item[-1] for item in items}) == 1:
            found[items[0][-1], len(items)].append(match.span())
    return found
