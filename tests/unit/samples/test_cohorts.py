"""Pupils through the years: nobody is lost and nobody comes from nowhere, whatever becomes of their schools."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from random import Random

import pytest

from junheng.samples.city import PLAN, Changes, named
from junheng.samples.cohorts import CELLS, GRADES, grow
from junheng.samples.county import YEAR, County, Row, Rows
from junheng.samples.making import made_up
from junheng.samples.planning import plan_county
from junheng.samples.variants import VARIANTS

IN, OUT = ("moved_in", "resumed"), ("moved_out", "suspended", "dropped_out", "died", "graduated")
FIRST = YEAR - 8


@pytest.fixture(scope="module")
def rows() -> Rows:
    return made_up(VARIANTS["passing"], 7)[1]


@pytest.fixture(scope="module")
def changed() -> County:
    """The district in which a school is split, with all that became of its schools in five years."""
    variant, outline = PLAN[1]
    county = plan_county(7, variant, outline, named(7))
    Changes(county, Random("7 changes")).make()
    grow(county.schools, variant, 7, range(FIRST, YEAR + 1))
    return county


def test_the_roll_of_a_grade_and_what_became_of_it_make_the_roll_of_the_next(changed: County) -> None:
    for school in changed.schools:
        for (year, stage, grade), cohort in school.cohorts.items():
            if not school.open_in(year + 1) or year == YEAR:
                continue
            above = school.cohorts.get((year + 1, stage, grade + 1)) if grade < GRADES[stage][-1] else None
            for cell in range(len(CELLS)):
                came, went = (sum(cohort.moves[name][cell] for name in ways) for ways in (IN, OUT))
                after = cohort.roll[cell] + came - went
                assert after == (above.roll[cell] if above else 0), (school.name, year, stage, grade)


def test_nobody_is_a_negative_number_of_pupils(changed: County) -> None:
    for school in changed.schools:
        for grade in school.cohorts.values():
            assert min(grade.roll) >= 0
            assert all(min(counts) >= 0 for counts in grade.moves.values())


def test_a_school_that_was_merged_is_gone_and_its_pupils_are_counted_as_moved_into_its_successor(changed: County) -> None:
    merged = [school for school in changed.schools if school.successor]
    assert len(merged) == 7
    known = {school.school_id: school for school in changed.schools}
    for school in merged:
        assert max(year for year, _, _ in school.cohorts) == school.last < YEAR
        there = known[str(school.successor)]
        for grade in GRADES["primary"][:-1]:
            left = school.cohorts.get((school.last, "primary", grade))
            if left:
                arrived = there.cohorts[school.last, "primary", grade].moves["moved_in"]
                assert left.moves["moved_out"] == left.roll
                assert all(into >= count for into, count in zip(arrived, left.roll, strict=True))


def test_a_school_that_was_split_off_begins_with_pupils_who_left_its_origin(changed: County) -> None:
    new = next(school for school in changed.schools if school.origin)
    origin = next(school for school in changed.schools if school.school_id == new.origin)
    assert min(year for year, _, _ in new.cohorts) == new.opened
    for grade in GRADES["primary"][1:]:
        left = origin.cohorts[new.opened - 1, "primary", grade - 1].moves["moved_out"]
        assert all(out >= count for out, count in zip(left, new.cohorts[new.opened, "primary", grade].roll, strict=True))


def test_a_school_that_opened_begins_with_its_first_grade(changed: County) -> None:
    new = next(school for school in changed.schools if school.opened and not school.origin)
    assert {grade for year, _, grade in new.cohorts if year == new.opened} == {1}
    assert {grade for year, _, grade in new.cohorts if year == YEAR} == set(range(1, YEAR - new.opened + 2))


def test_births_fall(changed: County) -> None:
    young = Counter[int]()
    for school in changed.schools:
        for (year, stage, _), cohort in school.cohorts.items():
            young[year] += cohort.pupils if stage == "preschool" else 0
    assert [young[year] for year in range(FIRST, YEAR + 1)] == sorted(young.values(), reverse=True)


def test_every_pupil_of_record_is_on_the_list_of_pupils_in_a_class_that_is_there(rows: Rows) -> None:
    def count(name: str, *key: str) -> Counter[tuple[object, ...]]:
        found: Counter[tuple[object, ...]] = Counter()
        for row in rows[name]:
            found[tuple(row[each] for each in key)] += 1 if name == "pupils" else row["pupils"]
        return found
    stage, place = ("school_id", "stage"), ("school_id", "stage", "grade", "number")
    assert count("pupils", *stage) == count("school_stages", *stage)
    assert count("pupils", *place) == count("classes", *place)
    assert len({row["pupil_id"] for row in rows["pupils"]}) == len(rows["pupils"])


def test_pupils_are_of_the_sex_and_residence_their_grade_says(rows: Rows) -> None:
    said: Counter[tuple[str, int, str, bool]] = Counter()
    for row in rows["flows"]:
        if row["flow_year"] == YEAR:
            said[row["school_id"], row["grade"], row["sex"], row["residence"] == "other"] += row["roll"]
    assert +said == Counter((row["school_id"], row["grade"], row["sex"], row["migrant"]) for row in rows["pupils"])


def test_what_a_stage_counts_of_its_pupils_is_what_their_list_says(rows: Rows) -> None:
    def listed(condition: Callable[[Row], bool]) -> Counter[tuple[str, str]]:
        return Counter((row["school_id"], row["stage"]) for row in rows["pupils"] if condition(row))
    for column, condition in (("boarders", lambda row: row["boarding"]), ("migrant_pupils", lambda row: row["migrant"]),
                              ("left_behind_pupils", lambda row: row["guardian"] != "parents"),
                              ("migrant_bought_places", lambda row: row["admitted_by"] == "bought_place")):
        found = listed(condition)  # type: ignore[arg-type]
        said = {(row["school_id"], row["stage"]): row[column] for row in rows["school_stages"] if row[column]}
        assert said == dict(found), column


def test_children_with_a_disability_are_listed_once_and_where_they_learn(rows: Rows) -> None:
    placed = {row["child_id"]: row["placed_school_id"] for row in rows["disabled_children"] if row["placed_school_id"]}
    assert placed.items() <= {row["pupil_id"]: row["school_id"] for row in rows["pupils"] if row["disability"]}.items()
    nowhere = [row for row in rows["disabled_children"] if not row["placed_school_id"]]
    assert {row["placement"] for row in nowhere} == {"none", "postponed"}
    assert all((row["placement"] == "postponed") == bool(row["postponed_paper"]) for row in rows["disabled_children"])
