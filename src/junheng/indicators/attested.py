"""Items that a document attests: what the evidence table says of a county."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from junheng.indicators.amounts import judge
from junheng.indicators.readings import RISING, Reading
from junheng.kernel.codes import Verdict

ZERO = Fraction(0)


def attest(rows: Sequence[Mapping[str, Any]], limit: Fraction | None, meets: str) -> Reading:
    """One reading of all documents on an item.

    No document: needs evidence. One that says no, or a value short of the limit: not met. Nothing but `not_sampled`, or a
    document that says nothing: unknown, not a failure. The latest document with a value gives the value.
    """
    dated = sorted((row for row in rows if row["value"] is not None), key=lambda row: (row["day"] or date.min, row["document"]))
    value = Fraction(dated[-1]["value"]) if dated else None
    short = None if limit is None or value is None else max(ZERO, limit - value if meets in RISING else value - limit)
    return Reading(value=value, lower=value, upper=value, rows=len(rows), limit=limit, gap=short,
                   verdict=_verdict(rows, [Fraction(row["value"]) for row in dated], limit, meets))


def _verdict(rows: Sequence[Mapping[str, Any]], values: list[Fraction], limit: Fraction | None, meets: str) -> Verdict:
    results = {row["result"] for row in rows}
    if not rows:
        return Verdict.needs_evidence
    misses = limit is not None and any(judge(value, value, limit, meets) is Verdict.not_met for value in values)
    if "not_met" in results or misses:
        return Verdict.not_met
    return Verdict.met if "met" in results and None not in results else Verdict.unknown
