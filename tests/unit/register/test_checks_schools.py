"""Schools: stages, centres, splits."""

from __future__ import annotations

import pytest
from sound_register import POINT, Drawn, faults, places

from junheng.kernel.codes import Stage
from junheng.register.checks.schools import DECLARED, OFFERS
from junheng.register.codes import SchoolKind

OF_NINE_YEAR = 1  # the school's row in the schools table; its stages are rows 1 and 2


def test_every_kind_of_school_says_what_it_offers() -> None:
    assert OFFERS.keys() == {kind.name for kind in SchoolKind}
    assert {stage for stages in OFFERS.values() for stage in stages} == {stage.name for stage in Stage}


@pytest.mark.parametrize("table", ["school_stages", "classes", "teachers"])
def test_a_stage_that_the_kind_of_school_does_not_offer_is_found(table: str) -> None:
    found = faults(Drawn().change(table, 0, stage="junior"), "stage_is_offered")
    assert [(fault.kind, fault.row, fault.column) for fault in found] == [("stage_not_offered", 3, "stage")]
    assert found[0].found == "小学 填有 初中" and found[0].wanted == "学段 小学"


def test_a_nine_year_school_offers_primary_and_junior_and_no_senior() -> None:
    assert not faults(Drawn(), "stage_is_offered")
    assert len(faults(Drawn().change("school_stages", 1, stage="senior"), "stage_is_offered")) == 1


def test_a_visitor_may_teach_any_stage_elsewhere() -> None:
    assert not faults(Drawn().change("teachers", 1, stage="junior"), "stage_is_offered")  # not full-time


@pytest.mark.parametrize("centre", [None, "9901019999", POINT])
def test_a_point_without_a_listed_centre_of_its_own_is_found(centre: str | None) -> None:
    [fault] = faults(Drawn().change("schools", 2, managing_school_id=centre), "point_has_a_centre")
    assert (fault.kind, fault.file, fault.column) == ("point_without_centre", "2025/point.xlsx",
                                                     "managing_school_id")


def test_only_a_point_needs_a_centre() -> None:
    assert not faults(Drawn(), "point_has_a_centre")


def test_a_school_without_a_pupil_is_noted() -> None:
    [fault] = faults(Drawn().change("school_stages", 3, pupils=0), "school_has_pupils")
    assert (fault.kind, fault.severity.name, fault.file) == ("empty_school", "note", "2025/point.xlsx")


def test_a_school_with_one_stage_of_unknown_pupils_is_not_called_empty() -> None:
    unknown = Drawn().change("school_stages", 1, pupils=0).change("school_stages", 2, pupils=None)
    assert not faults(unknown, "school_has_pupils")


def test_a_school_of_two_stages_without_a_split_is_found() -> None:
    [fault] = faults(Drawn().change("schools", OF_NINE_YEAR, split=None), "several_stages_name_their_split")
    assert (fault.kind, fault.column) == ("split_missing", "split")


def test_a_stage_without_pupils_needs_no_split() -> None:
    one = Drawn().change("schools", OF_NINE_YEAR, split=None).change("school_stages", 2, pupils=0)
    assert not faults(one, "several_stages_name_their_split")


def test_a_declared_split_without_its_paper_is_found() -> None:
    [fault] = faults(Drawn().change("schools", OF_NINE_YEAR, split_paper=None), "several_stages_name_their_split")
    assert (fault.kind, fault.column) == ("split_missing", "split_paper")
    by_pupils = Drawn().change("schools", OF_NINE_YEAR, split="by_pupils", split_paper=None)
    assert not faults(by_pupils, "several_stages_name_their_split")


@pytest.mark.parametrize("column", DECLARED)
def test_a_declared_split_without_one_of_its_values_is_found(column: str) -> None:
    found = faults(Drawn().change("school_stages", 2, **{column: None}), "declared_split_has_its_values")
    assert places(found) == [("学段", 4, column)] and found[0].found == "初中 的申报数为空"


def test_only_a_declared_split_needs_declared_values() -> None:
    by_pupils = Drawn().change("schools", OF_NINE_YEAR, split="by_pupils")
    by_pupils.change("school_stages", 1, **dict.fromkeys(DECLARED))
    assert not faults(by_pupils, "declared_split_has_its_values")
    assert not faults(Drawn(), "declared_split_has_its_values")
