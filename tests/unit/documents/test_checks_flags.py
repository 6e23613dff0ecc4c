"""Ranks, rates, quotas, pairs, plausibility, rules and masks."""

from __future__ import annotations

import pytest

from tests.unit.documents.checking import checks_of, verdict, verdicts, words


def test_a_place_lies_within_its_group() -> None:
    assert verdict("在全市12个县区中排名第3位。", "rank")[0] == "holds"
    assert verdict("在全市12个县区中排名第13位。", "rank") == ("contradicts", "1至12")


def test_a_part_of_a_whole_is_no_more_than_all_of_it() -> None:
    assert verdict("专任教师学历合格率达到101.2%。", "rate") == ("contradicts", "不超过100%")
    assert verdict("小学毛入学率达到104.5%。", "rate")[0] == "flagged"


@pytest.mark.parametrize("said", ["完成投资任务的120%。", "教育支出增长130.5%。", "超额完成计划，达到目标的105%。"])
def test_what_is_no_share_may_pass_a_hundred(said: str) -> None:
    assert not checks_of(said, "rate")


def test_a_quota_said_to_be_met_is_met() -> None:
    assert verdict("争取资金2850万元，完成市下达的2000万元任务。", "quota") == ("holds", "143%")
    assert verdict("争取资金1850万元，完成市下达的2000万元任务。", "quota") == ("contradicts", "93%")


@pytest.mark.parametrize("said", ["争取资金400万元，确保完成500万元任务。", "争取资金400万元，完成全年500万元目标的80%。"])
def test_a_quota_not_said_to_be_met_is_left_alone(said: str) -> None:
    assert not checks_of(said, "quota")


def test_values_are_paired_with_names() -> None:
    assert verdict("小学、初中、高中教师合格率分别为99.8%、98.2%和95.1%。", "pairing") == ("holds", "3")


def test_neighbours_out_of_proportion_are_asked_after() -> None:
    assert verdict("学生宿舍面积20万平方米，教学用房面积3万平方米。", "plausible")[0] == "flagged"
    assert verdict("专任教师8650人，教职工8100人。", "plausible")[0] == "flagged"
    assert not checks_of("专任教师8100人，教职工8650人。", "plausible")


def test_money_a_head_tells_a_slip_of_the_unit() -> None:
    assert verdict("为3.2万名学生发放资助资金2100万元。", "plausible") == ("holds", "人均656元")
    name, right = verdict("为3.2万名学生发放资助资金2100元。", "unit")
    assert name == "flagged" and right == "人均0.07元"


def test_at_least_and_a_range_clash() -> None:
    assert verdict("每个乡镇至少建成2—4所幼儿园。", "wording")[0] == "flagged"


def test_a_breach_of_a_dated_standard_is_asked_after_with_its_paper() -> None:
    one = checks_of("初中班额控制在55人以内。\n2023年10月8日", "rule")[0]
    assert (one.judgement.name, one.recomputed) == ("flagged", "50人") and "GB 50099-2011" in one.reason
    assert verdict("小学班额控制在45人以内。\n2023年10月8日", "rule") == ("holds", "45人")


def test_a_standard_is_not_asked_before_its_day_or_without_a_day() -> None:
    assert not checks_of("初中班额控制在55人以内。\n2009年10月8日", "rule")
    assert not checks_of("初中班额控制在55人以内。", "rule")


def test_a_line_named_is_not_a_line_crossed() -> None:
    assert verdict("全面消除班额66人以上的超大班额。\n2019年3月1日", "rule") == ("holds", "66人")


def test_the_surcharge_is_three_per_cent() -> None:
    assert verdict("按增值税的3%足额征收教育费附加。\n2014年3月1日", "rule") == ("holds", "3%")


@pytest.mark.parametrize("said", [
    "毛入园率达到00%。", "比去年增加00人。", "2019年本科上线000人。", "二本上线20xx人，上线率37%。",
])
def test_what_is_masked_cannot_be_checked(said: str) -> None:
    assert "cannot_check" in {name for name, _ in verdicts(said)}
    assert "contradicts" not in {name for name, _ in verdicts(said)}


def test_single_projects_stay_within_the_funds_of_all_years() -> None:
    said = "五年来，共整合各类资金2亿元。投资900万元的一小建成；投资1200万元的二小开工；投资0.3亿元的三中启用。"
    assert verdict(said, "bound") == ("holds", "0.51亿元")
    assert words(said.replace("2亿", "0.2亿"), "bound") == {"flagged"}


@pytest.mark.parametrize("said", [
    "", "。", "：“”（", "第个教师节", "0月0日", "职普比为", "0.0%、0%增长0%", "由0人增加到0人，增长0%。",
    "中职招生0人，普通高中招生0人，职普比为0:0。", "共0人，其中0人，占0%。",
])
def test_odd_texts_are_borne(said: str) -> None:
    assert "contradicts" not in {one.judgement.name for one in checks_of(said) if one.kind != "date"}
