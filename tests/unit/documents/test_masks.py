"""What somebody hid or left open is a blank and no value, however it is spelt; as a target it stays among the goals."""

from __future__ import annotations

import pytest

from junheng import screens
from junheng.documents.promises import promises
from junheng.documents.reading import read
from junheng.documents.shapes import Raw, Reading
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
    screens.document(reading("巩固率达到00%。毛入园率达到00%。比去年增加000人。"), only="checks")
    shown = [line for line in capsys.readouterr().out.splitlines() if line.startswith("| 无法核对")]
    assert len(shown) == 1 and "00%、000人，共 3 处" in shown[0]
