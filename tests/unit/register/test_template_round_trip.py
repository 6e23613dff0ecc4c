"""A filled template that is handed back holds what was put in."""

from __future__ import annotations

import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sound_register import SOUND, YEAR

from junheng.kernel.codes import Severity
from junheng.kernel.columns import Column
from junheng.register.intake import take_in
from junheng.register.intake.identity import check_digit
from junheng.register.submission import Submission
from junheng.register.tables import TABLES
from junheng.register.template import columns_of, write_template

Rows = dict[str, list[dict[str, object]]]
WORDS = st.text("教育均衡一二三（）〔〕0129ABz-", min_size=1, max_size=12).map(lambda word: f"第{word}号")


def _identity(number: int) -> str:
    body = f"990101{1960 + number % 40}0{1 + number % 9}1{number % 9}{number % 1000:03}"
    return body + check_digit(body)


def _value(column: Column) -> st.SearchStrategy[object]:
    """Any value that the column may hold."""
    low, high = int(column.least or 0), int(column.most or 0)
    if column.choices:
        return st.sampled_from([code.name for code in column.choices])
    if column.kind == "decimal":
        return st.decimals(low, high, places=column.scale, allow_nan=False)
    if column.kind == "integer":
        return st.integers(low, high)
    if column.code_of:
        size = 10 if column.code_of == "school" else 12
        return st.integers(10 ** (size - 1), 10 ** size - 1).map(str)
    return {"flag": st.booleans(), "day": st.dates(date(1950, 1, 1), date(2026, 8, 31)),
            "identity": st.integers(0, 999_999).map(_identity), "text": WORDS}[column.kind]


def _row(table: str) -> st.SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries({
        name: st.one_of(st.none(), _value(column)) if column.optional else _value(column)
        for name, column in columns_of(TABLES[table]).items()})


ANY_ROWS = st.fixed_dictionaries({table: st.lists(_row(table), max_size=3) for table in TABLES})


def _handed_back(rows: Rows, plain: bool) -> Submission:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "filled.xlsx"
        write_template(path, rows=rows, plain=plain)
        return take_in([path], year=YEAR)


def _assert_held(submission: Submission, rows: Rows) -> None:
    assert [fault.sentence() for fault in submission.faults if fault.severity is not Severity.note] == []
    for table, expected in rows.items():
        held = submission.frames[table].to_dicts()
        full = [{"year": YEAR, **{name: row.get(name) for name in columns_of(TABLES[table])}} for row in expected]
        assert [{name: row[name] for name in TABLES[table].columns} for row in held] == full
        assert [row["origin_row"] for row in held] == list(range(3, 3 + len(full)))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(ANY_ROWS, st.booleans())
def test_any_rows_come_back_as_they_were_put_in(rows: Rows, plain: bool) -> None:
    _assert_held(_handed_back(rows, plain), rows)


@pytest.mark.parametrize("plain", [True, False])
def test_the_sound_register_comes_back_without_a_fault(plain: bool) -> None:
    rows = {table: [row | {"teacher_id": _identity(int(str(row["teacher_id"])[14:17]))} if "teacher_id" in row else row
                    for row in given_rows] for table, given_rows in SOUND.items()}
    submission = _handed_back(rows, plain)
    assert submission.faults == []
    _assert_held(submission, rows)


def test_a_template_handed_back_blank_says_that_there_is_nothing(tmp_path: Path) -> None:
    write_template(tmp_path / "blank.xlsx")
    submission = take_in([tmp_path / "blank.xlsx"], year=YEAR)
    assert submission.faults == []
    assert {table: rows.height for table, rows in submission.frames.items()} == dict.fromkeys(TABLES, 0)


def test_decimals_of_every_scale_come_back_exact() -> None:
    rows: Rows = {"assets": [{"school_id": "9901010001", "equipment_10k_yuan": Decimal(text), "books": 1,
                              "terminals": 1} for text in ("0.0001", "123.4567", "999999.9999")]}
    _assert_held(_handed_back(rows, True), rows)
