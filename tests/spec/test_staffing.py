"""Posts by pupils, posts that do not teach, teachers the lessons need, heads, and rotation between towns."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from junheng.kernel.codes import Verdict
from junheng.kernel.findings import Finding
from tests.spec.drawn import draw, measured, one
from tests.spec.rows import COUNTY, A, B, Row, Tables, found, of, school, stage, together

S = "staffing"
TWELVE = school(A, stage("preschool", 50), stage("primary", 190), stage("junior", 135), stage("senior", 125), kind="twelve_year")


def quota(code: str = A, **posts: object) -> Tables:
    return {"staff_quota": [of(code, **posts)]}


@pytest.mark.parametrize(("posts", "verdict", "gap"), [(30, "met", 0), (29, "not_met", 1), (None, "unknown", None)])
def test_posts_are_held_against_pupils_of_three_stages_and_kindergarten_asks_for_none(posts: int | None, verdict: str,
                                                                                     gap: int | None) -> None:
    findings, _ = measured(draw(**together(TWELVE, quota(posts=posts))), S)
    county, own = one(findings, "bz.posts", COUNTY, "all"), one(findings, "bz.posts", A, "all")
    assert (county.whole, county.verdict, county.gap) == (30, Verdict[verdict], gap)
    assert (own.whole, own.verdict) == (30, None)


def test_the_posts_that_pupils_ask_for_are_not_rounded() -> None:
    ratio = found(together(school(A, stage("primary", 20)), quota(posts=2)), S, "bz.posts", A)
    assert (ratio.whole, ratio.value) == (Fraction(20, 19), Fraction(19, 10))


def test_private_schools_and_kindergartens_have_no_posts_and_special_schools_have() -> None:
    schools = together(school("p", run_by="private"), school("k", stage("preschool"), kind="kindergarten"),
                       school("a", stage("preschool"), kind="attached_kindergarten"), school("s", kind="special"),
                       school("v", stage("senior"), kind="vocational"))
    findings, _ = measured(draw(**schools), S)
    assert {each.group for each in findings if each.item == "bz.posts" and each.level.name == "school"} == {"s", "v"}


def test_posts_filled_and_off_post_are_shares() -> None:
    findings, _ = measured(draw(**together(school(), quota(posts=40, filled=30, off_post=3))), S)
    filled, away = one(findings, "bz.filled", A, "all"), one(findings, "bz.off_post", A, "all")
    assert (filled.value, away.value, filled.verdict, away.verdict) == (75, 10, None, None)


def test_nobody_filled_leaves_off_post_without_a_share() -> None:
    assert found(together(school(), quota(filled=0, off_post=0)), S, "bz.off_post", A).value is None


@pytest.mark.parametrize(("kind", "most"), [
    ("primary", 9), ("teaching_point", 9), ("junior", 15), ("nine_year", 15), ("attached_junior", 15), ("senior", 16),
    ("complete_secondary", 16), ("twelve_year", 16), ("vocational", 16)])
def test_posts_that_do_not_teach_by_kind_of_school(kind: str, most: int) -> None:
    tables = together(school(A, kind=kind), school(B, kind=kind), quota(A, posts=100, non_teaching_posts=most),
                      quota(B, posts=100, non_teaching_posts=most + 1))
    findings, _ = measured(draw(**tables), S)
    at, over = one(findings, "bz.nonteach", A, "all"), one(findings, "bz.nonteach", B, "all")
    assert (at.verdict, at.gap, over.verdict, over.gap) == (Verdict.met, 0, Verdict.not_met, 1)
    assert one(findings, "bz.nonteach", COUNTY, "all").verdict is None


def test_posts_that_do_not_teach_are_unknown_where_the_cell_is_empty() -> None:
    assert found(together(school(), quota(posts=10)), S, "bz.nonteach", A).verdict is Verdict.unknown


LESSONS = {"chinese": (7, 6), "mathematics": (4, 5), "english": (2, 4), "morality": (3, 2), "science": (2, None),
           "physical_education": (4, 3), "music": (2, 1), "art": (2, 1), "physics": (None, 2), "chemistry": (None, 1),
           "biology": (None, 2), "geography": (None, 2), "history": (None, 2), "information": (1, 1)}


@pytest.fixture(scope="module")
def taught() -> list[Finding]:
    """15 classes of primary and 12 of junior, so that each subject needs as many teachers as it has lessons."""
    classes: Tables = {"classes": [of(stage=name, number=number) for name, count in (("primary", 15), ("junior", 12))
                                   for number in range(1, count + 1)]}
    both = school(A, stage("primary"), stage("junior"), kind="nine_year", split="by_pupils")
    return measured(draw(**together(both, classes)), S)[0]


@pytest.mark.parametrize("subject", LESSONS)
def test_a_subject_needs_teachers_by_its_lessons_only_in_the_stages_it_is_taught_in(taught: list[Finding], subject: str) -> None:
    needed = {each.stage: each.whole for each in taught if (each.item, each.group) == (f"bz.lessons.{subject}", A)}
    assert needed == {name: lessons for name, lessons in zip(("primary", "junior"), LESSONS[subject], strict=True) if lessons}


def teacher(name: str, **facts: object) -> Row:
    return of(teacher_id=name, **facts)


def of_music(*teachers: Row, classes: int = 15, kind: str = "ordinary") -> Finding:
    rows = [of(number=number, kind=kind) for number in range(1, classes + 1)]
    return found(together(school(), {"classes": rows, "teachers": list(teachers)}), S, "bz.lessons.music", A, "primary")


@pytest.mark.parametrize(("teachers", "verdict", "gap"), [(2, "met", 0), (1, "not_met", 1)])
def test_as_many_teachers_as_the_lessons_need_are_enough(teachers: int, verdict: str, gap: int) -> None:
    music = of_music(*(teacher(str(number), main_subject="music") for number in range(teachers)))
    assert (music.verdict, music.gap) == (Verdict[verdict], gap)


def test_the_second_subject_and_visitors_do_not_count_for_the_lessons() -> None:
    music = of_music(teacher("a", second_subject="music"), teacher("b", main_subject="music", full_time=False))
    assert (music.part, music.verdict) == (0, Verdict.not_met)


def test_teachers_needed_are_exact_and_mixed_classes_have_lessons_too() -> None:
    assert of_music(classes=1, kind="mixed").whole == Fraction(2, 15)


def test_special_classes_ask_for_no_teachers_of_a_subject() -> None:
    assert of_music(kind="special").verdict is Verdict.unknown


def test_a_teacher_of_unknown_subject_leaves_the_lessons_open() -> None:
    assert of_music(teacher("a", main_subject=None)).verdict is Verdict.unknown


def heads(*rows: Row) -> Finding:
    return found(together(school(), {"teachers": list(rows)}), S, "jl.heads", A)


def test_a_head_of_exactly_twelve_years_is_beyond_two_terms() -> None:
    share = heads(teacher("a", head_since=date(2013, 9, 1)), teacher("b", head_since=date(2013, 9, 2)), teacher("c"),
                  teacher("d", head_since=date(2000, 1, 1), state="leave"))
    assert (share.part, share.whole, share.value, share.verdict) == (1, 2, 50, None)


def test_a_head_of_unknown_state_is_not_nobody_and_a_teacher_of_unknown_state_is_no_head() -> None:
    known = teacher("a", head_since=date(2020, 9, 1))
    assert heads(known, teacher("b", head_since=date(2000, 9, 1), state=None)).value is None
    assert heads(known, teacher("b", state=None)).value == 0


def test_a_school_without_a_head_has_no_share_of_heads() -> None:
    assert heads(teacher("a")).value is None


def in_town(going: int, *, code: str = A, **facts: object) -> Tables:
    """A school with ten teachers of six years, some of them in rotation."""
    people = [of(code, teacher_id=str(number)) for number in range(10)]
    return together(school(code, **facts), {"teachers": people, "postings": people[:going]})


@pytest.mark.parametrize(("going", "verdict", "gap"), [(1, "met", 0), (0, "not_met", 1)])
def test_one_in_ten_of_the_towns_goes_and_villages_and_private_schools_are_not_asked(going: int, verdict: str, gap: int) -> None:
    tables = together(in_town(going, urban_rural="town_fringe"), in_town(0, code="v", urban_rural="township_centre"),
                      in_town(0, code="p", urban_rural="city_core", run_by="private"))
    share = found(tables, S, "jl.rotation")
    assert (share.whole, share.verdict, share.gap) == (10, Verdict[verdict], gap)


@pytest.mark.parametrize(("towns_only", "whole"), [(0, 20), (1, 10)])
def test_a_county_may_count_only_the_teachers_of_its_towns_for_rotation(tmp_path: Path, towns_only: int, whole: int) -> None:
    (tmp_path / "own.toml").write_text('jurisdiction = "9901"\n[rotation_towns_only]\nsince = [{day = 2020-01-01, '
                                       f'value = {towns_only}, paper = "p", evidence = "read"}}]\n', encoding="utf-8")
    tables = together(in_town(1, urban_rural="town_core"), in_town(0, code="v", urban_rural="village"))
    findings, _ = measured(draw(**tables), "quality_balance_2017", overlays=tmp_path)
    assert one(findings, "yz.2.11.rotation", COUNTY, "all").whole == whole


def test_the_verdict_of_staffing_is_one_for_all_stages() -> None:
    tables = together(in_town(0, urban_rural="city_core"), quota(posts=100))
    _, verdicts = measured(draw(**tables), S)
    assert [(each.stage, each.verdict, each.failed) for each in verdicts] == [("all", Verdict.not_met, ("jl.rotation",))]
