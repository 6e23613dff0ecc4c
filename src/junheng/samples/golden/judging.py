"""How the referee judges one figure or one list of documents; a tie meets where the limit itself does, unknown stays unknown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from math import inf

from junheng.samples.golden.amounts import Amount, Number, Row
from junheng.samples.golden.units import Part, Place

Unit = Part | Place
Test = Callable[[Number | float], bool]  # a float is endless
Meets = Callable[[Unit], Test]  # which test a unit is put to
Limits = str | int | dict[str, str]  # one limit, or one of each stage
PRECEDENCE = ("not_met", "unknown", "needs_evidence", "met")


def at_least(limits: Limits) -> Meets:
    return lambda unit: lambda value: value >= _limit(limits, unit.stage)


def at_most(limits: Limits) -> Meets:
    return lambda unit: lambda value: value <= _limit(limits, unit.stage)


def more_than(limits: Limits) -> Meets:
    return lambda unit: lambda value: value > _limit(limits, unit.stage)


def _limit(limits: Limits, stage: str) -> Fraction:
    return Fraction(limits[stage] if isinstance(limits, dict) else limits)


def judged(value: Amount, meets: Test) -> str:
    """Both bounds must agree."""
    low, high = -inf if value.low is None else value.low, inf if value.high is None else value.high
    if meets(low) != meets(high):
        return "unknown"
    return "met" if meets(low) else "not_met"


def weakest(verdicts: Iterable[str]) -> str:
    found = set(verdicts)
    return next((verdict for verdict in PRECEDENCE if verdict in found), "unknown")


def number_met(answers: list[str]) -> Amount:
    met = answers.count("met")
    return Amount(met, met + answers.count("unknown"))


def by_number(item: str) -> list[tuple[bool, int, str]]:
    """yz.1.7.cv, yz.1.S, yz.2.3, yz.2.11: numbers before words."""
    return [(False, int(part), "") if part.isdigit() else (True, 0, part) for part in item.split(".")]


def attested(rows: list[Row], meets: Test) -> str:
    if not rows:
        return "needs_evidence"
    if any(row["result"] == "not_met" or (row["value"] is not None and not meets(row["value"])) for row in rows):
        return "not_met"
    unclear = any(row["result"] is None for row in rows) or all(row["result"] == "not_sampled" for row in rows)
    return "unknown" if unclear else "met"


def reading(rows: list[Row]) -> Fraction | None:
    """That of the latest document that has one."""
    dated = [row for row in rows if row["value"] is not None]
    latest = max(dated, key=lambda row: (row["day"] is not None, row["day"], row["document"]), default=None)
    return Fraction(latest["value"]) if latest else None
