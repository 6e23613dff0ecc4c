"""Stage identities: 小学 + 初中 = 义务教育 for one measure, within a paragraph or a sentence and the one before it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from functools import reduce
from typing import Any

from junheng.documents.checks.changes.runs import base_unit, kind
from junheng.documents.checks.intervals import judged, quantity, shown
from junheng.documents.checks.page import Page, check, spans_of
from junheng.documents.checks.sums.parts import countable
from junheng.documents.checks.words import KINDS
from junheng.documents.codes import Judgement
from junheng.documents.shapes import Check, Figure

SPECIAL = Fraction(2, 100)  # special schools may be counted in a whole, not in its stages
Named = dict[tuple[str, str], list[Figure]]  # (小学, 在校生) -> its figures

_NAMES = "|".join(sorted({name for rule in KINDS["identity"] for name in (rule["whole"], *rule["parts"])}))
_MEASURES = "|".join(sorted({measure for rule in KINDS["identity"] for measure in rule["measures"]}))
_LABEL = re.compile(
    r"(?>全[市县区省州国]|现有|共有|我[市县区]|\d+年?)*+"
    rf"(?P<name>{_NAMES})(?:教育|学校|阶段)?(?:教育)?(?:现有|共有)?(?P<measure>{_MEASURES})"
    r"(?:人数|总数|数)?(?:总计|合计|共有|共计|达到|达|为|共|有)?(?:约|近)?")


def stage_identities(page: Page) -> Iterator[Check]:
    """Where the whole and each of its stages stand once in one paragraph, or in two neighbouring sentences."""
    before: Named = {}
    for place, figures in enumerate(page.by_sentence):
        own = _named(page, figures) if figures else {}
        if place and page.sentences[place].part != page.sentences[place - 1].part:
            before = {}
        if own:
            yield from _identities(page, before, own)
        before = _together(before, own) if page.same_line(place) else own


def _together(before: Named, own: Named) -> Named:
    return {key: [*before.get(key, ()), *own.get(key, ())] for key in (*before, *own)}


def _named(page: Page, figures: tuple[Figure, ...]) -> Named:
    """The figures whose name stands alone before the measure: 民办小学在校生 and 农村初中招生 are parts of parts."""
    found: Named = defaultdict(list)
    for figure in figures:
        label = re.split(r"[,，、。;；:：()（）]|其中", page.before(figure, 20))[-1]
        said = _LABEL.fullmatch(label) or _LABEL.fullmatch(re.sub("合计$", "", figure.indicator_raw))
        if said and countable(figure) and kind(figure) is None:
            found[said["name"], said["measure"]].append(figure)
    return found


def _identities(page: Page, before: Named, own: Named) -> Iterator[Check]:
    for rule in KINDS["identity"]:
        for measure in rule["measures"]:
            keys = [(name, measure) for name in (rule["whole"], *rule["parts"])]
            found = [[*before.get(key, ()), *own.get(key, ())] for key in keys]
            if all(len(one) == 1 for one in found) and any(key in own for key in keys):
                whole, *parts = [one[0] for one in found]
                if made := _identity(page, rule, measure, whole, parts):
                    yield made


def _identity(page: Page, rule: dict[str, Any], measure: str, whole: Figure, parts: list[Figure]) -> Check | None:
    if len({base_unit(figure) for figure in (whole, *parts)}) > 1 or len({figure.period.year for figure in (whole, *parts)}) > 1:
        return None
    total, worked, spans = quantity(whole), [quantity(part) for part in parts], spans_of(whole, *parts)
    if total is None or any(one is None for one in worked):
        return check(page, "stages", spans, Judgement.cannot_check, "", "有数字被遮盖或空缺，无法核对各学段之和。")
    added = reduce(lambda one, two: one + two, [one for one in worked if one])
    verdict = judged(whole, added)
    if verdict is Judgement.contradicts and 0 < total.point - added.point <= total.point * SPECIAL:
        verdict = Judgement.flagged
    reason = f"{'+'.join(rule['parts'])}{measure}合计{shown(added.point, whole)}，{rule['whole']}写{whole.printed}{whole.unit}。"
    return check(page, "stages", spans, verdict, shown(added.point, whole), reason)
