"""The charts of a plan's page: what it costs, how many schools fail, how far schools lie apart."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial

from junheng.indicators.forms.cells import short
from junheng.indicators.forms.layout import PARTS, SEVEN, SHORT_NAMES
from junheng.kernel.codes import Verdict
from junheng.kernel.exact import rounded
from junheng.paper.page import Bars, Block, Chart, Choice, Series
from junheng.planning.codes import Channel, MeasureKind
from junheng.planning.forms.costs import by_channel, by_kind, in_wan, spent_by
from junheng.planning.forms.facts import PlanFacts, exact
from junheng.planning.forms.words import CHANNELS, CV, WHEN, WHEN_WORDS, stage_word
from junheng.planning.plan import Measure

WHEN_COLOURS = ("soft2", "low", "main")
COLOURS = ("main", "second", "fourth", "third", "fifth", "low", "grey")
ORDER = "每组从左到右：现在、不整改、按方案。"
ITEMS = tuple(f"{short(item)}\n{SHORT_NAMES[item][:-4]}\n{SHORT_NAMES[item][-4:]}".replace("\n\n", "\n") for item in SEVEN)
ALL = "全部县区"
Drawn = Callable[[str], Bars | None]  # of a county, or of all for ""


def money_charts(facts: PlanFacts) -> list[Block]:
    return [
        *_charts(facts, "费用：按措施和年度（万元）", partial(_by_kind, facts)),
        *_charts(facts, "每年支出：按资金来源（万元）", partial(_by_channel, facts)),
    ]


def school_charts(facts: PlanFacts) -> list[Block]:
    return [
        chart
        for stage in PARTS
        for chart in _charts(facts, f"{stage_word(stage)}：未达到标准的学校（所）", partial(_failing, facts, stage), ORDER)
    ]


def spread_charts(facts: PlanFacts) -> list[Block]:
    remark = f"{ORDER}红色为超过标准。无柱即缺数据。"
    return [
        chart
        for stage in PARTS
        for chart in _charts(facts, f"{stage_word(stage)}：差异系数与标准", partial(_spread, facts, stage), remark)
    ]


def _charts(facts: PlanFacts, title: str, drawn: Drawn, remark: str = "") -> list[Block]:
    """A chart; of several counties one for all, where it can be drawn, and each county to choose from."""
    if not facts.is_city:
        return [Chart(title, bars, remark) for county in facts.counties if (bars := drawn(county))]
    named = [(ALL, ""), *((name, code) for code, name in facts.counties.items())]
    options = tuple((name, bars) for name, code in named if (bars := drawn(code)))
    return [Choice(title, "县区", options, remark)] if options else []


def _own(facts: PlanFacts, county: str) -> tuple[Measure, ...]:
    return facts.of_county(county) if county else facts.measures


def _by_kind(facts: PlanFacts, county: str) -> Bars | None:
    own = _own(facts, county)
    found = spent_by(own, by_kind)
    total = {each.kind: Decimal(0) for each in own}
    for (kind, _), yuan in found.items():
        total[kind] += yuan
    kinds = sorted(total, key=lambda kind: (-total[kind], kind))
    series = tuple(
        Series(f"{year}年", tuple(in_wan(found.get((kind, year))) for kind in kinds), COLOURS[number % len(COLOURS)])
        for number, year in enumerate(facts.years)
    )
    return Bars(tuple(MeasureKind[kind].zh for kind in kinds), series, places=2, lying=True, stacked=True) if kinds else None


def _by_channel(facts: PlanFacts, county: str) -> Bars | None:
    found = spent_by(_own(facts, county), by_channel)
    used = [channel for channel in Channel if any(its == channel.name for its, _ in found)]
    series = tuple(
        Series(
            CHANNELS[channel],
            tuple(in_wan(found.get((channel.name, year))) for year in facts.years),
            COLOURS[number % len(COLOURS)],
        )
        for number, channel in enumerate(used)
    )
    return Bars(tuple(f"{year}年" for year in facts.years), series, places=2, stacked=True) if series else None


def _failing(facts: PlanFacts, stage: str, county: str) -> Bars | None:
    standings = [each for each in facts.plan.standings if each.stage == stage and county in ("", each.county)]
    levels = [each for each in facts.plan.levels if each.stage == stage and each.school and county in ("", each.county)]

    def many(when: str) -> tuple[float, ...]:
        whole = sum(getattr(each, when) == Verdict.not_met.name for each in standings)
        return (whole, *(sum(each.item == item and when in each.fails for each in levels) for item in SEVEN))

    series = tuple(Series(word, many(when), colour) for word, when, colour in zip(WHEN_WORDS, WHEN, WHEN_COLOURS, strict=True))
    return Bars(("综合\n资源配置", *ITEMS), series) if standings else None


def _spread(facts: PlanFacts, stage: str, county: str) -> Bars | None:
    levels = [facts.levels.get((county, stage, f"{item}{CV}")) for item in SEVEN]
    limits = [each.limit for each in levels if each]
    if not limits:
        return None
    series = tuple(
        Series(
            word,
            tuple(getattr(each, when) if each else None for each in levels),
            colour,
            tuple(place for place, each in enumerate(levels) if each and when in each.fails),
        )
        for word, when, colour in zip(WHEN_WORDS, WHEN, WHEN_COLOURS, strict=True)
    )
    return Bars(ITEMS, series, places=3, limit=limits[0], limit_name=f"≤{rounded(exact(limits[0]), 2)}")
