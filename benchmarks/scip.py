"""The model of a balance plan given whole to SCIP: the same rows and columns, and every cone as it is."""

from __future__ import annotations

import time
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from tempfile import TemporaryDirectory

import pyscipopt

from junheng.planning.balance.model.problem import Problem
from junheng.planning.balance.solver.relaxation import Relaxation, Spread


@dataclass(frozen=True)
class Answered:
    """CPU seconds until SCIP ended, the cost that it found (None: no plan) and what no plan costs less than."""

    seconds: float
    cost: float | None
    bound: float

    @property
    def gap(self) -> float | None:
        return None if not self.cost else (self.cost - self.bound) / self.cost


def solved(problem: Problem, gap: float, seconds: float) -> Answered:
    """SCIP's own presolving, cuts and heuristics; one thread, as ours."""
    relaxation = Relaxation(problem)
    model = pyscipopt.Model()
    model.hideOutput()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "model.mps"
        relaxation.model.write(path)
        model.readProblem(str(path))
    columns = {int(column.name[1:]): column for column in model.getVars()}
    for cone in relaxation.cones:
        _hold(model, columns, cone)
    model.setParam("limits/gap", gap)
    model.setParam("limits/time", seconds)
    begun = time.process_time()
    model.optimize()
    taken = time.process_time() - begun
    unit = relaxation.model.unit
    cost = model.getObjVal() * unit if model.getNSols() else None
    return Answered(taken, cost, model.getDualbound() * unit)


def _hold(model: pyscipopt.Model, columns: dict[int, pyscipopt.Variable], cone: Spread) -> None:
    """|d| <= b with b the limit times the mean, and d a school's deviation times the root of its share of the pupils."""
    def level(place: int) -> pyscipopt.Expr:
        column = int(cone.columns[place])
        return cone.constants[place] + (cone.scales[place] * columns[column] if column >= 0 else 0.0)
    places = range(len(cone.columns))
    mean = model.addVar(lb=0.0, ub=None)
    model.addCons(mean == pyscipopt.quicksum(cone.weights[place] * level(place) for place in places))
    bound = model.addVar(lb=0.0, ub=None)
    model.addCons(bound == cone.limit * mean)
    deviations = [model.addVar(lb=None, ub=None) for _ in places]
    for place, deviation in zip(places, deviations, strict=True):
        model.addCons(deviation == sqrt(cone.weights[place]) * (level(place) - mean))
    model.addCons(pyscipopt.quicksum(deviation * deviation for deviation in deviations) <= bound * bound)
