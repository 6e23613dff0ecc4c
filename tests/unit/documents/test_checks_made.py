"""Numbers made of others: means, products, shortages, sums by turns, changes told behind brackets or a full stop."""

from __future__ import annotations

import pytest

from tests.unit.documents.checking import checks_of, verdict, verdicts


@pytest.mark.parametrize(("said", "found"), [
    ("资助2130人次，金额106.5万元，人均500元。", ("holds", "500元")),
    ("送教上门11人，累计送教264次，人均24次。", ("holds", "24次")),
    ("受理贷款3355笔，放款4026万元，笔均1.2万元。", ("holds", "1.2万元")),
    ("小学在校生13254人，282个教学班，平均班额47人。", ("holds", "47人")),
    ("普通高中14所，在校生3.17万人；校均规模2264人。", ("holds_within_rounding", "2264人")),
    ("在校生1200人，图书42720册，生均35.6册。", ("holds", "35.6册")),
    ("资助2130人次，金额106.5万元，人均600元。", ("flagged", "500元")),
    ("初中在校生6448人，124个班，平均班额58人。", ("flagged", "52人")),
])
def test_a_mean_is_held_against_its_total_and_number(said: str, found: tuple[str, str]) -> None:
    name, right = verdict(said, "mean")
    assert (name, right.split(".")[0]) == (found[0], found[1].split(".")[0])


def test_a_mean_may_be_of_counts_told_further_up() -> None:
    said = "学校有教学班36个，在校学生1746名。\n各项工作取得进步。\n平均班额48.5人。"
    assert verdict(said, "mean") == ("holds", "48.5人")


@pytest.mark.parametrize("said", [
    "教师300人，人均工资8200元。", "全县小学平均班额44人，初中平均班额49人。", "资助**人次，金额106.5万元。",
    "小学在校生5000人，初中在校生3000人，120个班，平均班额41人。",
])
def test_a_mean_of_what_is_not_told_is_left_alone(said: str) -> None:
    assert not {one.judgement.name for one in checks_of(said, "mean")} & {"flagged", "contradicts"}


def test_a_masked_mean_cannot_be_checked() -> None:
    assert verdict("资助20xx人次，金额106.5万元，人均500元。", "mean")[0] == "cannot_check"


@pytest.mark.parametrize(("said", "found"), [
    ("按每生每年600元标准安排，涉及幼儿5260人，金额315.6万元。", [("holds", "315.6万元")]),
    ("每生每学期500元，资助1200人，共发放60万元。", [("holds", "60万元")]),
    ("每人每月300元，补助教师120人，全年发放36万元。", [("holds", "36万元")]),  # ten months
    ("按每生每年600元标准安排，涉及幼儿5260人，金额320万元。", []),             # other heads may be meant
    ("每生每天5元，受益学生20816名，支出2081.6万元。", []),                       # days are not told
])
def test_a_standard_times_its_heads_is_the_money(said: str, found: list[tuple[str, str]]) -> None:
    assert verdicts(said, "product") == found


def test_money_that_misses_by_a_power_of_ten_is_a_slip_of_the_unit() -> None:
    assert verdict("按每生每年600元标准安排，涉及幼儿5260人，金额3156万元。", "unit") == ("flagged", "315.6万元")


@pytest.mark.parametrize(("said", "found"), [
    ("应配教师792名，实有465名，缺口327名。", ("holds", "327名")),
    ("应配教师792名，实有465名，缺口337名。", ("flagged", "327名")),
    ("应征4860万元，实际征收4312万元，缺口548万元。", ("holds", "548万元")),
])
def test_what_is_lacking_is_what_should_be_less_what_is(said: str, found: tuple[str, str]) -> None:
    assert verdict(said, "difference") == found


def test_posts_by_a_ratio_are_held_against_heads_told_before() -> None:
    said = "寄宿学生3.96万人。\n按寄宿生与生活教师50∶1的比例测算，全市应配生活教师{}名。"
    assert verdict(said.format(792), "product") == ("holds", "792名")
    assert not checks_of(said.format(900), "product")


@pytest.mark.parametrize(("said", "found"), [
    ("生活补助1.56万人次、资金903.4万元，其中寄宿生9840人次、615万元，非寄宿生5760人次、288.4万元。", [("holds", "903.4万元")]),
    ("生活补助1.56万人次、资金913.4万元，其中寄宿生9840人次、615万元，非寄宿生5760人次、288.4万元。", [("flagged", "903.4万元")]),
])
def test_items_of_one_sentence_that_tell_two_counts_each_add_up(said: str, found: list[tuple[str, str]]) -> None:
    assert [one for one in verdicts(said, "parts") if one[1].endswith("万元")] == found


@pytest.mark.parametrize(("said", "kind", "found"), [
    ("幼儿园302所（公办147所，民办155所），较上年减少14所。", "base", ("implied", "316所")),
    ("在校生9500人（不含民办300人），比上年（9100人）增加400人，增长4.4%。", "growth", ("holds", "4.4%")),
    ("在校生9500人（其中寄宿生800人），比上年增加400人，增长5.4%。", "growth", ("contradicts", "4.4%")),
])
def test_a_change_behind_brackets_is_of_what_stands_before_them(said: str, kind: str, found: tuple[str, str]) -> None:
    assert verdict(said, kind) == found


@pytest.mark.parametrize(("said", "found"), [
    ("2024年收入预算总额9865万元。与上年相比，收入预算增加413万元，增长4.37%。", [("holds", "4.37%")]),
    ("2024年收入预算总额9865万元。与上年相比，收入预算增加413万元，增长4.73%。", [("contradicts", "4.37%")]),
    ("2022年收入预算总额9865万元。2023年收入预算增加413万元，增长4.19%。", []),  # the first is the base
    ("2024年收入预算总额9865万元。\n收入预算增加413万元，增长4.73%。", []),         # another paragraph
])
def test_what_grew_may_be_told_in_the_sentence_before_by_the_same_name(said: str, found: list[tuple[str, str]]) -> None:
    assert verdicts(said, "growth") == found


def test_shares_on_both_sides_of_a_semicolon_are_of_one_whole() -> None:
    said = "支出总额9865万元，其中：基本支出8124万元，占82.35%；项目支出1741万元，占17.65%。"
    assert [name for name, _ in verdicts(said, "share")] == ["holds", "holds"]


def test_stages_of_one_paragraph_add_up() -> None:
    said = "小学186所，招生1.94万人，在校生12.78万人。小学净入学率100%。初中74所，在校生6.85万人。义务教育阶段在校生合计{}万人。"
    assert verdict(said.format("19.63"), "stages")[0] == "holds"
    assert verdict(said.format("19.36"), "stages")[0] == "contradicts"


@pytest.mark.parametrize(("said", "found"), [
    ("教职工132人，其中高级教师41人、一级教师53人、二级及以下50人。", ("contradicts", "144人")),
    ("教职工144人，其中高级教师41人、一级教师53人、二级及以下50人。", ("holds", "144人")),
    ("教职工132人，其中党员41人、一级教师53人、班主任50人。", None),  # one may be in two parts
])
def test_posts_of_one_scale_do_not_overlap(said: str, found: tuple[str, str] | None) -> None:
    assert (verdicts(said, "parts") or [None])[0] == found


def test_items_that_carry_the_key_word_are_as_many_as_its_count() -> None:
    said = "实行同步规划、同步建设、同步验收、同步交付“四同步”。"
    assert verdict(said, "count") == ("holds", "四同步")
    assert not checks_of(said.replace("同步验收、", ""), "count")


def test_a_list_with_numbers_of_its_own_announces_no_count() -> None:
    assert not checks_of("其中全额单位66个、差额单位2个。", "count")


def test_a_pass_rate_is_of_those_who_came() -> None:
    assert verdict("12名教师参加职称评审，9人通过，通过率75%。", "share") == ("holds", "75%")


def test_a_share_of_the_total_may_be_told_in_the_next_sentence() -> None:
    said = "教育经费总投入68.43亿元。其中，财政性教育经费59.86亿元，占总投入的87.48%。"
    assert verdict(said, "share") == ("holds", "87.48%")


def test_sheets_announced_are_counted() -> None:
    assert verdict("建立问题、责任、整改“三张清单”。", "count") == ("holds", "三张")
