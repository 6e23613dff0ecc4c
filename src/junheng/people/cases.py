"""How a case moves: a step is added and the state moves with it, or somebody else was first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.kernel.faults import JunhengError
from junheng.people import audit
from junheng.people.models import Case, Person, Step
from junheng.people.scope import Access
from junheng.people.transitions import Transitions


def open_case(transitions: Transitions, subject: str, **told: Any) -> Case:
    """The case of a subject, opened if it is not there yet."""
    start = {"state": transitions.first, **told}
    return Case.objects.get_or_create(kind=transitions.kind, subject=subject, defaults=start)[0]


def take(
    transitions: Transitions,
    case: Case,
    action: str,
    access: Access,
    *,
    note: str = "",
    seen: int | None = None,
    detail: Mapping[str, Any] | None = None,
    also: Callable[[Step], None] | None = None,
) -> Step:
    """Take a step in one transaction; `seen` is the number of the last step the person saw, `also` what changes with it.

    Errors: JunhengError in words where the step is not permitted, or somebody was first.
    """
    step = transitions.step(action)
    with transaction.atomic():
        case.refresh_from_db()
        number = case.last_number
        if seen is not None and seen != number:
            raise JunhengError(_who_was_first(transitions, case))
        if refusal := transitions.refusal(case, step, access, note):
            raise JunhengError(refusal)
        moved = Case.objects.filter(pk=case.pk, last_number=number).update(last_number=number + 1, state=step.after)
        if not moved:
            raise JunhengError(_who_was_first(transitions, case))
        made = Step.objects.create(
            case=case,
            number=number + 1,
            action=action,
            before=case.state,
            after=step.after,
            actor=access.person,
            note=note.strip(),
            detail=dict(detail or {}),
        )
        audit.record(
            access.person,
            f"{transitions.kind}.{action}",
            case.subject,
            reason=note.strip(),
            role="、".join(each.zh for each in access.roles),
            detail={"title": case.title, "number": made.number},
        )
        if also:
            also(made)
    case.refresh_from_db()
    return made


def _who_was_first(transitions: Transitions, case: Case) -> str:
    case.refresh_from_db()
    last: Step | None = case.steps.order_by("-number").first()
    if last is None:
        return _("%(case)s：刚被别人改动 -> 刷新页面后重试") % {"case": case.title}
    who: Person | None = last.actor
    done, state = _(transitions.step(last.action).zh), _(transitions.states[case.state])
    told = {"case": case.title, "who": who or _("系统"), "done": done, "state": state}
    return _("%(case)s：%(who)s已先一步%(done)s，现为“%(state)s” -> 刷新页面查看，您的操作没有生效") % told


def disagreements(cases: Sequence[Case], transitions: Transitions) -> list[str]:
    """Cases whose state or number is not what their steps make it; a verify command prints them."""
    wrong = []
    for case in cases:
        steps = list(case.steps.order_by("number"))
        state = steps[-1].after if steps else transitions.first
        if (len(steps), state) != (case.last_number, case.state):
            wrong.append(f"{case.title}：记为第{case.last_number}步“{case.state}”，按步骤应为第{len(steps)}步“{state}”")
    return wrong
