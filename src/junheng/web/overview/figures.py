"""The indexed findings that the first page reads: this year's and the year's before, each once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from junheng.indicators.kept import Indexed
from junheng.indicators.models import FindingRow
from junheng.indicators.registry import INDICATORS
from junheng.people.scope import Reach

Key = tuple[str, str, str, str]
MAIN = "quality_balance_2017"  # the standard that the county is inspected by first
WATCHED = (MAIN, "preschool_2020", "basic_balance_2012")  # those an inspection is about
BANDS = tuple(f"st.bands.{number}" for number in range(1, 11))
COLUMNS = ("snapshot", "year", "standard", "item", "level", "group", "name", "stage", "county_code", "school_id", "part",
           "whole", "value", "value_number", "lower", "upper", "unknown", "limit", "gap", "gap_number", "gap_unit",
           "share_number", "verdict", "evidence")


@dataclass(frozen=True)
class TwoYears:
    """The findings of the year in force, and those of the year before by what they are of; empty where there is none."""

    now: Sequence[FindingRow]
    before: Mapping[Key, FindingRow]

    def judged(self) -> list[FindingRow]:
        return [row for row in self.now if row.verdict]

    def of_items(self, items: Sequence[str]) -> list[FindingRow]:
        return [row for row in self.now if row.item in items]


def key_of(row: FindingRow) -> Key:
    return row.item, row.level, row.group, row.stage


def of_counties(years: Sequence[Indexed], reach: Reach) -> TwoYears:
    """Of the counties inside: what a standard judges, and how large their classes are."""
    rows = FindingRow.objects.filter(reach.rows(township="", school=""), level="county")
    return _two(years, rows.filter(~Q(verdict="") | Q(item__in=BANDS)).only(*COLUMNS))


def of_schools(years: Sequence[Indexed], reach: Reach, standards: Sequence[str] = ()) -> TwoYears:
    """Of the schools inside: what is judged, by these standards or by all."""
    rows = reach.narrow(FindingRow.objects.filter(level="school")).exclude(verdict="")
    return _two(years, (rows.filter(standard__in=standards) if standards else rows).only(*COLUMNS))


def _two(years: Sequence[Indexed], rows: object) -> TwoYears:
    found = list(rows.filter(snapshot__in=[each.snapshot for each in years]))  # type: ignore[attr-defined]
    now = [row for row in found if row.snapshot == years[0].snapshot and row.item in INDICATORS]
    return TwoYears(now, {key_of(row): row for row in found if row.snapshot != years[0].snapshot})
