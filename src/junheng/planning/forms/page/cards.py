"""The cards above a plan's page: how far each county gets, what it costs, what is proven."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.indicators.forms.cells import ROLES
from junheng.kernel.codes import Verdict
from junheng.paper.page import Card, Line
from junheng.paper.sheets import Role
from junheng.planning.codes import Status
from junheng.planning.forms.facts import PlanFacts, exact, paid
from junheng.planning.forms.words import WHEN, WHEN_WORDS, wan
from junheng.planning.plan import CountyPlan


def cards(facts: PlanFacts) -> Iterator[Card]:
    """A card a county, after one for all; a county alone has three."""
    if facts.is_city:
        yield _all_together(facts)
        yield from (_card(each, (*_verdicts(facts, each), _cost(each), *_proof(facts, each))) for each in facts.plan.counties)
        return
    for each in facts.plan.counties:
        yield _card(each, (*_verdicts(facts, each), *_proof(facts, each)))
        yield Card("学校与差异系数", _reached(facts), ROLES[Verdict[each.verdict_after]])
        yield Card("费用", _costs(facts, each))


def _card(each: CountyPlan, lines: tuple[Line, ...]) -> Card:
    return Card(each.name, lines, ROLES[Verdict[each.verdict_after]])


def _verdicts(facts: PlanFacts, each: CountyPlan) -> tuple[Line, ...]:
    before, after = Verdict[each.verdict_before], Verdict[each.verdict_after]
    unmet, unknown = len(facts.unmet(each.county)), sum(one.county == each.county for one in facts.plan.unknown)
    left = [f"未达标学校 {each.schools_failing_after} 所"]
    left += [f"{word} {many} 处" for word, many in (("仍达不到", unmet), ("缺数据", unknown)) if many]
    return (
        Line("现在", before.zh, ROLES[before], f"未达标学校 {each.schools_failing_before} 所"),
        Line("按方案", after.zh, ROLES[after], "；".join(left)),
    )


def _reached(facts: PlanFacts) -> tuple[Line, ...]:
    """How many fail now, if nothing is done, by plan."""
    failing = [len({one.school for one in facts.plan.standings if getattr(one, when) == Verdict.not_met.name}) for when in WHEN]
    over = [sum(when in one.fails for one in facts.plan.levels if not one.school) for when in WHEN]
    return _from_to("学校", failing, "所", "未达标"), _from_to("差异系数", over, "项", "超过标准")


def _from_to(label: str, counts: list[int], unit: str, short: str) -> Line:
    told = "，".join(f"{word} {count} {unit}" for word, count in zip(WHEN_WORDS, counts, strict=True))
    return Line(label, f"{counts[0]} → {counts[-1]} {unit}", Role.bad if counts[-1] else Role.ok, f"{short}：{told}")


def _proof(facts: PlanFacts, each: CountyPlan) -> tuple[Line, ...]:
    """What is proven, where it is more than the cost: of failures, and of choices how pupils move."""
    asked = each.failures or {"intake", "merge"} & set(facts.plan.task["allow"])
    return (Line("证明", "", Role.plain, each.proven),) if asked else ()


def _cost(each: CountyPlan) -> Line:
    after = f"；期满后每年 {wan(exact(each.running_after)).text} 万元" if each.running_after else ""
    return Line("费用", f"{wan(exact(each.cost)).text} 万元", Role.plain, _bound(each.bound, each.gap, each.status) + after)


def _costs(facts: PlanFacts, each: CountyPlan) -> tuple[Line, ...]:
    years = "；".join(f"{year}年 {wan(paid(facts.measures, year)).text}" for year in facts.years)
    return (
        Line("规划期内", f"{wan(exact(each.cost)).text} 万元", Role.plain, f"{years} 万元"),
        Line("期满后", f"每年 {wan(exact(each.running_after)).text} 万元", Role.plain, "人员、维护等经常性支出"),
        Line("证明", "", Role.plain, _bound(each.bound, each.gap, each.status)),
    )


def _bound(bound: float, gap: float, status: str) -> str:
    if Status[status] is Status.optimal:
        return Status.optimal.zh
    return f"同样效果的方案不少于 {wan(exact(bound)).text} 万元（差距 {100 * gap:.3f}%），{Status[status].zh}"


def _all_together(facts: PlanFacts) -> Card:
    plan, counties = facts.plan, facts.plan.counties
    before = sum(each.verdict_before == Verdict.met.name for each in counties)
    after = sum(each.verdict_after == Verdict.met.name for each in counties)
    failing = sum(each.schools_failing_before for each in counties)
    left = f"未达标学校 {sum(each.schools_failing_after for each in counties):,} 所；仍达不到 {len(plan.unmet)} 处"
    return Card(
        f"合计 {len(counties)} 个县区",
        (
            Line("现在", f"{before} 个县区测算达标", Role.plain, f"未达标学校 {failing:,} 所"),
            Line("按方案", f"{after} 个县区测算达标", Role.ok if after == len(counties) else Role.bad, left),
            Line("费用", f"{wan(exact(plan.cost)).text} 万元", Role.plain, _bound(plan.bound, plan.gap, plan.status)),
        ),
    )
