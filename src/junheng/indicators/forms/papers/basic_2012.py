"""县域义务教育均衡发展督导评估 (2012) tables Ⅰ to Ⅶ, as far as a register yields them; what it does not is 未掌握, never 0."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from junheng.indicators.forms import cells
from junheng.indicators.forms.facts import SchoolRow
from junheng.indicators.forms.layout import CODE, EIGHT, NAME, NUMBER, PARTS, PUPILS, item_head, pupils_cell, sheet, stage_word
from junheng.indicators.forms.papers.context import FormContext
from junheng.indicators.forms.spreads import basic_spread_form
from junheng.kernel.codes import Level, Verdict
from junheng.paper.sheets import Cell, Column, Number, Role, Row, Sheet
from junheng.register.codes import USABLE

UNHELD = "未掌握"
GATE, SCORE = "jb.gate", "jb.score"
NOTE = "“未掌握”：登记的数据中没有这一项，由填表人依据有关材料另行填写，不作零处理。"
WORK = (("入学机会", 4), ("保障机制", 4), ("教师队伍", 4), ("质量与管理", 5))
PEOPLE = ("学生家长", "教师", "校长", "人大代表", "政协委员", "其他群众")
MEASURES = ("推进均衡发展的主要措施", "取得的主要成效", "存在的主要问题", "下一步改进措施")
MONEY = (
    ("一般公共预算支出", "general_budget_10k_yuan"),
    ("一般公共预算教育支出", "education_budget_10k_yuan"),
    ("财政性教育经费", "fiscal_education_10k_yuan"),
    ("财政经常性收入", "recurrent_revenue_10k_yuan"),
    ("教师工资总额", "teacher_pay_10k_yuan"),
    ("财政教师培训经费", "training_budget_10k_yuan"),
    ("教育费附加", "surcharge_10k_yuan"),
)
STAGE_COUNTS = (
    ("在校生数（人）", "pupils"),
    ("教学班数（班）", "classes"),
    ("专任教师数（人）", "full_time_teachers"),
    ("寄宿生数（人）", "boarders"),
    ("随迁子女数（人）", "migrant_pupils"),
    ("留守儿童数（人）", "left_behind_pupils"),
    ("招生数（人）", "entrants"),
    ("毕业生数（人）", "graduates"),
)


def basic_2012(context: FormContext) -> list[Sheet]:
    """Tables Ⅰ to Ⅶ; private schools, those of other levels and teaching points are left out, as the form asks."""
    spread = basic_spread_form(context.facts)
    schools = [made for number, stage in enumerate(PARTS, start=1) if (made := _schools(context, stage, number))]
    named = [_renamed(spread)] if spread else []
    return [_basics(context), *schools, *named, _work(context), _money(context), _satisfaction(context), _measures(context)]


def _renamed(spread: Sheet) -> Sheet:
    return replace(spread, name="Ⅲ 校际均衡", title="表Ⅲ　义务教育校际均衡状况")


def unheld() -> Cell:
    return Cell(UNHELD, Role.quiet)


def held(value: Number | None, places: int = 0) -> Cell:
    return unheld() if value is None else Cell(value, places=places)


def _basics(context: FormContext) -> Sheet:
    columns = (Column(("项目",), 40, "left"), *(Column((stage_word(stage),), 16) for stage in PARTS), Column(("合计",), 16))
    rows = [
        _kinds(context), *(_stage_counts(context, name, column) for name, column in STAGE_COUNTS),
        _whole("校舍建筑面积（㎡）", _sites(context, "floor_area_m2")), _whole("学校占地面积（㎡）", _sites(context, "land_m2")),
        _whole("图书册数（册）", _assets(context, "books")), _whole("计算机台数（台）", _assets(context, "terminals")),
        _whole("教学仪器设备值（万元）", _assets(context, "equipment_10k_yuan")),
        _whole("乡镇（街道）数（个）", _divisions(context, "township")),
        _whole("行政村（社区）数（个）", _divisions(context, "village")),
        _whole("常住人口（人）", None), _whole("其中学龄人口（各年龄合计，人）", _of_school_age(context)),
    ]
    return sheet(context.facts, "Ⅰ 基本情况", "表Ⅰ　县（市、区）基本情况", columns, rows, notes=(NOTE,), fixed=1)


def _scope(context: FormContext) -> list[SchoolRow]:
    """The schools of the 2012 form: those with a figure of it in any stage, in the order of every table."""
    return [school for school in context.facts.schools if any(
        context.facts.school(item, stage, school.school_id) for item in EIGHT for stage in PARTS)]


def _kinds(context: FormContext) -> Row:
    many = [sum(stage in school.stages for school in _scope(context)) for stage in PARTS]
    return (Cell("学校数（所，一贯制学校按学段各计）"), *map(Cell, many), Cell(len(_scope(context))))


def _stage_counts(context: FormContext, name: str, column: str) -> Row:
    counts = []
    for stage in PARTS:
        values = [row.get(column) for school in _scope(context) for row in context.rows("school_stages", school.school_id)
                  if row["stage"] == stage]
        counts.append(_sum(values))
    return (Cell(name), *map(held, counts), held(_sum(counts)))


def _sum(values: Iterable[Number | None]) -> Number | None:
    known = list(values)
    return None if not known or None in known else sum((Fraction(each) for each in known if each is not None), Fraction(0))


def _whole(name: str, value: Number | None) -> Row:
    quiet = Cell("—", Role.quiet)
    places = 0 if value is None or Fraction(value).denominator == 1 else 2
    return (Cell(name), quiet, quiet, held(value, places))


def _sites(context: FormContext, column: str) -> Number | None:
    """What the schools own or use alone; unknown while a school has not handed in its sheet or says not whose it is."""
    schools = [school.school_id for school in _scope(context)]
    held = [row for school in schools for row in context.rows("sites", school)]
    if not all(context.gave("sites", school) for school in schools) or any(row["standing"] is None for row in held):
        return None
    return _sum(row[column] for row in held if row["standing"] in USABLE)


def _assets(context: FormContext, column: str) -> Number | None:
    rows = [context.rows("assets", school.school_id) for school in _scope(context)]
    return _sum(held[0][column] if held else None for held in rows)


def _divisions(context: FormContext, level: str) -> int | None:
    if not context.has("places"):
        return None
    below = [row for row in context.places.by_code.values()
             if row["level"] == level and context.places.groups(row["place_code"], "").get(Level.county) == context.facts.code]
    return len(below) or None


def _of_school_age(context: FormContext) -> Number | None:
    """Residents of the ages that were entered; the register counts nobody beyond those of school."""
    return _sum(row["people"] for row in context.county_rows("population") if row["basis"] == "resident")


def _schools(context: FormContext, stage: str, number: int) -> Sheet | None:
    schools = context.facts.judged(EIGHT, stage)
    if not schools:
        return None
    columns = (
        NUMBER, NAME, CODE, PUPILS,
        *(Column((item_head(context.facts, item),), 11) for item in EIGHT),
        Column(("综合达标",), 8, "center"),
    )
    rows = [_school(context, stage, place, school) for place, school in enumerate(schools, start=1)]
    word = stage_word(stage)
    notes = (
        "综合达标：达到填“1”。依据“每所学校达到省定办学基本标准”的佐证材料填列；材料没有或说未达到的，逐校情况未掌握。",
        "不含民办学校，省、市、高校和企业举办的学校，教学点。",
        NOTE,
    )
    return sheet(context.facts, f"Ⅱ-{number} {word}", f"表Ⅱ-{number}　{word}办学基本标准达标情况", columns, rows,
                 totals=(_county(context, stage, schools),), notes=notes)


def _school(context: FormContext, stage: str, number: int, school: SchoolRow) -> Row:
    found = [context.facts.school(item, stage, school.school_id) for item in EIGHT]
    return (Cell(number), Cell(school.name), Cell(school.school_id), pupils_cell(school, stage),
            *(cells.value(context.facts, one) for one in found), _gate(context))


def _gate(context: FormContext) -> Cell:
    """1 where a document says that every school meets the province's standard; a document that says no names no school."""
    said = context.facts.county(GATE, "all")
    return Cell("1") if said and said.verdict is Verdict.met else unheld()


def _county(context: FormContext, stage: str, schools: list[SchoolRow]) -> Row:
    values = (cells.value(context.facts, context.facts.county(item, stage), Role.plain) for item in EIGHT)
    pupils = cells.total(pupils_cell(school, stage) for school in schools)
    return (Cell(), Cell("全县合计（均值）"), Cell(), pupils, *values, Cell())


def _work(context: FormContext) -> Sheet:
    columns = (Column(("方面",), 40, "left"), Column(("指标数",), 14), Column(("得分",), 20, "center"),
               Column(("备注",), 50, "left"))
    rows = [(Cell(name), Cell(many), unheld(), Cell()) for name, many in WORK]
    said = context.facts.county(SCORE, "all")
    score = unheld() if said is None or said.value is None else Cell(said.value, places=1)
    remark = "依据登记的评分材料" if said and said.value is not None else ""
    total = (Cell("合计（100分）"), Cell(sum(many for _, many in WORK)), score, Cell(remark))
    return sheet(context.facts, "Ⅳ 推进工作", "表Ⅳ　县级人民政府推进义务教育均衡发展工作评估", columns, rows, totals=(total,),
                 notes=("指标数待确认：所依据的规定尚未核对原文。", NOTE), fixed=1)


def _money(context: FormContext) -> Sheet:
    years = range(context.facts.year - 3, context.facts.year)
    columns = (Column(("项目",), 44, "left"), *(Column((f"{year}年（财政年度）",), 18) for year in years))
    rows_of = {row["calendar_year"]: row for row in context.county_rows("county_years")}
    rows = [(Cell(name), *(held(rows_of.get(year, {}).get(column), 2) for year in years)) for name, column in MONEY]
    return sheet(context.facts, "Ⅴ 经费", "表Ⅴ　义务教育经费保障情况", columns, rows, notes=(NOTE,), unit="万元", fixed=1)


def _satisfaction(context: FormContext) -> Sheet:
    columns = (Column(("调查对象",), 30, "left"), Column(("发放问卷数",), 16, "center"), Column(("回收问卷数",), 16, "center"),
               Column(("满意度%",), 16, "center"))
    rows = [(Cell(who), unheld(), unheld(), unheld()) for who in (*PEOPLE, "总体")]
    return sheet(context.facts, "Ⅵ 满意度", "表Ⅵ　公众对本县义务教育均衡发展的满意度", columns, rows, notes=(NOTE,), fixed=1)


def _measures(context: FormContext) -> Sheet:
    columns = (Column(("内容",), 36, "left"), Column(("说明",), 110, "left"))
    rows = [(Cell(name), unheld()) for name in MEASURES]
    return sheet(context.facts, "Ⅶ 措施成效", "表Ⅶ　推进义务教育均衡发展的措施与成效", columns, rows, notes=(NOTE,), fixed=1)
