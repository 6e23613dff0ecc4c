"""What a year's register is to those who read it, and the day of which it speaks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Protocol

import polars as pl

CENSUS = (9, 1)  # month and day


def census_day(year: int) -> date:
    """1 September, on which the school year `year` begins and of which its register speaks."""
    return date(year, *CENSUS)


def last_day(year: int) -> date:
    """31 August, on which the school year `year` ends."""
    return census_day(year + 1) - timedelta(days=1)


class Register(Protocol):
    """The register of one school year: a snapshot, or one restated to a later tree."""

    @property
    def id(self) -> str: ...

    @property
    def year(self) -> int: ...

    def has(self, table: str) -> bool: ...

    def table(self, name: str) -> pl.DataFrame: ...

    @property
    def handed_in(self) -> pl.DataFrame: ...
