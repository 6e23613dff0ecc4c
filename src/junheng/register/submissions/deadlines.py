"""Until when schools hand in: a year opened, a lock lifted for one school, a word to those who have not handed in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.kernel.faults import JunhengError
from junheng.people import audit
from junheng.people.codes import OrganisationKind
from junheng.people.models import Case, Organisation
from junheng.people.permissions import Action
from junheng.people.scope import Access
from junheng.register.models import Deadline, LockException, Reminder, School, SchoolSubmission
from junheng.register.submissions.actions import plain
from junheng.register.transitions import SUBMISSIONS, WITH_SCHOOL

BATCH = 500
MOST_NAME = 160  # letters of a school's name in the title of its case


@transaction.atomic
def open_year(access: Access, year: int, due: date, note: str = "") -> Deadline:
    """Open a school year for all schools of the register, or move its deadline; who was given longer keeps it."""
    if not access.reach(Action.set_deadlines).everything:
        raise JunhengError(_("报送期限：对全市各校生效，您的职责范围不是全市 -> 请市教育局规划科办理"))
    before = Deadline.objects.filter(pk=year).first()
    told = {"due": due, "note": note[:300], "by": access.person}
    made = Deadline.objects.update_or_create(pk=year, defaults=told)[0]
    if before:
        Case.objects.filter(submission__year=year, due=before.due).update(due=due)
    opened = _open_cases(year, due)
    audit.record(access.person, "submission.deadline", str(year), detail={"due": str(due), "opened": opened})
    return made


def _open_cases(year: int, due: date) -> int:
    """A case for each school and county office that has none; they are those of the year, else of the last one before it."""
    latest = School.objects.filter(year__lte=year).order_by("-year").values_list("year", flat=True).first()
    there = {each.code for each in SchoolSubmission.objects.filter(year=year).only("school_id", "county_code")}
    schools = list(School.objects.filter(year=latest)) if latest else []
    counties = {each.county_code: each.county for each in schools if each.county_code}
    offices = [_of_county(year, code, name) for code, name in sorted(counties.items())]
    missing = [each for each in (*offices, *(_of_school(year, each) for each in schools)) if each.code not in there]
    kinds = (OrganisationKind.school.name, OrganisationKind.county_bureau.name)
    organisations = dict(Organisation.objects.filter(kind__in=kinds).values_list("code", "pk"))
    Case.objects.bulk_create(
        [_case(each, due, organisations.get(each.code)) for each in missing],
        batch_size=BATCH,
        ignore_conflicts=True,  # somebody else may open the year at this moment
    )
    cases = dict(Case.objects.filter(kind__in=SUBMISSIONS, subject__startswith=f"{year}/").values_list("subject", "pk"))
    for each in missing:
        each.case_id = cases[_subject(each)]
    SchoolSubmission.objects.bulk_create(missing, batch_size=BATCH, ignore_conflicts=True)  # the same
    return len(missing)


def _of_school(year: int, school: School) -> SchoolSubmission:
    same = ("school_id", "name", "county_code", "county", "township_code", "township")
    return SchoolSubmission(year=year, **{name: getattr(school, name) for name in same})


def _of_county(year: int, code: str, name: str) -> SchoolSubmission:
    return SchoolSubmission(year=year, county_code=code, county=name, name=f"{name}教育局")


def _subject(submission: SchoolSubmission) -> str:
    return f"{submission.year}/{submission.code}"


def _case(submission: SchoolSubmission, due: date, organisation: int | None) -> Case:
    return Case(
        kind=submission.transitions.kind,
        subject=_subject(submission),
        title=f"{submission.name[:MOST_NAME]} {submission.year}学年{'县级' if submission.is_county else ''}报送",
        state=submission.transitions.first,
        organisation_id=organisation,
        county_code=submission.county_code,
        township_code=submission.township_code,
        school_id=submission.school_id,
        due=due,
    )


@transaction.atomic
def unlock(access: Access, submission: SchoolSubmission, until: date, reason: str) -> LockException:
    """Let one school hand in until a later day, for a reason. Sent twice it is granted once."""
    case = submission.case
    if not access.may_at(Action.set_deadlines, county=case.county_code, township=case.township_code, school=case.school_id):
        raise JunhengError(_("%(case)s：您的职责范围不包括解锁 -> 请市教育局规划科办理") % {"case": case.title})
    if not reason.strip():
        raise JunhengError(_("解锁：没有写原因；应写明为何晚报 -> 填写后重试"))
    if until < timezone.localdate():
        raise JunhengError(_("解锁：%(until)s 已经过去；应为今天或以后的日期 -> 改正日期") % {"until": until})
    made, new = LockException.objects.get_or_create(
        case=case, until=until, reason=reason.strip()[:500], defaults={"by": access.person}
    )
    Case.objects.filter(pk=case.pk, due__lt=until).update(due=until)
    if new:
        audit.record(access.person, "submission.unlock", case.subject, reason=reason, detail={"until": str(until)})
    return made


@transaction.atomic
def remind(access: Access, submissions: Iterable[SchoolSubmission], text: str) -> int:
    """A word to each of these schools that has not handed in; the same word once a day. How many were reminded."""
    today, reach = timezone.localdate(), access.reach(Action.check_submission)
    said = plain(text, 300) or "请按期报送"
    waiting = [
        each.case
        for each in submissions
        if each.case.state in WITH_SCHOOL
        and reach.holds(county=each.county_code, township=each.township_code, school=each.school_id)
    ]
    told = set(Reminder.objects.filter(case__in=waiting, text=said, at__date=today).values_list("case_id", flat=True))
    made = Reminder.objects.bulk_create(
        [Reminder(case=case, text=said, by=access.person) for case in waiting if case.pk not in told], batch_size=BATCH
    )
    if made:
        audit.record(access.person, "submission.remind", f"{len(made)} 所学校", reason=said)
    return len(made)
