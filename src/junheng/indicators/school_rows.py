"""Schools as the forms print them, read from a snapshot."""

from __future__ import annotations

from typing import Any

import polars as pl

from junheng.indicators.forms.facts import SchoolRow, StageRow
from junheng.indicators.units import NOWHERE, Places
from junheng.kernel.codes import Code, Level
from junheng.register.census import Register
from junheng.register.codes import RunBy, SchoolKind, UrbanRural


def school_rows(register: Register) -> list[SchoolRow]:
    """Every school of a snapshot with its stages; what is not known is None, a word that is not known `未知`."""
    places = Places(register.table("places") if register.has("places") else None)
    stages = _stages(register)
    return [_school(row, places, stages.get(row["school_id"], {})) for row in register.table("schools").iter_rows(named=True)]


def counties(register: Register) -> dict[tuple[Level, str], str]:
    """The county in which each school, township and county of a register lies."""
    places = Places(register.table("places") if register.has("places") else None)
    found = {(Level.county, NOWHERE): NOWHERE}
    for code in places.by_code:
        groups = places.groups(code, "")
        found |= {(level, code): groups[Level.county] for level in (Level.township, Level.county) if groups.get(level) == code}
    schools = register.table("schools").select("school_id", "place_code").iter_rows()
    return found | {(Level.school, school): places.groups(place, school)[Level.county] for school, place in schools}


def _school(row: dict[str, Any], places: Places, stages: dict[str, StageRow]) -> SchoolRow:
    groups = places.groups(row["place_code"], row["school_id"])
    township, county = groups.get(Level.township, ""), groups.get(Level.county, NOWHERE)
    return SchoolRow(row["school_id"], row["name"], _word(SchoolKind, row["kind"]), _word(RunBy, row["run_by"]),
                     _word(UrbanRural, row["urban_rural"]), township, places.names.get(township, ""), county,
                     places.names.get(county, county), stages)


def _word(codes: type[Code], name: str | None) -> str:
    return codes[name].zh if name and name in codes.__members__ else "未知"


def _stages(register: Register) -> dict[str, dict[str, StageRow]]:
    largest = _largest(register)
    found: dict[str, dict[str, StageRow]] = {}
    for school, stage, pupils, classes in register.table("school_stages").select(
            "school_id", "stage", "pupils", "classes").iter_rows():
        found.setdefault(school, {})[stage] = StageRow(pupils, classes, largest.get((school, stage)))
    return found


def _largest(register: Register) -> dict[tuple[str, str], int]:
    if not register.has("classes"):
        return {}
    ordinary = register.table("classes").filter(pl.col("kind") == "ordinary")
    rows = ordinary.group_by("school_id", "stage").agg(pl.col("pupils").max()).drop_nulls().iter_rows()
    return {(school, stage): pupils for school, stage, pupils in rows}
