"""What a screen prints has its Chinese word: the units of the law, and the counts of a list behind a row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from junheng.indicators.figures import sums_of
from junheng.indicators.registry import INDICATORS, Indicator
from junheng.kernel.shapes import Shape
from junheng.kernel.tables import Table
from junheng.screens.explanation import LINKED
from junheng.standards import law
from junheng.standards.words import UNITS


def shape(indicator: Indicator) -> Shape:
    """What a formula returns in some year, with 1, 2, 3 for the values of the law: every list it can link is linked."""
    asked = {name: number for number, name in enumerate(indicator.asks, start=1)}
    given: dict[str, object] = {"year": 2025, "day": date(2025, 9, 1), **asked}
    return indicator.formula(**{name: value for name, value in given.items() if name in indicator.formula.__annotations__})


def links(table: Table) -> Iterator[str]:
    for link in table.links:
        yield link.name
        yield from links(link.of.table)


def test_every_unit_of_a_value_of_the_law_has_a_chinese_word() -> None:
    assert {limit.unit for limit in law.limits.values()} - set(UNITS) == set()


def test_every_linked_count_has_a_chinese_word_and_every_word_a_count() -> None:
    assert {name for each in INDICATORS.values() for asked in sums_of(shape(each)) for name in links(asked.table)} == set(LINKED)
