"""Movements of pupils."""

from __future__ import annotations

import pytest
from sound_register import COUNTED, Drawn, Plant, faults, finds

LAST_YEAR, ENTRANTS, SECOND = range(3)  # of 2024 grade 1 with 41 pupils; of 2025 grades 1 and 2 with 40 and 42
BALANCE = "roll_follows_from_last_years"
PLANTS: list[Plant] = [
    (BALANCE, "flow_balance", lambda drawn: drawn.change("flows", SECOND, roll=43), [("学生变动", 5, "roll")]),
    (BALANCE, "flow_balance", lambda drawn: drawn.change("flows", ENTRANTS, roll=41), [("学生变动", 4, "roll")]),
    ("rolls_add_up_to_the_stage", "flow_roll", lambda drawn: drawn.change("flows", SECOND, roll=43), [("学段", 3, "pupils")]),
    ("entrants_add_up_to_the_stage", "flow_roll", lambda drawn: drawn.change("flows", ENTRANTS, entrants=39),
     [("学段", 3, "entrants")]),
    ("movements_wait_for_the_years_end", "movement_time", lambda drawn: drawn.change("flows", SECOND, moved_in=1),
     [("学生变动", 5, "moved_in")]),
    ("movements_of_years_past_are_told", "movement_time", lambda drawn: drawn.change("flows", LAST_YEAR, died=None),
     [("学生变动", 3, "moved_in")]),
    ("no_more_leave_than_there_are", "parts_over_whole", lambda drawn: drawn.change("flows", LAST_YEAR, moved_out=44),
     [("学生变动", 3, "roll")]),
    ("grade_is_of_its_stage", "grade_of_stage", lambda drawn: drawn.change("flows", SECOND, grade=7), [("学生变动", 5, "grade")]),
    ("grade_is_of_its_stage", "grade_of_stage", lambda drawn: drawn.change("classes", 4, grade=6), [("班级", 5, "grade")]),
    ("entrants_are_in_the_first_grade", "grade_of_stage", lambda drawn: drawn.change("flows", SECOND, entrants=2),
     [("学生变动", 5, "entrants")]),
    ("graduates_are_of_the_last_grade", "grade_of_stage", lambda drawn: drawn.change("flows", LAST_YEAR, graduated=2),
     [("学生变动", 3, "graduated")]),
]


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: f"{plant[0]}-{plant[3][0][2]}")
def test_movements_that_do_not_add_up_are_found(plant: Plant) -> None:
    assert finds(plant)


@pytest.mark.parametrize("column", COUNTED)
def test_each_movement_counts_in_the_balance(column: str) -> None:
    was = Drawn().tables["flows"][LAST_YEAR][column]
    assert isinstance(was, int)
    changed = Drawn().change("flows", LAST_YEAR, **{column: was + 1})
    assert faults(changed, BALANCE)
    assert not faults(Drawn().change("flows", LAST_YEAR, **{column: None}), BALANCE)


def test_a_repeater_is_one_more_in_the_grade_and_one_less_in_the_next() -> None:
    drawn = Drawn().change("flows", LAST_YEAR, repeating=1)
    drawn.change("flows", ENTRANTS, roll=41).change("flows", SECOND, roll=41)
    assert not faults(drawn, BALANCE)


def test_the_parts_of_a_grade_are_added_before_they_are_compared() -> None:
    drawn = Drawn().change("flows", SECOND, roll=22).add("flows", SECOND, sex="male", roll=20)
    assert not faults(drawn, BALANCE) and not faults(drawn, "rolls_add_up_to_the_stage")


def test_the_sentence_gives_both_numbers() -> None:
    [fault] = faults(Drawn().change("flows", SECOND, roll=43), BALANCE)
    assert "43" in fault.found and "应为 42 人" in fault.wanted


def test_a_grade_whose_year_before_is_not_told_is_let_pass() -> None:
    drawn = Drawn()
    del drawn.tables["flows"][LAST_YEAR]
    assert not faults(drawn.change("flows", 1, roll=99), BALANCE)


def test_a_school_of_five_years_may_end_with_the_fifth() -> None:
    fifth = Drawn().change("flows", LAST_YEAR, grade=5, graduated=40)
    assert not faults(fifth, "graduates_are_of_the_last_grade")
