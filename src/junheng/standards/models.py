"""What people add to the values of the law: that they have seen one in its paper, and values of their own place."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from junheng.kernel.codes import Evidence
from junheng.people.models import Job
from junheng.people.models.fields import classed, code_field
from junheng.standards.codes import LocalState
from junheng.standards.law import fact_name, law
from junheng.standards.writing import exact, overlay_text, written_value

VALUE = 40  # characters of a value of the law


class Confirmation(models.Model):
    """Somebody saw this value in its paper. It names the dated entry whole: where the entry is changed, it confirms nothing."""

    PRIVACY = classed(internal="id by at note withdrawn_by withdrawn_at", public="limit jurisdiction day where value paper")

    limit = models.CharField(max_length=64)
    jurisdiction = models.CharField(max_length=12, blank=True)
    day = models.DateField()
    where = models.TextField(blank=True)
    value = models.CharField(max_length=VALUE)
    paper = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    note = models.CharField(max_length=300)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["limit", "jurisdiction", "day", "where", "value", "paper"],
                condition=Q(withdrawn_at__isnull=True),
                name="confirmed_once",
            )
        ]
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.limit} {self.value}"


class LocalValue(models.Model):
    """A value of a province, city or county with its paper. Once saved it stands in `CITY/standards/` under `file`."""

    PRIVACY = classed(
        internal="id state note by at measured saved_by saved_at reason",
        public="limit jurisdiction place day where value paper seen",
    )

    limit = models.CharField(max_length=64, db_index=True)
    jurisdiction = models.CharField(max_length=12)
    place = models.CharField(max_length=100)
    day = models.DateField()
    where = models.JSONField(default=dict)
    value = models.CharField(max_length=VALUE)
    paper = models.CharField(max_length=200)
    seen = models.BooleanField(default=False)  # the value was seen in the paper itself
    note = models.CharField(max_length=300, blank=True)
    state = code_field(LocalState, default=LocalState.draft.name)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    measured = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")  # what it would change
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)  # why it is saved although looser, or taken off

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.place} {self.limit} {self.value}"

    @property
    def file(self) -> str:
        """Files are laid over one another in the order of their names: of two for one day the later one holds."""
        return f"desk-{self.pk:06d}-{self.jurisdiction}-{self.limit}.toml"

    @property
    def state_zh(self) -> str:
        return LocalState[self.state].zh

    @property
    def look(self) -> str:
        return {"draft": "working", "in_force": "done"}.get(self.state, "unknown")

    @property
    def text(self) -> str:
        """The value as the file that is laid over the national ones."""
        evidence = Evidence.read if self.seen else Evidence.believed
        row: dict[str, object] = {"day": self.day, "where": self._where(), "paper": self.paper, "evidence": evidence}
        row |= {"value": written_value(self.value, law[self.limit])}
        return overlay_text(self.limit, self.jurisdiction, self.place, row)

    def _where(self) -> dict[str, object]:
        """The conditions with their bounds as exact numbers: a row of the database holds them as text."""
        return {key: exact(each) if fact_name(key) != key else each for key, each in self.where.items()}
