"""Who teaches at a stage of a school on the census day of the target year, as far as measures need it. Counts of persons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import ceil

import polars as pl

from junheng.indicators.items.lists import ABOVE_JUNIOR_COLLEGE, ABOVE_SENIOR, SPORT_AND_ARTS
from junheng.indicators.items.staffing import TAUGHT
from junheng.planning.ahead import REPLACED, Ahead
from junheng.planning.codes import TeacherType
from junheng.register.codes import BACKBONE_LEVELS, BACKBONE_TITLES
from junheng.standards import LawBook, law

Key = tuple[str, str]  # school and stage


@dataclass(frozen=True)
class Staff:
    """Full-time teachers of a unit.

    `of_type`    those on the quota who may move, by what they count for
    `without_degree`, `not_backbone`  who may study, who may be chosen: not beginners
    `surplus`, `surplus_arts`  above what the lessons of their subjects need
    `lent`       teachers lent to other bodies, by type
    `refilled`   by year: posts of other subjects that fall free by retirement and are filled again
    """

    teachers: int = 0
    arts: int = 0
    backbone: int = 0
    of_type: Mapping[TeacherType, int] = field(default_factory=dict)
    without_degree: int = 0
    not_backbone: int = 0
    surplus: int = 0
    surplus_arts: int = 0
    lent: Mapping[TeacherType, int] = field(default_factory=dict)
    refilled: Mapping[int, int] = field(default_factory=dict)


def staff_of(register: Ahead, book: LawBook, day: date, stages: Mapping[Key, Mapping[str, object]]) -> dict[Key, Staff]:
    """The staff of each unit of `stages`, which gives the facts that the law rests on."""
    if not register.has("teachers"):
        return {}
    marked = _marked(register, day)
    many = classes_of(register)
    of_unit = marked.partition_by("school_id", "stage", as_dict=True)
    return {
        key: _staff(of_unit.get(key, marked.clear()), _needed(book, facts, many.get(key, 0))) for key, facts in stages.items()
    }


def _marked(register: Ahead, day: date) -> pl.DataFrame:
    """The teachers with what they count for; what is not known counts for nothing."""
    degree = (
        pl.when(pl.col("stage") == "primary")
        .then(pl.col("degree").is_in(ABOVE_SENIOR))
        .otherwise(pl.col("degree").is_in(ABOVE_JUNIOR_COLLEGE))
        .fill_null(False)
    )
    rows = register.table("teachers").join(_titled(register, day), on=["school_id", "teacher_id"], how="left")
    told = rows.with_columns(
        has_degree=degree,
        is_arts=pl.col("main_subject").is_in(SPORT_AND_ARTS).fill_null(False),
        is_backbone=pl.col("is_backbone").fill_null(False),
    )
    return told.with_columns(
        serves=(pl.col("full_time") & (pl.col("state") == "serving")).fill_null(False),
        lent=(pl.col("full_time") & (pl.col("state") == "seconded")).fill_null(False),
        type=pl.when("is_arts")
        .then(pl.when(pl.col("has_degree") & ~pl.col("is_backbone")).then(pl.lit("arts")))
        .when("has_degree")
        .then(pl.when("is_backbone").then(pl.lit("backbone")).otherwise(pl.lit("degree")))
        .when(~pl.col("is_backbone"))
        .then(pl.lit("plain")),
    )


def _titled(register: Ahead, day: date) -> pl.DataFrame:
    if not register.has("recognitions"):
        return pl.DataFrame(schema={"school_id": pl.String, "teacher_id": pl.String, "is_backbone": pl.Boolean})
    in_force = (pl.col("since") <= day) & (pl.col("until").is_null() | (pl.col("until") >= day))
    counts = pl.col("title").is_in(BACKBONE_TITLES) & pl.col("level").is_in(BACKBONE_LEVELS)
    held = register.table("recognitions").filter(in_force & counts).select("school_id", "teacher_id").unique()
    return held.with_columns(is_backbone=pl.lit(True))


def classes_of(register: Ahead) -> dict[Key, int]:
    """Ordinary classes by school and stage."""
    if not register.has("classes"):
        return {}
    ordinary = register.table("classes").filter(pl.col("kind").is_in(["ordinary", "mixed"]))
    return {(school, stage): number for school, stage, number in ordinary.group_by("school_id", "stage").len().iter_rows()}


def _needed(book: LawBook, facts: Mapping[str, object], classes: int) -> dict[str, int]:
    """How many teachers the lessons of each subject need."""
    stage = str(facts["stage"])
    workload = book.entry(law["full_workload"], "", facts).value
    subjects = [*TAUGHT["compulsory"], *TAUGHT.get(stage, ())]
    return {
        name: ceil(book.entry(law[f"lessons_{name}"], "", facts).value * classes / workload)  # type: ignore[operator]
        for name in subjects
    }


def _staff(rows: pl.DataFrame, needed: Mapping[str, int]) -> Staff:
    serving = rows.filter("serves")
    settled = serving.filter(~pl.col("teacher_id").str.starts_with(REPLACED))
    taught = dict(serving.group_by("main_subject").len().iter_rows())
    over = {name: max(0, taught.get(name, 0) - need) for name, need in needed.items()}
    arts = sum(over.get(name, 0) for name in SPORT_AND_ARTS)
    return Staff(
        teachers=serving.height,
        arts=serving.filter("is_arts").height,
        backbone=serving.filter("is_backbone").height,
        of_type=_by_type(settled.filter(pl.col("on_quota").fill_null(False))),
        without_degree=serving.filter(~pl.col("has_degree") & pl.col("degree").is_not_null()).height,
        not_backbone=settled.filter(~pl.col("is_backbone")).height,
        surplus=sum(over.values()) - arts,
        surplus_arts=arts,
        lent=_by_type(rows.filter("lent")),
        refilled=dict(_refilled(serving)),
    )


def _by_type(rows: pl.DataFrame) -> dict[TeacherType, int]:
    return {TeacherType[name]: many for name, many in rows.drop_nulls("type").group_by("type").len().sort("type").iter_rows()}


def _refilled(serving: pl.DataFrame) -> Iterator[tuple[int, int]]:
    new = serving.filter(pl.col("teacher_id").str.starts_with(REPLACED) & ~pl.col("is_arts"))
    yield from new.group_by(pl.col("at_school_since").dt.year()).len().sort("at_school_since").iter_rows()
