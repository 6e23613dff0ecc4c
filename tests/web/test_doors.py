"""Who gets in where."""

from __future__ import annotations

import pyotp
import pytest
from django.test import Client
from django.urls import reverse

from junheng.people import logins
from junheng.people.codes import Role
from junheng.people.models import AuditEntry, Person
from junheng.register.models import School
from tests.web.addresses import addresses
from tests.web.conftest import PASSWORD, As, in_english

pytestmark = pytest.mark.django_db


def test_every_address_says_who_may_open_it() -> None:
    said = ("needs", "public")
    assert [each.route for each in addresses() if not any(hasattr(each.view, name) for name in said)] == []


def test_nobody_sees_anything_without_logging_in(county: object) -> None:
    for each in addresses():
        if getattr(each.view, "public", False) or each.converters:
            continue
        answer = Client().get(each.route)
        if each.route.startswith("/api/"):
            assert answer.status_code == 401
        else:
            assert answer.status_code == 302
            assert answer["Location"].startswith(reverse("login"))


PUBLIC = {"/login/", "/login/code/", "/language/", "/api/v1/openapi.json", "/healthz", "/metrics"}


def test_what_is_public_tells_no_count_and_no_name_of_a_school(county: object) -> None:
    """Counts under 5 are hidden on public pages: there are none that count pupils. Whoever adds one hides them first."""
    open_to_all = {each.route for each in addresses() if getattr(each.view, "public", False)}
    assert open_to_all == PUBLIC
    words = {word for row in School.objects.values_list("school_id", "name", "county", "county_code") for word in row}
    for route in open_to_all:
        text = Client().get(route, follow=True).content.decode()
        assert not [word for word in words if word in text], route


def log_in(username: str, password: str = PASSWORD, client: Client | None = None) -> tuple[Client, int]:
    client = client or Client()
    return client, client.post(reverse("login"), {"username": username, "password": password}).status_code


def test_a_right_password_leads_to_the_overview_and_is_audited(person: object) -> None:
    made: Person = person(Role.chief)  # type: ignore[operator]
    client, status = log_in(made.username)
    assert status == 302
    assert client.get(reverse("overview")).status_code == 200
    assert AuditEntry.objects.filter(action="login", actor=made.username).exists()


def test_after_six_wrong_passwords_even_the_right_one_is_locked_out(person: object) -> None:
    made: Person = person(Role.chief)  # type: ignore[operator]
    assert {log_in(made.username, "wrong")[1] for _ in range(5)} == {200}
    assert log_in(made.username, "wrong")[1] == 429
    assert log_in(made.username)[1] == 429


def test_the_second_factor_is_asked_and_wrong_codes_end_the_log_in(person: object) -> None:
    made: Person = person(Role.chief)  # type: ignore[operator]
    secret = logins.new_secret()
    made.second_factor = logins.seal(secret)
    made.save()
    client, _ = log_in(made.username)
    assert client.get(reverse("overview")).status_code == 302, "not inside before the code"
    for _ in range(5):
        last = client.post(reverse("login-code"), {"code": "000000"})
    assert last.status_code == 302
    assert client.get(reverse("login-code")).status_code == 302, "the password is asked again"
    client, _ = log_in(made.username)
    assert client.post(reverse("login-code"), {"code": pyotp.TOTP(secret).now()}).status_code == 302
    assert client.get(reverse("overview")).status_code == 200


def test_an_initial_password_must_be_changed_before_anything_is_seen(client_of: As) -> None:
    client = client_of(Role.chief)
    Person.objects.update(must_change_password=True)
    assert client.get(reverse("overview"))["Location"] == reverse("password")
    assert client.get(reverse("password")).status_code == 200


def test_a_log_in_does_not_lead_to_another_site(person: object) -> None:
    made: Person = person(Role.chief)  # type: ignore[operator]
    answer = Client().post(reverse("login"), {"username": made.username, "password": PASSWORD, "next": "https://evil.example/"})
    assert answer["Location"] == reverse("overview")


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.name)
def test_the_first_page_opens_for_every_role_and_lists_only_sections_it_may_open(client_of: As, role: Role) -> None:
    client = client_of(role, "school" if role in (Role.principal, Role.school_clerk) else "city_bureau")
    page = client.get(reverse("overview"))
    assert page.status_code == 200
    for section in page.context["sections"]:
        assert client.get(section.href).status_code == 200, section.href


def test_a_principal_sees_his_school_alone(client_of: As) -> None:
    page = client_of(Role.principal, "school").get(reverse("schools"))
    assert len(page.context["page"].object_list) == 1


def test_health_and_metrics_answer_without_a_person(county: object) -> None:
    assert Client().get("/healthz").json()["status"] == "ok"
    assert b"junheng_answers" in Client().get("/metrics").content


def test_a_forged_form_is_refused_in_words(person: object) -> None:
    made: Person = person(Role.chief)  # type: ignore[operator]
    client = Client(enforce_csrf_checks=True)
    answer = client.post(reverse("login"), {"username": made.username, "password": PASSWORD})
    assert answer.status_code == 403
    assert "没有保存" in answer.content.decode()


def test_the_second_factor_is_set_up_by_a_code_and_taken_away_by_one(client_of: As) -> None:
    client = client_of(Role.chief)
    page = client.get(reverse("second-factor"))
    secret = page.context["secret"]
    assert page.context["picture"].startswith("data:image/svg+xml")
    client.post(reverse("second-factor"), {"code": "000000"})
    assert not Person.objects.get().second_factor
    client.post(reverse("second-factor"), {"code": pyotp.TOTP(secret).now()})
    held = Person.objects.get()
    assert logins.opened(held) == secret
    assert secret not in held.second_factor, "only the desk can read it"
    client.post(reverse("second-factor"), {"code": pyotp.TOTP(secret).now()})
    assert not Person.objects.get().second_factor


@pytest.mark.parametrize("role", [Role.chief, Role.school_clerk])
def test_ones_own_account_leads_to_what_one_may_change(client_of: As, role: Role) -> None:
    client = client_of(role, "school" if role is Role.school_clerk else "city_bureau")
    page = client.get(reverse("account")).content.decode()
    assert reverse("password") in page
    assert reverse("second-factor") in page
    assert (reverse("tokens") in page) is (role is Role.chief), "the API is not for schools"


@pytest.mark.parametrize(
    ("address", "route"),
    [
        ("/", "overview"),
        ("/todo/", "overview"),
        ("/organisations/", "people"),
        ("/permissions/", "people"),
        ("/schools/", "schools"),
        ("/account/", None),
    ],
)
def test_the_left_column_marks_the_section_that_the_page_is_of(client_of: As, address: str, route: str | None) -> None:
    sections = client_of(Role.chief).get(address).context["sections"]
    assert [each.href for each in sections if each.on] == ([reverse(route)] if route else [])


def test_a_refusal_is_in_the_language_of_the_page_and_says_what_to_do(client_of: As) -> None:
    client = client_of(Role.planning)
    chinese = client.get(reverse("audit")).content.decode()
    assert "<h1>您的职责范围不包括看操作记录</h1><p>确有工作需要，请找系统管理员核对岗位和范围</p>" in chinese
    english = in_english(client).get(reverse("audit")).content.decode()
    assert "<h1>Outside your duties: See the audit log</h1><p>If your work needs it, ask the administrator" in english


def test_a_forged_form_is_refused_in_english_too(person: object) -> None:
    made: Person = person(Role.chief)  # type: ignore[operator]
    client = in_english(Client(enforce_csrf_checks=True))
    answer = client.post(reverse("login"), {"username": made.username, "password": PASSWORD})
    assert (answer.status_code, "nothing was saved" in answer.content.decode()) == (403, True)


def test_the_school_year_stands_at_the_head_of_every_page_in_its_language(client_of: As) -> None:
    client = client_of(Role.chief)
    assert "2025—2026 学年" in client.get(reverse("overview")).content.decode()
    assert "2025–2026 school year" in in_english(client).get(reverse("overview")).content.decode()
