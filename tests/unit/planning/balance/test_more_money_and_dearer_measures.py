"""What any optimum does: more money is never worse, and what becomes dearer is never used more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from junheng.planning.balance.making import Planning
from junheng.planning.balance.model.county import CountyProblem
from junheng.planning.balance.solver.exact import reached
from junheng.planning.balance.solver.limits import Limits
from junheng.planning.balance.solver.solving import Solution, solve
from junheng.planning.balance.task import Task, Wishes
from junheng.planning.codes import Status
from tests.unit.planning.cities import city_of
from tests.unit.planning.counties import drawn_county
from tests.unit.planning.many_schools import passing_county
from tests.unit.planning.short_county import short_county

PROVEN = Limits(gap=1e-7, rounds=60, work=1_000_000)
SHORTFALL = 0.02  # of it all, to which the smallest shortfall is searched, and what rounding up takes of the money


@dataclass(frozen=True)
class County:
    """A city of one county, whose problem is made anew for each task."""

    city: Path
    folder: Path

    def problem(self, number: int, **more: object) -> CountyProblem:
        task = replace(Task(self.city), **more)  # type: ignore[arg-type]
        return Planning(task).problem("990101", self.folder / str(number))


def county(seed: int, folder: Path) -> County:
    """Drawn at random, but for the first two: one that money brings over the line, one that nothing does."""
    register = passing_county() if seed == 0 else short_county() if seed == 1 else drawn_county(Random(seed))
    return County(city_of(register, folder), folder)


def shortfall(solution: Solution, made: CountyProblem) -> float:
    """By what share of what is asked everything is short, all together: stages of schools and coefficients."""
    told = reached(made.problem, solution.amounts)
    schools = sum(float(1 - each.has / each.wanted) for number in told.failing() for each in told.short(number))
    spreads = [(told.spread(cone), cone) for cone in made.problem.cones if not told.keeps(cone)]
    return schools + sum(float(spread.squared) ** 0.5 / float(cone.limit) - 1 for spread, cone in spreads if spread is not None)


@pytest.mark.parametrize("seed", range(4))
def test_more_money_is_never_worse(seed: int, tmp_path: Path) -> None:
    """Fewer failures or as many; where nothing fails, no more cost."""
    where = county(seed, tmp_path)
    enough = solve(where.problem(0).problem, PROVEN).cost
    found = []
    for number, share in enumerate((0, Fraction(1, 20), Fraction(1, 4), Fraction(1, 1), 3), 1):
        made = where.problem(number, budget=Fraction(int(enough * share)))
        found.append((solve(made.problem, Limits(gap=1e-5)), made))
    for (less, _), (more, _) in pairwise(found):
        assert more.fewest <= less.failures and (more.failures <= less.failures or not more.is_smallest)
        if not less.failures:
            assert float(more.cost) <= float(less.cost) * (1 + 1e-5) + 1
    assert seed > 1 or found[0][0].failures > found[-1][0].failures  # money mattered


@pytest.mark.parametrize("seed", range(2))
def test_of_two_budgets_that_fail_alike_the_larger_leaves_no_more_short(seed: int, tmp_path: Path) -> None:
    where = county(seed, tmp_path)
    enough = float(solve(where.problem(0).problem, PROVEN).cost)
    found: Mapping[int, list[float]] = {}
    for number, share in enumerate((0.1, 0.15, 0.2, 0.3, 0.5), 1):
        made = where.problem(number, budget=Fraction(int(enough * share)))
        solution = solve(made.problem, Limits(gap=1e-4))
        if solution.is_smallest:
            found = {**found, solution.failures: [*found.get(solution.failures, []), shortfall(solution, made)]}
    for alike in found.values():
        assert all(more <= less + SHORTFALL * max(1.0, less) for less, more in pairwise(alike)), alike


PRICES = ("buy_equipment_price", "recruit_running", "convert_price", "network_room_price", "level_ground_price",
          "degree_study_price", "move_teacher_running", "retrain_price")  # fmt: skip


def spent_more(dearer: CountyProblem, usual: CountyProblem, solution: Solution) -> Fraction:
    """What these amounts cost more at the doubled price: what is used of it, in yuan of the usual one."""
    return dearer.problem.cost(solution.amounts) - usual.problem.cost(solution.amounts)


@pytest.mark.parametrize("seed", (0, 1))
def test_a_price_that_doubles_never_raises_the_use_of_it(seed: int, tmp_path: Path) -> None:
    """Of two plans, each the best at its own prices, the dearer one uses no more: what is not proven of both, in yuan, aside."""
    where = county(seed, tmp_path)
    usual = where.problem(0)
    before = solve(usual.problem, PROVEN)
    assert before.status is Status.optimal or before.gap < 1e-4
    used = 0
    for number, price in enumerate(PRICES, 1):
        dearer = where.problem(number, wishes=Wishes(times={price: Fraction(2)}))
        after = solve(dearer.problem, PROVEN)
        if after.searched.readings != before.searched.readings or after.searched.cones != before.searched.cones:
            continue  # other demands are given up
        unproven = float(before.cost) - before.bound + float(after.cost) - after.bound
        use = [float(spent_more(dearer, usual, each)) for each in (before, after)]
        assert use[1] <= use[0] + unproven + 0.01, price
        used += use[0] > 0
    assert used >= 2
