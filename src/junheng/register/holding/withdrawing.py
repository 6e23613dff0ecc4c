"""Rows that no sheet can take back: a school entered by mistake, a place, a document, withdrawn by name in a correction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce

import polars as pl

from junheng.kernel.codes import Privacy
from junheng.kernel.faults import JunhengError
from junheng.kernel.tables import Table
from junheng.register.tables import SCHOOL_TABLES, TABLES

PARTS = "/"  # between a table's name and the columns of its key


@dataclass(frozen=True)
class Held:
    """What a snapshot holds, as far as something can be withdrawn from it: its rows, and which sheets were handed in."""

    frames: Mapping[str, pl.DataFrame]
    handed_in: pl.DataFrame


def withdraw(held: Held, names: Iterable[str]) -> Held:
    """What is left without what `names` name; each must be there.

    `3799000001`      a school: its rows and sheets of every table, as if it had never handed in
    `区划/379901100`  the rows of a table without schools whose key begins so; the table's name alone: all of them

    Errors: JunhengError for a name that names nothing, or a row that is taken back by handing in its school's sheet.
    """
    return reduce(_without, names, held)


def _without(held: Held, name: str) -> Held:
    word, *parts = name.split(PARTS)
    tables = {spelling: made for table, made in TABLES.items() for spelling in (table, made.zh)}
    return _without_rows(held, name, tables[word], parts) if word in tables else _without_school(held, name)


def _without_school(held: Held, school: str) -> Held:
    stays = pl.col("school_id") != school
    frames = {name: rows.filter(stays) if name in SCHOOL_TABLES else rows for name, rows in held.frames.items()}
    handed_in = held.handed_in.filter(stays)
    if handed_in.height == held.handed_in.height and _same_heights(frames, held):
        raise JunhengError(f"{school}：没有这所学校报送的内容；应为学校标识码，或 表名/主键，如 区划/379901100"
                           " -> 改正 --withdraw")
    sheets = set(handed_in["table"])
    return Held({name: rows for name, rows in frames.items() if rows.height or name in sheets}, handed_in)


def _without_rows(held: Held, name: str, table: Table, parts: list[str]) -> Held:
    if table.name in SCHOOL_TABLES:
        raise JunhengError(f"{name}：{table.zh}表按学校报送；应重报该校的这张表，少报的行即撤回 -> 改为导入文件，或撤回整所学校")
    key = [column for column in table.key if column != "year"]
    named = dict(zip(key, _joined(parts, len(key)), strict=False))
    if any(table.columns[column].privacy is Privacy.personal for column in named):
        raise JunhengError(f"{table.zh}：含身份信息，不能按人撤回；应写 {table.zh} 撤回整张表 -> 并在同一次导入中交上改好的表")
    rows = held.frames.get(table.name)
    if rows is None or (kept := rows.filter(~_begins(named))).height == rows.height:
        raise JunhengError(f"{name}：{table.zh}表中没有这样的行；应为 {PARTS.join([table.zh, *key])} -> 改正 --withdraw")
    return Held({**held.frames, table.name: kept}, held.handed_in)


def _joined(parts: list[str], most: int) -> list[str]:
    """The last part of a key is a text that may hold the mark itself."""
    return [*parts[:most - 1], PARTS.join(parts[most - 1:])] if len(parts) > most else parts


def _begins(named: Mapping[str, str]) -> pl.Expr:
    return pl.all_horizontal(pl.lit(True), *(pl.col(column).cast(pl.String) == text for column, text in named.items()))


def _same_heights(frames: Mapping[str, pl.DataFrame], held: Held) -> bool:
    return all(rows.height == held.frames[name].height for name, rows in frames.items())
