"""The money curve: how many schools and counties pass when each county may spend so much a year, from nothing to all the plan
asks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from junheng.kernel.faults import JunhengError
from junheng.planning.analyses.points import Row
from junheng.planning.analyses.rerun import Opened, Rerun
from junheng.planning.balance.solver.limits import Limits
from junheng.planning.balance.solver.solving import best_state
from junheng.planning.codes import Channel

FEWEST, MOST = 2, 60


def curve(rerun: Rerun, points: int) -> list[Row]:
    """One row a budget: yuan a year of all counties together, stages of schools that pass, counties without a failure.

    Each county gets the same share of what the plan spends there in its most expensive year. A point is the best state that the
    money reaches, whatever it costs within the budget. Errors: JunhengError for a number of points that makes no curve.
    """
    if not FEWEST <= points <= MOST:
        raise JunhengError(f"--points {points}：应为 {FEWEST} 至 {MOST} 的整数 -> 改正后重试")
    full = _full(rerun)
    with rerun.opened() as opened:
        return [_point(rerun, opened, full, Fraction(number, points - 1)) for number in range(points)]


def _full(rerun: Rerun) -> dict[str, int]:
    """What each county spends in the year in which it spends most, without what private schools pay themselves."""
    spent: dict[tuple[str, int], float] = {}
    for measure in rerun.plan.measures:
        for paid in measure.payments:
            if paid.channel != Channel.sponsor.name:
                spent[measure.county, paid.year] = spent.get((measure.county, paid.year), 0.0) + paid.yuan
    return {
        row.county: -int(-max((yuan for (county, _), yuan in spent.items() if county == row.county), default=0.0) // 1)
        for row in rerun.plan.counties
    }


def _point(rerun: Rerun, opened: Opened, full: dict[str, int], share: Fraction) -> Row:
    rows = list(_counties(rerun, opened, full, share))
    told = {name: sum(row[name] for row in rows) for name in ("budget", "units", "failing_units", "failures", "fewest")}
    return {
        **told,
        "share": float(share),
        "passing_units": told["units"] - told["failing_units"],
        "passing_counties": sum(not row["failures"] for row in rows),
        "counties": len(rows),
        "proven": all(row["proven"] for row in rows),
    }


def _counties(rerun: Rerun, opened: Opened, full: dict[str, int], share: Fraction) -> Iterator[Row]:
    kept = opened.points("curve")
    for number, (county, name) in enumerate(opened.counties.items()):
        rerun.step(float(share), f"{name}：预算 {float(share):.0%}（{number + 1}/{len(opened.counties)}）")
        budget = int(full[county] * share)
        yield kept.point(f"{county}-{budget}", lambda county=county, budget=budget: _solved(rerun, opened, county, budget))  # type: ignore[misc]


def _solved(rerun: Rerun, opened: Opened, county: str, budget: int) -> Row:
    made = opened.problem(county, replace(opened.task, budget=Fraction(budget)))
    state = best_state(made.problem, Limits(wished=rerun.wished), rerun.plan.seed)
    units = len({(reading.school, reading.stage) for reading in made.problem.readings})
    return {
        "county": county,
        "budget": budget,
        "units": units,
        "failures": state.failures,
        "fewest": state.fewest,
        "proven": state.failures == state.fewest,
        "failing_units": state.schools,
        "cut_off": rerun.wished(),
    }
