"""Documents handed in on the desk: read by a job, shown beside their text, decided on by people."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from junheng.documents.models import Comparison, DecisionRow, Document, Item
from junheng.people.codes import JobState, OrganisationKind, Role
from junheng.people.jobs import carry
from junheng.people.models import AuditEntry, Job, Organisation, Person
from tests.web.conftest import As

pytestmark = pytest.mark.django_db
PLAN = """2025年教育工作计划

一、扩大优质教育资源
2025年底前，新增小学学位3600个，新建幼儿园5所。消除大班额43个。
二、加强教师队伍建设
全年招聘教师150名，其中小学教师80名、初中教师90名。=SUM(A1)开展<b>教师</b>培训20期。
"""
REPORT = """2025年教育工作总结

一、优质教育资源不断扩大
全市新增小学学位3200个，新建幼儿园5所。
二、教师队伍不断加强
招聘教师150名。
"""


def handed_in(client: Client, text: str, name: str = "计划.txt", **more: str) -> Document:
    file = SimpleUploadedFile(name, text.encode())
    answer = client.post(reverse("documents"), {"file": file, "owner": ""} | more)
    assert answer.status_code == 302, answer.content.decode()
    return Document.objects.latest("pk")


def carried() -> None:
    job = Job.objects.latest("pk")
    carry.func(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.done.name, job.error


def read(client: Client, text: str, name: str = "计划.txt") -> Document:
    found = handed_in(client, text, name)
    carried()
    found.refresh_from_db()
    return found


def test_a_document_is_kept_as_it_came_and_read_by_a_job(client_of: As) -> None:
    client = client_of(Role.office)
    found = handed_in(client, PLAN)
    assert (Path(settings.CITY) / "documents" / found.sha256 / "original").read_bytes() == PLAN.encode()
    page = client.get(reverse("document", args=[found.pk]))
    assert page.context["progress"]["done"] is False
    assert "未知" in client.get(reverse("documents")).content.decode(), "not read yet is unknown, not 0"
    carried()
    page = client.get(reverse("document", args=[found.pk]), {"kind": "figures"})
    assert page.context["document"].title == "2025年教育工作计划"
    assert "3600个" in {each.item.amount for each in page.context["rows"]}
    out = client.get(reverse("document-original", args=[found.pk]))
    assert b"".join(out.streaming_content) == PLAN.encode()
    assert out["Content-Disposition"].startswith("attachment")
    assert AuditEntry.objects.filter(action="document.open").exists()


def test_the_text_stands_whole_with_each_item_marked_in_its_colour(client_of: As) -> None:
    client = client_of(Role.office)
    found = read(client, PLAN + "\n以上。\n")
    page = client.get(reverse("document", args=[found.pk]), {"kind": "figures"})
    pieces = [piece for line in page.context["text"] for piece in line.pieces]
    assert "".join(piece.text for piece in pieces) == PLAN + "\n以上。\n"
    marked = {piece.text: piece.marks[0] for piece in pieces if piece.marks}
    bad = next(each for each in page.context["rows"] if each.item.look == "not_met")
    assert marked["150"].look == "not_met" or marked["80"].look == "not_met", "80 and 90 are not 150"
    assert f'id="m{bad.item.pk}"' in page.content.decode()
    assert "&lt;b&gt;教师" in page.content.decode()
    assert "<b>教师" not in page.content.decode()


def figure(found: Document, amount: str) -> Item:
    return found.items.get(kind="figures", amount=amount)


def test_a_decision_has_its_person_day_and_note_and_outlives_a_new_reading(client_of: As) -> None:
    client = client_of(Role.office)
    found = read(client, PLAN + "\n完。\n")
    item = figure(found, "3600个")
    answer = client.post(
        reverse("item-decide", args=[item.pk]),
        {"decided": "edited", "value": "3,650个<i>", "note": "县里更正"},
        headers={"HX-Request": "true"},
    )
    shown = answer.content.decode()
    assert "<del>3600个</del>" in shown
    assert "3,650个&lt;i&gt;" in shown
    item.refresh_from_db()
    assert item.amount == "3600个", "what was read stays"
    assert AuditEntry.objects.filter(action="document.decide", reason="县里更正").exists()
    client.post(reverse("document-read", args=[found.pk]))
    carried()
    again = figure(found, "3600个")
    assert again.pk != item.pk
    page = client.get(reverse("document", args=[found.pk]), {"kind": "figures", "state": "edited"})
    assert [each.item.pk for each in page.context["rows"]] == [again.pk]
    last = page.context["rows"][0].last
    assert (last.value, last.note, last.by.username.split("-")[0]) == ("3,650个<i>", "县里更正", "office")


def test_deciding_again_adds_a_row_and_the_last_one_counts(client_of: As) -> None:
    client = client_of(Role.office)
    found = read(client, PLAN + "\n终。\n")
    address = reverse("item-decide", args=[figure(found, "3600个").pk])
    for decided in ("accepted", "reopened", "rejected"):
        assert client.post(address, {"decided": decided}).status_code == 302
    assert DecisionRow.objects.count() == 3
    rows = client.get(reverse("document", args=[found.pk]), {"kind": "figures"}).context["rows"]
    assert [each.state for each in rows if each.decisions] == ["rejected"]
    assert client.post(address, {"decided": "edited", "value": " "}).status_code == 409
    assert client.post(address, {"decided": "approved"}).status_code == 409


def test_a_repair_that_a_person_undid_stays_undone_in_the_next_reading(client_of: As) -> None:
    client = client_of(Role.office)
    found = read(client, "2025年工作计划\n\n一、任务\n全年招聘教师１５０名，新建幼儿 园5所。\n")
    done = [each for each in found.items.filter(kind="repairs") if each.told["done"]]
    assert done, "a full-width digit is mended"
    client.post(reverse("item-repair", args=[done[0].pk]), {"done": "no"})
    assert client.post(reverse("item-repair", args=[done[0].pk]), {"done": "yes"}).status_code == 409, "while it is read"
    carried()

    def now() -> Item:
        return found.items.get(kind="repairs", start=done[0].start, text=done[0].text)

    for _ in range(2):
        assert now().told["done"] is False
        client.post(reverse("document-read", args=[found.pk]))
        carried()
    client.post(reverse("item-repair", args=[now().pk]), {"done": "yes"})
    carried()
    assert now().told["done"] is True


def test_promises_stand_beside_what_was_reported_and_are_handed_out_without_formulas(client_of: As) -> None:
    client = client_of(Role.office)
    plan, report = read(client, PLAN + "。"), read(client, REPORT, "总结.md")
    assert client.post(reverse("promises"), {"plan": plan.pk, "report": plan.pk}).status_code == 409
    client.post(reverse("promises"), {"plan": plan.pk, "report": report.pk})
    carried()
    made = Comparison.objects.get()
    page = client.get(reverse("promises-of", args=[made.pk]), {"verdict": "partly"})
    assert [(each["figure"], each["answer_figure"]) for each in page.context["page"]] == [("3600个", "3200个")]
    book = openpyxl.load_workbook(BytesIO(client.get(reverse("promises-export", args=[made.pk])).content))
    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value is not None]
    assert any(cell.value == "3600个" for cell in cells)
    assert all(cell.data_type != "f" for cell in cells)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("表.xlsx", b"PK\x03\x04not a zip", "文稿"),
        ("图.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "图片"),
        ("程序.docx", b"MZ\x00\x00" + b"\0" * 64, "程序"),
        ("压缩.rar", b"Rar!" + b"\0" * 64, "压缩包"),
        ("空白.md", b"  \n\t ", "没有文字"),
    ],
)
def test_what_is_no_document_is_refused_in_words_and_nothing_is_kept(client_of: As, name: str, content: bytes, said: str) -> None:
    client = client_of(Role.office)
    before = set((Path(settings.CITY) / "documents").glob("*"))
    answer = client.post(reverse("documents"), {"file": SimpleUploadedFile(name, content), "owner": ""})
    assert answer.status_code == 422
    assert "->" in answer.context["refused"]
    assert "/tmp" not in answer.context["refused"]
    assert not Document.objects.exists()
    assert set((Path(settings.CITY) / "documents").glob("*")) == before
    assert said in answer.context["refused"]


def test_a_file_over_the_limit_is_refused_in_words(client_of: As, settings: object) -> None:
    settings.UPLOAD_LIMIT_BYTES = 1024  # type: ignore[attr-defined]
    client = client_of(Role.office)
    answer = client.post(reverse("documents"), {"file": SimpleUploadedFile("大.txt", b"x" * 2000), "owner": ""})
    assert answer.status_code == 422
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    "name", ["../../etc/计划.txt", "a\\..\\计划.txt", "<img src=x>.txt", "计\x00划\u202e.txt", "长" * 300 + ".txt"]
)
def test_a_hostile_name_is_only_a_name(client_of: As, name: str) -> None:
    client = client_of(Role.office)
    found = read(client, PLAN + name.encode("ascii", "ignore").decode().replace("\x00", ""), name)
    assert "/" not in found.name
    assert "\\" not in found.name
    assert len(found.name.encode()) < 255
    assert "<img src=x>" not in client.get(reverse("documents")).content.decode()


def test_of_two_who_decide_on_one_item_one_wins_and_the_other_is_told_and_a_form_sent_twice_is_one(client_of: As) -> None:
    first, second = client_of(Role.office), client_of(Role.planning)
    address = reverse("item-decide", args=[figure(read(first, PLAN), "3600个").pk])
    for _ in range(2):
        assert first.post(address, {"decided": "accepted", "seen": "0"}).status_code == 302
    assert DecisionRow.objects.count() == 1
    told = second.post(address, {"decided": "rejected", "seen": "0"})
    assert told.status_code == 409
    assert "已先一步核定" in told.content.decode()
    assert second.post(address, {"decided": "rejected", "seen": "1"}).status_code == 302
    assert [each.decided for each in DecisionRow.objects.all()] == ["accepted", "rejected"]


def test_the_same_file_sent_twice_is_one_document(client_of: As) -> None:
    client = client_of(Role.office)
    assert handed_in(client, PLAN) == handed_in(client, PLAN)
    assert Job.objects.filter(kind="documents.read").count() == 1


def test_a_word_document_is_read_too(client_of: As) -> None:
    made, out = docx.Document(), BytesIO()
    for line in PLAN.splitlines():
        made.add_paragraph(line)
    made.save(out)
    client = client_of(Role.planning)
    client.post(reverse("documents"), {"file": SimpleUploadedFile("计划.docx", out.getvalue()), "owner": ""})
    carried()
    assert Document.objects.get().format == "docx"
    assert Item.objects.filter(kind="figures", amount="3600个").exists()


def test_a_county_sees_and_decides_on_its_own_documents_alone(client_of: As, person: Callable[..., Person]) -> None:
    city = client_of(Role.office)
    found = read(city, PLAN + "市")
    other = Organisation.objects.create(kind=OrganisationKind.county_bureau.name, code="990199", name="别县教育局")
    client, officer = Client(), person(Role.county_officer, "county_bureau", other.code)
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    assert list(client.get(reverse("documents")).context["page"]) == []
    item = figure(found, "3600个")
    for address in (reverse("document", args=[found.pk]), reverse("document-original", args=[found.pk])):
        assert client.get(address).status_code == 404
    acts = {"item-decide": item.pk, "item-repair": item.pk, "document-read": found.pk}
    for address in (reverse(route, args=[number]) for route, number in acts.items()):
        assert client.post(address, {"decided": "accepted", "done": "yes"}).status_code == 404
    assert client.post(reverse("promises"), {"plan": found.pk, "report": found.pk}).status_code == 404
    refused = client.post(reverse("documents"), {"file": SimpleUploadedFile("a.txt", PLAN.encode()), "owner": ""})
    assert refused.status_code == 422, "not in the city's name"
    own = handed_in(client, PLAN + "市", owner=other.code)
    assert own.pk != found.pk
    assert own.sha256 == found.sha256
    assert [each.pk for each in city.get(reverse("documents")).context["page"]] == [own.pk, found.pk]


@pytest.mark.parametrize("role", [Role.chief, Role.finance, Role.inspector])
def test_who_may_only_see_documents_neither_hands_in_nor_decides(
    client_of: As, person: Callable[..., Person], role: Role
) -> None:
    found = Document.objects.create(sha256="0" * 64, name="a.txt", uploaded_by=person(Role.office))
    item = Item.objects.create(document=found, kind="figures", number=0, start=0, end=1, text="1", title="1")
    client = client_of(role)
    assert client.get(reverse("documents")).status_code == 200
    assert client.post(reverse("documents"), {"file": SimpleUploadedFile("a.txt", b"x"), "owner": ""}).status_code == 409
    assert client.post(reverse("item-decide", args=[item.pk]), {"decided": "accepted"}).status_code == 403
    assert not DecisionRow.objects.exists()


def test_pages_of_documents_ask_the_database_a_fixed_number_of_times(
    client_of: As, django_assert_max_num_queries: Callable[..., object]
) -> None:
    client = client_of(Role.office)
    projects = (f"第{number}项：新建学校{number}所，投资{number}万元。" for number in range(1, 80))
    found = read(client, "\n".join([PLAN, *projects]))
    for item in found.items.filter(kind="figures"):
        client.post(reverse("item-decide", args=[item.pk]), {"decided": "accepted"})
    pages = [reverse("documents"), reverse("promises"), f"{reverse('document', args=[found.pk])}?kind=figures"]
    for address in pages:
        with django_assert_max_num_queries(20):  # type: ignore[attr-defined]
            assert client.get(address).status_code == 200


def test_a_long_text_is_turned_by_stretches_and_a_filter_leads_to_those_that_hold_something(client_of: As) -> None:
    client = client_of(Role.office)
    filler = "各学校要认真做好各项工作，确保教育教学秩序稳定。\n" * 900
    found = read(client, PLAN + filler + "全市招聘教师77名。\n")
    page = client.get(reverse("document", args=[found.pk]), {"kind": "figures"})
    assert page.context["page"].paginator.num_pages > 2
    assert sum(len(line.pieces) for line in page.context["text"]) < 1000
    last = figure(found, "77名")
    client.post(reverse("item-decide", args=[last.pk]), {"decided": "accepted"})
    page = client.get(reverse("document", args=[found.pk]), {"kind": "figures", "state": "accepted"})
    assert [each.item.pk for each in page.context["rows"]] == [last.pk]
