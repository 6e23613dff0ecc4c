"""Facts in, a snapshot out that never changes: Parquet, a manifest, a digest that covers the facts alone."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import polars as pl

from junheng.kernel.faults import JunhengError
from junheng.kernel.tables import Table
from junheng.register.holding import disk
from junheng.register.holding.city import City
from junheng.register.submission import HANDED_IN_SCHEMA, Submission, schema
from junheng.register.tables import TABLES

FORMAT = 1
# Version, reason, previous and withdrawn only tell how a snapshot came to be; the same facts have the same digest.
FACTS = ("format", "year", "code_system", "tables", "handed_in", "files")
HANDED_IN = list(HANDED_IN_SCHEMA)

_ID = re.compile(r"(\d{4})-v(\d+)-([0-9a-f]{12})")
_YEAR = re.compile("[0-9]{4}")
_VERSION = re.compile("([0-9]{4})-v([0-9]+)(-[0-9a-f]{12})?")


@dataclass(frozen=True)
class Snapshot:
    """The facts of one school year, as they were accepted."""

    id: str
    year: int
    path: Path
    manifest: Mapping[str, Any]

    @property
    def version(self) -> int:
        return int(self.manifest["version"])

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the tables that were handed in."""
        return tuple(self.manifest["tables"])

    @property
    def files(self) -> list[dict[str, str]]:
        """Name and digest of each file; a row's `origin_file` counts from 0 in this list."""
        return list(self.manifest["files"])

    def has(self, name: str) -> bool:
        """Whether the table was handed in; one handed in without rows was."""
        return name in self.manifest["tables"]

    def file(self, name: str) -> Path:
        """The Parquet file of a table."""
        return self.path / f"{name}.parquet"

    def table(self, name: str) -> pl.DataFrame:
        """The rows of a table, sorted by its key; a column declared since it was written is unknown in it."""
        held = pl.read_parquet(self.file(name), glob=False)
        return held.select(pl.col(column) if column in held.columns else pl.lit(None, kind).alias(column)
                           for column, kind in schema(name).items())

    @property
    def handed_in(self) -> pl.DataFrame:
        """Which sheets were handed in: table, school_id ("" for tables without schools)."""
        return pl.read_parquet(self.file("handed_in"), glob=False)

    def previous(self) -> Snapshot | None:
        """The version this one was made from, if it is still there."""
        name = self.manifest["previous"]
        return read_snapshot(self.path.parent / name) if name and (self.path.parent / name).is_dir() else None


def open_snapshot(path: Path, year: int | None = None) -> Snapshot:
    """The snapshot in force of `year` in the city folder `path`; without a year, of the latest one there."""
    current = City(path).current()
    if not current:
        raise disk.storage_error(path, "还没有任何学年的快照", "已导入过数据的城市目录",
                                 "先运行 junheng import 文件... --city 目录 --year 学年")
    if year is not None and year not in current:
        raise disk.storage_error(path, f"没有{year}学年的快照", f"已有的学年：{'、'.join(map(str, current))}",
                                 "改用已有的学年，或先导入该学年")
    wanted = max(current) if year is None else year
    return read_snapshot(City(path).snapshots / current[wanted])


def snapshot_named(path: Path, name: str) -> Snapshot:
    """A snapshot of the city folder `path`: `2025` is the one in force, `2025-v1` a version, or its whole name."""
    if _YEAR.fullmatch(name):
        return open_snapshot(path, int(name))
    asked = _VERSION.fullmatch(name)
    if not asked:
        raise JunhengError(f"{name}：不是快照的名称；应如 2025（在用的）、2025-v1 或完整名称 -> 改正后重试")
    held = _versions(City(path))
    full = held.get((int(asked[1]), int(asked[2])))
    if full is None or (asked[3] and full != name):
        in_force = set(City(path).current().values())
        there = [f"{year}-v{version}{'（在用）' if held[year, version] in in_force else ''}" for year, version in sorted(held)]
        raise disk.storage_error(path, f"没有快照 {name}", f"已有的快照：{'、'.join(there) or '无'}", "改用已有的快照")
    return read_snapshot(City(path).snapshots / full)


def snapshot_in_force(city: City, year: int) -> Snapshot | None:
    """The snapshot of `year` now in force, if there is one."""
    held = city.current().get(year)
    return read_snapshot(city.snapshots / held) if held else None


def read_snapshot(folder: Path) -> Snapshot:
    """The snapshot in `folder`: manifest held against the digest in its name, files against the manifest."""
    file = folder / "manifest.json"
    with disk.in_words(file):
        text = file.read_bytes()
    try:
        manifest = json.loads(text)
        expected = _id(manifest)
    except (ValueError, KeyError, TypeError) as refusal:
        raise _damaged(file, "清单损坏") from refusal
    if folder.name != expected:
        raise _damaged(file, "清单与目录名里的摘要不符")
    snapshot = Snapshot(folder.name, int(manifest["year"]), folder, manifest)
    for name, fact in {**manifest["tables"], "handed_in": manifest["handed_in"]}.items():
        if not disk.is_whole(snapshot.file(name), fact["sha256"]):
            raise _damaged(snapshot.file(name), "内容与清单里的摘要不符")
    return snapshot


def write_snapshot(city: City, facts: Submission, before: Snapshot | None, reason: str | None,
                   run: Mapping[str, object], withdrawn: Sequence[str] = ()) -> Snapshot:
    """Write `facts` beside the snapshots there are; a table that `before` holds unchanged is linked.

    The folder takes its name when all in it is on the disk. It is not in force yet.
    """
    manifest: dict[str, Any] = {}

    def fill(draft: Path) -> str:
        manifest.update(_fill(draft, facts, before), version=_next_version(city, facts.year), reason=reason,
                        previous=before.id if before else None, withdrawn=list(withdrawn))
        disk.write_synced(draft / "manifest.json", disk.as_json(manifest))
        disk.write_synced(draft / "run.json", disk.as_json(run))
        return _id(manifest)

    with disk.in_words(city.snapshots):
        city.snapshots.mkdir(exist_ok=True)
        folder = disk.whole_folder(city.snapshots, fill)
    return Snapshot(folder.name, facts.year, folder, manifest)


def _fill(draft: Path, facts: Submission, before: Snapshot | None) -> dict[str, Any]:
    tables = {name: _put(draft, name, _in_order(TABLES[name], facts.frames[name]), before)
              for name in TABLES if name in facts.frames}
    handed_in = facts.handed_in.select(HANDED_IN).unique().sort(HANDED_IN)
    return {"format": FORMAT, "year": facts.year, "code_system": facts.code_system.name, "tables": tables,
            "handed_in": _write(draft / "handed_in.parquet", handed_in),
            "files": [{"name": file.name, "sha256": file.sha256} for file in facts.files]}


def _in_order(table: Table, rows: pl.DataFrame) -> pl.DataFrame:
    declared = schema(table.name)  # no floats among them, so no NaN in Parquet
    ordered = rows.select(list(declared)).sort(table.key, nulls_last=True, maintain_order=True)
    wrong = [name for name, found in ordered.schema.items() if found != declared[name]]
    if wrong:
        raise TypeError(f"table {table.name}: columns not of their declared type: {wrong}")
    return ordered


def _put(draft: Path, name: str, rows: pl.DataFrame, before: Snapshot | None) -> dict[str, Any]:
    if before and before.has(name) and before.table(name).equals(rows):
        disk.link(before.file(name), draft / f"{name}.parquet")
        return dict(before.manifest["tables"][name])
    return _write(draft / f"{name}.parquet", rows)


def _write(path: Path, rows: pl.DataFrame) -> dict[str, Any]:
    content = BytesIO()
    rows.write_parquet(content, compression="zstd")
    disk.write_synced(path, content.getvalue())
    return {"rows": rows.height, "sha256": sha256(content.getvalue()).hexdigest()}


def _next_version(city: City, year: int) -> int:
    """One more than any version of the year that is there, even one that never came into force."""
    return max((version for of_year, version in _versions(city) if of_year == year), default=0) + 1


def _versions(city: City) -> dict[tuple[int, int], str]:
    """Year and version of each snapshot that is there, and its whole name."""
    found = (_ID.fullmatch(folder.name) for folder in city.snapshots.glob("*-v*"))
    return {(int(match[1]), int(match[2])): match[0] for match in found if match}


def _id(manifest: Mapping[str, Any]) -> str:
    facts = json.dumps({name: manifest[name] for name in FACTS}, sort_keys=True, ensure_ascii=False,
                       separators=(",", ":"))
    return f"{manifest['year']}-v{manifest['version']}-{sha256(facts.encode()).hexdigest()[:12]}"


def _damaged(file: Path, found: str) -> JunhengError:
    return disk.storage_error(file, found, "导入时写下的内容", "从备份恢复该快照的文件夹后重试")
