"""The county as measures find it: its schools on the census day of the target year, read through the indicators themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import ceil
from typing import Any

import junheng.indicators.items  # noqa: F401  (to import is to declare)
from junheng.engines import Duck
from junheng.indicators.amounts import Amount, Figure
from junheng.indicators.figures import Figures, under
from junheng.indicators.items.guarantee import SPECIAL_ROOMS
from junheng.indicators.items.resources import ALL_SEVEN, SEVEN
from junheng.indicators.registry import INDICATORS
from junheng.indicators.units import STAGES, Unit, load_units
from junheng.kernel.codes import Level, Split
from junheng.kernel.shapes import AtLeast
from junheng.planning.ahead import Ahead
from junheng.planning.balance.model.estate import Estate, estates_of
from junheng.planning.balance.model.problem import Cone, Line, Reading
from junheng.planning.balance.model.staff import Staff, classes_of, staff_of
from junheng.planning.pricing import PriceBook
from junheng.register.census import census_day
from junheng.register.coordinates import Point, km, places_of
from junheng.standards import LawBook, law

Key = tuple[str, str]  # school and stage


@dataclass(frozen=True)
class Margin:
    """How far above a threshold, and how far below the limit of a coefficient of variation, a plan is to come out."""

    share: Fraction = Fraction(3, 100)

    @property
    def variation(self) -> Fraction:
        """0.02 at 3 %, 0.05 at 5 %, in between and beyond in a straight line."""
        first, second = Fraction(3, 100), Fraction(5, 100)
        if self.share <= first:
            return self.share * Fraction(2, 3)
        return Fraction(2, 100) + (self.share - first) * Fraction(3, 100) / (second - first)


@dataclass(frozen=True)
class Gap:
    """What is not known of a school, and so neither planned for nor taken for zero."""

    school: str
    stage: str
    item: str
    why: str


@dataclass
class Scene:
    """One county on the census day of its target year. `first` is the school year of the snapshot."""

    county: str
    first: int
    register: Ahead
    book: LawBook
    prices: PriceBook
    margin: Margin = field(default_factory=Margin)
    unknown: list[Gap] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.target = self.register.year
        self.units_of_register = load_units(self.register, self.book)
        named = [*SEVEN, ALL_SEVEN, *SPECIAL_ROOMS.values()]
        self.figures = Figures(
            self.register, Duck(self.register.path), self.units_of_register, self.book, [INDICATORS[item] for item in named]
        )
        self.units = {(unit.school_id, unit.stage): unit for unit in self._asked()}
        self.readings = tuple(self._readings())
        self.of_unit: dict[Key, list[int]] = {}
        for number, reading in enumerate(self.readings):
            self.of_unit.setdefault((reading.school, reading.stage), []).append(number)

    # --- schools ----------------------------------------------------------------------------------------------

    def _asked(self) -> Iterator[Unit]:
        """The units of the county that the resource items ask; one whose pupils are not known is told of and left out."""
        for unit in self.figures.scope(INDICATORS[SEVEN[0]]):
            if unit.groups[Level.county] != self.county:
                continue
            if self._pupils(unit) is None:
                self.unknown.append(Gap(unit.school_id, unit.stage, "", "在校生数未知"))
            else:
                yield unit

    def _pupils(self, unit: Unit) -> int | None:
        whole = self._figure(SEVEN[0], unit, Split.by_pupils).whole
        return int(whole.value) if whole and whole.value else None

    def _figure(self, item: str, unit: Unit, split: Split) -> Figure:
        found = under(self.figures.of(INDICATORS[item], unit), split)
        assert isinstance(found, Figure)
        return found

    def facts(self, school: str) -> Mapping[str, Any]:
        return self._facts[school]

    @cached_property
    def _facts(self) -> dict[str, Mapping[str, Any]]:
        """Of each school what is true of all its stages alike."""
        found: dict[str, Mapping[str, Any]] = {}
        for unit in self.units.values():
            before = found.get(unit.school_id, unit.facts)
            found[unit.school_id] = {
                name: value for name, value in unit.facts.items() if name in before and before[name] == value
            }
        return found

    def is_private(self, school: str) -> bool:
        return bool(self.facts(school)["run_by"] == "private")

    def is_declared(self, school: str) -> bool:
        """Whether the school declares how what it has in common is split."""
        return any(reading.split is Split.declared for reading in self.readings if reading.school == school)

    @cached_property
    def stages_of(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for school, stage in self.units:
            found.setdefault(school, []).append(stage)
        return found

    @cached_property
    def places(self) -> dict[str, Point]:
        return places_of(self.register.table("schools"))

    def near(self, school: str, stage: str, most_km: Fraction) -> list[str]:
        """Other schools with the stage that are known to lie within so many km, the nearest first."""
        found = [
            (far, other)
            for other, of in self.units
            if of == stage and other != school and (far := km(self.places, school, other)) is not None and far <= most_km
        ]
        return [other for _, other in sorted(found)]

    # --- what is asked ----------------------------------------------------------------------------------------

    def _readings(self) -> Iterator[Reading]:
        """Each unit by pupils, the figure of record; a school that declares otherwise also as it declares."""
        for (school, _), unit in self.units.items():
            record = self._reading(unit, Split.by_pupils)
            self._tell_unknown(record)
            yield record
            if self.units_of_register.split_of.get(school) == Split.declared.name:
                declared = self._reading(unit, Split.declared)
                if declared.lines != record.lines:
                    self._tell_unknown(declared)
                    yield declared

    def _reading(self, unit: Unit, split: Split) -> Reading:
        shape = self.figures.shapes[ALL_SEVEN][unit]
        assert isinstance(shape, AtLeast)
        lines = tuple(self._line(item, unit, split) for item in SEVEN)
        return Reading(
            self.county, unit.school_id, unit.stage, split, self._pupils(unit) or 0, lines, shape.need, Fraction(shape.floor)
        )

    def _line(self, item: str, unit: Unit, split: Split) -> Line:
        figure, entry = self._figure(item, unit, split), self.figures.limit(INDICATORS[item], unit)
        assert entry is not None and figure.whole is not None and figure.whole.value is not None
        limit = Fraction(entry.value) * figure.whole.value / figure.per
        base, more = _bounds(figure)
        return Line(base, limit, limit * (1 + self.margin.share), more)

    def _tell_unknown(self, reading: Reading) -> None:
        """Each item once, by the record first; what is declared and not known leaves the record as it is."""
        told = {gap.item for gap in self.unknown if (gap.school, gap.stage) == (reading.school, reading.stage)}
        for item, line in zip(SEVEN, reading.lines, strict=True):
            if not line.is_known and item not in told:
                why = "缺数据" if line.base is None else "部分数据未知，按已知的计"
                self.unknown.append(
                    Gap(reading.school, reading.stage, item, why if reading.split is Split.by_pupils else f"申报数{why}")
                )

    def cones(self) -> Iterator[Cone]:
        """A coefficient of variation for each stage and item, under the record and under what schools declare; none where one
        school is not known."""
        unknown = {gap.stage for gap in self.unknown if not gap.item}
        for stage in STAGES:
            own = [number for number, reading in enumerate(self.readings) if reading.stage == stage]
            entry = self.book.entry(law["variation"], self.county, {"stage": stage})
            limit = max(Fraction(0), Fraction(entry.value) - self.margin.variation)
            for split, members in self._by_split(own).items() if stage not in unknown else ():
                for item in range(len(SEVEN)):
                    if all(self.readings[number].lines[item].is_known for number in members):
                        yield Cone(self.county, stage, item, split, limit, members)

    def _by_split(self, numbers: Sequence[int]) -> dict[Split, tuple[int, ...]]:
        record = {self.readings[number].school: number for number in numbers if self.readings[number].split is Split.by_pupils}
        declared = {self.readings[number].school: number for number in numbers if self.readings[number].split is Split.declared}
        if not record:
            return {}
        found = {Split.by_pupils: tuple(record.values())}
        return found | ({Split.declared: tuple((record | declared).values())} if declared else {})

    # --- what there is to work with ---------------------------------------------------------------------------

    @cached_property
    def staff(self) -> dict[Key, Staff]:
        stages = {key: unit.facts for key, unit in self.units.items()}
        return staff_of(self.register, self.book, self.county, census_day(self.target), stages)

    @cached_property
    def estates(self) -> dict[str, Estate]:
        return estates_of(self.register, self.prices, self._facts, self._special_rooms())

    @cached_property
    def classes_of_unit(self) -> dict[Key, int]:
        """Ordinary classes of each unit in the target year."""
        return classes_of(self.register)

    def _special_rooms(self) -> dict[str, dict[str, int]]:
        """Music and art rooms that each school still lacks; where that is not known, nothing is said."""
        found: dict[str, dict[str, int]] = {}
        for kind, item in SPECIAL_ROOMS.items():
            for unit in self.figures.scope(INDICATORS[item]):
                figure, entry = self._figure(item, unit, Split.by_pupils), self.figures.limit(INDICATORS[item], unit)
                if unit.school_id in self.stages_of and entry and figure.whole and figure.whole.value is not None:
                    wanted = ceil(Fraction(entry.value) * figure.whole.value / figure.per)
                    found.setdefault(unit.school_id, {})[kind] = max(0, wanted - int(figure.part.lower))
        return found

    def share(self, school: str, stage: str) -> Fraction:
        """The part of what a school has in common that goes to a stage by its pupils."""
        sharing = self.units_of_register.sharing(school)
        if len(sharing) < 2:
            return Fraction(1)
        pupils = {each: self.units_of_register.pupils_by_stage[school][each] or 0 for each in sharing}
        return Fraction(pupils[stage], sum(pupils.values()))


def _bounds(figure: Figure) -> tuple[Fraction | None, Fraction]:
    """What there is for sure, and by how much it may be more: of rows of which some are unknown, those that count for sure.

    Without an upper bound nothing is known: the sheet was not handed in, a number was not declared, or the pupils by which things
    in common are split were not told.
    """
    part: Amount = figure.part
    if part.value is not None:
        return part.value, Fraction(0)
    if not figure.tolerates or part.upper is None:
        return None, Fraction(0)
    return Fraction(part.lower), Fraction(part.upper) - part.lower
