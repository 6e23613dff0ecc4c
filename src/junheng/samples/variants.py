"""The three counties that one seed can make: one that passes, one that narrowly fails, one that fails badly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Zone = Literal["seat", "town", "rural"]
Between = tuple[float, float]

# the limits a bureau plans by; the referee (golden.py) writes its own
TEACHING_M2 = {"primary": 4.5, "junior": 5.8, "senior": 5.8}
SPORTS_M2 = {"primary": 7.5, "junior": 10.2, "senior": 10.2}
EQUIPMENT_YUAN = {"primary": 2000.0, "junior": 2500.0, "senior": 2500.0}
NETWORK_ROOMS = {"primary": 2.3, "junior": 2.4, "senior": 2.4}
CLASS_SIZE = {"primary": 45, "junior": 50, "senior": 55}
POINT_CLASS_SIZE = 30


@dataclass(frozen=True)
class Variant:
    """How far each zone's schools lie from the standard; a range is a number of times the limit, drawn school by school."""

    name: str
    resources: Mapping[Zone, Between]
    equipment: Mapping[Zone, Between]
    backbone: Mapping[Zone, Between]
    arts: Mapping[Zone, Between]
    degree_share: Mapping[Zone, Between]
    network: Mapping[Zone, Between]
    books: Mapping[Zone, Between]  # a pupil
    terminals: Mapping[Zone, Between]  # a pupil
    crowding: Mapping[Zone, tuple[int, int]]  # added to the standard class
    largest_primary: int
    largest_other: int
    rotation: float  # share of the teachers who are due
    rotation_backbone: float  # share of those who rotate
    short_of_hours: float
    uncertified: float
    few_arts: float  # share of the larger schools that are short of music, sport and art teachers, above the floor
    arts_rooms: float  # share of schools with all the music and art rooms they need
    small_schools_funded: bool
    evidence: bool


PASSING = Variant(
    name="passing",
    resources={"seat": (1.02, 1.18), "town": (1.08, 1.5), "rural": (1.25, 1.8)},
    equipment={"seat": (1.02, 1.3), "town": (1.05, 1.6), "rural": (1.2, 2.0)},
    backbone={"seat": (1.05, 1.8), "town": (1.0, 1.5), "rural": (1.0, 1.3)},
    arts={"seat": (1.0, 1.15), "town": (1.0, 1.2), "rural": (1.0, 1.1)},
    degree_share={"seat": (0.94, 1.0), "town": (0.9, 0.98), "rural": (0.85, 0.96)},
    network={"seat": (1.02, 1.15), "town": (1.05, 1.3), "rural": (1.1, 1.5)},
    books={"seat": (18, 28), "town": (20, 32), "rural": (22, 36)},
    terminals={"seat": (0.1, 0.16), "town": (0.11, 0.2), "rural": (0.12, 0.25)},
    crowding={"seat": (-2, 0), "town": (-5, 0), "rural": (-9, 0)},
    largest_primary=2000, largest_other=1900,
    rotation=0.13, rotation_backbone=0.3, short_of_hours=0.0, uncertified=0.0, few_arts=0.12, arts_rooms=1.0,
    small_schools_funded=True, evidence=True,
)

# the same county, then moved onto the limits by narrow.py
NARROW = Variant(**{**vars(PASSING), "name": "narrow"})

FAILING = Variant(
    name="failing",
    resources={"seat": (0.45, 0.85), "town": (0.8, 1.8), "rural": (1.5, 6.0)},
    equipment={"seat": (0.25, 0.7), "town": (0.5, 2.0), "rural": (0.8, 7.0)},
    backbone={"seat": (1.0, 3.0), "town": (0.2, 1.0), "rural": (0.0, 0.6)},
    arts={"seat": (0.5, 1.1), "town": (0.3, 0.9), "rural": (0.0, 0.6)},
    degree_share={"seat": (0.85, 0.98), "town": (0.6, 0.9), "rural": (0.3, 0.8)},
    network={"seat": (0.6, 1.0), "town": (0.3, 1.3), "rural": (0.0, 1.0)},
    books={"seat": (3, 8), "town": (8, 30), "rural": (15, 90)},
    terminals={"seat": (0.02, 0.05), "town": (0.03, 0.2), "rural": (0.05, 0.7)},
    crowding={"seat": (8, 26), "town": (-3, 14), "rural": (-8, 4)},
    largest_primary=2480, largest_other=2300,
    rotation=0.04, rotation_backbone=0.1, short_of_hours=0.15, uncertified=0.01, few_arts=0.3, arts_rooms=0.3,
    small_schools_funded=False, evidence=False,
)

VARIANTS = {variant.name: variant for variant in (PASSING, NARROW, FAILING)}
