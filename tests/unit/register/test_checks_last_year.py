"""Against the year before."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sound_register import NINE_YEAR, PRIMARY, Drawn, Row, faults


def teachers(many: int, school: str = PRIMARY) -> list[Row]:
    return [{"school_id": school, "teacher_id": f"p{number}"} for number in range(many)]


@pytest.mark.parametrize(("then", "odd"), [(10, True), (9, False)])
def test_rows_that_vanished_are_asked_about_with_their_counts(then: int, odd: bool) -> None:
    found = faults(Drawn().before("teachers", teachers(then)), "rows_have_not_vanished")
    assert [(fault.kind, fault.severity.name, fault.sheet, fault.row) for fault in found] == [
        ("vanished_rows", "warning", "教师", 0)] * odd
    assert not odd or found[0].found == "上一学年 10 行，本学年少了 8 行"


@pytest.mark.parametrize(("lost", "odd"), [(4, False), (5, True)])
def test_a_fifth_may_go(lost: int, odd: bool) -> None:
    drawn = Drawn().before("training", [{"school_id": PRIMARY, "teacher_id": "p", "training_year": year} for year in range(20)])
    drawn.tables["training"] = [{**drawn.tables["training"][0], "training_year": year} for year in range(20 - lost)]
    assert bool(faults(drawn, "rows_have_not_vanished")) is odd


def test_rows_gained_at_one_school_do_not_make_up_for_those_lost_at_another() -> None:
    drawn = Drawn().before("teachers", teachers(20, NINE_YEAR))
    for number in range(30):
        drawn.add("teachers", 0, teacher_id=f"x{number}")
    assert [fault.found for fault in faults(drawn, "rows_have_not_vanished")] == ["上一学年 20 行，本学年少了 17 行"]


def test_schools_themselves_may_not_vanish_but_their_rows_go_with_them() -> None:
    gone = [{"school_id": f"99010155{number:02d}"} for number in range(12)]
    drawn = Drawn().before("schools", gone).before("teachers", [{**row, "teacher_id": "p"} for row in gone])
    assert [fault.sheet for fault in faults(drawn, "rows_have_not_vanished")] == ["学校"]


def test_a_table_that_was_not_handed_in_has_lost_nothing() -> None:
    assert not faults(Drawn().before("teachers", teachers(50)).drop("teachers"), "rows_have_not_vanished")


@pytest.mark.parametrize(("then", "odd"), [(58, True), (59, False), (136, False), (137, True), (None, False)])
def test_pupils_do_not_leap(then: int | None, odd: bool) -> None:
    drawn = Drawn().before("school_stages", [{"school_id": NINE_YEAR, "stage": "primary", "pupils": then}])
    drawn.tables["school_events"] = []
    drawn.change("school_stages", 1, pupils=82)
    found = faults(drawn, "pupils_change_slowly")
    assert [(fault.kind, fault.column) for fault in found] == [("sudden_change", "pupils")] * odd


def test_a_school_that_another_was_merged_into_may_leap() -> None:
    assert not faults(Drawn().before("school_stages", [{"school_id": PRIMARY, "stage": "primary", "pupils": 9}]),
                      "pupils_change_slowly")


def test_a_row_that_is_last_years_to_the_unit_is_noted() -> None:
    same = {"school_id": PRIMARY, "equipment_10k_yuan": Decimal(50), "books": 5101, "terminals": 60}
    [fault] = faults(Drawn().before("assets", [same]), "this_year_was_counted_anew")
    assert (fault.kind, fault.severity.name, fault.sheet) == ("copied_from_last_year", "note", "资产")
    assert not faults(Drawn().before("assets", [{**same, "books": 5100}]), "this_year_was_counted_anew")
    small = Drawn().change("assets", 0, terminals=49).before("assets", [{**same, "terminals": 49}])
    assert not faults(small, "this_year_was_counted_anew")


@pytest.mark.parametrize("rule", ["rows_have_not_vanished", "pupils_change_slowly", "this_year_was_counted_anew"])
def test_without_the_year_before_nothing_is_asked(rule: str) -> None:
    assert not faults(Drawn(), rule)
