"""The payments of a plan: parts to the cent that come to the whole, and no channel beyond what it has."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as some

from junheng.planning.balance.model.problem import Column, Problem
from junheng.planning.balance.paying import Till, yuan
from junheng.planning.codes import Channel, MeasureKind, MoneyKind
from junheng.planning.pricing import Purse

YEAR = 2026
KINDS = (MoneyKind.works, MoneyKind.equipment, MoneyKind.training, MoneyKind.operating)
COSTS = some.lists(
    some.tuples(some.sampled_from(KINDS), some.fractions(1, 10**7, max_denominator=1000)), min_size=1, max_size=12
)
LIMITED = (Channel.province, Channel.bond, Channel.surcharge)


def till(costs: list[tuple[MoneyKind, Fraction]], limits: dict[Channel, int | None], ways: int = 0) -> Till:
    columns = tuple(
        Column(MeasureKind.build, f"s{number}", "all", YEAR, YEAR, Fraction(1), payments=((YEAR, kind, cost),))
        for number, (kind, cost) in enumerate(costs)
    )
    amounts = dict.fromkeys(range(len(columns)), Fraction(1))
    purses = [Purse(channel, most) for channel, most in limits.items()]
    return Till(Problem((), columns), amounts, purses, {YEAR: Fraction(ways)} if ways else {})


@given(COSTS, some.lists(some.integers(0, 10**7), min_size=3, max_size=3), some.integers(0, 10**6))
def test_parts_come_to_the_whole_and_no_channel_passes_its_limit(
    costs: list[tuple[MoneyKind, Fraction]], limits: list[int], ways: int
) -> None:
    most = dict(zip(LIMITED, limits, strict=True))
    paying = till(costs, {**most, Channel.county: None}, ways)
    paid: dict[Channel, Fraction] = {}
    for kind, cost in costs:
        parts = [(channel, Fraction(str(part))) for channel, part in paying.pay(YEAR, kind, cost)]
        assert sum(part for _, part in parts) == Fraction(str(yuan(cost)))
        assert all(part > 0 and Purse(channel).pays(kind) for channel, part in parts)
        assert len({channel for channel, _ in parts}) == len(parts)
        for channel, part in parts:
            paid[channel] = paid.get(channel, Fraction(0)) + part
    assert all(paid.get(channel, 0) <= limit for channel, limit in most.items())


def test_other_channels_pay_before_the_county_and_one_measure_after_the_other() -> None:
    costs = [(MoneyKind.works, Fraction(100)), (MoneyKind.works, Fraction(100)), (MoneyKind.operating, Fraction(50))]
    paying = till(costs, {Channel.county: None, Channel.bond: 150})
    assert [paying.pay(YEAR, kind, cost) for kind, cost in costs] == [
        [(Channel.bond, 100)],
        [(Channel.bond, 50), (Channel.county, 50)],
        [(Channel.county, 50)],
    ]


def test_the_ways_of_pupils_are_the_first_of_the_countys_money() -> None:
    costs = [(MoneyKind.works, Fraction(100))]
    assert till(costs, {Channel.county: 120, Channel.bond: 80}, ways=40).pay(YEAR, *costs[0]) == [
        (Channel.bond, 80),
        (Channel.county, 20),
    ]
