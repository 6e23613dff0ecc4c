"""整改台账 and 一校一策: one row a school and item, every problem and measure in it once, what people fill in left blank."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from junheng.paper.sheets import Role
from junheng.planning.codes import MeasureKind
from junheng.planning.forms import write_ledger, write_page_of, write_school_papers, write_sheets
from junheng.planning.forms.ledger import ledger, school_papers
from junheng.planning.forms.ledger.problems import Problem, first_purpose, problems
from junheng.planning.forms.ledger.topics import TOPICS
from junheng.planning.plan import MARKING
from tests.unit.planning.made_plan import (
    COUNTY,
    DARK,
    LEVELS,
    MEASURES,
    NINE,
    OTHER,
    PRIMARY,
    STANDINGS,
    column,
    county_plan,
    facts,
    level,
    measure,
    paid,
    plan,
    texts,
    total,
)


def row(item: str, school: str = "白石小学") -> dict[str, str]:
    """The line of a school and item, by the lowest heads."""
    sheet = ledger(facts())
    found = [line for line in texts(sheet) if (line[1], line[2]) == (school, item)]
    assert len(found) == 1, found
    return {head.heads[-1]: cell for head, cell in zip(sheet.columns, found[0], strict=True)}


def test_every_measure_belongs_to_exactly_one_problem() -> None:
    assert Counter(id(each) for one in problems(facts()) for each in one.measures) == Counter(map(id, MEASURES))


def test_no_school_and_item_has_two_rows() -> None:
    lines = [(line[1], line[2]) for line in texts(ledger(facts()))]
    assert len(lines) == len(set(lines))


def test_the_money_of_the_ledger_is_the_money_of_the_plan() -> None:
    sheet = ledger(facts())
    rows = sum(cell.number or 0 for cell in column(sheet, "资金", "金额（元）"))
    assert total(sheet, "资金", "金额（元）") == rows == 1649090.75


def test_every_item_that_fails_at_a_failing_school_and_every_unmet_and_unknown_one_is_a_problem() -> None:
    keys = {(one.school, one.item) for one in problems(facts())}
    failing = {(each.school, each.item) for each in LEVELS if each.school and {"now", "undone"} & set(each.fails)}
    assert failing <= keys
    left = (*facts().plan.unmet, *facts().plan.unknown)
    assert {(each.school, each.item) for each in left} <= keys


def test_an_item_that_lies_lower_at_a_school_that_passes_is_no_problem() -> None:
    low = level("yz.1.5", 9.0, 9.0, 9.0, 10.2, 10.506, school=NINE, stage="junior")
    assert (NINE, "yz.1.5") not in {(one.school, one.item) for one in problems(facts(plan(levels=(*LEVELS, low))))}


def test_a_row_says_what_is_wrong_what_is_done_by_when_and_what_stays_short() -> None:
    told = row("1.4 教学及辅助用房")
    assert told["问题描述"] == "小学生均教学及辅助用房面积低于标准"
    assert (told["现值"], told["标准"], told["差距（2028年）"]) == ("2.50", "4.5", "610.50㎡")
    assert told["整改措施"] == "2026年 新建教学用房 500㎡\n到2028年小学仍差130.50㎡，建议专题研判"
    assert (told["金额（元）"], told["来源"]) == ("1,500,000.75", "县级预算 66.7%\n中央补助 33.3%")
    assert told["完成时限"] == "2028年9月1日前"
    assert told["责任单位"] == "基建科、规划财务科（建议）"
    assert told["销号状态"] == "未开始"


def test_what_only_people_can_fill_in_is_blank() -> None:
    sheet = ledger(facts())
    for head in ("原因", "牵头领导", "责任人", "进展", "核验人", "核验日期"):
        assert {cell.text for cell in column(sheet, head)} == {""}


def test_what_the_program_suggests_is_marked_and_shaded() -> None:
    for cell in column(ledger(facts()), "责任单位"):
        assert cell.text.endswith("（建议）")
        assert cell.role is Role.waiting


def test_a_gap_that_another_rows_measure_closes_points_to_that_row_and_has_no_money_of_its_own() -> None:
    other = row("1.3 体育艺术教师")
    assert row("1.1 高于规定学历教师")["整改措施"] == f"见第{other['序号']}行"
    assert (row("1.1 高于规定学历教师")["金额（元）"], other["金额（元）"]) == ("—", "120,000")


def test_a_gap_that_closes_by_itself_asks_for_no_money() -> None:
    told = row("1.7 网络多媒体教室")
    assert told["问题描述"] == "小学每百名学生拥有网络多媒体教室数现低于标准，2028年预计不整改也达到标准"
    assert (told["整改措施"], told["金额（元）"]) == ("不另投入：2028年预计达到标准，逐年监测", "—")


def test_a_gap_to_the_margin_alone_is_not_called_below_the_standard() -> None:
    levels = [each for each in LEVELS if (each.school, each.item) != (PRIMARY, "yz.1.7")]
    close = level("yz.1.7", 1.0, 2.31, 2.31, 2.3, 2.369)
    lines = texts(ledger(facts(plan(levels=(*levels, close)))))
    told = next(line for line in lines if line[1:3] == ["白石小学", "1.7 网络多媒体教室"])
    assert told[3].endswith("2028年预计不整改也达到标准，但未到规划线")


def test_a_gap_that_nothing_is_done_about_says_so_without_claiming_that_nothing_could_be() -> None:
    lone = replace(facts().plan.unmet[0], item="yz.1.5")
    told = next(line for line in texts(ledger(facts(plan(unmet=(lone,))))) if line[2] == "1.5 体育运动场馆")
    assert told[8] == "本方案未安排措施；到2028年小学仍差130.50㎡，建议专题研判"


@pytest.mark.parametrize(("by_plan", "told"), [
    ("met", "不另投入：按方案本校综合达标，本项可低于标准（不低于下限）"),
    ("not_met", "本方案未安排措施：按方案本校综合仍为小学测算未达标，建议连同本校其他缺口专题研判"),
    ("unknown", "本方案未安排措施：按方案本校综合仍为小学暂不能判定（缺数据），建议连同本校其他缺口专题研判")])
def test_the_item_that_six_of_seven_spare_needs_nothing_only_at_a_school_that_passes(by_plan: str, told: str) -> None:
    spared = level("yz.1.5", 5.0, 5.0, 5.0, 5.5, 5.665)
    standings = (replace(STANDINGS[0], planned=by_plan), *STANDINGS[1:])
    lines = texts(ledger(facts(plan(levels=(*LEVELS, spared), standings=standings))))
    assert [line[8] for line in lines if line[1:3] == ["白石小学", "1.5 体育运动场馆"]] == [told]


def test_a_gap_that_closes_because_pupils_go_elsewhere_does_not_close_by_itself() -> None:
    eased = level("yz.1.5", 5.0, 5.0, 5.7, 5.5, 5.665)
    lines = texts(ledger(facts(plan(levels=(*LEVELS, eased)))))
    told = [line[8] for line in lines if line[1:3] == ["白石小学", "1.5 体育运动场馆"]]
    assert told == ["不另投入：按方案调整学生后达到标准，逐年监测"]


def test_what_is_not_known_is_to_be_handed_in() -> None:
    told = row("1.4 教学及辅助用房", "无名小学")
    assert told["问题描述"].endswith("缺数据，不能判定")
    assert (told["现值"], told["差距（2028年）"]) == ("缺数据", "缺数据")
    assert told["整改措施"] == "补报数据，重新测算、重新规划"


def test_a_measure_at_a_school_that_is_not_short_says_what_it_is_for() -> None:
    assert row("1.1 高于规定学历教师", "青岗学校")["整改措施"].endswith("（本校本项已达标，用于调出后补足）")


def test_a_coefficient_has_a_row_of_the_county_that_points_to_the_schools() -> None:
    told = row("1.4 教学及辅助用房差异系数", "某县（全县）")
    assert told["整改措施"].startswith("由 1 所学校的 1 项措施缩小差距，见各校“1.4 教学及辅助用房”行")
    assert "仍差0.070" in told["整改措施"]
    assert told["金额（元）"] == "—"


def test_more_than_the_school_is_short_of_is_explained_by_the_coefficient() -> None:
    wide = [each for each in LEVELS if not (each.school == PRIMARY and each.item == "yz.1.4")]
    rich = plan(levels=(*wide, level("yz.1.4", 2.5, 2.6, 9.0)), unmet=())
    sheet = ledger(facts(rich))
    assert "（超出本校缺口的部分，用于缩小全县校际差距）" in next(
        line for line in texts(sheet) if line[1:3] == ["白石小学", "1.4 教学及辅助用房"])[8]


@pytest.mark.parametrize(("undone", "planned", "told"), [
    (5.0, 6.0, "用于缩小全县校际差距"),  # mean 4.92, coefficient 0.55: more of it narrows below 6.41
    (30.0, 31.0, "随全县方案一并实施")])  # mean 14.92: narrows below 19.43
def test_a_measure_narrows_a_coefficient_only_at_a_school_that_is_not_far_above_the_mean(undone: float, planned: float,
                                                                                         told: str) -> None:
    rooms = measure("convert", paid(100), stage="primary", school=NINE, closes=("yz.1.4.cv",), amount=60)
    made = plan((rooms,), levels=(*LEVELS, level("yz.1.4", undone, undone, planned, school=NINE)))
    line = next(line for line in texts(ledger(facts(made))) if line[1:3] == ["青岗学校", "1.4 教学及辅助用房"])
    assert line[8].endswith(f"（本校本项已达标，{told}）")


@pytest.mark.parametrize(("closes", "kind", "first"), [
    (("yz.1.1", "yz.1.3"), "recruit_arts", "yz.1.3"), (("yz.1.6.cv", "yz.1.7"), "network_room", "yz.1.7"),
    (("yz.1.6", "yz.1.7.cv"), "network_room", "yz.1.6"), (("yz.1.1.cv", "yz.1.2.cv"), "move_teacher", "yz.1.2.cv"),
    (("yz.2.3.music", "yz.1.6"), "music_room", "yz.2.3.music"), ((), "move_intake", "")])
def test_the_first_purpose_is_what_was_demanded_then_the_own_gap_then_the_most_particular(closes: tuple[str, ...], kind: str,
                                                                                          first: str) -> None:
    assert first_purpose(measure(kind, closes=closes)) == first


def test_every_kind_of_measure_has_its_section_and_its_proof() -> None:
    assert set(TOPICS) == set(MeasureKind)


def test_a_county_of_a_city_has_a_ledger_of_its_own() -> None:
    two = plan((*MEASURES, measure("build", paid(7), school="9", county=OTHER)),
               counties=(county_plan(), county_plan(county=OTHER, name="另县")))
    assert total(ledger(facts(two), OTHER), "资金", "金额（元）") == 7
    assert ledger(facts(two), OTHER).title.startswith("另县")
    assert any(line[1] == "某县\n白石小学" for line in texts(ledger(facts(two))))


def test_a_school_of_two_stages_is_one_problem_with_a_line_a_stage() -> None:
    both = level("yz.1.7", 1.9, 2.0, 2.6, 2.4, 2.472, school=NINE, stage="junior")
    levels = [each for each in LEVELS if (each.school, each.item, each.stage) != (NINE, "yz.1.7", "junior")]
    found = [each for each in problems(facts(plan(levels=(*levels, both)))) if each.school == NINE and each.item == "yz.1.7"]
    assert [each.stage for one in found for each in one.levels] == ["primary", "junior"]


# --- 一校一策 ---------------------------------------------------------------------------------------------------


def test_each_school_that_something_is_asked_of_or_taken_from_has_one_page() -> None:
    assert [sheet.name for sheet in school_papers(facts())] == [PRIMARY, "2199010003", DARK, NINE]


def test_a_page_has_all_seven_items_with_now_undone_and_plan() -> None:
    page = school_papers(facts())[0]
    assert [line[0] for line in texts(page)][:7] == [
        "1.1 高于规定学历教师", "1.2 骨干教师", "1.3 体育艺术教师", "1.4 教学及辅助用房", "1.5 体育运动场馆", "1.6 教学仪器设备",
        "1.7 网络多媒体教室"]
    assert texts(page)[3][1:7] == ["小学", "2.50", "4.5", "2.60", "4.20", "610.50㎡"]
    assert total(page, "金额（元）") == 1620090.75


def test_a_page_tells_the_school_what_it_gives_to_others() -> None:
    page = next(each for each in school_papers(facts()) if each.name == NINE)
    assert "支援他校：2028年调出教学仪器设备 1,000元（白石小学 1,000元）。" in page.text
    assert any("三年后可能闲置" in sentence for sentence in page.text)


def test_a_page_points_to_the_row_that_closes_its_gap_and_ends_with_a_line_to_sign() -> None:
    page = school_papers(facts())[0]
    assert texts(page)[0][7] == "见“1.3 体育艺术教师”行"
    assert page.notes[-1].startswith("学校负责人签收")


def test_a_stage_that_is_not_asked_any_more_says_so() -> None:
    page = next(each for each in school_papers(facts()) if each.name == "2199010003")
    assert any("2028年不单独考核" in sentence for sentence in page.text)


# --- the files ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("write", "name"), [
    (write_sheets, "a.xlsx"), (write_page_of, "a.html"), (write_ledger, "a.docx"), (write_school_papers, "b.docx")])
def test_equal_plans_give_equal_bytes(write: object, name: str, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        write(tmp_path / folder / name, facts())
    assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_the_word_ledger_holds_the_cells_of_the_sheet_and_the_marking(tmp_path: Path) -> None:
    write_ledger(tmp_path / "a.docx", facts())
    document = Document(BytesIO((tmp_path / "a.docx").read_bytes()))
    cells = {cell.text for row in document.tables[0].rows for cell in row.cells}
    assert {cell for line in texts(ledger(facts(), COUNTY)) for cell in line} <= cells
    assert document.sections[0].header.paragraphs[0].text == MARKING


def test_a_plan_without_measures_has_a_ledger_of_what_is_wrong_alone() -> None:
    bare = plan((), unmet=(), unknown=(), levels=(), standings=STANDINGS[2:3], empty_later=())
    assert ledger(facts(bare)).rows == ()
    assert problems(replace(facts(bare))) == list[Problem]()
