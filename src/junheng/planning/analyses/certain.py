"""Which measures are certain: in every plan that costs at most 1 % more than the best, proven by leaving each out.

Left out is what a school does of a kind, in all years. A bound over 1 % more proves it certain; a plan within 1 % without it
proves that it can be replaced; what neither proves in the work allowed is undecided. Pupils go where the plan sends them: that
they go there is not tested, and so undecided.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from math import inf, isfinite

from junheng.engines.highs import Ended, Stop
from junheng.planning.analyses.points import Row
from junheng.planning.analyses.rerun import Rerun, Turn
from junheng.planning.balance.solver.cones import Lifted
from junheng.planning.balance.solver.exact import is_sound, meets_all
from junheng.planning.balance.solver.settling import Amounts, settled
from junheng.planning.balance.solver.solving import Solution
from junheng.planning.codes import MeasureKind
from junheng.register.codes import ALL_STAGES

WITHIN = 0.01
NODES = 500
Group = tuple[str, str, str]  # kind, school, stage
CERTAIN, REPLACEABLE, UNDECIDED = "certain", "replaceable", "undecided"


def certain(rerun: Rerun) -> list[Row]:
    """One row a measure of each county: certain, replaceable (with the extra cost at most) or undecided."""
    return rerun.by_county(_county)


def _county(turn: Turn) -> Iterator[Row]:
    solution = turn.solved(turn.made)
    turn.step(0.0, "逐项检验")  # a solution that was cut off is none to test
    trial = Trial(solution, float(turn.made.moves_cost))
    kept, groups = turn.opened.points("certain"), trial.groups
    for number, (group, columns) in enumerate(groups.items()):
        turn.step(number / len(groups), f"逐项检验 {number + 1}/{len(groups)}")
        yield _row(turn, group, kept.point("-".join((turn.county, *group)), partial(trial.without, columns)))
    for group in _moved(turn):
        yield _row(turn, group, _told(UNDECIDED))


def _row(turn: Turn, group: Group, told: Row) -> Row:
    kind, school, stage = group
    return {"county": turn.county, "school": school, "stage": stage, "kind": kind, **told}


def _moved(turn: Turn) -> list[Group]:
    """What the plan does with pupils."""
    moves = [(MeasureKind.move_intake.name, move.school, move.stage) for move in turn.made.moves]
    return list(dict.fromkeys([*moves, *((MeasureKind.merge.name, into, ALL_STAGES) for _, into in turn.made.merges)]))


def _told(verdict: str, bound: float = inf, cost: float | None = None) -> Row:
    return {"certain": verdict, "bound": round(bound, 2) if isfinite(bound) else None, "cost": cost}


@dataclass
class Trial:
    """The searched problem of a county, its plan, and a model in which measures can be left out. `besides` is what the plan costs
    outside of the problem.
    """

    solution: Solution
    besides: float = 0.0

    def __post_init__(self) -> None:
        self.problem, amounts = self.solution.searched, self.solution.amounts
        self.lifted = Lifted(self.problem)
        self.lifted.solved(Stop())
        # a run that was cut off may end with less than was searched for: what that costs says nothing of plans that have it
        self.is_met = is_sound(self.problem, amounts) and meets_all(self.problem, amounts)

    @property
    def groups(self) -> dict[Group, list[int]]:
        """The columns of each measure that the plan takes, those it does not take of the same measure too."""

        def named(number: int) -> Group:
            column = self.problem.columns[number]
            return column.kind.name, column.school, column.stage

        taken = dict.fromkeys(named(number) for number in self.solution.amounts)
        found: dict[Group, list[int]] = {group: [] for group in taken}
        for number in range(len(self.problem.columns)):
            if named(number) in found:
                found[named(number)].append(number)
        return found

    def without(self, columns: list[int]) -> Row:
        """What is known of plans that leave these columns at nothing."""
        if not self.is_met:
            return _told(UNDECIDED)
        with self.lifted.model.held({self.lifted.amounts[number]: 0.0 for number in columns}):
            return self._found(columns)

    def _found(self, columns: list[int]) -> Row:
        most = (float(self.solution.cost) + self.besides) * (1 + WITHIN)
        bound = self._bound()
        if bound > most:
            return _told(CERTAIN, bound)
        answer = self.lifted.model.solved(Stop(gap=WITHIN / 4, nodes=NODES))
        bound = inf if answer.ended is Ended.infeasible else answer.bound + self.besides
        if bound > most:
            return _told(CERTAIN, bound)
        amounts = None if answer.values is None else settled(self.problem, self.lifted, answer.values)
        cost = inf if amounts is None else self._cost(amounts, columns)
        # within 1 % of the best, and not only of the plan: the best may be cheaper than it by what is not proven
        if cost <= (self.solution.bound + self.besides) * (1 + WITHIN):
            return _told(REPLACEABLE, bound, round(cost, 2))
        return _told(UNDECIDED, bound)

    def _bound(self) -> float:
        """What the linear program proves; one that was not solved to its end proves nothing."""
        answer = self.lifted.solved(Stop())
        if answer.ended is Ended.infeasible:
            return inf
        return answer.objective + self.besides if answer.ended is Ended.optimal else -inf

    def _cost(self, amounts: Amounts, columns: list[int]) -> float:
        """Of amounts that leave the columns out; where rounding brought one back, they prove nothing."""
        return inf if set(columns) & set(amounts) else float(self.problem.cost(amounts)) + self.besides
