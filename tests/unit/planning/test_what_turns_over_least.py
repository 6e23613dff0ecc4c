"""The last aim: of plans that cost the same, the one that turns over least, and stays near another where it is asked to."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from junheng.engines.highs import Stop
from junheng.kernel.codes import Split
from junheng.planning.balance.model.problem import Column, Effect, Line, Problem, Reading
from junheng.planning.balance.solver.tidying import pruned, tidied
from junheng.planning.codes import MeasureKind, MoneyKind


def column(kind: MeasureKind, source: str = "", cost: int = 6000, adds: int = 1) -> Column:
    effects = (Effect(0, 0, Fraction(adds)),) if adds else ()
    payments = ((2026, MoneyKind.operating, Fraction(cost)),) if cost else ()
    return Column(kind, "s0", "primary", 2026, 2026, Fraction(2), effects, payments, source=source)


def problem(*columns: Column) -> Problem:
    line = Line(Fraction(1), Fraction(2), Fraction(2))
    return Problem((Reading("c", "s0", "primary", Split.by_pupils, 100, (line,), 1, Fraction(1)),), columns)


def test_who_moved_in_another_plan_moves_in_this_one_too() -> None:
    both = problem(column(MeasureKind.move_teacher, "s1"), column(MeasureKind.move_teacher, "s2"))
    for near in (0, 1):
        for found in (0, 1):
            wished = replace(both, near=frozenset({near}))
            assert tidied(wished, {found: Fraction(1)}, 0, Stop()) == {near: Fraction(1)}


def test_works_are_preferred_to_persons_at_the_same_cost() -> None:
    either = problem(column(MeasureKind.move_teacher, "s1"), column(MeasureKind.convert))
    assert tidied(either, {0: Fraction(1)}, 0, Stop()) == {1: Fraction(1)}


def test_nothing_costs_more_to_turn_over_less() -> None:
    dearer = problem(column(MeasureKind.move_teacher, "s1"), column(MeasureKind.convert, cost=6001))
    assert tidied(dearer, {0: Fraction(1)}, 0, Stop()) == {0: Fraction(1)}


def test_what_costs_nothing_and_closes_nothing_is_left_out() -> None:
    free = problem(column(MeasureKind.convert), column(MeasureKind.recall, cost=0))
    assert pruned(free, {0: Fraction(1), 1: Fraction(1)}) == {0: Fraction(1)}
    assert pruned(free, {1: Fraction(1)}) == {1: Fraction(1)}  # here it closes the gap
