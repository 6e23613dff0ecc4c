"""The money curve: how many schools and counties pass when each county may spend so much a year, from nothing to all the plan
asks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial

from junheng.kernel.faults import JunhengError
from junheng.planning.analyses.points import Row
from junheng.planning.analyses.rerun import Rerun, Turn
from junheng.planning.balance.solver.limits import Limits
from junheng.planning.balance.solver.solving import best_state
from junheng.planning.codes import Channel
from junheng.planning.plan import Plan

FEWEST, MOST = 2, 60


def curve(rerun: Rerun, points: int) -> list[Row]:
    """One row a budget: yuan a year of all counties together, stages of schools that pass, counties without a failure.

    Each county gets the same share of what the plan spends there in its most expensive year. A point is the best state that the
    money reaches, whatever it costs within the budget; pupils go where the plan sends them, or stay, whichever fails less.
    Errors: JunhengError for a number of points that makes no curve.
    """
    if not FEWEST <= points <= MOST:
        raise JunhengError(f"--points {points}：应为 {FEWEST} 至 {MOST} 的整数 -> 改正后重试")
    shares = [Fraction(number, points - 1) for number in range(points)]
    rows = rerun.by_county(partial(_county, shares=shares))
    return [_point(share, rows[place::points]) for place, share in enumerate(shares)]


def _county(turn: Turn, shares: Sequence[Fraction]) -> Iterator[Row]:
    kept, full = turn.opened.points("curve"), _full(turn.opened.rerun.plan, turn.county)
    for number, share in enumerate(shares):
        turn.step(number / len(shares), f"预算 {float(share):.0%}（{number + 1}/{len(shares)}）")
        budget = int(full * share)
        yield kept.point(f"{turn.county}-{budget}", partial(_solved, turn, budget))


def _full(plan: Plan, county: str) -> int:
    """What a county spends in the year in which it spends most, without what private schools pay themselves."""
    spent: dict[int, float] = {}
    for paid in (paid for measure in plan.measures if measure.county == county for paid in measure.payments):
        if paid.channel != Channel.sponsor.name:
            spent[paid.year] = spent.get(paid.year, 0.0) + paid.yuan
    return -int(-max(spent.values(), default=0.0) // 1)


def _solved(turn: Turn, budget: int) -> Row:
    """The better of the county with the plan's moves of pupils and of the one without: money may not reach for the ways."""
    rerun, task = turn.opened.rerun, replace(turn.opened.task, budget=Fraction(budget))
    tried = {id(each): turn.under(each, task) for each in (turn.made, turn.unmoved)}.values()
    states = [
        (made, best_state(made.problem, Limits(wished=rerun.wished), rerun.plan.seed)) for made in tried if made.affords_the_ways
    ]
    made, state = min(states, key=lambda each: each[1].failures)
    may_move = task.allow & {"intake", "merge"}
    fewest = 0 if may_move else state.fewest  # of other moves nothing is proven
    return {
        "county": turn.county,
        "budget": budget,
        "units": len({(reading.school, reading.stage) for reading in made.problem.readings}),
        "failures": state.failures,
        "fewest": fewest,
        "proven": state.failures == fewest,
        "failing_units": state.schools,
        "cut_off": rerun.wished(),
    }


def _point(share: Fraction, rows: Sequence[Row]) -> Row:
    """All counties together at one budget."""
    told = {name: sum(row[name] for row in rows) for name in ("budget", "units", "failing_units", "failures", "fewest")}
    return {
        **told,
        "share": float(share),
        "passing_units": told["units"] - told["failing_units"],
        "passing_counties": sum(not row["failures"] for row in rows),
        "counties": len(rows),
        "proven": all(row["proven"] for row in rows),
    }
