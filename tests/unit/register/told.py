"""Registers of several years that tell of schools and what became of them, for the tests of lineage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from junheng.register.lineage import Lineage
from junheng.register.submission import schema

Rows = Iterable[Mapping[str, Any]]


@dataclass(frozen=True)
class Told:
    """What one year's register tells; a table that is not named was not handed in."""

    year: int
    tables: Mapping[str, pl.DataFrame]

    @property
    def id(self) -> str:
        return f"{self.year}-v1"

    def has(self, table: str) -> bool:
        return table in self.tables

    def table(self, name: str) -> pl.DataFrame:
        return self.tables[name]


def told(year: int, *, schools: Mapping[str, str] | None = None, events: Rows = (), memberships: Rows = ()) -> Told:
    """A year's register: schools by code and township, or code and `township name`; events by the words of `event`."""
    listed = [_school(code, *words.split()) for code, words in (schools or {}).items()]
    rows = {"schools": listed, "school_events": events, "memberships": memberships}
    return Told(year, {name: _frame(name, year, of_table) for name, of_table in rows.items()})


def event(school: str, kind: str, day: str, other: str | None = None, **more: Any) -> dict[str, Any]:
    return {"school_id": school, "kind": kind, "event_day": date.fromisoformat(day), "paper": "教发1号",
            "other_school_id": other, **more}


def lineage(*registers: Told) -> Lineage:
    return Lineage.of(registers)


def _school(code: str, place: str, name: str = "", kind: str = "primary") -> dict[str, Any]:
    return {"school_id": code, "name": name or f"{code}小学", "place_code": place, "kind": kind}


def _frame(name: str, year: int, rows: Rows) -> pl.DataFrame:
    return pl.DataFrame([{"year": year, **row} for row in rows], schema=schema(name))
