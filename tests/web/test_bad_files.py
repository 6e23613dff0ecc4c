"""Bad files at every door by which files come in: refused in words or full of faults, nothing of them left, in little time."""

# ruff: noqa: F811 - pytest takes fixtures by name

from __future__ import annotations

import logging
import re
import resource
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from html import unescape
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from django.conf import settings as desk
from django.db import transaction
from django.test import Client
from django.urls import reverse

from junheng.documents.models import Document
from junheng.documents.opening import office
from junheng.kernel.faults import JunhengError
from junheng.people.actions import import_people
from junheng.people.codes import JobState, Role
from junheng.people.jobs import carry
from junheng.people.models import Appointment, AuditEntry, Job, Person, Step
from junheng.register.holding import City
from junheng.register.models import SchoolSubmission
from junheng.register.submissions import actions
from junheng.register.submissions.reading import read
from tests.web import bad_files
from tests.web.bad_files import KIND, Bad, badly_named, endless, no_tables, sent, wrong_cells, wrong_sheets
from tests.web.conftest import As
from tests.web.test_guide import empty  # noqa: F401
from tests.web.test_submissions import opened, own_city, planner, submission  # noqa: F401

pytestmark = pytest.mark.django_db
MOST_S, MOST_KB = 4.0, 700_000  # of one file, in CPU seconds; of all of them together, in memory
WORDS = re.compile(r"[一-龥].*->", re.S)


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def book() -> bytes:
    """A sound workbook of one sheet."""
    return bad_files.book_of({"班级": [bad_files.CLASSES, bad_files.a_class("1199010151")]})


@pytest.fixture(scope="module")
def kinds(book: bytes) -> list[Bad]:
    found = list(no_tables(book))
    assert len({(each.name, sha256(each.content).digest()) for each in found}) >= 200
    return found


def under(folder: Path) -> set[str]:
    return {str(path) for path in folder.rglob("*")}


class Watched:
    """A folder, and what came into it since: told, and taken away again."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.there = folder, under(folder)

    def new(self) -> list[Path]:
        found = sorted(map(Path, under(self.folder) - self.there), reverse=True)
        for path in found:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        return found


@contextmanager
def bounded() -> Iterator[list[tuple[float, str]]]:
    """What is asked within takes little time each, and little memory in all."""
    before, spent = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, list[tuple[float, str]]()
    yield spent
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < MOST_KB, f"{grown} KB"
    assert max(spent)[0] < MOST_S, sorted(spent)[-3:]


def tried(kinds: list[Bad], door: Callable[[Bad], str]) -> None:
    """Each kind at a door, which says what was wrong with its answer; what it changed in the rows is undone."""
    wrong = []
    with bounded() as spent:
        for each in kinds:
            began = process_time()
            with transaction.atomic():
                if found := door(each):
                    wrong.append(f"{each.what} ({each.name[:40]!r}): {found}")
                transaction.set_rollback(True)
            spent.append((process_time() - began, each.what))
    assert not wrong, f"{len(wrong)} of {len(kinds)}\n" + "\n".join(wrong[:40])


def told(answer: Any) -> str:
    """A refusal as its reader sees it."""
    text = unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))
    return "" if re.search("[一-龥]", text) and "/tmp" not in text and "Traceback" not in text else f"not in words: {text[:300]}"


@pytest.fixture
def no_converter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Old formats are refused for want of LibreOffice, which takes seconds for each of them."""
    monkeypatch.setattr(office, "_PROGRAMS", ())


@pytest.fixture
def school(client_of: As, submission: SchoolSubmission) -> Client:
    return client_of(Role.principal, "school", submission.school_id)


def upload(client: Client, submission: SchoolSubmission, each: Bad) -> Any:
    client.raise_request_exception = False
    return client.post(reverse("submission-upload", args=[submission.pk]), sent("file", [each], seen=0), KIND)


def test_no_kind_comes_in_as_a_school_s_workbook(
    own_city: Path, school: Client, submission: SchoolSubmission, kinds: list[Bad]
) -> None:
    watched = Watched(own_city)

    def door(each: Bad) -> str:
        answer = upload(school, submission, each)
        submission.refresh_from_db()
        kept = watched.new()
        if answer.status_code != 409:
            return f"status {answer.status_code}, {submission.errors} errors"
        return "something was kept" if kept or Step.objects.exists() or submission.sha256 else told(answer)

    tried(kinds, door)


def test_a_workbook_with_wrong_sheets_or_rows_is_kept_with_its_faults_at_most(
    own_city: Path, school: Client, submission: SchoolSubmission
) -> None:
    def door(each: Bad) -> str:
        answer = upload(school, submission, each)
        submission.refresh_from_db()
        if answer.status_code == 409:
            return told(answer)
        if answer.status_code != 302 or not submission.errors:
            return f"status {answer.status_code}, {submission.errors} errors"
        page = school.get(answer["Location"]).content.decode()
        return "markup came through" if bad_files.SCRIPT in page or "<b>7" in page else ""

    tried(list(wrong_sheets(submission.school_id)), door)
    assert City(own_city).current() == City(own_city).current()


def cells_of(school: str) -> tuple[bytes, list[tuple[str, str, int]]]:
    """One workbook with every wrong cell, each in a row of its own; what is wrong, its sheet and row."""
    sheets: dict[str, list[list[object]]] = {
        "租用场地": [["学校标识码", "序号", "场地名称", "面积", "步行分钟", "合同起始日期", "合同截止日期"]],
        "专用教室": [["学校标识码", "教室编号", "教室类别", "使用面积", "启用日期", "是否在用"]],
        "培训": [["学校标识码", "身份证号", "培训年份", "培训学时"]],
    }
    sound: dict[str, list[object]] = {
        "租用场地": [school, 1, "甲", 100, 5, "2025-09-01", "2030-09-01"],
        "专用教室": [school, "1", "音乐", 100, "2020-09-01", "是"],
        "培训": [school, "11010519491231002X", 2024, 72],
    }
    placed = []
    for what, sheet, header, value in wrong_cells(school):
        row = list(sound[sheet])
        row[1] = len(sheets[sheet]) if sheet != "培训" else row[1]
        row[sheets[sheet][0].index(header)] = value
        sheets[sheet].append(row)
        placed.append((what, sheet, len(sheets[sheet])))
    return bad_files.book_of(sheets), placed


def test_every_wrong_cell_has_a_fault_at_its_place(own_city: Path, school: Client, submission: SchoolSubmission) -> None:
    content, placed = cells_of(submission.school_id)
    assert upload(school, submission, Bad("cells", "格.xlsx", content)).status_code == 302
    faults = set(submission.faults.filter(severity="error").values_list("sheet", "row"))
    missing = [f"{what}: {sheet} {row}" for what, sheet, row in placed if (sheet, row) not in faults]
    assert not missing, f"{len(missing)} of {len(placed)}\n" + "\n".join(missing[:40])
    pages = (school.get(reverse("submission", args=[submission.pk]), {"page": number}) for number in (1, 2, 3))
    assert not any(bad_files.SCRIPT in page.content.decode() for page in pages)


def test_a_hostile_name_is_only_a_name(
    own_city: Path, school: Client, submission: SchoolSubmission, book: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched = Watched(own_city)
    checked = cache(lambda: read(City(own_city), file, submission.year, submission.school_id))
    (file := tmp_path / "本校.xlsx").write_bytes(book)
    monkeypatch.setattr(actions, "read", lambda *_: checked())  # the same bytes each time, and it is their names that differ

    def door(each: Bad) -> str:
        answer = upload(school, submission, each)
        submission.refresh_from_db()
        kept = watched.new()
        if answer.status_code in (400, 409):
            return told(answer) or ("something was kept" if kept else "")
        if answer.status_code != 302 or {path.parent for path in kept} - {own_city / "inbox"}:
            return f"status {answer.status_code}, {kept}"
        name = submission.file_name
        page = school.get(answer["Location"]).content.decode()
        if re.search(r"[\x00-\x1f/\\\u202a-\u202e]", name) or len(name.encode()) > 255:
            return f"kept as {name!r}"
        return "markup came through" if bad_files.SCRIPT in page or "<img src=x" in page or "51724863" in page else ""

    tried(list(badly_named(book)), door)


@pytest.mark.usefixtures("no_converter")
def test_no_kind_comes_in_as_a_document(own_city: Path, client_of: As, kinds: list[Bad]) -> None:
    """A few of them are texts, and a text is a document whatever it says: it is read, and nothing of it is carried out."""
    client = client_of(Role.office)
    client.raise_request_exception = False
    watched = Watched(own_city)

    def door(each: Bad) -> str:
        answer = client.post(reverse("documents"), sent("file", [each], owner=""), KIND)
        if answer.status_code == 302:
            found = _read(client, answer["Location"])
            watched.new()
            return found
        kept = watched.new()
        if answer.status_code != 422 or not WORDS.search(answer.context["refused"]):
            return f"status {answer.status_code}"
        return "something was kept" if kept or Document.objects.exists() else told(answer)

    tried(kinds, door)


def test_what_a_document_would_do_is_not_done(own_city: Path, client_of: As) -> None:
    client = client_of(Role.office)
    client.raise_request_exception = False

    def door(each: Bad) -> str:
        answer = client.post(reverse("documents"), sent("file", [each], owner=""), KIND)
        return _read(client, answer["Location"]) if answer.status_code == 302 else f"status {answer.status_code}"

    tried(list(bad_files.armed_documents()), door)


def _read(client: Client, address: str) -> str:
    """A document that was kept is read by its job and shown as text; its original is handed out to be saved."""
    document = Document.objects.get()
    carry.call(document.job.pk)
    document.refresh_from_db()
    page = client.get(address)
    if document.job.state not in (JobState.done.name, JobState.failed.name) or page.status_code != 200:
        return f"job {document.job.state}, page {page.status_code}"
    if "程序出错" in document.job.error:
        return document.job.error
    original = client.get(reverse("document-original", args=[document.pk]))
    if not original["Content-Disposition"].startswith("attachment") or original["Content-Type"] != "application/octet-stream":
        return "its original is shown by the browser"
    original.close()
    return "markup came through" if bad_files.SCRIPT in page.content.decode() or "51724863" in page.content.decode() else ""


def test_no_kind_becomes_a_register(empty: Path, client_of: As, kinds: list[Bad], monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_of(Role.administrator)
    client.raise_request_exception = False

    def door(each: Bad) -> str:
        answer = client.post(reverse("guide-hand-in"), sent("files", [each], year=2025, reason="首次"), KIND)
        if answer.status_code == 409:
            return told(answer) if not left(empty) else "something was kept"
        if answer.status_code != 302:
            return f"status {answer.status_code}"
        job = Job.objects.get()
        carry.call(job.pk)
        job.refresh_from_db()
        if job.state != JobState.failed.name or not WORDS.search(job.error) or "程序出错" in job.error:
            return f"job {job.state}: {job.error[:200]}"
        return told(client.get(reverse("guide"))) if not left(empty) else "something was kept"

    tried(kinds, door)


def left(city: Path) -> set[str]:
    """What is in the folder of a desk that holds nothing."""
    return {path for path in under(city) if not path.endswith(("/arriving", "/lock", "/standards"))}


def test_no_kind_lets_people_in(kinds: list[Bad], tmp_path: Path, county: Path) -> None:
    people = Person.objects.count()

    def door(each: Bad) -> str:
        file = tmp_path / "people.csv"
        file.write_bytes(each.content)
        try:
            import_people(file)
        except JunhengError as refused:
            return "" if WORDS.search(str(refused)) and Person.objects.count() == people else f"not in words: {refused}"
        return "" if Person.objects.count() == people else "people were let in"

    tried(kinds, door)


HEAD = "用户名,姓名,角色,组织代码,组织类型,工作条线,起,止\n"
ROWS = {
    "no user name": ",甲,局长,{city},市教育局,,,",
    "a name of five hundred letters": "x" * 500 + ",甲,局长,{city},市教育局,,,",
    "a user name of markup": bad_files.SCRIPT + ",甲,局长,{city},市教育局,,,",
    "a user name with a path": "../x,甲,局长,{city},市教育局,,,",
    "a zero": "a\0b,甲,局长,{city},市教育局,,,",
    "turned round": "a\u202eb,甲,局长,{city},市教育局,,,",
    "no such role": "w,甲,皇帝,{city},市教育局,,,",
    "no such office": "w,甲,局长,' OR '1'='1,市教育局,,,",
    "no such kind": "w,甲,局长,{city},=1+1,,,",
    "no such line": "w,甲,局长,{city},市教育局,{{7*7}},,",
    "no such day": "w,甲,局长,{city},市教育局,,2025-02-30,",
    "an end before its beginning": "w,甲,局长,{city},市教育局,,2025-09-01,2020-01-01",
    "a name of five hundred characters": "w," + "长" * 500 + ",局长,{city},市教育局,,,",
    "half a surrogate": "w\ud800,甲,局长,{city},市教育局,,,",
    "a quote not closed": 'w,"甲,局长,{city},市教育局,,,',
    "a cell of a megabyte": "w," + "x" * 1_000_000 + ",局长,{city},市教育局,,,",
    "a formula for a user name": "=1+1,甲,局长,{city},市教育局,,,",
    "two cells too many": "w,甲,局长,{city},市教育局,,,,x,y",
}


@pytest.mark.parametrize("what", ROWS)
def test_a_wrong_row_lets_nobody_in(what: str, tmp_path: Path, person: Callable[..., Person]) -> None:
    city = person(Role.chief).appointments.get().organisation.code
    before = Person.objects.count(), Appointment.objects.count(), AuditEntry.objects.count()
    file = tmp_path / "people.csv"
    row = ROWS[what].replace("{city}", city)
    file.write_bytes((HEAD + f"sound,乙,局长,{city},市教育局,,,\n" + row).encode("utf-8", "surrogatepass"))
    with pytest.raises(JunhengError, match="->"):
        import_people(file)
    assert (Person.objects.count(), Appointment.objects.count(), AuditEntry.objects.count()) == before


@pytest.mark.parametrize("door", ["submission-upload", "documents", "guide-hand-in"])
def test_two_gigabytes_are_not_listened_to(
    door: str, settings: Any, client_of: As, submission: SchoolSubmission, own_city: Path
) -> None:
    """The length that is told is believed by nobody: who sends more than the limit is cut off soon after it."""
    settings.UPLOAD_LIMIT_BYTES = 4 * 2**20
    watched = Watched(own_city)
    client = client_of(Role.administrator) if door == "guide-hand-in" else client_of(Role.office)
    if door == "submission-upload":
        client = client_of(Role.principal, "school", submission.school_id)
    address = reverse(door, args=[submission.pk] if door == "submission-upload" else [])
    body = endless("files" if door == "guide-hand-in" else "file", 2 * 2**30)
    answer = client.generic("POST", address, **long(body, KIND))
    assert answer.status_code in (409, 422)
    assert told(answer) == ""
    assert body.given < 8 * 2**20
    assert not watched.new()
    assert body.given > settings.UPLOAD_LIMIT_BYTES, "it was read"


def long(body: bad_files.Endless, kind: str) -> dict[str, Any]:
    """A request with a body that its client would never hold."""
    return {"wsgi.input": body, "CONTENT_LENGTH": str(body.length), "CONTENT_TYPE": kind}


def test_a_form_of_two_gigabytes_without_a_file_is_refused(client_of: As) -> None:
    client = client_of(Role.office)
    body = bad_files.Endless(b"note=", 2 * 2**30)
    answer = client.generic("POST", reverse("documents"), **long(body, "application/x-www-form-urlencoded"))
    assert answer.status_code == 400
    assert told(answer) == ""
    assert body.given == 0


def test_more_files_or_fields_than_a_city_has_schools_are_refused(empty: Path, client_of: As) -> None:
    client = client_of(Role.administrator)
    many = [Bad("", f"{number}.xlsx", b"x") for number in range(desk.DATA_UPLOAD_MAX_NUMBER_FILES + 1)]
    for body in (sent("files", many, year=2025), sent("files", [], **{f"x{number}": number for number in range(1100)})):
        answer = client.post(reverse("guide-hand-in"), body, KIND)
        assert answer.status_code == 400
        assert told(answer) == ""
    assert not left(empty)
