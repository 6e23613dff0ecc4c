"""Pages of findings."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from junheng.indicators.models import FindingRow
from junheng.people.doors import Asked, needs
from junheng.people.permissions import Action
from junheng.register.models import RegisterYear

A_PAGE = 100


@needs(Action.see_findings)
def findings(request: Asked) -> HttpResponse:
    year = RegisterYear.objects.first()
    rows = request.access.reach(Action.see_findings).narrow(FindingRow.objects.filter(snapshot=year.snapshot if year else ""))
    return render(
        request, "indicators/findings.html", {"page": Paginator(rows.order_by("pk"), A_PAGE).get_page(request.GET.get("page"))}
    )
