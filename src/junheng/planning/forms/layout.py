"""What all sheets of a plan have in common: the marking, whose plan it is, the caveat, what shades mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from junheng.indicators.forms.layout import CAVEAT
from junheng.paper.sheets import Cell, Column, Role, Row, Sheet
from junheng.planning.forms.facts import PlanFacts
from junheng.planning.plan import ADVICE

COUNTY = Column(("县区",), 9, "left")
NOTHING = "无。"
MEANINGS = ((Role.bad, "红底：未达到标准。"), (Role.unknown, "灰色斜纹：缺数据，没有规划，也不作零处理。"))


def sheet(
    facts: PlanFacts,
    name: str,
    title: str,
    columns: Iterable[Column],
    rows: Iterable[Row],
    *,
    totals: tuple[Row, ...] = (),
    notes: tuple[str, ...] = (),
    fixed: int = 2,
    paper: Literal["A3", "A4"] = "A4",
    text: tuple[str, ...] = (),
    unit: str = "",
    whose: str = "",
) -> Sheet:
    """A sheet of a plan; `whose` names the county or school where it is not the whole plan's."""
    made = tuple(rows)
    above = (f"{facts.marking}　　建议研判：{ADVICE}", about(facts), CAVEAT)
    roles = {cell.role for row in (*made, *totals) for cell in row}
    below = (*notes, *(() if made else (NOTHING,)), *(words for role, words in MEANINGS if role in roles))
    full = f"{whose or facts.where}{title}"
    return Sheet(name, full, tuple(columns), made, totals, above, below, fixed, paper, text, unit, facts.marking)


def about(facts: PlanFacts) -> str:
    """From which year and data to which day."""
    return f"{facts.year}学年出发，按{facts.target}年9月1日达标规划　　数据版本：{facts.plan.task['snapshot']}"


def procedure(facts: PlanFacts) -> tuple[str, ...]:
    """What must come before a merger, on every paper that tells of one."""
    steps = "；".join(facts.plan.procedure)
    return (f"合并学校只供研究，实施前须依次：{steps}。",) if steps else ()


def by_county(facts: PlanFacts) -> tuple[Column, ...]:
    """The column of the county, where there are several."""
    return (COUNTY,) if facts.is_city else ()


def county_cell(facts: PlanFacts, code: str) -> Row:
    """The cell of that column."""
    return (Cell(facts.county(code)),) if facts.is_city else ()


def fixed(facts: PlanFacts, columns: int) -> int:
    """So many columns stay in sight, and the county's before them."""
    return columns + facts.is_city


def stacked(cells: Sequence[Cell]) -> Cell:
    """Several cells as the lines of one; the worst of their roles shades it."""
    if len(cells) == 1:
        return cells[0]
    roles = {cell.role for cell in cells}
    role = next((worst for worst in (Role.bad, Role.unknown, Role.waiting) if worst in roles), cells[0].role)
    return Cell("\n".join(cell.text for cell in cells), role)
