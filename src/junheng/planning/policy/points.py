"""Small teaching points judged one by one: to be kept, improved, or looked at by procedure. Never closed by this."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import cos, hypot, pi
from typing import Any

import polars as pl

from junheng.indicators.items.resources import SEVEN
from junheng.indicators.results import results
from junheng.kernel.codes import Level, Verdict
from junheng.planning.merging import steps
from junheng.planning.policy.shapes import LATER, Assessment, Row, Setting
from junheng.planning.pricing import price_book
from junheng.register.census import census_day
from junheng.register.coordinates import KM_PER_DEGREE, with_cgcs2000

KEEP, IMPROVE, PROCEDURE = "keep", "improve", "by_procedure"
ZH = {KEEP: "保留", IMPROVE: "保留并改善", PROCEDURE: "可按程序论证调整"}
NEAR_KM = 2.0  # to the central school: no farther than a young child may walk
FEW, FALLING = 10, 0.7  # pupils, and the share of today's pupils left in six years, at which adjusting may be looked at


def assess(setting: Setting, rule: Mapping[str, Any]) -> Assessment:
    """Every teaching point under `under` pupils: its pupils to come, the way to its central school, the seats there, what it
    lacks.
    """
    under = int(rule["under"])
    rows = tuple(_rows(setting, under))
    many = {ZH[each]: sum(row["advice"] == ZH[each] for row in rows) for each in ZH}
    prices = price_book(census_day(setting.snapshot.year), setting.county, (setting.city / "prices",))
    bus = float(prices.value("merge_running")) * sum(row["pupils"] for row in rows if row["advice"] == ZH[PROCEDURE])
    return Assessment(
        "small_points",
        f"不足 {under} 人的教学点逐个研判：保留、改善，或按程序论证调整",
        {"points": len(rows), "pupils": sum(row["pupils"] for row in rows), **many},
        tuple(f"{row['name']}（{row['school']}）：{row['why']}" for row in rows if row["advice"] == ZH[IMPROVE]),
        tuple(
            f"{row['name']}（{row['school']}）如调整，{row['pupils']} 名学生须走 {row['km']:.1f} 公里"
            for row in rows
            if row["advice"] == ZH[PROCEDURE] and row["km"] is not None
        ),
        {"bus_a_year": round(bus, 2)},
        rows,
        tuple(_unknown(rows)),
        ("任何调整须依次：" + "；".join(steps()),),
    )


def _rows(setting: Setting, under: int) -> Iterator[Row]:
    places, lacking, seats = _places(setting), _lacking(setting), _seats(setting)
    for unit in setting.units.stages:
        if (
            unit.school_id in setting.schools
            and unit.facts["kind"] == "teaching_point"
            and unit.stage == "primary"
            and unit.pupils is not None
            and unit.pupils < under
        ):
            later = setting.told.pupils(setting.snapshot.year + LATER, unit.school_id, "primary")
            km = _km(places, unit.school_id, unit.joins)
            room = seats.get(unit.joins)
            advice, why = _advice(unit.pupils, later, km, room, lacking.get(unit.school_id, ()))
            yield {
                "school": unit.school_id,
                "name": unit.name,
                "county": unit.groups.get(Level.county),
                "pupils": unit.pupils,
                "pupils_later": later,
                "central_school": unit.joins or None,
                "km": None if km is None else round(km, 2),
                "seats": room,
                "lacks": list(lacking.get(unit.school_id, ())),
                "advice": ZH[advice],
                "why": why,
            }


def _advice(pupils: int, later: int | None, km: float | None, room: int | None, lacks: tuple[str, ...]) -> tuple[str, str]:
    falling = later is not None and later < max(FEW, pupils * FALLING)
    if km is not None and km <= NEAR_KM and falling and room is not None and room >= pupils:
        return PROCEDURE, f"离中心校 {km:.1f} 公里，{LATER}年后约 {later} 人，中心校有空余学位 {room} 个"
    reason = (
        "离中心校多远未知"
        if km is None
        else f"离中心校 {km:.1f} 公里"
        if km > NEAR_KM
        else "生源稳定"
        if not falling
        else "中心校没有空余学位"
    )
    if lacks:
        return IMPROVE, f"{reason}；缺 {'、'.join(lacks)}"
    return KEEP, reason


def _lacking(setting: Setting) -> dict[str, tuple[str, ...]]:
    """Items that a point is short of, where it is measured as a row of its own, else what its tables lack outright."""
    findings, _ = results(setting.city, setting.snapshot, standards=["quality_balance_2017"])
    found: dict[str, list[str]] = {}
    for each in findings:
        if each.level is Level.school and each.item in SEVEN and each.verdict is Verdict.not_met:
            found.setdefault(each.group, []).append(each.item)
    if setting.snapshot.has("rooms"):
        network = set(setting.snapshot.table("rooms").filter((pl.col("kind") == "network") & pl.col("in_use"))["school_id"])
        told = {school for table, school in setting.snapshot.handed_in.iter_rows() if table == "rooms"}
        for unit in setting.units.stages:
            if unit.school_id in told and unit.school_id not in network and SEVEN[6] not in found.get(unit.school_id, ()):
                found.setdefault(unit.school_id, []).append(SEVEN[6])
    return {school: tuple(items) for school, items in found.items()}


def _seats(setting: Setting) -> dict[str, int]:
    """Seats free at a school's primary classes by the standard of 45."""
    if not setting.snapshot.has("classes"):
        return {}
    own = setting.snapshot.table("classes").filter((pl.col("stage") == "primary") & (pl.col("kind") == "ordinary"))
    free = own.group_by("school_id").agg(pl.when(pl.col("pupils").null_count() == 0).then((45 - pl.col("pupils")).clip(0).sum()))
    return dict(free.drop_nulls().iter_rows())


def _places(setting: Setting) -> dict[str, tuple[float, float]]:
    rows = with_cgcs2000(setting.snapshot.table("schools").lazy()).select("school_id", "east", "north").collect()
    return {school: (east, north) for school, east, north in rows.drop_nulls().iter_rows()}


def _km(places: Mapping[str, tuple[float, float]], one: str, other: str) -> float | None:
    if one not in places or other not in places:
        return None
    (east, north), (east2, north2) = places[one], places[other]
    return hypot((east - east2) * cos((north + north2) / 2 * pi / 180), north - north2) * KM_PER_DEGREE


def _unknown(rows: tuple[Row, ...]) -> Iterator[str]:
    if far := sum(row["km"] is None for row in rows):
        yield f"{far} 个教学点或其中心校没有坐标，距离未知，按保留处理 -> 补报经纬度"
