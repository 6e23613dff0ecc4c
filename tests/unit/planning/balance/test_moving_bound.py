"""Where pupils may move, the relaxation is never dearer, and never fails more, than the best of all the moves gone through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, cached_property
from itertools import product
from random import Random

import pytest

from junheng.engines.highs import Stop
from junheng.planning.balance.model.problem import Column, Problem
from junheng.planning.balance.solver.moving import Moving, Shifts
from junheng.planning.codes import MeasureKind, MoneyKind
from tests.unit.planning.tiny import Best, drawn, enumerated

AT_ONCE = 15  # pupils that one unit of a move takes along
CASES, ROUNDS = 16, 6


@dataclass(frozen=True)
class Case:
    """A tiny county, and the moves between its schools: from, to, price, and how many of them there may be."""

    still: Problem
    moves: tuple[tuple[int, int, int, int], ...]

    def movable(self) -> tuple[Problem, Shifts]:
        first = len(self.still.columns)
        own = tuple(
            Column(
                MeasureKind.move_intake,
                f"s{to}",
                "primary",
                1,
                1,
                Fraction(most),
                (),
                ((1, MoneyKind.operating, Fraction(price)),),
            )
            for _, to, price, most in self.moves
        )
        paid = {number: Fraction(price) for number, (_, _, price, _) in enumerate(self.moves, first)}
        kept = tuple(
            replace(rule, terms={**rule.terms, **paid}) if rule.family == "budget 1" else rule for rule in self.still.rules
        )
        shifts = {number: ((source, -AT_ONCE), (to, AT_ONCE)) for number, (source, to, _, _) in enumerate(self.moves, first)}
        return replace(self.still, columns=(*self.still.columns, *own), rules=kept), shifts

    @cached_property
    def best(self) -> Best:
        """Every combination of moves, and for each every combination of measures."""
        found = [self._moved(amounts) for amounts in product(*(range(most + 1) for *_, most in self.moves))]
        costs = [each.cost for each in found if each.cost is not None]
        return Best(min(each.failures for each in found), min(costs) if costs else None)

    def _moved(self, amounts: tuple[int, ...]) -> Best:
        pupils, paid = [each.pupils for each in self.still.readings], 0
        for amount, (source, to, price, _) in zip(amounts, self.moves, strict=True):
            pupils[source], pupils[to], paid = (
                pupils[source] - AT_ONCE * amount,
                pupils[to] + AT_ONCE * amount,
                paid + price * amount,
            )
        best = enumerated(replace(self.still, readings=tuple(self._with(pupils)), rules=tuple(self._left(paid))))
        return replace(best, cost=None if best.cost is None else best.cost + paid)

    def _with(self, pupils: list[int]) -> Iterator[object]:
        for reading, many in zip(self.still.readings, pupils, strict=True):
            share = Fraction(many, reading.pupils)
            lines = tuple(replace(line, limit=line.limit * share, wanted=line.wanted * share) for line in reading.lines)
            yield replace(reading, pupils=many, lines=lines)

    def _left(self, paid: int) -> Iterator[object]:
        for rule in self.still.rules:
            yield replace(rule, most=rule.most - paid) if rule.family == "budget 1" and rule.most is not None else rule


@cache
def drawn_case(seed: int) -> Case:
    """`binding` ones and ones with a budget among them; in every fifth nothing is asked of the first item."""
    draw = Random(f"moves {seed}")
    still = drawn(seed, with_budget=seed % 2 == 0, binding=seed % 4 >= 2)
    if seed % 5 == 0:
        still = replace(
            still,
            readings=tuple(
                replace(each, lines=(replace(each.lines[0], limit=Fraction(0), wanted=Fraction(0)), *each.lines[1:]))
                for each in still.readings
            ),
        )
    ends = [draw.sample(range(len(still.readings)), 2) for _ in range(2)]
    return Case(
        still,
        tuple(
            (source, to, draw.randint(1, 20), most)
            for (source, to), most in zip(ends, (2, 1), strict=True)
            if still.readings[source].pupils > 60 + 4 * AT_ONCE
        ),
    )


def bound(problem: Problem, shifts: Shifts, *, soft: bool) -> float:
    """What the relaxation proves after some rounds of cuts: of the cost, or of how many fail."""
    model, found = Moving(problem, shifts, soft=soft), 0.0
    if soft:
        model.model.costs(dict.fromkeys(model.failing.values(), 1.0))
    for _ in range(ROUNDS):
        answer = model.model.solved(Stop(1e-6))
        if answer.values is None:
            return float("inf")
        found = max(found, answer.bound)
        if not model.touch(answer.values, 0.0):
            break
    return found


@pytest.mark.parametrize("seed", range(CASES))
def test_no_choice_of_moves_and_measures_is_better_than_the_bound(seed: int) -> None:
    case = drawn_case(seed)
    best = case.best
    problem, shifts = case.movable()
    if best.cost is not None:
        assert bound(problem, shifts, soft=False) <= best.cost + 1e-3
    assert bound(problem, shifts, soft=True) <= best.failures + 1e-6


def test_the_bound_says_something_and_the_moves_too() -> None:
    """Nothing costs less than nothing; a bound that is often near, over counties that moves do help, is worth a test."""
    cases = [drawn_case(seed) for seed in range(CASES)]
    bounds = [(bound(*case.movable(), soft=False), case.best.cost) for case in cases if case.best.cost]
    assert sum(low > 0.9 * cost for low, cost in bounds) >= len(bounds) / 2
    still = [(enumerated(case.still), case.best) for case in cases]
    assert any(best.failures < before.failures for before, best in still)
    assert sum((best.cost or 0) < (before.cost or 0) for before, best in still) >= 2
