"""Persons and their numbers."""

from __future__ import annotations

from sound_register import ART, MUSIC, NINE_YEAR, PRIMARY, Drawn, faults

VISITOR = 1  # ART visits the primary school and is full-time at the nine-year school


def test_a_person_full_time_at_two_schools_is_found_at_both() -> None:
    found = faults(Drawn().change("teachers", VISITOR, full_time=True), "full_time_at_one_school")
    assert {fault.file: NINE_YEAR in fault.found for fault in found} == {"2025/primary.xlsx": True,
                                                                        "2025/nine.xlsx": False}
    assert all(fault.kind == "two_full_time" and fault.column == "teacher_id" for fault in found)
    assert all(PRIMARY in fault.found for fault in found if fault.file == "2025/nine.xlsx")
    assert all(ART not in fault.sentence() and "990***24" in fault.found for fault in found)


def test_a_visitor_is_full_time_at_one_school_only() -> None:
    assert not faults(Drawn(), "full_time_at_one_school")
    assert not faults(Drawn().change("teachers", VISITOR, full_time=None), "full_time_at_one_school")


def test_a_birth_year_that_is_not_that_of_the_number_is_found() -> None:
    [fault] = faults(Drawn().change("teachers", 0, birth_year=1986), "birth_year_is_that_of_the_number")
    assert (fault.kind, fault.column) == ("birth_year_mismatch", "birth_year") and MUSIC not in fault.sentence()
    assert not faults(Drawn(), "birth_year_is_that_of_the_number")


def test_a_sex_that_is_not_that_of_the_number_is_found() -> None:
    found = faults(Drawn().change("teachers", 0, sex="female").change("teachers", 2, sex="male"),
                   "sex_is_that_of_the_number")
    assert [(fault.kind, fault.column) for fault in found] == [("sex_mismatch", "sex")] * 2
    assert not faults(Drawn(), "sex_is_that_of_the_number")


def test_a_pseudonym_says_nothing_of_its_bearer() -> None:
    pseudonym = Drawn().change("teachers", 0, teacher_id="p_9901011986010100aa", birth_year=1960, sex="female")
    assert not faults(pseudonym, "birth_year_is_that_of_the_number")
    assert not faults(pseudonym, "sex_is_that_of_the_number")
