"""One county's problem: its scene, its measures, its rules, and what users add to them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from pathlib import Path

import polars as pl

from junheng.indicators.items.guarantee import SPECIAL_ROOMS
from junheng.indicators.units import STAGES, Units
from junheng.kernel.codes import Level
from junheng.planning.ahead import Retirement, ahead
from junheng.planning.balance.model.intake import Move, moved
from junheng.planning.balance.model.levers import LEVERS
from junheng.planning.balance.model.levers.equipment import OUT
from junheng.planning.balance.model.levers.people import GRADUATES
from junheng.planning.balance.model.offers import COUNTED_BY, Offers
from junheng.planning.balance.model.problem import Column, Cone, Demand, Problem, Rule
from junheng.planning.balance.model.rules import Book, rules
from junheng.planning.balance.model.scene import Margin, Scene
from junheng.planning.balance.task import Fix, Task
from junheng.planning.codes import SPECIAL_ROOM, MeasureKind, MoneyKind
from junheng.planning.forecast import Forecast
from junheng.planning.merging import merged_pupils
from junheng.planning.pricing import PriceBook
from junheng.register.census import Register, census_day
from junheng.register.codes import ALL_STAGES
from junheng.standards import law_book

CLASS_SIZE = "yz.2.5"


@dataclass
class CountyProblem:
    """A county of a task, with the problem made of it."""

    task: Task
    county: str
    register: Register
    told: Forecast
    unmerged: Forecast
    scene: Scene
    free_posts: int | None
    moves: tuple[Move, ...] = ()
    merges: tuple[tuple[str, str], ...] = ()

    def under(self, task: Task, prices: PriceBook) -> CountyProblem:
        """The same county in the same target year, its pupils where they go here, under another task and its prices."""
        scene = Scene(self.county, self.scene.first, self.scene.register, self.scene.book, prices, Margin(task.margin))
        return replace(self, task=task, scene=scene)

    @cached_property
    def offers(self) -> Offers:
        task, wishes = self.task, self.task.wishes
        in_years: dict[MeasureKind, set[int]] = {}
        for fix in wishes.fixes:
            if fix.year:
                in_years.setdefault(fix.kind, set()).add(fix.year)
        short = task.budget is not None or any(purse.a_year is not None for purse in self.scene.prices.purses)
        return Offers(
            self.scene,
            task.forbid | wishes.forbidden,
            short,
            "special_rooms" in task.also,
            "classes" in task.allow,
            "intake" in task.allow,
            in_years={kind: frozenset(years) for kind, years in in_years.items()},
        )

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        return tuple(column for lever in LEVERS for column in lever(self.offers))

    @cached_property
    def problem(self) -> Problem:
        budget = None if self.task.budget is None else self.task.budget + self.task.step("budget")
        posts = None if self.free_posts is None else self.free_posts + int(self.task.step("posts"))
        made = (*rules(Book(self.offers, self.columns, budget, posts, self.ways)), *self._wished())
        return Problem(
            self.scene.readings, self.columns, made, tuple(self._cones()), tuple(self._demands()), self._weights(), self._near()
        )

    def _near(self) -> frozenset[int]:
        """The columns of the measures that are kept where they serve as well as others."""
        return frozenset(
            number
            for number, each in enumerate(self.columns if self.task.near else ())
            if (each.kind, each.school, each.stage, each.year, each.source, each.detail) in self.task.near
        )

    def _cones(self) -> Iterator[Cone]:
        more = self.task.step("variation")
        yield from (replace(cone, limit=cone.limit + more) for cone in self.scene.cones())

    @cached_property
    def moves_cost(self) -> Fraction:
        """What moves of pupils and merges cost over the horizon: a seat on a bus for each who goes farther. Yuan."""
        return sum((self.cost_of_move(move) for move in self.moves), Fraction(0)) + sum(
            (self.cost_of_merge(school) for school, _ in self.merges), Fraction(0)
        )

    @cached_property
    def ways(self) -> dict[int, Fraction]:
        """What the ways of those who go farther cost in each year."""
        counted = merge_counted(self.scene.first, self.scene.prices)
        own = [(move.year, self.way_of_move(move)) for move in self.moves]
        own += [(counted, self.way_of_merge(school)) for school, _ in self.merges]
        years = {year for first, _ in own for year in range(first, self.scene.target + 1)}
        return {year: sum((yuan for first, yuan in own if first <= year), Fraction(0)) for year in sorted(years)}

    @property
    def affords_the_ways(self) -> bool:
        """Whether the budget of every year, and the channels that may pay for ways, have enough for them alone."""
        purses = [purse for purse in self.scene.prices.purses if purse.pays(MoneyKind.operating)]
        limits = [
            self.task.budget,
            None if any(purse.a_year is None for purse in purses) else sum(purse.a_year or 0 for purse in purses),
        ]
        return all(yuan <= limit for limit in limits if limit is not None for yuan in self.ways.values())

    @property
    def ways_a_year(self) -> Fraction:
        """What the ways of those who go farther go on costing each year after the target."""
        return self.ways.get(self.scene.target, Fraction(0))

    def way_of_move(self, move: Move) -> Fraction:
        return move.pupils * self.scene.prices.value("move_intake_running", self.scene.units[move.school, move.stage].facts)

    def way_of_merge(self, school: str) -> Fraction:
        return self.going[school] * self.scene.prices.value("merge_running")

    def cost_of_move(self, move: Move) -> Fraction:
        return self._worth(self.way_of_move(move), move.year)

    def cost_of_merge(self, school: str) -> Fraction:
        return self._worth(self.way_of_merge(school), merge_counted(self.scene.first, self.scene.prices))

    def _worth(self, a_year: Fraction, first: int) -> Fraction:
        """What is paid every year from `first` on, as the task discounts it."""
        weights = self._weights()
        return sum((a_year * weights.get(year, Fraction(1)) for year in range(first, self.scene.target + 1)), Fraction(0))

    @cached_property
    def going(self) -> dict[str, int]:
        """Pupils of each school that is merged, in the target year had it stayed."""
        return {
            school: sum(
                sum(grades.values()) for key, grades in self.unmerged.rolls[self.scene.target].items() if key[0] == school
            )
            for school, _ in self.merges
        }

    def _weights(self) -> Mapping[int, Fraction]:
        """What a yuan of each year counts, the first year's in full."""
        years = self.offers.years
        return {year: 1 / (1 + self.task.discount) ** (year - years[0]) for year in years} if self.task.discount else {}

    def _demands(self) -> Iterator[Demand]:
        """Music and art rooms, where they are asked for: as many as the school lacks."""
        for school, estate in self.scene.estates.items() if self.offers.special_rooms else ():
            for name, missing in (estate.special_rooms or {}).items():
                own = [
                    number
                    for number, column in enumerate(self.columns)
                    if column.school == school and column.kind is SPECIAL_ROOM[name]
                ]
                if missing:
                    yield Demand(
                        self.county, school, ALL_STAGES, SPECIAL_ROOMS[name], dict.fromkeys(own, Fraction(1)), Fraction(missing)
                    )
        yield from self._class_demands() if self.offers.classes else ()

    def _class_demands(self) -> Iterator[Demand]:
        """No class larger than the standard, grade by grade."""
        for grade in self.offers.classrooms.by_grade:
            if short := self.offers.classrooms.short(grade):
                school, stage, year = grade
                own = [
                    number
                    for number, column in enumerate(self.columns)
                    if column.kind is MeasureKind.open_class
                    and (column.school, column.stage, column.detail) == (school, stage, str(year))
                ]
                yield Demand(self.county, school, stage, CLASS_SIZE, dict.fromkeys(own, Fraction(1)), Fraction(short))

    def _wished(self) -> Iterator[Rule]:
        for fix in self.task.wishes.fixes:
            if not fix.school or fix.school in self.scene.stages_of:
                yield self._wish(fix)

    def _wish(self, fix: Fix) -> Rule:
        terms = {number: column.size for number, column in enumerate(self.columns) if _is_meant(fix, column)}
        return Rule(fix.sentence(), fix.sentence(), terms, fix.most, fix.least)


def _is_meant(fix: Fix, column: Column) -> bool:
    """What people see of a measure: who arrives, who is sent to study."""
    return (
        column.kind is fix.kind
        and fix.school in ("", column.school)
        and fix.stage in ("", column.stage, ALL_STAGES)
        and fix.year in (0, column.year)
        and column.detail != OUT
        and column.detail != GRADUATES
    )


def merge_counted(first: int, prices: PriceBook) -> int:
    """The first census year on which a merger begun next year, with its procedure, is done."""
    return first + 1 + max(0, -(-(prices.number("merge_lead") - COUNTED_BY) // 12))


def county_problem(
    task: Task,
    county: str,
    register: Register,
    units: Units,
    told: Forecast,
    prices: PriceBook,
    folder: Path,
    moves: tuple[Move, ...] = (),
    merges: tuple[tuple[str, str], ...] = (),
) -> CountyProblem:
    """Read a county as it will stand in the target year and make its problem; `folder` is new and holds its tables."""
    unmerged, unmoved = told, merged_pupils(told, merges)
    told = moved(unmoved, moves)
    schools = sorted({unit.school_id for unit in units.stages if unit.groups[Level.county] == county})
    compulsory = {unit.school_id for unit in units.stages if unit.groups[Level.county] == county and unit.stage in STAGES}
    target = register.year + task.years
    retirement = Retirement(
        prices.number("retirement_age_male"), prices.number("retirement_age_female"), bool(prices.number("posts_refilled"))
    )
    then = ahead(register, schools, told, target, retirement, folder, merges, unmoved)
    scene = Scene(county, register.year, then, law_book(census_day(target), task.city / "standards"), prices, Margin(task.margin))
    return CountyProblem(task, county, register, told, unmerged, scene, _free_posts(register, compulsory), moves, merges)


def _free_posts(register: Register, schools: Collection[str]) -> int | None:
    """Posts of public schools with a compulsory stage that are given and not filled; None where no school told its posts.

    Those of kindergartens, vocational and senior schools are none for teachers of a primary or junior school.
    """
    if not register.has("staff_quota"):
        return None
    private = register.table("schools").filter(pl.col("run_by") == "private")["school_id"]
    own = register.table("staff_quota").filter(
        pl.col("school_id").is_in(list(schools)) & ~pl.col("school_id").is_in(private.to_list())
    )
    free = own.select((pl.col("posts") - pl.col("filled")).sum()).item() if own.height else None
    return None if free is None else max(0, int(free))
