"""The list of schools: search first, the map beside it."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from junheng.kernel.codes import Stage, Verdict
from junheng.people.doors import Asked, needs
from junheng.people.permissions import Action
from junheng.people.scope import Reach
from junheng.register.codes import SchoolKind
from junheng.register.models import RegisterYear, School
from junheng.web.schools.filters import NOT_ASKED, Filters, standards_of_schools, standings

A_PAGE = 50


@needs(Action.see_schools)
def schools(request: Asked) -> HttpResponse:
    """The whole page, or for htmx the part that changes while one types."""
    asked, reach = Filters.of(request.GET), request.access.reach(Action.see_schools)
    year = RegisterYear.objects.first()
    if year is None:
        return render(request, "web/school/list.html", {"year": None, "asked": asked, "page": Paginator([], A_PAGE).get_page(1)})
    judged = standings(year.snapshot, asked.by, request.access.reach(Action.see_findings))
    rows = asked.rows(year.year, reach, judged)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    is_part = bool(request.headers.get("HX-Request"))
    lines = [(each, judged.get(each.school_id)) for each in page.object_list]
    found = {"year": year, "partial": is_part, "asked": asked, "page": page, "lines": lines,
             "columns": _columns(asked), "points": asked.points_href(), "query": asked.query,
             "without_place": rows.filter(longitude=None).order_by().count() if page.paginator.count else 0}
    answer = render(request, f"web/school/{'found' if is_part else 'list'}.html", found | _choices(year, reach, asked))
    answer["Vary"] = "HX-Request, Cookie"
    return answer


def _choices(year: RegisterYear, reach: Reach, asked: Filters) -> dict[str, Any]:
    """What can be chosen from: places where he has schools, kinds that are there."""
    there = reach.narrow(School.objects.filter(year=year.year))
    places = list(there.values_list("county_code", "county", "township_code", "township").distinct().order_by(
        "county_code", "township_code"))
    counties = {code: name for code, name, _town, _name in places}
    own = {code: name for county, _county, code, name in places if code and (county == asked.county or len(counties) == 1)}
    kinds = set(there.values_list("kind", flat=True).distinct().order_by())
    return {"counties": counties, "towns": own, "kinds": [each for each in SchoolKind if each.name in kinds],
            "stages": list(Stage), "verdicts": [*(each.name for each in Verdict), NOT_ASKED], "standards": standards_of_schools()}


def _columns(asked: Filters) -> list[dict[str, str]]:
    """The heads of the list; one that is sorted by turns round when it is asked again."""
    heads = (("name", _("学校"), ""), ("town", _("所在"), ""), ("", _("类型"), ""), ("pupils", _("学生"), "n"),
             ("classes", _("班级"), "n"), ("short", _("未达标项"), "n"), ("", _("判断"), ""))
    return [{"zh": zh, "css": css, "sort": _turned(asked.sort, key) if key else "",
             "aria": "" if not key or asked.sort.removeprefix("-") != key else
             "descending" if asked.sort.startswith("-") else "ascending"} for key, zh, css in heads]


def _turned(sort: str, key: str) -> str:
    """Numbers begin with the largest, words with the first."""
    first = f"-{key}" if key in ("pupils", "classes", "short") else key
    return first if sort != first else first.removeprefix("-") if first.startswith("-") else f"-{key}"
