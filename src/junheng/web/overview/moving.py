"""What moved since the year before, and what stands close to its limit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from junheng.indicators.models import FindingRow
from junheng.indicators.registry import INDICATORS, Indicator
from junheng.indicators.shown import is_share, shown, wants_less
from junheng.kernel.codes import Level, Verdict
from junheng.kernel.findings import PRECEDENCE
from junheng.web.overview.figures import WATCHED, TwoYears, key_of

NEAR = Fraction(1, 10)  # of the limit, or of the room there is beyond it
RANK = {verdict.name: place for place, verdict in enumerate(PRECEDENCE)}
BEST = {"%": 100, "percent": 100, "points of 100": 100}  # what a figure of this unit cannot be above
COUNTED = ("项",)  # how many of several things are there: one step from the limit is not near it


@dataclass(frozen=True)
class Move:
    """A figure that is not what it was. `flipped`: what is said of it changed too."""

    row: FindingRow
    before: FindingRow
    is_better: bool
    flipped: bool
    size: float


@dataclass(frozen=True)
class Near:
    """A figure that meets its limit, and the share of the room beyond it that it still has."""

    row: FindingRow
    room: Fraction

    @property
    def said(self) -> str:
        return f"{float(self.room) * 100:.1f}%" if self.room else _("刚好达到")


def moves(years: TwoYears) -> list[Move]:
    """What moved, changed verdicts first, then the largest moves; what prints the same has not moved."""
    found = [move for row in years.judged() if (before := years.before.get(key_of(row))) and (move := _move(row, before))]
    return sorted(found, key=lambda each: (not each.flipped, -each.size, each.row.item, each.row.group, each.row.stage))


def _move(row: FindingRow, before: FindingRow) -> Move | None:
    flipped = bool(before.verdict) and row.verdict != before.verdict
    if not flipped and (row.value_number is None or before.value_number is None or shown(row) == shown(before)):
        return None
    change = (row.value_number or 0) - (before.value_number or 0)
    is_better = (RANK[row.verdict] > RANK[before.verdict] if flipped
                 else (change < 0) == wants_less(row, INDICATORS[row.item]))
    scale = abs(float(Fraction(row.limit))) if row.limit else abs(before.value_number or 0)
    return Move(row, before, is_better, flipped, abs(change) / (scale or 1))


def alarms(years: TwoYears) -> list[Near]:
    """Figures of the inspected standards that are met with less than a tenth of room, the tightest first."""
    return sorted(_near(years), key=lambda each: (each.room, each.row.item, each.row.group, each.row.stage))


def _near(years: TwoYears) -> Iterator[Near]:
    for row in years.judged():
        left = room(row) if row.standard in WATCHED else None
        if left is not None and left <= NEAR:
            yield Near(row, left)


def room(row: FindingRow) -> Fraction | None:
    """How far a figure that is met may still move before it is not, as a share of its limit, or of the way from its limit
    to what it cannot exceed. None where nothing is met, or where the limit is all there is.
    """
    indicator = INDICATORS.get(row.item)
    if indicator is None or indicator.unit in COUNTED or row.verdict != Verdict.met.name or row.value is None or not row.limit:
        return None
    value, limit = Fraction(row.value), Fraction(row.limit)
    if not limit:
        return None
    if wants_less(row, indicator):
        return (limit - value) / limit
    best = _best(row, indicator)
    if best is None:
        return (value - limit) / limit
    return (value - limit) / (best - limit) if best > limit else None


def _best(row: FindingRow, indicator: Indicator) -> Fraction | None:
    if is_share(indicator, Level[row.level]):
        return Fraction(1)
    return Fraction(BEST[indicator.unit]) if indicator.unit in BEST else None
