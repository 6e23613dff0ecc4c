"""The points of an analysis, kept beside the plan: what was solved once is not solved again."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import Any

import junheng
from junheng.kernel.faults import JunhengError
from junheng.paper.whole_file import write_whole
from junheng.planning.balance.task import Task, read_wishes
from junheng.planning.codes import MeasureKind
from junheng.planning.keeping import PLANS, as_bytes, digest
from junheng.planning.plan import Plan

Row = dict[str, Any]
ENDED = "已中止；已算出的已保存，再次运行从断点继续"


@dataclass(frozen=True)
class Points:
    """One analysis of one plan: `CITY/plans/<digest>/<analysis>/<key>.json`."""

    folder: Path

    @staticmethod
    def of(city: Path, plan: Plan, analysis: str) -> Points:
        return Points(city / PLANS / digest(as_bytes(plan)) / analysis)

    def point(self, key: str, solve: Callable[[], Row]) -> Row:
        """The row of a point: as it was kept by this release, or solved now. Errors: JunhengError where it was cut off."""
        path = self.folder / f"{_name(key)}.json"
        kept = _read(path)
        if kept is not None:
            return kept
        row = solve()
        if row.get("cut_off"):
            raise JunhengError(ENDED)
        write_whole(path, json.dumps({"junheng": junheng.__version__, "key": key, "row": row}, ensure_ascii=False).encode())
        return row


def _name(key: str) -> str:
    plain = re.sub(r"[^\w.-]+", "_", key)
    return plain if len(plain) < 80 and plain == key else f"{plain[:60]}-{sha256(key.encode()).hexdigest()[:8]}"


def _read(path: Path) -> Row | None:
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        return dict(held["row"]) if held["junheng"] == junheng.__version__ else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def task_of(plan: Plan, city: Path, folder: Path) -> Task:
    """The task that a plan was made for; the files given with it are written to `folder`."""
    told = plan.task
    given = {name: _written(folder / f"{name}-{Path(each['name']).name}", each["text"]) for name, each in told["inputs"].items()}
    fixes = tuple(given[name] for name in sorted(given, key=lambda name: (len(name), name)) if name.startswith("fix"))
    return Task(
        city,
        tuple(told["counties"]),
        told["standard"],
        told["year"],
        told["years"],
        None if told["budget"] is None else Fraction(str(told["budget"])),
        given.get("prices"),
        Fraction(str(told["margin"])),
        Fraction(str(told["discount"])),
        frozenset(told["allow"]),
        frozenset(told["also"]),
        frozenset(MeasureKind[name] for name in told["forbid"]),
        wishes=read_wishes(*fixes),
        pupils=given.get("pupils"),
        fix=fixes,
    )


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path
