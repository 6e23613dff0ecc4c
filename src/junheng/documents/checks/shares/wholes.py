"""A share of a whole that is told further up: 专任教师中本科以上1690人，占90.1%; 小规模园19所，占总数的21.8%."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from junheng.documents.checks.changes.runs import CHANGES, alike, kind
from junheng.documents.checks.intervals import as_printed, is_percentage, judged, quantity, shown
from junheng.documents.checks.page import Page, check, spans_of
from junheng.documents.checks.shares.shares import ALL, SHARE
from junheng.documents.checks.sums.parts import countable
from junheng.documents.codes import FigureRole, Judgement
from junheng.documents.shapes import Check, Figure

LOOK_BACK = 40   # sentences
BESIDE = 3       # sentences within which 幼儿园专任教师 may be meant by 专任教师
REMEMBERED = 60  # figures

_MARKS = re.compile(r"[,，、;；:：。()（）\n]")
_AMONG = re.compile(r"(?P<whole>[\u4e00-\u9fff]{2,12}?)(?:当|之)?(?<![其高初集])中(?![学职小心央等考班级国期午层高]|专(?!任))")
_TOTAL = re.compile(r"(?:共有?|现有|总数|总计|合计|一共|累计)|^全[县市区省国]")
_LEADING = re.compile(r"^(?:截至[^,，]{2,8})?(?:其中|(?:全|我|本)[县市区省国州校]|现有|共有|共|在(?![园校职岗编读]))+")
_TRAILING = re.compile(r"(?:现有|共有|共计|总数|达到|[为有达共计约])+$")


@dataclass(frozen=True)
class Told:
    """A count told so far, by what it is called; `total` where the text says that it is all there is."""

    place: int
    figure: Figure
    name: str
    total: bool


@dataclass(frozen=True)
class Context:
    """What a sentence says its shares are of: a name (专任教师中), or the count before it (。其中)."""

    name: str = ""
    count: Told | None = None


def shares_of_named(page: Page) -> Iterator[Check]:
    """Every share right behind its part whose whole is told before it, in the same part of the text."""
    told: deque[Told] = deque(maxlen=REMEMBERED)
    context = Context()
    for place, figures in enumerate(page.by_sentence):
        sentence = page.sentences[place]
        if place and sentence.part != page.sentences[place - 1].part:
            told.clear()
        context = _context(page, place, figures, told) or (context if _goes_on(page, place) else Context())
        for before, figure in zip((None, *figures), figures, strict=False):
            if before and is_percentage(figure) and kind(figure) not in CHANGES:
                yield from _judged(page, place, before, figure, told, context)
            elif countable(figure) and figure.role is FigureRole.actual:
                told.append(_told(page, place, figure))


def _goes_on(page: Page, place: int) -> bool:
    end = page.sentences[place - 1].end if place else 0
    return page.text[max(0, end - 1):end] in (";", "；")


def _context(page: Page, place: int, figures: tuple[Figure, ...], told: deque[Told]) -> Context | None:
    said = page.text[page.sentences[place].start:page.sentences[place].end]
    if said.lstrip().startswith("其中") and figures:
        before = [one for one in told if one.place == place - 1 and alike(one.figure, figures[0])]
        return Context(count=before[0]) if len(before) == 1 else Context()
    among = page.sentences[place].start + said.find("其中")
    behind = next((figure for figure in figures if figure.start > among), None) if "其中" in said else None
    if behind is not None:
        wholes = [figure for figure in figures if figure.start < among and countable(figure) and alike(figure, behind)]
        return Context(count=_told(page, place, wholes[0])) if len(wholes) == 1 else Context()
    found = _AMONG.search(said)
    return Context(name=_LEADING.sub("", _MARKS.split(found["whole"])[-1])) if found else None


def _told(page: Page, place: int, figure: Figure) -> Told:
    label = _MARKS.split(page.before(figure, 20))[-1]
    return Told(place, figure, _TRAILING.sub("", _LEADING.sub("", label)), _TOTAL.search(label) is not None)


def _judged(page: Page, place: int, part: Figure, share: Figure, told: deque[Told], context: Context) -> Iterator[Check]:
    said = SHARE.fullmatch(page.gap(part, share))
    if said is None or not countable(part):
        return
    others = [one for one in told if one.figure is not part and alike(one.figure, part) and place - one.place <= LOOK_BACK]
    of = ALL.sub("", said["of"]).removesuffix("的")
    if said["of"] and not of and not said["all"]:
        return  # 占全市的12%: of a count that is not told
    sure, loose = _wholes(page, place, part, others, of or context.name, context.count, said["all"])
    if made := _check(page, part, share, sure, loose):
        yield made


def _wholes(page: Page, place: int, part: Figure, others: list[Told], name: str, count: Told | None,
            all_: str | None) -> tuple[list[Told], list[Told]]:
    """The counts that are meant, and those that may be."""
    if name:
        sure = [one for one in others if one.name == name or (place - one.place <= BESIDE and one.name.endswith(name))]
        return sure, [one for one in others if len(one.name) > 2 and (one.name.endswith(name) or name.endswith(one.name))]
    if all_:
        clause = page.before(part, 40)
        return [one for one in others if one.total and one.name and one.name[-1] in clause], []
    if count:
        return [count], []
    here = [one for one in others if one.place == place]
    own = _told(page, place, part).name
    return [one for one in here if len(one.name) > 2 and own != one.name and own.endswith(one.name)], here


def _check(page: Page, part: Figure, share: Figure, sure: list[Told], loose: list[Told]) -> Check | None:
    """Against the one whole that is meant; of several, or of one that may be meant, only a fit is told."""
    fits = [made for one in (*reversed(sure), *reversed(loose)) if (made := _against(page, part, share, one))]
    exact = share.value is not None and len(share.value.as_tuple().digits) > 2
    holds = [made for made in fits if made.judgement in (Judgement.holds, Judgement.holds_within_rounding)]
    if holds and (sure or exact):
        return holds[0]
    return fits[0] if len({one.figure.value for one in sure}) == 1 and fits else None


def _against(page: Page, part: Figure, share: Figure, whole: Told) -> Check | None:
    some, all_, said, spans = quantity(part), quantity(whole.figure), quantity(share), spans_of(share, part, whole.figure)
    if some is None or all_ is None or said is None:
        return check(page, "share", spans, Judgement.cannot_check, "", "有数字被遮盖或空缺，无法核对占比。", quoted=2)
    if all_.point <= 0 or said.point <= 0:
        return None
    worked = some / all_
    verdict, right = judged(share, worked), shown(worked.point, share)
    of = f"{whole.name}{whole.figure.printed}{whole.figure.unit}"
    told = f"{part.printed}{part.unit}占前文{of}的{right}，文中写{as_printed(share)}"
    if verdict in (Judgement.holds, Judgement.holds_within_rounding):
        return check(page, "share", spans, verdict, right, f"{told}。", quoted=2)
    base = shown(some.point / said.point, part)
    return check(page, "share", spans, Judgement.flagged, right, f"{told}；照所写的占比，总数应约为{base}，请核实是否另有基数。",
                 quoted=2)
