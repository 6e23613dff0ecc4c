"""Places: the tree of divisions, each name once, and nothing that stands in a place too wide or no longer there."""

from __future__ import annotations

import polars as pl

from junheng.register.checks.rules import Breaches, Given, breach, known_sum, rule, said, shown
from junheng.register.codes import PlaceLevel

RANK = {level.name: rank for rank, level in enumerate(PlaceLevel)}
USING_PLACES = ("places", "schools", "population", "disabled_children", "county_years", "county_series")


def _ranked(given: Given) -> pl.LazyFrame:
    """Places with `rank` and the `parent_rank` of the parent, null where no such parent is listed."""
    places = given["places"].with_columns(
        pl.col("level").replace_strict(RANK, return_dtype=pl.Int8, default=None).alias("rank"))
    parents = places.select(pl.col("place_code").alias("parent_code"), pl.col("rank").alias("parent_rank"))
    return places.join(parents.drop_nulls().unique("parent_code"), on="parent_code", how="left")


@rule(kind="place_parent", zh="除最高一级外，区划的上级均在区划表内", tables=("places",))
def parent_is_listed(given: Given) -> Breaches:
    """Every place but those of the highest level listed has its parent in the table."""
    codes = given["places"].select(parent_code="place_code", listed=pl.lit(True)).unique("parent_code")
    orphans = (_ranked(given).join(codes, on="parent_code", how="left")
               .filter((pl.col("rank") > pl.col("rank").min()) & pl.col("listed").is_null()))
    yield breach(orphans, "parent_code", found=said("上级区划 ", pl.col("parent_code"), " 不在区划表"),
                 wanted="区划表所列的上一级代码", do="改正上级区划代码，或在区划表补上该上级")


@rule(kind="place_parent", zh="上级区划的级别高于本级", tables=("places",))
def parent_is_of_a_higher_level(given: Given) -> Breaches:
    """A township lies in a county, never in a village."""
    level = shown("places", "level")
    yield breach(_ranked(given).filter(pl.col("parent_rank") >= pl.col("rank")), "parent_code",
                 found=said(level, " 的上级 ", pl.col("parent_code"), " 级别不高于它"),
                 wanted="级别更高的区划", do="改正上级区划代码或级别")


@rule(kind="place_parent", zh="区划代码以上级代码开头", tables=("places",))
def code_begins_with_the_parents(given: Given) -> Breaches:
    """A national division code begins with its parent's, less the zeros that only fill up the parent's."""
    if given.national:
        parent = pl.col("parent_code").str.strip_chars_end("0")
        yield breach(given["places"].filter(~pl.col("place_code").str.starts_with(parent)), "parent_code",
                     found=said(pl.col("place_code"), " 的上级填为 ", pl.col("parent_code")),
                     wanted="区划代码的前几位就是上级代码", do="改正区划代码或上级区划代码")


@rule(kind="place_level", zh="乡镇的上级是县，村的上级是乡镇", tables=("places",))
def parent_is_of_the_next_level(given: Given) -> Breaches:
    """No level is left out: the parent of a township is a county, that of a village a township."""
    low = _ranked(given).filter(pl.col("level").is_in(("township", "village")))
    levels = [level.zh for level in PlaceLevel]
    wanted = (pl.col("rank") - 1).replace_strict(dict(enumerate(levels)), return_dtype=pl.String, default="")
    skipped = low.filter(pl.col("parent_rank") < pl.col("rank") - 1)
    yield breach(skipped, "parent_code", found=said(shown("places", "level"), " 的上级 ", pl.col("parent_code"), " 越过了一级"),
                 wanted=said("上级是", wanted), do="改正上级区划代码；不设区县的市写明理由")


@rule(kind="place_too_wide", zh="学校落到乡镇或村", tables=("places", "schools"))
def school_stands_in_a_township(given: Given) -> Breaches:
    """A school stands in a township or a village, not in a county as such; else no figure of its township can be made."""
    wide = given["places"].filter(pl.col("level").is_in(("province", "city", "county"))).select("place_code", "level")
    yield breach(given["schools"].join(wide.unique("place_code"), on="place_code"), "place_code",
                 found=said("所在区划 ", pl.col("place_code"), " 是", shown("places", "level"), "一级"),
                 wanted="乡镇（街道）或村的代码", do="填写学校所在乡镇或村的代码")


@rule(kind="duplicate_name", zh="同一上级之下区划不重名", tables=("places",))
def places_of_a_parent_have_names_of_their_own(given: Given) -> Breaches:
    """Two places under one parent that both stand have different names; most likely one stands there under two codes."""
    standing = given["places"].filter(pl.col("until").is_null()).drop_nulls(["parent_code", "name"])
    yield _same_names(standing, ["parent_code", "name"], "place_code")


@rule(kind="duplicate_name", zh="同一县区内学校不重名", tables=("places", "schools"))
def schools_of_a_county_have_names_of_their_own(given: Given) -> Breaches:
    """Two schools of one county have different names; most likely one school stands there under two codes."""
    located = given["schools"].join(in_counties(given), on="place_code").drop_nulls(["county", "name"])
    yield _same_names(located, ["county", "name"], "school_id")


def _same_names(rows: pl.LazyFrame, key: list[str], code: str) -> pl.LazyFrame:
    one, another = pl.col(code).min().over(key), pl.col(code).max().over(key)
    twice = rows.with_columns(other=pl.when(pl.col(code) == one).then(another).otherwise(one))
    return breach(twice.filter(pl.col("other") != pl.col(code)), "name",
                  found=said(pl.col("name"), " 与 ", pl.col("other"), " 同名"),
                  wanted="名称不重复", do="核对是否同一个填了两次；确实同名的写明理由")


@rule(kind="ended_place", zh="所填区划没有撤销", tables=("places",), among=USING_PLACES)
def place_still_stands(given: Given) -> Breaches:
    """No school, count of people, child or lower place belongs to a place that ended by 1 September."""
    gone = given["places"].filter(pl.col("until") <= given.census_day).select("place_code", ended_on="until").unique("place_code")
    for name in given.held(USING_PLACES):
        column = "parent_code" if name == "places" else "place_code"
        rows = given[name].filter(pl.col("until").is_null()) if name == "places" else given[name]
        yield breach(rows.join(gone, left_on=column, right_on="place_code"), column,
                     found=said("区划 ", shown(name, column), " 已于 ", pl.col("ended_on"), " 撤销"), wanted="9月1日仍在的区划",
                     do="改填并入的区划；仍在的清空撤销日期")


def in_counties(given: Given) -> pl.LazyFrame:
    """`place_code` and `county`: the county that each listed place is or lies in, null where it lies in none."""
    places = given["places"].unique("place_code")
    county = pl.when(pl.col("level") == "county").then("place_code")
    found = places.select("place_code", county=county, above=pl.when(pl.col("level") != "county").then("parent_code"))
    up = places.select(above="place_code", county_above=county, next="parent_code")
    for _ in range(2):  # from a village to its township to its county
        found = found.join(up, on="above", how="left").select(
            "place_code", county=pl.coalesce("county", "county_above"),
            above=pl.when(pl.coalesce("county", "county_above").is_null()).then("next"))
    return found.select("place_code", "county")


def stages_in_counties(given: Given) -> pl.LazyFrame:
    """The stages of listed schools with their `county`, null where it is not known."""
    located = given["schools"].select("school_id", "place_code").unique("school_id")
    return given["school_stages"].join(located.join(in_counties(given), on="place_code", how="left"), on="school_id")


def whole_counties(stages: pl.LazyFrame, column: str) -> pl.LazyFrame:
    """`county`, `stage` and the sum of `column`; a stage whose county is not known may be of any, so none is whole then."""
    known = stages.group_by("county", "stage").agg(known_sum(column)).drop_nulls("county")
    return known.join(stages.filter(pl.col("county").is_null()), on="stage", how="anti")
