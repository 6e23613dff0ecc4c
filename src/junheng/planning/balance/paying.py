"""Who pays what: the costs of a plan over the channels that may pay them, the county's own budget last.

A linear program says how much of each kind of money each channel pays in a year; then measure by measure is paid from one channel
until it is used up, to the cent, so that most measures have one payer and no channel passes its limit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import ceil, floor

from junheng.engines.highs import Model, Stop
from junheng.planning.balance.model.problem import Problem
from junheng.planning.codes import Channel, MoneyKind
from junheng.planning.pricing import Purse

Year = int
Spent = dict[tuple[Year, MoneyKind], Fraction]
CENTS = 100
A_CENT = 0.01  # that a linear program may be off by
UNLIMITED = 10**18


def yuan(amount: Fraction) -> float:
    """To the cent, halves up; whole yuan as whole numbers."""
    cents = _cents(amount)
    return int(cents // CENTS) if cents % CENTS == 0 else cents / CENTS


def _cents(amount: Fraction) -> int:
    return int((2 * amount * CENTS + 1) // 2)


class Till:
    """What the channels of a county still have, in cents. Of public schools only: a private school's owner pays for it.

    `ways` are yuan that the county pays besides for the ways of pupils, from its running costs. The rules of the plan see to it
    that the money can be shared out (`rules.channels`).
    """

    def __init__(
        self, problem: Problem, amounts: Mapping[int, Fraction], purses: Sequence[Purse], ways: Mapping[Year, Fraction]
    ) -> None:
        self._purses = purses
        spent = _spent(problem, amounts)
        for year, of_ways in ways.items():
            spent[year, MoneyKind.operating] = spent.get((year, MoneyKind.operating), Fraction(0)) + of_ways
        self._left: dict[tuple[Year, Channel], int] = {}
        self._meant: dict[tuple[Year, MoneyKind, Channel], int] = {}
        for year in sorted({year for year, _ in spent}):
            self._left |= {(year, purse.channel): floor(purse.a_year * CENTS) for purse in purses if purse.a_year is not None}
            own = {kind: total for (when, kind), total in spent.items() if when == year}
            self._meant |= {(year, kind, channel): cents for (kind, channel), cents in _of_year(own, purses).items()}
        for year, of_ways in ways.items():
            self._take(year, MoneyKind.operating, Channel.county, _cents(of_ways))

    def pay(self, year: Year, kind: MoneyKind, amount: Fraction) -> list[tuple[Channel, float]]:
        """A payment by the channels that pay it, each to the cent; the parts come to the whole."""
        due, parts = _cents(amount), dict.fromkeys(self._paying(kind), 0)
        for most in (self._meant_for, self._left_in):
            for channel in parts:
                part = min(due, max(0, most(year, kind, channel)))
                self._take(year, kind, channel, part)
                due, parts[channel] = due - part, parts[channel] + part
        parts[Channel.county] = parts.get(Channel.county, 0) + due
        return [(channel, yuan(Fraction(part, CENTS))) for channel, part in parts.items() if part]

    def _paying(self, kind: MoneyKind) -> list[Channel]:
        order = sorted(self._purses, key=lambda purse: purse.channel is Channel.county)
        return [purse.channel for purse in order if purse.pays(kind)]

    def _meant_for(self, year: Year, kind: MoneyKind, channel: Channel) -> int:
        return min(self._meant.get((year, kind, channel), 0), self._left_in(year, kind, channel))

    def _left_in(self, year: Year, kind: MoneyKind, channel: Channel) -> int:
        return self._left.get((year, channel), UNLIMITED)

    def _take(self, year: Year, kind: MoneyKind, channel: Channel, cents: int) -> None:
        if (year, kind, channel) in self._meant:
            self._meant[year, kind, channel] -= cents
        if (year, channel) in self._left:
            self._left[year, channel] -= cents


def _spent(problem: Problem, amounts: Mapping[int, Fraction]) -> Spent:
    found: Spent = {}
    for number, amount in amounts.items():
        column = problem.columns[number]
        for year, kind, yuan in column.payments if not column.private else ():
            found[year, kind] = found.get((year, kind), Fraction(0)) + amount * yuan
    return {key: yuan for key, yuan in found.items() if yuan}


def _of_year(spent: Mapping[MoneyKind, Fraction], purses: Sequence[Purse]) -> dict[tuple[MoneyKind, Channel], int]:
    """Cents that each channel is to pay of each kind."""
    model = Model()
    order = sorted(purses, key=lambda purse: purse.channel is Channel.county)
    columns = {
        (purse.channel, kind): model.column(cost=float(rank))
        for rank, purse in enumerate(order)
        for kind in spent
        if purse.pays(kind)
    }
    for kind, yuan in spent.items():
        model.row({column: 1.0 for (_, of), column in columns.items() if of is kind}, float(yuan), float(yuan))
    for purse in order:
        own = {column: 1.0 for (channel, _), column in columns.items() if channel is purse.channel}
        if purse.a_year is not None and own:
            model.row(own, most=float(purse.a_year) + A_CENT)
    answer = model.relaxed(Stop())
    values = answer.values if answer.values is not None else [0.0] * model.width
    return {(kind, channel): ceil(values[column] * CENTS) for (channel, kind), column in columns.items()}
