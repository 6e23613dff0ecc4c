"""The problem as the solver sees it: floats, one row a demand, a cone wherever a coefficient of variation may bind.

A reading's item is normalised: 1 is the planning line. Where an item is short, a binary says whether it counts among the six; if
not, it must still reach the floor. Since no measure lowers an item that is short, what is there already bounds it from below,
which makes the relaxation as tight as a single item allows.

A coefficient of variation S / M <= c over schools is, with d_i = sqrt(P_i / P) (X_i - M), the cone |d| <= c M, and is cut from
outside. `touch` adds the gradient of a cone at a point, one row of all its schools. Rounds of such cuts alone converge slowly:
what searches for the least cost runs on `cones.Lifted`, where a cone has a variable for every school. Gradients cut where demands
may be missed (`easing`) and where pupils move (`moving`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from typing import Any

import numpy as np

from junheng.engines.highs import INFINITY, Model, Vector
from junheng.planning.balance.model.problem import Cone, Line, Problem, Rule

CUT_BELOW = 1e-6  # a cone counts as broken where a point lies this much beyond it; the mean of the county is 1
MOST_EXCESS = 20.0  # by which a deviation may pass its limit, in means of the county


@dataclass(frozen=True)
class Spread:
    """A cone in numbers: the level of each school is a constant, or a column (else -1) times a scale."""

    limit: float
    columns: np.ndarray[Any, np.dtype[np.int64]]
    scales: Vector
    constants: Vector
    weights: Vector

    def levels(self, values: Vector) -> Vector:
        found: Vector = self.constants + self.scales * values[self.columns]
        return found


class Relaxation:
    """A problem in a model of the solver, measures counted in steps.

    `soft` lets demands be missed: then `short`, `missing` and `excess` say by how much, `failing` what fails: a stage of a
        school, a room asked for, a coefficient of variation.
    """

    def __init__(self, problem: Problem, *, soft: bool = False, seed: int = 0) -> None:
        self.problem, self.soft, self.model = problem, soft, Model(seed)
        self.steps = [float(column.step) for column in problem.columns]
        self.prices = [float(problem.unit_cost(number)) * step for number, step in enumerate(self.steps)]
        self.amounts = [
            self.model.column(0.0, float(column.most) / step, price, column.whole)
            for column, step, price in zip(problem.columns, self.steps, self.prices, strict=True)
        ]
        told = {number for rule in problem.rules for number in rule.switches}
        self.switches = {
            number: self._switch(number) for number, column in enumerate(problem.columns) if column.least or number in told
        }
        self._effects: dict[tuple[int, int], dict[int, Fraction]] = {}
        for number, column in enumerate(problem.columns):
            for effect in column.effects:
                own = self._effects.setdefault((effect.reading, effect.item), {})
                own[number] = own.get(number, Fraction(0)) + effect.times
        self.levels: dict[tuple[int, int], int] = {}
        self.counted: dict[tuple[int, int], int] = {}
        self.short: dict[tuple[int, int], int] = {}
        self.missing: dict[int, int] = {}
        self.failing: dict[object, int] = {}
        for reading in range(len(problem.readings)):
            self._demand(reading)
        for number in range(len(problem.demands)):
            self._ask(number)
        self.rows: dict[int, int] = {}
        for rule in problem.rules:
            self.keep(rule)
        self.cones = [self._spread(cone) for cone in problem.cones]
        self.excess = [self._excess(cone) for cone in problem.cones] if soft else []

    def _fails(self, what: object, by: int, most: float) -> None:
        """`by` can only be over 0 where `what` is told to fail."""
        if what not in self.failing:
            self.failing[what] = self.model.column(0, 1, 0.0, True)
        self.model.row({by: 1.0, self.failing[what]: -most}, most=0.0)

    def _excess(self, cone: Cone) -> int:
        excess = self.model.column()
        self._fails((cone.stage, cone.item), excess, MOST_EXCESS)
        return excess

    def _ask(self, number: int) -> None:
        demand = self.problem.demands[number]
        terms = self._weighted(demand.terms)
        if self.soft:
            missing = self.missing[number] = self.model.column(0.0, float(demand.least))
            self._fails((demand.school, demand.item, number), missing, float(demand.least))
            terms[missing] = 1.0
        self.model.row(terms, least=float(demand.least))

    def _switch(self, number: int) -> int:
        """Whether a work is done at all: then no less than makes sense."""
        column, switch = self.problem.columns[number], self.model.column(0, 1, 0.0, True)
        self.model.row({self.amounts[number]: self.steps[number], switch: -float(column.most)}, most=0.0)
        self.model.row({self.amounts[number]: self.steps[number], switch: -float(column.least)}, least=0.0)
        return switch

    # --- what is asked of a reading ---------------------------------------------------------------------------

    def _demand(self, number: int) -> None:
        reading = self.problem.readings[number]
        known = [item for item, line in enumerate(reading.lines) if line.base is not None]
        short = [item for item in known if not _reaches(reading.lines[item])]
        for item in known:
            if (number, item) in self._effects:
                self._level(number, item)
        for item in short:
            self._count(number, item)
        needed = min(reading.need, len(known)) - (len(known) - len(short))
        if needed > 0:
            terms = {self.counted[number, item]: 1.0 for item in short}
            self.model.row(terms, least=float(needed))

    def _level(self, number: int, item: int) -> None:
        """The item of a reading as a column; one that is not short now stays so."""
        line = self.problem.readings[number].lines[item]
        assert line.base is not None
        scale = line.wanted or Fraction(1)
        base = line.base / scale
        least = float((line.wanted if _reaches(line) else line.base) / scale)
        level = self.model.column(min(least, float(base)), INFINITY)
        terms = {level: 1.0} | {
            self.amounts[column]: -float(times) / float(scale) * self.steps[column]
            for column, times in self._effects[number, item].items()
        }
        self.model.row(terms, float(base), float(base))
        self.levels[number, item] = level

    def _count(self, number: int, item: int) -> None:
        """An item that is short: it counts among the six once it reaches its line, else it must reach the floor."""
        reading = self.problem.readings[number]
        base = float(reading.lines[item].base / reading.lines[item].wanted)  # type: ignore[operator]
        counted = self.counted[number, item] = self.model.column(0, 1, 0.0, True)
        least = max(float(reading.floor), base)
        terms, gap = {counted: -(1.0 - least)}, 0.0
        if (number, item) in self.levels:
            terms[self.levels[number, item]] = 1.0
        else:
            gap = base
        if self.soft:
            short = self.short[number, item] = self.model.column(0.0, max(0.0, 1.0 - base))
            terms[short] = 1.0
            self._fails((reading.school, reading.stage), short, max(0.0, 1.0 - base))
        self.model.row(terms, least=least - gap)
        self._once_begun(number, item, terms)

    def _once_begun(self, number: int, item: int, terms: dict[int, float]) -> None:
        """The same demand with works counted by whether they are begun: none counts for more than what is short.

        Implied by the demand and the switches in whole numbers, but not in the relaxation, where a fraction of a site would do.
        """
        line = self.problem.readings[number].lines[item]
        own = self._effects.get((number, item), {})
        works = [column for column in own if column in self.switches]
        if not works:
            return
        assert line.base is not None
        base, short = line.base / line.wanted, 1 - line.base / line.wanted
        told = {column: weight for column, weight in terms.items() if column != self.levels.get((number, item))}
        for column, times in own.items():
            share = times / line.wanted
            if column in self.switches:
                told[self.switches[column]] = float(min(self.problem.columns[column].most * share, short))
            else:
                told[self.amounts[column]] = float(share) * self.steps[column]
        reading = self.problem.readings[number]
        self.model.row(told, least=max(float(reading.floor), float(base)) - float(base))

    # --- rules and cones --------------------------------------------------------------------------------------

    def keep(self, rule: Rule) -> None:
        terms = self._weighted(rule.terms)
        terms |= {self.switches[column]: float(weight) for column, weight in rule.switches.items()}
        row = self.model.row(terms, *_bounds(rule))
        self.rows.setdefault(id(rule), row)

    def _weighted(self, terms: Mapping[int, Fraction]) -> dict[int, float]:
        return {self.amounts[column]: float(weight) * self.steps[column] for column, weight in terms.items()}

    def draw_in(self, rule: Rule, by: float) -> None:
        """Lower the upper bound of a rule; 0 puts it back where it belongs."""
        least, most = _bounds(rule)
        self.model.limits(self.rows[id(rule)], least, most - by)

    def touch(self, values: Vector, slack: float = CUT_BELOW) -> int:
        """Add the gradient of every cone that binds or is broken at a point (within `slack`); returns how many were broken."""
        return sum(self._touch(number, values, slack) for number in range(len(self.cones)))

    def _touch(self, number: int, values: Vector, slack: float) -> bool:
        cone = self.cones[number]
        levels = cone.levels(values)
        mean = float(cone.weights @ levels)
        deviation = sqrt(float(cone.weights @ (levels - mean) ** 2))
        excess = values[self.excess[number]] if self.soft else 0.0
        over = deviation - cone.limit * mean - excess
        if over > -slack and deviation > 0:
            gradient = cone.weights * ((levels - mean) / deviation - cone.limit)
            terms = _summed(zip(cone.columns.tolist(), (gradient * cone.scales).tolist(), strict=True))
            if self.soft:
                terms[self.excess[number]] = -1.0
            self.model.row(terms, most=-float(gradient @ cone.constants))
        return over > CUT_BELOW

    def _spread(self, cone: Cone) -> Spread:
        """The schools of a cone, scaled so that the mean of today is 1."""
        readings = [self.problem.readings[number] for number in cone.members]
        pupils = sum(each.pupils for each in readings)
        mean = sum((each.lines[cone.item].base or Fraction(0) for each in readings), Fraction(0)) / pupils or Fraction(1)
        columns, scales, constants = [], [], []
        for number, each in zip(cone.members, readings, strict=True):
            line, own = each.lines[cone.item], mean * each.pupils
            level = self.levels.get((number, cone.item), -1)
            columns.append(level)
            scales.append(float((line.wanted or Fraction(1)) / own) if level >= 0 else 0.0)
            constants.append(0.0 if level >= 0 else float((line.base or Fraction(0)) / own))
        weights = np.array([each.pupils / pupils for each in readings])
        return Spread(float(cone.limit), np.array(columns), np.array(scales), np.array(constants), weights)


def _bounds(rule: Rule) -> tuple[float, float]:
    return -INFINITY if rule.least is None else float(rule.least), INFINITY if rule.most is None else float(rule.most)


def _reaches(line: Line) -> bool:
    return line.base is not None and line.base >= line.wanted


def _summed(terms: Iterable[tuple[int | None, float]]) -> dict[int, float]:
    found: dict[int, float] = {}
    for column, weight in terms:
        if column is not None and column >= 0:
            found[column] = found.get(column, 0.0) + weight
    return found
