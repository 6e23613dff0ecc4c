"""A day at the desk without a mouse: every step is a key, and where the focus stands can be seen."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from junheng.people.codes import Role
from junheng.web.demo import PASSWORD
from tests.web.browser.looking import WINDOW, Desk, Person, looking, route_of

MOST_TABS = 80
SEEN = """() => { const here = document.activeElement, style = getComputedStyle(here);
    return here.type === "date" // its parts show it themselves
        || style.outlineStyle !== "none" || style.boxShadow !== "none" }"""


@pytest.fixture(scope="module")
def planner(desk: Desk, chromium: Browser) -> Iterator[Person]:
    with looking(chromium, desk, Role.planning.name) as person:
        person.page.set_viewport_size(WINDOW)
        yield person


def tab_to(page: Page, selector: str) -> None:
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        assert page.evaluate(SEEN), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"no Tab leads to {selector}")


def go(page: Page, to: str, *keys: str) -> None:
    """Press keys that lead to a page of this route, and wait until it is there."""
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_url(lambda url: route_of(urlsplit(url).path) == to)


def test_somebody_logs_in_and_out(desk: Desk, chromium: Browser) -> None:
    with looking(chromium, desk) as person:
        page = person.open("/findings/")
        page.keyboard.type("planning")
        page.keyboard.press("Tab")
        page.keyboard.type("wrong")
        page.keyboard.press("Enter")
        expect(page.locator(".notice.error")).to_be_visible()
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        go(page, "findings", "Enter")  # where he was going
        tab_to(page, "form[action='/logout/'] button")
        go(page, "login", "Enter")
    assert person.complaints == []


@pytest.mark.parametrize(
    ("key", "section", "opened"),
    [("s", "schools", "school"), ("u", "submissions", "submission"), ("d", "documents", "document"), ("p", "plans", "plan"),
     ("b", "standards", "standard"), ("j", "jobs", "job")],
)
def test_a_section_is_reached_and_its_first_row_opened(planner: Person, key: str, section: str, opened: str) -> None:
    page = planner.open("/account/")
    go(page, section, "g", key)
    for step in "jjk":
        page.keyboard.press(step)
    assert page.evaluate("document.activeElement.matches('tbody > tr:first-child')")
    go(page, opened, "Enter")
    assert planner.complaints == []


def test_a_school_is_searched_for_and_one_of_its_figures_opened(planner: Person) -> None:
    page = planner.open("/findings/")
    page.keyboard.press("/")
    page.keyboard.type("第二小学")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=**")
    go(page, "finding", "j", "Enter")
    assert "第二小学" in page.locator("main").inner_text()
    tab_to(page, "a[href='#part']")
    page.keyboard.press("Enter")
    expect(page.locator("#part")).to_be_in_viewport()
    assert planner.complaints == []


def test_the_list_of_keys_opens_and_closes(planner: Person) -> None:
    page = planner.open("/jobs/")
    page.keyboard.press("?")
    expect(page.locator("#shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#shortcuts")).to_be_hidden()


def test_items_of_a_document_are_accepted_edited_and_reopened(desk: Desk, chromium: Browser) -> None:
    with looking(chromium, desk, Role.office.name) as person:
        page = person.open("/documents/1/?kind=figures")
        first, second = page.locator(".record").nth(0), page.locator(".record").nth(1)
        page.keyboard.press("j")
        page.keyboard.press("a")
        expect(first.locator(".tag", has_text="采用")).to_be_visible()
        expect(second).to_be_focused()
        page.keyboard.press("e")
        page.keyboard.type("610个")
        page.keyboard.press("Enter")
        expect(second.locator("ins")).to_have_text("610个")
        expect(second).to_be_focused()
        page.keyboard.press("u")
        expect(second.locator("ins")).to_have_count(0)
    assert person.complaints == []


def test_a_school_mends_a_fault_beside_its_cell(desk: Desk, chromium: Browser) -> None:
    with looking(chromium, desk, Role.principal.name) as person:
        page = person.open("/account/")
        go(page, "submission", "g", "u")  # his school's at once
        assert "四十" in page.locator("#fault-0").inner_text()
        tab_to(page, "#fault-0 input[name=value]")
        page.keyboard.type("40")
        page.keyboard.press("Enter")
        expect(page.get_by_text("四十")).to_have_count(0)
    assert person.complaints == []


def test_a_deadline_is_moved(planner: Person) -> None:
    page = planner.open("/submissions/deadlines/")
    tab_to(page, "input[name=note]")
    page.keyboard.type("统一延期")
    page.keyboard.press("Enter")
    expect(page.locator("main table").first).to_contain_text("统一延期")
    assert planner.complaints == []
