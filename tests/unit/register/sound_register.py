"""A small register without a fault, drawn by hand, for tests to put one fault in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl

from junheng.kernel.faults import Fault
from junheng.register.checks import RULES, check
from junheng.register.submission import NATIONAL, CodeSystem, HandedIn, Submission, schema
from junheng.register.tables import SCHOOL_TABLES, TABLES

YEAR, FIRST_ROW = 2025, 3
PRIMARY, NINE_YEAR, POINT, SENIOR = (f"990101000{number}" for number in range(1, 5))  # each hands in a workbook of its own
ENDED = "9901010009"  # merged into the primary school a year ago
MUSIC, ART, MATHS, HEAD = "990101198501010011", "990101199002020024", "990101197503030031", "990101196804040042"
FILES = {PRIMARY: "2025/primary.xlsx", NINE_YEAR: "2025/nine.xlsx", POINT: "2025/point.xlsx", "": "2025/county.xlsx",
         SENIOR: "2025/senior.xlsx"}
COUNTED = ("moved_in", "moved_out", "repeating", "suspended", "resumed", "graduated", "dropped_out", "died")
Row = dict[str, object]


def _areas(**changed: object) -> Row:
    usual: Row = {"standing": "own", "form_version": "since_2021", "land_m2": 9000, "sports_ground_m2": 3000,
                  "floor_area_m2": 2000, "classroom_m2": 600, "special_room_m2": 300, "library_m2": 80,
                  "indoor_sport_m2": 200, "counselling_m2": 20, "other_teaching_m2": 100, "office_m2": 150}
    return {key: Decimal(value) if isinstance(value, int) else value for key, value in {**usual, **changed}.items()}


def _teacher(school: str, person: str, stage: str, **changed: object) -> Row:
    return {"school_id": school, "teacher_id": person, "stage": stage, "full_time": True, "on_quota": True,
            "post_kind": "teaching", "state": "serving", "main_subject": "music", "degree": "bachelor",
            "degree_day": date(2008, 7, 1), "title": "middle", "certificate_stage": "junior",
            "at_school_since": date(2012, 9, 1), "birth_year": int(person[6:10]),
            "sex": "male" if int(person[16]) % 2 else "female", **changed}


def _room(school: str, number: str, kind: str = "network") -> Row:
    return {"school_id": school, "room_id": number, "kind": kind, "area_m2": Decimal(96), "in_use": True,
            "since": date(2018, 9, 1)}


def _class(school: str, stage: str, grade: int, pupils: int) -> Row:
    return {"school_id": school, "stage": stage, "grade": grade, "number": 1, "kind": "ordinary", "pupils": pupils,
            "present": pupils}


def _school(code: str, kind: str, **more: object) -> Row:
    at = int(code[-1])
    return {"school_id": code, "name": f"某镇第{at}学校", "kind": kind, "run_by": "county", "place_code": "990101001",
            "urban_rural": "village", "built_year": 1990, "coordinates": "cgcs2000",
            "longitude": Decimal(f"120.51234{at}"), "latitude": Decimal(f"41.21234{at}"), **more}


def _flow(year: int, grade: int, roll: int, **more: object) -> Row:
    """A grade of the primary school; what became of its pupils is known once the year is over."""
    became: Row = dict.fromkeys(COUNTED, 0) if year < YEAR else {}
    return {"school_id": PRIMARY, "stage": "primary", "grade": grade, "flow_year": year, "sex": "female", "residence": "local",
            "roll": roll, "entrants": roll if grade == 1 else 0, **became, **more}


def _number(body: str) -> str:
    """A whole identity number: seventeen digits and the one that checks them."""
    return body + "10X98765432"[sum(int(digit) * (2 ** (17 - place) % 11) for place, digit in enumerate(body)) % 11]


def _pupil(number: int, **more: object) -> Row:
    """One of the twelve of the teaching point, born in the months of 2019."""
    return {"school_id": POINT, "pupil_id": _number(f"9901012019{number:02d}0100{number % 10}"), "stage": "primary",
            "grade": 1, "number": 1, "sex": "male" if number % 2 else "female", "birth_year": 2019, "birth_month": number,
            "boarding": False, "migrant": False, "guardian": "parents", "status": "attending", **more}


SOUND: Mapping[str, list[Row]] = {
    "places": [
        {"place_code": "990101", "name": "某县", "level": "county", "parent_code": "9901", "since": date(1990, 1, 1),
         "coordinates": "cgcs2000", "longitude": Decimal("120.512345"), "latitude": Decimal("41.223456"),
         "west": Decimal(120), "east": Decimal(121), "south": Decimal(41), "north": Decimal(42)},
        {"place_code": "990101001", "name": "某镇", "level": "township", "parent_code": "990101"},
        {"place_code": "990101001001", "name": "某村", "level": "village", "parent_code": "990101001"},
    ],
    "schools": [
        _school(PRIMARY, "primary"),
        _school(NINE_YEAR, "nine_year", split="declared", split_paper="某教〔2024〕8号"),
        _school(POINT, "teaching_point", managing_school_id=PRIMARY),
        _school(SENIOR, "senior"),
    ],
    "school_events": [
        {"school_id": ENDED, "kind": "merged", "event_day": date(2024, 8, 31), "paper": "某政〔2024〕3号",
         "other_school_id": PRIMARY},
        {"school_id": NINE_YEAR, "kind": "renamed", "event_day": date(2023, 5, 1), "paper": "某教〔2023〕2号",
         "former_name": "某镇旧校"},
        {"school_id": POINT, "kind": "moved", "event_day": date(2022, 9, 1), "paper": "某教〔2022〕7号",
         "place_code": "990101001", "former_place_code": "990101001001"},
    ],
    "memberships": [{"tree": "district", "group_id": "D1", "group_name": "第一学区", "school_id": code, "leads": code == PRIMARY,
                     "from_day": date(2020, 9, 1)} for code in (PRIMARY, NINE_YEAR)],
    "population": [{"place_code": "990101", "birth_year": born, "basis": basis, "sex": sex, "people": 13}
                   for born in range(2014, 2020) for basis in ("resident", "hukou") for sex in ("male", "female")],
    "school_stages": [
        {"school_id": PRIMARY, "stage": "primary", "pupils": 82, "classes": 2, "full_time_teachers": 1,
         "backbone_teachers": 1, "entrants": 40, "boarders": 0, "migrant_pupils": 5, "left_behind_pupils": 7},
        {"school_id": NINE_YEAR, "stage": "primary", "pupils": 60, "classes": 2, "full_time_teachers": 1,
         "backbone_teachers": 0, "declared_teaching_area_m2": Decimal(600),
         "declared_sports_area_m2": Decimal(1200), "declared_equipment_10k_yuan": Decimal("30.5"),
         "declared_network_rooms": 1, "declared_terminals": 30, "declared_books": 2000},
        {"school_id": NINE_YEAR, "stage": "junior", "pupils": 45, "classes": 1, "full_time_teachers": 1,
         "backbone_teachers": 0, "declared_teaching_area_m2": Decimal(500),
         "declared_sports_area_m2": Decimal(2000), "declared_equipment_10k_yuan": Decimal("19.5"),
         "declared_network_rooms": 1, "declared_terminals": 30, "declared_books": 3000},
        {"school_id": POINT, "stage": "primary", "pupils": 12, "classes": 1, "full_time_teachers": 0,
         "backbone_teachers": 0, "boarders": 0, "migrant_pupils": 0, "left_behind_pupils": 0},
        {"school_id": SENIOR, "stage": "senior", "pupils": 45, "classes": 1, "full_time_teachers": 0, "backbone_teachers": 0,
         "planned_entrants": 50, "entrants": 45},
    ],
    "flows": [_flow(2024, 1, 41, moved_in=3, moved_out=1, suspended=1), _flow(2025, 1, 40), _flow(2025, 2, 42)],
    "zones": [{"school_id": PRIMARY, "stage": "primary", "zone": "第一片", "place_code": "990101001", "should_enter": 41,
               "entered": 38}],
    "quota_places": [{"school_id": SENIOR, "junior_school_id": NINE_YEAR, "given": 10, "admitted": 9, "rural": True}],
    "sites": [
        {"school_id": PRIMARY, **_areas(land_m2=8800, sports_ground_m2=2900)},
        {"school_id": NINE_YEAR, **_areas()},
        {"school_id": NINE_YEAR, **_areas(standing="shared", sports_ground_m2=500)},
        {"school_id": POINT, **_areas(form_version="before_2021", land_m2=5000, special_room_m2=None, counselling_m2=None,
                                      other_teaching_m2=None, laboratory_m2=0, computer_room_m2=50,
                                      language_room_m2=0)},
    ],
    "rooms": [_room(PRIMARY, "101"), _room(PRIMARY, "102", "music"), _room(NINE_YEAR, "101"),
              _room(NINE_YEAR, "102"), _room(NINE_YEAR, "103", "art")],
    "assets": [
        {"school_id": code, "equipment_10k_yuan": Decimal(50), "laboratory_equipment_10k_yuan": Decimal(10),
         "added_10k_yuan": Decimal(5), "books": books, "terminals": 60}
        for code, books in ((PRIMARY, 5101), (NINE_YEAR, 5000), (POINT, 5202))
    ],
    "classes": [_class(PRIMARY, "primary", 1, 40), _class(PRIMARY, "primary", 2, 42),
                _class(NINE_YEAR, "primary", 1, 30), _class(NINE_YEAR, "primary", 2, 30),
                _class(NINE_YEAR, "junior", 7, 45), _class(POINT, "primary", 1, 12), _class(SENIOR, "senior", 10, 45)],
    "teachers": [_teacher(PRIMARY, MUSIC, "primary"), _teacher(PRIMARY, ART, "primary", full_time=False),
                 _teacher(NINE_YEAR, ART, "primary"), _teacher(NINE_YEAR, MATHS, "junior"),
                 _teacher(NINE_YEAR, HEAD, "junior", state="leave", head_since=date(2015, 9, 1))],
    "recognitions": [
        {"school_id": PRIMARY, "teacher_id": MUSIC, "title": "backbone", "level": "county", "paper": "某教〔2024〕1号",
         "since": date(2024, 9, 1), "until": date(2025, 9, 1)},
        {"school_id": NINE_YEAR, "teacher_id": MATHS, "title": "honour", "level": "city", "paper": "某教〔2023〕9号",
         "since": date(2023, 9, 1)},
    ],
    "postings": [{"school_id": NINE_YEAR, "teacher_id": ART, "kind": "visiting_teaching", "to_school_id": PRIMARY,
                  "from_day": date(2025, 9, 1), "to_day": date(2026, 7, 10)}],
    "training": [{"school_id": PRIMARY, "teacher_id": MUSIC, "training_year": year, "hours": Decimal("72.5")}
                 for year in range(2020, 2026)],
    "venues": [{"school_id": PRIMARY, "number": 1, "name": "某体育场", "area_m2": Decimal(900), "minutes_on_foot": 8,
                "contract_since": date(2024, 1, 1), "contract_until": date(2024, 1, 1)}],
    "field_checks": [{"school_id": PRIMARY, "item": item, "counted": Decimal(counted), "counted_on": date(2025, 10, 9),
                      "counted_by": "某某", "corrected_on": date(2025, 10, 20)}
                     for item, counted in (("pupils", 82), ("land", 8800), ("equipment", 50))],
    "staff_quota": [{"school_id": NINE_YEAR, "posts": 5, "non_teaching_posts": 0, "filled": 3, "off_post": 1, "senior_posts": 1,
                     "middle_posts": 2}],
    "pupils": [_pupil(number) for number in range(1, 13)],
    "disabled_children": [{"child_id": _pupil(1)["pupil_id"], "place_code": "990101001", "birth_year": 2019, "sex": "male",
                           "disability": "hearing", "on_federation_list": True, "on_enrolment_list": True,
                           "on_police_list": True, "placement": "ordinary_class", "placed_school_id": POINT}],
    "county_years": [{"place_code": "990101", "calendar_year": year, "gdp_10k_yuan": Decimal(900_000 + year),
                      "general_budget_10k_yuan": Decimal(200_000 + year), "education_budget_10k_yuan": Decimal(40_000 + year),
                      "training_budget_10k_yuan": Decimal(400), "taxes_10k_yuan": Decimal(30_000),
                      "surcharge_10k_yuan": Decimal(900), "housing_kindergartens": 4, "housing_kindergartens_handed_over": 3}
                     for year in (2023, 2024, 2025)],
    "county_series": [{"place_code": "990101", "stage": "primary", "series_year": year, "entrants": 80, "roll": 154,
                       "spending_10k_yuan": Decimal(9000), "pay_10k_yuan": Decimal(6000), "operating_10k_yuan": Decimal(1500)}
                      for year in (2023, 2024, 2025)],
    "money": [{"school_id": POINT, "item": "operating_funds", "calendar_year": 2025, "pupils_funded": 100}],
    "evidence": [{"item": "yz.2.1", "place_code": "990101", "document": "某方案", "result": "met"},
                 {"item": "jb.gate", "place_code": "990101", "document": "某通知", "result": "met"}],
}


class Drawn:
    """A sound register that a test changes in one place; rows stand in the workbook of their school, from row 3."""

    def __init__(self) -> None:
        self.tables = deepcopy(dict(SOUND))
        self.not_handed_in = {("pupils", code) for code in FILES if code != POINT} | {
            ("flows", code) for code in FILES if code != PRIMARY} | {("staff_quota", code) for code in FILES if code != NINE_YEAR}
        self.earlier: dict[str, list[Row]] = {}
        self.code_system: CodeSystem = NATIONAL

    def change(self, table: str, at: int, **values: object) -> Drawn:
        self.tables[table][at].update(values)
        return self

    def add(self, table: str, like: int, **values: object) -> Drawn:
        self.tables[table].append({**self.tables[table][like], **values})
        return self

    def drop(self, table: str, school: str | None = None) -> Drawn:
        """Take a sheet away, of one school or of all."""
        self.not_handed_in |= {(table, code) for code in FILES if school in (None, code)}
        self.tables[table] = [row for row in self.tables[table] if school and row.get("school_id") != school]
        return self

    def before(self, table: str, rows: list[Row]) -> Drawn:
        """What a table held the year before."""
        self.earlier[table] = rows
        return self

    def last_year(self) -> dict[str, pl.LazyFrame]:
        return {table: pl.DataFrame([{"year": YEAR - 1, **row} for row in rows], schema=schema(table), orient="row").lazy()
                for table, rows in self.earlier.items()}

    def submission(self) -> Submission:
        files = [HandedIn(Path(name), name, "", True) for name in FILES.values()]
        sheets = [(table, code) for table in TABLES for code in FILES
                  if bool(code) == (table in SCHOOL_TABLES) and (table, code) not in self.not_handed_in]
        held = dict.fromkeys(table for table, _ in sheets)
        return Submission(YEAR, files, {table: self._frame(table) for table in held},
                          pl.DataFrame(sheets, schema=["table", "school_id"], orient="row"), [], self.code_system)

    def _frame(self, table: str) -> pl.DataFrame:
        filled: dict[int, int] = {}
        rows = []
        for row in self.tables[table]:
            file = list(FILES).index(str(row.get("school_id", ""))) if row.get("school_id", "") in FILES else 0
            filled[file] = filled.get(file, FIRST_ROW - 1) + 1
            rows.append({"year": YEAR, "origin_file": file, "origin_sheet": TABLES[table].zh,
                         "origin_row": filled[file], **row})
        return pl.DataFrame(rows, schema=schema(table), orient="row")


def faults(drawn: Drawn, rule: str) -> list[Fault]:
    """What one rule finds."""
    return check(drawn.submission(), [RULES[rule]], drawn.last_year())


def places(found: list[Fault]) -> list[tuple[str, int, str]]:
    """Sheet, row and column of each fault."""
    return [(fault.sheet, fault.row, fault.column) for fault in found]


Plant = tuple[str, str, Callable[[Drawn], Drawn], list[tuple[str, int, str]]]  # rule, kind, the fault put in, where it is found


def finds(plant: Plant) -> bool:
    """Whether the rule finds the planted fault where it was planted, and nothing in the sound register."""
    rule, kind, put_in, where = plant
    found = faults(put_in(Drawn()), rule)
    return places(found) == where and {fault.kind for fault in found} == {kind} and not faults(Drawn(), rule)
