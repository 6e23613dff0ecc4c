"""What the papers tell of a plan that moves pupils, and of what it was asked: classes, mergers with their procedure, files."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from junheng.kernel.codes import Evidence
from junheng.paper.sheets import Sheet
from junheng.planning import merging
from junheng.planning.balance.task import ALLOWED, ALSO
from junheng.planning.forms import PlanFacts, basis, words
from junheng.planning.forms.basis import rules_sheet, task_sentences
from junheng.planning.forms.book import plan_sheets
from junheng.planning.forms.ledger import ledger, school_papers
from junheng.planning.forms.measures import measures_sheet
from junheng.planning.forms.page.sketch import sketch
from junheng.planning.forms.remaining import natural_sheet, unmet_sheet
from junheng.planning.plan import Unmet
from junheng.screens.plans import plan as show
from tests.unit.planning.made_plan import (
    COUNTY,
    MEASURES,
    NINE,
    OTHER,
    PRIMARY,
    SMALL,
    STANDINGS,
    TARGET,
    facts,
    measure,
    paid,
    plan,
    texts,
)

STEPS = ("组织论证（某文，待确认）", "公示（某文，待确认）")
MERGE = measure("merge", paid(600, money="operating"), closes=("yz.1.S",), amount=1, unit="所", source=SMALL)
CLASSES = tuple(
    measure("open_class", stage="primary", closes=("yz.2.5",), amount=amount, unit="个班", detail=grade)
    for grade, amount in (("5", 1), ("6", 2))
)
ROOMS = measure("convert", paid(100), stage="primary", school=NINE, closes=("yz.1.4.cv",), amount=60)


def merging_facts() -> PlanFacts:
    return facts(plan((*MEASURES, MERGE), procedure=STEPS))


def asked(**more: Any) -> list[str]:
    made = plan()
    return list(task_sentences(facts(replace(made, task={**made.task, **more}))))


def row(sheet: Sheet, school: str, item: str) -> list[str]:
    found = [line for line in texts(sheet) if line[1:3] == [school, item]]
    assert len(found) == 1, found
    return found[0]


# --- a merger -------------------------------------------------------------------------------------------------


def test_every_paper_that_tells_of_a_merger_carries_its_procedure() -> None:
    made = merging_facts()
    told = f"合并学校只供研究，实施前须依次：{'；'.join(STEPS)}。"
    assert told in measures_sheet(made).notes
    assert told in ledger(made).notes
    paper = next(each for each in school_papers(made) if each.name == PRIMARY)
    assert any(line.startswith("合并学校：红旗教学点并入白石小学。") and told in line for line in paper.text)
    assert [line[1] for line in texts(rules_sheet(made)) if line[0] == "合并学校的程序"] == [*STEPS]


def test_a_plan_without_a_merger_tells_of_none() -> None:
    assert not any("合并学校" in note for each in plan_sheets(facts()) for note in each.notes if "不单列" not in note)


def test_a_school_that_may_be_merged_gets_no_paper_before_its_procedure() -> None:
    lone = facts(plan((MERGE,), procedure=STEPS, unmet=(), levels=(), unknown=()))
    assert [each.name for each in school_papers(lone)] == [PRIMARY]


def test_the_screen_tells_the_procedure_too(capsys: pytest.CaptureFixture[str]) -> None:
    show(merging_facts().plan, merging_facts().school)
    assert f"合并学校只供研究，实施前须依次：{'；'.join(STEPS)}" in capsys.readouterr().out


def test_a_step_that_nobody_has_read_is_to_be_confirmed() -> None:
    believed = [step for step in merging.PROCEDURE["step"] if step["evidence"] == Evidence.believed.name]
    assert believed
    assert sum(Evidence.believed.zh in step for step in merging.steps()) == len(believed)


# --- classes --------------------------------------------------------------------------------------------------


def test_classes_of_several_grades_are_one_sentence() -> None:
    assert words.sentences(facts(), CLASSES) == ["2026年 增开教学班 3个班（5年级 1个班、6年级 2个班）"]


def test_a_class_that_is_opened_tells_which_item_asks_for_it() -> None:
    line = texts(measures_sheet(facts(plan(CLASSES))))[0]
    assert line[-7:] == ["小学 2.5 标准班额", *["—"] * 6]


def test_the_row_of_classes_says_what_is_wrong() -> None:
    line = row(ledger(facts(plan(CLASSES))), "白石小学", "2.5 标准班额")
    assert line[3] == "小学班额2028年预计超过标准，须增开3个班"


def test_too_few_classes_are_above_the_standard_and_not_below() -> None:
    short = Unmet(COUNTY, PRIMARY, "primary", TARGET, words.CLASS_SIZE, 0, 2, 2, "个班", False)
    assert "高于标准" in texts(unmet_sheet(facts(plan(unmet=(short,)))))[0]


def short_of_classes(grade: int, opened: int, needed: int) -> Unmet:
    return Unmet(COUNTY, PRIMARY, "primary", TARGET, words.CLASS_SIZE, opened, needed, needed - opened, "个班", False)


def test_classes_that_cannot_be_opened_are_told_as_so_many_to_add_all_grades_together() -> None:
    made = facts(plan(CLASSES[:1], unmet=(short_of_classes(5, 1, 2), short_of_classes(6, 0, 2))))
    line = row(ledger(made), "白石小学", "2.5 标准班额")
    assert line[3] == "小学班额2028年预计超过标准，须增开4个班"
    assert line[8] == "2026年 增开教学班 1个班（5年级）\n到2028年小学还须增开3个班，建议专题研判"
    points = [point for state in sketch(made).states for point in state.points if point.name == "白石小学"]
    assert "2.5 标准班额：小学还须增开3个班" in points[0].lines


def test_special_rooms_are_told_as_so_many_to_add() -> None:
    room = measure("music_room", paid(100), closes=("yz.2.3.music",), amount=1, unit="间")
    short = Unmet(COUNTY, PRIMARY, "all", TARGET, "yz.2.3.music", 1, 3, 2, "间", False)
    name = words.item_word("yz.2.3.music")
    for unmet, lacking, left in (((short,), 3, "\n到2028年全校还须增建2间，建议专题研判"), ((), 1, "")):
        line = row(ledger(facts(plan((room,), unmet=unmet))), "白石小学", name)
        assert line[3] == f"全校{words.item_name('yz.2.3.music')}不足，须增建{lacking}间"
        assert line[8] == f"2026年 建音乐教室 1间{left}"


def test_rooms_and_teachers_for_a_class_say_so() -> None:
    opened = replace(CLASSES[0], school=NINE)
    passing = replace(plan((ROOMS, opened)), levels=())
    line = row(ledger(facts(passing)), "青岗学校", "1.4 教学及辅助用房")
    assert line[3] == "不补缺口，用于增开教学班、接收学生"


def test_a_teacher_who_stands_in_for_others_closes_no_item_and_says_what_for() -> None:
    plain = measure("move_teacher", stage="primary", closes=(), amount=1, unit="人", source=SMALL, detail="plain")
    assert row(ledger(facts(plan((plain,)))), "白石小学", "教师配备")[3] == "不补缺口，随全县方案一并实施"


# --- what it was asked ----------------------------------------------------------------------------------------


def test_all_that_was_asked_is_told() -> None:
    told = asked(
        budget=5e6,
        discount=0.03,
        allow=["classes", "merge"],
        also=["special_rooms"],
        forbid=["build"],
        fixes=["用户要求：教师交流不少于 2"],
        inputs={"fix": {"name": "指定.toml", "text": ""}, "pupils": {"name": "在校生.csv", "text": ""}},
    )
    for sentence in (
        "每年费用：每个县区最多 500.00 万元",
        "年贴现率：3%",
        "还允许：增开教学班、按清单合并学校",
        "还要求：音乐、美术专用教室配齐",
        "不用的措施：新建教学用房",
        "用户要求：教师交流不少于 2",
        "所附文件：指定的措施、价格和上限，指定.toml",
        "所附文件：在校生预测，在校生.csv",
    ):
        assert sentence in told


def test_what_was_not_asked_is_not_told() -> None:
    assert not [line for line in asked() if line.startswith(("还", "不用", "所附", "年贴现率", "没有开始"))]


def test_counties_that_were_not_begun_are_told_by_name() -> None:
    made = plan()
    stopped = replace(made, task={**made.task, "not_begun": [OTHER]})
    assert "没有开始规划的县区：另县" in task_sentences(replace(facts(stopped), neighbours={OTHER: "另县"}))


def test_whatever_may_be_allowed_asked_or_handed_in_has_its_words() -> None:
    assert set(basis.ALLOWED) == set(ALLOWED)
    assert set(basis.ALSO) == set(ALSO)


# --- what there is nothing of ---------------------------------------------------------------------------------


def test_a_sheet_without_rows_says_so() -> None:
    assert "无。" in natural_sheet(facts()).notes
    assert "无。" not in unmet_sheet(facts()).notes


def test_pupils_of_a_stage_that_is_not_asked_any_more_are_not_called_unknown() -> None:
    moved = measure("move_teacher", paid(1), stage="primary", amount=1, unit="人", source=SMALL, detail="arts")
    paper = next(each for each in school_papers(facts(plan((moved,), standings=STANDINGS))) if each.name == SMALL)
    assert "小学2028年不单独考核" in paper.text[0]
    assert "缺数据" not in paper.text[0]
