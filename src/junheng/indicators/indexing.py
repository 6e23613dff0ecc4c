"""The rows that pages read, made from a snapshot and its findings: pages see the old rows or the new ones, never some of each.

The findings of a city are written as drafts, batch by batch, and put in the place of the old ones by one short
transaction: while they were written in it, nobody could log in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import islice
from pathlib import Path

from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from junheng.indicators.forms.facts import SchoolRow
from junheng.indicators.measure import Result
from junheng.indicators.models import FindingDraft, FindingRow, VerdictRow
from junheng.indicators.results import results, rules_digest
from junheng.indicators.school_rows import counties, school_rows
from junheng.kernel.codes import Level, Verdict
from junheng.kernel.exact import written, written_or_none
from junheng.kernel.faults import OnProgress
from junheng.kernel.findings import CountyVerdict, Finding
from junheng.register.actions import raise_organisations
from junheng.register.holding import City, Snapshot, open_snapshot
from junheng.register.models import RegisterYear, School

Number = Fraction | Decimal | float
BATCH = 2000
LOOKED_AT = 1000  # rows of an index that SQLite looks at, for milliseconds; all of a city's would take seconds
CITY_DIGITS = 4
MEASURED = 0.6  # share of the work done when the findings are there


@dataclass(frozen=True)
class Lies:
    """Where every school, township and county of a snapshot lies."""

    county: Mapping[tuple[Level, str], str]
    township: Mapping[str, str]

    def columns(self, level: Level, group: str) -> dict[str, str]:
        school = group if level is Level.school else ""
        township = group if level is Level.township else self.township.get(school, "")
        return {
            "county_code": self.county.get((level, group), group if level is Level.county else ""),
            "township_code": township,
            "school_id": school,
        }


def index(city: Path, year: int, on_progress: OnProgress) -> dict[str, object]:
    """Make the rows of the year in force; where they are there already, by the same rules, nothing is done."""
    snapshot = open_snapshot(city, year)
    rules = rules_digest(city)
    there = RegisterYear.objects.filter(year=year, snapshot=snapshot.id, findings=rules).first()
    if there:
        return {"year": year, "snapshot": snapshot.id, "new": False}
    found = results(city, snapshot, lambda share, sentence: on_progress(share * MEASURED, sentence))
    on_progress(MEASURED, "写入测算结果")
    write(snapshot, rules, found, school_rows(snapshot))
    on_progress(1.0, "已更新")
    return {"year": year, "snapshot": snapshot.id, "new": True}


def index_all(city: Path, on_progress: OnProgress) -> dict[str, object]:
    """The rows of every year in force; years that are no more go."""
    years = sorted(City(city).current())
    for done, year in enumerate(years):
        index(city, year, lambda share, sentence, done=done: on_progress((done + share) / len(years), sentence))
    gone = RegisterYear.objects.exclude(year__in=years)
    School.objects.filter(year__in=gone.values("year")).delete()
    gone.delete()
    return {"years": years}


def write(snapshot: Snapshot, rules: str, found: Result, schools: Sequence[SchoolRow]) -> None:
    """The rows of a snapshot instead of those of its year before."""
    findings, verdicts = found
    own = [each for each in findings if not each.slice]
    lies = Lies(counties(snapshot), {each.school_id: each.township_code for each in schools})
    FindingDraft.objects.filter(year=snapshot.year).delete()  # of a job that was killed
    _add(FindingDraft, (_finding(each, snapshot, lies) for each in own))
    few = [*(_verdict(each, snapshot) for each in verdicts), *_schools(snapshot, schools, own)]
    _put_in_place(snapshot, rules, few, schools)
    _look_over()


@transaction.atomic
def _put_in_place(snapshot: Snapshot, rules: str, few: Sequence[VerdictRow | School], schools: Sequence[SchoolRow]) -> None:
    """The drafts, verdicts and schools of a year in the place of its old rows; organisations follow."""
    _clear(snapshot.year)
    _take_drafts(snapshot.year)
    for model in (VerdictRow, School):
        _add(model, (each for each in few if isinstance(each, model)))
    places = _places(snapshot)
    raise_organisations(
        snapshot,
        places,
        (
            {"school_id": each.school_id, "name": each.name, "county_code": each.county_code, "township_code": each.township_code}
            for each in schools
        ),
    )
    RegisterYear.objects.update_or_create(
        year=snapshot.year,
        defaults={
            "snapshot": snapshot.id,
            "version": snapshot.version,
            "findings": rules,
            "schools": len(schools),
            "indexed": timezone.now(),
            "reason": snapshot.manifest["reason"] or "",
            "city_name": next((name for code, name in sorted(places.items()) if len(code) == CITY_DIGITS), ""),
        },
    )


def _clear(year: int) -> None:
    FindingRow.objects.filter(year=year).delete()
    VerdictRow.objects.filter(year=year).delete()
    School.objects.filter(year=year).delete()


def _take_drafts(year: int) -> None:
    """By the database itself, in one statement: the columns are the same."""
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(each.column) for each in FindingRow._meta.concrete_fields if not each.primary_key)
    to, of = (quoted(each._meta.db_table) for each in (FindingRow, FindingDraft))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {to} ({columns}) SELECT {columns} FROM {of} WHERE year = %s ORDER BY id", [year])
    FindingDraft.objects.filter(year=year).delete()


def _look_over() -> None:
    """Let the database count what it holds now: without it SQLite read a city's rows to find those of one school."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA analysis_limit={LOOKED_AT}")
        for model in (FindingRow, VerdictRow, School):
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def _add(model: type[Model], rows: Iterable[Model]) -> None:
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        model._default_manager.bulk_create(batch)


def _finding(each: Finding, snapshot: Snapshot, lies: Lies) -> FindingDraft:
    return FindingDraft(
        snapshot=snapshot.id,
        year=each.year,
        standard=each.standard,
        item=each.item,
        level=each.level.name,
        group=each.group,
        name=each.name,
        stage=each.stage,
        part=written_or_none(each.part),
        whole=written_or_none(each.whole),
        value=written_or_none(each.value),
        value_number=_float(each.value),
        lower=written_or_none(each.lower),
        upper=written_or_none(each.upper),
        unknown=each.unknown,
        rows=each.rows,
        limit=written_or_none(each.limit),
        gap=written_or_none(each.gap),
        gap_number=_float(each.gap),
        gap_unit=each.gap_unit,
        share_number=_float(each.share),
        split=each.split,
        splits=dict(each.splits),
        verdict=each.verdict.name if each.verdict else "",
        within_rounding=each.within_rounding,
        evidence=each.evidence.name,
        **lies.columns(each.level, each.group),
    )


def _float(value: Number | None) -> float | None:
    """For sorting. A root counts by the digits that are kept of it, so that it is the same whether computed now or before."""
    return None if value is None else float(written(value)) if isinstance(value, Decimal) else float(value)


def _verdict(each: CountyVerdict, snapshot: Snapshot) -> VerdictRow:
    return VerdictRow(
        snapshot=snapshot.id,
        year=each.year,
        standard=each.standard,
        county_code=each.county,
        name=each.name,
        stage=each.stage,
        verdict=each.verdict.name,
        failed=list(each.failed),
        unknown=list(each.unknown),
        needs_evidence=list(each.needs_evidence),
        depends_on_split=each.depends_on_split,
        evidence=each.evidence.name,
    )


def _schools(snapshot: Snapshot, schools: Sequence[SchoolRow], findings: Iterable[Finding]) -> Iterator[School]:
    judged = Counter((each.group, each.verdict) for each in findings if each.level is Level.school and each.verdict)
    facts = {row["school_id"]: row for row in snapshot.table("schools").iter_rows(named=True)}
    for each in schools:
        row = facts[each.school_id]
        yield School(
            year=snapshot.year,
            school_id=each.school_id,
            name=each.name,
            kind=row["kind"] or "",
            run_by=row["run_by"] or "",
            urban_rural=row["urban_rural"] or "",
            county_code=each.county_code,
            county=each.county,
            township_code=each.township_code,
            township=each.township,
            longitude=_float(row["longitude"]),
            latitude=_float(row["latitude"]),
            pupils=_sum(stage.pupils for stage in each.stages.values()),
            classes=_sum(stage.classes for stage in each.stages.values()),
            stages={
                name: {"pupils": stage.pupils, "classes": stage.classes, "largest": stage.largest_class}
                for name, stage in each.stages.items()
            },
            failing=judged[each.school_id, Verdict.not_met],
            unknown=judged[each.school_id, Verdict.unknown],
        )


def _sum(numbers: Iterable[int | None]) -> int | None:
    """The sum of all; unknown where one is, or where there is none."""
    held = list(numbers)
    return None if not held or None in held else sum(each for each in held if each is not None)


def _places(snapshot: Snapshot) -> dict[str, str]:
    return dict(snapshot.table("places").select("place_code", "name").iter_rows()) if snapshot.has("places") else {}
