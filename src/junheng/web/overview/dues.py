"""What waits for a person, and what he waits for: cases of every kind, by the tables of their steps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from junheng.people.doors import may_open
from junheng.people.models import Case, Step
from junheng.people.permissions import Action
from junheng.people.scope import NOWHERE, Access, Reach
from junheng.people.transitions import KINDS, Transitions

SOON = timedelta(days=7)
ABOUT = [each.name for each in Case._meta.related_objects if each.one_to_one]  # submissions, plans


@dataclass(frozen=True)
class Due:
    """A case as the page lists it to a person."""

    case: Case
    kind: Transitions
    access: Access

    @property
    def href(self) -> str:
        """Its page. What a case is about holds the case and is named as its kind, and so is the address.

        Without one, or where the person is not let in: no link.
        """
        name = self.kind.of or self.case.kind
        about = getattr(self.case, name, None)
        try:
            address = reverse(name, args=[about.pk]) if about else ""
        except NoReverseMatch:
            return ""
        return address if address and may_open(self.access, address) else ""

    @property
    def step(self) -> str:
        """What it waits for."""
        return _("、").join(_(each.zh) for each in self.kind.awaited(self.case.state))

    @property
    def state(self) -> str:
        return _(self.kind.states[self.case.state])

    @property
    def days(self) -> int | None:
        """Until its day; negative when that is over."""
        return (self.case.due - self.access.day).days if self.case.due else None

    @property
    def look(self) -> str:
        if self.days is None:
            return "unknown"
        return "overdue" if self.days < 0 else "needs_evidence" if self.days <= SOON.days else "working"

    @property
    def when(self) -> str:
        if self.days is None:
            return _("未定期限")
        if self.days < 0:
            return ngettext("逾期 %d 天", "逾期 %d 天", -self.days) % -self.days
        return _("今天到期") if not self.days else ngettext("还有 %d 天", "还有 %d 天", self.days) % self.days


@dataclass(frozen=True)
class Tally:
    """How many cases there are, how many are past their day, how many come to it within a week."""

    many: int = 0
    overdue: int = 0
    soon: int = 0


@dataclass(frozen=True)
class Dues:
    """The most urgent of a person's cases: those that wait for him, and those that wait for others."""

    own: Tally
    others: Tally
    own_first: Sequence[Due] = ()
    others_first: Sequence[Due] = ()

    @property
    def shown(self) -> Sequence[Due]:
        """His own; where he has none, what is overdue with others."""
        return self.own_first or self.others_first


def dues_of(access: Access, most: int = 8) -> Dues:
    """The list of others' is read only where there is none of his own."""
    own, others = waiting_for(access), waiting_for_others(access)
    first = listed(own, access, most)
    rest = None if first else listed(others, access, most)
    return Dues(_tally(own, access.day, first, most), _tally(others, access.day, rest, most), first, rest or [])


def waiting_for(access: Access) -> QuerySet[Case]:
    """Cases whose next step this person may take, most urgent first."""
    return _in_order(Case.objects.filter(_mine(access)))


def waiting_for_others(access: Access) -> QuerySet[Case]:
    """Open cases that lie where he sees, and wait for somebody else."""
    return _in_order(Case.objects.filter(_seen(access)).exclude(_mine(access)))


def listed(cases: QuerySet[Case], access: Access, most: int) -> list[Due]:
    return [Due(each, KINDS[each.kind], access) for each in cases[:most]]


def _in_order(cases: QuerySet[Case]) -> QuerySet[Case]:
    """With no more of what a case is about than its number: a submission holds every change of its school."""
    own = [each.name for each in Case._meta.concrete_fields]
    narrow = cases.select_related(*ABOUT).only(*own, *(f"{about}__case" for about in ABOUT))
    return narrow.order_by(F("due").asc(nulls_last=True), "opened", "pk")


def _mine(access: Access) -> Q:
    """The cases in a state that waits for a step which he may take there."""
    steps = ((kind, step, access.reach(step.permission)) for kind in KINDS.values() for step in kind.steps)
    told = dict.fromkeys((kind.kind, states, reach, step.not_by) for kind, step, reach in steps if reach
                         and (states := tuple(each for each in kind.states if step in kind.awaited(each))))
    return _any(_waits(*each, access) for each in told)


def _waits(kind: str, states: Sequence[str], reach: Reach, not_by: Sequence[str], access: Access) -> Q:
    found = Q(kind=kind, state__in=states) & reach.rows()
    if not_by:
        done = Step.objects.filter(case=OuterRef("pk"), action__in=not_by, actor=access.person)
        found &= ~Q(Exists(done))
    return found


def _seen(access: Access) -> Q:
    """The cases that wait for anything: of a line of work, those that the line sees; and those that he takes some step of."""
    return _any(_seen_of(kind, access) for kind in KINDS.values())


def _seen_of(kind: Transitions, access: Access) -> Q | None:
    reach = NOWHERE
    for line in {each.permission.line for each in kind.steps}:
        reach |= access.reach(Action.see_schools, line)
    for step in kind.steps:
        reach |= access.reach(step.permission)
    waiting = [state for state in kind.states if kind.awaited(state)]
    return Q(kind=kind.kind, state__in=waiting) & reach.rows() if reach else None


def _any(parts: Iterable[Q | None]) -> Q:
    return reduce(or_, filter(None, parts), Q(pk__in=[]))


def _tally(cases: QuerySet[Case], day: date, shown: Sequence[Due] | None, most: int) -> Tally:
    """Counted in the database only where no list, of at most so many, holds all of them."""
    if shown is not None and len(shown) < most:
        days = [each.days for each in shown if each.days is not None]
        return Tally(len(shown), sum(each < 0 for each in days), sum(0 <= each <= SOON.days for each in days))
    late, soon = Q(due__lt=day), Q(due__gte=day, due__lte=day + SOON)
    counted = cases.select_related(None).order_by()
    return Tally(**counted.aggregate(many=Count("pk"), overdue=Count("pk", filter=late), soon=Count("pk", filter=soon)))
