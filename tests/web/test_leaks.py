"""No answer holds what lies outside the scope or class of who asked: pages, parts, downloads and calls of the API alike."""

from __future__ import annotations

import logging
import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from html import unescape
from random import Random
from urllib.parse import unquote_plus

import pytest
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.test import Client, override_settings
from django.urls import include, path, reverse
from django.utils import timezone

from junheng.indicators.models import FindingRow
from junheng.people.codes import Role
from junheng.people.doors import Asked, logged_in, needs
from junheng.people.models import Organisation, Person
from junheng.people.permissions import Action
from junheng.people.scope import Access
from junheng.register.models import School
from tests.web.addresses import addresses
from tests.web.conftest import As
from tests.web.draws import Draws, Listening, route_of
from tests.web.leaks import Sight, World, text_of
from tests.web.two_counties import NEIGHBOUR, mark_figures, raise_neighbour, raise_people

pytestmark = pytest.mark.django_db
# a shorter slice in every run; JUNHENG_LEAK_PAIRS=10000 and another JUNHENG_LEAK_SEED for the whole
PAIRS = int(os.environ.get("JUNHENG_LEAK_PAIRS", "500"))
SEED = int(os.environ.get("JUNHENG_LEAK_SEED", "7"))
SENT = 0.1  # share of the pairs that send a form instead of reading; what it changes is undone
# an entry repeats what its actor asked for, and he is inside: what nobody asked for is a leak
TYPED = {"/audit/", "/audit/export/"}
# rows made up here have nothing behind them in the city folder: what breaks for that is no news, what leaks is
UNMADE = {"/plans/new/", "/findings/<int:year>/<str:item>/<str:level>/<path:group>/<str:stage>/rows/"}
TEMPLATE = "/submissions/<int:number>/template.xlsx"  # a school's own persons stand in it, under their pseudonyms
OUT = {  # what is not asked here, and why
    "/logout/": "it ends the session that asks",
    "/login/": "it begins another session than the one that asks",
    "/login/code/": "it belongs to a log-in under way, which nobody here has",
    "/language/": "it sends back to the page that asks, and changes the language of all answers after it",
}


class Visitor:
    """A person with his browser, and what he may see."""

    def __init__(self, person: Person, world: World) -> None:
        self.person = person
        self.client = Client(raise_request_exception=False)
        self.client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        self.cookies = dict(self.client.cookies.items())
        self.sight = Sight(Access(person, timezone.localdate()), world)

    def passes(self, view: object) -> bool:
        """Whether its doors open to him."""
        return all(any(self.sight.access.may(action) for action in door) for door in getattr(view, "doors", ()))

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
    """Each route as often as another, by somebody who may open it mostly; what was asked, and what came back."""
    random = Random(SEED)
    routes = [route for route in draws.routes if route not in OUT]
    random.shuffle(routes)
    inside = {route: [each for each in visitors if each.passes(draws.routes[route].view)] for route in routes}
    for number in range(pairs):
        route = routes[number % len(routes)]
        visitor = random.choice(inside[route] if inside[route] and random.random() < 0.8 else visitors)
        address = draws.address(route, random)
        asked = unquote_plus(address)
        if random.random() < SENT:
            form = draws.form(route, random)
            yield visitor, f"POST {address}", f"{asked} {form}", visitor.sends(address, form)
        else:
            yield visitor, address, asked, visitor.reads(address)


def leaks_of(visitors: list[Visitor], draws: Draws, pairs: int) -> tuple[dict[str, list[str]], list[str], Counter[int]]:
    """What leaked by route, what broke, how the answers ended."""
    found, broken, seen, typed = defaultdict(list), [], Counter[int](), list[str]()
    public = public_words()
    for visitor, address, asked, answer in tried(visitors, draws, pairs):
        seen[answer.status_code] += 1
        route = route_of(address.removeprefix("POST ")) or "-"
        typed.append(asked)
        if answer.status_code >= 500 and route not in UNMADE:
            broken.append(f"{visitor} {address}")
        repeated = "\n".join(typed) if route in TYPED else asked
        known = known_to_colleagues(visitor, visitors) if route in TYPED else public.get(route, set())
        for leak in visitor.sight.leaks(text_of(answer), repeated, known):
            if not (route == TEMPLATE and leak.startswith("pseudonym ")):
                found[route].append(f"{visitor} {address}: {leak}")
    return found, broken, seen


def known_to_colleagues(visitor: Visitor, visitors: list[Visitor]) -> set[str]:
    """What those may know whose entries he reads: one who works inside and elsewhere too leaves entries of what is elsewhere."""
    people = set(visitor.sight.access.people(Action.see_audit).values_list("pk", flat=True))
    colleagues = [each.sight for each in visitors if each.person.pk in people]
    return {word for each in colleagues for word in each.world.words if word not in each.outside}


def public_words() -> dict[str, set[str]]:
    """Codes and names that everybody may know, by the routes that tell them: organisations, and places of the law."""
    organisations = {word for each in Organisation.objects.values_list("code", "name") for word in each}
    counties = {word for each in School.objects.values_list("county_code", "county").distinct() for word in each}
    return {"/organisations/": organisations, "/standards/": counties, "/standards/<slug:name>/": counties}


def test_nothing_outside_scope_or_class_is_returned(visitors: list[Visitor], monkeypatch: pytest.MonkeyPatch) -> None:
    found, broken, seen = leaks_of(visitors, draws_of(visitors, monkeypatch), PAIRS)
    print(sum(seen.values()), dict(seen))
    told = [f"{route}: {len(each)}\n  " + "\n  ".join(each[:5]) for route, each in found.items()]
    assert not told + broken, "\n".join([*told, "BROKEN", *broken[:40]])
    assert seen[200] > PAIRS / 4, f"most pairs must see something: {seen}"


@needs(Action.see_schools)
def leaky_page(request: Asked) -> HttpResponse:
    return HttpResponse(" ".join(School.objects.values_list("name", flat=True)))


@needs(Action.see_findings)
def leaky_figure(request: Asked) -> HttpResponse:
    return HttpResponse(f"{FindingRow.objects.filter(county_code=NEIGHBOUR, part__isnull=False)[0].part} of 7")


@logged_in
def leaky_call(request: Asked) -> HttpResponse:
    return JsonResponse({"schools": list(School.objects.values("school_id", "name"))})


@logged_in
def leaky_secret(request: Asked) -> HttpResponse:
    return HttpResponse(Person.objects.exclude(pk=request.user.pk)[0].password)


urlpatterns = [
    path("leak/page/", leaky_page),
    path("leak/figure/", leaky_figure),
    path("leak/call", leaky_call),
    path("leak/secret/", leaky_secret),
    path("", include("junheng.web.urls")),
]


@override_settings(ROOT_URLCONF="tests.web.test_leaks")
def test_a_page_that_leaks_is_caught_by_the_same_draws(visitors: list[Visitor]) -> None:
    routes = {each.route: each for each in addresses() if each.route.startswith("/leak/")}
    found, _, _ = leaks_of(visitors, Draws(routes=routes), 160)
    assert set(found) == set(routes)
    kinds = {route: {each.split(": ")[1].split()[0] for each in leaks} for route, leaks in found.items()}
    assert kinds["/leak/page/"] == {"name"}
    assert kinds["/leak/figure/"] == {"figure"}
    assert kinds["/leak/call"] == {"name", "code"}
    assert "secret" in kinds["/leak/secret/"]


def observed(client: Client, visitor_doors: dict[str, object], draws: Draws) -> dict[str, bool]:
    """Of each route whether its door opened: anything but 403, whatever lies behind."""
    random = Random(SEED)
    answers = {}
    for route, each in visitor_doors.items():
        values = {name: draws._value(name, converter, random) for name, converter in each.converters.items()}
        answers[route] = client.get(each.filled(values)).status_code != 403
    return answers


def test_the_matrix_page_is_what_the_doors_do(client_of: As) -> None:
    shown = matrix_shown(client_of(Role.auditor).get(reverse("permissions")).content.decode())
    draws = Draws.of_desk([client_of(Role.office)], Random(SEED))
    guarded = {each.route: each for each in addresses() if getattr(each.view, "doors", None)}
    asked = {action for each in guarded.values() for door in each.view.doors for action in door}
    for role in Role:
        client = client_of(role, "school" if role in (Role.principal, Role.school_clerk) else "county_bureau")
        client.raise_request_exception = False
        for route, opened in observed(client, guarded, draws).items():
            doors = guarded[route].view.doors
            expected = all(any(shown[action.zh][role.zh] for action in door) for door in doors)
            assert opened == expected, f"{role.name} {route}: the page says {expected}"
    assert set(Action) - asked <= BEHIND_A_DOOR, "an action that no door asks for"


# asked by a step of a case or a part of a page, behind the door of another action
BEHIND_A_DOOR = {Action.open_personal}


def matrix_shown(page: str) -> dict[str, dict[str, bool]]:
    """The table of the page, as its reader sees it."""
    rows = re.findall(r"<tr>(.*?)</tr>", page, re.S)
    roles = [unescape(each) for each in re.findall(r'<th scope="col">(.*?)</th>', rows[0])][2:]
    table = {}
    for row in rows[1:]:
        action = unescape(re.search(r'<th scope="row">(.*?)</th>', row)[1])
        cells = re.findall(r"<td>(.*?)</td>", row, re.S)
        table[action] = dict(zip(roles, ["●" in each for each in cells], strict=True))
    return table
