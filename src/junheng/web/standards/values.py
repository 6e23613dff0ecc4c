"""What is in force on a day in a place; each value with its paper, who confirmed it, and all that was or will be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from junheng.indicators.registry import INDICATORS, Indicator
from junheng.kernel.codes import Evidence
from junheng.kernel.faults import JunhengError
from junheng.people.doors import Asked, needs
from junheng.people.models import Person
from junheng.people.pages import day_of
from junheng.people.permissions import Action
from junheng.people.scope import Reach
from junheng.register.conditions import conditions_shown
from junheng.standards import Entry, LawBook, Limit, law, law_book
from junheng.standards.actions import confirmed
from junheng.standards.codes import LocalState
from junheng.standards.confirmed import Key, key
from junheng.standards.models import Confirmation, LocalValue
from junheng.standards.words import limit_word, looser_shown, printed, unit_of
from junheng.web.standards.confirming import confirm, withdraw
from junheng.web.standards.places import CITY, Place, may_decide, named, places

LONGEST = 300  # characters of a note


@dataclass(frozen=True)
class Shown:
    """A dated value as the pages show it."""

    limit: Limit
    entry: Entry
    mark: str
    whom: str
    place: str
    value: str
    unit: str
    confirmation: Confirmation | None
    state: str = ""  # of a list of all dates: in force, over, not yet

    @property
    def look(self) -> str:
        return "needs_evidence" if self.is_open else "done"

    @property
    def is_open(self) -> bool:
        """Whether nobody has seen it in its paper."""
        return self.entry.evidence is Evidence.believed and self.confirmation is None

    @property
    def word(self) -> str:
        return _("已确认") if self.confirmation else _("待确认") if self.is_open else _("已读原文")


def mark(found: Key) -> str:
    """A short name of a dated value for an address."""
    return sha256("\0".join(found).encode()).hexdigest()[:12]


def shown(rows: Iterable[tuple[Limit, Entry]], known: list[Place], states: dict[int, str] | None = None) -> list[Shown]:
    held = list(rows)
    seen = confirmed({limit.name for limit, _entry in held})
    return [
        Shown(
            limit,
            entry,
            mark(key(limit.name, entry)),
            conditions_shown(entry.where),
            named(known, entry.jurisdiction),
            *printed(entry.value, limit.unit),
            seen.get(key(limit.name, entry)),
            (states or {}).get(id(entry), ""),
        )
        for limit, entry in held
    ]


def book_on(day: date) -> LawBook:
    return law_book(day, settings.CITY / "standards")


def day_asked(request: Asked) -> date:
    """The day of the address; today where none or no day is written."""
    return day_of(request.GET.get("on", "")) or timezone.localdate()


def place_asked(request: Asked, known: list[Place]) -> str:
    """Of the address; the city where none is asked for."""
    asked = request.GET.get("place")
    if asked is None:
        return next((each.code for each in known if len(each.code) == CITY), "")
    return asked if any(each.code == asked for each in known) else ""


def within(request: Asked) -> QuerySet[LocalValue]:
    """What is entered for places that the person may decide on; whoever may not set values sees what is or was in force."""
    reach = request.access.reach(Action.set_local_value)
    rows = LocalValue.objects.select_related("by", "saved_by", "measured")
    if reach.everything:
        return rows
    public = Q(state__in=(LocalState.in_force.name, LocalState.withdrawn.name))
    return rows.filter(public | Q(jurisdiction__in=sorted(reach.counties)))


@needs(Action.see_standards)
def values(request: Asked) -> HttpResponse:
    """Law is public: who may see standards sees those of every place."""
    known, day = places(), day_asked(request)
    place, book = place_asked(request, known), book_on(day)
    standard = request.GET.get("standard", "")
    order = list(law.standards)
    limits = sorted(law.limits.values(), key=lambda each: order.index(each.standard))
    rows = shown(((limit, entry) for limit in limits for entry in book.entries(limit, place)), known)
    words = request.GET.get("q", "").strip()
    found = [each for each in rows if words in f"{each.limit.zh} {each.limit.name} {limit_word(each.limit)} {each.entry.paper}"]
    if request.GET.get("open"):
        found = [each for each in found if each.is_open]
    return render(
        request,
        "web/standards/values.html",
        {
            "rows": [each for each in found if standard in ("", each.limit.standard)],
            "many": len(rows),
            "open": sum(each.is_open for each in rows),
            "local": sum(bool(each.entry.jurisdiction) for each in rows),
            "standards": [
                (each, sum(row.limit.standard == each.id for row in found)) for each in law.standards.values()
            ],
            "standard": standard,
            "found": len(found),
            "places": known,
            "place": place,
            "day": day,
            "asked": request.GET,
            "looser": looser_shown(book.overlays_of({place})),
            "drafts": within(request).filter(state=LocalState.draft.name).count(),
        },
    )


def limit_named(name: str) -> Limit:
    if name not in law.limits:
        raise Http404
    return law.limits[name]


def all_entries(limit: Limit) -> list[Entry]:
    """Of every place and day."""
    local = [entry for overlay in book_on(date.max).overlays for entry in overlay.entries.get(limit.name, ())]
    return sorted((*limit.entries, *local), key=lambda each: (len(each.jurisdiction), each.jurisdiction, each.day), reverse=True)


@needs(Action.see_standards)
def one(request: Asked, name: str) -> HttpResponse:
    return render(request, "web/standards/value.html", _page(request, limit_named(name)))


def _page(request: Asked, limit: Limit) -> dict[str, Any]:
    known, day = places(), day_asked(request)
    place = place_asked(request, known)
    holds = {_same(each) for each in book_on(day).entries(limit, place)}
    entries = all_entries(limit)
    states = {id(each): _state(each, day, place, _same(each) in holds) for each in entries}
    reach = request.access.reach(Action.confirm_value)
    rows = shown(((limit, each) for each in entries), known, states)
    return {
        "limit": limit,
        "unit": unit_of(limit),
        "words": any(isinstance(each.value, str) for each in limit.entries),
        "rows": rows,
        "standard": law.standards[limit.standard],
        "uses": uses(limit),
        "day": day,
        "place": named(known, place),
        "code": place,
        "confirmable": [each for each in rows if each.is_open and may_decide(reach, each.entry.jurisdiction)],
        "withdrawable": [each for each in rows if each.confirmation and may_decide(reach, each.entry.jurisdiction)],
        "drafts": within(request).filter(limit=limit.name),
        "may_enter": bool(request.access.reach(Action.set_local_value)),
    }


def _same(entry: Entry) -> Key:
    return key("", entry)


def _state(entry: Entry, day: date, place: str, holds: bool) -> str:
    if entry.day > day:
        return _("尚未施行")
    if entry.jurisdiction and not place.startswith(entry.jurisdiction):
        return _("别处适用")
    return _("施行中") if holds else _("已被取代")


def uses(limit: Limit) -> list[Indicator]:
    """The items whose figure or verdict rests on it."""
    return [each for each in INDICATORS.values() if limit in (each.limit, each.enough, *each.asks.values())]


def _note(request: Asked) -> str:
    note = request.POST.get("note", "").strip()
    if not note or len(note) > LONGEST:
        raise JunhengError(_("说明：应写明在哪里看到原文，%(most)s 字以内 -> 返回上一页补上") % {"most": LONGEST})
    return note


def _refuse(reach: Reach, jurisdiction: str) -> None:
    if not may_decide(reach, jurisdiction):
        raise JunhengError(_("这个值管到您的职责范围以外 -> 请市教育局督导或规划干部办理"))


@require_POST
def _confirm(request: Asked, name: str, entry: str) -> HttpResponse:
    limit = limit_named(name)
    found = next((each for each in all_entries(limit) if mark(key(name, each)) == entry), None)
    if found is None:
        raise JunhengError(_("%(limit)s：这个值已经变了，没有确认 -> 返回后重新核对") % {"limit": limit_word(limit)})
    _refuse(request.access.reach(Action.confirm_value), found.jurisdiction)
    confirm(_person(request), name, found, _note(request))
    messages.success(request, _("已确认，并记入操作记录；页面数据正在重新测算"))
    return redirect("standard", name)


@require_POST
def _unconfirm(request: Asked, number: int) -> HttpResponse:
    row = get_object_or_404(Confirmation, pk=number)
    _refuse(request.access.reach(Action.confirm_value), row.jurisdiction)
    withdraw(_person(request), row, _note(request))
    messages.success(request, _("已撤回确认，页面数据正在重新测算"))
    return redirect("standard", row.limit)


def _person(request: Asked) -> Person:
    assert request.access.person is not None
    return request.access.person


confirm_value = needs(Action.confirm_value)(_confirm)
unconfirm_value = needs(Action.confirm_value)(_unconfirm)
