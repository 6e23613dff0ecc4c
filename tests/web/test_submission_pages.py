"""The pages of submissions: who sees what, what is refused, what is asked of the database."""

# ruff: noqa: F811 - pytest takes fixtures by name

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from junheng.people.codes import OrganisationKind, Role
from junheng.people.models import AuditEntry, Case, Organisation
from junheng.register.models import Reminder, SchoolSubmission, SubmissionFault, VersionChange
from junheng.register.submissions import actions
from tests.web.conftest import As
from tests.web.test_submissions import (  # noqa: F401
    YEAR,
    Access,
    clerk,
    handed_in,
    one_more,
    opened,
    own_city,
    planner,
    run,
    submission,
    workbook,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(client_of: As, submission: SchoolSubmission) -> Client:
    return client_of(Role.principal, "school", submission.school_id)


@pytest.fixture
def county_desk(client_of: As) -> Client:
    return client_of(Role.county_officer, "county_bureau")


@pytest.fixture
def elsewhere(client_of: As) -> Client:
    """An officer of another county."""
    Organisation.objects.create(kind=OrganisationKind.county_bureau.name, code="990001", name="别县教育局")
    return client_of(Role.county_officer, "county_bureau", "990001")


def page(submission: SchoolSubmission, name: str = "submission", *more: object) -> str:
    return reverse(name, args=[submission.pk, *more])


def post(client: Client, submission: SchoolSubmission, name: str, *more: object, **sent: object) -> int:
    submission.case.refresh_from_db()
    return client.post(page(submission, name, *more), {"seen": submission.case.last_number, **sent}).status_code


def upload(client: Client, submission: SchoolSubmission, name: str = "本校.xlsx", **cells: object) -> int:
    return post(client, submission, "submission-upload", file=SimpleUploadedFile(name, workbook(submission, **cells)))


def test_a_principal_comes_to_his_own_school_at_once_and_to_no_other(school: Client, submission: SchoolSubmission) -> None:
    assert school.get(reverse("submissions"))["Location"] == page(submission)
    other = SchoolSubmission.objects.exclude(pk=submission.pk).exclude(school_id="").filter(year=YEAR).first()
    assert other
    for name in ("submission", "submission-template", "submission-original"):
        assert school.get(page(other, name)).status_code == 404
    assert post(school, other, "submission-move", "submit") == 404
    assert upload(school, other) == 404


def test_an_officer_of_another_county_sees_none_of_it(elsewhere: Client, submission: SchoolSubmission) -> None:
    assert elsewhere.get(page(submission)).status_code == 404
    assert elsewhere.get(reverse("submissions")).context["years"] == []
    assert post(elsewhere, submission, "submission-move", "accept") == 404
    elsewhere.post(reverse("submission-remind"), {"year": YEAR, "text": "快报"})
    assert not Reminder.objects.exists()


def test_the_whole_way_from_the_template_to_accepted(school: Client, county_desk: Client, submission: SchoolSubmission) -> None:
    assert school.get(page(submission, "submission-template"))["Content-Type"].endswith("sheet")
    assert upload(school, submission, 班级_F3="四十") == 302
    shown = school.get(page(submission)).content.decode()
    assert "在籍人数：四十" in shown
    assert re.search(r'在籍人数 <del>\d+</del> → <span class="unknown">读不出</span>', shown), "he did not leave it empty"
    assert "第 3 行" in shown
    fault = submission.faults.get(severity="error")
    assert post(school, submission, "submission-correct", fault.pk, value="40") == 302
    for warning in submission.faults.filter(severity="warning"):
        assert post(school, submission, "submission-reasons", **{f"reason-{warning.key}": "已核对"}) == 302
    assert post(school, submission, "submission-move", "submit") == 302
    offered = county_desk.get(page(submission)).context["offered"]
    assert [each.action for each in offered] == ["return", "accept"]
    assert post(county_desk, submission, "submission-move", "return", **{"return-note": "教师表缺两人"}) == 302
    assert "教师表缺两人" in school.get(page(submission)).content.decode()
    assert upload(school, submission) == 302
    assert post(school, submission, "submission-move", "submit") == 302
    assert post(county_desk, submission, "submission-move", "accept") == 302
    submission.case.refresh_from_db()
    assert submission.case.state == "accepted"


def test_a_refusal_of_a_part_of_the_page_is_told_where_the_person_is(school: Client, submission: SchoolSubmission) -> None:
    upload(school, submission, 班级_F3="四十")
    fault = submission.faults.get(severity="error")
    answer = school.post(
        page(submission, "submission-correct", fault.pk), {"seen": 0, "value": "40"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 204
    assert "toast" in answer["HX-Trigger"]


@pytest.mark.parametrize("sent", [{}, {"seen": "x"}, {"seen": "9999"}])
def test_a_form_that_was_tampered_with_changes_nothing(
    school: Client, submission: SchoolSubmission, sent: dict[str, str]
) -> None:
    assert school.post(page(submission, "submission-move", "submit"), sent).status_code == 409
    assert school.post(page(submission, "submission-move", "take"), sent).status_code == 404


def test_what_is_typed_is_shown_as_text_and_never_as_markup(school: Client, submission: SchoolSubmission) -> None:
    upload(school, submission, "<b>本校.xlsx", 班级_F3="<script>alert(1)</script>")
    shown = school.get(page(submission)).content.decode()
    assert "<script>alert" not in shown
    assert "<b>本校" not in shown


def test_whoever_sends_more_than_the_limit_is_cut_off(school: Client, submission: SchoolSubmission, settings: object) -> None:
    settings.UPLOAD_LIMIT_BYTES = 1000  # type: ignore[attr-defined]
    assert upload(school, submission) == 409
    submission.refresh_from_db()
    assert submission.sha256 == ""


def test_what_names_persons_is_masked_for_the_office_and_its_file_is_the_schools(
    school: Client,
    county_desk: Client,
    submission: SchoolSubmission,
) -> None:
    upload(school, submission, 教师_B3="11010519491231002X")  # a made-up number of a person who is in no register
    shown = county_desk.get(page(submission)).content.decode()
    assert "11010519491231002X" not in shown
    assert county_desk.get(page(submission, "submission-original")).status_code == 404, "it hands in for the county"
    assert b"".join(school.get(page(submission, "submission-original"))) != b""
    assert AuditEntry.objects.filter(action="submission.original").count() == 1


def test_the_list_of_all_schools_asks_no_more_than_twenty_times(
    county_desk: Client,
    submission: SchoolSubmission,
    django_assert_max_num_queries: object,
) -> None:
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        shown = county_desk.get(reverse("submissions"))
    assert len(shown.context["page"].object_list) == 50


def test_a_page_of_a_hundred_faults_asks_no_more_than_twenty_times(
    county_desk: Client,
    school: Client,
    submission: SchoolSubmission,
    django_assert_max_num_queries: object,
) -> None:
    upload(school, submission, 班级_F3=one_more)
    kept = {
        "submission": submission,
        "sheet": "教师",
        "table": "teachers",
        "file": "本校.xlsx",
        "found": "x",
        "wanted": "y",
        "do": "z",
    }
    SubmissionFault.objects.bulk_create(
        SubmissionFault(place=row, row=row, column="main_subject", kind="no_lessons", severity="warning", key=str(row), **kept)
        for row in range(10, 200)
    )
    for client in (school, county_desk):
        with django_assert_max_num_queries(20):  # type: ignore[operator]
            assert client.get(page(submission)).status_code == 200


def test_those_who_have_not_handed_in_are_found_and_reminded(
    county_desk: Client,
    school: Client,
    clerk: Access,
    submission: SchoolSubmission,
) -> None:
    handed_in(submission, clerk)
    waiting = county_desk.get(reverse("submissions"), {"state": "waiting"}).context
    assert waiting["counts"]["waiting"] == waiting["counts"]["all"] - 1
    county_desk.post(reverse("submission-remind"), {"year": YEAR, "state": "waiting", "text": "周五前报送"})
    assert Reminder.objects.count() == waiting["counts"]["waiting"]
    assert not Reminder.objects.filter(case=submission.case).exists()
    other = SchoolSubmission.objects.exclude(pk=submission.pk).exclude(school_id="").filter(year=YEAR).first()
    assert other
    assert "周五前报送" in county_desk.get(page(other)).content.decode()


def test_the_planners_open_a_year_and_lift_a_lock(client_of: As) -> None:
    planner = client_of(Role.planning)
    assert planner.post(reverse("submission-deadlines"), {"year": YEAR, "due": "2001-01-01"}).context["form"].errors
    assert planner.post(reverse("submission-deadlines"), {"year": YEAR, "due": "2099-06-01"}).status_code == 302
    one = SchoolSubmission.objects.exclude(school_id="").filter(year=YEAR).first()
    assert one
    Case.objects.filter(pk=one.case_id).update(due="2001-01-01")
    assert "late" in planner.get(reverse("submissions"), {"state": "late"}).context["counts"]
    assert planner.post(page(one, "submission-unlock"), {"until": "2099-07-01"}).status_code == 409, "a reason is wanted"
    assert planner.post(page(one, "submission-unlock"), {"until": "2099-07-01", "reason": "水毁"}).status_code == 302
    assert "水毁" in planner.get(reverse("submission-deadlines")).content.decode()


def test_a_version_is_read_row_by_row_by_those_within_whose_reach_it_lies(
    own_city: object,
    client_of: As,
    county_desk: Client,
    elsewhere: Client,
    submission: SchoolSubmission,
    clerk: Access,
    planner: Access,
) -> None:
    from junheng.register.tasks import ask_for_version

    handed_in(submission, clerk, 资产_B3=1234)
    actions.move(submission, planner, "accept", seen=submission.case.last_number)
    planning = Client()
    planning.force_login(planner.person)
    way = f'href="{reverse("submissions")}#new-version"'
    assert way in planning.get(page(submission)).content.decode(), "what is accepted leads to where it is taken in"
    assert way not in county_desk.get(page(submission)).content.decode(), "who may not is not led there"
    asked = ask_for_version(YEAR, "秋季第一批", planner.person)
    progress = reverse("job-progress", args=[asked.pk])
    assert "看结果" not in planning.get(progress).content.decode()
    job = run(asked)
    assert "看结果" in planning.get(progress).content.decode(), "what is done leads on"
    address = reverse("register-version", args=[job.result["snapshot"]])
    shown = county_desk.get(address)
    assert "<h1>2025 学年第 2 版" in shown.content.decode()
    assert [each["table"] for each in shown.context["tables"]] == ["assets"]
    assert "1234" in shown.content.decode()
    assert elsewhere.get(address).context["tables"] == []
    assert VersionChange.objects.filter(snapshot=job.result["snapshot"]).count() == 1
    assert county_desk.get(reverse("register-versions")).status_code == 200
    assert county_desk.get(reverse("register-version", args=["2025-v9-000000000000"])).status_code == 404


def test_a_file_is_downloaded_under_a_name_that_says_nothing_to_a_header(school: Client, submission: SchoolSubmission) -> None:
    assert upload(school, submission, "本校;filename=evil.html;.xlsx") == 302
    answer = school.get(page(submission, "submission-original"))
    assert answer["Content-Disposition"].count(";") == 1
    assert "filename=evil" not in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_large_workbook_is_checked_by_the_worker(
    school: Client, submission: SchoolSubmission, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "AT_ONCE_BYTES", 10)
    assert upload(school, submission, 班级_F3="四十") == 302
    submission.refresh_from_db()
    assert submission.checked is None
    assert post(school, submission, "submission-move", "submit") == 409
    assert "progress" in school.get(page(submission)).context
    assert submission.job
    run(submission.job)
    assert submission.faults.filter(severity="error").count() == 1
