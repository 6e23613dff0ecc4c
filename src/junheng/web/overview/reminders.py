"""What a school is told of its handing-in, and an office of the schools that have not handed in: the day near, over, returned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from junheng.people.permissions import Action
from junheng.people.scope import Access
from junheng.register.models import SchoolSubmission
from junheng.register.submissions import policy
from junheng.register.submissions.views import remarks
from junheng.register.transitions import RETURNED, WITH_SCHOOL
from junheng.web.overview.dues import SOON

MOST = 3  # schools of one person, the most urgent first


@dataclass(frozen=True)
class Reminder:
    """A sentence at the head of the first page: `look` is the class of its box, `todo` what its link says."""

    look: str
    word: str
    text: str
    href: str
    todo: str
    by: str = ""


def reminders_of(access: Access) -> list[Reminder]:
    return [*_of_schools(access), *_of_offices(access)]


def _of_schools(access: Access) -> Iterator[Reminder]:
    """For who hands in: his own schools, or his county's office, that have not."""
    if not (access.may(Action.hand_in) or access.may(Action.hand_in_county)):
        return
    waiting = policy.own(access).filter(case__state__in=WITH_SCHOOL).select_related("case").defer("rows", "difference")
    for one in waiting.prefetch_related("case__reminders").order_by("case__due", "pk")[:MOST]:
        yield from _of_school(one, access.day)


def _of_school(one: SchoolSubmission, day: date) -> Iterator[Reminder]:
    case, href = one.case, reverse("submission", args=[one.pk])
    fill_in, look_at = _("去填报"), _("看报送")
    if policy.is_locked(case, day):
        text = _("%(title)s：%(due)s 报送截止，已锁定；确需补报的，请市教育局规划科解锁")
        yield Reminder("error", _("逾期未报"), text % {"title": case.title, "due": case.due}, href, look_at)
    elif case.due is not None and case.due - day <= SOON:
        days = (case.due - day).days
        text = ngettext("%(title)s：还有 %(days)d 天截止，过期自动锁定", "%(title)s：还有 %(days)d 天截止，过期自动锁定", days)
        yield Reminder("warning", _("临近截止"), text % {"title": case.title, "days": days}, href, fill_in)
    steps = case.steps.select_related("actor").order_by("-number") if case.last_number else ()
    if returned := remarks(case.state, steps):
        yield Reminder("warning", _("退回意见"), returned.note, href, fill_in, f"{returned.actor or ''}")
    for each in case.reminders.all()[:1]:
        yield Reminder("warning", _("催报"), each.text, href, fill_in)


def _of_offices(access: Access) -> Iterator[Reminder]:
    """For who checks: how many schools of each open year have not handed in, and why that presses."""
    if not (reach := access.reach(Action.check_submission)):
        return
    lie = reach.narrow(SchoolSubmission.objects.filter(case__state__in=WITH_SCHOOL).exclude(school_id="")).order_by("-year")
    late, soon = Q(case__due__lt=access.day), Q(case__due__gte=access.day, case__due__lte=access.day + SOON)
    for told in lie.values("year").annotate(
        late=Count("pk", filter=late), soon=Count("pk", filter=soon), returned=Count("pk", filter=Q(case__state=RETURNED))
    ):
        yield from _of_year(told["year"], told["late"], told["soon"], told["returned"])


def _of_year(year: int, late: int, soon: int, returned: int) -> Iterator[Reminder]:
    def told(look: str, word: str, many: int, text: str, state: str, todo: str) -> Sequence[Reminder]:
        href = f"{reverse('submissions')}?year={year}&state={state}"
        return [Reminder(look, word, text % {"year": year, "many": many}, href, todo)] if many else []

    yield from told("error", _("逾期未报"), late, ngettext("%(year)s 学年有 %(many)d 所学校逾期未报送，已锁定",
                    "%(year)s 学年有 %(many)d 所学校逾期未报送，已锁定", late), "late", _("去催报"))
    yield from told("warning", _("临近截止"), soon, ngettext("%(year)s 学年有 %(many)d 所学校 7 天内截止、还未报送",
                    "%(year)s 学年有 %(many)d 所学校 7 天内截止、还未报送", soon), "waiting", _("去催报"))
    yield from told("warning", _("已退回"), returned, ngettext("%(year)s 学年有 %(many)d 所学校退回后还没有重报",
                    "%(year)s 学年有 %(many)d 所学校退回后还没有重报", returned), RETURNED, _("看名单"))
