"""Every head moves on after so many years at one school: who is due when, and where others may come from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import polars as pl

from junheng.planning.policy.shapes import Assessment, Row, Setting

AHEAD = 3  # years that those falling due are told for


def assess(setting: Setting, rule: Mapping[str, Any]) -> Assessment:
    """Heads of public schools who have been at their school for `years` on this census day, and those due in the years after
    it.
    """
    years = int(rule["years"])
    rows = tuple(_rows(setting, years))
    now = [row for row in rows if row["due"] <= setting.snapshot.year]
    alone = {row["school"] for row in now} - _with_others(setting)
    unknown = tuple(_unknown(setting))
    subsidy = sum(setting.price(row["county"], "move_teacher_running") for row in now)
    return Assessment(
        "heads_rotate",
        f"校长在同一学校任职满 {years} 年须交流",
        {
            "schools": len({row["school"] for row in rows}),
            "heads_now": len(now),
            **{
                f"heads_{setting.snapshot.year + ahead}": _due(rows, setting.snapshot.year + ahead)
                for ahead in range(1, AHEAD + 1)
            },
        },
        (f"本学年须交流校长 {len(now)} 人，涉及学校 {len({row['school'] for row in now})} 所，可在同学段、同县区学校间对调",),
        tuple(
            f"{setting.schools[school]['name']}（{school}）所在县区同学段没有其他公办学校的校长可对调" for school in sorted(alone)
        ),
        {"subsidy_a_year": round(float(subsidy), 2)},
        rows,
        unknown,
        ("补贴按教师交流补贴价计；校长是否符合交流条件（临近退休、孕产、重病等）由人事部门核定",),
    )


def _heads(setting: Setting) -> pl.DataFrame:
    if not setting.snapshot.has("teachers"):
        return pl.DataFrame(schema={"school_id": pl.String, "stage": pl.String, "head_since": pl.Date})
    serving = setting.snapshot.table("teachers").filter((pl.col("state") == "serving") & pl.col("head_since").is_not_null())
    return serving.filter(pl.col("school_id").is_in(list(setting.schools))).select("school_id", "stage", "head_since")


def _rows(setting: Setting, years: int) -> Iterator[Row]:
    """One row a head, by school; no name and no pseudonym."""
    for school, stage, since in _heads(setting).sort("school_id", "head_since").iter_rows():
        facts = setting.schools[school]
        due = _year_of(since, years)
        if facts["run_by"] != "private" and due <= setting.snapshot.year + AHEAD:
            yield {
                "school": school,
                "name": facts["name"],
                "county": facts["county"],
                "stage": stage,
                "kind": facts["kind"],
                "head_since": since.isoformat(),
                "due": due,
            }


def _year_of(since: date, years: int) -> int:
    """The first census year on which the years are full."""
    return since.year + years + (0 if (since.month, since.day) <= (9, 1) else 1)


def _due(rows: tuple[Row, ...], year: int) -> int:
    return sum(row["due"] == year for row in rows)


def _with_others(setting: Setting) -> set[str]:
    """Schools whose head has somebody to change places with: another public school of the county has a stage of theirs.

    The other head need not be due, and is there also where nobody told since when; but not at a point that its central school
    leads.
    """
    told = set(_heads(setting)["school_id"])
    many: dict[tuple[str, str], set[str]] = {}
    for unit in setting.units.stages:
        facts = setting.schools.get(unit.school_id)
        if facts and facts["run_by"] != "private" and (unit.school_id in told or not unit.joins):
            many.setdefault((facts["county"], unit.stage), set()).add(unit.school_id)
    return {school for schools in many.values() if len(schools) > 1 for school in schools}


def _unknown(setting: Setting) -> Iterator[str]:
    told = set(_heads(setting)["school_id"])
    missing = [school for school, facts in setting.schools.items() if facts["run_by"] != "private" and school not in told]
    if missing:
        yield f"{len(missing)} 所公办学校没有报任校长日期，未计入 -> 补报教师表“任校长日期”"
