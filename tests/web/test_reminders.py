"""What the first page tells a school of its handing-in, and an office of the schools that have not handed in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from junheng.people.cases import take
from junheng.people.codes import Role
from junheng.people.models import Case, Organisation
from junheng.people.scope import Access
from junheng.register.models import SchoolSubmission
from junheng.register.transitions import SUBMISSION
from tests.web.conftest import As
from tests.web.test_submissions import YEAR, clerk, officer, opened, planner, submission  # noqa: F401

# ruff: noqa: F811 - pytest takes fixtures by name

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(client_of: As, submission: SchoolSubmission) -> Client:
    return client_of(Role.principal, "school", submission.school_id)


def logged_in(person: Access) -> Client:
    client = Client()
    client.force_login(person.person, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def county_desk(officer: Access) -> Client:
    return logged_in(officer)


def told(client: Client) -> list[tuple[str, str]]:
    page = client.get(reverse("overview"))
    for each in page.context["reminders"]:
        assert each.href.replace("&", "&amp;") in page.content.decode()
        assert client.get(each.href).status_code == 200
    return [(each.word, each.text) for each in page.context["reminders"]]


def due(submission: SchoolSubmission, days: int) -> date:
    day = timezone.localdate() + timedelta(days=days)
    Case.objects.filter(pk=submission.case_id).update(due=day)
    return day


def test_while_there_is_time_nobody_is_reminded(school: Client, county_desk: Client, opened: date) -> None:
    assert told(school) == told(county_desk) == []


def test_the_day_that_comes_is_told_to_the_school_and_counted_for_its_office(
    school: Client, county_desk: Client, submission: SchoolSubmission
) -> None:
    due(submission, 7)
    assert told(school) == [("临近截止", f"{submission.case.title}：还有 7 天截止，过期自动锁定")]
    assert told(county_desk) == [("临近截止", f"{YEAR} 学年有 1 所学校 7 天内截止、还未报送")]


def test_a_school_past_its_day_is_told_that_it_is_locked_and_whom_to_ask(
    school: Client, county_desk: Client, submission: SchoolSubmission
) -> None:
    day = due(submission, -1)
    assert told(school) == [("逾期未报", f"{submission.case.title}：{day} 报送截止，已锁定；确需补报的，请市教育局规划科解锁")]
    assert told(county_desk) == [("逾期未报", f"{YEAR} 学年有 1 所学校逾期未报送，已锁定")]


def test_what_was_returned_stands_there_with_its_remarks_until_it_is_handed_in_again(
    school: Client, county_desk: Client, submission: SchoolSubmission, clerk: Access, officer: Access
) -> None:
    take(SUBMISSION, submission.case, "submit", clerk)
    assert told(school) == told(county_desk) == []
    take(SUBMISSION, submission.case, "return", officer, note="教师表缺两人")
    assert told(school) == [("退回意见", "教师表缺两人")]
    assert told(county_desk) == [("已退回", f"{YEAR} 学年有 1 所学校退回后还没有重报")]
    take(SUBMISSION, submission.case, "upload", clerk)
    assert told(school) == [("退回意见", "教师表缺两人")], "they still work on it"
    take(SUBMISSION, submission.case, "submit", clerk)
    assert told(school) == told(county_desk) == []


def test_what_was_taken_in_is_settled_and_a_later_correction_is_not_reproached_with_it(
    school: Client, submission: SchoolSubmission, clerk: Access, officer: Access, planner: Access
) -> None:
    for action, by in (("submit", clerk), ("return", officer), ("upload", clerk), ("submit", clerk), ("accept", officer),
                       ("take", planner), ("amend", clerk)):
        take(SUBMISSION, submission.case, action, by, note="x")
    assert told(school) == []


def test_a_word_of_the_office_stands_on_the_first_page_of_the_school(
    school: Client, county_desk: Client, submission: SchoolSubmission
) -> None:
    county_desk.post(reverse("submission-remind"), {"year": YEAR, "text": "周五前报齐"})
    assert told(school) == [("催报", "周五前报齐")]


def test_an_officer_is_told_of_the_schools_of_his_county_alone(
    client_of: As, submission: SchoolSubmission, planner: Access
) -> None:
    due(submission, -1)
    Organisation.objects.create(kind="county_bureau", code="990001", name="别县教育局")
    assert told(client_of(Role.county_officer, "county_bureau", "990001")) == []
    assert told(logged_in(planner)) == [("逾期未报", f"{YEAR} 学年有 1 所学校逾期未报送，已锁定")]
    assert told(client_of(Role.chief)) == [], "he does not check; what is late with others stands in the card below"
