"""What the register proves of pay, zones, quota places, migrant children, retention, disability and training money."""

from fractions import Fraction

import pytest

from junheng.kernel.codes import Verdict
from junheng.kernel.findings import Finding
from tests.spec.drawn import draw, measured, one
from tests.spec.rows import COUNTY, TOWNSHIP, A, B, C, Row, Tables, found, of, school, stage, together

Q, T = "quality_balance_2017", "policy_targets"


def special(budget: object, funded: object = 10, *, school: str = A, **facts: object) -> Row:
    return of(school, **{"item": "special_education", "budget_yuan": budget, "pupils_funded": funded, **facts})


@pytest.mark.parametrize(("budget", "verdict", "gap"), [(60_000, "met", 0), (59_999, "not_met", 1), (None, "unknown", None)])
def test_six_thousand_for_each_pupil_of_special_education(budget: int | None, verdict: str, gap: int | None) -> None:
    funds = found(together(school(), {"money": [special(budget)]}), Q, "yz.2.7")
    assert (funds.whole, funds.verdict, funds.gap) == (10, Verdict[verdict], gap)


def test_special_funds_are_those_of_all_schools_in_the_calendar_year_of_the_census_day() -> None:
    money: Tables = {"money": [special(40_000, 5), special(30_000, 5, school=B), special(9, calendar_year=2024),
                               special(9, item="operating_funds")]}
    funds = found(together(school(A), school(B, kind="special", run_by="private"), money), Q, "yz.2.7")
    assert (funds.part, funds.whole, funds.value) == (70_000, 10, 7000)


def test_no_pupil_of_special_education_funded_is_unknown() -> None:
    assert found(school(), Q, "yz.2.7").verdict is Verdict.unknown
    assert found(together(school(), {"money": [special(0, 0)]}), Q, "yz.2.7").verdict is Verdict.unknown


@pytest.mark.parametrize(("budget", "verdict"), [(70_000, "met"), (69_999, "not_met")])
def test_seven_thousand_is_the_target_for_special_education(budget: int, verdict: str) -> None:
    assert found(together(school(), {"money": [special(budget)]}), T, "tg.special_funds").verdict is Verdict[verdict]


@pytest.mark.parametrize(("pay", "verdict"), [(100_000, "met"), (99_999, "not_met"), (None, "unknown")])
def test_teachers_are_paid_no_less_than_civil_servants_in_the_last_full_year(pay: int | None, verdict: str) -> None:
    told: Tables = {"county_years": [{"teacher_mean_pay_yuan": pay, "civil_servant_mean_pay_yuan": 100_000},
                                     {"calendar_year": 2025, "teacher_mean_pay_yuan": 1, "civil_servant_mean_pay_yuan": 9}]}
    findings, _ = measured(draw(**together(school(), told)), Q)
    assert one(findings, "yz.2.8", COUNTY, "all").verdict is Verdict[verdict]
    assert {each.group for each in findings if each.item == "yz.2.8"} == {COUNTY}


def zoned(code: str, entrants: object, entered: int, name: str = "primary", **facts: object) -> Tables:
    own = school(code, stage(name, entrants=entrants), **{"urban_rural": "city_core", **facts})
    return together(own, {"zones": [of(code, stage=name, entered=entered)]})


@pytest.mark.parametrize(("name", "kind", "least"), [("primary", "primary", 100), ("junior", "junior", 95)])
def test_all_of_primary_and_95_of_100_of_junior_enter_by_their_zone(name: str, kind: str, least: int) -> None:
    def share(entered: int) -> Finding:
        return found(zoned(A, 100, entered, name, kind=kind), Q, "yz.2.13", stage=name)
    assert (share(least).verdict, share(least).gap) == (Verdict.met, 0)
    assert (share(least - 1).verdict, share(least - 1).gap) == (Verdict.not_met, 1)


@pytest.mark.parametrize("facts", [{"run_by": "private"}, {"boarding": True}, {"urban_rural": "township_centre"},
                                   {"urban_rural": "village"}])
def test_private_boarding_and_village_schools_are_not_asked_for_zones(facts: Row) -> None:
    share = found(together(zoned(A, 100, 100), zoned(B, 100, 0, **facts)), Q, "yz.2.13", stage="primary")
    assert (share.whole, share.verdict) == (100, Verdict.met)


def test_a_school_not_known_to_board_is_asked_and_town_counts_as_city() -> None:
    schools = together(zoned(A, 50, 50, boarding=None), zoned(B, 50, 50, boarding=False, urban_rural="special_area"))
    assert found(schools, Q, "yz.2.13", stage="primary").whole == 100


def test_entrants_not_known_leave_the_zone_open_and_no_school_has_a_verdict_on_it() -> None:
    findings, _ = measured(draw(**zoned(A, None, 100)), Q)
    assert one(findings, "yz.2.13", COUNTY).verdict is Verdict.unknown
    assert one(findings, "yz.2.13", A).verdict is None


def good_school(given: object = 50, *, rural: object = 20, planned: object = 100) -> Tables:
    """Of 100 places planned: those given to a junior school of a village and to one of the city."""
    schools = together(school("g", stage("senior", planned_entrants=planned), kind="senior", quality_senior=True),
                       school("o", stage("senior", planned_entrants=70), kind="senior", quality_senior=False),
                       school("v", stage("junior", graduates=40), kind="junior"),
                       school("c", stage("junior", graduates=60), kind="junior", urban_rural="city_fringe"))
    places = [of("g", junior_school_id="v", given=rural), of("g", junior_school_id="c", rural=False, given=given)]
    return together(schools, {"quota_places": places})


@pytest.mark.parametrize(("given", "verdict", "gap"), [(30, "met", 0), (29, "not_met", 1), (None, "unknown", None)])
def test_half_of_the_places_of_good_senior_schools_are_given_beforehand(given: int | None, verdict: str, gap: int | None) -> None:
    share = found(good_school(given), Q, "yz.2.14")
    assert (share.whole, share.verdict, share.gap) == (100, Verdict[verdict], gap)


def test_a_senior_school_of_which_nobody_says_whether_it_is_good_leaves_the_share_open() -> None:
    unsaid = school("u", stage("senior", planned_entrants=9), kind="senior")
    assert found(together(good_school(), unsaid), Q, "yz.2.14").verdict is Verdict.unknown


@pytest.mark.parametrize(("rural", "verdict"), [(20, "met"), (19, "not_met")])
def test_each_rural_leaver_has_no_fewer_places_than_each_leaver_of_all(rural: int, verdict: str) -> None:
    tilt = found(good_school(50 - rural, rural=rural), Q, "yz.2.14.rural")
    assert (tilt.part, tilt.whole, tilt.verdict) == (Fraction(rural, 40), Fraction(1, 2), Verdict[verdict])
    assert tilt.gap == (0 if verdict == "met" else Fraction(1, 40))


def test_without_rural_leavers_there_is_no_tilt() -> None:
    tables = together(school("g", stage("senior", planned_entrants=100), kind="senior", quality_senior=True),
                      school("c", stage("junior", graduates=60), kind="junior", urban_rural="city_core"),
                      {"quota_places": [of("g", rural=False, given=50)]})
    assert found(tables, Q, "yz.2.14.rural").verdict is Verdict.unknown


def migrants(bought: object = 5, entitled: object = 100) -> Tables:
    """80 in a public nine-year school, and those whose place at a private school was bought."""
    schools = together(school(A, stage("primary", migrant_pupils=50), stage("junior", migrant_pupils=30), kind="nine_year"),
                       school(B, stage("primary", migrant_pupils=40, migrant_bought_places=bought), run_by="private"),
                       school(C, stage("senior", migrant_pupils=9), kind="senior"),
                       school("k", stage("preschool", migrant_pupils=9), kind="kindergarten"))
    told: Row = {"calendar_year": 2025, "migrant_entitled": entitled}
    return together(schools, {"county_years": [told, {"migrant_entitled": 7}]})


@pytest.mark.parametrize(("bought", "verdict", "gap"), [(5, "met", 0), (4, "not_met", 1), (None, "unknown", None)])
def test_85_of_100_migrant_children_in_public_schools_or_bought_places(bought: int | None, verdict: str, gap: int | None) -> None:
    share = found(migrants(bought), Q, "yz.2.15")
    assert (share.whole, share.verdict, share.gap) == (100, Verdict[verdict], gap)


def test_migrant_children_without_a_number_of_those_entitled_are_unknown() -> None:
    assert found(migrants(entitled=None), Q, "yz.2.15").verdict is Verdict.unknown


def cohort(graduated: int, **last: object) -> Tables:
    rows: list[Row] = [{"flow_year": 2022, "grade": 7, "roll": 102, "died": 1}, {"flow_year": 2023, "grade": 8, "died": 1},
                       {"flow_year": 2024, "grade": 9, "graduated": graduated, **last}]
    return together(school(A, stage("junior"), kind="junior"), {"flows": [of(stage="junior", **row) for row in rows]})


@pytest.mark.parametrize(("graduated", "verdict", "gap"), [(95, "met", 0), (94, "not_met", 1)])
def test_95_of_100_who_began_junior_school_finish_it(graduated: int, verdict: str, gap: int) -> None:
    kept = found(cohort(graduated), Q, "yz.3.1", stage="junior")
    assert (kept.part, kept.whole, kept.verdict, kept.gap) == (graduated, 100, Verdict[verdict], gap)


def test_who_came_is_taken_off_and_who_went_is_added() -> None:
    assert found(cohort(94, moved_in=3, moved_out=4), Q, "yz.3.1", stage="junior").verdict is Verdict.met


def test_a_death_not_known_leaves_retention_open() -> None:
    assert found(cohort(95, died=None), Q, "yz.3.1", stage="junior").verdict is Verdict.unknown


def listed(*children: Row) -> Tables:
    rows = [{"child_id": str(number), **child} for number, child in enumerate(children)]
    return together(school(), {"disabled_children": rows})


@pytest.mark.parametrize(("without", "verdict", "target"), [(2, "met", "met"), (3, "met", "met"), (4, "met", "not_met"),
                                                            (5, "met", "not_met"), (6, "not_met", "not_met")])
def test_95_of_100_children_with_disabilities_learn_somewhere_and_97_is_the_target(without: int, verdict: str,
                                                                                   target: str) -> None:
    placed: list[Row] = [{"placement": "home_teaching"}] * (100 - without)
    tables = listed(*placed, *[{"placement": "none"}] * without)
    assert found(tables, Q, "yz.3.2").verdict is Verdict[verdict]
    assert found(tables, T, "tg.disabled").verdict is Verdict[target]


def test_children_of_six_to_fifteen_are_listed_and_those_postponed_are_not() -> None:
    ages: list[Row] = [{"birth_year": born} for born in (2020, 2019, 2010, 2009)]
    share = found(listed(*ages, {"placement": "postponed"}, {"placement": "none"}), Q, "yz.3.2")
    assert (share.part, share.whole, share.gap) == (2, 3, Fraction(95 * 3, 100) - 2)


@pytest.mark.parametrize("child", [{"placement": None}, {"birth_year": None}])
def test_a_child_of_unknown_placement_or_age_leaves_it_open(child: Row) -> None:
    assert found(listed({}, child), Q, "yz.3.2").verdict is Verdict.unknown


def test_a_county_without_a_list_of_children_with_disabilities_is_unknown() -> None:
    assert found(school(), Q, "yz.3.2").verdict is Verdict.unknown


def trained(settled: object, code: str = A, *, budget: object = 1000, year: int = 2024) -> Tables:
    return {"money": [of(code, item="training", calendar_year=year, settled_yuan=settled, budget_yuan=7),
                      of(code, item="operating_funds", calendar_year=year, budget_yuan=budget, settled_yuan=7)]}


@pytest.mark.parametrize(("settled", "verdict", "gap"), [(50, "met", 0), (49, "not_met", 1), (None, "unknown", None)])
def test_five_of_a_hundred_yuan_budgeted_last_year_went_to_training(settled: int | None, verdict: str, gap: int | None) -> None:
    share = found(together(school(), trained(settled), trained(999, year=2025)), Q, "yz.3.4", A)
    assert (share.whole, share.verdict, share.gap) == (1000, Verdict[verdict], gap)


def test_every_public_school_must_spend_on_training_and_private_ones_are_not_asked() -> None:
    tables = together(school(A), school(B), school("p", run_by="private"), trained(50, A), trained(49, B))
    findings, _ = measured(draw(**tables), Q)
    for group in (TOWNSHIP, COUNTY):
        share = one(findings, "yz.3.4", group, "all")
        assert (share.part, share.whole, share.limit, share.verdict) == (1, 2, 1, Verdict.not_met)
        assert (share.gap, share.gap_unit) == (1, "所")


def test_money_not_handed_in_or_no_budget_at_all_leaves_training_open() -> None:
    assert found(together(school(), trained(0, budget=0)), Q, "yz.3.4", A).verdict is Verdict.unknown
    register = draw(not_handed_in=[("money", A)], **school())
    assert one(measured(register, Q)[0], "yz.3.4", A, "all").verdict is Verdict.unknown


def test_the_verdict_of_the_targets_is_one_and_names_what_falls_short() -> None:
    tables = together(listed({"placement": "none"}), {"money": [special(70_000)]})
    _, verdicts = measured(draw(**tables), T)
    assert [(each.stage, each.verdict, each.failed) for each in verdicts] == [("all", Verdict.not_met, ("tg.disabled",))]
    assert verdicts[0].unknown == ("tg.public", "tg.ret9")


def test_computed_items_stand_in_the_verdict_of_all_stages_in_the_order_of_their_numbers() -> None:
    tables = together(zoned(A, 100, 99), trained(1), {"money": [special(1)]})
    _, verdicts = measured(draw(**tables), Q)
    failed = {each.stage: each.failed for each in verdicts}
    assert [item for item in failed["all"] if item in ("yz.2.7", "yz.2.13", "yz.3.4")] == ["yz.2.7", "yz.2.13", "yz.3.4"]
    assert "yz.2.13" not in failed["primary"]
