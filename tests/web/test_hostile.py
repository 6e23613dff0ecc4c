"""Hostile input: in every parameter, field and address of the resolver, and whatever schemathesis thinks of for the API."""

from __future__ import annotations

import logging
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
import schemathesis
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import given as given_case

from junheng.people import tokens
from junheng.people.codes import Role
from junheng.people.models import AuditEntry, Person
from junheng.people.scope import Access
from junheng.planning.indexing import index as index_plan
from junheng.planning.keeping import PLANS, keep, run
from junheng.planning.plan import Plan
from junheng.register.models import School
from junheng.web.demo import person_of
from junheng.web.wsgi import application
from tests.web.at_work import YEAR, begun
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
STANDARDS = ("/standards/large_class/", "/standards/extra_large_class/")  # a value is confirmed, and one is to be confirmed
UNREACHED = {  # addresses that take no form, and that nobody has anything to read at
    "/guide/templates/<slug:name>.xlsx",
    "/submissions/versions/<slug:snapshot>/",
    "/findings/<int:year>/<str:item>/<str:level>/<path:group>/<str:stage>/rows/",
    "/findings/<int:year>/<str:item>/<str:level>/<path:group>/<str:stage>/parts/",
    "/plans/<slug:digest>/points/<slug:when>.geojson",
    "/plans/<slug:digest>/papers/<slug:paper>/",
    "/plans/runs/<int:number>/progress/",
}


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


class Wide(Client):
    """A browser of one of those who between them may open every page; it reports a breakdown as its page does."""

    def __init__(self, person: Person) -> None:
        super().__init__(raise_request_exception=False)
        self.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        self.kept, self.access = dict(self.cookies), Access(person, timezone.localdate())

    def passes(self, view: object) -> bool:
        """Whether its doors open to this person."""
        return all(any(self.access.may(action) for action in door) for door in getattr(view, "doors", ()))

    def sends(self, address: str, form: dict[str, str]) -> HttpResponse:
        """What a form brings, and is then undone."""
        with transaction.atomic():
            answer = self.post(address, form, follow=True)
            transaction.set_rollback(True)
        self.cookies.clear()
        self.cookies.update(self.kept)
        return answer


ROLES = (Role.planning, Role.chief, Role.deputy, Role.administrator, Role.principal, Role.office, Role.county_officer,
         Role.supervision)


@pytest.fixture
def wide(db: None) -> list[Wide]:
    return [Wide(person_of(role)) for role in ROLES]


@pytest.fixture
def at_work(wide: list[Wide], plan: Plan, county: Path) -> Iterator[list[Wide]]:
    for made in (plan, replace(plan, measures=plan.measures[1:], cost=plan.cost - plan.measures[0].cost)):
        index_plan(county, keep(county, made, run(1.0)).name)
    begun(county, versions=False)
    wide[0].post(reverse("plan-new"), {"counties": ["990101"], "year": YEAR, "years": 2, "margin": "3", "gap": "30"})  # it waits
    yield wide
    for left in (PLANS, "standards"):  # the rows of it are undone with the test, its files are not
        shutil.rmtree(county / left)


@pytest.fixture
def draws(wide: list[Wide], monkeypatch: pytest.MonkeyPatch) -> Draws:
    with monkeypatch.context() as listening:
        listening.setattr("django.core.handlers.wsgi.QueryDict", Listening)
        return Draws.of_desk(wide, Random(7), first=STANDARDS)


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


def test_nothing_that_is_typed_anywhere_breaks_the_desk_or_comes_through(at_work: list[Wide], draws: Draws) -> None:
    """On a desk with work in each of its states, so that every page and form is about something."""
    asked = list(of_parameters(at_work, draws))
    people = Person.objects.count()
    sent, ended = [], defaultdict(set)
    for route, answered, wrong in of_forms(at_work, draws):
        ended[route].add(answered)
        sent.append(wrong)
    wrong = [each for each in asked + sent if each]
    assert not wrong, f"{len(wrong)} of {len(asked)} and {len(sent)}\n" + "\n".join(wrong[:20])
    assert Person.objects.count() == people
    assert len(asked) > 500
    assert {route for route, each in ended.items() if each <= {403, 404}} <= UNREACHED


def of_parameters(wide: list[Wide], draws: Draws) -> Iterator[str]:
    """What is wrong with the answer to each route with each of the strings in each parameter, and in its address."""
    random = Random(7)
    for route, each in draws.routes.items():
        if route in OUT:
            continue
        names, links = sorted(draws.names[route] | {"page", "q"}), sorted(draws.links[route])
        for turn in range(len(HOSTILE)):
            asked = turned(names, turn)
            fixed = {
                name: PATH[turn % len(PATH)] if type(one).__name__ != "IntConverter" else 10**turn
                for name, one in each.converters.items()
            }
            address = random.choice(links).partition("?")[0] if links and turn % 2 else each.filled(fixed)
            found = hurt(wide[turn % len(wide)].get(address, asked))
            yield found and f"{address[:120]} {route}: {found} {str(asked)[:300]}"


def of_forms(wide: list[Wide], draws: Draws) -> Iterator[tuple[str, int, str]]:
    """Each route with each of the strings in each field; every other time what is hidden in its form is left as it came."""
    random = Random(7)
    for route, each in draws.routes.items():
        if route in OUT or route.startswith("/api/"):
            continue
        names = sorted(draws.names[route] - {"csrfmiddlewaretoken"} | {"note", "name"})
        links, inside = linked(draws, route), [client for client in wide if client.passes(each.view)]
        for turn in range(len(HOSTILE)):
            values = {name: draws._value(name, converter, random) for name, converter in each.converters.items()}
            address = random.choice(links).partition("?")[0] if links else each.filled(values)
            form = turned(names, turn) | (random.choice(draws.fixed[route] or [{}]) if turn % 2 else {})
            answer = random.choice(inside).sends(address, form)
            found = hurt(answer)
            ended = answer.redirect_chain[0][1] if answer.redirect_chain else answer.status_code
            yield route, ended, found and f"{address} {route}: {found} {str(form)[:300]}"


def linked(draws: Draws, route: str) -> list[str]:
    """The links to it; of a form that no page shows now, those to the page that would, and from there on to it."""
    above = route.rstrip("/").rpartition("/")[0] + "/"
    rest = route[len(above) :]
    return sorted(draws.links[route]) or ([] if "<" in rest else [f"{each}{rest}" for each in sorted(draws.links[above])])


def test_a_form_with_a_forged_or_missing_token_changes_nothing(wide: list[Wide], draws: Draws) -> None:
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
