"""The way back of an indexed finding: what it is made of by the indexed rows, its sums and the law by its snapshot."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from junheng.engines import open_source
from junheng.indicators.explain import Explanation, explain
from junheng.indicators.models import FindingRow
from junheng.indicators.registry import INDICATORS
from junheng.indicators.results import ENGINE, book_of, exact_value
from junheng.kernel.codes import Evidence, Level, Verdict
from junheng.kernel.findings import Finding
from junheng.kernel.shapes import AtLeast, Mean, Shape, Spread
from junheng.people.codes import Line
from junheng.people.models import Step
from junheng.people.permissions import Action
from junheng.people.scope import Access
from junheng.register.census import census_day
from junheng.register.holding import City, snapshot_named
from junheng.register.models import Correction, RegisterYear
from junheng.register.submissions.origin import HandedIn as Way
from junheng.register.submissions.origin import handed_in_as
from junheng.register.transitions import SUBMISSION

# whose work the personal columns of a table are: only who works in one of these lines may open them
LINES: Mapping[str, tuple[Line, ...]] = {
    "pupils": (Line.admissions, Line.aid),
    "disabled_children": (Line.admissions, Line.aid),
    "teachers": (Line.personnel,),
    "recognitions": (Line.personnel,),
    "postings": (Line.personnel,),
    "training": (Line.personnel,),
}
MOST_FILES = 20  # of a figure that are named with who handed them in
PLACE = {"county": "county_code", "township": "township_code", "school": "school_id"}  # the column of a row that lies in a group


@dataclass(frozen=True)
class HandedIn:
    """What is known of how the facts of a school came in; what is not recorded is empty."""

    snapshot: str
    version: int
    reason: str = ""
    at: str = ""
    by: str = ""
    accepted_by: str = ""


def handed_in_by(school_id: str, year: int) -> HandedIn | None:
    """Who handed in what a school's figures of a year rest on, and who accepted it; of a group (`school_id` empty), the snapshot.

    Of what came in by command only the snapshot's own story is known.
    """
    held = RegisterYear.objects.filter(year=year).first()
    if held is None:
        return None
    run = _told(held.snapshot, "run.json")
    story = HandedIn(held.snapshot, held.version, held.reason, run.get("taken_in", ""), run.get("user", ""))
    way = _way(school_id, held) if school_id else None
    return _by_desk(story, way) if way else story


def _by_desk(story: HandedIn, way: Way) -> HandedIn:
    handed = way.submitted or way.uploaded
    accepted = f"{way.accepted.actor} {_day(way.accepted)}" if way.accepted else ""
    return replace(story, at=_day(handed), by=str(handed.actor or ""), accepted_by=accepted)


def _day(step: Step) -> str:
    return timezone.localtime(step.at).date().isoformat()


def _way(school_id: str, held: RegisterYear) -> Way | None:
    """The way of the school's last file that is among those the snapshot was made of."""
    files = {each["sha256"] for each in _told(held.snapshot, "manifest.json").get("files", [])}
    uploads = Step.objects.filter(case__kind=SUBMISSION.kind, case__school_id=school_id, case__submission__year=held.year,
                                  action="upload").order_by("-number")
    digests = (step.detail.get("sha256", "") for step in uploads)
    return next((way for digest in digests if digest in files and (way := handed_in_as(digest)) and way.taken), None)


def _told(snapshot: str, file: str) -> dict[str, Any]:
    """What a file beside the snapshot's tables tells; nothing where it is not there, for no figure rests on it."""
    try:
        found = json.loads((City(settings.CITY).snapshots / snapshot / file).read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


@dataclass(frozen=True)
class SourceFile:
    """A file that rows of a figure came from: its way over the desk, if it came that way, and how many cells were corrected."""

    name: str
    handed_in: str = ""
    accepted: str = ""
    corrected: int = 0


def files_of(found: Explanation, snapshot: str) -> list[SourceFile]:
    """The files behind the listed rows, each with who handed it in and who accepted it; of very many the first."""
    named = list(dict.fromkeys(row["file"] for one in found.sums for row in one["rows"] or ()))[:MOST_FILES]
    digests: dict[str, str] = {each["name"]: each["sha256"] for each in _told(snapshot, "manifest.json").get("files", [])}
    corrected = Counter(Correction.objects.filter(sha256__in=[digests[name] for name in named if name in digests]).values_list(
        "sha256", flat=True))
    return [_source(name, digests.get(name, ""), corrected) for name in named]


def _source(name: str, digest: str, corrected: Mapping[str, int]) -> SourceFile:
    way = handed_in_as(digest) if digest else None
    if way is None:
        return SourceFile(name)
    handed = way.submitted or way.uploaded
    return SourceFile(name, f"{handed.actor or ''} {_day(handed)}", f"{way.accepted.actor} {_day(way.accepted)}" if way.accepted
                      else "", corrected.get(digest, 0))


def explained(row: FindingRow, opened: Collection[str] = ()) -> Explanation:
    """The finding down to its rows, with the law it rests on; in the tables `opened` personal columns are shown.

    Only this one finding is rebuilt: what it is made of, `below` reads from the index.
    """
    snapshot = snapshot_named(settings.CITY, row.snapshot)
    source = open_source(ENGINE, snapshot.path)
    found = [finding_of(row)]
    return explain(snapshot, source, book_of(settings.CITY, snapshot), found, row.item, row.group, row.stage, opened=opened)


def finding_of(row: FindingRow) -> Finding:
    """The finding that a row was made from; a share has the digits of the row."""
    is_root = row.item.endswith(".cv")
    return Finding(
        item=row.item, indicator=INDICATORS[row.item].name, standard=row.standard, level=Level[row.level], group=row.group,
        name=row.name, stage=row.stage, year=row.year, part=_fraction(row.part), whole=_fraction(row.whole),
        value=exact_value(row.value, is_root=is_root), lower=_fraction(row.lower), upper=_fraction(row.upper),
        limit=_fraction(row.limit), gap=exact_value(row.gap, is_root=is_root), unknown=row.unknown, rows=row.rows,
        gap_unit=row.gap_unit, split=row.split, splits=row.splits,
        share=None if row.share_number is None else Fraction(row.share_number),
        verdict=Verdict[row.verdict] if row.verdict else None, within_rounding=row.within_rounding,
        evidence=Evidence[row.evidence], snapshot=row.snapshot)


def _fraction(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def below(row: FindingRow) -> Q:
    """The rows a finding is made of: the items it counts, of the same group, or the figures of the units under its group."""
    indicator = INDICATORS[row.item]
    own = Q(snapshot=row.snapshot, stage=row.stage)
    is_unit = Level[row.level] is indicator.own_level
    shape = shape_of(row.item)
    if isinstance(shape, AtLeast | Mean) and (is_unit or not indicator.counts):
        return own & Q(level=row.level, group=row.group, item__in=shape.of)
    if is_unit or indicator.by == "group":
        return Q(pk__in=[])
    item = shape.of if isinstance(shape, Spread) else row.item
    return own & inside(row) & Q(level=indicator.own_level.name, item=item)


def inside(row: FindingRow) -> Q:
    """The rows that lie in the group of a finding; a city or province holds all."""
    return Q(**{PLACE[row.level]: row.group}) if row.level in PLACE else Q()


@cache
def shape_of(item: str) -> Shape:
    """The shape of an item under some values of the law: which items it speaks of hangs on none of them."""
    indicator, day = INDICATORS[item], census_day(date.today().year)
    known: Mapping[str, object] = {"year": day.year, "day": day}
    told = {name: value for name, value in known.items() if name in indicator.formula.__annotations__}
    return indicator.formula(**told, **{name: limit.entries[0].value for name, limit in indicator.asks.items()})


def items_in(item: str) -> tuple[str, ...]:
    """The other items that an item speaks of."""
    of = getattr(shape_of(item), "of", ())
    return of if isinstance(of, tuple) else (of,) if isinstance(of, str) else ()


def spread_of(item: str) -> str:
    """The item whose spread between schools an item is; empty for what is no spread."""
    shape = shape_of(item)
    return shape.of if isinstance(shape, Spread) else ""


def may_open(access: Access, row: FindingRow, table: str) -> bool:
    """Whether the person may see the personal columns of a table in the rows of this finding: the place and the line are his."""
    lines = LINES.get(table, ())
    return any(access.reach(Action.open_personal, line).holds(
        county=row.county_code, township=row.township_code, school=row.school_id) for line in lines)
