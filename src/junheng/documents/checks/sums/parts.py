"""Parts and wholes: 其中 sums, brackets, totals after a list. 含 is included already and never added."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from itertools import pairwise

from junheng.documents.checks.changes.runs import CHANGES, alike, kind
from junheng.documents.checks.intervals import Quantity, is_percentage, judged, quantity, shown
from junheng.documents.checks.page import Page, check, spans_of, without_unit
from junheng.documents.checks.words import KINDS
from junheng.documents.codes import Exactness, FigureRole, Judgement
from junheng.documents.shapes import Check, Figure

_AMONG = re.compile(r"(?:其中[,，]?|[:：(（])[^,，。；;()（）:：]{0,20}$")
_INCLUDED = re.compile(r"[(（,，]?(?:内|包)?含(?!有关)")
_TOTAL = re.compile(r"[,，、;；]?(?:三者|两者|两项|三项|以上|各项)?(?:合计|共计|总计)[^,，、。；]{0,8}|[,，]共有?")
INSTITUTIONS = ("所", "个", "处", "家", "座")
LONGEST = 100  # figures of a list
NEARLY = Fraction(1, 10)     # parts that leave out so little are asked after


@dataclass(frozen=True)
class List:
    """A whole and the parts told after (or before) it, without what is nested in them."""

    whole: Figure
    parts: tuple[Figure, ...]
    closed: bool  # brackets or a total: nothing is meant to be left out
    sure: bool = True  # False: ，共100所 may be a count of its own


def sums(page: Page) -> Iterator[Check]:
    """Each whole with its parts, within one sentence."""
    for figures in page.by_sentence:
        for found in (*_after(page, figures), *_included(page, figures), *_totals(page, figures)):
            if made := _weighed(page, found):
                yield made


def _after(page: Page, figures: tuple[Figure, ...]) -> Iterator[List]:
    """Wholes that are followed by 其中, a colon or a bracket and parts in the same unit."""
    for place, (whole, first) in enumerate(pairwise(figures)):
        gap = page.gap(whole, first)
        if not _AMONG.search(gap):
            continue
        plain = alike(whole, first) and countable(whole)
        owner = whole if plain else _owner(figures[:place], first) if "其中" in gap else None
        if owner and (parts := _parts(page, owner, figures[place + 1:place + LONGEST], alike)):
            mixed = _parts(page, owner, figures[place + 1:place + LONGEST], _institutions)
            yield List(owner, mixed if _exactly(owner, mixed) else parts, closed="其中" not in gap)


def _owner(figures: tuple[Figure, ...], first: Figure) -> Figure | None:
    """The last standing number before a 其中 in the unit of the parts, where a change stands between (增长5%，其中..)."""
    return next((figure for figure in reversed(figures[-4:]) if alike(figure, first) and countable(figure)), None)


def countable(figure: Figure) -> bool:
    return (not is_percentage(figure) and figure.second is None and kind(figure) not in CHANGES and figure.unit != "年"
            and figure.role not in (FigureRole.rank, FigureRole.group, FigureRole.base, FigureRole.rule))


_ITEM = re.compile(r"[,，、和及以有为达共约有分别是\s“”:：(（]*+[^,，、。;；:：()（）]{0,16}"
                   r"|[^,，、。;；:：()（）和及]{1,12}[,，、和及]{1,2}")  # 150名小学教师、100名初中教师


def _institutions(one: Figure, two: Figure) -> bool:
    """小学98所、教学点40个: counted in words of their own, and yet schools all."""
    return alike(one, two) or (one.unit in INSTITUTIONS and two.unit in INSTITUTIONS)


def _exactly(whole: Figure, parts: tuple[Figure, ...]) -> bool:
    return len(parts) > 1 and None not in (values := [part.value for part in parts]) and sum(filter(None, values)) == whole.value


def _parts(page: Page, whole: Figure, after: tuple[Figure, ...], same: Callable[[Figure, Figure], bool]) -> tuple[Figure, ...]:
    """The figures that go on the list: same unit, same depth of brackets, up to a second 其中 or another subject."""
    parts: list[Figure] = []
    depth = 0
    last = after[0]
    for figure in after:
        gap = page.gap(last, figure) if parts else ""
        if parts and ("其中" in gap or "合计" in gap or "；" in gap or ";" in gap or len(gap) > 40):
            break
        depth += len(re.findall(r"[(（]", gap)) - len(re.findall(r"[)）]", gap))
        if depth < 0:
            break
        if depth == 0 and not _INCLUDED.search(gap):
            if not countable(figure) or not same(figure, whole) or (parts and not _ITEM.fullmatch(gap.lstrip(")）"))):
                break
            parts.append(figure)
        last = figure
    return tuple(parts)


def _included(page: Page, figures: tuple[Figure, ...]) -> Iterator[List]:
    """投入900万元(含中央资金300万元): only that the included is no more than the whole."""
    for whole, part in pairwise(figures):
        if alike(whole, part) and countable(whole) and _INCLUDED.match(page.gap(whole, part)):
            yield List(whole, (part,), closed=False)


def _totals(page: Page, figures: tuple[Figure, ...]) -> Iterator[List]:
    """小学747所、初中160所，合计907所."""
    for place, total in enumerate(figures):
        if place < 2 or not countable(total) or not _TOTAL.fullmatch(page.gap(figures[place - 1], total)):
            continue
        parts: list[Figure] = [figures[place - 1]]
        for figure in reversed(figures[:place - 1]):
            gap = page.gap(figure, parts[0])
            if not _ITEM.fullmatch(gap) or "计" in gap or not alike(figure, total):
                break
            parts.insert(0, figure)
        if len(parts) > 1 and all(alike(part, total) and countable(part) for part in parts) and _one_level(page, parts):
            yield List(total, tuple(parts), closed=True, sure="计" in page.gap(parts[-1], total))


def _one_level(page: Page, parts: list[Figure]) -> bool:
    """No part holds another: 其中 or brackets among them would mean so."""
    between = page.text[parts[0].end:parts[-1].start]
    return not re.search(r"其中|[(（含]", between)


def _weighed(page: Page, found: List) -> Check | None:
    whole, parts = found.whole, found.parts
    spans = spans_of(whole, *parts)
    worked = [quantity(part) for part in parts]
    total = quantity(whole)
    if total is None or any(one is None for one in worked):
        return check(page, "parts", spans, Judgement.cannot_check, "", "分项或总数被遮盖、空缺，无法核对。")
    added = reduce(lambda one, two: one + two, [one for one in worked if one])
    labels = _labels(page, parts)
    verdict, reason = _verdict(found, total, added, labels)
    if verdict is Judgement.contradicts and not found.sure:
        verdict = Judgement.flagged
    if verdict is None or (verdict is Judgement.contradicts and len(parts) == 1 and other_whole(page, whole, parts[0])):
        return None
    several = len(parts) > 1
    said = "+".join(part.printed + part.unit for part in parts) + (f"={shown(added.point, whole)}" if several else "")
    right = shown(added.point, whole) if several else f"不超过{whole.printed}{whole.unit}"
    return check(page, "parts", spans, verdict, right, f"{said}，总数写{whole.printed}{whole.unit}{reason}")


def other_whole(page: Page, whole: Figure, part: Figure) -> bool:
    """幼儿园120所，小学45所，其中民办园60所: whether a count before the whole could be meant instead."""
    earlier = [one for one in page.figures_beside(whole) if one.start < whole.start and countable(one) and alike(one, part)]
    some = quantity(part)
    return some is not None and any((of := quantity(one)) and of.point >= some.point for one in earlier)


def _verdict(found: List, total: Quantity, added: Quantity, labels: list[str]) -> tuple[Judgement | None, str]:
    whole, several = found.whole, len(found.parts) > 1
    exact = judged(whole, added)
    if several and exact in (Judgement.holds, Judgement.holds_within_rounding) and whole.exactness is Exactness.exact:
        return exact, "，两者相符。"
    disjoint = _disjoint(labels)
    if added.near.low > total.near.high:
        if several and not disjoint and not _total_after(found):
            return None, ""
        if added.wide.low <= total.wide.high:
            return Judgement.flagged, "；若所用整数是约数则说得通，请核实。"
        return Judgement.contradicts, "，分项多于总数。"
    if not several or added.near.high >= total.near.low:
        return Judgement.holds, "，分项不超过总数。"
    if _total_after(found):
        sure = added.wide.high < total.wide.low
        return (Judgement.contradicts if sure else Judgement.flagged), "，与合计不符。"
    left = (total.point - added.point) / total.point
    if _sexes(labels) and whole.exactness is Exactness.exact:
        sure = added.wide.high < total.wide.low
        return (Judgement.contradicts if sure else Judgement.flagged), "，男女之和与总数不符。"
    if disjoint and whole.exactness is Exactness.exact and (found.closed or left <= NEARLY or _exhaustive(labels)):
        return Judgement.flagged, "，分项少于总数，请核实是否有漏项。"
    return Judgement.holds, "，分项不超过总数，其余未列。"


def _total_after(found: List) -> bool:
    return found.closed and found.whole.start > found.parts[-1].start


def _labels(page: Page, parts: tuple[Figure, ...]) -> list[str]:
    """What each part is called: the words right before it, back to the last mark."""
    said = [page.before(part, 16) for part in parts]
    return [found.group() if (found := _YEAR.search(before)) else _MARK.split(before)[-1] or _label_behind(page, part)
            for part, before in zip(parts, said, strict=True)]


def _label_behind(page: Page, part: Figure) -> str:
    """150名小学教师: the words after the number and its unit."""
    return _MARK.split(without_unit(page.after(part, 16), part))[0]


_MARK = re.compile(r"[,，、。;；:：()（）\d]|其中|合计|[和及](?!以[上下])")
_YEAR = re.compile(r"\d{4}年(?=[^,，、。;；\d]{0,6}$)")


def family(label: str) -> tuple[str, str] | None:
    """The family of a label and its word in it; years are one."""
    if _YEAR.fullmatch(label):
        return "year", label
    for name, words in KINDS["families"].items():
        if name != "whole" and (found := max((word for word in words if word in label), key=len, default="")):
            return name, found
    return None


def _disjoint(labels: list[str]) -> bool:
    """Whether the labels are of one family and all differ, so that no pupil can be in two parts."""
    found = [family(label) for label in labels]
    return (None not in found and len({one[0] for one in found if one}) == 1
            and len({one[1] for one in found if one}) == len(labels))


def _exhaustive(labels: list[str]) -> bool:
    found = [one for label in labels if (one := family(label))]
    name = found[0][0] if found else ""
    return name in KINDS["families"]["whole"] and len({word for _, word in found}) == len(KINDS["families"][name])


def _sexes(labels: list[str]) -> bool:
    return {family(label) for label in labels} == {("sex", "男"), ("sex", "女")} and len(labels) == 2
