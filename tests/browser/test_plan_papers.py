"""The papers that `plan balance` writes beside a plan: the page in a real Chromium, workbook and documents in LibreOffice."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from docs.fences import environment
from tests.browser.chromium import Page, distinct_lines, opened
from tests.browser.office import Cells, pages_of, sheets_of, text_of
from tests.browser.test_workbook import BROKEN, CAVEAT, CHINESE, text_of_cells

MARKING = "内部资料·征求意见稿"
ROWS = "[...document.querySelectorAll('#measures tbody tr')].filter(row => row.offsetParent)"
MAP = "echarts.getInstanceByDom(document.querySelector('.map'))"
LAST_POINT = (  # its place in the window, and its name
    f"(() => {{ const box = document.querySelector('.map canvas').getBoundingClientRect(), drawn = {MAP}.getOption().series,"
    "last = drawn.length - 1, point = drawn[last].data[0],"
    f"at = {MAP}.convertToPixel({{seriesIndex: last}}, point.slice(0, 2));"
    "return [box.left + at[0], box.top + at[1], point[2]] })()")
WAIT = "new Promise(done => setTimeout(done, 500))"
CHOOSE = ("(() => {{ const choice = document.querySelectorAll('#measures [data-choose]')[{number}]; choice.value = {value!r};"
          "choice.dispatchEvent(new Event('input', {{bubbles: true}})) }})()")


@pytest.fixture(scope="module")
def papers(out: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plan of the county of the docs with all its papers, in a folder."""
    folder = tmp_path_factory.mktemp("plan")
    asked = [f"--{option}={folder / name}" for option, name in (
        ("out", "plan.json"), ("xlsx", "plan.xlsx"), ("html", "plan.html"), ("docx", "ledger.docx"), ("schools", "schools.docx"))]
    command = [str(Path(sys.executable).with_name("junheng")), "plan", "balance", "--city", "city", *asked]
    subprocess.run(command, cwd=out.parent, env=environment(), capture_output=True, check=True)
    return folder


@pytest.fixture(scope="module")
def plan(papers: Path) -> dict[str, Any]:
    made: dict[str, Any] = json.loads((papers / "plan.json").read_text(encoding="utf-8"))
    assert made["measures"]
    return made


@pytest.fixture(scope="module")
def page(papers: Path) -> Iterator[Page]:
    with opened(papers / "plan.html") as made:
        yield made


@pytest.fixture
def fresh(papers: Path) -> Iterator[Page]:
    """A page that a test may act in."""
    with opened(papers / "plan.html") as made:
        yield made


# --- the page -------------------------------------------------------------------------------------------------


def test_the_console_has_no_complaint_and_nothing_is_asked_of_the_network(page: Page) -> None:
    assert page.complaints == []


def test_the_page_is_marked_and_carries_the_caveat(page: Page) -> None:
    assert MARKING in page.value("document.querySelector('header').innerText")
    assert CAVEAT in page.value("document.querySelector('.caveat').innerText")


def test_every_chart_and_the_map_are_drawn(page: Page) -> None:
    drawn = page.value("[...document.querySelectorAll('.chart')].map(box => !!box.querySelector('canvas'))")
    assert len(drawn) >= 7
    assert all(drawn)


def test_the_map_shows_every_school_of_the_plan_once(page: Page, plan: dict[str, Any]) -> None:
    names = page.value(f"{MAP}.getOption().series.slice(1).flatMap(one => one.data.map(point => point[2]))")
    assert len(names) == len(set(names)) == len({each["school"] for each in plan["standings"]})


def test_a_kilometre_on_the_map_is_as_long_upwards_as_sideways(page: Page) -> None:
    for width in (1440, 400):
        page.ask("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        page.value(WAIT)
        corner, far = (page.value(f"{MAP}.convertToPixel('grid', {at})") for at in ([0, 0], [10, 10]))
        assert far[0] - corner[0] == pytest.approx(corner[1] - far[1], rel=0.01)


def test_a_click_on_a_school_finds_its_measures(fresh: Page, plan: dict[str, Any]) -> None:
    fresh.ask("Emulation.setDeviceMetricsOverride", width=1440, height=900, deviceScaleFactor=1, mobile=False)
    fresh.value("document.documentElement.style.scrollBehavior = 'auto'")
    fresh.value(WAIT)
    ticked = "document.querySelectorAll('#measures [data-only]:checked').length"
    fresh.value("document.querySelectorAll('#measures [data-only]').forEach(box => box.click())")
    assert fresh.value(ticked)  # what the reader had asked for before is let go
    fresh.value("document.querySelector('.map').scrollIntoView({block: 'center'})")
    fresh.value(WAIT)
    x, y, name = fresh.value(LAST_POINT)
    fresh.ask("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
    fresh.value(WAIT)
    for kind in ("mousePressed", "mouseReleased"):
        fresh.ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)
    fresh.value(WAIT)
    rows = fresh.value(f"{ROWS}.map(row => row.innerText)")
    assert rows
    assert all(name in row for row in rows)
    assert len(rows) < len(plan["measures"])
    assert not fresh.value(ticked)


def test_pointing_at_a_school_tells_its_name_and_measures(fresh: Page) -> None:
    told = fresh.value(f"(() => {{ const drawn = {MAP}.getOption().series; {MAP}.dispatchAction({{type: 'showTip', "
                       "seriesIndex: drawn.length - 1, dataIndex: 0}); return [drawn[drawn.length - 1].data[0][2],"
                       "document.querySelector('.tip').innerText] })()")
    assert told[0] in told[1]
    assert "年 " in told[1]


def test_choosing_a_kind_and_a_year_leaves_those_measures(fresh: Page, plan: dict[str, Any]) -> None:
    wanted = [each for each in plan["measures"] if each["kind"] == "move_teacher"]
    fresh.value(CHOOSE.format(number=1, value="教师交流"))
    assert fresh.value(f"{ROWS}.length") == len(wanted)
    fresh.value(CHOOSE.format(number=0, value="2026"))
    assert fresh.value(f"{ROWS}.length") == sum(each["year"] == 2026 for each in wanted)
    fresh.value(CHOOSE.format(number=1, value=""))
    fresh.value(CHOOSE.format(number=0, value=""))
    assert fresh.value(f"{ROWS}.length") == len(plan["measures"])


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (400, 844)], ids=("desk", "phone"))
def test_the_page_is_not_blank_and_fits_its_window(page: Page, tmp_path: Path, width: int, height: int) -> None:
    picture = page.screenshot(tmp_path / "page.png", width, height)
    assert distinct_lines(picture) > height // 4
    assert page.value("document.documentElement.scrollWidth <= window.innerWidth")


FITS = "(box => box.scrollWidth <= box.clientWidth)(document.querySelector('#measures .scroll'))"
PAYS = "one.offsetParent && one.innerText.includes('资金来源')"
WHO_PAYS = f"[...document.querySelectorAll('#measures {{what}}')].filter(one => {PAYS})"


def test_the_list_of_measures_fits_a_desk_and_unfolds_who_pays(fresh: Page) -> None:
    fresh.ask("Emulation.setDeviceMetricsOverride", width=1440, height=900, deviceScaleFactor=1, mobile=False)
    fresh.value(WAIT)
    assert fresh.value(FITS)
    heads = f"{WHO_PAYS.format(what='th')}.length"
    assert fresh.value(heads) == 0
    fresh.value(f"{WHO_PAYS.format(what='label')}[0].click()")
    assert fresh.value(heads) == 1


ITEM_NAMES = (
    "(({data, axisLabel: label}) => data.map(name => label.formatter ? label.formatter(name) : name))"
    "(echarts.getInstanceByDom(document.querySelector('#spreads .chart')).getOption().xAxis[0])")


@pytest.mark.parametrize(("width", "lines"), [(1440, {2, 3}), (400, {1})], ids=("desk", "phone"))
def test_where_there_is_little_room_a_chart_names_its_items_by_number(fresh: Page, width: int, lines: set[int]) -> None:
    fresh.ask("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
    fresh.value(WAIT)
    names = [name.split("\n") for name in fresh.value(ITEM_NAMES)]
    assert [name[0] for name in names] == [f"1.{number}" for number in range(1, 8)]
    assert {len(name) for name in names} == lines


# --- workbook and documents -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sheets(papers: Path) -> dict[str, Cells]:
    return sheets_of(papers / "plan.xlsx")


def test_no_cell_is_broken_and_every_sheet_is_marked(sheets: dict[str, Cells]) -> None:
    assert len(sheets) >= 15
    for name, cells in sheets.items():
        told = text_of_cells(cells)
        assert [word for word in BROKEN if word in told] == [], name
        assert MARKING in told
        assert CAVEAT in told


def test_the_measures_of_the_workbook_are_those_of_the_plan(sheets: dict[str, Cells], plan: dict[str, Any]) -> None:
    rows = [row for row in sheets["措施"] if row[0].isdigit()]
    head = next(row for row in sheets["措施"] if "费用（元）" in row).index("费用（元）")
    assert len(rows) == len(plan["measures"])
    assert sum(float(row[head].replace(",", "")) for row in rows) == pytest.approx(plan["cost"], abs=0.001)


def test_the_word_ledger_says_what_the_sheet_says(sheets: dict[str, Cells], papers: Path) -> None:
    words = text_of(papers / "ledger.docx")
    cells = {line for row in sheets["整改台账"] for cell in row for line in cell.split("\n") if CHINESE.search(line)}
    assert {cell for cell in cells if cell not in words} == set()


def test_each_school_has_its_own_page(papers: Path) -> None:
    words = text_of(papers / "schools.docx")
    assert pages_of(papers / "schools.docx") == words.count("整改方案（一校一策）") > 1
    assert words.count("学校负责人签收") == words.count("整改方案（一校一策）")


def test_papers_of_a_plan_that_is_there_are_the_same(papers: Path, out: Path, tmp_path: Path) -> None:
    command = [str(Path(sys.executable).with_name("junheng")), "plan", "print", str(papers / "plan.json"), "--city", "city",
               "--xlsx", str(tmp_path / "again.xlsx"), "--html", str(tmp_path / "again.html")]
    subprocess.run(command, cwd=out.parent, env=environment(), capture_output=True, check=True)
    assert (tmp_path / "again.xlsx").read_bytes() == (papers / "plan.xlsx").read_bytes()
    assert (tmp_path / "again.html").read_bytes() == (papers / "plan.html").read_bytes()
