"""Filters kept under a name."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from junheng.indicators.actions import remove_view, save_view
from junheng.indicators.filters import Filters
from junheng.people.doors import Asked, needs
from junheng.people.permissions import Action


@needs(Action.see_findings)
@require_POST
def save(request: Asked) -> HttpResponse:
    asked = Filters.of(request.POST)
    if request.access.person:
        save_view(request.access.person, request.POST.get("name", ""), asked)
    return redirect(asked.href)


@needs(Action.see_findings)
@require_POST
def remove(request: Asked, number: int) -> HttpResponse:
    if request.access.person:
        remove_view(request.access.person, number)
    return redirect("findings")
