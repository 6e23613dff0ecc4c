"""Amounts with their unknowns, and the figures made of them; three-valued judgement against a limit."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

from junheng.engines import Tally
from junheng.kernel.codes import Verdict
from junheng.kernel.shapes import Number


@dataclass(frozen=True)
class Amount:
    """A sum that is known (`lower == upper`) or bounded; `upper` None is unbounded above. No register sum is negative."""

    lower: Fraction = Fraction(0)
    upper: Fraction | None = Fraction(0)
    unknown: int = 0
    rows: int = 0

    @property
    def value(self) -> Fraction | None:
        return self.lower if self.unknown == 0 else None

    def __add__(self, other: Amount) -> Amount:
        upper = None if self.upper is None or other.upper is None else self.upper + other.upper
        return Amount(self.lower + other.lower, upper, self.unknown + other.unknown, self.rows + other.rows)

    def times(self, factor: Number) -> Amount:
        exact = Fraction(factor)
        upper = None if self.upper is None else self.upper * exact
        return Amount(self.lower * exact, upper, self.unknown, self.rows)


    def within(self, whole: Amount) -> Amount:
        """This amount where it is known to be a part of `whole`: what is not known of it is at most the rest of that."""
        if whole.value is None or (self.upper is not None and self.upper <= whole.value):
            return self
        return Amount(self.lower, whole.value, self.unknown, self.rows)


NOTHING = Amount()
NOT_HANDED_IN = Amount(upper=None, unknown=1)


def from_tally(tally: Tally, *, counts: bool) -> Amount:
    """An engine's answer: each unknown row of a count may be one more; of a sum, anything."""
    lower = Fraction(tally.value)
    upper = lower + tally.unknown if counts or not tally.unknown else None
    return Amount(lower, upper, tally.unknown, tally.rows)


def add(amounts: Iterable[Amount]) -> Amount:
    total = NOTHING
    for amount in amounts:
        total = total + amount
    return total


@dataclass(frozen=True)
class Figure:
    """A value with its part and whole. `lower` and `upper` bound it where the indicator tolerates unknown rows."""

    part: Amount
    whole: Amount | None
    per: int = 1
    tolerates: bool = False

    @property
    def value(self) -> Fraction | None:
        if self.part.value is None:
            return None
        if self.whole is None:
            return self.part.value
        return self._ratio(self.part.value)

    @property
    def lower(self) -> Fraction | None:
        return self.value if self.value is not None else self._bound(self.part.lower)

    @property
    def upper(self) -> Fraction | None:
        return self.value if self.value is not None else self._bound(self.part.upper)

    @property
    def unknown(self) -> int:
        return self.part.unknown + (self.whole.unknown if self.whole else 0)

    def _bound(self, part: Fraction | None) -> Fraction | None:
        return self._ratio(part) if self.tolerates and part is not None else None

    def _ratio(self, part: Fraction) -> Fraction | None:
        whole = self.whole.value if self.whole else Fraction(1)
        return part * self.per / whole if whole else None

    def __add__(self, other: Figure) -> Figure:
        whole = self.whole + other.whole if self.whole and other.whole else None
        return Figure(self.part + other.part, whole, self.per, self.tolerates)


def total(figures: Sequence[Figure]) -> Figure:
    """The figure of a group: parts and wholes added up."""
    return reduce(operator.add, figures)


def judge(lower: Fraction | None, upper: Fraction | None, limit: Fraction, meets: str) -> Verdict:
    """Met or not when both bounds agree, else unknown. A tie meets `at_least` and `at_most`, not `below`."""
    if meets == "at_least":
        met, missed = lower is not None and lower >= limit, upper is not None and upper < limit
    elif meets == "at_most":
        met, missed = upper is not None and upper <= limit, lower is not None and lower > limit
    else:
        met, missed = upper is not None and upper < limit, lower is not None and lower >= limit
    return Verdict.met if met else Verdict.not_met if missed else Verdict.unknown


@dataclass(frozen=True)
class Judged:
    """One item at one unit or group, as `at_least` needs it: its verdict, and whether it keeps the floor of its limit."""

    verdict: Verdict
    keeps_floor: bool | None = None


def at_least(judged: list[Judged], need: int) -> Verdict:
    """n of m with a floor, three-valued: a known breach of the floor or too few that can still be met is not met."""
    met = sum(each.verdict is Verdict.met for each in judged)
    open_ = sum(each.verdict is Verdict.unknown for each in judged)
    if met + open_ < need or any(each.keeps_floor is False for each in judged):
        return Verdict.not_met
    sure = met >= need and all(each.keeps_floor for each in judged)
    return Verdict.met if sure else Verdict.unknown


def keeps_floor(figure: Figure, limit: Fraction, floor: Number) -> bool | None:
    """Whether the figure reaches `floor` of its limit; None when that cannot be told."""
    line = limit * Fraction(floor)
    if figure.lower is not None and figure.lower >= line:
        return True
    return False if figure.upper is not None and figure.upper < line else None
