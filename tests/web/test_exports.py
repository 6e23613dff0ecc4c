"""Whatever stands in the rows: no table that the desk hands out holds a formula of somebody's making."""

from __future__ import annotations

import csv
import inspect
import shutil
from collections.abc import Callable, Iterator
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from junheng.documents import actions
from junheng.indicators.models import FindingRow
from junheng.people import audit
from junheng.people.codes import Role
from junheng.people.models import Person
from junheng.planning.indexing import index
from junheng.planning.keeping import PLANS, keep, run
from junheng.planning.plan import Plan
from junheng.register.models import School, SchoolSubmission
from junheng.register.submissions import deadlines
from tests.web.addresses import addresses
from tests.web.at_work import YEAR, access, carried
from tests.web.conftest import As
from tests.web.draws import route_of

pytestmark = pytest.mark.django_db
FORMULAS = ("=HYPERLINK(\"http://evil.example\")", "+1+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3")
HOLDS_WHAT_WAS_TYPED = {"/findings/export/", "/documents/promises/<int:number>/export/", "/audit/export/",
                        "/submissions/<int:number>/template.xlsx"}
HANDS_OUT = ("return download(", "return _file(", "return FileResponse(")


@pytest.fixture
def hostile(person: Callable[..., Person], plan: Plan, county: Path) -> Iterator[str]:
    """Names that a sheet would reckon with, wherever people may have typed one; the plan's digest."""
    planner = access(person(Role.planning))
    deadlines.open_year(planner, YEAR, timezone.localdate())
    for number, name in enumerate(FORMULAS):
        for rows in (School.objects.all(), SchoolSubmission.objects.exclude(school_id="")):
            rows.filter(pk__in=rows.values_list("pk", flat=True)[number::4]).update(name=name)
    FindingRow.objects.filter(level="county").update(name=FORMULAS[0])
    FindingRow.objects.filter(level="school").update(name=FORMULAS[3])
    audit.record(planner.person, FORMULAS[2], FORMULAS[0], detail={FORMULAS[1]: FORMULAS[3]})
    Person.objects.filter(pk=planner.person.pk).update(name=FORMULAS[0], username=FORMULAS[1])
    yield index(county, keep(county, plan, run(1.0)).name).pk
    shutil.rmtree(county / PLANS)


def comparison(by: Person) -> int:
    """Of two documents whose sentences begin like formulas."""
    documents = []
    for name, many in (("计划", 580), ("总结", 300)):
        text = f"=1+1 2026年{name}\n\n=cmd|A0 全市新增小学学位{many}个。\n+2 招聘教师{many}名。\n"
        documents.append(actions.upload(by, SimpleUploadedFile(f"{name}.txt", text.encode()), "", ""))
        carried()
        documents[-1].refresh_from_db()
    found = actions.compare(by, *documents)
    carried()
    return found.pk


def handed_out(client_of: As, person: Callable[..., Person], digest: str) -> Iterator[tuple[str, HttpResponse]]:
    """Every table that the desk hands out, by its route."""
    own = SchoolSubmission.objects.filter(year=YEAR).exclude(school_id="")[0]
    chief, auditor = client_of(Role.chief), client_of(Role.auditor)
    chief.post(reverse("plan-export", args=[digest, "workbook"]))
    carried()
    asked = [
        (chief, "post", reverse("findings-export") + "?item=yz.1.4"),
        (chief, "get", reverse("plan-paper", args=[digest, "workbook"])),
        (chief, "get", reverse("promises-export", args=[comparison(person(Role.office))])),
        (auditor, "get", reverse("permissions-export")),
        (auditor, "get", reverse("audit-export")),
        (client_of(Role.principal, "school", own.school_id), "get", reverse("submission-template", args=[own.pk])),
        (client_of(Role.administrator), "get", reverse("guide-template", args=["school"])),
    ]
    for client, way, address in asked:
        yield address, getattr(client, way)(address)


def cells_of(answer: HttpResponse) -> tuple[list[str], list[str]]:
    """The texts of a table, and the cells that a sheet would reckon with, or that lead out of it."""
    content = b"".join(answer) if answer.streaming else answer.content
    if answer["Content-Type"].startswith("text/csv"):
        texts = [cell for row in csv.reader(StringIO(content.decode("utf-8-sig"))) for cell in row]
        return texts, [cell for cell in texts if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]
    book = openpyxl.load_workbook(BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    wrong = [cell for cell in cells if cell.data_type == "f" or (cell.hyperlink and cell.hyperlink.target)]
    return [f"{cell.value}" for cell in cells], [f"{cell.coordinate}: {cell.value}" for cell in wrong]


def test_no_table_that_is_handed_out_holds_a_formula(hostile: str, client_of: As, person: Callable[..., Person]) -> None:
    wrong, tried, held = [], set(), set()
    for address, answer in handed_out(client_of, person, hostile):
        assert answer.status_code == 200, address
        texts, formulas = cells_of(answer)
        tried.add(route_of(address))
        held |= {route_of(address) for text in texts if any(each in text for each in (*FORMULAS, "=cmd|A0"))}
        wrong += [f"{address} {each}" for each in formulas]
    assert not wrong, wrong[:20]
    assert held >= HOLDS_WHAT_WAS_TYPED, HOLDS_WHAT_WAS_TYPED - held
    assert tried >= downloads(), downloads() - tried


def downloads() -> set[str]:
    """The routes whose views hand out a file that is not one that somebody handed in."""
    found = set()
    for each in addresses():
        view = inspect.unwrap(getattr(each.view, "func", each.view))
        source = inspect.getsource(view) if inspect.isfunction(view) else ""
        if any(way in source for way in HANDS_OUT) and "original" not in each.route:
            found.add(each.route)
    return found
