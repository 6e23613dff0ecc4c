"""A county of five schools worked out by hand: one has more than it needs, one is short of everything, one declares its split,
one is a teaching point, one is private.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.spec.drawn import Drawn, draw

Row = dict[str, Any]
RICH, POOR, NINE_YEAR, POINT, PRIVATE = (f"219901000{number}" for number in range(5))
PUPILS = {
    (RICH, "primary"): 300,
    (POOR, "primary"): 120,
    (NINE_YEAR, "primary"): 90,
    (NINE_YEAR, "junior"): 90,
    (POINT, "primary"): 60,
    (PRIVATE, "primary"): 90,
}
KINDS = {NINE_YEAR: "nine_year", POINT: "teaching_point"}
GRADES = {"primary": range(1, 7), "junior": range(7, 10)}
SUBJECTS = ("chinese", "mathematics", "english", "morality", "science", "information", "physical_education", "music", "art")
# by school: square metres of rooms and grounds a pupil, equipment in yuan a pupil, network rooms
HAS = {
    RICH: (7, 12, 4000, 12),
    POOR: (3, 4, 1000, 0),
    NINE_YEAR: (5, 8, 2000, 3),
    POINT: (5, 9, 2300, 2),
    PRIVATE: (4, 7, 1500, 1),
}


def short_county(**more: Any) -> Drawn:
    """The county; `more` goes to `draw`, such as sheets that were not handed in."""
    rows: dict[str, list[Row]] = {
        name: []
        for name in (
            "schools",
            "school_stages",
            "classes",
            "teachers",
            "recognitions",
            "sites",
            "assets",
            "rooms",
            "staff_quota",
            "venues",
        )
    }
    for place, school in enumerate(HAS):
        rows["schools"].append(
            {
                "school_id": school,
                "name": f"学校{place}",
                "kind": KINDS.get(school, "primary"),
                "longitude": Decimal("116.30") + place * Decimal("0.05"),
                "latitude": Decimal("40.1"),
                "coordinates": "cgcs2000",
                "run_by": "private" if school == PRIVATE else "county",
                "split": "declared" if school == NINE_YEAR else None,
                "managing_school_id": RICH if school == POINT else None,
            }
        )
        _things(rows, school)
    for (school, stage), pupils in PUPILS.items():
        _stage(rows, school, stage, pupils)
    return draw(**{**rows, **more})


def _stage(rows: dict[str, list[Row]], school: str, stage: str, pupils: int) -> None:
    rooms, grounds, yuan, _ = HAS[school]
    declared = (
        {}
        if school != NINE_YEAR
        else {
            "declared_teaching_area_m2": Decimal(rooms * pupils),
            "declared_sports_area_m2": Decimal(grounds * pupils),
            "declared_equipment_10k_yuan": Decimal(yuan * pupils) / 10_000,
            "declared_network_rooms": 1 if stage == "primary" else 2,
        }
    )
    rows["school_stages"].append({"school_id": school, "stage": stage, "pupils": pupils, **declared})
    own = GRADES[stage]
    rows["classes"] += [
        {"school_id": school, "stage": stage, "grade": grade, "number": 1, "pupils": pupils // len(own)} for grade in own
    ]
    many, able = (36, 30) if school == RICH else (max(4, pupils // 12), 2)
    for number in range(many):
        subject = SUBJECTS[number % len(SUBJECTS)] if school == RICH else SUBJECTS[number % 4]
        _teacher(rows, school, stage, number, subject, above=number < able, born=1970 if number % 9 == 5 else 1985)


def _teacher(rows: dict[str, list[Row]], school: str, stage: str, number: int, subject: str, *, above: bool, born: int) -> None:
    name = f"{school}-{stage}-{number:02d}"
    rows["teachers"].append(
        {
            "school_id": school,
            "teacher_id": name,
            "stage": stage,
            "main_subject": subject,
            "certificate_stage": stage,
            "birth_year": born,
            "degree": "bachelor" if above else "junior_college" if stage == "junior" else "senior",
            "state": "seconded" if school == POOR and number == 1 else "serving",
        }
    )
    if school == RICH and number % 3 == 0:
        rows["recognitions"].append({"school_id": school, "teacher_id": name})


def _things(rows: dict[str, list[Row]], school: str) -> None:
    rooms, grounds, yuan, network = HAS[school]
    pupils = sum(many for (own, _), many in PUPILS.items() if own == school)
    rows["sites"].append(
        {
            "school_id": school,
            "land_m2": Decimal(40 * pupils),
            "sports_ground_m2": Decimal(grounds * pupils),
            "floor_area_m2": Decimal((rooms + 5) * pupils),
            "classroom_m2": Decimal(rooms * pupils),
            "special_room_m2": Decimal(0),
            "library_m2": Decimal(0),
            "counselling_m2": Decimal(0),
            "other_teaching_m2": Decimal(0),
            "indoor_sport_m2": Decimal(0),
            "office_m2": Decimal(pupils),
            "living_m2": Decimal(2 * pupils),
        }
    )
    rows["assets"].append({"school_id": school, "equipment_10k_yuan": Decimal(yuan * pupils) / 10_000})
    rows["rooms"] += [{"school_id": school, "room_id": str(number)} for number in range(network)]
    rows["staff_quota"].append({"school_id": school, "posts": 40, "filled": 38})
