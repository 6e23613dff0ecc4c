"""Two plans side by side: what it costs, how far each gets, and what differs at which school."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import render

from junheng.people.doors import Asked, needs
from junheng.people.pages import paged, rest_of_query
from junheng.people.permissions import Action
from junheng.planning.models import PlanMeasure, PlanRow
from junheng.planning.reach import plans_of
from junheng.planning.views.shown import plan_of

CHOICES = 100
Key = tuple[str, str, str, str, int]


@dataclass
class Differing:
    """A school at which two plans differ, measure by measure: what is dropped, what comes, what becomes more or less."""

    school_id: str
    name: str
    before: Decimal = Decimal(0)
    after: Decimal = Decimal(0)
    lines: list[tuple[PlanMeasure | None, PlanMeasure | None]] = field(default_factory=list)

    @property
    def more(self) -> Decimal:
        return self.after - self.before


@needs(Action.see_plans)
def compare(request: Asked) -> HttpResponse:
    seen = plans_of(request.access)
    choices = list(seen[:CHOICES])
    asked = [request.GET.get(name, "") for name in ("before", "after")]
    if not all(asked):
        return render(request, "planning/compare.html", {"choices": choices, "before": None, "after": None, "asked": asked})
    before, after = (plan_of(request, each) for each in asked)
    schools = sorted(_differing(before, after), key=lambda each: (-abs(each.more), each.name))
    return render(request, "planning/compare.html", {
        "choices": choices,
        "asked": asked,
        "before": before,
        "after": after,
        "more": after.cost - before.cost,
        "counties": _counties(before, after),
        "unmet": _unmet(before, after),
        "page": paged(request, schools),
        "query": rest_of_query(request),
        "asks": _asks(before, after),
    })


def _differing(before: PlanRow, after: PlanRow) -> Iterator[Differing]:
    olds, news = _by_key(before), _by_key(after)
    schools: dict[str, Differing] = {}
    for key in sorted({*olds, *news}):
        old, new = olds.get(key), news.get(key)
        told = old or new
        if told is None or (old and new and (old.amount, old.cost) == (new.amount, new.cost)):
            continue
        at = schools.setdefault(told.school_id, Differing(told.school_id, told.name))
        at.before += old.cost if old else 0
        at.after += new.cost if new else 0
        at.lines.append((old, new))
    yield from schools.values()


def _by_key(plan: PlanRow) -> dict[Key, PlanMeasure]:
    rows = plan.measures.all()
    return {(each.school_id, each.stage, each.kind, f"{each.source} {each.detail}", each.year): each for each in rows}


def _counties(before: PlanRow, after: PlanRow) -> list[tuple[object, object]]:
    """Each county of either, as it is in both; None where one has it not."""
    olds, news = ({each.county_code: each for each in plan.counties.filter(begun=True)} for plan in (before, after))
    return [(olds.get(code), news.get(code)) for code in sorted({*olds, *news})]


def _unmet(before: PlanRow, after: PlanRow) -> dict[str, list[str]]:
    """What stays short in one of them only."""
    olds, news = ({(each.school_id or each.county_code, each.stage, each.item): each for each in plan.unmet.all()}
                  for plan in (before, after))
    gone, come = sorted({*olds} - {*news}), sorted({*news} - {*olds})
    return {"no_longer": [olds[key] for key in gone], "new": [news[key] for key in come]}


ASKED = ("snapshot", "years", "budget", "margin", "discount", "allow", "also", "forbid", "times", "values", "fixes")


def _asks(before: PlanRow, after: PlanRow) -> list[tuple[str, object, object]]:
    """What was asked differently."""
    rows = ((name, before.task.get(name), after.task.get(name)) for name in ASKED)
    return [row for row in rows if row[1] != row[2]]
