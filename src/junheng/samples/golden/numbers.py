"""Exact numbers as text, written again for the referee: it shares no code with the engine."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction


def written(number: Fraction | int | None) -> str | None:
    """`12`, `0.125`, `1/3`: decimal where it ends."""
    if number is None:
        return None
    number = Fraction(number)
    for places in range(number.denominator.bit_length() + 1):
        if 10**places % number.denominator == 0:
            return f"{Decimal(int(number * 10**places)).scaleb(-places):f}" if places else str(number)
    return str(number)


def root(square: Fraction) -> Decimal:
    """To 50 significant digits."""
    with localcontext() as context:
        context.prec, context.rounding = 50, ROUND_HALF_UP
        return (Decimal(square.numerator) / Decimal(square.denominator)).sqrt()


def mean_of_roots(roots: Iterable[Decimal]) -> Decimal:
    with localcontext() as context:
        context.prec, context.rounding = 50, ROUND_HALF_UP
        values = list(roots)
        return sum(values, Decimal(0)) / len(values)


def written_root(value: Decimal) -> str:
    """Twelve places."""
    with localcontext() as context:
        context.prec = 80
        return f"{value.quantize(Decimal(1).scaleb(-12), ROUND_HALF_UP):f}"
