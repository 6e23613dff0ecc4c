"""Documents on the desk: what was read in each, what a person decided on it, what became of a plan's promises."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from junheng.documents.codes import Decided
from junheng.people.models import Job
from junheng.people.models.fields import classed, code_field


class Document(models.Model):
    """A file of the city folder. `county_code` says whose it is: empty, the city's. `reading` is the reading in force."""

    PRIVACY = classed(
        internal="id sha256 name title county_code county format day characters reading notes counts uploaded uploaded_by job"
    )

    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    title = models.CharField(max_length=200, blank=True)
    county_code = models.CharField(max_length=12, blank=True, db_index=True)
    county = models.CharField(max_length=100, blank=True)
    format = models.CharField(max_length=8, blank=True)
    day = models.DateField(null=True)
    characters = models.PositiveIntegerField(null=True)
    reading = models.CharField(max_length=12, blank=True)
    notes = models.JSONField(default=list)
    counts = models.JSONField(default=dict)  # kind -> look -> how many
    uploaded = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sha256", "county_code"], name="document_once")]
        ordering = ["-uploaded", "-pk"]

    def __str__(self) -> str:
        return self.title or self.name

    @property
    def figures(self) -> int:
        return self.how_many("figures")

    @property
    def goals(self) -> int:
        return self.how_many("goals")

    @property
    def tasks(self) -> int:
        return self.how_many("tasks")

    def how_many(self, kind: str, look: str | None = None) -> int:
        told = self.counts.get(kind, {})
        return int(told.get(look, 0) if look is not None else sum(told.values()))


class Item(models.Model):
    """Something that was read, as the page tells it. `start:end` in the raw text; rows are made anew with each reading."""

    PRIVACY = classed(internal="id document kind number start end spans text title amount facts word look lines told")

    document = models.ForeignKey(Document, models.CASCADE, related_name="items")
    kind = models.CharField(max_length=16)
    number = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    spans = models.JSONField(default=list)
    text = models.TextField()  # with kind and place what a decision is remembered by
    title = models.TextField()
    amount = models.CharField(max_length=200, blank=True)
    facts = models.JSONField(default=list)
    word = models.CharField(max_length=64, blank=True)
    look = models.CharField(max_length=16, blank=True)
    lines = models.JSONField(default=list)
    told = models.JSONField(default=dict)  # of a repair: which, and whether it is done

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "kind", "number"], name="item_once")]
        indexes = [models.Index(fields=["document", "kind", "start"], name="item_place")]
        ordering = ["document", "kind", "start", "number"]

    def __str__(self) -> str:
        return self.title

    @property
    def key(self) -> tuple[str, int, int, str]:
        return self.kind, self.start, self.end, self.text


class SentenceRow(models.Model):
    """A sentence of a document's reading, `start:end` in the raw text: by it pages find who is named where."""

    PRIVACY = classed(internal="id document start end text")

    document = models.ForeignKey(Document, models.CASCADE, related_name="sentences")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["document", "start"], name="sentence_place")]
        ordering = ["document", "start"]

    def __str__(self) -> str:
        return self.text


class DecisionRow(models.Model):
    """What a person decided on an item, by its kind, place and text: it holds for every later reading. The last one counts."""

    PRIVACY = classed(internal="id document kind start end text decided value note by at")

    document = models.ForeignKey(Document, models.CASCADE, related_name="decisions")
    kind = models.CharField(max_length=16)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField()
    decided = code_field(Decided)
    value = models.CharField(max_length=300, blank=True)  # beside what was read, never instead of it
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["document", "kind", "start"], name="decision_place")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.decided}"

    @property
    def key(self) -> tuple[str, int, int, str]:
        return self.kind, self.start, self.end, self.text

    @property
    def zh(self) -> str:
        return Decided[self.decided].zh

    @property
    def look(self) -> str:
        return {"accepted": "done", "edited": "working", "rejected": "unknown"}.get(self.decided, "")


class Comparison(models.Model):
    """A plan held against a report: what became of each promise, by the readings of that time."""

    PRIVACY = classed(internal="id plan report county_code rows job made made_by")

    plan = models.ForeignKey(Document, models.CASCADE, related_name="+")
    report = models.ForeignKey(Document, models.CASCADE, related_name="+")
    county_code = models.CharField(max_length=12, blank=True)
    rows = models.JSONField(default=list)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    made = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "report"], name="compared_once")]
        ordering = ["-made"]

    def __str__(self) -> str:
        return f"{self.plan} {self.report}"
