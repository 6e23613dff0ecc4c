"""Who pays what: the costs of a plan shared out over the channels that may pay them, the county's own budget last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from junheng.engines.highs import Model, Stop
from junheng.planning.balance.problem import Problem
from junheng.planning.codes import Channel, MoneyKind
from junheng.planning.pricing import Purse

Year = int
Spent = dict[tuple[Year, MoneyKind], Fraction]
Shares = Mapping[tuple[Year, MoneyKind], Sequence[tuple[Channel, Fraction]]]


def shares(problem: Problem, amounts: Mapping[int, Fraction], purses: Sequence[Purse], ways: Mapping[Year, Fraction]) -> Shares:
    """For each year and kind of money, the share each channel pays. Public schools only: a private school's owner pays for it.
    `ways` are yuan that running costs come to besides.

    The rules of the plan see to it that the money can be shared out (`rules.channels`).
    """
    spent = _spent(problem, amounts)
    for year, yuan in ways.items():
        spent[year, MoneyKind.operating] = spent.get((year, MoneyKind.operating), Fraction(0)) + yuan
    found: dict[tuple[Year, MoneyKind], list[tuple[Channel, Fraction]]] = {}
    for year in sorted({year for year, _ in spent}):
        own = {kind: yuan for (when, kind), yuan in spent.items() if when == year}
        found |= {(year, kind): paid for kind, paid in _of_year(own, purses).items()}
    return found


def _spent(problem: Problem, amounts: Mapping[int, Fraction]) -> Spent:
    found: Spent = {}
    for number, amount in amounts.items():
        column = problem.columns[number]
        for year, kind, yuan in column.payments if not column.private else ():
            found[year, kind] = found.get((year, kind), Fraction(0)) + amount * yuan
    return {key: yuan for key, yuan in found.items() if yuan}


def _of_year(spent: Mapping[MoneyKind, Fraction], purses: Sequence[Purse]) -> dict[MoneyKind, list[tuple[Channel, Fraction]]]:
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
            model.row(own, most=float(purse.a_year) + 0.01)
    answer = model.relaxed(Stop())
    if answer.values is None:
        return {kind: [(Channel.county, Fraction(1))] for kind in spent}
    return {
        kind: [
            (channel, Fraction(answer.values[column]) / yuan)
            for (channel, of), column in columns.items()
            if of is kind and answer.values[column] > 0.005
        ]
        for kind, yuan in spent.items()
    }
