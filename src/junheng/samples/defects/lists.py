"""Faults that need a whole row, several rows, or a school of a rare kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from junheng.samples.county import Row
from junheng.samples.workbooks import Workbook

if TYPE_CHECKING:
    from junheng.samples.defects.planting import Planted


def add_rows(planted: Planted) -> None:
    _splits(planted)
    _duplicates(planted)
    _two_places(planted)
    _empty_schools(planted)


def _school(book: Workbook) -> Row:
    return book.rows["schools"][0]


def _splits(planted: Planted) -> None:
    """Schools of several stages are few: one forgets its way of splitting, one a value, two claim too much."""
    first, second, third = (planted.take(lambda book: _school(book)["split"] == "declared") for _ in range(3))
    unsaid = [planted.take(lambda book: _school(book)["split"] == "by_pupils" and _school(book)["kind"] != "special")]
    for book in unsaid:
        if book:
            _set(planted, book, "schools", _school(book), {"split": None}, "split_missing")
    for book, change, kind in ((first, {"declared_books": None}, "split_missing"),
                               (second, {"declared_terminals": 1}, "split_sum"),
                               (third, {"declared_equipment_10k_yuan": 2}, "split_sum")):
        if book:
            row = book.rows["school_stages"][0]
            added = {column: more and row[column] + more for column, more in change.items()}
            _set(planted, book, "school_stages", row, added, kind)


def _set(planted: Planted, book: Workbook, table: str, row: Row, change: dict[str, Any], kind: str) -> None:
    row.update(change)
    planted.report(book, table, row, next(iter(change)), kind)


def _duplicates(planted: Planted) -> None:
    """The later of two rows with one key is reported."""
    for table, column in (("rooms", "room_id"), ("training", "training_year"), ("postings", "from_day")):
        book = planted.take(lambda book, table=table: bool(book.rows.get(table)))  # type: ignore[misc]
        if book:
            again = dict(book.rows[table][0])
            book.rows[table].append(again)
            planted.report(book, table, again, column, "duplicate_key")


def _two_places(planted: Planted) -> None:
    """A teacher of one school is listed as full-time at another too; both rows are reported."""
    def one_primary(book: Workbook) -> bool:
        return _school(book)["kind"] == "primary" and len(book.rows["teachers"]) > 4
    here, there = planted.take(one_primary), planted.take(one_primary)
    if here and there:
        row = next(row for row in here.rows["teachers"] if row["full_time"] and row["head_since"] is None)
        copy = {**row, "school_id": _school(there)["school_id"]}
        there.rows["teachers"].append(copy)
        planted.report(here, "teachers", row, "teacher_id", "two_full_time")
        planted.report(there, "teachers", copy, "teacher_id", "two_full_time")


def _empty_schools(planted: Planted) -> None:
    for _ in range(2):
        book = planted.take(lambda book: _school(book)["kind"] == "teaching_point")
        if book:
            for row in book.rows["school_stages"]:
                row.update(dict.fromkeys(("pupils", "entrants", "boarders", "migrant_pupils", "left_behind_pupils"), 0))
            planted.report(book, "schools", _school(book), "school_id", "empty_school")
