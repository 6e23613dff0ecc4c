"""Pages of documents: handed in, read, decided on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from junheng.documents import actions
from junheng.documents.codes import Decided
from junheng.documents.items import REPAIRS, marks_within, windows
from junheng.documents.keeping import raw_text
from junheng.documents.mentions import documents_of
from junheng.documents.models import DecisionRow, Document, Item
from junheng.kernel.faults import JunhengError
from junheng.paper.annotated import Annotated, lines
from junheng.people import audit
from junheng.people.codes import OrganisationKind
from junheng.people.doors import Asked, is_number, needs
from junheng.people.models import Organisation, Person
from junheng.people.pages import paged
from junheng.people.permissions import Action
from junheng.people.views.jobs import progress_of
from junheng.register.holding import City
from junheng.register.submissions.views import told_in_place

WINDOW = 8_000  # characters of the text on a page
KINDS = {
    "checks": "核对", "figures": "数字", "goals": "目标", "tasks": "任务", "vague": "笼统", "blanks": "待填", REPAIRS: "修复",
}
STANDS = {"not_met": "不成立", "needs_evidence": "请核实", "unknown": "无法核对", "met": "成立", "": "未作判断"}
OPEN = "open"
DECIDING = (("j k", gettext_lazy("上下")), ("a", gettext_lazy("采用")), ("e", gettext_lazy("修改")), ("x", gettext_lazy("拒绝")),
            ("u", gettext_lazy("撤回")))  # keys beside the text; static/web/documents.js does what they say


@dataclass
class Shown:
    """An item beside the text, with the last decision on it and all before."""

    item: Item
    decisions: list[DecisionRow] = field(default_factory=list)

    @property
    def last(self) -> DecisionRow | None:
        return self.decisions[-1] if self.decisions else None

    @property
    def state(self) -> str:
        """What a person decided last; open where nobody did or it was reopened."""
        last = self.last
        return OPEN if last is None or last.decided == Decided.reopened.name else last.decided


def seen(request: Asked) -> QuerySet[Document]:
    """Documents of the person's reach, as the pages list them."""
    return documents_of(request.access).select_related("job", "uploaded_by")


def _owners(request: Asked) -> list[tuple[str, str]]:
    """For whom the person may hand in a document."""
    reach = request.access.reach(Action.read_documents)
    counties = Organisation.objects.filter(kind=OrganisationKind.county_bureau.name).order_by("code")
    own = [(each.code, each.name) for each in counties if reach.holds(county=each.code)]
    return [("", _("全市")), *own] if reach.everything else own


def person(request: Asked) -> Person:
    assert request.access.person is not None
    return request.access.person


@require_http_methods(["GET", "POST"])
def _documents(request: Asked) -> HttpResponse:
    refused = ""
    if request.method == "POST":
        if not request.access.may(Action.read_documents):
            raise JunhengError(_("上传文件不在您的职责范围 -> 请办公室、规划或督导干部上传"))
        try:
            return redirect("document", _handed_in(request).pk)
        except JunhengError as wrong:
            refused = str(wrong)
    rows = seen(request)
    if words := request.GET.get("q", "").strip():
        rows = rows.filter(title__icontains=words) | rows.filter(name__icontains=words)
    return render(
        request,
        "documents/documents.html",
        {
            "page": paged(request, rows),
            "asked": request.GET,
            "refused": refused,
            "owners": _owners(request),
            "limit": settings.UPLOAD_LIMIT_BYTES // 2**20,
            "may_read": request.access.may(Action.read_documents),
        },
        status=422 if refused else 200,
    )


def _handed_in(request: Asked) -> Document:
    file, owner = request.FILES.get("file"), request.POST.get("owner", "")
    names = dict(_owners(request))
    if file is None:
        raise JunhengError(_("没有收到文件，或文件超过上限 -> 选一个文件再上传"))
    if owner not in names:
        raise JunhengError(_("归属：不在您的职责范围 -> 重新选择"))
    return actions.upload(person(request), file, owner, names[owner] if owner else "")


documents = needs(Action.see_documents, Action.read_documents)(_documents)


@needs(Action.see_documents)
def document(request: Asked, number: int) -> HttpResponse:
    found = get_object_or_404(seen(request), pk=number)
    return render(request, "documents/document.html", _page(request, found))


def _page(request: Asked, found: Document) -> dict[str, Any]:
    kind = request.GET.get("kind", "") if request.GET.get("kind") in KINDS else _first(found)
    told: dict[str, Any] = {
        "document": found,
        "kind": kind,
        "kinds": [(key, zh, found.how_many(key)) for key, zh in KINDS.items()],
        "stands": [(key or "none", zh, found.how_many(kind, key)) for key, zh in STANDS.items() if found.how_many(kind, key)],
        "wrong": sum(found.how_many("checks", look) for look in ("not_met", "needs_evidence")),
        "asked": request.GET,
        "may_decide": _may_decide(request, found),
        "keys": DECIDING,
        "decided": [(each.name, each.zh) for each in (Decided.accepted, Decided.edited, Decided.rejected)],
    }
    if found.job:
        told |= progress_of(found.job, request.access.person)
    return told | (_sides(request, found, kind) if found.reading else {})


def _first(found: Document) -> str:
    return next((key for key in KINDS if found.how_many(key)), "figures")


def _may_decide(request: Asked, found: Document) -> bool:
    reach = request.access.reach(Action.decide_items)
    return reach.everything or reach.holds(county=found.county_code)


def _sides(request: Asked, found: Document, kind: str) -> dict[str, Any]:
    """A stretch of the text, and beside it the items of one kind that stand in it and pass the filters."""
    text = raw_text(City(settings.CITY), found.sha256, found.reading)
    rows = [each for each in _shown(found, kind) if _passes(each, request)]
    cuts = windows(text, WINDOW)
    if request.GET.get("stand") or request.GET.get("state"):
        starts = [each.item.start for each in rows]
        cuts = [each for each in cuts if any(each[0] <= start < each[1] for start in starts)] or cuts[:1]
    page = Paginator(cuts, 1).get_page(request.GET.get("page") or _page_at(cuts, request.GET.get("at", "")))
    start, end = page.object_list[0] if page.object_list else (0, 0)
    here = [each for each in rows if start <= each.item.start < end]
    marks = marks_within([(str(each.item.pk), _colour(each), each.item.spans) for each in here], start, end)
    annotated = Annotated("", (), "", text[start:end], tuple(marks), (), (), ())
    waiting = sum(each.state == OPEN for each in rows)
    place = {"page": page, "start": start + 1, "end": end}
    return place | {"rows": here, "many": len(rows), "waiting": waiting, "text": list(lines(annotated))}


def _page_at(cuts: Sequence[tuple[int, int]], place: str) -> int:
    """The page of the stretch that a character of the raw text stands in."""
    at = int(place) if place.isdecimal() and len(place) < 10 else 0
    return next((number for number, (start, end) in enumerate(cuts, start=1) if start <= at < end), 1)


def _colour(each: Shown) -> str:
    return each.item.look if each.state != Decided.rejected.name else "unknown"


def _shown(found: Document, kind: str) -> list[Shown]:
    rows = {each.key: Shown(each) for each in found.items.filter(kind=kind).order_by("start", "number")}
    for each in found.decisions.filter(kind=kind).select_related("by").order_by("pk"):
        if each.key in rows:
            rows[each.key].decisions.append(each)
    return list(rows.values())


def _passes(each: Shown, request: Asked) -> bool:
    stand, state = request.GET.get("stand", ""), request.GET.get("state", "")
    return (not stand or (each.item.look or "none") == stand) and (not state or each.state == state)


@require_POST
@told_in_place
def _decide(request: Asked, number: int) -> HttpResponse:
    item = _held(request, number)
    decided = request.POST.get("decided", "")
    if decided not in Decided.__members__:
        raise JunhengError(_("没有说采用、修改还是拒绝 -> 返回上一页重新选择"))
    seen = request.POST.get("seen", "")
    actions.decide(person(request), item, Decided[decided], request.POST.get("value", ""), request.POST.get("note", ""),
                   seen=int(seen) if is_number(seen) else None)
    if request.headers.get("HX-Request"):
        return render(request, "documents/record.html", {"each": _one(item), "document": item.document, "may_decide": True})
    return redirect(_back(item))


def _one(item: Item) -> Shown:
    rows = item.document.decisions.filter(kind=item.kind, start=item.start, end=item.end).select_related("by").order_by("pk")
    return Shown(item, [each for each in rows if each.text == item.text])


def _held(request: Asked, number: int) -> Item:
    """An item of a document that the person may see and decide on."""
    item = get_object_or_404(Item.objects.select_related("document", "document__job"), pk=number, document__in=seen(request))
    if not _may_decide(request, item.document):
        raise JunhengError(_("这份文件不在您的核定范围 -> 请文件归属单位办理"))
    return item


def _back(item: Item) -> str:
    return f"{reverse('document', args=[item.document_id])}?kind={item.kind}&at={item.start}#i{item.pk}"


@require_POST
def _repair(request: Asked, number: int) -> HttpResponse:
    item = _held(request, number)
    actions.repair(person(request), item, request.POST.get("done") == "yes", request.POST.get("note", ""))
    messages.success(request, _("已记下，正在按您的意思重新识读"))
    return redirect("document", item.document_id)


@require_POST
def _again(request: Asked, number: int) -> HttpResponse:
    found = get_object_or_404(seen(request), pk=number)
    reach = request.access.reach(Action.read_documents)
    if not (reach.everything or reach.holds(county=found.county_code)):
        raise JunhengError(_("这份文件不在您的职责范围 -> 请文件归属单位办理"))
    actions.read_again(person(request), found)
    return redirect("document", number)


@needs(Action.see_documents)
def original(request: Asked, number: int) -> FileResponse:
    """The file as it came: handed out to be saved, never shown by the browser."""
    found = get_object_or_404(seen(request), pk=number)
    audit.record(person(request), "document.open", found.name, detail={"document": found.pk})
    path = City(settings.CITY).documents / found.sha256 / "original"
    return FileResponse(path.open("rb"), as_attachment=True, filename=found.name, content_type="application/octet-stream")


decide = needs(Action.decide_items)(_decide)
repair = needs(Action.decide_items)(_repair)
again = needs(Action.read_documents)(_again)

