"""Amounts that may not be known: each lies between two bounds, and is known where both are the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

Row = dict[str, Any]
Number = Fraction | int
Condition = Callable[[Row], bool | None]  # None: a column that it needs is empty


class Amount(NamedTuple):
    """None is no bound at all."""

    low: Number | None
    high: Number | None

    @property
    def exact(self) -> Number | None:
        return self.low if self.low == self.high else None


NOT_KNOWN = Amount(None, None)


def sure(number: Number) -> Amount:
    return Amount(number, number)


def plus(amounts: Iterable[Amount]) -> Amount:
    low: Number | None = 0
    high: Number | None = 0
    for amount in amounts:
        low = None if low is None or amount.low is None else low + amount.low
        high = None if high is None or amount.high is None else high + amount.high
    return Amount(low, high)


def times(amount: Amount, factor: Number) -> Amount:
    """By a factor that is not negative."""
    return Amount(*(None if bound is None else bound * factor for bound in amount))


def minus(amount: Amount, less: Amount) -> Amount:
    return plus([amount, Amount(*(None if bound is None else -bound for bound in (less.high, less.low)))])


def over(part: Amount, whole: Amount) -> Amount:
    """Nothing is known of a share of something unknown, or of nothing."""
    if not whole.exact:
        return NOT_KNOWN
    return times(part, 1 / Fraction(whole.exact))


def sum_of(rows: list[Row] | None, column: str) -> Amount:
    """One empty cell, or a sheet that was not handed in, and nobody knows the sum."""
    if rows is None or any(row[column] is None for row in rows):
        return NOT_KNOWN
    return sure(Fraction(sum((row[column] for row in rows), Decimal(0))))


def count(rows: list[Row] | None, condition: Condition = lambda row: True) -> Amount:
    """A row of which the condition is not known may or may not count."""
    if rows is None:
        return Amount(0, None)
    answers = [condition(row) for row in rows]
    return Amount(answers.count(True), len(answers) - answers.count(False))


Bound = Callable[[Amount, Amount], Amount]  # what a part, beside its whole, may be


def from_below(part: Amount, whole: Amount) -> Amount:
    """What is known to be there, and nobody knows how much more."""
    return part if part.exact is not None else Amount(part.low, None)


def by_rows(part: Amount, whole: Amount) -> Amount:
    """An item that tolerates unknown rows: each may or may not count."""
    return part


def by_whole(part: Amount, whole: Amount) -> Amount:
    """All of the whole must be in the part, and more cannot be."""
    return Amount(part.low, whole.high if part.high is None else part.high)


def known(value: Any, test: Callable[[Any], bool]) -> bool | None:
    return None if value is None else test(value)


def both(*answers: bool | None) -> bool | None:
    """One "no" is enough, whatever is not known beside it."""
    return False if False in answers else None if None in answers else True


def either(*answers: bool | None) -> bool | None:
    return True if True in answers else None if None in answers else False
