"""How the counties stand by each standard, and how many schools fall short."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from junheng.indicators.kept import Indexed
from junheng.indicators.models import FindingRow, VerdictRow
from junheng.kernel.codes import Verdict
from junheng.kernel.findings import weakest
from junheng.people.scope import Reach
from junheng.standards import law
from junheng.web.overview.figures import TwoYears


@dataclass(frozen=True)
class Stand:
    """What a standard says of a county, all stages together; `short` are the findings that it misses."""

    standard: str
    rows: Sequence[VerdictRow]
    short: Sequence[FindingRow] = ()
    unclear: Sequence[FindingRow] = ()

    @property
    def verdict(self) -> str:
        return weakest(Verdict[each.verdict] for each in self.rows).name

    @property
    def href(self) -> str:
        return self.rows[0].get_absolute_url()

    @property
    def failed(self) -> int:
        return len({item for each in self.rows for item in each.failed})

    @property
    def open(self) -> int:
        """Items that nobody can judge yet: data or evidence is missing."""
        return len({item for each in self.rows for item in (*each.unknown, *each.needs_evidence)})

    @property
    def depends_on_split(self) -> bool:
        return any(each.depends_on_split for each in self.rows)


@dataclass(frozen=True)
class County:
    code: str
    name: str
    stands: Mapping[str, Stand]

    def row(self, standards: Iterable[str]) -> list[Stand | None]:
        return [self.stands.get(each) for each in standards]


def counties(year: Indexed, reach: Reach, findings: TwoYears) -> list[County]:
    """The counties inside, each with what every standard says of it."""
    rows = VerdictRow.objects.filter(reach.rows(township="", school=""), snapshot=year.snapshot).order_by("county_code", "pk")
    by_county: dict[str, dict[str, list[VerdictRow]]] = {}
    for row in rows:
        by_county.setdefault(row.county_code, {}).setdefault(row.standard, []).append(row)
    judged: dict[tuple[str, str], list[FindingRow]] = {}
    for finding in findings.judged():
        judged.setdefault((finding.county_code, finding.standard), []).append(finding)
    return [County(code, next(iter(of.values()))[0].name,
                   {standard: _stand(standard, own, judged.get((code, standard), [])) for standard, own in of.items()})
            for code, of in by_county.items()]


def _stand(standard: str, rows: Sequence[VerdictRow], findings: Sequence[FindingRow]) -> Stand:
    short = [each for each in findings if each.verdict == Verdict.not_met.name]
    unclear = [each for each in findings if each.verdict in (Verdict.unknown.name, Verdict.needs_evidence.name)]
    return Stand(standard, rows, short, unclear)


def standards_of(found: Iterable[County]) -> list[str]:
    """The standards that say something, in the order in which people look for them."""
    there = {standard for county in found for standard in county.stands}
    return [each for each in law.standards if each in there]


@dataclass(frozen=True)
class Short:
    """Schools that a standard judges, how many miss something, and how many did a year ago (None: nobody knows)."""

    judged: int = 0
    failing: int = 0
    unknown: int = 0
    before: int | None = None

    @property
    def change(self) -> int | None:
        return None if self.before is None else self.failing - self.before


def schools_short(years: Sequence[Indexed], reach: Reach, standard: str) -> Short:
    """Counted in the database, so that a city costs what a county does."""
    snapshots = [each.snapshot for each in years]
    rows = reach.narrow(FindingRow.objects.filter(snapshot__in=snapshots, standard=standard, level="school"))

    def many(*verdicts: str) -> Count:
        return Count("school_id", distinct=True, filter=Q(verdict__in=verdicts))

    told = {row["snapshot"]: row for row in rows.exclude(verdict="").values("snapshot").annotate(
        judged=Count("school_id", distinct=True), failing=many("not_met"), open=many("unknown", "needs_evidence")).order_by()}
    now = told.get(years[0].snapshot)
    if now is None:
        return Short()
    then = told.get(years[1].snapshot) if len(years) > 1 else None
    return Short(now["judged"], now["failing"], now["open"], then["failing"] if then else None)
