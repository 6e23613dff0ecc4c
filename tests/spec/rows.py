"""Rows of drawn registers written short: schools with their stages, tables put together, the one finding asked for."""

from __future__ import annotations

from junheng.kernel.findings import Finding
from tests.spec.drawn import YEAR, draw, measured, one

A, B, C = "1", "2", "3"
COUNTY, TOWNSHIP, CITY = "990101", "990101001", "9901"
Row = dict[str, object]
Tables = dict[str, list[Row]]


def of(school: str = A, **facts: object) -> Row:
    """A row of a table that has schools."""
    return {"school_id": school, **facts}


def school(code: str = A, *stages: Row, **facts: object) -> Tables:
    """A school with these stages; without any, a primary school of 100 pupils."""
    return {"schools": [of(code, **facts)], "school_stages": [of(code, **stage) for stage in stages or ({},)]}


def stage(name: str, pupils: object = 100, **counts: object) -> Row:
    return {"stage": name, "pupils": pupils, **counts}


def together(*parts: Tables) -> Tables:
    """The rows of all, table by table."""
    return {name: [row for part in parts for row in part.get(name, [])] for name in dict.fromkeys(
        name for part in parts for name in part)}


def found(tables: Tables, standard: str, item: str, group: str = COUNTY, stage: str = "all", *, year: int = YEAR) -> Finding:
    """The one finding of a register of these tables."""
    return one(measured(draw(year=year, **tables), standard)[0], item, group, stage)
