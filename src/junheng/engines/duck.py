"""DuckDB, embedded: a folder of Parquet files opened as Narwhals frames."""

from __future__ import annotations

from glob import escape
from pathlib import Path
from typing import Any

import duckdb
import narwhals as nw


class Duck:
    """One in-memory connection on the Parquet files of a snapshot; nothing is written, nothing is loaded from outside."""

    def __init__(self, folder: Path, threads: int | None = None) -> None:
        self.folder = folder
        self.connection = duckdb.connect(config={"autoinstall_known_extensions": "false"})
        if threads:
            self.connection.execute(f"SET threads = {int(threads)}")

    def has(self, table: str) -> bool:
        return (self.folder / f"{table}.parquet").is_file()

    def scan(self, table: str) -> nw.LazyFrame[Any]:
        relation = self.connection.read_parquet(escape(str(self.folder / f"{table}.parquet")))
        return nw.from_native(relation)

    def fetch(self, frame: nw.LazyFrame[Any]) -> list[tuple[Any, ...]]:
        return list(nw.to_native(frame).fetchall())
