"""The official papers: their columns and figures held against register and findings; what is unknown says so in words."""

import re
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from drawn_county import (
    NINE_YEAR,
    PRIMARY,
    SENIOR,
    TABLES,
    cell,
    changed,
    context_of,
    county,
    heads,
    result_of,
    table,
    totals,
    without,
    words,
)
from openpyxl import load_workbook

from junheng.indicators.forms.cells import UNCONFIRMED
from junheng.indicators.forms.papers import (
    FORMS,
    FormContext,
    known_form,
    new_folder,
    new_paper,
    paper,
    write_all,
    write_form,
)
from junheng.indicators.forms.papers.context import known_county, official
from junheng.kernel.codes import Evidence, Level, Verdict
from junheng.kernel.faults import Exit, JunhengError
from junheng.kernel.findings import Finding
from junheng.paper import docx
from junheng.paper.sheets import Role, Sheet
from tests.spec.drawn import draw
from tests.spec.rows import COUNTY, TOWNSHIP, school, stage

CAVEAT = "本结果为依据现有数据的测算，不代表督导评估认定结论"
ROSTERS = ("rotation", "backbone", "training_hours", "certificates")
EVERY_TABLE_BUT = ("places", "schools", "school_stages")


def sheets(name: str, context: FormContext | None = None) -> tuple[Sheet, ...]:
    return paper(name, context or county()).sheets


def found(item: str, group: str, stage: str = "primary") -> Finding:
    one = county().facts.school(item, stage, group) or county().facts.county(item, stage)
    assert one is not None
    return one


def part_of_county(item: str) -> int:
    """How many a county counts of an item, all stages together."""
    return sum(int(one.part or 0) for (its, _), one in county().facts.of_county.items() if its == item)


# --- every paper --------------------------------------------------------------------------------------------------


def test_the_papers_are_those_that_the_register_can_yield() -> None:
    assert list(FORMS) == [
        "school_resources", "variation", "consistency", "class_sizes", "special_rooms", "rotation", "backbone", "training_hours",
        "certificates", "migrant_left_behind", "disabled", "quota_places", "training_money", "veto", "monitoring", "bulletin",
        "basic_2012"]


@pytest.mark.parametrize("name", FORMS)
def test_every_sheet_says_county_year_version_and_that_it_is_no_finding_of_an_inspection(name: str) -> None:
    for sheet in sheets(name):
        assert all(word in sheet.facts[0] for word in ("某县（990101）", "2025—2026学年", "2025年9月1日", "drawn"))
        assert sheet.facts[1] == CAVEAT


@pytest.mark.parametrize("name", FORMS)
def test_no_paper_names_a_person_or_a_pseudonym(name: str) -> None:
    people = {row[column] for rows in TABLES.values() for row in rows for column in ("teacher_id", "pupil_id", "child_id")
              if column in row}
    said = words(sheets(name))
    assert people
    assert {each for each in people if str(each) in said} == set()


@pytest.mark.parametrize("name", FORMS)
def test_word_and_excel_carry_the_same_cells(name: str, tmp_path: Path) -> None:
    for end in ("docx", "xlsx"):
        write_form(name, county(), tmp_path / f"{name}.{end}")
    document, book = Document(str(tmp_path / f"{name}.docx")), load_workbook(tmp_path / f"{name}.xlsx")
    assert len(document.tables) == len(book.worksheets) == len(sheets(name))
    for number, sheet in enumerate(sheets(name)):
        held = cells_in_excel(book.worksheets[number], sheet)
        assert cells_in_word(document.tables[number]) == [[one.text for one in row] for row in (*sheet.rows, *sheet.totals)]
        for row, values in zip((*sheet.rows, *sheet.totals), held, strict=True):
            wanted = [one.text or None if one.number is None else pytest.approx(float(one.number), rel=1e-12) for one in row]
            assert values == wanted


def cells_in_word(made: Any) -> list[list[str]]:
    body = [row for row in made._tbl.tr_lst if row.find(f".//{qn('w:tblHeader')}") is None]
    return [["".join(text.text or "" for text in one.iter(qn("w:t"))) for one in row.tc_lst] for row in body]


def cells_in_excel(made: Any, sheet: Sheet) -> list[list[object]]:
    rows = len(sheet.rows) + len(sheet.totals)
    first = int(made.freeze_panes[1:]) if made.freeze_panes else 0
    held = made.iter_rows(min_row=first, max_row=first + rows - 1) if rows else ()
    return [[one.value for one in row[: len(sheet.columns)]] for row in held]


@pytest.mark.parametrize("name", FORMS)
def test_a_paper_without_its_tables_says_so_and_prints_no_zero_for_them(name: str) -> None:
    missing = [each for each in FORMS[name].reads if each not in EVERY_TABLE_BUT]
    made = sheets(name, without(*missing))
    for each in missing:
        if each not in ("county_years", "population", "sites", "assets"):
            assert any("未报送" in sentence for sheet in made for sentence in sheet.text), each
    assert docx.paper_bytes(paper(name, without(*missing)))


@pytest.mark.parametrize("name", FORMS)
def test_a_register_of_nothing_but_schools_prints_every_paper(name: str) -> None:
    bare = without(*(each for each in TABLES if each not in EVERY_TABLE_BUT))
    assert paper(name, bare).sheets


@pytest.mark.parametrize("name", [*ROSTERS, "disabled", "consistency", "bulletin", "veto"])
def test_what_is_for_the_bureau_alone_is_marked(name: str) -> None:
    assert paper(name, county()).marking == "内部资料"


def test_schools_have_the_same_names_in_the_same_order_in_every_paper() -> None:
    order = [school.name for school in county().facts.schools]
    for name in ("school_resources", "special_rooms", *ROSTERS, "training_money", "consistency"):
        for sheet in sheets(name):
            if "学校名称" in heads(sheet) and "学段" not in heads(sheet):
                shown = list(dict.fromkeys(row["学校名称"] for row in table(sheet)))
                assert shown == [school for school in order if school in shown], name


def test_an_unknown_form_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(JunhengError, match="可用：school_resources、variation") as caught:
        known_form("form1")
    assert caught.value.code is Exit.usage


def test_an_unknown_county_is_refused_with_the_codes_there_are() -> None:
    with pytest.raises(JunhengError, match=r"--county 990199.*990101 某县"):
        known_county("990199", {"990101": "某县"})


@pytest.mark.parametrize("name", ["表.pdf", "表"])
def test_a_file_of_another_kind_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(JunhengError, match=r"应为 \.xlsx 或 \.docx"):
        new_paper(tmp_path / name)


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
def test_all_papers_are_written_each_under_its_chinese_name(ending: str, tmp_path: Path) -> None:
    written = write_all(county(), tmp_path / "报表", ending)  # type: ignore[arg-type]
    assert sorted((tmp_path / "报表").iterdir()) == sorted(written)
    assert [file.name for file in written] == [f"{form.zh}.{ending}" for form in FORMS.values()]


def test_no_paper_is_written_where_one_of_them_is_there(tmp_path: Path) -> None:
    (tmp_path / "测算情况通报.docx").write_text("mine")
    with pytest.raises(JunhengError, match=r"测算情况通报\.docx：文件已存在"):
        write_all(county(), tmp_path, "docx")
    assert [file.name for file in tmp_path.iterdir()] == ["测算情况通报.docx"]
    assert new_folder(tmp_path, "xlsx") == tmp_path  # of the other kind none is there


@pytest.mark.parametrize("name", ["报表.xlsx", "taken"])
def test_all_papers_go_to_a_folder(name: str, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine")
    with pytest.raises(JunhengError, match="文件夹"):
        new_folder(tmp_path / name, "xlsx")


def test_a_paper_that_no_school_of_the_county_is_listed_on_says_so() -> None:
    places = [{"place_code": COUNTY, "name": "某县"}, {"place_code": TOWNSHIP, "level": "township", "parent_code": COUNTY}]
    only = context_of(draw(places=places, **school("1", stage("preschool"), kind="kindergarten")))
    assert not FORMS["school_resources"].made(only)
    for name in FORMS:
        made = paper(name, only).sheets
        assert made and all(sheet.rows or sheet.text for sheet in made), name
        assert all("某县（990101）" in sheet.facts[0] and sheet.facts[1] == CAVEAT for sheet in made), name


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "表.docx").write_text("mine")
    with pytest.raises(JunhengError, match="已存在"):
        write_form("veto", county(), tmp_path / "表.docx")
    assert (tmp_path / "表.docx").read_text() == "mine"


# --- what an official print leaves out ----------------------------------------------------------------------------


def test_what_rests_on_a_value_that_is_only_believed_has_neither_limit_nor_verdict() -> None:
    one = Finding("yz.2.11.rotation", "rotation", "quality_balance_2017", Level.county, "990101", "某县", "all", 2025,
                  verdict=Verdict.met, evidence=Evidence.believed)
    assert (official(one).verdict, official(one).limit) == (None, None)
    assert official(one).part == one.part


def test_the_share_in_rotation_waits_for_its_years_to_be_confirmed_and_the_figure_stands() -> None:
    rows = totals(sheets("rotation")[0])
    assert rows[0]["交流比例%"] == "33.33"
    assert [row["交流比例%"] for row in rows[1:]] == ["待确认", "待确认"]
    assert [row["骨干占交流%"] for row in rows] == ["100.00", "20%", "是"]
    assert any(note.startswith("“待确认”") for note in sheets("rotation")[0].notes)


def test_a_confirmed_value_gives_the_verdict_back(tmp_path: Path) -> None:
    (tmp_path / "county.toml").write_text(
        'jurisdiction = "990101"\nzh = "某县"\n[rotation_years]\n'
        'since = [{day = 2020-01-01, value = 6, paper = "云教〔2020〕8号", evidence = "read"}]\n', encoding="utf-8")
    confirmed = context_of(draw(**TABLES), overlays=tmp_path)
    assert [row["交流比例%"] for row in totals(sheets("rotation", confirmed)[0])] == ["33.33", "10%", "是"]


# --- rosters ------------------------------------------------------------------------------------------------------


def test_the_rotation_roster_counts_as_many_persons_as_the_figure() -> None:
    roster = table(sheets("rotation")[1])
    assert [row["是否计入"] for row in roster] == ["是", "否", "否"]
    assert [row["备注"] for row in roster] == ["", "同一人已计", "非在编在岗专任"]
    assert sum(row["是否计入"] == "是" for row in roster) == part_of_county("yz.2.11.rotation") == 1


def test_a_rotation_of_another_year_and_a_secondment_are_not_on_the_roster() -> None:
    assert {row["学校名称"] for row in table(sheets("rotation")[1])} == {"白石小学"}


def test_the_backbone_roster_gives_paper_and_validity_and_why_a_title_does_not_count() -> None:
    rows = {row["认定文号"]: row for row in table(sheets("backbone")[1])}
    why = {paper_no: row["备注"] for paper_no, row in rows.items()}
    assert why == {
        "云教〔2024〕1号": "", "云教〔2024〕2号": "同一人已计", "云教〔2024〕3号": "荣誉称号", "云教〔2024〕4号": "非在岗专任",
        "云教〔2020〕5号": "已过有效期", "云教〔2024〕6号": "", "云教〔2024〕7号": "不在教师表"}
    assert rows["云教〔2020〕5号"]["有效期/止"] == "2025-08-31"
    assert rows["云教〔2024〕1号"]["有效期/止"] == "长期"
    assert sum(row["是否计入"] == "是" for row in rows.values()) == part_of_county("yz.1.2") == 2


def test_a_person_on_a_list_but_not_among_the_teachers_has_no_number() -> None:
    assert [row["教师序号"] for row in table(sheets("backbone")[1])] == ["1", "1", "2", "3", "1", "2", "不在教师表"]


def test_a_teacher_has_the_same_number_on_every_roster() -> None:
    for name in ROSTERS:
        for row in table(sheets(name)[1]):
            if row["任教学科"] == "音乐":
                assert (row["学校名称"], row["教师序号"]) == ("白石小学", "2")


def test_training_hours_stand_by_year_and_those_short_of_the_norm_are_shaded() -> None:
    sheet = sheets("training_hours")[1]
    first, second = table(sheet)[:2]
    assert [first[f"各年度学时/{year}"] for year in range(2021, 2026)] == ["72.0"] * 5
    assert (first["五年合计"], first["是否完成"], cell(sheet, "五年合计").role) == ("360.0", "是", Role.plain)
    assert (second["五年合计"], second["是否完成"], second["尚缺学时"]) == ("100.0", "否", "260.0")
    assert cell(sheet, "五年合计", 1).role is Role.bad
    assert sum(row["是否完成"] == "是" for row in table(sheet)) == part_of_county("yz.2.9") == 1


def test_hours_of_a_school_that_handed_in_no_list_are_unknown_and_not_zero() -> None:
    silent = without(silent=(("training", NINE_YEAR),))
    row = next(row for row in table(sheets("training_hours", silent)[1]) if row["学校名称"] == "青岗学校")
    assert {row[head] for head in ("各年度学时/2025", "五年合计", "是否完成", "尚缺学时")} == {"缺数据"}
    assert "未报送“培训”的学校 1 所：青岗学校。" in sheets("training_hours", silent)[1].notes


def test_hours_that_another_school_listed_count_as_they_do_in_the_figure() -> None:
    elsewhere = [{"school_id": SENIOR, "teacher_id": "p-bob", "training_year": 2025, "hours": 260},
                 {"school_id": SENIOR, "teacher_id": "p-dee", "training_year": 2025, "hours": 72}]
    tables = {**TABLES, "training": [*TABLES["training"], *elsewhere]}
    context = context_of(draw(not_handed_in=[("training", NINE_YEAR)], **tables))
    rows = {(row["学校名称"], row["教师序号"]): row for row in table(sheets("training_hours", context)[1])}
    bob, dee = rows["白石小学", "2"], rows["青岗学校", "1"]
    assert (bob["五年合计"], bob["是否完成"]) == ("360.0", "是")
    assert [dee[head] for head in ("各年度学时/2024", "各年度学时/2025", "五年合计")] == ["缺数据", "72.0", "缺数据"]


def test_only_teachers_without_a_fitting_certificate_are_listed() -> None:
    rows = table(sheets("certificates")[1])
    assert [(row["学校名称"], row["问题"]) for row in rows] == [("白石小学", "无教师资格"), ("青岗学校", "小学教师资格任教初中")]
    assert [row["不符人数"] for row in totals(sheets("certificates")[0])] == ["1", "1"]


def test_a_certificate_that_nobody_entered_is_neither_fitting_nor_missing() -> None:
    blank = [{**row, "certificate_stage": None} if row["teacher_id"] == "p-ann" else row for row in TABLES["teachers"]]
    context = changed(teachers=blank)
    assert table(sheets("certificates", context)[1])[0]["问题"] == "资格种类未填"
    assert table(sheets("certificates", context)[0])[0]["资格相符教师数"] == "缺数据"


# --- rooms, classes, counts of children ---------------------------------------------------------------------------


def test_a_school_of_13_classes_needs_two_rooms_of_each_kind_and_a_small_one_does_not_count() -> None:
    row = table(sheets("special_rooms")[0])[0]
    assert [row[f"音乐教室（间）/{head}"] for head in ("应有", "达标在用", "缺")] == ["2", "1", "1"]
    assert found("yz.2.3.music", PRIMARY, "all").part == 1
    rooms = {(room["学校名称"], room["教室编号"]): room for room in table(sheets("special_rooms")[1])}
    assert rooms["白石小学", "M2"]["备注"] == "面积不足"
    assert rooms["白石小学", "A2"]["备注"] == "停用"
    assert sum(room["是否计入"] == "是" for room in rooms.values()) == 4


def test_rooms_are_not_known_where_the_school_handed_in_none() -> None:
    silent = without(silent=(("rooms", NINE_YEAR),))
    row = table(sheets("special_rooms", silent)[0])[1]
    assert [row[f"音乐教室（间）/{head}"] for head in ("应有", "达标在用", "缺")] == ["1", "缺数据", "缺数据"]
    assert totals(sheets("special_rooms", silent)[0])[0]["音乐教室（间）/达标在用"] == "缺数据"


def test_migrant_and_left_behind_children_are_counted_by_school_and_added_up() -> None:
    sheet = sheets("migrant_left_behind")[0]
    assert [row["随迁子女/人数"] for row in table(sheet)] == ["30", "12", "8"]
    whole = totals(sheet)[-1]
    assert [whole[head] for head in ("学段", "学生数", "随迁子女/人数", "留守儿童/人数")] == ["合计", "1,050", "50", "70"]
    assert any("50 人，占符合条件的 50 人的 100.00%，标准 ≥85%" in note for note in sheet.notes)


def test_disabled_children_are_counted_by_placement_and_the_rate_is_that_of_the_finding() -> None:
    sheet = sheets("disabled")[0]
    row = totals(sheet)[0]
    assert [row[f"安置方式/{head}"] for head in ("随班就读", "缓学", "未安置")] == ["2", "1", "1"]
    assert (row["合计"], row["入学率%"]) == ("4", "66.7")
    one = found("yz.3.2", "", "all")
    assert (one.part, one.whole) == (2, 3)
    # the ages that the rate asks for are only believed, so an official print gives no verdict
    assert any("66.67%" in note and UNCONFIRMED in note and "测算未达标" not in note for note in sheet.notes)
    assert sheet.notes[0] == "另有 1 人不在6至15周岁，未列入。"


def test_places_given_are_held_against_the_plan_of_the_good_senior_schools() -> None:
    sheet = sheets("quota_places")[0]
    assert table(sheet)[0] | {"招生计划数": "300", "分配名额数": "120", "分配比例%": "40.0"} == table(sheet)[0]
    assert cell(sheet, "分配比例%").role is Role.bad
    one = found("yz.2.14", "", "all")
    assert (one.part, one.whole, one.verdict) == (120, 300, Verdict.not_met)
    assert table(sheets("quota_places")[1])[0]["名额占毕业生%"] == "240.0"


def test_places_of_a_good_senior_school_that_handed_in_no_list_are_not_known() -> None:
    other = {"school_id": "3499010004", "name": "云溪二中", "kind": "senior", "quality_senior": True}
    tables = {**TABLES, "schools": [*TABLES["schools"], other]}
    said = {silent: table(sheets("quota_places", context_of(
        draw(not_handed_in=[("quota_places", "3499010004")] if silent else [], **tables)))[1])[0] for silent in (True, False)}
    heads = ("各高中分配名额/云溪一中", "各高中分配名额/云溪二中", "合计", "名额占毕业生%")
    assert [said[True][head] for head in heads] == ["120", "缺数据", "缺数据", "缺数据"]
    assert [said[False][head] for head in heads] == ["120", "—", "120", "240.0"]


def test_training_money_is_settled_money_by_the_budget_of_operating_funds() -> None:
    sheet = sheets("training_money")[0]
    row = table(sheet)[0]
    assert (row["决算占公用经费预算%"], row["是否达标"], row["尚缺金额"]) == ("4.00", "否", "5,000.00")
    assert cell(sheet, "决算占公用经费预算%").role is Role.bad
    assert totals(sheet)[0]["决算占公用经费预算%"] == "2.50"
    unsaid = changed(money=[row for row in TABLES["money"] if (row["school_id"], row.get("item")) != (NINE_YEAR, "training")])
    assert totals(sheets("training_money", unsaid)[0])[0]["决算占公用经费预算%"] == "缺数据"


# --- consistency --------------------------------------------------------------------------------------------------


def test_sources_that_say_the_same_differ_by_nothing_and_others_are_shaded() -> None:
    sheet = sheets("consistency")[1]
    rows = {(row["学校名称"], row["项目"]): row for row in table(sheet)}
    pupils = rows["白石小学", "学生数"]
    assert [pupils[source] for source in ("事业统计", "学籍", "教师系统", "资产账", "实地")] == ["600", "599", "—", "—", "598"]
    assert [pupils[head] for head in ("差异", "原因", "责任人", "更正日期")] == ["2", "转学未办", "周", "2025-10-09"]
    assert cell(sheet, "差异").role is Role.bad
    assert rows["白石小学", "骨干教师数"]["差异"] == "0"
    assert rows["白石小学", "教学仪器设备值"]["差异"] == "—", "one source alone differs from nothing"


def test_a_source_is_unknown_missing_or_not_counted_and_each_has_its_word() -> None:
    context = without("field_checks", silent=(("recognitions", NINE_YEAR),))
    rows = {(row["学校名称"], row["项目"]): row for row in table(sheets("consistency", context)[1])}
    assert rows["青岗学校", "骨干教师数"]["教师系统"] == "未报送"
    assert rows["青岗学校", "占地面积"]["事业统计"] == "缺数据"
    assert rows["青岗学校", "学生数"]["实地"] == "未报送"
    counted = {(row["学校名称"], row["项目"]): row for row in table(sheets("consistency")[1])}
    assert counted["青岗学校", "学生数"]["实地"] == "未核查"


def test_who_is_a_backbone_teacher_is_not_known_without_the_list_of_teachers() -> None:
    rows = {(row["学校名称"], row["项目"]): row for row in
            table(sheets("consistency", without(silent=(("teachers", NINE_YEAR),)))[1])}
    assert rows["青岗学校", "骨干教师数"]["教师系统"] == "未报送"
    unsure = changed(teachers=[{**row, "state": None} if row["teacher_id"] == "p-eve" else row for row in TABLES["teachers"]])
    rows = {(row["学校名称"], row["项目"]): row for row in table(sheets("consistency", unsure)[1])}
    assert rows["青岗学校", "骨干教师数"]["教师系统"] == "缺数据"


def test_the_rotation_roster_does_not_say_no_where_titles_were_not_handed_in() -> None:
    silent = without(silent=(("recognitions", PRIMARY),))
    assert {row["骨干教师"] for row in table(sheets("rotation", silent)[1])} == {"缺数据"}


def test_without_the_list_of_pupils_the_rolls_of_the_classes_speak_for_the_enrolment_records() -> None:
    rows = table(sheets("consistency", without("pupils"))[1])
    assert rows[0]["学籍"] == str(13 * 46)


def test_the_summary_counts_the_schools_that_agree() -> None:
    rows = {row["项目"]: row for row in table(sheets("consistency")[0])}
    assert [rows["学生数"][head] for head in ("学校数", "一致", "不一致")] == ["2", "0", "2"]
    assert rows["教学仪器设备值"]["不能核对"] == "2"


# --- years, bulletin, the old form --------------------------------------------------------------------------------


def test_three_years_stand_beside_each_other_and_a_spread_that_grows_is_named() -> None:
    level = [{**row, "equipment_10k_yuan": 30 if row["school_id"] == PRIMARY else 22.5} for row in TABLES["assets"]]
    before = result_of(draw(year=2024, **{**TABLES, "assets": level}))
    sheet = sheets("monitoring", context_of(draw(**TABLES), {2024: before}))[0]
    row = next(row for row in table(sheet) if row["项目"].startswith("1.6 教学仪器设备") and row["学段"] == "小学")
    assert (row["县级数值/2023年"], row["县级数值/2024年"], row["县级数值/2025年"]) == ("缺数据", "0.000", "0.836")
    assert (row["比上年增减"], row["备注"]) == ("0.836", "差异系数回升")
    assert any("2023" in note for note in sheet.notes)


def test_a_share_is_printed_as_per_cent_and_schools_as_how_many_of_how_many() -> None:
    rows = {(row["项目"], row["学段"]): row for row in table(sheets("monitoring")[0])}
    assert rows["2.9 教师培训完成率", "小学"]["县级数值/2025年"] == "33.33%"
    assert rows["2.4 学校规模（人）", "总体"]["县级数值/2025年"] == "2/2"
    assert [rows["2.11 交流轮岗教师比例", "总体"][head] for head in ("县级数值/2025年", "标准")] == ["33.33%", "待确认"]


def test_a_document_without_a_number_is_told_by_what_it_says() -> None:
    rows = {row["项目"]: row for row in table(sheets("monitoring")[0])}
    veto = rows["一票否决事项自查"]
    assert [veto[head] for head in ("县级数值/2024年", "县级数值/2025年", "比上年增减")] == ["缺数据", "是", "—"]
    assert rows["2.1 学校规划布局合理"]["县级数值/2025年"] == "待佐证"


def test_the_bulletin_counts_schools_short_and_compares_with_last_year() -> None:
    fewer = [row for row in TABLES["rooms"] if row["school_id"] == PRIMARY]
    before = result_of(draw(year=2024, **{**TABLES, "rooms": fewer}))
    made = sheets("bulletin", context_of(draw(**TABLES), {2024: before}))
    row = next(row for row in table(made[1]) if row["未达标项目"] == "2.3 音乐、美术专用教室")
    assert [row[head] for head in ("2024年", "2025年", "比上年增减", "未达标学校")] == ["0/2", "1/2", "1", "1"]
    assert any("至少一项未达标的学校 2 所" in sentence for sentence in made[0].text)
    assert table(made[0])[0]["2024年测算结论"] == "测算未达标"


def test_the_bulletin_gives_no_verdict_on_a_spread_whose_rule_is_not_confirmed() -> None:
    point = {"school_id": "2199010009", "name": "岭上教学点", "kind": "teaching_point", "managing_school_id": PRIMARY}
    context = changed(schools=[*TABLES["schools"], point],
                      school_stages=[*TABLES["school_stages"], {"school_id": "2199010009", "pupils": 20}])
    text = "".join(sheets("bulletin", context)[0].text)
    assert re.search(r"差异系数超过标准的有 0 项。另有 \d+ 项所依据的规定待确认，不列结论", text)


def test_the_largest_gaps_begin_with_the_least_share_of_the_limit() -> None:
    shares = [float(row["占标准%"]) for row in table(sheets("bulletin")[2])]
    assert shares == sorted(shares)
    assert len(shares) > 5


def test_the_old_form_fills_in_what_the_register_yields_and_says_what_it_does_not() -> None:
    made = {sheet.name: sheet for sheet in sheets("basic_2012")}
    assert list(made) == ["Ⅰ 基本情况", "Ⅱ-1 小学", "Ⅱ-2 初中", "Ⅲ 校际均衡", "Ⅳ 推进工作", "Ⅴ 经费", "Ⅵ 满意度", "Ⅶ 措施成效"]
    basics = {row["项目"]: row for row in table(made["Ⅰ 基本情况"])}
    assert basics["在校生数（人）"]["合计"] == "1,050", "the senior school is not of this form"
    assert basics["常住人口（人）"]["合计"] == "未掌握"
    assert basics["其中学龄人口（各年龄合计，人）"]["合计"] == "8,200"
    assert basics["学校占地面积（㎡）"]["合计"] == "未掌握", "one school did not say"
    money = {row["项目"]: row for row in table(made["Ⅴ 经费"])}
    assert list(money["一般公共预算教育支出"].values())[1:] == ["未掌握", "未掌握", "52,000.00"]
    assert {row["满意度%"] for row in table(made["Ⅵ 满意度"])} == {"未掌握"}
    assert totals(made["Ⅳ 推进工作"])[0]["得分"] == "93.0"


@pytest.mark.parametrize(("rows", "silent", "said"), [
    ([{"school_id": NINE_YEAR, "land_m2": 2000}], False, "10,000"), ([], False, "8,000"), ([], True, "未掌握"),
    ([{"school_id": NINE_YEAR, "land_m2": 2000, "standing": None}], False, "未掌握")])
def test_the_land_of_the_old_form_is_known_when_every_school_handed_in_its_grounds(
        rows: list[dict[str, object]], silent: bool, said: str) -> None:
    tables = {**TABLES, "sites": [{"school_id": PRIMARY, "land_m2": 8000}, *rows]}
    context = context_of(draw(not_handed_in=[("sites", NINE_YEAR)] if silent else [], **tables))
    basics = {row["项目"]: row for row in table(sheets("basic_2012", context)[0])}
    assert basics["学校占地面积（㎡）"]["合计"] == said


def test_the_old_form_fills_in_1_where_a_document_attests_the_province_s_standard() -> None:
    assert {row["综合达标"] for row in table(sheets("basic_2012")[1])} == {"1"}
    unproven = changed(evidence=[row for row in TABLES["evidence"] if row["item"] != "jb.gate"])
    assert {row["综合达标"] for row in table(sheets("basic_2012", unproven)[1])} == {"未掌握"}


def test_the_veto_paper_lists_matters_and_the_documents_that_speak_of_them() -> None:
    matters, documents = sheets("veto")
    assert len(matters.rows) == 6
    assert [row["规定"] for row in table(matters)] == ["教督〔2017〕6号"] * 3 + ["待确认"] * 3
    assert totals(matters)[0]["有无发生"] == "测算达标"
    assert list(table(documents)[0].values())[1:5] == ["自查报告", "云政〔2025〕3号", "—", "2025-06-30"]


def test_without_a_document_the_veto_paper_waits_for_one() -> None:
    matters, documents = sheets("veto", changed(evidence=[]))
    assert totals(matters)[0]["有无发生"] == "待提供佐证"
    assert documents.text == ("没有登记一票否决事项的佐证材料。",)


def test_equal_contexts_give_equal_bytes() -> None:
    assert docx.paper_bytes(paper("rotation", county())) == docx.paper_bytes(paper("rotation", context_of(draw(**TABLES))))
