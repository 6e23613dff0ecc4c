"""A mean beside the two numbers it is made of: 资助2130人次，金额106.5万元，人均500元; 282个班、13254人，平均班额47人."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, product
from typing import Any

from junheng.documents.checks.changes.runs import base_unit, kind
from junheng.documents.checks.intervals import judged, quantity, shown
from junheng.documents.checks.page import Page, check, spans_of
from junheng.documents.checks.sums.parts import countable
from junheng.documents.checks.words import KINDS
from junheng.documents.codes import Judgement
from junheng.documents.shapes import Check, Figure

RULES: list[dict[str, Any]] = KINDS["mean"]
LOOK_BACK = 40  # sentences
NEAR = 6  # figures before the mean

_NAME = re.compile(rf"(?P<name>{'|'.join(name for rule in RULES for name in rule['names'])})[^,，、。；;：:\d]{{0,8}}$")
_BESIDE = re.compile(r"[^。；;\d]{1,24}")
FITS = (Judgement.holds, Judgement.holds_within_rounding)


def means(page: Page) -> Iterator[Check]:
    """Each mean whose total and number are told before it in its sentence, or before the ； of it."""
    for place, figures in enumerate(page.by_sentence):
        for at, mean in enumerate(figures):
            name = _NAME.search(page.before(mean, 16)) if kind(mean) is None and mean.second is None else None
            if name and (made := _made(page, (*page.goes_on_from(place), *figures[:at])[-NEAR:], mean, name["name"])
                         or _far(page, place, mean, name["name"])):
                yield made


def _made(page: Page, before: tuple[Figure, ...], mean: Figure, name: str) -> Check | None:
    counts = [figure for figure in before if countable(figure)]
    tried = [(made, total, number) for rule in RULES if name in rule["names"] and base_unit(mean) in rule["unit"]
             for total, number in _pairs(page, counts, rule) if (made := _against(page, mean, total, number, name))]
    fitting = next((made for made, *_ in tried if made.judgement in FITS), None)
    if fitting or len(tried) != 1:
        return fitting
    made, total, number = tried[0]
    beside = {id(total), id(number)} == {id(one) for one in before[-2:]} and _BESIDE.fullmatch(page.gap(before[-1], mean))
    return made if beside else None


def _pairs(page: Page, counts: list[Figure], rule: dict[str, Any]) -> Iterator[tuple[Figure, Figure]]:
    """What may be the total with what may be the number, the nearest first."""
    totals, numbers = ([count for count in reversed(counts) if _may(page, count, rule[units], rule[words])]
                       for units, words in (("unit", "of"), ("each", "per")))
    return ((total, number) for total, number in product(totals, numbers) if total is not number)


def _far(page: Page, place: int, mean: Figure, name: str) -> Check | None:
    """A mean without a name of its own (平均班额48.5人) of two counts that stand side by side further up: only a fit is told."""
    if not re.fullmatch(f"(?:总体|全校|学校)?{name}", mean.indicator_raw):
        return None
    for earlier in range(place - 1, max(-1, place - LOOK_BACK), -1):
        for pair in pairwise(page.by_sentence[earlier]):
            if (made := _made(page, pair, mean, name)) and made.judgement in FITS:
                return made
    return None


def _may(page: Page, figure: Figure, units: list[str], words: list[str]) -> bool:
    label = figure.indicator_raw + "|" + re.split(r"[,，、;；:：。()（）\d]", page.before(figure, 20))[-1] + page.after(figure, 6)
    return base_unit(figure) in units and (not words or any(word in label for word in words))


def _against(page: Page, mean: Figure, total: Figure, number: Figure, name: str) -> Check | None:
    all_, many, spans = quantity(total), quantity(number), spans_of(mean, total, number)
    if all_ is None or many is None or mean.value is None:
        return check(page, "mean", spans, Judgement.cannot_check, "", f"有数字被遮盖或空缺，无法核对{name}。")
    if many.point <= 0:
        return None
    worked = all_ / many
    verdict, right = judged(mean, worked), shown(worked.point, mean)
    if verdict is Judgement.contradicts:
        verdict = Judgement.flagged  # the total may be of other heads than those beside it
    said = f"{total.printed}{total.unit}÷{number.printed}{number.unit}={right}，文中写{mean.printed}{mean.unit}"
    return check(page, "mean", spans, verdict, right, f"{said}。" if verdict in FITS else f"{said}，请核实口径或单位。")
