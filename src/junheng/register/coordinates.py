"""Coordinates of the four reference systems in use, converted into each other: rows in, degrees of CGCS2000 out.

GCJ-02 is WGS 84 shifted by a published sum of sines, BD-09 is GCJ-02 shifted once more. Both are undone by putting the
shift found at the last guess on the target again until nothing moves: to less than a millimetre after `STEPS` steps.
WGS 84 and CGCS2000 differ by less than a decimetre, so they count as one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import cos, hypot, pi

import polars as pl

Degrees = tuple[pl.Expr, pl.Expr]  # longitude and latitude
Point = tuple[float, float]  # the same of one place, in CGCS2000
Shift = Callable[[pl.Expr, pl.Expr], Degrees]

STEPS = 8
KM_PER_DEGREE = 111.32  # of latitude, and of longitude at the equator
EAST, NORTH = (72.004, 137.8347), (0.8293, 55.8271)  # the shifts are put on within these, in degrees
_AXIS_M, _ECCENTRICITY = 6378245.0, 0.00669342162296594323  # of the Krasovsky ellipsoid
_BD_PI = pi * 3000 / 180


def with_cgcs2000(rows: pl.LazyFrame) -> pl.LazyFrame:
    """`rows` with `east` and `north`: their longitude and latitude in CGCS2000, null where a part or the system is not known.

    Reads: longitude, latitude, coordinates (the system). Unit: degrees.
    """
    system = pl.col("coordinates")
    given = rows.with_columns(east=pl.when(system.is_not_null()).then(pl.col("longitude").cast(pl.Float64)),
                              north=pl.when(system.is_not_null()).then(pl.col("latitude").cast(pl.Float64)))
    plain = _undone(given, bd09_shift, system == "bd09")
    return _undone(plain, gcj02_shift, system.is_in(("bd09", "gcj02"))).drop("target_east", "target_north")


def _undone(rows: pl.LazyFrame, shift: Shift, where: pl.Expr) -> pl.LazyFrame:
    """Each step is a column of its own: nested in one expression the sines would multiply beyond counting."""
    rows = rows.with_columns(target_east="east", target_north="north")
    for _ in range(STEPS):
        by_east, by_north = shift(pl.col("east"), pl.col("north"))
        rows = rows.with_columns(east=pl.when(where).then(pl.col("target_east") - by_east).otherwise(pl.col("east")),
                                 north=pl.when(where).then(pl.col("target_north") - by_north).otherwise(pl.col("north")))
    return rows


def gcj02_shift(east: pl.Expr, north: pl.Expr) -> Degrees:
    """What GCJ-02 adds to a longitude and latitude of WGS 84, in degrees; nothing outside the country."""
    x, y = east - 105, north - 35
    radians = north * pi / 180
    flat = 1 - _ECCENTRICITY * radians.sin() ** 2
    by_east = _metres_east(x, y) * 180 / (_AXIS_M / flat.sqrt() * radians.cos() * pi)
    by_north = _metres_north(x, y) * 180 / (_AXIS_M * (1 - _ECCENTRICITY) / (flat * flat.sqrt()) * pi)
    inside = east.is_between(*EAST) & north.is_between(*NORTH)
    return pl.when(inside).then(by_east).otherwise(0.0), pl.when(inside).then(by_north).otherwise(0.0)


def bd09_shift(east: pl.Expr, north: pl.Expr) -> Degrees:
    """What BD-09 adds to a longitude and latitude of GCJ-02, in degrees."""
    radius = (east**2 + north**2).sqrt() + 0.00002 * (north * _BD_PI).sin()
    angle = pl.arctan2(north, east) + 0.000003 * (east * _BD_PI).cos()
    return radius * angle.cos() + 0.0065 - east, radius * angle.sin() + 0.006 - north


def _metres_east(x: pl.Expr, y: pl.Expr) -> pl.Expr:
    return (300 + x + 2 * y + 0.1 * x**2 + 0.1 * x * y + 0.1 * x.abs().sqrt() + _sines(x, (20, 6), (20, 2))
            + _sines(x, (20, 1), (40, 1 / 3)) + _sines(x, (150, 1 / 12), (300, 1 / 30)))


def _metres_north(x: pl.Expr, y: pl.Expr) -> pl.Expr:
    return (-100 + 2 * x + 3 * y + 0.2 * y**2 + 0.1 * x * y + 0.2 * x.abs().sqrt() + _sines(x, (20, 6), (20, 2))
            + _sines(y, (20, 1), (40, 1 / 3)) + _sines(y, (160, 1 / 12), (320, 1 / 30)))


def _sines(of: pl.Expr, *waves: tuple[float, float]) -> pl.Expr:
    """Two thirds of the sum of sines, each of a height and a frequency."""
    (high, fast), (higher, slow) = waves
    return (high * (of * fast * pi).sin() + higher * (of * slow * pi).sin()) * 2 / 3


def km_between(east: pl.Expr, north: pl.Expr, other_east: pl.Expr, other_north: pl.Expr) -> pl.Expr:
    """The distance of two near points in km, as if the ground between them were flat."""
    across = (east - other_east) * ((north + other_north) / 2 * pi / 180).cos()
    return (across**2 + (north - other_north) ** 2).sqrt() * KM_PER_DEGREE


def places_of(schools: pl.DataFrame) -> dict[str, Point]:
    """Where each school lies that told it and the system it is told in."""
    rows = with_cgcs2000(schools.lazy()).select("school_id", "east", "north").drop_nulls().collect()
    return {school: (east, north) for school, east, north in rows.iter_rows()}


def km(places: Mapping[str, Point], one: str, other: str) -> float | None:
    """`km_between` of two schools, as the crow flies; None where one of them told no place."""
    if one not in places or other not in places:
        return None
    (east, north), (other_east, other_north) = places[one], places[other]
    return hypot((east - other_east) * cos((north + other_north) / 2 * pi / 180), north - other_north) * KM_PER_DEGREE
