"""Places: the tree of divisions, and coordinates that lie in the country."""

from __future__ import annotations

import polars as pl

from junheng.register.checks.rules import Breaches, Given, breach, rule, said, shown
from junheng.register.codes import PlaceLevel

RANK = {level.name: rank for rank, level in enumerate(PlaceLevel)}
EAST, NORTH = (73, 136), (3, 54)  # degrees that hold all of the country, islands too


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


@rule(kind="coordinates_outside", zh="经纬度在我国范围内", tables=("schools",))
def coordinates_lie_in_the_country(given: Given) -> Breaches:
    """A coordinate with a reference system lies in the country; longitude and latitude get exchanged."""
    if given.national:
        inside = pl.col("longitude").is_between(*EAST) & pl.col("latitude").is_between(*NORTH)
        yield breach(given["schools"].filter(pl.col("coordinates").is_not_null() & ~inside), "longitude",
                     found=said("经度 ", pl.col("longitude"), "、纬度 ", pl.col("latitude")),
                     wanted="经度73至136、纬度3至54", do="查看经度与纬度是否填反")
