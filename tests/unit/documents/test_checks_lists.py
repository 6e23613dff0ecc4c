"""Counts announced against what is listed."""

from __future__ import annotations

import pytest

from tests.unit.documents.checking import checks_of, verdict, words


@pytest.mark.parametrize("said", [
    "落实“三个优先”：规划优先，投入优先，用地优先。",
    "做到“四个到位”：认识到位，组织到位，措施到位，督查到位。",
    "健全县、乡、村三级联动机制。",
    "市、县、区两级督导网络基本建成。",
    "构建市、县（市、区）、乡镇（街道）、村（社区）四级体系。",
    "抓好校长、教师、教研员三支队伍。",
    "实施扩优、提质和强基“三大工程”。",
    "我市有两个县（青阳、石台）入选。",
    "坚持八字方针“规范、提高、均衡、优质”。",
    "全区重点建立三项机制：会商机制、督查机制、通报机制。",
    "重点抓好以下三项工作：一是抓安全。二是抓质量。三是抓队伍。",
    "围绕学前、小学、初中3个学段开展调研。",
])
def test_a_count_that_the_list_bears_out_holds(said: str) -> None:
    assert words(said, "count") == {"holds"}


@pytest.mark.parametrize(("said", "right"), [
    ("落实“三个优先”：规划优先，投入优先。", "两个"),
    ("落实“两个确保”：确保安全，确保稳定，确保质量。", "三个"),
    ("构建省、市、县四级体系。", "三级"),
    ("健全市县乡四级网络。", "三级"),
    ("全省共有教育强县24个，我市占3个（青阳、石台）。", "2个"),
])
def test_a_closed_list_of_another_length_contradicts(said: str, right: str) -> None:
    assert ("contradicts", right) in [(one.judgement.name, one.recomputed) for one in checks_of(said, "count")]


@pytest.mark.parametrize("said", [
    "重点抓好以下五项工作：一是抓安全。二是抓质量。三是抓队伍。四是抓投入。",
    "打造“校长、教师、教研员”四支队伍。",
    "坚持十字方针“规范、提高、均衡、优质”。",
    "推进三大行动（强师行动、提质行动）。",
])
def test_an_open_list_of_another_length_is_only_asked_after(said: str) -> None:
    assert words(said, "count") == {"flagged"}


@pytest.mark.parametrize("said", [
    "第三个教师节，用三个月时间，分两批进行，三年来共有十多个项目。",
    "评选先进3名（校长、教师）。",
    "全县6所学校（小学、初中）参加。",
    "在3个县（市、区）试点。",
    "推进“三名”工程。下面：一是抓安全。二是抓质量。",
    "教育、卫生等部门实施三项行动。",
    "集团、校、班三级管理。",
])
def test_a_count_that_nothing_answers_is_no_claim(said: str) -> None:
    assert not {"contradicts", "flagged"} & words(said, "count")


def test_the_headings_below_a_counting_heading_are_counted() -> None:
    said = "一、开展三项活动\n1、开展读书活动\n内容。\n2、开展体育活动\n内容。\n3、开展艺术活动\n内容。\n二、加强领导\n内容。"
    assert verdict(said, "count") == ("holds", "三项")
    assert verdict(said.replace("三项", "四项"), "count") == ("flagged", "三项")


def test_a_closing_sentence_looks_back_on_the_headings_before_it() -> None:
    said = "一是抓安全，成效明显。二是抓质量，稳步提高。三是抓队伍，活力增强。\n除以上三个方面外，其他工作也有进展。"
    assert ("holds", "三个方面") in [(one.judgement.name, one.recomputed) for one in checks_of(said, "count")]


def test_names_in_quotes_elsewhere_answer_a_short_name() -> None:
    said = "开展“三园”创建。\n创建“平安校园”、“书香校园”、“绿色校园”，师生满意。"
    assert ("holds", "三园") in [(one.judgement.name, one.recomputed) for one in checks_of(said, "count")]


def test_levels_in_quotes_are_levels() -> None:
    assert verdict("健全“省、市、县、校”四级培训体系。", "count") == ("holds", "四级")
    assert verdict("健全“县、乡、村”四级网络。", "count") == ("contradicts", "三级")
