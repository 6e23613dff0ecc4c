"""Where not everything can be met: the state in which fewest schools and coefficients fail, and then by least.

Most items of most schools can be met whatever it costs, and cost is no matter yet; so only the stages and items that a linear
program cannot bring up all at once are searched for the fewest failures. Then each demand that is missed is lowered to what was
reached, and the search for the least cost runs on the lowered demands, which can all be met.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor

from junheng.engines.highs import INFINITY, Ended, Stop, Vector
from junheng.planning.balance.model.problem import Column, Cone, Problem, Reading, Rule
from junheng.planning.balance.solver.cones import Lifted
from junheng.planning.balance.solver.limits import Limits
from junheng.planning.balance.solver.relaxation import Relaxation

TINY = 1e-6
ROUNDS, NODES = 40, 20_000
# of what is asked: so much room the lowered demands leave, for at the very best point the search for the cost would starve
GIVE = 0.002
GRAIN = 10**5  # achieved levels are lowered to multiples of 1 / GRAIN
MONEY = ("budget", "channels")  # families of rules that tie everything to everything
Where = set[tuple[str, int]]  # stages and items


@dataclass(frozen=True)
class Eased:
    """A problem whose demands can be met; `failures` of the original stay, and fewer than `fewest` no plan has."""

    problem: Problem
    failures: int
    fewest: int
    proven: bool
    failing: frozenset[object] = frozenset()
    amounts: dict[int, Fraction] | None = None  # with which it was reached, if all measures took part


def eased(problem: Problem, where: Where | None, limits: Limits, seed: int = 0) -> Eased | None:
    """The problem with as few demands as possible lowered, each as little as possible; None when the run was cut off before.

    Only what is asked of the stages and items `where` can be missed; None is everything.
    """
    return _Easing(problem, _narrowed(problem, where) if where else problem, limits, seed).run()


def is_short_of_money(problem: Problem) -> bool:
    """Whether money ties everything to everything."""
    return any(rule.family.startswith(MONEY) for rule in problem.rules)


def open_items(problem: Problem, limits: Limits, seed: int = 0) -> Where | None:
    """The stages and items that cannot all be met: those a linear program leaves short when everything is asked at once, and
    those that whole numbers fail on although it does not. None, for any, where money ties everything together or the run was cut
    off.
    """
    found = None if is_short_of_money(problem) else _open_in_parts(problem, limits, seed)
    for _ in range(len(problem.readings[0].lines) if problem.readings and found is not None else 0):
        assert found is not None
        more = open_in_whole(_without(problem, found), limits, seed)
        if more is None or more <= found:
            return None if more is None else found
        found |= more
    return found


def _open_in_parts(problem: Problem, limits: Limits, seed: int) -> Where | None:
    soft = Lifted(problem, soft=True, seed=seed)
    for counted in soft.counted.values():
        soft.model.bounds(counted, 1.0, 1.0)
    soft.model.costs(_shortfalls(soft))
    answer = soft.solved(limits.stop())
    return _missed(problem, soft, answer.values) if answer.values is not None and answer.ended is Ended.optimal else None


def open_in_whole(problem: Problem, limits: Limits, seed: int = 0) -> Where | None:
    """What fails in whole numbers; None where the run was cut off."""
    found = _Easing(problem, problem, limits, seed)
    fewest = found.fewest()
    return None if fewest is None else _missed(problem, found.soft, fewest[2])


def _without(problem: Problem, where: Where) -> Problem:
    """All measures, but what is asked of some stages and items counts as met."""

    def met(reading: Reading) -> Reading:
        return replace(
            reading,
            lines=tuple(
                line
                if (reading.stage, item) not in where or line.base is None
                else replace(line, base=max(line.base, line.wanted))
                for item, line in enumerate(reading.lines)
            ),
        )

    cones = tuple(cone for cone in problem.cones if (cone.stage, cone.item) not in where)
    return replace(problem, readings=tuple(map(met, problem.readings)), cones=cones)


def _missed(problem: Problem, soft: Relaxation, values: Vector) -> Where:
    found = {(problem.readings[reading].stage, item) for (reading, item), column in soft.short.items() if values[column] > TINY}
    return found | {
        (cone.stage, cone.item) for cone, column in zip(problem.cones, soft.excess, strict=True) if values[column] > TINY
    }


def _shortfalls(soft: Relaxation) -> dict[int, float]:
    """The objective of the smallest shortfalls: each as a share of what is asked."""
    demands = {column: 1.0 / float(soft.problem.demands[number].least) for number, column in soft.missing.items()}
    return {
        **dict.fromkeys(soft.short.values(), 1.0),
        **demands,
        **{excess: 1.0 / max(cone.limit, TINY) for excess, cone in zip(soft.excess, soft.cones, strict=True)},
    }


def _narrowed(problem: Problem, where: Where) -> Problem:
    """Only the measures and demands of some stages and items; the others count as met."""

    def asked(reading: Reading) -> Reading:
        return replace(
            reading,
            lines=tuple(
                line if (reading.stage, item) in where or line.base is None else replace(line, base=max(line.base, line.wanted))
                for item, line in enumerate(reading.lines)
            ),
        )

    kept: dict[int, int] = {}
    columns: list[Column] = []
    for number, column in enumerate(problem.columns):
        effects = tuple(each for each in column.effects if (problem.readings[each.reading].stage, each.item) in where)
        if effects or not column.effects:  # land and study act on nothing themselves
            kept[number] = len(columns)
            columns.append(replace(column, effects=effects))
    made = [replace(rule, terms=_kept(rule.terms, kept), switches=_kept(rule.switches, kept)) for rule in problem.rules]
    cones = tuple(cone for cone in problem.cones if (cone.stage, cone.item) in where)
    return Problem(
        tuple(map(asked, problem.readings)), tuple(columns), tuple(filter(_says_something, made)), cones, weights=problem.weights
    )


def _kept(terms: Mapping[int, Fraction], kept: Mapping[int, int]) -> dict[int, Fraction]:
    return {kept[column]: weight for column, weight in terms.items() if column in kept}


def _says_something(rule: Rule) -> bool:
    return bool(rule.terms or rule.switches)


class _Easing:
    def __init__(self, whole: Problem, problem: Problem, limits: Limits, seed: int) -> None:
        self.whole, self.problem, self.limits = whole, problem, limits
        self.soft = Relaxation(problem, soft=True, seed=seed)
        self.lifted = Lifted(problem, soft=True, seed=seed)
        self.poorer = [rule for rule in problem.rules if rule.family.startswith(MONEY) and rule.most]
        self._many = [
            model.model.row(dict.fromkeys(model.failing.values(), 1.0)) for model in (self.soft, self.lifted)
        ]  # how often each fails

    def fewest(self) -> tuple[float, float, Vector, bool] | None:
        return self._least(dict.fromkeys(self.soft.failing.values(), 1.0), 1e-6, within=0.99)

    def run(self) -> Eased | None:
        fewest = self.fewest()
        if fewest is None:
            return None
        failures, bound, reached, proven = fewest
        self._save_for_rounding()
        smallest = self._smallest(failures)
        if smallest is None and self.poorer and (again := self.fewest()) is not None:  # it took the last of the money
            failures, _, reached, _ = again
            smallest = self._smallest(failures)
        values, sure = smallest or (reached, False)  # where it was cut off
        amounts = self._amounts(values) if len(self.problem.columns) == len(self.whole.columns) else None
        failing = frozenset(what for what, column in self.soft.failing.items() if values[column] > 0.5)
        return Eased(self._lowered(values), round(failures), -floor(-bound + TINY), proven and sure, failing, amounts)

    def _save_for_rounding(self) -> None:
        """From now on with a little less money, so that the search for the cost has room for what is rounded up."""
        for rule in self.poorer:
            for model in (self.soft, self.lifted):
                model.draw_in(rule, float(rule.most or 0) * GIVE)

    def _smallest(self, failures: float) -> tuple[Vector, bool] | None:
        """The point with the smallest shortfalls that fails no more often, and whether that is proven."""
        self._limit(round(failures) + 0.01)
        found = self._least(_shortfalls(self.soft), 0.01)
        self._limit(INFINITY)
        return None if found is None else (found[2], found[3])

    def _limit(self, most: float) -> None:
        """No more failures than this."""
        for row, model in zip(self._many, (self.soft, self.lifted), strict=True):
            model.model.limits(row, -INFINITY, most)

    def _amounts(self, values: Vector) -> dict[int, Fraction]:
        """What a point does, rounded up to what people order."""
        found = {}
        for number, (place, column) in enumerate(zip(self.soft.amounts, self.whole.columns, strict=True)):
            steps = round(values[place]) if column.whole else ceil(values[place] - TINY)
            if steps > 0:
                found[number] = max(steps * column.step, column.least)
        return found

    def _least(self, objective: dict[int, float], gap: float, within: float = 0.0) -> tuple[float, float, Vector, bool] | None:
        """The least of an objective, what it cannot be under, the point, and whether that is proven."""
        self.soft.model.costs(objective)
        self.lifted.model.costs(objective)
        start = self.lifted.solved(self.limits.stop())
        if start.values is not None:
            self.soft.touch(start.values[: self.soft.model.width], 1e-4)
        best: tuple[float, Vector] | None = None
        bound = 0.0
        for _ in range(ROUNDS):
            answer = self.soft.model.solved(self.limits.stop(gap, NODES), within=within)
            if answer.values is None:
                break
            bound = max(bound, answer.bound)
            point = self._true(answer.values)
            value = sum(weight * point[column] for column, weight in objective.items())
            if best is None or value < best[0]:
                best = value, point
            if best[0] - bound <= max(within, gap * best[0]) + TINY or answer.ended is not Ended.optimal:
                break
            self.soft.touch(answer.values, 0.0)
            self.soft.touch(point, 1e-4)
        return None if best is None else (best[0], bound, best[1], best[0] - bound <= max(within, gap * best[0]) + TINY)

    def _true(self, values: Vector) -> Vector:
        """The whole numbers of a solution completed over the true cones: with the failures it told, else with as many as it
        takes.
        """
        failing = set(self.soft.failing.values())
        whole = self.soft.model.whole()
        settled = self._held(whole, values)
        if settled is None:
            settled = self._held([column for column in whole if column not in failing], values)
        return self._told((settled if settled is not None else values)[: self.soft.model.width].copy())

    def _held(self, columns: list[int], values: Vector) -> Vector | None:
        with self.lifted.model.held({column: round(values[column]) for column in columns}):
            settled = self.lifted.solved(Stop())
        return settled.values if settled.ended is Ended.optimal else None

    def _told(self, point: Vector) -> Vector:
        """What is short or over anywhere fails there."""
        by = {
            **{
                (self.problem.readings[reading].school, self.problem.readings[reading].stage, item, reading): column
                for (reading, item), column in self.soft.short.items()
            }
        }
        for column in self.soft.failing.values():
            point[column] = 0.0
        for (school, stage, _, _), column in by.items():
            if point[column] > TINY:
                point[self.soft.failing[school, stage]] = 1.0
        for cone, column in zip(self.problem.cones, self.soft.excess, strict=True):
            if point[column] > TINY:
                point[self.soft.failing[cone.stage, cone.item]] = 1.0
        for number, column in self.soft.missing.items():
            if point[column] > TINY:
                demand = self.problem.demands[number]
                point[self.soft.failing[demand.school, demand.item, number]] = 1.0
        return point

    # --- the lowered demands ----------------------------------------------------------------------------------

    def _lowered(self, point: Vector) -> Problem:
        readings = tuple(self._reading(number, reading, point) for number, reading in enumerate(self.whole.readings))
        cones = tuple(self._cone(cone, point) for cone in self.whole.cones)
        demands = tuple(
            replace(demand, least=Fraction(floor(float(demand.least) - point[self.soft.missing[number]] + TINY)))
            if number in self.soft.missing
            else demand
            for number, demand in enumerate(self.whole.demands)
        )
        return replace(self.whole, readings=readings, cones=cones, demands=demands)

    def _reading(self, number: int, reading: Reading, point: Vector) -> Reading:
        """A reading that fails is asked for what it reaches in each item, and for all of them."""
        failing = self.soft.failing.get((reading.school, reading.stage))
        if failing is None or point[failing] < 0.5:
            return reading
        lines = list(reading.lines)
        for item, line in enumerate(lines):
            if (number, item) in self.soft.counted and line.base is not None:
                level = (
                    point[self.soft.levels[number, item]]
                    if (number, item) in self.soft.levels
                    else float(line.base / line.wanted)
                )
                reachable = max(line.base, Fraction(floor((level - GIVE) * GRAIN), GRAIN) * line.wanted)
                lines[item] = line if level >= 1 - TINY else replace(line, wanted=min(line.wanted, reachable))
        known = sum(line.base is not None for line in lines)
        return replace(reading, lines=tuple(lines), need=min(known, reading.need + 1))

    def _cone(self, cone: Cone, point: Vector) -> Cone:
        """A cone that is broken is asked for the coefficient it reaches."""
        told = {
            (each.stage, each.item, each.split): (spread, excess)
            for each, spread, excess in zip(self.problem.cones, self.soft.cones, self.soft.excess, strict=True)
        }
        if (cone.stage, cone.item, cone.split) not in told:
            return cone
        spread, excess = told[cone.stage, cone.item, cone.split]
        if point[excess] <= TINY:
            return cone
        levels = spread.levels(point)
        mean = float(spread.weights @ levels)
        return replace(cone, limit=cone.limit + Fraction(ceil((point[excess] / mean + GIVE) * GRAIN), GRAIN))
