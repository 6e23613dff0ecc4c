"""Faults of one cell that only other rows give away: of peers, of the year before, of what is usual."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from junheng.samples.county import YEAR, Row
from junheng.samples.defects.cells import Change, Fits, where
from junheng.samples.history import FEWER_THINGS

HUNDREDTH = Decimal("0.01")
MIDDLE = Decimal("100.3")  # the longitude of the county's middle
KINDERGARTEN, POINT = where(kind="kindergarten"), where(kind="teaching_point")
THIRD_GRADE = where(stage="primary", grade=3, flow_year=YEAR)


def _primary(row: Row) -> bool:
    """A row of a primary school or a point, by its code; there are enough of them to be compared."""
    return str(row["school_id"]).startswith("21")


def _teaching(**more: Any) -> Fits:
    fits = where(full_time=True, state="serving", post_kind="teaching", head_since=None, **more)
    return lambda row: fits(row)


def _last_years(column: str) -> Callable[[Row], Any]:
    """What the sample's history says a year back."""
    def of(row: Row) -> Any:
        less = row[column] * FEWER_THINGS
        return less.quantize(HUNDREDTH) if column.endswith("_yuan") else int(less)
    return of


def _across_the_county(row: Row) -> Decimal:
    half = Decimal("0.6")
    return Decimal(row["longitude"]) + (half if row["longitude"] < MIDDLE else -half)


SCHOOL_CELLS: tuple[Change, ...] = (
    # of places and coordinates
    ("place_too_wide", "schools", {"place_code": lambda row: row["place_code"][:6]}, KINDERGARTEN),
    ("coordinate_incomplete", "schools", {"coordinates": None}, KINDERGARTEN),
    ("coordinate_incomplete", "schools", {"latitude": None}, POINT),
    ("coordinates_coarse", "schools", {"longitude": lambda row: row["longitude"].quantize(HUNDREDTH),
                                       "latitude": lambda row: row["latitude"].quantize(HUNDREDTH)}, KINDERGARTEN),
    ("coordinates_swapped", "schools", {"latitude": Decimal("87.61"), "longitude": Decimal("43.82")}, KINDERGARTEN),
    ("outside_county", "schools", {"longitude": lambda row: row["longitude"] + 2}, KINDERGARTEN),
    ("outside_county", "schools", {"longitude": lambda row: row["longitude"] + 20}, POINT),
    ("far_from_others", "schools", {"longitude": _across_the_county}, POINT),
    # of last year
    ("school_without_event", "schools", {"name": lambda row: "新" + row["name"]}, KINDERGARTEN),
    ("sudden_change", "school_stages", {"pupils": lambda row: row["pupils"] // 2},
     lambda row: row["stage"] == "primary" and row["pupils"] > 200),
    ("copied_from_last_year", "assets", {column: _last_years(column) for column in (
        "equipment_10k_yuan", "laboratory_equipment_10k_yuan", "added_10k_yuan", "books", "terminals", "desks")},
     lambda row: row["terminals"] >= 50),
    # of pupils and their movements
    ("flow_balance", "flows", {"roll": lambda row: row["roll"] + 3}, THIRD_GRADE),
    ("flow_roll", "school_stages", {"entrants": lambda row: row["entrants"] + 2}, where(stage="primary")),
    ("movement_time", "flows", {"moved_in": 3}, where(flow_year=YEAR)),
    ("grade_of_stage", "flows", {"grade": 8}, THIRD_GRADE),
    # of staff
    ("teacher_age", "teachers", {"birth_year": 1950}, _teaching()),
    ("several_heads", "teachers", {"head_since": date(2020, 9, 1)}, _teaching()),
    ("head_before_arrival", "teachers", {"head_since": lambda row: row["at_school_since"] - timedelta(400)},
     lambda row: row["head_since"] is not None and row["state"] == "serving"),
    ("certificate_subject", "teachers", {"certificate_subject": "physical_education"},
     _teaching(stage="junior", main_subject="chinese")),
    ("no_lessons", "teachers", {"weekly_lessons": 0}, _teaching()),
    ("pay_implausible", "teachers", {"pay_yuan": Decimal(6500)}, _teaching(on_quota=True)),
    ("training_hours", "training", {"hours": Decimal(480)}, lambda row: True),
    # of amounts
    ("column_not_for_kind", "schools", {"quality_senior": True}, where(kind="primary")),
    ("column_not_for_kind", "schools", {"inclusive": True}, where(kind="kindergarten", run_by="county")),
    ("over_capacity", "schools", {"design_classes": 1}, where(kind="primary")),
    ("outlier", "assets", {"books": lambda row: row["books"] * 200}, _primary),
    ("outlier", "assets", {"terminals": lambda row: row["terminals"] * 200}, lambda row: _primary(row) and row["terminals"] > 0),
)
