"""From the whole numbers of a solution to a plan: the rest found over the true cones, rounded up to what people order."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

import numpy as np

from junheng.engines.highs import Ended, Stop, Vector
from junheng.planning.balance.model.problem import Problem, Rule
from junheng.planning.balance.solver.cones import Lifted
from junheng.planning.balance.solver.exact import exceeded, is_sound, meets_all

TIGHTER = (2e-6, 2e-5, 2e-4)  # by which limits are drawn in so that rounding does not break them
ROUNDING = 1e-6  # of a step, by which an amount may pass a multiple and still be it
MORE = 1.2  # a rule that rounding broke is drawn in by so many times what it was passed by
Amounts = dict[int, Fraction]


def settled(problem: Problem, lifted: Lifted, values: Vector) -> Amounts | None:
    """The cheapest completion of the whole numbers of a solution that is right in exact arithmetic; None where none is found."""
    settling = Settling(problem, lifted)
    return settling.amounts if settling.of(values) else None


class Settling:
    """`point` is the last completion, as the model sees it, and `amounts` what it was rounded to."""

    def __init__(self, problem: Problem, lifted: Lifted) -> None:
        self.problem, self.lifted = problem, lifted
        self.point: Vector | None = None
        self.amounts: Amounts = {}

    def of(self, values: Vector) -> bool:
        """Whether the whole numbers of `values` can be completed; limits are drawn in until what is rounded keeps them."""
        drawn_in: dict[int, tuple[Rule, float]] = {}
        try:
            for tighter in TIGHTER:
                self.point = self._completed(values, tighter)
                if self.point is None:
                    return False
                self.amounts = self.rounded(self.point)
                if is_sound(self.problem, self.amounts) and meets_all(self.problem, self.amounts):
                    return True
                for rule, over in exceeded(self.problem, self.amounts):
                    drawn_in[id(rule)] = rule, drawn_in.get(id(rule), (rule, 0.0))[1] + MORE * float(over)
                    self.lifted.draw_in(*drawn_in[id(rule)])
            return False
        finally:
            for rule, _ in drawn_in.values():
                self.lifted.draw_in(rule, 0.0)

    def _completed(self, values: Vector, tighter: float) -> Vector | None:
        stepped = {place for place, column in zip(self.lifted.amounts, self.problem.columns, strict=True) if not column.whole}
        held = {number: round(values[number]) for number in self.lifted.model.whole() if number not in stepped}
        usual = self.lifted.tighten(tighter)
        with self.lifted.model.held(held):
            answer = self.lifted.solved(Stop())
        self.lifted.tighten(usual)
        return None if answer.values is None or answer.ended is not Ended.optimal else answer.values

    def rounded(self, values: Vector) -> Amounts:
        """Amounts in the steps they come in; what rounding up took too much of is raised where it is provided for."""
        found: Amounts = {}
        for number in np.flatnonzero(values[self.lifted.amounts] > ROUNDING).tolist():
            column, steps = self.problem.columns[number], values[self.lifted.amounts[number]]
            amount = (round(steps) if column.whole else ceil(steps - ROUNDING)) * column.step
            if amount > 0:
                found[number] = max(amount, column.least)
        return repaired(self.problem, found)


def repaired(problem: Problem, amounts: Amounts) -> Amounts:
    """More of what makes room, where a rule that names it is passed: land under grounds, rooms for classes."""
    found = dict(amounts)
    for rule, over in exceeded(problem, found):
        for column, weight in rule.terms.items():
            if weight < 0 and not problem.columns[column].whole and not rule.switches:
                step = problem.columns[column].step
                found[column] = found.get(column, Fraction(0)) + ceil(over / -weight / step) * step
                break
    return found
