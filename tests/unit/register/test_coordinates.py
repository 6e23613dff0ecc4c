"""Reference systems of coordinates, converted."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from junheng.register.coordinates import (
    KM_PER_DEGREE,
    bd09_shift,
    gcj02_shift,
    km,
    km_between,
    places_of,
    with_cgcs2000,
)

CENTIMETRE, HALF_A_METRE = 0.01 / 1000 / KM_PER_DEGREE, 0.5 / 1000 / KM_PER_DEGREE
# points published with the common open converters (eviltransform, coordtransform)
GCJ02 = {(116.377817, 39.911954): (116.38404722455657, 39.91334545536069),
         (121.5272106, 31.1774276): (121.531541859215, 31.17530398364597),
         (113.912316, 22.543847): (113.9171764808363, 22.540796131694766),
         (116.404, 39.915): (116.41024449916938, 39.91640428150164)}
BD09 = {(116.404, 39.915): (116.41036949371029, 39.92133699351021)}  # of GCJ-02
Point = tuple[float, float]


def frame(points: list[Point], system: str | None) -> pl.LazyFrame:
    return pl.LazyFrame({"longitude": [each[0] for each in points], "latitude": [each[1] for each in points],
                         "coordinates": [system] * len(points)}, schema_overrides={"coordinates": pl.String})


def in_cgcs2000(points: list[Point], system: str | None) -> list[Point]:
    return with_cgcs2000(frame(points, system)).select("east", "north").collect().rows()


def shifted(points: list[Point], *shifts: object) -> list[Point]:
    rows = pl.DataFrame(points, schema=["east", "north"], orient="row")
    for shift in shifts:
        by_east, by_north = shift(pl.col("east"), pl.col("north"))  # type: ignore[operator]
        rows = rows.select(pl.col("east") + by_east, pl.col("north") + by_north)
    return rows.rows()


@pytest.mark.parametrize(("point", "wanted"), GCJ02.items())
def test_gcj02_of_published_points_is_right_both_ways(point: Point, wanted: Point) -> None:
    assert shifted([point], gcj02_shift)[0] == pytest.approx(wanted, abs=1e-11)
    assert in_cgcs2000([wanted], "gcj02")[0] == pytest.approx(point, abs=CENTIMETRE)


@pytest.mark.parametrize(("point", "wanted"), BD09.items())
def test_bd09_of_published_points_is_right_both_ways(point: Point, wanted: Point) -> None:
    assert shifted([point], bd09_shift)[0] == pytest.approx(wanted, abs=1e-11)
    assert in_cgcs2000([wanted], "bd09")[0] == pytest.approx(in_cgcs2000([point], "gcj02")[0], abs=CENTIMETRE)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(73.5, 135), st.floats(18, 53.5)), min_size=1, max_size=20))
def test_a_point_there_and_back_is_where_it_was(points: list[Point]) -> None:
    for system, shifts in (("gcj02", (gcj02_shift,)), ("bd09", (gcj02_shift, bd09_shift))):
        for point, back in zip(points, in_cgcs2000(shifted(points, *shifts), system), strict=True):
            assert back == pytest.approx(point, abs=HALF_A_METRE / 50)


@pytest.mark.parametrize("system", ["cgcs2000", "wgs84"])
def test_wgs84_and_cgcs2000_are_one(system: str) -> None:
    assert in_cgcs2000([(120.5, 41.2)], system) == [(120.5, 41.2)]


def test_a_coordinate_without_its_system_is_nowhere() -> None:
    assert in_cgcs2000([(120.5, 41.2)], None) == [(None, None)]


def test_gcj02_is_wgs84_outside_the_country() -> None:
    assert shifted([(2.35, 48.85)], gcj02_shift) == [(2.35, 48.85)]


def test_a_degree_of_latitude_is_111_km_and_of_longitude_at_60_degrees_half_of_that() -> None:
    here = pl.lit(100.0), pl.lit(60.0)
    north, east = (pl.select(km_between(*here, pl.lit(x), pl.lit(y))).item() for x, y in ((100.0, 61.0), (101.0, 60.0)))
    assert north == pytest.approx(111.32) and east == pytest.approx(55.66)


def test_two_schools_are_as_far_apart_as_their_points_and_one_without_a_place_is_at_no_distance() -> None:
    points = [(116.3, 40.1), (116.4, 40.2), (116.4, 40.2)]
    schools = frame(points, "wgs84").collect().with_columns(
        pl.Series("school_id", ["a", "b", "c"]), coordinates=pl.Series(["wgs84", "wgs84", None]))
    (east, north), (other_east, other_north) = points[:2]
    wanted = pl.select(km_between(*map(pl.lit, (east, north, other_east, other_north)))).item()
    found = places_of(schools)
    assert km(found, "a", "b") == pytest.approx(wanted, abs=1e-9) and km(found, "a", "c") is None
