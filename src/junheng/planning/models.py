"""Plans as indexed rows: what the pages read. A plan itself is the file of its folder; the rows are made from it, once."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from junheng.kernel.codes import Evidence
from junheng.people.models import Case
from junheng.people.models.fields import classed
from junheng.planning.codes import Status

YUAN = {"max_digits": 18, "decimal_places": 2}


class PlanRow(models.Model):
    """A plan of `plans/<digest>/`. `by` is who had it made, nobody where the command line did; `parent` what it was varied from.

    `checked`, `breaches`, `remarks`  what came of `planning.check`: when, what does not agree, what is worth knowing
    """

    PRIVACY = classed(internal="""
        digest title case standard snapshot year years target_year budget margin cost bound gap status seed parent by made
        seconds indexed task spent prices rules assumptions procedure checked breaches remarks""")

    digest = models.CharField(max_length=16, primary_key=True)
    title = models.CharField(max_length=200)
    case = models.OneToOneField(Case, models.PROTECT, related_name="plan")
    standard = models.CharField(max_length=40)
    snapshot = models.CharField(max_length=64)
    year = models.PositiveIntegerField()
    years = models.PositiveIntegerField()
    target_year = models.PositiveIntegerField()
    budget = models.DecimalField(null=True, **YUAN)
    margin = models.FloatField()
    cost = models.DecimalField(**YUAN)
    bound = models.DecimalField(**YUAN)
    gap = models.FloatField()
    status = models.CharField(max_length=32)
    seed = models.PositiveBigIntegerField()
    parent = models.CharField(max_length=16, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="plans")
    made = models.DateTimeField(null=True)
    seconds = models.FloatField(null=True)
    indexed = models.DateTimeField(auto_now_add=True)
    task = models.JSONField(default=dict)
    spent = models.JSONField(default=list)  # yuan by calendar year and channel
    prices = models.JSONField(default=list)
    rules = models.JSONField(default=list)
    assumptions = models.JSONField(default=list)
    procedure = models.JSONField(default=list)
    checked = models.DateTimeField(null=True)
    breaches = models.JSONField(default=list)
    remarks = models.JSONField(default=list)

    class Meta:
        ordering = ["-made", "digest"]

    def __str__(self) -> str:
        return self.title

    @property
    def status_zh(self) -> str:
        return Status[self.status].zh

    @property
    def is_proven(self) -> bool:
        """Whether it ended on its own and not by a hand or a clock."""
        return self.status in (Status.optimal.name, Status.gap_reached.name)

    @property
    def is_sound(self) -> bool:
        """Whether it was checked and everything agreed."""
        return self.checked is not None and not self.breaches

    @property
    def believed(self) -> int:
        """How many of its prices nobody has seen the paper of."""
        return sum(each["evidence"] != Evidence.read.name for each in self.prices)


class _OfPlan(models.Model):
    """A row of a plan, and the county it lies in."""

    county_code = models.CharField(max_length=12)

    class Meta:
        abstract = True


class _OfSchool(_OfPlan):
    """A row of a plan at a school, or of the whole county where it names none; `place` is its place in every table."""

    township_code = models.CharField(max_length=12, blank=True)
    school_id = models.CharField(max_length=64, blank=True)
    name = models.CharField(max_length=200, blank=True)
    stage = models.CharField(max_length=16)
    place = models.PositiveIntegerField()

    class Meta:
        abstract = True


class PlanCounty(_OfPlan):
    """How far a county gets by the plan. One that was not `begun` when the run was stopped tells nothing else."""

    PRIVACY = classed(internal="""
        id plan county_code name begun verdict_before verdict_after failing_before failing_after cost bound gap status failures
        fewest_failures running_after pupils_moved proven""")

    plan = models.ForeignKey(PlanRow, models.CASCADE, related_name="counties")
    name = models.CharField(max_length=100)
    begun = models.BooleanField(default=True)
    verdict_before = models.CharField(max_length=16, blank=True)
    verdict_after = models.CharField(max_length=16, blank=True)
    failing_before = models.PositiveIntegerField(default=0)
    failing_after = models.PositiveIntegerField(default=0)
    cost = models.DecimalField(default=0, **YUAN)
    bound = models.DecimalField(default=0, **YUAN)
    gap = models.FloatField(default=0)
    status = models.CharField(max_length=32, blank=True)
    failures = models.PositiveIntegerField(default=0)
    fewest_failures = models.PositiveIntegerField(default=0)
    running_after = models.DecimalField(default=0, **YUAN)
    pupils_moved = models.PositiveIntegerField(default=0)
    proven = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["county_code"]
        constraints = [models.UniqueConstraint(fields=["plan", "county_code"], name="plan_county_once")]

    @property
    def status_zh(self) -> str:
        return Status[self.status].zh


class PlanMeasure(_OfSchool):
    """What is done at a school in a year. `sentence` says it all, `about` what kind and amount leave open; `closes` its items."""

    PRIVACY = classed(internal="""
        id plan county_code township_code school_id name stage place year kind kind_zh source source_name detail amount unit
        cost channels counted closes about sentence payments""")

    plan = models.ForeignKey(PlanRow, models.CASCADE, related_name="measures")
    year = models.PositiveIntegerField()
    kind = models.CharField(max_length=32)
    kind_zh = models.CharField(max_length=64)
    source = models.CharField(max_length=64, blank=True)
    source_name = models.CharField(max_length=200, blank=True)
    detail = models.CharField(max_length=64, blank=True)
    amount = models.DecimalField(max_digits=18, decimal_places=4)
    unit = models.CharField(max_length=16)
    cost = models.DecimalField(**YUAN)
    channels = models.CharField(max_length=200)
    counted = models.PositiveIntegerField()
    closes = models.JSONField(default=list)
    about = models.CharField(max_length=300, blank=True)
    sentence = models.CharField(max_length=400)
    payments = models.JSONField(default=list)

    class Meta:
        ordering = ["place"]
        indexes = [models.Index(fields=["plan", "school_id"], name="plan_measure_school"),
                   models.Index(fields=["plan", "kind", "year"], name="plan_measure_kind")]


class PlanStanding(_OfSchool):
    """A stage of a school by the whole rule: today, if nothing is done, by plan; empty where the rule does not ask."""

    PRIVACY = classed(
        public="longitude latitude",
        internal="id plan county_code township_code township school_id name stage place now undone planned pupils")

    plan = models.ForeignKey(PlanRow, models.CASCADE, related_name="standings")
    township = models.CharField(max_length=100, blank=True)
    now = models.CharField(max_length=16)
    undone = models.CharField(max_length=16, blank=True)
    planned = models.CharField(max_length=16, blank=True)
    pupils = models.PositiveIntegerField(null=True)
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)

    class Meta:
        ordering = ["place"]
        indexes = [models.Index(fields=["plan", "school_id"], name="plan_standing_school")]


class PlanLevel(_OfSchool):
    """An item of a stage of a school, or the coefficient of variation of a county, with its limit and planning line.

    `fails` names in which of `now`, `undone` and `planned` it misses the limit, compared before rounding.
    """

    PRIVACY = classed(internal="""
        id plan county_code township_code school_id name stage place item now undone planned limit wanted fails""")

    plan = models.ForeignKey(PlanRow, models.CASCADE, related_name="levels")
    item = models.CharField(max_length=32)
    now = models.FloatField(null=True)
    undone = models.FloatField(null=True)
    planned = models.FloatField(null=True)
    limit = models.FloatField()
    wanted = models.FloatField()
    fails = models.JSONField(default=list)

    class Meta:
        ordering = ["place"]
        indexes = [models.Index(fields=["plan", "school_id"], name="plan_level_school")]


class PlanUnmet(_OfSchool):
    """What stays short of the planning line on the census day of the target year."""

    PRIVACY = classed(internal="""
        id plan county_code township_code school_id name stage place item has wanted short unit meets_limit""")

    plan = models.ForeignKey(PlanRow, models.CASCADE, related_name="unmet")
    item = models.CharField(max_length=32)
    has = models.FloatField()
    wanted = models.FloatField()
    short = models.FloatField()
    unit = models.CharField(max_length=16, blank=True)
    meets_limit = models.BooleanField()

    class Meta:
        ordering = ["place"]


class PlanUnknown(_OfSchool):
    """What is not known, and so was neither planned for nor taken for zero."""

    PRIVACY = classed(internal="id plan county_code township_code school_id name stage place item why")

    plan = models.ForeignKey(PlanRow, models.CASCADE, related_name="unknown")
    item = models.CharField(max_length=32, blank=True)
    why = models.CharField(max_length=300)

    class Meta:
        ordering = ["place"]


class PlanInForce(models.Model):
    """The one plan in force of a county for a standard."""

    PRIVACY = classed(internal="id county_code standard plan")

    county_code = models.CharField(max_length=12)
    standard = models.CharField(max_length=40)
    plan = models.ForeignKey(PlanRow, models.PROTECT, related_name="in_force")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["county_code", "standard"], name="plan_in_force_once")]
