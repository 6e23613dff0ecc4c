"""Movements of pupils: last year's roll, plus who came, less who left, is this year's; and the sums agree with the stages."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from junheng.kernel.codes import Severity
from junheng.register.checks.counts import listed, off
from junheng.register.checks.rules import Breaches, Given, breach, known_sum, rule, said, shown
from junheng.register.submission import ORIGIN
from junheng.register.tables import TABLES

GRADE = ["school_id", "stage", "grade", "flow_year"]
CAME, LEFT = ("moved_in", "resumed"), ("moved_out", "suspended", "dropped_out", "died", "graduated")
MOVEMENTS = (*CAME, *LEFT, "repeating")
FIRST: Mapping[str, int] = {"preschool": 1, "primary": 1, "junior": 7, "senior": 10}
LAST: Mapping[str, int] = {"preschool": 3, "primary": 6, "junior": 9, "senior": 12}
FIVE_FOUR = 6  # the grade that is the first of junior where primary school lasts five years
WITH_GRADES = ("flows", "classes", "pupils")


def _grades(given: Given) -> pl.LazyFrame:
    """One row a grade and year: the sum of each column, null once a part of it is; with the place of its first row."""
    return (given["flows"].drop_nulls(GRADE).group_by(GRADE, maintain_order=True).agg(
        *(pl.col(name).first() for name in ORIGIN), *(known_sum(name) for name in ("roll", "entrants", *MOVEMENTS))))


def _is_first() -> pl.Expr:
    first = pl.col("stage").replace_strict(FIRST, return_dtype=pl.Int64, default=None)
    return (pl.col("grade") == first) | ((pl.col("stage") == "junior") & (pl.col("grade") == FIVE_FOUR))


@rule(kind="flow_balance", zh="上年在校生加进减出等于本年在校生", tables=("flows",))
def roll_follows_from_last_years(given: Given) -> Breaches:
    """A grade's roll is last year's of the grade below, with all who came and left, its repeaters and its new entrants.

    First grades begin with their entrants. Leaves out: grades whose year before is not in the table, or not known.
    """
    grades = _grades(given)
    year_on = pl.col("flow_year") + 1
    came = sum((pl.col(name) for name in CAME), pl.col("roll"))
    came = came - sum((pl.col(name) for name in (*LEFT, "repeating")), pl.lit(0))
    up = grades.select("school_id", "stage", pl.col("grade") + 1, flow_year=year_on, came=came, below=pl.lit(True))
    stayed = grades.select("school_id", "stage", "grade", flow_year=year_on, stayed="repeating", there=pl.lit(True))
    told = grades.select("school_id", "stage", flow_year=year_on).unique()
    stayed_on = pl.when(pl.col("there")).then("stayed").otherwise(0)
    came_up = pl.when(_is_first()).then(0).when(pl.col("below")).then("came")
    rows = (grades.join(told, on=["school_id", "stage", "flow_year"], how="semi").join(up, on=GRADE, how="left")
            .join(stayed, on=GRADE, how="left").with_columns(expected=came_up + stayed_on + pl.col("entrants")))
    yield breach(rows.filter(pl.col("roll") != pl.col("expected")), "roll",
                 found=said(shown("flows", "stage"), " ", pl.col("grade"), " 年级 ", pl.col("flow_year"), " 学年初在校生 ",
                            pl.col("roll"), " 人"),
                 wanted=said("上年低一年级加转入、复学，减转出、休学、辍学、死亡、毕业、留级，加本年级留级和新招，应为 ",
                             pl.col("expected"), " 人"), do="核对两年的学生变动，改正其中一处")


@rule(kind="flow_roll", zh="各年级在校生之和与学段表一致", tables=("school_stages", "flows"))
def rolls_add_up_to_the_stage(given: Given) -> Breaches:
    """The rolls of a stage's grades on 1 September are its pupils of record."""
    yield _as_in_flows(given, "roll", "pupils")


@rule(kind="flow_roll", zh="各年级招生数之和与学段表一致", tables=("school_stages", "flows"))
def entrants_add_up_to_the_stage(given: Given) -> Breaches:
    """The entrants of a stage's grades are those the stage reports."""
    yield _as_in_flows(given, "entrants", "entrants")


def _as_in_flows(given: Given, column: str, of_stage: str) -> pl.LazyFrame:
    rows = given["flows"].filter(pl.col("flow_year") == given.year)
    known = rows.select("school_id", "stage").unique()
    ceiling = int(TABLES["flows"].columns[column].most or 0)
    stages = listed(given, rows, pl.col(column), "flows", ceiling=ceiling)
    return off(stages.join(known, on=["school_id", "stage"], how="semi"), of_stage, named="学生变动表各年级合计", unit="人")


@rule(kind="movement_time", zh="本学年的变动数尚未发生", tables=("flows",))
def movements_wait_for_the_years_end(given: Given) -> Breaches:
    """What becomes of this year's pupils is known only when the year is over; a zero claims nothing."""
    this_year = given["flows"].filter(pl.col("flow_year") == given.year)
    for column in MOVEMENTS:
        yield breach(this_year.filter(pl.col(column) > 0), column,
                     found=said(TABLES["flows"].columns[column].zh, " ", pl.col(column), " 人，本学年尚未结束"),
                     wanted="留空", do="清空；属上一学年的改正变动学年")


@rule(kind="movement_time", zh="已结束学年的变动数已填写", severity=Severity.note, tables=("flows",))
def movements_of_years_past_are_told(given: Given) -> Breaches:
    """What became of the pupils of a year that is over is filled in; else retention cannot be told."""
    blanks = sum((pl.col(name).is_null().cast(pl.Int64) for name in MOVEMENTS), pl.lit(0))
    rows = given["flows"].filter(pl.col("flow_year") < given.year).with_columns(blanks=blanks)
    yield breach(rows.filter(pl.col("blanks") > 0), "moved_in",
                 found=said(pl.col("flow_year"), " 学年已结束，变动各列有 ", pl.col("blanks"), " 项空白"),
                 wanted="逐项填写，没有填 0", do="补填；否则巩固率暂不能判定")


@rule(kind="parts_over_whole", zh="离开的学生不多于原有和进来的", tables=("flows",))
def no_more_leave_than_there_are(given: Given) -> Breaches:
    """Those who left, stayed down or finished were on the roll or came during the year; what is not known left nobody."""
    left = sum((pl.col(name).fill_null(0) for name in (*LEFT, "repeating")), pl.lit(0))
    there = pl.col("roll") + pl.col("moved_in") + pl.col("resumed")
    rows = given["flows"].with_columns(left=left, there=there)
    yield breach(rows.filter(pl.col("left") > pl.col("there")), "roll",
                 found=said("离开、留级、毕业共 ", pl.col("left"), " 人"),
                 wanted=said("不多于年初在校生加转入、复学 ", pl.col("there"), " 人"), do="改正变动数或年初在校生数")


@rule(kind="grade_of_stage", zh="年级在学段之内", among=WITH_GRADES)
def grade_is_of_its_stage(given: Given) -> Breaches:
    """Preschool has grades 1 to 3, primary 1 to 6, junior 7 to 9, senior 10 to 12; where primary lasts five years, say so."""
    for name in given.held(WITH_GRADES):
        first, last = (pl.col("stage").replace_strict(bounds, return_dtype=pl.Int64, default=None) for bounds in (FIRST, LAST))
        rows = given[name].with_columns(first=first, last=last)
        yield breach(rows.filter(~pl.col("grade").is_between("first", "last")), "grade",
                     found=said(shown(name, "stage"), " ", pl.col("grade"), " 年级"),
                     wanted=said(pl.col("first"), " 至 ", pl.col("last"), " 年级"), do="改正年级或学段；五四学制的写明理由")


@rule(kind="grade_of_stage", zh="新招学生在起始年级", tables=("flows",))
def entrants_are_in_the_first_grade(given: Given) -> Breaches:
    """Entrants enter the first grade of a stage; who comes into another has moved in."""
    rows = given["flows"].filter((pl.col("entrants") > 0) & ~_is_first())
    yield breach(rows, "entrants",
                 found=said(shown("flows", "stage"), " ", pl.col("grade"), " 年级招生 ", pl.col("entrants"), " 人"),
                 wanted="只在学段的起始年级填招生数", do="中途进来的填转入")


@rule(kind="grade_of_stage", zh="毕业学生在最高年级", tables=("flows",))
def graduates_are_of_the_last_grade(given: Given) -> Breaches:
    """Pupils finish in the last grade of a stage: where a school has a higher one, nobody finishes below."""
    last = pl.col("stage").replace_strict(LAST, return_dtype=pl.Int64, default=None)
    five = (pl.col("stage") == "primary") & (pl.col("grade") == FIVE_FOUR - 1)
    rows = given["flows"].filter((pl.col("graduated") > 0) & (pl.col("grade") < last) & ~five)
    yield breach(rows, "graduated", found=said(shown("flows", "stage"), " ", pl.col("grade"), " 年级毕业 ",
                                               pl.col("graduated"), " 人"),
                 wanted="只在学段的最高年级填毕业数", do="中途离校的填转出、休学或辍学")
