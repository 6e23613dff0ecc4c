"""Faults between two schools, or between a school and what the offices say of it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING, Any

from junheng.samples.county import Row
from junheng.samples.workbooks import Workbook

if TYPE_CHECKING:
    from junheng.samples.defects.planting import Planted

COPIED = ("equipment_10k_yuan", "laboratory_equipment_10k_yuan", "added_10k_yuan", "books", "terminals")


def add_rows(planted: Planted) -> None:
    _same(planted, "duplicate_name", "schools", ("name",))
    _same(planted, "same_point", "schools", ("longitude", "latitude"))
    _same(planted, "copied_values", "assets", COPIED)
    _still_there(planted)
    _former_name(planted)
    _private_zone(planted)
    _no_teacher_of_sport(planted)
    _two_postings(planted)
    _round_numbers(planted)


def _school(book: Workbook) -> Row:
    return book.rows["schools"][0]


def _kindergarten(book: Workbook) -> bool:
    return bool(_school(book)["kind"] == "kindergarten")


def _same(planted: Planted, kind: str, table: str, columns: tuple[str, ...]) -> None:
    """One school has what another of its township has, and both are reported."""
    first = planted.take(_kindergarten)
    if first is None:
        return
    township = _school(first)["place_code"]
    second = planted.take(lambda book: _kindergarten(book) and _school(book)["place_code"] == township)
    if second:
        one, other = first.rows[table][0], second.rows[table][0]
        other.update({column: one[column] for column in columns})
        planted.report(first, table, one, columns[0], kind)
        planted.report(second, table, other, columns[0], kind)


def _event(planted: Planted, school: Row, kind: str, day: date, **more: Any) -> None:
    events = planted.county.rows["school_events"]
    events.append({**dict.fromkeys(events[0]), "year": school["year"], "school_id": school["school_id"], "kind": kind,
                   "event_day": day, "paper": "某教〔2024〕99号", **more})


def _still_there(planted: Planted) -> None:
    """Closed a year ago, and listed all the same."""
    book = planted.county.rows.get("school_events") and planted.take(_kindergarten)
    if book:
        _event(planted, _school(book), "closed", date(2024, 8, 31))
        planted.report(book, "schools", _school(book), "school_id", "ended_school")


def _former_name(planted: Planted) -> None:
    """Renamed from the name it still has."""
    book = planted.county.rows.get("school_events") and planted.take(_kindergarten)
    if book:
        _event(planted, _school(book), "renamed", date(2019, 5, 1), former_name=_school(book)["name"])
        planted.report(book, "schools", _school(book), "name", "event_contradicted")


def _private_zone(planted: Planted) -> None:
    private = next((_school(book) for book in planted.books if book.rows.get("schools")
                    and _school(book)["run_by"] == "private" and _school(book)["kind"] == "nine_year"), None)
    if private and planted.county.rows.get("zones"):
        zones = planted.county.rows["zones"]
        zones.append(zone := {**zones[0], "school_id": private["school_id"], "zone": "某片区", "should_enter": 3, "entered": 2})
        planted.report(planted.county, "zones", zone, "zone", "zone_not_needed")


def _no_teacher_of_sport(planted: Planted) -> None:
    book = planted.take(lambda book: _school(book)["kind"] == "primary" and bool(book.rows.get("teachers"))
                        and book.rows["school_stages"][0]["classes"] >= 6)
    if book:
        for row in book.rows["teachers"]:
            for column in ("main_subject", "second_subject"):
                row[column] = "chinese" if row[column] == "physical_education" else row[column]
        planted.report(book, "school_stages", book.rows["school_stages"][0], "full_time_teachers", "subject_without_teacher")


def _two_postings(planted: Planted) -> None:
    """Somebody on rotation is sent out once more before coming back."""
    book = planted.take(lambda book: any(row["kind"] == "rotation" for row in book.rows.get("postings", [])))
    if book:
        first = next(row for row in book.rows["postings"] if row["kind"] == "rotation")
        first["to_day"] = first["from_day"] + timedelta(300)
        second = {**first, "from_day": first["from_day"] + timedelta(30)}
        book.rows["postings"].append(second)
        planted.report(book, "postings", second, "from_day", "postings_overlap")


def _round_numbers(planted: Planted) -> None:
    """The grounds of a whole county, guessed to the ten."""
    for book in planted.books:
        for row in book.rows.get("sites", []):
            row["land_m2"] = row["land_m2"] and Decimal(ceil(row["land_m2"] / 10) * 10)
    planted.report_sheet("sites", "land_m2", "digit_heaping")
