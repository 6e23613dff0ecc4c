"""What the indicators room says of a register, found by school, stage and item: the figures a plan's claims are held against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from junheng.engines import Duck
from junheng.indicators.items.guarantee import SPECIAL_ROOMS
from junheng.indicators.items.resources import ALL_SEVEN, SEVEN
from junheng.indicators.measure import measure
from junheng.indicators.registry import INDICATORS
from junheng.indicators.units import STAGES
from junheng.kernel.codes import Level, Split, Verdict
from junheng.kernel.findings import CountyVerdict, Exact, Finding, weakest
from junheng.planning.ahead import Ahead
from junheng.standards import LawBook, law

CLASS_SIZE = "yz.2.5"
PLANNED = frozenset(
    {*SEVEN, ALL_SEVEN, *(f"{item}.cv" for item in SEVEN), *SPECIAL_ROOMS.values()}
)  # the items that a plan plans for
Key = tuple[str, str]  # school and stage


@dataclass(frozen=True)
class Margin:
    """How far above a limit the planning line lies, and how far below that of a coefficient of variation."""

    share: Fraction

    @property
    def variation(self) -> Fraction:
        """0.02 at 3 %, 0.05 at 5 %: straight up to 3 %, and straight on from there."""
        low, high = Fraction(3, 100), Fraction(5, 100)
        return (
            self.share * 2 / 3 if self.share <= low else Fraction(2, 100) + (self.share - low) / (high - low) * Fraction(3, 100)
        )


@dataclass
class Measured:
    """One county measured: its findings and its verdicts."""

    county: str
    findings: Iterable[Finding]
    verdicts: Iterable[CountyVerdict]

    @cached_property
    def _by(self) -> dict[tuple[str, str, str], Finding]:
        return {
            (each.group, each.stage, each.item): each
            for each in self.findings
            if each.level in (Level.school, Level.county) and not each.slice
        }

    @cached_property
    def units(self) -> list[Key]:
        """Stages of schools that the resource items ask."""
        return sorted(
            (group, stage)
            for (group, stage, item), each in self._by.items()
            if item == SEVEN[0] and each.level is Level.school and stage in STAGES
        )

    def finding(self, school: str, stage: str, item: str) -> Finding | None:
        return self._by.get((school, stage, item))

    def spread(self, stage: str, item: str) -> Finding | None:
        return self._by.get((self.county, stage, f"{item}.cv"))

    def pupils(self, school: str, stage: str) -> int | None:
        found = self.finding(school, stage, SEVEN[0])
        return int(found.whole) if found and found.whole else None

    def limit(self, school: str, stage: str, item: str) -> Fraction:
        found = self.finding(school, stage, item)
        assert found is not None and found.limit is not None
        return found.limit

    def ratio(self, school: str, stage: str, item: str, split: Split = Split.by_pupils) -> Fraction | None:
        """The item under a split; where a few rows are unknown, what is there for sure. Without an upper bound nothing is
        known.
        """
        found = self.finding(school, stage, item)
        if found is None:
            return None
        told = found.splits.get(split.name)
        if told is not None:
            return None if told["value"] is None else Fraction(told["value"])
        if found.value is not None:
            return Fraction(found.value)
        return None if found.upper is None else found.lower

    def has(self, school: str, stage: str, item: str, split: Split = Split.by_pupils) -> Fraction | None:
        """The same as a total: persons, square metres, yuan, rooms."""
        ratio, pupils = self.ratio(school, stage, item, split), self.pupils(school, stage)
        return None if ratio is None or pupils is None else ratio * pupils / per(item)

    def verdict(self) -> Verdict:
        """Of the primary and junior stages together."""
        return weakest(each.verdict for each in self.verdicts if each.stage in STAGES)

    def standing(self, school: str, stage: str) -> Verdict | None:
        found = self.finding(school, stage, ALL_SEVEN)
        return found.verdict if found else None

    def failing_schools(self) -> set[str]:
        return {
            group
            for (group, _, item), each in self._by.items()
            if item == ALL_SEVEN and each.level is Level.school and each.verdict is Verdict.not_met
        }


@dataclass(frozen=True)
class Short:
    """What a stage of a school lacks, as a ratio: the line is that of the item, or its floor where the rule spares it."""

    item: str
    has: Fraction
    wanted: Fraction


@dataclass(frozen=True)
class Lines:
    """The planning lines over a measured county. `declares`: the schools whose declared split must pass too."""

    measured: Measured
    margin: Margin
    book: LawBook
    facts: Mapping[Key, Mapping[str, object]]
    declares: frozenset[str]

    def splits(self, school: str, stage: str) -> Iterator[Split]:
        yield Split.by_pupils
        if school in self.declares and any(
            Split.declared.name in found.splits for item in SEVEN if (found := self.measured.finding(school, stage, item))
        ):
            yield Split.declared

    def wanted(self, school: str, stage: str, item: str) -> Fraction:
        return self.measured.limit(school, stage, item) * (1 + self.margin.share)

    def _rule(self, school: str, stage: str) -> tuple[int, Fraction]:
        facts = self.facts[school, stage]
        need, floor = (self.book.entry(law[name], self.measured.county, facts).value for name in ("items_needed", "item_floor"))
        return int(need), Fraction(floor)

    def _known(self, school: str, stage: str, split: Split) -> dict[str, Fraction]:
        told = {item: self.measured.ratio(school, stage, item, split) for item in SEVEN}
        return {item: ratio for item, ratio in told.items() if ratio is not None}

    def passes(self, school: str, stage: str, split: Split, *, with_margin: bool = True) -> bool:
        """Whether what is known of a stage keeps the rule of 6 of 7 with the floor; what is not known is asked of nobody."""
        need, floor = self._rule(school, stage)
        known = self._known(school, stage, split)
        line = {
            item: self.wanted(school, stage, item) if with_margin else self.measured.limit(school, stage, item) for item in known
        }
        met = sum(known[item] >= line[item] for item in known)
        return met >= min(need, len(known)) and all(known[item] >= floor * line[item] for item in known)

    def short(self, school: str, stage: str, split: Split) -> Iterator[Short]:
        """What is missing: the widest gaps are spared as far as the rule spares any, down to the floor."""
        need, floor = self._rule(school, stage)
        known = self._known(school, stage, split)
        gaps = sorted(
            (known[item] / line, item, line) for item in known if known[item] < (line := self.wanted(school, stage, item))
        )
        spares = max(0, len(known) - need)
        for number, (_, item, line) in enumerate(gaps):
            wanted = line * floor if number < spares else line
            if known[item] < wanted:
                yield Short(item, known[item], wanted)

    def failing(self) -> Iterator[tuple[str, str, Split]]:
        """Every stage of a school that misses the planning line, by the split under which it does."""
        for school, stage in self.measured.units:
            if self.measured.pupils(school, stage) is not None:
                yield from (
                    (school, stage, split) for split in self.splits(school, stage) if not self.passes(school, stage, split)
                )

    # --- coefficients of variation --------------------------------------------------------------------------

    def spread_limit(self, stage: str) -> Fraction:
        """That of the standard."""
        return Fraction(self.book.entry(law["variation"], self.measured.county, {"stage": stage}).value)

    def spread_line(self, stage: str) -> Fraction:
        return max(Fraction(0), self.spread_limit(stage) - self.margin.variation)

    def spreads(self) -> Iterator[tuple[str, str, list[Exact]]]:
        """By stage and item: the coefficient of record, and that of what schools declare where they do; each where it is
        known.
        """
        for stage in STAGES:
            for item in SEVEN:
                if (found := self.measured.spread(stage, item)) is not None:
                    told = found.splits.get(Split.declared.name, {}).get("value") if self.declares else None
                    yield stage, item, [value for value in (found.value, told and Decimal(told)) if value]

    def too_wide(self) -> Iterator[tuple[str, str, Exact]]:
        """The coefficients over the planning line, each once, that of record before that of what is declared."""
        for stage, item, values in self.spreads():
            if over := [value for value in values if Fraction(value) > self.spread_line(stage)]:
                yield stage, item, over[0]


def per(item: str) -> int:
    """An item is asked for one pupil or for a hundred."""
    return 100 if INDICATORS[item].unit.endswith("/百人") else 1


def measured(register: Ahead, county: str, book: LawBook, standard: str) -> Measured:
    """The county of a register that was written out, measured from its files."""
    return Measured(county, *measure(register, Duck(register.path), book, [standard], items=PLANNED))
