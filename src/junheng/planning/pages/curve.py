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
from junheng.planning.plan import MARKING

COLUMNS = (
    Column(("预算占比",), 8),
    Column(("每年预算（万元）",), 12),
    Column(("达标学段数",), 10),
    Column(("未达标学段数",), 10),
    Column(("全部达标县区",), 10),
    Column(("县区",), 6),
    Column(("是否已证明",), 10, "center"),
)


def write_curve(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write the curve to `path`: how many stages of schools pass with each budget, as bars and as a table."""
    write_page(path, page(rows))


def page(rows: Sequence[Mapping[str, Any]]) -> Page:
    last, first = rows[-1], rows[0]
    bars = Bars(
        tuple(f"{row['budget'] / 1e4:,.0f}" for row in rows),
        (
            Series("达标学段数", tuple(float(row["passing_units"]) for row in rows)),
            Series("未达标学段数", tuple(float(row["failing_units"]) for row in rows), "low"),
        ),
        unit=" 个",
    )
    card = Card(
        "预算与达标",
        (
            Line("不花钱", f"{first['passing_units']}/{first['units']}", Role.plain, "达标的学段数"),
            Line(
                "预算给足",
                f"{last['passing_units']}/{last['units']}",
                Role.ok if not last["failures"] else Role.waiting,
                f"每年 {last['budget'] / 1e4:,.0f} 万元，全部达标县区 {last['passing_counties']}/{last['counties']}",
            ),
        ),
    )
    table = Sheet(
        "预算曲线",
        "预算曲线",
        COLUMNS,
        tuple(map(_row, rows)),
        notes=("按规划线（标准加余量）计；每点为该预算内能达到的最好状态。",),
    )
    return Page(
        "预算与达标",
        (MARKING,),
        CAVEAT + "。",
        (card,),
        (
            Section("curve", "每年预算（万元）与达标学段数", (Chart("达标与未达标", bars, "横轴为各县区每年预算合计，万元。"),)),
            Section("table", "各点", (Listing("各点", table),)),
        ),
    )


def _row(row: Mapping[str, Any]) -> tuple[Cell, ...]:
    return (
        Cell(f"{row['share']:.0%}"),
        Cell(Fraction(row["budget"], 10_000), places=2),
        Cell(row["passing_units"]),
        Cell(row["failing_units"]),
        Cell(row["passing_counties"]),
        Cell(row["counties"]),
        Cell("是" if row["proven"] else "否"),
    )
