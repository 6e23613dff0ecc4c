"""Yearly amounts told one after another (0.86亿元、0.97亿元、1.12亿元): their sum over the years, and their mean growth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import reduce

from junheng.documents.checks.changes.runs import alike, kind
from junheng.documents.checks.changes.yearly import growth_over
from junheng.documents.checks.intervals import judged, quantity, shown
from junheng.documents.checks.lists.counted import spelt
from junheng.documents.checks.page import Page, check, spans_of
from junheng.documents.checks.sums.parts import countable
from junheng.documents.codes import ComparisonKind, Judgement
from junheng.documents.shapes import Check, Figure

REACH = 120  # characters from the last amount to the sum
LONGEST = 12

_BETWEEN = re.compile(r"[、,，和及;；]{1,2}(?:(?:19|20)\d\d年[^,，、。；;\d]{0,8})?")
_YEARS = r"(?P<number>[两二三四五六七八九十]|\d{1,2})年"
_SUM = re.compile(rf"(?P<before>^|[,，。；;\s])(?:近|这|过去)?{_YEARS}(?:来|间|内)?(?:累计|共计|总共|一共|合计|总计|共)"
                  r"(?P<what>[^,，。；;、\d]{0,12}?)(?:约|达到|达|为)?$")
_OWN_YEAR = re.compile(r"((?:19|20)\d\d)年[^,，、。；;\d]{0,10}$")
_SPAN = re.compile(r"(?P<first>(?:19|20)\d\d)年?(?:至|到|—|-|－|–|~|～)+(?P<last>(?:19|20)\d\d)年")
_EACH = re.compile(r"(?:(?:19|20)\d\d年?[、,，和及]+)+(?:19|20)\d\d年")
_FOR = re.compile(rf"(?:近|这|过去|连续|前){_YEARS}")


def series(page: Page) -> Iterator[Check]:
    """Sums and mean growths of runs of three amounts or more, within one paragraph."""
    last: list[Figure] = []
    for figure in sorted(page.figures, key=lambda figure: figure.start):
        near = len(last) > 2 and figure.start - last[-1].end <= REACH and "\n" not in page.text[last[-1].end:figure.start]
        if near and (made := _mean(page, last, figure) or _sum(page, last, figure)):
            yield made
        if last and not _goes_on(page, last, figure):
            last = last if len(last) > 2 and not countable(figure) else []
        if countable(figure) and kind(figure) in (None, ComparisonKind.part) and (not last or _goes_on(page, last, figure)):
            last = [*last, figure]


def _goes_on(page: Page, run: list[Figure], figure: Figure) -> bool:
    return (len(run) < LONGEST and alike(run[-1], figure) and figure.start - run[-1].end < 20
            and _BETWEEN.fullmatch(page.gap(run[-1], figure)) is not None)


def _label(page: Page, run: list[Figure]) -> str:
    return page.before(run[0], 60)


def _steps(page: Page, run: list[Figure]) -> int | None:
    """The years from the first amount to the last, where the text tells that each year has its amount."""
    own = [found for figure in run if (found := _OWN_YEAR.search(page.before(figure, 18)))]
    if len(own) == len(run):
        return int(own[-1].group(1)) - int(own[0].group(1))
    label = _label(page, run)
    span, years = _SPAN.search(label), _FOR.search(label)
    each = [int(year) for year in re.findall(r"\d{4}", found.group())] if (found := _EACH.search(label)) else []
    if each:
        return each[-1] - each[0] if len(each) == len(run) else None
    told = int(span["last"]) - int(span["first"]) + 1 if span else spelt(years["number"]) if years else 0
    return len(run) - 1 if told == len(run) else None


def _mean(page: Page, run: list[Figure], claim: Figure) -> Check | None:
    if kind(claim) is not ComparisonKind.yearly_growth or not re.fullmatch(r"[,，]年均[^,，\d]{2,6}", page.gap(run[-1], claim)):
        return None
    return growth_over(page, claim, run[0], run[-1], _steps(page, run))


def _sum(page: Page, run: list[Figure], total: Figure) -> Check | None:
    said = _SUM.search(page.before(total, 30))
    if said is None or not countable(total) or not alike(run[0], total) or spelt(said["number"]) != len(run):
        return None
    spans, worked = spans_of(total, *run), [quantity(figure) for figure in run]
    if total.value is None or any(one is None for one in worked):
        return check(page, "parts", spans, Judgement.cannot_check, "", "有年份的数被遮盖或空缺，无法核对累计数。")
    added = reduce(lambda one, two: one + two, [one for one in worked if one])
    verdict = judged(total, added)
    sure = _steps(page, run) is not None and said["what"] and said["what"] in _label(page, run)
    if verdict is Judgement.contradicts and not sure:
        verdict = Judgement.flagged  # the sum may be of more than the amounts were
    told = "+".join(f"{figure.printed}{figure.unit}" for figure in run)
    return check(page, "parts", spans, verdict, shown(added.point, total),
                 f"{told}={shown(added.point, total)}，累计数写{total.printed}{total.unit}。", quoted=1)
