"""The first page: what needs doing today, how the counties stand."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from junheng.indicators.models import VerdictRow
from junheng.people.doors import Asked, needs
from junheng.people.permissions import Action
from junheng.register.models import RegisterYear


@needs(Action.see_overview)
def overview(request: Asked) -> HttpResponse:
    year = RegisterYear.objects.first()
    reach = request.access.reach(Action.see_findings)
    verdicts = VerdictRow.objects.filter(reach.rows(township="", school=""), snapshot=year.snapshot) if year else []
    return render(request, "web/overview.html", {"register_year": year, "verdicts": verdicts})
