"""The seven resource items, 6 of 7, splits and spreads on small drawn registers."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from junheng.kernel.codes import Verdict
from tests.spec.drawn import draw, measured, one

Q = "quality_balance_2017"
A, B = "1", "2"


def school(pupils: int = 100, school_id: str = A, **stage: object) -> dict[str, list[dict[str, object]]]:
    return {"schools": [{"school_id": school_id}], "school_stages": [{"school_id": school_id, "pupils": pupils, **stage}]}


def test_exactly_the_limit_is_met_and_a_hair_less_is_not() -> None:
    nothing_else = {"special_room_m2": 0, "library_m2": 0, "counselling_m2": 0, "other_teaching_m2": 0}
    site = {"school_id": A, "classroom_m2": 450, **nothing_else}
    tie, _ = measured(draw(**school(), sites=[site]), Q)
    short, _ = measured(draw(**school(), sites=[site | {"classroom_m2": Decimal("449.99")}]), Q)
    assert one(tie, "yz.1.4", A).verdict is Verdict.met
    under = one(short, "yz.1.4", A)
    assert under.verdict is Verdict.not_met and under.gap == Fraction("0.01") and under.gap_per_pupil == Fraction("0.0001")
    assert under.within_rounding


def test_indoor_sport_counts_for_sport_and_not_for_teaching() -> None:
    findings, _ = measured(draw(**school(), sites=[{"school_id": A, "indoor_sport_m2": 300}]), Q)
    assert one(findings, "yz.1.4", A).part == 570
    assert one(findings, "yz.1.5", A).part == 1300


@pytest.mark.parametrize("standing", ["shared", "under_construction", "danger"])
def test_area_that_is_shared_unfinished_or_dangerous_does_not_count(standing: str) -> None:
    rows = [{"school_id": A}, {"school_id": A, "standing": standing}]
    findings, _ = measured(draw(**school(), sites=rows), Q)
    assert one(findings, "yz.1.4", A).part == 570


def test_the_old_form_counts_laboratories_and_the_new_one_special_rooms() -> None:
    old = {"school_id": A, "form_version": "before_2021", "special_room_m2": None, "counselling_m2": None,
           "other_teaching_m2": None, "laboratory_m2": 30, "computer_room_m2": 20, "language_room_m2": 7}
    findings, _ = measured(draw(**school(), sites=[old]), Q)
    assert one(findings, "yz.1.4", A).part == 400 + 50 + 57


def test_degrees_above_the_required_one_differ_by_stage() -> None:
    degrees = ["senior", "junior_college", "bachelor"]
    tables = {
        "schools": [{"school_id": A, "kind": "nine_year", "split": "by_pupils"}],
        "school_stages": [{"school_id": A, "stage": stage} for stage in ("primary", "junior")],
        "teachers": [{"school_id": A, "teacher_id": f"{stage}{degree}", "stage": stage, "degree": degree}
                     for stage in ("primary", "junior") for degree in degrees],
    }
    findings, _ = measured(draw(**tables), Q)
    assert one(findings, "yz.1.1", A).part == 2
    assert one(findings, "yz.1.1", A, "junior").part == 1


def test_a_teacher_with_two_titles_is_one_backbone_teacher_and_an_honour_is_none() -> None:
    tables = school() | {
        "teachers": [{"school_id": A, "teacher_id": name} for name in "xyzuv"],
        "recognitions": [
            {"school_id": A, "teacher_id": "x"}, {"school_id": A, "teacher_id": "x", "title": "special_grade"},
            {"school_id": A, "teacher_id": "y", "title": "honour"},
            {"school_id": A, "teacher_id": "z", "until": date(2025, 8, 31)},
            {"school_id": A, "teacher_id": "u", "until": date(2025, 9, 1)},
            {"school_id": A, "teacher_id": "v", "level": "school"},
        ],
    }
    findings, _ = measured(draw(**tables), Q)
    assert one(findings, "yz.1.2", A).part == 2  # x and u


def test_a_sheet_handed_in_without_rows_is_zero_and_one_not_handed_in_is_unknown() -> None:
    tables = school() | {"teachers": [{"school_id": A, "teacher_id": "x"}]}
    empty, _ = measured(draw(**tables), Q)
    absent, _ = measured(draw(not_handed_in=[("recognitions", A)], **tables), Q)
    assert one(empty, "yz.1.2", A).value == 0 and one(empty, "yz.1.2", A).verdict is Verdict.not_met
    unknown = one(absent, "yz.1.2", A)
    assert unknown.value is None and unknown.verdict is Verdict.unknown and unknown.unknown


def test_an_unknown_degree_bounds_the_figure_and_decides_only_when_both_bounds_agree() -> None:
    teachers = [{"school_id": A, "teacher_id": str(number)} for number in range(4)]
    odd = {"school_id": A, "teacher_id": "odd", "degree": None}
    open_, _ = measured(draw(**school(), teachers=[*teachers, odd]), Q)
    found = one(open_, "yz.1.1", A)
    assert (found.value, found.lower, found.upper, found.verdict) == (None, 4, 5, Verdict.unknown)
    sure, _ = measured(draw(**school(200), teachers=[*teachers, odd]), Q)
    assert one(sure, "yz.1.1", A).verdict is Verdict.not_met


def test_one_unknown_area_makes_the_figure_and_the_spread_unknown() -> None:
    tables = {
        "schools": [{"school_id": A}, {"school_id": B}], "school_stages": [{"school_id": A}, {"school_id": B}],
        "sites": [{"school_id": A}, {"school_id": B, "library_m2": None}],
    }
    findings, _ = measured(draw(**tables), Q)
    assert one(findings, "yz.1.4", B).value is None
    spread = one(findings, "yz.1.4.cv", "990101")
    assert spread.value is None and spread.verdict is Verdict.unknown and spread.unknown == 1


def test_unknown_pupils_keep_a_point_in_scope_and_make_it_unknown() -> None:
    tables = {"schools": [{"school_id": A, "kind": "teaching_point"}], "school_stages": [{"school_id": A, "pupils": None}]}
    findings, verdicts = measured(draw(**tables), Q)
    assert one(findings, "yz.1.6", A).value is None
    assert next(each for each in verdicts if each.stage == "primary").verdict is Verdict.unknown


def test_a_point_under_fifty_is_no_row_and_one_of_fifty_is() -> None:
    tables = {
        "schools": [{"school_id": A, "kind": "teaching_point"}, {"school_id": B, "kind": "teaching_point"}, {"school_id": "3"}],
        "school_stages": [{"school_id": A, "pupils": 49}, {"school_id": B, "pupils": 50}, {"school_id": "3", "pupils": 49}],
    }
    findings, _ = measured(draw(**tables), Q)
    assert {each.group for each in findings if each.item == "yz.1.4" and each.level.name == "school"} == {B, "3"}
    assert one(findings, "yz.1.4", "990101").whole == 99
    assert one(findings, "yz.1.4.cv", "990101").evidence.name == "believed"  # dropping the point rests on a believed rule


def test_the_published_example_of_the_spread() -> None:
    pupils, books = [45, 37, 89, 76, 55], [279, 137, 935, 160, 402]
    tables = {
        "schools": [{"school_id": str(number)} for number in range(5)],
        "school_stages": [{"school_id": str(number), "pupils": count} for number, count in enumerate(pupils)],
        "assets": [{"school_id": str(number), "books": count} for number, count in enumerate(books)],
    }
    findings, _ = measured(draw(**tables), "basic_balance_2012")
    spread = one(findings, "jb.5.cv", "990101")
    assert f"{spread.value:.6f}" == "0.515257" and spread.part == 1913 and spread.whole == 302
    shares = [one(findings, "jb.5", str(number)).share for number in range(5)]
    assert sum(shares) == 1 and max(range(5), key=lambda number: shares[number]) == 2


def nine_year(split: str, **declared: object) -> dict[str, list[dict[str, object]]]:
    return {
        "schools": [{"school_id": A, "kind": "nine_year", "split": split}],
        "school_stages": [{"school_id": A, "pupils": 100, **declared},
                          {"school_id": A, "stage": "junior", "pupils": 50,
                           **{name: 570 - int(str(value)) for name, value in declared.items()}}],
        "sites": [{"school_id": A}],
    }


def test_what_stages_have_in_common_is_split_three_ways() -> None:
    findings, _ = measured(draw(**nine_year("declared", declared_teaching_area_m2=300)), Q)
    found = one(findings, "yz.1.4", A)
    assert found.part == 380 and found.split == "by_pupils"
    assert found.splits["declared"]["part"] == "300"
    assert found.splits["weighted"]["part"] == str(Fraction(570 * 100 * 45, 100 * 45 + 50 * 58))


def test_the_senior_part_takes_its_share() -> None:
    tables = {
        "schools": [{"school_id": A, "kind": "complete_secondary", "split": "by_pupils"}],
        "school_stages": [{"school_id": A, "stage": "junior", "pupils": 100}, {"school_id": A, "stage": "senior", "pupils": 300}],
        "sites": [{"school_id": A}],
    }
    findings, _ = measured(draw(**tables), Q)
    assert one(findings, "yz.1.4", A, "junior").part == Fraction(570, 4)


def seven(**short: int) -> dict[str, list[dict[str, object]]]:
    """A school of 1000 primary pupils that meets all seven exactly; `short` takes something off."""
    def left(name: str, count: int) -> int:
        return count - short.get(name, 0)
    people = [{"school_id": A, "teacher_id": str(number), "main_subject": "music" if number < left("arts", 9) else "chinese"}
              for number in range(left("degrees", 42))]
    return school(1000) | {
        "teachers": people,
        "recognitions": [{"school_id": A, "teacher_id": str(number)} for number in range(left("backbone", 10))],
        "sites": [{"school_id": A, "classroom_m2": left("teaching", 4500), "special_room_m2": 0, "library_m2": 0,
                   "counselling_m2": 0, "other_teaching_m2": 0, "sports_ground_m2": left("sport", 7500)}],
        "assets": [{"school_id": A, "equipment_10k_yuan": left("equipment", 200)}],
        "rooms": [{"school_id": A, "room_id": str(number)} for number in range(left("network", 23))],
    }


def test_seven_exact_ties_are_seven_met() -> None:
    found = one(measured(draw(**seven()), Q)[0], "yz.1.S", A)
    assert (found.value, found.verdict) == (7, Verdict.met)


def test_one_item_at_its_floor_still_passes_and_below_it_does_not() -> None:
    assert one(measured(draw(**seven(sport=1125)), Q)[0], "yz.1.S", A).verdict is Verdict.met
    assert one(measured(draw(**seven(sport=1126)), Q)[0], "yz.1.S", A).verdict is Verdict.not_met


def test_two_items_short_fail_the_school() -> None:
    found = one(measured(draw(**seven(sport=1, teaching=1)), Q)[0], "yz.1.S", A)
    assert (found.value, found.gap, found.verdict) == (5, 1, Verdict.not_met)


def test_an_unknown_item_leaves_the_school_open_and_never_hides_a_breach_of_the_floor() -> None:
    open_ = draw(not_handed_in=[("rooms", A)], **seven())
    breach = draw(not_handed_in=[("rooms", A)], **seven(sport=2000))
    assert one(measured(open_, Q)[0], "yz.1.S", A).verdict is Verdict.unknown
    assert one(measured(breach, Q)[0], "yz.1.S", A).verdict is Verdict.not_met
