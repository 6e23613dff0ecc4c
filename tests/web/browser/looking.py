"""Opening the pages of the desk in a browser, and what may not be seen or heard there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response

from tests.structure.places import ROOT

AXE = (ROOT / "tests/browser/vendor/axe-core-4.14.1/axe.min.js").read_text(encoding="utf-8")
GRAVE = """() => axe.run({resultTypes: ["violations"]}).then(all => all.violations
    .filter(one => ["serious", "critical"].includes(one.impact))
    .map(one => `${one.id}: ${one.nodes.map(node => node.html.slice(0, 200)).join(" | ")}`))"""
DRAWN = """() => document.readyState === "complete"
    && [...document.querySelectorAll("[data-chart]")].every(each => each.querySelector("canvas"))
    && [...document.querySelectorAll("[data-map]")].every(each => each.querySelector("canvas, details[open]"))"""
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
    [...document.querySelectorAll("main *")].filter(each => each.getBoundingClientRect().right > innerWidth + 1
        && !each.closest(".scroll, .tabs, .side")).slice(0, 5).map(each => each.outerHTML.slice(0, 120))
    .concat("too wide")"""
KINDS = """() => [...new Set([...document.querySelectorAll("body *")]
    .map(each => `${each.tagName} ${each.getAttribute("class")}`))]"""
LINKS = "() => [...new Set([...document.querySelectorAll('a[href]')].map(each => each.getAttribute('href')))]"
TELEPHONE, WINDOW = {"width": 390, "height": 844}, {"width": 1440, "height": 900}


@dataclass
class Desk:
    """Where it is served, and the session of one person of each role."""

    address: str
    sessions: Mapping[str, str]


@dataclass
class Person:
    """Somebody of a role at the desk in a browser; `complaints` holds what its console says and what the server refuses."""

    browser: Browser
    desk: Desk
    role: str
    tongue: str
    complaints: list[str] = field(default_factory=list)

    @cached_property
    def context(self) -> BrowserContext:
        made = self.browser.new_context(viewport=TELEPHONE, reduced_motion="reduce")
        cookies = {"django_language": self.tongue} | ({"sessionid": self.desk.sessions[self.role]} if self.role else {})
        made.add_cookies(list(map(self._cookie, cookies, cookies.values())))
        return made

    def speaks(self, tongue: str) -> None:
        """The language of the pages from now on."""
        self.context.add_cookies([self._cookie("django_language", tongue)])

    def _cookie(self, name: str, value: str) -> Any:
        return {"name": name, "value": value, "url": self.desk.address}

    @cached_property
    def page(self) -> Page:
        made = self.context.new_page()
        made.on("console", self._heard)
        made.on("pageerror", lambda wrong: self.complaints.append(f"{made.url}: {wrong}"))
        made.on("response", self._answered)
        made.on("request", lambda asked: self._inside(asked.url))
        return made

    def _heard(self, told: ConsoleMessage) -> None:
        if told.type in ("error", "warning") and "GL Driver Message" not in told.text:
            self.complaints.append(f"{told.location['url']}: {told.text}")

    def _answered(self, answer: Response) -> None:
        if answer.status >= 400:
            self.complaints.append(f"{answer.url}: {answer.status}")

    def _inside(self, url: str) -> None:
        if not url.startswith((self.desk.address, "data:", "blob:")):
            self.complaints.append(f"asks the network for {url}")

    def open(self, path: str) -> Page:
        self.page.goto(self.desk.address + path)
        self.page.wait_for_function(DRAWN)
        return self.page


@contextmanager
def looking(browser: Browser, desk: Desk, role: str = "", tongue: str = "zh-hans") -> Iterator[Person]:
    """Somebody of a role; of none, who has not logged in."""
    person = Person(browser, desk, role, tongue)
    yield person
    person.context.close()


def grave(page: Page) -> list[str]:
    """What axe finds on a page that keeps somebody from using it."""
    page.evaluate(AXE)
    found: list[str] = page.evaluate(GRAVE)
    return found


def route_of(href: str) -> str:
    """The name of the route that a link of the desk leads to; none for what leads elsewhere."""
    parts = urlsplit(href)
    if parts.scheme or not parts.path.startswith("/"):
        return ""
    try:
        return resolve(parts.path).view_name
    except Resolver404:
        return ""
