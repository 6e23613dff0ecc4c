"""Schools, as indexed for the pages."""

# no postponed annotations here: Ninja reads them, and cannot through the door of `needs`

from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Path, Query, Schema

from junheng.people.doors import Asked, needs
from junheng.people.permissions import Action
from junheng.register.models import School
from junheng.web.api import shapes
from junheng.web.api.findings import snapshot_of
from junheng.web.api.frame import REFUSALS, Name, Page, Paging, Year, api, narrowed, page_of


class AskedSchools(Schema):
    """Without a year the latest; `q` is a part of the name."""

    year: Year | None = None
    county: Name | None = None
    township: Name | None = None
    kind: Name | None = None
    q: Name | None = None


@api.get("/schools", response={200: Page[shapes.School], **REFUSALS}, summary="学校")
@needs(Action.use_api)
@needs(Action.see_schools)
def schools(request: Asked, asked: Query[AskedSchools], paging: Query[Paging]) -> Any:
    """Schools in reach."""
    rows = _in_reach(request, asked.year)
    found = narrowed(rows, county_code=asked.county, township_code=asked.township, kind=asked.kind, name__icontains=asked.q)
    return page_of(request, found, paging)


@api.get("/schools/{school_id}", response={200: shapes.School, **REFUSALS}, summary="一所学校")
@needs(Action.use_api)
@needs(Action.see_schools)
def school(request: Asked, school_id: Path[Name], year: Year | None = None) -> Any:
    """One school by its code."""
    return get_object_or_404(_in_reach(request, year), school_id=school_id)


def _in_reach(request: Asked, year: int | None) -> Any:
    own = request.access.reach(Action.see_schools)
    return own.narrow(School.objects.filter(year=int(snapshot_of(year)[:4])))
