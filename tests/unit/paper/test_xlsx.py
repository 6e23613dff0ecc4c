"""The workbook: merged heads, exact numbers behind rounded prints, shades, print set-up, equal bytes."""

from dataclasses import replace
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from junheng.kernel.faults import Exit, JunhengError
from junheng.paper.sheets import Cell, Column, Role, Sheet
from junheng.paper.xlsx import workbook_bytes, write_workbook

COLUMNS = (Column(("校名",), 12, "left"), Column(("面积", "值"), 8), Column(("面积", "标准"), 8))
ROWS = (
    (Cell("=1+1"), Cell(Fraction(2, 3), Role.bad, 2), Cell(Fraction(9, 2), Role.quiet, 1, "*")),
    (Cell("白石小学"), Cell("缺数据", Role.unknown), Cell()),
)
TOTAL = (Cell("合计"), Cell(3), Cell())
SHEET = Sheet("表1", "达标表", COLUMNS, ROWS, totals=(TOTAL,), facts=("云溪县", "说明"), notes=("注：",))


@pytest.fixture(scope="module")
def sheet() -> Any:
    return load_workbook(BytesIO(workbook_bytes([SHEET])))["表1"]


def test_heads_are_merged_below_the_title_and_its_facts(sheet: Any) -> None:
    assert sheet["A1"].value == "达标表"
    assert [sheet[f"A{row}"].value for row in (2, 3)] == ["云溪县", "说明"]
    assert {str(each) for each in sheet.merged_cells.ranges} == {"A4:A5", "B4:C4"}
    assert [sheet["A4"].value, sheet["B4"].value, sheet["B5"].value, sheet["C5"].value] == ["校名", "面积", "值", "标准"]


def test_a_number_keeps_its_digits_and_is_rounded_by_its_format_only(sheet: Any) -> None:
    assert sheet["B6"].value == pytest.approx(2 / 3, abs=1e-15)
    assert sheet["B6"].number_format == "#,##0.00"


def test_a_mark_follows_the_number_without_making_it_text(sheet: Any) -> None:
    assert sheet["C6"].value == 4.5
    assert sheet["C6"].number_format == '#,##0.0"*"'


def test_a_failing_cell_is_shaded_and_an_unknown_one_is_hatched(sheet: Any) -> None:
    assert (sheet["B6"].fill.fill_type, sheet["B6"].fill.fgColor.rgb) == ("solid", "FFF9D5D1")
    assert sheet["B7"].fill.fill_type == "lightUp"
    assert sheet["A7"].fill.fill_type is None


def test_a_text_that_looks_like_a_formula_stays_text(sheet: Any) -> None:
    assert (sheet["A6"].value, sheet["A6"].data_type) == ("=1+1", "s")


def test_an_empty_cell_is_empty_and_not_zero(sheet: Any) -> None:
    assert sheet["C7"].value is None


def test_totals_and_notes_follow_the_rows(sheet: Any) -> None:
    assert [sheet["A8"].value, sheet["B8"].value, sheet["A10"].value] == ["合计", 3, "注："]


def test_it_prints_across_one_page_with_its_header_repeated_and_its_pages_numbered(sheet: Any) -> None:
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$1:$5"
    assert sheet.oddFooter.right.text == "第 &P 页 共 &N 页"
    assert sheet.freeze_panes == "C6"


def test_a_marking_stands_above_every_printed_page(sheet: Any) -> None:
    marked = load_workbook(BytesIO(workbook_bytes([replace(SHEET, marking="内部资料")])))["表1"]
    assert marked.oddHeader.left.text == "内部资料"
    assert sheet.oddHeader.left.text is None


def test_the_filter_leaves_totals_out(sheet: Any) -> None:
    assert sheet.auto_filter.ref == "A5:C7"


def test_equal_sheets_give_equal_bytes() -> None:
    assert workbook_bytes([SHEET]) == workbook_bytes([SHEET])


def test_a_folder_that_cannot_be_written_is_a_storage_error_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, not a folder")
    with pytest.raises(JunhengError, match="写不进去") as caught:
        write_workbook(tmp_path / "taken" / "x.xlsx", [SHEET])
    assert caught.value.code is Exit.storage
    assert [each.name for each in tmp_path.iterdir()] == ["taken"]


def test_a_file_that_cannot_be_replaced_stays_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "x.xlsx"
    folder.mkdir()
    (folder / "inside").write_text("kept")
    with pytest.raises(JunhengError):
        write_workbook(folder, [SHEET])
    assert [each.name for each in tmp_path.rglob("*")] == ["x.xlsx", "inside"]
