"""校级资源配置达标情况表 of one stage: every school with its seven items; whole for a page, in two prints for paper."""

from __future__ import annotations

from collections.abc import Iterable

from junheng.indicators.forms import cells
from junheng.indicators.forms.facts import CountyFacts, SchoolRow
from junheng.indicators.forms.layout import (
    ALL_SEVEN,
    CLASSES,
    CODE,
    KIND,
    NAME,
    NO_STAGE,
    NUMBER,
    PUPILS,
    RUN_BY,
    SEVEN,
    URBAN_RURAL,
    item_head,
    part_of,
    pupils,
    pupils_cell,
    school_cells,
    sheet,
    short_name,
    stage_word,
)
from junheng.kernel.codes import Verdict
from junheng.kernel.findings import Finding
from junheng.paper.sheets import Cell, Column, Role, Row, Sheet

EQUIPMENT = "yz.1.6"
WIDTHS = {"yz.1.4": (10.0, 6.5), "yz.1.5": (10.0, 6.5), EQUIPMENT: (9.5, 8.0)}  # of the total and the value
YUAN = 10_000  # of 万元, the unit of the asset account
WHO, FIRST, AFTER = 8, 3, 4  # columns that say which school it is; items of teachers; columns of an item


def school_form(facts: CountyFacts, stage: str) -> Sheet | None:
    """Form 1 of one stage: every school that the resource standard asks, with its seven items."""
    schools = facts.judged((*SEVEN, ALL_SEVEN), stage)
    if not schools:
        return None
    rows = (_school(facts, stage, number, school) for number, school in enumerate(schools, start=1))
    word = stage_word(stage)
    return sheet(
        facts,
        f"表1 校级达标（{word}）",
        f"校级资源配置达标情况表（{word}）",
        _columns(facts, stage),
        rows,
        totals=(_county(facts, stage, schools),),
        notes=_left_out(facts, stage, schools),
        paper="A3",
    )


def school_prints(facts: CountyFacts, stage: str) -> tuple[Sheet, ...]:
    """The same in two prints of a size that can be read: the three items of teachers, the four of buildings and equipment."""
    whole = school_form(facts, stage)
    if whole is None:
        return ()
    word, end = stage_word(stage), WHO + FIRST * AFTER
    return (
        part_of(whole, f"表1-1 教师（{word}）", f"{whole.title}之一：教师", range(end)),
        part_of(whole, f"表1-2 校舍设备（{word}）", f"{whole.title}之二：校舍与设备",
                (0, 1, WHO - 2, *range(end, len(whole.columns))), "A3"),
    )


def _columns(facts: CountyFacts, stage: str) -> tuple[Column, ...]:
    items = (column for item in SEVEN for column in _item_columns(facts, item, stage))
    return (
        NUMBER,
        NAME,
        CODE,
        KIND,
        RUN_BY,
        URBAN_RURAL,
        PUPILS,
        CLASSES,
        *items,
        Column(("达标项数",), 5.5),
        Column(("最低项占标准%",), 7),
        Column(("综合是否达标",), 11, "center"),
        Column(("备注",), 24, "left"),
    )


def _item_columns(facts: CountyFacts, item: str, stage: str) -> tuple[Column, ...]:
    head, raw = item_head(facts, item), "原始数（万元）" if item == EQUIPMENT else "原始数"
    limits = {cells.limit(one).text for school in facts.schools if (one := facts.school(item, stage, school.school_id))}
    brief = (short_name(item), f"≥{limits.pop()}" if len(limits) == 1 else "值")
    wide, narrow = WIDTHS.get(item, (6.5, 6.5))
    return (
        Column((head, raw), wide, detail=True),
        Column((head, "值"), narrow, brief=brief),
        Column((head, "标准"), 5, detail=True),
        Column((head, "是否达标"), 5, "center", detail=True),
    )


def _school(facts: CountyFacts, stage: str, number: int, school: SchoolRow) -> Row:
    found = [facts.school(item, stage, school.school_id) for item in SEVEN]
    whole = facts.school(ALL_SEVEN, stage, school.school_id)
    return (
        Cell(number),
        *school_cells(school),
        Cell(school.run_by),
        Cell(school.urban_rural),
        pupils_cell(school, stage),
        cells.number(school.stages.get(stage, NO_STAGE).classes),
        *(cell for one in found for cell in (_raw(one), cells.value(facts, one), cells.limit(one), cells.verdict(one))),
        _met_items(whole),
        _lowest(found, whole),
        cells.whole_verdict(whole),
        Cell(cells.remarks(one for one in (*found, whole) if one)),
    )


def _raw(one: Finding | None) -> Cell:
    part = one.part if one else None
    if part is not None and one and one.item == EQUIPMENT:
        return Cell(part / YUAN, places=2)
    return cells.count(part)


def _met_items(whole: Finding | None) -> Cell:
    if whole and whole.value is None and whole.lower is not None and whole.upper is not None:
        return Cell(f"{whole.lower}–{whole.upper}", Role.unknown)
    return cells.number(whole.value if whole else None, 0, _failing(whole))


def _lowest(found: list[Finding | None], whole: Finding | None) -> Cell:
    known = [share for share in map(cells.of_limit, found) if share is not None]
    return cells.number(min(known) if len(known) == len(found) else None, 1, _failing(whole))


def _failing(whole: Finding | None) -> Role:
    return Role.bad if whole and whole.verdict is Verdict.not_met else Role.plain


def _county(facts: CountyFacts, stage: str, schools: list[SchoolRow]) -> Row:
    """The county's own line: totals, the means behind the spreads, how many schools meet the standard."""
    found = [facts.county(item, stage) for item in SEVEN]
    whole = facts.county(ALL_SEVEN, stage)
    items = (cell for one in found for cell in (_raw(one), cells.value(facts, one, Role.plain), Cell(), Cell()))
    return (
        Cell(),
        Cell("全县合计（均值）"),
        Cell(),
        Cell(),
        Cell(),
        Cell(),
        _sum(pupils(each, stage) for each in schools),
        _sum(each.stages.get(stage, NO_STAGE).classes for each in schools),
        *items,
        Cell(),
        Cell(),
        cells.schools_met(facts, whole) if whole else Cell(cells.MISSING, Role.unknown),
        Cell(),
    )


def _sum(numbers: Iterable[int | None]) -> Cell:
    counted = list(numbers)
    known = [each for each in counted if each is not None]
    return cells.number(sum(known) if len(known) == len(counted) else None)


def _left_out(facts: CountyFacts, stage: str, schools: list[SchoolRow]) -> tuple[str, ...]:
    shown = {school.school_id for school in schools}
    others = [one for one in facts.schools if stage in one.stages and one.school_id not in shown]
    with_pupils = [one for one in others if one.stages[stage].pupils != 0]
    who = f"另有 {len(with_pupils)} 个有{stage_word(stage)}学生的学校（点）"
    return (f"{who}不在资源配置评价范围内（如不足50人的教学点），未列入本表。",) if with_pupils else ()
