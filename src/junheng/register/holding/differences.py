"""Two snapshots in, what differs between them out: row by row, cell by cell, and which version made it so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from typing import Any

import polars as pl

from junheng.kernel.codes import Privacy
from junheng.kernel.columns import Column
from junheng.kernel.faults import JunhengError
from junheng.register.checks.rules import in_chinese, masked
from junheng.register.holding.snapshots import Snapshot
from junheng.register.submission import ORIGIN, schema
from junheng.register.tables import TABLES

CHANGES = ("added", "removed", "changed")
LATER, MADE = ".later", ".made"  # of a column: its value in the later snapshot, and the step that made it so
HELD = "held"


@dataclass(frozen=True)
class TableDifference:
    """The rows of a table that are not the same in two snapshots, sorted by key.

    `rows` holds `change` and the key, then each other column twice: as it was, and with `.later` as it became.
    """

    table: str
    rows: pl.DataFrame

    @property
    def key(self) -> list[str]:
        return [name for name in TABLES[self.table].key if name != "year"]

    @property
    def compared(self) -> list[str]:
        """The columns of facts; a snapshot's rows are all of its year."""
        return [name for name in TABLES[self.table].columns if name not in ("year", *self.key)]

    def counts(self) -> dict[str, int]:
        """How many rows were added, removed, changed."""
        found = self.rows["change"]
        return {change: int((found == change).sum()) for change in CHANGES}

    def entries(self, versions: Sequence[Snapshot] = (), *, limit: int | None = None,
                words: bool = False) -> list[dict[str, Any]]:
        """One entry a row: key, the cells that differ, where the row stood and stands; personal cells masked.

        `words`  cells in the words people read instead of codes
        """
        columns = TABLES[self.table].columns
        names = dict(enumerate(version.id for version in versions))
        rows = self.rows.head(limit) if limit is not None else self.rows
        differing = [name for name in self.compared if not rows[name].equals(rows[name + LATER])] or self.compared[:1]
        return rows.select(
            pl.lit(self.table).alias("table"), "change",
            pl.struct(_text(columns[name], name, words).alias(name) for name in self.key).alias("key"),
            pl.concat_list([_cell(columns[name], name, names, words) for name in differing]).list.drop_nulls().alias("cells"),
            _place("", "added").alias("before"), _place(LATER, "removed").alias("after")).to_dicts()


@dataclass(frozen=True)
class Difference:
    """What differs between two snapshots. `versions` are those on the way from the older to the newer, oldest first.

    `sheets` lists the sheets that only one of the two was handed: table, school_id, change.
    """

    before: Snapshot
    after: Snapshot
    tables: list[TableDifference]
    sheets: pl.DataFrame
    versions: list[Snapshot]

    def summary(self) -> list[dict[str, Any]]:
        """Rows added, removed and changed, table by table; tables that are the same are left out."""
        return [{"table": each.table, "zh": TABLES[each.table].zh, **each.counts()} for each in self.tables]

    def entries(self, *, limit: int | None = None, words: bool = False) -> Iterator[dict[str, Any]]:
        """The rows of all tables; of each table at most `limit`."""
        for each in self.tables:
            yield from each.entries(self.versions, limit=limit, words=words)

    def as_json(self) -> dict[str, object]:
        return {"before": self.before.id, "after": self.after.id, "versions": [_version(each) for each in self.versions],
                "summary": self.summary(), "sheets": self.sheets.to_dicts(), "rows": list(self.entries())}


def compare(before: Snapshot, after: Snapshot, tables: Iterable[str] | None = None) -> Difference:
    """The difference of two versions of a school year, or of two years (then keyed without the year).

    Facts are compared, typed and exact; the same row handed in again in another file is the same row.
    Errors: JunhengError for a table that does not exist.
    """
    asked = [_known(name) for name in tables] if tables is not None else list(TABLES)
    way = _way(before, after)
    found = [made for name in asked if (made := _traced(_between(name, before, after), way)).rows.height]
    return Difference(before, after, found, _sheets(before, after, asked), way[1:])


def _known(name: str) -> str:
    named = {word: table for table, made in TABLES.items() for word in (table, made.zh)}
    if name not in named:
        raise JunhengError(f"没有表“{name}”；应为 {'、'.join(made.zh for made in TABLES.values())} 之一 -> 改正后重试")
    return named[name]


def _between(name: str, before: Snapshot, after: Snapshot) -> TableDifference:
    if _digest(name, before) == _digest(name, after):
        return paired(name, _facts(name, None), _facts(name, None))
    return paired(name, _facts(name, before), _facts(name, after))


def _digest(name: str, snapshot: Snapshot) -> str | None:
    return str(snapshot.manifest["tables"][name]["sha256"]) if snapshot.has(name) else None


def _facts(name: str, snapshot: Snapshot | None) -> pl.DataFrame:
    """The rows of a table with the names of their files; one not handed in has none."""
    rows = snapshot.table(name) if snapshot and snapshot.has(name) else pl.DataFrame(schema=schema(name))
    return facts_of(rows, [file["name"] for file in snapshot.files] if snapshot else [])


def between(name: str, before: Snapshot | None, rows: pl.DataFrame, files: Sequence[str]) -> TableDifference:
    """What `rows`, of these files, would change in a table of `before`; no version made it so yet."""
    return _traced(paired(name, _facts(name, before), facts_of(rows, files)), ())


def facts_of(rows: pl.DataFrame, files: Sequence[str]) -> pl.DataFrame:
    """Rows of a year, to be paired with others: each with the name of its file."""
    return rows.drop("year").with_columns(
        pl.col("origin_file").replace_strict(dict(enumerate(files)), default=None, return_dtype=pl.String),
        pl.lit(True).alias(HELD))


def paired(name: str, old: pl.DataFrame, new: pl.DataFrame) -> TableDifference:
    """Rows of the same key side by side, those that differ; a full join of whole rows, then one comparison a column.

    `old` and `new` are made by `facts_of`.
    """
    made = TableDifference(name, old)
    both = old.join(new, on=made.key, how="full", nulls_equal=True, coalesce=True, suffix=LATER)
    differs = pl.any_horizontal([pl.col(column).ne_missing(pl.col(column + LATER)) for column in made.compared])
    change = (pl.when(pl.col(HELD).is_null()).then(pl.lit("added")).when(pl.col(HELD + LATER).is_null()).then(pl.lit("removed"))
              .when(differs).then(pl.lit("changed")))
    return TableDifference(name, both.with_columns(change.alias("change")).drop_nulls("change").sort(made.key, nulls_last=True))


def _way(before: Snapshot, after: Snapshot) -> list[Snapshot]:
    """The versions from the older of the two to the newer, each made from the one before it; empty where there is no such way."""
    older, newer = sorted((before, after), key=lambda each: each.version)
    if before.year != after.year:
        return []
    way = [newer]
    while way[0].id != older.id:
        earlier = way[0].previous()
        if earlier is None:
            return []
        way.insert(0, earlier)
    return way


def _traced(found: TableDifference, way: Sequence[Snapshot]) -> TableDifference:
    """The difference with the step, counted from 0, that last changed each cell."""
    pairs = list(pairwise(way)) if found.rows.height else []
    steps = [_steps(_between(found.table, *pair) if len(pairs) > 1 else found, number) for number, pair in enumerate(pairs)]
    unknown = found.rows.with_columns(pl.lit(None, pl.Int32).alias(name + MADE) for name in found.compared)
    return TableDifference(found.table, reduce(lambda rows, step: _later_step(found, rows, step), steps, unknown))


def _steps(step: TableDifference, number: int) -> pl.DataFrame:
    """The key of each row of one step, and the step's number at the cells that it changed."""
    whole = pl.col("change") != "changed"
    return step.rows.select(*step.key, *(
        pl.when(whole | pl.col(name).ne_missing(pl.col(name + LATER))).then(pl.lit(number, pl.Int32)).alias(name + MADE)
        for name in step.compared))


def _later_step(found: TableDifference, rows: pl.DataFrame, step: pl.DataFrame) -> pl.DataFrame:
    made = [name + MADE for name in found.compared]
    joined = rows.join(step, on=found.key, how="left", nulls_equal=True, suffix=LATER, maintain_order="left")
    return joined.with_columns(pl.coalesce(name + LATER, name).alias(name) for name in made).drop(name + LATER for name in made)


def _sheets(before: Snapshot, after: Snapshot, tables: Sequence[str]) -> pl.DataFrame:
    old, new = (each.handed_in.filter(pl.col("table").is_in(tables)) for each in (before, after))
    return pl.concat([
        new.join(old, on=new.columns, how="anti").with_columns(change=pl.lit("added")),
        old.join(new, on=new.columns, how="anti").with_columns(change=pl.lit("removed"))]).sort("school_id", "change", "table")


def _cell(column: Column, name: str, versions: dict[int, str], words: bool) -> pl.Expr:
    """What a cell was and became, and the version that made it so; null where nothing changed."""
    before, after = _text(column, name, words), _text(column, name + LATER, words)
    made = pl.col(name + MADE).replace_strict(versions, default=None, return_dtype=pl.String)
    cell = pl.struct(pl.lit(name).alias("column"), before.alias("before"), after.alias("after"), made.alias("snapshot"))
    return pl.when(pl.col(name).ne_missing(pl.col(name + LATER))).then(cell)


def _text(column: Column, name: str, words: bool) -> pl.Expr:
    cell = pl.col(name)
    if column.kind == "identity":
        return pl.when(cell.is_not_null()).then(masked(cell))
    if column.privacy is Privacy.personal:
        return pl.when(cell.is_not_null()).then(pl.lit("已隐去"))
    if words and column.choices:
        return in_chinese(cell, column.choices)
    if words and column.kind == "flag":
        return pl.when(cell).then(pl.lit("是")).when(~cell).then(pl.lit("否"))
    return cell.cast(pl.String)


def _place(side: str, absent: str) -> pl.Expr:
    """Where a row stands, in the snapshot of that side; null where it has none there."""
    file, sheet, row = (pl.col(name + side) for name in ORIGIN)
    return pl.when(pl.col("change") != absent).then(pl.struct(file.alias("file"), sheet.alias("sheet"), row.alias("row")))


def _version(snapshot: Snapshot) -> dict[str, object]:
    return {"snapshot": snapshot.id, "previous": snapshot.manifest["previous"], "reason": snapshot.manifest["reason"],
            "withdrawn": snapshot.manifest.get("withdrawn", [])}
