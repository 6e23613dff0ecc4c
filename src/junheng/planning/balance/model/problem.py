"""A balance plan as a problem of choice: columns of measures, what they move, and the rules they keep. All numbers exact.

A problem knows no register: it is made from one by `scene` and `levers`, and by hand in tests.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from junheng.kernel.codes import Split
from junheng.planning.codes import MeasureKind, MoneyKind


@dataclass(frozen=True)
class Line:
    """What one of the seven asks of a unit, in the unit of its part: persons, m2, yuan, rooms.

    `base` is what the unit will have for sure if nothing is done, None where that is not known; `wanted` is the limit with the
    margin.
    `more` is by how much it may be more.
    """

    base: Fraction | None
    limit: Fraction
    wanted: Fraction
    more: Fraction = Fraction(0)

    @property
    def is_known(self) -> bool:
        return self.base is not None and self.more == 0


@dataclass(frozen=True)
class Reading:
    """A stage of a school on the census day of the target year, under one way of splitting what a school has in common."""

    county: str
    school: str
    stage: str
    split: Split
    pupils: int
    lines: tuple[Line, ...]
    need: int
    floor: Fraction


@dataclass(frozen=True)
class Cone:
    """The coefficient of variation of an item between readings, at most `limit`."""

    county: str
    stage: str
    item: int  # from 0
    split: Split
    limit: Fraction
    members: tuple[int, ...]


@dataclass(frozen=True)
class Effect:
    """What one unit of a measure adds to an item of a reading."""

    reading: int
    item: int
    times: Fraction


@dataclass(frozen=True)
class Column:
    """A measure that may be taken: so many units of `kind` at a school, begun in `year`.

    `stage`    of what a school has in common, "all"
    `counted`  the census year from which it counts
    `whole`    only whole numbers can be; else it is rounded up to a multiple of `step`
    `size`     of one unit, in the unit that people see: equipment moves in thousands of yuan
    `least`    the smallest amount, once anything is done at all
    `payments` yuan for one unit, by year, with the kind of money
    `source`   of a teacher who moves: the school that he leaves
    """

    kind: MeasureKind
    school: str
    stage: str
    year: int
    counted: int
    most: Fraction
    effects: tuple[Effect, ...] = ()
    payments: tuple[tuple[int, MoneyKind, Fraction], ...] = ()
    whole: bool = True
    step: Fraction = Fraction(1)
    size: Fraction = Fraction(1)
    least: Fraction = Fraction(0)
    detail: str = ""
    source: str = ""
    private: bool = False


@dataclass(frozen=True)
class Rule:
    """A side condition: a weighted sum of amounts (and of switches: whether anything is done) between two bounds.

    `family` names the rule for people and for what a rule costs; `sentence` is what the chief reads when no plan keeps it.
    """

    family: str
    sentence: str
    terms: Mapping[int, Fraction]
    most: Fraction | None = None
    least: Fraction | None = None
    switches: Mapping[int, Fraction] = field(default_factory=dict)


@dataclass(frozen=True)
class Demand:
    """What a school must have besides the seven, such as music rooms: a sum of amounts of at least `least`. It can be missed."""

    county: str
    school: str
    stage: str
    item: str
    terms: Mapping[int, Fraction]
    least: Fraction


@dataclass(frozen=True)
class Problem:
    """Everything a solver needs, and everything a tiny case is drawn from."""

    readings: tuple[Reading, ...]
    columns: tuple[Column, ...]
    rules: tuple[Rule, ...] = ()
    cones: tuple[Cone, ...] = ()
    demands: tuple[Demand, ...] = ()
    weights: Mapping[int, Fraction] = field(default_factory=dict)  # of a yuan, by year: the discount
    near: frozenset[int] = frozenset()  # columns that are preferred among equals

    def cost(self, amounts: Mapping[int, Fraction]) -> Fraction:
        """The objective of these amounts by column."""
        return sum((amount * self.unit_cost(column) for column, amount in amounts.items()), Fraction(0))

    def unit_cost(self, column: int) -> Fraction:
        return sum((self.weights.get(year, Fraction(1)) * yuan for year, _, yuan in self.columns[column].payments), Fraction(0))
