"""Figures that tell of one change: nothing but small words stands between them (46608人,比上年增加8301人,增长21.67%)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from junheng.documents.checks.intervals import is_percentage
from junheng.documents.checks.page import Page
from junheng.documents.codes import ComparisonKind, FigureRole
from junheng.documents.shapes import Figure

_YEAR = r"(?:(?:\d{4}|(?:19|20)?[\dxX×]{2,4}|“[^”]{0,6}”)(?:学年|年)?(?:度|底|末|初)?)"
_SMALL = (
    r"[\s,，、;；:：()（）“”]|个百分点|百分点|[%％]|平方米|人次|m2|m²|亿元|万元|千元|亿|万|人|名|所|个|元|家|间|册|台|套|班|次|"
    r"相比|比|较|与|按?同口径|按?可比口径|同期|同比|环比|同|和|上年|去年|前年|上一年|往年|上学年|上期|年初|年末|年底|期末|今年|目前|现在|现有|当年|本年|"
    r"原来|原有|春季|秋季|学期|第?[一二三四]季度|上半年|下半年|过去|其|的|了|是|为|有|幅度|增幅|减幅|涨幅|升幅|增速|增长率|降幅|平均|年均|每年|由|从|自|至|到|达到|达|增至|增加|增长|增|净|新增|"
    r"减少|减至|压减|减|下降|降低|降至|降为|降|提高|提升|上升|升至|升|扩大|缩小|缩减|上涨|回落|调整|发展|扩充|压缩|约|近|超过|余|多|左右|"
    r"又|再|实际|人数|总数|数量|总量|规模|一年|以上|末|初|底"
)
_LINK = re.compile(rf"(?>{_YEAR}|{_SMALL})*+")  # atomic: no way back, so linear
_ASIDE = re.compile(r"[(（][^()（）\n]{0,80}[)）]")  # 1242所（含独立学院164所），比上年增加3所
LONGEST = 12  # figures of one run
REACH = 40    # characters that may stand between two figures of one run

_TOLD = (FigureRole.actual, FigureRole.target)
CHANGES = (ComparisonKind.difference, ComparisonKind.growth, ComparisonKind.points, ComparisonKind.yearly_growth)


@dataclass(frozen=True)
class Run:
    """The figures of one change by what each does in it; a role that two figures could play is left empty."""

    current: Figure | None
    base: Figure | None
    difference: Figure | None
    growth: Figure | None
    points: Figure | None
    yearly: Figure | None
    against: Mapping[int, str]  # by where a change begins: what it says to be against in words of its own (比上年, 较2015年)

    def base_of(self, change: Figure) -> Figure | None:
        """The printed base of a change; not the A of 由A到B where the change goes on 比上年."""
        base, said = self.base, self.against.get(change.start, "")
        if base is None or (base.start < change.start and said and not (base.period.printed and base.period.printed in said)):
            return None
        return base

    def same_base(self, one: Figure, two: Figure) -> bool:
        """Whether two changes of the run are against the same: 比上年增加8301人，较2010年增长50% are not."""
        first, second = sorted((one, two), key=lambda figure: figure.start)
        said = _plainly(self.against.get(first.start, ""))
        return self.against.get(second.start) is None or _plainly(self.against[second.start]) == said


def _plainly(said: str) -> str:
    """同比, 比上年, 比去年同期 are one; so is saying nothing."""
    return "" if re.fullmatch(r"同比|(?:比|较|与)?(?:上年|去年|上学年|上一年)?(?:同期)?(?:末|底|的)?", said) else said


def runs(page: Page) -> Iterator[Run]:
    """The runs of a text, each within one sentence; what changed may be told in the sentence before, by the same name."""
    for place, figures in enumerate(page.by_sentence):
        for linked in _linked(page, figures):
            changes = bool(linked) and all(kind(figure) in CHANGES for figure in linked)
            told = [one for one in [_told_before(page, place, linked) if changes else None] if one]
            if changes and not told and _YEARLY.fullmatch(page.text, page.sentences[place].start, linked[0].start):
                told = list(_linked(page, page.goes_on_from(place)))[-1]  # 由A到B；年均增长C
            if len(linked) > 1 or told:
                yield _run(page, [*told, *linked])


_YEARLY = re.compile("(?:[一二三四五六七八九十0-9]+年[来间]?[,，]?)?年(?:均|平均)"
                     "(?:递增|增长|增幅|增速)(?:率|幅度)?(?:为|达到?|约)?")
_EXTENT = re.compile("(?:总额|总量|总数|总计|合计|规模|人数|数)$|^(?:全|我|本)[省市县区校]|的")


def _told_before(page: Page, place: int, changes: list[Figure]) -> Figure | None:
    """The only figure of the sentence before that has the name of what changed: 收入预算总额3亿元。收入预算增加.."""
    name = _EXTENT.sub("", changes[0].indicator_raw)
    if not place or len(name) < 2 or not page.same_line(place - 1):
        return None
    return _only([figure for figure in page.by_sentence[place - 1] if _stands(figure) and figure.value is not None
                  and figure.period.year == changes[0].period.year and _EXTENT.sub("", figure.indicator_raw) == name])


def _linked(page: Page, figures: tuple[Figure, ...]) -> Iterator[list[Figure]]:
    for row in _rows(page, figures):
        yield from _linked_row(page, row)


def _rows(page: Page, figures: tuple[Figure, ...]) -> list[list[Figure]]:
    """The figures outside brackets, and those of each; a base (16400人) or a change (增加20人) in one is of the outside."""
    rows: list[list[Figure]] = [[]]
    around = [rows[0]]
    for before, figure in zip((None, *figures), figures, strict=False):
        for sign in re.findall(r"[()（）]", page.gap(before, figure) if before else ""):
            if sign in "(（":
                rows.append([])
                around.append(rows[-1])
            elif len(around) > 1:
                around.pop()
        told_outside = len(around) > 1 and not around[-1] and (_is_base(page, figure) or kind(figure) in CHANGES)
        around[-2 if told_outside else -1].append(figure)
    return rows


def _linked_row(page: Page, figures: list[Figure]) -> Iterator[list[Figure]]:
    run: list[Figure] = []
    for figure in figures:
        if run and not (len(run) < LONGEST and _near(page, run[-1], figure) and _goes_on(page, run, figure)):
            yield run
            run = []
        run.append(figure)
    yield run


def _near(page: Page, first: Figure, second: Figure) -> bool:
    gap = _ASIDE.sub("", page.gap(first, second))
    if re.match(r"[)）]", gap) and not _is_base(page, first):
        return False
    return len(gap) <= REACH and _LINK.fullmatch(gap) is not None


def _goes_on(page: Page, run: list[Figure], figure: Figure) -> bool:
    """A new standing number after a finished change begins a run of its own."""
    return not (_stands(figure) and not _is_base(page, figure) and kind(figure) is not ComparisonKind.after
                and any(kind(one) in CHANGES for one in run) and any(_stands(one) and not _is_base(page, one) for one in run))


def kind(figure: Figure) -> ComparisonKind | None:
    return figure.comparison.kind if figure.comparison else None


def _stands(figure: Figure) -> bool:
    """A number that something is, not one by which it changed."""
    return (kind(figure) in (None, ComparisonKind.after, ComparisonKind.at_least, ComparisonKind.at_most, ComparisonKind.share)
            and figure.role in _TOLD)


_THAN = re.compile(r"(?:比|较|相比于?|对比)[^,，。；;、\d]{0,6}(?:\d{4}|\d{2}[xX×]{2})?[^,，。；;、\d比较]{0,8}$")


def _is_base(page: Page, figure: Figure) -> bool:
    """Marked as the base, or right behind 比上年的 or 较2015年的."""
    if figure.role is FigureRole.base or kind(figure) is ComparisonKind.before:
        return True
    return kind(figure) is None and _THAN.search(page.before(figure, 20)) is not None


def _run(page: Page, figures: list[Figure]) -> Run:
    bases = [figure for figure in figures if _is_base(page, figure)]
    standing = [figure for figure in figures if _stands(figure) and figure not in bases] \
        or [figure for figure in figures if kind(figure) is ComparisonKind.part and figure.role in _TOLD]
    current, base = _only(standing), _only(bases)
    if not bases and len(standing) == 2:
        base, current = _by_year(standing)
    if current and base and not alike(current, base):
        base = None
    against = {figure.start: said for earlier, figure in pairwise([None, *figures])
               if figure and (said := _said_against(page, earlier, figure))}
    changes = {one: _only([figure for figure in figures if kind(figure) is one and _fits(figure, current)]) for one in CHANGES}
    return Run(current, base, changes[ComparisonKind.difference], changes[ComparisonKind.growth],
               changes[ComparisonKind.points], changes[ComparisonKind.yearly_growth], against)


_AGAINST = re.compile(r"同比|环比|(?:比|较|与)(?:\d{4}年?|[^,，。；;增减提上下升降扩缩]|上(?=年|学|期|一))*")


def _said_against(page: Page, earlier: Figure | None, figure: Figure) -> str:
    """What a change says to be against, between the figure before it and itself."""
    if kind(figure) not in CHANGES:
        return ""
    between = page.gap(earlier, figure) if earlier else page.before(figure, 24)
    found = _AGAINST.findall(between)
    return str(found[-1]) if found else ""


def _by_year(pair: list[Figure]) -> tuple[Figure | None, Figure | None]:
    """Two standing numbers of two years: the earlier one is the base."""
    years = [figure.period.year for figure in pair]
    if None in years or years[0] == years[1] or not alike(*pair):
        return None, None
    earlier, later = sorted(pair, key=lambda figure: figure.period.year or 0)
    return earlier, later


def _fits(figure: Figure, current: Figure | None) -> bool:
    """A difference has the unit of what changed, points belong to a rate."""
    if current is None or kind(figure) in (ComparisonKind.growth, ComparisonKind.yearly_growth):
        return True
    return is_percentage(current) if kind(figure) is ComparisonKind.points else alike(figure, current)


def _only(figures: list[Figure]) -> Figure | None:
    return figures[0] if len(figures) == 1 else None


_HEADS = re.compile(r"^[余多]?[千万亿]*")
_SAME = {"名": "人", "位": "人", "m2": "m²", "平方米": "m²", "％": "%", "百分点": "%", "个百分点": "%"}


def base_unit(figure: Figure) -> str:
    """The unit without its scale; 人 and 名 are one, and an amount in bare 亿 is money."""
    bare = _HEADS.sub("", figure.unit)
    return _SAME.get(bare, bare) or ("元" if "亿" in figure.unit else "")


def alike(one: Figure, two: Figure) -> bool:
    """Whether two figures are counted in the same thing."""
    return base_unit(one) == base_unit(two)
