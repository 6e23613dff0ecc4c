"""What holds of all checks together: a sound register is clean, an unknown accuses nobody, nobody is named."""

from __future__ import annotations

import re
import time
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from junheng.kernel.codes import Severity
from junheng.register.checks import RULES, check
from junheng.register.kinds import Kind
from junheng.register.submission import Submission
from junheng.register.tables import TABLES
from tests.unit.register.sound_register import FILES, SOUND, Drawn

TESTS = Path(__file__).parents[1] / "unit" / "register"
# These ask for a value, so a blank is their very fault; every other rule compares.
ASKS_FOR_A_VALUE = {"split_missing", "point_without_centre", "form_version_columns", "pupils_funded_missing",
                    "place_parent", "coordinate_incomplete", "successor_missing", "event_details", "movement_time",
                    "postponed_paper", "placement"}
CELLS = [(table, at, column) for table, rows in SOUND.items() for at, row in enumerate(rows) for column in row]


def test_a_sound_register_has_no_fault() -> None:
    assert check(Drawn().submission()) == []


def test_nothing_handed_in_has_no_fault() -> None:
    assert check(Submission(2025)) == []


@pytest.mark.parametrize("table", TABLES)
def test_a_rule_is_silent_when_a_sheet_was_not_handed_in(table: str) -> None:
    assert check(Drawn().drop(table).submission()) == []


@pytest.mark.parametrize("table", TABLES)
def test_one_sheet_alone_can_be_checked(table: str) -> None:
    drawn = Drawn()
    for other in TABLES:
        if other != table:
            drawn.drop(other)
    assert {fault.kind for fault in check(drawn.submission())} <= {"point_without_centre"}


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(CELLS), min_size=1, max_size=12))
def test_an_unknown_cell_accuses_nobody(cells: list[tuple[str, int, str]]) -> None:
    drawn = Drawn()
    for table, at, column in cells:
        if column not in TABLES[table].key:
            drawn.change(table, at, **{column: None})
    assert {fault.kind for fault in check(drawn.submission())} <= ASKS_FOR_A_VALUE


def _spoilt() -> Submission:
    """A register in which every person is named by some fault."""
    drawn = Drawn()
    for table in ("teachers", "recognitions", "postings", "training"):
        for at in range(len(drawn.tables[table])):
            drawn.change(table, at, full_time=True, birth_year=1950, sex=None) if table == "teachers" else None
            drawn.add(table, at).add(table, at, school_id="9901010003")
    return drawn.add("training", 0, teacher_id="990101197001010055").submission()


def test_no_fault_names_a_person() -> None:
    faults = check(_spoilt())
    assert {"duplicate_key", "unknown_teacher", "two_full_time", "birth_year_mismatch"} <= {
        fault.kind for fault in faults}
    assert not [fault for fault in faults if re.search(r"\d{15}", str(fault.as_json()))]


def test_every_fault_says_where_what_wanted_and_do_in_the_order_of_places() -> None:
    faults = check(_spoilt())
    assert faults == sorted(faults) and len(faults) == len(set(faults))
    for fault in faults:
        assert fault.file in FILES.values() and fault.sheet and fault.row >= 3 and fault.column
        assert fault.found and fault.wanted and fault.do


@pytest.mark.parametrize("name", RULES)
def test_every_rule_is_of_a_listed_kind_says_itself_in_chinese_and_has_a_test(name: str) -> None:
    rule = RULES[name]
    assert rule.kind in Kind.__members__
    assert re.search("[\u4e00-\u9fff]", rule.zh) and rule.doc.endswith(".")
    assert {*rule.tables, *rule.among} <= TABLES.keys() and (rule.tables or rule.among)
    assert any(f'"{name}"' in file.read_text(encoding="utf-8") for file in TESTS.glob("test_checks_*.py"))


def test_a_rule_weighs_what_its_kind_does_but_for_two_that_ask_rather_than_accuse() -> None:
    lighter = {name: rule.severity for name, rule in RULES.items()
               if rule.severity is not Kind[rule.kind].severity}
    assert lighter == {"backbone_is_as_recognised": Severity.warning, "movements_of_years_past_are_told": Severity.note}


def _many(schools: int) -> Submission:
    """The sound register many times over: `schools` schools with 20 teachers each, of five years' training each."""
    small = Drawn().submission()
    times = schools // 4
    frames = {table: _repeated(table, rows, times, 16 if table == "teachers" else 1) for table, rows in small.frames.items()}
    shared = [column for column in frames["training"].columns if column in frames["teachers"].columns]
    years = pl.DataFrame({"training_year": range(2021, 2026)}, schema={"training_year": pl.Int64})
    frames["training"] = pl.concat([frames["training"].clear(), frames["teachers"].select(shared).join(
        years, how="cross")], how="diagonal")
    for table in ("county_series", "population", "disabled_children"):  # a county of so many schools has others
        frames[table] = frames[table].clear()
    handed_in = small.handed_in.join(pl.DataFrame({"copy": range(times)}), how="cross").with_columns(
        school_id=pl.when(pl.col("school_id") != "").then(_copied("school_id")).otherwise(pl.lit("")))
    return Submission(2025, small.files, frames, handed_in.drop("copy").unique(), [], small.code_system)


def _copied(column: str) -> pl.Expr:
    return pl.col(column) + "-" + pl.col("copy").cast(pl.String)


def _of_its_own(table: str) -> list[pl.Expr]:
    """Each copy is a school of its own: its codes, persons and name, its place, and sizes that are not another's."""
    copied = [_copied(name) for name, column in TABLES[table].columns.items()
              if column.code_of == "school" or column.kind == "identity"]
    own = {"schools": [_copied("name"), pl.col("latitude") + pl.col("copy").cast(pl.Decimal(18, 6)) / 10_000],
           "sites": [pl.col("land_m2") + pl.col("copy") * 8], "assets": [pl.col("books") + pl.col("copy") * 4],
           "school_stages": [pl.col("declared_books") + pl.col("copy") * 4 * (pl.col("stage") == "junior")],
           "staff_quota": [pl.col("filled", "posts", "off_post") * 16],
           "field_checks": [pl.col("counted") + pl.col("copy") * 8 * (pl.col("item") == "land")]}
    return copied + own.get(table, [])


def _repeated(table: str, rows: pl.DataFrame, times: int, persons: int) -> pl.DataFrame:
    if "school_id" not in rows.columns:
        return rows
    copies = rows.join(pl.DataFrame({"copy": range(times)}), how="cross").with_columns(_of_its_own(table))
    if "teacher_id" in rows.columns:
        copies = copies.join(pl.DataFrame({"person": range(persons)}), how="cross").with_columns(
            teacher_id=_copied("teacher_id") + "/" + pl.col("person").cast(pl.String)).drop("person")
    return copies.drop("copy").cast(dict(rows.schema))


def test_a_thousand_schools_are_checked_in_a_few_seconds() -> None:
    many = _many(1000)
    assert many.frames["teachers"].height >= 20_000 and many.frames["training"].height >= 100_000
    check(many)
    started = time.process_time()
    found = check(many)
    assert time.process_time() - started < 3.0
    # each person stands there many times, and the grounds of all copies end in the same digits
    assert {fault.kind for fault in found} == {"teacher_count", "digit_heaping"}
