"""Small counties drawn at random: schools of every kind, some short of something, some with rows that nobody knows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from tests.spec.drawn import Drawn, draw

Row = dict[str, Any]
STAGES = {
    "primary": ("primary",),
    "teaching_point": ("primary",),
    "junior": ("junior",),
    "nine_year": ("primary", "junior"),
    "complete_secondary": ("junior", "senior"),
}
GRADES = {"primary": range(1, 7), "junior": range(7, 10), "senior": range(10, 13)}
SUBJECTS = ("chinese", "mathematics", "english", "morality", "physical_education", "music", "art", "information")
AREAS = ("city_core", "town_centre", "village")


def drawn_county(random: Random, *, unknown: bool = True) -> Drawn:
    """Two to five schools of a county. `unknown`: a few cells may be empty, a few sheets not handed in."""
    return _Drawing(random, unknown).county()


class _Drawing:
    def __init__(self, random: Random, unknown: bool) -> None:
        self.random, self.unknown = random, unknown
        self.rows: dict[str, list[Row]] = {
            name: []
            for name in (
                "schools",
                "school_stages",
                "sites",
                "rooms",
                "assets",
                "classes",
                "teachers",
                "recognitions",
                "staff_quota",
                "venues",
            )
        }
        self.not_handed_in: list[tuple[str, str]] = []

    def county(self) -> Drawn:
        for number in range(self.random.randint(2, 5)):
            self._school(f"21990100{number:02d}")
        if self._rarely():
            self.not_handed_in.append((self.random.choice(["classes", "assets", "teachers", "staff_quota"]), "2199010000"))
        for table, school in self.not_handed_in:
            self.rows[table] = [row for row in self.rows[table] if row["school_id"] != school]
        return draw(not_handed_in=self.not_handed_in, **self.rows)

    def _rarely(self) -> bool:
        return self.unknown and self.random.random() < 0.06

    def _or_unknown(self, value: Any) -> Any:
        return None if self._rarely() else value

    def _school(self, code: str) -> None:
        kind = self.random.choice(list(STAGES))
        several = len(STAGES[kind]) > 1
        declares = several and self.random.random() < 0.5
        self.rows["schools"].append(
            {
                "school_id": code,
                "name": f"学校{code[-2:]}",
                "kind": kind,
                "run_by": self.random.choice(["county"] * 5 + ["private"]),
                "urban_rural": self.random.choice(AREAS),
                "split": ("declared" if declares else "by_pupils") if several else None,
                "managing_school_id": "2199010000" if kind == "teaching_point" else None,
                "longitude": self._or_unknown(Decimal("116.3") + self.random.randint(0, 900) * Decimal("0.001")),
                "latitude": Decimal("40.1"),
                "coordinates": "cgcs2000",
            }
        )
        pupils = {stage: self.random.choice([30, 45, 60, 90, 120, 200]) for stage in STAGES[kind]}
        for stage, many in pupils.items():
            self._stage(code, stage, many, declares)
        self._things(code, sum(pupils.values()), sum(many for stage, many in pupils.items() if stage != "senior"))

    def _stage(self, code: str, stage: str, pupils: int, declares: bool) -> None:
        declared = (
            {}
            if not declares or stage == "senior"
            else {
                "declared_teaching_area_m2": self._or_unknown(Decimal(pupils * self.random.choice([3, 5, 7]))),
                "declared_sports_area_m2": self._or_unknown(Decimal(pupils * self.random.choice([6, 9, 12]))),
                "declared_equipment_10k_yuan": self._or_unknown(Decimal(pupils * self.random.choice([15, 25, 35])) / 100),
                "declared_network_rooms": self._or_unknown(self.random.randint(0, 1 + pupils // 30)),
            }
        )
        self.rows["school_stages"].append({"school_id": code, "stage": stage, "pupils": self._or_unknown(pupils), **declared})
        self._classes(code, stage, pupils)
        for number in range(self.random.randint(2, 4 + pupils // 10)):
            self._teacher(code, stage, f"{code}{stage}{number}")

    def _classes(self, code: str, stage: str, pupils: int) -> None:
        each = pupils // len(GRADES[stage])
        for place, grade in enumerate(GRADES[stage]):
            many = each if place else pupils - each * (len(GRADES[stage]) - 1)
            if many:
                self.rows["classes"].append(
                    {"school_id": code, "stage": stage, "grade": grade, "number": 1, "pupils": self._or_unknown(many)}
                )

    def _teacher(self, code: str, stage: str, name: str) -> None:
        degree = self.random.choice(["senior", "junior_college", "bachelor", "master"])
        self.rows["teachers"].append(
            {
                "school_id": code,
                "teacher_id": name,
                "stage": stage,
                "degree": self._or_unknown(degree),
                "certificate_stage": stage,
                "main_subject": self._or_unknown(self.random.choice(SUBJECTS)),
                "full_time": self.random.random() < 0.95,
                "on_quota": self.random.random() < 0.9,
                "state": self.random.choice(["serving"] * 9 + ["seconded"]),
                "birth_year": self._or_unknown(self.random.choice([1965, 1969, 1971, 1980, 1990])),
                "sex": self.random.choice(["male", "female"]),
            }
        )
        if self.random.random() < 0.15:
            self.rows["recognitions"].append(
                {"school_id": code, "teacher_id": name, "until": self.random.choice([None, date(2026, 6, 1), date(2024, 6, 1)])}
            )

    def _things(self, code: str, pupils: int, compulsory: int) -> None:
        self.rows["sites"].append(
            {
                "school_id": code,
                "land_m2": self._or_unknown(Decimal(pupils * self.random.choice([15, 30, 60]))),
                "sports_ground_m2": Decimal(pupils * self.random.choice([5, 8, 11])),
                "floor_area_m2": Decimal(pupils * 9),
                "classroom_m2": self._or_unknown(Decimal(pupils * self.random.choice([3, 4, 6]))),
                "special_room_m2": Decimal(0),
                "library_m2": Decimal(40),
                "counselling_m2": Decimal(0),
                "other_teaching_m2": Decimal(0),
                "indoor_sport_m2": Decimal(self.random.choice([0, 200])),
                "office_m2": self._or_unknown(Decimal(pupils)),
                "living_m2": Decimal(self.random.choice([0, pupils])),
            }
        )
        self.rows["assets"].append(
            {
                "school_id": code,
                "equipment_10k_yuan": self._or_unknown(Decimal(pupils * self.random.choice([12, 20, 28, 40])) / 100),
            }
        )
        for number in range(self.random.randint(0, 1 + compulsory // 30)):
            self.rows["rooms"].append({"school_id": code, "room_id": f"{number}", "in_use": self._or_unknown(True)})
        self.rows["staff_quota"].append({"school_id": code, "posts": 30, "filled": self._or_unknown(self.random.randint(25, 31))})
