"""What if: the plan made again with other measures, prices or limits, and what that changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from junheng.kernel.faults import JunhengError
from junheng.planning.analyses.rerun import Rerun
from junheng.planning.balance.making import plan as make_plan
from junheng.planning.balance.solver.limits import Limits
from junheng.planning.balance.task import Key as Measured
from junheng.planning.balance.task import read_wishes
from junheng.planning.codes import MeasureKind
from junheng.planning.plan import Measure, Plan

Key = tuple[str, str, str, str, str, int]


def whatif(rerun: Rerun, fix: Path) -> tuple[Plan, dict[str, Any]]:
    """The plan under the wishes of a file on top of its own, and the difference: cost, failures, measures, what stays short.

    Errors: JunhengError where it was ended before every county was begun: then there is nothing to hold against the plan.
    """
    with rerun.opened() as opened:
        wishes = opened.task.wishes.and_more(read_wishes(fix))
        task = replace(opened.task, wishes=wishes, fix=(*opened.task.fix, fix), near=_keys(rerun.plan))
        made = make_plan(task, Limits(gap=rerun.plan.task["gap"], wished=rerun.wished), rerun.plan.seed, rerun.say)
    if left := made.task["not_begun"]:
        raise JunhengError(f"已中止：还有 {len(left)} 个县区没有算，不能与原方案比较，没有存下方案 -> 重新运行")
    return made, difference(rerun.plan, made)


def _keys(plan: Plan) -> frozenset[Measured]:
    """Its measures: where others would serve as well, they stay, so that the difference shows only what the wishes change."""
    return frozenset(
        (MeasureKind[each.kind], each.school, each.stage, each.year, each.source, each.detail) for each in plan.measures
    )


def difference(before: Plan, after: Plan) -> dict[str, Any]:
    """What changed from one plan to another."""
    olds, news = {row.county: row for row in before.counties}, {row.county: row for row in after.counties}
    return {
        "status": after.status,
        "gap": after.gap,
        "cost": {"before": before.cost, "after": after.cost, "more": round(after.cost - before.cost, 2)},
        "counties": [
            {
                "county": code,
                "name": new.name,
                "cost_before": old.cost,
                "cost_after": new.cost,
                "failures_before": old.failures,
                "failures_after": new.failures,
                "verdict_before": old.verdict_after,
                "verdict_after": new.verdict_after,
            }
            for code, new in news.items()
            if (old := olds.get(code))
        ],
        "measures": _measures(_by_key(before), _by_key(after)),
        "unmet": {
            "no_longer": _short(before) - _short(after) and sorted(_short(before) - _short(after)),
            "new": _short(after) - _short(before) and sorted(_short(after) - _short(before)),
        },
    }


def _by_key(plan: Plan) -> dict[Key, Measure]:
    return {(each.school, each.stage, each.kind, each.source, each.detail, each.year): each for each in plan.measures}


def _measures(before: Mapping[Key, Measure], after: Mapping[Key, Measure]) -> list[dict[str, Any]]:
    rows = []
    for key in sorted({*before, *after}):
        old, new = before.get(key), after.get(key)
        was, now = old.amount if old else 0, new.amount if new else 0
        more = round((new.cost if new else 0) - (old.cost if old else 0), 2)
        if was != now or more:  # the same at another price is a change too
            told = new or old
            assert told is not None
            rows.append(
                {
                    "school": told.school,
                    "stage": told.stage,
                    "year": told.year,
                    "kind": told.kind,
                    "source": told.source,
                    "unit": told.unit,
                    "before": was,
                    "after": now,
                    "cost": more,
                }
            )
    return rows


def _short(plan: Plan) -> set[tuple[str, str, str]]:
    return {(each.school or each.county, each.stage, each.item) for each in plan.unmet}
