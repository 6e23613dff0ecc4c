"""Rows that pages read instead of snapshots: which years are in force, and their schools. A job rebuilds them."""

from __future__ import annotations

from django.db import models

from junheng.people.models.fields import classed


class RegisterYear(models.Model):
    """A school year in force whose rows the pages may read; `findings` names the set of rules they were measured by."""

    PRIVACY = classed(public="year snapshot version city_name findings indexed schools reason")

    year = models.PositiveIntegerField(primary_key=True)
    snapshot = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    city_name = models.CharField(max_length=100, blank=True)
    findings = models.CharField(max_length=64, blank=True)
    schools = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=500, blank=True)
    indexed = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-year"]

    def __str__(self) -> str:
        return f"{self.year} {self.snapshot}"


class School(models.Model):
    """A school as it stood on 1 September of a year. Coordinates in degrees as handed in, for a sketch; None where unknown."""

    PRIVACY = classed(
        public="""
        id year school_id name kind run_by urban_rural county_code county township_code township longitude latitude""",
        internal="pupils classes stages failing unknown",
    )

    year = models.PositiveIntegerField()
    school_id = models.CharField(max_length=64)
    name = models.CharField(max_length=200, db_index=True)
    kind = models.CharField(max_length=32, blank=True)
    run_by = models.CharField(max_length=32, blank=True)
    urban_rural = models.CharField(max_length=32, blank=True)
    county_code = models.CharField(max_length=12)
    county = models.CharField(max_length=100)
    township_code = models.CharField(max_length=12, blank=True)
    township = models.CharField(max_length=100, blank=True)
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)
    pupils = models.PositiveIntegerField(null=True)
    classes = models.PositiveIntegerField(null=True)
    stages = models.JSONField(default=dict)  # stage -> {pupils, classes, largest}
    failing = models.PositiveIntegerField(default=0)  # items it misses
    unknown = models.PositiveIntegerField(default=0)  # items that cannot be judged

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "school_id"], name="school_once_a_year")]
        indexes = [models.Index(fields=["year", "county_code", "name"]), models.Index(fields=["year", "township_code"])]
        ordering = ["county_code", "township_code", "school_id"]

    def __str__(self) -> str:
        return self.name
