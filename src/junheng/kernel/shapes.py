"""The closed set of result shapes that a formula may return, unevaluated: an engine sums, the indicators room judges."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import narwhals as nw

from junheng.kernel.tables import Table

Number = int | Decimal | Fraction


@dataclass(frozen=True, eq=False)
class Sum:
    """The sum of `column` over the rows of `table`; with `column` None, their count.

    A row counts as unknown when its condition is, or when it is counted and its value is missing.
    """

    table: Table
    column: nw.Expr | None = None

    def __add__(self, other: Sum | Total) -> Total:
        return Total.of(self) + other

    def __rmul__(self, times: Number) -> Total:
        return Total(((times, self),))


def Count(table: Table) -> Sum:
    """How many rows of `table` there are."""
    return Sum(table)


@dataclass(frozen=True, eq=False)
class Total:
    """A weighted sum of sums: `a + 2 * b`. A term of weight 0 asks for nothing and so is never unknown."""

    terms: tuple[tuple[Number, Sum], ...]

    @staticmethod
    def of(asked: Sum | Total) -> Total:
        return asked if isinstance(asked, Total) else Total(((1, asked),))

    def __add__(self, other: Sum | Total) -> Total:
        return Total(self.terms + Total.of(other).terms)


@dataclass(frozen=True)
class Ratio:
    """`per` x part / whole, kept as part and whole.

    `tolerates`  unknown rows widen it to a lower and an upper bound
    `within`     the rows of the part are among those of the whole, so the part is never more than the whole
    `declared`   what a school of several stages declared as this stage's own part of what it has in common
    `fewest`     of a mean of what is personal: with fewer in the whole it stays unknown, for it would tell what a person has
    """

    part: Sum | Total
    whole: Sum | Total
    per: int = 1
    tolerates: bool = False
    within: bool = False
    declared: Sum | Total | None = None
    fewest: int = 0


@dataclass(frozen=True)
class Every:
    """All rows of `of` must be among `good`: met when the two counts are equal, not met once one row is known to fail."""

    good: Sum
    of: Sum


@dataclass(frozen=True)
class Trend:
    """How many times `before` is `now`: two years, or two kinds of pay; their values are its part and whole."""

    now: Ratio
    before: Ratio


@dataclass(frozen=True)
class Spread:
    """The pupil-weighted coefficient of variation between the units of a county of the ratio of item `of`."""

    of: str


@dataclass(frozen=True)
class Mean:
    """The plain mean of the coefficients of variation of the items `of`."""

    of: tuple[str, ...]


@dataclass(frozen=True)
class AtLeast:
    """`need` of the items `of` must be met and every other reach `floor` of its own limit; three-valued."""

    need: int
    of: tuple[str, ...]
    floor: Number = 0


@dataclass(frozen=True)
class Attested:
    """What no count can prove: a document, with its result, or a value read from it that is held against the limit."""

    unit: str = ""


Shape = Sum | Total | Ratio | Every | Spread | Mean | AtLeast | Trend | Attested
