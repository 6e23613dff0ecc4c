"""What is written about submissions: each step one transaction, by one person, audited; whoever comes second is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.kernel.codes import Severity
from junheng.kernel.faults import Fault, JunhengError
from junheng.people.cases import take
from junheng.people.models import Case, Step
from junheng.people.scope import Access
from junheng.register.holding import City
from junheng.register.holding.inbox import read_original
from junheng.register.intake.gathering import Corrections
from junheng.register.intake.headers import table_named
from junheng.register.models import Correction, SchoolSubmission, SubmissionFault, WarningReason
from junheng.register.models.submissions import SHOWN
from junheng.register.submissions import county, files, policy
from junheng.register.submissions.reading import Reading, key_of, read
from junheng.register.tables import TABLES

AT_ONCE_BYTES = 1_000_000  # a larger workbook is checked by a job
LONGEST_VALUE, LONGEST_REASON = 200, 500
ORDER = {name: place for place, name in enumerate(TABLES)}


def upload(submission: SchoolSubmission, access: Access, file: BinaryIO, name: str, size: int, *, seen: int) -> Step:
    """A workbook of the school: read and checked, kept byte for byte, in the place of the one before.

    Errors: JunhengError in words for what is no workbook, too large, past the deadline; then nothing is kept.
    """
    _may(submission, "upload", access)
    city, today = City(settings.CITY), timezone.localdate()
    with files.received(file, name, size, settings.UPLOAD_LIMIT_BYTES) as given:
        reading = read(city, given.path, submission.year, submission.school_id) if is_quick(submission, given.size) else None
        if reading:
            _refuse_unreadable(reading)
        files.keep(city, given, today, holds_identities=reading is None or reading.holds_identities)

    def store(step: Step) -> None:
        SchoolSubmission.objects.filter(pk=submission.pk).update(
            file_name=given.name, sha256=given.sha256, size=given.size, uploaded=step.at, uploaded_by=access.person, job=None
        )
        _put(submission, reading)

    return _take(
        submission,
        "upload",
        access,
        seen=seen,
        also=store,
        same={"sha256": given.sha256},
        detail={"file": given.name, "size": given.size},
    )


def correct(submission: SchoolSubmission, access: Access, fault: SubmissionFault, value: str, *, seen: int) -> Step:
    """One cell typed on the page, over the one of the file; everything is checked again."""
    if not policy.can_be_typed(fault):
        raise JunhengError(_("%(fault)s：不能在页面上更正 -> 在工作簿里改正后重新上传") % {"fault": fault})
    _may(submission, "correct", access)
    place = {"sheet": fault.sheet, "row": fault.row, "column": fault.column}
    made = Correction(
        submission=submission,
        sha256=submission.sha256,
        table=fault.table,
        found=fault.found,
        value=plain(value, LONGEST_VALUE),
        by=access.person,
        **place,
    )
    reading = reread(submission, typed=made)

    def store(step: Step) -> None:
        made.save()
        _put(submission, reading)

    return _take(submission, "correct", access, seen=seen, also=store, same=place | {"value": made.value})


def explain(submission: SchoolSubmission, access: Access, reasons: Mapping[str, str], *, seen: int) -> Step:
    """Why these warnings are right as they are; an empty reason takes the one before it away."""
    open_ones = set(submission.faults.filter(severity=Severity.warning.name).values_list("key", flat=True))
    given = {key: plain(text, LONGEST_REASON) for key, text in reasons.items() if key in open_ones}

    def store(step: Step) -> None:
        for key, text in given.items():
            if text:
                WarningReason.objects.update_or_create(
                    submission=submission, key=key, defaults={"text": text, "by": access.person}
                )
        submission.reasons.filter(key__in=[key for key, text in given.items() if not text]).delete()

    return _take(submission, "explain", access, seen=seen, also=store, same={"reasons": len(given)})


def move(
    submission: SchoolSubmission, access: Access, action: str, *, seen: int, note: str = "", until: date | None = None
) -> Step:
    """Any other step: hand in, take back, return with remarks, accept. `until`: what is returned may come in until then."""

    def store(step: Step) -> None:
        if until and (submission.case.due is None or until > submission.case.due):
            Case.objects.filter(pk=submission.case.pk).update(due=until)

    return _take(submission, action, access, seen=seen, note=note, also=store)


def is_quick(submission: SchoolSubmission, size: int) -> bool:
    """Whether it is checked while the person waits. A county's workbook is checked within the whole register, by a job."""
    return size <= AT_ONCE_BYTES and not submission.is_county


def reread(submission: SchoolSubmission, typed: Correction | None = None) -> Reading:
    """The workbook in hand, with all that was typed over it, as it is to be read now."""
    city = City(settings.CITY)
    content = read_original(city, submission.sha256, city.key())
    corrections = corrections_of(submission)
    if typed:
        corrections[typed.sheet, typed.row, typed.column] = typed.value
    over: Corrections = {submission.sha256: corrections}
    with files.plain_copy(submission.file_name, content) as path:
        if submission.is_county:
            return county.read(city, path, submission.year, submission.county_code, over)
        return read(city, path, submission.year, submission.school_id, over)


def corrections_of(submission: SchoolSubmission) -> dict[tuple[str, int, str], str]:
    """What was typed over the file in hand."""
    rows = submission.corrections.filter(sha256=submission.sha256).order_by("pk")
    return {(sheet, row, column): value for sheet, row, column, value in rows.values_list("sheet", "row", "column", "value")}


@transaction.atomic
def check_again(submission: SchoolSubmission, reading: Reading) -> bool:
    """Put a new reading of the file in hand; False where another file came in between."""
    held = SchoolSubmission.objects.select_for_update().get(pk=submission.pk)
    if held.sha256 != submission.sha256:
        return False
    _put(held, reading)
    return True


def plain(text: str, most: int) -> str:
    """What somebody typed, without letters that no eye sees and no database takes."""
    return "".join(letter for letter in text if letter.isprintable() or letter == "\n").strip()[:most]


def _may(submission: SchoolSubmission, action: str, access: Access) -> None:
    """Refuse before the work what would be refused after it."""
    step = submission.transitions.step(action)
    refusal = submission.transitions.refusal(submission.case, step, access, note="-") or policy.refusal(
        submission, action, timezone.localdate()
    )
    if refusal:
        raise JunhengError(refusal)


def _take(
    submission: SchoolSubmission,
    action: str,
    access: Access,
    *,
    seen: int,
    also: Callable[[Step], None],
    note: str = "",
    same: Mapping[str, Any] | None = None,
    detail: Mapping[str, Any] | None = None,
) -> Step:
    """Take the step; sent twice by the same person it is taken once. `same` tells one sending from another."""

    def sent() -> Step | None:
        there = submission.case.steps.filter(number=seen + 1, action=action, actor=access.person, note=note.strip()).first()
        return there if there and all(there.detail.get(name) == value for name, value in (same or {}).items()) else None

    if done := sent():
        return done
    submission.refresh_from_db()  # its faults may have been counted anew since it was read
    if refusal := policy.refusal(submission, action, timezone.localdate()):
        raise JunhengError(refusal)
    told = {**(same or {}), **(detail or {})}
    try:
        return take(submission.transitions, submission.case, action, access, note=note, seen=seen, detail=told, also=also)
    except JunhengError:
        if done := sent():  # the other sending was a moment faster
            return done
        raise


def _refuse_unreadable(reading: Reading) -> None:
    refused = reading.refused
    if not refused and not reading.handed.frames:
        refused = [each for each in reading.faults if each.severity is Severity.error]
    if refused:
        raise JunhengError("\n".join(each.sentence() for each in refused))


def _put(submission: SchoolSubmission, reading: Reading | None) -> None:
    """The result of reading; None while a job is still to read."""
    submission.faults.all().delete()
    faults = [*reading.refused, *reading.faults] if reading else []
    rows = [_row(submission, each) for each in faults]
    rows.sort(key=lambda each: (ORDER.get(each.table, len(ORDER)), each.sheet, each.row))
    for place, each in enumerate(rows):
        each.place = place
    SubmissionFault.objects.bulk_create(rows, batch_size=500)
    counted = {severity: sum(each.severity == severity.name for each in rows) for severity in Severity}
    SchoolSubmission.objects.filter(pk=submission.pk).update(
        checked=timezone.now() if reading else None,
        errors=counted[Severity.error],
        warnings=counted[Severity.warning],
        notes=counted[Severity.note],
        base=reading.base if reading else "",
        rows=reading.rows if reading else {},
        missing=reading.missing if reading else [],
        difference=reading.difference if reading else {},
    )


def _row(submission: SchoolSubmission, fault: Fault) -> SubmissionFault:
    table = table_named(fault.sheet)
    return SubmissionFault(
        submission=submission,
        file=fault.file,
        sheet=fault.sheet,
        row=fault.row,
        table=table.name if table else "",
        column=fault.column,
        found=plain(fault.found, SHOWN),
        wanted=plain(fault.wanted, SHOWN),
        do=plain(fault.do, SHOWN),
        kind=fault.kind,
        severity=fault.severity.name,
        key=key_of(fault),
    )
