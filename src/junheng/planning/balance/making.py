"""The door: a task in, a plan out, county by county."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from junheng.kernel.faults import Exit, JunhengError, OnProgress
from junheng.planning.balance.drafting.draft import Draft
from junheng.planning.balance.gathering import CountyRows, gathered, rows_of
from junheng.planning.balance.model.county import CountyProblem, merge_counted
from junheng.planning.balance.model.intake import Move
from junheng.planning.balance.planning import Planning
from junheng.planning.balance.reshaping import reshaped
from junheng.planning.balance.solver.conflict import conflict, is_possible
from junheng.planning.balance.solver.limits import Limits, gap
from junheng.planning.balance.solver.settling import Amounts
from junheng.planning.balance.solver.solving import Solution, solve
from junheng.planning.balance.task import Task, refuse_nowhere
from junheng.planning.merging import refuse_impossible
from junheng.planning.plan import Plan


def plan(
    task: Task,
    limits: Limits | None = None,
    seed: int = 0,
    on_progress: OnProgress | None = None,
    on_better: Callable[[str], None] | None = None,
) -> Plan:
    """The balance plan of the counties of a task. `on_better` is told of each better plan of a county that is found.

    Leaves out: documents; teaching points under 50 pupils that are not rows of their own. Ends by `limits` (a gap of 0.1 %
    where none are given), the seed only decides between equals.
    Errors: JunhengError for a task that cannot be; with `Exit.breach` where demands of the user have no plan, with the rules that
    clash.
    """
    task.refuse_what_cannot_be()
    planning = Planning(task)
    refuse_impossible(task.wishes.merges, planning.units, planning.told)
    first = planning.snapshot.year + 1
    refuse_nowhere(task.wishes.fixes, planning.stages, range(first, first + task.years))
    heard = on_progress or (lambda share, sentence: None)
    return _Making(planning, limits or Limits(), seed, heard, on_better or (lambda sentence: None)).plan()


@dataclass
class _Making:
    planning: Planning
    limits: Limits
    seed: int
    on_progress: OnProgress
    on_better: Callable[[str], None]
    done: int = 0
    rows: list[CountyRows] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=count)

    @property
    def task(self) -> Task:
        return self.planning.task

    def plan(self) -> Plan:
        with TemporaryDirectory() as folder:
            for number, (county, name) in enumerate(self.planning.counties.items()):
                self.done = number
                if self.limits.wished():
                    self.skipped.append(county)
                    continue
                self._say(0.0, f"{name}：读取数据，推算{self.planning.snapshot.year + self.task.years}年的情况")
                made = self.planning.problem(county, Path(folder) / county)
                draft = self._draft(made, name, self.limits.share(len(self.planning.counties) - number))
                self.rows.append(rows_of(draft))
            return gathered(self.planning, self.rows, self.skipped, self.limits.gap, self.seed)

    def _draft(self, made: CountyProblem, name: str, limits: Limits) -> Draft:
        self._say(0.2, f"{name}：求解，{len(made.columns)} 项可选措施")
        self._refuse_conflicts(made, name)
        if not self.task.allow & {"intake", "merge"}:
            found = solve(made.problem, limits, self.seed, self._better(name))
            self._refuse_failures(found, name)
            return Draft(made, found, name, *self.planning.own(made.county))
        best = reshaped(
            made,
            partial(self._remade, made),
            limits,
            self.seed,
            self._merges(made),
            lambda what: self._say(0.5, f"{name}：{what}"),
        )
        self._refuse_failures(best.solution, name)
        return Draft(best.made, best.solution, name, *self.planning.own(made.county), best.proven)

    def _remade(self, made: CountyProblem, moves: tuple[Move, ...], merges: tuple[tuple[str, str], ...]) -> CountyProblem:
        """The county with other pupils."""
        folder = made.scene.register.path
        return self.planning.problem(made.county, folder.with_name(f"{folder.name}-{next(self.numbers)}"), moves, merges)

    def _merges(self, made: CountyProblem) -> tuple[tuple[str, str], ...]:
        """Those of the list that lie in the county, and that its procedure leaves time for."""
        if "merge" not in self.task.allow or merge_counted(made.scene.first, made.scene.prices) > made.scene.target:
            return ()
        return tuple(each for each in self.task.wishes.merges if each[0] in made.scene.stages_of)

    def _refuse_conflicts(self, made: CountyProblem, name: str) -> None:
        """Demands that cannot be kept together end the run, with the smallest set of rules that clash."""
        wishes = self.task.wishes
        if not (wishes.fixes or wishes.must_pass) or (not wishes.must_pass and is_possible(made.problem)):
            return
        if found := conflict(made.problem, demands=wishes.must_pass):
            told = "\n".join(f"  {number}. {sentence}" for number, sentence in enumerate(found.sentences, 1))
            several = len(found.sentences) > 1
            clash = f"同时满足以下 {len(found.sentences)} 条，去掉其中任何一条其余即可满足" if several else "满足这一条"
            raise JunhengError(f"{name}：没有方案能{clash}：\n{told}\n-> 放宽其中一条后重试", Exit.breach)

    def _refuse_failures(self, found: Solution, name: str) -> None:
        """A plan that leaves failures is none for who demands that there be none."""
        if self.task.wishes.must_pass and found.failures:
            why = f"算到{found.status.zh}，还没有找到全部达标的方案（最好的还有 {found.failures} 处未达到）"
            raise JunhengError(f"{name}：{why} -> 多给些时间，或去掉 must_pass 看还差什么", Exit.breach)

    def _better(self, name: str) -> Callable[[Amounts, Fraction, float], None]:
        def told(amounts: Amounts, cost: Fraction, bound: float) -> None:
            sentence = f"{name}：{float(cost) / 1e4:,.1f} 万元，与最省方案差距不超过 {gap(cost, bound):.2%}"
            self._say(0.6, sentence)
            self.on_better(sentence)

        return told

    def _say(self, share: float, sentence: str) -> None:
        self.on_progress((self.done + share) / max(1, len(self.planning.counties)), sentence)
