"""Other trees of organisation: one group of a kind at a time, and one name a group."""

from __future__ import annotations

import polars as pl

from junheng.register.checks.rules import Breaches, Given, breach, rule, said, shown

ALONE = ("district", "inspector_area")  # a school is of one of these at a time; clusters and groups may overlap


def _standing(given: Given) -> pl.LazyFrame:
    """Memberships on 1 September."""
    until = pl.col("to_day")
    return given["memberships"].filter((pl.col("from_day") <= given.census_day) & (until.is_null() | (until > given.census_day)))


@rule(kind="two_groups", zh="一校同时只属于一个学区、一个督学责任区", tables=("memberships",))
def school_is_of_one_group_of_a_tree(given: Given) -> Breaches:
    """On 1 September a school is of one district and of one inspector area."""
    key = ["tree", "school_id"]
    rows = _standing(given).filter(pl.col("tree").is_in(ALONE)).with_columns(
        one=pl.col("group_id").min().over(key), another=pl.col("group_id").max().over(key))
    other = pl.when(pl.col("group_id") == pl.col("one")).then("another").otherwise("one")
    yield breach(rows.filter(pl.col("one") != pl.col("another")), "group_id",
                 found=said(shown("memberships", "tree"), " ", pl.col("group_id"), "，同时又在 ", other),
                 wanted="同时只在一个之中",
                 do="填写先前一个的退出日期，或删去其一")


@rule(kind="group_name", zh="一个组织编号只有一个名称", tables=("memberships",))
def group_has_one_name(given: Given) -> Breaches:
    """A group goes by one name on 1 September; two names are a slip of the number or of the name."""
    key = ["tree", "group_id"]
    rows = _standing(given).with_columns(usual=pl.col("group_name").sort().mode(maintain_order=True).first().over(key))
    yield breach(rows.filter(pl.col("group_name") != pl.col("usual")), "group_name",
                 found=said(pl.col("group_id"), " 名为 ", pl.col("group_name")),
                 wanted=said("与其他学校所填 ", pl.col("usual"), " 相同"),
                 do="改正组织名称或组织编号")
