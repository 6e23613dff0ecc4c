"""The door: a task in, a plan out, county by county."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import cached_property, partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from junheng.indicators.results import book_of, results
from junheng.indicators.school_rows import counties as counties_of
from junheng.indicators.units import NOWHERE, Units, load_units
from junheng.kernel.codes import Level
from junheng.kernel.faults import Exit, JunhengError, OnProgress
from junheng.kernel.findings import CountyVerdict, Finding
from junheng.planning.balance.conflict import conflict, is_possible
from junheng.planning.balance.county import CountyProblem, county_problem, merge_counted
from junheng.planning.balance.drafting import Draft, yuan
from junheng.planning.balance.intake import Move
from junheng.planning.balance.limits import Limits
from junheng.planning.balance.reshaping import reshaped
from junheng.planning.balance.settling import Amounts
from junheng.planning.balance.solving import solve
from junheng.planning.balance.task import Task
from junheng.planning.codes import Status
from junheng.planning.forecast import Forecast, forecast
from junheng.planning.given import with_given
from junheng.planning.merging import refuse_impossible, steps
from junheng.planning.plan import CountyPlan, Plan
from junheng.planning.pricing import PriceBook, price_book
from junheng.register.holding import Snapshot, open_snapshot

LATER = 3  # years after the target that works are looked at
WORST = (Status.optimal, Status.gap_reached, Status.work_limit, Status.time_limit, Status.cancelled)


@dataclass
class Planning:
    """What a city's plans are made of, read once: its snapshot, its pupils of the coming years, what is measured today."""

    task: Task

    @cached_property
    def snapshot(self) -> Snapshot:
        return open_snapshot(self.task.city, self.task.year)

    @cached_property
    def units(self) -> Units:
        return load_units(self.snapshot, book_of(self.task.city, self.snapshot))

    @cached_property
    def told(self) -> Forecast:
        found = forecast(self.snapshot, self.units, self.task.years + LATER)
        return with_given(found, self.task.pupils, self.snapshot.year, self.names) if self.task.pupils else found

    @cached_property
    def names(self) -> dict[str, str]:
        return {unit.school_id: unit.name for unit in self.units.by["whole"]}

    @cached_property
    def today(self) -> tuple[list[Finding], list[CountyVerdict]]:
        return results(self.task.city, self.snapshot, standards=[self.task.standard])

    @cached_property
    def counties(self) -> dict[str, str]:
        """Code and name of the counties to plan for. Errors: JunhengError for one that is not there."""
        there = {each.county: each.name for each in self.today[1] if each.county != NOWHERE}
        if unknown := [code for code in self.task.counties if code not in there]:
            known = "、".join(f"{code} {name}" for code, name in there.items())
            raise JunhengError(f"--county {'、'.join(unknown)}：没有这个县区；有 {known} -> 改正 --county")
        return {code: name for code, name in there.items() if code in (self.task.counties or there)}

    def prices(self, county: str) -> PriceBook:
        wishes = self.task.wishes
        found = price_book(
            date(self.snapshot.year + 1, 1, 1), county, (self.task.city / "prices",), self.task.prices, wishes.times
        )
        return replace(found, values=wishes.values, plus=dict(self.task.steps))

    def problem(
        self, county: str, folder: Path, moves: tuple[Move, ...] = (), merges: tuple[tuple[str, str], ...] = ()
    ) -> CountyProblem:
        return county_problem(self.task, county, self.snapshot, self.units, self.told, self.prices(county), folder, moves, merges)

    def own(self, county: str) -> tuple[list[Finding], list[CountyVerdict]]:
        """What is measured today of one county."""
        findings, verdicts = self.today
        return (
            [each for each in findings if self._lies_in.get((each.level, each.group)) == county],
            [each for each in verdicts if each.county == county],
        )

    @cached_property
    def _lies_in(self) -> dict[tuple[Level, str], str]:
        return counties_of(self.snapshot)


def plan(task: Task, limits: Limits | None = None, seed: int = 0, on_progress: OnProgress | None = None) -> Plan:
    """The balance plan of the counties of a task.

    Leaves out: documents; teaching points under 50 pupils that are not rows of their own. Ends by `limits` (a gap of 0.1 %
    where none are given), the seed only decides between equals.
    Errors: JunhengError for a task that cannot be; with `Exit.breach` where demands of the user have no plan, with the rules that
    clash.
    """
    task.refuse_what_cannot_be()
    planning = Planning(task)
    refuse_impossible(task.wishes.merges, planning.units, planning.told)
    return _Making(planning, limits or Limits(), seed, on_progress or (lambda share, sentence: None)).plan()


@dataclass
class _Making:
    planning: Planning
    limits: Limits
    seed: int
    on_progress: OnProgress
    done: int = 0
    drafts: list[Draft] = field(default_factory=list)
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
                self.drafts.append(self._draft(made, name, self.limits.share(len(self.planning.counties) - number)))
            return self._gathered()

    def _draft(self, made: CountyProblem, name: str, limits: Limits) -> Draft:
        self._say(0.2, f"{name}：求解，{len(made.columns)} 项可选措施")
        self._refuse_conflicts(made, name)
        if not self.task.allow & {"intake", "merge"}:
            found = solve(made.problem, limits, self.seed, self._better(name))
            return Draft(made, found, name, *self.planning.own(made.county))
        best = reshaped(
            made,
            partial(self._remade, made),
            limits,
            self.seed,
            self._merges(made),
            lambda what: self._say(0.5, f"{name}：{what}"),
        )
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
            raise JunhengError(
                f"{name}：没有方案能同时满足以下 {len(found.sentences)} 条，去掉其中任何一条其余即可满足：\n{told}\n"
                "-> 放宽其中一条后重试",
                Exit.breach,
            )

    def _better(self, name: str) -> Callable[[Amounts, Fraction, float], None]:
        def told(amounts: Amounts, cost: Fraction, bound: float) -> None:
            gap = max(0.0, (float(cost) - bound) / float(cost)) if cost else 0.0
            self._say(0.6, f"{name}：{float(cost) / 1e4:,.1f} 万元，与最省方案差距不超过 {gap:.2%}")

        return told

    def _say(self, share: float, sentence: str) -> None:
        self.on_progress((self.done + share) / max(1, len(self.planning.counties)), sentence)

    # --- the counties together --------------------------------------------------------------------------------

    def _gathered(self) -> Plan:
        rows = [draft.county() for draft in self.drafts]
        cost, bound = sum(row.cost for row in rows), sum(row.bound for row in rows)
        return Plan(
            task=self._task(),
            cost=yuan(Fraction(str(cost))),
            bound=round(bound, 2),
            gap=round(max(0.0, (cost - bound) / cost), 9) if cost else 0.0,
            status=self._status(rows).name,
            seed=self.seed,
            counties=tuple(rows),
            measures=tuple(measure for draft in self.drafts for measure in draft.measures()),
            unmet=tuple(row for draft in self.drafts for row in draft.unmet()),
            unknown=tuple(row for draft in self.drafts for row in draft.unknown()),
            levels=tuple(row for draft in self.drafts for row in draft.levels()),
            standings=tuple(row for draft in self.drafts for row in draft.standings()),
            natural=tuple(row for draft in self.drafts for row in draft.natural()),
            empty_later=tuple(row for draft in self.drafts for row in draft.empty_later()),
            pupils=tuple(self._pupils()),
            prices=tuple(self._prices()),
            rules=tuple(self._rules()),
            assumptions=tuple(self._assumptions()),
            procedure=tuple(steps()) if any(draft.made.merges for draft in self.drafts) else (),
        )

    def _status(self, rows: list[CountyPlan]) -> Status:
        """The worst of the counties'; a county not begun is cancelled."""
        told = [Status[row.status] for row in rows] + ([Status.cancelled] if self.skipped else [])
        return max(told, key=WORST.index, default=Status.optimal)

    def _task(self) -> dict[str, Any]:
        task, snapshot = self.task, self.planning.snapshot
        return {
            "kind": "balance",
            "standard": task.standard,
            "snapshot": snapshot.id,
            "year": snapshot.year,
            "years": task.years,
            "target_year": snapshot.year + task.years,
            "counties": [draft.made.county for draft in self.drafts],
            "not_begun": self.skipped,
            "budget": None if task.budget is None else yuan(task.budget),
            "margin": float(task.margin),
            "discount": float(task.discount),
            "allow": sorted(task.allow),
            "also": sorted(task.also),
            "forbid": sorted(kind.name for kind in task.forbid | task.wishes.forbidden),
            "fixes": [fix.sentence() for fix in task.wishes.fixes],
            "gap": self.limits.gap,
            "inputs": task.inputs,
            **task.wishes.as_json(),
            "channels": {
                draft.made.county: [asdict(purse) | {"channel": purse.channel.name} for purse in draft.made.scene.prices.purses]
                for draft in self.drafts
            },
        }

    def _pupils(self) -> Iterator[dict[str, Any]]:
        """Of every stage of a school of these counties that has pupils, also of those whose resources are not asked for: senior
        stages share what a school has in common.
        """
        told = self.planning.told
        counties = {draft.made.county for draft in self.drafts}
        own = [(unit.school_id, unit.stage) for unit in self.planning.units.stages if unit.groups[Level.county] in counties]
        for school, stage in own:
            for year in sorted(told.rolls):
                if (pupils := told.pupils(year, school, stage)) is not None:
                    yield {"school": school, "stage": stage, "year": year, "pupils": pupils}

    def _prices(self) -> Iterator[dict[str, Any]]:
        seen = set()
        for draft in self.drafts:
            book = draft.made.scene.prices
            for (name, where), entry in sorted(book.used.items()):
                row = {
                    "name": name,
                    "zh": book.zh(name),
                    "value": str(book.told(name, entry)),
                    "unit": book.unit(name),
                    "where": dict(entry.where),
                    "county": entry.jurisdiction or None,
                    "paper": entry.paper,
                    "evidence": entry.evidence.name,
                }
                if (key := (name, where, str(row["value"]), entry.jurisdiction)) not in seen:
                    seen.add(key)
                    yield row

    def _rules(self) -> Iterator[dict[str, str]]:
        told = {rule.family: rule.sentence for draft in self.drafts for rule in draft.problem.rules}
        yield from ({"family": family, "sentence": sentence} for family, sentence in told.items())

    def _assumptions(self) -> Iterator[str]:
        target = self.planning.snapshot.year + self.task.years
        margin = self.drafts[0].made.scene.margin if self.drafts else None
        yield f"按{target}年9月1日的情况规划；措施在当年9月1日前完成的才计入"
        if margin:
            yield f"规划线比标准高 {float(margin.share):.1%}，差异系数比标准低 {float(margin.variation):.3g}"
        yield "退休教师按同学科、本科起点照常补员；在有效期内的骨干称号和场地合同到期续签"
        yield from self.planning.told.notes
        yield "经常性支出按学年计，规划期满后每年仍需支付的另列"
        if any(row.county for draft in self.drafts for row in draft.unknown()):
            yield "缺数据的项目没有规划，也不作零处理；补报后重新规划"
        if any(draft.made.free_posts is None for draft in self.drafts):
            yield "编制岗位未报，未安排新增教师"
