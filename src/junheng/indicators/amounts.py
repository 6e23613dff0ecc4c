"""Amounts with their unknowns, and the figures made of them; three-valued judgement against a limit."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, reduce

from junheng.engines import Tally
from junheng.kernel.codes import Verdict
from junheng.kernel.shapes import Number


@dataclass(frozen=True)
class Amount:
    """A sum that is known (`lower == upper`) or bounded; `upper` None is unbounded above. No register sum is negative.

    The bounds stay whole numbers as long as they can: adding those is five times as fast as adding fractions.
    """

    lower: Fraction | int = 0
    upper: Fraction | int | None = 0
    unknown: int = 0
    rows: int = 0

    @property
    def value(self) -> Fraction | None:
        return Fraction(self.lower) if self.unknown == 0 else None

    def __add__(self, other: Amount) -> Amount:
        upper = None if self.upper is None or other.upper is None else self.upper + other.upper
        return Amount(self.lower + other.lower, upper, self.unknown + other.unknown, self.rows + other.rows)

    def times(self, factor: Number) -> Amount:
        if factor == 1:
            return self
        exact = Fraction(factor)
        if exact < 0 and self.unknown:  # what is taken away and not known leaves no bound
            return Amount(upper=None, unknown=self.unknown, rows=self.rows)
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
    lower = tally.value if isinstance(tally.value, int) else Fraction(tally.value)
    upper = lower + tally.unknown if counts or not tally.unknown else None
    return Amount(lower, upper, tally.unknown, tally.rows)


def add(amounts: Iterable[Amount]) -> Amount:
    return reduce(operator.add, (amount for amount in amounts if amount is not NOTHING), NOTHING)


@dataclass(frozen=True)
class Figure:
    """A value with its part and whole. `lower` and `upper` bound it where the indicator tolerates unknown rows.

    `fewest`  a whole of fewer, though not of none, leaves the value unknown: it is withheld
    """

    part: Amount
    whole: Amount | None
    per: int = 1
    tolerates: bool = False
    fewest: int = 0

    @cached_property
    def value(self) -> Fraction | None:
        if self.part.value is None or self.is_withheld:
            return None
        if self.whole is None:
            return self.part.value
        return self._ratio(self.part.value)

    @property
    def is_withheld(self) -> bool:
        """Whether so few stand behind the figure that it would tell what one of them has."""
        return self.whole is not None and self.whole.value is not None and 0 < self.whole.value < self.fewest

    @property
    def lower(self) -> Fraction | None:
        return self.value if self.value is not None else self._bound(self.part.lower)

    @property
    def upper(self) -> Fraction | None:
        return self.value if self.value is not None else self._bound(self.part.upper)

    @property
    def unknown(self) -> int:
        return self.part.unknown + (self.whole.unknown if self.whole else 0)

    def _bound(self, part: Fraction | int | None) -> Fraction | None:
        return self._ratio(Fraction(part)) if self.tolerates and part is not None else None

    def _ratio(self, part: Fraction) -> Fraction | None:
        whole = self.whole.value if self.whole else Fraction(1)
        return part * self.per / whole if whole is not None and whole > 0 else None

    def __add__(self, other: Figure) -> Figure:
        whole = self.whole + other.whole if self.whole and other.whole else None
        return Figure(self.part + other.part, whole, self.per, self.tolerates, self.fewest)


@dataclass(frozen=True)
class Movement:
    """How many times `before` is `now`. Added up, it stays the ratio of two ratios of sums."""

    now: Figure
    before: Figure

    @property
    def part(self) -> Amount:
        return _as_amount(self.now)

    @property
    def whole(self) -> Amount:
        return _as_amount(self.before)

    @property
    def value(self) -> Fraction | None:
        now, before = self.now.value, self.before.value
        return now / before if now is not None and before is not None and before > 0 else None

    lower = upper = value
    per = 1

    @property
    def unknown(self) -> int:
        return self.now.unknown + self.before.unknown

    def __add__(self, other: Movement) -> Movement:
        return Movement(self.now + other.now, self.before + other.before)


def _as_amount(figure: Figure) -> Amount:
    value = figure.value
    rows = figure.part.rows
    return Amount(upper=None, unknown=figure.unknown or 1, rows=rows) if value is None else Amount(value, value, 0, rows)


def total(figures: Sequence[Figure | Movement]) -> Figure | Movement:
    """The figure of a group: parts and wholes added up."""
    return reduce(operator.add, figures)


def judge(lower: Fraction | None, upper: Fraction | None, limit: Fraction, meets: str) -> Verdict:
    """Met or not when both bounds agree, else unknown. A tie meets `at_least` and `at_most`, not `above` and `below`."""
    if meets == "at_least":
        met, missed = lower is not None and lower >= limit, upper is not None and upper < limit
    elif meets == "at_most":
        met, missed = upper is not None and upper <= limit, lower is not None and lower > limit
    elif meets == "above":
        met, missed = lower is not None and lower > limit, upper is not None and upper <= limit
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


def keeps_floor(figure: Figure | Movement, limit: Fraction, floor: Number) -> bool | None:
    """Whether the figure reaches `floor` of its limit; None when that cannot be told."""
    line = limit * Fraction(floor)
    if figure.lower is not None and figure.lower >= line:
        return True
    return False if figure.upper is not None and figure.upper < line else None
