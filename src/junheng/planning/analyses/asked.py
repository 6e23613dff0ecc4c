"""What a plan was asked, and where it sends pupils: read back from the plan, so that an analysis asks the same."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from junheng.planning.balance.model.intake import Move
from junheng.planning.balance.task import Task, read_wishes
from junheng.planning.codes import MeasureKind
from junheng.planning.plan import Plan


def task_of(plan: Plan, city: Path, folder: Path) -> Task:
    """The task that a plan was made for, on the version of the register it was made from; the files given with it are written
    to `folder`.
    """
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
        snapshot=told["snapshot"],
    )


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def moves_of(plan: Plan, county: str) -> tuple[Move, ...]:
    """The entrants of a county that the plan sends to a neighbour."""
    return tuple(
        Move(each.source, each.school, each.stage, each.year, int(each.amount))
        for each in plan.measures
        if (each.county, each.kind) == (county, MeasureKind.move_intake.name)
    )


def merges_of(plan: Plan, county: str) -> tuple[tuple[str, str], ...]:
    """Which schools of a county the plan merges into which."""
    return tuple(
        (each.source, each.school)
        for each in plan.measures
        if (each.county, each.kind) == (county, MeasureKind.merge.name)
    )
