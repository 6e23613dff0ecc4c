"""How a case moves: a step is added and the state moves with it, or somebody else was first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from junheng.kernel.faults import JunhengError
from junheng.people import audit
from junheng.people.models import Case, Person, Step
from junheng.people.permissions import Action
from junheng.people.scope import Access


@dataclass(frozen=True)
class Transition:
    """One permitted step.

    `needs_note`  a reason or remark must be given
    `not_by`      who took one of these steps may not take this
    """

    action: str
    zh: str
    before: tuple[str, ...]
    after: str
    permission: Action
    needs_note: bool = False
    not_by: tuple[str, ...] = ()


KINDS: dict[str, Transitions] = {}  # every kind of case, by its name: to declare one is to list it


@dataclass(frozen=True)
class Transitions:
    """All steps of a kind of case: from them come the buttons, the refusals and the diagram of the docs."""

    kind: str
    zh: str
    states: Mapping[str, str]
    first: str
    steps: Sequence[Transition]

    def __post_init__(self) -> None:
        KINDS[self.kind] = self

    def step(self, action: str) -> Transition:
        return next(each for each in self.steps if each.action == action)

    def awaited(self, state: str) -> list[Transition]:
        """The steps that a case in this state waits for; none where it is at rest.

        What needs a reason is an exception and not waited for. What leads back to the beginning is a correction: it is
        waited for only where there is no other way on, as when a case was returned.
        """
        plain = [each for each in self.steps if state in each.before and not each.needs_note]
        return [each for each in plain if each.after != self.first] or plain

    def open_to(self, case: Case, access: Access) -> list[Transition]:
        """The steps that this person may take now; what the page offers as buttons."""
        return [each for each in self.steps if case.state in each.before and self.refusal(case, each, access, note="-") is None]

    def refusal(self, case: Case, step: Transition, access: Access, note: str) -> str | None:
        """Why this step cannot be taken, in words; None where it can."""
        if case.state not in step.before:
            return f"{case.title}：现为“{self.states[case.state]}”，不能{step.zh} -> 刷新页面查看最新状态"
        if not access.may_at(step.permission, county=case.county_code, township=case.township_code, school=case.school_id):
            return f"{case.title}：您的职责范围不包括{step.zh} -> 请有权限的人办理"
        if step.needs_note and not note.strip():
            return f"{step.zh}：没有写说明；应写明原因 -> 填写后重试"
        if step.not_by and access.person and case.steps.filter(action__in=step.not_by, actor=access.person).exists():
            done = "、".join(self.step(each).zh for each in step.not_by)
            return f"{case.title}：{done}的人不能{step.zh} -> 请另一人办理"
        return None


def open_case(transitions: Transitions, subject: str, **told: Any) -> Case:
    """The case of a subject, opened if it is not there yet."""
    case, _ = Case.objects.get_or_create(kind=transitions.kind, subject=subject, defaults={"state": transitions.first, **told})
    return case


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
        return f"{case.title}：刚被别人改动 -> 刷新页面后重试"
    who: Person | None = last.actor
    done = transitions.step(last.action).zh
    return (
        f"{case.title}：{who or '系统'}已先一步{done}，现为“{transitions.states[case.state]}” -> 刷新页面查看，您的操作没有生效"
    )


def disagreements(cases: Sequence[Case], transitions: Transitions) -> list[str]:
    """Cases whose state or number is not what their steps make it; a verify command prints them."""
    wrong = []
    for case in cases:
        steps = list(case.steps.order_by("number"))
        state = steps[-1].after if steps else transitions.first
        if (len(steps), state) != (case.last_number, case.state):
            wrong.append(f"{case.title}：记为第{case.last_number}步“{case.state}”，按步骤应为第{len(steps)}步“{state}”")
    return wrong
