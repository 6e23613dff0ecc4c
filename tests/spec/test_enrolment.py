"""Children of school age, gross rates, retention, dropping out, going on, the general and the vocational, and their teachers."""

from fractions import Fraction

import pytest

from junheng.kernel.findings import Finding
from tests.spec.drawn import YEAR, draw, measured, one
from tests.spec.rows import COUNTY, A, B, C, Row, Tables, found, of, school, stage, together

S = "statistics_2020"


def residents(**people: int | None) -> Tables:
    """`born_2019=10`: ten residents born in 2019, and nobody in any other year of school age."""
    told = {int(born.removeprefix("born_")): count for born, count in people.items()}
    return {"population": [{"birth_year": born, "people": told.get(born, 0)} for born in {*range(YEAR - 17, YEAR - 2), *told}]}


def children(*rows: Row) -> Tables:
    return {"pupils": [of(pupil_id=str(number), **row) for number, row in enumerate(rows)]}


def child(born: int | None, stage: str = "primary", **facts: object) -> Row:
    return {"birth_year": born, "stage": stage, **facts}


def test_children_of_primary_age_count_by_year_of_birth_from_six_to_eleven() -> None:
    ages = children(child(2013), child(2014), child(2019), child(2020))
    tables = together(school(), ages, residents(born_2013=7, born_2014=4, born_2019=6, born_2020=7))
    rate = found(tables, S, "st.nir.primary")
    assert (rate.part, rate.whole, rate.value, rate.verdict) == (2, 10, 20, None)


def test_a_child_of_primary_age_counts_in_a_higher_stage_and_not_in_kindergarten() -> None:
    ages = children(child(2014, "junior"), child(2015, "senior"), child(2019, "preschool"))
    every = school(A, stage("preschool"), stage("primary"), stage("junior"), stage("senior"), kind="twelve_year")
    assert found(together(every, ages, residents(born_2019=4)), S, "st.nir.primary").part == 2


def test_a_suspended_child_is_not_at_school_and_one_taught_at_home_is() -> None:
    ages = children(child(2015), child(2015, status="suspended"), child(2015, status="home_teaching"),
                    child(2015, status="resumed"))
    assert found(together(school(), ages, residents(born_2015=10)), S, "st.nir.primary").value == 30


def test_children_of_junior_age_count_only_in_junior_and_senior_schools() -> None:
    ages = children(child(2011, "senior"), child(2013, "junior"), child(2013), child(2010, "junior"), child(2014, "junior"))
    every = school(A, stage("primary"), stage("junior"), stage("senior"), kind="twelve_year")
    findings, _ = measured(draw(**together(every, ages, residents(born_2011=5, born_2013=5, born_2014=10))), S)
    junior, compulsory = (one(findings, f"st.nir.{name}", COUNTY, "all") for name in ("junior", "compulsory"))
    assert (junior.part, junior.whole) == (2, 10)
    assert (compulsory.part, compulsory.whole) == (4, 20)


@pytest.mark.parametrize("row", [child(None), child(2015, status=None)])
def test_a_child_of_unknown_age_or_status_leaves_the_net_rate_open(row: Row) -> None:
    rate = found(together(school(), children(child(2015), row), residents(born_2015=10)), S, "st.nir.primary")
    assert (rate.part, rate.value, rate.unknown) == (None, None, 1)


@pytest.mark.parametrize("people", [{}, residents(born_2015=None), residents(born_2000=5)])
def test_residents_not_known_or_none_of_the_age_make_the_rate_unknown(people: Tables) -> None:
    assert found(together(school(), children(child(2015)), people), S, "st.nir.primary").value is None


def test_people_registered_in_a_place_are_no_residents() -> None:
    people = residents(born_2015=10)
    people["population"].append({"birth_year": 2015, "people": 90, "basis": "hukou"})
    assert found(together(school(), people), S, "st.nir.primary").whole == 10


@pytest.fixture(scope="module")
def gross() -> list[Finding]:
    """A kindergarten, a private nine-year school and a special school, and a vocational school."""
    people = residents(born_2020=50, born_2022=50, born_2023=9, born_2019=100, born_2014=100, born_2013=40, born_2011=40,
                       born_2010=60, born_2008=60, born_2007=9)
    schools = together(school("k", stage("preschool", 90), kind="kindergarten"),
                       school("n", stage("primary", 190), stage("junior", 100), kind="nine_year", run_by="private"),
                       school("s", stage("primary", 20), kind="special"), school("v", stage("senior", 84), kind="vocational"))
    return measured(draw(**together(schools, people)), S)[0]


@pytest.mark.parametrize(("item", "part", "whole", "value"), [
    ("st.ger.preschool", 90, 100, 90), ("st.ger.primary", 210, 200, 105), ("st.ger.junior", 100, 80, 125),
    ("st.ger.hs", 84, 120, 70)])
def test_a_gross_rate_takes_pupils_of_any_age_and_every_kind_of_school(gross: list[Finding], item: str, part: int, whole: int,
                                                                       value: int) -> None:
    rate = one(gross, item, COUNTY, "all")
    assert (rate.part, rate.whole, rate.value) == (part, whole, value)


def test_a_stage_that_no_school_has_is_nobody_and_not_unknown(gross: list[Finding]) -> None:
    assert one(gross, "st.ger.hs", COUNTY, "all").unknown == 0
    assert found(together(school(), residents(born_2010=5)), S, "st.ger.hs").value == 0


def test_the_last_year_of_kindergarten_is_its_third_grade_of_this_autumn() -> None:
    rolls: Tables = {"flows": [of(stage="preschool", grade=grade, flow_year=year, roll=roll)
                               for grade, year, roll in ((3, 2025, 40), (2, 2025, 7), (3, 2024, 7))]}
    kindergarten = school(A, stage("preschool"), kind="kindergarten")
    rate = found(together(kindergarten, rolls, residents(born_2020=50, born_2021=9)), S, "st.preschool.last")
    assert (rate.part, rate.whole, rate.value) == (40, 50, 80)


def test_nine_year_retention_is_leavers_by_those_who_began_nine_years_before() -> None:
    series: Tables = {"county_series": [{"stage": name, "series_year": year, "entrants": count} for name, year, count in (
        ("primary", 2016, 100), ("primary", 2015, 7), ("junior", 2016, 7))]}
    leavers = school(A, stage("primary", graduates=50), stage("junior", graduates=96), kind="nine_year")
    kept = found(together(leavers, series), S, "st.ret9")
    assert (kept.part, kept.whole, kept.value) == (96, 100, 96)
    assert found(together(leavers, {"county_series": series["county_series"][1:]}), S, "st.ret9").value is None


@pytest.mark.parametrize(("year", "leavers", "verdict"), [(2025, 960, "met"), (2025, 959, "not_met"), (2024, 950, "met"),
                                                          (2024, 949, "not_met")])
def test_the_target_of_retention_rose_in_2025(year: int, leavers: int, verdict: str) -> None:
    series: Tables = {"county_series": [{"series_year": year - 9, "entrants": 1000}]}
    tables = together(school(A, stage("junior", graduates=leavers), kind="junior"), series)
    target = found(tables, "policy_targets", "tg.ret9", year=year)
    assert target.verdict is not None and target.verdict.name == verdict
    assert target.gap == (0 if verdict == "met" else 1)


def movements(*rows: Row, **cohort: object) -> Tables:
    """The three years of those who left in 2025: 100 began, 10 came, 12 went, 1 died, 95 graduated; `cohort` is of grade 9."""
    own: list[Row] = [{"flow_year": 2022, "grade": 7, "roll": 100, "moved_in": 4, "moved_out": 5},
                      {"flow_year": 2023, "grade": 8, "moved_in": 3, "moved_out": 4},
                      {"flow_year": 2024, "grade": 9, "moved_in": 3, "moved_out": 3, "died": 1, "graduated": 95, **cohort}]
    return {"flows": [of(**{"stage": "junior", **row}) for row in (*own, *rows)]}


JUNIOR = school(A, stage("junior"), kind="junior")


def test_three_year_retention_takes_transfers_and_deaths_out() -> None:
    kept = found(together(JUNIOR, movements()), S, "st.ret3", stage="junior")
    assert (kept.part, kept.whole, kept.value) == (97, 99, Fraction(9700, 99))


@pytest.mark.parametrize("other", [
    {"flow_year": 2022, "grade": 8, "roll": 50, "moved_in": None, "graduated": 9}, {"flow_year": 2025, "grade": 7, "roll": 50},
    {"flow_year": 2024, "grade": 7, "died": 3}, {"flow_year": 2023, "grade": 9, "graduated": 70, "moved_out": 8}])
def test_other_cohorts_do_not_touch_the_one_that_left(other: Row) -> None:
    assert found(together(JUNIOR, movements(other)), S, "st.ret3", stage="junior").value == Fraction(9700, 99)


def test_a_transfer_that_is_not_known_leaves_retention_open() -> None:
    assert found(together(JUNIOR, movements(moved_in=None)), S, "st.ret3", stage="junior").value is None


def test_suspended_pupils_of_the_cohort_are_shown_apart() -> None:
    away = found(together(JUNIOR, movements({"flow_year": 2022, "grade": 8, "suspended": 40}, suspended=3, resumed=1)), S,
                 "st.ret3.suspended", stage="junior")
    assert (away.value, away.whole, away.verdict) == (2, None, None)


def test_dropping_out_is_of_the_last_school_year_and_of_its_own_stage() -> None:
    rows: Tables = {"flows": [of(flow_year=2024, grade=1, roll=150, dropped_out=1), of(flow_year=2024, grade=2, roll=50),
                              of(flow_year=2025, roll=99), of(stage="junior", grade=7, flow_year=2024, roll=10, dropped_out=5)]}
    both = school(A, stage("primary"), stage("junior"), kind="nine_year")
    findings, _ = measured(draw(**together(both, rows)), S)
    primary, junior = (one(findings, "st.drop", COUNTY, name) for name in ("primary", "junior"))
    assert (primary.part, primary.whole, primary.value) == (1, 200, Fraction(1, 2))
    assert junior.value == 50


@pytest.mark.parametrize("kind", ["special", "vocational"])
def test_special_and_vocational_schools_are_left_out_of_what_is_general(kind: str) -> None:
    rows: Tables = {"flows": [of(school, flow_year=2024, roll=100, dropped_out=1) for school in (A, B)]}
    findings, _ = measured(draw(**together(school(A), school(B, kind=kind), rows)), S)
    assert one(findings, "st.drop", COUNTY).whole == 100
    assert one(findings, "st.boarders", COUNTY).whole == 100
    assert not [each for each in findings if each.item == "st.str" and each.group == B]


def test_a_dropout_not_known_is_not_nobody() -> None:
    rows: Tables = {"flows": [of(flow_year=2024, roll=100, dropped_out=None)]}
    assert found(together(school(), rows), S, "st.drop", stage="primary").value is None


def test_promotion_is_entrants_of_the_next_stage_by_leavers_of_this_one() -> None:
    schools = together(school(A, stage("primary", graduates=100), stage("junior", entrants=104, graduates=100), kind="nine_year"),
                       school(B, stage("senior", entrants=50), kind="senior"),
                       school(C, stage("senior", entrants=45), kind="vocational"))
    findings, _ = measured(draw(**schools), S)
    assert [one(findings, f"st.prom.{name}", COUNTY, "all").value for name in ("primary", "junior")] == [104, 95]


def test_promotion_without_leavers_is_unknown() -> None:
    schools = school(A, stage("primary", graduates=0), stage("junior", entrants=5), kind="nine_year")
    assert found(schools, S, "st.prom.primary").value is None


def test_the_vocational_part_of_the_senior_stage_by_roll_and_by_intake() -> None:
    schools = together(school(A, stage("senior", 700, entrants=150), kind="complete_secondary"),
                       school(B, stage("senior", 300, entrants=100), kind="vocational"))
    findings, _ = measured(draw(**schools), S)
    assert [one(findings, f"st.voc.{name}", COUNTY, "all").value for name in ("roll", "entrants")] == [30, 40]


def teacher(name: str, school: str = A, **facts: object) -> Row:
    return of(school, teacher_id=name, **facts)


def test_pupils_for_each_teacher_count_those_who_serve_full_time() -> None:
    people: Tables = {"teachers": [teacher(name) for name in "abcd"] + [
        teacher("guest", full_time=False), teacher("lent", state="seconded"), teacher("ill", state="leave")]}
    ratio = found(together(school(), people), S, "st.str", A, "primary")
    assert (ratio.part, ratio.whole, ratio.value) == (100, 4, 25)
    assert found(school(), S, "st.str", A, "primary").value is None


@pytest.mark.parametrize(("name", "least", "short"), [
    ("preschool", "senior", "below_senior"), ("primary", "senior", "below_senior"), ("junior", "junior_college", "senior"),
    ("senior", "bachelor", "junior_college")])
def test_the_degree_that_each_stage_requires(name: str, least: str, short: str) -> None:
    people: Tables = {"teachers": [teacher(degree, stage=name, degree=degree) for degree in (least, short, "doctor")]}
    share = found(together(school(A, stage(name), kind="twelve_year"), people), S, "st.qual", A, name)
    assert (share.part, share.whole) == (2, 3)


def test_a_degree_not_known_bounds_the_share() -> None:
    people: Tables = {"teachers": [teacher("a"), teacher("b", degree=None), teacher("c", degree="below_senior")]}
    share = found(together(school(), people), S, "st.qual", A, "primary")
    assert (share.value, share.lower, share.upper) == (None, Fraction(100, 3), Fraction(200, 3))


def test_boarders_migrants_and_left_behind_children_are_shares_of_a_stage() -> None:
    counts = school(A, stage("primary", 200, boarders=20, migrant_pupils=30, left_behind_pupils=None))
    findings, _ = measured(draw(**counts), S)
    assert [one(findings, item, COUNTY).value for item in ("st.boarders", "st.migrant", "st.left_behind")] == [10, 15, None]


def test_no_figure_that_is_only_watched_has_a_verdict() -> None:
    findings, verdicts = measured(draw(**school(A, stage("primary"), stage("junior"), kind="nine_year")), S)
    assert {each.verdict for each in findings} == {None} and verdicts == []
