"""The problem when pupils move too: a relaxation whose bound no plan can beat, and whose moves are tried in earnest.

With pupils p_i to be chosen, an item asks x_i >= t p_i (floor + (1 - floor) b_i); the product p_i b_i of a binary is exact by
bounds. The coefficient of variation S / M <= c says sum x_i^2 / p_i <= (1 + c^2) X^2 / P, where X is the county's total and P,
which moves do not change, its pupils. The left side is convex (a square over a line) and is cut by tangents; the right side is
convex too, on the wrong side, and is replaced by its chord between breakpoints, one piece chosen by binaries. Chords lie above
the square, so nothing that keeps the rule is cut off: the bound holds. What the relaxation proposes is not yet a plan; its
pupils are taken as given, and the exact search finds the cheapest plan for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from junheng.engines.highs import INFINITY, Vector
from junheng.planning.balance.model.problem import Problem
from junheng.planning.balance.solver.relaxation import CUT_BELOW, Relaxation

STEPS = (1.0, 1.01, 1.025, 1.05, 1.1, 1.2, 1.4, 1.8)  # of a county's total of an item: where the pieces of the chord begin
Shifts = Mapping[int, tuple[tuple[int, int], ...]]  # of a column: by how many pupils it changes which readings


@dataclass(frozen=True)
class Lift:
    """The columns of a cone: for every member its share of the total, of the pupils (a column or a constant), its square."""

    totals: list[int]
    pupils: list[int]
    constants: list[float]
    squares: list[int]


class Moving(Relaxation):
    """A relaxation in which the pupils of some readings are columns."""

    def __init__(self, problem: Problem, shifts: Shifts, *, soft: bool = False, seed: int = 0) -> None:
        self.shifts = shifts
        self.pupils: dict[int, int] = {}
        self._moved = {reading for each in shifts.values() for reading, _ in each}
        super().__init__(problem, soft=soft, seed=seed)
        self._lifts: dict[int, Lift] = {}

    def _demand(self, number: int) -> None:
        if number not in self._moved:
            super()._demand(number)
            return
        reading = self.problem.readings[number]
        self.pupils[number] = pupils = self.model.column(0.0)
        terms = {pupils: 1.0}
        for column, each in self.shifts.items():
            for where, more in each:
                if where == number:
                    terms[self.amounts[column]] = terms.get(self.amounts[column], 0.0) - more / reading.pupils
        self.model.row(terms, 1.0, 1.0)
        most = 1.0 + sum(
            float(self.problem.columns[column].most) * max(0, more) / reading.pupils
            for column, each in self.shifts.items()
            for where, more in each
            if where == number
        )
        known = [item for item, line in enumerate(reading.lines) if line.base is not None]
        asked = [item for item in known if reading.lines[item].wanted]
        for item in asked:
            self._item(number, item, pupils, most)
        for item in sorted({*known} - {*asked}):  # of which nothing is asked: met by any number of pupils
            if (number, item) in self._effects:
                self._level(number, item)
        needed = min(reading.need, len(known)) - (len(known) - len(asked))
        if needed > 0:
            self.model.row({self.counted[number, item]: 1.0 for item in asked}, least=float(needed))

    def _item(self, number: int, item: int, pupils: int, most: float) -> None:
        """x >= p (floor + (1 - floor) b), in what the pupils of today would need; `part` is the product p b."""
        reading = self.problem.readings[number]
        line, floor = reading.lines[item], float(reading.floor)
        assert line.base is not None
        level = self.levels[number, item] = self.model.column(0.0)
        base = float(line.base / line.wanted)
        terms = {level: 1.0}
        for column, times in self._effects.get((number, item), {}).items():
            terms[self.amounts[column]] = -float(times / line.wanted * self.problem.columns[column].step)
        self.model.row(terms, base, base)
        counted = self.counted[number, item] = self.model.column(0, 1, 0.0, True)
        part = self.model.column(0.0)
        self.model.row({part: 1.0, pupils: -1.0, counted: -most}, least=-most)
        demand = {level: 1.0, pupils: -floor, part: -(1.0 - floor)}
        if self.soft:
            short = self.short[number, item] = self.model.column(0.0, most)
            demand[short] = 1.0
            self._fails((reading.school, reading.stage), short, most)
        self.model.row(demand, least=0.0)

    # --- cones ------------------------------------------------------------------------------------------------

    def touch(self, values: Vector, slack: float = CUT_BELOW) -> int:
        """Cut every cone that is broken at a point: those of given pupils by a gradient, the others by tangents."""
        found = 0
        for number, cone in enumerate(self.problem.cones):
            if self._moved.isdisjoint(cone.members):
                found += self._touch(number, values, slack)
            else:
                found += self._square(number, values)
        return found

    def _square(self, number: int, values: Vector) -> int:
        """Tangents of x^2 / p where the point lies under it; the cone is lifted when it is first broken."""
        totals, pupils = self._point(number, values)
        total = totals.sum()
        limit = 1 + float(self.problem.cones[number].limit) ** 2
        if (totals**2 / pupils).sum() <= limit * total**2 * (1 + CUT_BELOW) and number not in self._lifts:
            return 0
        if number not in self._lifts:
            self._lifts[number] = self._lift(number)
        lift, added = self._lifts[number], 0
        held = values[lift.squares] if lift.squares[-1] < len(values) else np.zeros(len(totals))
        for place in np.flatnonzero(totals**2 / pupils - held > CUT_BELOW / len(totals)):
            slope = float(totals[place] / pupils[place])
            terms = {lift.squares[place]: 1.0, lift.totals[place]: -2 * slope}
            constant = 0.0
            if lift.pupils[place] >= 0:
                terms[lift.pupils[place]] = slope * slope * lift.constants[place]
            else:
                constant = slope * slope * lift.constants[place]
            self.model.row(terms, least=-constant)
            added += 1
        return int(added > 0)

    def _point(self, number: int, values: Vector) -> tuple[Vector, Vector]:
        """Each member's share of what the county has today, and of its pupils, at a point."""
        cone, spread = self.problem.cones[number], self.cones[number]
        weights = spread.weights.copy()
        for place, reading in enumerate(cone.members):
            if reading in self.pupils:
                weights[place] *= max(values[self.pupils[reading]], 1e-6)
        return spread.weights * spread.levels(values), weights

    def _lift(self, number: int) -> Lift:
        cone, spread = self.problem.cones[number], self.cones[number]
        totals, pupils, constants = [], [], []
        for place, reading in enumerate(cone.members):
            weight, column = float(spread.weights[place]), int(spread.columns[place])
            totals.append(self.model.column(0.0))
            scale = weight * float(spread.scales[place])
            fixed = weight * float(spread.constants[place])
            self.model.row({totals[-1]: 1.0} | ({column: -scale} if column >= 0 else {}), fixed, fixed)
            pupils.append(self.pupils.get(reading, -1))
            constants.append(weight)
        squares = [self.model.column(0.0) for _ in totals]
        total = self.model.column(0.0)
        self.model.row({total: 1.0} | dict.fromkeys(totals, -1.0), 0.0, 0.0)
        above = self._chord(total, self._most_total(number))
        limit = 1 + float(cone.limit) ** 2
        excess = {self.excess[number]: -1.0} if self.soft else {}
        self.model.row(dict.fromkeys(squares, 1.0) | {above: -limit} | excess, most=0.0)
        return Lift(totals, pupils, constants, squares)

    def _most_total(self, number: int) -> float:
        """What the total can come to at all, all measures taken."""
        cone, spread = self.problem.cones[number], self.cones[number]
        found = float(spread.weights @ spread.constants)
        for place, reading in enumerate(cone.members):
            line, effects = self.problem.readings[reading].lines[cone.item], self._effects.get((reading, cone.item), {})
            more = sum((times * self.problem.columns[column].most for column, times in effects.items() if times > 0), Fraction(0))
            level = ((line.base or Fraction(0)) + more) / (line.wanted or Fraction(1))
            found += float(spread.weights[place] * spread.scales[place]) * float(level)
        return found

    def _chord(self, total: int, most: float) -> int:
        """A column that is no more than the chord over the square of the total, piece by piece up to `most`."""
        above = self.model.column(0.0)
        edges = [0.0, *STEPS, max(most, STEPS[-1]) + 1.0]
        pieces = [self.model.column(0, 1, 0.0, True) for _ in edges[:-1]]
        within = [self.model.column(0.0) for _ in pieces]
        for piece, inside, low, high in zip(pieces, within, edges, edges[1:], strict=False):
            self.model.row({inside: 1.0, piece: -(high - low)}, most=0.0)
        self.model.row(dict.fromkeys(pieces, 1.0), 1.0, 1.0)
        self.model.row(
            {total: 1.0} | dict.fromkeys(within, -1.0) | {piece: -low for piece, low in zip(pieces, edges, strict=False) if low},
            0.0,
            0.0,
        )
        terms = {above: 1.0}
        for piece, inside, low, high in zip(pieces, within, edges, edges[1:], strict=False):
            terms[inside] = -(low + high)
            if low:
                terms[piece] = -low * low
        self.model.row(terms, -INFINITY, 0.0)
        return above


def moves_of(problem: Problem, values: Vector, shifts: Shifts, relaxation: Relaxation) -> dict[int, Fraction]:
    """The whole numbers of pupils that a solution moves, by column."""
    return {
        column: Fraction(round(values[relaxation.amounts[column]]))
        for column in shifts
        if round(values[relaxation.amounts[column]])
    }
