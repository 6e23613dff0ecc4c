"""The JSON API: what a program of a person reads, and what it does not."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import get_args

import polars as pl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from junheng.indicators.models import FindingRow, VerdictRow
from junheng.kernel import codes
from junheng.people import tokens
from junheng.people.codes import Role
from junheng.people.models import ApiToken, AuditEntry, Organisation, Person
from junheng.register.holding import City, open_snapshot
from junheng.register.holding.snapshots import write_snapshot
from junheng.register.models import RegisterYear, School
from junheng.register.submission import CodeSystem, HandedIn, Submission
from junheng.web.api import shapes
from tests.web.conftest import As
from tests.web.two_counties import OWN, raise_neighbour, raise_people

pytestmark = pytest.mark.django_db
Makes = Callable[..., Person]
API = "/api/v1"


def reader(person: Person) -> Client:
    """A program with a token of the person's, and no session."""
    return Client(headers={"Authorization": f"Bearer {tokens.issue(person, 'test', 30)}"})


@pytest.fixture
def officer(person: Makes) -> Client:
    return reader(person(Role.county_officer, "county_bureau"))


def inspector(person: Makes) -> tuple[Client, set[str]]:
    """One who reaches the first school alone."""
    made = person(Role.inspector, "school")
    return reader(made), {made.appointments.get().organisation.code}


def test_a_program_without_a_token_is_told_so_in_json(county: object) -> None:
    for header in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic eDp5"}, {"Authorization": ""}):
        answer = Client(headers=header).get(f"{API}/schools")
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"] == "Bearer"
        assert "令牌" in answer.json()["what"]


def test_a_token_ends_with_its_day_with_its_person_and_by_being_revoked(person: Makes) -> None:
    made = person(Role.county_officer, "county_bureau")
    client = reader(made)
    assert client.get(f"{API}/").status_code == 200
    ApiToken.objects.update(expires=timezone.now() - timedelta(seconds=1))
    assert client.get(f"{API}/").status_code == 401
    ApiToken.objects.update(expires=timezone.now() + timedelta(days=1))
    Person.objects.update(is_active=False)
    assert client.get(f"{API}/").status_code == 401
    Person.objects.update(is_active=True)
    assert client.get(f"{API}/").status_code == 200
    tokens.revoke(made, ApiToken.objects.get())
    assert client.get(f"{API}/").status_code == 401


def test_a_token_opens_no_page_and_beside_a_session_it_alone_counts(client_of: As, person: Makes) -> None:
    client = reader(person(Role.county_officer, "county_bureau"))
    assert client.get(reverse("schools")).status_code == 302
    session = client_of(Role.chief)
    assert session.get(f"{API}/").json()["roles"] == ["chief"]
    assert session.get(f"{API}/", headers={"Authorization": "Bearer wrong"}).status_code == 401


def test_a_token_is_shown_once_kept_as_a_digest_and_audited(client_of: As) -> None:
    client = client_of(Role.planning)
    page = client.post(reverse("tokens"), {"name": "报表程序", "days": "30"})
    token = page.context["made"]
    assert token in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert token not in client.get(reverse("tokens")).content.decode()
    held = ApiToken.objects.get()
    assert token not in json.dumps(list(ApiToken.objects.values("digest", "name")) + list(AuditEntry.objects.values("detail")))
    assert AuditEntry.objects.filter(action="token.new", detail__number=held.pk).exists()
    assert Client(headers={"Authorization": f"Bearer {token}"}).get(f"{API}/").json()["person"] == held.person.username
    client.post(reverse("token-revoke", args=[held.pk]))
    assert not ApiToken.objects.exists()
    assert AuditEntry.objects.filter(action="token.revoke").exists()


def test_nobody_revokes_the_token_of_another(client_of: As, person: Makes) -> None:
    tokens.issue(person(Role.chief), "his", 30)
    assert client_of(Role.planning).post(reverse("token-revoke", args=[ApiToken.objects.get().pk])).status_code == 404
    assert ApiToken.objects.exists()


def test_who_may_not_use_the_api_gets_neither_tokens_nor_rows(client_of: As, person: Makes) -> None:
    client = client_of(Role.principal, "school")
    assert client.get(reverse("tokens")).status_code == 403
    assert client.get(f"{API}/schools").status_code == 403
    clerk = person(Role.school_clerk, "school")
    assert reader(clerk).get(f"{API}/findings").status_code == 403, "a token gives no more than its person may"


def test_a_first_password_must_be_changed_before_a_token_counts(person: Makes) -> None:
    made = person(Role.county_officer, "county_bureau")
    client = reader(made)
    Person.objects.update(must_change_password=True)
    answer = client.get(f"{API}/")
    assert (answer.status_code, "初始密码" in answer.json()["what"]) == (403, True)


def test_all_rows_are_read_page_by_page_each_once(officer: Client) -> None:
    year = RegisterYear.objects.first()
    held = set(FindingRow.objects.filter(snapshot=year.snapshot, level="township").values_list("pk", flat=True))
    read: list[int] = []
    address: str | None = f"{API}/findings?level=township&size=7"
    while address:
        answer = officer.get(address).json()
        assert answer["count"] == len(held)
        assert len(answer["items"]) <= 7
        read += [each["id"] for each in answer["items"]]
        address = answer["next"]
    assert len(read) == len(held) > 7
    assert set(read) == held


def test_exact_numbers_are_strings_and_the_unknown_is_null_with_its_count(officer: Client) -> None:
    row = FindingRow.objects.filter(snapshot=RegisterYear.objects.first().snapshot, level="school", value__isnull=False).first()
    FindingRow.objects.filter(pk=row.pk).update(part="1234567890123456789.123456789", value=None, unknown=3, rows=7)
    found = officer.get(
        f"{API}/findings", {"item": row.item, "level": "school", "school": row.school_id, "stage": row.stage}
    ).json()
    each = next(each for each in found["items"] if each["id"] == row.pk)
    assert (each["part"], each["value"], each["unknown"], each["rows"]) == ("1234567890123456789.123456789", None, 3, 7)


def test_filters_narrow_and_places_outside_are_not_there(person: Makes) -> None:
    client, own = inspector(person)
    assert {each["school_id"] for each in client.get(f"{API}/schools").json()["items"]} == own
    assert {each["school_id"] for each in client.get(f"{API}/findings?size=1000").json()["items"]} == own
    other = School.objects.exclude(school_id__in=own).first()
    assert client.get(f"{API}/schools/{other.school_id}").status_code == 404
    assert client.get(f"{API}/findings", {"school": other.school_id}).json()["count"] == 0
    assert client.get(f"{API}/verdicts").json()["count"] == 0, "a county's verdict is not a school's"
    assert client.get(f"{API}/schools/{own.pop()}").json()["year"] == RegisterYear.objects.first().year


def test_verdicts_are_those_of_the_pages(officer: Client) -> None:
    found = officer.get(f"{API}/verdicts", {"year": 2024}).json()["items"]
    rows = VerdictRow.objects.filter(year=2024)
    assert {(each["standard"], each["stage"], each["verdict"]) for each in found} == set(
        rows.values_list("standard", "stage", "verdict")
    )


def test_the_years_in_force_and_their_versions_are_listed(officer: Client) -> None:
    years = officer.get(f"{API}/snapshots").json()
    assert [each["year"] for each in years] == [2025, 2024]
    versions = officer.get(f"{API}/snapshots/2025/versions").json()
    assert [(each["snapshot"], each["in_force"]) for each in versions] == [(years[0]["snapshot"], True)]
    assert officer.get(f"{API}/snapshots/1999/versions").status_code == 404


def test_a_difference_of_versions_shows_the_schools_in_reach_alone(
    person: Makes, corrected: tuple[str, str], officer: Client
) -> None:
    asked = {"table": "schools", "after": corrected[1], "before": corrected[0]}
    whole = officer.get(f"{API}/snapshots/2025/difference", asked).json()
    assert whole["count"] == 2, "two schools were renamed"
    assert {cell["column"] for row in whole["rows"] for cell in row["cells"]} == {"name"}
    first = whole["rows"][0]["key"]["school_id"]
    own = reader(person(Role.inspector, "school", first)).get(f"{API}/snapshots/2025/difference", asked).json()
    assert [row["key"]["school_id"] for row in own["rows"]] == [first]
    assert own["count"] == 1
    assert officer.get(f"{API}/snapshots/2024/difference", asked).status_code == 404, "a version of another year"


@pytest.fixture
def corrected(county: Path) -> Iterator[tuple[str, str]]:
    """Two versions of a year: the one in force and one beside it, never in force, that renames two schools."""
    before = open_snapshot(county, 2025)
    frames = {name: before.table(name) for name in before.tables}
    two = pl.col("school_id").is_in(frames["schools"]["school_id"].head(2).to_list())
    frames["schools"] = frames["schools"].with_columns(
        pl.when(two).then(pl.col("name") + "（新）").otherwise("name").alias("name")
    )
    files = [HandedIn(Path(each["name"]), each["name"], each["sha256"]) for each in before.files]
    facts = Submission(2025, files, frames, before.handed_in, code_system=CodeSystem(before.manifest["code_system"]))
    after = write_snapshot(City(county), facts, before, "更名", {})
    yield before.id, after.id
    shutil.rmtree(after.path)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"size": "0"}, "size"),
        ({"size": "x"}, "不是整数"),
        ({"level": "planet"}, "level"),
        ({"levle": "school"}, "没有这个参数"),
        ({"item": "a\x00b"}, "不允许的字符"),
        ({"year": "99999999999999999999"}, "year"),
    ],
)
def test_what_is_asked_wrongly_is_refused_in_words_that_name_it(officer: Client, asked: dict[str, str], words: str) -> None:
    answer = officer.get(f"{API}/findings", asked)
    assert answer.status_code == 422
    told = answer.json()
    assert words in told["what"]
    assert told["todo"]
    assert told["faults"][0]["where"] in asked


def test_nothing_can_be_written_and_no_address_beyond_is_there(officer: Client, client_of: As) -> None:
    for client in (officer, client_of(Role.administrator)):
        for method in ("post", "put", "patch", "delete"):
            answer = getattr(client, method)(f"{API}/schools", "{}", content_type="application/json")
            assert (answer.status_code, answer["Allow"]) == (405, "GET")
            assert "只供读取" in answer.json()["what"]
    for address in ("docs", "nothing", "schools/"):
        answer = officer.get(f"{API}/{address}")
        assert answer.status_code == 404
        assert answer.json()["todo"]


def test_the_description_lists_every_address_and_needs_nobody(county: object) -> None:
    answer = Client().get(f"{API}/openapi.json")
    described = answer.json()
    assert described["openapi"].startswith("3.")
    assert set(described["paths"]) >= {f"{API}/{each}" for each in ("findings", "schools", "verdicts", "snapshots")}
    assert described["security"] == [{"token": []}]


def test_its_closed_lists_are_those_of_the_contract() -> None:
    assert get_args(shapes.Level) == tuple(codes.Level.__members__)
    assert get_args(shapes.Verdict) == tuple(codes.Verdict.__members__)
    assert set(get_args(shapes.Stage)) == {*codes.Stage.__members__, "all"}
    assert set(FindingRow.objects.values_list("stage", flat=True).distinct()) <= set(get_args(shapes.Stage))


def test_plans_are_those_whose_counties_are_all_in_reach_with_money_as_strings(person: Makes, officer: Client) -> None:
    raise_neighbour()
    raise_people()
    assert [each["digest"] for each in officer.get(f"{API}/plans").json()] == ["0" * 12]
    plan = officer.get(f"{API}/plans/{'0' * 12}").json()
    assert (plan["cost"], plan["state"], plan["counties"][0]["county_code"]) == ("1.00", "draft", OWN)
    found = officer.get(f"{API}/plans/{'0' * 12}/measures?size=5").json()
    assert (found["count"], len(found["items"]), found["items"][0]["amount"]) == (12, 5, "1.0000")
    for digest in ("1" * 12, "2" * 12):
        assert officer.get(f"{API}/plans/{digest}").status_code == 404
        assert officer.get(f"{API}/plans/{digest}/measures").status_code == 404
    assert len(reader(person(Role.planning)).get(f"{API}/plans").json()) == 3


@pytest.mark.parametrize("address", ["plans", "", "findings?size=500", "schools?size=500", "verdicts", "snapshots"])
def test_a_call_asks_the_database_a_fixed_number_of_times(
    officer: Client, address: str, django_assert_max_num_queries: Callable[..., object]
) -> None:
    officer.get(f"{API}/")
    with django_assert_max_num_queries(8):  # type: ignore[attr-defined]
        assert officer.get(f"{API}/{address}").status_code == 200


def test_an_initial_password_again_ends_the_tokens(person: Makes, client_of: As) -> None:
    made = person(Role.planning, "city_bureau", Organisation.objects.get(kind="city_bureau").code)
    tokens.issue(made, "old", 30)
    client_of(Role.administrator).post(reverse("person-password", args=[made.pk]))
    assert not ApiToken.objects.exists()


def test_a_program_that_asks_for_english_is_refused_in_english(officer: Client) -> None:
    english = {"Accept-Language": "en"}
    assert Client().get(f"{API}/schools", headers=english).json()["what"].startswith("Not logged in")
    assert officer.get(f"{API}/schools", {"nothing": 1}, headers=english).json() == {
        "what": "parameter nothing: there is no such parameter",
        "todo": "mend it by the description of the API and try again",
        "faults": [{"where": "nothing", "what": "there is no such parameter"}],
    }
    assert officer.post(f"{API}/schools", headers=english).json()["what"] == "The data API is for reading only and takes no POST"
