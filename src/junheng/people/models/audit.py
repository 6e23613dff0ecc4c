"""The audit log: rows that are added and never changed, each holding the digest of the one before it."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from junheng.people.models.fields import classed


class AuditEntry(models.Model):
    """What somebody did. `subject` names what it was done to, `detail` holds no personal data."""

    PRIVACY = classed(internal="number at actor role action subject reason detail before digest")

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.CharField(max_length=40)  # as it was digested; a database may round a time
    actor = models.CharField(max_length=64)
    role = models.CharField(max_length=64, blank=True)
    action = models.CharField(max_length=64, db_index=True)
    subject = models.CharField(max_length=200, db_index=True)
    reason = models.CharField(max_length=500, blank=True)
    detail = models.JSONField(default=dict)
    before = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["-number"]
        indexes = [models.Index(fields=["actor", "-number"])]

    def __str__(self) -> str:
        return f"{self.number} {self.action} {self.subject}"

    @property
    def when(self) -> datetime:
        return datetime.fromisoformat(self.at)

    def save(self, *args: object, **more: object) -> None:
        raise TypeError("an audit entry is added by audit.record and never changed")

    def delete(self, *args: object, **more: object) -> tuple[int, dict[str, int]]:
        raise TypeError("an audit entry is never removed")


class AuditHead(models.Model):
    """The last entry: its number and digest; whoever adds one holds this row."""

    PRIVACY = classed(internal="id number digest")

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return str(self.number)
