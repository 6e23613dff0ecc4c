"""An official paper: what Word and Excel both print of it, and that they print the same."""

from fractions import Fraction
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from openpyxl import load_workbook

from junheng.kernel.exact import rounded
from junheng.paper import docx, xlsx
from junheng.paper.sheets import Cell, Column, Paper, Role, Row, Sheet, fitted

CAVEAT = "本结果为依据现有数据的测算，不代表督导评估认定结论"
COLUMNS = (
    Column(("学校名称",), 20, "left"),
    Column(("面积（㎡）", "值"), 9),
    Column(("面积（㎡）", "标准"), 9),
    Column(("备注",), 20, "left"),
)
ROWS: tuple[Row, ...] = (
    (Cell("白石 <一> & 小学"), Cell(Fraction(2, 3), Role.bad, 2), Cell(Fraction(9, 2), Role.quiet, 1, "%"), Cell("=1+1")),
    (Cell("青岗小学"), Cell("缺数据", Role.unknown), Cell("待确认", Role.waiting), Cell()),
)
TOTAL: Row = (Cell("全县合计"), Cell(1234), Cell(), Cell())
FACTS = ("云溪县　2025—2026学年", CAVEAT)
FIRST = Sheet("表一", "情况表", COLUMNS, ROWS, (TOTAL,), FACTS, ("红底：未达标。",), text=("说明一句。",), unit="㎡")
WIDE = Sheet("表二", "大表", tuple(Column((f"第{number}列",), 12) for number in range(20)), (), facts=(CAVEAT,), paper="A3")
PAPER = Paper("云溪县情况表", (FIRST, WIDE), CAVEAT, "内部资料")


@pytest.fixture(scope="module")
def word() -> Any:
    return Document(BytesIO(docx.paper_bytes(PAPER)))


@pytest.fixture(scope="module")
def book() -> Any:
    return load_workbook(BytesIO(xlsx.paper_bytes(PAPER)))


def in_word(document: Any, number: int = 0) -> list[list[str]]:
    """The cells of a table below its heads."""
    table = document.tables[number]
    heads = sum(row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows)
    return [[cell.text for cell in row.cells] for row in table.rows[heads:]]


def in_excel(sheet: Any, first: int, rows: int) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=first, max_row=first + rows - 1)]


def said(document: Any) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def test_word_prints_every_cell_as_a_reader_sees_it(word: Any) -> None:
    assert in_word(word) == [[cell.text for cell in row] for row in (*ROWS, TOTAL)]


def test_excel_holds_the_same_cells_with_all_their_digits(book: Any, word: Any) -> None:
    found = in_excel(book["表一"], 8, 3)
    for numbers, words, row in zip(found, in_word(word), (*ROWS, TOTAL), strict=True):
        for number, text, cell in zip(numbers, words, row, strict=True):
            if cell.number is None:
                assert (number or "") == text
            else:
                assert number == pytest.approx(float(cell.number), rel=1e-15)
                assert text == f"{rounded(cell.number, cell.places):,}{cell.mark}"


def test_title_facts_sentence_unit_notes_and_signatures_stand_around_the_table(word: Any, book: Any) -> None:
    around = ["情况表", "云溪县　2025—2026学年", CAVEAT, "说明一句。", "单位：㎡", "红底：未达标。"]
    assert said(word)[:6] == around
    assert all(who in said(word)[-1] for who in ("填表人：", "审核人：", "负责人：", "年"))
    held = [cell.value for row in book["表一"].iter_rows() for cell in row if cell.value]
    assert set(around) <= set(held)
    assert said(word)[-1] in held


def test_every_page_carries_the_marking_the_caveat_and_its_number(word: Any, book: Any) -> None:
    assert word.sections[0].header.paragraphs[0].text == "内部资料"
    foot = word.sections[0].footer.paragraphs[0]
    assert CAVEAT in foot.text
    assert [field.get(qn("w:instr")) for field in foot._p.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]
    assert word.sections[1].footer.is_linked_to_previous
    for sheet in book.worksheets:
        assert sheet["A1"].value == "内部资料"
        assert CAVEAT in sheet.oddFooter.left.text
        assert sheet.oddFooter.right.text == "第 &P 页 共 &N 页"


def test_without_a_marking_there_is_none() -> None:
    open_ = Paper("表", (FIRST,), CAVEAT)
    assert load_workbook(BytesIO(xlsx.paper_bytes(open_)))["表一"]["A1"].value == "情况表"
    assert Document(BytesIO(docx.paper_bytes(open_))).sections[0].header.paragraphs[0].text == ""


def test_pages_lie_and_a_wide_table_takes_a3(word: Any, book: Any) -> None:
    assert [section.orientation for section in word.sections] == [WD_ORIENT.LANDSCAPE] * 2
    assert [round(section.page_width.mm) for section in word.sections] == [297, 420]
    assert [round(section.page_height.mm) for section in word.sections] == [210, 297]
    assert [sheet.page_setup.orientation for sheet in book.worksheets] == ["landscape"] * 2
    assert [int(sheet.page_setup.paperSize) for sheet in book.worksheets] == [9, 8]


def test_heads_are_merged_and_repeated_on_every_page(word: Any, book: Any) -> None:
    rows = word.tables[0].rows
    assert [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in rows] == [True, True, False, False, False]
    assert [cell.text for cell in rows[0].cells] == ["学校名称", "面积（㎡）", "面积（㎡）", "备注"]
    assert [cell.text for cell in rows[1].cells] == ["学校名称", "值", "标准", "备注"]
    assert book["表一"].print_title_rows == "$6:$7"
    assert {"A2:D2", "A6:A7", "B6:C6", "D6:D7"} <= {str(each) for each in book["表一"].merged_cells.ranges}


def test_a_failing_cell_is_shaded_in_both(word: Any, book: Any) -> None:
    failing, plain = word.tables[0].rows[2].cells[1], word.tables[0].rows[2].cells[0]
    assert failing._tc.find(f".//{qn('w:shd')}").get(qn("w:fill")) == "F9D5D1"
    assert plain._tc.find(f".//{qn('w:shd')}") is None
    assert book["表一"]["B8"].fill.fgColor.rgb == "FFF9D5D1"
    assert book["表一"]["A8"].fill.fill_type is None


def test_fonts_are_named_as_official_papers_ask_and_none_is_embedded(word: Any, book: Any) -> None:
    named = {each.get(qn("w:eastAsia")) for each in word.element.body.iter(qn("w:rFonts"))}
    assert named == {"黑体", "仿宋", "宋体"}
    assert not [part for part in word.part.package.iter_parts() if part.partname.endswith(".odttf")]
    assert [book["表一"][cell].font.name for cell in ("A2", "A3", "A6", "A8")] == ["黑体", "仿宋", "黑体", "宋体"]


def test_a_table_takes_the_width_of_its_page_and_no_more(word: Any) -> None:
    widths = [sum(int(column.get(qn("w:w"))) for column in table._tbl.iter(qn("w:gridCol"))) / 56.6929 for table in word.tables]
    assert widths[0] <= 297 - 24
    assert widths[1] == pytest.approx(420 - 24, abs=1)


def test_a_narrow_table_is_not_pulled_over_the_whole_page() -> None:
    narrow = Sheet("窄", "窄", (Column(("项",), 10),), ())
    assert fitted(narrow) == (22.0,)


def test_a_paper_that_nobody_signs_has_no_line_for_it() -> None:
    unsigned = Document(BytesIO(docx.paper_bytes(Paper("表", (FIRST,), CAVEAT, signed_by=()))))
    assert not [line for line in unsigned.paragraphs if "填表" in line.text]


def test_the_lines_of_a_cell_stay_lines_in_word() -> None:
    lines = Sheet("表", "表", (Column(("措施",), 20),), ((Cell("一\n<二>"),),))
    document = Document(BytesIO(docx.paper_bytes(Paper("表", (lines,), CAVEAT))))
    assert in_word(document) == [["一\n<二>"]]


def test_equal_papers_give_equal_bytes() -> None:
    assert docx.paper_bytes(PAPER) == docx.paper_bytes(PAPER)
    assert xlsx.paper_bytes(PAPER) == xlsx.paper_bytes(PAPER)
