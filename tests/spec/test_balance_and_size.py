"""Basic balance 2012, class size, school size."""

from decimal import Decimal

import pytest

from junheng.kernel.codes import Verdict
from tests.spec.drawn import draw, measured, one

A, B, C = "1", "2", "3"
Tables = dict[str, list[dict[str, object]]]


def two_schools(**facts: object) -> Tables:
    return {
        "schools": [{"school_id": A}, {"school_id": B}, {"school_id": C, **facts}],
        "school_stages": [{"school_id": each} for each in (A, B, C)],
        "sites": [{"school_id": each} for each in (A, B, C)],
        "assets": [{"school_id": A, "books": 1000}, {"school_id": B, "books": 3000}, {"school_id": C, "books": 9000}],
        "teachers": [{"school_id": each, "teacher_id": each} for each in (A, B, C)],
    }


@pytest.mark.parametrize("facts", [{"kind": "teaching_point"}, {"run_by": "private"}, {"run_by": "university"}])
def test_points_private_schools_and_those_of_others_are_not_in_the_old_form(facts: dict[str, object]) -> None:
    findings, _ = measured(draw(**two_schools(**facts)), "basic_balance_2012")
    assert one(findings, "jb.5", "990101").part == 4000
    assert one(findings, "jb.5.cv", "990101").value == Decimal("0.5")


def test_the_composite_is_the_plain_mean_of_eight_spreads() -> None:
    findings, verdicts = measured(draw(**two_schools(kind="teaching_point")), "basic_balance_2012")
    found = one(findings, "jb.cv", "990101")
    assert found.value == Decimal("0.0625") and found.verdict is Verdict.met  # 0.5 and seven zeros
    assert [(each.stage, each.verdict.name) for each in verdicts] == [("primary", "met"), ("all", "needs_evidence")]


def test_one_spread_that_is_not_known_leaves_the_composite_unknown() -> None:
    tables = two_schools(kind="teaching_point")
    tables["assets"][0]["books"] = None
    findings, _ = measured(draw(**tables), "basic_balance_2012")
    assert one(findings, "jb.cv", "990101").verdict is Verdict.unknown


def classes(*sizes: int, kind: str = "primary") -> Tables:
    return {"schools": [{"school_id": A, "kind": kind}], "school_stages": [{"school_id": A}],
            "classes": [{"school_id": A, "number": number + 1, "pupils": size} for number, size in enumerate(sizes)]}


def test_fifty_six_is_a_large_class_and_sixty_six_an_extra_large_one() -> None:
    findings, _ = measured(draw(**classes(55, 56, 65, 66)), "class_size")
    assert one(findings, "st.big", "990101").part == 3
    assert one(findings, "st.xbig", "990101").part == 1
    assert one(findings, "st.xbig", "990101").verdict is Verdict.not_met


def test_exactly_one_large_class_in_twenty_passes() -> None:
    findings, _ = measured(draw(**classes(56, *[40] * 19)), "class_size")
    assert one(findings, "st.big", "990101").verdict is Verdict.met


def test_the_ten_bands_hold_every_class_once() -> None:
    sizes = (0, 25, 26, 30, 31, 35, 36, 40, 41, 45, 46, 50, 51, 55, 56, 60, 61, 65, 66, 99)
    findings, _ = measured(draw(**classes(*sizes)), "class_size")
    assert [one(findings, f"st.bands.{number}", A).part for number in range(1, 11)] == [2] * 10


def test_a_teaching_point_is_designed_for_thirty() -> None:
    assert one(measured(draw(**classes(31, kind="teaching_point")), "class_size")[0], "sj.class", A).verdict is Verdict.not_met
    assert one(measured(draw(**classes(31)), "class_size")[0], "sj.class", A).verdict is Verdict.met


def test_small_schools_are_counted_and_not_judged() -> None:
    tables: Tables = {"schools": [{"school_id": A}, {"school_id": B}],
                      "school_stages": [{"school_id": A, "pupils": 99}, {"school_id": B, "pupils": 100}]}
    findings, verdicts = measured(draw(**tables), "school_size")
    found = one(findings, "bj.27", "990101", "all")
    assert (found.part, found.whole, found.verdict) == (1, 2, None)
    assert [(each.stage, each.verdict.name) for each in verdicts] == [("all", "met")]
