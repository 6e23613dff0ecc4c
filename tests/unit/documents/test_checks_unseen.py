"""Claims as surveys, aid reports, layout plans and bulletins word them; the facts are made up."""

from __future__ import annotations

import pytest

from tests.unit.documents.checking import checks_of, verdict, verdicts, words

DAY = "\n2023年10月8日"


@pytest.mark.parametrize(("said", "found"), [
    ("幼儿园平均班额42人。", [("flagged", "35人")]),
    ("全县幼儿园小班平均班额28人、中班平均班额30人、大班平均班额36人。",
     [("flagged", "25人"), ("holds", "30人"), ("flagged", "35人")]),
    ("小学平均班额51.3人，初中平均班额48人。", [("flagged", "45人"), ("holds", "50人")]),
    ("幼儿园平均班额33人。", []),                                  # the kind of class is not told
    ("幼儿园小班120人、中班150人、大班180人，共16个班。", []),      # all the children, not a class
    ("高中平均班额58人。", []),                                    # no rule of another stage
    ("起始年级班额控制在55人以内。", []),                          # no stage at all
])
def test_a_class_size_is_held_against_the_rule_of_its_own_stage(said: str, found: list[tuple[str, str]]) -> None:
    assert verdicts(said + DAY, "rule") == found


@pytest.mark.parametrize(("said", "found"), [
    ("专任教师1876人，保育员742人。专任教师中大专以上学历1690人，占90.1%。", ("holds_within_rounding", "90.09%")),
    ("专任教师1876人，保育员742人。专任教师中大专以上学历1690人，占80.1%。", ("flagged", "90.09%")),
    ("普通高中在校生16050人，受助学生4815人，占在校生的30%。", ("holds", "30%")),
    ("幼儿园176所，比上年净增5所。其中公办园71所，占40.3%。", ("holds_within_rounding", "40.34%")),
    ("全市现有幼儿园214所。小规模园38所，占幼儿园总数的27.8%。", ("flagged", "17.76%")),
    ("在园幼儿2.76万人，公办园在园幼儿1.41万人，占51.1%。", ("holds_within_rounding", "51.09%")),
    ("在园幼儿2.76万人，公办园在园幼儿1.41万人，占61.1%。", ("flagged", "51.09%")),
    ("教师20xx人。教师中有党员412人，占10.3%。", ("cannot_check", "")),
])
def test_a_share_is_held_against_the_whole_named_before_it(said: str, found: tuple[str, str]) -> None:
    assert verdict(said, "share") == found


def test_the_whole_named_goes_on_behind_a_semicolon() -> None:
    said = "专任教师1876人。专任教师中大专以上学历1690人，占90.1%；持有教师资格证1501人，占80.0%。"
    assert [name for name, _ in verdicts(said, "share")] == ["holds_within_rounding", "holds_within_rounding"]


def test_an_impossible_share_tells_the_base_it_would_take() -> None:
    one = checks_of("全县共有幼儿园148所。小规模园多，在园幼儿不足30人的有19所，占总数的21.8%。", "share")[0]
    assert (one.judgement.name, one.recomputed) == ("flagged", "12.84%") and "87所" in one.reason


@pytest.mark.parametrize("said", [
    "全县教师4210人，其中高级教师300人，占全市的12%。",
    "小学专任教师6580人，初中专任教师3995人。专任教师中研究生学历812人，占20.0%。",  # which of the two is not told
    "教职工1200人。年级组长中女教师300人，占60.0%。",
    "全县学校162所。小规模园19所，占总数的21.8%。",
    "教师1000人，班主任300人，占45%。",
    "全县幼儿园120所，小学45所，其中民办园60所，占51%。",
])
def test_a_share_of_what_is_not_told_is_left_alone(said: str) -> None:
    assert not checks_of(said, "share")


@pytest.mark.parametrize(("said", "found"), [
    ("发放问卷1200份，收回有效问卷1143份，有效回收率95.3%。", ("holds_within_rounding", "95.25%")),
    ("发放问卷800份，收回764份，回收率96.5%。", ("contradicts", "95.5%")),
    ("发放问卷3200份，回收有效问卷3056份，有效率95.5%。", ("holds", "95.5%")),
    ("受理来信48件，办结47件，办结率97.9%。", ("holds_within_rounding", "97.92%")),
    ("本科报考9080人，上线6447人，上线率81.0%。", ("flagged", "71%")),
])
def test_a_rate_is_made_of_the_counts_beside_it(said: str, found: tuple[str, str]) -> None:
    assert verdict(said, "share") == found


@pytest.mark.parametrize("said", [
    "发放问卷1200份，收回1143份，有效回收率93.1%。",             # fewer are valid than came back
    "抽检食品120批次，合格118批次，其中熟食合格率95%。",
])
def test_a_rate_of_other_counts_is_left_alone(said: str) -> None:
    assert not checks_of(said, "share")


@pytest.mark.parametrize(("said", "found"), [
    ("在园幼儿2.36万人，下降7.1%。\n教职工3214人，其中专任教师1876人，保育员742人，师生比1:12.6。", ("holds", "1:12.6")),
    ("专任教师1000人，在校生17200人，师生比为1:15。", ("contradicts", "1:17.2")),
    ("教师7420人，在校学生10.82万人，全市师生比1:14.6。", ("holds", "1:14.6")),
])
def test_teachers_to_pupils_is_held_against_both_counts(said: str, found: tuple[str, str]) -> None:
    assert verdict(said, "ratio") == found


@pytest.mark.parametrize("said", [
    "全县教师1000人，学生17200人。农村学校师生比1:12。",
    "小学教师600人、初中教师500人，学生12000人。小学师生比1:15。",
])
def test_a_ratio_of_other_schools_is_left_alone(said: str) -> None:
    assert not checks_of(said, "ratio")


def test_a_ratio_may_be_of_the_counts_of_a_sentence_together() -> None:
    said = "中职在校生4100人、普通高中在校生6200人，高中阶段专任教师800人，师生比{}。"
    assert verdict(said.format("1:12.9"), "ratio") == ("holds", "1:12.9")
    assert "contradicts" not in words(said.format("1:15.9"), "ratio")


YEARS = "2020年至2022年，县财政分别投入经费0.86亿元、0.97亿元、1.12亿元"


def test_yearly_amounts_add_up_and_grow() -> None:
    assert verdict(f"{YEARS}，年均增长14.1%。三年累计投入2.95亿元。", "yearly_growth") == ("holds_within_rounding", "14.12%")
    assert verdict(f"{YEARS}，年均增长14.1%。三年累计投入2.95亿元。", "parts") == ("holds", "2.95亿元")
    assert verdict(f"{YEARS}，年均增长19.4%。三年累计投入3.95亿元。", "yearly_growth") == ("contradicts", "14.12%")
    assert verdict(f"{YEARS}，年均增长14.1%。三年累计投入3.95亿元。", "parts") == ("contradicts", "2.95亿元")
    assert verdict("2021年新建园6所、2022年新建8所、2023年新建5所，三年共新建20所。", "parts") == ("contradicts", "19所")
    assert verdict("2020年、2021年、2022年分别为2140万元、2486万元、2893万元，年均增长16.3%。", "yearly_growth")[1] == "16.27%"


@pytest.mark.parametrize("said", [
    f"{YEARS}。各级财政三年累计投入3.95亿元。",
    f"{YEARS}。五年累计投入3.95亿元。",
    "投入100万元、200万元、300万元用于三所学校，三年累计投入9000万元。",
])
def test_a_sum_over_other_years_or_payers_is_not_accused(said: str) -> None:
    assert "contradicts" not in words(said, "parts")


@pytest.mark.parametrize(("said", "found"), [
    ("招聘教师300名，其中150名小学教师、100名初中教师、50名幼儿教师。", ("holds", "300名")),
    ("招聘教师300名，其中150名小学教师、100名初中教师、60名幼儿教师。", ("contradicts", "310名")),
    ("全县有各级各类学校162所，其中小学98所、教学点40个、初中24所。", ("holds", "162所")),
])
def test_parts_with_labels_behind_or_units_of_their_own_are_added(said: str, found: tuple[str, str]) -> None:
    assert verdict(said, "parts") == found


def test_columns_of_two_units_each_add_up() -> None:
    said = "资助学生24340人次，资金{}万元。其中，学前2860人次、143万元；小学21480人次、1442.5万元。"
    assert verdicts(said.format("1585.5"), "parts") == [("holds", "24340人次"), ("holds", "1585.5万元")]
    assert verdicts(said.format("1485.5"), "parts") == [("holds", "24340人次"), ("contradicts", "1585.5万元")]


def test_a_net_rise_is_a_rise() -> None:
    assert verdict("校舍26.4万平方米，净增3.8万平方米，增长16.8%。", "growth")[0] == "holds_within_rounding"
    assert verdict("教师由300名增加到386名，净增96名。", "difference") == ("contradicts", "86名")


def test_pupils_of_one_stage_are_no_part_of_those_of_another() -> None:
    assert not checks_of("全县小学在校生20330人、初中在校生41260人。")


def test_a_masked_share_of_a_named_whole_cannot_be_checked() -> None:
    assert verdict("社会资助资金占资助总额的00%。", "masked")[0] == "cannot_check"
