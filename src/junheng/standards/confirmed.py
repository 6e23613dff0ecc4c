"""The believed values that a city has confirmed in their papers: its folder holds them for the desk and the command line alike.

Who confirmed them, when and where he saw the paper are rows of the desk, which writes this file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from junheng.kernel.faults import JunhengError
from junheng.standards.law import Entry, read_toml

FILE = "desk-confirmed.toml"  # beside the city's overlays, and none of them
PARTS = ("limit", "jurisdiction", "day", "where", "value", "paper")
Key = tuple[str, ...]  # of these parts: the dated entry whole, so where it is changed nothing is confirmed


def key(limit: str, entry: Entry) -> Key:
    """What a confirmation is of."""
    where = json.dumps(dict(entry.where), ensure_ascii=False, sort_keys=True, default=str) if entry.where else ""
    return limit, entry.jurisdiction, entry.day.isoformat(), where, str(entry.value), entry.paper


def confirmed_text(keys: Iterable[Key]) -> str:
    """The file of these; the same ones give the same bytes."""
    return "\n".join(f"[[confirmed]]\n{_table(each)}" for each in sorted(keys))


def _table(found: Key) -> str:
    return "".join(f"{name} = {_text(each)}\n" for name, each in zip(PARTS, found, strict=True))


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def confirmed_in(folder: Path) -> frozenset[Key]:
    """What is confirmed in a city's `standards/`. Errors: JunhengError for a file that is not as the desk writes it."""
    file = folder / FILE
    if not file.is_file():
        return frozenset()
    rows = read_toml(file).get("confirmed", [])
    if not isinstance(rows, list) or not all(map(_is_whole, rows)):
        raise JunhengError(f"{FILE}：每条应有 {'、'.join(PARTS)}，都是文字 -> 重新启动工作台，由它重写；不要手工修改")
    return frozenset(tuple(row[name] for name in PARTS) for row in rows)


def _is_whole(row: Any) -> bool:
    return isinstance(row, dict) and all(isinstance(row.get(name), str) for name in PARTS)
