"""The search: bounds from the relaxation, plans from its whole solutions, until the two meet.

All of it runs on one model, the relaxation with its cones lifted. The linear program is cut until its optimum keeps every cone;
its cost is the first bound, and the measures it takes are the kernel: an integer search among these alone gives a first plan
where one plan meets everything. A round then searches all measures for what costs less than the best plan by half the gap
asked for. If nothing does, the gap is proven. Else the solutions show where the cones must be cut, and the last is completed
into a plan: its whole numbers are held fixed while the linear program settles areas and money over the true cones, amounts are
rounded up to what people order, and only what is right in exact arithmetic counts.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from math import inf

from junheng.engines.highs import Answer, Ended, Vector
from junheng.planning.balance.model.problem import Problem
from junheng.planning.balance.solver.cones import Lifted
from junheng.planning.balance.solver.exact import is_sound, meets_all
from junheng.planning.balance.solver.limits import Limits, gap
from junheng.planning.balance.solver.settling import TIGHTER, Amounts, Settling, repaired
from junheng.planning.codes import Status

OPTIMAL = 1e-9  # a gap that is none
KERNEL = 1e-7  # of a step, above which a measure is in the kernel
FIRST_NODES, MORE_NODES = 300, 10  # of a round, and by how many times more where they were too few
CUT_AT = 6  # the last solutions of a round, at which cones are cut

OnBest = Callable[[Amounts, Fraction, float], None]


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
        return inf if self.cost is None else gap(self.cost, self.bound)


class Steps(Enum):
    """How amounts are searched: of any size and rounded up afterwards, in the steps they come in, or so and under limits that
    are drawn in by what a solver's tolerance may hide, which gives plans but no bounds; then there is nothing left to try.
    """

    free, whole, drawn_in, done = range(4)


class Search:
    """One problem whose demands are all to be met."""

    def __init__(self, problem: Problem, limits: Limits, seed: int = 0, on_best: OnBest | None = None) -> None:
        self.problem, self.limits, self.on_best = problem, limits, on_best
        self.lifted = Lifted(problem, seed=seed)
        self.best: Amounts | None = None
        self.cost: Fraction | None = None
        self.bound = 0.0
        self._nodes, self._work = FIRST_NODES, 0
        self._steps = Steps.free
        self._settling = Settling(problem, self.lifted)

    def run(self, first_amounts: Amounts | None = None) -> Found:
        """`first_amounts` are a first plan, where one is known."""
        self._keep_if_right(repaired(self.problem, first_amounts or {}))
        first = self.lifted.solved(self.limits.stop())
        if first.ended is Ended.infeasible:
            return Found(None, None, inf, Status.optimal, feasible=False)
        if first.values is None:
            return self._found(self.limits.cut_off(), 0)
        self.bound = max(0.0, first.objective) if first.ended is Ended.optimal else 0.0
        self._price = self.lifted.price_row()
        if self.best is None:
            self._settled(self._kernel(first.values))
        for number in range(self.limits.rounds):
            if self._is_close():
                return self._found(Status.optimal if self._gap() <= OPTIMAL else Status.gap_reached, number)
            answer = self._round()
            if answer.ended is Ended.infeasible and self.cost is None and self._steps is not Steps.drawn_in:
                return Found(None, None, inf, Status.optimal, number + 1, feasible=False)
            if self._work > self.limits.work or self._steps is Steps.done:
                break
            if self.limits.is_over:
                return self._found(self.limits.cut_off(), number + 1)
        return self._found(Status.gap_reached if self._is_close() else Status.work_limit, number + 1)

    # --- a round ----------------------------------------------------------------------------------------------

    def _kernel(self, values: Vector) -> Answer:
        """The integer search among the measures that the linear program takes."""
        with self.lifted.model.held({column: 0.0 for column in self.lifted.amounts if values[column] < KERNEL}):
            return self.lifted.model.solved(self.limits.stop(self.limits.gap / 2, self._nodes))

    def _round(self) -> Answer:
        """The integer search for what is cheaper by half the gap; a proof that nothing is, is a bound too."""
        target = inf if self.cost is None else float(self.cost) * (1 - self.limits.gap / 2)
        self.lifted.cheaper_than(self._price, target)
        solutions: deque[Vector] = deque(maxlen=CUT_AT)
        stop = self.limits.stop(self.limits.gap / 2, self._nodes)
        answer = self.lifted.model.solved(stop, lambda values, _cost, _bound: solutions.append(values))
        self.lifted.cheaper_than(self._price, inf)
        self._work += answer.iterations
        if self._steps is not Steps.drawn_in:
            self.bound = max(self.bound, target if answer.ended is Ended.infeasible else min(answer.bound, target))
        if answer.ended is Ended.work:
            self._nodes *= MORE_NODES
        self._settled(answer, solutions)
        return answer

    def _settled(self, answer: Answer, solutions: Iterable[Vector] = ()) -> None:
        """Cut the cones at the solutions of a run, and complete the last into a plan."""
        found = [*solutions, *([] if answer.values is None else [answer.values])]
        broken = sum(self.lifted.cut(values) for values in found)
        if not found:
            return
        self._keep_if_right(self._settling.rounded(found[-1]))
        if self._settling.of(found[-1]):
            self._keep(self._settling.amounts)
        if not broken and not self._is_close():
            self._mind_steps()

    def _mind_steps(self) -> None:
        """Where no cone is broken and still the plan costs too much, it is for what was rounded."""
        if self._steps is Steps.free:
            self.lifted.model.make_whole(self.lifted.amounts)
        elif self._steps is Steps.whole:
            self.lifted.tighten(TIGHTER[0])
        self._steps = Steps(self._steps.value + 1)

    def _keep_if_right(self, amounts: Amounts) -> None:
        if amounts and is_sound(self.problem, amounts) and meets_all(self.problem, amounts):
            self._keep(amounts)

    def _keep(self, amounts: Amounts) -> None:
        cost = self.problem.cost(amounts)
        if self.cost is None or cost < self.cost:
            self.best, self.cost = amounts, cost
            if self.on_best:
                self.on_best(amounts, cost, self.bound)

    # --- bookkeeping ------------------------------------------------------------------------------------------

    def _gap(self) -> float:
        return inf if self.cost is None else gap(self.cost, self.bound)

    def _is_close(self) -> bool:
        return self._gap() <= max(self.limits.gap, OPTIMAL)

    def _found(self, status: Status, rounds: int) -> Found:
        return Found(
            self.best, self.cost, min(self.bound, float(self.cost)) if self.cost is not None else self.bound, status, rounds
        )
