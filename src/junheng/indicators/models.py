"""Findings and verdicts as indexed rows: what the pages read. A job rebuilds them from `findings/` of the city folder."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property

from junheng.people.models.fields import classed

EXACT = 120  # characters of an exact number
GROUP = "~group~"  # stands for it in an address; no item or stage is called so, and nothing in it is quoted


class FindingColumns(models.Model):
    """A `Finding`; exact numbers as text, those that pages sort by also as floats. `county_code`.. say where its group lies."""

    PRIVACY = classed(internal="""
        id snapshot year standard item level group name stage county_code township_code school_id part whole value
        value_number lower upper unknown rows limit gap gap_number gap_unit share_number split splits verdict within_rounding
        evidence""")

    snapshot = models.CharField(max_length=64)
    year = models.PositiveIntegerField()
    standard = models.CharField(max_length=40)
    item = models.CharField(max_length=32)
    level = models.CharField(max_length=16)
    group = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    stage = models.CharField(max_length=16)
    county_code = models.CharField(max_length=12, blank=True)
    township_code = models.CharField(max_length=12, blank=True)
    school_id = models.CharField(max_length=64, blank=True)
    part = models.CharField(max_length=EXACT, null=True)
    whole = models.CharField(max_length=EXACT, null=True)
    value = models.CharField(max_length=EXACT, null=True)
    value_number = models.FloatField(null=True)
    lower = models.CharField(max_length=EXACT, null=True)
    upper = models.CharField(max_length=EXACT, null=True)
    unknown = models.PositiveIntegerField(default=0)
    rows = models.PositiveIntegerField(default=0)
    limit = models.CharField(max_length=EXACT, null=True)
    gap = models.CharField(max_length=EXACT, null=True)
    gap_number = models.FloatField(null=True)
    gap_unit = models.CharField(max_length=32, blank=True)
    share_number = models.FloatField(null=True)
    split = models.CharField(max_length=16, null=True)
    splits = models.JSONField(default=dict)  # what is held in common split otherwise: part, value and verdict
    verdict = models.CharField(max_length=16, blank=True)
    within_rounding = models.BooleanField(default=False)
    evidence = models.CharField(max_length=16)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.item} {self.name} {self.stage}"


class FindingDraft(FindingColumns):
    """Findings on their way in, batch by batch: a city's are too many to write while nobody else can. No page reads them."""


class FindingRow(FindingColumns):
    """The findings that the pages read."""

    class Meta:
        indexes = [
            models.Index(fields=["snapshot", "standard", "item", "level", "county_code"], name="finding_item"),
            models.Index(fields=["snapshot", "county_code", "level", "verdict"], name="finding_county"),
            models.Index(fields=["school_id", "snapshot", "level", "item", "group", "stage"], name="finding_school"),
            models.Index(fields=["snapshot", "township_code"], name="finding_township"),
            models.Index(fields=["item", "level", "group", "stage", "year"], name="finding_series"),
            models.Index(fields=["snapshot", "level", "item", "group", "stage", "verdict"], name="finding_order"),  # a list's own
        ]

    def get_absolute_url(self) -> str:
        """The page that says how the figure was made; it stays the same when a correction changes the figure."""
        return self._address

    @cached_property
    def _address(self) -> str:
        """A row of a list links to it from each of its numbers."""
        before, after = _around_the_group(self.year, self.item, self.level, self.stage)
        return f"{before}{quote(self.group)}{after}"


@lru_cache(maxsize=10_000)
def _around_the_group(year: int, item: str, level: str, stage: str) -> tuple[str, str]:
    """What stands before and after the group in an address: of a list's fifty rows it is mostly the same."""
    before, _, after = reverse("finding", args=[year, item, level, GROUP, stage]).partition(GROUP)
    return before, after


class VerdictRow(models.Model):
    """A `CountyVerdict`: what one standard says of one county and stage."""

    PRIVACY = classed(internal="""
        id snapshot year standard county_code name stage verdict failed unknown needs_evidence depends_on_split evidence""")

    snapshot = models.CharField(max_length=64)
    year = models.PositiveIntegerField()
    standard = models.CharField(max_length=40)
    county_code = models.CharField(max_length=12)
    name = models.CharField(max_length=200)
    stage = models.CharField(max_length=16)
    verdict = models.CharField(max_length=16)
    failed = models.JSONField(default=list)
    unknown = models.JSONField(default=list)
    needs_evidence = models.JSONField(default=list)
    depends_on_split = models.BooleanField(default=False)
    evidence = models.CharField(max_length=16)

    class Meta:
        indexes = [models.Index(fields=["snapshot", "standard", "county_code"], name="verdict_county")]

    def __str__(self) -> str:
        return f"{self.standard} {self.name} {self.stage}"

    def get_absolute_url(self) -> str:
        """The findings of the county that the verdict rests on."""
        asked = {"year": self.year, "standard": self.standard, "county": self.county_code, "level": "county"}
        return f"{reverse('findings')}?{urlencode(asked)}"


class SavedView(models.Model):
    """Filters of the findings page under a name, of one person."""

    PRIVACY = classed(internal="id person name query created")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=64)
    query = models.CharField(max_length=500)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="view_once")]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
