"""The solver: a model of columns and rows that is minimised, cut and minimised again. HiGHS, one thread, one seed.

What ends a run counts work (gap, nodes, iterations of the simplex method), so the same model gives the same answer on any
machine; a run that ends by the clock or by hand says so.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from math import ceil, log2
from pathlib import Path
from typing import Any

import highspy
import numpy as np

INFINITY = highspy.kHighsInf
PROBING = 1 << 15  # of the rules of presolving, the one that costs more here than it saves
DEAREST = 16.0  # what the dearest column costs inside the solver: with costs in the 100,000s the simplex method gives up
MOST_STEPS = 10  # of the simplex method for each row and column; a linear program that takes more goes round in circles
# how a run ends that lost its way from a basis no longer good: it is begun again from nothing, once
LOST = (
    highspy.HighsModelStatus.kNotset,
    highspy.HighsModelStatus.kUnknown,
    highspy.HighsModelStatus.kSolveError,
    highspy.HighsModelStatus.kIterationLimit,
)


def _without_banner() -> None:
    """The first solver of a process prints who it is on stdout, where only answers belong."""
    sys.stdout.flush()
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        highspy.Highs()  # type: ignore[no-untyped-call]
        ctypes.CDLL(None).fflush(None)
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


_without_banner()
Vector = np.ndarray[Any, np.dtype[np.float64]]


class Ended(Enum):
    """How a run ended."""

    optimal = "optimal"  # to the gap asked for
    infeasible = "infeasible"
    work = "work"
    clock = "clock"
    hand = "hand"


@dataclass(frozen=True)
class Stop:
    """When a run may end: a relative gap, a number of nodes, seconds on the clock, a wish to stop."""

    gap: float = 1e-4
    nodes: int = 1_000_000
    seconds: float | None = None
    wished: Callable[[], bool] = field(default=lambda: False)


@dataclass(frozen=True)
class Answer:
    """The best values found, their objective, and what no solution can be less than."""

    ended: Ended
    values: Vector | None
    objective: float
    bound: float
    nodes: int = 0
    iterations: int = 0


class Model:
    """Columns and rows are gathered and handed to the solver when it is first asked; rows may be added ever after."""

    def __init__(self, seed: int = 0) -> None:
        self._highs = highspy.Highs()  # type: ignore[no-untyped-call]
        for name, value in {
            "output_flag": False,
            "threads": 1,
            "random_seed": seed,
            "mip_feasibility_tolerance": 1e-7,
            "primal_feasibility_tolerance": 1e-8,
            "mip_heuristic_run_rins": False,
            "mip_heuristic_run_rens": False,
            "mip_heuristic_run_root_reduced_cost": False,
            "mip_heuristic_run_feasibility_jump": False,
            "presolve_rule_off": PROBING,
        }.items():
            self._highs.setOptionValue(name, value)
        self._columns: list[tuple[float, float, float, bool]] = []
        self._rows: list[tuple[float, float, list[int], list[float]]] = []
        self._passed = False
        self.unit = 1.0  # of the objective inside the solver: a power of two, so that nothing is rounded

    # --- what there is to choose ------------------------------------------------------------------------------

    @property
    def width(self) -> int:
        return len(self._columns)

    def column(self, least: float = 0.0, most: float = INFINITY, cost: float = 0.0, whole: bool = False) -> int:
        """One more column, in no row yet."""
        self._columns.append((least, most, cost, whole))
        if self._passed:
            self._highs.addCol(cost / self.unit, least, most, 0, np.array([], np.int32), np.array([], np.float64))
            if whole:
                self._highs.changeColIntegrality(self.width - 1, highspy.HighsVarType.kInteger)
        return self.width - 1

    def whole(self) -> list[int]:
        """The columns that may only be whole numbers."""
        return [number for number, (*_, whole) in enumerate(self._columns) if whole]

    def row(self, terms: Mapping[int, float], least: float = -INFINITY, most: float = INFINITY) -> int:
        """One more row, at once where the model has run already; returns its number."""
        self._rows.append((least, most, list(terms), list(terms.values())))
        if self._passed:
            self._highs.addRow(least, most, len(terms), np.fromiter(terms, np.int32), np.fromiter(terms.values(), np.float64))
        return len(self._rows) - 1

    def limits(self, row: int, least: float, most: float) -> None:
        """Other bounds of a row."""
        self._rows[row] = (least, most, *self._rows[row][2:])
        if self._passed:
            self._highs.changeRowBounds(row, least, most)

    def weight(self, row: int, column: int, weight: float) -> None:
        """Another weight of a column that a row has."""
        terms = self._rows[row]
        terms[3][terms[2].index(column)] = weight
        if self._passed:
            self._highs.changeCoeff(row, column, weight)

    def bounds(self, column: int, least: float, most: float) -> None:
        self._bound({column: (least, most)})

    @contextmanager
    def held(self, values: Mapping[int, float]) -> Iterator[None]:
        """Columns that can only take these values meanwhile."""
        before = {column: self._columns[column][:2] for column in values}
        self._bound({column: (value, value) for column, value in values.items()})
        try:
            yield
        finally:
            self._bound(before)

    def _bound(self, bounds: Mapping[int, tuple[float, float]]) -> None:
        for column, (least, most) in bounds.items():
            self._columns[column] = (least, most, *self._columns[column][2:])
        if self._passed and bounds:
            least_most = np.array(list(bounds.values()), np.float64)
            self._highs.changeColsBounds(len(bounds), np.fromiter(bounds, np.int32), least_most[:, 0], least_most[:, 1])

    def make_whole(self, columns: Iterable[int]) -> None:
        """From now on these may only be whole numbers."""
        for column in columns:
            self._columns[column] = (*self._columns[column][:3], True)
            if self._passed:
                self._highs.changeColIntegrality(column, highspy.HighsVarType.kInteger)

    def costs(self, costs: Mapping[int, float]) -> None:
        """A new objective: the columns not named cost nothing."""
        self._columns = [
            (least, most, costs.get(number, 0.0), whole) for number, (least, most, _, whole) in enumerate(self._columns)
        ]
        if self._passed:
            self._highs.changeColsCost(self.width, np.arange(self.width, dtype=np.int32), self._scaled())

    def _scaled(self) -> Vector:
        costs: Vector = np.array([cost for _, _, cost, _ in self._columns])
        dearest = float(np.abs(costs).max(initial=0.0))
        self.unit = 2.0 ** max(0, ceil(log2(dearest / DEAREST))) if dearest else 1.0
        return costs / self.unit

    def write(self, path: Path) -> None:
        """The model as an MPS file, for other solvers: columns are `c0`, `c1`, …, costs in `unit`."""
        self._pass()
        self._highs.writeModel(str(path))

    # --- runs -------------------------------------------------------------------------------------------------

    def relaxed(self, stop: Stop) -> Answer:
        """The least cost when nothing need be whole."""
        return self._run(stop, solve_relaxation=True)

    def solved(self, stop: Stop, better: Callable[[Vector, float, float], None] | None = None, within: float = 1e-6) -> Answer:
        """The least cost to the gap asked for, or `within` so much of it. `better` is told each better solution, its cost and
        bound.

        It begins from nothing: given a first solution, HiGHS 1.16 takes the cost that it has after presolve for its own, which
        may be less, and ends with a bound that is none.
        """
        self._pass()
        self._highs.clearSolver()
        return self._run(stop, solve_relaxation=False, better=better, within=within)

    def _run(
        self,
        stop: Stop,
        *,
        solve_relaxation: bool,
        better: Callable[[Vector, float, float], None] | None = None,
        within: float = 1e-6,
    ) -> Answer:
        self._pass()
        seconds = INFINITY if stop.seconds is None else max(stop.seconds, 0.0) + self._clock(solve_relaxation)
        for name, value in {
            "solve_relaxation": solve_relaxation,
            "mip_rel_gap": stop.gap,
            "mip_abs_gap": within / self.unit,
            "mip_max_nodes": stop.nodes,
            "time_limit": seconds,
            "simplex_iteration_limit": MOST_STEPS * (self.width + len(self._rows)) if solve_relaxation else highspy.kHighsIInf,
        }.items():
            self._highs.setOptionValue(name, value)
        self._listen(stop, better)
        self._highs.run()
        if self._highs.getModelStatus() in LOST:
            self._highs.clearSolver()
            self._highs.run()
        self._highs.clearCallbacks()  # type: ignore[no-untyped-call]  # they hold their listener, which holds much
        return self._answer()

    def _clock(self, solve_relaxation: bool) -> float:
        """What the clock that a limit is read by shows already: a linear program goes on with that of all runs, an integer search
        begins one of its own.
        """
        return float(self._highs.getRunTime()) if solve_relaxation or not self.whole() else 0.0

    def _pass(self) -> None:
        if self._passed:
            return
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = self.width, len(self._rows)
        least, most, _, whole = zip(*self._columns, strict=True) if self._columns else ((), (), (), ())
        lp.col_lower_, lp.col_upper_, lp.col_cost_ = np.array(least), np.array(most), self._scaled()
        kinds = highspy.HighsVarType
        lp.integrality_ = [kinds.kInteger if each else kinds.kContinuous for each in whole]
        lp.row_lower_, lp.row_upper_ = np.array([row[0] for row in self._rows]), np.array([row[1] for row in self._rows])
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.cumsum([0, *(len(row[2]) for row in self._rows)]).astype(np.int32)
        lp.a_matrix_.index_ = _joined((row[2] for row in self._rows), np.int32)
        lp.a_matrix_.value_ = _joined((row[3] for row in self._rows), np.float64)
        self._highs.passModel(lp)
        self._passed = True

    def _listen(self, stop: Stop, better: Callable[[Vector, float, float], None] | None) -> None:
        def interrupt(event: Any) -> None:
            if stop.wished():
                event.interrupt()

        self._highs.cbMipInterrupt.subscribe(interrupt)
        self._highs.cbSimplexInterrupt.subscribe(interrupt)
        if better is not None:

            def told(event: Any) -> None:
                out = event.data_out
                better(np.array(out.mip_solution), out.objective_function_value * self.unit, out.mip_dual_bound * self.unit)

            self._highs.cbMipImprovingSolution.subscribe(told)

    def _answer(self) -> Answer:
        status, info = self._highs.getModelStatus(), self._highs.getInfo()
        known = highspy.HighsModelStatus
        if status in (known.kNotset, known.kLoadError, known.kModelError, known.kSolveError):
            raise RuntimeError(f"the solver did not run: {self._highs.modelStatusToString(status)}")
        ended = {
            known.kOptimal: Ended.optimal,
            known.kInfeasible: Ended.infeasible,
            known.kTimeLimit: Ended.clock,
            known.kInterrupt: Ended.hand,
            known.kUnboundedOrInfeasible: Ended.infeasible,
        }.get(status, Ended.work)
        is_found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        values = np.array(self._highs.getSolution().col_value) if is_found else None
        is_mip = not self._highs.getOptionValue("solve_relaxation")[1] and any(whole for *_, whole in self._columns)
        cost = info.objective_function_value * self.unit
        bound = info.mip_dual_bound * self.unit if is_mip else cost
        return Answer(ended, values, cost, bound, max(0, info.mip_node_count), max(0, info.simplex_iteration_count))


def _joined(lists: Iterable[list[Any]], kind: Any) -> Any:
    held = [np.array(each, kind) for each in lists]
    return np.concatenate(held) if held else np.array([], kind)
