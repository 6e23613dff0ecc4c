"""What a plan says is proven, held against what can be counted by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from junheng.kernel.codes import Split
from junheng.planning.balance.model.problem import Column, Cone, Effect, Line, Problem, Reading, Rule
from junheng.planning.balance.solver.limits import Limits
from junheng.planning.balance.solver.moving import Moving
from junheng.planning.balance.solver.solving import best_state, solve
from junheng.planning.codes import MeasureKind, MoneyKind

YEAR, PRICE = 2026, Fraction(1000)


def short(schools: int, wanted: int = 10) -> Problem:
    """Schools that have nothing of one item; one unit of it costs 1,000 yuan."""
    line = Line(Fraction(0), Fraction(wanted), Fraction(wanted))
    readings = tuple(
        Reading("c", f"s{number}", "primary", Split.by_pupils, 100, (line,), 1, Fraction(1)) for number in range(schools)
    )
    columns = tuple(
        Column(
            MeasureKind.network_room, f"s{number}", "primary", YEAR, YEAR, Fraction(10 * wanted),
            (Effect(number, 0, Fraction(1)),), ((YEAR, MoneyKind.equipment, PRICE),)
        )
        for number in range(schools)
    )  # fmt: skip
    return Problem(readings, columns)


def under(problem: Problem, yuan: int) -> Problem:
    terms = dict.fromkeys(range(len(problem.columns)), PRICE)
    return replace(problem, rules=(Rule("budget 2026", "每年的花费不超过当年预算。", terms, Fraction(yuan)),))


@pytest.mark.parametrize("yuan", [10_000, 10_010])
def test_a_budget_that_just_reaches_leaves_nothing_failing(yuan: int) -> None:
    assert solve(under(short(1), yuan), Limits()).failures == 0
    state = best_state(under(short(1), yuan), Limits())
    assert (state.failures == 0 or state.fewest == 0) and state.fewest <= state.failures


def test_fewest_failures_are_proven_for_all_the_money_there_is() -> None:
    found = solve(under(short(2), 10_000), Limits())
    assert found.fewest <= 1  # the money mends one of the two
    assert found.failures >= found.fewest


def test_money_with_room_for_rounding_mends_as_many_as_it_can() -> None:
    found = solve(under(short(3), 20_100), Limits())
    assert (found.failures, found.fewest) == (1, 1)


def test_a_run_without_time_claims_nothing_that_is_not_so() -> None:
    state = best_state(under(short(3), 20_100), Limits(seconds=0.0))
    assert state.fewest <= 1 <= state.failures


def test_moving_cuts_off_no_county_that_must_grow_tenfold() -> None:
    problem = short(2)
    lines = [replace(problem.readings[number].lines[0], base=Fraction(base)) for number, base in enumerate((1, 1))]
    readings = tuple(replace(each, lines=(line,)) for each, line in zip(problem.readings, lines, strict=True))
    cone = Cone("c", "primary", 0, Split.by_pupils, Fraction(2, 100), (0, 1))
    problem = replace(problem, readings=readings, cones=(cone,))
    moved = Column(MeasureKind.move_intake, "s1", "primary", YEAR, YEAR, Fraction(5), source="s0")
    wide = replace(problem, columns=(*problem.columns, moved))
    model = Moving(wide, {2: ((0, -1), (1, 1))})
    stop = Limits(gap=1e-6).stop()
    for _ in range(20):
        answer = model.model.solved(stop)
        assert answer.values is not None  # 9 more for each school keeps every rule
        if not model.touch(answer.values):
            break
    assert answer.bound <= float(solve(problem, Limits()).cost) + 1e-6
