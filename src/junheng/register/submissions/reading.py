"""One school's workbook in; out every fault at its cell, and what it would change in the register. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import polars as pl

from junheng.kernel.codes import Severity
from junheng.kernel.faults import Fault
from junheng.register.checks import RULES, check
from junheng.register.holding.accept import OF_THE_NUMBER
from junheng.register.holding.city import City
from junheng.register.holding.differences import between
from junheng.register.holding.emptying import emptied_by, warnings_of
from junheng.register.holding.pseudonyms import pseudonymise, strangers
from junheng.register.holding.snapshots import Snapshot, snapshot_in_force
from junheng.register.intake import take_in
from junheng.register.intake.gathering import Corrections
from junheng.register.kinds import Kind
from junheng.register.submission import HANDED_IN_SCHEMA, Submission, schema
from junheng.register.tables import COUNTY_TABLES, SCHOOL_TABLES, TABLES

MOST_CHANGES = 100  # rows of one table that are listed; the counts tell of all
UNREADABLE = frozenset(
    kind.name
    for kind in (
        Kind.empty_file,
        Kind.not_a_workbook,
        Kind.encrypted,
        Kind.zip_bomb,
        Kind.blank_rows,
        Kind.too_large,
        Kind.mixed_encoding,
        Kind.unknown_file,
    )
)
BEFORE_NUMBERS_GO = [rule for rule in RULES.values() if rule.kind in OF_THE_NUMBER]


@dataclass(frozen=True)
class SchoolPart(Snapshot):
    """What a snapshot holds of one school, and the places, which all share. A table is asked for by many checks and read once."""

    school: str = ""
    read: dict[str, pl.DataFrame] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, held: Snapshot, school: str) -> SchoolPart:
        return cls(held.id, held.year, held.path, held.manifest, school)

    @property
    def tables(self) -> tuple[str, ...]:
        return tuple(name for name in super().tables if name in SCHOOL_TABLES)

    def table(self, name: str) -> pl.DataFrame:
        if name not in self.read:
            self.read[name] = self._table(name)
        return self.read[name]

    def _table(self, name: str) -> pl.DataFrame:
        held = pl.scan_parquet(self.file(name), glob=False).filter(pl.col("school_id") == self.school).collect()
        return held.select(
            pl.col(column) if column in held.columns else pl.lit(None, kind).alias(column)
            for column, kind in schema(name).items()
        )

    @property
    def handed_in(self) -> pl.DataFrame:
        return super().handed_in.filter(pl.col("school_id") == self.school)

    def sheets(self) -> list[str]:
        """The tables that the school itself hands in and has handed in, in the order of the workbook."""
        held = set(self.handed_in["table"])
        return [name for name in TABLES if name in held and name not in COUNTY_TABLES]

    def places(self) -> pl.DataFrame | None:
        return Snapshot.table(self, "places") if self.has("places") else None


@dataclass(frozen=True)
class Standing:
    """What the register holds of a school: of the year in question, and of the year before."""

    of_year: SchoolPart | None
    earlier: SchoolPart | None

    @property
    def last(self) -> SchoolPart | None:
        """The last rows accepted: of the year, else of the one before."""
        return self.of_year or self.earlier


@dataclass(frozen=True)
class Reading:
    """What a workbook says. `refused`: why it cannot be kept at all; then nothing else is said."""

    handed: Submission
    faults: list[Fault]
    base: str = ""
    difference: dict[str, Any] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    refused: list[Fault] = field(default_factory=list)

    @property
    def rows(self) -> dict[str, int]:
        sheets = set(self.handed.handed_in["table"])
        return {name: self.handed.frames[name].height if name in self.handed.frames else 0 for name in TABLES if name in sheets}

    @property
    def holds_identities(self) -> bool:
        return any(file.holds_identities for file in self.handed.files)


def standing(city: City, year: int, school: str) -> Standing:
    """What is in force of a school."""
    of_year, earlier = (snapshot_in_force(city, number) for number in (year, year - 1))
    return Standing(SchoolPart.of(of_year, school) if of_year else None, SchoolPart.of(earlier, school) if earlier else None)


def read(city: City, file: Path, year: int, school: str, corrections: Corrections | None = None) -> Reading:
    """Read, check and compare a school's workbook with what is in force."""
    handed = take_in([file], year=year, corrections=corrections)
    refused = [each for each in handed.faults if each.kind in UNREADABLE]
    if refused:
        return Reading(handed, [], refused=refused)
    foreign = list(_not_of(school, handed))
    handed = _only_of(school, handed)
    held = standing(city, year, school)
    known = [_frames(part) for part in (held.of_year, held.earlier) if part]
    faults = [*handed.faults, *foreign, *strangers(handed, known), *check(handed, BEFORE_NUMBERS_GO)]
    facts = replace(handed, frames=pseudonymise(handed.frames, city.key()))
    faults += _checked(facts, held, known)
    if held.of_year:
        faults += warnings_of(emptied_by(facts, held.of_year), faults)
    sheets = held.last.sheets() if held.last else []
    return Reading(
        handed,
        sorted(set(faults)),
        base=held.last.id if held.last else "",
        difference=_difference(facts, held.last),
        missing=[name for name in sheets if name not in set(handed.handed_in["table"])],
    )


def _frames(part: SchoolPart) -> dict[str, pl.DataFrame]:
    return {name: part.table(name) for name in part.tables}


def _not_of(school: str, handed: Submission) -> Iterator[Fault]:
    """Rows of another school, and sheets that an office hands in: they would take the place of others' rows."""
    for name, rows in handed.frames.items():
        table = TABLES[name]
        if name in COUNTY_TABLES:
            places = rows.select("origin_file", "origin_sheet").unique().sort("origin_sheet").iter_rows()
            yield from (
                Fault(
                    handed.files[file].name,
                    sheet,
                    0,
                    "",
                    f"{table.zh}表",
                    "学校报送的表",
                    "由县教育局报送；删去此表",
                    Kind.wrong_sheet.name,
                    Severity.error,
                )
                for file, sheet in places
            )
            continue
        others = rows.filter(pl.col("school_id") != school).select("origin_file", "origin_sheet", "origin_row", "school_id")
        for file, sheet, row, code in others.iter_rows():
            yield Fault(
                handed.files[file].name,
                sheet,
                row,
                "school_id",
                f"{table.columns['school_id'].zh}：{code}，不是本校",
                f"本校的 {school}",
                "改正，或删去他校的行",
                Kind.unknown_school.name,
                Severity.error,
            )


def _only_of(school: str, handed: Submission) -> Submission:
    """The rows of the school alone, so that nothing is said of others'."""
    frames = {
        name: rows.filter((pl.col("school_id") == school) | pl.col("school_id").is_null())
        for name, rows in handed.frames.items()
        if name not in COUNTY_TABLES
    }
    own = handed.handed_in.filter((pl.col("school_id") == school) & ~pl.col("table").is_in(COUNTY_TABLES))
    return replace(handed, frames=frames, handed_in=own)


def _checked(facts: Submission, held: Standing, known: Iterable[Mapping[str, pl.DataFrame]]) -> list[Fault]:
    """What the rules say of the sheets handed in, beside those of the school that stay; not of the latter."""
    file = facts.files[0].name
    sheets = {TABLES[name].zh for name in set(facts.handed_in["table"])}
    earlier = {name: rows.lazy() for name, rows in _frames(held.earlier).items()} if held.earlier else None
    found = check(_beside(facts, held), earlier=earlier)
    return [each for each in found if each.file == file or (not each.file and each.sheet in sheets)]


def _beside(facts: Submission, held: Standing) -> Submission:
    frames, marks = dict(facts.frames), [facts.handed_in]
    if held.of_year:
        handed = set(facts.handed_in["table"])
        stays = [name for name in held.of_year.tables if name not in handed]
        frames |= {name: nowhere(held.of_year.table(name)) for name in stays}
        marks.append(held.of_year.handed_in.filter(pl.col("table").is_in(stays)))
    places = held.last.places() if held.last else None
    if places is not None:
        frames["places"] = nowhere(places.with_columns(year=pl.lit(facts.year, dtype=pl.Int64)))
        marks.append(pl.DataFrame([("places", "")], schema=dict(HANDED_IN_SCHEMA), orient="row"))
    return replace(facts, frames=frames, handed_in=pl.concat(marks))


def nowhere(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows that stand in no file in hand."""
    return rows.with_columns(origin_file=pl.lit(None, dtype=pl.Int32))


def _difference(facts: Submission, before: SchoolPart | None) -> dict[str, Any]:
    """What would change, table by table: counts of all, the first rows with their cells; personal cells masked."""
    names = [file.name for file in facts.files]
    found = {name: between(name, before, rows, names) for name, rows in facts.frames.items()}
    told = {name: each for name, each in found.items() if each.rows.height}
    return {
        "summary": [{"table": name, **each.counts()} for name, each in told.items()],
        "rows": [row for each in told.values() for row in each.entries(limit=MOST_CHANGES, words=True)],
    }


def key_of(fault: Fault) -> str:
    """The same for the same fault of the next file: a reason once given need not be given again."""
    said = "\n".join((fault.sheet, str(fault.row), fault.column, fault.kind, fault.found, fault.wanted))
    return sha256(said.encode()).hexdigest()
