"""The sheets of a plan: sums agree, nothing is left out, what is unknown says so, what fails is shaded."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from junheng.indicators.forms.layout import CAVEAT
from junheng.paper.sheets import Role
from junheng.planning.codes import Channel, MeasureKind
from junheng.planning.forms import words
from junheng.planning.forms.basis import price_cell, prices_sheet
from junheng.planning.forms.book import plan_sheets
from junheng.planning.forms.conclusions import conclusions
from junheng.planning.forms.costs import cost_sheets
from junheng.planning.forms.facts import exact, spent
from junheng.planning.forms.levels import school_levels, spreads
from junheng.planning.forms.measures import measure_listing, measures_sheet
from junheng.planning.forms.remaining import empty_later_sheet, natural_sheet, unknown_sheet, unmet_sheet
from junheng.planning.forms.townships import townships
from junheng.planning.plan import MARKING, Measure, Payment, Plan
from junheng.planning.pricing import PRICES, UNITS
from junheng.register import conditions
from junheng.register.conditions import WHERE
from junheng.standards.law import FACTS
from tests.unit.planning.made_plan import (
    COUNTY,
    DARK,
    MEASURES,
    NINE,
    OTHER,
    PRICE,
    PRIMARY,
    PUPILS,
    SMALL,
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

WHOLE = Decimal("1649090.75")
CENTS = some.integers(1, 10**9).map(lambda cents: cents / 100)
PAID = some.builds(paid, CENTS, some.integers(2026, 2028), some.sampled_from([each.name for each in Channel]))


def made_of(payments: list[list[Payment]]) -> tuple[Measure, ...]:
    kinds = ("build", "convert", "land", "buy_equipment")
    return tuple(measure(kinds[number % 4], *own, school=PRIMARY if number % 2 else NINE) for number, own in enumerate(payments))


# --- sums -----------------------------------------------------------------------------------------------------


@given(some.lists(some.lists(PAID, min_size=1, max_size=4), min_size=1, max_size=6))
def test_all_tables_of_costs_come_to_what_the_measures_cost_to_the_cent(payments: list[list[Payment]]) -> None:
    made = facts(plan(made_of(payments)))
    cost = Fraction(spent(made.measures))
    sheets = cost_sheets(made)
    assert {total(sheet, "合计") * words.WAN for sheet in sheets} == {cost}
    assert {sum(cell.number or 0 for cell in column(sheet, "合计")) * words.WAN for sheet in sheets} == {cost}
    assert total(measures_sheet(made), "费用（元）") == total(measure_listing(made), "费用（元）") == cost
    assert total(townships(made), "费用（万元）") * words.WAN == cost


def test_the_payments_of_the_years_come_to_the_cost_of_each_measure() -> None:
    sheet = measures_sheet(facts())
    by_year = [sum(cell.number or 0 for cell in cells) for cells in zip(
        *(column(sheet, "支出（元）", f"{year}年") for year in (2026, 2027, 2028)), strict=True)]
    assert by_year == [cell.number for cell in column(sheet, "费用（元）")]
    assert sum(by_year) == Fraction(WHOLE)


def test_each_year_of_the_tables_of_costs_is_the_same_money() -> None:
    sheets = cost_sheets(facts())
    for year, yuan in ((2026, "1000000.5"), (2027, "500000.25"), (2028, "149090")):
        assert {total(sheet, f"{year}年") * words.WAN for sheet in sheets} == {Fraction(yuan)}


def test_summaries_are_in_ten_thousands_with_two_places_and_rows_in_yuan() -> None:
    assert conclusions(facts()).rows[0][8].text == "164.91"
    assert column(measures_sheet(facts()), "费用（元）")[0].text == "1,500,000.75"


def test_a_cost_that_rounding_left_beside_the_sum_of_its_measures_is_told() -> None:
    apart = plan(counties=(county_plan(cost=1649090.74),))
    assert any("之差由取整而来" in note and "1,649,090.74" in note for note in conclusions(facts(apart)).notes)
    assert not any("取整" in note for note in conclusions(facts()).notes)


def test_with_a_discount_the_sums_of_payments_are_told_apart_from_the_cost() -> None:
    made = plan()
    told = conclusions(facts(replace(made, task={**made.task, "discount": 0.03}))).notes
    assert any("贴现率 3% 折算" in note and "1,649,090.75" in note for note in told)


# --- nothing is left out --------------------------------------------------------------------------------------


def test_every_measure_stands_in_exactly_one_row() -> None:
    for sheet in (measures_sheet(facts()), measure_listing(facts())):
        kinds, costs = column(sheet, "措施"), column(sheet, "费用（元）")
        told = sorted((kind.text, cost.number) for kind, cost in zip(kinds, costs, strict=True))
        assert told == sorted((MeasureKind[each.kind].zh, exact(each.cost)) for each in MEASURES)


def test_every_unmet_gap_is_listed_with_what_is_done_about_it() -> None:
    sheet = unmet_sheet(facts())
    assert [row[1] for row in texts(sheet)] == ["（全县）", "白石小学"]
    assert [cell.text for cell in column(sheet, "还差")] == ["0.070", "130.50"]
    assert column(sheet, "本校本项已安排的措施")[1].text == "2026年 新建教学用房 500㎡"
    assert [cell.role for cell in column(sheet, "与标准相比")] == [Role.bad, Role.bad]


def test_what_misses_its_margin_alone_is_not_called_below_the_standard() -> None:
    made = plan(unmet=(replace(plan().unmet[0], meets_limit=True),))
    assert column(unmet_sheet(facts(made)), "与标准相比")[0].text == "达到标准，未到规划线"


def test_a_room_or_a_person_that_is_missing_in_part_is_missing_whole() -> None:
    short = replace(plan().unmet[0], item="yz.1.7", unit="间", short=2.17, has=19.19, wanted=21.36)
    assert column(unmet_sheet(facts(plan(unmet=(short,)))), "还差")[0].text == "3"


def test_every_stage_of_every_school_has_its_row_of_levels() -> None:
    listed = [(stage, row[2]) for stage in ("primary", "junior") for row in texts(school_levels(facts(), stage))]
    assert sorted(listed) == sorted((each.stage, each.school) for each in STANDINGS)


def test_every_coefficient_has_its_row_also_where_nothing_is_known_of_it() -> None:
    sheet = spreads(facts())
    assert len(sheet.rows) == 14
    found = [row[2:5] for row in texts(sheet) if row[:2] == ["小学", "1.4 教学及辅助用房差异系数"]]
    assert found == [["0.700", "0.710", "0.550"]]
    assert column(sheet, "按方案是否达标")[3].text == "否"
    assert {cell.text for cell, name in zip(column(sheet, "按方案"), column(sheet, "差异系数"), strict=True)
            if name.text.startswith("1.5")} == {"缺数据"}


def test_what_mends_itself_and_what_may_stand_empty_is_listed() -> None:
    made = facts(plan(natural=({"county": COUNTY, "school": NINE, "stage": "primary"},)))
    assert texts(natural_sheet(made))[0][1:6] == ["青岗学校", NINE, "小学", "200", "200"]
    assert texts(empty_later_sheet(made))[0][3:8] == ["建网络多媒体教室", "1", "间", "2028", "2031年"]


# --- unknown --------------------------------------------------------------------------------------------------


def test_what_is_unknown_is_a_word_and_never_a_zero() -> None:
    row = next(row for row in school_levels(facts(), "primary").rows if row[2].text == DARK)
    assert [cell.text for cell in row[4:7]] == ["缺数据"] * 3
    assert {(cell.text, cell.role) for cell in row[7:]} == {("缺数据", Role.unknown)}
    assert words.gap(facts(), level("yz.1.4", None, None, None, school=DARK)) is None
    told = texts(unknown_sheet(facts()))[0][1:]
    assert told == ["无名小学", DARK, "小学", "1.4 教学及辅助用房", "缺数据", "补报后重新导入、重新规划"]


def test_pupils_that_nobody_knows_are_no_zero() -> None:
    made = plan(natural=({"county": COUNTY, "school": DARK, "stage": "primary"},), pupils=PUPILS)
    assert texts(natural_sheet(facts(made)))[0][4:6] == ["缺数据", "缺数据"]


def test_a_stage_that_the_target_year_does_not_ask_is_neither_met_nor_failed() -> None:
    row = next(row for row in school_levels(facts(), "primary").rows if row[2].text == SMALL)
    assert [cell.text for cell in row[3:7]] == ["不单列", "未达标", "不单列", "不单列"]
    assert {cell.text for cell in row[7:]} == {"—"}


# --- shades ---------------------------------------------------------------------------------------------------


def test_the_cells_that_fail_and_no_others_are_shaded() -> None:
    sheet = school_levels(facts(), "primary")
    assert sheet
    row = next(row for row in sheet.rows if row[2].text == PRIMARY)
    shaded: dict[str, list[bool]] = {}
    for head, cell in zip(sheet.columns[7:], row[7:], strict=True):
        shaded.setdefault(head.heads[0].split("\n")[0], []).append(cell.role is Role.bad)
    assert shaded["1.4 教学及辅助用房"] == [True, True, True]
    assert shaded["1.1 高于规定学历教师"] == [True, True, False]
    assert shaded["1.7 网络多媒体教室"] == [True, False, False]


def test_a_cell_is_shaded_by_the_exact_verdict_and_told_with_the_places_that_show_it() -> None:
    close = level("yz.1.4", 4.4996, 4.4996, 4.5, fails=("now",))
    assert (words.value_cell(close, "now").text, words.value_cell(close, "now").role) == ("4.4996", Role.bad)
    assert (words.value_cell(close, "undone").text, words.value_cell(close, "undone").role) == ("4.50", Role.plain)


def test_a_shaded_cell_of_a_fold_stays_when_a_page_folds_the_others() -> None:
    sheet = school_levels(facts(), "primary")
    assert sheet
    assert [column.heads[-1] for column in sheet.columns if not column.detail][5:] == ["按方案"] * 7
    assert sum(column.detail for column in sheet.columns) == 16


# --- words ----------------------------------------------------------------------------------------------------


def test_every_sheet_is_marked_and_carries_the_caveat_and_the_advice() -> None:
    for sheet in plan_sheets(facts()):
        assert sheet.marking == MARKING
        assert sheet.facts[0].startswith(MARKING)
        assert "资金最省的可行方案（供研究）" in sheet.facts[0]
        assert CAVEAT in sheet.facts


def test_no_sheet_speaks_of_closing_a_school_or_of_an_official_finding() -> None:
    merged = plan((*MEASURES, measure("merge", paid(1), source=SMALL, closes=("yz.1.S",), unit="所", amount=1)))
    told = " ".join(cell.text for sheet in plan_sheets(facts(merged)) for row in sheet.rows for cell in row)
    assert "布局调整（按程序合并）" in told
    assert not [word for word in ("撤并", "撤销", "关闭", "认定为", "不合格") if word in told]


@pytest.mark.parametrize(("kind", "given", "told"), [
    ("move_teacher", {"source": SMALL, "detail": "backbone"}, "教师交流 2人（骨干教师，从红旗教学点）"),
    ("recall", {"detail": "degree"}, "借出教师返岗 2人（借出的高于规定学历教师返岗）"),
    ("degree_study", {"detail": "1"}, "教师学历提升 2人（预计1人按期毕业）"),
    ("open_class", {"detail": "2", "unit": "个班"}, "增开教学班 2个班（2年级）"),
    ("move_equipment", {"source": SMALL, "unit": "元"}, "调配教学仪器设备 2元（从红旗教学点）"),
    ("move_intake", {"source": SMALL}, "调整招生范围 2人（从红旗教学点的招生范围）"),
    ("merge", {"source": SMALL, "unit": "所"},
     "布局调整（按程序合并） 2所（承接红旗教学点的学生，须先按程序论证、公示、听证、经多数家长同意、报批）"),
    ("recruit", {}, "新增其他学科教师 2人")])
def test_a_measure_says_from_where_who_and_which_grade(kind: str, given: dict[str, str], told: str) -> None:
    one = measure(kind, paid(1), **{"amount": 2, "unit": "人", **given})
    assert words.sentences(facts(), [one]) == [f"2026年 {told}"]


def test_what_comes_from_several_schools_is_one_sentence() -> None:
    told = words.sentences(facts(), [each for each in MEASURES if each.kind == "move_equipment"])
    assert told == ["2028年 调配教学仪器设备 3,000元（从青岗学校 1,000元、红旗教学点 2,000元）"]


def test_a_long_list_of_schools_is_cut_and_says_so() -> None:
    many = [measure("move_equipment", paid(1), unit="元", source=f"s{number}", detail="in") for number in range(30)]
    assert words.sentences(facts(), many)[0].endswith("等30所，明细见措施清单）")


def test_several_channels_are_told_with_the_share_each_pays() -> None:
    assert words.channels(MEASURES[0].payments) == "县级预算 66.7%、中央补助 33.3%"
    assert words.channels(MEASURES[3].payments) == "县级预算"
    assert words.channels(()) == "不需资金"


def test_a_measure_is_told_with_the_gap_it_closes() -> None:
    row = texts(measures_sheet(facts()))[0]
    assert row[-7:] == ["小学 1.4 教学及辅助用房", "2.50", "2.60", "4.5", "4.635", "610.50㎡", "4.20"]


def test_every_unit_of_the_price_list_has_its_chinese_word() -> None:
    assert {price.unit for price in PRICES.limits.values()} <= set(UNITS)


@pytest.mark.parametrize(("value", "unit", "told"), [
    ("3/20", "share", "15%"), ("1/8", "share", "12.5%"), ("51/50", "yuan a yuan of value", "1.02"), ("1", "yes or no", "是"),
    ("0", "yes or no", "否"), ("600000", "yuan a mu", "600,000"), ("2/3", "times", "0.6667")])
def test_a_price_is_printed_as_people_read_it(value: str, unit: str, told: str) -> None:
    assert price_cell({"value": value, "unit": unit}).text == told


@pytest.mark.parametrize(("where", "told"), [
    ({}, "全部"), ({"stage": "junior"}, "初中"), ({"kind": ["teaching_point", "nine_year"]}, "小学教学点、九年一贯制学校"),
    ({"area": "rural", "region": ["east", "midwest"]}, "乡村，东部、中西部"),
    ({"run_by": "private", "boarding": True}, "民办，寄宿制"),
    ({"pupils_below": 100, "urban_rural": "village"}, "学生数低于100，村庄"), ({"built_year_from": 1990}, "建成年份不低于1990")])
def test_to_which_schools_a_price_applies_is_told_in_words(where: dict[str, object], told: str) -> None:
    price = {**PRICE, "where": where}
    assert column(prices_sheet(facts(plan(prices=(price,)))), "适用")[0].text == told


@pytest.mark.parametrize(("code", "told"), [(None, "通用"), (COUNTY, "某县"), ("9901", "某市"), ("99", "全省")])
def test_where_a_price_holds_is_told_by_name(code: str | None, told: str) -> None:
    made = replace(facts(plan(prices=({**PRICE, "county": code},))), city="某市")
    assert column(prices_sheet(made), "哪里的")[0].text == told


def test_every_condition_that_the_law_knows_has_its_word() -> None:
    assert set(WHERE) | set(conditions.FACTS) == set(FACTS)


def test_a_city_tells_the_county_of_every_row() -> None:
    two = plan(counties=(county_plan(), county_plan(county=OTHER, name="另县", cost=0.0, bound=0.0)))
    made = facts(two)
    assert conclusions(made).totals[0][8].text == "164.91"
    assert column(measures_sheet(made), "县区")[0].text == "某县"
    assert made.where == "2个县区"


def test_a_school_that_the_snapshot_does_not_name_is_called_by_its_code() -> None:
    stranger = replace(facts(), schools={})
    assert {row[1] for row in texts(measures_sheet(stranger))} == {PRIMARY, NINE}


# --- what they rest on ----------------------------------------------------------------------------------------


def test_a_plan_comes_back_from_its_file_as_it_was() -> None:
    made = plan()
    assert Plan.from_json(json.loads(json.dumps(made.as_json()))) == made


def test_the_papers_know_nothing_of_the_solver() -> None:
    code = "import sys, junheng.planning.forms; print([each for each in sys.modules if 'planning.balance' in each])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
