"""Faults of one cell: kind, table, what is written over a row (the first column is the one reported), which row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from junheng.samples.county import Row
from junheng.samples.people import check_digit

Fits = Callable[[Row], bool]
Change = tuple[str, str, dict[str, Any], Fits]
NOWHERE_SCHOOL, NOWHERE_PLACE = "2199019999", "990101099"


def _any(row: Row) -> bool:
    return True


def where(**wanted: Any) -> Fits:
    return lambda row: all(row[column] == value for column, value in wanted.items())


def _teaching(row: Row) -> bool:
    return bool(row["full_time"] and row["state"] == "serving" and row["head_since"] is None)


def _helper(row: Row) -> bool:
    return row["post_kind"] in ("support", "worker")  # named on no other sheet


def _wrong_check_digit(row: Row) -> str:
    number = str(row["teacher_id"])
    return number[:17] + ("1" if number[17] != "1" else "2")


def _stranger(row: Row) -> str:
    """A right number that is on no staff list."""
    body = "98990119700101" + f"{int(str(row['teacher_id'])[6:10]) % 1000:03d}"
    return body + check_digit(body)


def _other_sex(row: Row) -> str:
    return "male" if row["sex"] == "female" else "female"


POINT, PRIMARY, STAGE = where(kind="teaching_point"), where(kind="primary"), where(stage="primary")
NEW_FORM = where(form_version="since_2021", standing="own")
CELLS: tuple[Change, ...] = (
    # cells that cannot be read as what they should be
    ("missing_value", "school_stages", {"pupils": None}, STAGE),
    ("missing_value", "teachers", {"degree": None}, _helper),
    ("not_a_number", "school_stages", {"classes": "六"}, STAGE),
    ("not_a_number", "assets", {"books": "约三千"}, _any),
    ("fraction", "school_stages", {"full_time_teachers": 12.5}, STAGE),
    ("fraction", "classes", {"present": 20.5}, _any),
    ("negative", "school_stages", {"graduates": -3}, STAGE),
    ("negative", "assets", {"terminals": -1}, _any),
    ("out_of_range", "classes", {"grade": 13}, _any),
    ("out_of_range", "training", {"hours": 2600}, _any),
    ("too_many_decimals", "sites", {"land_m2": 12345.678}, NEW_FORM),
    ("too_many_decimals", "training", {"hours": 72.25}, _any),
    ("digits_lost", "teachers", {"teacher_id": 980101198001011000}, _helper),
    ("digits_lost", "teachers", {"teacher_id": 980102197505052000}, _helper),
    ("not_a_day", "teachers", {"degree_day": "去年秋天"}, _teaching),
    ("not_a_day", "rooms", {"since": "2021年13月1日"}, _any),
    ("date_1900", "teachers", {"degree_day": date(1900, 1, 12)}, _teaching),
    ("date_1900", "rooms", {"since": date(1900, 1, 1)}, _any),
    ("unknown_code", "schools", {"urban_rural": "山上"}, PRIMARY),
    ("unknown_code", "teachers", {"title": "教授级"}, _helper),
    ("not_yes_no", "teachers", {"on_quota": "待定"}, _helper),
    ("not_yes_no", "rooms", {"in_use": "有时"}, _any),
    ("bad_school_code", "postings", {"to_school_id": "21990"}, _any),
    ("bad_school_code", "schools", {"managing_school_id": "21990A0001"}, POINT),
    ("bad_place_code", "schools", {"place_code": "99010"}, PRIMARY),
    ("bad_identity", "teachers", {"teacher_id": _wrong_check_digit}, _helper),
    ("bad_identity", "training", {"teacher_id": "98010119800230123X"}, _any),  # born on 30 February
    # rows that name what is not there
    ("unknown_school", "rooms", {"school_id": NOWHERE_SCHOOL}, where(kind="laboratory")),
    ("unknown_school", "postings", {"to_school_id": "3199019998"}, _any),
    ("unknown_place", "schools", {"place_code": NOWHERE_PLACE}, PRIMARY),
    ("unknown_teacher", "training", {"teacher_id": _stranger}, _any),
    ("unknown_teacher", "recognitions", {"teacher_id": _stranger}, where(title="honour")),
    # figures that contradict each other
    ("stage_not_offered", "teachers", {"stage": "junior"}, lambda row: _teaching(row) and row["stage"] == "primary"),
    ("stage_not_offered", "teachers", {"stage": "primary"}, lambda row: _teaching(row) and row["stage"] == "junior"),
    ("classes_count", "school_stages", {"classes": lambda row: row["classes"] + 1}, STAGE),
    ("classes_count", "school_stages", {"classes": lambda row: row["classes"] - 1}, where(stage="junior")),
    ("class_pupils", "school_stages", {"pupils": lambda row: row["pupils"] + 5}, STAGE),
    ("class_pupils", "school_stages", {"pupils": lambda row: row["pupils"] - 7}, where(stage="junior")),
    ("teacher_count", "school_stages", {"full_time_teachers": lambda row: row["full_time_teachers"] + 1}, STAGE),
    ("teacher_count", "school_stages", {"full_time_teachers": lambda row: row["full_time_teachers"] + 2}, where(stage="junior")),
    ("backbone_count", "school_stages", {"backbone_teachers": lambda row: row["full_time_teachers"] + 3}, STAGE),
    ("backbone_count", "school_stages", {"backbone_teachers": lambda row: row["backbone_teachers"] + 1}, STAGE),
    ("parts_over_whole", "sites", {"floor_area_m2": lambda row: row["floor_area_m2"] // 2}, NEW_FORM),
    ("parts_over_whole", "assets", {"laboratory_equipment_10k_yuan": lambda row: row["equipment_10k_yuan"] + 1}, _any),
    ("birth_year_mismatch", "teachers", {"birth_year": lambda row: row["birth_year"] - 1}, _teaching),
    ("birth_year_mismatch", "teachers", {"birth_year": lambda row: row["birth_year"] - 10}, _helper),
    ("sex_mismatch", "teachers", {"sex": _other_sex}, _teaching),
    ("sex_mismatch", "teachers", {"sex": _other_sex}, _helper),
    ("day_order", "recognitions", {"until": date(2020, 8, 31)}, lambda row: row["since"].year > 2020),
    ("day_order", "teachers", {"at_school_since": lambda row: date(row["birth_year"] + 9, 9, 1)}, _teaching),
    ("future_day", "teachers", {"degree_day": date(2027, 6, 30)}, _teaching),
    ("future_day", "rooms", {"since": date(2027, 3, 1)}, _any),
    ("point_without_centre", "schools", {"managing_school_id": None}, POINT),
    ("point_without_centre", "schools", {"managing_school_id": lambda row: row["school_id"]}, POINT),
    ("class_size_implausible", "classes", {"pupils": 95, "present": 95}, where(kind="ordinary")),
    ("class_size_implausible", "classes", {"pupils": 0, "present": 0}, where(kind="ordinary")),
    ("unit_slip", "assets", {"equipment_10k_yuan": Decimal(900_000)}, _any),
    ("unit_slip", "assets", {"equipment_10k_yuan": Decimal(800_000)}, _any),
    ("form_version_columns", "sites", {"counselling_m2": None}, NEW_FORM),
    ("form_version_columns", "sites",
     {"laboratory_m2": Decimal(50), "floor_area_m2": lambda row: row["floor_area_m2"] + 50}, NEW_FORM),
    ("training_year", "training", {"training_year": 2012}, _any),
    ("training_year", "training", {"training_year": 2018}, _any),
    ("coordinates_outside", "schools",
     {"longitude": Decimal("150.2"), "latitude": Decimal("35.2"), "coordinates": "cgcs2000"}, PRIMARY),
    ("coordinates_outside", "schools", {"longitude": Decimal(10), "latitude": Decimal(20), "coordinates": "cgcs2000"}, POINT),
)
