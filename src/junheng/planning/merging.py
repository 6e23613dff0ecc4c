"""Schools merged, from a list that the user permits, and never without the procedure that the law asks."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import polars as pl

from junheng.indicators.units import Units
from junheng.kernel.codes import Evidence, Level, Stage
from junheng.kernel.faults import JunhengError
from junheng.planning.forecast import GRADES, Forecast

PROCEDURE: Mapping[str, Any] = tomllib.loads(
    (Path(str(files("junheng.planning"))) / "procedure.toml").read_text(encoding="utf-8")
)
DOUBTS = {Evidence.read.name: "", Evidence.believed.name: f"，{Evidence.believed.zh}"}
WITH_PEOPLE = ("teachers", "recognitions", "training", "postings", "classes")  # what goes with the pupils to the other school


def steps() -> list[str]:
    """The procedure, step by step."""
    return [f"{step['zh']}（{step['paper']}{DOUBTS[step['evidence']]}）" for step in PROCEDURE["step"]]


def refuse_impossible(merges: Sequence[tuple[str, str]], units: Units, told: Forecast) -> None:
    """Errors: JunhengError for schools that are not there or in another county, a school merged into itself, twice, or into one
    that goes itself, and for pupils who would be lost: of a stage that the other school has not, or that nobody counted.
    """
    schools = {unit.school_id: unit.groups.get(Level.county) for unit in units.by["whole"]}
    private = {unit.school_id for unit in units.by["whole"] if unit.facts["run_by"] == "private"}
    going = [school for school, _ in merges]
    wrong = [
        f"[[merge]] {school} -> {into}：{words}"
        for school, into in merges
        for is_wrong, words in (
            (school not in schools, f"没有学校 {school}"),
            (into not in schools, f"没有学校 {into}"),
            (school == into, "不能并入自己"),
            (schools.get(school) != schools.get(into), "不在同一个县区"),
            (bool({school, into} & private), "民办学校不由县区布局调整"),
            (going.count(school) > 1, "同一所学校写了两次"),
            (into in going, "接收学校自己也在并出之列"),
            *(
                (True, f"接收学校没有{Stage[stage].zh}学段，或一方的在校生数未报")
                for stage in lost_stages(school, into, units, told)
            ),
        )
        if is_wrong
    ]
    if wrong:
        raise JunhengError("\n".join(f"{each} -> 改正 --fix 文件后重试" for each in wrong))


def lost_stages(school: str, into: str, units: Units, told: Forecast) -> list[str]:
    """The stages of a school whose pupils would be in no roll of the other."""
    known = told.rolls[min(told.rolls)]
    own = [unit.stage for unit in units.stages if unit.school_id == school and unit.stage in GRADES]
    return [stage for stage in own if (school, stage) not in known or (into, stage) not in known]


def merged_pupils(told: Forecast, merges: Sequence[tuple[str, str]]) -> Forecast:
    """The pupils of the coming years, those of a school that goes counted at the other."""
    rolls = {}
    for year, each in told.rolls.items():
        own = {key: dict(grades) for key, grades in each.items()}
        for school, into in merges:
            for key in [key for key in own if key[0] == school]:
                _add(own, key, (into, key[1]))
        rolls[year] = own
    return replace(told, rolls=rolls)


def _add(own: dict[tuple[str, str], dict[int, int]], key: tuple[str, str], into: tuple[str, str]) -> None:
    if into in own:
        for grade, pupils in own.pop(key).items():
            own[into][grade] = own[into].get(grade, 0) + pupils


def merged_tables(tables: Mapping[str, pl.DataFrame], merges: Sequence[tuple[str, str]]) -> dict[str, pl.DataFrame]:
    """The register without the schools that go: their people are the other school's, their equipment is added to it."""
    codes = dict(merges)
    if not codes:
        return dict(tables)
    found = {}
    for name, rows in tables.items():
        if "school_id" not in rows.columns:
            found[name] = rows
        elif name in WITH_PEOPLE:
            found[name] = rows.with_columns(pl.col("school_id").replace(codes))
        elif name == "assets":
            found[name] = _with_equipment(rows, codes)
        else:
            found[name] = rows.filter(~pl.col("school_id").is_in(list(codes)))
    return found


def _with_equipment(assets: pl.DataFrame, codes: Mapping[str, str]) -> pl.DataFrame:
    value = "equipment_10k_yuan"
    going = assets.filter(pl.col("school_id").is_in(list(codes))).select(
        pl.col("school_id").replace(codes), pl.col(value).alias("more")
    )
    more = going.group_by("school_id").agg(
        pl.when(pl.col("more").null_count() == 0).then(pl.col("more").sum()).alias("more"), pl.lit(True).alias("gets")
    )
    staying = assets.filter(~pl.col("school_id").is_in(list(codes))).join(more, on="school_id", how="left")
    added = pl.when(pl.col("gets")).then(pl.col(value) + pl.col("more")).otherwise(pl.col(value)).cast(assets.schema[value])
    return staying.with_columns(added.alias(value)).select(assets.columns)
