"""Which measures are certain: in every plan that costs at most 1 % more than the best, proven by leaving each out.

Left out is what a school does of a kind, in all years. A bound over 1 % more proves it certain; a plan within 1 % without it
proves that it can be replaced; what neither proves in the work allowed is undecided.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from junheng.engines.highs import Ended, Stop
from junheng.planning.analyses.points import Row
from junheng.planning.analyses.rerun import Rerun, Turn
from junheng.planning.balance.model.problem import Problem
from junheng.planning.balance.solver.cones import Lifted
from junheng.planning.balance.solver.settling import Amounts, settled

WITHIN = 0.01
NODES = 500
Group = tuple[str, str, str]  # kind, school, stage
CERTAIN, REPLACEABLE, UNDECIDED = "certain", "replaceable", "undecided"


def certain(rerun: Rerun) -> list[Row]:
    """One row a measure of each county: certain, replaceable (with the extra cost at most) or undecided."""
    return rerun.by_county(_county)


def _county(turn: Turn) -> Iterator[Row]:
    _, solution = turn.opened.solved(turn.county)
    test = _Test(solution.searched, solution.amounts, float(solution.cost))
    kept, groups = turn.opened.points("certain"), test.groups
    for number, (group, columns) in enumerate(groups.items()):
        turn.step(number / len(groups), f"逐项检验 {number + 1}/{len(groups)}")
        row = kept.point("-".join((turn.county, *group)), lambda columns=columns: test.without(columns))  # type: ignore[misc]
        kind, school, stage = group
        yield {"county": turn.county, "school": school, "stage": stage, "kind": kind, **row}


@dataclass
class _Test:
    """The searched problem of a county, its plan, and models in which a measure can be left out."""

    problem: Problem
    amounts: Amounts
    cost: float

    def __post_init__(self) -> None:
        self.lifted = Lifted(self.problem)
        self.lifted.solved(Stop())

    @property
    def groups(self) -> dict[Group, list[int]]:
        """The columns of each measure that the plan takes, those it does not take of the same measure too."""

        def named(number: int) -> Group:
            column = self.problem.columns[number]
            return column.kind.name, column.school, column.stage

        taken = dict.fromkeys(named(number) for number in self.amounts)
        found: dict[Group, list[int]] = {group: [] for group in taken}
        for number in range(len(self.problem.columns)):
            if named(number) in found:
                found[named(number)].append(number)
        return found

    def without(self, columns: list[int]) -> Row:
        """What is known of plans that leave these columns at nothing."""
        with self.lifted.model.held({self.lifted.amounts[number]: 0.0 for number in columns}):
            return self._told()

    def _told(self) -> Row:
        limit = self.cost * (1 + WITHIN)
        bound = self.lifted.solved(Stop())
        if bound.ended is Ended.infeasible or bound.objective > limit:
            return {
                "certain": CERTAIN,
                "bound": None if bound.ended is Ended.infeasible else round(bound.objective, 2),
                "cost": None,
            }
        answer = self.lifted.model.solved(Stop(gap=WITHIN / 4, nodes=NODES))
        if answer.ended is Ended.infeasible or answer.bound > limit:
            return {"certain": CERTAIN, "bound": round(answer.bound, 2) if answer.bound < 1e300 else None, "cost": None}
        amounts = settled(self.problem, self.lifted, answer.values) if answer.values is not None else None
        if amounts is not None and float(self.problem.cost(amounts)) <= limit:
            return {"certain": REPLACEABLE, "bound": round(answer.bound, 2), "cost": round(float(self.problem.cost(amounts)), 2)}
        return {"certain": UNDECIDED, "bound": round(answer.bound, 2), "cost": None}
