"""Readings: what an item says at one unit or group under one split. Findings are printed from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil

from junheng.indicators.amounts import Figure, Movement, judge
from junheng.indicators.spread import Variation, variation
from junheng.kernel.codes import Verdict
from junheng.kernel.exact import mean
from junheng.kernel.findings import Exact


@dataclass(frozen=True)
class Reading:
    """The computed part of a finding (kernel/findings.py says what each field means)."""

    part: Fraction | None = None
    whole: Fraction | None = None
    value: Exact | None = None
    value_squared: Fraction | None = None
    lower: Fraction | None = None
    upper: Fraction | None = None
    unknown: int = 0
    rows: int = 0
    limit: Fraction | None = None
    gap: Exact | None = None
    gap_per_pupil: Fraction | None = None
    verdict: Verdict | None = None
    shares: tuple[Fraction, ...] = ()


ZERO, ONE = Fraction(0), Fraction(1)
RISING = ("at_least", "above")  # the value must be large enough


def of_figure(figure: Figure | Movement, limit: Fraction | None, meets: str, *, per_pupil: bool = False) -> Reading:
    """A ratio, an every or a plain sum against its limit; `per_pupil` prints the gap per pupil too."""
    value, lower, upper = figure.value, figure.lower, figure.upper
    verdict = None if limit is None else judge(lower, upper, limit, meets)
    short = None if limit is None or value is None else max(ZERO, limit - value if meets in RISING else value - limit)
    return Reading(
        part=figure.part.value, whole=figure.whole.value if figure.whole else None, value=value, lower=lower, upper=upper,
        unknown=figure.unknown, rows=figure.part.rows, limit=limit, gap=_gap(figure, short), verdict=verdict,
        gap_per_pupil=short if per_pupil else None)


def _gap(figure: Figure | Movement, short: Fraction | None) -> Fraction | None:
    """What is missing (or too much) in the unit of the part."""
    if short is None or figure.whole is None:
        return short
    whole = figure.whole.value
    return None if whole is None else short * whole / figure.per


def of_counts(verdicts: Sequence[Verdict | None], *, judged: bool, need: int | None = None,
              verdict: Verdict | None = None, enough: Fraction = ONE) -> Reading:
    """How many of these meet: of units the share `enough` must (the value is a share), or `need` of a few items (a number)."""
    met = Fraction(sum(each is Verdict.met for each in verdicts))
    open_ = sum(each is Verdict.unknown for each in verdicts)
    whole, scale = Fraction(len(verdicts)), Fraction(1) if need is not None else Fraction(1, len(verdicts) or 1)
    limit = Fraction(need) if need is not None else enough
    lower, upper = met * scale, (met + open_) * scale
    known = None if open_ else lower
    target = Fraction(need) if need is not None else Fraction(ceil(enough * whole))
    return Reading(
        part=None if open_ else met, whole=whole, value=known, lower=lower, upper=upper, unknown=open_, rows=len(verdicts),
        limit=limit if judged else None, gap=None if open_ or not judged else max(ZERO, target - met),
        verdict=(verdict or judge(lower, upper, limit, "at_least")) if judged else None)


def of_spread(figures: Sequence[Figure | Movement], limit: Fraction | None) -> Reading:
    """The coefficient of variation between units; unknown as soon as one unit is. Ties at the limit meet it."""
    unknown = sum(figure.value is None for figure in figures)
    spread = None if unknown else _variation(figures)
    if spread is None:
        return Reading(unknown=unknown, rows=len(figures), limit=limit, verdict=Verdict.unknown if limit is not None else None)
    met = limit is not None and spread.squared <= limit**2
    gap = None if limit is None else Decimal(0) if met else spread.coefficient - _decimal(limit)
    return Reading(part=spread.part, whole=spread.whole, value=spread.coefficient, value_squared=spread.squared,
                   rows=len(figures), limit=limit, gap=gap, shares=spread.shares,
                   verdict=None if limit is None else Verdict.met if met else Verdict.not_met)


def _variation(figures: Sequence[Figure | Movement]) -> Variation | None:
    totals = [figure.part.value or ZERO for figure in figures]
    return variation(totals, [(figure.whole.value if figure.whole else None) or ZERO for figure in figures])


def of_mean(spreads: Sequence[Reading], limit: Fraction | None) -> Reading:
    """The plain mean of coefficients of variation; unknown as soon as one is."""
    roots = [spread.value for spread in spreads if isinstance(spread.value, Decimal)]
    unknown = len(spreads) - len(roots)
    if unknown:
        return Reading(unknown=unknown, rows=len(spreads), limit=limit, verdict=Verdict.unknown if limit is not None else None)
    value = mean(roots)
    over = None if limit is None else value - _decimal(limit)
    return Reading(value=value, rows=len(spreads), limit=limit, gap=None if over is None else max(Decimal(0), over),
                   verdict=None if over is None else Verdict.met if over <= 0 else Verdict.not_met)


def _decimal(limit: Fraction) -> Decimal:
    return Decimal(limit.numerator) / Decimal(limit.denominator)
