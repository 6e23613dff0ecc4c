"""Two that never fall, three that grow, the surcharge, and the norm of operating funds."""

from decimal import Decimal
from fractions import Fraction

import pytest

from junheng.kernel.codes import Verdict
from junheng.kernel.findings import Finding
from tests.spec.drawn import PLACES, draw, measured, one
from tests.spec.rows import CITY, COUNTY, TOWNSHIP, A, B, Row, Tables, found, of, school, stage, together

S, F = "education_spending", "operating_funds"


def years(now: Row, before: Row | None = None) -> Tables:
    """A school, and what its county tells of 2024 and 2023."""
    told = [now] if before is None else [now, {"calendar_year": 2023, **before}]
    return together(school(), {"county_years": told})


@pytest.mark.parametrize(("item", "part", "whole", "value"), [
    ("fin.4", "fiscal_education_10k_yuan", "gdp_10k_yuan", 4),
    ("px.money", "training_budget_10k_yuan", "teacher_pay_10k_yuan", 4),
    ("fin.share", "education_budget_10k_yuan", "general_budget_10k_yuan", 4)])
def test_what_is_only_watched_is_of_the_last_full_calendar_year(item: str, part: str, whole: str, value: int) -> None:
    this_year = {"calendar_year": 2025, part: 9, whole: 10}
    tables = together(years({part: 40, whole: 1000}, {part: 9, whole: 10}), {"county_years": [this_year]})
    share = found(tables, S, item)
    assert (share.part, share.whole, share.value, share.verdict) == (40, 1000, value, None)
    assert found(years({part: 40, whole: None}), S, item).value is None


@pytest.mark.parametrize(("now", "verdict", "gap"), [(100, "met", 0), (101, "met", 0), (99, "not_met", 1),
                                                     (None, "unknown", None)])
def test_spending_that_stays_as_it_was_has_not_fallen(now: int | None, verdict: str, gap: int | None) -> None:
    rate = found(years({"education_budget_10k_yuan": now}, {"education_budget_10k_yuan": 100}), S, "fin.two.budget")
    assert rate.verdict is Verdict[verdict] and (rate.whole, rate.gap) == (100, gap)


@pytest.mark.parametrize(("budget", "revenue", "verdict"), [(110, 105, "met"), (110, 110, "not_met"), (105, 110, "not_met"),
                                                            (90, 80, "met")])
def test_appropriation_grows_faster_than_revenue_and_not_just_as_fast(budget: int, revenue: int, verdict: str) -> None:
    rate = found(years({"education_budget_10k_yuan": budget, "recurrent_revenue_10k_yuan": revenue},
                       {"education_budget_10k_yuan": 100, "recurrent_revenue_10k_yuan": 100}), S, "fin.three.appropriation")
    assert (rate.part, rate.whole) == (Fraction(budget, 100), Fraction(revenue, 100))
    assert (rate.value, rate.verdict) == (Fraction(budget, revenue), Verdict[verdict])


def test_one_of_the_four_sums_not_known_leaves_the_ratio_of_ratios_open() -> None:
    rate = found(years({"education_budget_10k_yuan": 110, "recurrent_revenue_10k_yuan": 100},
                       {"education_budget_10k_yuan": 100, "recurrent_revenue_10k_yuan": None}), S, "fin.three.appropriation")
    assert (rate.part, rate.whole, rate.value, rate.verdict) == (Fraction(11, 10), None, None, Verdict.unknown)


@pytest.mark.parametrize(("pay", "verdict"), [(100_000, "not_met"), (100_001, "met")])
def test_pay_must_rise_and_is_a_figure_of_the_county_alone(pay: int, verdict: str) -> None:
    findings, _ = measured(draw(**years({"teacher_mean_pay_yuan": pay}, {"teacher_mean_pay_yuan": 100_000})), S)
    assert one(findings, "fin.three.pay", COUNTY, "all").verdict is Verdict[verdict]
    assert {each.group for each in findings if each.item == "fin.three.pay"} == {COUNTY}


@pytest.mark.parametrize(("surcharge", "verdict", "gap"), [(300, "met", 0), (299, "not_met", 1)])
def test_a_surcharge_of_exactly_three_percent_is_collected(surcharge: int, verdict: str, gap: int) -> None:
    rate = found(years({"surcharge_10k_yuan": surcharge, "taxes_10k_yuan": 10_000}), S, "fin.tax")
    assert (rate.verdict, rate.gap) == (Verdict[verdict], gap)


def test_a_county_that_tells_nothing_is_unknown_and_not_poor() -> None:
    findings, verdicts = measured(draw(**school()), S)
    assert {each.verdict for each in findings if each.level.name == "county"} == {None, Verdict.unknown}
    assert [(each.stage, each.verdict) for each in verdicts] == [("all", Verdict.unknown)]


def test_the_verdict_of_spending_is_one_for_all_stages() -> None:
    now: Row = {"education_budget_10k_yuan": 99, "surcharge_10k_yuan": 3, "taxes_10k_yuan": 100}
    told = years(now, {"education_budget_10k_yuan": 100})
    _, verdicts = measured(draw(**told), S)
    assert [(each.stage, each.verdict, each.failed) for each in verdicts] == [("all", Verdict.not_met, ("fin.two.budget",))]
    assert "fin.tax" not in verdicts[0].unknown


def series(spending: tuple[object, object], rolls: tuple[object, ...] = (900, 1200, 1200), *, column: str = "spending_10k_yuan",
           **facts: object) -> Tables:
    """Rolls of the autumns of 2022, 2023 and 2024, a mean of 1000 pupils in 2023 and of 1200 in 2024; money of these two."""
    rows: list[Row] = [{"series_year": 2022 + number, "roll": roll, **facts} for number, roll in enumerate(rolls)]
    rows[1][column], rows[2][column] = spending
    return {"county_series": rows}


def per_pupil(item: str, tables: Tables, stage: str = "primary") -> Finding:
    return found(together(school(), tables), S, item, stage=stage)


@pytest.mark.parametrize(("spending", "two", "three"), [((100, 120), "met", "not_met"), ((100, 121), "met", "met"),
                                                        ((100, 119), "not_met", "not_met")])
def test_spending_per_pupil_that_stays_the_same_has_not_fallen_and_not_grown(spending: tuple[int, int], two: str,
                                                                              three: str) -> None:
    findings, _ = measured(draw(**together(school(), series(spending))), S)
    kept, grown = (one(findings, f"fin.{name}.per_pupil", COUNTY) for name in ("two", "three"))
    assert (kept.part, kept.whole) == (Fraction(10_000 * spending[1], 1200), 1000)
    assert (kept.verdict, grown.verdict) == (Verdict[two], Verdict[three])


def test_the_pupils_of_a_calendar_year_are_eight_months_of_one_autumn_and_four_of_the_next() -> None:
    kept = per_pupil("fin.two.per_pupil", series((110, 120), (1200, 900, 600)))
    assert (kept.whole, kept.part) == (Fraction(1_100_000, 1100), Fraction(1_200_000, 800))


def test_what_each_pupil_is_short_of_is_in_yuan() -> None:
    assert per_pupil("fin.two.per_pupil", series((100, 114))).gap == 50


def test_operating_funds_are_of_their_own_column_and_stage() -> None:
    junior = series((10, Decimal("12.12")), column="operating_10k_yuan", stage="junior")
    tables = together(junior, series((10, 1), stage="primary"))
    grown = per_pupil("fin.three.operating", tables, "junior")
    assert (grown.part, grown.whole, grown.value, grown.verdict) == (101, 100, Fraction(101, 100), Verdict.met)


@pytest.mark.parametrize("rolls", [(None, 1200, 1200), (900, None, 1200), (900, 1200, None)])
def test_a_roll_not_known_leaves_it_open(rolls: tuple[object, ...]) -> None:
    assert per_pupil("fin.two.per_pupil", series((100, 120), rolls)).verdict is Verdict.unknown


def test_every_stage_has_its_own_figure() -> None:
    findings, _ = measured(draw(**together(school(), series((100, 120)))), S)
    known = {each.stage: each.value for each in findings if (each.item, each.group) == ("fin.two.per_pupil", COUNTY)}
    assert known == {"preschool": None, "primary": 1, "junior": None, "senior": None}


def test_a_city_adds_up_before_it_divides() -> None:
    other: Tables = {"places": [*PLACES, {"place_code": "990102", "name": "乙县", "level": "county", "parent_code": CITY}]}
    tables = together(other, school(A, place_code=COUNTY), school(B, place_code="990102"), series((100, 120)),
                      series((300, 200), (100, 100, 100), place_code="990102"))
    findings, _ = measured(draw(**tables), S)
    city = one(findings, "fin.two.per_pupil", CITY)
    assert (city.whole, city.part, city.verdict) == (Fraction(4_000_000, 1100), Fraction(3_200_000, 1300), None)


def funds(budget: object, code: str = A, **facts: object) -> Tables:
    return {"money": [of(code, budget_yuan=budget, **facts)]}


def base(*stages: Row, budget: object, year: int = 2025, group: str = A, **facts: object) -> Finding:
    return found(together(school(A, *stages, **facts), funds(budget, calendar_year=year)), F, "gy.base", group, year=year)


@pytest.mark.parametrize(("budget", "verdict", "gap"), [(75_000, "met", 0), (74_999, "not_met", 1), (None, "unknown", None)])
def test_a_budget_of_exactly_the_norm_for_pupils_and_boarders_is_enough(budget: int | None, verdict: str,
                                                                        gap: int | None) -> None:
    norm = base(stage("primary", boarders=10), budget=budget)
    assert (norm.whole, norm.verdict, norm.gap) == (75_000, Verdict[verdict], gap)


def test_junior_pupils_ask_for_more_and_children_of_preschool_for_nothing() -> None:
    stages = [stage("primary", 100, boarders=0), stage("junior", 200, boarders=100), stage("preschool", 500, boarders=400)]
    assert base(*stages, budget=1, kind="nine_year").whole == 100 * 720 + 200 * 940 + 100 * 300


def test_the_money_of_a_school_with_a_senior_stage_is_not_told_apart() -> None:
    tables = together(school(A, stage("junior", 200, boarders=0), stage("senior", 500), kind="complete_secondary"), funds(9))
    assert not [each for each in measured(draw(**tables), F)[0] if each.item == "gy.base"]


@pytest.mark.parametrize(("year", "place", "norm"), [
    (2019, "990101", 600), (2019, "320101", 650), (2020, "990101", 650), (2020, "320101", 650), (2023, "320101", 720)])
def test_the_norm_is_that_of_the_year_and_of_the_region(year: int, place: str, norm: int) -> None:
    tables = together({"places": [{"place_code": place, "name": "县", "level": "county"}]},
                      school(A, stage("primary", 100, boarders=10), place_code=place))
    boarding = 300 if year >= 2023 else 200
    assert found(tables, F, "gy.base", A, year=year).whole == 100 * norm + 10 * boarding


def test_boarders_that_are_not_known_leave_the_norm_open() -> None:
    assert base(stage("primary"), budget=1_000_000).verdict is Verdict.unknown


def test_money_of_another_year_or_item_is_no_operating_fund() -> None:
    other = together(funds(9, calendar_year=2024), funds(9, item="training"), funds(9, item="special_education"))
    assert found(together(school(A, stage("primary", boarders=0)), other), F, "gy.base", A).part is None


def test_schools_of_a_hundred_pupils_or_more_are_held_against_one_norm_and_smaller_ones_against_the_other() -> None:
    tables = together(school(A, stage("primary", 100, boarders=0)), school(B, stage("primary", 99, boarders=0)),
                      school("p", run_by="private"), school("k", stage("preschool"), kind="kindergarten"))
    findings, _ = measured(draw(**tables), F)
    of_schools = [(each.item, each.group) for each in findings if each.level.name == "school"]
    assert of_schools == [("gy.base", A), ("gy.small", B)]


@pytest.mark.parametrize(("budget", "verdict", "gap"), [(80_100, "met", 0), (80_099, "not_met", 1)])
def test_a_small_school_is_funded_as_one_of_a_hundred_those_missing_as_primary(budget: int, verdict: str, gap: int) -> None:
    small = school(A, stage("primary", 60, boarders=0), stage("junior", 30, boarders=5), kind="nine_year")
    norm = found(together(small, funds(budget)), F, "gy.small", A)
    assert norm.whole == (60 + 10) * 720 + 30 * 940 + 5 * 300
    assert (norm.verdict, norm.gap) == (Verdict[verdict], gap)


def test_a_school_of_unknown_size_may_be_asked_by_either_norm() -> None:
    tables = together(school(A, stage("primary", None, boarders=0)), funds(100_000))
    findings, _ = measured(draw(**tables), F)
    assert one(findings, "gy.base", A, "all").verdict is Verdict.unknown
    assert one(findings, "gy.small", A, "all").whole == 72_000


def test_the_county_needs_all_its_schools_and_is_short_of_schools() -> None:
    schools = (school(code, stage("primary", boarders=0)) for code in (A, B))
    tables = together(*schools, funds(72_000), funds(1, B))
    findings, verdicts = measured(draw(**tables), F)
    for group in (TOWNSHIP, COUNTY):
        county = one(findings, "gy.base", group, "all")
        assert (county.part, county.whole, county.value, county.verdict) == (1, 2, Fraction(1, 2), Verdict.not_met)
        assert (county.gap, county.gap_unit) == (1, "所")
    assert [(each.stage, each.verdict, each.failed) for each in verdicts] == [("all", Verdict.not_met, ("gy.base",))]
