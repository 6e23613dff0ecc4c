"""A county of three schools whose figures can be worked on paper."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

Row = dict[str, Any]
Rows = dict[str, list[Row]]

VILLAGE_SCHOOL, NINE_YEAR, POINT = "2199010001", "3199010002", "2199010003"
COUNTY, TOWNSHIP = "990101", "990101001"


def tiny_county() -> Rows:
    """A primary school of 100, a nine-year school of 60 and 40, a teaching point of 20."""
    rows: Rows = {name: [] for name in (
        "places", "schools", "school_stages", "sites", "rooms", "assets", "classes", "teachers", "recognitions", "postings",
        "training", "venues", "money", "evidence")}
    for code, level, parent in (("99", "province", None), ("9901", "city", "99"), (COUNTY, "county", "9901"),
                                (TOWNSHIP, "township", COUNTY)):
        rows["places"].append({"place_code": code, "level": level, "parent_code": parent, "name": code})
    school(rows, VILLAGE_SCHOOL, "primary", {"primary": 100}, teaching=450, sports=750, equipment="20", network=2)
    school(rows, NINE_YEAR, "nine_year", {"primary": 60, "junior": 40}, teaching=580, sports=1020, equipment="25", network=5)
    school(rows, POINT, "teaching_point", {"primary": 20}, teaching=10, sports=10, equipment="0", network=0)
    for code, stage, count in ((VILLAGE_SCHOOL, "primary", 5), (NINE_YEAR, "primary", 4), (NINE_YEAR, "junior", 4),
                               (POINT, "primary", 1)):
        for number in range(count):
            teacher(rows, code, stage, f"{code}-{stage}-{number}", subject="music" if number == 0 else "chinese")
        recognition(rows, code, f"{code}-{stage}-0")
    return rows


def school(rows: Rows, code: str, kind: str, pupils: dict[str, int], *, teaching: int, sports: int, equipment: str,
           network: int) -> None:
    rows["schools"].append({"school_id": code, "kind": kind, "run_by": "county", "place_code": TOWNSHIP})
    for stage, count in pupils.items():
        rows["school_stages"].append({"school_id": code, "stage": stage, "pupils": count})
        for number in range(2):
            rows["classes"].append({"school_id": code, "stage": stage, "kind": "ordinary", "number": number,
                                    "pupils": count // 2})
    rows["sites"].append({
        "school_id": code, "standing": "own", "form_version": "since_2021", "classroom_m2": Decimal(teaching),
        "special_room_m2": Decimal(0), "library_m2": Decimal(0), "counselling_m2": Decimal(0),
        "other_teaching_m2": Decimal(0), "sports_ground_m2": Decimal(sports - 20), "indoor_sport_m2": Decimal(20)})
    rows["assets"].append({"school_id": code, "equipment_10k_yuan": Decimal(equipment), "terminals": sum(pupils.values()) // 10,
                           "books": 20 * sum(pupils.values())})
    rooms = [("network", 54)] * network + [("music", 96), ("art", 90)]
    rows["rooms"] += [{"school_id": code, "kind": kind, "area_m2": Decimal(area), "in_use": True} for kind, area in rooms]
    rows["money"].append({"school_id": code, "item": "operating_funds", "calendar_year": 2025, "pupils_funded": 100})


def teacher(rows: Rows, code: str, stage: str, person: str, *, subject: str, degree: str = "bachelor") -> None:
    rows["teachers"].append({
        "school_id": code, "teacher_id": person, "stage": stage, "full_time": True, "on_quota": True, "state": "serving",
        "main_subject": subject, "degree": degree, "title": "middle", "certificate_stage": stage,
        "at_school_since": date(2019, 9, 1)})
    rows["training"] += [{"school_id": code, "teacher_id": person, "training_year": year, "hours": Decimal(72)}
                         for year in range(2021, 2026)]


def recognition(rows: Rows, code: str, person: str, *, title: str = "backbone", level: str = "county",
                until: date | None = None) -> None:
    rows["recognitions"].append({"school_id": code, "teacher_id": person, "title": title, "level": level,
                                 "since": date(2022, 9, 1), "until": until})


def document(item: str, *, result: str = "met", value: str | None = None, day: date = date(2025, 6, 30),
             name: str = "材料") -> Row:
    return {"item": item, "place_code": COUNTY, "document": name, "day": day, "result": result,
            "value": None if value is None else Decimal(value)}


def rotation(code: str, person: str, since: date, until: date | None) -> Row:
    return {"school_id": code, "teacher_id": person, "kind": "rotation", "from_day": since, "to_day": until}
