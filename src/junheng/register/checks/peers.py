"""A school against its peers: schools of the same kind and the same urban or rural area, by median and MAD; and copies.

The figures compared are hints, not findings, so they are floats; a heavy-tailed ratio is compared by its logarithm.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from junheng.register.checks.rules import Breaches, Given, breach, known_sum, rule, said
from junheng.register.codes import AREAS, USABLE

PEERS = 8  # fewest that make a median worth holding a school against
ROBUST_Z, TIMES = 6, 3  # an outlier is far out by both: in spreads of its peers, and in multiples of their median
NORMAL = 0.6745  # a median absolute deviation in standard deviations of a normal spread
FEWEST_PUPILS = 10  # of a school whose figures per pupil mean something
COPIED = ("land_m2", "sports_ground_m2", "floor_area_m2", "classroom_m2")


@dataclass(frozen=True)
class Figure:
    """`column` of `table`, per pupil of the school; of `school_stages` pupils per `column`."""

    table: str
    column: str
    zh: str

    def of(self, given: Given) -> pl.LazyFrame:
        """`school_id`, the place of a row and `value`: the figure of each school where it is known and not zero."""
        rows = given[self.table]
        if self.table == "sites":
            rows = rows.filter(pl.col("standing").is_in(USABLE) | pl.col("standing").is_null())
        total = rows.group_by("school_id", maintain_order=True).agg(
            pl.col("origin_file", "origin_sheet", "origin_row").first(), total=known_sum(self.column).cast(pl.Float64))
        part, whole = (("pupils_of_all", "total") if self.table == "school_stages" else ("total", "pupils_of_all"))
        known = (pl.col("total") > 0) & (pl.col("pupils_of_all") >= FEWEST_PUPILS)
        return total.join(_grouped(given), on="school_id").filter(known).with_columns(value=pl.col(part) / pl.col(whole))


FIGURES = (
    Figure("sites", "land_m2", "生均占地面积"), Figure("sites", "floor_area_m2", "生均校舍面积"),
    Figure("sites", "sports_ground_m2", "生均运动场地面积"), Figure("sites", "classroom_m2", "生均教室面积"),
    Figure("assets", "equipment_10k_yuan", "生均设备值（万元）"), Figure("assets", "books", "生均图书"),
    Figure("assets", "terminals", "生均计算机"), Figure("school_stages", "full_time_teachers", "生师比"),
    Figure("school_stages", "classes", "班均人数"),
)


def _grouped(given: Given) -> pl.LazyFrame:
    """Schools with all their pupils, their kind and their area, where these are known."""
    pupils = given["school_stages"].group_by("school_id").agg(pupils_of_all=known_sum("pupils"))
    area = pl.col("urban_rural").replace_strict(AREAS, return_dtype=pl.String, default=None)
    schools = given["schools"].select("school_id", kind_of_school="kind", area=area).unique("school_id")
    return schools.join(pupils, on="school_id").drop_nulls()


@rule(kind="outlier", zh="生均数与同类学校不相差悬殊", tables=("schools", "school_stages"),
      among=("sites", "assets", "school_stages"))
def school_is_like_its_peers(given: Given) -> Breaches:
    """Area, equipment, books, terminals and teachers by pupils lie near those of schools of the same kind and area.

    Far out: a robust z of the logarithm above 6, and three times the peers' median or a third of it; of 8 peers or more.
    Leaves out: schools of fewer than 10 pupils, and figures of zero.
    """
    for figure in FIGURES:
        if figure.table in given.tables:
            yield _outliers(figure.of(given), figure)


def _outliers(rows: pl.LazyFrame, figure: Figure) -> pl.LazyFrame:
    group = ["kind_of_school", "area"]
    log = pl.col("value").log()
    rows = rows.with_columns(off=log - log.median().over(group), peers=pl.len().over(group),
                             usual=pl.col("value").median().over(group))
    rows = rows.with_columns(spread=pl.col("off").abs().median().over(group))
    beyond = (pl.col("off").abs() * NORMAL > ROBUST_Z * pl.col("spread")) & (pl.col("off").abs() > pl.lit(TIMES).log())
    return breach(rows.filter((pl.col("peers") > PEERS) & beyond), figure.column,
                  found=said(figure.zh, " ", pl.col("value").round(2)),
                  wanted=said("与同类地区同类型 ", pl.col("peers"), " 所学校相近，中位数 ", pl.col("usual").round(2)),
                  do="核对数值与单位；确实如此的写明理由")


@rule(kind="outlier", zh="各班人数与同校同年级不相差悬殊", tables=("classes",))
def classes_of_a_grade_are_alike(given: Given) -> Breaches:
    """An ordinary class is not three times as large as the middle one of its grade, nor a third, of three classes or more."""
    grade = ["school_id", "stage", "grade"]
    rows = given["classes"].filter((pl.col("kind") == "ordinary") & (pl.col("pupils") > 0)).with_columns(
        usual=pl.col("pupils").median().over(grade), classes=pl.len().over(grade))
    odd = (pl.col("pupils") > TIMES * pl.col("usual")) | (pl.col("pupils") * TIMES < pl.col("usual"))
    yield breach(rows.filter((pl.col("classes") >= 3) & odd), "pupils",
                 found=said(pl.col("grade"), " 年级 ", pl.col("number"), " 班 ", pl.col("pupils"), " 人"),
                 wanted=said("与同年级各班相近，中位数 ", pl.col("usual").round(0).cast(pl.Int64), " 人"),
                 do="核对在籍人数和班号；确实如此的写明理由")


@rule(kind="copied_values", zh="不同学校的面积、设备、图书不雷同", among=("sites", "assets"))
def schools_have_values_of_their_own(given: Given) -> Breaches:
    """No two schools have the same land, floor, classrooms and grounds, nor the same equipment, books and terminals."""
    for table, columns, twice in _copies(given):
        yield breach(twice, columns[0], found=said("与 ", pl.col("another"), " 等 ", pl.col("many"), " 所学校的",
                                                  "面积各列" if table == "sites" else "设备、图书、计算机", "完全相同"),
                     wanted="各校自己的数", do="按本校的账和产权资料改正；确实相同的写明理由")


def _copies(given: Given) -> Iterator[tuple[str, tuple[str, ...], pl.LazyFrame]]:
    for table, columns in (("sites", COPIED), ("assets", ("equipment_10k_yuan", "books", "terminals"))):
        if table in given.tables:
            rows = given[table].filter(pl.col("standing") == "own") if table == "sites" else given[table]
            filled = rows.filter(*(pl.col(column) > 0 for column in columns))
            one, last = (each.over(columns) for each in (pl.col("school_id").min(), pl.col("school_id").max()))
            other = pl.when(pl.col("school_id") == one).then(last).otherwise(one)
            counted = filled.with_columns(another=other, many=pl.col("school_id").n_unique().over(columns))
            yield table, columns, counted.filter(pl.col("many") > 1)
