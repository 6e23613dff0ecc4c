"""Every page that the left column and the links of the desk offer to each role, in a real Chromium, on a telephone and a desk."""

from __future__ import annotations

import os
from base64 import b64decode
from collections import defaultdict, deque
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from junheng.people.codes import Role
from tests.web.browser.looking import DRAWN, KINDS, LINKS, TELEPHONE, TOO_WIDE, WINDOW, Desk, Person, grave, looking, route_of

FILES = ("export", "template", "original", "paper", "points")  # the last word of a route that hands out a file
ELSEWHERE = ("", "api-v1:openapi-json")
PICTURES = os.environ.get("JUNHENG_PICTURES")  # the folder to which the manual's pictures are written; unset: none is taken
PICTURED = {  # whose page shows what a chapter of the manual tells of: by route the chapter
    Role.chief: {"overview": "overview", "plan": "plans"},
    Role.planning: {"findings": "findings", "finding": "figures", "school": "schools", "standards": "standards", "jobs": "jobs"},
    Role.principal: {"submission": "submissions"},
    Role.office: {"document": "documents"},
    Role.administrator: {"people": "people", "audit": "audit", "account": "account", "guide": "guide"},
}
TONGUES = {"zh-hans": "zh", "en": "en"}  # and the folder of its pictures
PICTURE = {"width": 1280, "height": 800}
looked_at: dict[str, set[str]] = defaultdict(set)  # by route: the kinds of element that axe has judged there


def offered(person: Person) -> Iterator[str]:
    """Opens a page of each route that the person is led to, and gives its route."""
    waiting, known = deque(["/", "/account/"]), {"overview", "account"}
    while waiting:
        href = waiting.popleft()
        page = person.open(href)
        yield route_of(href)
        for each in page.evaluate(LINKS):
            route = route_of(each)
            if route not in known and route not in ELSEWHERE and route.rpartition("-")[2] not in FILES:
                known.add(route)
                waiting.append(each)


def faults_of(page: Page, route: str) -> list[str]:
    """What is wrong with a page. Axe looks where there is a kind of element that it has not judged on this route yet.

    It looks at the desk, where everything is shown that is shown on a telephone too: a second look costs as much as all the rest.
    """
    found: list[str] = page.evaluate(TOO_WIDE)
    if new := set(page.evaluate(KINDS)) - looked_at[route]:
        looked_at[route] |= new
        page.set_viewport_size(WINDOW)
        found += grave(page) + page.evaluate(TOO_WIDE)
        page.set_viewport_size(TELEPHONE)
    return found


def take_pictures(person: Person, chapter: str) -> None:
    """The top of the page on a desk, in each language, small enough for a package."""
    page = person.page
    page.set_viewport_size(PICTURE)
    for tongue, folder in TONGUES.items():
        person.speaks(tongue)
        page.reload()
        page.wait_for_function(DRAWN)
        page.wait_for_timeout(500)  # charts and maps take the new width in their own time
        shot = page.context.new_cdp_session(page).send("Page.captureScreenshot", {"format": "webp", "quality": 70})
        to = Path(PICTURES or "") / folder / f"{chapter}.webp"
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_bytes(b64decode(shot["data"]))
    person.speaks(person.tongue)
    page.set_viewport_size(TELEPHONE)


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.name)
def test_every_page_a_role_is_led_to_is_sound(desk: Desk, chromium: Browser, role: Role) -> None:
    faults = {}
    with looking(chromium, desk, role.name) as person:
        for route in offered(person):
            if found := faults_of(person.page, route):
                faults[person.page.url] = found
            if PICTURES and (chapter := PICTURED.get(role, {}).get(route)):
                take_pictures(person, chapter)
    assert faults == {}
    assert person.complaints == []


@pytest.mark.parametrize("path", ["/login/", "/nowhere/"])
def test_pages_without_the_frame_are_sound(desk: Desk, chromium: Browser, path: str) -> None:
    with looking(chromium, desk, "chief" if path == "/nowhere/" else "") as person:
        assert faults_of(person.open(path), path) == []
    refused = [each for each in person.complaints if "404" not in each]
    assert refused == []


def test_whoever_chooses_english_has_room_for_it_on_a_telephone(desk: Desk, chromium: Browser) -> None:
    with looking(chromium, desk, Role.administrator.name, "en") as person:
        assert {route: found for route in offered(person) if (found := person.page.evaluate(TOO_WIDE))} == {}
    assert person.complaints == []
