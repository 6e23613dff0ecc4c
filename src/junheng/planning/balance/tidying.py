"""The last aim: among plans that cost no more than the one found, the one that turns over least.

What is turned over: persons who change their school or subject, sites, and equipment that moves, by ten thousand yuan.
"""

from __future__ import annotations

from junheng.engines.highs import Stop
from junheng.planning.balance.cones import Lifted
from junheng.planning.balance.exact import is_sound, meets_all
from junheng.planning.balance.problem import Problem
from junheng.planning.balance.relaxation import Relaxation
from junheng.planning.balance.settling import Amounts, settled
from junheng.planning.codes import MeasureKind

ROUNDING, NEARLY = 1e-6, 1e-4
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


def tidied(problem: Problem, amounts: Amounts, seed: int, stop: Stop) -> Amounts:
    """The amounts of a plan of the same cost or less that turns over less, where one is found in little work; else the same."""
    weights = _weights(problem)
    whole, lifted = Relaxation(problem, seed=seed), Lifted(problem, seed=seed)
    price = {place: float(problem.unit_cost(number) * problem.columns[number].step) for number, place in enumerate(whole.amounts)}
    cost = float(problem.cost(amounts))
    for model in (whole, lifted):
        model.model.row({place: yuan for place, yuan in price.items() if yuan}, most=cost + ROUNDING * max(1.0, cost))
        model.model.costs({model.amounts[number]: weight for number, weight in weights.items()})
    first = lifted.solved(stop)
    if first.values is None:
        return amounts
    whole.touch(first.values[: whole.model.width], NEARLY)
    answer = whole.model.solved(stop)
    found = None if answer.values is None else settled(problem, whole, lifted, answer.values)
    return found if found is not None and _is_better(problem, found, amounts, weights) else amounts


def _weights(problem: Problem) -> dict[int, float]:
    found: dict[int, float] = {}
    for number, column in enumerate(problem.columns):
        if column.kind in PERSONS:
            found[number] = 1.0
        elif column.kind is MeasureKind.move_equipment:
            found[number] = EQUIPMENT
    return found


def _is_better(problem: Problem, found: Amounts, amounts: Amounts, weights: dict[int, float]) -> bool:
    def turned_over(each: Amounts) -> float:
        return sum(weights.get(number, 0.0) * float(amount) for number, amount in each.items())

    return (
        turned_over(found) < turned_over(amounts) - ROUNDING
        and problem.cost(found) <= problem.cost(amounts)
        and is_sound(problem, found)
        and meets_all(problem, found)
    )
