"""What the pages of one plan have in common: the plan in reach, its tabs, its jobs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from junheng.people.doors import Asked
from junheng.people.models import Job
from junheng.people.permissions import Action
from junheng.planning.models import PlanRow
from junheng.planning.reach import plans_of
from junheng.planning.transitions import APPROVAL, LOOKS
from junheng.register.models import RegisterYear


def plan_of(request: Asked, digest: str) -> PlanRow:
    """The plan, where the person may see it."""
    return get_object_or_404(plans_of(request.access).select_related("case", "by"), pk=digest)


def tabs(request: Asked, plan: PlanRow, on: str) -> list[dict[str, Any]]:
    """The parts of a plan's page; those that run something are only for who may."""
    parts = [("plan", _("概况")), ("plan-measures", _("措施")), ("plan-schools", pgettext("section", "学校")),
             ("plan-remaining", _("仍达不到和缺数据")), ("plan-basis", _("价格和规则"))]
    if request.access.may(Action.explore_plan):
        parts += [("plan-curve", _("资金曲线")), ("plan-whatif", _("如果……会怎样"))]
    return [{"href": reverse(route, args=[plan.pk]), "zh": zh, "on": route == on} for route, zh in parts]


def page(request: Asked, plan: PlanRow, route: str, template: str, **told: Any) -> HttpResponse:
    """A page of a plan, with its tabs and state."""
    around = {"plan": plan, "tabs": tabs(request, plan, route), "state": APPROVAL.states[plan.case.state],
              "look": LOOKS[plan.case.state], "is_outdated": is_outdated(plan),
              "may_run": request.access.may(Action.run_plan)}
    return render(request, template, around | told)


def is_outdated(plan: PlanRow) -> bool:
    """Whether the data of its year is another by now."""
    return not RegisterYear.objects.filter(year=plan.year, snapshot=plan.snapshot).exists()


def jobs_of(plan: PlanRow, *kinds: str) -> dict[str, Job]:
    """The latest job of each kind about a plan, by the last word of the kind."""
    found = Job.objects.filter(kind__in=kinds, asked__plan=plan.pk).select_related("by").order_by("created")
    return {each.kind.rpartition(".")[2]: each for each in found}


def progress(job: Job, request: Asked) -> Mapping[str, Any]:
    """What `planning/parts/run.html` draws of a job: how far, the best so far, for how long it has run."""
    until = job.ended or timezone.now()
    return {
        "run": job,
        "seconds": int((until - job.started).total_seconds()) if job.started else None,
        "share": job.share if job.started else None,
        "href": reverse("plan-run-progress", args=[job.pk]),
        "can_cancel": job.is_open and job.by_id == request.access.person.pk,
    }
