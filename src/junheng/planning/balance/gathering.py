"""The counties together: the rows of each, kept while the next is planned, become one plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from junheng.kernel.codes import Level as At
from junheng.planning.balance.drafting.county import county
from junheng.planning.balance.drafting.draft import Draft
from junheng.planning.balance.drafting.levels import levels, standings
from junheng.planning.balance.drafting.measures import measures
from junheng.planning.balance.drafting.outlook import empty_later, natural
from junheng.planning.balance.drafting.unmet import unknown, unmet
from junheng.planning.balance.model.scene import Margin
from junheng.planning.balance.paying import yuan
from junheng.planning.balance.planning import Planning
from junheng.planning.balance.solver.limits import gap as gap_of
from junheng.planning.codes import WORST, Status
from junheng.planning.merging import steps
from junheng.planning.plan import CountyPlan, Level, Measure, Plan, Standing, Unknown, Unmet

Row = Mapping[str, Any]


@dataclass(frozen=True)
class CountyRows:
    """What a plan keeps of a county. The county itself, its register and its problem, is 100 MB and more, and can go."""

    county: CountyPlan
    measures: tuple[Measure, ...]
    unmet: tuple[Unmet, ...]
    unknown: tuple[Unknown, ...]
    levels: tuple[Level, ...]
    standings: tuple[Standing, ...]
    natural: tuple[Mapping[str, str], ...]
    empty_later: tuple[Row, ...]
    prices: tuple[Row, ...]
    rules: Mapping[str, str]
    channels: tuple[Row, ...]
    margin: Margin
    has_merges: bool
    are_posts_known: bool


def rows_of(draft: Draft) -> CountyRows:
    made = draft.made
    return CountyRows(
        county=county(draft),
        measures=tuple(measures(draft)),
        unmet=tuple(unmet(draft)),
        unknown=tuple(unknown(draft)),
        levels=tuple(levels(draft)),
        standings=tuple(standings(draft)),
        natural=tuple(natural(draft)),
        empty_later=tuple(empty_later(draft)),
        prices=tuple(_prices(draft)),
        rules={rule.family: rule.sentence for rule in draft.problem.rules},
        channels=tuple(asdict(purse) | {"channel": purse.channel.name} for purse in made.scene.prices.purses),
        margin=made.scene.margin,
        has_merges=bool(made.merges),
        are_posts_known=made.free_posts is not None,
    )


def _prices(draft: Draft) -> Iterator[Row]:
    book = draft.made.scene.prices
    for (name, _), entry in sorted(book.used.items()):
        yield {
            "name": name,
            "zh": book.zh(name),
            "value": str(book.told(name, entry)),
            "unit": book.unit(name),
            "where": dict(entry.where),
            "county": entry.jurisdiction or None,
            "paper": entry.paper,
            "evidence": entry.evidence.name,
        }


def gathered(planning: Planning, rows: Sequence[CountyRows], skipped: Sequence[str], gap: float, seed: int) -> Plan:
    """The plan of these counties; those `skipped` were not begun when the run was cancelled."""
    counties = [each.county for each in rows]
    cost, bound = sum(each.cost for each in counties), sum(each.bound for each in counties)
    return Plan(
        task=_task(planning, rows, skipped, gap),
        cost=yuan(Fraction(str(cost))),
        bound=round(bound, 2),
        gap=round(gap_of(cost, bound), 9),
        status=_status(counties, skipped).name,
        seed=seed,
        counties=tuple(counties),
        measures=tuple(measure for each in rows for measure in each.measures),
        unmet=tuple(row for each in rows for row in each.unmet),
        unknown=tuple(row for each in rows for row in each.unknown),
        levels=tuple(row for each in rows for row in each.levels),
        standings=tuple(row for each in rows for row in each.standings),
        natural=tuple(row for each in rows for row in each.natural),
        empty_later=tuple(row for each in rows for row in each.empty_later),
        pupils=tuple(_pupils(planning, {each.county for each in counties})),
        prices=tuple(_once(row for each in rows for row in each.prices)),
        rules=tuple(_rules(rows)),
        assumptions=tuple(_assumptions(planning, rows)),
        procedure=tuple(steps()) if any(each.has_merges for each in rows) else (),
    )


def _status(counties: Sequence[CountyPlan], skipped: Sequence[str]) -> Status:
    """The worst of the counties'; a county not begun is cancelled."""
    told = [Status[each.status] for each in counties] + ([Status.cancelled] if skipped else [])
    return max(told, key=WORST.index, default=Status.optimal)


def _task(planning: Planning, rows: Sequence[CountyRows], skipped: Sequence[str], gap: float) -> dict[str, Any]:
    task, snapshot = planning.task, planning.snapshot
    return {
        "kind": "balance",
        "standard": task.standard,
        "snapshot": snapshot.id,
        "year": snapshot.year,
        "years": task.years,
        "target_year": snapshot.year + task.years,
        "counties": [each.county.county for each in rows],
        "not_begun": list(skipped),
        "budget": None if task.budget is None else yuan(task.budget),
        "margin": float(task.margin),
        "discount": float(task.discount),
        "allow": sorted(task.allow),
        "also": sorted(task.also),
        "forbid": sorted(kind.name for kind in task.forbid | task.wishes.forbidden),
        "fixes": [fix.sentence() for fix in task.wishes.fixes],
        "gap": gap,
        "inputs": task.inputs,
        **task.wishes.as_json(),
        "channels": {each.county.county: list(each.channels) for each in rows},
    }


def _pupils(planning: Planning, counties: set[str]) -> Iterator[Row]:
    """Of every stage of a school of these counties that has pupils, also of those whose resources are not asked for: senior
    stages share what a school has in common.
    """
    told = planning.told
    own = [(unit.school_id, unit.stage) for unit in planning.units.stages if unit.groups[At.county] in counties]
    for school, stage in own:
        for year in sorted(told.rolls):
            if (pupils := told.pupils(year, school, stage)) is not None:
                yield {"school": school, "stage": stage, "year": year, "pupils": pupils}


def _once(rows: Iterator[Row]) -> Iterator[Row]:
    """Each row once: counties share most prices."""
    seen: list[Row] = []
    for row in rows:
        if row not in seen:
            seen.append(row)
            yield row


def _rules(rows: Sequence[CountyRows]) -> Iterator[dict[str, str]]:
    told = {family: sentence for each in rows for family, sentence in each.rules.items()}
    yield from ({"family": family, "sentence": sentence} for family, sentence in told.items())


def _assumptions(planning: Planning, rows: Sequence[CountyRows]) -> Iterator[str]:
    target = planning.snapshot.year + planning.task.years
    margin = rows[0].margin if rows else None
    yield f"按{target}年9月1日的情况规划；措施在当年9月1日前完成的才计入"
    if margin:
        yield f"规划线比标准高 {float(margin.share):.1%}，差异系数比标准低 {float(margin.variation):.3g}"
    yield "退休教师按同学科、本科起点照常补员；在有效期内的骨干称号和场地合同到期续签"
    yield from planning.told.notes
    yield "经常性支出按学年计，规划期满后每年仍需支付的另列"
    if any(each.unknown for each in rows):
        yield "缺数据的项目没有规划，也不作零处理；补报后重新规划"
    if any(not each.are_posts_known for each in rows):
        yield "编制岗位未报，未安排新增教师"
