"""A plan's counties solved again under a changed task, one county at a time, with the plan's own pupils and register."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import sqrt
from pathlib import Path
from tempfile import TemporaryDirectory

from junheng.kernel.faults import JunhengError
from junheng.planning.analyses.asked import merges_of, moves_of, task_of
from junheng.planning.analyses.points import ENDED, Points, Row
from junheng.planning.balance.model.county import CountyProblem
from junheng.planning.balance.model.problem import Problem
from junheng.planning.balance.planning import Planning
from junheng.planning.balance.solver.exact import missed_demands, reached
from junheng.planning.balance.solver.limits import Limits
from junheng.planning.balance.solver.settling import Amounts
from junheng.planning.balance.solver.solving import Solution, solve
from junheng.planning.balance.task import Task
from junheng.planning.codes import MeasureKind, Status
from junheng.planning.plan import Plan

GAP = 1e-4  # closer than a plan is asked for, so that two runs can be told apart
SHARE_PLACES = 4  # to which what is short is held to be the same
CUT_OFF = (Status.cancelled, Status.time_limit)
Wished = Callable[[], bool]
Say = Callable[[float, str], None]


@dataclass
class Rerun:
    """What analyses of a plan share: its task, its city read once, where points are kept, when to stop."""

    plan: Plan
    city: Path
    say: Say = field(default=lambda share, sentence: None)
    wished: Wished = field(default=lambda: False)

    @contextmanager
    def opened(self) -> Iterator[Opened]:
        if not self.plan.counties:  # a task without counties would stand for all of them
            raise JunhengError("方案里没有县区：规划在算出之前就中止了 -> 重新运行 junheng plan balance")
        with TemporaryDirectory() as folder:
            yield Opened(self, Path(folder), Planning(task_of(self.plan, self.city, Path(folder))))

    def by_county(self, analysed: Callable[[Turn], Iterator[Row]]) -> list[Row]:
        """The rows of an analysis that goes county by county."""
        with self.opened() as opened:
            turns = (Turn(opened, number, *each) for number, each in enumerate(opened.read.counties.items()))
            return [row for turn in turns for row in analysed(turn)]

    def step(self, share: float, sentence: str) -> None:
        """Say what comes next. Errors: JunhengError where an end is wished; what was solved is kept."""
        if self.wished():
            raise JunhengError(ENDED)
        self.say(share, sentence)


@dataclass(frozen=True)
class Opened:
    """A rerun with the city read, and a folder for what it writes meanwhile."""

    rerun: Rerun
    folder: Path
    read: Planning

    @property
    def task(self) -> Task:
        """That of the plan."""
        return self.read.task

    def points(self, analysis: str) -> Points:
        return Points.of(self.rerun.city, self.rerun.plan, analysis)


@dataclass(frozen=True)
class Turn:
    """One county of an analysis; it is read once, and its problem made anew under every task."""

    opened: Opened
    number: int
    county: str
    name: str

    @cached_property
    def made(self) -> CountyProblem:
        """The county of the plan, its pupils where the plan sends them."""
        plan, read = self.opened.rerun.plan, self.opened.read
        return read.problem(
            self.county, self.opened.folder / self.county, moves_of(plan, self.county), merges_of(plan, self.county)
        )

    @cached_property
    def unmoved(self) -> CountyProblem:
        """The same county with every pupil where he is."""
        moves = self.made.moves or self.made.merges
        return self.opened.read.problem(self.county, self.opened.folder / f"{self.county}-unmoved") if moves else self.made

    def under(self, made: CountyProblem, task: Task) -> CountyProblem:
        return made.under(task, self.opened.read.prices(self.county, task))

    def solved(self, made: CountyProblem) -> Solution:
        rerun = self.opened.rerun
        return solve(made.problem, Limits(gap=GAP, wished=rerun.wished), rerun.plan.seed)

    def step(self, share: float, sentence: str) -> None:
        """Say how much of this county is done."""
        self.opened.rerun.step((self.number + share) / len(self.opened.read.counties), f"{self.name}：{sentence}")

    @property
    def base(self) -> Row:
        """What the plan's own task comes to; analyses share it."""
        return self.opened.points("base").point(self.county, lambda: self._outcome(self.made))

    def outcome(self, points: Points, key: str, task: Task) -> Row:
        """What solving the county under another task comes to, as it was kept or now."""
        return points.point(f"{self.county}-{key}", lambda: self._outcome(self.under(self.made, task)))

    def _outcome(self, made: CountyProblem) -> Row:
        return outcome(made, self.solved(made))


def outcome(made: CountyProblem, solution: Solution) -> Row:
    """What a solution comes to, with the pupils who move, to be held against another: what fails first, then money."""
    by_kind: dict[str, float] = {}
    for number, amount in solution.amounts.items():
        column = made.problem.columns[number]
        by_kind[column.kind.name] = by_kind.get(column.kind.name, 0.0) + float(amount * column.size)
    moved = {MeasureKind.move_intake: sum(move.pupils for move in made.moves), MeasureKind.merge: len(made.merges)}
    by_kind |= {kind.name: float(many) for kind, many in moved.items() if many}
    return {
        "failures": solution.failures,
        "short": dict(sorted(_short(made.problem, solution.amounts))),
        "cost": float(solution.cost + made.moves_cost),
        "bound": solution.bound + float(made.moves_cost),
        "status": solution.status.name,
        "amounts": {kind: round(amount, 2) for kind, amount in sorted(by_kind.items())},
        "cut_off": solution.status in CUT_OFF,
    }


def _short(problem: Problem, amounts: Amounts) -> Iterator[tuple[str, float]]:
    """What fails, and by how much: in shares of its lines, in a coefficient, in rooms. Costs are compared where it is the same:
    of a budget that is spent to the last yuan a dearer price leaves less done, and the plan looks cheaper.
    """
    then = reached(problem, amounts)
    for number in then.failing():
        reading = problem.readings[number]
        shares = (Fraction(each.wanted - each.has) / each.wanted for each in then.short(number))
        yield f"{reading.school} {reading.stage} {reading.split.name}", round(float(sum(shares, Fraction(0))), SHARE_PLACES)
    for cone in problem.cones:
        spread = then.spread(cone)
        if spread is not None and not then.keeps(cone):
            over = sqrt(spread.squared) - float(cone.limit)
            yield f"{cone.stage} {cone.item} {cone.split.name}", round(over, SHARE_PLACES)
    for number, many in missed_demands(problem, amounts):
        yield f"{problem.demands[number].school} {problem.demands[number].item} {number}", float(many)
