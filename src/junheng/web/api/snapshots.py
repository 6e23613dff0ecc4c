"""School years and their versions; what differs between two, row by row. Only the difference opens snapshots."""

# no postponed annotations here: Ninja reads them, and cannot through the door of `needs`

from collections.abc import Iterator
from typing import Annotated, Any

import polars as pl
from django.conf import settings
from django.http import Http404
from ninja import Path, Query, Schema
from pydantic import Field, StringConstraints

from junheng.people.doors import Asked, needs
from junheng.people.permissions import Action
from junheng.people.scope import Reach
from junheng.register.holding import Snapshot, compare, snapshot_named
from junheng.register.holding.differences import LATER, TableDifference
from junheng.register.models import RegisterYear, School
from junheng.register.tables import TABLES
from junheng.web.api import shapes
from junheng.web.api.frame import REFUSALS, Name, Year, api

SCHOOL = "school_id"
Named = Annotated[str, StringConstraints(pattern=r"^\d{4}-v\d{1,6}(-[0-9a-f]{12})?$")]


class AskedDifference(Schema):
    """Without `before` the version before the one in force; without `after` that in force."""

    table: Name
    before: Named | None = None
    after: Named | None = None
    size: Annotated[int, Field(ge=1, le=1000)] = 100


@api.get("/snapshots", response={200: list[shapes.Snapshot], **REFUSALS}, summary="在用的学年数据")
@needs(Action.use_api)
@needs(Action.see_schools)
def snapshots(request: Asked) -> Any:
    """The school years in force."""
    return list(RegisterYear.objects.all())


@api.get("/snapshots/{year}/versions", response={200: list[shapes.Version], **REFUSALS}, summary="一个学年的各版本")
@needs(Action.use_api)
@needs(Action.see_schools)
def versions(request: Asked, year: Path[Year]) -> Any:
    """The version in force and those it was made from, newest first."""
    now = _in_force(year)
    return [
        {
            "snapshot": each.id,
            "version": each.version,
            "previous": each.manifest["previous"],
            "reason": each.manifest["reason"],
            "in_force": each.id == now.id,
        }
        for each in _way(now)
    ]


@api.get("/snapshots/{year}/difference", response={200: shapes.Difference, **REFUSALS}, summary="两个版本的差异")
@needs(Action.use_api)
@needs(Action.open_rows)
def difference(request: Asked, year: Path[Year], asked: Query[AskedDifference]) -> Any:
    """The rows of one table that are not the same in two versions of a year; of the schools in reach, personal cells masked."""
    after = _in_force(year) if asked.after is None else _version(year, asked.after)
    before = after.previous() if asked.before is None else _version(year, asked.before)
    if before is None or asked.table not in TABLES:
        raise Http404
    found = compare(before, after, [asked.table])
    own = [_narrowed(each, request.access.reach(Action.open_rows), year) for each in found.tables]
    rows = [row for each in own for row in each.entries(found.versions, limit=asked.size)]
    return {
        "before": before.id,
        "after": after.id,
        "table": asked.table,
        "zh": TABLES[asked.table].zh,
        "count": sum(each.rows.height for each in own),
        "shown": len(rows),
        "rows": rows,
    }


def _in_force(year: int) -> Snapshot:
    if not RegisterYear.objects.filter(year=year).exists():
        raise Http404
    return snapshot_named(settings.CITY, str(year))


def _version(year: int, name: str) -> Snapshot:
    if not name.startswith(f"{year}-"):
        raise Http404
    return snapshot_named(settings.CITY, name)


def _way(snapshot: Snapshot | None) -> Iterator[Snapshot]:
    while snapshot:
        yield snapshot
        snapshot = snapshot.previous()


def _narrowed(found: TableDifference, reach: Reach, year: int) -> TableDifference:
    """The rows of schools in reach; a table without schools is of the whole city."""
    if reach.everything:
        return found
    if SCHOOL not in TABLES[found.table].columns:
        return TableDifference(found.table, found.rows.clear())
    held = list(reach.narrow(School.objects.filter(year=year)).values_list(SCHOOL, flat=True))
    columns = [name for name in (SCHOOL, SCHOOL + LATER) if name in found.rows.columns]
    inside = pl.any_horizontal(pl.col(columns).is_in(held))
    return TableDifference(found.table, found.rows.filter(inside))
