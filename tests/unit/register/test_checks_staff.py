"""Staff and posts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sound_register import ART, MUSIC, NINE_YEAR, Drawn, Plant, faults, finds

FIRST, VISITOR, OF_NINE_YEAR, MATHS_TEACHER = range(4)
PLANTS: list[Plant] = [
    ("teacher_is_of_working_age", "teacher_age", lambda drawn: drawn.change("teachers", FIRST, birth_year=1959),
     [("教师", 3, "birth_year")]),
    ("teacher_is_of_working_age", "teacher_age", lambda drawn: drawn.change("teachers", FIRST, birth_year=2008),
     [("教师", 3, "birth_year")]),
    ("nobody_begins_too_young", "teacher_age", lambda drawn: drawn.change("teachers", FIRST, degree_day=date(2000, 7, 1)),
     [("教师", 3, "degree_day")]),
    ("nobody_begins_too_young", "teacher_age", lambda drawn: drawn.change("teachers", FIRST, at_school_since=date(2002, 9, 1)),
     [("教师", 3, "at_school_since")]),
    ("school_has_one_head", "several_heads",
     lambda drawn: drawn.change("teachers", 2, head_since=date(2015, 9, 1)).change("teachers", 3, head_since=date(2016, 9, 1)),
     [("教师", 3, "head_since"), ("教师", 4, "head_since")]),
    ("head_has_come_first", "head_before_arrival", lambda drawn: drawn.change("teachers", 4, head_since=date(2012, 8, 31)),
     [("教师", 5, "head_since")]),
    ("teacher_teaches_what_the_certificate_says", "certificate_subject",
     lambda drawn: drawn.change("teachers", MATHS_TEACHER, certificate_subject="history"), [("教师", 4, "certificate_subject")]),
    ("full_time_teacher_has_lessons", "no_lessons", lambda drawn: drawn.change("teachers", FIRST, weekly_lessons=0),
     [("教师", 3, "weekly_lessons")]),
    ("pay_is_plausible", "pay_implausible", lambda drawn: drawn.change("teachers", FIRST, pay_yuan=Decimal(8000)),
     [("教师", 3, "pay_yuan")]),
    ("pay_is_plausible", "pay_implausible", lambda drawn: drawn.change("teachers", FIRST, pay_yuan=Decimal(600_000)),
     [("教师", 3, "pay_yuan")]),
    ("postings_follow_each_other", "postings_overlap",
     lambda drawn: drawn.change("postings", 0, kind="rotation").add("postings", 0, from_day=date(2026, 7, 9)),
     [("交流任教", 4, "from_day")]),
    ("training_hours_are_plausible", "training_hours", lambda drawn: drawn.change("training", 0, hours=Decimal("400.5")),
     [("培训", 3, "hours")]),
    ("filled_posts_are_the_staff_on_quota", "quota_filled", lambda drawn: drawn.change("staff_quota", 0, filled=4),
     [("编制岗位", 3, "filled")]),
    ("those_off_their_post_are_as_listed", "quota_filled", lambda drawn: drawn.change("staff_quota", 0, off_post=0),
     [("编制岗位", 3, "off_post")]),
    ("no_more_posts_are_filled_than_given", "over_quota", lambda drawn: drawn.change("staff_quota", 0, posts=2),
     [("编制岗位", 3, "filled")]),
]


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: f"{plant[0]}-{plant[3][0][2]}")
def test_what_cannot_be_of_staff_is_found(plant: Plant) -> None:
    assert finds(plant)


def test_only_full_time_teachers_in_service_are_held_to_their_age_pay_and_lessons() -> None:
    for change in ({"full_time": False}, {"state": "leave"}, {"post_kind": "worker"}, {"state": None}):
        odd = Drawn().change("teachers", FIRST, birth_year=1950, weekly_lessons=0, **change)
        assert not faults(odd, "teacher_is_of_working_age") and not faults(odd, "full_time_teacher_has_lessons")


def test_a_head_needs_no_lessons() -> None:
    assert not faults(Drawn()
        .change("teachers", FIRST, weekly_lessons=0, head_since=date(2020, 9, 1)), "full_time_teacher_has_lessons")


@pytest.mark.parametrize(("stage", "subject", "noted"), [
    ("junior", "music", False), ("junior", "art", False), ("junior", "history", True), ("primary", "history", False)])
def test_a_certificate_of_a_subject_close_by_will_do(stage: str, subject: str, noted: bool) -> None:
    drawn = Drawn().change("teachers", MATHS_TEACHER, stage=stage, certificate_subject=subject)
    assert bool(faults(drawn, "teacher_teaches_what_the_certificate_says")) is noted


@pytest.mark.parametrize(("classes", "missing"), [(5, 0), (6, 5), (12, 5)])
def test_main_subjects_have_a_teacher_from_six_classes_on(classes: int, missing: int) -> None:
    """The nine-year school's junior teachers teach music: of its other five groups of subjects each is missing."""
    found = faults(Drawn().change("school_stages", 2, classes=classes), "every_subject_has_a_teacher")
    assert len(found) == missing and {fault.kind for fault in found} <= {"subject_without_teacher"}


def test_arts_have_a_teacher_from_twelve_classes_on_and_a_visitor_will_do() -> None:
    drawn = Drawn()
    for at in range(5):
        drawn.change("teachers", at, main_subject="chinese")
    for classes, missing in ((11, False), (12, True)):
        found = faults(drawn.change("school_stages", 0, classes=classes), "every_subject_has_a_teacher")
        assert any("音乐" in fault.found for fault in found) is missing
    visited = drawn.change("teachers", VISITOR, second_subject="art")
    assert not any("音乐" in fault.found for fault in faults(visited, "every_subject_has_a_teacher"))


def test_a_teacher_of_unknown_subject_may_teach_any() -> None:
    drawn = Drawn().change("school_stages", 2, classes=9).change("teachers", OF_NINE_YEAR, main_subject=None)
    assert not faults(drawn, "every_subject_has_a_teacher")


def test_visiting_several_schools_at_one_time_is_fine_and_so_is_going_on_the_next_day() -> None:
    assert not faults(Drawn().add("postings", 0, from_day=date(2025, 10, 1)), "postings_follow_each_other")
    lent = Drawn().change("postings", 0, kind="secondment").add("postings", 0, from_day=date(2026, 7, 10))
    assert not faults(lent, "postings_follow_each_other")


def test_an_overlap_names_nobody() -> None:
    drawn = Drawn().change("postings", 0, kind="rotation").add("postings", 0, from_day=date(2025, 12, 1))
    [fault] = faults(drawn, "postings_follow_each_other")
    assert ART not in fault.sentence() and "990***24" in fault.found


def test_somebody_of_whom_it_is_not_known_may_be_on_quota_or_not() -> None:
    drawn = Drawn().change("teachers", MATHS_TEACHER, on_quota=None)
    for filled, off in ((1, True), (2, False), (3, False), (4, True)):
        assert bool(faults(drawn.change("staff_quota", 0, filled=filled), "filled_posts_are_the_staff_on_quota")) is off
    assert not faults(drawn.drop("teachers", NINE_YEAR), "filled_posts_are_the_staff_on_quota")


def test_the_teacher_stays_unnamed_in_what_is_found() -> None:
    assert MUSIC not in faults(Drawn().change("teachers", FIRST, pay_yuan=Decimal(8000)), "pay_is_plausible")[0].sentence()


@pytest.mark.parametrize(("change", "rule", "personal"), [
    ({"pay_yuan": Decimal(8123)}, "pay_is_plausible", "8123"), ({"birth_year": 1957}, "teacher_is_of_working_age", "1957"),
    ({"birth_year": 1971, "degree_day": date(1980, 7, 1)}, "nobody_begins_too_young", "1987")])
def test_neither_pay_nor_birth_of_a_teacher_is_told(change: dict[str, object], rule: str, personal: str) -> None:
    assert [personal in fault.sentence() for fault in faults(Drawn().change("teachers", FIRST, **change), rule)] == [False]
