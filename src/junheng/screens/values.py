"""Values of the law in force on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from junheng.kernel.codes import Evidence
from junheng.paper.screen import say, table
from junheng.standards import Entry, Limit
from junheng.standards.words import UNITS


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
