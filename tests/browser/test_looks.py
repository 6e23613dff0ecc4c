"""The parts of the look in a real Chromium, under the policy that the desk sends."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.browser.chromium import DRAWING, Page, opened
from tests.browser.ports import free_port, listening
from tests.structure.places import ROOT

AXE = ROOT / "tests/browser/vendor/axe-core-4.14.1/axe.min.js"
FOUND = "axe.run().then(all => all.violations.map(one => `${one.impact} ${one.id}: ${one.nodes[0].html}`))"
DRAWN = "document.querySelectorAll('[data-chart] canvas').length === 3 && document.querySelectorAll('.map a').length === 160"
FOCUS = "document.activeElement"


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    port = free_port()
    server = subprocess.Popen([sys.executable, "-m", "tests.browser.looks", str(port)], cwd=ROOT, env=os.environ.copy())
    try:
        listening(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture(scope="module")
def looked_at(site: str) -> Iterator[Page]:
    """The page as it is drawn; for tests that only look."""
    with opened(f"{site}/", *DRAWING) as page:
        page.ask("Network.setExtraHTTPHeaders", headers={"Accept-Language": "zh-CN"})
        page.ask("Page.navigate", url=f"{site}/")
        page.until(DRAWN)
        yield page


@pytest.fixture
def page(site: str) -> Iterator[Page]:
    with opened(f"{site}/", *DRAWING) as page:
        page.until(DRAWN)
        yield page


@pytest.mark.parametrize("at", ["/", "/login", "/error/403", "/error/500"])
def test_axe_finds_nothing_on_a_desk_or_on_a_telephone(site: str, at: str) -> None:
    with opened(site + at, *DRAWING) as page:
        page.until(DRAWN if at == "/" else "true")
        for width, height in ((1440, 960), (390, 844)):
            page.ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
            page.value(AXE.read_text(encoding="utf-8") + ";0")
            assert page.value(FOUND) == []
            assert page.value("document.documentElement.scrollWidth") == width


def test_the_policy_forbids_nothing_that_the_page_does(looked_at: Page) -> None:
    assert [each for each in looked_at.complaints if "GL Driver Message" not in each] == []


def test_keys_reach_search_rows_and_sections(page: Page) -> None:
    page.press("?")
    assert page.value("document.querySelector('#shortcuts').open")
    page.press("Escape", "/")
    assert page.value(f"{FOCUS}.id") == "q"
    page.press("j")
    assert page.value(f"{FOCUS}.value") == "j"  # in a box a letter is a letter
    page.value(f"{FOCUS}.blur()")
    page.press("j", "j", "k", "j", "Enter")
    assert page.value("location.hash") == "#row-2"
    page.press("g", "p")
    assert page.until("location.search") == "?p"


def test_a_step_that_asks_first_is_not_taken_on_escape(page: Page) -> None:
    page.value("document.querySelector('[data-confirm] .danger').click()")
    assert "退回" in page.value("document.querySelector('#confirm[open]').textContent")
    page.press("Escape")
    page.value("document.querySelector('[data-confirm] .danger').click()")
    assert page.value("location.pathname") == "/"
    page.value("document.querySelector('#confirm [value=yes]').click()")
    assert page.until("location.pathname === '/act'")


def test_progress_is_asked_for_until_it_is_done_and_a_message_is_shown(page: Page) -> None:
    assert page.until("document.querySelector('#job-1:not([hx-get])')?.textContent.includes('测算完成')")
    page.value("document.querySelector('[hx-get=\"/toast\"]').click()")
    assert page.until("document.querySelector('#toasts .toast.success p')?.textContent") == "已保存"


def series(page: Page, figure: int) -> list[list[Any]]:
    """What is drawn for each value of each series of a chart: its number, or the word that stands in its place."""
    chart = f"echarts.getInstanceByDom(document.querySelectorAll('[data-chart] .plot')[{figure}])"
    drawn = "one => one.data.map(each => each.label ? each.label.formatter : each)"
    told: list[list[Any]] = page.value(f"{chart}.getOption().series.map({drawn})")
    return told


def test_an_unknown_value_is_a_gap_with_the_word_and_no_line_bridges_it(looked_at: Page) -> None:
    assert series(looked_at, 0)[0][6] == "未\n知"
    assert series(looked_at, 1)[0][6] == "-"
    assert series(looked_at, 1)[2][6] == "未\n知"
    assert series(looked_at, 2)[0][4] == "未知"


def test_the_map_has_its_points_as_links_and_takes_a_name_for_text(looked_at: Page) -> None:
    assert looked_at.until("document.querySelectorAll('.map details a').length") == 160
    assert looked_at.value("document.querySelector('.map details a').textContent") == "<b>样例小学</b>"
    assert "测算未达标 27" in looked_at.value("document.querySelector('.map .legend').textContent")
    looked_at.value("document.querySelector('.map details').open = true")
    looked_at.value("document.querySelector('.map details a').focus()")
    assert looked_at.value("document.querySelector('.maplibregl-popup b').textContent") == "<b>样例小学</b>"


def test_where_nothing_can_be_drawn_the_list_of_places_stands_open(site: str) -> None:
    with opened(f"{site}/", "--disable-3d-apis") as page:
        assert page.until("document.querySelector('.map details[open]')?.querySelectorAll('a').length") == 160
        assert page.value("document.querySelector('.map .notice') !== null && document.querySelector('.map .plot') === null")


def test_a_print_has_the_figures_of_the_charts_and_the_note_but_no_navigation(looked_at: Page, tmp_path: Path) -> None:
    printed = tmp_path / "looks.pdf"
    printed.write_bytes(base64.b64decode(looked_at.ask("Page.printToPDF", preferCSSPageSize=True)["data"]))
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(printed))
    assert "不代表督导评估认定结论" in text
    assert "0.52" in text
    assert "问题台账\n" not in text
    assert "退出" not in text
