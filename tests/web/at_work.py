"""What people do on a desk in the middle of its year: by the actions that pages call, never written into rows."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from junheng.people.codes import Role
from junheng.samples.work_plan import work_plan
from junheng.web.demo import begin_work, person_of

if TYPE_CHECKING:  # its rows can be imported only once Django is ready
    from junheng.people.models import Person
    from junheng.people.scope import Access
    from junheng.register.models import SchoolSubmission

YEAR = 2025
REPORT = """2026年教育工作总结

全市消除56人及以上大班额，新增小学学位580个、初中学位300个。
招聘义务教育教师120名，其中音体美教师30名，占25%。
义务教育巩固率达到96.2%，残疾儿童少年入学率达到95.5%。
"""


def begun(city: Path, versions: bool = True) -> dict[Role, Person]:
    """A person of every role, and work in each of its states; two plans are kept in the city already.

    `versions`: a submission is taken into a new version of the register, which stays in the city when a test is undone.
    """
    people = {role: person_of(role) for role in Role}
    plan = city / "工作要点.txt"
    plan.write_text(work_plan("示例市", "示例县", YEAR + 1), encoding="utf-8")
    begin_work(people, plan)
    carried()
    _documents(people[Role.office])
    _submissions(people, versions)
    _plans(people)
    _law(people[Role.supervision])
    _accounts(people)
    return people


def carried() -> None:
    """The job that was asked for last, done as the worker does it."""
    from junheng.people.jobs import carry
    from junheng.people.models import Job

    job = Job.objects.latest("pk")
    carry.func(job.pk)
    job.refresh_from_db()
    assert job.state == "done", job.error


def access(person: Person) -> Access:
    from django.utils import timezone

    from junheng.people.scope import Access
    return Access(person, timezone.localdate())


def _documents(by: Person) -> None:
    """Last year's plan beside this year's report, and a document that waits to be read."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from junheng.documents import actions
    from junheng.documents.models import Document

    def hand_in(name: str, text: str) -> Document:
        return actions.upload(by, SimpleUploadedFile(name, text.encode()), "", "")

    hand_in("讲话.txt", REPORT.replace("总结", "讲话"))
    report = hand_in("工作总结.txt", REPORT)
    carried()
    report.refresh_from_db()
    actions.compare(by, Document.objects.order_by("pk")[0], report)
    carried()


def _submissions(people: dict[Role, Person], versions: bool) -> None:
    """One with faults beside their cells at the principal's school, and one in each state at others."""
    from junheng.register.models import SchoolSubmission
    from junheng.register.submissions import actions, deadlines
    from junheng.register.tasks import ask_for_version
    from tests.web.test_submissions import one_more

    officer, planner = access(people[Role.county_officer]), access(people[Role.planning])
    own = people[Role.principal].appointments.get().organisation.code
    rows = SchoolSubmission.objects.select_related("case").filter(year=YEAR).exclude(school_id="")
    mine = rows.get(school_id=own)
    _hand_in(mine, access(people[Role.school_clerk]), 班级_F3="四十", 班级_F4=one_more, 资产_B3=-5)
    others = list(rows.exclude(pk=mine.pk).filter(school_id__lt=own).order_by("school_id")[:4])
    for number, (each, done) in enumerate(zip(others, ([], ["return"], ["accept"], ["accept"]), strict=True)):
        _hand_in(each, _clerk_of(each), 资产_B3=1000 + number)
        for action in ("submit", *done):
            by = _clerk_of(each) if action == "submit" else officer
            each.case.refresh_from_db()
            actions.move(each, by, action, seen=each.case.last_number, note="教师表缺两人，请补齐" if action == "return" else "")
        if number == 2 and versions:
            ask_for_version(YEAR, "秋季第一批", planner.person)
            carried()
    late = rows.exclude(pk__in=[each.pk for each in (mine, *others)])[0]
    deadlines.unlock(planner, late, planner.day + timedelta(days=30), "校舍水毁，资料重抄")
    deadlines.remind(officer, [mine], "请于周五前报送")


def _clerk_of(submission: SchoolSubmission) -> Access:
    from junheng.people.models import Appointment, Organisation, Person

    clerk, new = Person.objects.get_or_create(username=f"clerk-{submission.school_id}", defaults={"name": "填报员"})
    if new:
        school = Organisation.objects.get(kind="school", code=submission.school_id)
        Appointment.objects.create(person=clerk, organisation=school, role=Role.school_clerk.name, tree="administration")
    return access(clerk)


def _hand_in(submission: SchoolSubmission, by: Access, **cells: object) -> None:
    from junheng.register.submissions import actions
    from tests.web.test_submissions import workbook

    content = workbook(submission, **cells)
    actions.upload(submission, by, BytesIO(content), "本校.xlsx", len(content), seen=submission.case.last_number)
    submission.refresh_from_db()


def _plans(people: dict[Role, Person]) -> None:
    """One in force and a cheaper draft beside it; the sound one was checked."""
    from junheng.planning import tasks
    from junheng.planning.actions import take_step
    from junheng.planning.models import PlanRow

    sound, _ = PlanRow.objects.order_by("-cost")
    tasks.ask_about(tasks.CHECK, sound, "核对", people[Role.planning])
    carried()
    for action, role in (("review", Role.deputy), ("approve", Role.chief), ("enforce", Role.chief)):
        take_step(sound, action, access(people[role]))


def _law(by: Person) -> None:
    """A value seen in its paper, and a local one that waits to be measured."""
    from junheng.standards import actions, law
    from junheng.web.standards.effects import ask_for_effects

    limit = law["large_class"]
    actions.confirm(by, limit.name, limit.entries[0], "见教育部网站公开件第三条")
    told: dict[str, Any] = {"limit": limit.name, "jurisdiction": "990101", "place": "示例县", "value": "50", "where": {}}
    made = actions.draft(by, told | {"day": date(2020, 1, 1), "paper": "县教育局〔2020〕1号第三条", "seen": True, "note": ""})
    ask_for_effects(made, by)


def _accounts(people: dict[Role, Person]) -> None:
    """A token of the planner and a saved view."""
    from junheng.indicators.actions import save_view
    from junheng.indicators.filters import Filters
    from junheng.people import tokens

    tokens.issue(people[Role.planning], "统计报表", 30)
    save_view(people[Role.planning], "小学未达标", Filters.of({"stage": "primary", "verdict": "not_met"}))
