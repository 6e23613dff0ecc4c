"""Coordinates: whole, fine enough, in the country, in the county, near the neighbours; longitude and latitude not exchanged.

All are compared in CGCS2000; a file that is shifted as a whole by a few hundred metres cannot be told from a right one.
"""

from __future__ import annotations

import polars as pl

from junheng.register.checks.places import in_counties
from junheng.register.checks.rules import Breaches, Given, breach, rule, said
from junheng.register.coordinates import km_between, with_cgcs2000

EAST, NORTH = (73, 136), (3, 54)  # degrees that hold all of the country, islands too
BOX = ("west", "east", "south", "north")
COARSE = 3  # places after the point; two are a kilometre
NEIGHBOURS, FAR_KM, FAR_TIMES = 5, 30, 8  # fewest schools of a township to compare with; far is far in both ways
SIGMA = 1.4826  # of a normal spread, in median absolute deviations
ATTACHED = ("attached_kindergarten", "attached_primary", "attached_junior")  # these stand where their school does
LOCATED = ("schools", "places")


def _swapped() -> pl.Expr:
    """Not in the country as it is, in the country with longitude and latitude exchanged."""
    longitude, latitude = pl.col("longitude"), pl.col("latitude")
    return (longitude.is_between(*NORTH) & latitude.is_between(*EAST)) & ~_inside()


def _inside() -> pl.Expr:
    return pl.col("longitude").is_between(*EAST) & pl.col("latitude").is_between(*NORTH)


def _not_swapped(given: Given, rows: pl.LazyFrame) -> pl.LazyFrame:
    """Rows of which anything else about their place can be asked."""
    return rows.filter(_swapped().not_().fill_null(True)) if given.national else rows


def _told() -> pl.Expr:
    return said("经度 ", pl.col("longitude"), "、纬度 ", pl.col("latitude"))


@rule(kind="coordinates_outside", zh="经纬度在我国范围内", tables=("schools",))
def coordinates_lie_in_the_country(given: Given) -> Breaches:
    """A coordinate with a reference system lies in the country. Leaves out exchanged ones, which are said as such."""
    if given.national:
        outside = _not_swapped(given, given["schools"]).filter(pl.col("coordinates").is_not_null() & ~_inside())
        yield breach(outside, "longitude", found=_told(), wanted="经度73至136、纬度3至54", do="按校门位置重新量取")


@rule(kind="coordinates_swapped", zh="经度与纬度没有填反", among=LOCATED)
def longitude_and_latitude_are_not_exchanged(given: Given) -> Breaches:
    """Exchanged they would lie in the country, as they are they do not."""
    if given.national:
        for name in given.held(LOCATED):
            yield breach(given[name].filter(_swapped()), "latitude", found=said("经纬度填反了：", _told()),
                         wanted="经度在前、纬度在后", do="对调经度与纬度")


@rule(kind="coordinate_incomplete", zh="经度、纬度、坐标系三项齐全", among=LOCATED)
def coordinate_is_whole(given: Given) -> Breaches:
    """Longitude, latitude and their reference system come together; without the system a point is off by half a kilometre."""
    parts = {"longitude": "经度", "latitude": "纬度", "coordinates": "坐标系"}
    for name in given.held(LOCATED):
        some = pl.col("longitude").is_not_null() | pl.col("latitude").is_not_null()
        for column, zh in parts.items():
            yield breach(given[name].filter(some & pl.col(column).is_null()), column, found=f"填有坐标，{zh}为空",
                         wanted="经度、纬度、坐标系三项都填", do=f"补填{zh}；不掌握的三项都清空")


@rule(kind="coordinates_coarse", zh="经纬度至少精确到小数点后三位", tables=("schools",))
def coordinates_are_fine_enough(given: Given) -> Breaches:
    """A coordinate of two places after the point is good to a kilometre, too coarse for the way to school."""
    coarse = [pl.col(column) == pl.col(column).cast(pl.Float64).round(COARSE - 1).cast(pl.Decimal(18, 6))
              for column in ("longitude", "latitude")]
    yield breach(given["schools"].filter(coarse[0] & coarse[1]), "longitude", found=_told(),
                 wanted=f"小数点后至少 {COARSE} 位，约百米", do="按校门位置重新量取")


@rule(kind="box_order", zh="区划四至：西小于东、南小于北，中心在内", tables=("places",))
def box_of_a_place_holds_its_centre(given: Given) -> Breaches:
    """A place's box runs from west to east and from south to north, and holds the place's own centre."""
    located = with_cgcs2000(_not_swapped(given, given["places"]).rename({side: f"box_{side}" for side in BOX}))
    for first, last, centre, zh in (("west", "east", "east", "经度"), ("south", "north", "north", "纬度")):
        low, high, at = pl.col(f"box_{first}"), pl.col(f"box_{last}"), pl.col(centre)
        off = (low >= high) | ~at.is_between(low.cast(pl.Float64), high.cast(pl.Float64))
        yield breach(located.filter(off), first, found=said(f"{zh}四至 ", low, " 至 ", high, "，中心 ", at.round(6)),
                     wanted="起点小于终点，中心在两者之间", do="改正四至或中心坐标")


@rule(kind="outside_county", zh="学校坐标在所在县的四至之内", tables=("places", "schools"))
def school_lies_in_its_county(given: Given) -> Breaches:
    """A school lies in the box of the county it stands in, compared in CGCS2000."""
    boxes = given["places"].filter(pl.col("level") == "county").select(
        county="place_code", county_name="name", **{f"box_{side}": pl.col(side).cast(pl.Float64) for side in BOX})
    schools = with_cgcs2000(_not_swapped(given, given["schools"]))
    rows = (schools.join(in_counties(given), on="place_code").join(boxes.unique("county"), on="county")
            .filter(~(pl.col("east").is_between("box_west", "box_east") & pl.col("north").is_between("box_south", "box_north"))))
    yield breach(rows, "longitude",
                 found=said(_told(), "（CGCS2000：", pl.col("east").round(6), "、", pl.col("north").round(6), "）"),
                 wanted=said("在", pl.col("county_name"), "的四至之内"), do="核对坐标、坐标系和所在区划")


@rule(kind="far_from_others", zh="学校不远离同乡镇的其他学校", tables=("places", "schools"))
def school_is_near_the_others_of_its_township(given: Given) -> Breaches:
    """A school is not tens of kilometres, nor many times the usual way, from the middle of its township's schools."""
    townships = given["places"].unique("place_code").select(
        "place_code", township=pl.when(pl.col("level") == "village").then("parent_code").otherwise("place_code"))
    schools = with_cgcs2000(_not_swapped(given, given["schools"]))
    rows = schools.join(townships, on="place_code").drop_nulls(["east", "north", "township"])
    middle = (pl.col(side).median().over("township") for side in ("east", "north"))
    rows = rows.with_columns(km=km_between(pl.col("east"), pl.col("north"), *middle), schools=pl.len().over("township"))
    usual = pl.col("km").median().over("township")
    rows = rows.with_columns(usual=usual, spread=(pl.col("km") - usual).abs().median().over("township") * SIGMA)
    far = (pl.col("schools") >= NEIGHBOURS) & (pl.col("km") > FAR_KM) & (
        pl.col("km") > pl.col("usual") + FAR_TIMES * pl.col("spread"))
    yield breach(rows.filter(far), "longitude", found=said("离同乡镇各校的中心 ", pl.col("km").round(1), " 千米"),
                 wanted=said("约 ", pl.col("usual").round(1), " 千米，与同乡镇学校相近"), do="核对坐标和所在区划")


@rule(kind="same_point", zh="不同学校坐标不相同", tables=("schools",))
def schools_stand_apart(given: Given) -> Breaches:
    """No two schools stand at one and the same point, to the metre; attached parts stand where their school does."""
    point = ["longitude", "latitude"]
    rows = given["schools"].filter(~pl.col("kind").is_in(ATTACHED)).drop_nulls(point)
    same = rows.with_columns(many=pl.col("school_id").n_unique().over(point)).filter(pl.col("many") > 1)
    yield breach(same, "longitude", found=said(_told(), "，", pl.col("many"), " 所学校相同"), wanted="各校自己的位置",
                 do="重新量取；确在一处的写明理由")
