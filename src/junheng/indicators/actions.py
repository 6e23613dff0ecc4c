"""What a person does on the findings pages that is kept: opened, exported, saved."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.indicators.filters import Filters
from junheng.indicators.models import FindingRow, SavedView
from junheng.kernel.faults import JunhengError
from junheng.people import audit
from junheng.people.models import Person
from junheng.people.scope import Access
from junheng.people.words import ACTS

ACTS.update({"rows.open_personal": "打开个人信息", "findings.export": "导出测算结果"})
SHORTEST_REASON = 4  # characters; less says nothing
MOST_VIEWS = 30  # of one person


def open_personal(access: Access, row: FindingRow, table: str, reason: str) -> None:
    """Note that the personal columns behind a figure are opened, before they are shown. Errors: JunhengError without a reason."""
    reason = reason.strip()
    if len(reason) < SHORTEST_REASON:
        raise JunhengError(_("打开个人信息：没有写明原因 -> 返回上一页，写明工作需要后重试"))
    audit.record(access.person, "rows.open_personal", row.get_absolute_url(), reason=reason, role=_roles(access),
                 detail={"table": table, "snapshot": row.snapshot})


def note_export(access: Access, asked: Filters, snapshot: str, many: int) -> None:
    """Note that findings left the desk as a workbook."""
    audit.record(access.person, "findings.export", snapshot, role=_roles(access), detail={"query": asked.query, "rows": many})


def _roles(access: Access) -> str:
    return ",".join(each.name for each in access.roles)[:64]


@transaction.atomic
def save_view(person: Person, name: str, asked: Filters) -> SavedView:
    """Keep filters under a name; the same name again takes the new ones. Errors: JunhengError for no name, or too many."""
    name = name.strip()[:64]
    if not name:
        raise JunhengError(_("保存视图：没有写名称 -> 返回上一页，写一个名称后重试"))
    own = SavedView.objects.filter(person=person)
    if not own.filter(name=name).exists() and own.count() >= MOST_VIEWS:
        raise JunhengError(_("保存视图：已有 %(most)s 个 -> 先删除不用的") % {"most": MOST_VIEWS})
    return SavedView.objects.update_or_create(person=person, name=name, defaults={"query": asked.query[:500]})[0]


def remove_view(person: Person, number: int) -> None:
    SavedView.objects.filter(person=person, pk=number).delete()
