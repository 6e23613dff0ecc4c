"""What a school has in common for all its stages: rooms that may be converted, free ground, equipment. Square metres and yuan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import polars as pl

from junheng.indicators.units import STAGES
from junheng.planning.ahead import Ahead
from junheng.planning.pricing import PriceBook
from junheng.register.codes import ORDINARY_CLASSES, USABLE


@dataclass(frozen=True)
class Estate:
    """What of a school may be used. None: not known, and so not offered.

    `free_land_m2`  land on which a ground may still be laid
    `classes`       ordinary classes of primary and junior together
    `special_rooms` music and art rooms still missing for these, by kind
    """

    convertible_m2: Fraction | None = None
    free_land_m2: Fraction | None = None
    equipment_yuan: Fraction | None = None
    classroom_m2: Fraction | None = None
    classes: int | None = None
    special_rooms: Mapping[str, int] | None = None


def estates_of(
    register: Ahead,
    prices: PriceBook,
    schools: Mapping[str, Mapping[str, object]],
    special_rooms: Mapping[str, Mapping[str, int]],
) -> dict[str, Estate]:
    """The estate of each school; `schools` gives the facts that prices rest on."""
    sites, assets, classes = _sites(register), _equipment(register), _classes(register)
    return {
        school: _estate(sites.get(school), assets.get(school), classes.get(school), prices, facts, special_rooms.get(school))
        for school, facts in schools.items()
    }


def _sites(register: Ahead) -> dict[str, dict[str, Decimal | None]]:
    if not register.has("sites"):
        return {}
    columns = ("land_m2", "sports_ground_m2", "floor_area_m2", "office_m2", "living_m2", "classroom_m2")
    usable = register.table("sites").filter(pl.col("standing").is_in(USABLE))
    added = usable.group_by("school_id").agg(
        pl.when(pl.col(column).null_count() == 0).then(pl.col(column).sum()).alias(column) for column in columns
    )
    return {str(row.pop("school_id")): row for row in added.iter_rows(named=True)}


def _equipment(register: Ahead) -> dict[str, Decimal]:
    if not register.has("assets"):
        return {}
    return dict(register.table("assets").select("school_id", "equipment_10k_yuan").drop_nulls().iter_rows())


def _classes(register: Ahead) -> dict[str, int]:
    if not register.has("classes"):
        return {}
    own = register.table("classes").filter(pl.col("kind").is_in(ORDINARY_CLASSES) & pl.col("stage").is_in(STAGES))
    return dict(own.group_by("school_id").len().iter_rows())


def _estate(
    site: dict[str, Decimal | None] | None,
    equipment: Decimal | None,
    classes: int | None,
    prices: PriceBook,
    facts: Mapping[str, object],
    special_rooms: Mapping[str, int] | None,
) -> Estate:
    return Estate(
        _convertible(site or {}, prices, facts),
        _free_land(site or {}, prices, facts),
        None if equipment is None else 10_000 * Fraction(equipment),
        _classrooms(site or {}),
        classes,
        special_rooms,
    )


def _classrooms(site: Mapping[str, Decimal | None]) -> Fraction | None:
    area = site.get("classroom_m2")
    return None if area is None else Fraction(area)


def _convertible(site: Mapping[str, Decimal | None], prices: PriceBook, facts: Mapping[str, object]) -> Fraction | None:
    office, living = site.get("office_m2"), site.get("living_m2")
    if office is None or living is None:
        return None
    return prices.value("convertible_share", facts) * Fraction(office + living)


def _free_land(site: Mapping[str, Decimal | None], prices: PriceBook, facts: Mapping[str, object]) -> Fraction | None:
    """The usable part of the land, less what buildings stand on and the grounds there are."""
    land, ground, floor = site.get("land_m2"), site.get("sports_ground_m2"), site.get("floor_area_m2")
    if land is None or ground is None or floor is None:
        return None
    built = Fraction(floor) / prices.value("storeys", facts)
    return max(Fraction(0), prices.value("usable_land_share", facts) * Fraction(land) - built - Fraction(ground))
