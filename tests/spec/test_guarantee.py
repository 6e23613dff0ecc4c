"""Special rooms, sizes, small schools, training, rotation, certificates, documents and the verdict of the whole."""

from datetime import date
from fractions import Fraction

import pytest

from junheng.kernel.codes import Level, Verdict
from junheng.kernel.findings import weakest
from tests.spec.drawn import draw, measured, one

Q = "quality_balance_2017"
A, B = "1", "2"
Tables = dict[str, list[dict[str, object]]]


def school(pupils: object = 100, **facts: object) -> Tables:
    return {"schools": [{"school_id": A, **facts}], "school_stages": [{"school_id": A, "pupils": pupils}]}


def classes(*sizes: int | None, **facts: object) -> Tables:
    return {"classes": [{"school_id": A, "number": number + 1, "pupils": size, **facts} for number, size in enumerate(sizes)]}


@pytest.mark.parametrize(("rooms", "count", "verdict"), [(1, 12, "met"), (1, 13, "not_met"), (2, 13, "met"), (2, 25, "not_met")])
def test_one_music_room_for_every_twelve_classes_or_part_of_them(rooms: int, count: int, verdict: str) -> None:
    rows = [{"school_id": A, "room_id": str(number), "kind": "music", "area_m2": 96} for number in range(rooms)]
    found = one(measured(draw(**school(), **classes(*[30] * count), rooms=rows), Q)[0], "yz.2.3.music", A, "all")
    assert found.verdict is Verdict[verdict]


def test_a_room_too_small_or_out_of_use_is_no_music_room() -> None:
    rows = [{"school_id": A, "room_id": "a", "kind": "music", "area_m2": 95}, {"school_id": A, "room_id": "b", "kind": "music",
            "area_m2": 100, "in_use": False}, {"school_id": A, "room_id": "c", "kind": "art", "area_m2": 90}]
    findings, _ = measured(draw(**school(), **classes(30), rooms=rows), Q)
    assert one(findings, "yz.2.3.music", A, "all").part == 0
    assert one(findings, "yz.2.3.art", A, "all").part == 1
    both = one(findings, "yz.2.3", A, "all")
    assert (both.value, both.verdict) == (1, Verdict.not_met)
    assert one(findings, "yz.2.3", "990101", "all").part == 0


@pytest.mark.parametrize(("kind", "pupils", "verdict"), [("primary", 2000, "met"), ("primary", 2001, "not_met"),
                                                         ("nine_year", 2500, "met"), ("nine_year", 2501, "not_met")])
def test_a_school_of_exactly_the_limit_is_not_too_large(kind: str, pupils: int, verdict: str) -> None:
    found = one(measured(draw(**school(pupils, kind=kind)), Q)[0], "yz.2.4", A, "all")
    assert found.verdict is Verdict[verdict] and found.gap == (0 if verdict == "met" else 1)


@pytest.mark.parametrize(("sizes", "verdict", "over"), [((45, 44), "met", 0), ((46, 45), "not_met", 1)])
def test_every_ordinary_class_within_the_standard_size(sizes: tuple[int, int], verdict: str, over: int) -> None:
    found = one(measured(draw(**school(), **classes(*sizes)), Q)[0], "yz.2.5", A)
    assert found.verdict is Verdict[verdict] and found.gap == over


def test_a_class_of_unknown_size_leaves_it_open_until_another_is_known_to_be_too_large() -> None:
    open_ = one(measured(draw(**school(), **classes(40, None)), Q)[0], "yz.2.5", A)
    assert (open_.verdict, open_.value, open_.lower, open_.upper) == (Verdict.unknown, None, Fraction(1, 2), 1)
    assert one(measured(draw(**school(), **classes(46, None)), Q)[0], "yz.2.5", A).verdict is Verdict.not_met


def test_special_classes_are_not_asked_and_no_class_at_all_is_unknown() -> None:
    special = classes(40, kind="special")
    assert one(measured(draw(**school(), **special), Q)[0], "yz.2.5", A).verdict is Verdict.unknown
    assert one(measured(draw(**school()), Q)[0], "yz.2.5", A).verdict is Verdict.unknown


def money(**facts: object) -> Tables:
    return {"money": [{"school_id": A, **facts}]}


@pytest.mark.parametrize(("funded", "verdict"), [(100, "met"), (99, "not_met"), (None, "unknown")])
def test_a_school_under_a_hundred_pupils_is_funded_for_a_hundred(funded: int | None, verdict: str) -> None:
    found = one(measured(draw(**school(99), **money(pupils_funded=funded)), Q)[0], "yz.2.6", A, "all")
    assert found.verdict is Verdict[verdict]


def test_a_small_school_without_a_row_of_the_year_is_unknown_and_one_of_a_hundred_is_not_asked() -> None:
    findings, _ = measured(draw(**school(99), **money(calendar_year=2024)), Q)
    assert one(findings, "yz.2.6", A, "all").verdict is Verdict.unknown
    assert not [each for each in measured(draw(**school(100)), Q)[0] if each.item == "yz.2.6"]


def teacher(name: str, **facts: object) -> dict[str, object]:
    return {"school_id": A, "teacher_id": name, **facts}


def test_hours_of_five_calendar_years_count_and_older_ones_do_not() -> None:
    people = [teacher(name) for name in "xyz"]
    hours = [teacher("x", training_year=2021, hours=180), teacher("x", training_year=2025, hours=180),
             teacher("y", training_year=2020, hours=360), teacher("y", training_year=2025, hours=359)]
    found = one(measured(draw(**school(), teachers=people, training=hours), Q)[0], "yz.2.9", A)
    assert (found.part, found.whole, found.gap) == (1, 3, 2)


def test_training_that_was_not_handed_in_is_unknown() -> None:
    register = draw(not_handed_in=[("training", A)], **school(), teachers=[teacher("x")])
    assert one(measured(register, Q)[0], "yz.2.9", A).verdict is Verdict.unknown


def test_rotation_is_asked_of_the_county_and_its_denominator_is_six_years_on_quota() -> None:
    people = [teacher("x"), teacher("y", at_school_since=date(2019, 9, 1)), teacher("z", at_school_since=date(2019, 9, 2)),
              teacher("u", on_quota=False)]
    moved = [teacher("x", from_day=date(2026, 8, 31)), teacher("u"), teacher("y", to_day=date(2025, 8, 31))]
    findings, _ = measured(draw(**school(), teachers=people, postings=moved, recognitions=[teacher("x")]), Q)
    share = one(findings, "yz.2.11.rotation", "990101", "all")
    assert (share.part, share.whole, share.verdict, share.evidence.name) == (1, 2, Verdict.met, "believed")
    assert one(findings, "yz.2.11.backbone", "990101", "all").value == 1
    assert one(findings, "yz.2.11", "990101", "all").verdict is Verdict.met
    assert one(findings, "yz.2.11.rotation", A, "all").verdict is None


def test_a_certificate_covers_its_own_stage_and_lower_ones() -> None:
    stages = ["none", "kindergarten", "primary", "junior", "senior", "vocational"]
    people = [teacher(f"{stage}{held}", stage=stage, certificate_stage=held)
              for stage in ("primary", "junior") for held in stages]
    tables = school(kind="nine_year", split="by_pupils")
    tables["school_stages"] += [{"school_id": A, "stage": "junior"}]
    findings, _ = measured(draw(**tables, teachers=people), Q)
    assert one(findings, "yz.2.12", A).part == 4 and one(findings, "yz.2.12", A, "junior").part == 3


def evidence(**facts: object) -> Tables:
    return {"evidence": [{"item": "yz.4.1", **facts}]}


@pytest.mark.parametrize(("row", "verdict"), [
    ({"result": "met"}, "met"), ({"result": "met", "value": 85}, "met"), ({"result": "met", "value": 84}, "not_met"),
    ({"result": "not_met"}, "not_met"), ({"result": "not_sampled"}, "unknown"), ({"item": "yz.2.1"}, "needs_evidence")])
def test_a_document_gives_its_result_and_its_value_is_held_against_the_limit(row: dict[str, object], verdict: str) -> None:
    found = one(measured(draw(**school(), **evidence(**row)), Q)[0], "yz.4.1", "990101", "all")
    assert found.verdict is Verdict[verdict]


def test_the_weakest_part_decides_the_whole() -> None:
    order = [Verdict.met, Verdict.needs_evidence, Verdict.unknown, Verdict.not_met]
    for number in range(1, 5):
        assert weakest(order[:number]) is order[number - 1]


def test_a_school_without_a_known_place_is_shown_and_never_dropped() -> None:
    findings, verdicts = measured(draw(**school(place_code="000000")), Q)
    assert one(findings, "yz.2.4", "?", "all").whole == 1
    assert {each.county for each in verdicts} == {"?"}


def test_sums_of_a_county_come_from_counts_and_not_from_rates() -> None:
    tables: Tables = {
        "schools": [{"school_id": A}, {"school_id": B}],
        "school_stages": [{"school_id": A, "pupils": 300}, {"school_id": B, "pupils": 100}],
        "assets": [{"school_id": A, "equipment_10k_yuan": 30}, {"school_id": B, "equipment_10k_yuan": 30}],
    }
    found = one(measured(draw(**tables), Q)[0], "yz.1.6", "990101")
    assert (found.value, found.verdict, found.limit, found.level) == (1500, None, None, Level.county)


def test_one_teacher_known_to_fall_short_fails_the_county_though_another_school_is_unknown() -> None:
    tables: Tables = {
        "schools": [{"school_id": A}, {"school_id": B}], "school_stages": [{"school_id": A}, {"school_id": B}],
        "teachers": [teacher("x"), {"school_id": B, "teacher_id": "y"}], "training": [teacher("x", hours=359)],
    }
    findings, _ = measured(draw(not_handed_in=[("training", B)], **tables), Q)
    found = one(findings, "yz.2.9", "990101")
    assert (found.value, found.lower, found.upper, found.verdict) == (None, 0, Fraction(1, 2), Verdict.not_met)


def test_a_county_without_any_school_in_scope_has_no_verdict() -> None:
    places = [{"place_code": "990101", "name": "甲县"}, {"place_code": "990102", "name": "乙县"}]
    for kind, pupils in (("special", 50), ("primary", 0)):
        tables: Tables = {
            "places": places,
            "schools": [{"school_id": A, "place_code": "990101"}, {"school_id": B, "place_code": "990102", "kind": kind}],
            "school_stages": [{"school_id": A}, {"school_id": B, "pupils": pupils}],
        }
        for standard in (Q, "basic_balance_2012"):
            assert {each.county for each in measured(draw(**tables), standard)[1]} == {"990101"}


def test_rows_whose_stage_is_not_known_may_belong_to_any_stage() -> None:
    tables = school() | {"teachers": [teacher("x"), teacher("y", stage=None)], **classes(33)}
    tables["classes"] += [{"school_id": A, "number": 9, "stage": None, "pupils": 70}]
    findings, _ = measured(draw(**tables), Q)
    assert one(findings, "yz.2.12", A).verdict is Verdict.unknown
    assert one(findings, "yz.2.5", A).verdict is Verdict.unknown
    tables["school_stages"] += [{"school_id": A, "stage": None, "pupils": 3000}]
    assert one(measured(draw(**tables), Q)[0], "yz.2.4", A, "all").verdict is not Verdict.met


def test_a_school_that_may_not_be_small_cannot_fail_for_its_funds() -> None:
    found = one(measured(draw(**school(None), **money(pupils_funded=60)), Q)[0], "yz.2.6", A, "all")
    assert found.verdict is Verdict.unknown


def test_a_known_stage_alone_can_make_a_school_too_large() -> None:
    tables: Tables = {"schools": [{"school_id": A, "kind": "nine_year", "split": "by_pupils"}], "school_stages": [
        {"school_id": A, "pupils": 2600}, {"school_id": A, "stage": "junior", "pupils": None}]}
    found = one(measured(draw(**tables), Q)[0], "yz.2.4", A, "all")
    assert (found.value, found.lower, found.verdict) == (None, 2600, Verdict.not_met)


def test_above_the_school_a_counting_item_is_short_of_schools() -> None:
    found = one(measured(draw(**school(2001)), Q)[0], "yz.2.4", "990101", "all")
    assert (found.gap, found.gap_unit, found.within_rounding) == (1, "所", False)
