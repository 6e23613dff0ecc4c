"""What was accepted becomes the next version of a year, in one step; what it has otherwise than the last, row by row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from junheng.kernel.faults import DataFaults, JunhengError, OnProgress
from junheng.people.cases import take
from junheng.people.models import Job
from junheng.people.scope import Access
from junheng.register.holding import City, Snapshot, compare, snapshot_named
from junheng.register.holding.accept import accept_all
from junheng.register.holding.differences import Difference
from junheng.register.holding.inbox import read_original
from junheng.register.holding.runs import asked_by
from junheng.register.holding.snapshots import snapshot_in_force
from junheng.register.intake import take_in
from junheng.register.models import School, SchoolSubmission, VersionChange
from junheng.register.submission import Submission
from junheng.register.submissions.actions import corrections_of
from junheng.register.submissions.county import spoken
from junheng.register.transitions import ACCEPTED, TAKEN

TOLD = 20  # faults that a refusal names
COUNTY_DIGITS = 6  # of a code of a place
MOST_ROWS = 5_000  # of one table that are listed; the counts tell of all
READ = 0.4  # share of the work that is done when all workbooks are read

came_into_force = Signal()  # `by`: who made the version; rooms below bring their pages up to it


def accepted(year: int) -> list[SchoolSubmission]:
    """The submissions that the next version of a year would take in."""
    return list(SchoolSubmission.objects.filter(year=year, case__state=ACCEPTED).select_related("case"))


def make_version(job: Job, on_progress: OnProgress) -> dict[str, Any]:
    """Take the submissions that the job names into the register; done again after a kill it ends where it would have ended.

    Errors: JunhengError with the faults that all workbooks together have, or where one of them is accepted no more.
    """
    year, reason = int(job.asked["year"]), str(job.asked["reason"])
    open_ones, done = _named(job)
    if open_ones:
        with asked_by(str(job.by or "")):
            before, snapshot = _accept(year, reason, open_ones, lambda share, sentence: on_progress(0.9 * share, sentence))
    else:
        snapshot = _snapshot(done[0].snapshot)
        before = snapshot.previous()
    on_progress(0.92, "记录与上一版的差异")
    summary = _record(snapshot, before)
    left = [each.name for each in open_ones if not _taken(each, job, snapshot)]
    came_into_force.send(sender=SchoolSubmission, by=job.by)
    return {
        "snapshot": snapshot.id,
        "before": before.id if before else "",
        "schools": len(open_ones) + len(done),
        "summary": summary,
        "returned_meanwhile": left,
    }


def _named(job: Job) -> tuple[list[SchoolSubmission], list[SchoolSubmission]]:
    """Those still to be taken, and those that an attempt before this one took."""
    asked: Mapping[str, int] = job.asked["cases"]
    rows = {each.case_id: each for each in SchoolSubmission.objects.filter(case__in=map(int, asked)).select_related("case")}
    open_ones, done, changed = [], [], []
    for pk, number in asked.items():
        each = rows[int(pk)]
        if each.case.state == ACCEPTED and each.case.last_number == number:
            open_ones.append(each)
        elif each.case.state == TAKEN and each.case.steps.filter(action="take", number=number + 1, detail__job=job.pk).exists():
            done.append(each)
        else:
            changed.append(each.name)
    if changed:
        raise JunhengError(f"{'、'.join(changed[:TOLD])}：提交后状态有变化，没有生成 -> 回到报送页，按最新的已接收名单重新生成")
    return open_ones, done


def _accept(
    year: int, reason: str, submissions: Sequence[SchoolSubmission], on_progress: OnProgress
) -> tuple[Snapshot | None, Snapshot]:
    city = City(settings.CITY)
    typed = {each.sha256: corrections_of(each) for each in submissions}
    with TemporaryDirectory(prefix="junheng-") as folder:
        _lay_out(city, submissions, Path(folder))
        handed = take_in(
            [Path(folder)], year=year, corrections=typed, on_progress=lambda share, sentence: on_progress(READ * share, sentence)
        )
        handed = _offices_apart(handed, submissions, city)
        try:
            result = accept_all(
                [handed],
                city,
                reason=_told(reason, submissions, sum(map(len, typed.values()))),
                on_progress=lambda share, sentence: on_progress(READ + (1 - READ) * share, sentence),
            )[0]
        except DataFaults as refused:
            errors = [each.sentence() for each in refused.faults if each.severity.name == "error"]
            more = f"\n……另有 {len(errors) - TOLD} 处" if len(errors) > TOLD else ""
            raise JunhengError("\n".join([str(refused), *errors[:TOLD]]) + more) from refused
    return (result.before if result.new else result.snapshot.previous()), result.snapshot


def _offices_apart(handed: Submission, submissions: Sequence[SchoolSubmission], city: City) -> Submission:
    """Read together, an office's sheet would speak of the schools of all workbooks: it does of those of its own county."""
    offices = {each.county_code: set(each.rows) for each in submissions if each.is_county}
    return spoken(handed, offices, snapshot_in_force(city, handed.year)) if offices else handed


def _lay_out(city: City, submissions: Sequence[SchoolSubmission], folder: Path) -> None:
    """The workbooks in plain, each in a folder of its school or county: so they are called in the snapshot."""
    key = city.key()
    for each in submissions:
        own = folder / each.code
        own.mkdir()
        (own / each.file_name).write_bytes(read_original(city, each.sha256, key))


def _told(reason: str, submissions: Sequence[SchoolSubmission], typed: int) -> str:
    counties = sum(each.is_county for each in submissions)
    told = [f"{many} {unit}" for many, unit in ((len(submissions) - counties, "所学校"), (counties, "个县")) if many]
    return f"{reason}（{'、'.join(told)}报送{f'，页面更正 {typed} 格' if typed else ''}）"


def _snapshot(name: str) -> Snapshot:
    return snapshot_named(Path(settings.CITY), name)


def _taken(submission: SchoolSubmission, job: Job, snapshot: Snapshot) -> bool:
    """Move a submission on; False where an office returned it while the version was made: what it changes comes with the next."""

    def store(_: object) -> None:
        SchoolSubmission.objects.filter(pk=submission.pk).update(snapshot=snapshot.id)

    try:
        take(
            submission.transitions,
            submission.case,
            "take",
            Access(job.by, timezone.localdate()),
            seen=job.asked["cases"][str(submission.case_id)],
            detail={"snapshot": snapshot.id, "job": job.pk},
            also=store,
        )
    except JunhengError:
        return False
    return True


@transaction.atomic
def _record(snapshot: Snapshot, before: Snapshot | None) -> list[dict[str, Any]]:
    """The rows that differ, for the pages; of a first version there is nothing to tell."""
    VersionChange.objects.filter(snapshot=snapshot.id).delete()
    if before is None:
        return []
    found = compare(before, snapshot)
    VersionChange.objects.bulk_create(_changes(found), batch_size=500)
    return found.summary()


def _changes(found: Difference) -> Iterator[VersionChange]:
    counties = dict(School.objects.filter(year__lte=found.after.year).order_by("year").values_list("school_id", "county_code"))
    for row in found.entries(limit=MOST_ROWS, words=True):
        school = row["key"].get("school_id") or ""
        yield VersionChange(
            snapshot=found.after.id,
            table=row["table"],
            change=row["change"],
            school_id=school,
            county_code=counties.get(school) or (row["key"].get("place_code") or "")[:COUNTY_DIGITS],
            key=row["key"],
            cells=row["cells"],
            before=row["before"],
            after=row["after"],
        )
