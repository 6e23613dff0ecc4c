"""Last digits: counts that were made end in any digit, counts that were thought of end in 0 and 5."""

from __future__ import annotations

from functools import cache
from math import comb

import polars as pl

from junheng.register.checks.places import in_counties
from junheng.register.checks.rules import Breaches, Given, rule, said, sheet_breach
from junheng.register.tables import TABLES

COLUMNS = (("assets", "books"), ("assets", "terminals"), ("assets", "desks"), ("assets", "beds"),
           ("sites", "land_m2"), ("sites", "sports_ground_m2"), ("sites", "floor_area_m2"), ("sites", "classroom_m2"))
LEAST_VALUE, FEWEST = 100, 30  # values whose last digit may be any; rows of a county that say something
ONE_IN = 1_000_000  # how rarely chance alone may do it
CHOSEN, DIGITS = 2, 10  # of ten last digits two are looked for: chance gives one value in five


@rule(kind="digit_heaping", zh="一县各校数值的尾数不集中于0和5", tables=("places", "schools"), among=("sites", "assets"))
def last_digits_are_spread(given: Given) -> Breaches:
    """Over the schools of a county the values of a column do not end in 0 or 5 more often than chance makes them.

    An exact binomial test: chance alone would do it once in a million counties. A value with a fraction ends in neither.
    """
    counties = given["schools"].select("school_id", "place_code").unique("school_id").join(in_counties(given), on="place_code")
    for table, column in COLUMNS:
        if table in given.tables:
            values = given[table].select("school_id", value=column).filter(pl.col("value") >= LEAST_VALUE)
            counted = values.join(counties, on="school_id").drop_nulls("county").group_by("county").agg(
                values=pl.len(), round=(pl.col("value") % 5 == 0).sum()).filter(pl.col("values") >= FEWEST)
            yield sheet_breach(counted.filter(_beyond_chance()), table, column, found=said(
                pl.col("county"), " 的 ", pl.col("values"), " 个", TABLES[table].columns[column].zh, "中，以 0 或 5 结尾的有 ",
                pl.col("round"), " 个"), wanted="约五分之一", do="抽查几所学校，看是实数还是估数")


def _beyond_chance() -> pl.Expr:
    """Of a handful of rows, one a county: their big integers are of Python."""
    return pl.struct("round", "values").map_batches(lambda pairs: pl.Series(
        [beyond_chance(pair["round"], pair["values"]) for pair in pairs], dtype=pl.Boolean), return_dtype=pl.Boolean)


@cache
def beyond_chance(hits: int, tries: int) -> bool:
    """Whether `hits` or more of `tries` come less often than once in `ONE_IN` where each has a chance of one in five."""
    missed = DIGITS - CHOSEN
    tail = sum(comb(tries, number) * CHOSEN**number * missed ** (tries - number) for number in range(hits, tries + 1))
    return bool(tail * ONE_IN < DIGITS**tries)
