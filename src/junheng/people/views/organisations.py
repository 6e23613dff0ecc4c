"""The organisation trees as they stand on a day, opened level by level."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from junheng.people.codes import OrganisationTree
from junheng.people.doors import Asked, is_number, needs
from junheng.people.models import Appointment, Branch, Organisation
from junheng.people.models.organisations import in_force
from junheng.people.pages import day_of
from junheng.people.permissions import Action

MOST = 500  # shown under one organisation


@needs(Action.see_people)
def tree(request: Asked) -> HttpResponse:
    """One organisation, those above it, those right below it; without one, the tops of the tree."""
    name = request.GET.get("tree", "")
    chosen = OrganisationTree[name] if name in OrganisationTree.__members__ else OrganisationTree.administration
    day = day_of(request.GET.get("day", "")) or timezone.localdate()
    code = request.GET.get("of", "")
    here = get_object_or_404(Organisation, pk=int(code)) if is_number(code) else None
    return render(
        request,
        "people/organisations.html",
        {
            "trees": list(OrganisationTree),
            "tree": chosen,
            "day": day,
            "here": here,
            "above": _above(here, chosen, day),
            "below": list(_below(here, chosen, day)[:MOST]),
            "people": _people(request, here, day),
        },
    )


def _above(here: Organisation | None, tree: OrganisationTree, day: date) -> list[Organisation]:
    found: list[Organisation] = []
    while here is not None and len(found) < 10:
        branch = Branch.objects.filter(in_force(day), tree=tree.name, child=here).select_related("parent").first()
        here = branch.parent if branch else None
        found[:0] = [here] if here else []
    return found


def _below(here: Organisation | None, tree: OrganisationTree, day: date):  # type: ignore[no-untyped-def]
    branches = Branch.objects.filter(in_force(day), tree=tree.name)
    if here is not None:
        rows = Organisation.objects.filter(pk__in=branches.filter(parent=here).values("child"))
    else:
        rows = Organisation.objects.filter(pk__in=branches.values("parent")).exclude(pk__in=branches.values("child"))
    own = in_force(day, "branches_below__") & Q(branches_below__tree=tree.name)
    return rows.annotate(many=Count("branches_below", filter=own)).order_by("kind", "code")


def _people(request: Asked, here: Organisation | None, day: date) -> list[Appointment]:
    """Who works there, where the person may see it; that it is there everybody may know."""
    inside = request.access.organisations(Action.see_people)
    if here is None or not (inside is None or here.pk in inside):
        return []
    return list(here.appointments.filter(in_force(day)).select_related("person").order_by("role", "person"))
