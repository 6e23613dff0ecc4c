"""Why no plan exists: a smallest set of rules that cannot all be kept, each by its sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from junheng.engines.highs import Ended, Stop
from junheng.planning.balance.model.problem import Problem
from junheng.planning.balance.solver.cones import Lifted

SCHOOLS, SPREADS, ROOMS = "schools", "spreads", "rooms"
DEMANDED = {
    SCHOOLS: "每所学校至少六项达标，其余不低于标准的85%",
    SPREADS: "每项校际差异系数不超过规划线",
    ROOMS: "音乐、美术教室配足",
}
ROUNDS = 5


@dataclass(frozen=True)
class Conflict:
    """Rules of which leaving out any one would make the rest possible."""

    sentences: tuple[str, ...]


def conflict(problem: Problem, *, demands: bool) -> Conflict | None:
    """A smallest set of rules that cannot be kept together; None where all can. `demands` takes in what the standard asks."""
    groups = [*dict.fromkeys(rule.family for rule in problem.rules), *(DEMANDED if demands else ())]
    if _is_possible(problem, groups):
        return None
    kept = list(groups)
    for group in groups:
        fewer = [each for each in kept if each != group]
        if not _is_possible(problem, fewer):
            kept = fewer
    return Conflict(tuple(_sentence(problem, group) for group in kept))


def is_possible(problem: Problem) -> bool:
    """Whether the rules alone can be kept, whatever the standard asks."""
    return _is_possible(problem, list(dict.fromkeys(rule.family for rule in problem.rules)))


def rules_alone(problem: Problem) -> Problem:
    """The problem of who only keeps the rules, whatever the standard asks."""
    return _part(problem, {rule.family for rule in problem.rules})


def _sentence(problem: Problem, group: str) -> str:
    return DEMANDED.get(group) or next(rule.sentence for rule in problem.rules if rule.family == group)


def _is_possible(problem: Problem, groups: list[str]) -> bool:
    part = _part(problem, set(groups))
    if DEMANDED.keys().isdisjoint(groups) and not any(rule.least for rule in part.rules):
        return True  # to do nothing keeps every rule that only limits
    lifted = Lifted(part)
    if lifted.solved(Stop()).ended is Ended.infeasible:
        return False
    return all(ended is not Ended.infeasible for ended in _rounds(lifted))


def _rounds(lifted: Lifted) -> Iterator[Ended]:
    """Integer runs, cut a few times; costs are no matter."""
    lifted.model.costs({})
    for _ in range(ROUNDS):
        answer = lifted.model.solved(Stop(gap=1.0, nodes=2_000))
        yield answer.ended
        if answer.values is None or not lifted.cut(answer.values):
            return


def _part(problem: Problem, groups: set[str]) -> Problem:
    rules = tuple(rule for rule in problem.rules if rule.family in groups)
    readings = (
        problem.readings
        if SCHOOLS in groups
        else tuple(replace(reading, need=0, floor=reading.floor * 0) for reading in problem.readings)
    )
    return replace(
        problem,
        rules=rules,
        readings=readings,
        cones=problem.cones if SPREADS in groups else (),
        demands=problem.demands if ROOMS in groups else (),
    )
