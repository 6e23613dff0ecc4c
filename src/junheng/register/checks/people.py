"""Persons: one full-time place, one roll, and an identity number that says the same as the row."""

from __future__ import annotations

import polars as pl

from junheng.register.checks.rules import Breaches, Given, breach, rule, said, shown
from junheng.register.tables import TABLES

NUMBERED = {"teachers": "teacher_id", "pupils": "pupil_id", "disabled_children": "child_id"}
_WHOLE_NUMBER = r"^\d{17}[\dXx]$"  # a pseudonym or a number of another kind says nothing of its bearer


@rule(kind="two_full_time", zh="一人只在一所学校专任", tables=("teachers",))
def full_time_at_one_school(given: Given) -> Breaches:
    """A person is full-time at one school; each row is reported and names another school that claims them."""
    claims = given["teachers"].filter(pl.col("full_time")).drop_nulls(["teacher_id", "school_id"])
    one, another = pl.col("one"), pl.col("another")
    several = claims.group_by("teacher_id").agg(
        one=pl.col("school_id").min(), another=pl.col("school_id").max()).filter(one != another)
    other = pl.when(pl.col("school_id") == one).then(another).otherwise(one)
    yield breach(claims.join(several, on="teacher_id"), "teacher_id",
                 found=said(shown("teachers", "teacher_id"), " 在 ", other, " 也填为专任"),
                 wanted="只在一所学校填专任", do="兼职、走教、交流到校的改填“是否专任”为否")


@rule(kind="two_schools", zh="一名学生只在一所学校有学籍", tables=("pupils",))
def pupil_is_on_one_roll(given: Given) -> Breaches:
    """A child is on the roll of one school; each row is reported and names another school that claims them."""
    school = pl.col("school_id")
    claims = given["pupils"].drop_nulls(["pupil_id", "school_id"])
    several = claims.group_by("pupil_id").agg(one=school.min(), another=school.max()).filter(pl.col("one") != pl.col("another"))
    other = pl.when(school == pl.col("one")).then("another").otherwise("one")
    yield breach(claims.join(several, on="pupil_id"), "pupil_id",
                 found=said(shown("pupils", "pupil_id"), " 在 ", other, " 也有学籍"), wanted="只在一所学校",
                 do="与对方学校核对，转出一方删去")


@rule(kind="pupil_and_teacher", zh="同一身份证号不同时是学生和教师", tables=("pupils", "teachers"))
def pupil_is_no_teacher(given: Given) -> Breaches:
    """Nobody is on a roll and on a staff list of one year."""
    rows = given["pupils"].join(given["teachers"], left_on="pupil_id", right_on="teacher_id", how="semi")
    yield breach(rows, "pupil_id", found=said(shown("pupils", "pupil_id"), " 也在教师表内"), wanted="只在其中一张表",
                 do="核对身份证号，改正填错的一处")


@rule(kind="birth_year_mismatch", zh="出生年份与身份证号一致", among=tuple(NUMBERED))
def birth_year_is_that_of_the_number(given: Given) -> Breaches:
    """Digits 7 to 10 of an identity number are the year of birth, digits 11 and 12 of a pupil's the month."""
    for name, number in _numbered(given):
        rows = given[name].filter(number.str.contains(_WHOLE_NUMBER))
        parts = [("birth_year", "第7至10位的年份", number.str.slice(6, 4)),
                 ("birth_month", "第11、12位的月份", number.str.slice(10, 2))]
        for column, wanted, digits in parts:
            if column in TABLES[name].columns:
                yield breach(rows.filter(digits.cast(pl.Int64, strict=False) != pl.col(column)), column,
                             found=said(f"{TABLES[name].columns[column].zh} ", shown(name, column)),
                             wanted=f"身份证号{wanted}", do="对照证件改正出生年月或身份证号")


@rule(kind="sex_mismatch", zh="性别与身份证号一致", among=tuple(NUMBERED))
def sex_is_that_of_the_number(given: Given) -> Breaches:
    """Digit 17 of an identity number is odd for men, even for women."""
    for name, number in _numbered(given):
        rows = given[name].filter(number.str.contains(_WHOLE_NUMBER))
        odd = number.str.slice(16, 1).cast(pl.Int64, strict=False) % 2 == 1
        yield breach(rows.filter(odd != (pl.col("sex") == "male")), "sex", found=said("性别 ", shown(name, "sex")),
                     wanted="与身份证号第17位一致（奇数男、偶数女）", do="对照证件改正性别或身份证号")


def _numbered(given: Given) -> list[tuple[str, pl.Expr]]:
    return [(name, pl.col(NUMBERED[name])) for name in given.held(NUMBERED)]
