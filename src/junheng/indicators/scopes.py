"""Which units an item asks: the scopes of docs/explanation/figures.md."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from junheng.indicators.units import STAGES, Unit
from junheng.register.codes import ALL_STAGES

NOT_COMPULSORY = {"kindergarten", "attached_kindergarten", "senior", "vocational", "special"}
KINDERGARTENS = {"kindergarten", "attached_kindergarten"}
NOT_BASIC = {"private", "city", "province", "university", "enterprise"}


@dataclass(frozen=True)
class Lines:
    """Values of the law that scopes rest on."""

    small_point: int = 0
    small_school: int = 0
    merges: bool = False
    new_kindergarten: int = 0


def in_scope(unit: Unit, scope: str, lines: Lines) -> bool:
    """Whether a scope of docs/explanation/figures.md takes the unit in; an unknown number of pupils never takes one out."""
    return bool(unit.places) or (unit.pupils != 0 and SCOPES[scope](unit, lines))


def _compulsory(unit: Unit, _: Lines) -> bool:
    return unit.facts["kind"] not in NOT_COMPULSORY and (unit.stage in STAGES or unit.stage == ALL_STAGES)


def _resources(unit: Unit, lines: Lines) -> bool:
    return _compulsory(unit, lines) and (lines.merges or not is_small_point(unit, lines))


def _basic(unit: Unit, lines: Lines) -> bool:
    return _compulsory(unit, lines) and unit.facts["kind"] != "teaching_point" and unit.facts["run_by"] not in NOT_BASIC


def _small(unit: Unit, lines: Lines) -> bool:
    return _compulsory(unit, lines) and (unit.pupils is None or unit.pupils < lines.small_school)


def _zoned(unit: Unit, lines: Lines) -> bool:
    """Public day schools of towns and cities: those that take in by catchment."""
    return _public(unit, lines) and unit.facts["area"] != "rural" and unit.facts["boarding"] is not True


def _kindergarten(unit: Unit, _: Lines) -> bool:
    return unit.stage == "preschool" and unit.facts["kind"] == "kindergarten"


def _public(unit: Unit, lines: Lines) -> bool:
    return _compulsory(unit, lines) and unit.facts["run_by"] != "private"


def _funded(unit: Unit, lines: Lines) -> bool:
    """Public schools of compulsory stages alone: the money of a school with a senior stage is not told apart."""
    return _public(unit, lines) and not unit.facts["has_senior"]


def _is_new(unit: Unit, lines: Lines) -> bool:
    """A kindergarten whose year is not known is held against the newer rule."""
    built = unit.facts["built_year"]
    return built is None or int(str(built)) >= lines.new_kindergarten


SCOPES: Mapping[str, Callable[[Unit, Lines], bool]] = {
    "compulsory": _compulsory, "resources": _resources, "basic": _basic, "small": _small, "zoned": _zoned, "public": _public,
    "public_town": lambda unit, lines: _public(unit, lines) and unit.facts["area"] != "rural",
    "primary": lambda unit, lines: _compulsory(unit, lines) and unit.stage == "primary",
    "junior": lambda unit, lines: _compulsory(unit, lines) and unit.stage == "junior",
    "funded": lambda unit, lines: _funded(unit, lines) and (unit.pupils is None or unit.pupils >= lines.small_school),
    "funded_small": lambda unit, lines: _funded(unit, lines) and _small(unit, lines),
    "kindergarten": _kindergarten,
    "kindergarten_new": lambda unit, lines: _kindergarten(unit, lines) and _is_new(unit, lines),
    "kindergarten_old": lambda unit, lines: _kindergarten(unit, lines) and not _is_new(unit, lines),
    "public_kindergarten": lambda unit, lines: _kindergarten(unit, lines) and unit.facts["run_by"] != "private",
    "inclusive_kindergarten": lambda unit, lines: (_kindergarten(unit, lines) and unit.facts["run_by"] == "private"
                                                   and unit.facts["inclusive"] is not False),
    "preschool": lambda unit, _: unit.stage == "preschool",
    "every": lambda unit, _: True,
    "general": lambda unit, _: unit.facts["kind"] not in ("special", "vocational"),
    "staffed": lambda unit, _: unit.facts["run_by"] != "private" and unit.facts["kind"] not in KINDERGARTENS,
    "vocational": lambda unit, _: unit.facts["kind"] == "vocational",
    "rural": lambda unit, _: unit.facts["area"] not in ("urban", "town"),
    "places": lambda unit, _: bool(unit.places),
}


# of scopes that a unit may be outside of because a fact of it is not known: the fact
RESTS_ON = {"small": "pupils", "funded": "pupils", "funded_small": "pupils", "inclusive_kindergarten": "inclusive"}


def is_sure(unit: Unit, scope: str) -> bool:
    """Whether a unit that the scope takes in is known to belong to it."""
    return scope not in RESTS_ON or unit.facts[RESTS_ON[scope]] is not None


def is_small_point(unit: Unit, lines: Lines) -> bool:
    """A teaching point that is not a row of its own in the resource items."""
    return (unit.facts["kind"] == "teaching_point" and unit.stage in STAGES
            and unit.pupils is not None and unit.pupils < lines.small_point)
