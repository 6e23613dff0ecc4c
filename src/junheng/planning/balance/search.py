"""The search: bounds from the relaxation, plans from its whole solutions, until the two meet.

A round: the integer search on gradients of the cones gives a bound and whole numbers; these are held fixed while the lifted
program settles areas and money over the true cones; amounts are rounded up to what people order, and only what is right in
exact arithmetic counts as a plan. Its cost less the bound is the gap.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from math import inf

import numpy as np

from junheng.engines.highs import Answer, Ended, Stop, Vector
from junheng.planning.balance.cones import Lifted
from junheng.planning.balance.exact import is_sound, meets_all
from junheng.planning.balance.problem import Problem
from junheng.planning.balance.relaxation import Relaxation
from junheng.planning.balance.settling import Amounts, Settling, repaired
from junheng.planning.codes import Status

NEARLY = 1e-4  # a cone this near to binding is cut too
GRADIENT_ROUNDS = 4
OPTIMAL = 1e-9  # a gap that is none

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
        self._settling = Settling(problem, self.whole, self.lifted)

    def run(self, first_amounts: Amounts | None = None) -> Found:
        """`first_amounts` are a first plan, where one is known."""
        first = self.lifted.solved(self._stop())
        if first.ended is Ended.infeasible:
            return Found(None, None, inf, Status.optimal, feasible=False)
        if first.values is None:
            return self._found(self._cut_off(first.ended), 0)
        self.bound = max(0.0, first.objective) if first.ended is Ended.optimal else 0.0
        self.whole.touch(self._own(first.values), NEARLY)
        if first_amounts:
            self._keep_if_right(repaired(self.problem, first_amounts))
        for number in range(1, self.limits.rounds + 1):
            answer = self._searched(number)
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

    def _searched(self, number: int) -> Answer:
        """The integer search, first on gradients; where a few rounds of them do not do, on the lifted cones."""
        if number <= GRADIENT_ROUNDS:
            return self.whole.model.solved(self._stop(), self._noted)
        answer = self.lifted.model.solved(self._stop(), self._noted)
        if answer.values is not None:
            self.lifted.cut(answer.values)
        return answer

    # --- a round ----------------------------------------------------------------------------------------------

    def _noted(self, values: Vector, cost: float, bound: float) -> None:
        self._latest = values

    def _settle(self, values: Vector) -> None:
        """Complete the whole numbers of a solution, and keep what comes out if it is right and cheaper."""
        self.whole.touch(values, 0.0)
        right = self._settling.of(values)
        if self._settling.point is not None:
            self._settled_cost = self._cost_of(self._settling.point)
            self.whole.touch(self._settling.point, NEARLY)
        if right:
            self._keep(self._settling.amounts)

    def _keep_if_right(self, amounts: Amounts) -> None:
        if is_sound(self.problem, amounts) and meets_all(self.problem, amounts):
            self._keep(amounts)

    def _mind_steps(self) -> None:
        """Where rounding up costs more than the gap allows, the integer search must mind the steps of all amounts."""
        if self.cost is not None and float(self.cost) - self._settled_cost > self.limits.gap / 2 * float(self.cost):
            for model in (self.whole, self.lifted):
                model.model.make_whole(model.amounts)

    def _cost_of(self, values: Vector) -> float:
        return sum(
            float(values[place]) * float(self.problem.unit_cost(number) * self.problem.columns[number].step)
            for number, place in enumerate(self.whole.amounts)
            if values[place]
        )

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
