"""The three counties that one seed can make: one that passes, one that narrowly fails, one that fails badly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

Zone = Literal["seat", "town", "rural"]
Between = tuple[float, float]

# the limits a bureau plans by; the referee (golden.py) writes its own
TEACHING_M2 = {"preschool": 1.2, "primary": 4.5, "junior": 5.8, "senior": 5.8}
SPORTS_M2 = {"preschool": 0.0, "primary": 7.5, "junior": 10.2, "senior": 10.2}
EQUIPMENT_YUAN = {"preschool": 800.0, "primary": 2000.0, "junior": 2500.0, "senior": 2500.0}
NETWORK_ROOMS = {"preschool": 3.3, "primary": 2.3, "junior": 2.4, "senior": 2.4}
ACTIVITY_M2, PLAY_M2 = 8.17, 4.0  # of a child in a kindergarten
CLASS_SIZE = {"primary": 45, "junior": 50, "senior": 55}
KINDERGARTEN_CLASS_SIZE = {1: 25, 2: 30, 3: 35}
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
    retention: float  # of those who entered grade 1 nine years before
    dropout: float  # of a year's roll in compulsory education
    zones: float  # of the children of a catchment, who enter its junior school
    quota_places: float  # share of the good senior schools' plans
    migrant_places: float  # of the migrant children entitled to one
    disabled_placed: float  # of the children with a disability
    training_share: Between  # of a school's budget of operating funds
    special_funds_yuan: int  # for a child with a disability, a year
    teacher_pay: float  # times a civil servant's
    fiscal_share: float  # education of the gross domestic product
    growth: tuple[float, ...]  # of spending per pupil, year by year up to this one
    public_preschool: float
    inclusive_preschool: float
    central_kindergartens: float  # share of townships with one
    play_ground: Between


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
    retention=0.972, dropout=0.0002, zones=0.98, quota_places=0.6, migrant_places=0.96, disabled_placed=0.98,
    training_share=(0.052, 0.07), special_funds_yuan=7200, teacher_pay=1.04, fiscal_share=0.047,
    growth=(0.06, 0.055, 0.06, 0.065, 0.06),
    public_preschool=0.63, inclusive_preschool=0.88, central_kindergartens=1.0, play_ground=(1.05, 1.6),
)

# the same county, then moved onto the limits by narrow.py
NARROW = replace(PASSING, name="narrow", zones=0.95, quota_places=0.5, training_share=(0.05, 0.05), special_funds_yuan=6000,
                 teacher_pay=1.0, fiscal_share=0.04, disabled_placed=0.956)

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
    retention=0.905, dropout=0.022, zones=0.9, quota_places=0.4, migrant_places=0.7, disabled_placed=0.86,
    training_share=(0.01, 0.045), special_funds_yuan=4000, teacher_pay=0.93, fiscal_share=0.034,
    growth=(0.03, -0.03, 0.01, -0.02, 0.015),
    public_preschool=0.35, inclusive_preschool=0.62, central_kindergartens=0.5, play_ground=(0.5, 1.1),
)

# as failing, but no school so far from its peers in a whole city that a check would ask for a reason
WEAK = replace(FAILING, resources={"seat": (0.5, 0.85), "town": (0.8, 1.8), "rural": (1.5, 3.8)},
               equipment={"seat": (0.48, 0.75), "town": (0.55, 2.0), "rural": (0.8, 4.0)},
               books={"seat": (9, 14), "town": (10, 30), "rural": (15, 55)},
               terminals={"seat": (0.055, 0.08), "town": (0.06, 0.2), "rural": (0.07, 0.35)})

VARIANTS = {variant.name: variant for variant in (PASSING, NARROW, FAILING)}
