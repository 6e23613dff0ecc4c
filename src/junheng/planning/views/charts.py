"""The charts of a plan's page: JSON for `charts.js`, and the rows of the table that says the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from junheng.kernel.codes import Stage, Verdict
from junheng.people.language import code_word
from junheng.planning.codes import Channel
from junheng.planning.forms.words import CHANNELS, CV, WAN, WHEN, WHEN_WORDS
from junheng.planning.models import PlanCounty, PlanRow
from junheng.planning.templatetags.plans import stage_word

SHORTEST = {  # what fits under a bar
    "yz.1.1": "学历教师",
    "yz.1.2": "骨干教师",
    "yz.1.3": "体艺教师",
    "yz.1.4": "教学用房",
    "yz.1.5": "运动场馆",
    "yz.1.6": "仪器设备",
    "yz.1.7": "网络教室",
}
KINDS = 8  # before the rest is one bar
Chart = dict[str, Any]


def chart(title: str, kind: str, names: Sequence[str], series: Sequence[tuple[str, Sequence[float | None]]], *, places: int = 0,
          unit: str = "", limit: tuple[str, float] | None = None, remark: str = "") -> Chart:
    """What `planning/parts/chart.html` draws."""
    drawn = {"kind": kind, "x" if kind == "lines" else "categories": list(names), "places": places, "unit": unit,
             "series": [{"name": name, "values": list(values)} for name, values in series]}
    if limit:
        drawn["limit"] = {"name": limit[0], "value": limit[1]}
    return {"title": title, "drawn": drawn, "heads": [name for name, _ in series], "places": places, "remark": remark,
            "rows": [(name, [values[at] for _, values in series]) for at, name in enumerate(names)]}


def cost_by_kind(plan: PlanRow) -> Chart | None:
    found = list(plan.measures.order_by().values_list("kind", "kind_zh").annotate(cost=Sum("cost")).order_by("-cost"))
    shown = [(code_word(kind, zh), _wan(cost)) for kind, zh, cost in found[:KINDS]]
    if rest := found[KINDS:]:
        shown.append((_("其余 %(many)d 类") % {"many": len(rest)}, _wan(sum(cost for _kind, _zh, cost in rest))))
    if not shown:
        return None
    names, values = zip(*shown, strict=True)
    return chart(_("钱花在哪些措施上"), "shares", names, [(_("万元"), values)], places=2)


def money_by_year(plan: PlanRow) -> Chart | None:
    years = sorted({each["year"] for each in plan.spent})
    told = {(each["year"], each["channel"]): _wan(Decimal(each["yuan"])) for each in plan.spent}
    used = [each for each in Channel if any(its == each.name for _, its in told)]
    series = [(code_word(each.name, CHANNELS[each]), [told.get((year, each.name), 0) for year in years]) for each in used]
    return chart(_("每年要多少钱，谁出"), "bars", [_("%(year)s年") % {"year": year} for year in years], series, places=2,
                 remark=_("万元，当年数")) if series else None


def failing_schools(plan: PlanRow) -> Iterator[Chart]:
    """How many schools miss the whole rule: now, if nothing is done, by plan; a stage a group."""
    failing = {when: Count("pk", filter=Q(**{when: Verdict.not_met.name})) for when in WHEN}
    found = {each["stage"]: each for each in plan.standings.order_by().values("stage").annotate(**failing)}
    stages = [stage for stage in Stage if stage.name in found]
    if stages:
        series = [(_(word), [found[stage.name][when] for stage in stages]) for when, word in zip(WHEN, WHEN_WORDS, strict=True)]
        yield chart(_("资源配置综合未达标的学校"), "bars", [stage_word(stage.name) for stage in stages], series, remark=_("所"))


def spreads(plan: PlanRow, counties: Sequence[PlanCounty]) -> Iterator[Chart]:
    """The coefficients of variation of a county, a chart a stage; of several counties how many exceed their limit."""
    rows = [each for each in plan.levels.filter(school_id="") if each.item.endswith(CV)]
    if len(counties) > 1:
        yield _over(rows, counties)
        return
    for stage in Stage:
        own = sorted((each for each in rows if each.stage == stage.name), key=lambda each: each.item)
        if own:
            series = [(_(word), [getattr(each, when) for each in own]) for when, word in zip(WHEN, WHEN_WORDS, strict=True)]
            names = [_(SHORTEST[each.item.removesuffix(CV)]) for each in own]
            yield chart(_("%(stage)s差异系数") % {"stage": stage_word(stage.name)}, "bars", names, series, places=3,
                        limit=(_("标准值"), own[0].limit))


def _over(rows: Sequence[Any], counties: Sequence[PlanCounty]) -> Chart:
    names = [each for each in counties if each.begun]
    series = [(_(word), [sum(when in row.fails for row in rows if row.county_code == each.county_code) for each in names])
              for when, word in zip(WHEN, WHEN_WORDS, strict=True)]
    return chart(_("超过标准的差异系数"), "bars", [each.name for each in names], series, remark=_("项"))


def _wan(yuan: Decimal) -> float:
    return float(yuan / WAN)
