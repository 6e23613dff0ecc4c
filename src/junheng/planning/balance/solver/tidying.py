"""The last aim: among plans that cost no more than the one found, the one that turns over least.

What is turned over: persons who come, change their school or their subject, and equipment that moves, by twenty thousand yuan.
"""

from __future__ import annotations

from junheng.engines.highs import Stop
from junheng.planning.balance.model.problem import Problem
from junheng.planning.balance.solver.cones import Lifted
from junheng.planning.balance.solver.exact import is_sound, meets_all
from junheng.planning.balance.solver.settling import Amounts, settled
from junheng.planning.codes import MeasureKind

ROUNDING = 1e-6
PERSONS = frozenset(
    {
        MeasureKind.move_teacher,
        MeasureKind.recall,
        MeasureKind.retrain,
        MeasureKind.refill_arts,
        MeasureKind.visit,
        MeasureKind.recruit,
        MeasureKind.recruit_arts,
    }
)
EQUIPMENT = 0.05  # for a thousand yuan given and taken
NEAR = 0.5  # what is kept of another plan counts as turned over by half


def tidied(problem: Problem, amounts: Amounts, seed: int, stop: Stop) -> Amounts:
    """The amounts of a plan of the same cost or less that turns over less, where one is found in little work; else the same."""
    weights, lifted = _weights(problem), Lifted(problem, seed=seed)
    cost = float(problem.cost(amounts))
    lifted.cheaper_than(lifted.price_row(), cost + ROUNDING * max(1.0, cost))
    lifted.model.costs({lifted.amounts[number]: weight for number, weight in weights.items()})
    if lifted.solved(stop).values is None:
        return amounts
    answer = lifted.model.solved(stop)
    found = None if answer.values is None else settled(problem, lifted, answer.values)
    return found if found is not None and _is_better(problem, found, amounts, weights) else amounts


def pruned(problem: Problem, amounts: Amounts) -> Amounts:
    """The amounts without measures that cost nothing, or act only through others, and without which as much is met."""
    left = dict(amounts)
    for number in amounts:
        if not problem.unit_cost(number) or not problem.columns[number].effects:
            fewer = {column: amount for column, amount in left.items() if column != number}
            left = fewer if is_sound(problem, fewer) and meets_all(problem, fewer) else left
    return left


def _weights(problem: Problem) -> dict[int, float]:
    found: dict[int, float] = {}
    for number, column in enumerate(problem.columns):
        if column.kind in PERSONS:
            found[number] = 1.0
        elif column.kind is MeasureKind.move_equipment:
            found[number] = EQUIPMENT
    return {number: weight * (NEAR if number in problem.near else 1.0) for number, weight in found.items()}


def _is_better(problem: Problem, found: Amounts, amounts: Amounts, weights: dict[int, float]) -> bool:
    def turned_over(each: Amounts) -> float:
        return sum(weights.get(number, 0.0) * float(amount) for number, amount in each.items())

    return (
        turned_over(found) < turned_over(amounts) - ROUNDING
        and problem.cost(found) <= problem.cost(amounts)
        and is_sound(problem, found)
        and meets_all(problem, found)
    )
