"""What somebody hid or left open is a blank and no value, however it is spelt; as a target it stays among the goals."""

from __future__ import annotations

import time

import pytest

from junheng.documents.figures.numbers import missing
from junheng.documents.forms.words import aim, blank
from junheng.documents.promises import promises
from junheng.documents.reading import read
from junheng.documents.shapes import Raw, Reading
from junheng.screens import documents
from tests.unit.documents.checking import checks_of


def reading(text: str) -> Reading:
    return read(Raw("某文.txt", "0" * 64, "txt", text))


@pytest.mark.parametrize("mask", [
    "00", "000", "000.0", "0,000", "xx", "xxx", "XX", "ｘｘ", "××", "×", "**", "＊＊",
    "○○", "○", "〇〇", "〇", "xx.x", "××.×", "*.*", "____", "＿＿＿", "□□", "（）", "(  )"])
@pytest.mark.parametrize("around", ["招聘教师{}名，其余不变。", "投入资金{}万元，其余不变。"])
def test_a_mask_is_a_blank_and_no_figure(mask: str, around: str) -> None:
    found = reading("工作情况\n" + around.format(mask))
    assert [(each.kind, each.unit) for each in found.blanks] == [("number", around[around.index("}") + 1:around.index("，")])]
    assert found.figures == ()


@pytest.mark.parametrize("text", ["某县投入某万元。", "覆盖率为某%。", "资助学生N人。", "共有n所学校。"])
def test_a_word_or_letter_in_the_place_of_a_number_is_one_too(text: str) -> None:
    found = reading(text)
    assert [each.printed for each in found.blanks] and found.figures == ()


@pytest.mark.parametrize("text", [
    "某县某镇某小学。", "王××老师和×××同志。", "××县××镇中心小学。", "获评××称号。", "电话139××××5678。",
    "加强N级管理。", "见附件（）。", "教室5×4平方米。", "3×20为60。"])
def test_a_name_that_somebody_hid_is_no_number(text: str) -> None:
    assert [each.printed for each in reading(text).blanks] == []


@pytest.mark.parametrize(("text", "high"), [
    ("二本上线20xx人。", 2099), ("在校生1×××人。", 1999), ("教师2**人。", 299), ("学校1○所。", 19),
    ("在校生1,×××人。", 1999)])
def test_a_number_that_is_hidden_in_part_has_an_upper_end_and_no_value(text: str, high: int) -> None:
    assert [(each.value, each.high) for each in reading(text).figures] == [(None, high)]


@pytest.mark.parametrize("year", ["20xx年", "202x年", "20××年", "20○○年", "20**年", "××年"])
def test_a_hidden_year_is_a_blank_year(year: str) -> None:
    found = reading(f"{year}，全县有学校30所。")
    assert [each.kind for each in found.blanks] == ["year"] and found.figures[0].period.year is None


def test_two_asterisks_twice_are_masks_and_no_bold_letters() -> None:
    found = reading("招聘教师**名，投入资金**万元。\n**重点**工作如下。\n")
    assert [each.printed for each in found.blanks] == ["**", "**"] and "重点工作" in found.text.clean


def test_full_width_zeros_are_masked_and_full_width_numbers_are_read() -> None:
    found = reading("学校００所，教师１２０名。")
    assert [each.printed for each in found.blanks] == ["00"] and [each.value for each in found.figures] == [120]


@pytest.mark.parametrize(("text", "value"), [
    ("学校三〇六所。", 306), ("学校一○二所。", 102), ("辍学人数为0人。", 0), ("投入0.5万元。", 0)])
def test_a_zero_in_a_number_hides_nothing(text: str, value: int) -> None:
    found = reading(text)
    assert [int(each.value or 0) for each in found.figures] == [value] and found.blanks == ()


PLAN = "某县2024年教育工作计划\n一、主要目标\n义务教育巩固率达到{}%，新增学位{}个，招聘教师120名。\n"


@pytest.mark.parametrize("mask", ["**", "××", "○○", "00", "xx"])
def test_a_masked_target_is_a_goal_without_a_number(mask: str) -> None:
    found = reading(PLAN.format(mask, mask)).goals
    assert [(goal.text, goal.figure and goal.figure.printed, goal.blank and goal.blank.printed) for goal in found] == [
        (f"义务教育巩固率达到{mask}%", None, mask), (f"新增学位{mask}个", None, mask), ("招聘教师120名", "120", None)]


def test_a_masked_promise_is_listed_and_unknown_with_what_the_report_says() -> None:
    report = reading("某县2024年教育工作总结\n义务教育巩固率98.6%，新增学位1200个，招聘教师125名。\n")
    found = promises(reading(PLAN.format("**", "○○")), report)
    assert [(each.verdict.name, each.answer) for each in found] == [
        ("unknown", "义务教育巩固率98.6%"), ("unknown", "新增学位1200个"), ("kept", "招聘教师125名")]
    assert found[0].reason == "计划中的数字被遮盖或空缺，无法比较"


@pytest.mark.parametrize("text", [
    "在校生××万人，比上年增长5%。", "教师○○人，其中女教师300人。", "合格率达到**%。", "投入资金xx.x亿元，增长xx%。"])
def test_a_claim_on_a_mask_is_never_accused(text: str) -> None:
    assert {one.judgement.name for one in checks_of(text)} <= {"cannot_check"}


def test_claims_that_are_only_masked_take_one_line_of_the_screen(capsys: pytest.CaptureFixture[str]) -> None:
    documents.document(reading("巩固率达到00%。毛入园率达到00%。比去年增加000人。"), only="checks")
    shown = [line for line in capsys.readouterr().out.splitlines() if line.startswith("| 无法核对")]
    assert len(shown) == 1 and "00%、000人，共 3 处" in shown[0]


@pytest.mark.parametrize(("said", "name", "shown"), [
    ("项目总投资万元，已经开工。", "项目总投资", "____万元"), ("落实经费亿元。", "落实经费", "____亿元"),
    ("投入资金      万元，其余不变。", "投入资金", "____万元"), ("巩固率达到  %。", "巩固率", "____%"),
    ("招聘教师名，其余不变。", "招聘教师", "____名"), ("新建小学   所，其余不变。", "新建小学", "____所"),
    ("新增学位个；", "新增学位", "____个"), ("建成校舍平方米。", "建成校舍", "____平方米"),
])
def test_a_number_left_out_before_its_unit_is_a_blank(said: str, name: str, shown: str) -> None:
    found = reading("某县2025年工作计划\n" + said)
    assert [(each.indicator_raw, blank(each)) for each in found.blanks] == [(name, shown)]
    assert found.figures == ()


@pytest.mark.parametrize("said", [
    "计划投资万元以上。", "建设亿元学校。", "投资几万元。", "总投资近亿元。", "投资百万元。", "单位：  万元。", "资金（万元）。",
    "姓    名，签    名。", "总投资1200万元。", "经费\t总投资万元\n一小\t300\n", "公布招聘教师名单。", "新建学校所需资金。",
    "扩建校舍处于收尾阶段。"])
def test_a_unit_that_lacks_no_number_is_no_blank(said: str) -> None:
    assert reading("某县2025年工作计划\n" + said).blanks == ()


def test_a_target_left_out_is_a_goal_to_be_filled_in() -> None:
    found = reading("某县2025年工作计划\n年底前新增学位个。\n")
    assert [aim(each) for each in found.goals] == ["新增学位 ____个（待填）"]


def test_a_column_may_name_its_unit_without_brackets() -> None:
    found = reading("项目\t总投资万元\t面积（平方米）\n一小\t300\t1200\n")
    assert [(each.indicator_raw, each.printed, each.unit) for each in found.figures] == [
        ("一小总投资", "300", "万元"), ("一小面积", "1200", "平方米")]


@pytest.mark.parametrize("said", ["投入资金××万元。", "补充教师00名。", "招聘教师名，其余不变。"])
def test_work_whose_number_is_hidden_is_a_task_that_needs_a_measure(said: str) -> None:
    (task,) = reading("某县2025年工作计划\n" + said).tasks
    assert (task.vague, task.measure) == (False, "")


@pytest.mark.parametrize("mask", ["00", "000", "××", "XX", "○○"])
def test_a_mask_behind_the_number_of_an_item_stays_unknown(mask: str) -> None:
    found = reading(f"工作情况\n1.{mask}所学校建成。\n2.{mask}名教师到岗。\n")
    assert [(each.printed, each.unit) for each in found.blanks] == [(mask, "所"), (mask, "名")] and found.figures == ()


@pytest.mark.parametrize("year", ["2025年", "20xx年", "202×年", "20○○年", "20xx—20xx年"])
def test_a_year_behind_the_number_of_an_item_is_no_decimal_of_it_masked_or_not(year: str) -> None:
    found = reading(f"工作情况\n1.{year}全县小学20所。\n2.{year}全县初中3所。\n")
    assert [each.number for each in found.outline.headings] == ["1.", "2."]
    assert [(each.indicator_raw, each.value) for each in found.figures] == [("全县小学", 20), ("全县初中", 3)]


@pytest.mark.parametrize("table", [
    "项目 | 总投资万元\n一小 | 300\n", "| 项目 | 资金  万元 | 面积  平方米 |\n|---|---|---|\n| 一小 | 3 | 4 |\n",
    "| 学校 | 增幅  % |\n| 一小 | 300 |\n", "项目\t总投资万元\n一小\t300\n"])
def test_the_head_of_a_column_between_bars_or_tabs_is_no_blank(table: str) -> None:
    assert reading("某县2025年工作计划\n" + table).blanks == ()


def test_numbers_left_out_are_found_in_time_that_grows_as_the_line_does() -> None:
    def seconds(many: int) -> float:
        line = "总投资万元，" * many
        begun = time.process_time()
        assert sum(1 for _ in missing(line)) == many
        return time.process_time() - begun
    seconds(1_000)
    assert seconds(160_000) < 16 * seconds(20_000) + 0.1
