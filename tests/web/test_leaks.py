"""No answer holds what lies outside the scope or class of who asked: pages, parts, downloads and calls of the API alike."""

from __future__ import annotations

import logging
import os
from collections import Counter, defaultdict
from collections.abc import Iterator
from random import Random
from urllib.parse import unquote_plus

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from junheng.people.models import Person
from junheng.people.scope import Access
from tests.web.draws import Draws, Listening
from tests.web.leaks import Sight, World, text_of
from tests.web.two_counties import mark_figures, raise_neighbour, raise_people

pytestmark = pytest.mark.django_db
PAIRS = int(os.environ.get("JUNHENG_LEAK_PAIRS", "10000"))
SEED = int(os.environ.get("JUNHENG_LEAK_SEED", "7"))
SENT = 0.1  # share of the pairs that send a form instead of reading; what it changes is undone
NAMES_ARE_PUBLIC = {"/organisations/"}  # what organisations there are is of class public (people.models.Organisation)
OUT = ("/logout/", "/login/", "/language/")  # they say nothing, and end the session that asks


class Visitor:
    """A person with his browser, and what he may see."""

    def __init__(self, person: Person, world: World) -> None:
        self.person = person
        self.client = Client(raise_request_exception=False)
        self.client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        self.cookies = dict(self.client.cookies.items())
        self.sight = Sight(Access(person, timezone.localdate()), world)

    def reads(self, address: str) -> HttpResponse:
        return self.client.get(address)

    def sends(self, address: str, form: dict[str, str]) -> HttpResponse:
        """Send a form; whatever it does is undone."""
        with transaction.atomic():
            answer = self.client.post(address, form)
            transaction.set_rollback(True)
        self.client.cookies.clear()
        for name, morsel in self.cookies.items():
            self.client.cookies[name] = morsel.value
        return answer

    def __str__(self) -> str:
        held = self.sight.access.appointments
        return "、".join(f"{each.role}@{each.organisation.kind}:{each.organisation.code}" for each in held) or "nobody"


@pytest.fixture
def visitors(db: None) -> list[Visitor]:
    raise_neighbour()
    mark_figures()
    people = raise_people()
    world = World.of_desk()
    return [Visitor(each, world) for each in people]


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Ten thousand lines of log help nobody."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def draws_of(visitors: list[Visitor], monkeypatch: pytest.MonkeyPatch) -> Draws:
    """What the desk links to, as those see it who see most; and what its views listen to."""
    guides = [
        each
        for each in visitors
        if str(each).split("@")[0] in ("chief", "planning", "auditor", "administrator", "county_officer", "principal")
    ]
    chosen = {str(each).split(":")[0]: each for each in guides}
    with monkeypatch.context() as listening:
        listening.setattr("django.core.handlers.wsgi.QueryDict", Listening)
        return Draws.of_desk([each.client for each in chosen.values()], Random(SEED))


def tried(visitors: list[Visitor], draws: Draws, pairs: int) -> Iterator[tuple[Visitor, str, str, HttpResponse]]:
    random = Random(SEED)
    routes = [route for route in draws.routes if route not in OUT]
    for number in range(pairs):
        visitor, route = random.choice(visitors), routes[number % len(routes)]
        address = draws.address(route, random)
        asked = unquote_plus(address)
        if random.random() < SENT:
            form = draws.form(route, random)
            yield visitor, f"POST {address}", f"{asked} {form}", visitor.sends(address, form)
        else:
            yield visitor, address, asked, visitor.reads(address)


def test_nothing_outside_scope_or_class_is_returned(visitors: list[Visitor], monkeypatch: pytest.MonkeyPatch) -> None:
    draws = draws_of(visitors, monkeypatch)
    seen, found, broken = Counter[int](), defaultdict(list), []
    for visitor, address, asked, answer in tried(visitors, draws, PAIRS):
        seen[answer.status_code] += 1
        if answer.status_code >= 500:
            broken.append(f"{visitor} {address}")
        route = draws_route(address)
        for leak in visitor.sight.leaks(text_of(answer), asked, route in NAMES_ARE_PUBLIC):
            found[route].append(f"{visitor} {address}: {leak}")
    print(dict(seen))
    assert not found, "\n".join(f"{route}: {len(each)}\n  " + "\n  ".join(each[:5]) for route, each in found.items())
    assert not broken, "\n".join(broken[:40])
    assert seen[200] > PAIRS / 5, f"most pairs must see something: {seen}"


def draws_route(address: str) -> str:
    from tests.web.draws import route_of

    return route_of(address.removeprefix("POST ")) or "-"
