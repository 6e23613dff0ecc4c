"""Figures of made-up sentences in many wordings: what is one, its value, unit, name and role, what it is compared with."""

from __future__ import annotations

from array import array
from decimal import Decimal
from pathlib import Path

import pytest

from junheng.documents.codes import Exactness, FigureRole
from junheng.documents.figures import find_figures
from junheng.documents.figures.linking import aliases, link
from junheng.documents.outline import outline
from junheng.documents.shapes import Blank, Figure, Text
from junheng.indicators import items  # noqa: F401  declares the catalogue
from junheng.indicators.registry import INDICATORS

CASES = Path(__file__).with_name("figure_cases.txt")


def made(text: str) -> Text:
    return Text(text, text, array("q", range(len(text) + 1)))


def found(sentence: str) -> tuple[tuple[Figure, ...], tuple[Blank, ...]]:
    text = made(sentence)
    return find_figures(text, outline(text))


def figures(sentence: str) -> tuple[Figure, ...]:
    return found(sentence)[0]


def one(sentence: str) -> Figure:
    (figure,) = figures(sentence)
    return figure


def cases() -> list[tuple[str, list[str]]]:
    blocks = CASES.read_text(encoding="utf-8").strip().split("\n\n")[1:]
    return [(block.split("\n")[0][2:], block.split("\n")[1:]) for block in blocks]


def shown(figure: Figure, wanted: str) -> str:
    """`figure` in the words of the table; its name is left out where the table does not judge it."""
    value = "?" if figure.value is None else str(figure.value)
    if figure.value is not None and figure.high is not None:
        value += f"..{figure.high}"
    if figure.second is not None:
        value += f":{figure.second}"
    compared = figure.comparison
    said = "" if compared is None else f"{compared.kind.name} {compared.direction:+d} {compared.versus}".strip()
    name = "~" if wanted.split(" | ")[3:4] == ["~"] else figure.indicator_raw
    return " | ".join([figure.printed, value, figure.unit, name, figure.role.name, said]).rstrip()


@pytest.mark.parametrize(("sentence", "wanted"), cases(), ids=lambda case: case[:24] if isinstance(case, str) else "")
def test_a_sentence_gives_its_figures_and_no_others(sentence: str, wanted: list[str]) -> None:
    read, blanks = found(sentence)
    rows = [row for row in wanted if not row.startswith(("none", "blank"))]
    assert [shown(figure, row) for figure, row in zip(read, [*rows, *[""] * len(read)], strict=False)] == rows
    assert [f"blank | {blank.printed} | {blank.unit} | {blank.kind}" for blank in blanks] == \
        [row for row in wanted if row.startswith("blank")]


def test_the_table_holds_at_least_eighty_sentences() -> None:
    assert len(cases()) >= 80


@pytest.mark.parametrize(("sentence", "exactness"), [
    ("投入近100万元。", Exactness.under), ("培训教师300余名。", Exactness.over), ("参加学生5000多人。", Exactness.over),
    ("面积约30亩。", Exactness.about), ("每班45人左右。", Exactness.about), ("招生控制在800人以内。", Exactness.under),
    ("入学率超过99%。", Exactness.over), ("服务半径不超过500米。", Exactness.under), ("安排不少于200万元。", Exactness.over),
    ("在校生不足100人。", Exactness.under), ("建成3—5所幼儿园。", Exactness.range), ("招聘教师120名。", Exactness.exact),
])
def test_words_beside_a_number_say_how_exact_it_is(sentence: str, exactness: Exactness) -> None:
    assert one(sentence).exactness is exactness


def test_the_scale_of_wan_and_yi_is_exact() -> None:
    figure = one("全市投入资金7.35亿元。")
    assert (figure.value, figure.unit, figure.scale) == (Decimal("7.35"), "亿元", Decimal(100_000_000))
    assert figure.half_unit == Decimal(500_000)


def test_a_masked_number_has_no_value_and_is_a_blank_too() -> None:
    read, blanks = found("高考二本上线20xx人。")
    assert [(each.value, each.high, each.exactness) for each in read] == [(None, Decimal(2099), Exactness.masked)]
    assert [(each.printed, each.kind) for each in blanks] == [("20xx", "number")]


@pytest.mark.parametrize("sentence", ["补充教师00名。", "投入000万元。", "覆盖率达到00%。", "共有学校xx所。",
                                      "共有学校XX所。", "建成校舍___平方米。"])
def test_a_hidden_number_is_never_a_figure(sentence: str) -> None:
    read, blanks = found(sentence)
    assert read == ()
    assert len(blanks) == 1


def test_a_printed_zero_is_a_zero() -> None:
    assert one("辍学人数为0人。").value == 0


@pytest.mark.parametrize("sentence", [
    "2023年3月15日上午9:30开会。", "第35个教师节到来之际。", "落实教督〔2017〕6号文件。", "抓好7个方面的工作。",
    "实施“9+3”免费教育。", "学习《3—6岁儿童学习与发展指南》。", "做到“五个优先”“四个确保”。", "3.加强教师队伍建设。",
    "第3批试点学校已经公布。", "进入21世纪以来。",
    "一是统一思想，二是落实责任。", "办好每一所学校，教好每一名学生。", "落实第二个三年行动计划。", "完善市县两级管理体制。",
    "百年大计，教育为本。",
    "电话5623187。", "参考网址abc123.com。", "坚持九年一贯制办学。",
])
def test_dates_ordinals_names_and_counts_of_lists_are_no_figures(sentence: str) -> None:
    assert figures(sentence) == ()


@pytest.mark.parametrize(("sentence", "value", "second", "unit"), [
    ("一半的教师超过45岁。", "1", "2", "分之"), ("占全部学校的一半。", "1", "2", "分之"), ("1/3的班级超编。", "1", "3", "分之"),
    ("合格率九成五。", "95", None, "%"), ("约六成五的家长满意。", "65", None, "%"), ("近八成家长满意。", "8", None, "成"),
    ("合格率百分之九十五点六。", "95.6", None, "%"), ("差错率千分之一点五。", "1.5", None, "‰"),
    ("培训3.2万人次。", "3.2", None, "万人次"), ("学校三〇六所。", "306", None, "所"),
    ("共12 345人。", "12345", None, "人"), ("共1，234，567元。", "1234567", None, "元"), ("增幅（-5.3%）。", "-5.3", None, "%"),
])
def test_shares_and_large_numbers_are_read_in_their_wordings(sentence: str, value: str, second: str | None, unit: str) -> None:
    figure = figures(sentence)[0]
    assert (figure.value, figure.second and str(figure.second), figure.unit) == (Decimal(value), second, unit)


@pytest.mark.parametrize("sentence", [
    "良好的开端是成功的一半。", "完成时间过半。", "9:00-10:00开会。", "09：30报到。", "上午8点00分集合。",
    "5/6年级参加。", "见第1/3页。",
    "严格执行“三重一大”制度。", "教室为5×4平方米。", "国发[2016]40号、教基（2020）3号文件。", "电话400-800-1234、13912345678。",
    "2023.12.31、2023/12/31、2023-12-31前。", "①②③三项。", "9·11和5·12。", "90后教师和80年代校舍。",
])
def test_clocks_papers_dimensions_and_sayings_are_no_figures(sentence: str) -> None:
    assert figures(sentence) == ()


@pytest.mark.parametrize(("sentence", "limit", "kind"), [
    ("全面消除56人及以上的大班额。", "56", "at_least"), ("撤并不足10人的教学点6个。", "10", "at_most"),
    ("600分以上41人。", "600", "at_least"), ("12%的教师年龄超过55岁。", "55", "at_least"),
    ("有3个班超过55人。", "55", "at_least"),
])
def test_a_line_that_tells_which_things_are_counted_is_a_rule(sentence: str, limit: str, kind: str) -> None:
    figure = next(each for each in figures(sentence) if each.printed == limit)
    assert (figure.role.name, figure.comparison and figure.comparison.kind.name) == ("rule", kind)


@pytest.mark.parametrize(("sentence", "role"), [
    ("按每班45人的标准测算。", "rule"), ("小学按65座/千人计算。", "rule"), ("按不低于10%的比例安排经费。", "rule"),
    ("每学期至少开展2次演练。", "rule"), ("实际支出460元。", "actual"),
])
def test_what_others_are_worked_out_by_is_a_rule(sentence: str, role: str) -> None:
    assert figures(sentence)[0].role.name == role


def test_what_stands_under_a_heading_of_standards_is_a_rule_but_what_is_built_is_not() -> None:
    read = figures("学校布局规划\n一、配建标准\n小学规模宜为24至36班。\n二、实施步骤\n新建小学3所。\n")
    assert [each.role.name for each in read] == ["rule", "target"]


def test_norms_reach_below_their_heading_and_what_has_a_day_there_is_a_target() -> None:
    read = figures("学校布局规划\n一、配建标准\n（一）小学\n每班45人。8月底前添置课桌300套。\n二、基本条件\n添置课桌50套。\n")
    assert [each.role.name for each in read] == ["rule", "target", "target"]


def test_behind_a_bracket_the_name_before_it_goes_on() -> None:
    read = figures("幼儿园302所（公办147所，民办155所），较上年减少14所。")
    assert [each.indicator_raw for each in read] == ["幼儿园", "公办", "民办", "幼儿园"]


def test_a_part_of_a_part_is_of_the_nearer_whole() -> None:
    read = figures("在校生5万人，其中小学3万人（其中女生1.4万人，男生1.6万人），初中2万人，其中寄宿生0.8万人。")
    assert [each.comparison and each.comparison.versus for each in read] == [None, "5万人", "3万人", "3万人", "5万人", "2万人"]


def test_the_stage_of_a_sentence_completes_its_bare_measures() -> None:
    read = figures("小学186所，占地900亩，招生1.94万人，在校生12.78万人。")
    assert [each.indicator_raw for each in read] == ["小学", "占地", "小学招生", "小学在校生"]


def test_a_sum_is_named_by_the_topic_that_opens_its_sentence() -> None:
    read = figures("义务教育公用经费，小学每生每年720元、初中每生每年940元，共安排2846.9万元。")
    assert read[-1].indicator_raw == "义务教育公用经费合计"


def test_a_base_told_as_that_of_last_year_is_named_as_what_grew() -> None:
    read = figures("全市教育经费总投入为68.43亿元，比上年的64.17亿元增长6.64%。")
    assert [(each.indicator_raw, each.role.name) for each in read] == [
        ("全市教育经费总投入", "actual"), ("全市教育经费总投入", "base"), ("全市教育经费总投入", "actual")]


def test_a_bracket_within_a_name_is_left_out_of_it() -> None:
    assert figures("全市教育经费（包括教育事业费和基建经费）支出为52.31亿元。")[0].indicator_raw == "全市教育经费支出"


def test_places_within_a_group_may_move() -> None:
    read = figures("综合评分由全县23个乡镇的第11名上升到第7名。")
    assert [(each.role.name, each.comparison and each.comparison.kind.name, each.indicator_raw) for each in read][1:] == [
        ("rank", "before", "综合评分排名"), ("rank", "after", "综合评分排名")]


@pytest.mark.parametrize("sentence", ["执行小学45人、初中50人的班额标准。", "按3%计征率征收。", "按15%的比例抽查。"])
def test_what_a_standard_or_a_rate_of_working_names_is_a_rule(sentence: str) -> None:
    assert {each.role.name for each in figures(sentence)} == {"rule"}


def test_a_length_of_use_is_a_figure() -> None:
    assert figures("校舍使用年限超过20年的线路要检测。")[0].value == 20


def test_each_of_a_pair_gets_its_own_subject() -> None:
    read = figures("小学和初中毕业生升学率分别为100%和98.6%。")
    assert [each.indicator_raw for each in read] == ["小学毕业生升学率", "初中毕业生升学率"]


def test_a_stage_is_inherited_from_the_figure_before_but_not_over_a_new_subject() -> None:
    assert [each.stage for each in figures("小学入学率为99.8%，辍学率为0.2%。")] == ["primary", "primary"]
    assert [each.stage for each in figures("小学入学率为99.8%，全县教职工3200人。")] == ["primary", None]


def test_a_stage_is_inherited_from_the_heading() -> None:
    assert [each.stage for each in figures("（一）学前教育\n毛入园率达到92%。\n")] == ["preschool"]


def test_a_place_holds_to_the_end_of_its_paragraph() -> None:
    read = figures("全县有学校30所，教师1200人。\n新建学校2所。\n")
    assert [each.place for each in read] == ["全县", "全县", ""]


def test_base_rank_and_group_are_told_apart() -> None:
    read = figures("招生5200人，比上年（4800人）增加400人；在受检的12个县中排名第3位。")
    roles = [FigureRole.actual, FigureRole.base, FigureRole.actual, FigureRole.group, FigureRole.rank]
    assert [each.role for each in read] == roles


def test_spans_are_of_the_printed_number_alone() -> None:
    sentence = "投入资金1.5亿元，建成两所学校，覆盖率百分之九十五。"
    for each in figures(sentence):
        assert sentence[each.start:each.end] == each.printed
    assert [each.printed for each in figures(sentence)] == ["1.5", "两", "百分之九十五"]


def test_every_alias_names_an_item_of_the_catalogue() -> None:
    assert {item for item, _ in aliases().values()} <= set(INDICATORS)
    assert len(aliases()) >= 250


@pytest.mark.parametrize(("name", "unit", "item"), [
    ("全市学前三年毛入园率", "%", "st.ger.preschool"), ("九年义务教育巩固率", "%", "st.ret9"), ("小学辍学率", "%", "st.drop"),
    ("小学生均教学及辅助用房面积", "m²", "yz.1.4"), ("小学专任教师学历合格率", "%", "st.qual"),
    ("学前三年毛入园率", "个百分点", None), ("食堂满意率", "%", None),
])
def test_a_name_links_only_by_an_alias_and_in_its_unit(name: str, unit: str, item: str | None) -> None:
    assert link(name, unit) == item


def test_a_text_without_numbers_has_no_figures() -> None:
    assert found("加强领导，提高认识。") == ((), ())
    assert found("") == ((), ())


@pytest.mark.parametrize("mark", ["（一）", "1.", "（2）", "三、"])
def test_the_number_of_a_heading_is_no_part_of_a_name(mark: str) -> None:
    assert found(f"{mark}学校食堂明厨亮灶覆盖率达到100%。")[0][0].indicator_raw == "学校食堂明厨亮灶覆盖率"


def test_a_place_at_school_that_is_added_is_of_no_university() -> None:
    assert found("扩大学位供给，新增学位2,400个。")[0][0].stage is None


@pytest.mark.parametrize("words", ["年内新建小学3所。", "全年不少于10次。", "生均公用经费每生每年720元。"])
def test_a_plan_of_a_year_speaks_of_that_year(words: str) -> None:
    figures, _ = found(f"县教育局2025年工作计划\n一、工作任务\n（一）{words}")
    assert [figure.period.year for figure in figures] == [2025]


def test_a_name_ends_with_its_cell() -> None:
    figures, _ = found("县教育局2025年工作计划\n1\t新建幼儿园\t360个学位\t基础教育科\n2\t更换课桌椅\t5000套\t财务科\n")
    assert [figure.indicator_raw for figure in figures] == ["学位", "更换课桌椅"]


def test_a_part_has_the_stage_of_its_whole_before_that_of_the_heading() -> None:
    text = made("某市2024年公报\n（一）小学。在校生10万人。\n（二）初中。在校生5万人。\n"
                "义务教育在校生15万人，其中随迁子女3万人，占20%。\n")
    found = find_figures(text, outline(text))[0]
    assert [figure.stage for figure in found[-3:]] == ["义务教育"] * 3


def test_what_happens_for_the_first_time_goes_on_with_its_name() -> None:
    assert figures("公办园在园幼儿占比58.4%，首次超过50%。")[1].indicator_raw == "公办园在园幼儿占比"


@pytest.mark.parametrize(("sentence", "names"), [
    ("小学服务半径不大于500米，初中不大于1000米，班额小学45人、初中50人。",
     ["小学服务半径", "初中服务半径", "小学班额", "初中班额"]),
    ("市政府每年安排不少于2000万元专项资金。", ["专项资金"]),
])
def test_a_figure_is_named_by_what_is_measured(sentence: str, names: list[str]) -> None:
    assert [figure.indicator_raw for figure in figures(sentence)] == names
