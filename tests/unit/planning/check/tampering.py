"""Plans with something changed by hand, as a file would bring them to the check."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from junheng.planning.check import Breach, Condition, check
from junheng.planning.keeping import as_bytes
from junheng.planning.plan import Plan

Planned = tuple[Plan, Path]
Told = dict[str, Any]  # a plan as its file tells it
Change = Callable[[Told], object]


def tampered(made: Plan, change: Change) -> Plan:
    told = json.loads(as_bytes(made))
    change(told)
    return Plan.from_json(told)


def breaches(made: Plan, city: Path, change: Change, condition: Condition) -> list[Breach]:
    """Those of one condition that the change makes."""
    return [each for each in check(tampered(made, change), city).breaches if each.condition is condition]


def measure(told: Told, kind: str, **fields: Any) -> Told:
    """The first measure of a kind with these fields."""
    own = [row for row in told["measures"] if row["kind"] == kind]
    return next(row for row in own if all(row[name] == value for name, value in fields.items()))


def of(kind: str, /, **changes: Any) -> Change:
    """The first measure of a kind changed."""
    return lambda told: measure(told, kind).update(changes)


def again(told: Told, kind: str, /, **changes: Any) -> Told:
    """A measure more: the first of a kind with some fields at other values."""
    told["measures"].append({**measure(told, kind), **changes})
    return told["measures"][-1]
