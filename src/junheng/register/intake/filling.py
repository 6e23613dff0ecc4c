"""What a sheet need not say: whose it is, when its file speaks of one school only; and which sheets cover whom."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from junheng.kernel.faults import Fault
from junheng.register.intake.gathering import TableSheet
from junheng.register.intake.stacking import MISSING, Typist
from junheng.register.kinds import Kind, fault
from junheng.register.submission import HANDED_IN_SCHEMA, HandedIn
from junheng.register.tables import COUNTY_TABLES, TABLES

Frames = dict[str, pl.DataFrame]


def schools_by_file(schools: pl.DataFrame) -> dict[int, list[str]]:
    """The schools that each file lists, in the order of their rows."""
    listed = schools.drop_nulls("school_id").group_by("origin_file", maintain_order=True).agg(
        pl.col("school_id").unique(maintain_order=True))
    return dict(listed.iter_rows())


def fill_schools(frames: Frames, by_file: dict[int, list[str]]) -> Frames:
    """Blank school codes filled in where the file lists exactly one school."""
    alone = {file: schools[0] for file, schools in by_file.items() if len(schools) == 1}
    own = pl.col("origin_file").replace_strict(alone, default=None, return_dtype=pl.String)
    return {name: rows.with_columns(pl.col("school_id").fill_null(own))
            if name != "schools" and "school_id" in rows.columns else rows for name, rows in frames.items()}


def report_nameless(frames: Frames, sheets: Sequence[TableSheet], typist: Typist) -> None:
    """Rows whose school is said nowhere; a sheet without the column is one fault, not one a row."""
    said = {(fault.file, fault.sheet, fault.row) for fault in typist.faults if fault.column == "school_id"}
    without = {(sheet.file, sheet.sheet): sheet for sheet in sheets if not sheet.names_schools}
    told: set[tuple[int, str]] = set()
    for name, rows in frames.items():
        if "school_id" not in rows.columns:
            continue
        spec = TABLES[name].columns["school_id"]
        for file, title, row in rows.filter(pl.col("school_id").is_null()).select(
                "origin_file", "origin_sheet", "origin_row").iter_rows():
            sheet = without.get((file, title))
            if sheet and (file, title) not in told:
                told.add((file, title))
                typist.faults.append(_columnless(sheet, typist.files[file]))
            elif not sheet and (typist.files[file].name, title, row) not in said:
                typist.report(file, title, row, "school_id", spec, MISSING)


def listed_again(schools: pl.DataFrame) -> pl.DataFrame:
    """The schools that an earlier file lists too, with that file: which of the two counts, nobody can tell."""
    first = schools.drop_nulls("school_id").unique("school_id", keep="first", maintain_order=True).select(
        "school_id", first_file="origin_file")
    return schools.join(first, on="school_id").filter(pl.col("origin_file") != pl.col("first_file"))


def once(frames: Frames, again: pl.DataFrame) -> Frames:
    """The rows without those of the later file, each of which would be a fault for the one reason that it is there twice."""
    later = ["school_id", "origin_file"]
    return {name: rows.join(again, on=later, how="anti", maintain_order="left") if "school_id" in rows.columns else rows
            for name, rows in frames.items()} if again.height else frames


def two_files(again: pl.DataFrame, frames: Frames, files: Sequence[HandedIn]) -> list[Fault]:
    """A fault for each school that is listed again."""
    if again.is_empty():
        return []
    rows = pl.concat([held.select("school_id", "origin_file") for held in frames.values() if "school_id" in held.columns])
    many = {(school, file): count for school, file, count in rows.group_by("school_id", "origin_file").len().iter_rows()}
    return [fault(Kind.two_files, files[file].name, sheet, row, "school_id",
                  found=f"学校 {school} 在 {files[before].name} 里也有，本文件中该校的 {many[school, file]} 行没有核对",
                  wanted="每所学校只交一份文件", do="核对哪一份为准，删去另一份")
            for school, file, before, sheet, row in again.select(
                "school_id", "origin_file", "first_file", "origin_sheet", "origin_row").iter_rows()]


def coverage(frames: Frames, sheets: Sequence[TableSheet], by_file: dict[int, list[str]]) -> pl.DataFrame:
    """Which sheets were handed in for which school. A file without a list of schools speaks of all of them.

    So does an office's sheet for schools that are handed in apart from it: marked by `school_id` "".
    """
    everybody = list(dict.fromkeys(school for schools in by_file.values() for school in schools)) or _schools_in(frames)
    covered: set[tuple[str, str]] = set()
    for sheet in sheets:
        if "school_id" not in sheet.table.columns:
            covered.add((sheet.table.name, ""))
        else:
            covered |= {(sheet.table.name, school) for school in by_file.get(sheet.file, everybody)}
            if sheet.table.name in COUNTY_TABLES and sheet.file not in by_file:
                covered.add((sheet.table.name, ""))
    for name, rows in frames.items():
        if "school_id" in rows.columns:
            covered |= {(name, school) for school in rows["school_id"].drop_nulls().unique()}
    return pl.DataFrame(sorted(covered), schema=dict(HANDED_IN_SCHEMA), orient="row")


def _schools_in(frames: Frames) -> list[str]:
    named = [rows["school_id"].drop_nulls() for rows in frames.values() if "school_id" in rows.columns]
    return pl.concat(named).unique().sort().to_list() if named else []


def _columnless(sheet: TableSheet, file: HandedIn) -> Fault:
    return fault(Kind.missing_column, file.name, sheet.sheet, sheet.header_row, "school_id",
                 found="没有“学校标识码”列，文件里也没有只列一所学校的学校表",
                 wanted=f"{sheet.table.zh}表的必填列", do="补上该列；表头可从模板复制")
