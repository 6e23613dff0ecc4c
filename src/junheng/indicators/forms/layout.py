"""What all forms have in common: names of items, columns, the lines above a table and the notes below it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from junheng.indicators import units
from junheng.indicators.forms import cells
from junheng.indicators.forms.cells import BELIEVED, STAGES, UNCONFIRMED, number, short
from junheng.indicators.forms.facts import CountyFacts, SchoolRow, StageRow
from junheng.indicators.items import basic_balance, resources
from junheng.paper.sheets import Cell, Column, Role, Row, Sheet

CAVEAT = "本结果为依据现有数据的测算，不代表督导评估认定结论"
SEVEN, ALL_SEVEN, EIGHT = resources.SEVEN, resources.ALL_SEVEN, basic_balance.EIGHT
SIZE = "yz.2.4"
PARTS, STAGE_ORDER = units.STAGES, units.STAGE_ORDER
SHORT_NAMES = {
    "yz.1.1": "高于规定学历教师",
    "yz.1.2": "骨干教师",
    "yz.1.3": "体育艺术教师",
    "yz.1.4": "教学及辅助用房",
    "yz.1.5": "体育运动场馆",
    "yz.1.6": "教学仪器设备",
    "yz.1.7": "网络多媒体教室",
}
NO_STAGE = StageRow(None, None)

NUMBER = Column(("序号",), 5, "center")
NAME = Column(("学校名称",), 21, "left")
CODE = Column(("标识码",), 11.5, "center")
KIND = Column(("办学类型",), 13, "left")
RUN_BY = Column(("举办者",), 11.5, "left")
URBAN_RURAL = Column(("城乡",), 9, "left")
TOWNSHIP = Column(("乡镇",), 10, "left")
STAGE = Column(("学段",), 5.5, "center")
PUPILS = Column(("学生数",), 7)
CLASSES = Column(("班数",), 5.5)


def school_year(year: int) -> str:
    return f"{year}—{year + 1}学年"


def sheet(
    facts: CountyFacts,
    name: str,
    title: str,
    columns: tuple[Column, ...],
    rows: Iterable[Row],
    *,
    totals: tuple[Row, ...] = (),
    notes: tuple[str, ...] = (),
    fixed: int = 2,
    paper: Literal["A3", "A4"] = "A4",
    text: tuple[str, ...] = (),
    unit: str = "",
) -> Sheet:
    """A sheet with the lines every print carries: county, year, snapshot, the caveat, what shades mean."""
    made = tuple(rows)
    year = f"{school_year(facts.year)}（{facts.year}年9月1日）"
    above = f"{facts.name}（{facts.code}）　　{year}　　数据版本：{facts.snapshot}"
    below = (*notes, *_meanings((*made, *totals)))
    return Sheet(name, title, columns, made, totals, (above, CAVEAT), below, fixed, paper, text, unit)


def part_of(whole: Sheet, name: str, title: str, columns: Iterable[int], paper: Literal["A3", "A4"] = "A4") -> Sheet:
    """Some columns of a sheet as a sheet of its own, where all of them would print too small."""
    kept = tuple(columns)

    def narrowed(rows: tuple[Row, ...]) -> tuple[Row, ...]:
        return tuple(tuple(row[number] for number in kept) for row in rows)

    return replace(whole, name=name, title=title, columns=tuple(whole.columns[number] for number in kept),
                   rows=narrowed(whole.rows), totals=narrowed(whole.totals), paper=paper)


def _meanings(rows: Iterable[Row]) -> tuple[str, ...]:
    shown = [cell for row in rows for cell in row]
    roles = {cell.role for cell in shown}
    words = {cell.shown for cell in shown if isinstance(cell.shown, str)}
    told = (
        (Role.bad in roles, "红底：未达标。"),
        (Role.unknown in roles, "灰色斜纹“缺数据”：所需数据未报送或不全，不作零处理。"),
        (UNCONFIRMED in words, f"“{UNCONFIRMED}”：所依据的规定尚未核对原文，确认前正式报表不列标准和结论。"),
        (any(cell.mark == BELIEVED for cell in shown), f"{BELIEVED} 标准值待确认：确认前不用于正式报表。"),
    )
    return tuple(words for true, words in told if true)


def school_cells(school: SchoolRow) -> Row:
    """NAME, CODE, KIND."""
    return (Cell(school.name), Cell(school.school_id), Cell(school.kind))


def pupils(school: SchoolRow, stage: str) -> int | None:
    """Pupils of the stage; of `all`, of primary and junior together, unknown when one of them is."""
    if stage != "all":
        return school.stages.get(stage, NO_STAGE).pupils
    counted = [school.stages[part].pupils for part in PARTS if part in school.stages]
    known = [each for each in counted if each is not None]
    return sum(known) if counted and len(known) == len(counted) else None


def pupils_cell(school: SchoolRow, stage: str) -> Cell:
    return number(pupils(school, stage))


def stage_word(stage: str, whole: str = "总体") -> str:
    return STAGES.get(stage, whole)


def item_name(facts: CountyFacts, item: str) -> str:
    """An item by its number in the paper and its name: 1.4 生均教学及辅助用房面积."""
    found = facts.titles.get(item)
    return f"{short(item)} {found.zh}".strip() if found else item


def short_name(item: str) -> str:
    """One of the seven where there is little room: 1.4 教学及辅助用房."""
    return f"{short(item)} {SHORT_NAMES[item]}"


def item_head(facts: CountyFacts, item: str) -> str:
    """The same with its unit, as the head of a column."""
    found = facts.titles.get(item)
    return f"{item_name(facts, item)}（{cells.unit(found.unit)}）" if found and found.unit else item_name(facts, item)
