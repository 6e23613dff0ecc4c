"""Cases and their steps (DESIGN 8): steps are added, a case's state moves only with one."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from junheng.people.models.fields import classed
from junheng.people.models.organisations import Organisation


class Case(models.Model):
    """A promise: who owns it, until when, in which state. `kind` names the transition table; `subject` what it is about.

    `county_code`, `township_code`, `school_id` say where it lies, for scope.
    `state` and `last_number` move with a step, never by `save()`.
    """

    PRIVACY = classed(
        internal="""
        id kind subject title organisation county_code township_code school_id state last_number due opened"""
    )

    kind = models.CharField(max_length=32)
    subject = models.CharField(max_length=128)
    title = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="cases")
    county_code = models.CharField(max_length=12, blank=True, db_index=True)
    township_code = models.CharField(max_length=12, blank=True)
    school_id = models.CharField(max_length=64, blank=True, db_index=True)
    state = models.CharField(max_length=32)
    last_number = models.PositiveIntegerField(default=0)
    due = models.DateField(null=True, blank=True)
    opened = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "subject"], name="case_once")]
        indexes = [models.Index(fields=["kind", "state", "due"])]

    def __str__(self) -> str:
        return self.title


class Step(models.Model):
    """What was done to a case: append-only."""

    PRIVACY = classed(internal="id case number action before after actor at note detail")

    case = models.ForeignKey(Case, models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    action = models.CharField(max_length=32)
    before = models.CharField(max_length=32)
    after = models.CharField(max_length=32)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    note = models.TextField(blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="step_once")]
        ordering = ["case", "number"]

    def __str__(self) -> str:
        return f"{self.case} {self.number} {self.action}"
