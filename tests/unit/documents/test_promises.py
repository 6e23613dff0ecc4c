"""Each promise of the plan is kept, partly, missed or unknown by the report; none is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from junheng.documents.codes import ComparisonKind, Exactness, FigureRole
from junheng.documents.promises import Promise, promises
from junheng.documents.reading import read
from junheng.documents.shapes import Raw
from tests.unit.documents.plain_text import figure, reading

DAY = date(2024, 2, 20)
PLAN, REPORT = "一、今年目标任务\n", "一、工作回顾\n"


def compared(wanted: str, reached: str, unit: str = "%", name: str = "巩固率", *, low: bool = False) -> Promise:
    """The verdict on a target `name` of `wanted`, of which the report says `reached`."""
    plan = f"{PLAN}{name}{'控制在' if low else '达到'}{wanted}{unit}。"
    report = f"{REPORT}全县{name}为{reached}{unit}。"
    bound = ComparisonKind.at_most if low else ComparisonKind.at_least
    found = promises(reading(plan, figure(plan, wanted, unit, name, role=FigureRole.target, kind=bound), day=DAY),
                     reading(report, figure(report, reached, unit, name)))
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(("reached", "verdict"), [("98.2", "kept"), ("98", "kept"), ("97.5", "missed")])
def test_a_rate_is_judged_by_its_figure(reached: str, verdict: str) -> None:
    assert compared("98", reached).verdict.name == verdict


def test_the_reason_says_by_how_much_it_was_missed() -> None:
    assert compared("98", "97.5").reason == "目标98%，报告为97.5%，差0.5个百分点"


@pytest.mark.parametrize(("wanted", "reached", "verdict"), [("1", "0.8", "kept"), ("1", "1.2", "missed")])
def test_of_an_upper_bound_less_is_better(wanted: str, reached: str, verdict: str) -> None:
    assert compared(wanted, reached, name="辍学率", low=True).verdict.name == verdict


@pytest.mark.parametrize(("wanted", "reached", "verdict"), [("30", "30", "kept"), ("30", "18", "partly"), ("30", "0", "missed")])
def test_a_count_may_be_kept_in_part(wanted: str, reached: str, verdict: str) -> None:
    assert compared(wanted, reached, "所", "新建幼儿园").verdict.name == verdict


def test_units_of_another_scale_are_compared_by_what_they_are_worth() -> None:
    plan, report = f"{PLAN}培训教师达到2万人。", f"{REPORT}培训教师为19000人。"
    found = promises(reading(plan, figure(plan, "2", "万人", "培训教师", role=FigureRole.target)),
                     reading(report, figure(report, "19000", "人", "培训教师")))
    assert [each.verdict.name for each in found] == ["partly"]


def test_a_figure_of_another_name_or_unit_answers_nothing() -> None:
    plan, report = f"{PLAN}巩固率达到98%。", f"{REPORT}毛入园率为99%，另有巩固生99人。"
    found = promises(reading(plan, figure(plan, "98", "%", "巩固率", role=FigureRole.target)),
                     reading(report, figure(report, "99", "%", "毛入园率"), figure(report, "99", "人", "巩固生", after="另有")))
    assert [(each.verdict.name, each.answer_figure) for each in found] == [("unknown", None)]


@pytest.mark.parametrize(("said", "verdict"), [
    ("制定了中小学布局调整规划。", "kept"), ("中小学布局调整规划已印发实施。", "kept"),
    ("中小学布局调整规划初稿正在征求意见。", "partly"),
    ("中小学布局调整规划尚未出台。", "missed"), ("校园足球活动丰富多彩。", "unknown")])
def test_without_figures_the_report_s_words_decide(said: str, verdict: str) -> None:
    found = promises(reading(f"{PLAN}制定中小学布局调整规划。", day=DAY), reading(REPORT + said))
    assert [each.verdict.name for each in found] == [verdict]


def test_what_the_report_is_silent_on_is_unknown_and_says_so() -> None:
    found = promises(reading(f"{PLAN}安装直饮水设备。", day=DAY), reading(f"{REPORT}教师培训扎实开展。"))
    assert [(each.verdict.name, each.answer, each.answer_span, each.reason) for each in found] == [
        ("unknown", "", None, "报告中未见反映")]


def test_the_report_s_own_plans_keep_no_promise() -> None:
    found = promises(reading(f"{PLAN}安装直饮水设备。", day=DAY), reading("一、下一步打算\n要完成直饮水设备安装。"))
    assert [each.verdict.name for each in found] == ["unknown"]


def test_another_year_s_event_of_the_same_name_is_no_answer() -> None:
    found = promises(reading(f"{PLAN}举办第十四届中学生运动会。", day=DAY), reading(f"{REPORT}举办了第十三届中学生运动会。"))
    assert [each.verdict.name for each in found] == ["unknown"]


def test_a_target_of_each_is_not_judged_by_the_total() -> None:
    plan, report = f"{PLAN}每个镇建成中心幼儿园2所。", f"{REPORT}建成中心幼儿园20所。"
    found = promises(reading(plan, figure(plan, "2", "所", "建成中心幼儿园", role=FigureRole.target)),
                     reading(report, figure(report, "20", "所", "建成中心幼儿园")))
    assert [each.answer_figure for each in found] == [None]


def test_no_promise_is_lost_and_each_quotes_its_places() -> None:
    words = f"{PLAN}制定招生方案，召开家长会，印发通知。实现村级园全覆盖。巩固率达到98%。加强管理。"
    plan = reading(words, figure(words, "98", "%", "巩固率", role=FigureRole.target), day=DAY)
    report = reading(f"{REPORT}召开了家长会。")
    found = promises(plan, report)
    assert [each.text for each in found] == ["制定招生方案", "召开家长会", "印发通知", "实现村级园全覆盖", "巩固率达到98%"]
    assert all(words[slice(*each.span)] == each.text for each in found)
    assert [report.text.clean[slice(*each.answer_span)] for each in found if each.answer_span] == ["召开了家长会。"]


def test_a_task_with_one_figure_is_judged_by_it() -> None:
    plan, report = f"{PLAN}投入资金3500万元。", f"{REPORT}投入资金2800万元。"
    found = promises(reading(plan, figure(plan, "3500", "万元", "投入资金")),
                     reading(report, figure(report, "2800", "万元", "投入资金")))
    assert [(each.verdict.name, each.reason) for each in found] == [("partly", "目标3500万元，报告为2800万元，差700万元")]


def test_a_target_that_the_report_repeats_is_no_result() -> None:
    plan, report = f"{PLAN}巩固率达到98%。", f"{REPORT}县里定下巩固率98%的目标。"
    found = promises(reading(plan, figure(plan, "98", "%", "巩固率", role=FigureRole.target)),
                     reading(report, figure(report, "98", "%", "巩固率", role=FigureRole.target)))
    assert [each.answer_figure for each in found] == [None]


def test_an_answer_may_stand_in_two_clauses() -> None:
    plan = f"{PLAN}完成第二中学宿舍楼、第五小学教学楼建设。"
    found = promises(reading(plan, day=DAY), reading(f"{REPORT}第五小学教学楼建成投用，第二中学宿舍楼主体封顶。"))
    assert [each.verdict.name for each in found] == ["partly"]


def test_an_empty_report_leaves_all_unknown() -> None:
    found = promises(reading(f"{PLAN}制定招生方案。召开家长会。", day=DAY), reading(""))
    assert [each.verdict.name for each in found] == ["unknown", "unknown"]


@pytest.mark.parametrize(("words", "wanted", "unit", "reached", "verdict"), [
    ("化解学校债务", "5000", "万元", "3000", "partly"), ("消除大班额", "10", "个", "8", "partly"),
    ("压减校外培训机构", "20", "家", "21", "kept"), ("大班额减少到", "10", "个", "8", "kept"),
])
def test_of_what_is_to_go_more_is_better(words: str, wanted: str, unit: str, reached: str, verdict: str) -> None:
    plan, report = f"{PLAN}{words}{wanted}{unit}。", f"{REPORT}{words}{reached}{unit}。"
    found = promises(reading(plan, figure(plan, wanted, unit, words, role=FigureRole.target)),
                     reading(report, figure(report, reached, unit, words)))
    assert [each.verdict.name for each in found] == [verdict]


@pytest.mark.parametrize(("reached", "verdict"), [("97.9", "kept"), ("97.5", "kept"), ("97.2", "missed")])
def test_about_so_much_is_reached_by_what_rounds_to_it(reached: str, verdict: str) -> None:
    plan, report = f"{PLAN}巩固率稳定在98%左右。", f"{REPORT}巩固率为{reached}%。"
    wanted = replace(figure(plan, "98", "%", "巩固率", role=FigureRole.target), exactness=Exactness.about)
    found = promises(reading(plan, wanted), reading(report, figure(report, reached, "%", "巩固率")))
    assert [each.verdict.name for each in found] == [verdict]


def test_a_change_is_not_held_against_a_level() -> None:
    plan, report = f"{PLAN}近视率下降1个百分点。", f"{REPORT}近视率为52.1%。"
    wanted = figure(plan, "1", "个百分点", "近视率", role=FigureRole.target, kind=ComparisonKind.points)
    found = promises(reading(plan, wanted), reading(report, figure(report, "52.1", "%", "近视率")))
    assert [each.verdict.name for each in found] == ["unknown"]


def test_a_number_with_a_comma_is_one_promise() -> None:
    plan, report = f"{PLAN}新增学位2,400个。", f"{REPORT}新增学位1,850个。"
    found = promises(reading(plan, figure(plan, "2,400", "个", "新增学位", role=FigureRole.target)),
                     reading(report, figure(report, "1,850", "个", "新增学位")))
    assert [(each.text, each.verdict.name) for each in found] == [("新增学位2,400个", "partly")]


def test_what_is_wholly_gone_is_done() -> None:
    found = promises(reading(f"{PLAN}全面消除56人以上大班额。"), reading(f"{REPORT}56人以上大班额全面消除。"))
    assert [each.verdict.name for each in found] == ["kept"]


def both(plan: str, report: str) -> list[Promise]:
    """The promises of two texts, read as a user's would be."""
    texts = f"某县2024年教育工作计划\n一、主要目标\n{plan}\n", f"某县2024年教育工作总结\n一、工作回顾\n{report}\n"
    return list(promises(*(read(Raw("某文.txt", "0" * 64, "txt", text)) for text in texts)))


@pytest.mark.parametrize(("plan", "report", "verdict", "reason"), [
    ("大班额比例比上年下降1个百分点。", "大班额比例3.1%，比上年下降1.2个百分点。", "kept",
     "目标下降1个百分点，报告下降1.2个百分点"),
    ("大班额比例比上年下降1个百分点。", "大班额比例由4.5%降至3.8%。", "partly", "目标下降1个百分点，报告下降0.7个百分点"),
    ("大班额比例比上年下降1个百分点。", "大班额比例比上年上升0.2个百分点。", "missed", "目标下降1个百分点，报告上升0.2个百分点"),
    ("一般公共预算教育支出增长5%。", "一般公共预算教育支出增长5.8%。", "kept", "目标上升5%，报告上升5.8%"),
    ("一般公共预算教育支出增长5%。", "一般公共预算教育支出8.4亿元，同比增长3.2%。", "partly", "目标上升5%，报告上升3.2%"),
    ("一般公共预算教育支出增长5%。", "一般公共预算教育支出下降1.1%。", "missed", "目标上升5%，报告下降1.1%"),
    ("财政教育投入1.2亿元。", "财政教育投入9800万元。", "partly", "目标1.2亿元，报告为9800万元，差0.22亿元"),
    ("财政教育投入1.2亿元。", "财政教育投入12100万元。", "kept", "目标1.2亿元，报告为12100万元"),
    ("高中阶段毛入学率提高2个百分点。", "高中阶段毛入学率达到95%。", "unknown", "报告没有写明变动了多少"),
])
def test_a_promised_change_is_held_against_the_change(plan: str, report: str, verdict: str, reason: str) -> None:
    one, = both(plan, report)
    assert (one.verdict.name, one.reason) == (verdict, reason)


def test_a_part_is_promised_with_its_whole() -> None:
    found = both("招聘教师150名，其中小学80名、初中70名。", "招聘教师152名。")
    assert [(each.text, each.verdict.name) for each in found] == [("招聘教师150名", "kept")]


def test_a_bound_within_a_whole_is_a_promise_of_its_own() -> None:
    found = both("招聘教师150名，其中体育教师不少于30名。", "招聘教师152名，其中体育教师24名。")
    assert [(each.figure and each.figure.printed, each.verdict.name) for each in found] == [("150", "kept"), ("30", "partly")]


def test_a_figure_of_one_town_does_not_answer_for_the_county() -> None:
    one, = both("义务教育巩固率达到98%。", "全县义务教育巩固率97.2%。其中青山镇义务教育巩固率99.5%。")
    assert (one.verdict.name, one.answer_figure and one.answer_figure.printed) == ("missed", "97.2")


def test_an_answer_is_found_behind_any_number_of_others_that_share_its_words() -> None:
    filler = "".join(f"第{number}所学校教师队伍建设工作得到加强。" for number in range(400))
    one, = both("建立教师荣誉退休制度。", f"{filler}建立了教师荣誉退休制度。")
    assert (one.verdict.name, one.answer) == ("kept", "建立了教师荣誉退休制度")
