"""认定后年度监测表: every item of the quality standard over three years, its change, and what rebounds."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from junheng.indicators.forms import cells
from junheng.indicators.forms.layout import STAGE, STAGE_ORDER, item_head, sheet, stage_word
from junheng.indicators.forms.papers.context import FormContext
from junheng.indicators.forms.spreads import three_years
from junheng.indicators.registry import INDICATORS, of_standard
from junheng.kernel.codes import Level, Verdict
from junheng.kernel.findings import Finding
from junheng.paper.sheets import Cell, Column, Role, Row, Sheet

STANDARD = "quality_balance_2017"
SHARE_PLACES = 2


def monitoring(context: FormContext) -> list[Sheet]:
    """One sheet: the county's figure of each item in each of three years, the limit, the verdict, the change."""
    years = three_years(context.facts)
    columns = (
        Column(("项目",), 50, "left"),
        STAGE,
        Column(("标准",), 10, "center"),
        *(Column(("县级数值", f"{year}年"), 12) for year in years),
        Column(("比上年增减",), 11),
        Column((f"{years[-1]}年是否达标",), 11, "center"),
        Column(("备注",), 18, "left"),
    )
    rows = [_row(context, item, stage, years) for item in _items() for stage in STAGE_ORDER if context.facts.county(item, stage)]
    missing = [str(year) for year in years[:-1] if year not in context.facts.earlier]
    notes = (
        "按学校计数的项目，数值为达标学校数/应评学校数；比例的增减为百分点；差异系数比上年上升的，备注“差异系数回升”。",
        *((f"没有 {'、'.join(missing)} 学年的数据版本，有关栏目为缺数据。",) if missing else ()),
    )
    return [sheet(context.facts, "年度监测", "县域义务教育优质均衡发展年度监测表（近三年）", columns, rows, notes=notes, fixed=1)]


def _items() -> list[str]:
    """Every item of the standard that has a figure of the county."""
    return [each.item for each in of_standard(STANDARD) if Level.county in each.levels]


def _row(context: FormContext, item: str, stage: str, years: tuple[int, ...]) -> Row:
    found = [_of_year(context, item, stage, year) for year in years]
    now = found[-1]
    return (
        Cell(item_head(context.facts, item)), Cell(stage_word(stage)),
        asked(context, now),
        *(figure(context, one, year == years[-1]) for one, year in zip(found, years, strict=True)),
        change(context, found[-2], now), cells.verdict(now), Cell(_rebound(item, found[-2], now)),
    )


def _of_year(context: FormContext, item: str, stage: str, year: int) -> Finding | None:
    if year == context.facts.year:
        return context.facts.county(item, stage)
    return context.facts.earlier.get(year, {}).get((item, stage))


def figure(context: FormContext, one: Finding | None, shaded: bool = True) -> Cell:
    """A county's figure: how many of how many where schools are counted, a share as per cent, what a document says in a word."""
    if one is None or one.value is None:
        return cells.verdict(one) if is_document(one) else cells.number(None)
    role = Role.bad if shaded and one.verdict is Verdict.not_met else Role.plain
    if INDICATORS[one.item].counts and one.part is not None and one.whole is not None:
        return Cell(f"{one.part}/{one.whole}", role)
    if is_share(one):
        return Cell(100 * Fraction(one.value), role, SHARE_PLACES, "%")
    return cells.value(context.facts, one, role)


def is_document(one: Finding | None) -> bool:
    """Whether the item rests on documents, which may say no number."""
    return one is not None and INDICATORS[one.item].by == "group" and not INDICATORS[one.item].counts


def is_share(one: Finding) -> bool:
    """Whether the figure is a part of a whole that the rule puts a limit to."""
    indicator = INDICATORS[one.item]
    if indicator.counts:
        return False
    return indicator.limit.unit == "share" if indicator.limit else one.limit == 1


def asked(context: FormContext, one: Finding | None) -> Cell:
    """What the rule asks of the county."""
    if one is None or not is_share(one) or one.limit is None or one.limit == 1:
        return cells.limit(None) if one is None else cells.asked(context.facts, one)
    return Cell(100 * one.limit, Role.quiet, cells.digits(100 * one.limit), "%")


def change(context: FormContext, before: Finding | None, now: Finding | None) -> Cell:
    """This year's figure less last year's; of schools counted, how many more meet the item."""
    if is_document(now) and (now is None or now.value is None):
        return Cell("—", Role.quiet)
    if now is None or before is None:
        return cells.number(None)
    counts = INDICATORS[now.item].counts
    old, new = (one.part if counts else one.value for one in (before, now))
    if old is None or new is None:
        return cells.number(None)
    more = Fraction(new) - Fraction(old)
    if is_share(now):
        return Cell(100 * more, places=SHARE_PLACES)
    return Cell(more, places=0 if counts else cells.places(context.facts, now.item))


def _rebound(item: str, before: Finding | None, now: Finding | None) -> str:
    values = [one.value if one else None for one in (before, now)]
    known = [Decimal(each) if isinstance(each, Decimal) else Fraction(each) for each in values if each is not None]
    return "差异系数回升" if item.endswith(".cv") and len(known) == 2 and known[1] > known[0] else ""
