"""What a plan comes to: the sums of its counties, the gap between cost and bound, and how the run says it ended."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from junheng.planning.check.breaches import Breach, Condition
from junheng.planning.check.conditions.money import HALF_A_CENT, cost, running
from junheng.planning.check.conditions.rows import is_number
from junheng.planning.check.county import County, words
from junheng.planning.check.names import listed, zh
from junheng.planning.codes import WORST, MeasureKind, Status
from junheng.planning.plan import Plan

ROUNDED = 1e-6  # of a gap, by which the printed cost and bound leave it open


def totals(county: County) -> Iterator[Breach]:
    claimed = county.claimed
    if not all(map(is_number, (claimed.cost, claimed.bound, claimed.gap, claimed.running_after))):
        yield county.whole(Condition.totals, f"费用 {claimed.cost}、下界 {claimed.bound}、差距 {claimed.gap}", "有限的数")
        return
    wanted = sum((cost(county, row) for row in county.rows), Fraction(0))
    if abs(Fraction(str(claimed.cost)) - wanted) > HALF_A_CENT:
        yield county.whole(Condition.totals, f"费用合计 {claimed.cost:,} 元", f"{words(wanted)} 元")
    after = sum((running(county, row) * row.amount for row in county.rows), Fraction(0))
    if abs(Fraction(str(claimed.running_after)) - after) > HALF_A_CENT:
        yield county.whole(Condition.totals, f"期满后每年 {claimed.running_after:,} 元", f"{words(after)} 元")
    moved = sum(int(row.amount) for row in county.of(MeasureKind.move_intake)) + sum(
        county.merged_pupils(row.of.source) for row in county.of(MeasureKind.merge)
    )
    if claimed.pupils_moved != moved:
        yield county.whole(Condition.totals, f"调整就学的学生 {claimed.pupils_moved} 人", f"{moved} 人")
    yield from _gap(claimed.name, claimed.cost, claimed.bound, claimed.gap, claimed.status, float(county.plan.task["gap"]))


def _gap(where: str, cost: float, bound: float, gap: float, status: str, asked: float) -> Iterator[Breach]:
    """The gap is what cost and bound say, and the run may only call itself proven where it is small enough."""
    if bound > cost * (1 + ROUNDED) + 0.01:
        yield Breach(Condition.totals, where, f"下界 {bound:,} 元高于费用 {cost:,} 元", "不高于费用")
    wanted = max(0.0, (cost - bound) / cost) if cost else 0.0
    if abs(gap - wanted) > ROUNDED + (0.01 / cost if cost else 0.0):
        yield Breach(Condition.totals, where, f"差距 {gap:.6%}", f"{wanted:.6%}")
    most = {Status.optimal.name: ROUNDED, Status.gap_reached.name: asked + ROUNDED}
    if status not in Status.__members__:
        yield Breach(Condition.status, where, f"结束状态 {zh(Status, status)}", listed(Status, Status.__members__))
    elif wanted > most.get(status, 1.0) + (0.01 / cost if cost else 0.0):
        yield Breach(Condition.status, where, f"差距 {wanted:.4%} 却写为“{Status[status].zh}”", f"差距不超过 {most[status]:.4%}")


def together(plan: Plan) -> Iterator[Breach]:
    """The plan as a whole is the sum of its counties, and ended as the worst of them."""
    where = "全部县区"
    if not all(
        map(
            is_number,
            (plan.cost, plan.bound, plan.gap, *(row.cost for row in plan.counties), *(row.bound for row in plan.counties)),
        )
    ):
        yield Breach(Condition.totals, where, f"费用 {plan.cost}、下界 {plan.bound}、差距 {plan.gap}", "有限的数")
        return
    for name in ("cost", "bound"):
        claimed, wanted = getattr(plan, name), sum(Fraction(str(getattr(row, name))) for row in plan.counties)
        if abs(Fraction(str(claimed)) - wanted) > 2 * HALF_A_CENT:
            yield Breach(
                Condition.totals,
                where,
                f"{'费用' if name == 'cost' else '下界'}合计 {claimed:,} 元",
                f"{words(Fraction(wanted))} 元",
            )
    ends = [row.status for row in plan.counties] + ([Status.cancelled.name] if plan.task["not_begun"] else [])
    known = [Status[end] for end in ends if end in Status.__members__]
    worst = max(known, key=WORST.index, default=Status.optimal)
    if plan.status != worst.name:
        yield Breach(Condition.status, where, f"结束状态 {zh(Status, plan.status)}", worst.zh)
    elif len(known) == len(ends):
        yield from (
            each for each in _gap(where, plan.cost, plan.bound, plan.gap, plan.status, 1.0) if each.condition is Condition.totals
        )
