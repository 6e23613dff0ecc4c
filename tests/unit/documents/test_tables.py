"""Numbers in tables: named by the heads of their column and row; columns against their totals."""

from __future__ import annotations

import pytest

from junheng.documents.reading import read
from junheng.documents.shapes import Figure, Raw, Reading
from tests.unit.documents.checking import checks_of, verdicts

SCHOOLS = """某县2023年教育统计
学校类别\t学校数（所）\t在校生（人）\t专任教师\t入学率
小学\t45\t23,140\t1,380人\t100%
初中\t12\t11,206\t924人\t99.8%
合计\t57\t34,346\t2,304人\t—
"""


def reading(text: str) -> Reading:
    return read(Raw("某表.txt", "0" * 64, "txt", text))


def shown(figure: Figure) -> tuple[str, str, str, int | None]:
    return figure.indicator_raw, str(figure.value), figure.unit, figure.period.year


def test_a_cell_is_named_by_its_row_and_column_and_has_the_unit_of_its_head_or_its_own() -> None:
    assert [shown(each) for each in reading(SCHOOLS).figures[:4]] == [
        ("小学学校数", "45", "所", 2023), ("小学在校生", "23140", "人", 2023), ("小学专任教师", "1380", "人", 2023),
        ("小学入学率", "100", "%", 2023)]


def test_a_table_of_years_gives_each_its_year_and_the_rows_unit() -> None:
    found = reading("近年情况\n指标\t2022年\t2023年\n在校生（万人）\t4.1\t4.3\n巩固率（%）\t97.2\t97.9\n").figures
    assert [shown(each) for each in found] == [("在校生", "4.1", "万人", 2022), ("在校生", "4.3", "万人", 2023),
                                               ("巩固率", "97.2", "%", 2022), ("巩固率", "97.9", "%", 2023)]


def test_the_unit_of_a_whole_table_may_stand_above_it() -> None:
    found = reading("表2 经费情况（单位：万元）\n项目\t预算\t决算\n公用经费\t1200\t1180\n基建\t300\t310\n").figures
    assert [(each.indicator_raw, each.unit) for each in found][:2] == [("公用经费预算", "万元"), ("公用经费决算", "万元")]


def test_a_table_of_markdown_is_read_too() -> None:
    found = reading("| 学校 | 班数 | 学生（人） |\n|---|---|---|\n| 一小 | 24 | 1080 |\n| 二小 | 36 | 1620 |\n").figures
    assert [(each.indicator_raw, str(each.value), each.unit) for each in found] == [
        ("一小班数", "24", ""), ("一小学生", "1080", "人"), ("二小班数", "36", ""), ("二小学生", "1620", "人")]


def test_numbers_of_rows_and_telephones_are_no_figures() -> None:
    found = reading("序号\t学校\t联系电话\t学生数（人）\n1\t一小\t5223417\t1080\n2\t二小\t5223418\t1620\n").figures
    assert [each.printed for each in found] == ["1080", "1620"]


@pytest.mark.parametrize("mask", ["××", "**", "xx", "○○"])
def test_a_masked_cell_is_a_blank(mask: str) -> None:
    found = reading(f"学校\t班数（个）\t学生（人）\n一小\t24\t{mask}\n二小\t36\t1620\n")
    assert [(each.printed, each.unit, each.indicator_raw) for each in found.blanks] == [(mask, "人", "一小学生")]
    assert [each.printed for each in found.figures] == ["24", "36", "1620"]


def test_a_column_of_targets_is_one_of_goals() -> None:
    rows = "指标\t2024年完成数\t2025年目标\n巩固率（%）\t97.9\t98.2\n毛入园率（%）\t92\t93\n"
    found = reading(f"某县2025年工作计划\n{rows}").figures
    assert [(each.indicator_raw, each.role.name, each.period.year) for each in found][:2] == [
        ("巩固率", "actual", 2024), ("巩固率", "target", 2025)]


def test_lines_of_prose_with_a_tab_are_no_table() -> None:
    found = reading("一、\t全县有学校45所，教师1380名。\n二、\t在校生23140人。\n").figures
    assert [each.indicator_raw for each in found] == ["全县有学校", "教师", "在校生"]


def test_a_column_adds_up_to_its_total() -> None:
    assert verdicts(SCHOOLS, "parts") == [("holds", "57所"), ("holds", "34346人"), ("holds", "2304人")]


def test_a_total_that_is_none_is_asked_after_and_never_accused() -> None:
    found = checks_of(SCHOOLS.replace("34,346", "34,436"), "parts")
    assert [one.judgement.name for one in found] == ["holds", "flagged", "holds"]
    assert found[1].recomputed == "34346人"


@pytest.mark.parametrize("table", [
    "学校\t学生（人）\n小学\t300\n其中村小\t100\n初中\t200\n合计\t500\n",       # rows within rows
    "学校\t巩固率（%）\n小学\t99\n初中\t98\n合计\t98.6\n",                         # rates
    "学校\t学生（人）\n小学\t300\n初中\t200\n",                                     # no total
    "学校\t学生（人）\n小学\t300\n小计\t300\n初中\t200\n合计\t500\n",             # totals of totals
])
def test_what_does_not_plainly_add_up_is_left_alone(table: str) -> None:
    assert not checks_of(table, "parts")


def test_a_masked_column_cannot_be_checked() -> None:
    found = checks_of("学校\t学生（人）\n小学\t20xx\n初中\t200\n合计\t500\n", "parts")
    assert {one.judgement.name for one in found} <= {"cannot_check"}
