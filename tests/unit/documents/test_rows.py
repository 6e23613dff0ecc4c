"""Rows of tables that hand out work are tasks and goals, those that only tell what there is are neither."""

from __future__ import annotations

from datetime import date

import pytest

from junheng.documents.reading import read
from junheng.documents.shapes import Raw, Reading
from junheng.documents.tasks import rows

HEAD = "某县2025年教育工作要点\n（2025年2月20日）\n"
WORK = """附件1
任务分解表
序号\t工作任务\t牵头科室\t责任单位\t配合单位\t完成时限\t备注
1\t制定大班额化解方案\t基教股\t规划股、各学校\t县自然资源局\t3月底前
2\t招聘教师120名\t人事股\t\t\t2025.8
3\t巩固率达到98%\t\t\t\t12月
4\t开展控辍保学\t基教股\t\t\t长期坚持
"""
PROJECTS = """附件2
重点项目清单
序号\t项目名称\t建设内容\t投资（万元）\t责任单位\t完成时限
1\t城东小学\t新建教学楼3000平方米\t1200\t基建科\t2025年8月31日
2\t北关初中\t改建食堂1座\t300\t\t2025年底
"""


def reading(text: str) -> Reading:
    return read(Raw("要点.txt", "0" * 64, "txt", text))


def tasks(text: str) -> list[tuple[str, str, str, str, date | None, str]]:
    return [(each.action, each.object, each.body, each.body_source.name, each.due, each.measure)
            for each in reading(HEAD + text).tasks if not each.vague]


def goals(text: str) -> list[tuple[str, str, date | None]]:
    return [(each.text, each.figure.printed if each.figure else "", each.due) for each in reading(HEAD + text).goals]


def test_a_row_that_hands_out_work_is_one_task_with_what_its_columns_say() -> None:
    assert tasks(WORK) == [
        ("制定", "大班额化解方案", "基教股", "explicit", date(2025, 3, 31), ""),
        ("招聘", "教师120名", "人事股", "explicit", date(2025, 8, 31), "招聘教师 120名"),
        ("", "", "人事股", "suggested", date(2025, 12, 31), "巩固率 98%"),  # an empty cell may have been merged: a person decides
        ("开展", "控辍保学", "基教股", "explicit", None, "")]


def test_who_leads_and_who_joins_stand_in_columns_of_their_own() -> None:
    first, *_, last = reading(HEAD + WORK).tasks
    assert (first.joint, first.path, last.deadline) == (("县自然资源局", "规划股", "各学校"), ("附件1 任务分解表",), "长期坚持")


def test_a_row_opens_its_own_cell_of_the_text() -> None:
    found = reading(HEAD + WORK)
    assert [found.text.clean[each.start:each.end] for each in found.tasks][:2] == ["制定大班额化解方案", "招聘教师120名"]


def test_a_project_is_named_with_what_is_built_there_and_its_cost_is_no_goal() -> None:
    assert tasks(PROJECTS) == [
        ("新建", "城东小学教学楼3000平方米", "基建科", "explicit", date(2025, 8, 31), "新建教学楼 3000平方米"),
        ("改建", "北关初中食堂1座", "基建科", "suggested", date(2025, 12, 31), "改建食堂 1座")]
    assert goals(PROJECTS) == [("城东小学 新建教学楼3000平方米", "3000", date(2025, 8, 31)),
                               ("北关初中 改建食堂1座", "1", date(2025, 12, 31))]


def test_a_list_of_what_there_is_gives_no_goal_and_no_task() -> None:
    table = "附件3\n学校一览表\n学校\t班数（个）\t学生（人）\n一小\t24\t1080\n二小\t36\t1620\n"
    assert (tasks(table), goals(table)) == ([], [])
    assert {each.role.name for each in reading(HEAD + table).figures} == {"actual"}


def test_columns_of_targets_are_goals_by_the_end_of_their_year() -> None:
    table = "附件3\n主要指标\n指标\t2024年完成\t2025年目标\n巩固率（%）\t97.9\t98.2\n"
    assert goals(table) == [("巩固率（%） 97.9 98.2", "98.2", date(2025, 12, 31))]


def test_the_heads_of_a_second_table_right_below_are_its_own() -> None:
    table = "学校\t学生（人）\n一小\t1080\n指标\t2025年目标\n巩固率（%）\t98.2\n"
    assert [(each.indicator_raw, each.unit) for each in reading(HEAD + table).figures] == [("一小学生", "人"), ("巩固率", "%")]


@pytest.mark.parametrize("table", [
    "学校\t学生（人）\t备注\n一小\t1080\n二小\t1620\n",      # Word drops what is empty at the end of a row
    "序号\t学校\t学生（人）\t说明\n1\t一小\t1080\n2\t二小\t1620\n",
    "学校\t校长\t学生（人）\n一小\t\t1080\n二小\t王某\t1620\n",
])
def test_empty_cells_do_not_shift_a_row(table: str) -> None:
    assert [(each.printed, each.unit) for each in reading(table).figures] == [("1080", "人"), ("1620", "人")]


def test_a_row_that_lacks_a_cell_nobody_can_tell_is_not_read_by_its_heads() -> None:
    table = "序号\t学校\t班数\t学生\n1\t一小\t24\t1080\n合计\t24\t1080\n"
    assert [each.printed for each in reading(table).figures] == ["24", "1080"]


def test_a_review_hands_out_nothing() -> None:
    found = reading("某县2024年教育工作总结\n附件\n任务完成情况\n任务\t责任单位\t完成时间\n招聘教师120名\t人事股\t2024年8月\n")
    assert (found.tasks, found.goals) == ((), ())


def test_what_is_counted_in_a_row_is_its_measure_and_its_cost_is_not() -> None:
    found = reading("某县2025年工作计划\n项目\t数量（所）\t投资（万元）\t责任单位\n"
                    "新建幼儿园\t3\t2100\t基建科\n改造学校\t5\t1500\t基建科\n")
    assert [(task.action, task.object, task.measure) for task in found.tasks] == [
        ("新建", "幼儿园", "新建幼儿园数量 3所"), ("改造", "学校", "改造学校数量 5所")]
    assert {figure.role.name for figure in found.figures} == {"target"}


def test_a_row_between_bars_is_read_once() -> None:
    bars = "\n".join(f"| {row} |".replace("\t", " | ") for row in WORK.splitlines()[2:])
    assert tasks("附件1\n任务分解表\n" + bars + "\n") == tasks(WORK)
    assert goals("| 主要指标 | 2025年目标 |\n|---|---|\n| 巩固率（%） | 98.2 |\n") == [
        ("巩固率（%）   98.2", "98.2", date(2025, 12, 31))]


@pytest.mark.parametrize("head", ["重点工作", "主要工作", "工作内容", "具体内容", "内容"])
def test_work_may_stand_under_other_heads(head: str) -> None:
    assert tasks(f"序号\t{head}\t责任科室\t时间\n1\t召开教育大会\t办公室\t3月底前\n") == [
        ("召开", "教育大会", "办公室", "explicit", date(2025, 3, 31), "")]
    assert tasks("月份\t重点工作\n3月\t召开教育大会\n")[0][4] == date(2025, 3, 31)


def test_what_is_taught_or_tested_is_no_work() -> None:
    assert tasks("时间\t教学内容\n周一\t古诗\n") == []


def test_work_is_not_lost_for_a_number_that_stands_beside_it() -> None:
    table = "序号\t名称\t数量\n1\t新建幼儿园\t2所\n2\t招聘教师\t120名\n"
    assert [each[:2] for each in tasks(table)] == [("新建", "幼儿园"), ("招聘", "教师")]
    assert [printed for _, printed, _ in goals(table)] == ["2", "120"]


@pytest.mark.parametrize("caption", ["学校建设情况表", "全县学校建设现状一览表", "在职教师培训名单", "任务完成情况一览表"])
def test_a_caption_that_tells_how_things_stand_makes_no_target(caption: str) -> None:
    table = f"附件1\n{caption}\n学校\t教师（人）\t教学楼（栋）\n一小\t24\t2\n"
    assert ({each.role.name for each in reading(HEAD + table).figures}, goals(table), tasks(table)) == ({"actual"}, [], [])


@pytest.mark.parametrize(("caption", "head"), [("重点任务一览表", "数量（所）"), ("学校建设情况表", "2025年目标（所）"),
                                               ("建设项目清单", "数量（所）")])
def test_a_caption_or_a_head_that_says_what_is_to_be_makes_targets(caption: str, head: str) -> None:
    table = f"附件1\n{caption}\n名称\t{head}\n幼儿园\t2\n"
    assert [each.role.name for each in reading(HEAD + table).figures] == ["target"]


@pytest.mark.parametrize("school", ["将军路小学", "建设路小学", "规划路幼儿园", "教师培训中心"])
def test_the_name_of_a_school_is_no_plan(school: str) -> None:
    table = f"学校\t学生（人）\n一小\t24\n{school}\t30\n"
    assert ({each.role.name for each in reading(HEAD + table).figures}, goals(table), tasks(table)) == ({"actual"}, [], [])
    assert tasks(f"附件1\n建设项目清单\n学校\t教学楼（栋）\n{school}\t30\n") == []


def test_the_rows_of_a_text_are_laid_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    laid: list[str] = []
    plain = rows.table_rows
    monkeypatch.setattr(rows, "table_rows", lambda clean: laid.append(clean) or plain(clean))
    assert reading(HEAD + WORK).tasks and len(laid) == 1
