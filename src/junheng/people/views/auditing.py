"""The audit log: read, filtered, verified, handed out."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, time, timedelta
from io import StringIO

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from junheng.people import audit
from junheng.people.doors import Asked, needs
from junheng.people.models import AuditEntry
from junheng.people.pages import day_of, download, paged, rest_of_query
from junheng.people.permissions import Action
from junheng.people.scope import Access
from junheng.people.words import ACTS, act_word, subject_word

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
        if day := day_of(request.GET.get(name, "")):
            rows = rows.filter(**{f"at__{ending}": _begin(day + timedelta(days=name == "until"))})
    return rows


def _begin(day: date) -> str:
    """When a day begins where the desk stands, as entries write a time."""
    return timezone.make_aware(datetime.combine(day, time.min)).astimezone(UTC).isoformat(timespec="microseconds")


@needs(Action.see_audit)
def entries(request: Asked) -> HttpResponse:
    page = paged(request, _found(request), A_PAGE)
    for each in page:
        each.word, each.about = act_word(each.action), subject_word(each.subject)
    checked = audit.verify() if "verify" in request.GET else None
    return render(
        request,
        "people/audit.html",
        {
            "page": page,
            "acts": sorted(ACTS.items(), key=lambda each: each[1]),
            "asked": request.GET,
            "query": rest_of_query(request),
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
    return download(f"\ufeff{out.getvalue()}".encode(), "audit.csv", "text/csv; charset=utf-8")


def _as_text(value: object) -> str:
    text = str(value)
    return f"'{text}" if text[:1] in "=+-@\t\r" else text
