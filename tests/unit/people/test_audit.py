"""The audit log holds against the hand of whoever can write to the database."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from junheng.people import audit
from junheng.people.models import AuditEntry, AuditHead

pytestmark = pytest.mark.django_db


def three() -> int:
    """Three entries after those that are there; how many were there."""
    before = AuditEntry.objects.count()
    for subject in ("a", "b", "c"):
        audit.record("officer", "look", subject, detail={"n": 1})
    return before


def without_guard(sql: str) -> None:
    """As somebody would who owns the database: the guards go first."""
    with connection.cursor() as cursor:
        for verb in ("update", "delete"):
            cursor.execute(
                f"DROP TRIGGER people_auditentry_no_{verb}" + ("" if connection.vendor == "sqlite" else " ON people_auditentry")
            )
        cursor.execute(sql)


def test_an_untouched_log_stands() -> None:
    three()
    assert audit.verify() is None


@pytest.mark.parametrize(
    ("sql", "number", "why"),
    [
        ("UPDATE people_auditentry SET subject='x' WHERE number={second}", 2, "内容已被改动"),
        ("DELETE FROM people_auditentry WHERE number={second}", 2, "缺少这一条"),
        ("DELETE FROM people_auditentry WHERE number={third}", 3, "最后一条与记录的末尾不符"),
        ("UPDATE people_auditentry SET before='x' WHERE number={third}", 3, "与前一条接不上"),
    ],
)
def test_what_was_changed_or_taken_out_is_found(sql: str, number: int, why: str) -> None:
    before = three()
    without_guard(sql.format(second=before + 2, third=before + 3))
    broken = audit.verify()
    assert broken is not None
    assert (broken.number - before, broken.why) == (number, why)


@pytest.mark.parametrize("sql", ["UPDATE people_auditentry SET subject='x'", "DELETE FROM people_auditentry"])
def test_the_database_itself_refuses_to_change_an_entry(sql: str) -> None:
    before = three()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert AuditEntry.objects.count() == AuditHead.objects.get().number == before + 3


def test_an_entry_cannot_be_saved_or_deleted_from_the_program() -> None:
    entry = audit.record("officer", "look", "a")
    with pytest.raises(TypeError):
        entry.save()
    with pytest.raises(TypeError):
        entry.delete()
