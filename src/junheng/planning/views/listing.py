"""The list of plans, asking for one, and the page of a run."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Count, Q, Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from junheng.kernel.codes import Verdict
from junheng.people.doors import Asked, needs
from junheng.people.jobs import cancel
from junheng.people.models import Job
from junheng.people.pages import paged, rest_of_query
from junheng.people.permissions import Action
from junheng.planning import tasks
from junheng.planning.asking import PERCENT, AskForPlan
from junheng.planning.forms.words import WAN
from junheng.planning.indexing import not_indexed
from junheng.planning.models import PlanRow
from junheng.planning.reach import counties_of, plans_of
from junheng.planning.transitions import APPROVAL, LOOKS
from junheng.planning.views.shown import plan_of, progress
from junheng.register.models import RegisterYear

MET = Verdict.met.name


@needs(Action.see_plans)
def plans(request: Asked) -> HttpResponse:
    rows = plans_of(request.access)
    if county := request.GET.get("county", ""):
        rows = rows.filter(counties__county_code=county)
    if (state := request.GET.get("state", "")) in APPROVAL.states:
        rows = rows.filter(case__state=state)
    page = paged(request, rows.select_related("case", "by"))
    _add_counties(page.object_list)
    may_run = request.access.may(Action.run_plan)
    return render(request, "planning/plans.html", {
        "page": page,
        "query": rest_of_query(request),
        "county": county,
        "state": state,
        "states": APPROVAL.states.items(),
        "counties": counties_of(request.access, Action.see_plans, RegisterYear.objects.first()),
        "may_run": may_run,
        "runs": [progress(each, request) for each in _open_runs(request)] if may_run else [],
        "waiting": len(not_indexed(settings.CITY)) if may_run else 0,
    })


def _add_counties(plans: list[PlanRow]) -> None:
    """How each gets on, summed over its counties; one query for all."""
    sums = {each["pk"]: each for each in PlanRow.objects.filter(pk__in=[each.pk for each in plans]).values("pk").annotate(
        many=Count("counties"), met=Count("counties", filter=Q(counties__verdict_after=MET)),
        before=Sum("counties__failing_before"), after=Sum("counties__failing_after"))}
    for each in plans:
        each.sums, each.state, each.look = sums[each.pk], APPROVAL.states[each.case.state], LOOKS[each.case.state]


def _open_runs(request: Asked) -> list[Job]:
    own = Job.objects.filter(by=request.access.person, kind__in=(tasks.BALANCE, tasks.WHATIF), ended=None)
    return list(own.order_by("-created")[:5])


@needs(Action.run_plan)
def new(request: Asked) -> HttpResponse:
    """Ask for a plan; `?like=` begins with what another was asked for."""
    years = {
        each.year: _("%(from)s—%(to)s 学年（%(snapshot)s）")
        % {"from": each.year, "to": each.year + 1, "snapshot": each.snapshot}
        for each in RegisterYear.objects.all()
    }
    counties = counties_of(request.access, Action.run_plan, RegisterYear.objects.first())
    form = AskForPlan(request.POST or None, counties=counties, years=years, initial=_like(request))
    if request.method == "POST" and form.is_valid():
        asked = tasks.asked_of_balance(**form.asked())
        names = [counties[each] for each in asked["counties"]]
        whose = "、".join(names) if len(names) < 4 else f"{'、'.join(names[:3])}等{len(names)}个县区"
        title = f"编制方案：{whose}，{asked['years']}年内达标"
        return redirect("plan-run", tasks.ask_for_plan(asked, title, request.access.person).pk)
    return render(request, "planning/new.html", {"form": form, "any": bool(counties)}, status=400 if form.errors else 200)


def _like(request: Asked) -> dict[str, Any]:
    if not (digest := request.GET.get("like", "")):
        return {}
    task = plan_of(request, digest).task
    return {name: task[name] for name in ("counties", "year", "years", "allow", "also", "forbid")} | {
        "margin": f"{float(PERCENT) * task['margin']:g}", "gap": f"{float(PERCENT) * task['gap']:g}",
        "budget": None if task["budget"] is None else f"{task['budget'] / WAN:g}"}


def _own_run(request: Asked, number: int) -> Job:
    """A run of one's own, or of a plan in one's reach."""
    found = Job.objects.filter(kind__startswith="plan.").select_related("by")
    reach = request.access.reach(Action.see_plans)
    return get_object_or_404(found.filter(Q(by=request.access.person) | reach.rows(township="", school="")), pk=number)


@needs(Action.see_plans)
def run(request: Asked, number: int) -> HttpResponse:
    return render(request, "planning/run.html", progress(_own_run(request, number), request))


@needs(Action.see_plans)
def run_progress(request: Asked, number: int) -> HttpResponse:
    """The part of a page that says how far a run is; it asks for itself again while the run is open."""
    return render(request, "planning/parts/run.html", progress(_own_run(request, number), request))


@require_POST
def _stop(request: Asked, number: int) -> HttpResponse:
    found = get_object_or_404(Job.objects.filter(by=request.access.person, kind__startswith="plan."), pk=number)
    cancel(found, request.access.person)
    return redirect("plan-run", number)


run_stop = needs(Action.see_plans)(_stop)
