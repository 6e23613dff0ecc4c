"""What a plan says it was made for, held against its snapshot and against itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from junheng.planning.check.breaches import Breach, Condition
from junheng.planning.check.conditions.rows import is_number
from junheng.planning.check.names import standard_word, zh
from junheng.planning.codes import Channel, MeasureKind
from junheng.planning.plan import Plan
from junheng.planning.pricing import PRICES
from junheng.register.holding import Snapshot

PLANNED = ("quality_balance_2017",)
RANGES = {"years": (1, 5), "margin": (0, 0.5), "discount": (0, 0.99), "gap": (0, 1)}
CALLED = {"years": "年限", "margin": "规划线余量", "discount": "贴现率", "gap": "求解差距"}
Schools = Mapping[str, Sequence[str]]  # of each county
Names = Mapping[str, str]  # of schools and counties


def agrees(plan: Plan, snapshot: Snapshot, schools: Schools, names: Names) -> Iterator[Breach]:
    """What a plan says it was made for agrees with its snapshot and with itself; without that nothing else can be asked."""
    task, year = plan.task, snapshot.year

    def wrong(found: object, wanted: object) -> Breach:
        return Breach(Condition.task, "任务", str(found), str(wanted), row="task")

    if snapshot.id != task["snapshot"]:
        yield wrong(f"数据版本 {task['snapshot']}", f"完整的版本名，如 {snapshot.id}")
    if wild := [name for name, (least, most) in RANGES.items() if not (is_number(task[name]) and least <= task[name] <= most)]:
        yield wrong(
            "、".join(f"{CALLED[name]}({name}) {task[name]}" for name in wild),
            "、".join(f"{CALLED[name]}在 {RANGES[name][0]} 和 {RANGES[name][1]} 之间" for name in wild),
        )
    if task["kind"] != "balance":
        yield wrong(f"规划类别(kind)“{task['kind']}”", "达标规划“balance”")
    if task["standard"] not in PLANNED:
        yield wrong(f"标准 {standard_word(task['standard'])}", "、".join(map(standard_word, PLANNED)))
    if task["year"] != year or task["target_year"] != year + task["years"]:
        yield wrong(f"{task['year']} 起 {task['years']} 年到 {task['target_year']}", f"{year} 起，加上年数等于目标年")
    if not all(len(pair) == 2 for pair in task["merges"]):
        yield wrong("合并名单(merges)有一条不是两所学校", "并入方和接收方的标识码各一个")
    if strange := sorted(_strange(task)):
        yield wrong("、".join(f"“{name}”" for name in strange), "规划里的措施、渠道和价目名")
    counties = [row.county for row in plan.counties]
    if counties != list(task["counties"]) or len(set(counties)) != len(counties):
        yield wrong(_called(counties, names), _called(task["counties"], names))
    if unknown := [county for county in counties if county not in schools]:
        yield wrong(_called(unknown, names), "城市目录里有学校的县区")


def _called(codes: Iterable[str], names: Names) -> str:
    """Schools or counties by name and code."""
    return "、".join(f"{names.get(code, '')}（{code}）" for code in codes) or "没有县区"


def _strange(task: Mapping[str, Any]) -> set[str]:
    """Names in a task that are of no list."""
    kinds = {*task["forbid"], *(told["kind"] for told in task["demands"])} - set(MeasureKind.__members__)
    channels = {row["channel"] for rows in task["channels"].values() for row in rows} - set(Channel.__members__)
    return kinds | channels | ({*task["times"], *task["values"]} - set(PRICES.limits))


def strayed(plan: Plan, schools: Schools, names: Names) -> Iterator[Breach]:
    """Measures and pupils of counties that the plan is not for."""
    known = {row.county for row in plan.counties}
    for number, row in enumerate(plan.measures):
        if row.county not in known:
            yield Breach(
                Condition.place,
                f"{_called([row.school], names)} {row.year}年{zh(MeasureKind, row.kind)}",
                f"县区 {_called([row.county], names)}",
                _called(sorted(known), names),
                row=f"measures[{number}]",
            )
    planned = {school for county in known for school in schools[county]}
    if strange := {row["school"] for row in plan.pupils} - planned:
        yield Breach(
            Condition.pupils,
            "在校生数",
            f"有方案县区之外的学校 {_called(sorted(strange), names)}",
            "方案县区的学校",
            row="pupils",
        )
