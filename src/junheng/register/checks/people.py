"""Persons: one full-time place each, and an identity number that says the same as the row."""

from __future__ import annotations

import polars as pl

from junheng.register.checks.rules import Breaches, Given, breach, rule, said, shown

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


def _with_numbers(given: Given) -> pl.LazyFrame:
    return given["teachers"].filter(pl.col("teacher_id").str.contains(_WHOLE_NUMBER))


@rule(kind="birth_year_mismatch", zh="出生年份与身份证号一致", tables=("teachers",))
def birth_year_is_that_of_the_number(given: Given) -> Breaches:
    """Digits 7 to 10 of an identity number are the year of birth."""
    born = pl.col("teacher_id").str.slice(6, 4).cast(pl.Int64)
    yield breach(_with_numbers(given).filter(born != pl.col("birth_year")), "birth_year",
                 found=said("出生年份 ", pl.col("birth_year")), wanted="身份证号第7至10位的年份",
                 do="对照证件改正出生年份或身份证号")


@rule(kind="sex_mismatch", zh="性别与身份证号一致", tables=("teachers",))
def sex_is_that_of_the_number(given: Given) -> Breaches:
    """Digit 17 of an identity number is odd for men, even for women."""
    odd = pl.col("teacher_id").str.slice(16, 1).cast(pl.Int64) % 2 == 1
    yield breach(_with_numbers(given).filter(odd != (pl.col("sex") == "male")), "sex",
                 found=said("性别 ", shown("teachers", "sex")),
                 wanted="与身份证号第17位一致（奇数男、偶数女）", do="对照证件改正性别或身份证号")
