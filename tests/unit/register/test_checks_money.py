"""Money of schools and counties, series, and what a visit counted."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sound_register import Drawn, Plant, faults, finds


def funds(drawn: Drawn, **changed: object) -> Drawn:
    """Operating funds of the primary school, which has 82 pupils."""
    usual = {"school_id": "9901010001", "budget_yuan": Decimal(80_000), "settled_yuan": Decimal(80_000), "pupils_funded": 100}
    return drawn.change("money", 0, **{**usual, **changed})


PLANTS: list[Plant] = [
    ("settled_money_was_budgeted", "budget_missing", lambda drawn: funds(drawn, budget_yuan=None), [("经费", 3, "budget_yuan")]),
    ("money_is_settled_near_its_budget", "over_budget", lambda drawn: funds(drawn, settled_yuan=Decimal(160_001)),
     [("经费", 3, "settled_yuan")]),
    ("pupils_funded_are_those_there_are", "pupils_funded_far", lambda drawn: funds(drawn, pupils_funded=124),
     [("经费", 3, "pupils_funded")]),
    ("funds_are_in_their_unit", "unit_slip", lambda drawn: funds(drawn, budget_yuan=Decimal("8.0")),
     [("经费", 3, "budget_yuan")]),
    ("funds_are_in_their_unit", "unit_slip", lambda drawn: funds(drawn, settled_yuan=Decimal(80_000_000)),
     [("经费", 3, "settled_yuan")]),
    ("series_have_no_gap", "series_gap", lambda drawn: drawn.change("county_years", 0, calendar_year=2022),
     [("县区年度", 4, "calendar_year")]),
    ("series_have_no_gap", "series_gap", lambda drawn: drawn.change("county_series", 1, series_year=2022),
     [("县区学段序列", 5, "series_year")]),
    ("amounts_grow_slowly", "growth", lambda drawn: drawn.change("county_years", 2, education_budget_10k_yuan=Decimal(70_000)),
     [("县区年度", 5, "education_budget_10k_yuan")]),
    ("amounts_grow_slowly", "growth", lambda drawn: drawn.change("county_series", 2, roll=102), [("县区学段序列", 5, "roll")]),
    ("amounts_keep_their_unit", "unit_slip",
     lambda drawn: drawn.change("county_years", 2, education_budget_10k_yuan=Decimal(420_000_000)),
     [("县区年度", 5, "education_budget_10k_yuan")]),
    ("series_end_in_the_figures_of_record", "series_roll", lambda drawn: drawn.change("county_series", 2, roll=155),
     [("县区学段序列", 5, "roll")]),
    ("county_tables_speak_of_counties", "not_a_county", lambda drawn: drawn.change("county_years", 0, place_code="990101001"),
     [("县区年度", 3, "place_code")]),
    ("visit_finds_what_was_reported", "field_check", lambda drawn: drawn.change("field_checks", 0, counted=Decimal(81)),
     [("实地核查", 3, "counted")]),
    ("visit_finds_what_was_reported", "field_check", lambda drawn: drawn.change("field_checks", 1, counted=Decimal(8700)),
     [("实地核查", 4, "counted")]),
    ("shares_are_of_a_hundred", "out_of_range",
     lambda drawn: drawn.change("evidence", 0, item="yz.3.1", value=Decimal("100.5")), [("佐证", 3, "value")]),
]


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: f"{plant[0]}-{plant[3][0][2]}")
def test_an_amount_that_cannot_be_is_found(plant: Plant) -> None:
    assert finds(plant)


def test_a_leap_is_no_slip_of_unit_and_a_slip_no_leap() -> None:
    leap = Drawn().change("county_years", 2, education_budget_10k_yuan=Decimal(70_000))
    slip = Drawn().change("county_years", 2, education_budget_10k_yuan=Decimal(420_000_000))
    assert not faults(leap, "amounts_keep_their_unit") and not faults(slip, "amounts_grow_slowly")


def test_growth_is_not_asked_over_a_gap_nor_of_trifles() -> None:
    drawn = Drawn().change("county_years", 2, education_budget_10k_yuan=Decimal(70_000))
    assert not faults(drawn.change("county_years", 1, education_budget_10k_yuan=None), "amounts_grow_slowly")
    assert not faults(Drawn().change("county_years", 2, housing_kindergartens=9), "amounts_grow_slowly")


@pytest.mark.parametrize("change", [{"pupils_funded": 119}, {"pupils_funded": None}, {"calendar_year": 2024,
                         "pupils_funded": 500}])
def test_small_schools_and_years_past_may_be_funded_for_others(change: dict[str, object]) -> None:
    assert not faults(funds(Drawn(), **change), "pupils_funded_are_those_there_are")


def test_a_county_with_a_school_of_unknown_place_or_pupils_has_no_whole() -> None:
    drawn = Drawn().change("county_series", 2, roll=999)
    assert faults(drawn, "series_end_in_the_figures_of_record")
    assert not faults(drawn.change("school_stages", 0, pupils=None), "series_end_in_the_figures_of_record")
    elsewhere = Drawn().change("county_series", 2, roll=999)
    elsewhere.change("schools", 3, place_code=None).change("schools", 0, place_code=None)
    assert not faults(elsewhere, "series_end_in_the_figures_of_record")


def test_measured_values_may_differ_by_their_rounding() -> None:
    assert not faults(Drawn().change("field_checks", 1, counted=Decimal(8840)), "visit_finds_what_was_reported")


def test_funds_of_money_that_is_no_share_may_be_any_number() -> None:
    assert not faults(Drawn().change("evidence", 0, item="yz.2.7", value=Decimal(6500)), "shares_are_of_a_hundred")


@pytest.mark.parametrize(("table", "column", "year"), [("flows", "flow_year", 2026), ("county_series", "series_year", 2026),
                                                       ("county_years", "calendar_year", 2027), ("money", "calendar_year", 2027),
                                                       ("population", "birth_year", 2026), ("pupils", "birth_year", 2026)])
def test_a_year_that_has_not_begun_is_found(table: str, column: str, year: int) -> None:
    [fault] = faults(Drawn().change(table, 0, **{column: year}), "years_have_begun")
    assert (fault.kind, fault.column, fault.wanted) == ("future_day", column, f"不晚于 {year - 1}")
    assert not faults(Drawn().change(table, 0, **{column: year - 1}), "years_have_begun")
