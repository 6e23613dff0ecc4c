from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.register.intake.headers import Headers, Layout, is_table, layout_of, table_named
from junheng.register.intake.sheets import Row, Sheet
from junheng.register.tables import TABLES

STAGES = ["学校标识码", "学段", "在校生数", "教学班数", "专任教师数"]
VALUES: Row = ["9901000001", "小学", 120.0, 6.0, 12.0]


def find(rows: list[Row], named: str = "") -> tuple[int, Layout] | None:
    return Headers().find(Sheet("", rows), TABLES[named] if named else None)


@pytest.mark.parametrize(("title", "name"), [
    ("教师", "teachers"), ("teachers", "teachers"), ("Teachers", "teachers"), (" 教 师 ", "teachers"), ("3.教师", "teachers"),
    ("教师表", "teachers"), ("12、教师情况表", "teachers"), ("校舍场地", "sites")])
def test_a_sheet_is_known_by_its_title(title: str, name: str) -> None:
    table = table_named(title)
    assert table is not None and table.name == name


@pytest.mark.parametrize("title", ["Sheet1", "师", "教师培训", ""])
def test_another_title_names_no_table(title: str) -> None:
    assert table_named(title) is None


@pytest.mark.parametrize("title", ["代码", "说明", "填写说明", "Codes"])
def test_guides_and_code_lists_are_not_read(title: str) -> None:
    assert not is_table(title)
    assert is_table("教师")


@pytest.mark.parametrize("header", [
    "占地面积", "占地面积*", "占地面积(㎡)", "占地面积（平方米）", "占地面积\n（㎡）*", "land_m2", "LAND_M2", "占地面积(land_m2)",
    "占地面积[㎡]", " 占 地 面 积 ", "占地面积：", "ｌａｎｄ＿ｍ２"])
def test_a_column_is_known_by_every_writing_of_its_header(header: str) -> None:
    assert dict(layout_of(TABLES["sites"], [header]).positions) == {"land_m2": 0}


def test_an_alias_is_a_header_too_but_a_name_goes_before_it() -> None:
    assert dict(layout_of(TABLES["school_stages"], ["学生数", "班级数"]).positions) == {"pupils": 0, "classes": 1}
    assert dict(layout_of(TABLES["classes"], ["学生数"]).positions) == {"pupils": 0}


@pytest.mark.parametrize("above", [[], [["甲小学学段表", None]], [["甲小学学段表"], ["填表日期", "2025年9月"]]])
def test_the_header_is_found_in_the_first_three_rows(above: list[Row]) -> None:
    rows = [row + [None] * (5 - len(row)) for row in above] + [[*STAGES], VALUES]
    found = find(rows)
    assert found is not None
    number, layout = found
    assert (number, layout.table.name, layout.missing) == (len(above), "school_stages", ["year"])


def test_below_the_third_row_no_header_is_looked_for() -> None:
    assert find([["a"], ["b"], ["c"], [*STAGES], VALUES]) is None


def test_a_title_that_is_a_columns_name_is_not_taken_for_the_header() -> None:
    found = find([["学段", None, None, None, None], [*STAGES], VALUES], "school_stages")
    assert found is not None and found[0] == 1


def test_a_sheet_without_a_name_is_known_by_its_headers() -> None:
    for name, table in TABLES.items():
        found = find([[column.zh for column in table.columns.values()]])
        assert found is not None and found[1].table.name == name


def test_what_is_not_known_and_what_is_there_twice_is_told() -> None:
    layout = layout_of(TABLES["school_stages"], ["学段", "在校生数", "经办人", "学生数"])
    assert layout.unknown == ((2, "经办人"),)
    assert layout.repeated == (("pupils", "学生数", "在校生数"),)
    assert layout.missing == ["year", "school_id", "classes", "full_time_teachers"]
    assert layout.required == {"stage", "pupils"}


@pytest.mark.parametrize("row", [[], [None, ""], ["经办人", "电话", "备注"], [1.0, 2.0], ["学段", "甲", "乙"]])
def test_a_row_that_matches_too_little_is_no_header(row: Row) -> None:
    assert find([row]) is None


CELLS = st.one_of(st.none(), st.text(max_size=8), st.floats(), st.sampled_from([*STAGES, "(", "((", "【学段】", "*", "学校"]))


@given(st.lists(st.lists(CELLS, max_size=6), max_size=5), st.sampled_from(["", *TABLES]))
def test_no_rows_whatever_stop_the_search(rows: list[Row], named: str) -> None:
    found = find(rows, named)
    assert found is None or (found[1].matches and rows[found[0]])
