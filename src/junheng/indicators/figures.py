"""From formulas to figures: a formula is asked once for each set of limits in force, all sums are fused, then handed to units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from junheng.engines import Source, Tallies, Tally, totals
from junheng.indicators.amounts import NOT_HANDED_IN, NOTHING, Amount, Figure, Movement, add, from_tally, total
from junheng.indicators.registry import Indicator
from junheng.indicators.scopes import Lines, in_scope, is_small_point
from junheng.indicators.units import Unit, Units
from junheng.kernel.codes import Split
from junheng.kernel.shapes import Count, Every, Ratio, Shape, Sum, Total, Trend
from junheng.register.census import Register, census_day
from junheng.register.tables import TABLES
from junheng.standards import Entry, LawBook, law

YEARLY = ("calendar_year", "series_year", "flow_year", "birth_year", "training_year")  # of a key: the rows of one year
Under = dict[Split, Figure | Movement]  # by_pupils always; declared and weighted where they differ


class Figures:
    """The figures of all units for a list of indicators, under each way of splitting what a school has in common."""

    def __init__(self, register: Register, source: Source, units: Units, book: LawBook,
                 indicators: Iterable[Indicator]) -> None:
        self.register, self.units, self.book = register, units, book
        self.handed_in = set(register.handed_in.select("table", "school_id").iter_rows())
        self._lines: dict[Unit, Lines] = {}
        self._hosts = self._found_hosts()
        self._made: dict[tuple[object, ...], Shape] = {}
        self.entries: dict[tuple[str, Unit], tuple[Entry, ...]] = {}
        self.shapes = {each.item: self._shapes(each) for each in indicators if each.by != "group"}
        asked = self._sums()
        self._rows_of = {each: Count(each.table) for each in asked if each.column is not None and _is_yearly(each)}
        self._reads: dict[Sum, tuple[str, ...]] = {}
        self.tallies = tallied(source, [*asked, *self._rows_of.values()])
        self._figures: dict[tuple[str, Unit], Under] = {}

    def scope(self, indicator: Indicator) -> list[Unit]:
        """The units that the indicator has a row for."""
        return [unit for unit in self.units_in(indicator.scope, self.units.of(indicator.by, indicator.stages, indicator.among))
                if indicator.scope != "resources" or unit not in self._hosts]

    def units_in(self, scope: str, units: Iterable[Unit]) -> list[Unit]:
        return [unit for unit in units if in_scope(unit, scope, self._lines_of(unit))]

    def small_points(self, units: Iterable[Unit]) -> list[Unit]:
        return [unit for unit in units if is_small_point(unit, self._lines_of(unit))]

    def of(self, indicator: Indicator, unit: Unit) -> Under:
        """The figure of a unit, with those of the small points merged into it."""
        key = indicator.item, unit
        if key not in self._figures:
            parts = [self._own(indicator, each) for each in (unit, *self._guests(indicator, unit))]
            splits = [split for split in Split if any(split in part for part in parts)]
            self._figures[key] = {split: total([under(part, split) for part in parts]) for split in splits}
        return self._figures[key]

    def limit(self, indicator: Indicator, unit: Unit) -> Entry | None:
        return self.book.entry(indicator.limit, unit.place, unit.facts) if indicator.limit else None

    def amount(self, asked: Sum | Total, unit: Unit) -> Amount:
        """A sum or weighted sum for a unit; of what its school has in common, the whole school's."""
        terms = [self._sum_of(each, unit).times(weight) for weight, each in Total.of(asked).terms if weight]
        return add(terms)

    def has_handed_in(self, asked: Sum, unit: Unit) -> bool:
        """Whether every table that a sum over schools reads was handed in for each school of the unit."""
        return not _is_of_places(asked) and all(
            (table, school) in self.handed_in for school in unit.schools for table in self._school_tables(asked))

    def _lines_of(self, unit: Unit) -> Lines:
        if unit.places:
            return Lines()
        if unit not in self._lines:
            self._lines[unit] = self._found_lines(unit)
        return self._lines[unit]

    def _found_lines(self, unit: Unit) -> Lines:
        def value(name: str) -> Any:
            return self.book.entry(law[name], unit.place, unit.facts).value if self.book.in_force(law[name]) else 0
        return Lines(value("small_point_pupils"), value("small_school_pupils"), value("small_point") == "merge",
                     value("new_kindergarten_year"))

    def _found_hosts(self) -> dict[Unit, Unit]:
        """Small teaching points, where an overlay merges them -> the unit each is added to."""
        by_key = {(unit.school_id, unit.stage): unit for unit in self.units.stages}
        found = {unit: self._host(unit, by_key) for unit in self.units.stages
                 if self._lines_of(unit).merges and is_small_point(unit, self._lines_of(unit))}
        return {unit: host for unit, host in found.items() if host is not None}

    def _host(self, point: Unit, by_key: Mapping[tuple[str, str], Unit]) -> Unit | None:
        """The central school's unit, through points that are themselves small; None leaves the point a row of its own."""
        host, seen = by_key.get((point.joins, point.stage)), {point}
        while host is not None and host not in seen and is_small_point(host, self._lines_of(host)):
            seen.add(host)
            host = by_key.get((host.joins, host.stage))
        return host if host is not None and host not in seen and in_scope(host, "resources", self._lines_of(host)) else None

    def _guests(self, indicator: Indicator, unit: Unit) -> list[Unit]:
        return [point for point, host in self._hosts.items() if host is unit] if indicator.scope == "resources" else []

    def _shapes(self, indicator: Indicator) -> dict[Unit, Shape]:
        return {unit: self._shape(indicator, unit) for unit in self.units.of(indicator.by, indicator.stages, indicator.among)
                if in_scope(unit, indicator.scope, self._lines_of(unit))}

    def _shape(self, indicator: Indicator, unit: Unit) -> Shape:
        found = {name: self.book.entry(limit, unit.place, unit.facts) for name, limit in indicator.asks.items()}
        self.entries[indicator.item, unit] = tuple(found.values())
        key = (indicator.formula, *(entry.value for entry in found.values()))
        if key not in self._made:
            self._made[key] = indicator.formula(**self.arguments(indicator), **{name: each.value for name, each in found.items()})
        return self._made[key]

    def arguments(self, indicator: Indicator) -> dict[str, object]:
        """What a formula may ask for besides values of the law: the school year and its census day."""
        known: Mapping[str, object] = {"year": self.register.year, "day": census_day(self.register.year)}
        return {name: value for name, value in known.items() if name in indicator.formula.__annotations__}

    def _sums(self) -> list[Sum]:
        distinct = {id(shape): shape for shapes in self.shapes.values() for shape in shapes.values()}
        return [each for shape in distinct.values() for each in sums_of(shape)]

    def _own(self, indicator: Indicator, unit: Unit) -> Under:
        shape = self.shapes[indicator.item][unit]
        if isinstance(shape, Ratio):
            return self._ratio(indicator, shape, unit)
        if isinstance(shape, Trend):
            return {Split.by_pupils: Movement(self._plain(shape.now, unit), self._plain(shape.before, unit))}
        if isinstance(shape, Every):
            of = self.amount(shape.of, unit)
            return {Split.by_pupils: Figure(self.amount(shape.good, unit).within(of), of, tolerates=True)}
        if isinstance(shape, Sum | Total):
            is_bounded = all(weight > 0 for weight, _ in Total.of(shape).terms)  # of a difference neither end is known
            return {Split.by_pupils: Figure(self.amount(shape, unit), None, tolerates=is_bounded)}
        raise TypeError(f"{indicator.item}: {type(shape).__name__} has no figure of a unit")

    def _plain(self, shape: Ratio, unit: Unit) -> Figure:
        return Figure(self.amount(shape.part, unit), self.amount(shape.whole, unit), shape.per, shape.tolerates,
                      shape.fewest)

    def _ratio(self, indicator: Indicator, shape: Ratio, unit: Unit) -> Under:
        whole = self.amount(shape.whole, unit)
        def figure(part: Amount) -> Figure:
            return Figure(part.within(whole) if shape.within else part, whole, shape.per, shape.tolerates)
        sharing = self.units.sharing(unit.school_id)
        if unit.stage not in sharing or len(sharing) < 2 or not _in_common(shape.part):
            return {Split.by_pupils: figure(self.amount(shape.part, unit))}
        return {split: figure(part) for split, part in self._split(indicator, shape, unit, sharing).items()}

    def _split(self, indicator: Indicator, shape: Ratio, unit: Unit, sharing: list[str]) -> dict[Split, Amount]:
        """The unit's part under each way of splitting what its school has in common."""
        common = self.amount(shape.part, unit)
        pupils = {stage: self.units.pupils_by_stage[unit.school_id][stage] for stage in sharing}
        even = _share(common, {stage: Fraction(1) for stage in sharing}, pupils, unit.stage)
        weighted = _share(common, self._weights(indicator, unit, sharing), pupils, unit.stage)
        is_declared = self.units.split_of.get(unit.school_id) == "declared" and shape.declared is not None
        declared = self.amount(shape.declared, unit) if is_declared and shape.declared else even
        return {Split.by_pupils: even, Split.declared: declared, Split.weighted: weighted}

    def _weights(self, indicator: Indicator, unit: Unit, sharing: list[str]) -> dict[str, Fraction]:
        """Pupils count by the threshold of their stage; senior by junior's; without thresholds all alike."""
        if indicator.limit is None:
            return {stage: Fraction(1) for stage in sharing}
        def threshold(stage: str) -> Fraction:
            asked = {**unit.facts, "stage": "junior" if stage == "senior" else stage}
            weight = Fraction(self.book.entry(indicator.limit, unit.place, asked).value)  # type: ignore[arg-type]
            senior = self.book.entry(law["senior_split_weight"], unit.place, asked).value
            return weight * Fraction(senior) if stage == "senior" else weight
        weights = {stage: threshold(stage) for stage in sharing}
        return weights if any(weights.values()) else dict.fromkeys(sharing, Fraction(1))

    def _sum_of(self, asked: Sum, unit: Unit) -> Amount:
        """Of a table kept year by year, a sum that takes in no row at all of the unit: nobody said what it was."""
        rows = self._rows_of.get(asked)
        if rows is not None and (taken := self._over(rows, unit)).value == 0 and taken.unknown == 0:
            return NOT_HANDED_IN
        return self._over(asked, unit)

    def _over(self, asked: Sum, unit: Unit) -> Amount:
        if _is_of_places(asked):
            return self._of_places(asked, unit)
        return add(self._of_school(asked, school, unit) for school in unit.schools)

    def _of_school(self, asked: Sum, school_id: str, unit: Unit) -> Amount:
        if unit.places and not any(self.units.offers(school_id, stage) for stage in unit.counted):
            return NOTHING  # what it does not teach it need not hand in
        if not all((table, school_id) in self.handed_in for table in self._school_tables(asked)):
            return NOT_HANDED_IN
        if "stage" not in asked.table.columns:
            return self._tally(asked, (school_id,))
        return add([*(self._tally(asked, (school_id, stage)) for stage in unit.counted), self._undecided(asked, school_id)])

    def _of_places(self, asked: Sum, unit: Unit) -> Amount:
        """Rows of the unit's places. Not one row of the table for any of them: it was not handed in there."""
        staged = "stage" in asked.table.columns
        ends: list[tuple[str, ...]] = [(stage,) for stage in unit.counted] if staged else [()]
        found = add(self._tally(asked, (place, *end)) for place in unit.places for end in ends)
        return found if found.rows else NOT_HANDED_IN

    def _school_tables(self, asked: Sum) -> tuple[str, ...]:
        """The tables of schools that a sum reads; asked for each school, so kept."""
        if asked not in self._reads:
            self._reads[asked] = tuple(name for name in asked.table.reads if "school_id" in TABLES[name].columns)
        return self._reads[asked]

    def _undecided(self, asked: Sum, school_id: str) -> Amount:
        """Rows of the school whose stage is not known: each may belong to any."""
        rows = self._tally(asked, (school_id, None)).rows
        return Amount(upper=Fraction(rows) if asked.column is None else None, unknown=rows, rows=rows) if rows else NOTHING

    def _tally(self, asked: Sum, group: tuple[object, ...]) -> Amount:
        tally: Tally | None = tallies.get(group) if (tallies := self.tallies.get(asked)) else None
        return from_tally(tally, counts=asked.column is None) if tally else NOTHING


def tallied(source: Source, sums: Iterable[Sum]) -> dict[Sum, Tallies]:
    """Every sum by school and stage, or, of a table that has no schools, by place and stage."""
    asked = list(dict.fromkeys(sums))
    of_schools = [each for each in asked if not _is_of_places(each)]
    of_places = [each for each in asked if _is_of_places(each)]
    return totals(source, of_schools, ("school_id", "stage")) | totals(source, of_places, ("place_code", "stage"))


def _is_yearly(asked: Sum) -> bool:
    """Whether the table holds several years, one of which the sum names."""
    return any(name in YEARLY for name in asked.table.key)


def _is_of_places(asked: Sum) -> bool:
    return "school_id" not in asked.table.columns


def sums_of(shape: Shape) -> list[Sum]:
    """All sums that a shape asks an engine for."""
    if isinstance(shape, Ratio):
        asked: list[Sum | Total | None] = [shape.part, shape.whole, shape.declared]
    elif isinstance(shape, Every):
        asked = [shape.good, shape.of]
    elif isinstance(shape, Trend):
        return [*sums_of(shape.now), *sums_of(shape.before)]
    else:
        asked = [shape] if isinstance(shape, Sum | Total) else []
    return [each for total in asked if total is not None for weight, each in Total.of(total).terms if weight]


def _in_common(asked: Sum | Total) -> bool:
    """Whether the sum runs over tables that a school reports once for all its stages."""
    return any("stage" not in each.table.columns for weight, each in Total.of(asked).terms if weight)


def _share(common: Amount, weights: Mapping[str, Fraction], pupils: Mapping[str, int | None], stage: str) -> Amount:
    counts = [weights[each] * count for each, count in pupils.items() if count is not None]
    own = pupils[stage]
    if len(counts) < len(pupils) or own is None:
        return Amount(upper=None, unknown=common.unknown + 1, rows=common.rows)
    return common.times(weights[stage] * own / sum(counts, Fraction(0)))


def under(figures: Under, split: Split) -> Figure | Movement:
    """The figure under a split; where the split makes no difference, the one there is."""
    return figures.get(split, figures[Split.by_pupils])
