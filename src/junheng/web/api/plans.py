"""Plans and what they do, school by school. They advise; which one binds, `state` says."""

# no postponed annotations here: Ninja reads them, and cannot through the door of `needs`

from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from ninja import Path, Query, Schema
from pydantic import Field

from junheng.people.doors import Asked, needs
from junheng.people.permissions import Action
from junheng.planning.models import PlanMeasure, PlanRow
from junheng.planning.reach import plans_of
from junheng.web.api import shapes
from junheng.web.api.frame import MOST, REFUSALS, Name, Page, Paging, Year, api, narrowed, page_of


class AskedPlans(Schema):
    """`state` as the desk has it: draft, reviewed, approved, in_force, ended, superseded, discarded."""

    county: Name | None = None
    state: Name | None = None
    size: Annotated[int, Field(ge=1, le=MOST)] = 100


class AskedMeasures(Schema):
    """Of which school, year and kind."""

    school: Name | None = None
    year: Year | None = None
    kind: Name | None = None


@api.get("/plans", response={200: list[shapes.Plan], **REFUSALS}, summary="方案")
@needs(Action.use_api)
@needs(Action.see_plans)
def plans(request: Asked, asked: Query[AskedPlans]) -> Any:
    """Plans whose counties are all in reach, the newest first."""
    rows = narrowed(plans_of(request.access), counties__county_code=asked.county, case__state=asked.state)
    return [_told(each) for each in rows.select_related("case").prefetch_related("counties").distinct()[: asked.size]]


@api.get("/plans/{digest}", response={200: shapes.Plan, **REFUSALS}, summary="一个方案")
@needs(Action.use_api)
@needs(Action.see_plans)
def plan(request: Asked, digest: Path[Name]) -> Any:
    """One plan: what it costs, what is proven of it, how far each county gets."""
    rows = plans_of(request.access).select_related("case").prefetch_related("counties")
    return _told(get_object_or_404(rows, pk=digest))


@api.get("/plans/{digest}/measures", response={200: Page[shapes.Measure], **REFUSALS}, summary="方案的措施")
@needs(Action.use_api)
@needs(Action.see_plans)
def measures(request: Asked, digest: Path[Name], asked: Query[AskedMeasures], paging: Query[Paging]) -> Any:
    """What is done at each school in each year, and its cost in yuan."""
    found = get_object_or_404(plans_of(request.access), pk=digest)
    rows = PlanMeasure.objects.filter(plan=found)
    return page_of(request, narrowed(rows, school_id=asked.school, year=asked.year, kind=asked.kind), paging)


def _told(row: PlanRow) -> dict[str, Any]:
    names = [name for name in shapes.Plan.model_fields if name not in ("state", "counties", "sound")]
    return {name: getattr(row, name) for name in names} | {
        "state": row.case.state,
        "sound": row.is_sound,
        "counties": list(row.counties.all()),
    }
