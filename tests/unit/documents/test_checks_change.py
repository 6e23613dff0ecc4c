"""Difference, growth, points and mean growth: the numbers of one change fit each other, or the right one is named."""

from __future__ import annotations

import pytest

from tests.unit.documents.checking import checks_of, verdict, verdicts

TRUE = [
    ("difference", "全区幼儿园由52所增加到61所，增加9所。", "9所"),
    ("difference", "职业学校在校生8120人，比上年（7960人）增加160人。", "160人"),
    ("difference", "教学点较2015年的16个减少7个，现有9个。", "7个"),
    ("growth", "普通小学招生1877.88万人，比上年增加176.50万人，增长10.37%。", "10.37%"),
    ("growth", "在校生1298.46万人，比上年减少40.83万人，下降3.05%。", "3.05%"),
    ("growth", "教育支出从2018年的6.21亿元增至2022年的8.45亿元，增长36.07%。", "36.07%"),
    ("growth", "毕业生比上年增加3人、增长2.5%，达到123人。", "2.5%"),
    ("growth", "学校从125所减少至100所，减幅20%。", "20%"),
    ("points", "学前三年毛入园率由85.3%提高到90.1%，提高4.8个百分点。", "4.8个百分点"),
    ("direction", "大班额由1200个减少到300个。", "减少"),
]


@pytest.mark.parametrize(("kind", "said", "right"), TRUE)
def test_a_true_claim_holds(kind: str, said: str, right: str) -> None:
    assert verdict(said, kind) == ("holds", right)


@pytest.mark.parametrize(("kind", "said", "right"), [
    ("growth", "普通高中1.54万所，比上年增加330所，增长2.20%。", "2.19%"),
    ("growth", "教育经费达3.96亿元，比上年增加8257万元，增长26.37%。", "26.34%"),
    ("growth", "中职招生20800人，比上年(16400人)增加4400人，增长27%。", "26.83%"),
    ("growth", "一般公共预算教育支出89.6亿元，比上年的85.2亿元增长5.2%。", "5.16%"),
    ("difference", "在园幼儿由2.14万人增加到2.35万人，增加2146人。", "2100人"),
])
def test_what_rounding_explains_holds_within_rounding(kind: str, said: str, right: str) -> None:
    assert verdict(said, kind) == ("holds_within_rounding", right)


@pytest.mark.parametrize(("kind", "said", "right"), [
    ("difference", "全区幼儿园由52所增加到61所，增加8所。", "9所"),
    ("difference", "教育支出从2018年的6.21亿元增至2022年的8.45亿元，增加2.34亿元。", "2.24亿元"),
    ("growth", "小学在校生25.36万人，比上年减少1.2万人，下降5.52%。", "4.52%"),
    ("growth", "普通高中招生13230人，比上年增加1230人，增长12.5%。", "10.25%"),
    ("points", "巩固率由93.2%提高到95.1%，提高2.9个百分点。", "1.9个百分点"),
    ("direction", "学校从85所增加到72所。", "减少"),
    ("difference", "招生4351人，比上年（4020人）减少331人。", "实为增加331人"),
])
def test_a_false_claim_is_contradicted_with_the_right_number(kind: str, said: str, right: str) -> None:
    assert verdict(said, kind) == ("contradicts", right)


def test_points_without_a_base_tell_it() -> None:
    assert verdict("高中阶段毛入学率91.4%，比上年提高0.9个百分点。", "base") == ("implied", "90.5%")


def test_a_rate_cannot_have_risen_from_below_zero() -> None:
    assert verdict("普惠园覆盖率达到12%，比上年提高22个百分点。", "base")[0] == "flagged"


@pytest.mark.parametrize("said", [
    "普通高中招生46608人，比上年增加8301人，较2010年增长50%。",       # two changes against two years
    "学校由2015年的16所减少到9所，比上年减少2所。",
    "毛入园率由85.3%提高到90.1%，比上年提高1.2个百分点。",
    "初中18所（含九年一贯制8所），比上年减少2所，下降10%。",           # the change is of the 18
    "在校生4.3万人，教师增加300人，增长4.1%。",                        # another subject
    "招生12000人，比计划增加500人，比上年增加800人。",
    "辍学率由2%下降到1%，下降50%。",
])
def test_numbers_of_different_claims_are_not_set_against_each_other(said: str) -> None:
    assert not {"contradicts", "flagged"} & {name for name, _ in verdicts(said)}


def test_round_integers_are_asked_after_not_accused() -> None:
    """46000 and 1200 may be 46012 and 1218."""
    found = verdict("在校生46000人，比上年增加1200人，增长2.72%。", "growth")
    assert found == ("flagged", "2.68%")


def test_a_masked_number_leaves_the_change_unchecked() -> None:
    assert {one.judgement.name for one in checks_of("本科上线00人，比去年增加00人，增长00%。")} == {"cannot_check"}


def test_mean_growth_over_printed_years_is_recomputed() -> None:
    said = "普通高中招生由2021年的12000人增加到2023年的13230人，年均增长{}%。"
    assert verdict(said.format("5"), "yearly_growth") == ("holds", "5%")
    assert verdict(said.format("8"), "yearly_growth") == ("contradicts", "5%")


def test_mean_growth_over_masked_years_is_solved_for_the_years() -> None:
    said = "教育投入从20xx年的1.2亿元增长到20xx年的2.4亿元，年均增长{}%。"
    assert verdict(said.format("18.92"), "yearly_growth") == ("holds_if", "4年")
    assert verdict(said.format("50"), "yearly_growth")[0] == "flagged"


def test_a_total_growth_shared_out_evenly_is_told_from_a_compound_one() -> None:
    name, right = verdict("教育支出由2018年的10.00亿元增加到2022年的14.00亿元，年均增长10%。", "yearly_growth")
    assert (name, right) == ("holds_if", "8.78%")


def test_every_contradiction_says_what_should_stand_there() -> None:
    one = checks_of("全区幼儿园由52所增加到61所，增加8所。", "difference")[0]
    assert one.recomputed and one.reason.endswith("。") and "9所" in one.reason
    assert one.claim == "52所增加到61所，增加8所"


@pytest.mark.parametrize(("said", "found"), [
    ("经费2018年17.92亿元，2022年31.94亿元；年均增长15.54%。", [("holds", "15.54%")]),
    ("经费由2018年的17.92亿元增加到2022年的31.94亿元；年均增长12.25%。", [("contradicts", "15.54%")]),
    ("经费由17.92亿元增加到31.94亿元；四年来，年均增长15.54%。", [("holds_if", "4年")]),
    ("经费由2018年的17.92亿元增加到2022年的31.94亿元；在校生年均增长3.1%。", []),  # of another thing
    ("经费由2018年的17.92亿元增加到2022年的31.94亿元。年均增长3.1%。", []),
])
def test_a_mean_growth_may_stand_behind_a_semicolon(said: str, found: list[tuple[str, str]]) -> None:
    assert verdicts(said, "yearly_growth") == found


def test_tenths_are_shares_and_not_whole_numbers() -> None:
    assert verdict("教师增加两成，达到1200人。", "base") == ("implied", "1000人")
    assert verdict("教师1000人，其中女教师700人，占七成。", "share") == ("holds", "70%")


@pytest.mark.parametrize(("said", "found"), [
    ("城区学校12所、乡镇学校30所，共42所。", ("holds", "42所")), ("城区学校12所、乡镇学校30所，共45所。", ("flagged", "42所")),
    ("城区学校12所、乡镇学校30所，合计45所。", ("contradicts", "42所")),
])
def test_a_list_and_what_it_comes_to(said: str, found: tuple[str, str]) -> None:
    assert verdict(said, "parts") == found


def test_the_whole_of_a_share_is_no_part() -> None:
    assert not checks_of("一般公共预算教育支出10亿元，占一般公共预算支出80亿元的12.5%。", "bound")


@pytest.mark.parametrize(("said", "found"), [
    ("在校生5000人，是2020年2500人的2倍。", ("holds", "2倍")),
    ("在校生5000人，是2020年2500人的3倍。", ("contradicts", "2倍")),
    ("经费达到5.1亿元，是上年2.04亿元的2.5倍。", ("holds", "2.5倍")),
    ("招生600人，相当于去年（300人）的两倍。", ("holds", "2倍")),
    ("教师由100人增加到300人，扩大到原来的3倍。", ("holds", "3倍")),
    ("教师由2020年的100人增加到280人，达到2020年的3倍。", ("holds_within_rounding", "2.8倍")),
    ("教师由2020年的100人增加到210人，达到2020年的3倍。", ("contradicts", "2.1倍")),
    ("小学50所，是初中20所的2.5倍。", ("holds", "2.5倍")),
    ("在校生20xx人，是2015年1000人的2倍。", ("cannot_check", "")),
    ("学位由300个增加到610个，翻了一番。", ("holds", "2.03倍")),
    ("学位由300个增加到500个，翻了一番。", ("contradicts", "1.67倍")),
    ("学位由300个增加到580个，翻了一番。", ("flagged", "1.93倍")),
    ("学位由300个增加到580个，接近翻番。", ("holds", "1.93倍")),
    ("在园幼儿由0.5万人增加到2.1万人，翻了两番多。", ("holds", "4.2倍")),
    ("学位由300个增加到1300个，翻了一番。", ("flagged", "4.33倍")),      # as a slip of the pen
    ("学位比上年的300个翻一番，达到450个。", ("contradicts", "1.5倍")),
])
def test_multiples_and_doublings_are_held_against_their_base(said: str, found: tuple[str, str]) -> None:
    assert verdict(said, "multiple") == found


@pytest.mark.parametrize(("said", "found"), [
    ("教师由2010年的100人增加到300人，达到2010年的6倍。", [("contradicts", "3倍")]),
    ("教师由上年的100人增加到300人，达到上年的3倍。", [("holds", "3倍")]),
    ("教师由100人增加到300人，达到原有的3倍。", [("holds", "3倍")]),
    ("教师由2015年的100人增加到300人，达到2010年的6倍。", []), ("教师由100人增加到300人，达到2010年的6倍。", []),
    ("教师由2015年的100人增加到300人，达到去年的2倍。", []), ("教师由2015年的100人增加到300人，达到当年的6倍。", []),
])
def test_a_multiple_is_held_against_the_base_of_the_time_it_names_and_no_other(said: str, found: list[tuple[str, str]]) -> None:
    assert verdicts(said, "multiple") == found


@pytest.mark.parametrize("said", [
    "在校生5000人，是全省平均水平的2倍。", "学位比2020年翻一番。", "学校由12所增加到15所，在校生达到原来的3倍。",
    "经费3亿元，教师20人的2倍工作量。", "要付出百倍努力。", "由2人增加到5人，经费翻了一番。"])
def test_a_multiple_without_its_base_is_no_claim(said: str) -> None:
    assert not checks_of(said, "multiple")


def test_so_many_times_as_much_is_not_so_many_times_more() -> None:
    assert verdict("经费由2亿元增加到5亿元，增长1.5倍。", "growth") == ("holds", "1.5倍")
    assert verdict("经费由2亿元增加到5亿元，增长2.5倍。", "growth") == ("flagged", "1.5倍")
    assert verdict("教师由100人增加到300人，增长3倍。", "growth") == ("flagged", "2倍")


@pytest.mark.parametrize(("said", "found"), [
    ("经费总投入86.42亿元，其中财政性经费71.36亿元，比上年的67.54亿元增长5.66%。", ("holds", "5.66%")),
    ("在校生10万人，其中普通高中3.2万人，比上年增加0.2万人，增长6.67%。", ("holds", "6.67%")),
    ("学校50所，其中民办5所，比上年增加3所，增长6.38%。", ("flagged", "150%")),  # 6.38 % is of all 50
])
def test_a_change_behind_a_part_may_be_of_its_whole(said: str, found: tuple[str, str]) -> None:
    assert verdict(said, "growth") == found
