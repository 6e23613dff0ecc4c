"""What a person may choose from: his counties and towns, the levels he sees, the stages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from junheng.indicators.kept import Indexed, kept
from junheng.kernel.codes import Level
from junheng.people.scope import Reach
from junheng.register.models import School


@dataclass(frozen=True)
class Places:
    """The counties and towns that have schools a person may see, by code."""

    counties: Mapping[str, str]
    towns: Mapping[str, str]
    county_of: Mapping[str, str]

    def towns_in(self, county: str) -> dict[str, str]:
        return {town: name for town, name in self.towns.items() if county in ("", self.county_of[town])}


@kept
def places_of(year: Indexed, reach: Reach) -> Places:
    """Those of a year that lie in a reach."""
    rows = list(reach.narrow(School.objects.filter(year=year.year)).order_by("county_code", "township_code").values_list(
        "county_code", "county", "township_code", "township").distinct())
    return Places({code: name for code, name, _town, _name in rows if code},
                  {town: name for _code, _county, town, name in rows if town},
                  {town: code for code, _county, town, _name in rows if town})


def widest(reach: Reach) -> Level:
    """The level at which a person begins to look."""
    if reach.everything or reach.counties:
        return Level.county
    return Level.township if reach.townships else Level.school


def levels_from(top: Level) -> Sequence[Level]:
    """The levels down from the widest one."""
    order = (Level.township, Level.school) if top is Level.township else (Level.school,)
    return tuple(Level) if top is Level.county else order
