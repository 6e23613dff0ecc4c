"""The policy of exact numbers, stated once: compute in fractions, compare unrounded, round only for print."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import reduce

ROOT_DIGITS = 50  # significant digits of a square root and of what is computed from roots
SHOWN_ROOT_PLACES = 12  # places after the point of a root in a machine-readable answer

_root = Context(prec=ROOT_DIGITS, rounding=ROUND_HALF_UP)


def root(square: Fraction) -> Decimal:
    """The square root, right to ROOT_DIGITS digits."""
    return _root.sqrt(_root.divide(Decimal(square.numerator), Decimal(square.denominator)))


def mean(values: list[Decimal]) -> Decimal:
    """The plain mean in ROOT_DIGITS-digit arithmetic."""
    return _root.divide(reduce(_root.add, values), Decimal(len(values)))


def rounded(value: Fraction | Decimal | int, places: int) -> Decimal:
    """`value` to `places` places, halves away from zero, for print only."""
    part, of = value.as_integer_ratio()
    whole = (2 * abs(part) * 10**places + of) // (2 * of)
    return Decimal(f"{whole if part >= 0 else -whole}e-{places}")


def written(value: Fraction | Decimal | int) -> str:
    """An exact number as text: decimal where it ends, else `n/d`; a root (Decimal) with SHOWN_ROOT_PLACES places."""
    if isinstance(value, Decimal):
        return f"{rounded(value, SHOWN_ROOT_PLACES):f}"
    number = Fraction(value)
    places, rest = 0, number.denominator
    for prime in (2, 5):
        times = 0
        while rest % prime == 0:
            rest, times = rest // prime, times + 1
        places = max(places, times)
    return f"{Decimal(f'{number.numerator * 10**places // number.denominator}e-{places}'):f}" if rest == 1 else str(number)


def written_or_none(value: Fraction | Decimal | None) -> str | None:
    """The same of a number that may not be known."""
    return None if value is None else written(value)


def within_rounding(value: Fraction | Decimal, limit: Fraction | Decimal, places: int) -> bool:
    """Whether the print of `value` to `places` places cannot be told from the limit although the two differ."""
    return Fraction(value) != Fraction(limit) and rounded(value, places) == rounded(limit, places)
