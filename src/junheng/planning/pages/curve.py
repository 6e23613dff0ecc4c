"""The money curve as a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from junheng.indicators.forms.layout import CAVEAT
from junheng.paper.html import write_page
from junheng.paper.page import Bars, Card, Chart, Line, Listing, Page, Section, Series
from junheng.paper.sheets import Cell, Column, Role, Sheet
from junheng.planning.plan import ADVICE, MARKING, Plan

Row = Mapping[str, Any]
COLUMNS = (
    Column(("预算占比",), 8),
    Column(("每年预算（万元）",), 12),
    Column(("达标学段",), 10),
    Column(("未达标学段",), 10),
    Column(("全部达标县区",), 10),
    Column(("县区",), 6),
    Column(("是否已证明",), 12, "center"),
)
AXIS = "横轴：每年预算，万元。"
NOTES = (
    "达标：按规划线（标准加余量）计；一所学校的小学、初中各算一个学段。",
    "每年预算：各县区每年都给这么多，为各县区之和；占比以方案支出最多的一年为100%。",
    "每点为该预算内能达到的最好状态；已证明：在此预算内不能更好。",
)


def write_curve(path: Path, rows: Sequence[Row], plan: Plan) -> None:
    """Write the curve of a plan to `path`: how many stages of schools pass with each budget, as bars and as a table."""
    write_page(path, page(rows, plan))


def page(rows: Sequence[Row], plan: Plan) -> Page:
    task = plan.task
    return Page(
        f"{'、'.join(each.name for each in plan.counties)}：给多少钱，多少学校达标",
        (MARKING, f"{task['year']}学年出发，{task['target_year']}年9月1日达标", f"数据版本：{task['snapshot']}"),
        f"建议研判：{ADVICE}。{CAVEAT}。",
        (_card("一分不花", rows[0]), _card("按方案给足", rows[-1])),
        (
            Section("curve", "预算与达标", tuple(_charts(rows)), wide=False),
            Section("table", "各点", (Listing("各点", Sheet("预算曲线", "预算曲线", COLUMNS, tuple(map(_row, rows)))),)),
        ),
        NOTES,
    )


def _card(title: str, row: Row) -> Card:
    role = Role.bad if row["failures"] else Role.ok
    return Card(
        title,
        (
            Line("每年预算", f"{_wan(row['budget'])} 万元", Role.plain),
            Line("达标学段", f"{row['passing_units']}/{row['units']} 个", role),
            Line("全部达标", f"{row['passing_counties']}/{row['counties']} 个县区", role),
        ),
        role,
    )


def _charts(rows: Sequence[Row]) -> list[Chart]:
    """Failing stages, passing ones, and where there are several counties those that pass as a whole."""
    drawn = [("未达标学段", "failing_units", "low"), ("达标学段", "passing_units", "main")]
    if rows[0]["counties"] > 1:
        drawn.append(("全部达标的县区", "passing_counties", "second"))
    budgets = tuple(_wan(row["budget"]) for row in rows)
    return [
        Chart(f"{title}（个）", Bars(budgets, (Series(title, tuple(float(row[name]) for row in rows), colour),)), AXIS)
        for title, name, colour in drawn
    ]


def _wan(yuan: int) -> str:
    return Cell(Fraction(yuan, 10_000), places=2).text


def _row(row: Row) -> tuple[Cell, ...]:
    return (
        Cell(f"{row['share']:.0%}"),
        Cell(Fraction(row["budget"], 10_000), places=2),
        Cell(row["passing_units"]),
        Cell(row["failing_units"]),
        Cell(row["passing_counties"]),
        Cell(row["counties"]),
        Cell("是") if row["proven"] else Cell("否", Role.waiting),
    )
