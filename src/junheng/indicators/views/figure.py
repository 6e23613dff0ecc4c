"""The page of one figure: what it says, how it moved, what it is made of, and the way down to the rows and the law."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from junheng.indicators import shown
from junheng.indicators.actions import open_personal
from junheng.indicators.filters import WIDEST_FIRST, Filters
from junheng.indicators.models import FindingRow
from junheng.indicators.origin import below, explained, files_of, handed_in_by, inside, may_open, spread_of
from junheng.indicators.registry import INDICATORS
from junheng.indicators.views.found import finding_at, in_order
from junheng.indicators.views.parts import dimensions_of
from junheng.indicators.views.rows import documents_of, law_of, sums_of, tables_to_open
from junheng.kernel.codes import Level, Split
from junheng.people.doors import Asked, needs
from junheng.people.permissions import Action
from junheng.standards import law

MADE_OF = 12  # of what a figure is made of; the rest is one link away
DRIVERS = 12  # schools in the chart of shares


@needs(Action.see_findings)
def finding(request: Asked, year: int, item: str, level: str, group: str, stage: str) -> HttpResponse:
    row = finding_at(request, Action.see_findings, (year, item, level, group, stage))
    seen = request.access.reach(Action.see_findings).narrow(FindingRow.objects.all())
    made_of = in_order(seen.filter(below(row)), row)
    first = list(made_of[:MADE_OF])
    return render(request, "indicators/finding.html", {
        "row": row,
        "indicator": INDICATORS[item],
        "paper": law.standards[row.standard].paper if row.standard in law.standards else "",
        "places": _places(seen, row),
        "made_of": first,
        "made_of_all": made_of.count(),
        "made_of_items": any(each.item != row.item and each.group == row.group for each in first),
        "all_of_group": _all_here(row),
        "made_of_href": _all_of(row),
        "drivers": _drivers(seen, row),
        "dimensions": dimensions_of(row),
        "splits": _splits(row),
        "spread": _spread_above(seen, row),
        "may_open": _may_open_rows(request, row),
        "handed_in": handed_in_by(row.school_id, row.year),
    } | _trend(seen, row))


@needs(Action.open_rows)
def rows(request: Asked, year: int, item: str, level: str, group: str, stage: str) -> HttpResponse:
    """The sums with their rows, the law and the documents; alone on a page, or put into the figure's page."""
    row = finding_at(request, Action.open_rows, (year, item, level, group, stage))
    if not request.access.reach(Action.see_findings).narrow(FindingRow.objects.filter(pk=row.pk)).exists():
        raise Http404
    opened = _opened(request, row) if request.method == "POST" else ()
    found = explained(row, opened)
    is_part = bool(request.headers.get("HX-Request"))
    return render(request, "indicators/parts/origin.html" if is_part else "indicators/origin.html", {
        "row": row, "sums": sums_of(found, request.GET.get("all", ""), opened), "documents": documents_of(found),
        "law": law_of(found), "files": files_of(found, row.snapshot),
        "opened": opened, "to_open": tables_to_open(found, request.access, row, opened)})


def _splits(row: FindingRow) -> list[dict[str, Any]]:
    """The figure under the other ways to split what several stages have in common, each with its word."""
    def under(told: Mapping[str, str | None]) -> FindingRow:
        return FindingRow(item=row.item, level=row.level, part=told["part"], whole=row.whole, value=told["value"],
                          verdict=told["verdict"] or "")
    return [{"zh": name if get_language() == "en" else Split[name].zh, "row": under(told)} for name, told in row.splits.items()]


def _may_open_rows(request: Asked, row: FindingRow) -> bool:
    return request.access.reach(Action.open_rows).holds(
        county=row.county_code, township=row.township_code, school=row.school_id)


def _opened(request: Asked, row: FindingRow) -> tuple[str, ...]:
    """The table whose personal columns the person opens now, for the reason he writes."""
    table = request.POST.get("table", "")
    if not may_open(request.access, row, table):
        raise PermissionDenied(_("您的岗位不能打开这里的个人信息"))
    open_personal(request.access, row, table, request.POST.get("reason", ""))
    return (table,)


def _all_of(row: FindingRow) -> str:
    """The list of all it is made of."""
    indicator = INDICATORS[row.item]
    item = spread_of(row.item) or row.item
    told = {"county": row.group} if row.level == "county" else {"town": row.group} if row.level == "township" else {}
    asked = Filters.of({"year": str(row.year), "item": item, "level": indicator.own_level.name, "stage": row.stage,
                        "sort": "-share" if spread_of(row.item) else "verdict", **told})
    return asked.href


def _all_here(row: FindingRow) -> str:
    """All findings of the same school or place."""
    here = {"school": {"school": row.group}, "township": {"town": row.group}, "county": {"county": row.group}}.get(row.level, {})
    return Filters.of({"year": str(row.year), "level": row.level, **here}).href


def _places(seen: QuerySet[FindingRow], row: FindingRow) -> list[FindingRow]:
    """The same figure of the groups it lies in, widest first: the way up."""
    wider = [each.name for each in WIDEST_FIRST[: WIDEST_FIRST.index(Level[row.level])]]
    same = seen.filter(snapshot=row.snapshot, item=row.item, stage=row.stage, level__in=wider)
    own = same.filter(Q(group__in=[row.county_code, row.township_code]) | Q(level__in=("province", "city")))
    return sorted(own, key=lambda each: wider.index(each.level))


def _trend(seen: QuerySet[FindingRow], row: FindingRow) -> dict[str, Any]:
    """The same figure of all indexed years, and its chart; a year that is not known stays a gap."""
    years = list(seen.filter(item=row.item, level=row.level, group=row.group, stage=row.stage).order_by("year"))
    limit = shown.limit_of(row)
    drawn: dict[str, Any] = {
        "kind": "lines", "places": 3 if row.item.endswith(".cv") else 2, "x": [f"{each.year}" for each in years],
        "series": [{"name": shown.item_word(row.item), "values": [shown.number_of(each) for each in years]}],
        "unit": shown.unit_of(row) if shown.unit_of(row) == "%" else ""}
    if limit is not None:
        drawn["limit"] = {"value": limit, "name": _("标准")}
    known = [each for each in years if each.value_number is not None]
    return {"years": years, "trend_chart": drawn if len(known) > 1 else None}


def _drivers(seen: QuerySet[FindingRow], row: FindingRow) -> dict[str, Any] | None:
    """Whose schools make a county's spread: their shares as a chart, the rest together."""
    of = spread_of(row.item)
    if not of or row.level != "county":
        return None
    schools = list(seen.filter(inside(row), snapshot=row.snapshot, item=of, level="school", stage=row.stage,
                               share_number__isnull=False).order_by("-share_number", "group"))
    first, rest = schools[:DRIVERS], schools[DRIVERS:]
    if not first:
        return None
    names, values = [each.name for each in first], [round((each.share_number or 0) * 100, 2) for each in first]
    if rest:
        names.append(_("其余 %(many)s 所") % {"many": len(rest)})
        values.append(round(sum(each.share_number or 0 for each in rest) * 100, 2))
    chart = {"kind": "shares", "unit": "%", "places": 1, "categories": names, "series": [{"name": _("占差异"), "values": values}]}
    return {"chart": chart, "schools": first, "rest": len(rest), "rest_share": values[-1] if rest else None,
            "half": _half(schools)}


def _half(schools: list[FindingRow]) -> int:
    """How many schools, the largest first, make half of the spread."""
    held = 0.0
    for many, each in enumerate(schools, start=1):
        held += each.share_number or 0
        if held >= 0.5:
            return many
    return len(schools)


def _spread_above(seen: QuerySet[FindingRow], row: FindingRow) -> FindingRow | None:
    """The spread of its county that a school's figure has a share of."""
    if row.level != "school" or row.share_number is None:
        return None
    return seen.filter(snapshot=row.snapshot, item=f"{row.item}.cv", level="county", group=row.county_code,
                       stage=row.stage).first()
