"""Figures of record against lists."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sound_register import ART, MATHS, NINE_YEAR, PRIMARY, Drawn, faults, places

COUNTS = {"classes_are_as_listed": ("classes", "classes_count"),
          "pupils_are_as_in_their_classes": ("pupils", "class_pupils"),
          "teachers_are_as_listed": ("full_time_teachers", "teacher_count"),
          "backbone_is_as_recognised": ("backbone_teachers", "backbone_count")}


@pytest.mark.parametrize(("rule", "column", "kind"), [(rule, *rest) for rule, rest in COUNTS.items()])
@pytest.mark.parametrize("by", [-1, 1])
def test_a_figure_one_off_its_list_is_a_warning(rule: str, column: str, kind: str, by: int) -> None:
    was = Drawn().tables["school_stages"][0][column]
    assert isinstance(was, int)
    [fault] = faults(Drawn().change("school_stages", 0, **{column: was + by}), rule)
    assert (fault.kind, fault.severity.name, fault.column) == (kind, "warning", column)
    assert str(was + by) in fault.found and str(was) in fault.wanted


@pytest.mark.parametrize("rule", COUNTS)
def test_figures_that_agree_with_their_lists_are_fine(rule: str) -> None:
    assert not faults(Drawn(), rule)


@pytest.mark.parametrize("rule", COUNTS)
def test_a_figure_that_is_not_known_is_not_off(rule: str) -> None:
    assert not faults(Drawn().change("school_stages", 0, **{COUNTS[rule][0]: None}), rule)


@pytest.mark.parametrize(("rule", "table"), [("classes_are_as_listed", "classes"),
                                             ("pupils_are_as_in_their_classes", "classes"),
                                             ("teachers_are_as_listed", "teachers"),
                                             ("backbone_is_as_recognised", "recognitions")])
def test_a_school_that_handed_in_no_list_is_not_held_against_it(rule: str, table: str) -> None:
    assert not faults(Drawn().drop(table, PRIMARY), rule)


def test_a_list_handed_in_without_a_row_says_that_there_is_none() -> None:
    emptied = Drawn()
    emptied.tables["classes"] = [row for row in emptied.tables["classes"] if row["school_id"] != PRIMARY]
    assert places(faults(emptied, "classes_are_as_listed")) == [("学段", 3, "classes")]


@pytest.mark.parametrize(("said", "off"), [(39, True), (40, False), (82, False), (240, False), (241, True)])
def test_a_class_of_unknown_size_holds_at_most_200(said: int, off: bool) -> None:
    drawn = Drawn().change("classes", 1, pupils=None).change("school_stages", 0, pupils=said)
    assert bool(faults(drawn, "pupils_are_as_in_their_classes")) is off


def test_a_class_of_unknown_stage_may_belong_to_each_stage_of_its_school() -> None:
    loose = Drawn().change("classes", 3, stage=None)  # one of the two primary classes of the nine-year school
    assert not faults(loose, "classes_are_as_listed")
    loose.change("school_stages", 2, classes=2)
    assert not faults(loose, "classes_are_as_listed")
    loose.change("school_stages", 2, classes=3)
    [fault] = faults(loose, "classes_are_as_listed")
    assert fault.wanted == "班级表所列 1 至 2 个班"


def test_who_is_away_or_not_full_time_is_no_full_time_teacher_in_service() -> None:
    away = Drawn().change("teachers", 0, state="seconded")
    assert places(faults(away, "teachers_are_as_listed")) == [("学段", 3, "full_time_teachers")]
    assert not faults(away.change("school_stages", 0, full_time_teachers=0), "teachers_are_as_listed")


def test_backbone_teachers_are_not_more_than_full_time_teachers() -> None:
    [fault] = faults(Drawn().change("school_stages", 0, backbone_teachers=2), "backbone_is_part_of_the_teachers")
    assert (fault.kind, fault.severity.name, fault.column) == ("backbone_count", "error", "backbone_teachers")
    assert not faults(Drawn(), "backbone_is_part_of_the_teachers")  # equal is fine


@pytest.mark.parametrize("change", [
    {"until": date(2025, 8, 31)}, {"since": date(2025, 9, 2), "until": None}, {"level": "school"}, {"title": "honour"}])
def test_a_title_not_in_force_or_not_of_the_kind_makes_no_backbone_teacher(change: dict[str, object]) -> None:
    drawn = Drawn().change("recognitions", 0, **change)
    assert places(faults(drawn, "backbone_is_as_recognised")) == [("学段", 3, "backbone_teachers")]
    assert not faults(drawn.change("school_stages", 0, backbone_teachers=0), "backbone_is_as_recognised")


@pytest.mark.parametrize("change", [
    {"until": date(2025, 9, 1)}, {"since": date(2025, 9, 1)}, {"until": None}])
def test_a_title_in_force_on_census_day_counts(change: dict[str, object]) -> None:
    assert not faults(Drawn().change("recognitions", 0, **change), "backbone_is_as_recognised")


def test_a_person_with_two_titles_is_one_backbone_teacher() -> None:
    assert not faults(Drawn().add("recognitions", 0, title="special_grade"), "backbone_is_as_recognised")


def test_a_recognised_visitor_is_no_backbone_teacher_of_the_school() -> None:
    assert not faults(Drawn().add("recognitions", 0, teacher_id=ART), "backbone_is_as_recognised")


def test_a_title_of_unknown_level_may_or_may_not_count() -> None:
    drawn = Drawn().add("recognitions", 0, school_id=NINE_YEAR, teacher_id=MATHS, level=None)
    for said, off in ((0, False), (1, False), (2, True)):
        drawn.change("school_stages", 2, backbone_teachers=said)
        assert bool(faults(drawn, "backbone_is_as_recognised")) is off


@pytest.mark.parametrize(("pupils", "odd"), [(0, True), (1, False), (80, False), (81, True), (None, False)])
def test_an_ordinary_class_has_1_to_80_pupils(pupils: int | None, odd: bool) -> None:
    found = faults(Drawn().change("classes", 0, pupils=pupils), "class_size_is_plausible")
    assert [fault.kind for fault in found] == ["class_size_implausible"] * odd


def test_a_special_class_may_be_of_any_size() -> None:
    assert not faults(Drawn().change("classes", 0, kind="special", pupils=0), "class_size_is_plausible")


@pytest.mark.parametrize(("value", "odd"), [("20", False), ("900000", True), (None, False)])
def test_equipment_of_200000_yuan_a_pupil_was_entered_in_yuan(value: str | None, odd: bool) -> None:
    found = faults(Drawn().change("assets", 0, equipment_10k_yuan=None if value is None else Decimal(value)),
                   "equipment_is_in_its_unit")
    assert [(fault.kind, fault.severity.name) for fault in found] == [("unit_slip", "warning")] * odd
