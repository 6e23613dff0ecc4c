"""No class larger than a limit by a year: which grades are over it, how many classes that opens, and what they need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import ceil
from typing import Any, TypeVar

import polars as pl

from junheng.indicators.units import STAGES
from junheng.kernel.faults import JunhengError
from junheng.planning.policy.shapes import LATER, Assessment, Row, Setting
from junheng.register.codes import ORDINARY_CLASSES, USABLE

Name = TypeVar("Name")


def assess(setting: Setting, rule: Mapping[str, Any]) -> Assessment:
    """Ordinary classes over `limit` pupils on the census day of the year `by`, as cohorts move up; new classes, rooms and
    teachers.
    """
    limit, by, first = int(rule["limit"]), int(rule["by"]), setting.snapshot.year
    if not first <= by <= first + LATER:
        raise JunhengError(f"by = {by}：应在 {first} 至 {first + LATER} 之间 -> 改正后重试")
    rows = tuple(_rows(setting, limit, by))
    more = sum(row["classes_more"] for row in rows)
    cost = {
        "rooms_once": sum((row["rooms_short"] or 0) * _price_of_room(setting, row["county"]) for row in rows),
        "teachers_a_year": sum((row["teachers_short"] or 0) * setting.price(row["county"], "recruit_running") for row in rows),
    }
    return Assessment(
        "max_class",
        f"{by}年9月1日起，班额不超过 {limit} 人",
        {"schools": len({row["school"] for row in rows}), "grades": len(rows), "classes_more": more},
        (f"增开 {more} 个班",),
        tuple(
            f"{row['name']}（{row['school']}）{row['grade']} 年级增开 {row['classes_more']} 个班，缺教室 {row['rooms_short']} 间"
            for row in rows
            if row["rooms_short"]
        ),
        {name: round(float(yuan), 2) for name, yuan in cost.items()},
        rows,
        tuple(_unknown(setting, rows)),
        (
            *setting.told.notes,
            "教室按现有普通教室面积推算，缺的按新建计价；教师按每班配备标准推算，缺的按新增在编教师计价",
            f"要连同达标措施一起求最省方案：junheng plan balance --allow classes，并以地方规定把 class_size_limit 定为 {limit}",
        ),
    )


def _price_of_room(setting: Setting, county: str) -> Fraction:
    return setting.price(county, "class_room_m2") * setting.price(county, "build_price")


def _rows(setting: Setting, limit: int, by: int) -> Iterator[Row]:
    """One row a grade that needs more classes. What a school lacks for them is None where it did not tell what it has."""
    classes, spare, teachers = _classes(setting), _spare_rooms(setting), _spare_teachers(setting)
    with_classes = {key[:2] for key in classes}
    for (school, stage), grades in sorted(setting.told.rolls[by].items()):
        for grade, pupils in sorted(grades.items()) if stage in STAGES and (school, stage) in with_classes else ():
            cohort = grade - (by - setting.snapshot.year)
            many = classes.get((school, stage, cohort)) or classes.get((school, stage, grade), 0)
            more = ceil(Fraction(pupils, limit)) - many
            if more <= 0 or not pupils:
                continue
            need = ceil(more * _a_class(setting, school, stage))
            yield {
                "school": school,
                "name": setting.schools[school]["name"],
                "county": setting.schools[school]["county"],
                "stage": stage,
                "grade": grade,
                "pupils": pupils,
                "classes": many,
                "classes_more": more,
                "rooms_short": _short(spare, school, more),
                "teachers_needed": need,
                "teachers_short": _short(teachers, (school, stage), need),
            }


def _short(spare: dict[Name, int], name: Name, need: int) -> int | None:
    """What is lacking once what is spare is taken; None where nobody knows what is spare."""
    if name not in spare:
        return None
    taken = min(need, spare[name])
    spare[name] -= taken
    return need - taken


def _classes(setting: Setting) -> dict[tuple[str, str, int], int]:
    """Ordinary classes of each grade, of the stages of which all are told with their pupils."""
    if not setting.snapshot.has("classes"):
        return {}
    listed, ordinary = _listed(setting), setting.snapshot.table("classes").filter(pl.col("kind").is_in(ORDINARY_CLASSES))
    return {
        (school, stage, grade): many
        for school, stage, grade, many in ordinary.group_by("school_id", "stage", "grade").len().iter_rows()
        if (school, stage) in listed
    }


def _listed(setting: Setting) -> set[tuple[str, str]]:
    """Stages of which the classes are told, and the pupils of all ordinary ones; they may all be for special education."""
    if not setting.snapshot.has("classes"):
        return set()
    is_unknown = pl.col("kind").is_in(ORDINARY_CLASSES) & pl.col("pupils").is_null()
    told = setting.snapshot.table("classes").group_by("school_id", "stage").agg(is_unknown.any())
    return {(school, stage) for school, stage, unknown in told.iter_rows() if school in setting.schools and not unknown}


def _spare_rooms(setting: Setting) -> dict[str, int]:
    """By school: classrooms as their area tells, above the classes of today; none of a school that did not tell both."""
    many: dict[str, int] = {}
    for (school, _, _), number in _classes(setting).items():
        many[school] = many.get(school, 0) + number
    unlisted = {school for school, _ in _unlisted(setting)}
    return {
        school: max(0, int(m2 / setting.price(setting.schools[school]["county"], "class_room_m2")) - many.get(school, 0))
        for school, m2 in _classroom_m2(setting).items()
        if school not in unlisted
    }


def _classroom_m2(setting: Setting) -> dict[str, Fraction]:
    """Square metres of usable classrooms; 0 where a school handed in its sites and none is usable."""
    found = dict.fromkeys(setting.handed_in("sites"), Fraction(0))
    if not setting.snapshot.has("sites"):
        return found
    usable = setting.snapshot.table("sites").filter(pl.col("standing").is_in(USABLE) & pl.col("school_id").is_in(list(found)))
    areas = usable.group_by("school_id").agg(pl.when(pl.col("classroom_m2").null_count() == 0).then(pl.col("classroom_m2").sum()))
    for school, m2 in areas.iter_rows():
        if m2 is None:
            del found[school]
        else:
            found[school] = Fraction(m2)
    return found


def _spare_teachers(setting: Setting) -> dict[tuple[str, str], int]:
    """By school and stage: full-time teachers above what the classes of today need; none of a school that did not tell both."""
    many: dict[tuple[str, str], int] = {}
    for (school, stage, _), number in _classes(setting).items():
        many[school, stage] = many.get((school, stage), 0) + number
    there = dict.fromkeys((key for key in many if key[0] in setting.handed_in("teachers")), 0)
    if setting.snapshot.has("teachers"):
        serving = setting.snapshot.table("teachers").filter(pl.col("full_time") & (pl.col("state") == "serving"))
        there |= {(school, stage): own for school, stage, own in serving.group_by("school_id", "stage").len().iter_rows()}
    return {
        key: max(0, int(own - _a_class(setting, *key) * many[key]))
        for key, own in there.items()
        if key in many and key[0] in setting.handed_in("teachers")
    }


def _a_class(setting: Setting, school: str, stage: str) -> Fraction:
    return setting.price(setting.schools[school]["county"], "teachers_a_class", {"stage": stage})


def _unlisted(setting: Setting) -> set[tuple[str, str]]:
    """Stages with pupils, as far as is known, of which not all classes are told."""
    taught = {(unit.school_id, unit.stage) for unit in setting.units.stages if unit.pupils != 0}
    return {key for key in taught - _listed(setting) if key[0] in setting.schools}


def _unknown(setting: Setting, rows: Sequence[Row]) -> Iterator[str]:
    unlisted = {school for school, stage in _unlisted(setting) if stage in STAGES}
    uncounted = {
        unit.school_id
        for unit in setting.units.stages
        if unit.pupils is None and unit.stage in STAGES and unit.school_id in setting.schools
    }
    if unlisted:
        yield f"{len(unlisted)} 所学校没有报班级表或有班级没有报人数，未计入 -> 补报班级表"
    if uncounted:
        yield f"{len(uncounted)} 所学校没有报在校生数，未计入 -> 补报学段表"
    for lacking, words, table in (("rooms_short", "教室", "校舍场地表和班级表"), ("teachers_short", "教师", "教师表")):
        if schools := len({row["school"] for row in rows if row[lacking] is None}):
            yield f"{schools} 所学校须增开班但没有报现有{words}，缺多少{words}未知，费用未计入 -> 补报{table}"
