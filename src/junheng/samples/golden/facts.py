"""What the referee knows of each school and stage, counted row by row in plain Python (docs/explanation/figures.md)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

Row = dict[str, Any]
Rows = dict[str, list[Row]]
Absent = set[tuple[str, str]]  # (table, school) of sheets that were not handed in

NOT_COMPULSORY = ("kindergarten", "attached_kindergarten", "senior", "vocational", "special")
NOT_BASIC = ("private", "city", "province", "university", "enterprise")
BACKBONE_TITLES = ("backbone", "subject_leader", "special_grade", "master_teacher")
BACKBONE_LEVELS = ("county", "city", "province", "national")
ABOVE = {"primary": ("junior_college", "bachelor", "master", "doctor"), "junior": ("bachelor", "master", "doctor")}
COVERS = {"primary": ("primary", "junior", "senior", "vocational"), "junior": ("junior", "senior", "vocational")}


@dataclass
class Unit:
    """One stage of one school. None is unknown."""

    school: Row
    stage: str
    pupils: int
    groups: dict[str, str]  # level -> group
    above: int
    backbone: int
    arts: int
    full_time: int
    middle: int
    certified: int
    trained: int | None
    teaching_m2: Fraction | None
    sports_m2: Fraction | None
    indoor_m2: Fraction | None
    equipment_yuan: Fraction | None
    network: Fraction | None
    terminals: Fraction | None
    books: Fraction | None
    sizes: list[int]  # of ordinary classes

    def is_in(self, scope: str) -> bool:
        kind = self.school["kind"]
        if self.pupils == 0 or kind in NOT_COMPULSORY:
            return False
        if scope == "resources":
            return not (kind == "teaching_point" and self.pupils < 50)
        if scope == "basic":
            return kind != "teaching_point" and self.school["run_by"] not in NOT_BASIC
        return True


@dataclass
class Whole:
    """One school, its primary and junior stages together."""

    school: Row
    pupils: int
    groups: dict[str, str]
    classes: int
    music: int | None
    art: int | None
    funded: list[int | None]  # pupils funded, of the year's rows of operating funds
    due: int
    rotating: int
    rotating_backbone: int

    @property
    def counts(self) -> bool:
        return self.pupils > 0 and self.school["kind"] not in NOT_COMPULSORY


class Facts:
    """Counts every unit of a register for one school year."""

    def __init__(self, rows: Rows, year: int, absent: Absent) -> None:
        self.rows, self.year, self.absent = rows, year, absent
        self.census = date(year, 9, 1)
        self.places = {row["place_code"]: row for row in rows["places"]}
        self.of = {table: self._by_school(table) for table in rows if table not in ("places", "evidence")}
        self.units = [self._unit(school, row) for school in rows["schools"] for row in self._stages(school)]
        self.wholes = [self._whole(school) for school in rows["schools"] if self._stages(school)]

    def _by_school(self, table: str) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {row["school_id"]: [] for row in self.rows["schools"]}
        for row in self.rows[table]:
            found[row["school_id"]].append(row)
        return found

    def _stages(self, school: Row) -> list[Row]:
        return [row for row in self.of["school_stages"][school["school_id"]] if row["stage"] in ("primary", "junior")]

    def _groups(self, school: Row) -> dict[str, str]:
        groups, code = {"school": school["school_id"]}, school["place_code"]
        while code is not None:
            groups[self.places[code]["level"]] = code
            code = self.places[code]["parent_code"]
        return groups

    def _full_time(self, code: str, *stages: str) -> list[Row]:
        return [row for row in self.of["teachers"][code]
                if row["full_time"] and row["state"] == "serving" and row["stage"] in stages]

    def _is_backbone(self, teacher: Row) -> bool:
        for row in self.of["recognitions"][teacher["school_id"]]:
            if (row["teacher_id"] == teacher["teacher_id"] and row["title"] in BACKBONE_TITLES and row["level"] in BACKBONE_LEVELS
                    and row["since"] <= self.census and (row["until"] is None or row["until"] >= self.census)):
                return True
        return False

    def _hours(self, teacher: Row) -> Fraction:
        return sum((Fraction(row["hours"]) for row in self.of["training"][teacher["school_id"]]
                    if row["teacher_id"] == teacher["teacher_id"] and self.year - 4 <= row["training_year"] <= self.year),
                   Fraction(0))

    def _rotates(self, teacher: Row) -> bool:
        for row in self.of["postings"][teacher["school_id"]]:
            if (row["teacher_id"] == teacher["teacher_id"] and row["kind"] == "rotation"
                    and row["from_day"] <= date(self.year + 1, 8, 31)
                    and (row["to_day"] is None or row["to_day"] >= self.census)):
                return True
        return False

    def _share(self, code: str, stage: str) -> Fraction:
        """Of what the school has in common, by pupils."""
        pupils = {row["stage"]: row["pupils"] for row in self.of["school_stages"][code]
                  if row["stage"] in ("primary", "junior", "senior")}
        return Fraction(pupils[stage], sum(pupils.values())) if pupils[stage] else Fraction(0)

    def _unit(self, school: Row, row: Row) -> Unit:
        code, stage = school["school_id"], row["stage"]
        staff, share = self._full_time(code, stage), self._share(code, stage)

        def shared(table: str, amount: Fraction | int) -> Fraction | None:
            return None if (table, code) in self.absent else amount * share

        sites, assets = self.of["sites"][code], self.of["assets"][code]
        usable = [each for each in sites if each["standing"] in ("own", "sole_use")]
        indoor = _total(usable, "indoor_sport_m2")
        network = sum(each["kind"] == "network" and each["in_use"] for each in self.of["rooms"][code])
        return Unit(
            school, stage, row["pupils"], self._groups(school),
            above=sum(each["degree"] in ABOVE[stage] for each in staff),
            backbone=sum(self._is_backbone(each) for each in staff),
            arts=sum(each["main_subject"] in ("physical_education", "music", "art", "arts") for each in staff),
            full_time=len(staff),
            middle=sum(each["title"] in ("middle", "senior", "full_senior") for each in staff),
            certified=sum(each["certificate_stage"] in COVERS[stage] for each in staff),
            trained=None if ("training", code) in self.absent else sum(self._hours(each) >= 360 for each in staff),
            teaching_m2=shared("sites", sum((_teaching(each) for each in usable), Fraction(0))),
            sports_m2=shared("sites", _total(usable, "sports_ground_m2") + indoor),
            indoor_m2=shared("sites", indoor),
            equipment_yuan=shared("assets", 10000 * _total(assets, "equipment_10k_yuan")),
            network=shared("rooms", network),
            terminals=shared("assets", _total(assets, "terminals")),
            books=shared("assets", _total(assets, "books")),
            sizes=[each["pupils"] for each in self.of["classes"][code]
                   if each["stage"] == stage and each["kind"] == "ordinary"])

    def _whole(self, school: Row) -> Whole:
        code = school["school_id"]
        quota = [each for each in self._full_time(code, "primary", "junior") if each["on_quota"]]
        rotating = [each for each in quota if self._rotates(each)]
        return Whole(
            school, sum(row["pupils"] for row in self._stages(school)), self._groups(school),
            classes=sum(row["kind"] == "ordinary" and row["stage"] in ("primary", "junior") for row in self.of["classes"][code]),
            music=self._rooms(code, "music", 96), art=self._rooms(code, "art", 90),
            funded=[row["pupils_funded"] for row in self.of["money"][code]
                    if row["item"] == "operating_funds" and row["calendar_year"] == self.year],
            due=sum(each["at_school_since"] <= date(self.year - 6, 9, 1) for each in quota),
            rotating=len(rotating), rotating_backbone=sum(self._is_backbone(each) for each in rotating))

    def _rooms(self, code: str, kind: str, least: int) -> int | None:
        if ("rooms", code) in self.absent:
            return None
        return len([row for row in self.of["rooms"][code] if row["kind"] == kind and row["in_use"] and row["area_m2"] >= least])


def _total(rows: list[Row], column: str) -> Fraction:
    return sum((Fraction(row[column]) for row in rows), Fraction(0))


def _teaching(row: Row) -> Fraction:
    """Teaching area of one row by its form; indoor sport is in neither."""
    if row["form_version"] == "before_2021":
        uses = ["classroom_m2", "laboratory_m2", "library_m2", "computer_room_m2", "language_room_m2"]
    else:
        uses = ["classroom_m2", "special_room_m2", "library_m2", "counselling_m2", "other_teaching_m2"]
    return sum((Fraction(row[use]) for use in uses), Fraction(0))
