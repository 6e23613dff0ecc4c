"""A county's office hands in the sheets that it keeps for all its schools: of its own county, and checked by somebody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from django.conf import settings as desk
from django.urls import reverse

from junheng.kernel.faults import JunhengError
from junheng.people.codes import Role
from junheng.people.models import Organisation
from junheng.people.scope import Access
from junheng.register.holding import City, open_snapshot
from junheng.register.models import SchoolSubmission, VersionChange
from junheng.register.submission import HANDED_IN_SCHEMA, Submission
from junheng.register.submissions import actions, county
from junheng.register.tasks import ask_for_check, ask_for_version
from tests.web.conftest import As
from tests.web.test_submissions import (  # noqa: F401  (fixtures)
    YEAR,
    officer,
    opened,
    own_city,
    planner,
    run,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(opened: date) -> SchoolSubmission:  # noqa: F811
    return SchoolSubmission.objects.select_related("case").get(year=YEAR, school_id="")


def workbook(office: SchoolSubmission, **cells: object) -> bytes:
    """The county's own workbook, filled in advance, with these cells in the place of what stood there."""
    book = openpyxl.load_workbook(BytesIO(county.workbook(City(desk.CITY), YEAR, office.county_code, office.county)))
    for place, value in cells.items():
        sheet, cell = place.rsplit("_", 1)
        book[sheet][cell] = value
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def send(office: SchoolSubmission, by: Access, content: bytes, name: str = "县级表.xlsx") -> SchoolSubmission:
    actions.upload(office, by, BytesIO(content), name, len(content), seen=office.case.last_number)
    office.refresh_from_db()
    assert office.checked is None, "within the whole register: by a job"
    run(ask_for_check(office, by.person))
    office.refresh_from_db()
    office.case.refresh_from_db()
    return office


def column_of(content: bytes, sheet: str, zh: str) -> str:
    """The letter of a column by its head, in the second row."""
    rows = openpyxl.load_workbook(BytesIO(content))[sheet]
    return next(cell.column_letter for row in rows.iter_rows(max_row=3) for cell in row if str(cell.value or "").startswith(zh))


def test_what_an_office_downloads_and_sends_back_untouched_changes_nothing(office: SchoolSubmission, officer: Access) -> None:  # noqa: F811
    send(office, officer, workbook(office))
    assert [str(each) for each in office.faults.filter(severity="error")] == []
    assert office.difference["rows"] == []
    assert office.rows["money"] > 100
    assert office.missing == []
    assert office.case.title.endswith("县级报送")


def test_sheets_of_schools_and_rows_of_another_county_are_refused_at_their_place(
    office: SchoolSubmission, officer: Access  # noqa: F811
) -> None:
    content = workbook(office)
    place = column_of(content, "学龄人口", "区划代码")
    book = openpyxl.load_workbook(BytesIO(workbook(office, **{f"学龄人口_{place}3": "990201"})))
    book.create_sheet("学校").append(["学校标识码", "学校名称"])
    book["学校"].append(["3199010001", "别的学校"])
    out = BytesIO()
    book.save(out)
    send(office, officer, out.getvalue())
    assert office.faults.filter(severity="error", table="population", row=3, column="place_code").exists()
    assert office.faults.filter(severity="error", table="schools", do__contains="由学校报送").exists()
    with pytest.raises(JunhengError, match="处错误"):
        actions.move(office, officer, "submit", seen=office.case.last_number)


def test_a_change_is_accepted_by_another_and_comes_into_force_with_its_difference(
    office: SchoolSubmission, officer: Access, planner: Access, own_city: Path  # noqa: F811
) -> None:
    before = open_snapshot(own_city, YEAR)
    amount = column_of(content := workbook(office), "经费", "预算")
    was = openpyxl.load_workbook(BytesIO(content))["经费"][f"{amount}3"].value
    send(office, officer, workbook(office, **{f"经费_{amount}3": float(was or 0) + 1000}))
    assert [str(each) for each in office.faults.filter(severity="error")] == []
    assert [(each["table"], each["changed"]) for each in office.difference["summary"]] == [("money", 1)]
    if office.warnings:
        keys = office.faults.filter(severity="warning").values_list("key", flat=True)
        actions.explain(office, officer, dict.fromkeys(keys, "已核对"), seen=office.case.last_number)
    actions.move(office, officer, "submit", seen=office.case.last_number)
    with pytest.raises(JunhengError, match="请另一人办理"):
        actions.move(office, officer, "accept", seen=office.case.last_number)
    actions.move(office, planner, "accept", seen=office.case.last_number)
    run(ask_for_version(YEAR, "县级经费更正", planner.person))
    after = open_snapshot(own_city, YEAR)
    assert after.version == before.version + 1
    assert "1 个县报送" in after.manifest["reason"]
    assert after.handed_in.equals(before.handed_in), "what the office did not speak of stays as it was"
    changes = VersionChange.objects.filter(snapshot=after.id)
    assert [(each.table, each.change, each.county_code) for each in changes] == [("money", "changed", office.county_code)]
    office.case.refresh_from_db()
    assert office.case.state == "taken"


def test_an_office_speaks_of_the_schools_of_its_own_county_alone() -> None:
    schools = pl.DataFrame({"school_id": ["1", "2"], "place_code": ["990101001", "990201001"]})
    said = [("money", "1"), ("money", "2"), ("money", ""), ("population", ""), ("classes", "2")]
    marks = pl.DataFrame(said, schema=dict(HANDED_IN_SCHEMA), orient="row")
    handed = replace(Submission(YEAR), frames={"schools": schools}, handed_in=marks)
    spoken = county.spoken(handed, {"990101": {"money", "population"}}, None).handed_in
    assert sorted(spoken.iter_rows()) == [("classes", "2"), ("money", "1"), ("population", "")]


def test_who_hands_in_for_a_county_is_its_office_and_nobody_of_a_school(office: SchoolSubmission, client_of: As) -> None:
    address, template = reverse("submission", args=[office.pk]), reverse("submission-template", args=[office.pk])
    own = client_of(Role.county_officer, "county_bureau", office.county_code)
    page = own.get(address)
    assert "县级各表" in page.content.decode()
    assert page.context["is_own"]
    assert own.get(template).status_code == 200
    school = SchoolSubmission.objects.exclude(school_id="").first()
    assert own.get(reverse("submission-template", args=[school.pk])).status_code == 404, "that is the school's"
    assert client_of(Role.principal, "school").get(address).status_code == 404
    chief = client_of(Role.chief)
    assert chief.get(address).status_code == 200
    assert chief.get(template).status_code == 403
    Organisation.objects.create(kind="county_bureau", code="990199", name="别县教育局")
    assert client_of(Role.county_officer, "county_bureau", "990199").get(address).status_code == 404


def test_what_waits_for_an_office_stands_on_its_first_page_with_the_way_to_it(office: SchoolSubmission, client_of: As) -> None:
    page = client_of(Role.county_officer, "county_bureau", office.county_code).get(reverse("overview")).content.decode()
    assert reverse("submission", args=[office.pk]) in page
    assert office.case.title in page
