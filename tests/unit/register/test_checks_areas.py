"""Parts and wholes."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sound_register import NINE_YEAR, Drawn, faults, places

from junheng.register.checks.areas import ONLY_BEFORE_2021, ONLY_SINCE_2021, PARTS
from junheng.register.checks.schools import DECLARED

ALONE = [(table, parts[0], whole) for table, parts, whole in PARTS if len(parts) == 1]


@pytest.mark.parametrize(("table", "part", "whole"), ALONE)
def test_a_part_may_equal_its_whole_but_not_pass_it(table: str, part: str, whole: str) -> None:
    value = Drawn().tables[table][0][whole]
    assert isinstance(value, int | Decimal)
    assert not faults(Drawn().change(table, 0, **{part: value}), "parts_fit_into_their_whole")
    [fault] = faults(Drawn().change(table, 0, **{part: value + 1}), "parts_fit_into_their_whole")
    assert (fault.kind, fault.column) == ("parts_over_whole", part)


@pytest.mark.parametrize(("floor", "over"), [("1450.00", False), ("1449.99", True)])
def test_areas_by_use_together_fit_into_the_floor_area(floor: str, over: bool) -> None:
    found = faults(Drawn().change("sites", 0, floor_area_m2=Decimal(floor)), "parts_fit_into_their_whole")
    assert [fault.column for fault in found] == ["floor_area_m2"] * over


def test_known_areas_that_are_too_much_are_found_though_another_is_unknown() -> None:
    drawn = Drawn().change("sites", 0, floor_area_m2=Decimal(1000), library_m2=None)
    assert [fault.found for fault in faults(drawn, "parts_fit_into_their_whole")] == ["各类用房之和 1370.00"]


@pytest.mark.parametrize("column", ONLY_SINCE_2021)
def test_the_newer_form_asks_for_its_own_areas(column: str) -> None:
    found = faults(Drawn().change("sites", 0, **{column: None}), "areas_follow_their_form")
    assert [(fault.kind, fault.column) for fault in found] == [("form_version_columns", column)]


@pytest.mark.parametrize("column", ONLY_BEFORE_2021)
def test_the_newer_form_has_no_area_of_the_older(column: str) -> None:
    assert [fault.column for fault in faults(Drawn().change("sites", 0, **{column: Decimal(9)}),
                                             "areas_follow_their_form")] == [column]
    assert not faults(Drawn().change("sites", 0, **{column: Decimal(0)}), "areas_follow_their_form")


@pytest.mark.parametrize("column", ONLY_BEFORE_2021)
def test_the_older_form_asks_for_its_own_areas(column: str) -> None:
    assert len(faults(Drawn().change("sites", 3, **{column: None}), "areas_follow_their_form")) == 1


@pytest.mark.parametrize("column", ONLY_SINCE_2021)
def test_the_older_form_has_no_area_of_the_newer(column: str) -> None:
    assert len(faults(Drawn().change("sites", 3, **{column: Decimal(9)}), "areas_follow_their_form")) == 1


@pytest.mark.parametrize("column", DECLARED)
def test_declared_values_that_do_not_add_up_are_reported_at_each_stage(column: str) -> None:
    value = Drawn().tables["school_stages"][2][column]
    assert isinstance(value, int | Decimal)
    found = faults(Drawn().change("school_stages", 2, **{column: value + 1}), "declared_values_add_up")
    assert places(found) == [("学段", 3, column), ("学段", 4, column)]
    assert {fault.kind for fault in found} == {"split_sum"}


def test_declared_values_that_add_up_are_fine() -> None:
    assert not faults(Drawn(), "declared_values_add_up")


@pytest.mark.parametrize("change", [{"standing": "sole_use", "form_version": "before_2021"}, {"standing": "shared"}])
def test_only_usable_area_of_the_forms_own_columns_is_the_schools(change: dict[str, object]) -> None:
    drawn = Drawn().add("sites", 3, school_id=NINE_YEAR, **change)
    off = {fault.column: fault.wanted for fault in faults(drawn, "declared_values_add_up")}
    usable = {"declared_teaching_area_m2": "合计等于全校 1830.00", "declared_sports_area_m2": "合计等于全校 6400.00"}
    assert off == (usable if change["standing"] == "sole_use" else {})


def test_a_network_room_out_of_use_is_none_to_be_shared() -> None:
    off = faults(Drawn().change("rooms", 2, in_use=False), "declared_values_add_up")
    assert {(fault.column, fault.wanted) for fault in off} == {("declared_network_rooms", "合计等于全校 1")}


@pytest.mark.parametrize(("table", "at", "change"), [
    ("sites", 1, {"classroom_m2": None}), ("sites", 2, {"standing": None}), ("rooms", 2, {"in_use": None}),
    ("assets", 1, {"books": None}), ("school_stages", 2, {"declared_books": None})])
def test_a_sum_that_is_not_known_is_not_off(table: str, at: int, change: dict[str, object]) -> None:
    drawn = Drawn().change(table, at, **change)
    drawn.change("school_stages", 1, declared_books=1900) if table in ("assets", "school_stages") else drawn
    assert not faults(drawn, "declared_values_add_up")


def test_a_sheet_of_rooms_without_a_row_is_no_room_and_one_not_handed_in_is_unknown() -> None:
    emptied = Drawn()
    emptied.tables["rooms"] = [row for row in emptied.tables["rooms"] if row["school_id"] != NINE_YEAR]
    assert {fault.column for fault in faults(emptied, "declared_values_add_up")} == {"declared_network_rooms"}
    assert not faults(Drawn().drop("rooms", NINE_YEAR), "declared_values_add_up")
