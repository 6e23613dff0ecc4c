from __future__ import annotations

import zipfile
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import polars as pl
import pytest
import xlwt
from by_hand import with_sheet_xml, workbook, xml_row
from hypothesis import given
from hypothesis import strategies as st

from junheng.register.intake import archive
from junheng.register.intake.extent import column_number, is_plain
from junheng.register.intake.flat_files import decoded
from junheng.register.intake.headers import is_table
from junheng.register.intake.reading import read_sheets
from junheng.register.intake.sheets import NO_RESULT, Refused, Sheet
from junheng.register.kinds import Kind

CHINESE = "学校标识码,学校名称\n9901000001,育才小学\n"


def sheets(path: Path) -> list[Sheet]:
    return read_sheets(path.read_bytes(), path.suffix, is_table)


def csv(content: bytes) -> Sheet:
    (sheet,) = read_sheets(content, ".csv", is_table)
    return sheet


def test_a_workbook_is_read_with_its_positions(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"教师": [[], [None, "甲", 1.5], [None, date(2020, 9, 1), "乙"]]})
    (sheet,) = sheets(path)
    assert (sheet.title, sheet.first) == ("教师", 2)
    assert sheet.rows == [[None, "甲", 1.5], [None, date(2020, 9, 1), "乙"]]


def test_guides_and_code_lists_are_left_out(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"填写说明": [["x"]], "班级": [["y"]], "代码": [["z"]]})
    assert [sheet.title for sheet in sheets(path)] == ["班级"]


def test_only_what_is_read_is_unpacked_and_it_stays_the_same(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"教师": [["甲", "乙"]], "学校": [["丙"]]})
    data = path.read_bytes()
    parts = archive.inflate(data, archive.entries(data))
    again = zipfile.ZipFile(BytesIO(archive.pack(parts)))
    assert again.testzip() is None
    assert {name: again.read(name) for name in again.namelist()} == {name: part.content for name, part in parts.items()}


def test_a_boolean_is_read_as_it_is_shown(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"教师": [[True, False, 1.0]]})
    assert sheets(path)[0].rows == [["TRUE", "FALSE", 1.0]]


@pytest.mark.parametrize("cell", [
    '<c r="C3" t="e"><v>#DIV/0!</v></c>', "<c r='C3' t='e'><v>#DIV/0!</v></c>",
    '<c s="1" t="e" r="C3"><f>1/0</f><v>#DIV/0!</v></c>',
    '<x:c r="C3" t="e"><x:v>#DIV/0!</x:v></x:c>'])
def test_a_cell_in_error_is_found_where_it_stands(tmp_path: Path, cell: str) -> None:
    rows = xml_row(2, "a", 1) + f'<row r="3"><c r="A3"><v>7</v></c>{cell}</row>'
    (sheet,) = sheets(with_sheet_xml(tmp_path / "a.xlsx", rows))
    assert [[cell or None for cell in row] for row in sheet.rows] == [["a", 1.0, None], [7.0, None, "#DIV/0!"]]
    assert sheet.first == 2


def test_an_error_outside_all_other_cells_is_found(tmp_path: Path) -> None:
    rows = ('<row r="1"><c r="E1"><f>A9</f></c></row>' + xml_row(3, "a")
            + '<row r="5"><c r="B5"><f>A9</f><v></v></c><c r="C5" t="str"><f>""</f><v></v></c></row>')
    (sheet,) = sheets(with_sheet_xml(tmp_path / "a.xlsx", rows))
    assert sheet.first == 1
    assert sheet.rows[0][4] == NO_RESULT
    assert sheet.rows[2][0] == "a"
    assert [cell or None for cell in sheet.rows[4]] == [None, NO_RESULT, None, None, None]


def test_a_formula_with_a_result_is_its_result(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>"甲"</f><v>甲</v></c></row>'
    assert sheets(with_sheet_xml(tmp_path / "a.xlsx", rows))[0].rows == [[2.0, "甲"]]


@pytest.mark.parametrize("row", [
    xml_row(9999, "a", 1), '<row r="1" spans="1:2"><c r="ZZ1" s="12" t="s"><v>0</v></c><c r="A1"/></row>'])
def test_a_plain_sheet_passes_at_the_first_look(row: str) -> None:
    assert is_plain(f"<worksheet><cols><col/></cols><sheetData>{row}</sheetData></worksheet>".encode(), "")


@pytest.mark.parametrize("row", [
    xml_row(10000, "a"), '<row r="1"><c r="AAA1"><v>1</v></c></row>', "<row r='1'><c r='A1'><v>1</v></c></row>",
    '<row><c><v>1</v></c></row>', '<row r="1"><c\nr="A1"><v>1</v></c></row>', '<row r="1"><c r="A1" t="e"><v>#N/A</v></c></row>',
    '<row r="1"><c r="A1"><f>1</f><v>1</v></c></row>', '<row r="1"><c r="A1" t="b"><v>1</v></c></row>', '<row\tr="1"></row>',
    '<x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row>', '<row r="1"><y:c r="A1"><v>1</v></y:c></row>'])
def test_any_other_sheet_is_measured(row: str) -> None:
    content = f'<worksheet xmlns:x="x" xmlns:y="y"><sheetData>{row}</sheetData></worksheet>'.encode()
    assert not is_plain(content, "")


@pytest.mark.parametrize("content", [
    b'<worksheet><sheetData></sheetData><x:sheetData><x:row r="1048576"/></x:sheetData></worksheet>',
    b'<worksheet><x:sheetData><row r="1048576"/></x:sheetData><sheetData></sheetData></worksheet>',
    b'<worksheet><!--<sheetData></sheetData>--><sheetData><row r="1048576"/></sheetData></worksheet>',
    b'<worksheet><sheetData><![CDATA[</sheetData>]]><row r="1048576"/></sheetData></worksheet>'])
def test_cells_cannot_hide_from_the_first_look(content: bytes) -> None:
    try:
        assert not is_plain(content, "")
    except Refused as refused:
        assert refused.kind in (Kind.blank_rows, Kind.not_a_workbook)


@given(st.integers(1, 16_384))
def test_column_letters_count_as_a_spreadsheet_counts(number: int) -> None:
    letters, rest = "", number
    while rest:
        rest, last = divmod(rest - 1, 26)
        letters = chr(65 + last) + letters
    assert column_number(letters) == number


def test_a_large_plain_sheet_is_taken(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"培训": [["x", number] for number in range(20_000)]})
    assert len(sheets(path)[0].rows) == 20_000


def test_formatted_cells_without_content_do_no_harm(tmp_path: Path) -> None:
    styled = "".join(f'<row r="{row}"><c r="A{row}"/><c r="XFD{row}"/></row>' for row in range(2, 9000))
    (sheet,) = sheets(with_sheet_xml(tmp_path / "a.xlsx", xml_row(1, "a", "b") + styled))
    assert sheet.rows == [["a", "b"]]


def test_an_old_workbook_is_read_like_a_new_one(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet, guide = book.add_sheet("教师"), book.add_sheet("说明")
    guide.write(0, 0, "x")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for place, cell in enumerate(["甲", 3.0, True, datetime(2020, 9, 1)]):
        sheet.write(1, place, cell, *([day] if isinstance(cell, datetime) else []))
    sheet.write(3, 1, "乙")
    book.save(str(tmp_path / "a.xls"))
    (read,) = sheets(tmp_path / "a.xls")
    assert read.title == "教师"
    assert [[cell or None for cell in row] for row in read.rows] == [
        [None] * 4, ["甲", 3.0, "TRUE", datetime(2020, 9, 1)], [None] * 4, [None, "乙", None, None]]


def test_an_error_of_an_old_workbook_is_its_word(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("教师")
    sheet.write(0, 0, "a")
    sheet.row(0).set_cell_error(1, 0x07)
    book.save(str(tmp_path / "a.xls"))
    assert sheets(tmp_path / "a.xls")[0].rows == [["a", "#DIV/0!"]]


def test_a_file_is_known_by_its_content_not_by_its_suffix(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"教师": [["甲"]]})
    assert sheets(path.rename(tmp_path / "a.xls"))[0].rows == [["甲"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_text_table_is_read_in_any_common_form(encoding: str, delimiter: str, ending: str) -> None:
    sheet = csv(CHINESE.replace(",", delimiter).replace("\n", ending).encode(encoding))
    assert sheet.rows == [["学校标识码", "学校名称"], ["9901000001", "育才小学"]]


def test_quotes_and_short_lines_of_a_text_table_are_understood() -> None:
    assert csv(b'a,b,c\n"x,\ny",2\n').rows == [["a", "b", "c"], ["x,\ny", "2", None]]


def test_chinese_that_happens_to_be_valid_utf8_is_not_read_as_greek() -> None:
    assert "学校".encode("gb18030").decode("utf-8") != "学校"
    assert decoded("学校".encode("gb18030")) == "学校"
    assert decoded("café".encode()) == "café"


@given(st.text(st.characters(min_codepoint=0x4e00, max_codepoint=0x9fa5), min_size=1), st.sampled_from(["gb18030", "utf-8"]))
def test_any_chinese_line_survives_both_encodings(text: str, encoding: str) -> None:
    line = f"学校名称,{text},教职工\n"
    assert decoded(line.encode(encoding)) == line


def test_parquet_is_read_with_its_types() -> None:
    frame = pl.DataFrame({"a": ["x", None], "b": [1, 2], "c": [Decimal("1.5"), None], "d": [date(2020, 9, 1), None],
                          "e": [True, None], "f": [[1], None]})
    buffer = BytesIO()
    frame.write_parquet(buffer)
    (sheet,) = read_sheets(buffer.getvalue(), ".parquet", is_table)
    assert sheet.rows == [["a", "b", "c", "d", "e", "f"], ["x", 1, Decimal("1.5"), date(2020, 9, 1), "TRUE", "[1]"],
                          [None, 2, None, None, None, None]]


def test_a_parquet_file_without_rows_is_its_header() -> None:
    buffer = BytesIO()
    pl.DataFrame(schema={"a": pl.String, "b": pl.Int64}).write_parquet(buffer)
    assert read_sheets(buffer.getvalue(), ".parquet", is_table)[0].rows == [["a", "b"]]


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\3\4", b"PAR1", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xef\xbb\xbf"]),
       st.sampled_from([".csv", ".xlsx", ".xls", ".parquet"]))
def test_no_bytes_whatever_stop_the_reading(data: bytes, start: bytes, suffix: str) -> None:
    try:
        assert isinstance(read_sheets(start + data, suffix, is_table), list)
    except Refused as refused:
        assert refused.found and refused.wanted and refused.do


@given(st.data())
def test_no_damage_to_a_workbook_stops_the_reading(data: st.DataObject) -> None:
    content = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        assert isinstance(read_sheets(bytes(content[:data.draw(st.integers(4, len(content)))]), ".xlsx", is_table), list)
    except Refused as refused:
        assert refused.found and refused.wanted and refused.do


@given(st.text("<>/crvistfe =\"'A1Z9:&;!-[]#", max_size=80))
def test_no_xml_whatever_stops_the_reading(rows: str) -> None:
    buffer = BytesIO(GOOD)
    old = zipfile.ZipFile(buffer)
    changed = BytesIO()
    with zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            sheet = f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode()
            new.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else old.read(name))
    try:
        assert isinstance(read_sheets(changed.getvalue(), ".xlsx", is_table), list)
    except Refused as refused:
        assert refused.found and refused.wanted and refused.do


def _good() -> bytes:
    import tempfile
    with tempfile.TemporaryDirectory() as folder:
        return workbook(Path(folder) / "a.xlsx", {"教师": [["甲", 1.0], ["乙", date(2020, 9, 1)]], "学校": [["丙"]]}).read_bytes()


GOOD = _good()
