"""Checking a plan, taking the steps of its approval, and handing out its papers."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from junheng.people import audit
from junheng.people.codes import JobState
from junheng.people.doors import Asked, is_number, needs
from junheng.people.permissions import Action
from junheng.planning import tasks
from junheng.planning.actions import take_step
from junheng.planning.models import PlanRow
from junheng.planning.papers import PAPERS
from junheng.planning.plan import MARKING
from junheng.planning.transitions import APPROVAL, APPROVE, IS_APPROVED
from junheng.planning.views.shown import plan_of

APPROVED_MARKING = gettext_noop("内部资料·已批准（%(day)s %(who)s）")


@require_POST
def _check(request: Asked, digest: str) -> HttpResponse:
    shown = plan_of(request, digest)
    tasks.ask_about(tasks.CHECK, shown, "核对方案", request.access.person)
    return redirect("plan", digest)


check = needs(Action.run_plan, Action.review_plan, Action.approve_plan)(_check)


@require_POST
def _step(request: Asked, digest: str) -> HttpResponse:
    shown = plan_of(request, digest)
    action, seen = request.POST.get("action", ""), request.POST.get("seen", "")
    if action not in {each.action for each in APPROVAL.steps} or not is_number(seen):
        raise Http404
    take_step(shown, action, request.access, note=request.POST.get("note", ""), seen=int(seen))
    shown.case.refresh_from_db()
    messages.success(request, _("已办理，方案现为“%(state)s”") % {"state": APPROVAL.states[shown.case.state]})
    return redirect("plan", digest)


step = needs(Action.run_plan, Action.review_plan, Action.approve_plan)(_step)


@require_POST
def _export(request: Asked, digest: str, paper: str) -> HttpResponse:
    """Have a paper written, or fetch it where it lies already."""
    if paper not in PAPERS:
        raise Http404
    shown = plan_of(request, digest)
    asked = {"paper": paper, "marking": marking_of(shown)}
    path = tasks.paper_path(digest, **asked)
    job = tasks.ask_about(tasks.PAPER, shown, f"导出{PAPERS[paper].zh}", request.access.person, **asked)
    if job.state == JobState.done.name and path.is_file():
        return redirect("plan-paper", digest, paper)
    if job.state == JobState.done.name:  # it was swept away
        job = tasks.ask_about(tasks.PAPER, shown, f"导出{PAPERS[paper].zh}", request.access.person, again=True, **asked)
    return redirect("plan-run", job.pk)


export = needs(Action.export_plan)(_export)


@needs(Action.export_plan)
def paper(request: Asked, digest: str, paper: str) -> HttpResponse:
    """A paper as it is marked today: one written before the approval is not handed out after it, nor the other way round."""
    shown = plan_of(request, digest)
    if paper not in PAPERS:
        raise Http404
    path = tasks.paper_path(digest, paper, marking_of(shown))
    if not path.is_file():
        raise Http404
    audit.record(request.access.person, "plan.export", digest, detail={"paper": paper, "state": shown.case.state})
    kind = PAPERS[paper]
    name = f"{'' if shown.case.state in IS_APPROVED else '（征求意见稿）'}{shown.title}{kind.zh}{kind.ending}"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name)


def marking_of(shown: PlanRow) -> str:
    """What every paper of it is headed with: a draft for comment until it is approved, then by whom and when."""
    if shown.case.state not in IS_APPROVED:
        return MARKING
    return APPROVED_MARKING % _approval(shown)


def marking_shown(shown: PlanRow) -> str:
    """The same in the language of the page; the papers themselves are in Chinese."""
    return _(APPROVED_MARKING) % _approval(shown) if shown.case.state in IS_APPROVED else _(MARKING)


def _approval(shown: PlanRow) -> dict[str, object]:
    approved = shown.case.steps.filter(action=APPROVE).select_related("actor").latest("number")
    return {"day": f"{localtime(approved.at):%Y-%m-%d}", "who": approved.actor}
