"""Kindergartens: enrolment, inclusive cover, central kindergartens, funds and pay, areas, classes, teachers, the whole."""

from fractions import Fraction

import pytest

from junheng.kernel.codes import Verdict
from junheng.kernel.findings import Finding
from tests.spec.drawn import draw, measured, one
from tests.spec.rows import CITY, COUNTY, TOWNSHIP, A, B, Row, Tables, found, of, school, stage, together

S = "preschool_2020"


def kindergarten(code: str = A, children: object = 100, **facts: object) -> Tables:
    return school(code, stage("preschool", children), **{"kind": "kindergarten", **facts})


def private(code: str = B, children: object = 100, **facts: object) -> Tables:
    return kindergarten(code, children, run_by="private", **facts)


@pytest.mark.parametrize(("children", "verdict", "gap"), [(170, "met", 0), (169, "not_met", 1), (None, "unknown", None)])
def test_85_of_100_children_of_three_to_five_in_kindergarten_or_an_attached_class(children: int | None, verdict: str,
                                                                                  gap: int | None) -> None:
    people: Tables = {"population": [{"birth_year": born, "people": people} for born, people in (
        (2022, 100), (2021, 0), (2020, 100), (2019, 50), (2023, 50))]}
    attached = school(B, stage("preschool", 30), stage("primary"))
    tables = together(kindergarten(A, None if children is None else children - 30), attached, people)
    rate = found(tables, S, "xq.1.1")
    assert (rate.whole, rate.verdict, rate.gap) == (200, Verdict[verdict], gap)


@pytest.mark.parametrize(("inclusive", "verdict", "gap"), [(30, "met", 0), (29, "not_met", 1)])
def test_public_and_inclusive_private_kindergartens_cover_80_of_100(inclusive: int, verdict: str, gap: int) -> None:
    tables = together(kindergarten(A, 50), private("i", inclusive, inclusive=True), private("n", 50 - inclusive, inclusive=False))
    cover = found(tables, S, "xq.1.2")
    assert (cover.part, cover.whole, cover.verdict, cover.gap) == (50 + inclusive, 100, Verdict[verdict], gap)


def test_a_private_kindergarten_of_which_nobody_says_whether_it_is_inclusive_leaves_the_cover_open() -> None:
    tables = together(kindergarten(), private())
    findings, _ = measured(draw(**tables), S)
    assert one(findings, "xq.1.2", COUNTY, "all").verdict is Verdict.unknown
    assert one(findings, "xq.1.3", COUNTY, "all").verdict is Verdict.met


@pytest.mark.parametrize(("public", "share", "target"), [(60, "met", "met"), (59, "met", "not_met"), (50, "met", "not_met"),
                                                         (49, "not_met", "not_met")])
def test_half_of_the_children_in_public_kindergartens_is_the_line_and_six_in_ten_the_target(public: int, share: str,
                                                                                            target: str) -> None:
    attached = school("p", stage("preschool", 10), stage("primary"))
    tables = together(kindergarten(A, public - 10), attached, private(B, 100 - public))
    assert found(tables, S, "xq.1.3").verdict is Verdict[share]
    assert found(tables, "policy_targets", "tg.public").verdict is Verdict[target]


def test_a_county_without_children_in_kindergarten_has_no_share_of_them() -> None:
    assert found(school(), S, "xq.1.3").verdict is Verdict.unknown


def central(*facts: Row) -> Finding:
    """Of the county, by the kindergartens of its one township."""
    schools = [kindergarten(str(number), **each) for number, each in enumerate(facts)]
    return found(together(school("s"), *schools), S, "xq.2.1", TOWNSHIP)


CENTRAL: Row = {"central_kindergarten": True}


@pytest.mark.parametrize(("facts", "value", "verdict"), [
    ([CENTRAL], 1, "met"), ([CENTRAL, CENTRAL], 2, "met"), ([{"central_kindergarten": False}], 0, "not_met"), ([], 0, "not_met"),
    ([{**CENTRAL, "run_by": "private"}], 0, "not_met"), ([{**CENTRAL, "kind": "attached_kindergarten"}], 0, "not_met"),
    ([{}], None, "unknown"), ([CENTRAL, {}], None, "met")])
def test_each_township_has_a_public_central_kindergarten(facts: list[Row], value: int | None, verdict: str) -> None:
    own = central(*facts)
    assert (own.value, own.whole, own.verdict) == (value, None, Verdict[verdict])


def test_a_county_counts_its_townships_and_is_short_of_townships() -> None:
    places: Tables = {"places": [{"place_code": CITY, "name": "市", "level": "city"}, {"place_code": COUNTY, "name": "县",
                      "level": "county", "parent_code": CITY}, *({"place_code": f"{COUNTY}00{number}", "name": "镇",
                      "level": "township", "parent_code": COUNTY} for number in (1, 2, 3))]}
    findings, _ = measured(draw(**together(places, kindergarten(A, place_code=TOWNSHIP, **CENTRAL))), S)
    county, city = one(findings, "xq.2.1", COUNTY, "all"), one(findings, "xq.2.1", CITY, "all")
    assert (county.part, county.whole, county.value, county.verdict) == (1, 3, Fraction(1, 3), Verdict.not_met)
    assert (county.gap, county.gap_unit, city.value, city.verdict) == (2, "个", Fraction(1, 3), None)


@pytest.mark.parametrize(("over", "verdict", "gap"), [(8, "met", 0), (7, "not_met", 1), (None, "unknown", None)])
def test_every_kindergarten_of_a_housing_estate_is_handed_over(over: int | None, verdict: str, gap: int | None) -> None:
    told: Row = {"calendar_year": 2025, "housing_kindergartens": 8, "housing_kindergartens_handed_over": over}
    rate = found(together(kindergarten(), {"county_years": [told]}), S, "xq.2.2")
    assert (rate.whole, rate.verdict, rate.gap) == (8, Verdict[verdict], gap)


def test_a_county_where_none_is_due_cannot_be_judged_by_those_handed_over() -> None:
    told: Row = {"calendar_year": 2025, "housing_kindergartens": 0, "housing_kindergartens_handed_over": 0}
    assert found(together(kindergarten(), {"county_years": [told]}), S, "xq.2.2").verdict is Verdict.unknown


def paid(code: str, budget: object, item: str = "operating_funds", **facts: object) -> Tables:
    return {"money": [of(code, item=item, budget_yuan=budget, **facts)]}


@pytest.mark.parametrize(("budget", "verdict", "gap"), [(50_000, "met", 0), (49_999, "not_met", 1), (None, "unknown", None)])
def test_a_public_kindergarten_is_granted_500_for_each_child_funded(budget: int | None, verdict: str, gap: int | None) -> None:
    funds = found(together(kindergarten(), paid(A, budget)), S, "xq.2.3.public", A, "preschool")
    assert (funds.whole, funds.verdict, funds.gap) == (100, Verdict[verdict], gap)


def test_a_subsidy_is_asked_of_private_kindergartens_that_are_or_may_be_inclusive() -> None:
    tables = together(kindergarten(), private("i", inclusive=True), private("m"), private("n", inclusive=False),
                      paid("i", 50_000, "inclusive_subsidy"))
    findings, _ = measured(draw(**tables), S)
    asked = {each.group: each.verdict for each in findings if each.item == "xq.2.3.inclusive" and each.level.name == "school"}
    assert asked == {"i": Verdict.met, "m": Verdict.unknown}
    assert {each.group for each in findings if each.item == "xq.2.3.public" and each.level.name == "school"} == {A}


def test_one_kindergarten_short_of_its_funds_fails_the_county() -> None:
    tables = together(kindergarten(A), kindergarten(B), paid(A, 50_000), paid(B, 1))
    findings, _ = measured(draw(**tables), S)
    for group in (TOWNSHIP, COUNTY):
        county = one(findings, "xq.2.3.public", group, "preschool")
        assert (county.part, county.whole, county.gap, county.gap_unit, county.verdict) == (1, 2, 1, "所", Verdict.not_met)


def teacher(name: str, code: str = A, **facts: object) -> Row:
    return of(code, teacher_id=name, **{"stage": "preschool", "on_quota": False, "pay_yuan": 60_000, **facts})


def pay(*rows: Row) -> Finding:
    return found(together(kindergarten(), private(), {"teachers": list(rows)}), S, "xq.2.4", stage="preschool")


QUOTA = [teacher("p", on_quota=True, pay_yuan=70_000), teacher("q", on_quota=True, pay_yuan=90_000),
         teacher("r", on_quota=True, pay_yuan=80_000)]
ALIKE = [teacher("f"), teacher("g")]  # two more off the quota, of 60,000 each


@pytest.mark.parametrize(("mine", "verdict"), [(60_000, "met"), (59_997, "not_met"), (None, "unknown")])
def test_mean_pay_off_the_quota_is_three_quarters_of_that_on_it(mine: int | None, verdict: str) -> None:
    ratio = pay(*QUOTA, *ALIKE, teacher("a", pay_yuan=mine))
    assert (ratio.whole, ratio.verdict) == (80_000, Verdict[verdict])
    assert ratio.part == (None if mine is None else Fraction(120_000 + mine, 3))


@pytest.mark.parametrize(("off", "on"), [(ALIKE, QUOTA), (ALIKE[:1], QUOTA), ([*ALIKE, teacher("a")], QUOTA[:2])])
def test_the_pay_of_one_or_two_people_is_told_of_nobody(off: list[Row], on: list[Row]) -> None:
    ratio = pay(*off, *on)
    assert (ratio.value, ratio.verdict) == (None, Verdict.unknown)
    assert (ratio.part is None, ratio.whole is None) == (len(off) < 3, len(on) < 3)


def test_pay_of_private_kindergartens_and_of_those_who_do_not_serve_full_time_is_not_asked() -> None:
    others = [teacher("b", B, pay_yuan=1), teacher("c", full_time=False, pay_yuan=1), teacher("d", state="leave", pay_yuan=1),
              teacher("e", B, pay_yuan=None)]
    assert pay(*QUOTA, *ALIKE, teacher("a"), *others).value == Fraction(3, 4)


def test_without_teachers_on_the_quota_there_is_nothing_to_hold_pay_against() -> None:
    assert pay(teacher("a")).verdict is Verdict.unknown


PLAY, ACTIVITY, FLOOR = "xq.3.1.play", "xq.3.1.activity", "xq.3.1.floor"


def ground(code: str = A, play: object = 400, activity: object = 817, floor: object = 1044, **facts: object) -> Tables:
    return {"sites": [of(code, play_ground_m2=play, activity_room_m2=activity, floor_area_m2=floor, **facts)]}


@pytest.mark.parametrize(("item", "short"), [(PLAY, {"play": 399}), (ACTIVITY, {"activity": 816}), (FLOOR, {"floor": 1043})])
def test_each_area_per_child_is_met_at_its_limit_and_short_in_square_metres(item: str, short: dict[str, int]) -> None:
    findings, _ = measured(draw(**together(kindergarten(A), kindergarten(B), ground(A), ground(B, **short))), S)
    at, under = one(findings, item, A, "preschool"), one(findings, item, B, "preschool")
    assert (at.verdict, at.gap, under.verdict, under.gap) == (Verdict.met, 0, Verdict.not_met, 1)
    assert one(findings, item, COUNTY, "preschool").verdict is None


def test_shared_ground_is_no_play_ground_and_an_empty_cell_is_not_nothing() -> None:
    shared = together(kindergarten(), ground(), ground(play=100, standing="shared"))
    assert found(shared, S, PLAY, A, "preschool").part == 400
    assert found(together(kindergarten(), ground(play=None)), S, PLAY, A, "preschool").verdict is Verdict.unknown


def test_areas_are_asked_of_kindergartens_and_not_of_attached_classes() -> None:
    tables = together(school(A, stage("preschool", 30), stage("primary")), kindergarten(B, 0), kindergarten("k"))
    findings, _ = measured(draw(**tables), S)
    assert {each.group for each in findings if each.item == PLAY and each.level.name == "school"} == {"k"}


@pytest.mark.parametrize(("built", "item"), [(2017, "xq.3.1.new"), (None, "xq.3.1.new"), (2016, "xq.3.1.old")])
def test_a_kindergarten_of_unknown_year_is_held_against_the_newer_rule(built: int | None, item: str) -> None:
    findings, _ = measured(draw(**together(kindergarten(built_year=built), ground(play=399))), S)
    assert {each.item for each in findings if each.item in ("xq.3.1.new", "xq.3.1.old")} == {item}
    own = one(findings, item, A, "preschool")
    assert (own.value, own.whole, own.verdict, own.gap) == (2, 3, Verdict.not_met, 1)


def test_every_new_kindergarten_must_have_its_areas_and_half_of_the_old_ones() -> None:
    years = {"n": 2020, "m": 2021, "o": 2000, "p": 2001, "q": 2002}
    short = {"m": 1, "p": 1, "q": 1}
    tables = together(*(together(kindergarten(code, built_year=year), ground(code, play=short.get(code, 400)))
                        for code, year in years.items()))
    findings, _ = measured(draw(**tables), S)
    new, old = (one(findings, f"xq.3.1.{name}", COUNTY, "preschool") for name in ("new", "old"))
    assert (new.part, new.whole, new.limit, new.gap, new.verdict) == (1, 2, 1, 1, Verdict.not_met)
    assert (old.part, old.whole, old.limit, old.gap, old.verdict) == (1, 3, Fraction(1, 2), 1, Verdict.not_met)
    assert one(findings, "xq.3.1.old", TOWNSHIP, "preschool").verdict is None


def test_exactly_half_of_the_old_kindergartens_is_enough_though_another_is_unknown() -> None:
    def old(*plays: object) -> Finding:
        parts = (together(kindergarten(str(number), built_year=2000), ground(str(number), play=play))
                 for number, play in enumerate(plays))
        return found(together(*parts), S, "xq.3.1.old", stage="preschool")
    half = old(400, 1)
    assert (half.value, half.verdict, half.gap) == (Fraction(1, 2), Verdict.met, 0)
    assert (old(400, None).verdict, old(1, None).verdict, old(1, 1, None).verdict) == (
        Verdict.met, Verdict.unknown, Verdict.not_met)


def classes(*rows: tuple[int, object] | tuple[int, object, str]) -> Tables:
    return {"classes": [of(stage="preschool", number=number, grade=row[0], pupils=row[1], kind=(*row, "ordinary")[2])
                        for number, row in enumerate(rows, start=1)]}


@pytest.mark.parametrize(("grade", "most", "kind"), [(1, 25, "ordinary"), (2, 30, "ordinary"), (3, 35, "ordinary"),
                                                     (1, 30, "mixed"), (3, 30, "mixed")])
def test_the_size_of_a_class_by_the_age_of_its_children(grade: int, most: int, kind: str) -> None:
    rate = found(together(kindergarten(), classes((grade, most, kind), (grade, most + 1, kind))), S, "xq.3.2", A, "preschool")
    assert (rate.part, rate.whole) == (1, 2)


@pytest.mark.parametrize(("fit", "verdict", "gap"), [(17, "met", 0), (16, "not_met", 1)])
def test_85_of_100_classes_within_their_size_and_special_ones_are_not_asked(fit: int, verdict: str, gap: int) -> None:
    rows = [(1, 25)] * fit + [(1, 26)] * (20 - fit) + [(1, 40, "special")]
    rate = found(together(kindergarten(), classes(*rows)), S, "xq.3.2", stage="preschool")
    assert (rate.part, rate.whole, rate.verdict, rate.gap) == (fit, 20, Verdict[verdict], gap)


def test_a_class_of_unknown_size_and_a_county_without_classes_are_unknown() -> None:
    assert found(together(kindergarten(), classes((1, None))), S, "xq.3.2", stage="preschool").verdict is Verdict.unknown
    assert found(kindergarten(), S, "xq.3.2", stage="preschool").verdict is Verdict.unknown


@pytest.mark.parametrize(("children", "verdict", "gap"), [(30, "met", 0), (31, "not_met", 1)])
def test_fifteen_children_for_each_teacher_of_kindergartens_and_attached_classes(children: int, verdict: str, gap: int) -> None:
    tables = together(kindergarten(A, children - 10), school(B, stage("preschool", 10), stage("primary")),
                      {"teachers": [teacher("a"), teacher("b", B), teacher("c", B, stage="primary")]})
    ratio = found(tables, S, "xq.3.3", stage="preschool")
    assert (ratio.whole, ratio.verdict, ratio.gap) == (2, Verdict[verdict], gap)


def test_children_without_a_teacher_are_unknown_and_not_fine() -> None:
    assert found(kindergarten(), S, "xq.3.3", stage="preschool").verdict is Verdict.unknown


@pytest.mark.parametrize(("held", "verdict", "lower"), [("kindergarten", "met", 100), ("senior", "met", 100),
                                                        (None, "unknown", 50), ("none", "not_met", 50)])
def test_every_teacher_holds_a_certificate_of_some_stage(held: str | None, verdict: str, lower: int) -> None:
    people: Tables = {"teachers": [teacher("a"), teacher("b", certificate_stage=held)]}
    share = found(together(kindergarten(), people), S, "xq.3.4", stage="preschool")
    assert (share.verdict, share.lower) == (Verdict[verdict], lower)


def test_one_teacher_without_a_certificate_fails_the_county_though_another_is_unknown() -> None:
    people: Tables = {"teachers": [teacher("a", certificate_stage=None), teacher("b", certificate_stage="none")]}
    assert found(together(kindergarten(), people), S, "xq.3.4", stage="preschool").verdict is Verdict.not_met


def test_a_figure_is_only_believed_where_its_limit_or_the_ages_it_counts_are() -> None:
    findings, _ = measured(draw(**kindergarten()), S)
    known = {item: one(findings, item, COUNTY, name).evidence.name for item, name in (
        ("xq.1.1", "all"), ("xq.2.3.public", "preschool"), ("xq.3.3", "preschool"))}
    assert known == {"xq.1.1": "believed", "xq.2.3.public": "believed", "xq.3.3": "read"}


@pytest.mark.parametrize(("value", "verdict"), [(85, "met"), (84, "not_met")])
def test_a_document_tells_what_people_think_of_kindergartens(value: int, verdict: str) -> None:
    tables = together(kindergarten(), {"evidence": [{"item": "xq.4", "value": value}]})
    assert found(tables, S, "xq.4").verdict is Verdict[verdict]


def test_the_verdict_of_kindergartens_is_one_for_all_stages_and_lists_what_fails_in_order() -> None:
    tables = together(kindergarten(A, 10, central_kindergarten=False), private(B, 90, inclusive=False), ground(A), ground(B),
                      {"teachers": [teacher("a", certificate_stage="none")]})
    _, verdicts = measured(draw(**tables), S)
    assert [(each.stage, each.verdict) for each in verdicts] == [("all", Verdict.not_met)]
    assert verdicts[0].failed == ("xq.1.2", "xq.1.3", "xq.2.1", "xq.3.3", "xq.3.4")
    assert {"xq.2.5", "xq.3.5", "xq.4"} <= set(verdicts[0].needs_evidence)
