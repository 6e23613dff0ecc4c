"""What people do with values of the law: each action is one transaction, audited. What changes the city's law is in `web`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from junheng.kernel.faults import JunhengError
from junheng.people import audit
from junheng.people.models import Person
from junheng.people.words import ACTS
from junheng.standards.codes import LocalState
from junheng.standards.confirmed import Key, key
from junheng.standards.law import Entry
from junheng.standards.models import Confirmation, LocalValue

ACTS.update(
    {
        "standard.confirm": "确认标准值",
        "standard.unconfirm": "撤回标准值的确认",
        "standard.draft": "拟填本地标准值",
        "standard.drop": "放弃拟填的本地标准值",
        "standard.in_force": "本地标准值生效",
        "standard.withdrawn": "撤回本地标准值",
    }
)
TAKEN = gettext_noop("刚被别人办理过，现在是“%(state)s” -> 刷新页面后再看")


def confirmed(limits: Iterable[str] | None = None) -> Mapping[Key, Confirmation]:
    """What stands confirmed, of these or of all, by the entry."""
    rows = Confirmation.objects.filter(withdrawn_at__isnull=True).select_related("by")
    held = rows if limits is None else rows.filter(limit__in=list(limits))
    return {(row.limit, row.jurisdiction, row.day.isoformat(), row.where, row.value, row.paper): row for row in held}


def confirm(by: Person, limit: str, entry: Entry, note: str) -> Confirmation:
    """Somebody saw the value in its paper. Errors: JunhengError where it is confirmed already."""
    name, jurisdiction, day, where, value, paper = key(limit, entry)
    try:
        with transaction.atomic():
            made = Confirmation.objects.create(
                limit=name, jurisdiction=jurisdiction, day=day, where=where, value=value, paper=paper, by=by, note=note
            )
            audit.record(by, "standard.confirm", f"{name} {value}", reason=note, detail={"day": day, "where": where})
    except IntegrityError as there:
        raise JunhengError(_("%(what)s：已有人确认 -> 刷新页面查看") % {"what": f"{name} {value}"}) from there
    return made


@transaction.atomic
def withdraw_confirmation(by: Person, row: Confirmation, reason: str) -> None:
    """The row stays, and says who took it back."""
    held = Confirmation.objects.filter(pk=row.pk, withdrawn_at__isnull=True)
    if not held.update(withdrawn_by=by, withdrawn_at=timezone.now()):
        raise JunhengError(_("这条确认已撤回 -> 刷新页面查看"))
    audit.record(by, "standard.unconfirm", f"{row.limit} {row.value}", reason=reason)


@transaction.atomic
def draft(by: Person, told: Mapping[str, Any]) -> LocalValue:
    """A local value that is not in force before it was measured and saved."""
    made = LocalValue.objects.create(by=by, **told)
    audit.record(by, "standard.draft", f"{made.limit} {made.value}", detail={"place": made.jurisdiction, "value": made.pk})
    return made


@transaction.atomic
def drop(by: Person, value: LocalValue) -> None:
    move(value, LocalState.draft, LocalState.dropped)
    audit.record(by, "standard.drop", f"{value.limit} {value.value}", detail={"value": value.pk})


def move(value: LocalValue, before: LocalState, after: LocalState, **more: Any) -> None:
    """To the next state, for the first who asks. Errors: JunhengError for everybody after him."""
    if not LocalValue.objects.filter(pk=value.pk, state=before.name).update(state=after.name, **more):
        raise JunhengError(_(TAKEN) % {"state": _(LocalState[LocalValue.objects.get(pk=value.pk).state].zh)})
