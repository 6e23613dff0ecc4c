"""The register as it would be handed in: one workbook a school, one of the county's offices."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from junheng.kernel.faults import OnProgress
from junheng.register.tables import COUNTY_TABLES
from junheng.register.template import SCHOOL_SHEETS, write_template
from junheng.samples.county import Row, Rows
from junheng.samples.registers import by_school

SCHOOL_TABLES = tuple(name for name in SCHOOL_SHEETS if name != "pupils")
COUNTY_FILE, PUPILS_FILE = "county.xlsx", "学生.parquet"


@dataclass(frozen=True)
class Workbook:
    """One file to be written; a table without rows is handed in with its headers."""

    name: str
    title: str
    rows: Rows


def workbooks(rows: Rows, absent: set[tuple[str, str]]) -> list[Workbook]:
    """The files of one school year; `absent` names sheets (table, school) that are not handed in."""
    lists = {table: by_school(rows[table]) for table in SCHOOL_TABLES}
    made = [Workbook(f"{school['school_id']}.xlsx", school["name"],
                     {table: lists[table].get(school["school_id"], []) for table in SCHOOL_TABLES
                      if (table, school["school_id"]) not in absent})
            for school in rows["schools"]]
    county = next(row["name"] for row in rows["places"] if row["level"] == "county")
    return [*made, Workbook(COUNTY_FILE, county, {table: rows[table] for table in COUNTY_TABLES})]


def write_workbooks(books: list[Workbook], folder: Path, on_progress: OnProgress) -> None:
    """Write every book. One process: starting a second one costs more than it saves."""
    folder.mkdir(parents=True)
    for number, book in enumerate(books, start=1):
        write_template(folder / book.name, rows=_without_year(book.rows), title=book.title, plain=True)
        on_progress(number / len(books), f"写出样例工作簿 {number}/{len(books)}")


def _without_year(rows: Rows) -> dict[str, list[Row]]:
    return {table: [{name: value for name, value in row.items() if name != "year"} for row in found]
            for table, found in rows.items()}
