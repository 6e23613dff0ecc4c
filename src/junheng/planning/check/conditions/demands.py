"""What the user demanded of the plan: so much of a measure at least or at most, and that the county must pass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from junheng.planning.check.breaches import Breach, Condition
from junheng.planning.check.county import County, Row, words
from junheng.planning.codes import MeasureKind
from junheng.register.codes import ALL_STAGES


def demands(county: County) -> Iterator[Breach]:
    task = county.plan.task
    for number, told in enumerate(task["demands"]):
        if not told["school"] or told["school"] in county.stages_of:
            yield from (replace(each, row=f"task.demands[{number}]") for each in _demand(county, told))
    if task["must_pass"] and county.claimed.failures:
        yield county.whole(Condition.demands, f"未达到 {county.claimed.failures} 处", "用户要求全部达到")


def _demand(county: County, told: Mapping[str, Any]) -> Iterator[Breach]:
    amount = sum((each.amount for each in county.rows if _is_meant(told, each)), Fraction(0))
    least, most = (None if told[name] is None else Fraction(told[name]) for name in ("least", "most"))
    zh = MeasureKind[told["kind"]].zh
    if least is not None and amount < least:
        yield county.whole(Condition.demands, f"{zh} {words(amount)}", f"用户要求不少于 {words(least)}")
    if most is not None and amount > most:
        yield county.whole(Condition.demands, f"{zh} {words(amount)}", f"用户要求不多于 {words(most)}")


def _is_meant(told: Mapping[str, Any], row: Row) -> bool:
    return (
        row.kind.name == told["kind"]
        and told["school"] in ("", row.of.school)
        and told["stage"] in ("", row.of.stage, ALL_STAGES)
        and told["year"] in (0, row.of.year)
    )
