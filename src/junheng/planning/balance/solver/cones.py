"""The relaxation with its cones lifted: what the search for the least cost runs on.

With b = c M the bound on |d|, for every school z_i >= d_i^2 / b, and sum z_i <= b; the tangent z_i >= 2 t d_i - t^2 b touches
it at t = d_i / b. One tangent has three terms, however many schools there are, and together they say more than one gradient of
the whole cone (ADR 0009 has the numbers).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite, sqrt

import numpy as np

from junheng.engines.highs import INFINITY, Answer, Ended, Stop, Vector
from junheng.planning.balance.model.problem import Problem
from junheng.planning.balance.solver.relaxation import CUT_BELOW, Relaxation, Spread

ROUNDS = 60
MONEY = 1e6  # yuan in a unit of the row of what everything costs, which a solver keeps to an absolute tolerance


@dataclass(frozen=True)
class Lift:
    """The columns of a lifted cone, and the row that says what its bound is."""

    row: int
    mean: int
    bound: int
    deviations: list[int]
    squares: list[int]


class Lifted(Relaxation):
    """Cones are lifted once they are broken; the first columns are those of the relaxation."""

    def __init__(self, problem: Problem, *, soft: bool = False, seed: int = 0) -> None:
        super().__init__(problem, soft=soft, seed=seed)
        self._lifts: dict[int, Lift] = {}
        self._tighter = 0.0

    def tighten(self, tighter: float) -> float:
        """Draw every limit in by this much, so that a point found keeps it although it is rounded afterwards; returns by how
        much they were before.
        """
        before, self._tighter = self._tighter, tighter
        for number, lift in self._lifts.items():
            self.model.weight(lift.row, lift.mean, -self._limit(self.cones[number]))
        return before

    def _limit(self, cone: Spread) -> float:
        return max(0.0, cone.limit - self._tighter)

    def price_row(self) -> int:
        """A row that says what everything costs, which `cheaper_than` limits."""
        return self.model.row({place: price / MONEY for place, price in zip(self.amounts, self.prices, strict=True) if price})

    def cheaper_than(self, row: int, yuan: float) -> None:
        self.model.limits(row, -INFINITY, yuan / MONEY if isfinite(yuan) else INFINITY)

    def solved(self, stop: Stop) -> Answer:
        """The optimum over the cones, whole or not: to CUT_BELOW of each."""
        answer = self.model.relaxed(stop)
        for _ in range(ROUNDS):
            if answer.values is None or answer.ended is not Ended.optimal or not self.cut(answer.values):
                break
            answer = self.model.relaxed(stop)
        return answer

    def cut(self, values: Vector) -> int:
        """Tangents of every cone that is broken at a point; returns how many were."""
        broken = [number for number, cone in enumerate(self.cones) if self._over(number, cone, values) > CUT_BELOW]
        for number in broken:
            if number not in self._lifts:
                self._lifts[number] = self._lift(number, self.cones[number])
            self._tangents(number, self._lifts[number], self.cones[number], values)
        return len(broken)

    def _over(self, number: int, cone: Spread, values: Vector) -> float:
        levels = cone.levels(values)
        mean = float(cone.weights @ levels)
        excess = values[self.excess[number]] if self.soft else 0.0
        return sqrt(float(cone.weights @ (levels - mean) ** 2)) - self._limit(cone) * mean - float(excess)

    def _lift(self, number: int, cone: Spread) -> Lift:
        """The columns and rows that say what mean, deviations and squares are."""
        mean = self.model.column(0.0)
        shares = cone.weights * cone.scales
        fixed = float(cone.weights @ cone.constants)
        own = cone.columns >= 0
        self.model.row({mean: 1.0} | dict(zip(cone.columns[own].tolist(), (-shares[own]).tolist(), strict=True)), fixed, fixed)
        deviations = [self.model.column(-INFINITY) for _ in cone.columns]
        squares = [self.model.column() for _ in cone.columns]
        for place, deviation in enumerate(deviations):
            root = sqrt(float(cone.weights[place]))
            terms = {deviation: 1.0, mean: root}
            if own[place]:
                terms[int(cone.columns[place])] = -root * float(cone.scales[place])
            constant = root * float(cone.constants[place])
            self.model.row(terms, constant, constant)
        bound = self.model.column(0.0)
        excess = {self.excess[number]: -1.0} if self.soft else {}
        row = self.model.row({bound: 1.0, mean: -self._limit(cone)} | excess, 0.0, 0.0)
        self.model.row(dict.fromkeys(squares, 1.0) | {bound: -1.0}, most=0.0)
        return Lift(row, mean, bound, deviations, squares)

    def _tangents(self, number: int, lift: Lift, cone: Spread, values: Vector) -> None:
        levels = cone.levels(values)
        mean = float(cone.weights @ levels)
        bound = self._limit(cone) * mean + (float(values[self.excess[number]]) if self.soft else 0.0)
        slopes = np.sqrt(cone.weights) * (levels - mean) / bound if bound > 0 else np.zeros(len(levels))
        told = values[lift.squares] if lift.squares[-1] < len(values) else np.zeros(len(levels))
        true = slopes**2 * bound
        for place in np.flatnonzero(true - told > CUT_BELOW / len(levels)):
            slope = float(slopes[place])
            self.model.row({lift.squares[place]: 1.0, lift.deviations[place]: -2 * slope, lift.bound: slope * slope}, least=0.0)
