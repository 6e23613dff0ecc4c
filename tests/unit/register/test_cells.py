from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.kernel.columns import Column
from junheng.register.intake.cells import reader, shown
from junheng.register.intake.identity import check_digit, is_identity
from junheng.register.intake.readings import Wrong
from junheng.register.intake.sheets import Cell
from junheng.register.submission import NATIONAL, CodeSystem, dtype
from junheng.register.tables import TABLES

COLUMNS = [column for table in TABLES.values() for column in table.columns.values()]
PUPILS, AREA = TABLES["school_stages"].columns["pupils"], TABLES["sites"].columns["land_m2"]
DAY, FLAG = TABLES["rooms"].columns["since"], TABLES["rooms"].columns["in_use"]
KIND, NAME = TABLES["schools"].columns["kind"], TABLES["schools"].columns["name"]
SCHOOL, PLACE = TABLES["schools"].columns["school_id"], TABLES["schools"].columns["place_code"]
PERSON, LONGITUDE = TABLES["teachers"].columns["teacher_id"], TABLES["schools"].columns["longitude"]


def read(column: Column, cell: Cell, codes: CodeSystem = NATIONAL) -> object:
    """The value of one cell, or the kind of its fault."""
    made = reader(column, codes)
    series, wrong = made.column_of("x", [made[cell]])
    assert series.dtype == dtype(column)
    return wrong[0].kind.name if wrong else series[0]


@pytest.mark.parametrize(("cell", "value"), [
    (12.0, 12), ("12", 12), (" １２ ", 12), ("1,234", 1234), ("1，234", 1234), ("12.0", 12), (12, 12), ("+5", 5),
    (0.0, 0), ("0", 0), (Decimal("7"), 7),
    ("12,34", "not_a_number"), ("六", "not_a_number"), ("12人", "not_a_number"), ("1_000", "not_a_number"),
    ("TRUE", "not_a_number"), (".", "not_a_number"), (float("nan"), "not_a_number"), (Decimal("NaN"), "not_a_number"),
    ("E0", "not_a_number"), (date(2020, 1, 1), "not_a_number"),
    (12.5, "fraction"), ("12.5", "fraction"), (-1.0, "negative"), ("-1", "negative"), (20001.0, "out_of_range"),
    ("1e99", "out_of_range"), (1e15, "digits_lost"), (float("inf"), "digits_lost"), ("#DIV/0!", "formula_error"),
    ("#n/a", "formula_error")])
def test_a_whole_number_is_read_or_refused(cell: Cell, value: object) -> None:
    assert read(PUPILS, cell) == value


@pytest.mark.parametrize("cell", [None, "", "  ", "\u3000", "\xa0"])
@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.zh)
def test_a_blank_cell_is_unknown_not_zero(column: Column, cell: Cell) -> None:
    assert read(column, cell) is None


@pytest.mark.parametrize(("cell", "value"), [
    (0.1 + 0.2, "0.30"), (1234.56, "1234.56"), ("1,234.5", "1234.50"), (0.07 * 100, "7.00"), ("1e-1", "0.10"),
    ("1.005", "too_many_decimals"), (1.005, "too_many_decimals"), ("1.0000000000000000000000001", "too_many_decimals"),
    ("12㎡", "not_a_number"), (-0.01, "negative"), (2_000_000.01, "out_of_range")])
def test_a_decimal_is_exact_and_free_of_the_noise_of_binary_fractions(cell: Cell, value: str) -> None:
    answer = read(AREA, cell)
    assert answer == (value if value.islower() else Decimal(value))


def test_the_largest_and_smallest_decimals_of_every_column_survive() -> None:
    for column in COLUMNS:
        if column.kind == "decimal":
            for limit in (column.least, column.most):
                assert read(column, str(limit)) == limit


def test_a_latitude_may_be_negative_and_a_longitude_has_its_range() -> None:
    assert read(LONGITUDE, "-1.5") == Decimal("-1.5")
    assert read(LONGITUDE, 181.0) == "out_of_range"


@pytest.mark.parametrize("cell", [
    date(2020, 9, 1), datetime(2020, 9, 1), datetime(2020, 9, 1, 8, 30), "2020-09-01", "2020/9/1", "2020.9.1", "2020年9月1日",
    "2020 - 09 - 01".replace(" ", ""), "20200901", 20200901.0, 20200901, "2020-09", "2020年9月", "2020/9", "２０２０年９月",
    "2020-09-01 00:00:00", "2020-09-01T00:00:00"])
def test_a_day_is_read_in_every_common_writing(cell: Cell) -> None:
    assert read(DAY, cell) == date(2020, 9, 1)


@pytest.mark.parametrize(("cell", "kind"), [
    ("2020年13月1日", "not_a_day"), ("2021-02-29", "not_a_day"), ("去年秋天", "not_a_day"), (43831.0, "not_a_day"),
    (2020.9, "not_a_day"), (2020.0, "not_a_day"), (time(8), "not_a_day"), ("9999-01-01", "not_a_day"),
    (date(1899, 12, 31), "date_1900"), (date(1900, 1, 12), "date_1900"), ("1901-01-01", "date_1900")])
def test_what_is_no_day_is_refused(cell: Cell, kind: str) -> None:
    assert read(DAY, cell) == kind


@pytest.mark.parametrize(("cell", "value"), [
    ("是", True), ("有", True), (1.0, True), ("1", True), ("Y", True), ("ｙｅｓ", True), ("TRUE", True), ("√", True),
    ("否", False), ("无", False), (0.0, False), ("N", False), ("false", False), ("×", False),
    ("也许", "not_yes_no"), (2.0, "not_yes_no")])
def test_yes_and_no_are_read_in_every_common_writing(cell: Cell, value: object) -> None:
    assert read(FLAG, cell) == value


@pytest.mark.parametrize("cell", ["小学", "primary", "PRIMARY", " 小学 ", "完全小学", "211", 211.0, "２１１"])
def test_a_choice_is_read_by_word_code_or_national_code(cell: Cell) -> None:
    assert read(KIND, cell) == "primary"


def test_an_unknown_word_is_answered_with_all_permitted_ones() -> None:
    wrong = reader(KIND, NATIONAL)["大学"]
    assert isinstance(wrong, Wrong)
    assert wrong.wanted.split("、") == [code.zh for code in KIND.choices or ()]


@pytest.mark.parametrize(("cell", "value"), [
    ("甲小学", "甲小学"), (" 甲（东） ", "甲（东）"), (3.0, "3"), (3.5, "3.5"), ("1E05", "1E05"),
    (1e15, "digits_lost"), (1.10105e17, "digits_lost"), ("1.10105E+17", "digits_lost"), (date(2020, 1, 2), "digits_lost"),
    ("#REF!", "formula_error"), ("#3 教室", "#3 教室")])
def test_text_is_kept_as_it_is_unless_the_spreadsheet_has_spoilt_it(cell: Cell, value: object) -> None:
    assert read(NAME, cell) == value


@pytest.mark.parametrize(("column", "cell", "value"), [
    (SCHOOL, "9901000001", "9901000001"), (SCHOOL, 9901000001.0, "9901000001"), (SCHOOL, "９９０１０００００１", "9901000001"),
    (SCHOOL, "990100001", "bad_school_code"), (SCHOOL, "99O1000001", "bad_school_code"),
    (SCHOOL, date(2020, 1, 1), "bad_school_code"), (SCHOOL, "9.901E+09", "digits_lost"),
    (PLACE, "99", "99"), (PLACE, 990101.0, "990101"),
    (PLACE, "990101001001", "990101001001"), (PLACE, "99010", "bad_place_code")])
def test_codes_follow_the_national_system(column: Column, cell: Cell, value: object) -> None:
    assert read(column, cell) == value


def test_the_ten_digits_bind_only_the_national_system() -> None:
    other = CodeSystem("elsewhere", school="[A-Z]{3}[0-9]{4}")
    assert read(SCHOOL, "ABC0050", other) == "ABC0050"
    assert read(SCHOOL, "9901000001", other) == "bad_school_code"
    assert read(PLACE, "PERAK/PPD KINTA", other) == "PERAK/PPD KINTA"


@pytest.mark.parametrize("cell", ["11010519491231002X", "11010519491231002x", "１１０１０５１９４９１２３１００２ｘ",
                                  " 11010519491231002X "])
def test_an_identity_number_is_read_in_one_writing(cell: str) -> None:
    assert read(PERSON, cell) == "11010519491231002X"


@pytest.mark.parametrize(("cell", "kind"), [
    ("110105194912310021", "bad_identity"), ("11010519490231002X", "bad_identity"), ("110105491231002", "bad_identity"),
    ("X1010519491231002X", "bad_identity"), (123.0, "bad_identity"), (110105194912310020.0, "digits_lost"),
    ("1.10105E+17", "digits_lost")])
def test_a_wrong_identity_number_is_refused(cell: Cell, kind: str) -> None:
    assert read(PERSON, cell) == kind


@given(st.integers(10**16, 10**17 - 1))
def test_exactly_one_check_digit_is_right(body: int) -> None:
    digits = f"{body // 10**11:06d}19491231{body % 1000:03d}"
    assert [end for end in "0123456789X" if is_identity(digits + end)] == [check_digit(digits)]


def test_true_and_one_are_not_confused_by_what_was_read_before() -> None:
    numbers = reader(PUPILS, NATIONAL)
    assert numbers[1.0] == 1
    assert isinstance(numbers["TRUE"], Wrong)


@pytest.mark.parametrize(("cell", "text"), [
    (3.0, "3"), (0.1 + 0.2, "0.3"), (1e-7, "0.0000001"), (datetime(2020, 9, 1), "2020-09-01"), ("a\n b", "a b"), (None, "空白"),
    ("长" * 100, "长" * 60 + "…")])
def test_a_cell_is_shown_as_its_writer_knows_it(cell: Cell, text: str) -> None:
    assert shown(cell) == text


CELLS = st.one_of(st.none(), st.text(), st.text("0123456789.,-+eE年月日/#X 人"), st.floats(), st.integers(),
                  st.decimals().filter(lambda number: not number.is_snan()),
                  st.dates(), st.datetimes(), st.times(), st.timedeltas())


@given(st.sampled_from(COLUMNS), st.lists(CELLS))
def test_no_cell_whatever_stops_the_reading(column: Column, cells: list[Cell]) -> None:
    made = reader(column, NATIONAL)
    series, wrong = made.column_of("x", [made[cell] for cell in cells])
    assert (series.dtype, len(series)) == (dtype(column), len(cells))
    assert all(series[place] is None and why.wanted and why.do for place, why in wrong.items())
    assert not any(value is None for place, value in enumerate(series) if place not in wrong and shown(cells[place]) != "空白")


@given(st.integers(0, 2_000_000_00))
def test_every_area_of_two_places_is_read_exactly(hundredths: int) -> None:
    exact = Decimal(hundredths).scaleb(-2)
    made = reader(AREA, NATIONAL)
    series, wrong = made.column_of("x", [made[float(exact)], made[str(exact)], made[exact]])
    assert not wrong and series.equals(pl.Series("x", [exact] * 3, dtype=pl.Decimal(18, 2)))
