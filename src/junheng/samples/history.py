"""The same county in an earlier school year: slightly more pupils, fewer rooms, teachers and things."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl

from junheng.register.submission import dtype
from junheng.register.tables import TABLES
from junheng.samples.county import YEAR, County, Row, Rows, School
from junheng.samples.estates import BUILT, CENT, EVERY_AREA
from junheng.samples.registers import count_records, stage_row
from junheng.samples.rolls import class_rows
from junheng.samples.variants import Variant

EARLIER_YEARS = (YEAR - 2, YEAR - 1)
MORE_PUPILS, FEWER_THINGS = 1.02, Decimal("0.96")  # a year back


def write_history(rows: Rows, county: County, variant: Variant, seed: int, folder: Path) -> None:
    """One Parquet file a table and earlier year, typed as the tables are declared."""
    for year in EARLIER_YEARS:
        (folder / str(year)).mkdir(parents=True)
        for table, found in earlier(rows, county, variant, seed, year).items():
            types = {name: dtype(column) for name, column in TABLES[table].columns.items()}
            frame = pl.DataFrame([{name: row.get(name) for name in types} for row in found], schema=types)
            frame.write_parquet(folder / str(year) / f"{table}.parquet", compression="zstd")


def earlier(rows: Rows, county: County, variant: Variant, seed: int, year: int) -> Rows:
    """The rows of `year`, made from those of this year."""
    back = YEAR - year
    found: Rows = {table: [{**row, "year": year} for row in kept] for table, kept in rows.items()}
    schools = [_school(school, back) for school in county.schools]
    found["school_stages"] = [{**stage_row(school, stage, school.rng(seed, f"{stage} {year}")), "year": year}
                              for school in schools for stage in school.pupils]
    found["classes"] = [row for school in schools
                        for row in class_rows(school, year, variant, school.rng(seed, f"classes {year}"))]
    found["sites"] = [_site(row, back) for row in found["sites"]]
    found["assets"] = [_asset(row, back) for row in found["assets"]]
    found["rooms"] = [row for row in found["rooms"] if row["since"] <= date(year, 9, 1)]
    _people(found, year, back)
    found["money"] = [_money(row, back) for row in found["money"]]
    found["evidence"] = [{**row, "day": _years_back(row["day"], back)} for row in found["evidence"]]
    count_records(found)
    return found


def _school(school: School, back: int) -> School:
    return replace(school, pupils={stage: round(count * MORE_PUPILS**back) for stage, count in school.pupils.items()})


def _site(row: Row, back: int) -> Row:
    areas = {name: None if row[name] is None else (row[name] * FEWER_THINGS**back).quantize(CENT) for name in EVERY_AREA}
    areas["floor_area_m2"] = sum((areas[name] or Decimal(0) for name in BUILT), Decimal(0))
    return row | areas


def _asset(row: Row, back: int) -> Row:
    money = [name for name in row if name.endswith("_10k_yuan")]
    things = ("books", "terminals", "beds", "desks")
    return (row | {name: (row[name] * FEWER_THINGS**back).quantize(CENT) for name in money}
            | {name: int(row[name] * FEWER_THINGS**back) for name in things})


def _people(found: Rows, year: int, back: int) -> None:
    """Those who were there already, with the titles, hours and postings of their own years."""
    census = date(year, 9, 1)
    found["teachers"] = [{**row, "head_since": row["head_since"] if row["head_since"] and row["head_since"] <= census else None}
                         for row in found["teachers"] if row["at_school_since"] <= census]
    there = {(row["school_id"], row["teacher_id"]) for row in found["teachers"]}
    for table in ("recognitions", "training", "postings"):
        found[table] = [row for row in found[table] if (row["school_id"], row["teacher_id"]) in there]
    found["recognitions"] = [row for row in found["recognitions"] if row["since"] <= census]
    found["training"] = [{**row, "training_year": row["training_year"] - back} for row in found["training"]]
    found["postings"] = [{**row, "from_day": _years_back(row["from_day"], back),
                          "to_day": row["to_day"] and _years_back(row["to_day"], back)} for row in found["postings"]]


def _money(row: Row, back: int) -> Row:
    """Funds were paid for the pupils there were, and not yet settled in their own year."""
    funded = row["pupils_funded"]
    return row | {"calendar_year": row["calendar_year"] - back,
                  "pupils_funded": funded if funded is None or funded <= 100 else round(funded * MORE_PUPILS**back)}


def _years_back(day: date, back: int) -> date:
    return day.replace(year=day.year - back)
