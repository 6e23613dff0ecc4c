"""Days and years."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sound_register import YEAR, Drawn, faults

from junheng.register.checks.dates import BEGUN, ORDER

LAST_DAY = date(YEAR + 1, 8, 31)


@pytest.mark.parametrize(("table", "first", "last"), ORDER)
def test_what_ends_the_day_it_begins_is_fine_and_a_day_before_is_not(table: str, first: str, last: str) -> None:
    begun = Drawn().tables[table][0][first]
    assert isinstance(begun, date)
    assert not faults(Drawn().change(table, 0, **{last: begun}), "end_follows_the_beginning")
    [fault] = faults(Drawn().change(table, 0, **{last: begun - timedelta(1)}), "end_follows_the_beginning")
    assert (fault.kind, fault.column) == ("day_order", last) and str(begun) in fault.wanted


@pytest.mark.parametrize("column", ["degree_day", "at_school_since"])
def test_nobody_takes_a_degree_or_a_post_before_fifteen(column: str) -> None:
    [fault] = faults(Drawn().change("teachers", 0, **{column: date(1999, 12, 31)}), "nobody_begins_as_a_child")
    assert (fault.kind, fault.column) == ("day_order", column)
    assert "2000" not in fault.sentence(), "it would tell the year of birth"
    assert not faults(Drawn().change("teachers", 0, **{column: date(2000, 1, 1)}), "nobody_begins_as_a_child")


@pytest.mark.parametrize(("table", "column"), BEGUN)
def test_the_last_day_of_the_school_year_is_fine_and_the_next_is_not(table: str, column: str) -> None:
    assert not faults(Drawn().change(table, 0, **{column: LAST_DAY}), "nothing_begins_after_the_year")
    [fault] = faults(Drawn().change(table, 0, **{column: LAST_DAY + timedelta(1)}), "nothing_begins_after_the_year")
    assert (fault.kind, fault.column, fault.wanted) == ("future_day", column, "不晚于 2026-08-31")


def test_a_school_built_after_the_year_it_is_reported_for_is_found() -> None:
    [fault] = faults(Drawn().change("schools", 0, built_year=YEAR + 1), "school_is_built")
    assert (fault.kind, fault.column) == ("future_day", "built_year")
    assert not faults(Drawn().change("schools", 0, built_year=YEAR), "school_is_built")


@pytest.mark.parametrize(("year", "odd"), [(2019, True), (2020, False), (2025, False), (2026, True)])
def test_training_is_that_of_six_calendar_years(year: int, odd: bool) -> None:
    found = faults(Drawn().change("training", 0, training_year=year), "training_is_recent")
    assert [(fault.kind, fault.severity.name) for fault in found] == [("training_year", "warning")] * odd
