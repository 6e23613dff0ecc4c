"""The room's jobs: a document is read, a plan is held against a report."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from junheng.documents.against import against
from junheng.documents.deciding import Decision, read_as_decided
from junheng.documents.forms.promised import promise_rows
from junheng.documents.items import items, sentences
from junheng.documents.keeping import Before, before, founded, keep
from junheng.documents.local import law_of
from junheng.documents.models import Comparison, Document, Item, SentenceRow
from junheng.documents.opening import open_document
from junheng.documents.promises import promises
from junheng.documents.shapes import Reading
from junheng.kernel.faults import OnProgress
from junheng.people.jobs import Running, ask, job
from junheng.people.models import Job, Person
from junheng.register.holding import City

READ, PROMISES = "documents.read", "documents.promises"
BATCH = 1000
OPENED, READ_THROUGH, HELD = 0.1, 0.6, 0.9  # shares of the work


def ask_to_read(document: Document, by: Person | None, repair: Mapping[str, Any] | None = None) -> Job:
    """Have it read; `repair` is what a person decided on one of its repairs: kind, span, now, done."""
    asked = {"document": document.pk, "sha256": document.sha256, "repair": dict(repair) if repair else None}
    found = ask(READ, f"识读：{document.name}"[:200], asked, by, county_code=document.county_code, again=True)
    Document.objects.filter(pk=document.pk).update(job=found)
    return found


def ask_for_promises(comparison: Comparison, by: Person | None) -> Job:
    plan, report = comparison.plan, comparison.report
    asked = {"comparison": comparison.pk, "plan": plan.reading, "report": report.reading}
    title = f"承诺对照：{plan} — {report}"[:200]
    found = ask(PROMISES, title, asked, by, county_code=comparison.county_code, again=True)
    Comparison.objects.filter(pk=comparison.pk).update(job=found)
    return found


@dataclass(frozen=True)
class _Opened:
    """A document as it is read on the desk: by its own name, with what was decided on its repairs before."""

    reading: Reading
    known: Before
    file: Path


def _opened(folder: Path, document: Document, repair: Mapping[str, Any] | None = None) -> _Opened:
    shelf = founded(settings.CITY)
    file = folder / document.name  # its ending tells what it is
    file.write_bytes((shelf.documents / document.sha256 / "original").read_bytes())
    source = open_document(file)
    known = before(shelf, source)
    decided = _with(known.decisions, repair)
    return _Opened(read_as_decided(source, before=decided, local=law_of(settings.CITY)), known, file)


def _with(known: frozenset[Decision], repair: Mapping[str, Any] | None) -> frozenset[Decision]:
    """What was decided before, but for the one that is decided anew."""
    if repair is None:
        return known
    start, end = repair["span"]
    new = Decision(repair["kind"], (start, end), repair["now"], repair["done"])
    return frozenset({each for each in known if each[:3] != new[:3]} | {new})


@job(READ, lambda run: reverse("document", args=[run.asked["document"]]))
def _read(running: Running) -> Mapping[str, Any]:
    document = Document.objects.get(pk=running.asked["document"])
    on_progress: OnProgress = running.on_progress
    on_progress(0.0, "打开文件")
    with TemporaryDirectory() as folder:
        found = _opened(Path(folder), document, running.asked["repair"])
        on_progress(READ_THROUGH, "与登记对照")
        held = against(found.reading.figures, settings.CITY, lambda share, words: on_progress(READ_THROUGH + share * 0.3, words))
        on_progress(HELD, "存入城市目录")
        kept = keep(City(settings.CITY), found.file, found.reading, found.known)
    _index(document, found.reading, kept.folder.name, list(items(found.reading, held)))
    return {"document": document.pk, "reading": kept.folder.name}


@transaction.atomic
def _index(document: Document, reading: Reading, digest: str, rows: list[dict[str, Any]]) -> None:
    """The rows of this reading instead of those of the one before; decisions stay where they are."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        counts[row["kind"]][row["look"]] += 1
    Item.objects.filter(document=document).delete()
    Item.objects.bulk_create((Item(document=document, **row) for row in rows), batch_size=BATCH)
    SentenceRow.objects.filter(document=document).delete()
    SentenceRow.objects.bulk_create((SentenceRow(document=document, **row) for row in sentences(reading)), batch_size=BATCH)
    day: date | None = reading.day
    Document.objects.filter(pk=document.pk).update(
        title=reading.title, format=reading.source.format, day=day, characters=len(reading.source.text), reading=digest,
        notes=list(reading.notes), counts=counts,
    )


@job(PROMISES, lambda run: reverse("promises-of", args=[run.asked["comparison"]]))
def _promises(running: Running) -> Mapping[str, Any]:
    comparison = Comparison.objects.select_related("plan", "report").get(pk=running.asked["comparison"])
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        running.on_progress(0.0, "读计划")
        plan = _opened(Path(one), comparison.plan).reading
        running.on_progress(0.4, "读报告")
        report = _opened(Path(other), comparison.report).reading
    running.on_progress(0.8, "逐条对照")
    rows = promise_rows(plan, report, promises(plan, report))
    Comparison.objects.filter(pk=comparison.pk).update(rows=rows)
    return {"comparison": comparison.pk, "promises": len(rows)}
