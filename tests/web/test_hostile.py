"""Hostile input: in every parameter, field and address of the resolver, and whatever schemathesis thinks of for the API."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from random import Random

import pytest
import schemathesis
from django.contrib.sessions.models import Session
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, settings
from hypothesis import given as given_case

from junheng.people import tokens
from junheng.people.codes import Role
from junheng.people.models import AuditEntry, Person
from junheng.register.models import School
from junheng.web.wsgi import application
from tests.web.conftest import As
from tests.web.draws import Draws, Listening

pytestmark = pytest.mark.django_db
SCRIPT, PRODUCT = "<script>alert(7)</script>", "51724863"  # what a template would make of the third
HOSTILE = (
    "'",
    "' OR '1'='1' --",
    "{{ 7191*7193 }}{% debug %}${7191*7193}",
    '"; DROP TABLE people_person; --',
    f'">{SCRIPT}',
    "1) UNION SELECT password FROM people_person --",
    "a\x00b",
    "../../../../etc/passwd",
    "9" * 40,
    "9" * 5000,
    "-1",
    "²",
    "\ud7ff\U0010ffff﷽",
    "%s%s%n%(x)s{0}",
    "=HYPERLINK(1)",
    "x" * 3000,
    "",
)
PATH = tuple(each for each in HOSTILE if each and "/" not in each and len(each) < 100)
OUT = ("/logout/", "/login/", "/language/")


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def wide(client_of: As) -> list[Client]:
    """Those who between them may open every page, each with a browser that reports a breakdown as its page does."""
    made = [
        client_of(role, "school" if role is Role.principal else "city_bureau")
        for role in (Role.planning, Role.chief, Role.administrator, Role.principal, Role.office)
    ]
    for client in made:
        client.raise_request_exception = False
    return made


@pytest.fixture
def draws(wide: list[Client], monkeypatch: pytest.MonkeyPatch) -> Draws:
    with monkeypatch.context() as listening:
        listening.setattr("django.core.handlers.wsgi.QueryDict", Listening)
        return Draws.of_desk(wide, Random(7))


def turned(names: list[str], by: int) -> dict[str, str]:
    """Each name with another of the strings; after as many turns as there are strings each has had all."""
    return {name: HOSTILE[(number + by) % len(HOSTILE)] for number, name in enumerate(names)}


def hurt(answer: object) -> str:
    """What is wrong with an answer to something hostile; nothing where it is well."""
    if answer.status_code >= 500:
        return f"status {answer.status_code}"
    text = "" if answer.streaming else answer.content.decode("utf-8", "replace")
    if "html" in answer["Content-Type"] and SCRIPT in text:
        return "a script came through"
    if PRODUCT in text:
        return "a template was evaluated"
    return ""


def test_no_parameter_and_no_address_breaks_a_page_or_comes_through(wide: list[Client], draws: Draws) -> None:
    random, wrong, tried = Random(7), [], 0
    for route, each in draws.routes.items():
        if route in OUT:
            continue
        names = sorted(draws.names[route] | {"page", "q"})
        for turn in range(len(HOSTILE)):
            client = wide[turn % len(wide)]
            asked = turned(names, turn)
            links = sorted(draws.links[route])
            fixed = {
                name: PATH[turn % len(PATH)] if type(one).__name__ != "IntConverter" else 10**turn
                for name, one in each.converters.items()
            }
            address = random.choice(links).partition("?")[0] if links and turn % 2 else each.filled(fixed)
            tried += 1
            if found := hurt(client.get(address, asked)):
                wrong.append(f"{address[:120]} {route}: {found} {str(asked)[:300]}")
    assert not wrong, f"{len(wrong)} of {tried}\n" + "\n".join(wrong[:20])
    assert tried > 500


def test_no_field_of_any_form_breaks_the_desk_or_comes_through(wide: list[Client], draws: Draws) -> None:
    random, wrong, people = Random(7), [], Person.objects.count()
    for route, each in draws.routes.items():
        names = sorted(draws.names[route] - {"csrfmiddlewaretoken"} | {"note", "name"})
        if route in OUT or route.startswith("/api/"):
            continue
        for turn in range(len(HOSTILE)):
            client, cookies = wide[turn % len(wide)], dict(wide[turn % len(wide)].cookies)
            links = sorted(draws.links[route])
            values = {name: draws._value(name, converter, random) for name, converter in each.converters.items()}
            address = random.choice(links).partition("?")[0] if links else each.filled(values)
            with transaction.atomic():
                if found := hurt(client.post(address, turned(names, turn), follow=True)):
                    wrong.append(f"{address} {route}: {found} {str(turned(names, turn))[:300]}")
                transaction.set_rollback(True)
            client.cookies.clear()
            client.cookies.update(cookies)
    assert not wrong, "\n".join(wrong[:20])
    assert Person.objects.count() == people


def test_a_form_with_a_forged_or_missing_token_changes_nothing(wide: list[Client], draws: Draws) -> None:
    before = AuditEntry.objects.count()
    sessions = {client: client.cookies["sessionid"].value for client in wide}
    random = Random(7)
    for session in sessions.values():
        strict = Client(enforce_csrf_checks=True)
        strict.cookies["sessionid"] = session
        strict.cookies["csrftoken"] = "a" * 32
        for route, each in draws.routes.items():
            if route.startswith("/api/"):
                continue
            address = each.filled({name: draws._value(name, converter, random) for name, converter in each.converters.items()})
            for form in ({}, {"csrfmiddlewaretoken": "b" * 32}):
                answer = strict.post(address, form)
                assert answer.status_code == 403, address
                assert "没有保存" in answer.content.decode(), address
    assert AuditEntry.objects.count() == before
    assert Session.objects.filter(pk__in=sessions.values()).count() == len(wide), "nobody was logged out"


def test_a_reader_of_sql_finds_no_more_than_one_who_asks_for_nonsense(client_of: As) -> None:
    client = client_of(Role.county_officer, "county_bureau")
    for asked in ("' OR '1'='1", "%' OR 1=1 --", "_" * 3, "%%%", "\\"):
        assert len(client.get(reverse("schools"), {"q": asked}).context["page"].object_list) == 0
        assert client.get("/api/v1/schools", {"q": asked}).json()["count"] == 0
        assert client.get("/api/v1/findings", {"item": asked}).json()["count"] == 0


@pytest.fixture
def token(person: Callable[..., Person]) -> str:
    return tokens.issue(person(Role.planning), "schemathesis", 30)


@pytest.mark.parametrize("given", [None, "Bearer x", "Bearer ", "Basic YTpi", "Bearer " + "x" * 5000])
def test_without_a_token_the_api_tells_nothing_whatever_is_asked(given: str | None) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    for operation in (each.ok() for each in schema.get_all_operations()):

        @settings(max_examples=3, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
        @given_case(case=operation.as_strategy())
        def refuses(case: schemathesis.Case) -> None:
            answer = case.call(headers={"Authorization": given} if given else {})
            assert answer.status_code == 401, case
            assert set(answer.json()) == {"what", "todo"}

        refuses()


def test_the_api_keeps_to_its_description_whatever_is_asked(token: str) -> None:
    """Schemathesis draws what the description allows and what it does not; the answers are as described."""
    known = School.objects.order_by("school_id").values_list("school_id", flat=True)[0]
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    operations = [each.ok() for each in schema.get_all_operations()]
    assert len(operations) >= 8
    for operation in operations:
        strategy = (
            operation.as_strategy(generation_mode=schemathesis.GenerationMode.POSITIVE)
            | operation.as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE)
            if operation.query or operation.path_parameters
            else operation.as_strategy()
        )

        @settings(max_examples=30, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
        @given_case(case=strategy)
        def keeps(case: schemathesis.Case) -> None:
            if "school_id" in (case.path_parameters or {}) and len(str(case.path_parameters["school_id"])) % 3 == 0:
                case.path_parameters["school_id"] = known
            case.call_and_validate(headers={"Authorization": f"Bearer {token}"})

        keeps()
