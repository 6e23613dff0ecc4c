"""The search finds what enumeration finds: the least cost, or else the fewest failures."""

from __future__ import annotations

import pytest

from junheng.planning.balance.model.problem import Problem
from junheng.planning.balance.solver.exact import is_sound, meets_all, reached
from junheng.planning.balance.solver.limits import Limits
from junheng.planning.balance.solver.solving import Solution, solve
from tests.unit.planning.tiny import drawn, enumerated

PROVEN = Limits(gap=1e-7, rounds=60)
ROUNDING = 0.01  # areas are ordered by the thousandth of a square metre


def failures(problem: Problem, found: Solution) -> int:
    told = reached(problem, found.amounts)
    return len(told.failing()) + sum(not told.keeps(cone) for cone in problem.cones)


def holds(problem: Problem) -> None:
    best, found = enumerated(problem), solve(problem, PROVEN)
    assert is_sound(problem, found.amounts)
    if best.cost is None:
        assert (found.failures, failures(problem, found)) == (best.failures, best.failures)
        return
    assert meets_all(problem, found.amounts)
    assert float(found.cost) == pytest.approx(best.cost, abs=ROUNDING)
    assert found.bound <= best.cost + 1e-4


@pytest.mark.parametrize("seed", range(200))
def test_one_year_is_as_cheap_as_enumeration(seed: int) -> None:
    holds(drawn(seed, with_budget=seed % 2 == 0, binding=seed % 4 >= 2))


@pytest.mark.parametrize("seed", range(50))
def test_two_years_are_as_cheap_as_enumeration(seed: int) -> None:
    holds(drawn(seed, years=2, with_budget=seed % 2 == 0, binding=seed % 4 >= 2))


def test_the_drawn_cases_are_of_every_kind() -> None:
    """Some can be met and some not, some cost nothing, and in some the coefficient binds although every school passes."""
    cases = [drawn(seed, binding=seed % 4 >= 2) for seed in range(60)]
    told = [reached(each, {}) for each in cases]
    assert any(not each.failing() and any(not each.keeps(cone) for cone in each.problem.cones) for each in told)
    best = [enumerated(each) for each in cases[:24]]
    assert any(each.cost is None for each in best) and any(each.cost for each in best) and any(each.cost == 0 for each in best)
