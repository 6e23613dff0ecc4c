"""The template: what a school can do in it, what it cannot, and that a filled one holds what was put in."""

from __future__ import annotations

import io
import time
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from sound_register import MUSIC, SOUND

from junheng.kernel.codes import plain as plain_word
from junheng.kernel.columns import Column
from junheng.register.guidance import ASKS
from junheng.register.tables import COUNTY_TABLES, TABLES
from junheng.register.template import SHEETS, columns_of, write_template

GUIDE, CODES = "填写说明", "代码"
CELLS = [(table, place, column) for table in SHEETS for place, column in enumerate(columns_of(TABLES[table]).values(), 1)]
HEADER_ROW, FIRST_ROW = 2, 3


def written(**options: object) -> bytes:
    stream = io.BytesIO()
    write_template(stream, **options)  # type: ignore[arg-type]
    return stream.getvalue()


def opened(**options: object) -> Workbook:
    return load_workbook(io.BytesIO(written(**options)))


@pytest.fixture(scope="module")
def blank() -> Workbook:
    return opened()


def test_there_is_a_sheet_for_every_table_after_the_guide(blank: Workbook) -> None:
    assert blank.sheetnames == [GUIDE, *(TABLES[name].zh for name in SHEETS), CODES]
    assert set(SHEETS) == set(TABLES) == set(ASKS)
    assert blank[CODES].sheet_state == "hidden"


def test_asked_for_some_tables_only_those_are_there() -> None:
    names = [name for name in SHEETS if name not in COUNTY_TABLES]
    assert opened(tables=names).sheetnames == [GUIDE, *(TABLES[name].zh for name in names), CODES]


def test_the_guide_leads_to_every_sheet(blank: Workbook) -> None:
    links = {cell.hyperlink.location for cell in blank[GUIDE]["A"] if cell.hyperlink}
    assert links == {f"'{TABLES[name].zh}'!A3" for name in SHEETS}


@pytest.mark.parametrize("table", SHEETS)
def test_the_year_is_not_asked_for(blank: Workbook, table: str) -> None:
    headers = [cell.value for cell in blank[TABLES[table].zh][HEADER_ROW]]
    assert "学年*" not in headers and len(headers) == len(TABLES[table].columns) - 1


def test_a_header_names_the_unit_and_marks_what_is_required(blank: Workbook) -> None:
    headers = [cell.value for cell in blank["校舍场地"][HEADER_ROW]]
    assert headers[:5] == ["学校标识码*", "权属状态*", "报表版本*", "占地面积\n（㎡）", "运动场地面积\n（㎡）*"]
    assert blank["班级"]["C2"].value == "年级*"  # its name says its unit


def test_the_title_tells_table_and_task(blank: Workbook) -> None:
    title = blank["教师"]["A1"].value
    assert title.startswith("学校基础数据表（教师）\n") and "每名教职工一行" in title and "必填" in title
    assert blank["佐证"]["A1"].value.startswith("区县基础数据表（佐证）")
    assert any(str(cells).startswith("A1:") for cells in blank["教师"].merged_cells.ranges)


def test_the_schools_name_comes_before_the_title() -> None:
    sheet = opened(title="清河小学", tables=["classes"])["班级"]
    assert sheet["A1"].value.startswith("清河小学　学校基础数据表（班级）")


def _test_of(sheet: Worksheet, place: int) -> Mapping[str, object] | None:
    cell = sheet.cell(FIRST_ROW, place).coordinate
    found = [rule for rule in sheet.data_validations.dataValidation if cell in rule.sqref]
    assert len(found) <= 1
    return {"type": found[0].type, "list": found[0].formula1, "most": found[0].formula2,
            "says": found[0].error} if found else None


@pytest.mark.parametrize(("table", "place", "column"), [cell for cell in CELLS if cell[2].choices])
def test_a_choice_is_a_drop_down_of_exactly_its_words(blank: Workbook, table: str, place: int, column: Column) -> None:
    rule = _test_of(blank[TABLES[table].zh], place)
    assert rule and rule["type"] == "list" and column.choices
    _, cells = str(rule["list"]).rsplit("!", 1)
    words = [cell.value for row in blank[CODES][cells.replace("$", "")] for cell in row]
    assert words == [code.zh for code in column.choices]


@pytest.mark.parametrize(("table", "place", "column"), [cell for cell in CELLS if not cell[2].choices])
def test_numbers_days_flags_and_identities_are_tested_by_excel_in_chinese(
        blank: Workbook, table: str, place: int, column: Column) -> None:
    rule = _test_of(blank[TABLES[table].zh], place)
    types = {"integer": "whole", "decimal": "decimal", "day": "date", "flag": "list", "identity": "textLength"}
    assert (rule["type"] if rule else None) == types.get(column.kind)
    assert rule is None or "请改正" in str(rule["says"])
    assert not rule or column.kind not in ("integer", "decimal") or Decimal(str(rule["most"])) == column.most


@pytest.mark.parametrize(("table", "place", "column"), CELLS)
def test_headers_are_locked_and_explained_and_cells_are_open(
        blank: Workbook, table: str, place: int, column: Column) -> None:
    sheet = blank[TABLES[table].zh]
    head = sheet.cell(HEADER_ROW, place)
    cell = next(every for every in sheet.column_dimensions.values() if every.min <= place <= every.max)
    assert sheet.protection.sheet and head.protection.locked and head.comment
    assert head.comment.text.startswith("必填") is not column.optional and column.note in head.comment.text
    assert not cell.protection.locked


@pytest.mark.parametrize("table", SHEETS)
def test_rows_may_be_put_in_sorted_and_formatted(blank: Workbook, table: str) -> None:
    protection = blank[TABLES[table].zh].protection  # False: not forbidden
    assert not (protection.insertRows or protection.sort or protection.formatCells or protection.formatColumns)
    assert blank[TABLES[table].zh].freeze_panes is not None


@pytest.mark.parametrize("rows", [None, SOUND])
@pytest.mark.parametrize("plain", [True, False])
def test_the_same_rows_make_the_same_bytes(plain: bool, rows: object) -> None:
    first = written(rows=rows, plain=plain)
    time.sleep(1.1)  # a time stamp would differ by now
    assert written(rows=rows, plain=plain) == first


@pytest.mark.parametrize("plain", [True, False])
@pytest.mark.parametrize("table", SOUND)
def test_a_filled_sheet_holds_the_words_and_numbers_put_in(table: str, plain: bool) -> None:
    sheet = opened(rows=SOUND, plain=plain)[TABLES[table].zh]
    columns = columns_of(TABLES[table])
    for number, row in enumerate(SOUND[table], FIRST_ROW):
        for place, (name, column) in enumerate(columns.items(), 1):
            assert _held(sheet.cell(number, place).value, column) == row.get(name), (number, name)
    assert sheet.max_row == FIRST_ROW + len(SOUND[table]) - 1


def _held(value: object, column: Column) -> object:
    """A cell as the register would type it."""
    if value is None:
        return None
    if column.choices:
        return column.choices.spellings()[plain_word(str(value))]
    if column.kind == "flag":
        return {"是": True, "否": False}[str(value)]
    if column.kind == "day":
        return value.date()  # type: ignore[attr-defined]
    return Decimal(str(value)) if column.kind == "decimal" else value


def test_an_identity_number_stays_text_of_18_digits() -> None:
    cell = opened(rows=SOUND)["教师"]["B3"]
    assert cell.value == MUSIC and cell.data_type == "s" and cell.number_format == "@"


def test_a_filled_workbook_holds_no_sheet_that_was_not_asked_for() -> None:
    rows = {"venues": [], "classes": SOUND["classes"]}
    assert opened(rows=rows, plain=True).sheetnames == ["班级", "租用场地"]  # empty: the school has none


def test_what_is_not_of_its_columns_kind_is_written_as_it_is_for_the_import_to_find() -> None:
    odd = {"classes": [{"stage": "大学", "grade": "六", "pupils": -1.5, "kind": date(2025, 1, 1)}]}
    row = [cell.value for cell in opened(rows=odd, plain=True)["班级"][FIRST_ROW]]
    assert [row[1], row[2], row[5]] == ["大学", "六", -1.5] and row[4].date() == date(2025, 1, 1)


def test_a_workbook_of_two_hundred_rows_costs_at_most_five_blank_ones() -> None:
    rows = {"classes": SOUND["classes"] * 20, "teachers": SOUND["teachers"] * 20}
    assert least_seconds(rows=rows) < 5 * least_seconds()


def least_seconds(**options: object) -> float:
    """Of five runs: another process or a sweep of the memory disturbs one of them, not all."""
    def once() -> float:
        started = time.process_time()
        written(**options)
        return time.process_time() - started
    return min(once() for _ in range(5))
