"""The forms: what stands in which cell, what is shaded, what is unknown, and in which order."""

import json
import math
import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import made_county
import pytest
from openpyxl import load_workbook

from junheng.indicators.forms import CountyFacts, SchoolRow, by_county, county_book, county_page, write_forms
from junheng.indicators.forms.cells import short
from junheng.indicators.forms.conclusions import waiting
from junheng.indicators.forms.layout import item_name
from junheng.indicators.forms.resources import school_form, school_prints
from junheng.kernel.codes import Evidence, Level, Verdict
from junheng.kernel.exact import rounded
from junheng.kernel.faults import Exit, JunhengError
from junheng.kernel.findings import Finding
from junheng.paper.html import page_text
from junheng.paper.page import Chart
from junheng.paper.sheets import Cell, Role, Row, Sheet

ROWS = made_county.schools()
FOUND = made_county.findings(ROWS)
EARLIER = {year: made_county.findings(ROWS, year=year) for year in (2023, 2024)}
BAD, HATCHED = "FFF9D5D1", "lightUp"


def facts_of(found: list[Finding], rows: list[SchoolRow] = ROWS) -> CountyFacts:
    return by_county(found, made_county.verdicts(found), rows, made_county.TITLES, made_county.STANDARDS, EARLIER)[0]


@pytest.fixture(scope="module")
def facts() -> CountyFacts:
    return facts_of(FOUND)


@pytest.fixture(scope="module")
def sheets(facts: CountyFacts) -> dict[str, Sheet]:
    whole = {sheet.name: sheet for stage in ("primary", "junior") if (sheet := school_form(facts, stage))}
    return {sheet.name: sheet for sheet in county_book(facts)} | whole


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out")
    write_forms(
        out, FOUND, made_county.verdicts(FOUND), ROWS, titles=made_county.TITLES, standards=made_county.STANDARDS, earlier=EARLIER
    )
    return out


@pytest.fixture(scope="module")
def book(folder: Path) -> Any:
    return load_workbook(folder / "junheng-2025-990101.xlsx")


def heads(sheet: Sheet) -> list[str]:
    return ["/".join(column.heads) for column in sheet.columns]


def column(sheet: Sheet, head: str, rows: tuple[Row, ...] | None = None) -> list[Cell]:
    place = next(number for number, each in enumerate(heads(sheet)) if each.startswith(head))
    return [row[place] for row in (sheet.rows if rows is None else rows)]


def finding(item: str, stage: str, group: str) -> Finding:
    return next(one for one in FOUND if (one.item, one.stage, one.group) == (item, stage, group))


def changed(change: Callable[[Finding], Finding], item: str, stage: str, group: str) -> CountyFacts:
    one = finding(item, stage, group)
    return facts_of([change(one) if each is one else each for each in FOUND])


def resources(facts: CountyFacts, stage: str = "primary") -> Sheet:
    form = school_form(facts, stage)
    assert form is not None
    return form


def printed(book: Any, sheet: Sheet, number: int, place: int) -> Any:
    """The cell of the workbook in which a place of the whole form is printed: teachers on one sheet, the rest on another."""
    teachers = place < 20
    name = "表1-1 教师（小学）" if teachers else "表1-2 校舍设备（小学）"
    return book[name].cell(sheet.header_rows + len(sheet.facts) + 2 + number, place + 1 if teachers else place - 16)


def test_form_1_has_the_columns_of_the_paper(sheets: dict[str, Sheet]) -> None:
    found = heads(sheets["表1 校级达标（小学）"])
    assert found[:8] == ["序号", "学校名称", "标识码", "办学类型", "举办者", "城乡", "学生数", "班数"]
    raw = ["原始数"] * 5 + ["原始数（万元）", "原始数"]
    under = [head.split("/")[-1] for head in found[8:36]]
    assert under == [word for each in raw for word in (each, "值", "标准", "是否达标")]
    assert found[36:] == ["达标项数", "最低项占标准%", "综合是否达标", "备注"]


def test_primary_and_junior_stand_apart_and_a_nine_year_school_in_both(sheets: dict[str, Sheet]) -> None:
    both = {row.name for row in ROWS if len(row.stages) == 2}
    for name in ("表1 校级达标（小学）", "表1 校级达标（初中）"):
        assert both <= {cell.text for cell in column(sheets[name], "学校名称")}


def test_schools_stand_in_the_same_order_in_every_table(facts: CountyFacts, sheets: dict[str, Sheet]) -> None:
    order = [row.name for row in sorted(ROWS, key=lambda row: (row.township_code, row.school_id))]
    place = {name: number for number, name in enumerate(order)}
    primary = [place[cell.text] for cell in column(sheets["表1 校级达标（小学）"], "学校名称")]
    classes = [place[cell.text] for cell in column(sheets["表8 班额统计"], "学校名称")][: len(primary)]
    assert primary == sorted(primary) == classes


def test_a_cell_is_the_findings_own_number_unrounded(facts: CountyFacts, sheets: dict[str, Sheet], book: Any) -> None:
    sheet = sheets["表1 校级达标（小学）"]
    school = sheet.rows[0][2].text
    one = finding("yz.1.4", "primary", school)
    assert column(sheet, "1.4")[0].shown == one.part
    value = sheet.rows[0][21]
    assert value.shown == one.value
    assert value.text == f"{rounded(Fraction(one.value or 0), 2):,}"
    cell = printed(book, sheet, 0, 21)
    assert cell.value == pytest.approx(float(one.value or 0), rel=1e-15)
    assert cell.number_format == "#,##0.00"


def test_equipment_is_printed_in_the_unit_of_the_asset_account(sheets: dict[str, Sheet]) -> None:
    sheet = sheets["表1 校级达标（小学）"]
    part = finding("yz.1.6", "primary", sheet.rows[0][2].text).part
    assert part and column(sheet, "1.6")[0].shown == part / 10_000


def test_every_failing_cell_is_shaded_and_no_other(sheets: dict[str, Sheet], book: Any) -> None:
    sheet = sheets["表1 校级达标（小学）"]
    for number, row in enumerate(sheet.rows):
        for item in range(7):
            one = finding(f"yz.1.{item + 1}", "primary", row[2].text)
            cell = printed(book, sheet, number, 8 + 4 * item + 1)
            assert (cell.fill.fgColor.rgb == BAD) == (one.verdict is Verdict.not_met), cell.coordinate


def test_an_unknown_is_printed_in_words_and_hatched_never_zero(sheets: dict[str, Sheet], book: Any) -> None:
    sheet = sheets["表1 校级达标（小学）"]
    row = next(number for number, each in enumerate(sheet.rows) if finding("yz.1.7", "primary", each[2].text).value is None)
    cells = [printed(book, sheet, row, place) for place in (32, 33, 35)]
    assert [cell.value for cell in cells] == ["缺数据"] * 3
    assert {cell.fill.fill_type for cell in cells} == {HATCHED}
    assert sheet.rows[row][37].text == "缺数据"
    assert "缺数据（1.7）" in sheet.rows[row][39].text


def test_the_number_of_items_met_is_a_range_while_one_is_unknown(sheets: dict[str, Sheet]) -> None:
    sheet = sheets["表1 校级达标（小学）"]
    one = next(one for one in FOUND if one.item == "yz.1.S" and one.level is Level.school and one.value is None)
    row = next(each for each in sheet.rows if each[2].text == one.group)
    assert row[36] == Cell(f"{one.lower}–{one.upper}", Role.unknown)


def test_the_lowest_item_is_the_least_share_of_its_limit(sheets: dict[str, Sheet]) -> None:
    for row in sheets["表1 校级达标（初中）"].rows:
        found = [finding(f"yz.1.{item}", "junior", row[2].text) for item in range(1, 8)]
        if all(one.value is not None for one in found):
            assert row[37].shown == min(100 * Fraction(one.value or 0) / (one.limit or 1) for one in found)


def test_the_whole_verdict_is_said_in_the_words_of_a_calculation(sheets: dict[str, Sheet]) -> None:
    words = {cell.text for cell in column(sheets["表1 校级达标（小学）"], "综合是否达标")}
    assert {"测算达标", "测算未达标"} <= words <= {"测算达标", "测算未达标", "暂不能判定（缺数据）"}


def test_remarks_tell_split_rounding_and_what_the_verdict_hangs_on(sheets: dict[str, Sheet]) -> None:
    remarks = " ".join(cell.text for cell in column(sheets["表1 校级达标（小学）"], "备注"))
    assert re.search(r"(^| )随拆分口径变化（1\.[4-7]", remarks)
    assert "与标准在舍入范围内（1." in remarks
    assert "共用资源按学生数拆分" in remarks


def test_a_whole_verdict_that_hangs_on_the_split_says_so() -> None:
    one = next(one for one in FOUND if one.item == "yz.1.S" and one.level is Level.school and one.verdict is Verdict.met)
    other = changed(lambda one: replace(one, splits={"weighted": {"verdict": "not_met"}}), "yz.1.S", one.stage, one.group)
    row = next(each for each in resources(other, one.stage).rows if each[2].text == one.group)
    assert row[39].text.startswith("综合结论随拆分口径变化")


def test_what_rests_on_a_believed_limit_is_marked_and_the_mark_explained(sheets: dict[str, Sheet]) -> None:
    sheet = sheets["表1 校级达标（小学）"]
    row = sheet.rows[0]
    assert finding("yz.1.2", "primary", row[2].text).evidence is Evidence.believed
    assert [row[place].mark for place in (14, 15)] == ["*", "*"]
    assert [row[place].mark for place in (10, 11)] == ["", ""]
    assert any(note.startswith("* 标准值待确认") for note in sheet.notes)


def test_schools_outside_the_scope_are_counted_below_the_form() -> None:
    point = next(row for row in ROWS if row.kind == "小学教学点")
    sheet = resources(facts_of([one for one in FOUND if one.group != point.school_id]))
    assert point.name not in {cell.text for cell in column(sheet, "学校名称")}
    assert sheet.notes[0].startswith("另有 1 个有小学学生的学校（点）不在资源配置评价范围内")


def test_the_county_line_adds_up_and_does_not_average_rates(sheets: dict[str, Sheet]) -> None:
    sheet = sheets["表1 校级达标（小学）"]
    parts = [finding("yz.1.1", "primary", row[2].text) for row in sheet.rows]
    total = sheet.totals[0]
    assert total[8].shown == sum(one.part or 0 for one in parts)
    assert total[9].shown == 100 * sum(one.part or 0 for one in parts) / sum(one.whole or 0 for one in parts)
    assert total[33] == Cell("缺数据", Role.unknown)


def test_form_1_is_printed_on_two_sheets_with_every_column_once_and_the_same_schools(facts: CountyFacts) -> None:
    whole = resources(facts)
    first, second = school_prints(facts, "primary")
    assert [*heads(first), *heads(second)[3:]] == heads(whole)
    assert heads(second)[:3] == ["序号", "学校名称", "学生数"]
    assert [row[1] for row in first.rows] == [row[1] for row in second.rows] == [row[1] for row in whole.rows]
    assert [(*one, *other[3:]) for one, other in zip(first.rows, second.rows, strict=True)] == list(whole.rows)


def test_form_2_gives_mean_deviation_and_coefficient_with_three_years(sheets: dict[str, Sheet]) -> None:
    sheet = sheets["表2 县级差异系数"]
    assert heads(sheet) == [
        "学段",
        "指标",
        "县均值",
        "标准差",
        "差异系数",
        "标准（≤）",
        "是否达标",
        "近三年差异系数/2023年",
        "近三年差异系数/2024年",
        "近三年差异系数/2025年",
        "备注",
    ]
    row = next(each for each in sheet.rows if each[0].text == "小学" and each[1].text.startswith("1.4"))
    mean, deviation, variation = (float(cell.number or 0) for cell in row[2:5])
    assert math.isclose(deviation / mean, variation, rel_tol=1e-12)
    assert row[9].shown == row[4].shown
    before = next(one for one in EARLIER[2023] if (one.item, one.stage) == ("yz.1.4.cv", "primary"))
    assert row[7].shown == before.value


def test_form_2_has_seven_items_a_stage_and_unknown_ones_say_so(sheets: dict[str, Sheet]) -> None:
    rows = sheets["表2 县级差异系数"].rows
    assert [row[0].text for row in rows] == ["小学"] * 7 + ["初中"] * 7
    assert [cell.text for cell in rows[6][2:5]] == ["缺数据"] * 3


def test_a_year_without_a_snapshot_has_no_figure() -> None:
    lone = by_county(FOUND, made_county.verdicts(FOUND), ROWS, made_county.TITLES, made_county.STANDARDS, {})[0]
    row = next(sheet for sheet in county_book(lone) if sheet.name == "表2 县级差异系数").rows[0]
    assert [cell.text for cell in row[7:9]] == ["缺数据", "缺数据"]


def test_the_bands_of_a_school_add_up_to_its_classes(sheets: dict[str, Sheet]) -> None:
    sheet = sheets["表8 班额统计"]
    for row in (*sheet.rows, *sheet.totals):
        assert sum(cell.number or 0 for cell in row[8:18]) == row[7].number
    assert [row[5].text for row in sheet.totals] == ["小学", "初中"]


def test_a_school_without_its_classes_is_unknown_in_the_class_table() -> None:
    school = ROWS[0].school_id
    found = [
        replace(one, part=None, whole=None, value=None) if one.group == school and one.item.startswith(("st.", "yz.2.5")) else one
        for one in FOUND
    ]
    rows = [
        replace(row, stages={key: replace(at, largest_class=None) for key, at in row.stages.items()})
        if row.school_id == school
        else row
        for row in ROWS
    ]
    sheet = next(sheet for sheet in county_book(facts_of(found, rows)) if sheet.name == "表8 班额统计")
    row = next(each for each in sheet.rows if each[2].text == school)
    assert {cell.text for cell in row[7:]} == {"缺数据"}
    assert sheet.totals[0][-1].text == "缺数据"


def test_only_schools_over_the_limit_are_listed_as_too_large(sheets: dict[str, Sheet]) -> None:
    sheet = sheets["超规模学校"]
    listed = {cell.text for cell in column(sheet, "标识码")}
    assert listed == {one.group for one in FOUND if one.item == "yz.2.4" and one.verdict is Verdict.not_met}
    assert all(row[10].number == (row[8].number or 0) - (row[9].number or 0) > 0 for row in sheet.rows)


def test_the_gap_list_holds_every_shortfall_with_whole_persons_beside_the_exact_gap(sheets: dict[str, Sheet]) -> None:
    sheet = sheets["差距清单"]
    short = [one for one in FOUND if one.verdict is Verdict.not_met and one.level is Level.school and one.item != "yz.1.S"]
    assert len(sheet.rows) == len(short)
    for row in sheet.rows:
        exact, whole, unit = row[10], row[11], row[12].text
        assert whole.shown == (math.ceil(exact.number or 0) if unit in ("人", "间", "个班") else "—")


def test_an_item_that_all_must_meet_is_listed_as_how_many_of_how_many(sheets: dict[str, Sheet]) -> None:
    row = next(each for each in sheets["差距清单"].rows if each[5].text == "2.5 标准班额")
    one = finding("yz.2.5", "primary" if row[4].text == "小学" else "junior", row[2].text)
    assert [row[7].text, row[8].text] == [f"{one.part}/{one.whole}", "全部"]


def test_the_shares_of_an_item_add_up_to_the_whole_with_the_top_driver_first(sheets: dict[str, Sheet]) -> None:
    rows = [row for row in sheets["差异系数贡献"].rows if row[0].text == "初中" and row[1].text.startswith("1.5")]
    shares = [row[10].number or 0 for row in rows]
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) == 100 == rows[-1][11].number
    assert [row[2].shown for row in rows] == list(range(1, len(rows) + 1))


def test_every_sheet_carries_county_year_snapshot_and_caveat(book: Any) -> None:
    for sheet in book.worksheets:
        assert all(word in sheet["A2"].value for word in ("云溪县", "2025—2026学年", made_county.SNAPSHOT))
        assert sheet["A3"].value == "本结果为依据现有数据的测算，不代表督导评估认定结论"


def test_no_print_says_that_anything_was_recognised_or_passed(book: Any) -> None:
    words = " ".join(str(cell.value) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value)
    assert not re.search("通过|不合格|予以认定", words)


def test_a_standard_without_findings_leaves_its_sheets_out() -> None:
    only_sizes = [one for one in FOUND if one.item.startswith("st.")]
    assert [sheet.name for sheet in county_book(facts_of(only_sizes))] == ["测算结论", "表8 班额统计"]


def test_two_counties_make_two_books(tmp_path: Path) -> None:
    rows = [replace(row, county_code="990102", county="青岗县") if row.township == "青岗镇" else row for row in ROWS]
    files = write_forms(
        tmp_path, FOUND, made_county.verdicts(FOUND), rows, titles=made_county.TITLES, standards=made_county.STANDARDS, earlier={}
    )
    assert [file.name for file in files] == [
        "junheng-2025-990101.xlsx",
        "junheng-2025-990101.html",
        "junheng-2025-990102.xlsx",
        "junheng-2025-990102.html",
    ]
    names = load_workbook(files[2])["表1-1 教师（小学）"]
    assert all(
        names.cell(row, 2).value.startswith("青岗")
        for row in range(6, names.max_row)
        if names.cell(row, 1).value and str(names.cell(row, 1).value).isdigit()
    )


def test_equal_findings_in_any_order_give_equal_bytes(folder: Path, tmp_path: Path) -> None:
    files = write_forms(
        tmp_path,
        reversed(FOUND),
        made_county.verdicts(FOUND),
        reversed(ROWS),
        titles=made_county.TITLES,
        standards=made_county.STANDARDS,
        earlier=EARLIER,
    )
    assert [file.read_bytes() == (folder / file.name).read_bytes() for file in files] == [True, True]


def test_a_folder_that_cannot_be_written_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("taken")
    with pytest.raises(JunhengError, match="写不进去") as caught:
        write_forms(tmp_path / "out", FOUND, [], ROWS, titles=made_county.TITLES, standards={}, earlier={})
    assert caught.value.code is Exit.storage


def test_the_page_shows_verdicts_failures_charts_and_tables(facts: CountyFacts) -> None:
    page = county_page(facts)
    assert [card.title for card in page.cards] == ["县域义务教育优质均衡（2017）", "班额", "学校规模"]
    assert [section.key for section in page.sections] == ["failed", "spreads", "drivers", "schools", "gaps", "classes"]
    assert page.cards[0].lines[0].word == "测算未达标*"
    assert "结论随拆分口径变化" in page.cards[0].lines[1].remark


def test_the_page_names_the_schools_that_drive_each_spread(facts: CountyFacts, sheets: dict[str, Sheet]) -> None:
    text = page_text(county_page(facts))
    data = json.loads(re.findall(r'id="charts">(.*?)</script>', text)[0])
    first = next(row for row in sheets["差异系数贡献"].rows if row[0].text == "小学")
    assert data["drivers-0"][0]["categories"][0] == first[3].text
    assert len(data["drivers-0"]) == 12, "seven items in two stages, less the two that are unknown"


def test_a_chart_of_spreads_leaves_an_unknown_one_without_a_bar_and_marks_what_exceeds_the_limit(facts: CountyFacts) -> None:
    over = changed(lambda one: replace(one, verdict=Verdict.not_met), "yz.1.3.cv", "primary", made_county.COUNTY)
    section = next(section for section in county_page(over).sections if section.key == "spreads")
    assert isinstance(section.blocks[0], Chart)
    bars = section.blocks[0].bars
    now = bars.series[-1]
    assert now.values[6] is None
    assert now.stands_out == (2,)
    assert bars.limit == 0.5


def test_a_school_named_like_a_script_stays_a_name(facts: CountyFacts) -> None:
    evil = "<script>alert(1)</script>"
    rows = [replace(row, name=evil) if row is ROWS[0] else row for row in ROWS]
    text = page_text(county_page(facts_of(FOUND, rows)))
    assert evil not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_schools_that_meet_the_standard_are_a_range_while_one_cannot_be_judged() -> None:
    one = next(one for one in FOUND if one.item == "yz.1.S" and one.level is Level.school and one.verdict is Verdict.met)
    judged = [each for each in FOUND if (each.item, each.stage, each.level) == ("yz.1.S", one.stage, Level.school)]
    met = sum(each.verdict is Verdict.met for each in judged)
    unknown = sum(each.verdict is Verdict.unknown for each in judged)
    other = changed(lambda one: replace(one, verdict=Verdict.unknown), "yz.1.S", one.stage, one.group)
    assert resources(other, one.stage).totals[0][38].text == f"{met - 1}–{met + unknown}/{len(judged)}所"


@pytest.mark.parametrize(
    ("item", "number"),
    [("yz.1.4", "1.4"), ("yz.1.4.cv", "1.4"), ("yz.2.3.art", "2.3"), ("yz.1.S", ""), ("jb.cv", ""), ("jb.7", "7")],
)
def test_an_item_is_called_by_its_number_in_the_paper_only(item: str, number: str) -> None:
    assert short(item) == number


def test_what_waits_for_data_or_a_document_is_named_item_by_item(facts: CountyFacts) -> None:
    found = waiting(facts)
    assert found is not None
    assert [(row[1].text, row[2].text) for row in found.rows] == [("待提供佐证", item_name(facts, "yz.4.1"))]
    nothing = replace(facts, verdicts=tuple(replace(one, needs_evidence=(), unknown=()) for one in facts.verdicts))
    assert waiting(nothing) is None
