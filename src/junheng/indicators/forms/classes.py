"""班额统计表 and the list of schools over the size limit."""

from __future__ import annotations

from fractions import Fraction

from junheng.indicators.forms import cells
from junheng.indicators.forms.facts import CountyFacts, SchoolRow
from junheng.indicators.forms.layout import (
    CODE,
    KIND,
    NAME,
    NO_STAGE,
    NUMBER,
    PARTS,
    PUPILS,
    SIZE,
    STAGE,
    TOWNSHIP,
    URBAN_RURAL,
    pupils,
    pupils_cell,
    school_cells,
    sheet,
    stage_word,
)
from junheng.kernel.codes import Verdict
from junheng.kernel.findings import Finding
from junheng.paper.sheets import Cell, Column, Role, Row, Sheet

BANDS = ("≤25", "26–30", "31–35", "36–40", "41–45", "46–50", "51–55", "56–60", "61–65", "≥66")
BAND_ITEMS = tuple(f"st.bands.{number}" for number in range(1, 11))
LARGE, EXTRA_LARGE, NORM = "st.big", "st.xbig", "yz.2.5"


def class_table(facts: CountyFacts) -> Sheet | None:
    """Form 8's class table: classes of every school and stage by band, large ones, the largest."""
    units = [(stage, school) for stage in PARTS for school in facts.judged((*BAND_ITEMS, LARGE, EXTRA_LARGE), stage)]
    if not units:
        return None
    rows = (_school(facts, number, stage, school) for number, (stage, school) in enumerate(units, start=1))
    totals = tuple(_county(facts, stage) for stage in PARTS if facts.county(LARGE, stage))
    note = (
        "普通班，9月1日在籍人数；大班额为56人及以上，超大班额为66人及以上。"
        "最大班额红底：有班级超过标准班额（小学45人、初中50人）。"
    )
    return sheet(facts, "表8 班额统计", "班额统计表", _columns(), rows, totals=totals, notes=(note,))


def _columns() -> tuple[Column, ...]:
    bands = tuple(Column(("各班额段班数", band), 6) for band in BANDS)
    return (
        NUMBER,
        NAME,
        CODE,
        KIND,
        URBAN_RURAL,
        STAGE,
        PUPILS,
        Column(("普通班数",), 6),
        *bands,
        Column(("大班额", "班数"), 6),
        Column(("大班额", "占比%"), 7),
        Column(("超大班额", "班数"), 6),
        Column(("超大班额", "占比%"), 7),
        Column(("最大班额",), 7),
    )


def _school(facts: CountyFacts, number: int, stage: str, school: SchoolRow) -> Row:
    found = {item: facts.school(item, stage, school.school_id) for item in (*BAND_ITEMS, LARGE, EXTRA_LARGE, NORM)}
    largest = school.stages.get(stage, NO_STAGE).largest_class
    return (
        Cell(number),
        *school_cells(school),
        Cell(school.urban_rural),
        Cell(stage_word(stage)),
        pupils_cell(school, stage),
        *_counts(found),
        cells.number(largest, role=_fails(found[NORM])),
    )


def _county(facts: CountyFacts, stage: str) -> Row:
    found = {item: facts.county(item, stage) for item in (*BAND_ITEMS, LARGE, EXTRA_LARGE, NORM)}
    sizes = [school.stages[stage] for school in facts.judged(BAND_ITEMS, stage) if stage in school.stages]
    pupils = [each.pupils for each in sizes if each.pupils is not None]
    largest = [each.largest_class for each in sizes if each.largest_class is not None]
    return (
        Cell(),
        Cell("全县合计"),
        Cell(),
        Cell(),
        Cell(),
        Cell(stage_word(stage)),
        cells.number(sum(pupils) if len(pupils) == len(sizes) else None),
        *_counts(found),
        cells.number(max(largest) if largest and len(largest) == len(sizes) else None),
    )


def _counts(found: dict[str, Finding | None]) -> Row:
    classes = next((one.whole for one in found.values() if one and one.whole is not None), None)
    return (
        cells.count(classes),
        *(_classes_in(found[item]) for item in BAND_ITEMS),
        *_large(found[LARGE]),
        *_large(found[EXTRA_LARGE]),
    )


def _classes_in(band: Finding | None) -> Cell:
    many = _part(band)
    return cells.count(many, Role.quiet if many == 0 else Role.plain)


def _part(one: Finding | None) -> Fraction | None:
    return one.part if one else None


def _large(one: Finding | None) -> Row:
    many = _part(one)
    role = Role.bad if many else Role.quiet
    share = None if one is None or one.value is None else 100 * Fraction(one.value)
    return (cells.count(many, role), cells.number(share, 1, role))


def _fails(one: Finding | None) -> Role:
    return Role.bad if one and one.verdict is Verdict.not_met else Role.plain


def oversize_list(facts: CountyFacts) -> Sheet | None:
    """超规模学校: schools over the size limit, and those whose size is unknown."""
    judged = [(school, one) for school in facts.schools if (one := facts.school(SIZE, "all", school.school_id))]
    if not judged:
        return None
    listed = [(school, one) for school, one in judged if one.verdict is not Verdict.met]
    columns = (
        NUMBER,
        NAME,
        CODE,
        KIND,
        TOWNSHIP,
        URBAN_RURAL,
        Column(("小学学生数",), 9),
        Column(("初中学生数",), 9),
        Column((f"义务教育阶段{PUPILS.heads[0]}",), 11),
        Column(("规模标准（≤）",), 9),
        Column(("超出人数",), 9),
        Column(("超出%",), 8),
        Column(("是否达标",), 9, "center"),
    )
    rows = (_oversize(number, school, one) for number, (school, one) in enumerate(listed, start=1))
    note = f"共测算 {len(judged)} 所学校，列出超过规模标准或缺数据的 {len(listed)} 所。"
    return sheet(facts, "超规模学校", "超规模学校一览表", columns, rows, notes=(note,))


def _oversize(number: int, school: SchoolRow, one: Finding) -> Row:
    over = None if one.value is None or one.limit is None else Fraction(one.value) - one.limit
    share = None if over is None or not one.limit else 100 * over / one.limit
    return (
        Cell(number),
        *school_cells(school),
        Cell(school.township),
        Cell(school.urban_rural),
        *(_of_part(school, part) for part in PARTS),
        cells.number(one.value, 0, _fails(one)),
        cells.limit(one),
        cells.number(over),
        cells.number(share, 1),
        cells.verdict(one),
    )


def _of_part(school: SchoolRow, part: str) -> Cell:
    return cells.number(pupils(school, part)) if part in school.stages else Cell("—", Role.quiet)
