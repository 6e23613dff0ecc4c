"""Pupils one by one, and children with disabilities."""

from __future__ import annotations

import pytest
from sound_register import MUSIC, NINE_YEAR, POINT, PRIMARY, Drawn, Plant, faults, finds

LISTED, CLASS_LIST = "pupils_are_as_listed", "classes_are_as_their_pupils"
PLANTS: list[Plant] = [
    (LISTED, "pupil_list", lambda drawn: drawn.change("school_stages", 3, pupils=13), [("学段", 3, "pupils")]),
    (LISTED, "pupil_list", lambda drawn: drawn.change("pupils", 0, boarding=True), [("学段", 3, "boarders")]),
    (LISTED, "pupil_list", lambda drawn: drawn.change("pupils", 0, migrant=True), [("学段", 3, "migrant_pupils")]),
    (LISTED, "pupil_list", lambda drawn: drawn.change("pupils", 0, guardian="both_parents_away"),
        [("学段", 3, "left_behind_pupils")]),
    (CLASS_LIST, "pupil_list", lambda drawn: drawn.change("classes", 5, pupils=11), [("班级", 3, "pupils")]),
    ("class_of_a_pupil_is_listed", "unknown_class", lambda drawn: drawn.change("pupils", 0, number=2), [("学生", 3, "number")]),
    ("age_fits_the_grade", "pupil_age", lambda drawn: drawn.change("pupils", 1, birth_year=2014), [("学生", 4, "birth_year")]),
    ("age_fits_the_grade", "pupil_age", lambda drawn: drawn.change("pupils", 1, birth_year=2021), [("学生", 4, "birth_year")]),
    ("migrant_pupil_is_registered_elsewhere", "migrant_residence",
     lambda drawn: drawn.change("pupils", 0, migrant=True, residence_place_code="990101001"), [("学生", 3, "migrant")]),
    ("child_is_on_a_list", "no_list", lambda drawn: drawn.change(
        "disabled_children", 0, on_federation_list=False, on_enrolment_list=False, on_police_list=False),
     [("残疾儿童", 3, "on_federation_list")]),
    ("postponing_has_its_paper", "postponed_paper", lambda drawn: drawn.change("disabled_children", 0, placement="postponed"),
     [("残疾儿童", 3, "postponed_paper")]),
    ("postponing_has_its_paper", "postponed_paper", lambda drawn: drawn.change("disabled_children", 0, postponed_paper="1号"),
     [("残疾儿童", 3, "postponed_paper")]),
    ("placement_names_its_school", "placement", lambda drawn: drawn.change("disabled_children", 0, placed_school_id=None),
     [("残疾儿童", 3, "placed_school_id")]),
    ("placement_names_its_school", "placement", lambda drawn: drawn.change("disabled_children", 0, placement="none"),
     [("残疾儿童", 3, "placed_school_id")]),
    ("placed_child_is_on_the_roll", "placement",
     lambda drawn: drawn.change("disabled_children", 0, child_id="990101201901010038"), [("残疾儿童", 3, "placed_school_id")]),
    ("placement_fits_the_school", "placement", lambda drawn: drawn.change("disabled_children", 0, placement="special_school"),
     [("残疾儿童", 3, "placement")]),
    ("child_is_of_school_age", "child_age", lambda drawn: drawn.change("disabled_children", 0, birth_year=2006),
     [("残疾儿童", 3, "birth_year")]),
]


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: f"{plant[0]}-{plant[3][0][2]}")
def test_what_cannot_be_of_a_child_is_found(plant: Plant) -> None:
    assert finds(plant)


def test_a_pupil_on_two_rolls_is_found_at_both_and_not_named() -> None:
    twice = Drawn().add("pupils", 0, school_id=PRIMARY)
    found = faults(twice, "pupil_is_on_one_roll")
    assert {fault.file: PRIMARY in fault.found for fault in found} == {"2025/point.xlsx": True, "2025/primary.xlsx": False}
    assert {(fault.kind, fault.severity.name, fault.column) for fault in found} == {("two_schools", "error", "pupil_id")}
    assert not any(str(twice.tables["pupils"][0]["pupil_id"]) in fault.sentence() for fault in found)
    assert not faults(Drawn(), "pupil_is_on_one_roll")


def test_nobody_is_pupil_and_teacher() -> None:
    [fault] = faults(Drawn().change("pupils", 0, pupil_id=MUSIC), "pupil_is_no_teacher")
    assert (fault.kind, fault.column) == ("pupil_and_teacher", "pupil_id") and MUSIC not in fault.sentence()
    assert not faults(Drawn(), "pupil_is_no_teacher")


@pytest.mark.parametrize("column", ["birth_year", "birth_month"])
def test_a_birth_that_is_not_that_of_the_number_is_found_and_not_told(column: str) -> None:
    was = Drawn().tables["pupils"][0][column]
    assert isinstance(was, int)
    [fault] = faults(Drawn().change("pupils", 0, **{column: was + 1}), "birth_year_is_that_of_the_number")
    assert (fault.kind, fault.column) == ("birth_year_mismatch", column) and str(was + 1) not in fault.found


def test_the_sex_of_a_child_is_that_of_the_number() -> None:
    assert [fault.sheet for fault in faults(Drawn().change("pupils", 0, sex="female")
        .change("disabled_children", 0, sex="female"),
                                            "sex_is_that_of_the_number")] == ["残疾儿童", "学生"]


@pytest.mark.parametrize(("said", "off"), [(10, True), (11, False), (12, False), (13, True)])
def test_who_is_suspended_may_be_counted_or_not(said: int, off: bool) -> None:
    drawn = Drawn().change("pupils", 0, status="suspended").change("school_stages", 3, pupils=said)
    assert bool(faults(drawn, LISTED)) is off
    assert bool(faults(drawn.change("classes", 5, pupils=said), CLASS_LIST)) is off


@pytest.mark.parametrize(("said", "off"), [(0, True), (1, False), (3, False), (4, True)])
def test_left_behind_is_who_has_both_parents_away_or_one(said: int, off: bool) -> None:
    drawn = Drawn().change("school_stages", 3, left_behind_pupils=said).change("pupils", 0, guardian="both_parents_away")
    for at in (1, 2):
        drawn.change("pupils", at, guardian="one_parent_away")
    assert bool(faults(drawn, LISTED)) is off


def test_a_school_that_handed_in_no_list_of_pupils_is_not_held_against_it() -> None:
    assert not faults(Drawn().drop("pupils", POINT), LISTED) and not faults(Drawn().drop("pupils", POINT), CLASS_LIST)


def test_a_pupil_of_unknown_stage_or_class_may_be_of_any() -> None:
    assert not faults(Drawn().change("pupils", 0, stage=None), LISTED)
    assert not faults(Drawn().change("pupils", 0, number=None), CLASS_LIST)
    assert not faults(Drawn().change("classes", 5, number=None), "class_of_a_pupil_is_listed")


@pytest.mark.parametrize("change", [{"disability": "hearing"}, {"status": "home_teaching"}])
def test_the_age_of_a_child_who_learns_otherwise_is_not_judged(change: dict[str, object]) -> None:
    assert not faults(Drawn().change("pupils", 1, birth_year=2010, **change), "age_fits_the_grade")
    special = Drawn().change("pupils", 1, birth_year=2010).change("schools", 2, kind="special")
    assert not faults(special, "age_fits_the_grade")


def test_a_migrant_from_another_county_is_one() -> None:
    drawn = Drawn().change("pupils", 0, migrant=True, residence_place_code="990102")
    assert not faults(drawn, "migrant_pupil_is_registered_elsewhere")


def test_a_school_a_child_is_placed_in_is_listed() -> None:
    [fault] = faults(Drawn().change("disabled_children", 0, placed_school_id="9901019999"), "named_school_is_listed")
    assert (fault.kind, fault.column) == ("unknown_school", "placed_school_id") and "9901019999" not in fault.sentence()
    assert not faults(Drawn(), "named_school_is_listed")


@pytest.mark.parametrize(("change", "rule"), [
    ({"placement": "none"}, "placement_names_its_school"), ({"child_id": "990101201901010038"}, "placed_child_is_on_the_roll"),
    ({"postponed_paper": "专〔2025〕7号"}, "postponing_has_its_paper")])
def test_neither_school_nor_paper_of_a_child_with_a_disability_is_told(change: dict[str, object], rule: str) -> None:
    drawn = Drawn().change("disabled_children", 0, **change)
    child = drawn.tables["disabled_children"][0]
    told = {str(child[column]) for column in ("placed_school_id", "postponed_paper") if column in child}
    [fault] = faults(drawn, rule)
    assert told and not any(each in fault.sentence() for each in told)


def test_a_child_placed_where_no_list_of_pupils_was_handed_in_is_let_pass() -> None:
    assert not faults(Drawn().change("disabled_children", 0, placed_school_id=NINE_YEAR), "placed_child_is_on_the_roll")
