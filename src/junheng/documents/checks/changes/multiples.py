"""How many times: 是上年500万元的2倍, 由A到B，为原来的3倍, 翻一番."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from junheng.documents.checks.changes.runs import CHANGES, alike, base_unit, kind
from junheng.documents.checks.intervals import Quantity, as_printed, judged, plain, quantity
from junheng.documents.checks.page import Page, check, spans_of, without_unit
from junheng.documents.codes import ComparisonKind, FigureRole, Judgement
from junheng.documents.shapes import Check, Figure, Span

_COMES_TO = "(?:是|为|达到?|相当于|增加到|扩大到|增长到|提高到)了?"
_IS = re.compile(rf"[,，]?(?:已|约|正好)?{_COMES_TO}[^,，。；;\d]{{0,10}}(?:\d{{4}}年)?[^,，。；;\d]{{0,8}}[(（]?")
_OF_IT = re.compile(r"[)）]?的(?:近|约|超过)?")
_OF_BEFORE = re.compile(rf"[,，]?{_COMES_TO}(?:原来|原有|之?前|(?P<when>上年|去年|20\d\d年))的(?:近|约)?")
_DOUBLED = re.compile(r"(?P<nearly>接?近|将近|基本)?(?:实现)?翻了?(?P<times>[一两二三]?)番")
_TIMES = {"": 2, "一": 2, "两": 4, "二": 4, "三": 8}
_SO = re.compile(r"[,，]?(?:数量|规模|总量|总数)?已?")
_ALMOST, _NEARLY = Fraction(95, 100), Fraction(85, 100)


def multiples(page: Page) -> Iterator[Check]:
    """Every multiple of a printed base, and every doubling of one; without a base there is nothing to check."""
    for place, figures in enumerate(page.by_sentence):
        for at, figure in enumerate(figures):
            if base_unit(figure) == "倍" and at > 1 and kind(figure) not in CHANGES:
                yield from _multiple(page, figures[at - 2], figures[at - 1], figure)
        sentence = page.sentences[place]
        for found in _DOUBLED.finditer(page.text, sentence.start, sentence.end) if len(figures) > 1 else ():
            yield from _doubled(page, figures, found)


def _multiple(page: Page, one: Figure, two: Figure, claim: Figure) -> Iterator[Check]:
    """Of A beside B: B is the base where the multiple is of it, else A where B is what it came to."""
    if not alike(one, two):
        return
    if _OF_IT.fullmatch(page.gap(two, claim)) and _IS.fullmatch(page.gap(one, two)):
        current, base = one, two
    elif (of := _OF_BEFORE.fullmatch(page.gap(two, claim))) and _moves(one, two) and _is_of(one, of["when"]):
        current, base = two, one
    else:
        return
    spans, worked = spans_of(claim, current, base), _times(current, base)
    if claim.value is None or worked is None:
        yield _unknown(page, spans)
        return
    right = f"{plain(worked.point, 2)}倍"
    yield check(page, "multiple", spans, judged(claim, worked), right,
                f"{as_printed(current)}是{as_printed(base)}的{right}，文中写{as_printed(claim)}。")


def _is_of(base: Figure, when: str | None) -> bool:
    """Whether 2010年的6倍 is of this base: it is printed with the same time; 原来的 always is."""
    said = base.period.printed
    return when is None or (bool(said) and (when in said or when == f"{base.period.year}年"))


def _moves(one: Figure, two: Figure) -> bool:
    return kind(one) is ComparisonKind.before and kind(two) is ComparisonKind.after


def _doubled(page: Page, figures: tuple[Figure, ...], said: re.Match[str]) -> Iterator[Check]:
    """由A到B，翻一番; 比上年的A翻一番，达到B."""
    for one, two in pairwise(figures):
        between = [without_unit(page.text[figure.end:said.start()], figure) for figure in (one, two)]
        behind = two.end <= said.start() and _moves(one, two) and _SO.fullmatch(between[1])
        within = one.end <= said.start() < two.start and one.role is FigureRole.base and not between[0]
        if (behind or within) and alike(one, two):
            yield _verdict(page, one, two, said)


def _verdict(page: Page, base: Figure, current: Figure, said: re.Match[str]) -> Check:
    spans, worked = (said.span(), *spans_of(current, base)), _times(current, base)
    if worked is None:
        return _unknown(page, spans)
    wanted = _TIMES[said["times"]] * (_NEARLY if said["nearly"] else 1)
    right = f"{plain(worked.point, 2)}倍"
    return check(page, "multiple", spans, _judged(worked, Fraction(wanted)), right,
                 f"{as_printed(current)}是{as_printed(base)}的{right}，“{said[0]}”是{_TIMES[said['times']]}倍。")


def _judged(worked: Quantity, wanted: Fraction) -> Judgement:
    """Doubled or more holds; twice doubled is asked after, and so is what falls a little short."""
    if worked.point >= wanted:
        return Judgement.flagged if worked.near.low >= 2 * wanted else Judgement.holds
    if worked.near.high >= wanted:
        return Judgement.holds_within_rounding
    return Judgement.flagged if worked.wide.high >= wanted * _ALMOST else Judgement.contradicts


def _times(current: Figure, base: Figure) -> Quantity | None:
    now, then = quantity(current), quantity(base)
    return None if now is None or then is None or not then.point else now / then


def _unknown(page: Page, spans: tuple[Span, ...]) -> Check:
    return check(page, "multiple", spans, Judgement.cannot_check, "", "有数字被遮盖或空缺，无法核对倍数。")
