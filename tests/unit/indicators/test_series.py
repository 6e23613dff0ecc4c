"""Several years of a figure: its values, its change, the way it goes, and a spread that rose again."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.indicators.series import Direction, Series, series
from junheng.kernel.codes import Level
from junheng.kernel.findings import Exact, Finding

COUNTY = "990101"
fractions = st.fractions(min_value=0, max_value=1000, max_denominator=50)
known_or_not = st.lists(st.none() | fractions, min_size=1, max_size=6)


def finding(year: int, value: Exact | None, *, item: str = "st.ger.primary", level: Level = Level.county, group: str = COUNTY,
            stage: str = "all", slice: str = "", name: str = "县") -> Finding:
    return Finding(item, "indicator", "standard", level, group, name, stage, year, value=value, slice=slice,
                   snapshot=f"{year}-v1-000000000000")


def over(*values: Exact | None, first: int = 2021, item: str = "st.ger.primary") -> Series:
    """One figure of one county over the years from `first`."""
    found = series({year: [finding(year, value, item=item)] for year, value in enumerate(values, start=first)})
    assert len(found) == 1
    return found[0]


def fifths(*numbers: int | None) -> list[Fraction | None]:
    return [None if number is None else Fraction(number, 5) for number in numbers]


@pytest.mark.parametrize(("numbers", "direction"), [
    ((1, 2, 3), "rising"), ((3, 2, 1), "falling"), ((2, 2), "steady"), ((1, 1, 2), "rising"), ((2, 1, 1), "falling"),
    ((1, 2, 1), "mixed"), ((2, 1, 2), "mixed"), ((1,), "unknown"), ((None, None), "unknown"), ((None, 2), "unknown"),
    ((1, None, 2), "rising"), ((1, None, 1), "steady")])
def test_the_way_a_figure_goes_is_that_of_the_years_that_are_known(numbers: tuple[int | None, ...], direction: str) -> None:
    assert over(*fifths(*numbers)).direction is Direction[direction]


def test_change_is_the_last_known_year_less_the_first_and_spread_over_the_years_between() -> None:
    made = over(None, *fifths(10, None, 4), None)
    assert (made.change, made.change_a_year) == (Fraction(-6, 5), Fraction(-3, 5))


@pytest.mark.parametrize("numbers", [(1,), (None, 1), (None,)])
def test_one_year_alone_has_no_change(numbers: tuple[int | None, ...]) -> None:
    made = over(*fifths(*numbers))
    assert (made.change, made.change_a_year) == (None, None)


def test_a_year_without_the_figure_is_a_gap_and_keeps_its_place() -> None:
    made = series({2025: [finding(2025, Fraction(3))], 2023: [finding(2023, Fraction(1))], 2024: []})[0]
    assert list(made.values.items()) == [(2023, 1), (2024, None), (2025, 3)]
    assert list(made.snapshots) == [2023, 2025]
    assert made.change_a_year == 1


def test_schools_are_not_followed_and_every_level_stage_and_part_is_a_series_of_its_own() -> None:
    found = [finding(2025, Fraction(1), level=Level.school, group="1"), finding(2025, Fraction(2)),
             finding(2025, Fraction(3), stage="primary"), finding(2025, Fraction(4), slice="ownership=private"),
             finding(2025, Fraction(5), level=Level.city, group="9901"), finding(2025, Fraction(6), item="st.drop")]
    assert [made.values[2025] for made in series({2025: found})] == [2, 3, 4, 5, 6]


def test_a_figure_that_ended_comes_after_those_of_the_last_year_and_is_called_as_it_was_last() -> None:
    made = series({2024: [finding(2024, Fraction(1), item="old"), finding(2024, Fraction(1), name="原名")],
                   2025: [finding(2025, Fraction(2), name="今名")]})
    assert [(each.item, each.name) for each in made] == [("st.ger.primary", "今名"), ("old", "县")]


def test_a_spread_that_is_larger_than_in_the_last_year_known_has_rebounded() -> None:
    made = over(Decimal("0.40"), Decimal("0.38"), None, Decimal("0.39"), Decimal("0.39"), Decimal("0.41"), item="yz.1.4.cv")
    assert made.rebounds == (2024, 2026)
    assert made.change == Decimal("0.01")


def test_only_a_coefficient_of_variation_raises_the_alarm() -> None:
    assert over(Fraction(1), Fraction(2)).rebounds == ()
    assert over(Decimal("0.5"), Decimal("0.6"), item="jb.cv").rebounds == (2022,)


def test_a_series_is_written_in_exact_numbers() -> None:
    told = over(Fraction(1, 3), None, Fraction(1)).as_json()
    assert told["values"] == {"2021": "1/3", "2022": None, "2023": "1"}
    assert (told["change"], told["change_a_year"], told["direction"]) == ("2/3", "1/3", "rising")
    assert (told["item"], told["level"], told["group"], told["rebounds"]) == ("st.ger.primary", "county", COUNTY, [])


def test_no_year_at_all_is_no_series() -> None:
    assert series({}) == [] and series({2025: []}) == []


@given(known_or_not)
def test_the_way_and_the_change_agree(values: list[Fraction | None]) -> None:
    made = over(*values)
    signs = {Direction.rising: 1, Direction.falling: -1, Direction.steady: 0}
    if made.direction in signs:
        assert made.change is not None and (made.change > 0) - (made.change < 0) == signs[made.direction]
    if made.direction is Direction.unknown:
        assert made.change is None


TURNED = {Direction.rising: Direction.falling, Direction.falling: Direction.rising}


@given(known_or_not)
def test_read_backwards_a_series_goes_the_other_way(values: list[Fraction | None]) -> None:
    there, back = over(*values), over(*reversed(values))
    assert back.direction is TURNED.get(there.direction, there.direction)
    assert back.change == (None if there.change is None else -Fraction(there.change))


@given(known_or_not, st.integers(0, 5))
def test_a_year_that_is_not_known_changes_neither_the_way_nor_the_change(values: list[Fraction | None], where: int) -> None:
    gapped = [*values[:where], None, *values[where:]]
    assert (over(*gapped).direction, over(*gapped).change) == (over(*values).direction, over(*values).change)


@given(st.dictionaries(st.integers(2015, 2030), fractions, min_size=1, max_size=6))
def test_the_order_in_which_years_are_given_does_not_matter(told: Mapping[int, Fraction]) -> None:
    years = {year: [finding(year, value)] for year, value in told.items()}
    assert series(years) == series(dict(reversed(years.items())))
