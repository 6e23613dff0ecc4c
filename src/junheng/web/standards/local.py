"""A local value is entered, its effects are shown, and only then it can be saved."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from junheng.kernel.faults import JunhengError
from junheng.people.doors import Asked, needs
from junheng.people.models import Person
from junheng.people.pages import paged
from junheng.people.permissions import Action
from junheng.people.views.jobs import progress_of
from junheng.register.conditions import conditions_shown
from junheng.standards import Entry, Limit, law
from junheng.standards import actions as standards
from junheng.standards.actions import key
from junheng.standards.codes import LocalState
from junheng.standards.models import LocalValue
from junheng.standards.words import limit_word, unit_of
from junheng.web.standards.effects import ask_for_effects, is_fresh, settle, warnings
from junheng.web.standards.forms import NUMBERS, LocalValueForm
from junheng.web.standards.places import CITY, Place, may_decide, places
from junheng.web.standards.values import LONGEST, all_entries, limit_named, mark, within


def _mine(request: Asked) -> list[Place]:
    """The places for which the person may lay down a value, the city first."""
    reach = request.access.reach(Action.set_local_value)
    return sorted((each for each in places() if may_decide(reach, each.code)), key=lambda each: len(each.code) != CITY)


@needs(Action.see_standards)
def listing(request: Asked) -> HttpResponse:
    page = paged(request, within(request))
    for each in page:
        each.limit_zh, each.whom = limit_word(law.limits[each.limit]), conditions_shown(each.where)
    return render(request, "web/standards/locals.html", {"page": page, "may_enter": request.access.may(Action.set_local_value)})


@require_http_methods(["GET", "POST"])
def _new(request: Asked, name: str) -> HttpResponse:
    limit, mine = limit_named(name), _mine(request)
    like = next((each for each in all_entries(limit) if mark(key(name, each)) == request.GET.get("like")), None)
    form = LocalValueForm(limit, mine, request.POST or None, initial=_start(like) if like else None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        kept = {name: told[name] for name in ("jurisdiction", "value", "day", "paper", "seen", "note")}
        made = standards.draft(_person(request), kept | {"limit": name, "place": form.place, "where": form.where})
        ask_for_effects(made, _person(request))
        return redirect("local-value", made.pk)
    return render(
        request,
        "web/standards/new.html",
        {"form": form, "limit": limit, "unit": unit_of(limit), "like": like,
         "whom": conditions_shown(like.where) if like else ""},
        status=422 if form.errors else 200,
    )


def _start(like: Entry) -> dict[str, Any]:
    """A local value begins as what it takes the place of, but for the paper."""
    lists = {name: each if isinstance(each, list) else [each] for name, each in like.where.items() if name in ("kind", "area")}
    return {name: each for name, each in like.where.items() if name in ("stage", *NUMBERS)} | lists | {"value": str(like.value)}


def _person(request: Asked) -> Person:
    assert request.access.person is not None
    return request.access.person


@needs(Action.see_standards)
def one(request: Asked, number: int) -> HttpResponse:
    return render(request, "web/standards/local.html", _page(request, number))


@needs(Action.see_standards)
def part(request: Asked, number: int) -> HttpResponse:
    """The effects alone: asks for itself again while they are measured."""
    return render(request, "web/standards/effects.html", _page(request, number))


def _page(request: Asked, number: int) -> dict[str, Any]:
    value = get_object_or_404(within(request), pk=number)
    limit: Limit = law.limits[value.limit]
    job, mine = value.measured, may_decide(request.access.reach(Action.set_local_value), value.jurisdiction)
    told: dict[str, Any] = {"progress": None}
    if job:
        told = progress_of(job, request.access.person)
        told["progress"]["href"] = reverse("local-value-part", args=[value.pk])
    return told | {
        "value": value,
        "limit": limit,
        "unit": unit_of(limit),
        "whom": conditions_shown(value.where),
        "job": job,
        "result": job.result if job and not job.is_open and not job.error else None,
        "standards": law.standards,
        "warnings": warnings(value),
        "may_settle": mine and value.state in (LocalState.draft.name, LocalState.in_force.name),
        "fresh": is_fresh(value),
    }


def _held(request: Asked, number: int) -> LocalValue:
    """One the person may decide on."""
    value = get_object_or_404(within(request), pk=number)
    if not may_decide(request.access.reach(Action.set_local_value), value.jurisdiction):
        raise JunhengError(_("这个值的适用地不在您的职责范围 -> 请适用地的督导或规划干部办理"))
    return value


@require_POST
def _again(request: Asked, number: int) -> HttpResponse:
    ask_for_effects(_held(request, number), _person(request))
    return redirect("local-value", number)


@require_POST
def _save(request: Asked, number: int) -> HttpResponse:
    value, reason = _held(request, number), request.POST.get("reason", "").strip()
    if request.POST.get("state") != value.state:
        raise JunhengError(_(standards.TAKEN) % {"state": _(value.state_zh)})
    settle(_person(request), value, reason[:LONGEST])
    on = value.state == LocalState.draft.name
    messages.success(request, _("已生效，页面数据正在重新测算") if on else _("已撤回，页面数据正在重新测算"))
    return redirect("local-value", number)


@require_POST
def _drop(request: Asked, number: int) -> HttpResponse:
    value = _held(request, number)
    standards.drop(_person(request), value)
    messages.success(request, _("已放弃，没有改变标准"))
    return redirect("standard", value.limit)


new = needs(Action.set_local_value)(_new)
again = needs(Action.set_local_value)(_again)
save = needs(Action.set_local_value)(_save)
drop = needs(Action.set_local_value)(_drop)
