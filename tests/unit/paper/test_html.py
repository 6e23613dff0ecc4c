"""The page: it needs nothing from outside, and no text in it becomes markup or script."""

import base64
import hashlib
import json
import re
from dataclasses import replace
from fractions import Fraction
from html.parser import HTMLParser
from importlib.resources import files

import pytest

from junheng.paper.html import page_text
from junheng.paper.page import Bars, Card, Chart, Choice, Line, Listing, Map, Page, Point, Points, Section, Series, Sketch
from junheng.paper.sheets import Cell, Column, Role, Sheet

EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"
SHEET = Sheet(
    "表",
    "表",
    (Column(("校名",), 12, "left"), Column(("项", "原始数"), detail=True), Column(("项", "值"), brief=("项", "≥1"))),
    ((Cell(EVIL), Cell(2), Cell(Fraction(1, 3), Role.bad, 2)), (Cell("白石小学"), Cell(), Cell("缺数据", Role.unknown))),
    fixed=1,
)
BARS = Bars((EVIL, "白石小学"), (Series("2025年", (0.5, None), stands_out=(0,)),), places=3, limit=0.45, limit_name="≤0.45")
SKETCH = Sketch((Points("未达标", "bad", "triangle", (Point(1.5, 2.0, EVIL, ("第一行", EVIL)),)),), (Point(1.0, 1.0, "某镇"),))
PAGE = Page(
    title=f"云溪县 {EVIL}",
    facts=("2025—2026学年",),
    caveat="不代表认定结论",
    cards=(Card("优质均衡", (Line("小学", "测算未达标", Role.bad, EVIL),), Role.bad),),
    sections=(
        Section("spreads", "差异系数", (Chart("图", BARS), Choice("选", "指标", ((EVIL, BARS), ("乙", BARS))))),
        Section("schools", "学校", (Listing("表", SHEET, fold_label="展开", choices=(0,)),)),
        Section("map", "示意图", (Map("图", "县区", (("全部", SKETCH), ("某县", SKETCH)), finds="schools"),)),
    ),
)


class Reader(HTMLParser):
    """Collects every element with its attributes, and the text of scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self.inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.inside = tag
        self.texts.setdefault(tag, []).append("")

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.texts[self.inside][-1] += data

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""


@pytest.fixture(scope="module")
def page() -> Reader:
    return Reader(page_text(PAGE))


def test_nothing_is_fetched(page: Reader) -> None:
    fetching = {"src", "srcset", "action", "formaction", "data", "poster", "background"}
    assert not [(tag, attrs) for tag, attrs in page.elements if fetching & attrs.keys()]
    assert all((attrs["href"] or "").startswith("#") for _, attrs in page.elements if "href" in attrs)
    assert not {"link", "iframe", "object", "embed", "base", "img"} & {tag for tag, _ in page.elements}
    assert not re.search(r"url\(|@import", "".join(page.texts["style"]))


def test_no_address_stands_outside_the_vendored_library() -> None:
    library = files("junheng.paper").joinpath("vendor/echarts.common.min.js").read_text(encoding="utf-8")
    assert library in page_text(PAGE)
    assert not re.search(r"https?:|//\w+\.\w", page_text(PAGE).replace(library, ""))


def test_its_policy_lets_only_its_own_two_scripts_run_and_nothing_be_fetched(page: Reader) -> None:
    policy = next(attrs["content"] or "" for tag, attrs in page.elements if attrs.get("http-equiv"))
    run = [text for text in page.texts["script"] if not text.startswith("{")]
    named = {f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}" for text in run}
    assert len(run) == 2
    assert set(re.findall(r"sha256-[^']+", policy)) == named
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy.split("script-src")[1].split(";")[0]


def test_a_name_that_is_markup_stays_text(page: Reader) -> None:
    assert len([tag for tag, _ in page.elements if tag == "script"]) == 3
    assert not [attrs for _, attrs in page.elements if any(name.startswith("on") for name in attrs)]
    assert EVIL in "".join(page.texts["td"])


def test_data_in_a_script_element_cannot_end_it(page: Reader) -> None:
    data = page.texts["script"][0]
    assert "<" not in data
    assert json.loads(data)["spreads-0"][0]["categories"] == [EVIL, "白石小学"]


def test_a_missing_value_has_no_bar(page: Reader) -> None:
    series = json.loads(page.texts["script"][0])["spreads-1"][1]["series"]
    assert [one["values"] for one in series] == [[0.5, None]]


def test_points_of_a_sketch_keep_their_place_name_and_lines_as_data(page: Reader) -> None:
    drawn = json.loads(page.texts["script"][0])["map-0"]
    assert len(drawn) == 2
    assert drawn[0]["states"][0]["points"] == [[1.5, 2.0, EVIL, ["第一行", EVIL]]]
    assert drawn[0]["names"] == [[1.0, 1.0, "某镇", []]]
    assert [attrs["data-finds"] for _, attrs in page.elements if "data-finds" in attrs] == ["schools"]


def test_a_sketch_alone_is_not_chosen_from_a_list() -> None:
    alone = replace(PAGE, sections=(Section("map", "示意图", (Map("图", "县区", (("某县", SKETCH),)),)),))
    assert "select" not in Reader(page_text(alone)).texts


def test_a_column_to_choose_from_offers_each_of_its_words_once(page: Reader) -> None:
    place = next(number for number, (tag, attrs) in enumerate(page.elements) if tag == "select" and "data-choose" in attrs)
    offered = [attrs.get("value") for tag, attrs in page.elements[place + 1:place + 4]]
    assert page.elements[place][1]["data-choose"] == "0"
    assert offered == ["", None, None]
    assert {"全部", EVIL, "白石小学"} <= set(page.texts["option"])


def test_only_what_a_table_holds_can_be_filtered_for(page: Reader) -> None:
    assert [attrs["data-only"] for _, attrs in page.elements if "data-only" in attrs] == ["bad", "unknown"]
    sound = replace(SHEET, rows=((Cell("白石小学"), Cell(1), Cell(2)),))
    plain = replace(PAGE, sections=(Section("schools", "学校", (Listing("表", sound, fold_label="展开"),)),))
    assert not [attrs for _, attrs in Reader(page_text(plain)).elements if "data-only" in attrs]


def test_cells_are_shaded_and_sort_by_their_exact_number(page: Reader) -> None:
    cells = [attrs for tag, attrs in page.elements if tag == "td"]
    looks = ["left fixed", "right detail", "right bad", "left fixed", "right detail", "right unknown"]
    assert [attrs["class"] for attrs in cells] == looks
    assert cells[2]["data-v"] == repr(1 / 3)
    assert "data-v" not in cells[5]
    assert [text.strip() for text in page.texts["td"]] == [EVIL, "2", "0.33", "白石小学", "", "缺数据"]


def test_folded_heads_say_how_many_columns_they_keep(page: Reader) -> None:
    heads = [(attrs["data-all"], attrs["data-kept"]) for tag, attrs in page.elements if tag == "th"]
    assert heads == [("1", "1"), ("2", "1"), ("1", "0"), ("1", "1")]


def test_the_caveat_stands_at_the_top_and_the_bottom() -> None:
    assert page_text(PAGE).count("不代表认定结论") == 2


def test_equal_pages_give_equal_text() -> None:
    assert page_text(PAGE) == page_text(PAGE)
