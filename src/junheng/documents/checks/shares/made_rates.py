"""A rate beside the two counts it is made of: 发放问卷1200份，收回1143份，回收率95.3%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

from junheng.documents.checks.changes.runs import CHANGES, alike, kind
from junheng.documents.checks.intervals import is_percentage
from junheng.documents.checks.page import Page, without_unit
from junheng.documents.checks.shares.shares import rate_of
from junheng.documents.checks.sums.parts import countable
from junheng.documents.checks.words import KINDS
from junheng.documents.codes import Judgement
from junheng.documents.shapes import Check, Figure

RULES = KINDS["made_rates"]
NEAR = 6  # figures before the rate

_NAME = re.compile(rf"(?P<name>{'|'.join(RULES)})(?:高达|达到|[为达是])?约?$")
_KIND = "有效|一次性?|初次|首次|按期|及时"
_BESIDE = re.compile(rf"[,，](?:{_KIND})?(?:{'|'.join(RULES)})(?:高达|达到|[为达是])?约?")


def made_rates(page: Page) -> Iterator[Check]:
    """Each such rate with the part and the whole told before it in its sentence."""
    for number, own in enumerate(page.by_sentence):
        figures = (*page.goes_on_from(number), *own)
        for place, rate in enumerate(figures):
            if place < max(2, len(figures) - len(own)) or not is_percentage(rate) or kind(rate) in CHANGES:
                continue
            name = _NAME.search(page.before(rate, 12))
            if name and (made := _made(page, figures[max(0, place - NEAR):place], rate, RULES[name["name"]])):
                yield made


def _made(page: Page, before: tuple[Figure, ...], rate: Figure, rule: dict[str, Any]) -> Check | None:
    counts = [figure for figure in before if countable(figure)]
    parts = [one for one in counts if any(word in _label(page, one) for word in rule["part"])]
    wholes = [one for one in counts if any(word in _label(page, one) for word in rule["whole"]) and one not in parts]
    pairs = [(part, whole) for part in reversed(parts) for whole in reversed(wholes) if alike(part, whole)]
    tried = [made for part, whole in pairs if (made := rate_of(page, part, whole, rate, _division(part, whole)))]
    holds = [made for made in tried if made.judgement in (Judgement.holds, Judgement.holds_within_rounding)]
    if holds:
        return holds[0]
    if len(pairs) != 1 or not tried or not _plainly(page, *pairs[0], rate, before):
        return None
    accused = tried[0].judgement is Judgement.contradicts and not rule.get("sure")
    return replace(tried[0], judgement=Judgement.flagged) if accused else tried[0]


def _division(part: Figure, whole: Figure) -> str:
    return f"{part.printed}{part.unit}÷{whole.printed}{whole.unit}="


def _label(page: Page, figure: Figure) -> str:
    behind = re.match(r"[^,，、;；:：。()（）\d]{0,4}", without_unit(page.after(figure, 8), figure))  # 9人通过
    return re.split(r"[,，、;；:：。()（）\d]", page.before(figure, 20))[-1] + (behind[0] if behind else "")


def _plainly(page: Page, part: Figure, whole: Figure, rate: Figure, before: tuple[Figure, ...]) -> bool:
    """Whole, part and rate stand one behind the other, and none is told to be of a kind that the other is not."""
    kinds = [set(re.findall(_KIND, said)) for said in (page.gap(part, rate), _label(page, part))]
    side_by_side = (whole, part) in pairwise(before) and part is before[-1]
    return side_by_side and kinds[0] == kinds[1] and _BESIDE.fullmatch(page.gap(part, rate)) is not None
