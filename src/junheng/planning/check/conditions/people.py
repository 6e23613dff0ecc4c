"""The conditions of measures on teachers, each from the register itself."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import floor

import polars as pl

from junheng.indicators.items.resources import SEVEN
from junheng.planning.check.arranging import LEAVING_THEIR_SUBJECT, Arranged, suits, where
from junheng.planning.check.breaches import Breach, Condition
from junheng.planning.check.conditions.rows import OF_TYPE, is_number
from junheng.planning.check.county import County, Row, grouped, total, words
from junheng.planning.check.names import item_word
from junheng.planning.check.staff import Staff
from junheng.planning.codes import MeasureKind, TeacherType
from junheng.planning.not_allowed import sentence
from junheng.standards import law

RECRUITS = (MeasureKind.recruit, MeasureKind.recruit_arts)


def posts(county: County) -> Iterator[Breach]:
    new = county.public(*RECRUITS)
    free = free_posts(county)
    if total(new) > free:
        yield county.whole(
            Condition.posts,
            f"新增在编教师 {words(total(new))} 人",
            f"不超过空余编制 {free} 个：{sentence('recruit_off_quota')}",
            new,
        )


def free_posts(county: County) -> int:
    """Posts given to the public schools with a compulsory stage that nobody fills; none where nobody told."""
    if not county.register.has("staff_quota"):
        return 0
    private = {
        school
        for school, run_by in county.register.table("schools").select("school_id", "run_by").iter_rows()
        if run_by == "private"
    }
    own = {school for school, _ in county.facts} | {row.of.source for row in county.of(MeasureKind.merge)}
    rows = (
        county.register.table("staff_quota")
        .filter(pl.col("school_id").is_in(list(own - private)))
        .select("posts", "filled")
        .iter_rows()
    )
    return max(0, sum(int(given) - int(filled) for given, filled in rows if given is not None and filled is not None))


def persons(county: County, arranged: Arranged, staff: Staff) -> Iterator[Breach]:
    """For every measure as many persons as it names, each for one measure only and none from a subject that needs him."""
    for row in county.rows:
        if lacking := arranged.missing.get(row.number):
            condition, wanted = _lacking(county, staff, row)
            yield county.at(row, condition, f"{words(row.amount)} 人中有 {lacking} 人安排不出", wanted)


def _lacking(county: County, staff: Staff, row: Row) -> tuple[Condition, str]:
    """Whether there are too few such persons at all, or only too few whom lessons can spare."""
    if row.kind is MeasureKind.move_teacher or row.kind in LEAVING_THEIR_SUBJECT:
        there = sum(suits(row, person) for person in staff.serving(where(row)))
        if there >= row.amount:
            return Condition.subject_need, f"不使任何学科缺教师，一人只用于一项措施（有 {there} 名这类教师）"
    return Condition.staff, f"不超过学校实有且未用于其他措施的教师：{sentence('count_twice')}"


def graduates(county: County) -> Iterator[Breach]:
    share = county.prices.value("degree_study_completion")
    for row in county.of(MeasureKind.degree_study):
        done = _number(row.of.detail)
        if done is None or done < 0 or done != int(done):
            yield county.at(row, Condition.graduates, f"预计毕业“{row.of.detail}”", "整数人数")
        elif done > share * row.amount:
            yield county.at(
                row, Condition.graduates, f"{words(row.amount)} 人中按期毕业 {words(done)} 人", f"不超过 {float(share):.0%}"
            )


def _number(text: str) -> Fraction | None:
    try:
        return Fraction(text) if is_number(float(text)) else None
    except ValueError:
        return None


def backbone(county: County, staff: Staff) -> Iterator[Breach]:
    """The county's share, and that of a year; and nobody is chosen in the year of the inspection."""
    chosen = county.of(MeasureKind.select_backbone)
    everyone = [person for key in county.asked for person in staff.serving(key)]
    there = sum(person.is_backbone for person in everyone)
    most = max(0, floor(county.prices.value("backbone_share") * len(everyone)) - there)
    if total(chosen) > most:
        yield county.whole(Condition.backbone_share, f"新认定骨干教师 {words(total(chosen))} 人", f"不超过 {most} 人")
    a_year = floor(county.prices.value("backbone_share_a_year") * len(everyone))
    for (year,), rows in grouped(chosen, "year").items():
        if total(rows) > a_year:
            yield county.whole(
                Condition.late_backbone,
                f"{year}年新认定骨干教师 {words(total(rows))} 人",
                f"一年不超过 {a_year} 人：{sentence('late_backbone')}",
            )
    for row in chosen:
        if row.of.year >= county.target:
            yield county.at(row, Condition.late_backbone, "验收当年认定", f"提前认定：{sentence('late_backbone')}")


def spare(county: County) -> Iterator[Breach]:
    """A school that gives teachers keeps to its own planning line in what they count for, whoever comes to it."""
    lines = county.lines(county.undone)
    for (school, stage), rows in grouped(county.of(MeasureKind.move_teacher), "source", "stage").items():
        for number in (1, 2, 3):
            item = SEVEN[number - 1]
            leaving = total(row for row in rows if number in OF_TYPE[TeacherType[row.of.detail]])
            has, pupils = county.undone.has(school, stage, item), county.undone.pupils(school, stage)
            if not leaving or pupils is None:
                continue
            wanted = lines.wanted(school, stage, item) * pupils / 100
            if has is None or has - leaving < wanted:
                yield county.school(
                    school,
                    stage,
                    Condition.spare,
                    f"调出 {words(leaving)} 人后“{item_word(item)}”为 {_or_unknown(has, leaving)} 人",
                    f"不少于 {words(wanted)} 人",
                )


def _or_unknown(has: Fraction | None, less: Fraction) -> str:
    return "未知" if has is None else words(has - less)


def rotation(county: County, staff: Staff) -> Iterator[Breach]:
    for (school, stage, year), rows in grouped(county.of(MeasureKind.move_teacher), "source", "stage", "year").items():
        share = county.prices.value("rotation_share", county.facts[school, stage])
        most = floor(share * len(staff.serving((school, stage))))
        if total(rows) > most:
            yield county.school(
                school, stage, Condition.rotation, f"{year}年调出教师 {words(total(rows))} 人", f"不超过 {most} 人"
            )


def distance(county: County) -> Iterator[Breach]:
    farthest = float(county.prices.value("move_distance_km"))
    for row in county.of(MeasureKind.move_teacher):
        km = county.km(row.of.school, row.of.source)
        if county.is_private(row.of.school) or county.is_private(row.of.source):
            yield county.at(row, Condition.distance, "有民办学校", "公办学校之间交流")
        elif km is None:
            yield county.at(row, Condition.distance, "学校坐标未报，距离未知", f"{farthest:g} 公里以内")
        elif km > farthest + 1e-9:
            yield county.at(row, Condition.distance, f"相距 {km:.1f} 公里", f"{farthest:g} 公里以内")


def visitors(county: County, staff: Staff) -> Iterator[Breach]:
    for row in county.of(MeasureKind.visit):
        if not county.book.entry(law["visiting_specialists_counted"], county.code, county.facts[row.key]).value:
            yield county.at(
                row, Condition.visitors, "走教教师计为专任教师", f"当地文件准许的学校：{sentence('visitor_as_full_time')}"
            )
    for (stage,), rows in grouped(county.of(MeasureKind.visit), "stage").items():
        there = {key[0]: sum(person.is_arts for person in staff.serving(key)) for key in county.asked if key[1] == stage}
        if total(rows) > sum(there.values()):
            yield county.whole(
                Condition.visitors, f"走教教师 {words(total(rows))} 人", f"不超过全县该学段音体美教师 {sum(there.values())} 人"
            )
        for row in rows:
            if row.amount > sum(there.values()) - there.get(row.of.school, 0):
                yield county.at(row, Condition.visitors, f"走教教师 {words(row.amount)} 人", "不超过其他学校的音体美教师")
