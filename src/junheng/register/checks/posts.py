"""Posts: those filled are those on the staff list, and no more than were given."""

from __future__ import annotations

import polars as pl

from junheng.register.checks.rules import Breaches, Given, breach, rule, said


@rule(kind="quota_filled", zh="在编人数与教师表一致", tables=("staff_quota", "teachers"))
def filled_posts_are_the_staff_on_quota(given: Given) -> Breaches:
    """The posts filled are the persons on quota on the school's staff list, wherever they are now."""
    yield _unlike_the_list(given, "filled", pl.col("on_quota"), words="在编")


@rule(kind="quota_filled", zh="在编不在岗人数与教师表一致", tables=("staff_quota", "teachers"))
def those_off_their_post_are_as_listed(given: Given) -> Breaches:
    """Those off their post are the persons on quota who are lent out or on leave."""
    yield _unlike_the_list(given, "off_post", pl.col("on_quota") & (pl.col("state") != "serving"), words="在编而借出、离岗")


def _unlike_the_list(given: Given, column: str, counts: pl.Expr, *, words: str) -> pl.LazyFrame:
    """Schools whose `column` is not what their staff list gives; a person of whom it is not known may count or not."""
    counted = given["teachers"].group_by("school_id").agg(
        sure=counts.sum().cast(pl.Int64), unknown=counts.is_null().sum().cast(pl.Int64))
    rows = (given["staff_quota"].join(given.schools_with("teachers"), on="school_id", how="semi")
            .join(counted, on="school_id", how="left").with_columns(pl.col("sure", "unknown").fill_null(0)))
    off = ~pl.col(column).is_between(pl.col("sure"), pl.col("sure") + pl.col("unknown"))
    return breach(rows.filter(off), column, found=said(pl.col(column), " 人"),
                  wanted=said(f"教师表{words} ", pl.col("sure"), " 人"),
                  do="核对后改正其中一处；确有原因的写明理由")


@rule(kind="over_quota", zh="在编人数不多于核定编制", tables=("staff_quota",))
def no_more_posts_are_filled_than_given(given: Given) -> Breaches:
    """A school has no more persons on quota than posts."""
    yield breach(given["staff_quota"].filter(pl.col("filled") > pl.col("posts")), "filled",
                 found=said("在编 ", pl.col("filled"), " 人，超编 ", pl.col("filled") - pl.col("posts"), " 人"),
                 wanted=said("不多于核定编制 ", pl.col("posts"), " 个"), do="核对核定编制数；确实超编的写明理由")
