"""What a check is: its name, the tables it reads, and the rows that break it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from junheng.kernel.codes import Code, Privacy, Severity
from junheng.register.census import census_day, last_day
from junheng.register.kinds import Kind
from junheng.register.submission import NATIONAL_NAME, ORIGIN, Submission
from junheng.register.tables import TABLES

Breaches = Iterator[pl.LazyFrame]
Finder = Callable[["Given"], Breaches]


@dataclass(frozen=True)
class Given:
    """All that was handed in, as rules read it: stacked rows, and which school handed in which sheet.

    `lists_others`  more than one school is listed; a school that checks its own workbook alone cannot list the others
    `earlier`       the tables of the school year before, where it is known; its persons stand under pseudonyms
    """

    year: int
    national: bool
    names: tuple[str, ...]
    tables: Mapping[str, pl.LazyFrame]
    handed_in: pl.LazyFrame
    lists_others: bool
    earlier: Mapping[str, pl.LazyFrame] = field(default_factory=dict)

    @classmethod
    def of(cls, submission: Submission, earlier: Mapping[str, pl.LazyFrame] | None = None) -> Given:
        sheets = set(submission.handed_in["table"])
        held = {table: rows.lazy() for table, rows in submission.frames.items()
                if rows.height or table in sheets}
        names = tuple(file.name for file in submission.files)
        national = submission.code_system.name == NATIONAL_NAME
        schools = submission.frames.get("schools")
        lists_others = schools is not None and schools.height > 1
        return cls(submission.year, national, names, held, submission.handed_in.lazy(), lists_others,
                   earlier or {})

    def __getitem__(self, table: str) -> pl.LazyFrame:
        return self.tables[table]

    def held(self, tables: Iterable[str]) -> list[str]:
        return [table for table in tables if table in self.tables]

    def schools_with(self, *tables: str) -> pl.LazyFrame:
        """The codes of the schools that handed in a sheet of each of `tables`."""
        sheets = self.handed_in.filter(pl.col("table").is_in(tables)).unique(["table", "school_id"])
        return sheets.group_by("school_id").len().filter(pl.col("len") == len(tables)).select("school_id")

    def origin(self, suffix: str = "") -> pl.Expr:
        """Where a row stands, in words: file, sheet, row."""
        file, sheet, row = (pl.col(name + suffix) for name in ORIGIN)
        name = file.replace_strict(dict(enumerate(self.names)), return_dtype=pl.String, default="")
        return said(name, " ", sheet, " 第", row, "行")

    @property
    def census_day(self) -> date:
        return census_day(self.year)

    @property
    def last_day(self) -> date:
        return last_day(self.year)


@dataclass(frozen=True)
class Rule:
    """One check. It is silent unless all of `tables` were handed in, one of `among` if any are named, and `before` last year."""

    name: str
    kind: str
    zh: str
    severity: Severity
    tables: tuple[str, ...]
    among: tuple[str, ...]
    before: tuple[str, ...]
    doc: str
    breaches: Finder

    def applies(self, given: Given) -> bool:
        return (given.held(self.tables) == list(self.tables) and bool(given.held(self.among) or not self.among)
                and given.earlier.keys() >= set(self.before))


RULES: dict[str, Rule] = {}


def rule(*, kind: str, zh: str, severity: Severity | None = None, tables: tuple[str, ...] = (),
         among: tuple[str, ...] = (), before: tuple[str, ...] = ()) -> Callable[[Finder], Finder]:
    """Register a generator of breaches as the rule it is named after; it weighs what its kind does."""
    weight = severity or Kind[kind].severity

    def register(breaches: Finder) -> Finder:
        name = breaches.__name__
        doc = (breaches.__doc__ or "").strip()
        RULES[name] = Rule(name, kind, zh, weight, tables, among, before, doc, breaches)
        return breaches

    return register


def breach(rows: pl.LazyFrame, column: str, *, found: pl.Expr | str, wanted: pl.Expr | str,
           do: str) -> pl.LazyFrame:
    """`rows` that break a rule, each in words of its own."""
    return rows.select(*ORIGIN, pl.lit(column).alias("column"), said(found).alias("found"),
                       said(wanted).alias("wanted"), pl.lit(do).alias("do"))


def sheet_breach(rows: pl.LazyFrame, table: str, column: str, *, found: pl.Expr | str, wanted: pl.Expr | str,
                 do: str) -> pl.LazyFrame:
    """What no one row is to blame for: `rows` that a sheet should have, or that speak of the whole of it."""
    nowhere = rows.with_columns(origin_file=pl.lit(None, dtype=ORIGIN["origin_file"]), origin_sheet=pl.lit(TABLES[table].zh),
                                origin_row=pl.lit(0, dtype=ORIGIN["origin_row"]))
    return breach(nowhere, column, found=found, wanted=wanted, do=do)


def known_sum(column: str) -> pl.Expr:
    """The sum of a column, null once a row of it is."""
    return pl.when(~pl.col(column).is_null().any()).then(pl.col(column).sum())


def said(*parts: pl.Expr | str) -> pl.Expr:
    """The parts joined to one text; what is not there is 空."""
    return pl.concat_str([pl.lit(part) if isinstance(part, str) else part.cast(pl.String).fill_null("空")
                          for part in parts])


def shown(table: str, column: str) -> pl.Expr:
    """A cell in the words a user may read: Chinese for codes, personal columns masked."""
    spec, cell = TABLES[table].columns[column], pl.col(column)
    if spec.kind == "identity":
        return masked(cell)
    if spec.privacy is Privacy.personal:
        return pl.lit("（个人信息，已隐去）")
    if spec.choices:
        return in_chinese(cell, spec.choices)
    return cell.cast(pl.String)


def in_chinese(cell: pl.Expr, choices: type[Code]) -> pl.Expr:
    return cell.replace_strict({code.name: code.zh for code in choices}, return_dtype=pl.String, default=cell)


def masked(cell: pl.Expr) -> pl.Expr:
    """An identity number or pseudonym, without what would tell whose it is."""
    ends = said(cell.str.head(3), "***", cell.str.tail(2))
    return pl.when(cell.str.len_chars() >= 10).then(ends).otherwise(pl.lit("已隐去"))
