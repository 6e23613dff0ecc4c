"""How the plan takes it when a price is 20 % higher or lower: cost, and which measures change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from junheng.planning.analyses.points import Row
from junheng.planning.analyses.rerun import Rerun, Turn
from junheng.planning.balance.task import Task
from junheng.planning.codes import PRICED_AS, MeasureKind
from junheng.planning.pricing import PRICES

SWING = Fraction(20, 100)
PRICED = ("_price", "_running", "_refit_m2")


def price_swings(rerun: Rerun) -> list[Row]:
    """One row a county and price of what its plan does: cost and amounts at 80 % and at 120 % of the price in the plan.

    Cost is `comparable` only where the same fails, by as much, as under the plan's own price.
    """
    return rerun.by_county(_county)


def _county(turn: Turn) -> Iterator[Row]:
    kept, base = turn.opened.points("prices"), turn.base
    names = _prices(base)
    for number, price in enumerate(names):
        rows = {}
        for way, times in (("lower", 1 - SWING), ("higher", 1 + SWING)):
            turn.step(number / len(names), f"{PRICES[price].zh} ×{float(times):g}")
            rows[way] = turn.outcome(kept, f"{price}-{way}", _at(turn.opened.task, price, times))
        yield {
            "county": turn.county,
            "name": turn.name,
            "price": price,
            "zh": PRICES[price].zh,
            "base": base["cost"],
            **{way: _swung(base, row) for way, row in rows.items()},
        }


def _at(task: Task, price: str, times: Fraction) -> Task:
    """A price at so many times what the task itself has it at."""
    own = task.wishes.times
    return replace(task, wishes=replace(task.wishes, times={**own, price: own.get(price, Fraction(1)) * times}))


def _swung(base: Row, row: Row) -> Row:
    return {
        "cost": row["cost"],
        "failures": row["failures"],
        "comparable": row["short"] == base["short"],
        "changes": _changes(base, row),
    }


def _prices(base: Row) -> list[str]:
    """The prices of the kinds that the plan uses."""
    kinds = {PRICED_AS.get(MeasureKind[kind], kind) for kind in base["amounts"]}
    return [
        name
        for name in PRICES.limits
        if name.endswith(PRICED) and any(name == f"{kind}{end}" for kind in kinds for end in PRICED)
    ]


def _changes(base: Row, row: Row) -> dict[str, float]:
    """By how much each kind of measure is used more or less."""
    kinds = [kind.name for kind in MeasureKind if kind.name in base["amounts"] or kind.name in row["amounts"]]
    found = {kind: round(row["amounts"].get(kind, 0.0) - base["amounts"].get(kind, 0.0), 2) for kind in kinds}
    return {kind: change for kind, change in found.items() if change}
