"""What is in force, confirmed and laid down for a place on the pages of the law."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from python_calamine import CalamineWorkbook

from junheng.indicators import indexing
from junheng.indicators.measure import Result
from junheng.indicators.models import FindingRow, VerdictRow
from junheng.indicators.results import results, rules_digest
from junheng.kernel.faults import OnProgress
from junheng.people.codes import JobState, OrganisationKind, Role
from junheng.people.jobs import carry, digest_of
from junheng.people.models import AuditEntry, Job, Organisation, Person
from junheng.register.conditions import conditions, conditions_shown
from junheng.register.holding import City, Snapshot
from junheng.standards import law, law_book
from junheng.standards.confirmed import FILE, key
from junheng.standards.law import Value
from junheng.standards.models import Confirmation, LocalValue
from junheng.standards.words import printed
from junheng.web.standards.confirming import write_confirmed
from junheng.web.standards.values import all_entries, mark
from tests.web.conftest import As, in_english

pytestmark = pytest.mark.django_db
DAY = "2026-09-01"


@pytest.fixture(autouse=True)
def own_law() -> Iterator[Path]:
    """The city's own values go again after each test, as its rows do."""
    folder = Path(settings.CITY) / "standards"
    yield folder
    for file in folder.glob("desk-*.toml"):
        file.unlink()


def county_code() -> str:
    return Organisation.objects.filter(kind="county_bureau").values_list("code", flat=True)[0]


def entry(limit: str = "large_class_share") -> dict[str, object]:
    return {
        "jurisdiction": county_code(),
        "value": "0.5",
        "day": "2020-01-01",
        "paper": "县教育局〔2020〕1号 <b>第三条</b>",
        "seen": "on",
        "note": "=1+1",
    }


def carried() -> Job:
    """The job that was asked for last, done."""
    job = Job.objects.latest("pk")
    carry.func(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.done.name, job.error
    return job


def drafted(client: Client, **other: object) -> LocalValue:
    answer = client.post(reverse("local-value-new", args=["large_class"]), entry() | {"value": "30"} | other)
    assert answer.status_code == 302, answer.context["form"].errors
    return LocalValue.objects.latest("pk")


def test_the_list_names_value_place_paper_and_what_is_only_believed(client_of: As) -> None:
    client = client_of(Role.inspector)
    page = client.get(reverse("standards"), {"on": DAY, "place": county_code()})
    rows = {(each.limit.name, each.whom): each for each in page.context["rows"]}
    assert rows["teachers_above_degree", "小学"].entry.value == law["teachers_above_degree"].entries[0].value
    assert rows["large_class", "全部"].is_open
    assert not rows["teachers_above_degree", "小学"].is_open
    believed = client.get(reverse("standards"), {"on": DAY, "open": "1"}).context["rows"]
    assert believed
    assert all(each.is_open for each in believed)
    before = client.get(reverse("standards"), {"on": "2013-01-01"}).context["rows"]
    assert "large_class" not in {each.limit.name for each in before}, "not in force yet on that day"


def test_a_believed_value_is_confirmed_once_by_name_with_a_note_and_can_be_taken_back(client_of: As) -> None:
    client = client_of(Role.supervision)
    page = client.get(reverse("standard", args=["large_class"]))
    mark = page.context["confirmable"][0].mark
    address = reverse("value-confirm", args=["large_class", mark])
    assert client.post(address, {"note": ""}).status_code == 409, "where it was seen must be said"
    client.post(address, {"note": "<script>教育部网站"})
    assert client.post(address, {"note": "again"}).status_code == 409
    held = Confirmation.objects.get()
    assert held.by.username.startswith("supervision")
    assert AuditEntry.objects.filter(action="standard.confirm", reason__contains="教育部").exists()
    shown = client.get(reverse("standard", args=["large_class"])).content.decode()
    assert "&lt;script&gt;教育部网站" in shown
    assert "<script>教育部" not in shown
    assert law["large_class"].entries[0].evidence.name == "believed", "the law itself is as it was shipped"
    client.post(reverse("value-unconfirm", args=[held.pk]), {"note": "看错了"})
    held.refresh_from_db()
    assert held.withdrawn_by == held.by
    assert client.get(reverse("standard", args=["large_class"])).context["confirmable"]


def confirmed(client: Client, limit: str) -> Confirmation:
    mark = client.get(reverse("standard", args=[limit])).context["confirmable"][0].mark
    client.post(reverse("value-confirm", args=[limit, mark]), {"note": "见国务院网站公开件"})
    return Confirmation.objects.latest("pk")


def only_class_size(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages' rows of one standard: to measure the others takes half a minute."""
    def of_one(city: Path, snapshot: Snapshot, on_progress: OnProgress) -> Result:
        return results(city, snapshot, on_progress, standards=["class_size"])
    monkeypatch.setattr(indexing, "results", of_one)


def test_what_rests_on_a_confirmed_value_is_believed_no_more_on_pages_in_exports_and_in_the_api(
    client_of: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    only_class_size(monkeypatch)
    client = client_of(Role.planning)
    confirmed(client, "large_class")
    carried()
    row, other = (FindingRow.objects.get(year=2025, item=item, level="county", stage="primary") for item in ("st.big", "st.xbig"))
    assert (row.evidence, other.evidence) == ("read", "believed")
    assert set(VerdictRow.objects.filter(year=2025).values_list("evidence", flat=True)) == {"believed"}, "another value still is"
    assert "所据的值尚待对照原文确认" not in client.get(row.get_absolute_url()).content.decode()
    assert "所据的值尚待对照原文确认" in client.get(other.get_absolute_url()).content.decode()
    law_table = client.get(reverse("finding-rows", args=[2025, "st.big", "county", row.group, "primary"])).content.decode()
    assert "见国务院网站公开件" in law_table, "by whom, when, where it was seen"
    listed = client.get("/api/v1/findings", {"item": "st.big", "level": "county"}).json()["items"]
    assert {each["evidence"] for each in listed} == {"read"}
    sheet = client.post(f"{reverse('findings-export')}?item=st.big&level=county").content
    book = CalamineWorkbook.from_filelike(BytesIO(sheet)).get_sheet_by_index(0).to_python()
    assert {line[-1] for line in book if line[1] == "st.big"} == {"已读原文转载"}


def test_a_confirmation_taken_back_makes_the_pages_loud_again(
    client_of: As, own_law: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    only_class_size(monkeypatch)
    client, before = client_of(Role.supervision), rules_digest(settings.CITY)
    confirmed(client, "large_class")
    confirmed(client, "extra_large_class")
    carried()
    assert set(FindingRow.objects.values_list("evidence", flat=True)) == {"read"}
    first = Job.objects.create(kind="findings.index", title="", state="done", asked={}, digest=digest_of_index(before),
                               heartbeat=timezone.now())
    for held in Confirmation.objects.all():
        client.post(reverse("value-unconfirm", args=[held.pk]), {"note": "看错了"})
    assert not (own_law / FILE).exists()
    assert rules_digest(settings.CITY) == before
    again = Job.objects.filter(digest=first.digest).latest("pk")
    assert again != first, "what was done for the same rules long ago is done again"
    assert carried() == again
    assert set(FindingRow.objects.filter(item__in=["st.big", "st.xbig"]).values_list("evidence", flat=True)) == {"believed"}


def digest_of_index(rules: str) -> str:
    current = {str(year): name for year, name in City(settings.CITY).current().items()}
    return digest_of("findings.index", {"snapshots": current, "rules": rules})


def test_the_citys_law_follows_the_rows_when_a_desk_starts(client_of: As, own_law: Path) -> None:
    client = client_of(Role.supervision)
    confirmed(client, "large_class")
    written = (own_law / FILE).read_bytes()
    for lost in (b"", b"= broken"):
        (own_law / FILE).write_bytes(lost)
        write_confirmed()
        assert (own_law / FILE).read_bytes() == written


def test_a_confirmation_is_of_the_entry_and_not_of_its_name(client_of: As) -> None:
    client = client_of(Role.supervision)
    mark = client.get(reverse("standard", args=["large_class"])).context["confirmable"][0].mark
    client.post(reverse("value-confirm", args=["large_class", mark]), {"note": "见公开件"})
    Confirmation.objects.update(value="55")
    assert client.get(reverse("standard", args=["large_class"])).context["confirmable"]


def test_a_local_value_is_in_force_only_after_its_effects_were_measured(client_of: As, own_law: Path) -> None:
    client = client_of(Role.supervision)
    before = rules_digest(settings.CITY)
    value = drafted(client)
    save = reverse("local-value-save", args=[value.pk])
    assert client.post(save, {"state": "draft"}).status_code == 409, "nobody has seen what it changes"
    assert rules_digest(settings.CITY) == before
    result = carried().result
    assert [each["year"] for each in result["years"]] == [2025, 2024]
    moves = [each for year in result["years"] for each in year["moves"]]
    assert moves, "classes of thirty are large now"
    assert {(each["before"], each["after"]) for each in moves} == {("met", "not_met")}
    page = client.get(reverse("local-value", args=[value.pk]))
    assert page.context["fresh"]
    assert "保存并生效" in page.content.decode()
    assert "<b>第三条" not in page.content.decode()
    assert rules_digest(settings.CITY) == before, "measuring leaves the city's law as it is"
    client.post(save, {"state": "draft"})
    value.refresh_from_db()
    assert value.state == "in_force"
    file = own_law / value.file
    assert tomllib.loads(file.read_text())["large_class"]["since"][0]["paper"] == value.paper
    assert {each.value for each in law_book(value.day, own_law).entries(law["large_class"], value.jurisdiction)} == {56, 30}
    assert AuditEntry.objects.filter(action="standard.in_force").get().detail["paper"] == value.paper
    assert Job.objects.latest("pk").kind == "findings.index", "the pages are measured anew"


def test_what_was_measured_before_the_law_changed_cannot_be_saved(client_of: As, own_law: Path) -> None:
    client = client_of(Role.supervision)
    value = drafted(client)
    job = Job.objects.latest("pk")
    Job.objects.filter(pk=job.pk).update(state="done", result={"years": []})
    own_law.mkdir(exist_ok=True)
    (own_law / "desk-000000.toml").write_text('jurisdiction = "99"\n')
    assert client.post(reverse("local-value-save", args=[value.pk]), {"state": "draft"}).status_code == 409
    assert not (own_law / value.file).exists()


def measured(value: LocalValue) -> None:
    """As if the worker had found that nothing changes."""
    Job.objects.filter(pk=Job.objects.latest("pk").pk).update(state="done", result={"years": [], "before_its_day": []})


def test_a_value_looser_than_the_nations_is_a_warning_and_needs_a_reason(client_of: As, own_law: Path) -> None:
    client = client_of(Role.planning)
    value = drafted(client, value="60")
    measured(value)
    page = client.get(reverse("local-value", args=[value.pk]))
    assert "宽于国家标准" in page.context["warnings"][0]
    english = in_english(client).get(reverse("local-value", args=[value.pk]))
    assert "60 asks for less than the nation&#x27;s" in english.content.decode()
    save = reverse("local-value-save", args=[value.pk])
    assert client.post(save, {"state": "draft"}).status_code == 409
    client.post(save, {"state": "draft", "reason": "省厅同意"})
    assert (own_law / value.file).exists()


def test_a_saved_value_is_taken_off_only_after_that_is_measured_too(client_of: As, own_law: Path) -> None:
    client = client_of(Role.planning)
    value = drafted(client)
    measured(value)
    save = reverse("local-value-save", args=[value.pk])
    client.post(save, {"state": "draft"})
    assert client.post(save, {"state": "draft"}).status_code == 409, "a replayed form saves nothing twice"
    assert client.post(save, {"state": "in_force"}).status_code == 409
    client.post(reverse("local-value-measure", args=[value.pk]))
    measured(value)
    client.post(save, {"state": "in_force", "reason": "文件废止"})
    value.refresh_from_db()
    assert value.state == "withdrawn"
    assert not (own_law / value.file).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": "六十"},
        {"value": "NaN"},
        {"value": "1e999"},
        {"value": "-1"},
        {"value": "drop"},
        {"paper": "一行\x00二行"},
        {"paper": ""},
        {"jurisdiction": "110101"},
        {"day": "1900-01-01"},
        {"stage": "university"},
    ],
)
def test_a_wrong_local_value_is_refused_beside_its_field(client_of: As, wrong: dict[str, str]) -> None:
    page = client_of(Role.planning).post(reverse("local-value-new", args=["large_class"]), entry() | {"value": "50"} | wrong)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == list(wrong)
    assert not LocalValue.objects.exists()


def test_conditions_stand_in_the_file_as_they_were_entered(client_of: As) -> None:
    value = drafted(
        client_of(Role.planning), stage="junior", kind=["nine_year"], built_year_until="2010", migrant_share_above="0.5",
        paper='引号"与\\反斜杠〔2020〕',
    )
    row = tomllib.loads(value.text)["large_class"]["since"][0]
    assert row["where"] == {"stage": "junior", "kind": ["nine_year"], "built_year_until": 2010, "migrant_share_above": 0.5}
    assert row["paper"] == '引号"与\\反斜杠〔2020〕'


def test_an_officer_of_one_county_decides_for_that_county_alone(person: Callable[..., Person]) -> None:
    other = Organisation.objects.create(kind=OrganisationKind.county_bureau.name, code="990199", name="别县教育局")
    officer = person(Role.planning, "county_bureau", other.code)
    client = Client()
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("local-value-new", args=["large_class"]))
    assert [each.code for each in page.context["form"].places] == [other.code]
    whole = client.get(reverse("standard", args=["large_class"]))
    assert whole.context["confirmable"] == [], "a national value is confirmed for everybody"
    wanted = mark(key("large_class", all_entries(law["large_class"])[0]))
    assert client.post(reverse("value-confirm", args=["large_class", wanted]), {"note": "x"}).status_code == 409
    theirs = LocalValue.objects.create(
        limit="large_class", jurisdiction=county_code(), place="x", day="2020-01-01", value="50", paper="p", by=officer
    )
    assert client.get(reverse("local-value", args=[theirs.pk])).status_code == 404, "a draft of another county"
    assert list(client.get(reverse("standard", args=["large_class"])).context["drafts"]) == []
    assert client.get(reverse("standards")).context["drafts"] == 0


@pytest.mark.parametrize("role", [Role.chief, Role.office, Role.auditor])
def test_only_planning_and_supervision_change_the_law(client_of: As, role: Role) -> None:
    client = client_of(role)
    assert client.get(reverse("standards")).status_code == 200
    assert client.get(reverse("local-value-new", args=["large_class"])).status_code == 403
    assert client.post(reverse("value-confirm", args=["large_class", "x"]), {"note": "x"}).status_code == 403


def test_pages_of_the_law_ask_the_database_a_fixed_number_of_times(
    client_of: As, django_assert_max_num_queries: Callable[..., object]
) -> None:
    client = client_of(Role.planning)
    for number in range(30):
        drafted(client, value=str(20 + number))
    held = LocalValue.objects.latest("pk")
    for address in (
        reverse("standards"), reverse("local-values"), reverse("standard", args=["large_class"]),
        reverse("local-value", args=[held.pk]),
    ):
        with django_assert_max_num_queries(20):  # type: ignore[attr-defined]
            assert client.get(address).status_code == 200




@pytest.mark.parametrize(
    ("value", "unit", "told"),
    [
        (1, "share", ("100", "%")),
        (Decimal("0.05"), "share", ("5", "%")),
        (0, "share", ("0", "%")),
        ("east", "region", ("东部", "")),
    ],
)
def test_a_value_is_told_as_people_read_it(value: Value, unit: str, told: tuple[str, str]) -> None:
    assert printed(value, unit) == told


def test_the_law_is_told_in_english_words_on_an_english_page(client_of: As) -> None:
    client = in_english(client_of(Role.planning))
    listed = client.get(reverse("standards")).content.decode()
    assert all(word in listed for word in ("large class", "pupils per class", "yuan/pupil", "quality balance 2017"))
    assert {word for word in (">大班额线<", "人/班", "元/人", "县域义务教育优质均衡", ">全国<") if word in listed} == set()
    assert "教督〔2017〕6号" in listed, "a paper keeps its name"
    asked = client.get(reverse("local-value-new", args=["large_class"])).content.decode()
    assert "Unit: pupils per class" in asked
    assert "nine year" in asked


@pytest.mark.parametrize(("where", "chinese", "english"), [
    ({}, "全部", "All"),
    ({"stage": "primary"}, "小学", "primary"),
    ({"area": ["town", "rural"], "pupils_from": 50}, "镇区、乡村，学生数不低于50", "town, rural, pupils at least 50"),
    ({"province": ["11", "31"]}, "北京、上海", "Beijing, Shanghai"),
    ({"boarding": True, "built_year": 2017}, "寄宿制，建成年份为2017", "boarding, year built is 2017"),
])
def test_for_whom_a_value_is_stands_in_the_language_of_the_page(where: dict[str, object], chinese: str, english: str) -> None:
    assert conditions(where) == conditions_shown(where) == chinese
    with override("en"):
        assert (conditions(where), conditions_shown(where)) == (chinese, english)
