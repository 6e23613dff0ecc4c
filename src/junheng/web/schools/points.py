"""Schools and counties as points of a sketch map. Homes are never points (DESIGN 9)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Avg
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from junheng.indicators.models import VerdictRow
from junheng.kernel.codes import Verdict
from junheng.kernel.findings import weakest
from junheng.people.doors import Asked, needs
from junheng.people.permissions import Action
from junheng.people.scope import Reach
from junheng.register.models import RegisterYear, School
from junheng.web.schools.filters import Filters, Standings, standings
from junheng.web.templatetags.desk import word

Point = dict[str, Any]


@needs(Action.see_schools)
def points(request: Asked) -> HttpResponse:
    """Those the filters ask for, of those inside, coloured by how they stand; what a standard asks nothing of is left out."""
    asked, year = Filters.of(request.GET), RegisterYear.objects.first()
    features: list[Point] = []
    if year:
        seen = request.access.reach(Action.see_findings)
        features += _schools(year, asked, request.access.reach(Action.see_schools), standings(year.snapshot, asked.by, seen))
        features += _counties(year, asked, seen) if "counties" in request.GET else []
    return JsonResponse({"type": "FeatureCollection", "features": features}, content_type="application/geo+json",
                        json_dumps_params={"ensure_ascii": False})


def _schools(year: RegisterYear, asked: Filters, reach: Reach, judged: Standings) -> Iterator[Point]:
    rows = asked.rows(year.year, reach, judged).filter(school_id__in=judged, longitude__isnull=False, latitude__isnull=False)
    for each in rows.order_by():
        standing = judged[each.school_id]
        short = ngettext("未达标 %d 项", "未达标 %d 项", standing.short) % standing.short if standing.short else ""
        label = " · ".join(filter(None, (word(each.kind, "school_kind"), short)))
        yield _point(each.longitude, each.latitude, each.name, standing.verdict, label, reverse("school", args=[each.school_id]))


def _counties(year: RegisterYear, asked: Filters, reach: Reach) -> Iterator[Point]:
    """A county stands in the middle of its schools: we draw no boundaries of our own."""
    rows = VerdictRow.objects.filter(reach.rows(township="", school=""), snapshot=year.snapshot, standard=asked.by)
    verdicts: dict[str, list[VerdictRow]] = {}
    for row in rows.order_by("pk"):
        verdicts.setdefault(row.county_code, []).append(row)
    middles = School.objects.filter(year=year.year, county_code__in=verdicts).values("county_code").annotate(
        east=Avg("longitude"), north=Avg("latitude")).order_by("county_code")
    for middle in middles:
        own = verdicts[middle["county_code"]]
        if middle["east"] is not None:
            verdict = weakest(Verdict[each.verdict] for each in own).name
            yield _point(middle["east"], middle["north"], own[0].name, verdict, _("县"), own[0].get_absolute_url(), "county")


def _point(east: float | None, north: float | None, name: str, verdict: str, label: str, href: str,
           level: str = "school") -> Point:
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": [east, north]},
            "properties": {"name": name, "verdict": verdict, "label": label, "href": href, "level": level}}
