"""Which price is in force: the shipped one, the county's list, the user's own; what is asked about comes last."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from junheng.kernel.faults import JunhengError
from junheng.planning.codes import Channel, MoneyKind
from junheng.planning.pricing import PAYS, PRICES, Purse, price_book

DAY, SHIPPED = date(2026, 1, 1), 3800  # of a square metre built


def listed(folder: Path, name: str, value: object, *, day: str = "2025-01-01", place: str = "990101", where: str = "") -> Path:
    path = folder / name
    entry = f'{{day = {day}, value = {value}, paper = "X", evidence = "read"{where}}}'
    path.write_text(f'jurisdiction = "{place}"\n[build_price]\nsince = [{entry}]\n', encoding="utf-8")
    return path


def price(folder: Path, own: Path | None = None, county: str = "990101", day: date = DAY) -> Fraction:
    return price_book(day, county, (folder,), own).value("build_price")


def test_the_shipped_price_where_nobody_says_otherwise(tmp_path: Path) -> None:
    assert price(tmp_path) == SHIPPED and price(tmp_path / "none") == SHIPPED


def test_the_list_of_the_county_over_the_shipped_and_the_users_own_over_both(tmp_path: Path) -> None:
    (tmp_path / "city").mkdir()
    listed(tmp_path / "city", "a.toml", 4000)
    assert price(tmp_path / "city") == 4000
    assert price(tmp_path / "city", listed(tmp_path, "own.toml", 4500)) == 4500


def test_a_price_is_of_its_day_and_its_place(tmp_path: Path) -> None:
    own = listed(tmp_path, "own.toml", 5000, day="2026-06-01")
    assert [price(tmp_path / "none", own, day=day) for day in (DAY, date(2026, 6, 1))] == [SHIPPED, 5000]
    other = listed(tmp_path, "other.toml", 6000, place="990102")
    assert [price(tmp_path / "none", other, county) for county in ("990101", "990102")] == [SHIPPED, 6000]


def test_a_price_of_some_schools_only(tmp_path: Path) -> None:
    own = listed(tmp_path, "own.toml", 5000, where=', where = {urban_rural = "village"}')
    book = price_book(DAY, "990101", (), own)
    assert [book.value("build_price", {"urban_rural": each}) for each in ("village", "city_core")] == [5000, SHIPPED]
    assert {entry.value for (name, _), entry in book.used.items() if name == "build_price"} == {5000, SHIPPED}


def test_a_price_asked_about_is_its_own_value_times_and_more(tmp_path: Path) -> None:
    book = price_book(DAY, "990101", (), None, {"build_price": Fraction(3, 2)})
    assert book.value("build_price") == SHIPPED * Fraction(3, 2)
    book.values, book.plus = {"build_price": Fraction(100)}, {"build_price": Fraction(7)}
    assert book.value("build_price") == 157 and book.value("hall_price") == 5500


def test_the_last_list_that_names_channels_names_them_all(tmp_path: Path) -> None:
    (tmp_path / "city").mkdir()
    (tmp_path / "city" / "a.toml").write_text(
        '[[channel]]\nname = "central"\na_year = 5\n[[channel]]\nname = "county"\n', encoding="utf-8"
    )
    own = tmp_path / "own.toml"
    own.write_text('[[channel]]\nname = "bond"\na_year = 0\n', encoding="utf-8")
    assert price_book(DAY, "990101").purses == (Purse(Channel.county),)
    assert price_book(DAY, "990101", (tmp_path / "city",)).purses == (Purse(Channel.central, 5), Purse(Channel.county))
    assert price_book(DAY, "990101", (tmp_path / "city",), own).purses == (Purse(Channel.bond, 0),)


@pytest.mark.parametrize(
    "rows", ("channel = 3", '[channel]\nname = "bank"', "[[channel]]", '[[channel]]\nname = "county"\na_year = 1.5')
)
def test_channels_that_are_none(tmp_path: Path, rows: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(rows, encoding="utf-8")
    with pytest.raises(JunhengError, match=r"\[\[channel\]\]：应为 name = 渠道"):
        price_book(DAY, "990101", (), path)


def test_pay_comes_from_no_money_for_things() -> None:
    paying = {kind: {channel for channel in Channel if kind in PAYS[channel]} for kind in MoneyKind}
    assert paying[MoneyKind.pay] == paying[MoneyKind.operating] == {Channel.county, Channel.sponsor}
    assert not {Channel.central, Channel.bond, Channel.donation} & paying[MoneyKind.training]
    assert Channel.bond not in paying[MoneyKind.equipment]


def test_every_shipped_price_is_one_that_a_list_could_say(tmp_path: Path) -> None:
    for name, limit in PRICES.limits.items():
        path = tmp_path / "own.toml"
        path.write_text(
            f'[{name}]\nsince = [{{day = 2025-01-01, value = {limit.entries[0].value}, paper = "X", evidence = "read"}}]\n',
            encoding="utf-8",
        )
        assert price_book(DAY, "990101", (), path).value(name) == Fraction(limit.entries[0].value)
