"""The finding that an address names, and the order in which its pages list what it is made of."""

from __future__ import annotations

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import Http404

from junheng.indicators.models import FindingRow
from junheng.indicators.origin import spread_of
from junheng.indicators.registry import INDICATORS
from junheng.kernel.codes import Verdict
from junheng.people.doors import Asked
from junheng.people.permissions import Action


def finding_at(request: Asked, action: Action, address: tuple[int, str, str, str, str]) -> FindingRow:
    """The finding at an address that the person may see; what lies outside his reach is not there."""
    if any("\0" in str(each) for each in address):
        raise Http404  # a database takes no such letter
    names = ("year", "item", "level", "group", "stage")
    found = FindingRow.objects.filter(**dict(zip(names, address, strict=True)))
    row = request.access.reach(action).narrow(found).first()
    if row is None or row.item not in INDICATORS:
        raise Http404
    return row


def in_order(rows: QuerySet[FindingRow], row: FindingRow) -> QuerySet[FindingRow]:
    """What a finding is made of: what drives a spread most first, then what falls short most."""
    fails = Case(When(verdict=Verdict.not_met.name, then=Value(0)), When(verdict=Verdict.unknown.name, then=Value(1)),
                 default=Value(2), output_field=IntegerField())
    no_share = Case(When(share_number=None, then=Value(1)), default=Value(0), output_field=IntegerField())
    order = ("no_share", "-share_number", "fails") if spread_of(row.item) else ("fails", "-gap_number")
    return rows.annotate(fails=fails, no_share=no_share).order_by(*order, "item", "group")
