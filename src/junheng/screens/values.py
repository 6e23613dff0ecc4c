"""Values of the law in force on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from junheng.kernel.codes import Evidence
from junheng.paper.screen import say, table
from junheng.standards import Entry, Limit

UNITS = {  # of the law, in the words that people read
    "persons per 100 pupils": "人/百人", "m2 per pupil": "㎡/人", "yuan per pupil": "元/人", "rooms per 100 pupils": "间/百人",
    "items of 7": "项（共7项）", "share of the limit": "占标准", "coefficient": "系数", "pupils": "人", "times": "倍",
    "drop or merge": "drop 不计/merge 并入", "region": "east 东部/midwest 中西部", "year": "年",
    "classes per room": "班/间", "m2": "㎡", "pupils per class": "人/班",
    "hours": "学时", "calendar years": "年度", "share": "比例", "years": "年", "percent": "%", "points of 100": "分",
    "minutes": "分钟", "months": "月", "schools": "所", "kindergartens": "所", "lessons a week": "节/周", "Mbps": "兆",
    "pupils per post": "人/个编制", "pupils per teacher": "人/名教师",
}


def value_in_force(limit: Limit, entry: Entry) -> dict[str, Any]:
    """A value of the law as the machine-readable answer prints it."""
    return {"name": limit.name, "zh": limit.zh, "standard": limit.standard, "value": str(entry.value), "unit": limit.unit,
            "where": {key: str(value) for key, value in entry.where.items()}, "since": entry.day.isoformat(),
            "paper": entry.paper, "evidence": entry.evidence.name, "jurisdiction": entry.jurisdiction or None}


def values_in_force(rows: Sequence[tuple[Limit, Entry]], day: date) -> None:
    table(f"{day} 施行的标准值", ["名称", "中文", "条件", "值#", "单位", "自", "依据", "证据", "适用"],
          [[limit.name, limit.zh, _where(entry), str(entry.value), UNITS.get(limit.unit, limit.unit), entry.day.isoformat(),
            entry.paper, entry.evidence.zh, entry.jurisdiction or "全国"] for limit, entry in rows])
    believed = sum(entry.evidence is Evidence.believed for _, entry in rows)
    say(f"共 {len(rows)} 个值，其中待确认 {believed} 个" + (" -> 请对照原文确认" if believed else ""))


def _where(entry: Entry) -> str:
    return "、".join(f"{key}={'/'.join(value) if isinstance(value, list) else value}" for key, value in entry.where.items())
