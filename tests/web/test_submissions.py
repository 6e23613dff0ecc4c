"""A school hands in, an office checks, the planners take in: what each may do, and what happens when two do it at once."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings as desk
from django.utils import timezone

from junheng.kernel.faults import JunhengError
from junheng.people.codes import Role
from junheng.people.jobs import carry
from junheng.people.models import AuditEntry, Case, Job, Person, Step
from junheng.people.scope import Access
from junheng.register.holding import City, inbox, open_snapshot
from junheng.register.models import Correction, SchoolSubmission, VersionChange
from junheng.register.submissions import actions, deadlines, files, origin, policy, prefilled, versions
from junheng.register.tasks import ask_for_version

pytestmark = pytest.mark.django_db
People = Callable[..., Person]
YEAR = 2025


def access(person: Person) -> Access:
    return Access(person, timezone.localdate())


@pytest.fixture
def planner(person: People) -> Access:
    return access(person(Role.planning))


@pytest.fixture
def opened(planner: Access) -> date:
    due = timezone.localdate() + timedelta(days=10)
    deadlines.open_year(planner, YEAR, due)
    return due


@pytest.fixture
def submission(opened: date) -> SchoolSubmission:
    return SchoolSubmission.objects.select_related("case").filter(year=YEAR, rows={}).order_by("school_id")[3]


@pytest.fixture
def clerk(person: People, submission: SchoolSubmission) -> Access:
    return access(person(Role.school_clerk, "school", submission.school_id))


@pytest.fixture
def officer(person: People) -> Access:
    return access(person(Role.county_officer, "county_bureau"))


def workbook(submission: SchoolSubmission, **cells: object) -> bytes:
    """The school's own workbook, filled in advance; `班级_C3=...` puts a value into a cell of a sheet."""
    made = prefilled.workbook(City(desk.CITY), submission.year, submission.school_id, submission.name)
    book = openpyxl.load_workbook(BytesIO(made))
    for place, value in cells.items():
        sheet, cell = place.rsplit("_", 1)
        book[sheet][cell] = value(book[sheet][cell].value) if callable(value) else value
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def one_more(pupils: float) -> float:
    """A class list that does not agree with the roll any more: a warning."""
    return pupils + 1


def send(submission: SchoolSubmission, by: Access, content: bytes, name: str = "本校.xlsx", seen: int | None = None) -> Step:
    number = submission.case.last_number if seen is None else seen
    step = actions.upload(submission, by, BytesIO(content), name, len(content), seen=number)
    submission.refresh_from_db()
    submission.case.refresh_from_db()
    return step


def handed_in(submission: SchoolSubmission, clerk: Access, **cells: object) -> SchoolSubmission:
    send(submission, clerk, workbook(submission, **cells))
    warnings = {each.key: "已核对，确实如此" for each in submission.faults.filter(severity="warning")}
    if warnings:
        actions.explain(submission, clerk, warnings, seen=submission.case.last_number)
    actions.move(submission, clerk, "submit", seen=submission.case.last_number)
    submission.refresh_from_db()
    return submission


def test_what_a_school_downloads_and_sends_back_untouched_changes_nothing(submission: SchoolSubmission, clerk: Access) -> None:
    send(submission, clerk, workbook(submission))
    assert [str(each) for each in submission.faults.filter(severity="error")] == []
    assert submission.difference["rows"] == []
    assert submission.rows["schools"] == 1
    assert submission.missing == []


def test_a_fault_stands_at_its_cell_and_a_value_typed_on_the_page_mends_it(submission: SchoolSubmission, clerk: Access) -> None:
    send(submission, clerk, workbook(submission, 班级_F3="四十"))
    fault = submission.faults.get(severity="error", table="classes")
    assert (fault.sheet, fault.row, fault.column) == ("班级", 3, "pupils")
    with pytest.raises(JunhengError, match="1 处错误"):
        actions.move(submission, clerk, "submit", seen=submission.case.last_number)
    actions.correct(submission, clerk, fault, "40", seen=submission.case.last_number)
    submission.refresh_from_db()
    assert submission.errors == 0
    assert [cell["after"] for row in submission.difference["rows"] if row["table"] == "classes" for cell in row["cells"]] == [
        "40"
    ]
    assert Correction.objects.get(submission=submission).value == "40"


def test_a_workbook_that_names_persons_lies_sealed_and_comes_out_byte_for_byte(
    submission: SchoolSubmission, clerk: Access
) -> None:
    content = workbook(submission)
    send(submission, clerk, content)
    city = City(desk.CITY)
    assert (city.inbox / submission.sha256).read_bytes() != content
    assert inbox.read_original(city, submission.sha256, city.key()) == content


def test_a_warning_wants_a_reason_before_it_is_handed_in(submission: SchoolSubmission, clerk: Access) -> None:
    send(submission, clerk, workbook(submission, 班级_F3=one_more))
    assert submission.warnings > 0
    with pytest.raises(JunhengError, match="没有写原因"):
        actions.move(submission, clerk, "submit", seen=submission.case.last_number)
    keys = policy.unexplained(submission)
    actions.explain(submission, clerk, dict.fromkeys(keys, "期中有转出"), seen=submission.case.last_number)
    actions.move(submission, clerk, "submit", seen=submission.case.last_number)
    assert submission.case.state == "submitted"


def test_a_reason_once_given_stays_with_the_next_file(submission: SchoolSubmission, clerk: Access) -> None:
    send(submission, clerk, workbook(submission, 班级_F3=one_more))
    actions.explain(
        submission, clerk, dict.fromkeys(policy.unexplained(submission), "期中有转出"), seen=submission.case.last_number
    )
    send(submission, clerk, workbook(submission, 班级_F3=one_more))
    assert policy.unexplained(submission) == set()


def test_rows_of_another_school_are_refused_at_their_cell(submission: SchoolSubmission, clerk: Access) -> None:
    other = SchoolSubmission.objects.exclude(pk=submission.pk).exclude(school_id="").filter(year=YEAR).first()
    assert other
    send(submission, clerk, workbook(submission, 班级_A3=other.school_id))
    assert submission.faults.filter(severity="error", table="classes", row=3, column="school_id", kind="unknown_school").exists()


def test_a_pseudonym_of_nobody_is_no_identity(submission: SchoolSubmission, clerk: Access) -> None:
    send(submission, clerk, workbook(submission, 教师_B3="p" + "a" * 20))
    assert submission.faults.filter(severity="error", table="teachers", row=3, kind="bad_identity").exists()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("说明.docx", b"PK", "不是可读的表格文件"),
        ("数据.xlsx", b"<html>", "不是表格文件"),
        ("数据.xlsx", b"", "没有内容"),
        ("../../etc/passwd", b"root", "不是可读的表格文件"),
        ("数据.xlsm", b"PK", "不是可读的表格文件"),
    ],
)
def test_what_is_no_workbook_is_refused_in_words_and_nothing_is_kept(
    submission: SchoolSubmission, clerk: Access, name: str, content: bytes, said: str
) -> None:
    before = set(City(desk.CITY).inbox.iterdir())
    with pytest.raises(JunhengError, match=said):
        send(submission, clerk, content, name)
    assert set(City(desk.CITY).inbox.iterdir()) == before
    assert submission.case.last_number == 0


def test_a_name_that_is_a_path_leaves_its_folders_behind() -> None:
    assert files.safe_name("本校\r\nX-Evil: 1.xlsx") == "本校X-Evil:1.xlsx"
    assert files.safe_name("..\\..\\本校\u202e.XLSX") == "本校.xlsx"


def test_a_file_past_the_limit_is_refused(submission: SchoolSubmission, clerk: Access) -> None:
    with pytest.raises(JunhengError, match="应不超过"):
        actions.upload(submission, clerk, BytesIO(b""), "大.xlsx", desk.UPLOAD_LIMIT_BYTES + 1, seen=0)


def test_a_form_sent_twice_does_nothing_twice(submission: SchoolSubmission, clerk: Access) -> None:
    content = workbook(submission)
    assert send(submission, clerk, content, seen=0) == send(submission, clerk, content, seen=0)
    seen = submission.case.last_number
    first = actions.move(submission, clerk, "submit", seen=seen)
    assert actions.move(submission, clerk, "submit", seen=seen) == first
    assert Step.objects.filter(case=submission.case).count() == 2


def test_of_two_officers_at_once_one_wins_and_the_other_is_told(
    submission: SchoolSubmission, clerk: Access, officer: Access, planner: Access
) -> None:
    handed_in(submission, clerk)
    seen = submission.case.last_number
    actions.move(submission, officer, "accept", seen=seen)
    with pytest.raises(JunhengError, match="已先一步接收"):
        actions.move(submission, planner, "return", seen=seen, note="缺班级表")
    submission.case.refresh_from_db()
    assert submission.case.state == "accepted"


def test_what_is_returned_with_remarks_may_come_in_again_until_the_day_given(
    submission: SchoolSubmission, clerk: Access, officer: Access
) -> None:
    handed_in(submission, clerk)
    with pytest.raises(JunhengError, match="没有写说明"):
        actions.move(submission, officer, "return", seen=submission.case.last_number)
    until = timezone.localdate() + timedelta(days=30)
    actions.move(submission, officer, "return", seen=submission.case.last_number, note="缺教师表", until=until)
    assert (submission.case.state, submission.case.due) == ("returned", until)
    assert handed_in(submission, clerk).case.state == "submitted"


def test_a_clerk_cannot_hand_in_for_another_school_nor_accept_his_own(submission: SchoolSubmission, clerk: Access) -> None:
    other = SchoolSubmission.objects.select_related("case").exclude(pk=submission.pk).filter(year=YEAR).first()
    assert other
    with pytest.raises(JunhengError, match="职责范围不包括"):
        send(other, clerk, b"PK")
    handed_in(submission, clerk)
    with pytest.raises(JunhengError, match="职责范围不包括"):
        actions.move(submission, clerk, "accept", seen=submission.case.last_number)


def test_past_the_deadline_nothing_comes_in_until_a_lock_is_lifted_for_a_reason(
    submission: SchoolSubmission, clerk: Access, planner: Access
) -> None:
    Case.objects.filter(pk=submission.case_id).update(due=timezone.localdate() - timedelta(days=1))
    submission.case.refresh_from_db()
    with pytest.raises(JunhengError, match="现已锁定"):
        send(submission, clerk, workbook(submission))
    with pytest.raises(JunhengError, match="没有写原因"):
        deadlines.unlock(planner, submission, timezone.localdate(), " ")
    deadlines.unlock(planner, submission, timezone.localdate(), "校舍水毁，迟报")
    submission.case.refresh_from_db()
    send(submission, clerk, workbook(submission))
    assert AuditEntry.objects.filter(action="submission.unlock", reason="校舍水毁，迟报").exists()


def test_a_moved_deadline_moves_those_who_stand_at_it_and_leaves_the_others(
    submission: SchoolSubmission, planner: Access, opened: date
) -> None:
    longer = opened + timedelta(days=20)
    deadlines.unlock(planner, submission, longer, "新校舍搬迁")
    deadlines.open_year(planner, YEAR, opened + timedelta(days=5))
    dues = set(SchoolSubmission.objects.filter(year=YEAR).values_list("case__due", flat=True))
    assert dues == {opened + timedelta(days=5), longer}


def test_a_county_officer_does_not_move_the_deadline_of_the_city(officer: Access, opened: date) -> None:
    with pytest.raises(JunhengError, match="不是全市"):
        deadlines.open_year(officer, YEAR, opened)


def test_a_reminder_goes_once_to_those_who_have_not_handed_in(
    submission: SchoolSubmission, clerk: Access, officer: Access
) -> None:
    handed_in(submission, clerk)
    rows = list(SchoolSubmission.objects.select_related("case").filter(year=YEAR)[:6])
    assert submission in rows
    assert deadlines.remind(officer, rows, "周五前报送") == len(rows) - 1
    assert deadlines.remind(officer, rows, "周五前报送") == 0


@pytest.fixture
def own_city(settings: object, county: Path, tmp_path: Path) -> Path:
    """A copy of the city folder, so that a new version comes into force in it alone."""
    copy = tmp_path / "city"
    shutil.copytree(county, copy, ignore=shutil.ignore_patterns("desk.sqlite3*"))
    settings.CITY = copy  # type: ignore[attr-defined]
    return copy


def run(job: Job) -> Job:
    carry.func(job.pk)
    job.refresh_from_db()
    return job


def test_what_was_accepted_becomes_a_version_with_its_difference_row_by_row(
    own_city: Path, submission: SchoolSubmission, clerk: Access, officer: Access, planner: Access
) -> None:
    before = open_snapshot(own_city, YEAR)
    handed_in(submission, clerk, 资产_B3=1234)
    actions.move(submission, officer, "accept", seen=submission.case.last_number)
    job = run(ask_for_version(YEAR, "学校秋季更正", planner.person))
    assert (job.state, job.error) == ("done", "")
    after = open_snapshot(own_city, YEAR)
    assert (after.version, after.manifest["previous"]) == (before.version + 1, before.id)
    assert json.loads((after.path / "run.json").read_text())["user"] == str(planner.person), "and not the server's account"
    submission.refresh_from_db()
    submission.case.refresh_from_db()
    assert (submission.case.state, submission.snapshot) == ("taken", after.id)
    changed = VersionChange.objects.get(snapshot=after.id, table="assets")
    assert (changed.school_id, changed.county_code) == (submission.school_id, submission.county_code)
    assert changed.after["file"] == f"{submission.school_id}/本校.xlsx"
    assert Job.objects.filter(kind="findings.index").exists(), "the pages are asked to follow"


def test_of_a_file_in_the_register_it_is_known_who_handed_it_in_who_accepted_it_and_what_was_typed(
    submission: SchoolSubmission, clerk: Access, officer: Access
) -> None:
    send(submission, clerk, workbook(submission, 班级_F3="四十"))
    actions.correct(submission, clerk, submission.faults.get(severity="error"), "40", seen=submission.case.last_number)
    for warning in submission.faults.filter(severity="warning"):
        actions.explain(submission, clerk, {warning.key: "已核对"}, seen=submission.case.last_number)
    actions.move(submission, clerk, "submit", seen=submission.case.last_number)
    actions.move(submission, officer, "accept", seen=submission.case.last_number)
    submission.refresh_from_db()
    found = origin.handed_in_as(submission.sha256)
    assert found
    assert found.submitted and found.submitted.actor == clerk.person
    assert found.accepted and found.accepted.actor == officer.person
    assert found.taken is None
    typed = found.typed_over("班级", 3, "pupils")
    assert typed and typed.value == "40"
    assert origin.handed_in_as("0" * 64) is None


def test_a_job_that_was_killed_after_the_version_was_written_ends_where_it_would_have(
    own_city: Path, submission: SchoolSubmission, clerk: Access, officer: Access, planner: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed_in(submission, clerk, 资产_B3=1234)
    actions.move(submission, officer, "accept", seen=submission.case.last_number)
    job = ask_for_version(YEAR, "学校秋季更正", planner.person)
    with monkeypatch.context() as killed:
        killed.setattr(versions, "_record", lambda *_: exec("raise MemoryError"))
        run(job)
    after = open_snapshot(own_city, YEAR)
    Job.objects.filter(pk=job.pk).update(state="waiting")
    assert run(job).state == "done"
    assert open_snapshot(own_city, YEAR).id == after.id, "no second version"
    submission.case.refresh_from_db()
    assert submission.case.state == "taken"
    assert VersionChange.objects.filter(snapshot=after.id).exists()


def test_a_submission_returned_after_the_version_was_asked_for_stops_it(
    own_city: Path, submission: SchoolSubmission, clerk: Access, officer: Access, planner: Access
) -> None:
    handed_in(submission, clerk)
    actions.move(submission, officer, "accept", seen=submission.case.last_number)
    job = ask_for_version(YEAR, "学校秋季更正", planner.person)
    actions.move(submission, officer, "return", seen=submission.case.last_number, note="漏报一个班")
    assert "状态有变化" in run(job).error


def test_without_anything_accepted_no_version_is_asked_for(planner: Access, opened: date) -> None:
    with pytest.raises(JunhengError, match="没有已接收的报送"):
        ask_for_version(YEAR, "更新", planner.person)
