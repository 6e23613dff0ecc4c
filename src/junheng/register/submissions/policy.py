"""Whether something may be done to a submission at all, whoever asks: locks, faults, reasons, which cells may be typed over."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from junheng.kernel.codes import Privacy, Severity
from junheng.people.models import Case
from junheng.people.permissions import Action
from junheng.people.scope import Access
from junheng.register.kinds import Kind
from junheng.register.models import SchoolSubmission, SubmissionFault
from junheng.register.tables import TABLES
from junheng.register.transitions import OF_THE_SCHOOL

# of a header, or of a whole column: no one cell is wrong
NOT_OF_A_CELL = frozenset(
    kind.name
    for kind in (
        Kind.missing_column,
        Kind.duplicated_header,
        Kind.unknown_header,
        Kind.wrong_sheet,
        Kind.unknown_sheet,
        Kind.two_files,
        Kind.emptied_values,
    )
)


def own(access: Access) -> QuerySet[SchoolSubmission]:
    """What the person hands in: of his school, or of his county's office."""
    school = Q(access.reach(Action.hand_in).rows(), ~Q(school_id=""))
    office = Q(access.reach(Action.hand_in_county).rows(township="", school=""), school_id="")
    return SchoolSubmission.objects.filter(school | office)


def is_locked(case: Case, today: date) -> bool:
    """Whether the day until which the school may hand in is over; `due` is the later one where an exception was granted."""
    return case.due is not None and today > case.due


def refusal(submission: SchoolSubmission, action: str, today: date) -> str | None:
    """Why a step cannot be taken now, in words."""
    case = submission.case
    told = {"case": case.title, "due": case.due}
    if action in OF_THE_SCHOOL and action != "withdraw" and is_locked(case, today):
        return _("%(case)s：%(due)s 报送截止，现已锁定 -> 确需补报的，请市教育局规划科解锁并写明原因") % told
    return _not_ready(submission) if action == "submit" else None


def _not_ready(submission: SchoolSubmission) -> str | None:
    told = {"name": submission.name, "errors": submission.errors}
    if not submission.sha256:
        return _("%(name)s：还没有上传工作簿 -> 下载模板，填好后上传") % told
    if submission.checked is None:
        return _("%(name)s：工作簿还在核对 -> 等核对完成后再报送") % told
    if submission.errors:
        return _("%(name)s：还有 %(errors)s 处错误 -> 逐处改正后再报送") % told
    if missing := len(unexplained(submission)):
        return _("%(name)s：还有 %(missing)s 处警告没有写原因 -> 改正，或写明确实如此的原因") % (told | {"missing": missing})
    return None


def unexplained(submission: SchoolSubmission) -> set[str]:
    """The warnings to which nothing is said yet."""
    warnings = set(submission.faults.filter(severity=Severity.warning.name).values_list("key", flat=True))
    return warnings - set(submission.reasons.values_list("key", flat=True))


def can_be_typed(fault: SubmissionFault) -> bool:
    """Whether one value typed on the page can mend it: one cell is meant, and it tells nothing of a person."""
    columns = TABLES[fault.table].columns if fault.table in TABLES else {}
    return (
        fault.row > 0
        and bool(fault.file)
        and fault.column in columns
        and fault.kind not in NOT_OF_A_CELL
        and columns[fault.column].privacy is not Privacy.personal
    )
