"""People of a place: each counted on one level only, by two bases that agree, and not far from the pupils there are."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from junheng.register.checks.places import in_counties, stages_in_counties, whole_counties
from junheng.register.checks.rules import Breaches, Given, breach, known_sum, rule, said, shown

MOST_TIMES = 5  # between residents and those registered there
AGES: Mapping[str, tuple[int, int]] = {"primary": (6, 11), "junior": (12, 14)}  # reached in the year of the census
LEAST_SHARE, MOST_SHARE = 0.5, 1.5  # pupils of a county to its children of that age
FEWEST = 200  # children; a place of fewer says little


@rule(kind="population_level", zh="同一口径的人口只在一级填报", tables=("places", "population"))
def people_are_counted_on_one_level(given: Given) -> Breaches:
    """No place is reported together with a place it lies in, by one basis and birth year: its people would count twice."""
    above = given["places"].unique("place_code").select("place_code", "parent_code")
    grand = above.rename({"place_code": "parent_code", "parent_code": "grandparent_code"})
    counted = given["population"].select("birth_year", "basis", "sex", higher="place_code").unique()
    key = ["birth_year", "basis", "sex"]
    rows = given["population"].join(above, on="place_code").join(grand, on="parent_code", how="left")
    for column in ("parent_code", "grandparent_code"):
        twice = rows.join(counted, left_on=[column, *key], right_on=["higher", *key], how="semi")
        yield breach(twice, "place_code", found=said(pl.col("place_code"), " 的上级 ", pl.col(column), " 也填了 ",
                                                     pl.col("birth_year"), " 年出生的", shown("population", "basis")),
                     wanted="县区、乡镇、村只在一级填报", do="删去其中一级")


@rule(kind="population_basis", zh="常住与户籍人口相差不悬殊", tables=("population",))
def residents_and_registered_are_alike(given: Given) -> Breaches:
    """Residents of a birth year are not many times those registered there, nor the other way round."""
    key = ["place_code", "birth_year"]
    people = {basis: given["population"].filter(pl.col("basis") == basis).group_by(key).agg(
        known_sum("people").alias(basis)) for basis in ("resident", "hukou")}
    first = given["population"].filter(pl.col("basis") == "resident").unique(key, keep="first", maintain_order=True)
    rows = first.join(people["resident"], on=key).join(people["hukou"], on=key)
    more, less = pl.max_horizontal("resident", "hukou"), pl.min_horizontal("resident", "hukou")
    yield breach(rows.filter((more > MOST_TIMES * less) & (more >= FEWEST)), "people",
                 found=said(pl.col("birth_year"), " 年出生：常住 ", pl.col("resident"), " 人，户籍 ", pl.col("hukou"), " 人"),
                 wanted=f"相差不超过 {MOST_TIMES} 倍", do="核对两种口径的人数")


@rule(kind="population_cohort", zh="适龄人口与在校生相差不悬殊", tables=("places", "schools", "school_stages", "population"))
def children_are_about_as_many_as_pupils(given: Given) -> Breaches:
    """A county's resident children of an age are not half, nor half as many again, as the pupils of its schools of that age."""
    all_pupils = whole_counties(stages_in_counties(given), "pupils")
    residents = given["population"].filter(pl.col("basis") == "resident").join(
        in_counties(given), on="place_code", maintain_order="left").drop_nulls("county")
    for stage, (youngest, oldest) in AGES.items():
        born = range(given.year - oldest, given.year - youngest + 1)
        pupils = all_pupils.filter(pl.col("stage") == stage).select("county", "pupils")
        aged = residents.filter(pl.col("birth_year").is_in(list(born)))
        whole = aged.group_by("county").agg(years=pl.col("birth_year").n_unique(), children=known_sum("people")).filter(
            pl.col("years") == len(born))
        rows = aged.unique("county", keep="first", maintain_order=True).join(whole, on="county").join(pupils, on="county")
        share = pl.col("pupils") / pl.col("children")
        odd = (pl.col("children") >= FEWEST) & ~share.is_between(LEAST_SHARE, MOST_SHARE)
        yield breach(rows.filter(odd), "people",
                     found=said(f"{youngest} 至 {oldest} 岁 ", pl.col("children"), " 人，该段在校生 ", pl.col("pupils"), " 人"),
                     wanted="相差不超过一半", do="核对人口表的口径和级别，或核对在校生数")
