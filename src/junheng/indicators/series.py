"""Several years of a figure: what changed, which way it goes, and the alarm of a coefficient of variation that rose again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from junheng.kernel.codes import Code, Level
from junheng.kernel.exact import SHOWN_ROOT_PLACES, rounded, written_or_none
from junheng.kernel.findings import Exact, Finding

Years = Mapping[int, Sequence[Finding]]
Key = tuple[str, Level, str, str, str]
SPREADS = ".cv"  # how the items end that must not rebound


class Direction(Code):
    """Which way a figure goes over the years that are known."""
    rising = ("上升",)
    falling = ("下降",)
    steady = ("持平",)
    mixed = ("有升有降",)
    unknown = ("年份不足",)


@dataclass(frozen=True)
class Series:
    """One figure of one group over the years asked for; a year without it, or not known, is None.

    `rebounds`  of a coefficient of variation: the years in which it is larger than in the last year known before
    """

    item: str
    level: Level
    group: str
    name: str
    stage: str
    slice: str
    values: Mapping[int, Exact | None]
    snapshots: Mapping[int, str]
    rebounds: tuple[int, ...] = ()

    @property
    def known(self) -> list[tuple[int, Exact]]:
        return [(year, value) for year, value in self.values.items() if value is not None]

    @property
    def change(self) -> Exact | None:
        """The last known value less the first."""
        return _less(self.known[-1][1], self.known[0][1]) if len(self.known) > 1 else None

    @property
    def change_a_year(self) -> Fraction | None:
        """The change spread over the years between."""
        if self.change is None:
            return None
        return Fraction(self.change) / (self.known[-1][0] - self.known[0][0])

    @property
    def direction(self) -> Direction:
        steps = {(after > before) - (after < before) for (_, before), (_, after) in pairwise(self.known)}
        if not steps:
            return Direction.unknown
        if {1, -1} <= steps:
            return Direction.mixed
        return Direction.rising if 1 in steps else Direction.falling if -1 in steps else Direction.steady

    def as_json(self) -> dict[str, object]:
        return {"item": self.item, "level": self.level.name, "group": self.group, "name": self.name, "stage": self.stage,
                "slice": self.slice, "values": {str(year): written_or_none(value) for year, value in self.values.items()},
                "snapshots": {str(year): snapshot for year, snapshot in self.snapshots.items()},
                "change": written_or_none(self.change), "change_a_year": written_or_none(self.change_a_year),
                "direction": self.direction.name, "rebounds": list(self.rebounds)}


def series(years: Years) -> list[Series]:
    """Every figure above the schools that any of the years has, over all of them, in the order of the last year that has it."""
    held: dict[Key, dict[int, Finding]] = {}
    for year in sorted(years, reverse=True):
        for each in years[year]:
            if each.level is not Level.school:
                held.setdefault((each.item, each.level, each.group, each.stage, each.slice), {})[year] = each
    return [_series(found, sorted(years)) for found in held.values()]


def _series(found: Mapping[int, Finding], years: Sequence[int]) -> Series:
    last = found[max(found)]
    values = {year: _printed(found[year].value) if year in found else None for year in years}
    rebounds = _rebounds(found) if last.item.endswith(SPREADS) else ()
    return Series(last.item, last.level, last.group, last.name, last.stage, last.slice, values,
                  {year: found[year].snapshot for year in sorted(found)}, rebounds)


def _rebounds(found: Mapping[int, Finding]) -> tuple[int, ...]:
    """Compared by value: of a mean of coefficients there is no exact square."""
    known = [(year, _printed(found[year].value)) for year in sorted(found) if found[year].value is not None]
    return tuple(year for (_, before), (year, after) in pairwise(known) if after > before)  # type: ignore[operator]


def _printed(value: Exact | None) -> Exact | None:
    """A root with the digits that a kept finding has, so that what was computed now equals what was kept."""
    return rounded(value, SHOWN_ROOT_PLACES) if isinstance(value, Decimal) else value


def _less(after: Exact, before: Exact) -> Exact:
    return Fraction(after) - Fraction(before) if isinstance(after, Fraction) and isinstance(before, Fraction) else (
        Decimal(after) - Decimal(before))  # type: ignore[arg-type]
