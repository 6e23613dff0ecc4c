"""Who works at another school: rotation over the whole county, visiting music, sport and art teachers, secondment."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from math import ceil
from random import Random

from junheng.samples.county import COMPULSORY, YEAR, Row, School
from junheng.samples.people import ARTS_SUBJECTS, Staff
from junheng.samples.variants import Variant

DUE = date(YEAR - 6, 9, 1)
YEAR_BEGINS, YEAR_ENDS = date(YEAR, 9, 1), date(YEAR + 1, 7, 15)


def posting_rows(schools: list[School], staff: Staff, variant: Variant, rng: Random) -> list[Row]:
    """All postings; visiting teachers also get their row on the staff list of the school they visit."""
    schools = [school for school in schools if school.open_in(YEAR)]
    known = {school.school_id: school for school in schools}
    rows = _rotation(known, staff, variant, rng)
    rows += _visits(schools, staff, {row["teacher_id"] for row in rows}, rng)
    rows += [_posting(row, "secondment", _elsewhere(known, row, rng), date(2024, 9, 1), None)
             for row in staff.teachers if row["state"] == "seconded" and row["school_id"] in known]
    return rows


def rotation_candidates(known: dict[str, School], staff: Staff) -> list[Row]:
    """Serving teachers on quota of compulsory schools who have been there for six years."""
    return [row for row in staff.teachers if row["school_id"] in known
            and row["full_time"] and row["state"] == "serving" and row["on_quota"] and row["at_school_since"] <= DUE
            and row["head_since"] is None and row["stage"] in COMPULSORY and known[row["school_id"]].kind != "special"]


def _rotation(known: dict[str, School], staff: Staff, variant: Variant, rng: Random) -> list[Row]:
    backbone = {row["teacher_id"] for row in staff.recognitions if row["title"] != "honour" and row["level"] != "school"
                and (row["until"] is None or row["until"] >= YEAR_BEGINS)}
    due = rotation_candidates(known, staff)
    rng.shuffle(due)
    wanted = ceil(variant.rotation * len(due))
    first = [row for row in due if row["teacher_id"] in backbone][:ceil(variant.rotation_backbone * wanted)]
    others = [row for row in due if row["teacher_id"] not in backbone]
    rows = [_posting(row, "rotation", _elsewhere(known, row, rng), *_term(rng))
            for row in first + others[:wanted - len(first)]]
    # those who came back before the school year began count no more
    return rows + [_posting(row, "rotation", _elsewhere(known, row, rng), date(YEAR - 2, 9, 1), date(YEAR, 7, 10))
                   for row in others[wanted:wanted + 15]]


def _term(rng: Random) -> tuple[date, date | None]:
    return rng.choice([(YEAR_BEGINS, YEAR_ENDS), (YEAR_BEGINS, None), (date(YEAR - 1, 9, 1), YEAR_ENDS),
                       (date(YEAR - 1, 9, 1), YEAR_BEGINS)])


def _elsewhere(known: dict[str, School], row: Row, rng: Random) -> str:
    """Another school with the same stage, for choice in another part of the county."""
    home = known[row["school_id"]]
    offered = [school for school in known.values() if row["stage"] in school.pupils and school is not home
               and school.run_by == "county" and school.kind not in ("special", "teaching_point")]
    return rng.choice([school for school in offered if school.zone != home.zone] or offered).school_id


def _posting(row: Row, kind: str, to: str, since: date, until: date | None, *, share: Decimal | None = None,
             days: int | None = None) -> Row:
    return {"year": YEAR, "school_id": row["school_id"], "teacher_id": row["teacher_id"], "kind": kind,
            "to_school_id": to, "from_day": since, "to_day": until,
            "share": share, "days_per_week": days}


def _visits(schools: list[School], staff: Staff, away: set[str], rng: Random) -> list[Row]:
    """One arts teacher of a central school visits a point or none, a day or two a week; those `away` are not free."""
    rows = []
    for point in schools:
        free = [row for row in staff.teachers if row["school_id"] == point.managing and row["stage"] == "primary"
                and row["main_subject"] in ARTS_SUBJECTS and row["full_time"] and row["state"] == "serving"
                and row["teacher_id"] not in away]
        if point.managing and free:
            visitor = rng.choice(free)
            away = away | {visitor["teacher_id"]}
            rows.append(_visit(point, visitor, staff, rng))
    return rows


def _visit(point: School, visitor: Row, staff: Staff, rng: Random) -> Row:
    days = rng.randint(1, 2)
    staff.teachers.append(visitor | {"school_id": point.school_id, "full_time": False, "on_quota": False,
                                     "weekly_lessons": 4 * days, "head_since": None})
    return _posting(visitor, "visiting_teaching", point.school_id, date(YEAR - 1, 9, 1), YEAR_ENDS,
                    share=Decimal(days) / 5, days=days)
