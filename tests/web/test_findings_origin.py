"""How a number was made: its rows, its law, who may see what is personal, and what leaves as a workbook."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from junheng.engines import open_source
from junheng.indicators.explain import explain
from junheng.indicators.models import FindingRow
from junheng.indicators.origin import LINES, below, explained, finding_of, handed_in_by
from junheng.indicators.results import ENGINE, book_of, results
from junheng.indicators.workbook import COLUMNS
from junheng.kernel.codes import Privacy
from junheng.kernel.findings import Finding
from junheng.people.codes import Role
from junheng.people.models import AuditEntry, Case, Person, Step
from junheng.register.holding import open_snapshot
from junheng.register.models import SchoolSubmission
from junheng.register.tables import TABLES
from tests.web.conftest import As
from tests.web.test_findings import one, page

pytestmark = pytest.mark.django_db
BACKBONE = "yz.1.2"  # its rows name teachers, and the list of their titles


@pytest.fixture(scope="module")
def kept(county: Path) -> list[Finding]:
    return results(county, open_snapshot(county, 2025))[0]


def key(each: Finding | FindingRow) -> tuple[str, str, str]:
    return each.item, each.group, each.stage


@pytest.mark.parametrize(("item", "level"), [
    ("yz.1.4", "county"), ("yz.1.4", "township"), ("yz.1.4", "school"), ("yz.1.4.cv", "county"), ("yz.1.S", "county"),
    ("yz.1.S", "school"), ("yz.2.11", "county"), ("jb.cv", "county"), ("jb.1.cv", "city"), ("xq.2.1", "county"),
    ("yz.0", "county")])
def test_what_a_page_says_a_figure_is_made_of_is_what_explain_says(
        county: Path, kept: list[Finding], item: str, level: str) -> None:
    row, snapshot = one(item, level), open_snapshot(county, 2025)
    found = explain(snapshot, open_source(ENGINE, snapshot.path), book_of(county, snapshot), kept, item, row.group, row.stage)
    rows = FindingRow.objects.filter(below(row))
    assert sorted(key(each) for each in rows) == sorted(key(each) for each in found.made_of)
    assert key(found.finding) == key(row)


def test_a_row_gives_back_the_finding_it_was_made_from(kept: list[Finding]) -> None:
    for item, level in (("yz.1.4", "school"), ("yz.1.4.cv", "county"), ("yz.1.S", "county"), ("yz.2.6", "county")):
        row = one(item, level)
        whole = next(each for each in kept if key(each) == key(row) and each.level.name == level)
        made = finding_of(row)
        for name in ("part", "whole", "value", "lower", "upper", "limit", "gap", "verdict", "evidence", "rows", "unknown"):
            assert getattr(made, name) == getattr(whole, name), (item, name)


def test_a_school_s_figure_is_explained_from_its_own_row_alone(county: Path, kept: list[Finding]) -> None:
    row, snapshot = one("yz.1.4", "school"), open_snapshot(county, 2025)
    whole = explain(snapshot, open_source(ENGINE, snapshot.path), book_of(county, snapshot), kept, row.item, row.group, row.stage)
    assert explained(row).sums == whole.sums
    assert [entry for _, entry in explained(row).law] == [entry for _, entry in whole.law]


def test_the_rows_name_file_sheet_and_line_and_hide_who_it_is(client_of: As) -> None:
    row = one(BACKBONE, "school")
    text = page(client_of(Role.chief), f"{row.get_absolute_url()}rows/")
    file = explained(row).sums[0]["rows"][0]
    assert file["file"] in text
    assert f'<td class="n">{file["row"]}</td>' in text
    assert "骨干认定" in text
    assert "教督〔2017〕6号" in text
    assert whole_id(row) not in text
    assert f"{whole_id(row)[:4]}…" in text


def whole_id(row: FindingRow) -> str:
    """The pseudonym of the first teacher counted, as the snapshot holds it."""
    return explained(row, ("teachers",)).sums[0]["rows"][0]["columns"]["teacher_id"]  # type: ignore[no-any-return]


def test_as_a_part_of_the_page_the_rows_come_without_the_frame(client_of: As) -> None:
    address = f"{one(BACKBONE, 'school').get_absolute_url()}rows/"
    part = client_of(Role.chief).get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert 'id="law"' in part


def test_personal_columns_open_for_a_reason_and_the_audit_says_so(client_of: As) -> None:
    row, client = one(BACKBONE, "school"), client_of(Role.personnel)
    address = f"{row.get_absolute_url()}rows/"
    before = AuditEntry.objects.count()
    assert client.post(address, {"table": "teachers", "reason": " "}).status_code == 409
    assert AuditEntry.objects.count() == before
    answer = client.post(address, {"table": "teachers", "reason": "核对骨干教师证书"})
    assert whole_id(row) in answer.content.decode()
    entry = AuditEntry.objects.first()
    assert entry is not None
    assert (entry.action, entry.subject, entry.reason) == ("rows.open_personal", row.get_absolute_url(), "核对骨干教师证书")
    assert whole_id(row) not in str(entry.detail)
    assert whole_id(row) not in page(client, address), "the next look is masked again"


def test_personal_columns_open_only_to_the_line_whose_work_they_are(client_of: As) -> None:
    row = one(BACKBONE, "school")
    address, told = f"{row.get_absolute_url()}rows/", {"table": "teachers", "reason": "核对骨干教师证书"}
    for role in (Role.chief, Role.admissions, Role.auditor):
        client = client_of(role)
        assert client.post(address, told).status_code == 403
        assert "打开哪张表" not in page(client, address)
    assert client_of(Role.personnel).post(address, told | {"table": "sites"}).status_code == 403
    assert not AuditEntry.objects.filter(action="rows.open_personal").exists()


def test_every_table_with_personal_columns_belongs_to_a_line() -> None:
    def is_personal(name: str) -> bool:
        return any(each.privacy is Privacy.personal for each in TABLES[name].columns.values())
    assert {name for name in TABLES if is_personal(name)} == set(LINES)


def test_of_what_came_in_by_a_snapshot_its_own_story_is_known(county: Path) -> None:
    told = handed_in_by(one("yz.1.4", "school").school_id, 2025)
    assert told is not None
    assert told.snapshot == open_snapshot(county, 2025).id
    assert told.version == 1
    assert told.at.startswith("20")
    assert told.accepted_by == ""
    assert handed_in_by("", 1999) is None


def test_of_what_came_in_over_the_desk_it_is_said_who_handed_it_in_and_who_accepted_it(
        client_of: As, person: Callable[..., Person], county: Path) -> None:
    row = one("yz.1.4", "school")
    name = next(each["file"] for total in explained(row).sums for each in total["rows"] or ())
    digest = next(each["sha256"] for each in open_snapshot(county, 2025).files if each["name"] == name)
    case = Case.objects.create(kind="submission", subject=row.school_id, title="报送", school_id=row.school_id, state="taken")
    SchoolSubmission.objects.create(case=case, year=2025, school_id=row.school_id, name=row.name, county_code=row.county_code)
    clerk, officer = person(Role.school_clerk, "school", row.school_id), person(Role.county_officer, "county_bureau")
    for number, (action, actor) in enumerate([("upload", clerk), ("submit", clerk), ("accept", officer)], start=1):
        detail = {"sha256": digest} if action == "upload" else {}
        Step.objects.create(case=case, number=number, action=action, actor=actor, detail=detail)
    told = handed_in_by(row.school_id, 2025)
    assert told is not None
    assert told.accepted_by == "", "not before it is taken into the register"
    Step.objects.create(case=case, number=4, action="take", actor=officer)
    told = handed_in_by(row.school_id, 2025)
    assert told is not None
    assert told.by == str(clerk)
    assert told.accepted_by.startswith(str(officer))
    text = page(client_of(Role.chief), f"{row.get_absolute_url()}rows/")
    assert f"<td>{clerk} " in text
    assert f"<td>{officer} " in text


def sheet_of(content: bytes) -> Worksheet:
    sheet = load_workbook(BytesIO(content)).active
    assert isinstance(sheet, Worksheet)
    return sheet


def listed(sheet: Worksheet) -> list[tuple[object, ...]]:
    """The rows below the heads."""
    rows = [tuple(row) for row in sheet.iter_rows(values_only=True)]
    head = next(number for number, row in enumerate(rows) if row[0] == COLUMNS[0].heads[0])
    return [row for row in rows[head + 1 :] if row[1]]


def test_the_workbook_holds_what_the_filter_shows_and_the_audit_says_so(client_of: As) -> None:
    client = client_of(Role.planning)
    answer = client.post("/findings/export/?item=yz.1.4&level=school&stage=junior")
    rows = listed(sheet_of(answer.content))
    shown = client.get("/findings/?item=yz.1.4&level=school&stage=junior").context["page"]
    assert [row[5] for row in rows] == [each.group for each in shown.object_list]
    entry = AuditEntry.objects.get(action="findings.export")
    assert entry.detail == {"query": "standard=quality_balance_2017&item=yz.1.4&level=school&stage=junior", "rows": len(rows)}


def test_a_principal_takes_along_his_school_alone_and_an_auditor_nothing(client_of: As) -> None:
    rows = listed(sheet_of(client_of(Role.principal, "school").post("/findings/export/?level=school").content))
    assert len({row[5] for row in rows}) == 1
    assert client_of(Role.auditor).post("/findings/export/?level=school").status_code == 403
    assert client_of(Role.planning).get("/findings/export/?level=school").status_code == 405


@pytest.mark.parametrize("name", ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3", "http://evil.example/"])
def test_a_name_that_looks_like_a_formula_stays_a_text(client_of: As, name: str) -> None:
    row = one("yz.1.4", "county", stage="primary")
    FindingRow.objects.filter(pk=row.pk).update(name=name)
    sheet = sheet_of(client_of(Role.planning).post("/findings/export/?item=yz.1.4&level=county&stage=primary").content)
    cell = next(each for each in sheet["E"] if each.value == name)
    assert cell.data_type == "s"
    assert cell.hyperlink is None


def test_too_many_rows_for_a_workbook_are_refused_in_words(client_of: As) -> None:
    answer = client_of(Role.planning).post("/findings/export/?level=school")
    assert answer.status_code == 409
    assert "缩小范围" in answer.content.decode()
    assert not AuditEntry.objects.filter(action="findings.export").exists()


@pytest.mark.parametrize("item", ["yz.1.4", "bz.filled"])
def test_a_figure_of_a_school_that_its_snapshot_does_not_have_opens_empty_and_does_not_break(item: str) -> None:
    row = one(item, "school")
    row.group = row.school_id = "nowhere"
    found = explained(row)
    assert (found.sums, found.made_of) == ([], [])
