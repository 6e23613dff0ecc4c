"""What plans have for a school: of the plan that is in force, else of the last one that the person may see."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from junheng.people.scope import Access
from junheng.planning.models import PlanMeasure, PlanRow
from junheng.planning.reach import plans_of
from junheng.planning.transitions import APPROVAL, IN_FORCE


@dataclass(frozen=True)
class Planned:
    """The measures of one plan at a school; `may_open` whether the person sees the plan as a whole."""

    plan: PlanRow
    measures: list[PlanMeasure]
    may_open: bool

    @property
    def is_in_force(self) -> bool:
        return self.plan.case.state == IN_FORCE

    @property
    def state(self) -> str:
        return APPROVAL.states[self.plan.case.state]


def planned_for(access: Access, school_id: str) -> Planned | None:
    """A school is told of what binds it; drafts are for who sees plans. The caller has seen that the school is inside."""
    seen = plans_of(access)
    rows = PlanMeasure.objects.filter(school_id=school_id).filter(Q(plan__case__state=IN_FORCE) | Q(plan__in=seen))
    measures = list(rows.select_related("plan__case").order_by("-plan__made", "plan", "year", "place"))
    plans = list(dict.fromkeys(each.plan for each in measures))
    if not plans:
        return None
    plan = next((each for each in plans if each.case.state == IN_FORCE), plans[0])
    return Planned(plan, [each for each in measures if each.plan == plan], seen.filter(pk=plan.pk).exists())
