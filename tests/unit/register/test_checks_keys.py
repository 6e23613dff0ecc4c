"""Keys and references."""

from __future__ import annotations

import pytest
from sound_register import MATHS, MUSIC, NINE_YEAR, PRIMARY, Drawn, faults, places

from junheng.register.submission import schema
from junheng.register.tables import TABLES


@pytest.mark.parametrize("table", TABLES)
def test_a_row_handed_in_twice_is_found_in_every_table(table: str) -> None:
    [fault] = faults(Drawn().add(table, 0), "one_row_a_key")
    assert fault.kind == "duplicate_key" and fault.sheet == TABLES[table].zh


def test_the_later_of_two_rows_is_reported_and_names_the_place_of_the_first() -> None:
    [fault] = faults(Drawn().add("classes", 0, pupils=41), "one_row_a_key")
    assert (fault.file, fault.row, fault.column) == ("2025/primary.xlsx", 5, "number")
    assert fault.found == "与 2025/primary.xlsx 班级 第3行 重复：9901010001、小学、1、1"


def test_three_rows_of_one_key_make_two_faults() -> None:
    assert len(faults(Drawn().add("schools", 0).add("schools", 0), "one_row_a_key")) == 2


def test_a_repeated_person_is_not_named_in_full() -> None:
    [fault] = faults(Drawn().add("teachers", 0), "one_row_a_key")
    assert MUSIC not in fault.found and "990***11" in fault.found


def test_rows_whose_key_is_not_known_are_not_called_the_same() -> None:
    assert not faults(Drawn().change("classes", 0, number=None).change("classes", 1, number=None), "one_row_a_key")


@pytest.mark.parametrize("table", [name for name in TABLES if "school_id" in schema(name) and name != "schools"])
def test_a_row_of_a_school_that_is_not_listed_is_found(table: str) -> None:
    at = 1 if table == "school_events" else 0  # the first is of a school that has ended
    [fault] = faults(Drawn().change(table, at, school_id="9901019999"), "school_is_listed")
    assert (fault.kind, fault.column, fault.sheet) == ("unknown_school", "school_id", TABLES[table].zh)


def test_without_a_list_of_schools_nobody_asks_whether_a_school_is_listed() -> None:
    assert not faults(Drawn().drop("schools").change("classes", 0, school_id="9901019999"), "school_is_listed")


def test_a_managing_school_must_be_listed() -> None:
    assert places(faults(Drawn().change("schools", 0, managing_school_id="9901019999"),
                         "managing_school_is_listed")) == [("学校", 3, "managing_school_id")]
    assert not faults(Drawn().change("schools", 0, managing_school_id=NINE_YEAR), "managing_school_is_listed")


@pytest.mark.parametrize("to", [NINE_YEAR, "9901019999"])
def test_a_posting_to_the_own_school_or_to_no_listed_school_is_found(to: str) -> None:
    [fault] = faults(Drawn().change("postings", 0, to_school_id=to), "posting_leads_to_another_school")
    assert (fault.kind, fault.column) == ("unknown_school", "to_school_id")


def test_a_posting_to_another_school_of_the_register_is_fine() -> None:
    assert not faults(Drawn(), "posting_leads_to_another_school")


@pytest.mark.parametrize("table", ["schools", "evidence"])
def test_a_place_that_is_not_listed_is_found(table: str) -> None:
    [fault] = faults(Drawn().change(table, 0, place_code="990199"), "place_is_listed")
    assert (fault.kind, fault.column) == ("unknown_place", "place_code") and "990199" in fault.found
    assert not faults(Drawn(), "place_is_listed")


@pytest.mark.parametrize("table", ["recognitions", "postings", "training"])
def test_a_person_of_another_schools_staff_is_not_on_this_one(table: str) -> None:
    school = Drawn().tables[table][0]["school_id"]
    stranger = MATHS if school == PRIMARY else MUSIC
    [fault] = faults(Drawn().change(table, 0, teacher_id=stranger), "person_is_on_the_staff_list")
    assert (fault.kind, fault.column) == ("unknown_teacher", "teacher_id") and stranger not in fault.sentence()


def test_a_school_without_a_staff_list_is_not_asked_whether_its_persons_are_on_it() -> None:
    assert not faults(Drawn().drop("teachers", PRIMARY), "person_is_on_the_staff_list")
    assert not faults(Drawn(), "person_is_on_the_staff_list")
