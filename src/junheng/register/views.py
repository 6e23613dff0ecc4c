"""Pages of schools."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from junheng.people.doors import Asked, needs
from junheng.people.permissions import Action
from junheng.register.models import RegisterYear, School

A_PAGE = 50


@needs(Action.see_schools)
def schools(request: Asked) -> HttpResponse:
    year = RegisterYear.objects.first()
    rows = request.access.reach(Action.see_schools).narrow(School.objects.filter(year=year.year if year else 0))
    if asked := request.GET.get("q", "").strip():
        rows = rows.filter(name__icontains=asked)
    return render(
        request, "register/schools.html", {"page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")), "asked": asked}
    )
