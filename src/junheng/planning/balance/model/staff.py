"""Who teaches at a stage of a school on the census day of the target year, as far as measures need it. Counts of persons."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import ceil

import polars as pl

from junheng.indicators.items.lists import ABOVE_JUNIOR_COLLEGE, ABOVE_SENIOR, SPORT_AND_ARTS
from junheng.indicators.items.staffing import TAUGHT
from junheng.planning.ahead import REPLACED, Ahead
from junheng.planning.codes import TeacherType
from junheng.register.codes import BACKBONE_LEVELS, BACKBONE_TITLES, ORDINARY_CLASSES
from junheng.standards import LawBook, law

Key = tuple[str, str]  # school and stage
RETRAIN = "retrain"
Way = (
    TeacherType | str | int
)  # in which a subject loses a teacher: he moves, is retrained, or retires and another subject has his post


@dataclass(frozen=True)
class Subject:
    """A subject at a unit: `spare` teachers above what its lessons need; `leaving`: those who could go, by the way they would.

    Ways are types of teachers who move (`TeacherType`), `RETRAIN`, and years in which a post falls free and is filled otherwise.
    """

    spare: int
    leaving: Mapping[Way, int]
    settled: int  # who could be retrained: all but beginners, whatever else they could do

    def can_lose(self, ways: Collection[Way]) -> int:
        """How many can be lost in these ways together; whoever could move could be retrained instead."""
        moving = sum(self.leaving.get(way, 0) for way in ways if isinstance(way, TeacherType))
        retiring = sum(self.leaving.get(way, 0) for way in ways if isinstance(way, int))
        return min(self.spare, max(moving, self.settled if RETRAIN in ways else 0) + retiring)


@dataclass(frozen=True)
class Staff:
    """Full-time teachers of a unit.

    `without_degree`, `not_backbone`  who may study, who may be chosen: not beginners
    `subjects`   by main subject: how many of each way of leaving it there are, and how many its lessons can spare
    `lent`       teachers lent to other bodies, by type
    `refilled`   by year: posts of other subjects that fall free by retirement and are filled again
    """

    teachers: int = 0
    arts: int = 0
    backbone: int = 0
    without_degree: int = 0
    not_backbone: int = 0
    subjects: tuple[Subject, ...] = ()
    lent: Mapping[TeacherType, int] = field(default_factory=dict)
    refilled: Mapping[int, int] = field(default_factory=dict)

    def can_lose(self, ways: Collection[Way]) -> int:
        """How many teachers the unit can lose in these ways together so that no subject is short: from each what it can spare."""
        return sum(subject.can_lose(ways) for subject in self.subjects)


def staff_of(
    register: Ahead, book: LawBook, county: str, day: date, stages: Mapping[Key, Mapping[str, object]]
) -> dict[Key, Staff]:
    """The staff of each unit of `stages`, which gives the facts that the law rests on. Where the classes of a unit are not known,
    neither is what its lessons need, and nobody is spare.
    """
    if not register.has("teachers"):
        return {}
    marked = _marked(register, day)
    many = classes_of(register)
    of_unit = marked.partition_by("school_id", "stage", as_dict=True)
    return {
        key: _staff(of_unit.get(key, marked.clear()), _needed(book, county, facts, many[key]) if key in many else {})
        for key, facts in stages.items()
    }


def _marked(register: Ahead, day: date) -> pl.DataFrame:
    """The teachers with what they count for; what is not known counts for nothing, and nobody is moved of whom it is not
    known.
    """
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
        type=pl.when(pl.col("main_subject").is_null() | pl.col("degree").is_null())
        .then(None)
        .when("is_arts")
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
    ordinary = register.table("classes").filter(pl.col("kind").is_in(ORDINARY_CLASSES))
    return {(school, stage): number for school, stage, number in ordinary.group_by("school_id", "stage").len().iter_rows()}


def _needed(book: LawBook, county: str, facts: Mapping[str, object], classes: int) -> dict[str, int]:
    """How many teachers the lessons of each subject need."""
    stage = str(facts["stage"])
    workload = book.entry(law["full_workload"], county, facts).value
    subjects = [*TAUGHT["compulsory"], *TAUGHT.get(stage, ())]
    return {
        name: ceil(book.entry(law[f"lessons_{name}"], county, facts).value * classes / workload)  # type: ignore[operator]
        for name in subjects
    }


def _staff(rows: pl.DataFrame, needed: Mapping[str, int]) -> Staff:
    serving = rows.filter("serves")
    settled = serving.filter(~pl.col("teacher_id").str.starts_with(REPLACED))
    return Staff(
        teachers=serving.height,
        arts=serving.filter("is_arts").height,
        backbone=serving.filter("is_backbone").height,
        without_degree=serving.filter(~pl.col("has_degree") & pl.col("degree").is_not_null()).height,
        not_backbone=settled.filter(~pl.col("is_backbone")).height,
        subjects=tuple(_subjects(serving, settled, needed)),
        lent=_by_type(rows.filter("lent")),
        refilled=dict(_refilled(serving)),
    )


def _subjects(serving: pl.DataFrame, settled: pl.DataFrame, needed: Mapping[str, int]) -> Iterator[Subject]:
    taught = dict(serving.group_by("main_subject").len().iter_rows())
    own = {name: rows for (name,), rows in settled.partition_by("main_subject", as_dict=True).items()}
    freed = {name: rows for (name,), rows in serving.partition_by("main_subject", as_dict=True).items()}
    for name, need in needed.items():
        if (spare := taught.get(name, 0) - need) > 0:
            there = own.get(name, settled.clear())
            moving = _by_type(there.filter(pl.col("on_quota").fill_null(False)))
            leaving: dict[Way, int] = {**dict(_refilled(freed[name])), **dict(moving.items())}
            yield Subject(spare, leaving, 0 if name in SPORT_AND_ARTS else there.height)


def _by_type(rows: pl.DataFrame) -> dict[TeacherType, int]:
    return {TeacherType[name]: many for name, many in rows.drop_nulls("type").group_by("type").len().sort("type").iter_rows()}


def _refilled(serving: pl.DataFrame) -> Iterator[tuple[int, int]]:
    new = serving.filter(pl.col("teacher_id").str.starts_with(REPLACED) & ~pl.col("is_arts"))
    yield from new.group_by(pl.col("at_school_since").dt.year()).len().sort("at_school_since").iter_rows()
