"""One school: its facts over the years, what the standards say of it, what is under way, what it was before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render

from junheng.indicators.models import FindingRow
from junheng.indicators.registry import numbered
from junheng.kernel.codes import Stage
from junheng.kernel.findings import PRECEDENCE
from junheng.people.doors import Asked, needs
from junheng.people.models import Case
from junheng.people.permissions import Action
from junheng.people.scope import Access
from junheng.people.transitions import KINDS
from junheng.register.lineage import History, history, lineage_of
from junheng.register.models import RegisterYear, School
from junheng.standards import law
from junheng.web.overview import charts, moving
from junheng.web.overview.dues import Due, waiting_for, waiting_for_others
from junheng.web.overview.figures import COLUMNS, TwoYears, key_of
from junheng.web.schools.filters import MAIN
from junheng.web.schools.planned import planned_for
from junheng.web.schools.said import said_of

MOST_CASES = 20
ORDER = {verdict.name: place for place, verdict in enumerate(PRECEDENCE)}


@dataclass(frozen=True)
class Line:
    """A finding of the school, and how it moved since the year before."""

    row: FindingRow
    before: FindingRow | None
    move: moving.Move | None


@needs(Action.see_schools)
def school(request: Asked, school_id: str) -> HttpResponse:
    rows = _years_of(request.access, school_id)
    latest = rows[-1]
    years = {each.year: each for each in RegisterYear.objects.all()}
    findings = _findings(request.access, latest, years)
    tabs = _tabs(findings)
    standard = request.GET.get("standard") if request.GET.get("standard") in dict(tabs) else next(iter(dict(tabs)), MAIN)
    chart = charts.pupils_of(rows)
    return render(request, "web/school/page.html", {
        "school": latest, "rows": list(reversed(rows)),
        "stages": [each for each in Stage if any(each.name in row.stages for row in rows)],
        "years": years, "is_gone": bool(years) and latest.year != max(years), "tabs": tabs, "standard": standard,
        "lines": _lines(findings, standard or MAIN), "chart": chart, "dues": _dues(request.access, school_id),
        "planned": planned_for(request.access, school_id), "said": said_of(request.access, rows),
        "may_see_findings": request.access.may(Action.see_findings), "sum": _sum(findings)})


@needs(Action.see_schools)
def lineage(request: Asked, school_id: str) -> HttpResponse:
    """Where the school comes from and what became of it. It reads the snapshots, so it is opened when it is asked for."""
    rows = _years_of(request.access, school_id)
    told = history(lineage_of(settings.CITY), school_id)
    page = {"school": rows[-1], "history": told, "others": _named(request.access, told)}
    name = "lineage_part" if request.headers.get("HX-Request") else "lineage"
    answer = render(request, f"web/school/{name}.html", page)
    answer["Vary"] = "HX-Request, Cookie"
    return answer


def _years_of(access: Access, school_id: str) -> list[School]:
    """The school in every year in which it is inside, oldest first. Errors: 404 where it is in none."""
    rows = list(access.reach(Action.see_schools).narrow(School.objects.filter(school_id=school_id)).order_by("year"))
    if not rows:
        raise Http404
    return rows


def _findings(access: Access, latest: School, years: dict[int, RegisterYear]) -> TwoYears:
    """What is judged of it in its last year, and the same of the year before."""
    snapshots = [years[year].snapshot for year in (latest.year, latest.year - 1) if year in years]
    rows = list(access.reach(Action.see_findings).narrow(FindingRow.objects.filter(
        ~Q(verdict=""), school_id=latest.school_id, level="school", snapshot__in=snapshots)).only(*COLUMNS))
    before = {key_of(row): row for row in rows if row.year != latest.year}
    return TwoYears([row for row in rows if row.year == latest.year], before)


def _tabs(findings: TwoYears) -> list[tuple[str, int]]:
    """The standards that judge it, and how many findings of each it misses."""
    there = {row.standard for row in findings.now}
    return [(each, sum(row.standard == each and row.verdict == "not_met" for row in findings.now))
            for each in law.standards if each in there]


def _lines(findings: TwoYears, standard: str) -> list[Line]:
    """What is missed first, then what nobody can judge."""
    moved = {key_of(move.row): move for move in moving.moves(findings)}
    rows = sorted((row for row in findings.now if row.standard == standard),
                  key=lambda row: (ORDER[row.verdict], numbered(row.item), row.stage))
    return [Line(row, findings.before.get(key_of(row)), moved.get(key_of(row))) for row in rows]


def _sum(findings: TwoYears) -> dict[str, int]:
    """How many findings of the main standard there are of each verdict."""
    own = [row.verdict for row in findings.now if row.standard == MAIN]
    return {each: own.count(each) for each in ORDER if each in own}


def _dues(access: Access, school_id: str) -> list[Due]:
    """What is under way at the school, of what the person sees."""
    seen: Sequence[Case] = [*waiting_for(access).filter(school_id=school_id)[:MOST_CASES],
                            *waiting_for_others(access).filter(school_id=school_id)[:MOST_CASES]]
    return [Due(each, KINDS[each.kind], access) for each in seen]


def _named(access: Access, told: History) -> dict[str, dict[str, Any]]:
    """The schools that the history names: what they were called last, and whether their page may be opened."""
    codes = {code for event in told.events for code in (event.school_id, event.other_school_id) if code}
    codes |= {*told.carries, *told.succession.parts, told.succession.school_id or ""}
    names: dict[str, dict[str, Any]] = {}
    for row in School.objects.filter(school_id__in=codes).order_by("year"):
        names[row.school_id] = {"name": row.name, "inside": access.reach(Action.see_schools).holds(
            county=row.county_code, township=row.township_code, school=row.school_id)}
    return names
