"""Keys and references: every row once, and nothing named that is not there."""

from __future__ import annotations

import polars as pl

from junheng.register.checks.events import ended
from junheng.register.checks.rules import Breaches, Given, breach, rule, said, shown
from junheng.register.submission import ORIGIN
from junheng.register.tables import SCHOOL_TABLES, TABLES

PERSON = ("school_id", "teacher_id")
OF_PERSONS = ("recognitions", "postings", "training")
OF_THE_PAST = ("school_events", "memberships", "flows", "money")  # these speak of schools that are no more, too
NAMED = (("quota_places", "junior_school_id"), ("disabled_children", "placed_school_id"))
WITH_PLACES = ("schools", "evidence", "population", "zones", "disabled_children", "county_years", "county_series")


@rule(kind="duplicate_key", zh="同一主键只填一行", among=tuple(TABLES))
def one_row_a_key(given: Given) -> Breaches:
    """No two rows of a table have the same key; the later row is reported and names the first."""
    for name in given.held(TABLES):
        key = list(TABLES[name].key)
        twice = (given[name].drop_nulls(key).filter(pl.struct(key).is_duplicated()).sort(list(ORIGIN))
                 .with_columns(pl.col(column).first().over(key).alias(f"{column}_first") for column in ORIGIN)
                 .filter(pl.int_range(pl.len()).over(key) > 0))
        words = [part for column in key[1:] for part in ("、", shown(name, column))]
        yield breach(twice, key[-1], found=said("与 ", given.origin("_first"), " 重复：", *words[1:]),
                     wanted="每个主键只有一行", do="删去重复的一行，或改正其中一行的代码")


@rule(kind="unknown_school", zh="各表所填学校均在学校表内", tables=("schools",),
      among=tuple(name for name in SCHOOL_TABLES if name != "schools"))
def school_is_listed(given: Given) -> Breaches:
    """Every row belongs to a school of the schools table; what tells of the past may belong to one that has ended."""
    gone = ended(given).select("school_id") if "school_events" in given.tables else None
    for name in given.held(SCHOOL_TABLES):
        if name != "schools":
            rows = given[name]
            if gone is not None and name in OF_THE_PAST:
                rows = rows.join(gone, on="school_id", how="anti")
            yield _naming_no_school(given, rows, name, "school_id")


@rule(kind="unknown_school", zh="管理中心校在学校表内", tables=("schools",))
def managing_school_is_listed(given: Given) -> Breaches:
    """A managing school that is named exists, where others are listed. Leaves out points: `point_has_a_centre` asks more."""
    others = given["schools"].filter(pl.col("kind") != "teaching_point")
    if given.lists_others:
        yield _naming_no_school(given, others, "schools", "managing_school_id")


@rule(kind="unknown_school", zh="分配名额的初中、残疾儿童的安置学校在学校表内", tables=("schools",),
      among=tuple(table for table, _ in NAMED))
def named_school_is_listed(given: Given) -> Breaches:
    """A junior school that is given places, and a school that a child is placed in, are of the register."""
    for name, column in NAMED:
        if name in given.tables and given.lists_others:
            yield _naming_no_school(given, given[name], name, column)


@rule(kind="unknown_school", zh="交流任教去往学校在学校表内且不是本校", tables=("schools", "postings"))
def posting_leads_to_another_school(given: Given) -> Breaches:
    """A posting leads to a school of the register, where others are listed, and not to the school that sends."""
    if given.lists_others:
        yield _naming_no_school(given, given["postings"], "postings", "to_school_id")
    yield breach(given["postings"].filter(pl.col("to_school_id") == pl.col("school_id")), "to_school_id",
                 found=said("去往学校 ", pl.col("to_school_id"), " 就是本校"), wanted="另一所学校",
                 do="填写实际去往的学校；在本校任教的不填此表")


def _naming_no_school(given: Given, rows: pl.LazyFrame, table: str, column: str) -> pl.LazyFrame:
    schools = given["schools"].select("school_id")
    strays = rows.drop_nulls(column).join(schools, left_on=column, right_on="school_id", how="anti")
    return breach(strays, column, found=said("学校表中没有 ", shown(table, column)),
                  wanted="学校表所列学校的标识码", do="改正标识码，或在学校表补上该校")


@rule(kind="unknown_place", zh="所填区划在区划表内", tables=("places",), among=WITH_PLACES)
def place_is_listed(given: Given) -> Breaches:
    """Every place that a school, a document, a child or a count of people names is in the table of places."""
    listed = given["places"].select("place_code")
    for name in given.held(WITH_PLACES):
        strays = given[name].drop_nulls("place_code").join(listed, on="place_code", how="anti")
        yield breach(strays, "place_code", found=said("区划表中没有 ", shown(name, "place_code")),
                     wanted="区划表所列代码", do="改正区划代码，或在区划表补上该区划")


@rule(kind="unknown_teacher", zh="认定、交流、培训的人员均在本校教师表内", tables=("teachers",),
      among=OF_PERSONS)
def person_is_on_the_staff_list(given: Given) -> Breaches:
    """Recognitions, postings and training speak of persons on the staff list of the same school."""
    staff, schools = given["teachers"].select(PERSON), given.schools_with("teachers")
    for name in given.held(OF_PERSONS):
        strays = (given[name].drop_nulls(PERSON).join(staff, on=PERSON, how="anti")
                  .join(schools, on="school_id", how="semi"))
        yield breach(strays, "teacher_id", found=said("本校教师表中没有 ", shown(name, "teacher_id")),
                     wanted="本校教师表所列人员", do="核对身份证号，或在教师表补上此人")
