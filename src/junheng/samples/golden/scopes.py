"""Which units an item is asked of."""

from __future__ import annotations

from collections.abc import Iterable

from junheng.samples.golden.units import COMPULSORY, Part

NOT_COMPULSORY = ("kindergarten", "attached_kindergarten", "senior", "vocational", "special")
NOT_BASIC = ("private", "city", "province", "university", "enterprise")
TOWN = ("city_core", "city_fringe", "town_core", "town_fringe", "special_area")
URBAN = ("city_core", "city_fringe")


def of_stage(parts: Iterable[Part], *stages: str) -> list[Part]:
    return [part for part in parts if part.stage in stages]


def compulsory(parts: Iterable[Part]) -> list[Part]:
    return [part for part in parts if part.school["kind"] not in NOT_COMPULSORY and part.stage in (*COMPULSORY, "all")]


def resources(parts: Iterable[Part]) -> list[Part]:
    return [part for part in compulsory(parts) if part.school["kind"] != "teaching_point" or part.pupils >= 50]


def basic(parts: Iterable[Part]) -> list[Part]:
    return [part for part in compulsory(parts)
            if part.school["kind"] != "teaching_point" and part.school["run_by"] not in NOT_BASIC]


def public(parts: Iterable[Part]) -> list[Part]:
    return [part for part in compulsory(parts) if not is_private(part)]


def public_town(parts: Iterable[Part]) -> list[Part]:
    return [part for part in public(parts) if part.school["urban_rural"] in TOWN]


def zoned(parts: Iterable[Part]) -> list[Part]:
    return [part for part in public_town(parts) if part.school["boarding"] is not True]


def small(parts: Iterable[Part]) -> list[Part]:
    return [part for part in compulsory(parts) if part.pupils < 100]


def funded(parts: Iterable[Part]) -> list[Part]:
    return [part for part in _without_senior(parts) if part.pupils >= 100]


def funded_small(parts: Iterable[Part]) -> list[Part]:
    return small(_without_senior(parts))


def _without_senior(parts: Iterable[Part]) -> list[Part]:
    return [part for part in public(parts) if not part.has_senior]


def preschool(parts: Iterable[Part]) -> list[Part]:
    return of_stage(parts, "preschool")


def kindergarten(parts: Iterable[Part]) -> list[Part]:
    return [part for part in preschool(parts) if part.school["kind"] == "kindergarten"]


def public_kindergarten(parts: Iterable[Part]) -> list[Part]:
    return [part for part in kindergarten(parts) if not is_private(part)]


def inclusive_kindergarten(parts: Iterable[Part]) -> list[Part]:
    return [part for part in kindergarten(parts) if is_private(part) and part.school["inclusive"] is not False]


def built_since_2017(part: Part) -> bool:
    """Also where nobody knows when."""
    return part.school["built_year"] is None or bool(part.school["built_year"] >= 2017)


def general(parts: Iterable[Part]) -> list[Part]:
    return [part for part in parts if part.school["kind"] not in ("special", "vocational")]


def staffed(parts: Iterable[Part]) -> list[Part]:
    return [part for part in parts
            if not is_private(part) and part.school["kind"] not in ("kindergarten", "attached_kindergarten")]


def vocational(parts: Iterable[Part]) -> list[Part]:
    return [part for part in parts if part.school["kind"] == "vocational"]


def rural(parts: Iterable[Part]) -> list[Part]:
    return [part for part in parts if part.school["urban_rural"] not in TOWN]


def is_private(part: Part) -> bool:
    return bool(part.school["run_by"] == "private")
