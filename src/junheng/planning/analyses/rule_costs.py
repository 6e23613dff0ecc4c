"""What each rule costs: the plan solved again with one rule loosened by a declared step, the others as they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from junheng.planning.analyses.points import Row
from junheng.planning.analyses.rerun import Rerun, Turn
from junheng.planning.balance.task import Task


@dataclass(frozen=True)
class Step:
    """A rule, and by how much it is loosened."""

    name: str
    zh: str
    by: Fraction
    unit: str


STEPS = (
    Step("variation", "校际差异系数规划线", Fraction(1, 100), ""),
    Step("margin", "规划线余量", Fraction(-1, 100), ""),
    Step("posts", "空余编制", Fraction(1), "个"),
    Step("budget", "每年预算", Fraction(10_000), "元"),
    Step("sites_a_year", "一年开工的新建工程", Fraction(1), "处"),
    Step("rotation_share", "一所学校一年调出教师比例", Fraction(1, 100), ""),
    Step("move_distance_km", "教师交流最远距离", Fraction(10), "公里"),
    Step("backbone_share", "骨干教师比例上限", Fraction(1, 100), ""),
    Step("convertible_share", "办公、生活用房可改造比例", Fraction(5, 100), ""),
    Step("equipment_movable_share", "可调出设备比例", Fraction(5, 100), ""),
)


def rule_costs(rerun: Rerun) -> list[Row]:
    """One row a county and rule: what loosening it by its step saves, in failures first and then in yuan.

    Money is `comparable` only where the same fails by as much. A difference smaller than the two runs are exact to is told as
    such (`told`: False).
    """
    return rerun.by_county(_county)


def _county(turn: Turn) -> Iterator[Row]:
    kept, task, base = turn.opened.points("rules"), turn.opened.task, turn.base
    for number, step in enumerate(each for each in STEPS if each.name != "budget" or task.budget is not None):
        turn.step(number / len(STEPS), f"{step.zh} {float(step.by):+g}{step.unit}")
        found = turn.outcome(kept, step.name, _loosened(task, step))
        yield {
            "county": turn.county,
            "name": turn.name,
            "rule": step.name,
            "zh": step.zh,
            "step": float(step.by),
            "unit": step.unit,
            **_saved(base, found),
        }


def _loosened(task: Task, step: Step) -> Task:
    if step.name == "margin":
        return replace(task, margin=max(Fraction(0), task.margin + step.by))
    return replace(task, steps=((step.name, step.by),))


def _saved(base: Row, found: Row) -> Row:
    """Failures first; money is compared only where the same fails by as much."""
    fewer = base["failures"] - found["failures"]
    saves = base["cost"] - found["cost"]
    comparable = base["short"] == found["short"]
    exact_to = (base["cost"] - base["bound"]) + (found["cost"] - found["bound"])
    return {
        "fewer_failures": fewer,
        "saves": round(saves, 2),
        "exact_to": round(exact_to, 2),
        "comparable": comparable,
        "told": bool(fewer) or (comparable and abs(saves) > exact_to),
    }
