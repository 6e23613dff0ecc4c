"""The pupil-weighted coefficient of variation, exactly: X_i = x_i / P_i; mean = sum x / sum P; CV = S / mean.

The plain mean of X_i is not the mean of the county, and the unweighted deviation is not S: on the published example it
turns 0.515 (over 0.50) into 0.489 (within). Source: 教督〔2012〕3号, 教督〔2017〕6号; worked example published with them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from junheng.kernel.exact import root


@dataclass(frozen=True)
class Variation:
    """Mean, deviation and coefficient with their exact squares, and each row's share of the spread."""

    part: Fraction
    whole: Fraction
    variance: Fraction
    shares: tuple[Fraction, ...]

    @property
    def mean(self) -> Fraction:
        return self.part / self.whole

    @property
    def squared(self) -> Fraction:
        return self.variance / self.mean**2

    @property
    def coefficient(self) -> Decimal:
        return root(self.squared)


def variation(totals: Sequence[Fraction], pupils: Sequence[Fraction]) -> Variation | None:
    """The spread of totals x_i over units of P_i pupils; None when there is no mean to measure it against.

    >>> books, roll = [279, 137, 935, 160, 402], [45, 37, 89, 76, 55]
    >>> spread = variation([Fraction(x) for x in books], [Fraction(p) for p in roll])
    >>> f"{float(spread.mean):.6f} {root(spread.variance):.6f} {spread.coefficient:.6f}"
    '6.334437 3.263861 0.515257'

    Unit: shares add up to 1 (all 0 when nothing differs). Leaves out: nothing; the caller narrows the rows.
    Every P_i must be over 0.
    """
    part, whole = sum(totals, Fraction(0)), sum(pupils, Fraction(0))
    if not whole or not part:
        return None
    mean = part / whole
    terms = [count * (total / count - mean) ** 2 for total, count in zip(totals, pupils, strict=True)]
    spread = sum(terms, Fraction(0))
    shares = tuple(term / spread if spread else Fraction(0) for term in terms)
    return Variation(part, whole, spread / whole, shares)
