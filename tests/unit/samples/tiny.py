"""A county of three schools whose figures can be worked on paper."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from junheng.samples.golden import golden

Row = dict[str, Any]
Rows = dict[str, list[Row]]

YEAR = 2025
VILLAGE_SCHOOL, NINE_YEAR, POINT = "2199010001", "3199010002", "2199010003"
COUNTY, TOWNSHIP = "990101", "990101001"


def tiny_county() -> Rows:
    """A primary school of 100, a nine-year school of 60 and 40, a teaching point of 20."""
    rows: Rows = {name: [] for name in (
        "places", "schools", "school_stages", "sites", "rooms", "assets", "classes", "teachers", "recognitions", "postings",
        "training", "venues", "money", "evidence", "pupils", "flows", "population", "county_years", "county_series",
        "disabled_children", "zones", "quota_places", "staff_quota")}
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


def school(rows: Rows, code: str, kind: str, pupils: dict[str, int], *, teaching: int = 0, sports: int = 20, equipment: str = "0",
           network: int = 0, township: str = TOWNSHIP, **more: Any) -> None:
    rows["schools"].append({
        "school_id": code, "kind": kind, "run_by": "county", "place_code": township, "urban_rural": "village", "boarding": False,
        "inclusive": None, "central_kindergarten": None, "built_year": 1990, "quality_senior": None, **more})
    for stage, count in pupils.items():
        rows["school_stages"].append({
            "school_id": code, "stage": stage, "pupils": count, "full_time_teachers": None, "planned_entrants": None,
            "entrants": 10, "graduates": 10, "boarders": 0, "migrant_pupils": 0, "migrant_bought_places": 0,
            "left_behind_pupils": 0})
        for number in range(2):
            rows["classes"].append({"school_id": code, "stage": stage, "grade": 1, "kind": "ordinary", "number": number,
                                    "pupils": count // 2})
    rows["sites"].append({
        "school_id": code, "standing": "own", "form_version": "since_2021", "classroom_m2": Decimal(teaching),
        "special_room_m2": Decimal(0), "library_m2": Decimal(0), "counselling_m2": Decimal(0),
        "other_teaching_m2": Decimal(0), "laboratory_m2": None, "computer_room_m2": None, "language_room_m2": None,
        "floor_area_m2": Decimal(2 * teaching), "office_m2": None, "living_m2": None,
        "play_ground_m2": None, "activity_room_m2": None,
        "sports_ground_m2": Decimal(sports - 20), "indoor_sport_m2": Decimal(20)})
    rows["assets"].append({"school_id": code, "equipment_10k_yuan": Decimal(equipment), "terminals": sum(pupils.values()) // 10,
                           "books": 20 * sum(pupils.values()), "bandwidth_mbps": 100, "campus_network": True,
                           "sports_gear_met": True, "music_gear_met": True, "art_gear_met": True, "experiment_gear_met": None})
    rooms = [("network", 54)] * network + [("music", 96), ("art", 90)]
    rows["rooms"] += [{"school_id": code, "kind": kind, "area_m2": Decimal(area), "in_use": True} for kind, area in rooms]
    rows["money"].append(money(code, "operating_funds", 2025, budget="72000", pupils=100))


def teacher(rows: Rows, code: str, stage: str, person: str, *, subject: str, degree: str = "bachelor") -> None:
    rows["teachers"].append({
        "school_id": code, "teacher_id": person, "stage": stage, "full_time": True, "on_quota": True, "state": "serving",
        "main_subject": subject, "degree": degree, "title": "middle", "certificate_stage": stage,
        "at_school_since": date(2019, 9, 1), "head_since": None, "pay_yuan": Decimal(80000)})
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


def money(code: str, item: str, year: int, *, budget: str | None = None, settled: str | None = None,
          pupils: int | None = None) -> Row:
    return {"school_id": code, "item": item, "calendar_year": year, "budget_yuan": None if budget is None else Decimal(budget),
            "settled_yuan": None if settled is None else Decimal(settled), "pupils_funded": pupils}


def of(rows: Rows, table: str, code: str, **more: Any) -> list[Row]:
    """The rows of a school that hold what is asked."""
    return [row for row in rows[table] if row["school_id"] == code and all(row[name] == value for name, value in more.items())]


def people(place: str, born: int, count: int, basis: str = "resident") -> Row:
    return {"place_code": place, "birth_year": born, "basis": basis, "sex": "male", "people": count}


def flow(code: str, stage: str, grade: int, year: int, **counts: int) -> Row:
    names = ("roll", "entrants", "moved_in", "moved_out", "repeating", "suspended", "resumed", "graduated", "dropped_out", "died")
    return {"school_id": code, "stage": stage, "grade": grade, "flow_year": year, "sex": "male", "residence": "local",
            **dict.fromkeys(names, 0), **counts}


def county_year(year: int, **amounts: str) -> Row:
    """Amounts that a test leaves out are empty."""
    names = ("gdp", "fiscal_education", "recurrent_revenue", "general_budget", "education_budget", "teacher_pay",
             "training_budget", "taxes", "surcharge")
    return {"place_code": COUNTY, "calendar_year": year, **dict.fromkeys(f"{name}_10k_yuan" for name in names),
            **dict.fromkeys(("teacher_mean_pay_yuan", "civil_servant_mean_pay_yuan", "migrant_entitled", "housing_kindergartens",
                             "housing_kindergartens_handed_over")),
            **{name: Decimal(amount) for name, amount in amounts.items()}}


def series(stage: str, year: int, **amounts: int) -> Row:
    return {"place_code": COUNTY, "stage": stage, "series_year": year, "entrants": None, "roll": None, "spending_10k_yuan": None,
            "operating_10k_yuan": None, **amounts}


def finding(rows: Rows, item: str, group: str, stage: str = "primary",
            absent: set[tuple[str, str]] | None = None) -> dict[str, Any]:
    found = [each for each in golden(rows, YEAR, absent)["findings"]
             if (each["item"], each["group"], each["stage"]) == (item, group, stage)]
    assert len(found) == 1, (item, group, stage, len(found))
    return dict(found[0])


def said(rows: Rows, item: str, group: str, stage: str = "primary", **more: Any) -> tuple[Any, ...]:
    one = finding(rows, item, group, stage, **more)
    return one["part"], one["whole"], one["value"], one["verdict"]


def verdict(rows: Rows, standard: str, stage: str) -> tuple[str, list[str]]:
    found = [each for each in golden(rows, YEAR)["verdicts"] if (each["standard"], each["stage"]) == (standard, stage)]
    assert len(found) == 1
    return found[0]["verdict"], found[0]["failed"]
