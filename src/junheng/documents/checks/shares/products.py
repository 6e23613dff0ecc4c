"""What a standard comes to (每生每年600元, 5260人, 315.6万元), what a ratio asks for, and what is lacking of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, islice, pairwise

from junheng.documents.checks.changes.runs import alike, base_unit
from junheng.documents.checks.intervals import Quantity, constant, judged, quantity, shown
from junheng.documents.checks.page import Page, check, spans_of
from junheng.documents.checks.sums.parts import countable
from junheng.documents.codes import FigureRole, Judgement
from junheng.documents.shapes import Check, Figure

FITS = (Judgement.holds, Judgement.holds_within_rounding)
HEADS = ("人", "人次", "户", "个", "所")
LOOK_BACK = 15  # sentences in which the heads that a ratio is of may be told

_EACH = re.compile(r"(?:每[生人名户班校所园]|[生人]均)(?P<time>每?(?:学期|月))?[^,，。；;\d天日]{0,10}$")
_TIMES = {"": (1,), "月": (1, 10, 12), "学期": (1, 2)}  # how often a year's money has it
_SLIPS = tuple(Fraction(10) ** power for power in (1, 2, 3, 4, -1, -2, -3, -4))


def products(page: Page) -> Iterator[Check]:
    """Standards times heads, posts by a ratio, and shortages, each within its sentence."""
    for place, figures in enumerate(page.by_sentence):
        yield from _standards(page, figures)
        yield from _shortages(page, figures)
        yield from _asked(page, place, figures)


def _standards(page: Page, figures: tuple[Figure, ...]) -> Iterator[Check]:
    """Only what fits, or misses by a power of ten, is told: which heads and how many months are meant is seldom said."""
    for at, each in enumerate(figures):
        said = _EACH.search(page.before(each, 20)) if base_unit(each) == "元" else None
        near = [figure for figure in figures[max(0, at - 3):at + 4] if figure is not each and figure.value is not None]
        if said is None or quantity(each) is None:
            continue
        for one, two in combinations(near, 2):
            heads, money = (one, two) if base_unit(two) == "元" else (two, one)
            known = base_unit(heads) in HEADS and base_unit(money) == "元" and money.role is not FigureRole.rule
            if known and (made := _standard(page, each, heads, money, said)):
                yield made
                break


def _standard(page: Page, each: Figure, heads: Figure, money: Figure, label: re.Match[str]) -> Check | None:
    per, many, time = quantity(each), quantity(heads), (label["time"] or "").removeprefix("每")
    assert per and many
    product, spans, told = per * many, spans_of(money, each, heads), f"{each.printed}{each.unit}×{heads.printed}{heads.unit}"
    for times in _TIMES[time]:
        worked = product * constant(times)
        if (verdict := judged(money, worked)) in FITS:
            right, said = shown(worked.point, money), told + (f"×{times}" if times > 1 else "")
            return check(page, "product", spans, verdict, right, f"{said}={right}，与文中相符。")
    slips = () if time else _SLIPS if "年" in label[0] else _SLIPS[1:]  # ten times may be ten months that nobody told
    if not any(judged(money, product * constant(slip)) is Judgement.holds for slip in slips):
        return None
    right = shown(product.point, money)
    return check(page, "unit", spans, Judgement.flagged, right,
                 f"{told}={right}，文中写{money.printed}{money.unit}，相差整十倍，请核实单位。")


_SHOULD = re.compile(r"(?:应[有配需设征收到缴拨]|需要?|核定|编制)[^,，。；;、\d]{0,10}$")
_HAS = re.compile(r"(?:实际?[有配征收到缴拨]|现有|已有|在编|在岗)[^,，。；;、\d]{0,10}$")
_LACKS = re.compile(r"(?:缺口|缺编|空编|尚缺|还缺|短缺|缺少?|差)[^,，。；;、\d]{0,8}$")


def _shortages(page: Page, figures: tuple[Figure, ...]) -> Iterator[Check]:
    """应配792名，实有465名，缺口327名, told one behind the other."""
    for at, lacking in enumerate(figures[2:], start=2):
        should, has = figures[at - 2:at]
        labels = [page.before(figure, 16) for figure in (should, has, lacking)]
        told = all(word.search(label) for word, label in zip((_SHOULD, _HAS, _LACKS), labels, strict=True))
        one, two = quantity(should), quantity(has)
        if told and alike(should, has) and alike(has, lacking) and one and two and lacking.value is not None:
            yield _shortage(page, lacking, should, has, one - two)


def _shortage(page: Page, lacking: Figure, should: Figure, has: Figure, worked: Quantity) -> Check:
    verdict, right = judged(lacking, worked), shown(worked.point, lacking)
    verdict = Judgement.flagged if verdict is Judgement.contradicts else verdict
    said = f"{should.printed}{should.unit}减{has.printed}{has.unit}为{right}，文中写{lacking.printed}{lacking.unit}"
    return check(page, "difference", spans_of(lacking, should, has), verdict, right,
                 f"{said}。" if verdict in FITS else f"{said}，请核实口径。")


_BY_RATIO = re.compile(r"按照?(?P<sides>[^,，。；;\d]{2,24}?)(?:之?比)?为?$")
_ASKS = re.compile(r"应[有配需设][^,，。；;\d]{0,12}$")


def _asked(page: Page, place: int, figures: tuple[Figure, ...]) -> Iterator[Check]:
    """按寄宿生与生活教师50:1的比例测算，应配792名: only where heads told before come to it."""
    for ratio, asked in pairwise(figures):
        by = _BY_RATIO.search(page.before(ratio, 30)) if ratio.second else None
        if by is None or not ratio.value or not ratio.second or asked.value is None or not _ASKS.search(page.before(asked, 20)):
            continue
        for heads in islice(_told_before(page, place), LOOK_BACK * 4):
            many = quantity(heads)
            if many and alike(heads, asked) and len(set(heads.indicator_raw) & set(by["sides"])) > 1:
                worked = many * constant(Fraction(ratio.second) / Fraction(ratio.value))
                if (verdict := judged(asked, worked)) in FITS:
                    right = shown(worked.point, asked)
                    yield check(page, "product", spans_of(asked, ratio, heads), verdict, right,
                                f"{heads.printed}{heads.unit}按{ratio.printed}测算为{right}，与文中相符。")
                    break


def _told_before(page: Page, place: int) -> Iterator[Figure]:
    for earlier in range(place - 1, max(-1, place - LOOK_BACK), -1):
        yield from (figure for figure in reversed(page.by_sentence[earlier]) if countable(figure))
