"""Classes: the pupils of a grade spread over classes no larger than the school's cap."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from junheng.samples.cohorts import grades_of
from junheng.samples.county import Row, School
from junheng.samples.variants import CLASS_SIZE, KINDERGARTEN_CLASS_SIZE, POINT_CLASS_SIZE, Variant

SPECIAL_CLASS, LARGEST_CLASS = 12, 78


def class_rows(school: School, year: int, variant: Variant, rng: Random) -> list[Row]:
    """Every class of the school on 1 September of `year`."""
    return [row for stage in school.pupils for row in _stage(school, stage, year, variant, rng)]


def _stage(school: School, stage: str, year: int, variant: Variant, rng: Random) -> Iterator[Row]:
    crowding = rng.randint(*variant.crowding[school.zone])
    for grade in grades_of(school, stage):
        if (year, stage, grade) not in school.cohorts:
            continue
        roll = school.cohorts[year, stage, grade].pupils
        for number, size in enumerate(evenly(roll, -(-roll // class_cap(school, stage, grade, crowding))), start=1):
            yield {"year": year, "school_id": school.school_id, "stage": stage, "grade": grade, "number": number,
                   "kind": "special" if school.kind == "special" else "ordinary", "pupils": size,
                   "present": size - (size > 1 and rng.random() < 0.1)}


def class_cap(school: School, stage: str, grade: int, crowding: int) -> int:
    """The largest class this school opens for a grade."""
    if school.kind == "special":
        return SPECIAL_CLASS
    if school.kind == "kindergarten":
        return KINDERGARTEN_CLASS_SIZE[grade] + crowding // 2
    if school.kind == "teaching_point":
        return POINT_CLASS_SIZE + min(0, crowding)
    return min(LARGEST_CLASS, CLASS_SIZE[stage] + crowding)


def evenly(total: int, parts: int) -> list[int]:
    """`total` in parts that differ by at most one."""
    return [total // parts + (number < total % parts) for number in range(parts)] if parts else []
