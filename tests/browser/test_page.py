"""The page that `measure --out` writes, in a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from junheng.kernel.codes import Verdict
from tests.browser.chromium import Page, distinct_lines, opened

SCHOOL_TABLE = "[...document.querySelectorAll('#schools table')]"
NAMES_SHOWN = f"{SCHOOL_TABLE}.flatMap(t => [...t.tBodies[0].rows].filter(r => r.offsetParent).map(r => r.innerText))"


@pytest.fixture(scope="module")
def page(out: Path) -> Iterator[Page]:
    with opened(next(out.glob("*.html"))) as made:
        yield made


@pytest.fixture
def fresh(out: Path) -> Iterator[Page]:
    """A page that a test may act in."""
    with opened(next(out.glob("*.html"))) as made:
        yield made


def test_the_console_has_no_complaint_and_nothing_is_asked_of_the_network(page: Page) -> None:
    assert page.complaints == []


def test_the_page_is_one_file(page: Page) -> None:
    assert page.value("[...document.querySelectorAll('script[src], link[rel=stylesheet], iframe')].length") == 0


def test_every_verdict_of_the_answer_stands_on_a_card(page: Page, answer: dict[str, Any]) -> None:
    words = page.value("[...document.querySelectorAll('.verdict .tag')].map(tag => tag.innerText.trim())")
    wanted = sorted(Verdict[each["verdict"]].zh for each in answer["verdicts"])
    assert sorted(word.rstrip("*") for word in words) == wanted


def test_every_school_that_was_judged_has_its_row(page: Page, schools: set[str]) -> None:
    rows = "\n".join(page.value(NAMES_SHOWN))
    assert schools
    assert {name for name in schools if name not in rows} == set()


def test_every_chart_is_drawn(page: Page) -> None:
    drawn = page.value("[...document.querySelectorAll('.chart')].map(c => !!c.querySelector('canvas, svg'))")
    assert drawn
    assert all(drawn)


def test_cells_that_fail_are_shaded_and_others_are_not(page: Page) -> None:
    shades = page.value("[...document.querySelectorAll('#schools td')].map(td => [td.classList.contains('bad'), "
                        "getComputedStyle(td).backgroundColor])")
    failing, others = ({shade for bad, shade in shades if bad is wanted} for wanted in (True, False))
    assert failing
    assert failing.isdisjoint(others)


def test_a_click_on_a_header_sorts_the_table_by_it(fresh: Page) -> None:
    button = "document.querySelector('#schools th[aria-sort] button')"
    fresh.value(f"{button}.click()")
    assert fresh.value(f"{button}.closest('th').ariaSort") in ("ascending", "descending")
    down = fresh.value(NAMES_SHOWN)
    fresh.value(f"{button}.click()")
    up = fresh.value(NAMES_SHOWN)
    assert sorted(down) == sorted(up)
    assert down != up


def test_a_word_in_the_search_field_leaves_the_rows_that_hold_it(fresh: Page, schools: set[str]) -> None:
    wanted = min(schools)
    fresh.value(f"for (const field of document.querySelectorAll('#schools input[type=search]')) {{"
                f"field.value = {wanted!r}; field.dispatchEvent(new Event('input', {{bubbles: true}})) }}")
    assert {wanted in row for row in fresh.value(NAMES_SHOWN)} == {True}


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)], ids=("desk", "phone"))
def test_the_page_is_not_blank_and_fits_its_window(page: Page, tmp_path: Path, width: int, height: int) -> None:
    picture = page.screenshot(tmp_path / "page.png", width, height)
    assert distinct_lines(picture) > height // 4
    assert page.value("document.documentElement.scrollWidth <= window.innerWidth")
