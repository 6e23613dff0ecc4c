"""A year's register in the tree of a later year: a folder of Parquet files that engines read like a snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import polars as pl

from junheng.register.census import Register, census_day
from junheng.register.holding import disk
from junheng.register.holding.city import City
from junheng.register.holding.snapshots import open_snapshot
from junheng.register.lineage.tree import Lineage, Restatement
from junheng.register.submission import ORIGIN, schema
from junheng.register.tables import TABLES

# Where a school stands and what it is called follow the later tree; what it was and had stays as it was.
STANDS = ("name", "place_code", "urban_rural", "managing_school_id", "longitude", "latitude", "coordinates")
LATER = ".later"
OF_THE_TREE = ("school_events", "memberships")  # told of the tree itself: taken from the later register


class Filed(Register, Protocol):
    """A snapshot, as far as restating needs it."""

    @property
    def files(self) -> list[dict[str, str]]: ...

    def file(self, name: str) -> Path: ...


@dataclass(frozen=True)
class Restated:
    """The register of `year` with schools and places as in the tree of `to_year`; `files` are those of `year`.

    Schools that have been merged since have one row a stage in `school_stages`, the sum of theirs. In the tables of
    detail their rows stand side by side, and two of them may share a key.
    """

    id: str
    year: int
    to_year: int
    path: Path
    tables: tuple[str, ...]
    files: list[dict[str, str]]

    def has(self, table: str) -> bool:
        return table in self.tables

    def table(self, name: str) -> pl.DataFrame:
        return pl.read_parquet(self.path / f"{name}.parquet", glob=False)

    @property
    def handed_in(self) -> pl.DataFrame:
        return self.table("handed_in")


def lineage_of(city: Path) -> Lineage:
    """The lineage that the snapshots in force of a city folder tell."""
    return Lineage.of([open_snapshot(city, year) for year in City(city).current()])


def restated_id(snapshot: Filed, later: Filed, lineage: Lineage) -> str:
    """How a figure names what it was made of: the facts, the tree, and all the snapshots that tell of the schools' history."""
    return f"{snapshot.id}@{later.id}.{lineage.digest}"


def restate(snapshot: Filed, later: Filed, lineage: Lineage, folder: Path) -> Restated:
    """Write the register of `snapshot`, restated to the tree of `later`, into the new folder `folder`.

    Every row keeps its counts and its origin; the columns that name a school name the one that carries it on.
    A sheet counts as handed in for a school when all the schools that it carries on handed it in.
    """
    moved = lineage.restated(snapshot.year, later.year)
    folder.mkdir(parents=True)
    made = _Restating(snapshot, later, moved)
    for name in made.tables:
        target = folder / f"{name}.parquet"
        if (rows := made.rows(name)) is None:
            disk.link(snapshot.file(name), target)
        else:
            rows.write_parquet(target, compression="zstd")
    made.handed_in().write_parquet(folder / "handed_in.parquet")
    name = restated_id(snapshot, later, lineage)
    return Restated(name, snapshot.year, later.year, folder, made.tables, snapshot.files)


class _Restating:
    """The tables of one year under the schools and places of a later one."""

    def __init__(self, snapshot: Filed, later: Filed, moved: Mapping[str, Restatement]) -> None:
        self.snapshot, self.later, self.moved = snapshot, later, moved
        self.codes = {school: found.school_id for school, found in moved.items() if found.school_id != school}
        self.tables = tuple(name for name in TABLES if any(each.has(name) for each in self._sources(name)))

    def _sources(self, name: str) -> tuple[Filed, ...]:
        """The registers that a table is made from."""
        return (self.later,) if name in OF_THE_TREE else (self.snapshot, self.later) if name == "places" else (self.snapshot,)

    def rows(self, name: str) -> pl.DataFrame | None:
        """The rows of a table in the later tree; None where they are what they were."""
        if name == "schools":
            return self._schools()
        if name == "places" or name in OF_THE_TREE:
            return self._of_the_tree(name)
        columns = [column for column, spec in TABLES[name].columns.items() if spec.code_of == "school"]
        rows = self.snapshot.table(name) if self.codes and columns else pl.DataFrame()
        if rows.is_empty() or not rows.select(pl.any_horizontal(pl.col(columns).is_in(list(self.codes))).any()).item():
            return None
        carried = rows.with_columns(pl.col(column).replace(self.codes) for column in columns)
        return _added(carried) if name == "school_stages" else carried

    def _of_the_tree(self, name: str) -> pl.DataFrame:
        """The later rows; of divisions also those that have gone since, for schools that closed there."""
        held = [each.table(name).with_columns(pl.lit(self.snapshot.year, pl.Int64).alias("year"))
                for each in reversed(self._sources(name)) if each.has(name)]
        if name == "places" and len(held) > 1:  # what is only in the earlier tree is there no more
            gone = pl.coalesce("until", pl.lit(census_day(self.snapshot.year)))
            held[1] = held[1].join(held[0].select("place_code"), on="place_code", how="anti").with_columns(until=gone)
        return pl.concat(held).unique(TABLES[name].key, keep="first", maintain_order=True).sort(TABLES[name].key)

    def _schools(self) -> pl.DataFrame:
        """One row a school: its own of that year, or else that of the first it carries on, with what the later tree says."""
        then = self.snapshot.table("schools")
        facts = [column for column in then.columns if column not in ("year", "school_id", *ORIGIN)]
        both = self._firsts(then).join(self.later.table("schools").select("school_id", *facts, there=pl.lit(True)),
                                       on="school_id", how="left", suffix=LATER, maintain_order="left")
        from_later = {column: pl.col("there") & (pl.lit(column in STANDS) | ~pl.col("own")) for column in facts}
        told = both.with_columns(pl.when(from_later[column]).then(column + LATER).otherwise(column).alias(column)
                                 for column in facts)
        standing = {found.school_id: found for found in self.moved.values()}
        return told.select(then.columns).with_columns(
            pl.col("school_id").replace_strict({code: getattr(found, column) for code, found in standing.items()},
                                               return_dtype=pl.String).alias(column) for column in ("name", "place_code"))

    def _firsts(self, then: pl.DataFrame) -> pl.DataFrame:
        heir = pl.col("school_id").replace(self.codes)
        carried = then.with_columns(pl.col("managing_school_id").replace(self.codes), heir.alias("heir"),
                                    (heir == pl.col("school_id")).alias("own"))
        return (carried.sort("heir", pl.col("own").not_(), "school_id").unique("heir", keep="first", maintain_order=True)
                .drop("school_id").rename({"heir": "school_id"}))

    def handed_in(self) -> pl.DataFrame:
        """Which sheets are known: those that every school carried on by one of today handed in."""
        all_of = pl.DataFrame({"school_id": list(self.moved), "heir": [found.school_id for found in self.moved.values()]})
        pairs = self.snapshot.handed_in.filter(~pl.col("table").is_in(OF_THE_TREE)).join(all_of, on="school_id", how="left")
        others = pairs.filter(pl.col("heir").is_null()).select("table", "school_id")
        whole = (pairs.drop_nulls("heir").group_by("table", "heir").len()
                 .join(all_of.group_by("heir").len("all"), on="heir").filter(pl.col("len") == pl.col("all"))
                 .select("table", pl.col("heir").alias("school_id")))
        tree = self.later.handed_in.filter(pl.col("table").is_in(OF_THE_TREE))
        return pl.concat([others, whole, tree]).unique().sort("table", "school_id")


def _added(stages: pl.DataFrame) -> pl.DataFrame:
    """One row a stage of a school; a sum is unknown when one of its rows is, and says in place of its sheet that it is a sum."""
    key = list(TABLES["school_stages"].key)
    amounts = [column for column in TABLES["school_stages"].columns if column not in key]
    sheet = pl.col("origin_sheet").first()
    added = stages.group_by(key, maintain_order=True).agg(
        *(pl.when(pl.col(column).null_count() == 0).then(pl.col(column).sum()).alias(column) for column in amounts),
        pl.col("origin_file", "origin_row").first(),
        pl.when(pl.len() > 1).then(pl.format("{}（{} 校之和）", sheet, pl.len())).otherwise(sheet).alias("origin_sheet"))
    return added.select(pl.col(column).cast(kind) for column, kind in schema("school_stages").items()).sort(key)
