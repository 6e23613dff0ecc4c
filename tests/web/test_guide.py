"""From an empty desk to the first verdict, and what is said where something is missing."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from junheng.indicators.models import FindingRow, VerdictRow
from junheng.people.codes import JobState, Role
from junheng.people.jobs import carry
from junheng.people.models import Case, Job
from junheng.register.holding import City, open_snapshot
from junheng.register.holding.inbox import read_original
from junheng.register.models import RegisterYear, School
from junheng.web.guide import arriving
from tests.web.conftest import As

pytestmark = pytest.mark.django_db


@pytest.fixture
def empty(settings: Any, tmp_path: Path, county: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desk over a folder that nobody has taken anything into."""
    for model in (RegisterYear, School, FindingRow, VerdictRow):
        model.objects.all().delete()
    settings.CITY = tmp_path / "city"
    monkeypatch.setenv("JUNHENG_KEY_FILE", str(tmp_path / "city.key"))
    return tmp_path / "city"


@pytest.fixture(scope="session")
def workbook(county: Path) -> bytes:
    """The workbook of one school, as it was handed in."""
    city = City(county)
    smallest = sorted(city.inbox.iterdir(), key=lambda each: each.stat().st_size)
    books = (read_original(city, each.name, city.key()) for each in smallest)
    return next(book for book in books if book[:2] == b"PK" and "xl/workbook.xml" in zipfile.ZipFile(BytesIO(book)).namelist())


def hand_in(client: Client, *files: tuple[str, bytes], reason: str = "") -> object:
    given = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(reverse("guide-hand-in"), {"year": "2025", "files": given, "reason": reason})


def last() -> Job:
    job = Job.objects.order_by("-pk").first()
    assert job is not None
    carry.call(job.pk)
    job.refresh_from_db()
    return job


def test_an_administrator_of_an_empty_desk_is_led_to_its_first_step_and_others_are_told_who_is(
    empty: Path, client_of: As
) -> None:
    administrator = client_of(Role.administrator)
    assert administrator.get(reverse("overview"))["Location"] == reverse("guide")
    assert administrator.get(reverse("guide")).context["step"] == "hand_in"
    told = client_of(Role.chief).get(reverse("overview"))
    assert "系统管理员或规划科" in told.content.decode()
    assert client_of(Role.principal, "school").get(reverse("guide")).status_code == 403


def test_workbooks_become_a_register_that_is_measured_and_what_is_missing_is_named(
    empty: Path, client_of: As, workbook: bytes
) -> None:
    client = client_of(Role.administrator)
    assert hand_in(client, ("学校.xlsx", workbook)).status_code == 302  # type: ignore[attr-defined]
    assert client.get(reverse("guide")).context["job"].is_open
    assert last().state == JobState.done.name
    page = client.get(reverse("guide"))
    assert (page.context["step"], page.context["measured"]) == ("see", [2025])
    told = json.loads((open_snapshot(empty, 2025).path / "run.json").read_bytes())
    assert told["user"] == str(Job.objects.latest("pk").by), "who handed it in, not the account of the server"
    assert "县区年度" in page.context["missing"]
    assert "不在系统管理员的职责范围内" in page.content.decode()
    assert reverse("overview") in client_of(Role.planning).get(reverse("guide")).content.decode().split("四、看第一份结论")[1]
    assert School.objects.filter(year=2025).count() == 1
    assert FindingRow.objects.filter(year=2025).exists()
    assert not list((empty / "arriving").iterdir()), "only the inbox keeps what was handed in, sealed"


def test_what_is_added_later_needs_a_reason_and_ends_where_schools_hand_in_themselves(
    empty: Path, client_of: As, workbook: bytes
) -> None:
    client = client_of(Role.administrator)
    hand_in(client, ("学校.xlsx", workbook))
    last()
    again = hand_in(client, ("学校.xlsx", workbook))
    assert again.status_code == 409  # type: ignore[attr-defined]
    assert "须写明理由" in again.content.decode()  # type: ignore[attr-defined]
    assert hand_in(client, ("学校.xlsx", workbook), reason="补交").status_code == 302  # type: ignore[attr-defined]
    Case.objects.create(kind="try", subject="1", title="报送", state="draft")
    refused = hand_in(client, ("学校.xlsx", workbook), reason="补交")
    assert "由学校报送" in refused.content.decode()  # type: ignore[attr-defined]


def test_faults_are_all_listed_with_what_to_do_and_nothing_is_written(empty: Path, client_of: As) -> None:
    client = client_of(Role.administrator)
    hand_in(client, ("学校.csv", "学年,学校标识码,学校名称,办学类型\n2025,12,某校,小学\n2025,12,某校,没有的\n".encode()))
    job = last()
    assert job.state == JobState.failed.name
    assert "按下表" in job.error
    page = client.get(reverse("guide"))
    assert page.context["step"] == "hand_in"
    assert page.context["job"].result["errors"] == sum(each["severity"] == "error" for each in job.result["faults"]) > 1
    assert job.result["faults"][0]["do"] in page.content.decode()
    assert "学校标识码" in {each["column"] for each in job.result["faults"]}, "columns are called what the sheet calls them"
    assert page.context["form"]["year"].value() == 2025, "the year of what is mended"
    assert City(empty).current() == {}
    assert not list((empty / "arriving").iterdir())


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([("../../etc/passwd", b"x")], "不是可读的表格文件"),
        ([("a.xlsm", b"x"), ("b.exe", b"x")], "不是可读的表格文件"),
        ([("a/学校.xlsx", b"x"), ("b/学校.xlsx", b"y")], "同名"),
        ([("学校.xlsx", b"x"), ("空白.xlsx", b"")], "空白.xlsx：是空文件"),
        ([], "必"),
    ],
)
def test_what_is_no_workbook_is_refused_in_words_and_not_kept(
    empty: Path, client_of: As, files: list[tuple[str, bytes]], said: str
) -> None:
    answer = hand_in(client_of(Role.administrator), *files)
    assert answer.status_code == 409  # type: ignore[attr-defined]
    assert said in answer.content.decode()  # type: ignore[attr-defined]
    assert not Job.objects.exists()
    assert not (empty / "arriving").exists() or not list((empty / "arriving").iterdir())


def test_more_than_a_city_hands_in_at_once_is_refused_in_words(
    empty: Path, client_of: As, workbook: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arriving, "MOST_BYTES", len(workbook))
    answer = hand_in(client_of(Role.administrator), ("甲.xlsx", workbook), ("乙.csv", b"1"))
    assert "2 个文件合计过大" in answer.content.decode()  # type: ignore[attr-defined]
    assert not list((empty / arriving.FOLDER).glob("*"))


def test_what_the_command_line_took_in_is_measured_from_the_page(client_of: As) -> None:
    RegisterYear.objects.filter(year=2025).delete()
    client = client_of(Role.planning)
    assert client.get(reverse("guide")).context["step"] == "measure"
    client.post(reverse("guide-measure"))
    assert Job.objects.filter(kind="findings.index").exists()


def test_the_empty_workbooks_are_those_of_the_command(client_of: As) -> None:
    client = client_of(Role.administrator)
    for name in ("school", "county"):
        book = client.get(reverse("guide-template", args=[name]))
        assert "xl/workbook.xml" in zipfile.ZipFile(BytesIO(book.content)).namelist()
    assert client.get(reverse("guide-template", args=["other"])).status_code == 404
