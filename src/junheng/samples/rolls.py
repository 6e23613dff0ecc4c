"""Grades and classes: a stage's pupils spread over its grades, a grade over classes no larger than the school's cap."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from junheng.samples.county import Row, School
from junheng.samples.variants import CLASS_SIZE, POINT_CLASS_SIZE, Variant

GRADES = {"primary": range(1, 7), "junior": range(7, 10), "senior": range(10, 13)}
POINT_GRADES = range(1, 5)
SPECIAL_CLASS = 12


def class_rows(school: School, year: int, variant: Variant, rng: Random) -> list[Row]:
    """Every class of the school on 1 September of `year`."""
    return [row for stage, pupils in school.pupils.items() for row in _stage(school, stage, pupils, year, variant, rng)]


def _stage(school: School, stage: str, pupils: int, year: int, variant: Variant, rng: Random) -> Iterator[Row]:
    cap = class_cap(school, stage, variant, rng)
    grades = POINT_GRADES if school.kind == "teaching_point" else GRADES[stage]
    for grade, roll in zip(grades, spread(pupils, len(grades), rng), strict=True):
        for number, size in enumerate(evenly(roll, -(-roll // cap)), start=1):
            yield {"year": year, "school_id": school.school_id, "stage": stage, "grade": grade, "number": number,
                   "kind": "special" if school.kind == "special" else "ordinary", "pupils": size,
                   "present": size - (rng.random() < 0.1)}


def class_cap(school: School, stage: str, variant: Variant, rng: Random) -> int:
    """The largest class this school opens for a stage."""
    crowding = rng.randint(*variant.crowding[school.zone])
    if school.kind == "special":
        return SPECIAL_CLASS
    if school.kind == "teaching_point":
        return POINT_CLASS_SIZE + min(0, crowding)
    return CLASS_SIZE[stage] + crowding


def spread(total: int, parts: int, rng: Random) -> list[int]:
    """`total` in parts that differ by up to a tenth or so, none empty where that can be."""
    weights = [rng.uniform(0.9, 1.1) for _ in range(parts)]
    shares = [int(total * weight / sum(weights)) for weight in weights]
    for number in range(total - sum(shares)):
        shares[number % parts] += 1
    return shares


def evenly(total: int, parts: int) -> list[int]:
    """`total` in parts that differ by at most one."""
    return [total // parts + (number < total % parts) for number in range(parts)] if parts else []
