"""Figures against dated values of the standards room: only ever flagged, with the paper, and only from its day on."""

from __future__ import annotations

import pytest

from tests.unit.documents.checking import checks_of, verdict, verdicts

DAY = "\n2024年3月20日"


@pytest.mark.parametrize(("said", "found"), [
    ("大班额比例降至3.2%。", ("holds", "5%")),
    ("大班额占比为7.5%。", ("flagged", "5%")),
    ("超大班额占比为0.4%。", ("flagged", "0%")),
    ("全面消除56人及以上的大班额。", ("holds", "56人")),
    ("全面消除55人以上大班额。", ("holds", "56人")),
    ("全面消除60人以上大班额。", ("flagged", "56人")),
    ("九年一贯制学校办学规模不得超过2500人。", ("holds", "2500人")),
    ("九年一贯制学校办学规模控制在3000人以内。", ("flagged", "2500人")),
    ("小学办学规模不超过2000人。", ("holds", "2000人")),
    ("初中学校规模达到2600人。", ("flagged", "2000人")),
    ("义务教育公用经费，小学每生每年720元。", ("holds", "720元")),
    ("义务教育公用经费，小学每生每年680元。", ("flagged", "720元")),
    ("公用经费按小学每生每年720元、初中每生每年940元拨付。", None),
    ("寄宿制学校公用经费每生增加补助300元。", ("holds", "300元")),
    ("特殊教育学校生均公用经费5500元。", ("flagged", "6000元")),
    ("按不低于公用经费预算总额5%的比例安排教师培训经费。", ("holds", "5%")),
    ("按公用经费的3%安排教师培训经费。", ("flagged", "5%")),
    ("财政性教育经费占GDP比例为4.01%。", ("holds", "4%")),
    ("教职工编制标准为小学1:19。", ("holds", "1:19")),
    ("教职工编制按初中1∶15核定。", ("flagged", "1:13.5")),
    ("交流轮岗教师占符合条件教师的12%。", ("holds", "10%")),
    ("教师交流轮岗比例不低于8%。", ("flagged", "10%")),
    ("骨干教师占交流总数的比例不低于20%。", ("holds", "20%")),
    ("教师5年培训累计不少于360学时。", ("holds", "360学时")),
    ("优质高中指标到校比例达到60%。", ("holds", "50%")),
    ("优质普通高中招生名额分配到初中的比例为45%。", ("flagged", "50%")),
    ("初中三年巩固率94.2%。", ("flagged", "95%")),
    ("九年义务教育巩固率为93.8%。", ("flagged", "95%")),
    ("适龄残疾儿童入学率达到93%。", ("flagged", "95%")),
    ("学前三年毛入园率达到82%。", ("flagged", "85%")),
    ("普惠性幼儿园覆盖率达到91.3%。", ("holds", "80%")),
    ("公办园在园幼儿占比46%。", ("flagged", "50%")),
    ("小学就近划片入学率达到100%。", ("holds", "100%")),
])
def test_a_figure_is_held_against_the_value_in_force(said: str, found: tuple[str, str] | None) -> None:
    if found is None:
        assert [name for name, _ in verdicts(said + DAY, "rule")] == ["holds", "holds"]
    else:
        assert verdict(said + DAY, "rule") == found


@pytest.mark.parametrize("said", [
    "大班额占比为7.5%。", "学前三年毛入园率达到82%。", "初中三年巩固率94.2%。", "教师交流轮岗比例不低于8%。"])
def test_a_breach_is_asked_after_with_paper_day_and_how_well_it_is_known(said: str) -> None:
    one, = checks_of(said + DAY, "rule")
    assert one.judgement.name == "flagged"
    assert "〔" in one.reason and "起，" in one.reason and ("已读" in one.reason or "待确认" in one.reason)


@pytest.mark.parametrize("said", [
    "大班额占比为7.5%。\n2013年3月20日", "学前三年毛入园率达到82%。\n2018年3月20日", "大班额占比为7.5%。",
    "大班额比例由2013年的31.5%下降到3.1%。\n2024年3月20日",
])
def test_a_rule_says_nothing_of_times_before_its_day(said: str) -> None:
    assert "flagged" not in {one.judgement.name for one in checks_of(said, "rule")}


@pytest.mark.parametrize("said", [
    "九年义务教育巩固率达到97.8%。", "财政性教育经费占GDP比例为2.8%。",       # a national aim that no county is held to
    "普通高中在校生规模2264人。", "小学生师比17.1:1。", "大班额比例比上年下降6.2个百分点。", "新增学位2600个。",
    "巩固率提高8%。", "骨干教师占12%。", "公用经费支出占8%。", "教师培训覆盖率3%。", "全校招生计划的20%为体育特长生。",
])
def test_what_no_rule_is_of_is_left_alone(said: str) -> None:
    assert not checks_of(said + DAY, "rule")


def test_no_rule_ever_contradicts() -> None:
    said = "小学平均班额90人，大班额占比60%，学前三年毛入园率41%，普惠性幼儿园覆盖率21%，初中三年巩固率51%，指标到校比例6%。"
    assert {one.judgement.name for one in checks_of(said + DAY, "rule")} == {"flagged"}
