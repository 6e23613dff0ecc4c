"""Organisations, and where each stands in every tree from when to when."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from junheng.people.codes import OrganisationKind, OrganisationTree
from junheng.people.models.fields import classed, code_field


def in_force(day: date, prefix: str = "") -> Q:
    """Rows whose `since`..`until` holds `day`; a day without an end is still running."""
    since, until = f"{prefix}since", f"{prefix}until"
    return (Q(**{f"{since}__isnull": True}) | Q(**{f"{since}__lte": day})) & (
        Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gt": day}))


class Organisation(models.Model):
    """A bureau, section, school or group. `code` is its division's or school's code in the register, else its own."""

    PRIVACY = classed(internal="id", public="code kind name since until")

    code = models.CharField(max_length=64)
    kind = code_field(OrganisationKind)
    name = models.CharField(max_length=200)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "code"], name="organisation_once")]
        ordering = ["kind", "code"]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_zh(self) -> str:
        return OrganisationKind[self.kind].zh


class Branch(models.Model):
    """`child` stands under `parent` in a tree from `since` until the day before `until`."""

    PRIVACY = classed(public="id tree parent child since until paper")

    tree = code_field(OrganisationTree)
    parent = models.ForeignKey(Organisation, models.PROTECT, related_name="branches_below")
    child = models.ForeignKey(Organisation, models.PROTECT, related_name="branches_above")
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    paper = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["tree", "parent"]), models.Index(fields=["tree", "child"])]

    def __str__(self) -> str:
        return f"{self.parent} > {self.child}"

    def clean(self) -> None:
        if self.since and self.until and self.since >= self.until:
            raise ValueError(f"{self}：止于 {self.until} 早于起始日 {self.since}")


def below(root: Organisation, tree: str, day: date) -> list[Organisation]:
    """The organisation and all under it in a tree on a day; the tree is walked level by level, a query each."""
    found: dict[int, Organisation] = {root.pk: root}
    level: list[Any] = [root.pk]
    while level:
        rows = Branch.objects.filter(in_force(day), tree=tree, parent__in=level).select_related("child")
        fresh = {row.child_id: row.child for row in rows if row.child_id not in found}
        found |= fresh
        level = list(fresh)
    return list(found.values())
