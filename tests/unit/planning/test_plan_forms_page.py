"""The page of a plan and its sketch: what stays short first, every school at its place in the colour of its state."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from junheng.cli.plan_papers import papers_named
from junheng.kernel.faults import JunhengError
from junheng.paper.page import Chart, Choice, Listing, Map
from junheng.planning.forms.facts import facts_of
from junheng.planning.forms.page import plan_page
from junheng.planning.forms.page.sketch import sketch, state_of
from junheng.planning.plan import MARKING, Standing
from tests.spec.drawn import PLACES, draw
from tests.unit.planning.made_plan import (
    COUNTY,
    DARK,
    MEASURES,
    NAMES,
    NINE,
    OTHER,
    PRIMARY,
    SMALL,
    county_plan,
    facts,
    plan,
)


def test_what_stays_short_comes_before_what_is_done() -> None:
    assert [section.key for section in plan_page(facts()).sections] == [
        "unmet", "money", "schools", "spreads", "map", "measures", "levels", "remaining", "basis"]


def test_a_plan_that_leaves_nothing_short_has_no_such_section() -> None:
    assert plan_page(facts(plan(unmet=()))).sections[0].key == "money"


def test_the_page_is_marked_and_advises() -> None:
    page = plan_page(facts())
    assert page.facts[0] == MARKING
    assert page.caveat.startswith("建议研判：资金最省的可行方案（供研究）。本结果为依据现有数据的测算")


def test_the_cards_say_verdicts_and_money_before_and_after() -> None:
    words = [line.word for card in plan_page(facts()).cards for line in card.lines]
    assert words[:2] == ["测算未达标", "测算未达标"]
    assert "3 → 1 所" in words
    assert "164.91 万元" in words


@pytest.mark.parametrize(("failures", "allow", "told"), [(0, [], False), (2, [], True), (0, ["merge"], True)])
def test_what_is_proven_is_told_of_failures_and_of_pupils_who_move(failures: int, allow: list[str], told: bool) -> None:
    made = plan(counties=(county_plan(failures=failures, proven="已证明"),))
    page = plan_page(facts(replace(made, task={**made.task, "allow": allow})))
    assert ("已证明" in [line.remark for card in page.cards for line in card.lines]) == told


def test_a_city_has_a_card_for_all_and_one_a_county_and_charts_to_choose_from() -> None:
    page = plan_page(facts(plan(counties=(county_plan(), county_plan(county=OTHER, name="另县")))))
    assert [card.title for card in page.cards] == ["合计 2 个县区", "某县", "另县"]
    money = next(section for section in page.sections if section.key == "money")
    assert all(isinstance(block, Choice) for block in money.blocks)


def test_the_bars_of_costs_come_to_the_cost() -> None:
    money = next(section for section in plan_page(facts()).sections if section.key == "money")
    for block in money.blocks:
        assert isinstance(block, Chart)
        assert sum(value or 0 for series in block.bars.series for value in series.values) == pytest.approx(164.91, abs=0.03)


def test_the_bars_of_schools_count_those_that_fail_now_undone_and_by_plan() -> None:
    schools = next(section for section in plan_page(facts()).sections if section.key == "schools")
    first = schools.blocks[0]
    assert isinstance(first, Chart)
    assert [series.values[0] for series in first.bars.series] == [3, 2, 1]
    assert [series.values[4] for series in first.bars.series] == [1, 1, 1]


def test_a_coefficient_over_its_limit_stands_out_and_an_unknown_one_has_no_bar() -> None:
    spreads = next(section for section in plan_page(facts()).sections if section.key == "spreads")
    first = spreads.blocks[0]
    assert isinstance(first, Chart)
    assert [series.values[3] for series in first.bars.series] == [0.7, 0.71, 0.55]
    assert [series.stands_out for series in first.bars.series] == [(3,), (3,), (3,)]
    assert {series.values[0] for series in first.bars.series} == {None}


def test_measures_can_be_chosen_by_year_and_kind_and_are_found_by_school() -> None:
    block = next(section for section in plan_page(facts()).sections if section.key == "measures").blocks[0]
    assert isinstance(block, Listing)
    assert [block.sheet.columns[number].heads[-1] for number in block.choices] == ["年度", "措施"]
    assert block.words_of(block.choices[0]) == ["2026", "2028"]
    assert len(block.sheet.rows) == len(MEASURES)


# --- the sketch -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("school", "state"), [(PRIMARY, "not_met"), (NINE, "mended"), (SMALL, "not_asked"), (DARK, "unknown")])
def test_a_school_has_the_state_of_its_worst_stage(school: str, state: str) -> None:
    assert state_of(facts(), school) == state


@pytest.mark.parametrize(("now", "undone", "state"), [
    ("met", "met", "met"), ("met", "not_met", "mended"), ("not_met", "met", "mended"), ("unknown", "met", "mended")])
def test_a_school_fares_well_already_only_where_it_also_will_if_nothing_is_done(now: str, undone: str, state: str) -> None:
    one = Standing(COUNTY, PRIMARY, "primary", now, undone, "met", 300)
    assert state_of(facts(plan(standings=(one,))), PRIMARY) == state


def test_every_school_that_told_its_place_is_one_point_and_the_others_are_named() -> None:
    drawn = sketch(facts())
    assert drawn
    names = sorted(point.name for state in drawn.states for point in state.points)
    assert names == sorted(NAMES[each] for each in (PRIMARY, NINE, SMALL))
    block = next(section for section in plan_page(facts()).sections if section.key == "map").blocks[0]
    assert isinstance(block, Map)
    assert "没有坐标、未画出的 1 所：无名小学" in block.remark
    assert "示意图" in block.remark


def test_points_lie_in_kilometres_with_a_kilometre_as_long_east_as_north() -> None:
    drawn = sketch(facts())
    assert drawn
    at = {point.name: (point.east_km, point.north_km) for state in drawn.states for point in state.points}
    assert at["白石小学"] == (0.0, 0.0)
    assert at["青岗学校"] == (pytest.approx(8.65, abs=0.01), 0.0)
    assert at["红旗教学点"] == (0.0, pytest.approx(11.13, abs=0.01))
    assert [point.name for point in drawn.names] == ["某镇"]


def test_a_point_tells_verdicts_what_stays_short_and_measures() -> None:
    drawn = sketch(facts())
    assert drawn
    lines = next(point.lines for state in drawn.states for point in state.points if point.name == "白石小学")
    assert lines[1] == "小学：现在未达标，不整改未达标，按方案未达标"
    assert "1.4 教学及辅助用房：小学仍差130.50㎡" in lines
    assert "2026年 新建教学用房 500㎡" in lines


def test_without_any_place_there_is_no_map() -> None:
    section = next(each for each in plan_page(replace(facts(), points={})).sections if each.key == "map")
    assert not any(isinstance(block, Map) for block in section.blocks)


def test_names_and_places_come_from_the_snapshot_in_one_reference_system() -> None:
    place = {"coordinates": "cgcs2000", "longitude": 100.0, "latitude": 39.0}
    register = draw(places=(*PLACES[:2], {**PLACES[2], **place}), schools=(
        {"school_id": PRIMARY, "name": "白石小学", **place},
        {"school_id": NINE, "name": "青岗学校", **place, "coordinates": "bd09"}, {"school_id": DARK, "name": "无名小学"}))
    made = facts_of(plan(), register)
    assert (made.school(PRIMARY), made.where, made.city) == ("白石小学", "某县", "某市")
    assert set(made.points) == {PRIMARY, NINE}
    assert made.points[PRIMARY] == (100.0, 39.0)
    assert made.points[NINE] != (100.0, 39.0)
    assert [town.name for town in made.towns] == ["某镇"]


# --- what may be asked for ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("names", "told"), [
    (("a.xls", None, None, None), "--xlsx a.xls：文件名应以 .xlsx 结尾"),
    ((None, "a.htm", None, None), "--html a.htm：文件名应以 .html 结尾"),
    ((None, None, "a.doc", None), "--docx a.doc：文件名应以 .docx 结尾"),
    ((None, None, None, "b"), "--schools b：文件名应以 .docx 结尾"),
    ((None, None, "a.docx", "./a.docx"), "不能写在同一个文件里")])
def test_a_file_whose_name_does_not_tell_what_it_holds_is_refused_in_words(names: tuple[str | None, ...], told: str) -> None:
    with pytest.raises(JunhengError, match=told.replace(".", r"\.")):
        papers_named(*(Path(name) if name else None for name in names))
