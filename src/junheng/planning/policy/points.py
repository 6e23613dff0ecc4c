"""Small teaching points judged one by one: to be kept, improved, or looked at by procedure. Never closed by this."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import polars as pl

from junheng.indicators.forms.layout import SHORT_NAMES
from junheng.indicators.items.resources import SEVEN
from junheng.indicators.results import results
from junheng.indicators.units import Unit
from junheng.kernel.codes import Level, Verdict
from junheng.planning.merging import steps
from junheng.planning.policy.shapes import LATER, Assessment, Row, Setting
from junheng.register.codes import ORDINARY_CLASSES
from junheng.register.coordinates import km, places_of
from junheng.standards import law

NETWORK = SEVEN[6]
KEEP, IMPROVE, PROCEDURE = "keep", "improve", "by_procedure"
ZH = {KEEP: "保留", IMPROVE: "保留并改善", PROCEDURE: "可按程序论证调整"}
NEAR_KM = 2.0  # to the central school: no farther than a young child may walk
FEW, FALLING = 10, Fraction(7, 10)  # pupils, or the share of today's, under which adjusting may be looked at in six years


def assess(setting: Setting, rule: Mapping[str, Any]) -> Assessment:
    """Every teaching point under `under` pupils: its pupils to come, the way to its central school, the seats there, what it
    lacks.
    """
    under = int(rule["under"])
    rows = tuple(_rows(setting, under))
    many = {ZH[each]: sum(row["advice"] == ZH[each] for row in rows) for each in ZH}
    going = [row for row in rows if row["advice"] == ZH[PROCEDURE]]
    bus = float(sum(row["pupils"] * setting.price(row["county"], "merge_running") for row in going))
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
        tuple(_unknown(setting, rows)),
        (*setting.told.notes, "任何调整须依次：" + "；".join(steps())),
    )


def _points(setting: Setting) -> Iterator[Unit]:
    for unit in setting.units.stages:
        if unit.school_id in setting.schools and unit.facts["kind"] == "teaching_point" and unit.stage == "primary":
            yield unit


def _rows(setting: Setting, under: int) -> Iterator[Row]:
    places, lacks, seats = places_of(setting.snapshot.table("schools")), _Lacks.of(setting), _seats(setting)
    for unit in _points(setting):
        if unit.pupils is None or unit.pupils >= under:
            continue
        school = unit.school_id
        found = _Found(
            unit.pupils,
            setting.told.pupils(setting.snapshot.year + LATER, school, "primary"),
            km(places, school, unit.joins),
            seats.get(unit.joins),
            lacks.short.get(school, ()),
            lacks.not_known.get(school, ()),
        )
        advice, why = found.advice()
        yield {
            "school": school,
            "name": unit.name,
            "county": unit.groups.get(Level.county),
            "pupils": found.pupils,
            "pupils_later": found.later,
            "central_school": unit.joins or None,
            "km": None if found.km is None else round(found.km, 2),
            "seats": found.seats,
            "lacks": list(found.lacks),
            "not_known": list(found.not_known),
            "is_measured": school in lacks.measured,
            "advice": ZH[advice],
            "why": why,
        }


@dataclass(frozen=True)
class _Found:
    """What a point is judged by. `lacks` and `not_known` are items; None is not known."""

    pupils: int
    later: int | None
    km: float | None
    seats: int | None
    lacks: tuple[str, ...]
    not_known: tuple[str, ...]

    def advice(self) -> tuple[str, str]:
        reason = self._reason()
        if not reason:
            return PROCEDURE, f"离中心校 {self.km:.1f} 公里，{LATER}年后约 {self.later} 人，中心校有空余学位 {self.seats} 个"
        if self.lacks:
            reason += f"；缺 {_named(self.lacks)}"
        if self.not_known:
            reason += f"；是否缺 {_named(self.not_known)} 未知"
        return IMPROVE if self.lacks else KEEP, reason

    def _reason(self) -> str:
        """Why the point stays; nothing where all that lets it be looked at is known and so."""
        if self.km is None:
            return "离中心校多远未知"
        if self.km > NEAR_KM:
            return f"离中心校 {self.km:.1f} 公里"
        if self.later is None:
            return f"{LATER}年后生源未知"
        if self.later >= max(Fraction(FEW), self.pupils * FALLING):
            return "生源稳定"
        if self.seats is None:
            return "中心校空余学位未知"
        return f"中心校只有空余学位 {self.seats} 个" if self.seats < self.pupils else ""


def _named(items: Iterable[str]) -> str:
    return "、".join(SHORT_NAMES[item] for item in items)


@dataclass(frozen=True)
class _Lacks:
    """Items that schools are short of, and those of which nobody knows; of a school that is not `measured` as a row of its own
    only whether a network room is in use.
    """

    short: Mapping[str, tuple[str, ...]]
    not_known: Mapping[str, tuple[str, ...]]
    measured: frozenset[str]

    @staticmethod
    def of(setting: Setting) -> _Lacks:
        findings, _ = results(setting.city, setting.snapshot, standards=["quality_balance_2017"])
        own = [each for each in findings if each.level is Level.school and each.stage == "primary" and each.item in SEVEN]
        network = {(school, NETWORK): verdict for school, verdict in _network_rooms(setting).items()}
        verdicts = network | {(each.group, each.item): each.verdict for each in own}
        short: dict[str, tuple[str, ...]] = {}
        not_known: dict[str, tuple[str, ...]] = {}
        for (school, item), verdict in sorted(verdicts.items()):
            if verdict is Verdict.not_met:
                short[school] = (*short.get(school, ()), item)
            elif verdict is not Verdict.met:
                not_known[school] = (*not_known.get(school, ()), item)
        return _Lacks(short, not_known, frozenset(each.group for each in own))


def _network_rooms(setting: Setting) -> dict[str, Verdict]:
    """Whether a school has a network room at all."""
    rooms = setting.snapshot.table("rooms") if setting.snapshot.has("rooms") else None
    there = set() if rooms is None else set(rooms.filter((pl.col("kind") == "network") & pl.col("in_use"))["school_id"])
    told = setting.handed_in("rooms")
    return {
        school: Verdict.met if school in there else Verdict.not_met if school in told else Verdict.unknown
        for school in setting.schools
    }


def _seats(setting: Setting) -> dict[str, int]:
    """Seats free in a school's primary classes by the standard; none of a school of which a class is not known."""
    if not setting.snapshot.has("classes"):
        return {}
    limits = pl.DataFrame(
        [(school, _class_limit(setting, school)) for school in setting.schools], schema=["school_id", "most"], orient="row"
    )
    own = setting.snapshot.table("classes").filter((pl.col("stage") == "primary") & pl.col("kind").is_in(ORDINARY_CLASSES))
    free = (pl.col("most") - pl.col("pupils")).clip(0).sum()
    of_school = own.join(limits, on="school_id").group_by("school_id")
    return dict(of_school.agg(pl.when(pl.col("pupils").null_count() == 0).then(free)).drop_nulls().iter_rows())


def _class_limit(setting: Setting, school: str) -> int:
    facts = setting.schools[school]
    return int(setting.book.entry(law["class_size_limit"], facts["county"], {**facts, "stage": "primary"}).value)


def _unknown(setting: Setting, rows: tuple[Row, ...]) -> Iterator[str]:
    if uncounted := sum(unit.pupils is None for unit in _points(setting)):
        yield f"{uncounted} 个教学点没有报在校生数，未研判 -> 补报学段表"
    if far := sum(row["km"] is None for row in rows):
        yield f"{far} 个教学点或其中心校没有坐标，距离未知，按保留处理 -> 补报经纬度"
    if full := sum(row["seats"] is None for row in rows):
        yield f"{full} 个教学点的中心校没有报班级表或有班级没有报人数，空余学位未知，按保留处理 -> 补报班级表"
    if unseen := sum(bool(row["not_known"]) for row in rows):
        yield f"{unseen} 个教学点有项目缺数据，是否缺未知，见各行"
    if merged := sum(not row["is_measured"] for row in rows):
        yield f"{merged} 个教学点并入中心校计算，除{SHORT_NAMES[NETWORK]}外是否缺未知"
