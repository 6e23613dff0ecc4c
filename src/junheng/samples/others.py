"""Schools outside compulsory education: senior and vocational schools at the seat, kindergartens in every township."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from junheng.samples.names import numbered
from junheng.samples.variants import Zone

if TYPE_CHECKING:
    from junheng.samples.planning import Planning

SENIOR_AGE, VOCATIONAL = 0.9, 0.42  # of the juniors who go on; of those, to vocational school
CHILDREN = 0.44  # in kindergartens, for each primary pupil
ALONE, LARGEST = 200, 330  # a township of fewer children has one kindergarten; the largest one


def add_others(planning: Planning, county: str, codes: list[str]) -> None:
    """`codes` are those of the townships, the seat's first."""
    _add_senior(planning, county, codes[0])
    _add_kindergartens(planning, codes)


def _add_senior(planning: Planning, county: str, seat: str) -> None:
    schools = planning.schools
    juniors = sum(school.pupils.get("junior", 0) for school in schools)
    there = sum(school.pupils.get("senior", 0) for school in schools)
    vocational = round(juniors * SENIOR_AGE * VOCATIONAL)
    senior = max(900, round(juniors * SENIOR_AGE) - vocational - there)
    for school in schools:
        if "senior" in school.pupils:
            school.quality = school.zone == "seat"
    several = planning.outline.seniors
    for number in range(several):
        name = numbered(county, number + 1, "高级中学")
        planning.add(name, "senior", "seat", seat, {"senior": senior // several}, quality=True)
    planning.add(f"{county}职业中等专业学校", "vocational", "seat", seat, {"senior": vocational}, quality=False)


def _add_kindergartens(planning: Planning, codes: list[str]) -> None:
    """The first of a township is its public central one, where the variant gives it one; then whoever is short of its share."""
    primary = dict.fromkeys(codes, 0)
    zones: dict[str, Zone] = {}
    for school in planning.schools:
        zones.setdefault(school.township, school.zone)
        primary[school.township] += school.pupils.get("primary", 0)
    totals = {"public": 0, "inclusive": 0, "other": 0}
    central = round(len(codes) * planning.variant.central_kindergartens)
    for place, code in enumerate(codes):
        children = round(primary[code] * CHILDREN)
        several = 1 if children <= ALONE else max(2, ceil(children / LARGEST))
        for number in range(several):
            first = number == 0 and place < central
            owner = "public" if first else _owner(planning, totals)
            size = round(children * 0.55) if several == 2 and number == 0 else round(children * 0.45) if several == 2 \
                else children // several
            totals[owner] += size
            _add(planning, code, zones[code], owner, size, central=first)


def _owner(planning: Planning, totals: dict[str, int]) -> str:
    """Whose the next one is, so that public and inclusive ones hold their share of all children."""
    children = sum(totals.values()) or 1
    if totals["public"] < planning.variant.public_preschool * children:
        return "public"
    return "inclusive" if totals["public"] + totals["inclusive"] < planning.variant.inclusive_preschool * children else "other"


def _add(planning: Planning, code: str, zone: Zone, owner: str, children: int, *, central: bool) -> None:
    name = f"{planning.name_of(code)}{'中心' if central else planning.names.stem()}幼儿园"
    planning.add(name, "kindergarten", zone, code, {"preschool": max(20, children)}, central=central,
                 run_by="county" if owner == "public" else "private",
                 inclusive=None if owner == "public" else owner == "inclusive")
