"""Findings and verdicts, as indexed for the pages."""

# no postponed annotations here: Ninja reads them, and cannot through the door of `needs`

from typing import Any

from django.http import Http404
from ninja import Query, Schema

from junheng.indicators.models import FindingRow, VerdictRow
from junheng.people.doors import Asked, needs
from junheng.people.permissions import Action
from junheng.register.models import RegisterYear
from junheng.web.api import shapes
from junheng.web.api.frame import REFUSALS, Name, Page, Paging, Year, api, narrowed, page_of


class AskedFindings(Schema):
    """Without a year the latest; codes as the findings have them."""

    year: Year | None = None
    standard: Name | None = None
    item: Name | None = None
    level: shapes.Level | None = None
    stage: shapes.Stage | None = None
    verdict: shapes.Verdict | None = None
    county: Name | None = None
    township: Name | None = None
    school: Name | None = None


class AskedVerdicts(Schema):
    """Without a year the latest."""

    year: Year | None = None
    standard: Name | None = None
    stage: shapes.Stage | None = None
    county: Name | None = None


def snapshot_of(year: int | None) -> str:
    """The snapshot whose rows are indexed. Errors: Http404 for a year that is not."""
    found = RegisterYear.objects.filter(**({} if year is None else {"year": year})).first()
    if found is None:
        raise Http404
    return str(found.snapshot)


@api.get("/findings", response={200: Page[shapes.Finding], **REFUSALS}, summary="测算结果")
@needs(Action.use_api)
@needs(Action.see_findings)
def findings(request: Asked, asked: Query[AskedFindings], paging: Query[Paging]) -> Any:
    """Figures of the places in reach, by standard, item, level, stage, verdict and place."""
    rows = request.access.reach(Action.see_findings).narrow(FindingRow.objects.filter(snapshot=snapshot_of(asked.year)))
    told = asked.dict(exclude={"year", "county", "township", "school"})
    places = {"county_code": asked.county, "township_code": asked.township, "school_id": asked.school}
    return page_of(request, narrowed(rows, **told, **places), paging)


@api.get("/verdicts", response={200: Page[shapes.CountyVerdict], **REFUSALS}, summary="各县测算结论")
@needs(Action.use_api)
@needs(Action.see_findings)
def verdicts(request: Asked, asked: Query[AskedVerdicts], paging: Query[Paging]) -> Any:
    """What each standard says of each county in reach, stage by stage."""
    reach = request.access.reach(Action.see_findings).rows(township="", school="")
    rows = VerdictRow.objects.filter(reach, snapshot=snapshot_of(asked.year))
    return page_of(request, narrowed(rows, **asked.dict(exclude={"year", "county"}), county_code=asked.county), paging)
