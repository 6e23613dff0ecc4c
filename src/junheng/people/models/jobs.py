"""Long work (DESIGN 10): what it is, how far it is, whether it is still alive."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from junheng.people.codes import JobState
from junheng.people.models.fields import classed, code_field


class Job(models.Model):
    """A job. `asked` is all that decides its result; by its `digest` the same is one job; `result` is small, or names files."""

    PRIVACY = classed(
        internal="""
        id kind title asked digest state share sentence best cancel_wished heartbeat attempt by county_code created
        started ended result error"""
    )

    kind = models.CharField(max_length=64, db_index=True)
    title = models.CharField(max_length=200)
    asked = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, db_index=True)
    state = code_field(JobState, default=JobState.waiting.name, db_index=True)
    share = models.FloatField(default=0)
    sentence = models.CharField(max_length=300, blank=True)
    best = models.CharField(max_length=300, blank=True)
    cancel_wished = models.BooleanField(default=False)
    heartbeat = models.DateTimeField(null=True, blank=True)
    attempt = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="jobs")
    county_code = models.CharField(max_length=12, blank=True)
    created = models.DateTimeField(auto_now_add=True)
    started = models.DateTimeField(null=True, blank=True)
    ended = models.DateTimeField(null=True, blank=True)
    result = models.JSONField(default=dict)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["-created"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state in (JobState.waiting.name, JobState.running.name)

    @property
    def state_zh(self) -> str:
        return JobState[self.state].zh

    @property
    def look(self) -> str:
        """The class of its status tag."""
        return {"done": "done", "failed": "overdue", "cancelled": "unknown"}.get(self.state, "working")
