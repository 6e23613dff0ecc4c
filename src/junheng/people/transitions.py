"""What a transition table is: the permitted steps of a kind of case, and why one is not permitted now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from junheng.people.language import joined
from junheng.people.permissions import Action

if TYPE_CHECKING:  # the tables are pure: they are read without a database, by the docs and by tests
    from junheng.people.models import Case
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
    of: str = ""  # what its cases are about, where that is not named as the kind itself

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
        told = {"case": case.title, "step": _(step.zh)}
        if case.state not in step.before:
            now = told | {"state": _(self.states[case.state])}
            return _("%(case)s：现为“%(state)s”，不能%(step)s -> 刷新页面查看最新状态") % now
        if not access.may_at(step.permission, county=case.county_code, township=case.township_code, school=case.school_id):
            return _("%(case)s：您的职责范围不包括%(step)s -> 请有权限的人办理") % told
        if step.needs_note and not note.strip():
            return _("%(step)s：没有写说明；应写明原因 -> 填写后重试") % told
        if step.not_by and access.person and case.steps.filter(action__in=step.not_by, actor=access.person).exists():
            done = told | {"done": joined(_(self.step(each).zh) for each in step.not_by)}
            return _("%(case)s：%(done)s的人不能%(step)s -> 请另一人办理") % done
        return None
