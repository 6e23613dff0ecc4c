"""What a person may choose from: his counties and towns, the levels he sees, the stages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from junheng.kernel.codes import Level, Stage
from junheng.people.scope import Reach
from junheng.register.models import School

STAGES = (*Stage.__members__, "all")


@dataclass(frozen=True)
class Places:
    """The counties and towns that have schools a person may see, by code."""

    counties: Mapping[str, str]
    towns: Mapping[str, str]
    county_of: Mapping[str, str]

    @classmethod
    def of(cls, year: int, reach: Reach) -> Places:
        rows = list(reach.narrow(School.objects.filter(year=year)).order_by("county_code", "township_code").values_list(
            "county_code", "county", "township_code", "township").distinct())
        return cls({code: name for code, name, _town, _name in rows if code},
                   {town: name for _code, _county, town, name in rows if town},
                   {town: code for code, _county, town, _name in rows if town})

    def towns_in(self, county: str) -> dict[str, str]:
        return {town: name for town, name in self.towns.items() if county in ("", self.county_of[town])}


def widest(reach: Reach) -> Level:
    """The level at which a person begins to look."""
    if reach.everything or reach.counties:
        return Level.county
    return Level.township if reach.townships else Level.school


def levels_from(top: Level) -> Sequence[Level]:
    """The levels down from the widest one."""
    order = (Level.township, Level.school) if top is Level.township else (Level.school,)
    return tuple(Level) if top is Level.county else order
