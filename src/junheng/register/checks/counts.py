"""Counts: the figures of record against the lists they must agree with."""

from __future__ import annotations

import polars as pl

from junheng.kernel.codes import Severity
from junheng.register.checks.rules import Breaches, Given, breach, rule, said
from junheng.register.codes import BACKBONE_LEVELS, BACKBONE_TITLES
from junheng.register.tables import TABLES

FEWEST, MOST = 1, 80  # pupils of a plausible ordinary class
AGREE = "核对后改正其中一处；确有原因的写明理由"


def listed(given: Given, rows: pl.LazyFrame, amount: pl.Expr, *tables: str, ceiling: int = 1) -> pl.LazyFrame:
    """Stages of schools that handed in `tables`, with `sure`, their sum of `amount`, and `most` it may be.

    A row of unknown amount may be anything up to `ceiling`; one of unknown stage may be of any of its school.
    """
    rows = rows.select("school_id", "stage", amount=amount.cast(pl.Int64))
    known = rows.drop_nulls("stage").group_by("school_id", "stage").agg(
        sure=pl.col("amount").sum(), unknown=pl.col("amount").is_null().sum().cast(pl.Int64) * ceiling)
    loose = rows.filter(pl.col("stage").is_null()).group_by("school_id").agg(
        loose=pl.col("amount").fill_null(ceiling).sum())
    return (given["school_stages"].join(given.schools_with(*tables), on="school_id", how="semi")
            .join(known, on=["school_id", "stage"], how="left").join(loose, on="school_id", how="left")
            .with_columns(pl.col("sure", "unknown", "loose").fill_null(0))
            .with_columns(most=pl.col("sure") + pl.col("unknown") + pl.col("loose")))


def off(stages: pl.LazyFrame, column: str, *, named: str, unit: str) -> pl.LazyFrame:
    """The stages of which `column` is not what their lists say."""
    upto = pl.when(pl.col("most") > pl.col("sure")).then(said(" 至 ", pl.col("most"))).otherwise(pl.lit(""))
    return breach(stages.filter(~pl.col(column).is_between("sure", "most")), column,
                  found=said(TABLES["school_stages"].columns[column].zh, " ", pl.col(column)),
                  wanted=said(named, " ", pl.col("sure"), upto, " ", unit), do=AGREE)

MOST_EQUIPMENT_10K_YUAN = 20  # of one pupil; a hundred times the national limit


@rule(kind="classes_count", zh="教学班数与班级表一致",
      tables=("school_stages", "classes"))
def classes_are_as_listed(given: Given) -> Breaches:
    """The number of classes of a stage is that of its rows in the list of classes, if one was handed in."""
    stages = listed(given, given["classes"], pl.lit(1), "classes")
    yield off(stages, "classes", named="班级表所列", unit="个班")


@rule(kind="class_pupils", zh="各班在籍人数之和与在校生数一致",
      tables=("school_stages", "classes"))
def pupils_are_as_in_their_classes(given: Given) -> Breaches:
    """The pupils of record of a stage are those of its classes together."""
    ceiling = int(TABLES["classes"].columns["pupils"].most or 0)
    stages = listed(given, given["classes"], pl.col("pupils"), "classes", ceiling=ceiling)
    yield off(stages, "pupils", named="班级表在籍人数合计", unit="人")


@rule(kind="teacher_count", zh="专任教师数与教师表一致",
      tables=("school_stages", "teachers"))
def teachers_are_as_listed(given: Given) -> Breaches:
    """The full-time teachers of a stage are its full-time rows in service on the staff list."""
    yield off(listed(given, given["teachers"], _full_time(), "teachers"), "full_time_teachers",
              named="教师表在岗专任", unit="人")


@rule(kind="backbone_count", zh="骨干教师数不多于专任教师数", tables=("school_stages",))
def backbone_is_part_of_the_teachers(given: Given) -> Breaches:
    """Backbone teachers are full-time teachers, so there are no more of them."""
    rows = given["school_stages"].filter(pl.col("backbone_teachers") > pl.col("full_time_teachers"))
    yield breach(rows, "backbone_teachers", found=said("骨干教师 ", pl.col("backbone_teachers"), " 人"),
                 wanted=said("不多于专任教师 ", pl.col("full_time_teachers"), " 人"),
                 do="改正骨干教师数或专任教师数")


@rule(kind="backbone_count", zh="骨干教师数与骨干认定表一致", severity=Severity.warning,
      tables=("school_stages", "teachers", "recognitions"))
def backbone_is_as_recognised(given: Given) -> Breaches:
    """The backbone teachers of a stage are its full-time teachers in service with a title in force.

    Leaves out: honours, titles of the school's own, titles not in force on 1 September.
    """
    held = given["recognitions"].group_by("school_id", "teacher_id").agg(
        held=_in_force(given).any(ignore_nulls=False), known=pl.lit(True))
    staff = given["teachers"].join(held, on=["school_id", "teacher_id"], how="left")
    backbone = _full_time() & pl.when(pl.col("known")).then(pl.col("held")).otherwise(pl.lit(False))
    yield off(listed(given, staff, backbone, "teachers", "recognitions"), "backbone_teachers",
              named="骨干认定表有效认定的专任教师", unit="人")


def _full_time() -> pl.Expr:
    return pl.col("full_time") & (pl.col("state") == "serving")


def _in_force(given: Given) -> pl.Expr:
    """Whether a recognition makes a backbone teacher on 1 September; no end means that it does not end."""
    until = pl.col("until")
    return (pl.col("title").is_in(BACKBONE_TITLES) & pl.col("level").is_in(BACKBONE_LEVELS)
            & (pl.col("since") <= given.census_day) & (until.is_null() | (until >= given.census_day)))


@rule(kind="unit_slip", zh="生均教学仪器设备值合乎常理", tables=("assets", "school_stages"))
def equipment_is_in_its_unit(given: Given) -> Breaches:
    """Equipment of more than 200,000 yuan a pupil: yuan entered where 10,000 yuan are asked for, most likely."""
    pupils = given["school_stages"].group_by("school_id").agg(pl.col("pupils").sum(), unknown=pl.col("pupils").is_null().any())
    rows = given["assets"].join(pupils.filter(~pl.col("unknown") & (pl.col("pupils") > 0)), on="school_id")
    yield breach(rows.filter(pl.col("equipment_10k_yuan") > MOST_EQUIPMENT_10K_YUAN * pl.col("pupils")), "equipment_10k_yuan",
                 found=said("教学仪器设备资产值 ", pl.col("equipment_10k_yuan"), " 万元，全校 ", pl.col("pupils"), " 名学生"),
                 wanted=f"以万元为单位，生均不超过 {MOST_EQUIPMENT_10K_YUAN} 万元", do="核对单位：资产账上的元数除以 10000 再填")


@rule(kind="class_size_implausible", zh="普通班人数合乎常理", tables=("classes",))
def class_size_is_plausible(given: Given) -> Breaches:
    """An ordinary class has pupils, and not more than fit into a room."""
    odd = (pl.col("kind") == "ordinary") & ~pl.col("pupils").is_between(FEWEST, MOST)
    yield breach(given["classes"].filter(odd), "pupils", found=said("普通班在籍 ", pl.col("pupils"), " 人"),
                 wanted=f"{FEWEST} 至 {MOST} 人", do="核对在籍人数；确实如此的写明理由")
