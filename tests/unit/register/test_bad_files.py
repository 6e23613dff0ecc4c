"""Every bad file is refused in words, as a fault that names it; nothing is raised and the other files are read."""

from __future__ import annotations

import re
import struct
import subprocess
import sys
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import msoffcrypto.format.ooxml
import polars as pl
import pytest
import xlwt
from by_hand import OTHER_SCHOOL, SCHOOL, SCHOOLS, STAGES, found, kinds, repacked, taken, with_sheet_xml, workbook, xml_row

from junheng.kernel.codes import Severity
from junheng.register.kinds import Kind

HEADER = xml_row(1, *STAGES[0])
ROW = (SCHOOL, "小学", 120, 6, 12)


def stages(path: Path, *rows: object) -> Path:
    return workbook(path, {"学段": [STAGES[0], *rows]})  # type: ignore[list-item]


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.csv", "a.parquet"])
@pytest.mark.parametrize("content", [b"", b" \r\n\n"])
def test_an_empty_file(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assert found(taken(tmp_path / name), "empty_file").file == name


def test_a_workbook_of_empty_sheets(tmp_path: Path) -> None:
    assert kinds(taken(workbook(tmp_path / "a.xlsx", {"教师": [], "Sheet2": []}))) == ["empty_file"]


@pytest.mark.parametrize(("name", "content"), [
    ("a.xlsx", b"<html><table><tr><td>x</td></tr></table></html>"), ("a.xlsx", b"PK\3\4 and no more"), ("a.xls", b"\x89PNG\r\n"),
    ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000), ("a.parquet", b"PAR1 and no more PAR1"),
    ("a.csv", b"a,b\n\0\0"), ("a.csv", b"a,b\n\xff\xff\xff"), ("a.docx", b"x"), ("a.csv", b'a,b\n"' + b"x" * 200_000)])
def test_what_is_no_workbook(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assert kinds(taken(tmp_path / name)) == ["not_a_workbook"]


def test_another_kind_of_zip(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    assert "不是 .xlsx" in found(taken(tmp_path / "a.xlsx"), "not_a_workbook").found


def test_a_workbook_cut_short(tmp_path: Path) -> None:
    path = stages(tmp_path / "a.xlsx", ROW)
    path.write_bytes(path.read_bytes()[:-200])
    assert kinds(taken(path)) == ["not_a_workbook"]


def test_a_workbook_whose_sheet_is_gone(tmp_path: Path) -> None:
    path = stages(tmp_path / "a.xlsx", ROW)
    old = zipfile.ZipFile(BytesIO(path.read_bytes()))
    with zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            if "sheet1" not in name:
                new.writestr(name, old.read(name))
    assert kinds(taken(path)) == ["not_a_workbook"]


def test_a_workbook_with_a_broken_sheet(tmp_path: Path) -> None:
    path = with_sheet_xml(tmp_path / "a.xlsx", '<row r="1"><c r="A99999"><v>1</v></c>')
    assert kinds(taken(path)) == ["not_a_workbook"]


def test_a_folder_named_like_a_workbook_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "folder.xlsx").mkdir()
    stages(tmp_path / "folder.xlsx" / "a.xlsx", ROW)
    assert taken(tmp_path / "folder.xlsx").frames["school_stages"].height == 1


def test_a_workbook_with_a_password(tmp_path: Path) -> None:
    path = stages(tmp_path / "a.xlsx", ROW)
    sealed = BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(BytesIO(path.read_bytes())).encrypt("secret", sealed)
    path.write_bytes(sealed.getvalue())
    fault = found(taken(path), "encrypted")
    assert "密码" in fault.found and "取消密码" in fault.do


def test_an_old_workbook_with_a_password(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    book.add_sheet("教师").write(0, 0, "x")
    book.save(str(tmp_path / "a.xls"))
    content = bytearray((tmp_path / "a.xls").read_bytes())
    begin = content.index(b"\x09\x08\x10\x00") + 20  # the record after the beginning of the stream
    content[begin:begin + 2] = struct.pack("<H", 0x2F)  # FILEPASS
    (tmp_path / "a.xls").write_bytes(content)
    assert kinds(taken(tmp_path / "a.xls")) == ["encrypted"]


def test_a_zip_with_a_password(tmp_path: Path) -> None:
    path = stages(tmp_path / "a.xlsx", ROW)
    content = bytearray(path.read_bytes())
    for start in [match.start() for match in re.finditer(b"PK\1\2", bytes(content))]:
        content[start + 8] |= 1
    path.write_bytes(content)
    assert kinds(taken(path)) == ["encrypted"]


def bomb(path: Path, content: bytes) -> Path:
    return repacked(stages(path, ROW), {"xl/worksheets/sheet1.xml": content})


def test_a_zip_bomb_that_says_so(tmp_path: Path) -> None:
    fault = found(taken(bomb(tmp_path / "a.xlsx", b" " * 60_000_000)), "zip_bomb")
    assert "60 MB" in fault.found


def test_a_zip_bomb_that_lies_about_its_size(tmp_path: Path) -> None:
    path = bomb(tmp_path / "a.xlsx", b" " * 60_000_000)
    path.write_bytes(path.read_bytes().replace(struct.pack("<I", 60_000_000), struct.pack("<I", 600)))
    assert kinds(taken(path)) == ["zip_bomb"]


def test_a_zip_bomb_of_many_files(tmp_path: Path) -> None:
    path = stages(tmp_path / "a.xlsx", ROW)
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(3000):
            archive.writestr(f"xl/{number}.xml", b"")
    assert kinds(taken(path)) == ["zip_bomb"]


def test_a_zip_bomb_of_entries_that_overlap(tmp_path: Path) -> None:
    kernel = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = kernel.compress(b" " * 10_000_000) + kernel.flush()
    local = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 33, 0, len(packed), 10_000_000, 1, 0) + b"a"
    central = b"".join(
        struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 8, 0, 33, zlib.crc32(b""), len(packed), 10_000_000, 4, 0, 0, 0, 0, 0, 0)
        + f"{number:04d}".encode() for number in range(1000))
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 1000, 1000, len(central), len(local) + len(packed), 0)
    (tmp_path / "a.xlsx").write_bytes(local + packed + central + end)
    assert kinds(taken(tmp_path / "a.xlsx")) == ["zip_bomb"]


@pytest.mark.parametrize("before", [
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    '<!-- x --><!DOCTYPE x SYSTEM "file:///etc/passwd">', '<!doctype x>'])
def test_a_document_type_declaration(tmp_path: Path, before: str) -> None:
    path = with_sheet_xml(tmp_path / "a.xlsx", HEADER, before=before)
    assert "DTD" in found(taken(path), "not_a_workbook").found


def test_a_document_type_declaration_in_the_index(tmp_path: Path) -> None:
    path = stages(tmp_path / "a.xlsx", ROW)
    index = zipfile.ZipFile(path).read("xl/workbook.xml").decode()
    laughs = '<!DOCTYPE x [<!ENTITY a "' + "a" * 1000 + '">' + "".join(
        f'<!ENTITY {name} "{("&" + before + ";") * 10}">' for before, name in zip("abcdefg", "bcdefgh", strict=True)) + "]>"
    head, body = index.split("?>", 1)
    assert kinds(taken(repacked(path, {"xl/workbook.xml": f"{head}?>{laughs}{body}".encode()}))) == ["not_a_workbook"]
    hidden = f"{laughs}{body}".encode("utf-16")
    assert kinds(taken(repacked(path, {"xl/workbook.xml": hidden}))) == ["not_a_workbook"]


FAR = {
    "two corners": xml_row(1, "a") + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    "single quotes": xml_row(1, "a") + "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
    "a prefix": xml_row(1, "a") + '<x:row><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>',
    "no such column": xml_row(1, "a") + '<row r="1"><c r="ZZZZZZ1"><v>1</v></c></row>',
    "no such row": xml_row(1, "a") + '<row r="1"><c r="A99999999"><v>1</v></c></row>',
    "places not named": xml_row(1, "a") + "<row/>" * 60_000 + "<row>" + "<c/>" * 16_000 + "<c><v>1</v></c></row>",
    "two narrow cells": xml_row(1, "a") + '<row r="9000"><c r="ZZ9000"><v>1</v></c></row>'
                        '<row r="9001"><c r="AAA9001"><v>1</v></c></row>',
}


@pytest.mark.parametrize("rows", FAR.values(), ids=FAR.keys())
def test_two_cells_far_apart(tmp_path: Path, rows: str) -> None:
    path = with_sheet_xml(tmp_path / "a.xlsx", rows)
    source = path.read_bytes()
    assert zipfile.ZipFile(BytesIO(source)).testzip() is None
    assert kinds(taken(path))[0] in ("blank_rows", "not_a_workbook")


def test_millions_of_blank_rows_in_a_workbook(tmp_path: Path) -> None:
    rows = HEADER + xml_row(2, *ROW) + "".join(f'<row r="{row}"><c r="A{row}" s="1"/></row>' for row in range(3, 100_000))
    fault = found(taken(with_sheet_xml(tmp_path / "a.xlsx", rows)), "blank_rows")
    assert (fault.sheet, "99997 个空白行" in fault.found) == ("学段", True)


@pytest.mark.parametrize("line", ["\n", ",,,,\n"])
def test_millions_of_blank_rows_in_a_text_table(tmp_path: Path, line: str) -> None:
    (tmp_path / "学段.csv").write_text(",".join(STAGES[0]) + "\n" + line * 2_000_000)  # type: ignore[arg-type]
    assert kinds(taken(tmp_path / "学段.csv")) == ["blank_rows"]


def test_blank_rows_of_an_old_workbook(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("学段")
    sheet.write(0, 0, "学段")
    sheet.write(65_535, 255, "x")
    book.save(str(tmp_path / "a.xls"))
    assert kinds(taken(tmp_path / "a.xls")) == ["blank_rows"]


def test_a_small_parquet_file_of_forty_million_rows(tmp_path: Path) -> None:
    pl.DataFrame({"学段": ["小学"]}).lazy().select(pl.col("学段").repeat_by(40_000_000).explode()).collect().write_parquet(
        tmp_path / "学段.parquet")
    assert (tmp_path / "学段.parquet").stat().st_size < 1_000_000
    assert kinds(taken(tmp_path / "学段.parquet")) == ["too_large"]


def test_a_file_too_large_to_be_a_list(tmp_path: Path) -> None:
    with open(tmp_path / "a.csv", "wb") as file:
        file.truncate(300_000_000)
    assert kinds(taken(tmp_path / "a.csv")) == ["too_large"]


@pytest.mark.parametrize("order", [("utf-8", "gb18030"), ("gb18030", "utf-8")])
def test_two_encodings_in_one_file(tmp_path: Path, order: tuple[str, str]) -> None:
    lines = ["学校标识码,学段,在校生数", "9901000001,小学,1", "9901000002,初中,2"]
    first, second = order
    (tmp_path / "学段.csv").write_bytes("\n".join(lines[:2]).encode(first) + b"\n" + lines[2].encode(second) + b"\n")
    fault = found(taken(tmp_path / "学段.csv"), "mixed_encoding")
    assert (fault.row, "3" in fault.found) == (3, True)


def test_the_wrong_workbook(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"Sheet1": [["姓名", "电话", "备注"], ["甲", "1", ""]], "Sheet2": [["x"]]})
    assert kinds(taken(path)) == ["wrong_sheet", "wrong_sheet"]


def test_a_sheet_beside_the_others_is_only_noted_unless_it_bears_a_tables_name(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {
        "学段": STAGES, "校车登记": [["车牌", "司机"]], "教师": [["姓名", "电话"], ["甲", "1"]]})
    submission = taken(path)
    assert kinds(submission) == ["unknown_sheet", "wrong_sheet"]
    assert found(submission, "unknown_sheet").severity is Severity.note
    assert found(submission, "wrong_sheet").sheet == "教师"


def test_missing_columns_are_all_named(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"学段": [["学校标识码", "学段", "教学班数"], [SCHOOL, "小学", 6]]})
    faults = taken(path).faults
    assert [(fault.kind, fault.row, fault.column) for fault in faults] == [
        ("missing_column", 1, "full_time_teachers"), ("missing_column", 1, "pupils")]


def test_a_header_that_is_there_twice(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"学段": [["表"], [*STAGES[0], "学生数"], [*ROW, 1]]})
    fault = found(taken(path), "duplicated_header")
    assert (fault.row, fault.column, "学生数" in fault.found) == (2, "pupils", True)


def test_an_unknown_header_is_only_noted(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"学段": [[*STAGES[0], "经办人"], [*ROW, "甲"]]})
    fault = found(taken(path), "unknown_header")
    assert (fault.severity, "经办人" in fault.found) == (Severity.note, True)


def test_formulas_with_errors(tmp_path: Path) -> None:
    broken = ('<c r="C2" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="D2"><f>A9</f></c>'
              '<c r="E2" t="str"><f>x</f><v>#REF!</v></c></row>')
    rows = HEADER + xml_row(2, SCHOOL, "小学").replace("</row>", broken)
    faults = taken(with_sheet_xml(tmp_path / "a.xlsx", rows)).faults
    assert [(fault.kind, fault.row, fault.column) for fault in faults] == [
        ("formula_error", 2, "classes"), ("formula_error", 2, "full_time_teachers"), ("formula_error", 2, "pupils")]
    assert any("#DIV/0!" in fault.found for fault in faults)


def test_an_error_in_an_optional_column_is_not_taken_for_unknown(tmp_path: Path) -> None:
    rows = (xml_row(1, *STAGES[0], "寄宿生数")
            + xml_row(2, *ROW).replace("</row>", '<c r="F2" t="e"><v>#N/A</v></c></row>'))
    assert kinds(taken(with_sheet_xml(tmp_path / "a.xlsx", rows))) == ["formula_error"]


@pytest.mark.parametrize(("row", "kind", "column"), [
    ((SCHOOL, "小学", -1, 6, 12), "negative", "pupils"), ((SCHOOL, "小学", 1.5, 6, 12), "fraction", "pupils"),
    ((SCHOOL, "大学", 1, 6, 12), "unknown_code", "stage"), ((1e15, "小学", 1, 6, 12), "digits_lost", "school_id"),
    ((SCHOOL, "小学", "六", 6, 12), "not_a_number", "pupils"), ((SCHOOL, "小学", 1, 401, 12), "out_of_range", "classes"),
    ((SCHOOL, "小学", None, 6, 12), "missing_value", "pupils"), ((SCHOOL, None, 1, 6, 12), "missing_value", "stage"),
    ((None, "小学", 1, 6, 12), "missing_value", "school_id"), (("12", "小学", 1, 6, 12), "bad_school_code", "school_id")])
def test_a_bad_cell_is_a_fault_at_its_place_and_unknown_in_the_frame(
        tmp_path: Path, row: tuple[object, ...], kind: str, column: str) -> None:
    submission = taken(stages(tmp_path / "a.xlsx", (OTHER_SCHOOL, "小学", 1, 6, 12), row))
    fault = found(submission, kind)
    assert (fault.sheet, fault.row, fault.column) == ("学段", 3, column)
    assert len(submission.faults) == 1
    assert submission.frames["school_stages"][column].is_null().to_list() == [False, True]


def test_every_fault_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    for number in range(3):
        stages(tmp_path / f"{number}.xlsx", *[(SCHOOL, "大学", -row, "x", 1.5) for row in range(1, 101)], (number,))
    assert len(taken(tmp_path).faults) == 3 * (100 * 4 + 5)


def test_the_same_file_twice(tmp_path: Path) -> None:
    stages(tmp_path / "a.xlsx", ROW)
    (tmp_path / "b.xlsx").write_bytes((tmp_path / "a.xlsx").read_bytes())
    submission = taken(tmp_path)
    assert found(submission, "duplicate_file").file == "b.xlsx"
    assert "a.xlsx" in found(submission, "duplicate_file").found
    assert submission.frames["school_stages"].height == 1


def test_two_files_for_one_school(tmp_path: Path) -> None:
    workbook(tmp_path / "a.xlsx", {"学校": SCHOOLS})
    workbook(tmp_path / "b.xlsx", {"学校": SCHOOLS, "学段": STAGES})
    fault = found(taken(tmp_path), "two_files")
    assert (fault.file, fault.sheet, fault.row, fault.column) == ("b.xlsx", "学校", 2, "school_id")
    assert SCHOOL in fault.found and "a.xlsx" in fault.found


def test_an_identity_number_is_in_no_message(tmp_path: Path) -> None:
    wrong = "110105194912310021"
    path = workbook(tmp_path / "a.xlsx", {
        "培训": [["学校标识码", "身份证号", "培训年份", "培训学时"], [SCHOOL, wrong, 2024, 72], [SCHOOL, wrong, wrong, wrong]],
        "学段": [STAGES[0], (SCHOOL, wrong, wrong, float(wrong), 6)]})
    submission = taken(path)
    assert len(submission.faults) == 7
    said = " ".join(fault.sentence() for fault in submission.faults)
    assert wrong not in said and wrong[3:-2] not in said
    assert found(submission, "digits_lost").found
    assert "110***21" in said


def test_every_refusal_says_what_is_wanted_and_what_to_do(tmp_path: Path) -> None:
    bad = [b"", b"PK", b"PAR1", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"a,b\n1,2", b"\n" * 20_000 + b"x"]
    for number, content in enumerate(bad):
        (tmp_path / f"{number}.csv").write_bytes(content)
    submission = taken(tmp_path)
    assert len(submission.faults) == 6
    for fault in submission.faults:
        assert all(re.search("[一-龥]", words) for words in (fault.found, fault.wanted, fault.do))


def test_every_kind_has_a_word_and_a_severity() -> None:
    assert len({kind.zh for kind in Kind}) == len(Kind)
    assert {kind.severity for kind in Kind} == set(Severity)


ATTACK = """
import re, resource, sys
from pathlib import Path
from junheng.register.intake import take_in
resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
for name in sys.argv[1:]:
    print([fault.kind for fault in take_in([Path(name)], year=2025).faults][0])
print(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1])  # of this process alone, unlike getrusage
"""


def test_no_attack_takes_the_process_down(tmp_path: Path) -> None:
    paths = [with_sheet_xml(tmp_path / f"{number}.xlsx", rows) for number, rows in enumerate(FAR.values())]
    done = subprocess.run([sys.executable, "-c", ATTACK, *map(str, paths)], capture_output=True, text=True, check=True)
    *kinds, kilobytes = done.stdout.split()
    assert set(kinds) <= {"blank_rows", "not_a_workbook"} and len(kinds) == len(FAR)
    assert int(kilobytes) < 2_000_000
