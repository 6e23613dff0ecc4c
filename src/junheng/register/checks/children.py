"""Children one by one: their ages, the lists they must agree with, and where children with disabilities learn.

Pupils of record are those who attend, have come back or are taught at home. Who is suspended may be counted by a school or
not, so a list agrees with a figure when the figure lies between the two. A child is left behind when one or both parents
are away; schools that count only those without both agree too.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from junheng.register.checks.counts import AGREE
from junheng.register.checks.places import in_counties
from junheng.register.checks.rules import Breaches, Given, breach, rule, said, shown
from junheng.register.tables import TABLES

SUSPENDED = "suspended"
# youngest and oldest age reached in the year of grade one, of preschool in that of its own first grade
ENTRY_AGES: Mapping[str, tuple[int, int]] = {"preschool": (2, 5), "primary": (5, 8), "junior": (5, 8), "senior": (5, 9)}
SCHOOL_AGES = 5, 18  # of children on the list of those with a disability
LATER = 2  # years a pupil may be behind by illness or repeating
AT_SCHOOL = ("ordinary_class", "special_class", "special_school")
CLASS = ["school_id", "stage", "grade", "number"]
COUNTED: tuple[tuple[str, pl.Expr, pl.Expr], ...] = (
    ("pupils", pl.lit(True), pl.lit(True)),
    ("boarders", pl.col("boarding"), pl.col("boarding")),
    ("migrant_pupils", pl.col("migrant"), pl.col("migrant")),
    ("left_behind_pupils", pl.col("guardian") == "both_parents_away",
     pl.col("guardian").is_in(("both_parents_away", "one_parent_away"))),
)


def _between(sure: pl.Expr, most: pl.Expr) -> list[pl.Expr]:
    """How many rows count for certain, and how many may."""
    on_roll = pl.col("status") != SUSPENDED
    return [(on_roll & sure).fill_null(False).sum().cast(pl.Int64).alias("sure"),
            (pl.col("school_id").is_not_null() & most.fill_null(True)).sum().cast(pl.Int64).alias("most")]


def _unlike(rows: pl.LazyFrame, column: str, *, unit: str = "人") -> pl.LazyFrame:
    upto = pl.when(pl.col("most") > pl.col("sure")).then(said(" 至 ", pl.col("most"))).otherwise(pl.lit(""))
    return breach(rows.filter(~pl.col(column).is_between("sure", "most")), column, found=said(pl.col(column), " ", unit),
                  wanted=said("学生表所列 ", pl.col("sure"), upto, " ", unit), do=AGREE)


@rule(kind="pupil_list", zh="在校生、寄宿、随迁、留守人数与学生表一致", tables=("school_stages", "pupils"))
def pupils_are_as_listed(given: Given) -> Breaches:
    """The figures of a stage are those of its rows in the list of pupils, if the school handed one in."""
    stages = given["school_stages"].join(given.schools_with("pupils"), on="school_id", how="semi")
    for column, sure, most in COUNTED:
        counted = given["pupils"].group_by("school_id", "stage").agg(_between(sure, most))
        rows = stages.join(counted, on=["school_id", "stage"], how="left").with_columns(pl.col("sure", "most").fill_null(0))
        yield _unlike(_with_stage_known(given, rows), column)


def _with_stage_known(given: Given, rows: pl.LazyFrame) -> pl.LazyFrame:
    """Leaves out schools with a pupil of no known stage, who may be of any."""
    loose = given["pupils"].filter(pl.col("stage").is_null()).select("school_id")
    return rows.join(loose, on="school_id", how="anti")


@rule(kind="pupil_list", zh="各班在籍人数与学生表一致", tables=("classes", "pupils"))
def classes_are_as_their_pupils(given: Given) -> Breaches:
    """The pupils of a class are its rows in the list of pupils, if the school handed one in."""
    counted = given["pupils"].group_by(CLASS).agg(_between(pl.lit(True), pl.lit(True)))
    loose = given["pupils"].filter(pl.any_horizontal(pl.col(CLASS).is_null())).select("school_id")
    rows = (given["classes"].join(given.schools_with("pupils"), on="school_id", how="semi")
            .join(loose, on="school_id", how="anti").join(counted, on=CLASS, how="left")
            .with_columns(pl.col("sure", "most").fill_null(0)))
    yield _unlike(rows, "pupils")


@rule(kind="unknown_class", zh="学生所在班级在班级表内", tables=("classes", "pupils"))
def class_of_a_pupil_is_listed(given: Given) -> Breaches:
    """The class a pupil names is one of the school's list of classes. Leaves out: pupils taught at home."""
    pupils = given["pupils"].join(given.schools_with("classes"), on="school_id", how="semi").drop_nulls(CLASS)
    loose = given["classes"].filter(pl.any_horizontal(pl.col(CLASS).is_null())).select("school_id")
    strays = pupils.filter(pl.col("status") != "home_teaching").join(given["classes"], on=CLASS, how="anti")
    yield breach(strays.join(loose, on="school_id", how="anti"), "number",
                 found=said(shown("pupils", "stage"), " ", pl.col("grade"), " 年级 ", pl.col("number"), " 班不在班级表内"),
                 wanted="班级表所列的班", do="改正年级、班号，或在班级表补上该班")


@rule(kind="pupil_age", zh="学生年龄与年级相称", tables=("pupils", "schools"))
def age_fits_the_grade(given: Given) -> Breaches:
    """Who is in grade g was five to eight in the year of entering grade one, or two years older by illness or repeating.

    Leaves out: special schools, pupils with a disability and those taught at home.
    """
    usual = given["schools"].filter(pl.col("kind") != "special").select("school_id")
    rows = given["pupils"].join(usual, on="school_id", how="semi").filter(
        pl.col("disability").is_null() & (pl.col("status") != "home_teaching"))
    entry = given.year - pl.col("grade") + 1 - pl.col("birth_year")  # the age reached in the year of grade one
    for stage, (youngest, oldest) in ENTRY_AGES.items():
        odd = (pl.col("stage") == stage) & ~entry.is_between(youngest, oldest + LATER)
        yield breach(rows.filter(odd), "birth_year",
                     found=said(pl.col("grade"), " 年级，出生年份与年级不相称"),
                     wanted=f"入一年级（小班）当年 {youngest} 至 {oldest} 岁",
                     do="核对出生年份和年级；确实如此的写明理由")


@rule(kind="migrant_residence", zh="随迁子女的户籍不在本县", tables=("pupils", "schools", "places"))
def migrant_pupil_is_registered_elsewhere(given: Given) -> Breaches:
    """A pupil who came with working parents is not registered in the county of the school."""
    counties = in_counties(given)
    county = given["schools"].join(counties, on="place_code").select("school_id", "county").unique("school_id")
    migrants = given["pupils"].filter(pl.col("migrant")).join(county, on="school_id")
    home = migrants.join(counties.rename({"county": "home"}), left_on="residence_place_code", right_on="place_code")
    yield breach(home.filter(pl.col("home") == pl.col("county")), "migrant", found="是否随迁子女与户籍所在县不相符",
                 wanted="随迁子女的户籍在其他县", do="改正是否随迁子女，或改正户籍所在县代码")


@rule(kind="no_list", zh="残疾儿童至少在一方名单上", tables=("disabled_children",))
def child_is_on_a_list(given: Given) -> Breaches:
    """A child with a disability is on the list of the federation, of the enrolment records or of the police."""
    lists = ("on_federation_list", "on_enrolment_list", "on_police_list")
    rows = given["disabled_children"].filter(~pl.any_horizontal(pl.col(lists)))
    yield breach(rows, lists[0], found="三方名单都为否", wanted="至少在一方名单上", do="核对来源；不在名单的删去此行")


@rule(kind="postponed_paper", zh="缓学写明评估文号，不缓学的不写", tables=("disabled_children",))
def postponing_has_its_paper(given: Given) -> Breaches:
    """Who is let start later has the experts' paper; who is placed has none."""
    postponed, paper = pl.col("placement") == "postponed", pl.col("postponed_paper").is_not_null()
    yield breach(given["disabled_children"].filter(postponed != paper), "postponed_paper",
                 found="缓学评估文号与安置方式不符", wanted="缓学的必填，其他留空",
                 do="补填文号，或改正安置方式")


@rule(kind="placement", zh="在校安置写明学校，其他安置不写", tables=("disabled_children",))
def placement_names_its_school(given: Given) -> Breaches:
    """Who learns in a class or a special school is at a school; who is postponed or nowhere is at none."""
    school, placement = pl.col("placed_school_id"), pl.col("placement")
    missing = placement.is_in(AT_SCHOOL) & school.is_null()
    needless = placement.is_in(("postponed", "none")) & school.is_not_null()
    yield breach(given["disabled_children"].filter(missing | needless), "placed_school_id",
                 found="安置学校与安置方式不符", wanted="随班就读、特教班、特校必填，缓学、未安置留空",
                 do="改正安置学校或安置方式")


@rule(kind="placement", zh="在校安置的残疾儿童在安置学校的学生表内", tables=("disabled_children", "pupils"))
def placed_child_is_on_the_roll(given: Given) -> Breaches:
    """A child placed in a school is on its list of pupils, if the school handed one in."""
    placed = given["disabled_children"].filter(pl.col("placement").is_in(AT_SCHOOL)).drop_nulls(["child_id", "placed_school_id"])
    listing = given.schools_with("pupils").rename({"school_id": "placed_school_id"})
    strays = placed.join(listing, on="placed_school_id", how="semi").join(
        given["pupils"], left_on=["child_id", "placed_school_id"], right_on=["pupil_id", "school_id"], how="anti")
    yield breach(strays, "placed_school_id", found="安置学校的学生表中没有此人",
                 wanted="安置学校的在籍学生", do="核对安置学校，或在该校学生表补上")


@rule(kind="placement", zh="安置学校的类型与安置方式相符", tables=("disabled_children", "schools"))
def placement_fits_the_school(given: Given) -> Breaches:
    """A special school is of the kind of special schools, an ordinary class is in another."""
    kinds = given["schools"].select(placed_school_id="school_id", special=pl.col("kind") == "special").unique("placed_school_id")
    rows = given["disabled_children"].join(kinds, on="placed_school_id")
    wrong = ((pl.col("placement") == "special_school") & ~pl.col("special")) | (
        pl.col("placement").is_in(("ordinary_class", "special_class")) & pl.col("special"))
    yield breach(rows.filter(wrong), "placement", found="安置方式与安置学校的办学类型不符",
                 wanted="特殊教育学校对特校，其余对普通学校",
                 do="改正安置方式或安置学校")


@rule(kind="child_age", zh="残疾儿童在学龄", tables=("disabled_children",))
def child_is_of_school_age(given: Given) -> Breaches:
    """The list is of children of five to eighteen; who is younger or grown up is not asked for."""
    youngest, oldest = SCHOOL_AGES
    rows = given["disabled_children"].filter(~pl.col("birth_year").is_between(given.year - oldest, given.year - youngest))
    yield breach(rows, "birth_year", found=said(TABLES["disabled_children"].columns["birth_year"].zh, "不在范围内"),
                 wanted=f"{given.year - oldest} 至 {given.year - youngest} 年出生", do="改正出生年份，或删去不在学龄的")
