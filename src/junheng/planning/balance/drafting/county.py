"""The line of a county: its verdict and its money before and after, and which words are proven."""

from __future__ import annotations

from fractions import Fraction

from junheng.indicators.items.resources import SEVEN
from junheng.indicators.units import STAGES
from junheng.kernel.codes import Split, Verdict
from junheng.kernel.findings import weakest
from junheng.planning.balance.drafting.draft import Draft
from junheng.planning.balance.model.problem import Column, Cone
from junheng.planning.balance.paying import yuan
from junheng.planning.balance.solver.easing import is_short_of_money
from junheng.planning.balance.solver.limits import gap
from junheng.planning.codes import TERMS, MeasureKind, Status
from junheng.planning.plan import CountyPlan

PROVEN = (Status.optimal, Status.gap_reached)


def county(draft: Draft) -> CountyPlan:
    before = weakest(each.verdict for each in draft.verdicts if each.stage in STAGES)
    after = {draft.problem.readings[number].school for number in draft.of_record if draft.then.verdict(number) is Verdict.not_met}
    found, extra = draft.solution, draft.made.moves_cost
    cost, bound = found.cost + extra, found.bound + float(extra)
    return CountyPlan(
        draft.made.county,
        draft.name,
        before.name,
        _verdict_after(draft).name,
        len({school for school, _ in draft.failing_today}),
        len(after),
        yuan(cost),
        round(bound, 2),
        round(gap(cost, bound), 9),
        found.status.name,
        found.failures,
        found.fewest,
        _running_after(draft),
        sum(move.pupils for move in draft.made.moves) + sum(draft.made.going.values()),
        _proven(draft),
    )


def _verdict_after(draft: Draft) -> Verdict:
    """By the standard itself, without the margin, and by the record; what is not known leaves it open where nothing fails."""
    found = [draft.then.verdict(number) for number in draft.of_record]
    cones = {(cone.stage, cone.item): cone for cone in draft.problem.cones if cone.split is Split.by_pupils}
    for stage in {draft.problem.readings[number].stage for number in draft.of_record}:
        found += [_spread_verdict(draft, cones.get((stage, item))) for item in range(len(SEVEN))]
    return weakest([*found, *(Verdict.unknown for gap in draft.made.scene.unknown if not gap.item)])


def _spread_verdict(draft: Draft, cone: Cone | None) -> Verdict:
    """Without a cone not every school is known."""
    spread = draft.then.spread(cone) if cone else None
    if cone is None or spread is None:
        return Verdict.unknown
    return Verdict.met if spread.squared <= draft.law(cone) ** 2 else Verdict.not_met


def _running_after(draft: Draft) -> float:
    """What the plan costs every year once its horizon is over; the ways of pupils as in the target year."""
    total = draft.made.ways_a_year
    for number, amount in draft.solution.amounts.items():
        column = draft.problem.columns[number]
        running = TERMS[column.kind].running
        total += amount * sum(
            (
                each
                for when, kind, each in column.payments
                if when == draft.target and kind is running and not _is_once(column, when)
            ),
            Fraction(0),
        )
    return yuan(total)


def _is_once(column: Column, when: int) -> bool:
    """Rent is paid from the first year on; what else is bought of the same money as it is kept up, once."""
    is_rent = column.kind is MeasureKind.lease_venue
    return not is_rent and TERMS[column.kind].money is TERMS[column.kind].running and when == column.year


def _proven(draft: Draft) -> str:
    found = draft.solution
    dear = "的差距已证明" if found.status in PROVEN else f"的差距不超过 {found.gap:.1%}"
    if not found.failures:
        return _with(f"达到全部要求的方案中，费用与最省方案{dear}", draft.told)
    least = "已证明不能更少" if found.failures == found.fewest else f"已证明不少于 {found.fewest} 处"
    kept = "，资金留0.2%供取整" if is_short_of_money(draft.problem) else ""
    smallest = f"缺口合计已证明最小（允差1%{kept}）" if found.is_smallest else "缺口合计未证明最小"
    return _with(f"未达到 {found.failures} 处（{least}；{smallest}）；在此状态下费用与最省方案{dear}", draft.told)


def _with(sentence: str, told: str) -> str:
    return f"{sentence}；{told}" if told else sentence
