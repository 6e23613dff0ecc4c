"""What is to be reached: figures with their day, and aims in words."""

from __future__ import annotations

from datetime import date

import pytest

from junheng.documents.codes import ComparisonKind, FigureRole
from junheng.documents.figures import find_figures
from junheng.documents.outline import outline
from junheng.documents.shapes import Figure, Goal
from junheng.documents.tasks import find_goals
from tests.unit.documents.plain_text import figure, text_of

DAY = date(2025, 2, 20)
HEAD = "一、主要目标\n"


def goals(words: str, *figures: Figure) -> tuple[Goal, ...]:
    text = text_of(words)
    return find_goals(text, outline(text), figures, DAY)


def test_a_target_figure_is_a_goal_with_the_day_of_its_sentence() -> None:
    words = HEAD + "到2027年，全县巩固率达到98%，毛入园率达到95%以上。"
    found = goals(words, figure(words, "98", "%", "巩固率", role=FigureRole.target),
                  figure(words, "95", "%", "毛入园率", kind=ComparisonKind.at_least))
    assert [(goal.text, goal.due, goal.figure and goal.figure.printed) for goal in found] == [
        ("全县巩固率达到98%", date(2027, 12, 31), "98"), ("毛入园率达到95%以上", date(2027, 12, 31), "95")]


def test_a_count_by_a_day_is_a_goal_though_nobody_called_it_a_target() -> None:
    words = HEAD + "年底前，每个镇建成1所中心园。"
    assert [goal.due for goal in goals(words, figure(words, "1", "所", "中心园"))] == [date(2025, 12, 31)]


def test_a_recurring_sum_is_no_goal() -> None:
    words = HEAD + "财政每年列支300万元。"
    assert goals(words, figure(words, "300", "万元", "经费")) == ()


def test_figures_of_a_review_are_no_goals() -> None:
    words = "一、工作回顾\n巩固率达到98%以上。\n"
    assert goals(words, figure(words, "98", "%", "巩固率", kind=ComparisonKind.at_least)) == ()


def test_a_threshold_that_only_names_the_classes_is_no_figure_of_a_goal() -> None:
    words = HEAD + "56人以上大班额全部消除。"
    found = goals(words, figure(words, "56", "人", "大班额", kind=ComparisonKind.at_least))
    assert [(goal.text, goal.figure) for goal in found] == [("56人以上大班额全部消除", None)]


@pytest.mark.parametrize("aim", [
    "争取主要指标进入全省前列", "实现村级园全覆盖", "确保顺利通过省级验收", "基本解决入园难问题",
    "确保不发生重大安全责任事故", "全面建成教育强县", "确保义务教育阶段零辍学", "实现校园安全零事故",
    "做到适龄残疾儿童零拒绝入学"])
def test_an_aim_in_words_is_a_goal(aim: str) -> None:
    assert [(goal.text, goal.figure) for goal in goals(HEAD + aim + "。")] == [(aim, None)]


@pytest.mark.parametrize("words", ["加强领导，狠抓落实", "今年是实现规划目标的关键时期", "制定工作方案",
                                   "对体罚学生的行为坚持零容忍", "推动家校零距离沟通"])
def test_what_names_nothing_to_reach_is_no_goal(words: str) -> None:
    assert goals(HEAD + words + "。") == ()


NOTICE = "关于做好开学工作的通知\n一、工作要求\n"


@pytest.mark.parametrize("fact", [
    "检查组由36人组成，分8个组。", "对全县87所学校开展检查。", "9月5日前，各校要对全县87所学校的校舍完成排查。",
    "参会人员320人，会期1天。",
    "各校限报3名。", "要用好现有的120间教室。", "要逐一复查整改的45处隐患。", "附件：检查表（共3页）",
    "联系人：王老师，分机203室。",
])
def test_a_fact_in_a_notice_is_no_goal(fact: str) -> None:
    text = text_of(NOTICE + fact)
    found = outline(text)
    assert find_goals(text, found, find_figures(text, found)[0], DAY) == ()


def test_so_many_days_are_by_when_and_no_goal() -> None:
    text = text_of(NOTICE + "各校20个工作日内报送整改报告。")
    found = outline(text)
    assert find_goals(text, found, find_figures(text, found)[0], DAY) == ()


def test_what_a_notice_asks_for_is_a_goal() -> None:
    text = text_of(NOTICE + "各校要在8月28日前完成自查，隐患整改率达到100%，每组检查学校不少于15所。")
    found = outline(text)
    goals = find_goals(text, found, find_figures(text, found)[0], DAY)
    assert [goal.figure and goal.figure.printed for goal in goals] == ["100", "15"]


def test_a_goal_of_the_whole_year_is_not_due_with_the_first_of_its_days() -> None:
    text = text_of(HEAD + "3月、6月、9月各组织一次全员培训，全年培训教师2600人次。")
    found = outline(text)
    assert [(goal.text, goal.due) for goal in find_goals(text, found, find_figures(text, found)[0], DAY)] == [
        ("全年培训教师2600人次", date(2025, 12, 31))]


def test_what_several_days_bring_is_reached_by_the_last() -> None:
    words = HEAD + "3月、6月、9月各组织一次培训，培训教师2600人次。"
    assert [goal.due for goal in goals(words, figure(words, "2600", "人次", "培训教师", role=FigureRole.target))] == [
        date(2025, 9, 30)]


def test_a_heading_that_only_names_its_topic_is_no_goal() -> None:
    assert [goal.text for goal in goals("一、主要任务\n（一）化解大班额\n通过新建学校化解大班额。\n（二）全部化解大班额\n")] == [
        "全部化解大班额"]


def test_a_goal_without_a_stop_shows_no_more_than_a_clause_is_long() -> None:
    words = HEAD + "到2027年，巩固率达到98%" + "和毛入园率达到95%以上" * 100 + "。"
    found = goals(words, figure(words, "98", "%", "巩固率", role=FigureRole.target))
    assert found and all(len(goal.text) <= 200 and goal.end - goal.start == len(goal.text) for goal in found)
