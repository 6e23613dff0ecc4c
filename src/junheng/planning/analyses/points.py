"""The points of an analysis, kept beside the plan: what was solved once is not solved again."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import junheng
from junheng.kernel.faults import JunhengError
from junheng.paper.whole_file import write_whole
from junheng.planning.keeping import DIGITS, PLANS, as_bytes, digest
from junheng.planning.plan import Plan

Row = dict[str, Any]
ENDED = "已中止；已算出的已保存，再次运行从断点继续"
LAID_OVER = ("prices", "standards")  # folders of a city whose lists hold for every plan, and stand in none


@dataclass(frozen=True)
class Points:
    """One analysis of one plan under the city's own lists: `CITY/plans/<digest>/<analysis>/<digest of the lists>/<key>.json`."""

    folder: Path

    @staticmethod
    def of(city: Path, plan: Plan, analysis: str) -> Points:
        return Points(city / PLANS / digest(as_bytes(plan)) / analysis / lists(city))

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


def lists(city: Path) -> str:
    """The digest of what the city lays over prices and thresholds: with another price a point is another."""
    found = sha256()
    for path in (path for name in LAID_OVER for path in sorted((city / name).glob("*.toml"))):
        content = path.read_bytes()
        found.update(f"{path.parent.name}/{path.name} {len(content)}\n".encode() + content)
    return found.hexdigest()[:DIGITS]


def _name(key: str) -> str:
    plain = re.sub(r"[^\w.-]+", "_", key)
    return plain if len(plain) < 80 and plain == key else f"{plain[:60]}-{sha256(key.encode()).hexdigest()[:8]}"


def _read(path: Path) -> Row | None:
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        return dict(held["row"]) if held["junheng"] == junheng.__version__ else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
