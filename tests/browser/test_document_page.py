"""The page that `read --html` writes, in a real Chromium, and its workbook in a real LibreOffice."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from docs.fences import environment
from tests.browser.chromium import Page, distinct_lines, opened
from tests.browser.office import sheets_of
from tests.unit.documents.test_read import SPEECH
from tests.unit.documents.word_files import WordFile, abstract, instance, level

FIGURE = "[...document.querySelectorAll('#text .figure')]"
PANELS = "[...document.querySelectorAll('aside section')]"
COLUMNS = ["序号", "目标与任务", "来源原文", "牵头领导", "牵头责任单位", "责任单位", "责任科室", "时限", "节点", "验收标准",
           "状态"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which a clerk has read a speech, with a false claim added."""
    made = tmp_path_factory.mktemp("read")
    (made / "讲话.txt").write_text(f"{SPEECH}完善县、乡（镇）、村的四级网络。\n", encoding="utf-8")
    command = [str(Path(sys.executable).with_name("junheng")), "read", "讲话.txt", "--html", "讲话.html", "--xlsx", "任务.xlsx"]
    subprocess.run(command, cwd=made, env=environment(), capture_output=True, check=True)
    return made


@pytest.fixture
def page(folder: Path) -> Iterator[Page]:
    with opened(folder / "讲话.html") as made:
        yield made


def test_the_page_is_one_quiet_file(page: Page) -> None:
    assert page.complaints == []
    assert page.value("document.querySelectorAll('script[src], link, iframe, img').length") == 0


def test_the_text_on_the_page_is_the_text_of_the_file(page: Page, folder: Path) -> None:
    shown = page.value("[...document.querySelectorAll('#text p')].map(p => p.textContent).join('\\n')")
    assert shown.split() == (folder / "讲话.txt").read_text(encoding="utf-8").split()


def test_a_click_on_a_figure_opens_its_record(page: Page) -> None:
    page.value(f"{FIGURE}.find(each => each.textContent === '96').click()")
    record = page.value("document.querySelector('.record.on').textContent")
    assert "巩固率" in record and "96%" in record
    assert page.value("document.querySelector('.record.on').getBoundingClientRect().bottom <= innerHeight")
    assert page.value(f"{FIGURE}.filter(each => each.classList.contains('on')).map(each => each.textContent)") == ["96"]


def test_a_click_on_a_record_brings_its_place_into_sight(page: Page) -> None:
    page.ask("Emulation.setDeviceMetricsOverride", width=1280, height=400, deviceScaleFactor=1, mobile=False)
    page.value("document.querySelector('[data-group=tasks]').click()")
    page.value("[...document.querySelectorAll('#tasks .record')].find(each => each.textContent.includes('公用经费')).click()")
    page.value("new Promise(done => setTimeout(done, 900))")
    places = page.value("[...document.querySelectorAll('#text .on')].map(each => each.getBoundingClientRect().top)")
    assert places and all(0 < top < 400 for top in places)


def test_only_the_chosen_kind_of_record_is_shown(page: Page) -> None:
    for group in ("checks", "figures", "goals", "tasks", "vague", "blanks", "repairs"):
        page.value(f"document.querySelector('[data-group={group}]').click()")
        assert page.value(f"{PANELS}.filter(each => each.offsetParent).map(each => each.id)") == [group]


def test_verdicts_have_colours_of_their_own(page: Page) -> None:
    colours = page.value(f"{FIGURE}.map(each => [each.textContent, getComputedStyle(each).backgroundColor])")
    by_text = dict(colours)
    assert by_text["4.35"] == by_text["500"] != by_text["96"]
    assert page.value("document.querySelectorAll('#checks .record.bad, #checks .record.waiting').length") >= 1


def test_a_heading_of_the_outline_leads_to_its_line(page: Page) -> None:
    links = page.value("[...document.querySelectorAll('nav a')].map(each => [each.textContent, each.getAttribute('href')])")
    last = next(href for text, href in links if "今年工作安排" in text)
    assert "今年工作安排" in page.value(f"document.querySelector('{last}').closest('p').textContent")


def test_the_page_is_drawn_wide_and_narrow(page: Page, tmp_path: Path) -> None:
    for width in (1440, 700, 390):
        assert distinct_lines(page.screenshot(tmp_path / f"{width}.png", width)) > 100
        assert page.value("document.documentElement.scrollWidth <= innerWidth")


def test_print_shows_every_record_but_vague_wording(page: Page) -> None:
    page.ask("Emulation.setEmulatedMedia", media="print")
    assert page.value(f"{PANELS}.filter(each => !each.offsetParent).map(each => each.id)") == ["vague"]
    assert page.value("getComputedStyle(document.querySelector('nav')).display") == "none"


def test_the_workbook_opens_in_libreoffice_with_its_rows(folder: Path) -> None:
    sheets = sheets_of(folder / "任务.xlsx")
    assert set(sheets) == {"任务分解表", "笼统提法", "数字与核对"}
    rows = sheets["任务分解表"]
    assert COLUMNS in rows
    money = next(row for row in rows if "公用经费" in "".join(row) and row[0].isdigit())
    assert "2025-04-30" in money[7] and "300万元" in money[9]
    assert any("12000人" in row for row in sheets["数字与核对"])


def test_a_word_plan_with_automatic_numbers_becomes_rows_under_its_numbered_headings(tmp_path: Path) -> None:
    levels = level(0, "chineseCountingThousand", "%1、"), level(1, "chineseCounting", "（%2）"), level(2, "decimal", "%3.")
    plan = WordFile(abstract(0, *levels), instance(1, 0)).paragraph("云溪县2025年教育工作要点")
    plan.paragraph("重点任务", 1).paragraph("办学条件", 1, 1).paragraph("基建科要在8月底前完成3所学校新建。", 1, 2)
    plan.paragraph("教师队伍", 1, 1).paragraph("人事科要在6月底前招聘教师120名。", 1, 2).paragraph("附件1").paragraph("项目清单")
    table = plan.document.add_table(2, 2)
    for cell, text in zip((cell for row in table.rows for cell in row.cells), ("项目", "学位"), strict=False):
        cell.text = text
    plan.save(tmp_path, "要点.docx")
    command = [str(Path(sys.executable).with_name("junheng")), "read", "要点.docx", "--on", "2025-02-20", "--xlsx", "表.xlsx"]
    subprocess.run(command, cwd=tmp_path, env=environment(), capture_output=True, check=True)
    rows = [row for row in sheets_of(tmp_path / "表.xlsx")["任务分解表"] if row[0].isdigit()]
    assert [(row[2].split("（")[1].split("；")[0], row[6], row[7], row[9]) for row in rows] == [
        ("重点任务 > 办学条件", "基建科", "8月底前（2025-08-31）", "学校新建 3所"),
        ("重点任务 > 教师队伍", "人事科", "6月底前（2025-06-30）", "招聘教师 120名")]
