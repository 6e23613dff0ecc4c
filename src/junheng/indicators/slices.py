"""Figures of a part of the schools: by city, town and country, by who runs them, by kind, by the groups they belong to.

A standard judges no part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from junheng.indicators.measurement import Measurement
from junheng.indicators.registry import Indicator
from junheng.indicators.units import Unit, memberships
from junheng.kernel.codes import Level
from junheng.kernel.shapes import AtLeast, Attested, Mean
from junheng.register.census import Register
from junheng.register.codes import RunBy, SchoolKind, Tree

AREAS = {"urban": "城区", "town": "镇区", "rural": "乡村"}
OWNERS = {"public": "公办", "private": "民办"}
UNKNOWN = "unknown"


def _owner(unit: Unit) -> str | None:
    run_by = unit.facts["run_by"]
    return None if run_by is None else "private" if run_by == RunBy.private.name else "public"


def _group(tree: str, unit: Unit) -> object:
    return unit.facts[tree]


DIMENSIONS: Mapping[str, Callable[[Unit], object]] = {
    "urban_rural": lambda unit: unit.facts["area"], "ownership": _owner, "kind": lambda unit: unit.facts["kind"],
    **{tree.name: partial(_group, tree.name) for tree in Tree}}
WORDS = {"urban_rural": AREAS, "ownership": OWNERS, "kind": {kind.name: kind.zh for kind in SchoolKind}}


def part_names(register: Register) -> dict[str, str]:
    """The names of the parts that a register itself names: the groups of the trees beside the divisions."""
    return {f"{each.tree}={each.group_id}": each.group_name for each in memberships(register) if each.group_name}


def word(part: str, names: Mapping[str, str]) -> str:
    """`urban_rural=rural` in Chinese; a group by its name of `names`, with its code."""
    dimension, _, value = part.partition("=")
    if dimension in Tree.__members__:
        return "未归属" if value == UNKNOWN else f"{names.get(part, '')}（{value}）"
    return WORDS[dimension].get(value, "不明")


def parts(measured: Measurement, indicator: Indicator, level: Level, by: str) -> Iterator[tuple[str, str, str, list[Unit]]]:
    """(group, stage, slice, units) for every part of every group that has a unit of the indicator.

    Leaves out: what is counted by place or attested, and what is made of other items; they have no parts.
    """
    if indicator.by not in ("stage", "school", "whole") or level is Level.school:
        return
    for (group, stage), units in measured.ordered(indicator, level):
        if isinstance(measured.shape(indicator, units), AtLeast | Attested | Mean) and not indicator.counts:
            continue
        for value, members in sorted(_split(units, DIMENSIONS[by]).items()):
            yield group, stage, f"{by}={value}", members


def _split(units: Sequence[Unit], of: Callable[[Unit], object]) -> dict[str, list[Unit]]:
    found: dict[str, list[Unit]] = {}
    for unit in units:
        found.setdefault(str(of(unit) or UNKNOWN), []).append(unit)
    return found
