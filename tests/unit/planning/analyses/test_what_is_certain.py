"""What is called certain or replaceable is proven; where something stands in the way of the proof, it is undecided."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from junheng.engines.highs import Answer, Ended, Stop
from junheng.kernel.codes import Split
from junheng.planning.analyses.certain import Trial
from junheng.planning.balance.model.problem import Column, Demand, Effect, Line, Problem, Reading, Rule
from junheng.planning.balance.solver.cones import Lifted
from junheng.planning.balance.solver.limits import Limits
from junheng.planning.balance.solver.solving import solve
from junheng.planning.codes import MeasureKind, MoneyKind

ONE = Fraction(1)


def column(kind: MeasureKind, price: float, adds: int = 0, *, whole: bool = True) -> Column:
    paid = ((2026, MoneyKind.works, Fraction(str(price))),)
    effects = (Effect(0, 0, Fraction(adds)),) if adds else ()
    return Column(kind, "s", "primary", 2026, 2026, Fraction(100), effects, paid, whole)


def county(*columns: Column, rules: tuple[Rule, ...] = (), demands: tuple[Demand, ...] = (), wanted: str = "10") -> Problem:
    line = Line(Fraction(0), Fraction(wanted), Fraction(wanted))
    return Problem((Reading("c", "s", "primary", Split.by_pupils, 100, (line,), 1, ONE),), columns, rules, demands=demands)


TWO_WAYS = county(column(MeasureKind.build, 100, 1), column(MeasureKind.convert, 100.5, 1))
ONE_WAY = county(column(MeasureKind.build, 100, 1), column(MeasureKind.convert, 102, 1))


@pytest.mark.parametrize(("problem", "verdict"), ((TWO_WAYS, "replaceable"), (ONE_WAY, "certain")))
def test_half_a_per_cent_more_is_a_way_and_two_per_cent_is_none(problem: Problem, verdict: str) -> None:
    told = Trial(solve(problem, Limits())).without([0])
    assert (told["certain"], told["cost"]) == (verdict, 1005 if verdict == "replaceable" else None)


def test_a_plan_that_has_less_than_was_searched_for_says_nothing_of_plans_that_have_it() -> None:
    """A run that is cut off may end with a clerk's plan, and its cost is not one to hold the others against."""
    found = solve(ONE_WAY, Limits())
    less = replace(found, amounts={0: Fraction(1)}, cost=Fraction(100))
    assert Trial(less).without([0]) == {"certain": "undecided", "bound": None, "cost": None}


def test_a_linear_program_that_was_not_solved_to_its_end_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it stands at may be far over the least."""
    trial, solved = Trial(solve(TWO_WAYS, Limits())), Lifted.solved

    def ended(self: Lifted, stop: Stop) -> Answer:
        return replace(solved(self, stop), ended=Ended.work, objective=1e9)

    monkeypatch.setattr(trial.lifted, "solved", ended.__get__(trial.lifted))
    assert trial.without([0])["certain"] != "certain"


def test_what_rounding_brings_back_was_not_left_out() -> None:
    """10.5 of ground asked for, 10.9 bare: rounded up to 11 it takes land, and without land there is no such plan."""
    ground, land = column(MeasureKind.hard_court, 100, 1, whole=False), column(MeasureKind.land, 1, whole=False)
    bare = Rule("free_land", "ground on land", {0: ONE, 1: -ONE}, Fraction("10.9"))
    problem = county(ground, land, rules=(bare,), wanted="10.5")
    found = solve(problem, Limits())
    assert set(found.amounts) == {0, 1}
    assert Trial(found).without([1])["certain"] == "undecided"


def test_what_a_plan_costs_besides_counts_among_what_is_one_per_cent_of_it() -> None:
    """Two per cent of the measures are less than one of the measures and the ways of pupils together."""
    told = Trial(solve(ONE_WAY, Limits()), besides=5000.0).without([0])
    assert (told["certain"], told["cost"]) == ("replaceable", 6020)
