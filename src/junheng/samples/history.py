"""The same county in an earlier school year: the pupils it had then, fewer rooms, teachers and things."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl

from junheng.register.census import census_day
from junheng.register.submission import dtype
from junheng.register.tables import TABLES
from junheng.samples.children import FIRST_AGE
from junheng.samples.county import YEAR, County, Row, Rows, School
from junheng.samples.estates import BUILT, CENT, EVERY_AREA
from junheng.samples.offices import office_rows
from junheng.samples.papers import FEWEST_FUNDED
from junheng.samples.registers import OF_SCHOOLS, by_school, count_records, stage_row
from junheng.samples.rolls import class_rows
from junheng.samples.variants import Variant

FEWER_THINGS = Decimal("0.96")  # a year back


def write_history(rows: Rows, county: County, variant: Variant, seed: int, folder: Path, part: str = "") -> None:
    """One Parquet file a table and earlier year, in the folder `part` of that year."""
    for year in range(YEAR - county.outline.years + 1, YEAR):
        write_tables(earlier(rows, county, variant, seed, year), folder / str(year) / part, skip_empty=bool(part))


def write_tables(rows: Rows, folder: Path, *, skip_empty: bool = False) -> None:
    """One Parquet file a table that has rows, typed as it is declared."""
    folder.mkdir(parents=True)
    for table, found in rows.items():
        if not found and skip_empty:
            continue
        frame_of(table, found).write_parquet(folder / f"{table}.parquet", compression="zstd")


def frame_of(table: str, rows: list[Row]) -> pl.DataFrame:
    """Rows as a frame of the table's declared columns; what a row does not say is empty."""
    types = {name: dtype(column) for name, column in TABLES[table].columns.items()}
    return pl.DataFrame({name: pl.Series(name, [row.get(name) for row in rows], dtype=kind) for name, kind in types.items()})


def earlier(rows: Rows, county: County, variant: Variant, seed: int, year: int) -> Rows:
    """The rows of `year`, made from those of this year and from the cohorts of the schools; pupils one by one are not known."""
    back = YEAR - year
    schools = [school for school in county.schools if school.open_in(year)]
    there = {school.school_id: school for school in schools}
    found: Rows = {table: [{**row, "year": year} for row in (*rows[table], *county.gone.get(table, []))
                           if "school_id" not in row or row["school_id"] in there]
                   for table in ("places", *OF_SCHOOLS, "evidence")}
    found["school_stages"] = [stage_row(school, stage, year, school.rng(seed, f"{stage} {year}"))
                              for school in schools for stage in school.pupils]
    found["classes"] = [row for school in schools
                        for row in class_rows(school, year, variant, school.rng(seed, f"classes {year}"))]
    found["schools"] = [row | _former(there[row["school_id"]], year) for row in found["schools"]]
    shares = {code: FEWER_THINGS**back * _grown(school, year) for code, school in there.items()}
    found["sites"] = [_site(row, shares[row["school_id"]]) for row in found["sites"]]
    found["assets"] = [_asset(row, shares[row["school_id"]]) for row in found["assets"]]
    found["rooms"] = [row for row in found["rooms"] if row["since"] <= census_day(year)]
    found["venues"] = [row for row in found["venues"] if row["contract_since"] <= census_day(year)]
    _people(found, year, back)
    found["postings"] = [row for row in found["postings"] if row["to_school_id"] in there]
    _money(found, year, back)
    found["evidence"] = [{**row, "day": _years_back(row["day"], back)} for row in found["evidence"]]
    found["disabled_children"] = [{**row, "year": year} for row in rows["disabled_children"]
                                  if row["birth_year"] <= year - FIRST_AGE and row["placed_school_id"] in {None, *there}]
    count_records(found)
    return found | office_rows(county, found, variant, year)


def _former(school: School, year: int) -> Row:
    """What was otherwise before the school was renamed or moved."""
    return {column: value for column, (until, value) in school.former.items() if year < until}


def _grown(school: School, year: int) -> Decimal:
    """A school that opened with its first grade gets its buildings and things as it grows."""
    if not school.opened:
        return Decimal(1)
    then, now = (sum(grade.pupils for (of_year, *_), grade in school.cohorts.items() if of_year == each) for each in (year, YEAR))
    return Decimal(then) / Decimal(now)


def _site(row: Row, share: Decimal) -> Row:
    areas = {name: None if row[name] is None else (row[name] * share).quantize(CENT) for name in EVERY_AREA}
    areas["floor_area_m2"] = sum((areas[name] or Decimal(0) for name in BUILT), Decimal(0))
    return row | areas


def _asset(row: Row, share: Decimal) -> Row:
    amounts = [name for name in row if name.endswith("_10k_yuan")]
    things = ("books", "terminals", "desks")
    return (row | {name: (row[name] * share).quantize(CENT) for name in amounts}
            | {name: int(row[name] * share) for name in things})


def _people(found: Rows, year: int, back: int) -> None:
    """Those who were there already, with the titles, hours and postings of their own years."""
    census = census_day(year)
    found["teachers"] = [{**row, "head_since": row["head_since"] if row["head_since"] and row["head_since"] <= census else None}
                         for row in found["teachers"] if row["at_school_since"] <= census]
    there = {(row["school_id"], row["teacher_id"]) for row in found["teachers"]}
    for table in ("recognitions", "training", "postings"):
        found[table] = [row for row in found[table] if (row["school_id"], row["teacher_id"]) in there]
    found["recognitions"] = [row for row in found["recognitions"] if row["since"] <= census]
    found["training"] = [{**row, "training_year": row["training_year"] - back} for row in found["training"]]
    found["postings"] = [{**row, "from_day": _years_back(row["from_day"], back),
                          "to_day": row["to_day"] and _years_back(row["to_day"], back)} for row in found["postings"]]


def _money(found: Rows, year: int, back: int) -> None:
    """Funds were paid for the pupils there were."""
    pupils = {code: sum(row["pupils"] for row in stages) for code, stages in by_school(found["school_stages"]).items()}
    for row in found["money"]:
        row["calendar_year"] -= back
        if row["pupils_funded"] and row["item"] == "operating_funds":
            row["pupils_funded"] = max(pupils[row["school_id"]], min(row["pupils_funded"], FEWEST_FUNDED))


def _years_back(day: date, back: int) -> date:
    return day.replace(year=day.year - back)
