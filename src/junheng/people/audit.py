"""The audit log: what was done, by whom, chained by digest so that nothing can be taken out or changed unseen."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils import timezone

from junheng.people.models import AuditEntry, AuditHead, Person

SYSTEM = "system"  # what the worker or the command line does on nobody's behalf
DIGESTED = ("number", "at", "actor", "role", "action", "subject", "reason", "detail", "before")
BATCH = 1000


@dataclass(frozen=True)
class Broken:
    """The first entry that is not what it was."""

    number: int
    why: str


def record(
    actor: Person | str | None,
    action: str,
    subject: str,
    *,
    reason: str = "",
    role: str = "",
    detail: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Add an entry, in the transaction of what it tells of. `detail` must hold no personal data."""
    with transaction.atomic():
        AuditHead.objects.get_or_create(id=1)
        head = AuditHead.objects.select_for_update().get(id=1)
        entry = AuditEntry(
            number=head.number + 1,
            at=timezone.now().isoformat(timespec="microseconds"),
            actor=_name(actor),
            role=role,
            action=action,
            subject=subject[:200],
            reason=reason[:500],
            detail=dict(detail or {}),
            before=head.digest,
        )
        entry.digest = digest(entry)
        super(AuditEntry, entry).save(force_insert=True)
        AuditHead.objects.filter(id=1).update(number=entry.number, digest=entry.digest)
    return entry


def _name(actor: Person | str | None) -> str:
    return actor.username if isinstance(actor, Person) else actor or SYSTEM


def digest(entry: AuditEntry) -> str:
    """Of all that an entry says and of the digest before it."""
    told = {name: getattr(entry, name) for name in DIGESTED}
    return sha256(json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def verify() -> Broken | None:
    """The first entry that breaks the chain; None where every entry stands as it was written."""
    expected, before = 1, ""
    for entry in AuditEntry.objects.order_by("number").iterator(chunk_size=BATCH):
        if entry.number != expected:
            return Broken(expected, "缺少这一条")
        if entry.before != before:
            return Broken(entry.number, "与前一条接不上")
        if digest(entry) != entry.digest:
            return Broken(entry.number, "内容已被改动")
        expected, before = entry.number + 1, entry.digest
    head = AuditHead.objects.filter(id=1).first()
    if head and (head.number, head.digest) != (expected - 1, before):
        return Broken(head.number, "最后一条与记录的末尾不符")
    return None
