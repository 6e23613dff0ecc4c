"""What documents say of a school and of its county, of those that the reader sees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from junheng.documents.mentions import Mention, documents_of, first_mentions, mentions
from junheng.documents.models import Document
from junheng.people.permissions import Action
from junheng.people.scope import Access
from junheng.register.models import School

MOST = 20  # sentences that name the school
MOST_DOCUMENTS = 6  # of the county, and of those that name it


@dataclass(frozen=True)
class Said:
    """Sentences that name the school, of `many`; documents of its county; the first sentence of others that name the county."""

    mentions: list[Mention]
    many: int
    own: list[Document]
    naming: list[Mention]


def said_of(access: Access, years: Sequence[School]) -> Said | None:
    """Of a school in all its years, under each name it had. None for who sees no documents."""
    if not access.may(Action.see_documents):
        return None
    latest, seen = years[-1], documents_of(access).exclude(reading="")
    names = {each.name for each in years}
    found, many = mentions(_of_the_school(seen, latest, names), names, _longer(names), MOST)
    county = latest.county
    naming = first_mentions(seen.exclude(county_code=latest.county_code), county, MOST_DOCUMENTS) if county else []
    return Said(found, many, list(seen.filter(county_code=latest.county_code)[:MOST_DOCUMENTS]), naming)


def _of_the_school(seen: QuerySet[Document], school: School, names: set[str]) -> QuerySet[Document]:
    """Where a school of another county has the same name, only its own county's documents are surely of it."""
    others = School.objects.filter(name__in=names).exclude(county_code=school.county_code)
    return seen.filter(county_code=school.county_code) if others.exists() else seen


def _longer(names: set[str]) -> set[str]:
    """Other schools' names that hold one of these."""
    holds = Q(pk__in=[])
    for name in names:
        holds |= Q(name__contains=name)
    return set(School.objects.filter(holds).exclude(name__in=names).values_list("name", flat=True))
