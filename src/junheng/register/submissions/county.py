"""A county office's workbook in; out its faults and what it would change. It speaks of its own county, and of no other.

An office's sheet takes the place of that sheet of every school of its county; of a table without schools it replaces the
rows of the same key.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import polars as pl

from junheng.kernel.codes import Severity
from junheng.kernel.faults import Fault
from junheng.register.checks import check
from junheng.register.holding.accept import laid_over
from junheng.register.holding.city import City
from junheng.register.holding.differences import between
from junheng.register.holding.pseudonyms import pseudonymise
from junheng.register.holding.snapshots import Snapshot, snapshot_in_force
from junheng.register.intake import take_in
from junheng.register.intake.gathering import Corrections
from junheng.register.kinds import Kind
from junheng.register.submission import HANDED_IN_SCHEMA, Submission
from junheng.register.submissions.reading import MOST_CHANGES, UNREADABLE, Reading, nowhere
from junheng.register.tables import COUNTY_TABLES, SCHOOL_TABLES, TABLES
from junheng.register.template import write_template

AROUND = ("schools", "places")  # of the year before: what a workbook speaks of where the year has nothing yet


@dataclass(frozen=True)
class CountyPart(Snapshot):
    """What a snapshot holds of the sheets that a county's office keeps."""

    county: str = ""

    @classmethod
    def of(cls, held: Snapshot, county: str) -> CountyPart:
        return cls(held.id, held.year, held.path, held.manifest, county)

    @property
    def tables(self) -> tuple[str, ...]:
        return tuple(name for name in super().tables if name in COUNTY_TABLES)

    @property
    def schools(self) -> frozenset[str]:
        """The schools that lie in the county."""
        return schools_in(self, self.county)

    def table(self, name: str) -> pl.DataFrame:
        return super().table(name).filter(_within(name, self.county, self.schools))


def schools_in(held: Snapshot, county: str) -> frozenset[str]:
    if not held.has("schools"):
        return frozenset()
    rows = Snapshot.table(held, "schools").filter(pl.col("place_code").str.starts_with(county))
    return frozenset(rows["school_id"].drop_nulls())


def _within(name: str, county: str, schools: frozenset[str]) -> pl.Expr:
    """Rows of the county: by their school, else by their place."""
    return pl.col("school_id").is_in(schools) if name in SCHOOL_TABLES else pl.col("place_code").str.starts_with(county)


def workbook(city: City, year: int, county: str, title: str) -> bytes:
    """The county's sheets with the rows in force, persons under their pseudonyms; where there are none, all sheets, empty."""
    last = last_part(city, year, county)
    rows = {name: last.table(name).to_dicts() for name in last.tables} if last else {}
    made = BytesIO()
    write_template(made, rows=rows, title=title, tables=tuple(rows) or COUNTY_TABLES)
    return made.getvalue()


def last_part(city: City, year: int, county: str) -> CountyPart | None:
    """What was accepted last of a county: of the year, else of the one before."""
    held = snapshot_in_force(city, year) or snapshot_in_force(city, year - 1)
    return CountyPart.of(held, county) if held else None


def read(city: City, file: Path, year: int, county: str, corrections: Corrections | None = None) -> Reading:
    """Read a county's workbook, check it within the whole register, compare it with what is in force."""
    handed = take_in([file], year=year, corrections=corrections)
    refused = [each for each in handed.faults if each.kind in UNREADABLE]
    if refused:
        return Reading(handed, [], refused=refused)
    last = last_part(city, year, county)
    foreign = list(_not_of(county, handed, last))
    own = spoken(_only_of(county, handed, last), {county: set(handed.handed_in["table"])}, last)
    found, facts = _checked(own, city, last)
    sheets = list(last.tables) if last else []
    return Reading(
        own,
        sorted({*handed.faults, *foreign, *found}),
        base=last.id if last else "",
        difference=_difference(own, facts, last),
        missing=[name for name in sheets if name not in set(own.handed_in["table"])],
    )


def spoken(handed: Submission, offices: dict[str, set[str]], held: Snapshot | None) -> Submission:
    """With the marks that each county's office speaks of all schools of its own county, in the sheets that it handed in."""
    kept = handed.handed_in.filter(~pl.col("table").is_in(COUNTY_TABLES) | (~pl.col("table").is_in(SCHOOL_TABLES)))
    marks = {
        (table, school)
        for county, tables in offices.items()
        for table in tables & set(COUNTY_TABLES) & set(SCHOOL_TABLES)
        for school in _schools(county, handed, held)
    }
    said = pl.DataFrame(sorted(marks), schema=dict(HANDED_IN_SCHEMA), orient="row")
    return replace(handed, handed_in=pl.concat([kept, said]).unique().sort("table", "school_id"))


def _schools(county: str, handed: Submission, held: Snapshot | None) -> frozenset[str]:
    """Of the register, and of the workbooks that come with this one."""
    rows = handed.frames.get("schools")
    new = rows.filter(pl.col("place_code").str.starts_with(county))["school_id"].drop_nulls() if rows is not None else ()
    return frozenset(new) | (schools_in(held, county) if held else frozenset())


def _not_of(county: str, handed: Submission, last: CountyPart | None) -> Iterator[Fault]:
    """Sheets of schools, and rows of another county: they would take the place of others' rows."""
    for name, rows in handed.frames.items():
        if name not in COUNTY_TABLES:
            for file, sheet in rows.select("origin_file", "origin_sheet").unique().sort("origin_sheet").iter_rows():
                yield _fault(handed, file, sheet, 0, "", f"{TABLES[name].zh}表", "县教育局报送的表", "由学校报送；删去此表",
                             Kind.wrong_sheet)
            continue
        column = "school_id" if name in SCHOOL_TABLES else "place_code"
        others = rows.filter(_elsewhere(name, county, last)).select("origin_file", "origin_sheet", "origin_row", column)
        for file, sheet, row, code in others.iter_rows():
            yield _fault(handed, file, sheet, row, column, f"{TABLES[name].columns[column].zh}：{code}，不在本县",
                         f"本县（{county}）的学校和地方", "改正，或删去外县的行", Kind.unknown_school)


def _elsewhere(name: str, county: str, last: CountyPart | None) -> pl.Expr:
    """A school that the register does not know is nobody else's: the rules say what is wrong with it."""
    if name not in SCHOOL_TABLES:
        return ~pl.col("place_code").str.starts_with(county)
    known = set(Snapshot.table(last, "schools")["school_id"].drop_nulls()) if last and last.has("schools") else set()
    return pl.col("school_id").is_in(known - (last.schools if last else frozenset()))


def _fault(handed: Submission, file: int, sheet: str, row: int, column: str, found: str, wanted: str, do: str,
           kind: Kind) -> Fault:
    return Fault(handed.files[file].name, sheet, row, column, found, wanted, do, kind.name, Severity.error)


def _only_of(county: str, handed: Submission, last: CountyPart | None) -> Submission:
    """The county's own rows alone, so that nothing is said of others'."""
    frames = {name: rows.filter(~_elsewhere(name, county, last).fill_null(False))
              for name, rows in handed.frames.items() if name in COUNTY_TABLES}
    return replace(handed, frames=frames, faults=[], handed_in=handed.handed_in.filter(pl.col("table").is_in(COUNTY_TABLES)))


def _checked(own: Submission, city: City, last: CountyPart | None) -> tuple[list[Fault], Submission]:
    """What the rules say of the sheets handed in, laid over the register of the year; and what would be in force."""
    if last is not None and last.year == own.year:
        found, facts = laid_over(own, city)
    else:
        facts = replace(own, frames=pseudonymise(own.frames, city.key()))
        found = check(_beside(facts, last))
    file, sheets = own.files[0].name, {TABLES[name].zh for name in set(own.handed_in["table"])}
    return [each for each in found if each.file == file or (not each.file and each.sheet in sheets)], facts


def _beside(facts: Submission, last: CountyPart | None) -> Submission:
    if last is None:
        return facts
    stays = [name for name in AROUND if name not in facts.frames and last.has(name)]
    around = {name: nowhere(Snapshot.table(last, name).with_columns(year=pl.lit(facts.year, dtype=pl.Int64))) for name in stays}
    marks = last.handed_in.filter(pl.col("table").is_in(stays))
    return replace(facts, frames=facts.frames | around, handed_in=pl.concat([facts.handed_in, marks]))


def _difference(own: Submission, facts: Submission, last: CountyPart | None) -> dict[str, Any]:
    """What would change in the county, table by table; personal cells masked."""
    names: Sequence[str] = [file.name for file in facts.files]
    schools = frozenset().union(*(set(own.handed_in["school_id"]), last.schools if last else ()))
    county = last.county if last else ""
    found = {name: between(name, last, facts.frames[name].filter(_within(name, county, schools)), names)
             for name in own.frames if name in facts.frames}
    told = {name: each for name, each in found.items() if each.rows.height}
    return {
        "summary": [{"table": name, **each.counts()} for name, each in told.items()],
        "rows": [row for each in told.values() for row in each.entries(limit=MOST_CHANGES, words=True)],
    }
