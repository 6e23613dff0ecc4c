"""A submission laid over the snapshot in force: what a correction replaces, and what it leaves alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl

from junheng.kernel.faults import Exit, JunhengError
from junheng.register.holding.city import City
from junheng.register.holding.snapshots import HANDED_IN, Snapshot
from junheng.register.holding.withdrawing import Held, withdraw
from junheng.register.submission import HandedIn, Submission
from junheng.register.tables import SCHOOL_TABLES, TABLES

File = tuple[str, str]  # name and digest


def in_file_order(submission: Submission) -> Submission:
    """The submission as if its files had been named in alphabetical order: the same facts, the same digest."""
    order = sorted(range(len(submission.files)), key=lambda seat: _identity(submission.files[seat]))
    seats = sorted(order, key=order.__getitem__)  # the inverse of `order`
    return replace(submission, files=[submission.files[seat] for seat in order],
                   frames={name: _moved(rows, seats) for name, rows in submission.frames.items()})


def _identity(file: HandedIn) -> File:
    return file.name, file.sha256


def merge(new: Submission, before: Snapshot, city: City, withdrawn: Sequence[str] = ()) -> Submission:
    """The facts after the correction `new`, identities in it already replaced; first goes what is `withdrawn`.

    A sheet replaces the rows of the schools it covers; of a table without schools, the rows of the same key.
    A table whose facts come out the same keeps its rows and their origins: it need not be written again.
    """
    _refuse_other_codes(new, before)
    held = withdraw(Held({name: before.table(name) for name in before.tables}, before.handed_in), withdrawn)
    old = held.frames
    stays = {name: _staying(name, old[name], rows, new.handed_in) if name in old else rows.clear()
             for name, rows in new.frames.items()}
    changed = {name: rows for name, rows in new.frames.items()
               if name not in old or not _same(name, old[name], pl.concat([stays[name], rows]))}
    kept = {**old, **{name: stays[name] for name in changed}}
    files, seats = _seated(before.files, _cited(kept), new.files)
    frames = kept | {name: pl.concat([stays[name], _moved(rows, seats)]) for name, rows in changed.items()}
    handed_in = pl.concat([held.handed_in, new.handed_in.select(HANDED_IN)]).unique().sort(HANDED_IN)
    known = {_identity(file): file for file in new.files}
    return replace(new, frames=frames, handed_in=handed_in, faults=[],
                   files=[known.get(file) or HandedIn(city.inbox / file[1], *file, False) for file in files])


def settled(facts: Submission) -> Submission:
    """What was handed in, said school by school: an office's sheet speaks of every school of the register.

    Where no school is known yet, the office's mark stays until the schools come.
    """
    schools = facts.frames.get("schools")
    if schools is None or schools.is_empty():
        return facts
    of_office = pl.col("table").is_in(SCHOOL_TABLES) & (pl.col("school_id") == "")
    spoken_of = facts.handed_in.filter(of_office).select("table").join(
        schools.select("school_id").drop_nulls().unique(), how="cross")
    handed_in = pl.concat([facts.handed_in.filter(~of_office).select(HANDED_IN), spoken_of]).unique().sort(HANDED_IN)
    return replace(facts, handed_in=handed_in)


def same_facts(merged: Submission, before: Snapshot) -> bool:
    """Whether nothing is changed: the same rows of the same sheets."""
    return (set(merged.frames) == set(before.tables) and merged.handed_in.equals(before.handed_in)
            and all(_same(name, before.table(name), rows) for name, rows in merged.frames.items()))


def _refuse_other_codes(new: Submission, before: Snapshot) -> None:
    held, given = before.manifest["code_system"], new.code_system.name
    if held != given:
        raise JunhengError(f"{before.year}学年：提交的数据用代码体系 {given}；应为在用快照的代码体系 {held}"
                           " -> 用首次导入时的映射文件重新导入", Exit.faults)


def _staying(name: str, old: pl.DataFrame, rows: pl.DataFrame, handed_in: pl.DataFrame) -> pl.DataFrame:
    if name not in SCHOOL_TABLES:
        return old.join(rows, on=list(TABLES[name].key), how="anti", maintain_order="left")
    covered = pl.concat([handed_in.filter(pl.col("table") == name)["school_id"], rows["school_id"]])
    return old.filter(~pl.col("school_id").is_in(covered.drop_nulls().implode()))


def _same(name: str, old: pl.DataFrame, rows: pl.DataFrame) -> bool:
    table = TABLES[name]
    facts = list(table.columns)
    return rows.height == old.height and old.select(facts).equals(
        rows.select(facts).sort(table.key, nulls_last=True, maintain_order=True))


def _cited(frames: Mapping[str, pl.DataFrame]) -> set[int]:
    return {seat for rows in frames.values() for seat in rows["origin_file"].unique().drop_nulls().to_list()}


def _seated(before: list[dict[str, str]], cited: set[int],
            new: list[HandedIn]) -> tuple[list[File], list[int]]:
    """All files, and the place in that list of each new one.

    A file that a row still cites keeps its place, for tables that are only linked cite it by number; a new
    file takes the place of one that no row cites, or the next at the end.
    """
    files = [(file["name"], file["sha256"]) for file in before]
    free = [seat for seat in range(len(files)) if seat not in cited]
    seats = []
    for file in new:
        seat = _seat(files, free, _identity(file))
        files[seat:seat + 1] = [_identity(file)]
        seats.append(seat)
    while files and len(files) - 1 in free:
        files.pop()
    return files, seats


def _seat(files: list[File], free: list[int], identity: File) -> int:
    seat = files.index(identity) if identity in files else free[0] if free else len(files)
    if seat in free:
        free.remove(seat)
    return seat


def _moved(rows: pl.DataFrame, seats: list[int]) -> pl.DataFrame:
    places = pl.Series("seat", seats, dtype=pl.Int32)
    return rows.with_columns(places.gather(rows["origin_file"]).alias("origin_file"))
