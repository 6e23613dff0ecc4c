"""A plan and its parts: how far it gets, what is done where, what stays short, what it rests on."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.http import Http404, HttpResponse, JsonResponse
from django.urls import reverse

from junheng.kernel.codes import Verdict
from junheng.people.doors import Asked, needs
from junheng.people.pages import paged, rest_of_query
from junheng.people.permissions import Action
from junheng.planning import tasks
from junheng.planning.actions import refusal
from junheng.planning.forms.words import WHEN
from junheng.planning.models import PlanMeasure, PlanRow, PlanStanding
from junheng.planning.papers import PAPERS
from junheng.planning.reach import plans_of
from junheng.planning.transitions import APPROVAL, SUPERSEDE
from junheng.planning.views.approving import marking_shown
from junheng.planning.views.charts import cost_by_kind, failing_schools, money_by_year, spreads
from junheng.planning.views.shown import jobs_of, page, plan_of, progress

NOT_MET = Verdict.not_met.name
WORST_FIRST = (NOT_MET, Verdict.unknown.name, Verdict.needs_evidence.name, Verdict.met.name)
OTHERS = 30  # plans that are offered to be held beside this one


@needs(Action.see_plans)
def plan(request: Asked, digest: str) -> HttpResponse:
    shown = plan_of(request, digest)
    counties = list(shown.counties.all())
    jobs = jobs_of(shown, tasks.CHECK)
    others = plans_of(request.access).filter(year=shown.year, standard=shown.standard).exclude(pk=shown.pk)
    charts = (cost_by_kind(shown), money_by_year(shown), *failing_schools(shown), *spreads(shown, counties))
    summed = ("failing_before", "failing_after", "running_after")
    return page(request, shown, "plan", "planning/plan.html",
        counties=counties,
        sums={name: sum(getattr(each, name) for each in counties) for name in summed},
        unmet=shown.unmet.count(),
        unknown=shown.unknown.count(),
        measures=shown.measures.count(),
        charts=[chart for chart in charts if chart],
        steps=list(shown.case.steps.select_related("actor")),
        buttons=_buttons(request, shown),
        check=progress(jobs["check"], request) if "check" in jobs and jobs["check"].is_open else None,
        check_job=jobs.get("check"),
        may_check=any(request.access.may(each) for each in (Action.run_plan, Action.review_plan, Action.approve_plan)),
        marking=marking_shown(shown),
        may_export=request.access.may(Action.export_plan),
        papers=PAPERS.items(),
        others=list(others[:OTHERS]),
    )


def _buttons(request: Asked, shown: PlanRow) -> list[dict[str, Any]]:
    """The steps from here that this person's role takes, each with what stands in its way."""
    return [{"step": each, "why_not": refusal(shown, each, request.access)} for each in APPROVAL.steps
            if shown.case.state in each.before and each.action != SUPERSEDE and request.access.may(each.permission)]


@needs(Action.see_plans)
def measures(request: Asked, digest: str) -> HttpResponse:
    shown = plan_of(request, digest)
    rows, asked = _asked_measures(request, shown.measures.all())
    return page(request, shown, "plan-measures", "planning/measures.html",
        page=paged(request, rows.order_by("-cost", "place") if asked["sort"] == "cost" else rows),
        sums=rows.aggregate(many=Count("pk"), cost=Sum("cost")),
        matrix=_matrix(shown),
        asked=asked,
        query=rest_of_query(request),
        counties=_names(shown),
        **_choices(shown))


def _asked_measures(request: Asked, rows: QuerySet[PlanMeasure]) -> tuple[QuerySet[PlanMeasure], dict[str, str]]:
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "county", "stage", "year", "kind", "sort")}
    if asked["q"]:
        rows = rows.filter(Q(name__icontains=asked["q"]) | Q(school_id=asked["q"]) | Q(source_name__icontains=asked["q"]))
    if asked["year"].isdecimal():
        rows = rows.filter(year=int(asked["year"][:4]))
    for name, column in (("county", "county_code"), ("stage", "stage"), ("kind", "kind")):
        if asked[name]:
            rows = rows.filter(**{column: asked[name]})
    return rows, asked


def _matrix(shown: PlanRow) -> list[dict[str, Any]]:
    """How many measures of each kind in each year, and what they cost; each cell leads to them."""
    cells = shown.measures.order_by().values("kind", "kind_zh", "year").annotate(many=Count("pk"), cost=Sum("cost"))
    years = _years(shown)
    kinds: dict[str, dict[str, Any]] = {}
    for each in cells:
        empty = {"kind": each["kind"], "zh": each["kind_zh"], "cost": 0, "years": dict.fromkeys(years)}
        row = kinds.setdefault(each["kind"], empty)
        row["years"][each["year"]] = each
        row["cost"] += each["cost"]
    return sorted(kinds.values(), key=lambda row: -row["cost"])


def _years(shown: PlanRow) -> range:
    """The calendar years in which a measure may begin."""
    return range(shown.year + 1, shown.target_year + 1)


def _names(shown: PlanRow) -> dict[str, str]:
    return dict(shown.counties.values_list("county_code", "name"))


def _choices(shown: PlanRow) -> dict[str, Any]:
    return {"years": _years(shown), "kinds": dict(shown.measures.order_by("kind").values_list("kind", "kind_zh").distinct())}


@needs(Action.see_plans)
def schools(request: Asked, digest: str) -> HttpResponse:
    shown = plan_of(request, digest)
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "county", "stage", *WHEN)}
    rows = shown.standings.all()
    if asked["q"]:
        rows = rows.filter(Q(name__icontains=asked["q"]) | Q(school_id=asked["q"]))
    for name, column in (("county", "county_code"), ("stage", "stage"), *((when, when) for when in WHEN)):
        if asked[name]:
            rows = rows.filter(**{column: asked[name]})
    found = paged(request, rows)
    _add_measures(shown, found.object_list)
    verdicts = [(each.name, each.zh) for each in (Verdict.met, Verdict.not_met, Verdict.unknown)]
    return page(request, shown, "plan-schools", "planning/schools.html", page=found, asked=asked, query=rest_of_query(request),
                counties=_names(shown), verdicts=verdicts)


def _add_measures(shown: PlanRow, rows: list[PlanStanding]) -> None:
    """What is done at each school of a page; one query for all."""
    own = shown.measures.filter(school_id__in={each.school_id for each in rows}).order_by()
    sums = {each["school_id"]: each for each in own.values("school_id").annotate(many=Count("pk"), cost=Sum("cost"))}
    for each in rows:
        each.measures = sums.get(each.school_id)


@needs(Action.see_plans)
def school(request: Asked, digest: str, school_id: str) -> HttpResponse:
    shown = plan_of(request, digest)
    standings = list(shown.standings.filter(school_id=school_id))
    own = list(shown.measures.filter(school_id=school_id))
    if not standings and not own:
        raise Http404
    return page(request, shown, "plan-schools", "planning/school.html",
        school=(standings or own)[0],
        standings=standings,
        levels=list(shown.levels.filter(school_id=school_id).order_by("stage", "item")),
        own=own,
        cost=sum(each.cost for each in own),
        gives=list(shown.measures.filter(source=school_id)),
        unmet=list(shown.unmet.filter(school_id=school_id)),
        unknown=list(shown.unknown.filter(school_id=school_id)))


@needs(Action.see_plans)
def remaining(request: Asked, digest: str) -> HttpResponse:
    shown = plan_of(request, digest)
    unknown = request.GET.get("part") == "unknown"
    rows = shown.unknown.all() if unknown else shown.unmet.all()
    if asked := request.GET.get("q", "").strip():
        rows = rows.filter(Q(name__icontains=asked) | Q(school_id=asked))
    return page(request, shown, "plan-remaining", "planning/remaining.html", page=paged(request, rows), asked=asked,
                part="unknown" if unknown else "unmet", query=rest_of_query(request), many={"unmet": shown.unmet.count(),
                "unknown": shown.unknown.count()}, counties=list(shown.counties.filter(begun=True)))


@needs(Action.see_plans)
def basis(request: Asked, digest: str) -> HttpResponse:
    shown = plan_of(request, digest)
    kind = request.GET.get("kind", "")
    prices = [each for each in shown.prices if each["name"].startswith(_price_of(kind))]
    if request.GET.get("believed"):
        prices = [each for each in prices if each["evidence"] != "read"]
    proofs = list(shown.counties.filter(begun=True))
    return page(request, shown, "plan-basis", "planning/basis.html", prices=prices, kind=kind, proofs=proofs,
                believed=bool(request.GET.get("believed")))


PRICED_AS = {"recruit_arts": "recruit_", "refill_arts": "refill_", "land": "land_"}


def _price_of(kind: str) -> str:
    """How the names of a kind's prices begin."""
    return PRICED_AS.get(kind, f"{kind}_") if kind else ""


@needs(Action.see_plans)
def points(request: Asked, digest: str, when: str) -> JsonResponse:
    """Where the schools lie and how each fares: the worst of its stages; a school whose stages the rule does not ask is none."""
    if when not in WHEN:
        raise Http404
    shown = plan_of(request, digest)
    worst: dict[str, Any] = {}
    rows = shown.standings.exclude(**{when: ""}).exclude(longitude=None)
    for school_id, name, township, east, north, verdict in rows.values_list(
            "school_id", "name", "township", "longitude", "latitude", when):
        before = worst.get(school_id)
        if before is None or WORST_FIRST.index(verdict) < WORST_FIRST.index(before["properties"]["verdict"]):
            worst[school_id] = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [east, north]}, "properties": {
                "name": name, "verdict": verdict, "label": township, "href": reverse("plan-school", args=[digest, school_id])}}
    return JsonResponse({"type": "FeatureCollection", "features": list(worst.values())}, content_type="application/geo+json")
