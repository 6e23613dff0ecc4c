"""The search: bounds from the relaxation, plans from its whole solutions, until the two meet.

A round: the integer search on gradients of the cones gives a bound and whole numbers; these are held fixed while the lifted program
settles areas and money over the true cones; amounts are rounded up to what people order, and only what is right in exact arithmetic
counts as a plan. Its cost less the bound is the gap.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import ceil, inf

import numpy as np

from junheng.engines.highs import Ended, Stop, Vector
from junheng.planning.balance.cones import Lifted
from junheng.planning.balance.exact import is_sound, meets_all
from junheng.planning.balance.problem import Problem
from junheng.planning.balance.relaxation import Relaxation
from junheng.planning.codes import Status

NEARLY = 1e-4  # a cone this near to binding is cut too
TIGHTER = (2e-6, 2e-5, 2e-4)  # by which limits are drawn in so that rounding does not break them
OPTIMAL = 1e-9  # a gap that is none
ROUNDING = 1e-6  # of a step, by which an amount may pass a multiple and still be it

Amounts = dict[int, Fraction]
OnBest = Callable[[Amounts, Fraction, float], None]


@dataclass(frozen=True)
class Limits:
    """When a search ends: a relative gap, rounds of cuts and nodes of each, seconds of the clock, a wish."""

    gap: float = 1e-3
    rounds: int = 12
    nodes: int = 20_000
    seconds: float | None = None
    wished: Callable[[], bool] = field(default=lambda: False)


@dataclass(frozen=True)
class Found:
    """The cheapest amounts found that meet every demand, None if there are none; `bound` is what no plan costs less than."""

    amounts: Amounts | None
    cost: Fraction | None
    bound: float
    status: Status
    rounds: int = 0
    feasible: bool = True

    @property
    def gap(self) -> float:
        return (
            0.0 if not self.cost else inf if self.cost is None else max(0.0, (float(self.cost) - self.bound) / float(self.cost))
        )


class Search:
    """One problem whose demands are all to be met."""

    def __init__(self, problem: Problem, limits: Limits, seed: int = 0, on_best: OnBest | None = None) -> None:
        self.problem, self.limits, self.on_best = problem, limits, on_best
        self.since = time.monotonic()
        self.whole = Relaxation(problem, seed=seed)
        self.lifted = Lifted(problem, seed=seed)
        self.best: Amounts | None = None
        self.cost: Fraction | None = None
        self.bound = 0.0
        self._latest: Vector | None = None
        self._settled_cost = 0.0

    def run(self) -> Found:
        first = self.lifted.solved(self._stop())
        if first.ended is Ended.infeasible:
            return Found(None, None, inf, Status.optimal, feasible=False)
        if first.values is None:
            return self._found(self._cut_off(first.ended), 0)
        self.bound = max(0.0, first.objective) if first.ended is Ended.optimal else 0.0
        self.whole.touch(self._own(first.values), NEARLY)
        for number in range(1, self.limits.rounds + 1):
            answer = self.whole.model.solved(self._stop(), self._noted)
            if answer.ended is Ended.infeasible:
                return Found(None, None, inf, Status.optimal, number, feasible=False)
            self.bound = max(self.bound, answer.bound) if np.isfinite(answer.bound) else self.bound
            values = answer.values if answer.values is not None else self._latest
            if values is not None:
                self._settle(values)
                self._mind_steps()
            if self._gap() <= OPTIMAL:
                return self._found(Status.optimal, number)
            if self._gap() <= self.limits.gap:
                return self._found(Status.gap_reached, number)
            if answer.ended in (Ended.clock, Ended.hand) or self._stop().seconds == 0 or self.limits.wished():
                return self._found(self._cut_off(answer.ended), number)
            if values is None:
                break
        return self._found(Status.work_limit, self.limits.rounds)

    # --- a round ----------------------------------------------------------------------------------------------

    def _noted(self, values: Vector, cost: float, bound: float) -> None:
        self._latest = values

    def _settle(self, values: Vector) -> None:
        """Hold the whole numbers of a solution, find the rest over the true cones, round, and keep it if it is right and cheaper."""
        self.whole.touch(values, 0.0)
        for tighter in TIGHTER:
            settled = self._fixed(values, tighter)
            if settled is None:
                return
            self._settled_cost = self._cost_of(settled)
            self.whole.touch(settled, NEARLY)
            amounts = self._rounded(settled)
            if is_sound(self.problem, amounts) and meets_all(self.problem, amounts):
                self._keep(amounts)
                return

    def _mind_steps(self) -> None:
        """Where rounding up costs more than the gap allows, the integer search must mind the steps of all amounts."""
        if self.cost is not None and float(self.cost) - self._settled_cost > self.limits.gap / 2 * float(self.cost):
            self.whole.model.make_whole(self.whole.amounts)

    def _cost_of(self, values: Vector) -> float:
        return sum(
            float(values[place]) * float(self.problem.unit_cost(number) * self.problem.columns[number].step)
            for number, place in enumerate(self.whole.amounts)
            if values[place]
        )

    def _fixed(self, values: Vector, tighter: float) -> Vector | None:
        """The cheapest completion of the whole numbers of a solution."""
        stepped = {place for place, column in zip(self.whole.amounts, self.problem.columns, strict=True) if not column.whole}
        columns = [
            (number, least, most)
            for number, (least, most, whole) in enumerate(self.whole.model.kinds())
            if whole and number not in stepped
        ]
        for number, _, _ in columns:
            self.lifted.model.bounds(number, round(values[number]), round(values[number]))
        self.lifted.tighten(tighter)
        answer = self.lifted.solved(replace(self._stop(), wished=lambda: False, seconds=None))
        for number, least, most in columns:
            self.lifted.model.bounds(number, least, most)
        self.lifted.tighten(0.0)
        return None if answer.values is None or answer.ended is not Ended.optimal else self._own(answer.values)

    def _rounded(self, values: Vector) -> Amounts:
        found: Amounts = {}
        for number, column in enumerate(self.problem.columns):
            steps = values[self.whole.amounts[number]]
            amount = (round(steps) if column.whole else ceil(steps - ROUNDING)) * column.step
            if amount > 0:
                found[number] = max(amount, column.least)
        return self._repaired(found)

    def _repaired(self, amounts: Amounts) -> Amounts:
        """What rounding up took too much of is raised where it is provided for: land under grounds."""
        for rule in self.problem.rules:
            total = sum((weight * amounts.get(column, Fraction(0)) for column, weight in rule.terms.items()), Fraction(0))
            if rule.most is None or total <= rule.most:
                continue
            for column, weight in rule.terms.items():
                if weight < 0 and not self.problem.columns[column].whole:
                    step = self.problem.columns[column].step
                    amounts[column] = amounts.get(column, Fraction(0)) + ceil((total - rule.most) / -weight / step) * step
                    break
        return amounts

    def _keep(self, amounts: Amounts) -> None:
        cost = self.problem.cost(amounts)
        if self.cost is None or cost < self.cost:
            self.best, self.cost = amounts, cost
            if self.on_best:
                self.on_best(amounts, cost, self.bound)

    # --- bookkeeping ------------------------------------------------------------------------------------------

    def _own(self, values: Vector) -> Vector:
        """The columns that both models have."""
        return values[: self.whole.model.width]

    def _stop(self) -> Stop:
        left = None if self.limits.seconds is None else max(0.0, self.limits.seconds - (time.monotonic() - self.since))
        return Stop(gap=self.limits.gap / 2, nodes=self.limits.nodes, seconds=left, wished=self.limits.wished)

    def _gap(self) -> float:
        if self.cost is None:
            return inf
        return 0.0 if not self.cost else (float(self.cost) - self.bound) / float(self.cost)

    def _found(self, status: Status, rounds: int) -> Found:
        return Found(
            self.best, self.cost, min(self.bound, float(self.cost)) if self.cost is not None else self.bound, status, rounds
        )

    def _cut_off(self, ended: Ended) -> Status:
        return (
            Status.cancelled
            if ended is Ended.hand or self.limits.wished()
            else Status.time_limit
            if ended is Ended.clock
            else Status.work_limit
        )
