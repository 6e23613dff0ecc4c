"""Pages of promises: last year's plan beside this year's report."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from junheng.documents import actions
from junheng.documents.codes import Kept
from junheng.documents.forms.promised import sheet_of
from junheng.documents.models import Comparison
from junheng.documents.views import person, seen
from junheng.kernel.faults import JunhengError
from junheng.paper.xlsx import workbook_bytes
from junheng.people import audit
from junheng.people.doors import Asked, is_number, needs
from junheng.people.pages import download, paged, rest_of_query
from junheng.people.permissions import Action
from junheng.people.views.jobs import progress_of

A_PAGE = 100
MOST = 500  # documents to choose from
LOOKS = {Kept.kept.name: "met", Kept.partly.name: "needs_evidence", Kept.missed.name: "not_met", Kept.unknown.name: "unknown"}


def _within(request: Asked) -> QuerySet[Comparison]:
    """Both documents must be of the person's reach."""
    own = seen(request).values("pk")
    return Comparison.objects.filter(plan__in=own, report__in=own).select_related("plan", "report", "job", "made_by")


@require_http_methods(["GET", "POST"])
def _promises(request: Asked) -> HttpResponse:
    if request.method == "POST":
        if not request.access.may(Action.read_documents):
            raise JunhengError(_("承诺对照不在您的职责范围 -> 请办公室、规划或督导干部办理"))
        told = [request.POST.get(name, "") for name in ("plan", "report")]
        plan, report = (get_object_or_404(seen(request), pk=each if is_number(each) else 0) for each in told)
        return redirect("promises-of", actions.compare(person(request), plan, report).pk)
    page = paged(request, _within(request).defer("rows"), A_PAGE)
    return render(
        request,
        "documents/promises.html",
        {
            "page": page,
            "documents": seen(request).exclude(reading="")[:MOST],
            "may_read": request.access.may(Action.read_documents),
        },
    )


promises = needs(Action.see_documents, Action.read_documents)(_promises)


@needs(Action.see_documents)
def promises_of(request: Asked, number: int) -> HttpResponse:
    found = get_object_or_404(_within(request), pk=number)
    asked = request.GET.get("verdict", "")
    rows = [each | _looks(each) for each in found.rows if asked in ("", each["verdict"])]
    many = Counter(each["verdict"] for each in found.rows)
    told: dict[str, Any] = {
        "found": found,
        "page": paged(request, rows, A_PAGE),
        "counts": [(each.name, each.zh, many[each.name], LOOKS[each.name]) for each in Kept],
        "all": len(found.rows),
        "verdict": asked,
        "query": rest_of_query(request),
    }
    if found.job:
        told |= progress_of(found.job, request.access.person)
    return render(request, "documents/promises_of.html", told)


def _looks(row: dict[str, Any]) -> dict[str, str]:
    return {"look": LOOKS[row["verdict"]], "zh": Kept[row["verdict"]].zh}


@needs(Action.see_documents)
def export(request: Asked, number: int) -> HttpResponse:
    """The table as a workbook: every cell is text, none a formula."""
    found = get_object_or_404(_within(request), pk=number)
    told = (("计划", found.plan), ("报告", found.report))
    facts = [f"{what}：{each.title}（{each.name}，摘要 {each.sha256[:16]}）" for what, each in told]
    audit.record(person(request), "document.export", f"{found.plan.name} — {found.report.name}", detail={"comparison": found.pk})
    return download(workbook_bytes([sheet_of(facts, found.rows)]), "promises.xlsx")
