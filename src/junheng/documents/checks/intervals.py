"""A printed number is an interval: how far rounding can have moved it. All arithmetic is in exact fractions of the base unit."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from junheng.documents.codes import Exactness, Judgement
from junheng.documents.shapes import Figure
from junheng.kernel.exact import rounded

FAR = Fraction(10) ** 30        # stands for no bound
MOST_OVER = 1000                # 以上 is at most so many times what is printed
ABOUT = Fraction(1, 10)         # 约 may be a tenth off
COARSE = Fraction(5, 100)       # a round number such as 46000 may have been rounded by at most this share of itself
ROUND = 1000                    # smaller counts are taken as counted


@dataclass(frozen=True)
class Interval:
    low: Fraction
    high: Fraction

    def meets(self, other: Interval) -> bool:
        return self.low <= other.high and other.low <= self.high

    def combined(self, other: Interval, by: Callable[[Fraction, Fraction], Fraction]) -> Interval:
        ends = [by(one, two) for one in (self.low, self.high) for two in (other.low, other.high)]
        return Interval(min(ends), max(ends))

    def over(self, other: Interval) -> Interval:
        """The quotient; without bounds where the divisor may be zero."""
        if other.low <= 0 <= other.high:
            return Interval(-FAR, FAR)
        return self.combined(other, lambda one, two: one / two)


@dataclass(frozen=True)
class Quantity:
    """A number as printed or worked out: the point itself, how far rounding reaches (`near`), and how far it would reach
    had the round integers among its inputs (46000) been rounded too (`wide`)."""

    point: Fraction
    near: Interval
    wide: Interval

    def __add__(self, other: Quantity) -> Quantity:
        return self._with(other, lambda one, two: one + two)

    def __sub__(self, other: Quantity) -> Quantity:
        return self._with(other, lambda one, two: one - two)

    def __mul__(self, other: Quantity) -> Quantity:
        return self._with(other, lambda one, two: one * two)

    def __truediv__(self, other: Quantity) -> Quantity:
        if other.point == 0:
            raise ZeroDivisionError("a printed zero")
        return Quantity(self.point / other.point, self.near.over(other.near), self.wide.over(other.wide))

    def _with(self, other: Quantity, by: Callable[[Fraction, Fraction], Fraction]) -> Quantity:
        return Quantity(by(self.point, other.point), self.near.combined(other.near, by), self.wide.combined(other.wide, by))


def constant(value: int | Fraction) -> Quantity:
    point = Fraction(value)
    return Quantity(point, Interval(point, point), Interval(point, point))


def quantity(figure: Figure) -> Quantity | None:
    """What a figure may stand for, in its base unit; a percentage in hundredths. None where it is masked or blank."""
    if figure.value is None:
        return None
    scale = Fraction(figure.scale) / (100 if is_percentage(figure) else 1)
    return _quantity(figure, Fraction(figure.value), figure.value, scale)


def is_percentage(figure: Figure) -> bool:
    return figure.unit in ("%", "％", "百分点", "个百分点", "成", "‰", "‱")


MEASURED = re.compile(r"元|[mk²㎡]|米|亩|公顷|吨|公里|分$|倍|时|成|^$")  # units that are no whole things


def _quantity(figure: Figure, value: Fraction, printed: Decimal, scale: Fraction) -> Quantity:
    half = Fraction(0) if _whole_things(figure, value) else half_unit(printed)
    near = _widened(figure, value, half)
    wide = _widened(figure, value, max(half, _coarse(figure, value)))
    return Quantity(value * scale, Interval(near.low * scale, near.high * scale), Interval(wide.low * scale, wide.high * scale))


def _whole_things(figure: Figure, value: Fraction) -> bool:
    """28所 is 28, neither 27.6 nor 28.4; 2.8万人 and 28万元 have been rounded."""
    return value.denominator == 1 and figure.scale == 1 and not is_percentage(figure) and not MEASURED.search(figure.unit)


def half_unit(printed: Decimal) -> Fraction:
    """Half a unit of the last printed place, before the scale."""
    return Fraction(10) ** min(int(printed.as_tuple().exponent), 0) / 2


def _coarse(figure: Figure, value: Fraction) -> Fraction:
    """Half a unit of the last place that is no zero, where that is small beside a large number: 46000 may be 46012."""
    if value.denominator != 1 or value < ROUND or value % 100 or is_percentage(figure):
        return Fraction(0)
    half = Fraction(50)
    while value % (half * 20) == 0 and half * 10 <= value * COARSE:
        half *= 10
    return half if half <= value * COARSE else Fraction(0)


def _widened(figure: Figure, value: Fraction, half: Fraction) -> Interval:
    low, high = value - half, value + half
    match figure.exactness:
        case Exactness.over:
            return Interval(low, max(high, value * MOST_OVER))
        case Exactness.under:
            return Interval(Fraction(0), high)
        case Exactness.about:
            return Interval(min(low, value * (1 - ABOUT)), max(high, value * (1 + ABOUT)))
        case Exactness.range if figure.high is not None:
            return Interval(low, Fraction(figure.high) + half)
    return Interval(low, high)


def judged(printed: Figure, worked: Quantity) -> Judgement:
    """Whether the worked-out number can be the printed one; never `contradicts` where rounding could explain it."""
    said = quantity(printed)
    if said is None:
        return Judgement.cannot_check
    if said.near.meets(worked.near):
        return Judgement.holds if _equal(printed, said, worked) else Judgement.holds_within_rounding
    return Judgement.flagged if said.wide.meets(worked.wide) else Judgement.contradicts


def _equal(printed: Figure, said: Quantity, worked: Quantity) -> bool:
    if printed.exactness is not Exactness.exact:
        return True
    if not is_percentage(printed):
        return said.point == worked.point
    return Fraction(rounded(worked.point * 100, max(2, places(printed)))) == said.point * 100


def places(figure: Figure) -> int:
    """How many places after the point are printed."""
    return max(0, -int(figure.value.as_tuple().exponent)) if figure.value is not None else 0


def shown(value: Fraction, like: Figure) -> str:
    """A worked-out number in the unit of the printed one, one place finer than it: 4400人, 26.83%."""
    if is_percentage(like):
        return f"{plain(value * 100, max(2, places(like)))}{like.unit if '百分点' in like.unit else '%'}"
    fine = places(like) if like.scale == 1 else max(2, places(like))
    return f"{plain(value / Fraction(like.scale), fine)}{like.unit}"


def as_printed(figure: Figure) -> str:
    """As the text has it, with its unit: 22%, 九成五, 百分之三."""
    worded = "分之" in figure.printed or "成" in figure.printed
    return figure.printed if worded else f"{figure.printed}{figure.unit}"


def plain(value: Fraction, digits: int) -> str:
    text = f"{rounded(value, digits):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
