"""The prices and caps a plan says it used, looked up as the law is; where it names none, those in force now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from junheng.kernel.codes import Evidence
from junheng.planning.codes import Channel
from junheng.planning.pricing import PRICES, PriceBook, Purse
from junheng.standards import Entry
from junheng.standards.law import Facts

NO_FACTS: Facts = {}


@dataclass(frozen=True)
class Prices:
    """Of one county. `told` are the rows of the plan, `book` what is in force now, `purses` the channels the plan names."""

    told: Sequence[Mapping[str, Any]]
    book: PriceBook
    purses: tuple[Purse, ...]
    superseded: dict[str, tuple[Fraction, Fraction]] = field(default_factory=dict)  # asked for, and another holds there now
    _known: dict[tuple[str, str], Fraction] = field(default_factory=dict)

    def value(self, name: str, facts: Facts = NO_FACTS) -> Fraction:
        key = name, str(sorted((each, str(value)) for each, value in facts.items()))
        if key not in self._known:
            own = [entry for entry in self._entries(name) if entry.holds_for(facts)]
            best = max(own, key=lambda entry: (len(entry.jurisdiction), len(entry.where)), default=None)
            now = self.book.value(name, facts)
            self._known[key] = Fraction(str(best.value)) if best else now
            if self._known[key] != now:
                self.superseded[name] = self._known[key], now
        return self._known[key]

    def number(self, name: str, facts: Facts = NO_FACTS) -> int:
        return int(self.value(name, facts))

    def _entries(self, name: str) -> Iterator[Entry]:
        for row in self.told:
            if row["name"] == name and self.book.county.startswith(row["county"] or ""):
                yield entry(row)

    def differing(self) -> Iterator[tuple[int, Mapping[str, Any], Fraction | None]]:
        """The rows of the plan's list, counted from 0, that are not what is in force now; with that, None where there is none."""
        for number, row in enumerate(self.told):
            if self.book.county.startswith(row["county"] or "") and (now := self._now(row)) != Fraction(row["value"]):
                yield number, row, now

    def _now(self, row: Mapping[str, Any]) -> Fraction | None:
        found = self._entry(row)
        return self.book.told(row["name"], found) if found else None

    def _entry(self, row: Mapping[str, Any]) -> Entry | None:
        """What stands in the lists in the place of a row."""
        if row["name"] not in PRICES.limits:
            return None
        there = [
            each
            for each in self.book.book.entries(PRICES[row["name"]], self.book.county)
            if dict(each.where) == dict(row["where"]) and each.jurisdiction == (row["county"] or "")
        ]
        return there[-1] if there else None

    def mislabelled(self) -> Iterator[tuple[int, str, str, str]]:
        """Rows that call a price something else than its list, or rest it on another paper: number, column, told, wanted."""
        for number, row in enumerate(self.told):
            if self.book.county.startswith(row["county"] or "") and (found := self._entry(row)):
                own = {"zh": self.book.zh(row["name"]), "unit": self.book.unit(row["name"])}
                for column, wanted in {**own, "paper": found.paper, "evidence": found.evidence.name}.items():
                    if row[column] != wanted:
                        yield number, column, row[column], wanted


def entry(row: Mapping[str, Any]) -> Entry:
    """A row of the plan's list as an entry that can be held against the facts of a school."""
    return Entry(
        PRICES.standards["prices"].day, row["value"], row.get("paper", ""), Evidence.believed, row["where"], row["county"] or ""
    )


def purses_of(rows: Sequence[Mapping[str, Any]]) -> tuple[Purse, ...]:
    """The channels of a county as the plan's task tells them."""
    return tuple(Purse(Channel[row["channel"]], row["a_year"]) for row in rows)


def numbers(told: Mapping[str, str]) -> dict[str, Fraction]:
    """Prices by name at another value, as the task tells them."""
    return {name: Fraction(value) for name, value in told.items()}
