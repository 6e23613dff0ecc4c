"""Pages of jobs. A person sees the jobs he asked for; who sees jobs sees those of his reach."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from junheng.people.doors import Asked, may_open, needs
from junheng.people.jobs import cancel, page_of
from junheng.people.models import Job, Person
from junheng.people.pages import paged
from junheng.people.permissions import Action


def _seen_by(request: Asked) -> QuerySet[Job]:
    own = Q(by=request.access.person)
    return Job.objects.filter(own | request.access.reach(Action.see_jobs).rows(township="", school="")).select_related("by")


@needs(Action.see_jobs)
def jobs(request: Asked) -> HttpResponse:
    page = paged(request, _seen_by(request))
    return render(request, "people/jobs.html", {"page": page})


@needs(Action.see_jobs, Action.see_overview)
def job(request: Asked, number: int) -> HttpResponse:
    return render(request, "people/job.html", _one(request, number))


@needs(Action.see_jobs, Action.see_overview)
def job_progress(request: Asked, number: int) -> HttpResponse:
    """The part of a page that says how far a job is; it asks for itself again while the job is open."""
    return render(request, "web/parts/progress.html", {"job": _one(request, number)["progress"]})


def progress_of(job: Job, person: Person | None) -> dict[str, Any]:
    """What `web/parts/progress.html` draws of a job."""
    mine = job.is_open and job.by == person
    return {
        "progress": {
            "id": job.pk,
            "sentence": job.best or job.sentence or _(job.state_zh),
            "share": job.share,
            "done": not job.is_open,
            "href": reverse("job-progress", args=[job.pk]),
            "cancel": reverse("job-cancel", args=[job.pk]) if mine else "",
        }
    }


def _one(request: Asked, number: int) -> dict[str, Any]:
    found = get_object_or_404(_seen_by(request), pk=number)
    page, told = page_of(found), progress_of(found, request.access.person)["progress"]
    return {"job": found, "progress": told | {"page": page if page and may_open(request.access, page) else ""}}


@require_POST
def _cancel(request: Asked, number: int) -> HttpResponse:
    found = get_object_or_404(_seen_by(request), pk=number, by=request.access.person)
    if request.access.person:
        cancel(found, request.access.person)
    return redirect("job", number)


job_cancel = needs(Action.see_jobs, Action.see_overview)(_cancel)
