"""What a reading becomes: JSON, a workbook, a page, the words of the terminal."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from openpyxl import load_workbook

from junheng.documents.as_json import as_json
from junheng.documents.codes import BodySource, Exactness
from junheng.documents.forms.decomposition import write_decomposition
from junheng.documents.forms.page import document_page
from junheng.documents.shapes import Reading
from junheng.paper.annotated_html import annotated_text
from junheng.screens import documents
from tests.unit.documents.made_reading import AD, RAW, figure, reading

COLUMNS = ["序号", "目标与任务", "来源原文", "牵头领导", "牵头责任单位", "责任单位", "责任科室", "时限", "节点", "验收标准",
           "状态"]


@pytest.fixture(scope="module")
def read() -> Reading:
    return reading()


# --- JSON ---------------------------------------------------------------------------------------------------

def test_every_span_of_the_json_leads_to_its_words_in_the_raw_text(read: Reading) -> None:
    found = json.loads(json.dumps(as_json(read), ensure_ascii=False))
    for each in found["figures"]:
        assert RAW[slice(*each["span"])] == each["printed"]
    assert [RAW[slice(*each["span"])] for each in found["tasks"]] == [each["text"] for each in found["tasks"]]
    assert [RAW[slice(*each["span"])] for each in found["goals"]] == [each["text"] for each in found["goals"]]
    assert RAW[slice(*found["checks"][1]["spans"][0])] == "县、乡、村的四级"
    assert RAW[slice(*found["blanks"][0]["span"])] == "00"
    assert RAW[slice(*found["repairs"][0]["span"])] == AD
    assert [RAW[slice(*each["span"])].split()[0] for each in found["outline"]] == ["一、去年工作回顾", "二、今年工作"]


def test_the_json_has_the_lists_that_were_asked_for(read: Reading) -> None:
    found = as_json(read)
    assert {"document", "figures", "checks", "goals", "tasks", "blanks", "repairs"} <= set(found)
    assert {"sha256", "title", "parts"} <= set(found["document"])  # type: ignore[arg-type]


def test_a_value_is_text_and_what_is_hidden_is_null(read: Reading) -> None:
    masked = figure("在校生12000人", "12000", value=None, exactness=Exactness.masked)
    found = as_json(replace(read, figures=(*read.figures, masked)))["figures"]
    assert [each["value"] for each in found] == ["12000", "500", "4.35", "96", "300", None]  # type: ignore[attr-defined]
    assert found[4]["scale"] == "10000"  # type: ignore[index]


@pytest.mark.parametrize("only", ("figures", "checks", "goals", "tasks", "outline"))
def test_one_list_can_be_asked_for_alone(read: Reading, only: str) -> None:
    assert list(as_json(read, only)) == ["document", only]  # type: ignore[arg-type]


# --- workbook -----------------------------------------------------------------------------------------------

def rows_of(path: Path, sheet: str) -> list[list[object]]:
    return [[cell.value for cell in row] for row in load_workbook(path)[sheet].iter_rows()]


@pytest.fixture(scope="module")
def workbook(read: Reading, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("out") / "任务分解表.xlsx"
    write_decomposition(path, [read])
    return path


def table(path: Path, sheet: str, first: str) -> list[dict[str, object]]:
    """The rows below the header row, by the words of the header."""
    rows = rows_of(path, sheet)
    head = next(number for number, row in enumerate(rows) if first in row)
    return [dict(zip(map(str, rows[head]), row, strict=True)) for row in rows[head + 1:] if any(row[1:])]


def test_the_table_of_tasks_has_the_columns_that_offices_use(workbook: Path) -> None:
    assert COLUMNS in rows_of(workbook, "任务分解表")


def test_goals_and_tasks_stand_in_the_order_of_the_text_and_exhortations_elsewhere(workbook: Path) -> None:
    own = table(workbook, "任务分解表", "序号")
    assert [row["目标与任务"] for row in own] == ["目标：到2025年底，九年义务教育巩固率达到96%", "拨付资金", "督促学校办好食堂"]
    assert [row["提法"] for row in table(workbook, "笼统提法", "提法")] == ["进一步加强师德建设"]


def test_a_suggested_body_is_marked_and_an_explicit_one_is_not(workbook: Path) -> None:
    _, money, canteen = table(workbook, "任务分解表", "序号")
    assert (money["牵头责任单位"], money["责任单位"]) == ("县财政局", "人社局")
    assert canteen["责任科室"] == "后勤科（建议）"
    sheet = load_workbook(workbook)["任务分解表"]
    fills = {cell.value: cell.fill.fgColor.rgb for row in sheet.iter_rows() for cell in row if cell.value}
    assert fills["后勤科（建议）"] != fills["县财政局"]


def test_a_deadline_a_measure_and_the_lack_of_one_are_said(workbook: Path) -> None:
    goal, money, canteen = table(workbook, "任务分解表", "序号")
    assert goal["时限"] == "2025年底（2025-12-31）"
    assert (money["时限"], money["验收标准"]) == ("4月底前（2025-04-30）", "资金300万元")
    assert (canteen["时限"], canteen["验收标准"]) == ("待定", "需补验收标准")
    assert "县财政局会同人社局4月底前拨付资金300万元" in str(money["来源原文"])


def test_every_row_tells_where_in_the_raw_text_it_stands(workbook: Path) -> None:
    def at(told: object) -> str:
        found = re.search(r"原文第 (\d+)—(\d+) 字", str(told))
        assert found
        return RAW[int(found[1]) - 1:int(found[2])]
    assert [at(row["来源原文"]) for row in table(workbook, "任务分解表", "序号")] == [
        "到2025年底，九年义务教育巩固率达到96%", "县财政局会同人社局4月底前拨付资金300万元", "督促学校办好食堂"]
    assert [at(row["位置"]) for row in table(workbook, "数字与核对", "指标")] == [
        "12000", "500", "4.35", "96", "300", "县、乡、村的四级"]


def test_figures_carry_their_verdict_and_false_claims_without_a_figure_follow(workbook: Path) -> None:
    rows = table(workbook, "数字与核对", "指标")
    assert [(row["数字"], row["核对结果"]) for row in rows[:5]] == [
        ("12000人", "成立"), ("500人", "成立"), ("4.35%", "成立"), ("96%", None), ("300万元", None)]
    assert (rows[5]["指标"], rows[5]["核对结果"], rows[5]["应为或算得"]) == ("四级", "不成立", "应为 三级")


def test_two_documents_share_one_table_that_names_their_files(read: Reading, tmp_path: Path) -> None:
    other = replace(read, source=replace(read.source, name="总结.docx"))
    write_decomposition(tmp_path / "两份.xlsx", [read, other])
    rows = table(tmp_path / "两份.xlsx", "任务分解表", "序号")
    assert len(rows) == 6
    assert [str(row["来源原文"]).split("〕")[0] for row in rows] == ["〔讲话.txt"] * 3 + ["〔总结.docx"] * 3


def test_text_that_looks_like_a_formula_stays_text(read: Reading, tmp_path: Path) -> None:
    evil = replace(read.tasks[0], action="", object="", text="=HYPERLINK(1)", body="=1+1")
    write_decomposition(tmp_path / "表.xlsx", [replace(read, tasks=(evil,))])
    sheet = load_workbook(tmp_path / "表.xlsx")["任务分解表"]
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_a_document_without_tasks_gives_a_table_without_rows(read: Reading, tmp_path: Path) -> None:
    write_decomposition(tmp_path / "空.xlsx", [replace(read, tasks=(), goals=(), figures=(), checks=())])
    rows = rows_of(tmp_path / "空.xlsx", "任务分解表")
    assert rows.index(COLUMNS) and not [row for row in rows if row[0] == 1]


# --- page ---------------------------------------------------------------------------------------------------

class Elements(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text, self.inside = "", False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self.inside = self.inside or dict(attrs).get("id") == "text"

    def handle_endtag(self, tag: str) -> None:
        if self.inside and tag == "p":
            self.text += "\n"
        self.inside = self.inside and tag != "article"

    def handle_data(self, data: str) -> None:
        self.text += data if self.inside else ""


@pytest.fixture(scope="module")
def page(read: Reading) -> Elements:
    return Elements(annotated_text(document_page(read)))


def test_the_page_shows_the_raw_text_unchanged(page: Elements) -> None:
    assert page.text.split() == RAW.split()


def test_every_mark_leads_to_a_record_and_every_record_to_the_text(page: Elements) -> None:
    ids = [attrs["id"] for _, attrs in page.found if "id" in attrs]
    assert len(ids) == len(set(ids))
    marked = {key for _, attrs in page.found if attrs.get("data-r") for key in str(attrs["data-r"]).split()}
    assert marked and marked <= set(ids)
    links = {str(attrs["href"]) for tag, attrs in page.found if tag == "a"}
    assert {link.removeprefix("#") for link in links} <= set(ids)


def test_markup_in_the_text_stays_text_and_nothing_is_fetched(page: Elements) -> None:
    assert [tag for tag, _ in page.found].count("script") == 1
    assert not [attrs for _, attrs in page.found if {"src", "srcset", "action", "data"} & set(attrs)]
    assert not {"link", "iframe", "img", "object", "base"} & {tag for tag, _ in page.found}


def test_the_policy_lets_only_the_pages_own_script_run(read: Reading) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', annotated_text(document_page(read)))
    assert policy and "default-src 'none'" in policy[1]
    assert "unsafe-inline" not in policy[1].split("script-src")[1].split(";")[0]


def test_a_figure_takes_the_colour_of_its_verdict(page: Elements) -> None:
    looks = {str(attrs["data-r"]).split()[0]: str(attrs["class"]) for _, attrs in page.found if attrs.get("data-r")}
    assert "ok" in looks["f0"].split()
    assert "target" in looks["f3"].split()
    assert "bad" in looks["c1"].split()


def test_equal_readings_give_equal_pages() -> None:
    assert annotated_text(document_page(reading())) == annotated_text(document_page(reading()))


# --- terminal -----------------------------------------------------------------------------------------------

def test_the_summary_names_the_false_claim_before_goals_and_tasks(read: Reading, capsys: pytest.CaptureFixture[str]) -> None:
    documents.document(read)
    told = capsys.readouterr().out
    assert told.startswith("# 在2025年全县教育工作会议上的讲话\n")
    wanted = ["| 不成立 | 四级 | 应为 三级 |", "## 目标（1）", "## 任务（2）", "## 待填（1）"]
    assert sorted(wanted, key=told.index) == wanted
    assert "后勤科（建议）" in told and "笼统提法 1 条" in told


def test_a_dated_or_measurable_task_comes_before_others(read: Reading, capsys: pytest.CaptureFixture[str]) -> None:
    documents.document(replace(read, tasks=tuple(reversed(read.tasks))))
    told = capsys.readouterr().out
    assert told.index("拨付资金300万元") < told.index("督促学校办好食堂")


def test_an_empty_reading_says_so_in_words(read: Reading, capsys: pytest.CaptureFixture[str]) -> None:
    nothing = replace(read, figures=(), checks=(), goals=(), tasks=(), blanks=())
    documents.document(nothing)
    assert "文中没有可以核对的说法" in capsys.readouterr().out
    for only in ("figures", "checks", "goals", "tasks"):
        documents.document(nothing, only=only)  # type: ignore[arg-type]
        assert "没有。" in capsys.readouterr().out


def test_a_task_without_a_body_is_not_given_one(read: Reading, capsys: pytest.CaptureFixture[str]) -> None:
    nobody = replace(read.tasks[0], body="", body_source=BodySource.none)
    documents.document(replace(read, tasks=(nobody,)))
    assert "| 未写明 |" in capsys.readouterr().out
