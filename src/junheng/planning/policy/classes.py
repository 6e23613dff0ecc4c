"""No class larger than a limit by a year: which grades are over it, how many classes that opens, and what they need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import ceil
from typing import Any

import polars as pl

from junheng.kernel.faults import JunhengError
from junheng.planning.policy.shapes import LATER, Assessment, Row, Setting
from junheng.planning.pricing import PriceBook, price_book
from junheng.register.census import census_day
from junheng.register.codes import USABLE

STAGES = ("primary", "junior")


def assess(setting: Setting, rule: Mapping[str, Any]) -> Assessment:
    """Ordinary classes over `limit` pupils on the census day of the year `by`, as cohorts move up; new classes, rooms and
    teachers.
    """
    limit, by, first = int(rule["limit"]), int(rule["by"]), setting.snapshot.year
    if not first <= by <= first + LATER:
        raise JunhengError(f"by = {by}：应在 {first} 至 {first + LATER} 之间 -> 改正后重试")
    prices = price_book(census_day(first), setting.county, (setting.city / "prices",))
    rows = tuple(_rows(setting, limit, by, prices))
    more = sum(row["classes_more"] for row in rows)
    rooms, teachers = sum(row["rooms_short"] for row in rows), sum(row["teachers_short"] for row in rows)
    cost = {
        "rooms_once": rooms * float(prices.value("class_room_m2") * prices.value("build_price")),
        "teachers_a_year": teachers * float(prices.value("recruit_running")),
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
        {name: round(yuan, 2) for name, yuan in cost.items()},
        rows,
        tuple(_unknown(setting)),
        (
            "教室按现有普通教室面积推算，缺的按新建计价；教师按每班配备标准推算，缺的按新增在编教师计价",
            f"要连同达标措施一起求最省方案：junheng plan balance --allow classes，并以地方规定把 class_size_limit 定为 {limit}",
        ),
    )


def _rows(setting: Setting, limit: int, by: int, prices: PriceBook) -> Iterator[Row]:
    classes, rooms = _classes(setting), _rooms(setting, prices)
    spare = {school: max(0, there - classes_there) for school, (there, classes_there) in rooms.items()}
    teachers = _spare_teachers(setting, prices)
    for (school, stage), grades in sorted(setting.told.rolls[by].items()):
        for grade, pupils in sorted(grades.items()) if school in setting.schools and stage in STAGES else ():
            cohort = grade - (by - setting.snapshot.year)
            many = classes.get((school, stage, cohort)) or classes.get((school, stage, grade), 0)
            more = ceil(Fraction(pupils, limit)) - many
            if more <= 0 or not pupils:
                continue
            taken = min(more, spare.get(school, 0))
            spare[school] = spare.get(school, 0) - taken
            need = ceil(more * prices.value("teachers_a_class", {"stage": stage}))
            helped = min(need, teachers.get((school, stage), 0))
            teachers[school, stage] = teachers.get((school, stage), 0) - helped
            yield {
                "school": school,
                "name": setting.schools[school]["name"],
                "county": setting.schools[school]["county"],
                "stage": stage,
                "grade": grade,
                "pupils": pupils,
                "classes": many,
                "classes_more": more,
                "rooms_short": more - taken,
                "teachers_needed": need,
                "teachers_short": need - helped,
            }


def _classes(setting: Setting) -> dict[tuple[str, str, int], int]:
    if not setting.snapshot.has("classes"):
        return {}
    ordinary = setting.snapshot.table("classes").filter(pl.col("kind").is_in(["ordinary", "mixed"]))
    return {
        (school, stage, grade): many
        for school, stage, grade, many in ordinary.group_by("school_id", "stage", "grade").len().iter_rows()
    }


def _rooms(setting: Setting, prices: PriceBook) -> dict[str, tuple[int, int]]:
    """By school: classrooms as their area tells, and classes in them."""
    if not setting.snapshot.has("sites"):
        return {}
    usable = setting.snapshot.table("sites").filter(pl.col("standing").is_in(USABLE))
    area = dict(usable.group_by("school_id").agg(pl.col("classroom_m2").sum()).iter_rows())
    many: dict[str, int] = {}
    for (school, _, _), number in _classes(setting).items():
        many[school] = many.get(school, 0) + number
    each = prices.value("class_room_m2")
    return {school: (int(Fraction(m2) / each), many.get(school, 0)) for school, m2 in area.items() if m2 is not None}


def _spare_teachers(setting: Setting, prices: PriceBook) -> dict[tuple[str, str], int]:
    """Full-time teachers above what the classes of today need."""
    if not setting.snapshot.has("teachers"):
        return {}
    serving = setting.snapshot.table("teachers").filter(pl.col("full_time") & (pl.col("state") == "serving"))
    many: dict[tuple[str, str], int] = {}
    for (school, stage, _), number in _classes(setting).items():
        many[school, stage] = many.get((school, stage), 0) + number
    return {
        (school, stage): max(0, int(there - prices.value("teachers_a_class", {"stage": stage}) * many.get((school, stage), 0)))
        for school, stage, there in serving.group_by("school_id", "stage").len().iter_rows()
    }


def _unknown(setting: Setting) -> Iterator[str]:
    without = {unit.school_id for unit in setting.units.stages if unit.stage in STAGES} - {
        school for school, _, _ in _classes(setting)
    }
    own = without & set(setting.schools)
    if own:
        yield f"{len(own)} 所学校没有报班级表，未计入 -> 补报班级表"
