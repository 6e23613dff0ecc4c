"""Which plans a person sees, and for which counties he may have one made."""

from __future__ import annotations

from django.db.models import QuerySet

from junheng.people.permissions import Action
from junheng.people.scope import Access
from junheng.planning.models import PlanCounty, PlanRow
from junheng.register.models import RegisterYear, School


def plans_of(access: Access, action: Action = Action.see_plans) -> QuerySet[PlanRow]:
    """Plans of which every county lies in reach. One that goes beyond is not shown in part: its sums tell of the others."""
    reach = access.reach(action)
    if not reach:
        return PlanRow.objects.none()
    if reach.everything:
        return PlanRow.objects.all()
    own = reach.rows(township="", school="")
    beyond = PlanCounty.objects.exclude(own).values("plan")
    return PlanRow.objects.filter(pk__in=PlanCounty.objects.filter(own).values("plan")).exclude(pk__in=beyond)


def counties_of(access: Access, action: Action, year: RegisterYear | None) -> dict[str, str]:
    """Code and name of the counties of the year in reach."""
    if year is None:
        return {}
    rows = School.objects.filter(access.reach(action).rows(township="", school=""), year=year.year)
    return dict(rows.order_by("county_code").values_list("county_code", "county").distinct())
