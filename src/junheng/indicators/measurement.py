"""The readings of one standard on one register: of each unit, of each group above, of each county."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from junheng.indicators.amounts import Figure, Judged, Movement, at_least, keeps_floor, total
from junheng.indicators.attested import attest
from junheng.indicators.figures import Figures, Under, under
from junheng.indicators.readings import Reading, of_counts, of_figure, of_mean, of_spread
from junheng.indicators.registry import INDICATORS, Indicator, of_standard
from junheng.indicators.scopes import is_sure
from junheng.indicators.units import STAGE_ORDER, Unit, by_group
from junheng.kernel.codes import Level, Split, Verdict
from junheng.kernel.shapes import AtLeast, Attested, Every, Mean, Shape, Spread
from junheng.register.census import Register
from junheng.standards import Entry, LawBook

# whose schools make a county one that a standard asks; of the others, any school that has pupils
ASKED = {"basic_balance_2012": "basic", "quality_balance_2017": "compulsory"}
Readings = dict[Split, Reading]  # by_pupils always; the others where a reading depends on the split


class Measurement:
    """Readings, each computed once when first asked for."""

    def __init__(self, register: Register, figures: Figures, standard: str, items: Collection[str] | None = None) -> None:
        self.register, self.figures, self.book, self.units = register, figures, figures.book, figures.units
        self.indicators = in_force(standard, figures.book, items)
        units = figures.units
        self._units: dict[tuple[str, Unit], Readings] = {}
        self._groups: dict[tuple[str, Level, str, str], Readings] = {}
        self._members: dict[tuple[str, Level], dict[tuple[str, str], list[Unit]]] = {}
        self._scopes = {each.item: self.figures.scope(each) for each in self.indicators if each.by != "group"}
        self._documents = _documents(register)
        candidates = units.schools if standard in ASKED else units.by["whole"]
        self._asked = self.figures.units_in(ASKED.get(standard, "every"), candidates)
        self._counties = {unit.groups[Level.county] for unit in self._asked}
        self._small_points = self.figures.small_points(units.stages)

    def units_of(self, indicator: Indicator) -> list[Unit]:
        return self._scopes[indicator.item]

    def groups_of(self, indicator: Indicator, level: Level) -> dict[tuple[str, str], list[Unit]]:
        """The groups (code, stage) that the indicator has a row for, each with its units; below their own level none."""
        key = indicator.item, level
        if key not in self._members:
            self._members[key] = self._grouped(indicator, level)
        return self._members[key]

    def ordered(self, indicator: Indicator, level: Level) -> list[tuple[tuple[str, str], list[Unit]]]:
        """The same by group, and its stages in the order of life."""
        groups = self.groups_of(indicator, level)
        return sorted(groups.items(), key=lambda each: (each[0][0], STAGE_ORDER.index(each[0][1])))

    def _grouped(self, indicator: Indicator, level: Level) -> dict[tuple[str, str], list[Unit]]:
        if indicator.by == "group":
            return by_group(self._asked, level)
        return by_group((unit for unit in self.units_of(indicator) if not unit.places or self._is_asked(unit)), level)

    def _is_asked(self, place: Unit) -> bool:
        """Whether a place lies in a county that the standard asks."""
        return place.groups[Level.county] in self._counties

    def unit(self, indicator: Indicator, unit: Unit) -> Readings:
        key = indicator.item, unit
        if key not in self._units:
            self._units[key] = self._read_unit(indicator, unit)
        return self._units[key]

    def group(self, indicator: Indicator, level: Level, group: str, stage: str) -> Readings:
        key = indicator.item, level, group, stage
        if key not in self._groups:
            units = self.groups_of(indicator, level).get((group, stage), [])
            self._groups[key] = self._read_group(indicator, level, group, stage, units)
        return self._groups[key]

    def enough(self, indicator: Indicator, group: str) -> Entry | None:
        """The share of units that must meet an item, where it is not all of them."""
        return self.book.entry(indicator.enough, group, {}) if indicator.enough else None

    def part(self, indicator: Indicator, units: list[Unit]) -> Readings:
        """What an item says of some of the units of a group; nothing is asked of a part."""
        shape = self.shape(indicator, units)
        if isinstance(shape, Spread):
            return _each_split([self.figures.of(INDICATORS[shape.of], unit) for unit in units],
                               lambda figures: of_spread(figures, None))
        if indicator.counts:
            return self._count(indicator, None, units)
        return _each_split([self.figures.of(indicator, unit) for unit in units],
                           lambda figures: of_figure(total(figures), None, indicator.meets))

    def group_limit(self, indicator: Indicator, level: Level, group: str, stage: str) -> Entry | None:
        """The limit that a group as such is held against; None where the standard asks nothing of it."""
        if indicator.limit is None or level not in indicator.judged:
            return None
        return self.book.entry(indicator.limit, group, {"stage": stage})

    def decided_by_small_points(self, indicator: Indicator, level: Level, group: str, stage: str) -> list[Unit]:
        """The small teaching points of a group and stage, where the rule on them decides what an item takes in."""
        if indicator.scope != "resources":
            return []
        return [unit for unit in self._small_points if unit.groups.get(level) == group and unit.stage == stage]

    def shape(self, indicator: Indicator, units: Sequence[Unit]) -> Shape:
        if indicator.by == "group":
            return indicator.formula(**self.figures.arguments(indicator))
        return self.figures.shapes[indicator.item][units[0]]

    def _read_unit(self, indicator: Indicator, unit: Unit) -> Readings:
        shape = self.figures.shapes[indicator.item][unit]
        if isinstance(shape, AtLeast):
            return self._at_least(indicator, shape, [self.unit(INDICATORS[item], unit) for item in shape.of],
                                  lambda split: self._floors(shape, unit, split))
        limit = self._unit_limit(indicator, unit, shape)
        found = {split: of_figure(figure, limit, indicator.meets, per_pupil=indicator.scope == "resources")
                 for split, figure in self.figures.of(indicator, unit).items()}
        return found if is_sure(unit, indicator.scope) else _perhaps_not_asked(found)

    def _unit_limit(self, indicator: Indicator, unit: Unit, shape: Shape) -> Fraction | None:
        if indicator.own_level not in indicator.judged and not indicator.counts:
            return None
        if isinstance(shape, Every):
            return Fraction(1)
        entry = self.figures.limit(indicator, unit)
        return Fraction(entry.value) if entry else None

    def _floors(self, shape: AtLeast, unit: Unit, split: Split) -> list[bool | None]:
        """Whether each item keeps the floor of its limit; without a floor all do."""
        if not shape.floor:
            return [True] * len(shape.of)
        found = []
        for item in shape.of:
            entry = self.figures.limit(INDICATORS[item], unit)
            figure = under(self.figures.of(INDICATORS[item], unit), split)
            found.append(keeps_floor(figure, Fraction(entry.value), shape.floor) if entry else None)
        return found

    def _at_least(self, indicator: Indicator, shape: AtLeast, items: list[Readings],
                  floors: Callable[[Split], list[bool | None]]) -> Readings:
        found: Readings = {}
        for split in _splits(items):
            verdicts = [_under(each, split).verdict or Verdict.unknown for each in items]
            judged = [Judged(*pair) for pair in zip(verdicts, floors(split), strict=True)]
            found[split] = of_counts(verdicts, judged=True, need=shape.need, verdict=at_least(judged, shape.need))
        return found

    def _read_group(self, indicator: Indicator, level: Level, group: str, stage: str, units: list[Unit]) -> Readings:
        shape = self.shape(indicator, units)
        entry = self.group_limit(indicator, level, group, stage)
        limit = Fraction(entry.value) if entry else None
        found = self._read_shape(indicator, level, group, stage, units, shape, limit)
        return self._proven(indicator, level, group, limit, found) if indicator.proven else found

    def _proven(self, indicator: Indicator, level: Level, group: str, limit: Fraction | None, found: Readings) -> Readings:
        """What the county's documents say, where the register cannot tell and there are any."""
        documents = self._documents.get((indicator.item, group), [])
        if level is not Level.county or not documents or found[Split.by_pupils].verdict is not Verdict.unknown:
            return found
        return {Split.by_pupils: attest(documents, limit, indicator.meets)}

    def _read_shape(self, indicator: Indicator, level: Level, group: str, stage: str, units: list[Unit], shape: Shape,
                    limit: Fraction | None) -> Readings:
        if isinstance(shape, Attested):
            return {Split.by_pupils: attest(self._documents.get((indicator.item, group), []), limit, indicator.meets)}
        if level is indicator.own_level:
            return self.unit(indicator, units[0])
        if isinstance(shape, AtLeast) and not indicator.counts:
            items = [self.group(INDICATORS[item], level, group, stage) for item in shape.of]
            return self._at_least(indicator, shape, items, lambda split: [True] * len(items))
        if isinstance(shape, Mean):
            spreads = [self.group(INDICATORS[item], level, group, stage) for item in shape.of]
            return {split: of_mean([_under(each, split) for each in spreads], limit) for split in _splits(spreads)}
        if isinstance(shape, Spread):
            return _each_split([self.figures.of(INDICATORS[shape.of], unit) for unit in units],
                               lambda figures: of_spread(figures, limit))
        if indicator.counts:
            return self._count(indicator, level, units)
        target = Fraction(1) if isinstance(shape, Every) and level in indicator.judged else limit
        return _each_split([self.figures.of(indicator, unit) for unit in units],
                           lambda figures: of_figure(total(figures), target, indicator.meets))

    def _count(self, indicator: Indicator, level: Level | None, units: list[Unit]) -> Readings:
        readings = [self.unit(indicator, unit) for unit in units]
        entry = self.enough(indicator, units[0].groups[level]) if level else None
        return {split: of_counts([_under(each, split).verdict for each in readings], judged=level in indicator.judged,
                                 enough=Fraction(entry.value) if entry else Fraction(1)) for split in _splits(readings)}


def _documents(register: Register) -> dict[tuple[str, str], list[dict[str, Any]]]:
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    if register.has("evidence"):
        for row in register.table("evidence").iter_rows(named=True):
            found.setdefault((row["item"], row["place_code"]), []).append(row)
    return found


def in_force(standard: str, book: LawBook, items: Collection[str] | None = None) -> list[Indicator]:
    """The indicators of a standard, or those of `items`, save those that rest on a value not in force yet."""
    return [each for each in of_standard(standard) if (items is None or each.item in items) and _in_force(each, book)]


def _in_force(indicator: Indicator, book: LawBook) -> bool:
    limits = (*indicator.asks.values(), indicator.limit, indicator.enough)
    return all(book.in_force(limit) for limit in limits if limit is not None)


def _splits(readings: Sequence[Readings]) -> list[Split]:
    return [split for split in Split if split is Split.by_pupils or any(split in each for each in readings)]


def _under(readings: Readings, split: Split) -> Reading:
    return readings.get(split, readings[Split.by_pupils])


def _each_split(figures: Sequence[Under], read: Callable[[list[Figure | Movement]], Reading]) -> Readings:
    splits = [split for split in Split if split is Split.by_pupils or any(split in each for each in figures)]
    return {split: read([under(each, split) for each in figures]) for split in splits}


def _perhaps_not_asked(readings: Readings) -> Readings:
    """Readings of a school that may be outside the scope: it cannot fail what it may not be asked."""
    return {split: replace(each, verdict=Verdict.unknown if each.verdict is Verdict.not_met else each.verdict)
            for split, each in readings.items()}
