"""Who pays what: each channel only what it may, no more than it has, the county last."""

from __future__ import annotations

from fractions import Fraction

from junheng.planning.balance.model.problem import Column, Problem
from junheng.planning.balance.paying import Till
from junheng.planning.codes import Channel, MeasureKind, MoneyKind
from junheng.planning.pricing import Purse

COUNTY = Purse(Channel.county)
A_CENT = 0.011


def column(money: MoneyKind, yuan: int, *, year: int = 2026, private: bool = False) -> Column:
    return Column(MeasureKind.build, "s", "all", year, year, Fraction(9), (), ((year, money, Fraction(yuan)),), private=private)


def paid(
    columns: list[Column], *purses: Purse, ways: dict[int, Fraction] | None = None
) -> dict[tuple[int, MoneyKind], dict[Channel, float]]:
    """One of each column is done; what each channel pays, by year and kind of money."""
    till = Till(Problem((), tuple(columns)), dict.fromkeys(range(len(columns)), Fraction(1)), purses, ways or {})
    found: dict[tuple[int, MoneyKind], dict[Channel, float]] = {}
    costs = [payment for each in columns if not each.private for payment in each.payments]
    for year, kind, yuan in [*costs, *((year, MoneyKind.operating, yuan) for year, yuan in (ways or {}).items())]:
        for channel, part in till.pay(year, kind, yuan):
            own = found.setdefault((year, kind), {})
            own[channel] = own.get(channel, 0) + part
    return found


def test_the_county_pays_what_nobody_else_may() -> None:
    columns = [column(MoneyKind.pay, 100), column(MoneyKind.equipment, 100)]
    found = paid(columns, COUNTY, Purse(Channel.central, 1000))
    assert found == {(2026, MoneyKind.pay): {Channel.county: 100}, (2026, MoneyKind.equipment): {Channel.central: 100}}


def test_a_channel_pays_as_far_as_it_goes() -> None:
    found = paid([column(MoneyKind.equipment, 100)], COUNTY, Purse(Channel.central, 30))
    assert found[2026, MoneyKind.equipment] == {Channel.central: 30, Channel.county: 70}


def test_what_only_one_may_pay_is_left_to_it() -> None:
    """A bond pays works only, central funds works and equipment: together they pay all of both."""
    columns = [column(MoneyKind.works, 60), column(MoneyKind.equipment, 40)]
    found = paid(columns, COUNTY, Purse(Channel.central, 40), Purse(Channel.bond, 60))
    assert abs(found[2026, MoneyKind.works][Channel.bond] - 60) < A_CENT
    assert abs(found[2026, MoneyKind.equipment][Channel.central] - 40) < A_CENT


def test_each_year_has_money_of_its_own() -> None:
    columns = [column(MoneyKind.works, 50), column(MoneyKind.works, 50, year=2027)]
    found = paid(columns, COUNTY, Purse(Channel.bond, 50))
    assert found == {(year, MoneyKind.works): {Channel.bond: 50} for year in (2026, 2027)}


def test_the_owner_of_a_private_school_is_none_of_them() -> None:
    assert paid([column(MoneyKind.works, 50, private=True)], COUNTY) == {}


def test_ways_are_running_costs_of_the_year() -> None:
    found = paid([column(MoneyKind.works, 50)], COUNTY, Purse(Channel.bond, 50), ways={2027: Fraction(9)})
    assert found[2027, MoneyKind.operating] == {Channel.county: 9}
