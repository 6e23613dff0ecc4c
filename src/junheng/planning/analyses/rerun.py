"""A plan's counties solved again under a changed task, one county at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from junheng.kernel.faults import JunhengError
from junheng.planning.analyses.points import ENDED, Points, Row, task_of
from junheng.planning.balance.model.county import CountyProblem
from junheng.planning.balance.planning import Planning
from junheng.planning.balance.solver.limits import Limits
from junheng.planning.balance.solver.solving import Solution, solve
from junheng.planning.balance.task import Task
from junheng.planning.plan import Plan

Wished = Callable[[], bool]
Say = Callable[[float, str], None]


@dataclass
class Rerun:
    """What analyses of a plan share: its task, its city read once, where points are kept, when to stop."""

    plan: Plan
    city: Path
    say: Say = field(default=lambda share, sentence: None)
    wished: Wished = field(default=lambda: False)
    gap: float = 1e-4

    @contextmanager
    def opened(self) -> Iterator[Opened]:
        with TemporaryDirectory() as folder:
            yield Opened(self, Path(folder), task_of(self.plan, self.city, Path(folder)))

    def by_county(self, analysed: Callable[[Turn], Iterator[Row]]) -> list[Row]:
        """The rows of an analysis that goes county by county."""
        with self.opened() as opened:
            return [row for number in range(len(opened.counties)) for row in analysed(Turn(opened, number))]

    def step(self, share: float, sentence: str) -> None:
        """Say what comes next. Errors: JunhengError where an end is wished; what was solved is kept."""
        if self.wished():
            raise JunhengError(ENDED)
        self.say(share, sentence)


@dataclass
class Opened:
    rerun: Rerun
    folder: Path
    task: Task
    made: int = 0

    def __post_init__(self) -> None:
        self.read = Planning(self.task)

    @property
    def counties(self) -> dict[str, str]:
        return self.read.counties

    def problem(self, county: str, task: Task | None = None) -> CountyProblem:
        """A county under the plan's task or another; what is read of the register is shared."""
        self.made += 1
        planning = self.read
        if task is not None:
            planning = Planning(task)
            planning.__dict__.update({name: getattr(self.read, name) for name in ("snapshot", "units", "told", "today")})
        return planning.problem(county, self.folder / f"{county}-{self.made}")

    def solved(self, county: str, task: Task | None = None) -> tuple[CountyProblem, Solution]:
        made = self.problem(county, task)
        return made, solve(made.problem, Limits(gap=self.rerun.gap, wished=self.rerun.wished), self.rerun.plan.seed)

    def points(self, analysis: str) -> Points:
        return Points.of(self.rerun.city, self.rerun.plan, analysis)


@dataclass(frozen=True)
class Turn:
    """One county of an analysis."""

    opened: Opened
    number: int

    @property
    def county(self) -> str:
        return list(self.opened.counties)[self.number]

    @property
    def name(self) -> str:
        return self.opened.counties[self.county]

    def step(self, share: float, sentence: str) -> None:
        """Say how much of this county is done."""
        self.opened.rerun.step((self.number + share) / len(self.opened.counties), f"{self.name}：{sentence}")

    def outcome(self, points: Points, key: str, task: Task | None = None) -> Row:
        """What solving it under the plan's task or another comes to, as it was kept or now."""
        return points.point(f"{self.county}-{key}", lambda: outcome(*self.opened.solved(self.county, task)))


def outcome(made: CountyProblem, solution: Solution) -> Row:
    """What a solution comes to, to be held against another: failures first, then money."""
    by_kind: dict[str, float] = {}
    for number, amount in solution.amounts.items():
        column = made.problem.columns[number]
        by_kind[column.kind.name] = by_kind.get(column.kind.name, 0.0) + float(amount * column.size)
    return {
        "failures": solution.failures,
        "cost": float(solution.cost),
        "bound": solution.bound,
        "status": solution.status.name,
        "amounts": {kind: round(amount, 2) for kind, amount in sorted(by_kind.items())},
        "cut_off": solution.status.name in ("cancelled", "time_limit"),
    }
