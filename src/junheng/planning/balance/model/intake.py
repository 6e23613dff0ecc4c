"""Entrants who go to another school near by: who may, how many, and what becomes of the pupils of the coming years."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from math import floor

from junheng.planning.balance.model.offers import Offers
from junheng.planning.balance.model.problem import Column, Rule
from junheng.planning.codes import MeasureKind, MoneyKind
from junheng.planning.forecast import GRADES, Forecast
from junheng.standards import law

FEWEST_IN_SCOPE = "small_point_pupils"
Key = tuple[str, str]  # school and stage


@dataclass(frozen=True)
class Move:
    """So many entrants of `year` who would enter `source` enter `school`."""

    source: str
    school: str
    stage: str
    year: int
    pupils: int


@dataclass
class Intake:
    """The moves of entrants that a county may make. Schools of several stages and private ones take no part."""

    offers: Offers
    told: Forecast
    opened: Mapping[tuple[str, str, str], int] = field(default_factory=dict)  # the column of each grade's new classes

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        return tuple(self._columns())

    def _columns(self) -> Iterator[Column]:
        scene = self.offers.scene
        for school, stage in scene.units:
            if not self._takes_part(school):
                continue
            facts = scene.units[school, stage].facts
            price = self.offers.price("move_intake_running", facts)
            for other in self._near(school, stage):
                for year in self.offers.years:
                    most = floor(self.offers.price("intake_share", facts) * self._entrants(school, stage, year))
                    if most and year + len(GRADES[stage]) > scene.target:
                        paid = tuple((when, MoneyKind.operating, price) for when in range(year, scene.target + 1))
                        yield Column(MeasureKind.move_intake, other, stage, year, year, Fraction(most), (), paid, source=school)

    def _takes_part(self, school: str) -> bool:
        scene = self.offers.scene
        return not scene.is_private(school) and len(scene.units_of_register.sharing(school)) == 1

    def _near(self, school: str, stage: str) -> list[str]:
        scene = self.offers.scene
        most = self.offers.price("intake_km", scene.units[school, stage].facts)
        near = [other for other in scene.near(school, stage, most) if self._takes_part(other)]
        return near[: scene.prices.number("intake_nearest")]

    def _entrants(self, school: str, stage: str, year: int) -> int:
        return self.told.rolls[year].get((school, stage), {}).get(GRADES[stage][0], 0)

    # --- rules ------------------------------------------------------------------------------------------------

    def rules(self, first: int) -> Iterator[Rule]:
        """The side conditions of the moves, whose columns are numbered from `first`."""
        leaving, coming = self._by("source", first), self._by("school", first)
        for (school, stage), own in leaving.items():
            yield from self._share(school, stage, own, first)
            yield from self._stays_in_scope(school, stage, own)
        for (school, stage), own in coming.items():
            yield self._no_larger(school, stage, own, leaving.get((school, stage), ()))
            yield from self._no_fuller(school, stage, own, leaving.get((school, stage), ()), first)

    def _by(self, field: str, first: int) -> dict[Key, list[int]]:
        found: dict[Key, list[int]] = {}
        for number, column in enumerate(self.columns, first):
            found.setdefault((getattr(column, field), column.stage), []).append(number)
        return found

    def _year(self, number: int, first: int) -> int:
        return self.columns[number - first].year

    def _share(self, school: str, stage: str, own: list[int], first: int) -> Iterator[Rule]:
        share = self.offers.price("intake_share", self.offers.scene.units[school, stage].facts)
        for year in sorted({self._year(number, first) for number in own}):
            those = [number for number in own if self._year(number, first) == year]
            yield Rule(
                "intake_share",
                "一所学校一年调整到别校的新生不超过规定比例。",
                dict.fromkeys(those, Fraction(1)),
                Fraction(floor(share * self._entrants(school, stage, year))),
            )

    def _stays_in_scope(self, school: str, stage: str, own: list[int]) -> Iterator[Rule]:
        scene = self.offers.scene
        if scene.facts(school)["kind"] == "teaching_point":
            fewest = int(scene.book.entry(law[FEWEST_IN_SCOPE], scene.county, scene.facts(school)).value)
            yield Rule(
                "stay_in_scope",
                "不得为退出考核范围压减教学点学生。",
                dict.fromkeys(own, Fraction(1)),
                Fraction(max(0, self._pupils(school, stage) - fewest)),
            )

    def _pupils(self, school: str, stage: str) -> int:
        return self.told.pupils(self.offers.scene.target, school, stage) or 0

    def _no_larger(self, school: str, stage: str, own: Iterable[int], leaving: Iterable[int]) -> Rule:
        scene = self.offers.scene
        limit = int(scene.book.entry(law["school_size"], scene.county, scene.facts(school)).value)
        terms = {**dict.fromkeys(own, Fraction(1)), **dict.fromkeys(leaving, Fraction(-1))}
        return Rule("school_size", "接收新生的学校不超过规定规模。", terms, Fraction(max(0, limit - self._pupils(school, stage))))

    def _no_fuller(self, school: str, stage: str, own: list[int], leaving: Iterable[int], first: int) -> Iterator[Rule]:
        """In each grade those who came and went leave no class over the standard; where classes may be opened, they are
        counted.
        """
        for year in sorted({self._year(number, first) for number in own}):
            grade = GRADES[stage][0] + self.offers.scene.target - year
            many, pupils = self.offers.classrooms.by_grade.get((school, stage, grade), (0, 0))
            limit = self.offers.classrooms.limit(school, stage)
            terms = {number: Fraction(1) for number in own if self._year(number, first) == year}
            terms |= {number: Fraction(-1) for number in leaving if self._year(number, first) == year}
            opened = self.opened.get((school, stage, str(grade)))
            if opened is not None:
                terms[opened] = Fraction(-limit)
            yield Rule("class_size", "接收新生的年级班额不超过标准。", terms, Fraction(max(0, limit * many - pupils)))


def moved(told: Forecast, moves: Iterable[Move]) -> Forecast:
    """The pupils of the coming years with these moves: a cohort stays where it entered."""
    rolls = {year: {key: dict(grades) for key, grades in each.items()} for year, each in told.rolls.items()}
    for move in moves:
        for year in rolls:
            grade = GRADES[move.stage][0] + year - move.year
            if year >= move.year and grade in GRADES[move.stage]:
                for school, more in ((move.source, -move.pupils), (move.school, move.pupils)):
                    grades = rolls[year][school, move.stage]
                    grades[grade] = grades.get(grade, 0) + more
    return replace(told, rolls=rolls)
