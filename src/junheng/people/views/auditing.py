"""The audit log: read, filtered, verified, handed out."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from io import StringIO

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from junheng.people import audit
from junheng.people.doors import Asked, needs
from junheng.people.models import AuditEntry
from junheng.people.permissions import Action
from junheng.people.scope import Access
from junheng.people.words import ACTS, act_word

A_PAGE, MOST = 100, 100_000
COLUMNS = ("number", "at", "actor", "role", "action", "subject", "reason", "detail", "before", "digest")


def entries_of(access: Access) -> QuerySet[AuditEntry]:
    """All of it; who does not see the whole city sees what the people of his organisations did."""
    if access.reach(Action.see_audit).everything:
        return AuditEntry.objects.all()
    return AuditEntry.objects.filter(actor__in=access.people(Action.see_audit).values("username"))


def _found(request: Asked) -> QuerySet[AuditEntry]:
    """By actor, kind of act, words in subject or reason, and days; a day that is none is left out."""
    rows = entries_of(request.access)
    for name in ("actor", "action"):
        if asked := request.GET.get(name, "").strip():
            rows = rows.filter(**{name: asked})
    if words := request.GET.get("q", "").strip():
        rows = rows.filter(Q(subject__icontains=words) | Q(reason__icontains=words))
    for name, ending in (("since", "gte"), ("until", "lt")):
        if day := _day(request.GET.get(name, "")):
            rows = rows.filter(**{f"at__{ending}": (day + timedelta(days=name == "until")).isoformat()})
    return rows


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@needs(Action.see_audit)
def entries(request: Asked) -> HttpResponse:
    page = Paginator(_found(request), A_PAGE).get_page(request.GET.get("page"))
    for each in page:
        each.word = act_word(each.action)
    checked = audit.verify() if "verify" in request.GET else None
    query = request.GET.copy()
    query.pop("page", None)
    return render(
        request,
        "people/audit.html",
        {
            "page": page,
            "acts": sorted(ACTS.items(), key=lambda each: each[1]),
            "asked": request.GET,
            "query": query.urlencode(),
            "verified": "verify" in request.GET,
            "broken": checked,
        },
    )


@needs(Action.see_audit)
def export(request: Asked) -> HttpResponse:
    """The entries found, as CSV: what stands in a cell is text, never a formula."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in _found(request)[:MOST].values_list(*COLUMNS):
        writer.writerow([_as_text(value) for value in row])
    audit.record(request.access.person, "audit.export", "audit", detail=dict(request.GET.items()))
    return HttpResponse(
        "\ufeff" + out.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="audit.csv"'},
    )


def _as_text(value: object) -> str:
    text = str(value)
    return f"'{text}" if text[:1] in "=+-@\t\r" else text
