from __future__ import annotations

from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import polars as pl
import pytest
from by_hand import OTHER_SCHOOL, SCHOOL, SCHOOLS, STAGES, Cells, found, kinds, one_of, taken, workbook
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from junheng.register.intake import take_in
from junheng.register.submission import schema
from junheng.register.tables import TABLES

TRAINING: Cells = (("身份证号", "培训年份", "培训学时"), ("11010519491231002X", 2024, 72.5))


@pytest.mark.parametrize("table", TABLES)
def test_every_table_is_taken_in_by_its_chinese_name_and_headers(tmp_path: Path, table: str) -> None:
    submission = taken(workbook(tmp_path / "a.xlsx", {TABLES[table].zh: one_of(table)}))
    assert submission.faults == []
    assert dict(submission.frames[table].schema) == schema(table)
    assert submission.frames[table].select("year", "origin_file", "origin_sheet", "origin_row").row(0) == (
        2025, 0, TABLES[table].zh, 2)


@pytest.mark.parametrize("table", TABLES)
def test_parquet_of_english_names_and_types_is_taken_in_unchanged(tmp_path: Path, table: str) -> None:
    submission = taken(workbook(tmp_path / "a.xlsx", {TABLES[table].zh: one_of(table)}))
    frame = submission.frames[table].drop("origin_file", "origin_sheet", "origin_row")
    frame.write_parquet(tmp_path / f"{table}.parquet")
    again = taken(tmp_path / f"{table}.parquet")
    assert again.faults == []
    assert again.frames[table].drop("origin_file", "origin_sheet", "origin_row").equals(frame)
    assert again.frames[table]["origin_sheet"].to_list() == [""]


def test_csv_is_taken_in_by_its_file_name(tmp_path: Path) -> None:
    (tmp_path / "学段.csv").write_bytes("\n".join(",".join(map(str, row)) for row in STAGES).encode("gb18030"))
    submission = taken(tmp_path / "学段.csv")
    assert submission.faults == []
    assert submission.frames["school_stages"].select("school_id", "stage", "pupils", "boarders", "origin_row").row(0) == (
        SCHOOL, "primary", 120, None, 2)


def test_rows_of_all_files_are_stacked_with_where_they_came_from(tmp_path: Path) -> None:
    workbook(tmp_path / "a.xlsx", {"学段": STAGES})
    workbook(tmp_path / "b.xlsx", {"学段": [["某校学段表"], ["在校生数", "学段", "学校标识码", "班数", "专任教师数*"],
                                          [None] * 5, [7, "初中", OTHER_SCHOOL, 1, 2]]})
    submission = taken(tmp_path)
    assert submission.frames["school_stages"].select("school_id", "pupils", "origin_file", "origin_row").rows() == [
        (SCHOOL, 120, 0, 2), (OTHER_SCHOOL, 7, 1, 4)]
    assert [file.name for file in submission.files] == ["a.xlsx", "b.xlsx"]
    assert submission.files[0].sha256 == sha256((tmp_path / "a.xlsx").read_bytes()).hexdigest()


def test_trailing_blanks_are_no_rows(tmp_path: Path) -> None:
    rows = [*STAGES, ["  ", "\u3000", None, "", None, None, "注：9月1日"], [None, "", None, "", ""]]
    submission = taken(workbook(tmp_path / "a.xlsx", {"学段": rows}))
    assert (submission.faults, submission.frames["school_stages"].height) == ([], 1)


def test_a_school_that_is_alone_in_its_workbook_need_not_be_named_again(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"学校": SCHOOLS, "培训": TRAINING, "学段": [STAGES[0], (None, *STAGES[1][1:])]})
    submission = taken(path)
    assert submission.faults == []
    assert submission.frames["training"]["school_id"].to_list() == [SCHOOL]
    assert submission.frames["school_stages"]["school_id"].to_list() == [SCHOOL]


def test_a_workbook_of_two_schools_must_say_which_one_is_meant(tmp_path: Path) -> None:
    two = [*SCHOOLS, (OTHER_SCHOOL, *SCHOOLS[1][1:])]
    path = workbook(tmp_path / "a.xlsx", {
        "学校": two, "培训": [*TRAINING, *TRAINING[1:]], "学段": [STAGES[0], (None, *STAGES[1][1:])]})
    submission = taken(path)
    assert kinds(submission) == ["missing_column", "missing_value"]
    assert (found(submission, "missing_column").sheet, found(submission, "missing_column").row) == ("培训", 1)
    assert (found(submission, "missing_value").sheet, found(submission, "missing_value").row) == ("学段", 2)


def test_the_year_is_filled_in_and_another_year_is_a_fault(tmp_path: Path) -> None:
    rows = [["学年", *STAGES[0]], [2025, *STAGES[1]], [2024, OTHER_SCHOOL, *STAGES[1][1:]]]
    submission = taken(workbook(tmp_path / "a.xlsx", {"学段": rows}))
    fault = found(submission, "wrong_year")
    assert (fault.row, fault.column, "2024" in fault.found, "2025" in fault.wanted) == (3, "year", True, True)


def covered(submission_of: Path) -> set[tuple[str, str]]:
    return set(taken(submission_of).handed_in.rows())


def test_a_sheet_speaks_of_the_schools_its_file_lists(tmp_path: Path) -> None:
    workbook(tmp_path / "a.xlsx", {"学校": SCHOOLS, "学段": STAGES, "租用场地": [["序号", "场地名称"]]})
    workbook(tmp_path / "b.xlsx", {"学校": [SCHOOLS[0], (OTHER_SCHOOL, *SCHOOLS[1][1:])]})
    assert covered(tmp_path) >= {("schools", SCHOOL), ("school_stages", SCHOOL), ("venues", SCHOOL), ("schools", OTHER_SCHOOL)}
    assert ("school_stages", OTHER_SCHOOL) not in covered(tmp_path)


def test_a_sheet_of_a_file_without_a_list_of_schools_speaks_of_all(tmp_path: Path) -> None:
    workbook(tmp_path / "a.xlsx", {"学校": SCHOOLS})
    workbook(tmp_path / "b.xlsx", {"学校": [SCHOOLS[0], (OTHER_SCHOOL, *SCHOOLS[1][1:])]})
    workbook(tmp_path / "county.xlsx", {"经费": one_of("money"), "区划": one_of("places")})
    assert covered(tmp_path) == {("schools", SCHOOL), ("schools", OTHER_SCHOOL), ("money", SCHOOL), ("money", OTHER_SCHOOL),
                                 ("money", ""), ("places", "")}


@pytest.mark.parametrize(("sheet", "table", "marked"), [("经费", "money", True), ("分配名额", "quota_places", True),
                                                        ("班级", "classes", False)])
def test_an_offices_sheet_alone_is_marked_as_speaking_of_schools_not_in_it(
        tmp_path: Path, sheet: str, table: str, marked: bool) -> None:
    workbook(tmp_path / "a.xlsx", {sheet: one_of(table)})
    assert covered(tmp_path) == {(table, SCHOOL)} | ({(table, "")} if marked else set())


def test_a_sheet_that_was_not_handed_in_is_not_covered(tmp_path: Path) -> None:
    workbook(tmp_path / "a.xlsx", {"学段": STAGES})
    assert covered(tmp_path) == {("school_stages", SCHOOL)}
    assert set(taken(tmp_path).frames) == {"school_stages"}


def test_a_file_tells_whether_it_holds_identities(tmp_path: Path) -> None:
    workbook(tmp_path / "a.xlsx", {"学校": SCHOOLS, "培训": TRAINING})
    workbook(tmp_path / "b.xlsx", {"学段": STAGES})
    workbook(tmp_path / "c.xlsx", {"学段": [[*STAGES[0], "校长"], [OTHER_SCHOOL, *STAGES[1][1:], "11010519491231002X"]]})
    workbook(tmp_path / "d.xlsx", {"班级": one_of("classes"), "备查": [["甲 11010519491231002X"]]})
    assert [file.holds_identities for file in taken(tmp_path).files] == [True, False, True, True]


def test_progress_goes_up_and_names_the_files(tmp_path: Path) -> None:
    for name in "abc":
        workbook(tmp_path / f"{name}.xlsx", {"学段": [*STAGES, [name]]})
    told: list[tuple[float, str]] = []
    take_in([tmp_path], year=2025, on_progress=lambda share, sentence: told.append((share, sentence)))
    shares = [share for share, _ in told]
    assert shares == sorted(shares) and shares[0] >= 0 and shares[-1] <= 1
    assert "b.xlsx" in told[1][1]


def test_the_same_files_give_the_same_answer(tmp_path: Path) -> None:
    workbook(tmp_path / "a.xlsx", {"学校": SCHOOLS, "学段": [*STAGES, ["x", "y", "z", None, None]]})
    workbook(tmp_path / "b.xlsx", {"学段": [STAGES[0][::-1], STAGES[1][::-1]]})
    first, second = taken(tmp_path), taken(tmp_path)
    assert first.faults == second.faults and first.handed_in.equals(second.handed_in)
    assert all(first.frames[name].equals(second.frames[name]) for name in first.frames | second.frames)


HEADERS = [*STAGES[0], "学生数", "学年", "寄宿生数", "经办人", "", "学校名称"]
ODD = st.one_of(st.none(), st.text(max_size=6), st.floats(allow_nan=False, allow_infinity=False),
                st.integers(-5, 3000), st.booleans(), st.dates(date(1950, 1, 1)),
                st.sampled_from([SCHOOL, "小学", "#REF!", "１２", "2020年9月", "11010519491231002X"]))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(["学段", "学校", "Sheet1", "教师"]), st.tuples(
    st.lists(st.sampled_from(HEADERS), max_size=7), st.lists(st.lists(ODD, max_size=7), max_size=4)), min_size=1))
def test_no_workbook_whatever_is_an_error(tmp_path: Path, sheets: dict[str, tuple[list[str], list[list[object]]]]) -> None:
    submission = taken(workbook(tmp_path / "a.xlsx", {title: [header, *rows] for title, (header, rows) in sheets.items()}))
    for name, frame in submission.frames.items():
        assert dict(frame.schema) == schema(name)
    assert all(fault.found and fault.wanted and fault.do and fault.row >= 0 for fault in submission.faults)
    assert isinstance(submission.handed_in, pl.DataFrame)


def test_areas_and_money_are_exact_decimals(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"校舍场地": one_of("sites", land_m2=0.1 + 0.2, floor_area_m2="12,345.67")})
    assert taken(path).frames["sites"].select("land_m2", "floor_area_m2").row(0) == (Decimal("0.30"), Decimal("12345.67"))
