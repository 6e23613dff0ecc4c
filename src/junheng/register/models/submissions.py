"""What schools hand in on the desk: until when, which file, what is wrong with it, what is said to that; and what it changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext

from junheng.kernel.codes import Severity
from junheng.people.models import Case
from junheng.people.models.fields import classed, code_field
from junheng.people.transitions import Transitions
from junheng.register.tables import TABLES
from junheng.register.transitions import COUNTY_SUBMISSION, SUBMISSION

SHOWN = 300  # characters of what was found, wanted, to do


class Deadline(models.Model):
    """Until when the schools hand in a school year; with it the year is open."""

    PRIVACY = classed(internal="year due note by at")

    year = models.PositiveIntegerField(primary_key=True)
    due = models.DateField()
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-year"]

    def __str__(self) -> str:
        return f"{self.year}：{self.due}"


class SchoolSubmission(models.Model):
    """What one school, or with no `school_id` a county's office, hands in for one year; its case says how far it is.

    The file itself lies in the inbox, by `sha256`.

    `base` is the snapshot it was held against, `difference` what it would change there: see `reading.Changes`.
    `rows` are the sheets handed in and their rows, `missing` the sheets of the school that were not.
    """

    PRIVACY = classed(
        internal="""
        id case year school_id name county_code county township_code township file_name sha256 size uploaded uploaded_by checked
        job base rows missing errors warnings notes difference snapshot"""
    )

    case = models.OneToOneField(Case, models.PROTECT, related_name="submission")
    year = models.PositiveIntegerField()
    school_id = models.CharField(max_length=64, blank=True)
    name = models.CharField(max_length=200)
    county_code = models.CharField(max_length=12)
    county = models.CharField(max_length=100)
    township_code = models.CharField(max_length=12, blank=True)
    township = models.CharField(max_length=100, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    uploaded = models.DateTimeField(null=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    checked = models.DateTimeField(null=True)
    job = models.ForeignKey("people.Job", models.SET_NULL, null=True, related_name="+")
    base = models.CharField(max_length=64, blank=True)
    rows = models.JSONField(default=dict)
    missing = models.JSONField(default=list)
    errors = models.PositiveIntegerField(default=0)
    warnings = models.PositiveIntegerField(default=0)
    notes = models.PositiveIntegerField(default=0)
    difference = models.JSONField(default=dict)
    snapshot = models.CharField(max_length=64, blank=True)  # the version that took it in last

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "county_code", "school_id"], name="submission_once_a_year")]
        indexes = [models.Index(fields=["year", "county_code", "township_code"])]
        ordering = ["-year", "county_code", "township_code", "school_id"]

    def __str__(self) -> str:
        return f"{self.year} {self.name}"

    @property
    def is_county(self) -> bool:
        return not self.school_id

    @property
    def transitions(self) -> Transitions:
        return COUNTY_SUBMISSION if self.is_county else SUBMISSION

    @property
    def code(self) -> str:
        """Whose it is: the code of the school or county."""
        return self.school_id or self.county_code


class SubmissionFault(models.Model):
    """One fault of the file in hand, at its cell. `key` is the same for that fault of a later file: its reason stays."""

    PRIVACY = classed(internal="id submission place file sheet row table column found wanted do kind severity key")

    submission = models.ForeignKey(SchoolSubmission, models.CASCADE, related_name="faults")
    place = models.PositiveIntegerField()  # in the order of sheet and row
    file = models.CharField(max_length=200, blank=True)
    sheet = models.CharField(max_length=100, blank=True)
    row = models.PositiveIntegerField(default=0)
    table = models.CharField(max_length=32, blank=True)
    column = models.CharField(max_length=64, blank=True)
    found = models.CharField(max_length=SHOWN)
    wanted = models.CharField(max_length=SHOWN)
    do = models.CharField(max_length=SHOWN)
    kind = models.CharField(max_length=32)
    severity = code_field(Severity)
    key = models.CharField(max_length=64)

    class Meta:
        ordering = ["submission", "place"]
        indexes = [models.Index(fields=["submission", "severity"])]

    def __str__(self) -> str:
        return f"{self.sheet} {self.row} {self.column}：{self.found}"

    @property
    def column_zh(self) -> str:
        columns = TABLES[self.table].columns if self.table in TABLES else {}
        return columns[self.column].zh if self.column in columns else self.column

    @property
    def look(self) -> str:
        """The class of its status tag."""
        return {"error": "not_met", "warning": "needs_evidence"}.get(self.severity, "unknown")

    @property
    def severity_zh(self) -> str:
        return gettext(Severity[self.severity].zh)


class Correction(models.Model):
    """What was typed on the page in the place of one cell of the file of that digest; the last one of a cell counts."""

    PRIVACY = classed(internal="id submission sha256 sheet row table column found value by at")

    submission = models.ForeignKey(SchoolSubmission, models.PROTECT, related_name="corrections")
    sha256 = models.CharField(max_length=64, db_index=True)
    sheet = models.CharField(max_length=100)
    row = models.PositiveIntegerField()
    table = models.CharField(max_length=32)
    column = models.CharField(max_length=64)
    found = models.CharField(max_length=SHOWN)
    value = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["submission", "pk"]

    def __str__(self) -> str:
        return f"{self.sheet} {self.row} {self.column}"

    @property
    def column_zh(self) -> str:
        return TABLES[self.table].columns[self.column].zh


class WarningReason(models.Model):
    """Why what looks wrong is right, in the words of the school."""

    PRIVACY = classed(internal="id submission key text by at")

    submission = models.ForeignKey(SchoolSubmission, models.CASCADE, related_name="reasons")
    key = models.CharField(max_length=64)
    text = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "key"], name="reason_once")]

    def __str__(self) -> str:
        return self.text


class LockException(models.Model):
    """A school may hand in after the deadline, until a day and for a reason."""

    PRIVACY = classed(internal="id case until reason by at")

    case = models.ForeignKey(Case, models.PROTECT, related_name="lock_exceptions")
    until = models.DateField()
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.case} {self.until}"


class Reminder(models.Model):
    """A word to a school that has not handed in; it stands on the school's pages until it has."""

    PRIVACY = classed(internal="id case text by at")

    case = models.ForeignKey(Case, models.PROTECT, related_name="reminders")
    text = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.text


class VersionChange(models.Model):
    """One row that a version of a year has otherwise than the version before it; personal cells are masked."""

    PRIVACY = classed(internal="id snapshot table change school_id county_code key cells before after")

    snapshot = models.CharField(max_length=64)
    table = models.CharField(max_length=32)
    change = models.CharField(max_length=16)
    school_id = models.CharField(max_length=64, blank=True)
    county_code = models.CharField(max_length=12, blank=True)
    key = models.JSONField(default=dict)
    cells = models.JSONField(default=list)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        indexes = [models.Index(fields=["snapshot", "table", "county_code"])]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.snapshot} {self.table} {self.change}"
