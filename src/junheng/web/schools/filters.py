"""What the list and the map of schools are asked for, and how a school stands by a standard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from urllib.parse import urlencode

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When
from django.urls import reverse

from junheng.indicators.models import FindingRow
from junheng.indicators.registry import INDICATORS
from junheng.kernel.codes import Level, Stage, Verdict
from junheng.kernel.findings import weakest
from junheng.people.scope import Reach
from junheng.register.codes import SchoolKind
from junheng.register.models import School
from junheng.standards import law

MAIN = "quality_balance_2017"
NOT_ASKED = "none"  # instead of a verdict: the standard asks nothing of the school
SORTS = {"name": "name", "town": "township_code", "pupils": "pupils", "classes": "classes", "short": "short"}


def standards_of_schools() -> list[str]:
    """The standards that judge schools, in their order."""
    own = {each.standard for each in INDICATORS.values() if Level.school in each.judged}
    return [each for each in law.standards if each in own]


@dataclass(frozen=True)
class Filters:
    """The filters as the address carries them; a value that means nothing is as if it were not there."""

    q: str = ""
    county: str = ""
    town: str = ""
    kind: str = ""
    stage: str = ""
    standard: str = ""
    verdict: str = ""
    sort: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Filters:
        told = {each.name: str(asked.get(each.name, "")).strip()[:100] for each in fields(cls)}
        is_elsewhere = not told["town"].startswith(told["county"])  # the town of the county that was chosen before
        return cls(**told | {
            "town": "" if is_elsewhere else told["town"],
            "kind": _one_of(told["kind"], SchoolKind.__members__),
            "stage": _one_of(told["stage"], Stage.__members__),
            "standard": _one_of(told["standard"], standards_of_schools()),
            "verdict": _one_of(told["verdict"], (*Verdict.__members__, NOT_ASKED)),
            "sort": told["sort"] if told["sort"].removeprefix("-") in SORTS else "",
        })

    @property
    def by(self) -> str:
        """The standard that the schools are judged by."""
        return self.standard or MAIN

    @property
    def query(self) -> str:
        return urlencode({each.name: value for each in fields(self) if (value := getattr(self, each.name))})

    @property
    def href(self) -> str:
        return f"{reverse('schools')}?{self.query}"

    def points_href(self, *, with_counties: bool = False) -> str:
        return f"{reverse('schools-points')}?{self.query}{'&counties=1' if with_counties else ''}"

    def rows(self, year: int, reach: Reach, standings: Standings) -> QuerySet[School]:
        """The schools asked for, of those inside, in the order asked for; unknown numbers last either way."""
        equal = {column: value for column, value in (
            ("county_code", self.county), ("township_code", self.town), ("kind", self.kind)) if value}
        found = reach.narrow(School.objects.filter(year=year, **equal))
        if self.stage:
            found = found.filter(stages__has_key=self.stage)
        if self.q:
            found = found.filter(Q(name__icontains=self.q) | Q(school_id__startswith=self.q))
        if self.verdict == NOT_ASKED:
            found = found.exclude(school_id__in=standings)
        elif self.verdict:
            found = found.filter(school_id__in=[code for code, each in standings.items() if each.verdict == self.verdict])
        return self._sorted(found, standings)

    def _sorted(self, rows: QuerySet[School], standings: Standings) -> QuerySet[School]:
        name, is_down = self.sort.removeprefix("-"), self.sort.startswith("-")
        if not name:
            return rows
        if name == "short":
            rows = rows.annotate(short=_short(standings))
        column = F(SORTS[name])
        return rows.order_by(column.desc(nulls_last=True) if is_down else column.asc(nulls_last=True), "school_id")


def _one_of(told: str, known: object) -> str:
    return told if told in known else ""  # type: ignore[operator]


@dataclass(frozen=True)
class Standing:
    """What a standard says of a school: of how many findings it judges it, how many it misses, how many nobody can judge."""

    verdict: str
    judged: int
    short: int
    open: int


Standings = Mapping[str, Standing]


def standings(snapshot: str, standard: str, reach: Reach) -> Standings:
    """How every school inside stands by the standard; those it asks nothing of are not among them.

    Counted once for all: a subquery for each school was a hundred times slower.
    """
    rows = reach.narrow(FindingRow.objects.filter(snapshot=snapshot, standard=standard, level=Level.school.name))
    told: dict[str, dict[str, int]] = {}
    for school, verdict, many in rows.exclude(verdict="").values_list("school_id", "verdict").annotate(Count("pk")).order_by():
        told.setdefault(school, {})[verdict] = many
    return {school: Standing(weakest(Verdict[each] for each in own).name, sum(own.values()), own.get(Verdict.not_met.name, 0),
                             own.get(Verdict.unknown.name, 0) + own.get(Verdict.needs_evidence.name, 0))
            for school, own in told.items()}


def _short(standings: Standings) -> Case:
    """How many findings a school misses, as a column to sort by."""
    by_many: dict[int, list[str]] = {}
    for school, each in standings.items():
        by_many.setdefault(each.short, []).append(school)
    whens = [When(school_id__in=schools, then=Value(many)) for many, schools in by_many.items() if many]
    return Case(*whens, default=Value(0), output_field=IntegerField())
