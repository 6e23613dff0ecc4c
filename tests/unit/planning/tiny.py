"""Tiny problems that can be enumerated: every combination of whole amounts, the areas and yuan between them by a linear program.

Nothing here is shared with the search but the shapes of a problem and the arithmetic of `exact`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations, product
from math import sqrt
from random import Random

import highspy
import numpy as np

from junheng.kernel.codes import Split
from junheng.planning.balance.model.problem import Column, Cone, Effect, Line, Problem, Reading, Rule
from junheng.planning.codes import MeasureKind, MoneyKind

PEOPLE, ROOMS, AREA = 0, 1, 2  # three items: two counted in whole numbers, one in square metres
FLOOR = Fraction(85, 100)
MOST_COMBINATIONS = 1_500


def drawn(seed: int, *, years: int = 1, with_budget: bool = False, binding: bool = False) -> Problem:
    """A county of two to four schools; `binding`: every school passes, but they lie too far apart."""
    draw = Random(f"{seed} {years} {with_budget} {binding}")
    readings = tuple(_reading(draw, number, binding) for number in range(draw.randint(2, 4)))
    columns = tuple(_few(draw, list(_columns(draw, readings, years))))
    limits = (Fraction(draw.randint(15, 45), 100), Fraction(draw.randint(15, 45), 100))
    cones = tuple(
        Cone("c", "primary", item, Split.by_pupils, limits[item], tuple(range(len(readings))))
        for item in (PEOPLE, ROOMS)
        if binding or draw.random() < 0.5
    )
    problem = Problem(readings, columns, tuple(_caps(draw, columns)), cones)
    if not with_budget:
        return problem
    all_of_it = sum((problem.unit_cost(number) * column.most for number, column in enumerate(columns)), Fraction(0))
    a_year = Fraction(round(float(all_of_it) * draw.uniform(0.1, 0.6)))
    return replace(problem, rules=(*problem.rules, *(_budget(columns, year, a_year) for year in range(1, years + 1))))


def _reading(draw: Random, number: int, binding: bool) -> Reading:
    pupils = draw.randint(60, 400)
    wanted = (Fraction(pupils * 4, 100), Fraction(pupils * 2, 100), Fraction(pupils * 5))

    def base(item: int) -> Fraction:
        ratio = draw.uniform(1.0, 2.2) if binding else draw.uniform(0.7, 1.3)
        amount = float(wanted[item]) * ratio
        return Fraction(round(amount)) if item != AREA else Fraction(round(amount * 10), 10)

    lines = tuple(
        Line(max(base(item), -(-wanted[item] // 1)) if binding else base(item), wanted[item], wanted[item])
        for item in (PEOPLE, ROOMS, AREA)
    )
    return Reading("c", f"s{number}", "primary", Split.by_pupils, pupils, lines, 2, FLOOR)


def _columns(draw: Random, readings: Sequence[Reading], years: int) -> Iterator[Column]:
    for number, reading in enumerate(readings):
        for item, kind in ((PEOPLE, MeasureKind.recruit), (ROOMS, MeasureKind.network_room)):
            for year in range(1, years + 1):
                once, running = Fraction(draw.randint(5, 40)), Fraction(draw.randint(0, 4))
                paid = ((year, MoneyKind.equipment, once), *((later, MoneyKind.pay, running) for later in range(year, years + 1)))
                yield Column(
                    kind,
                    reading.school,
                    "primary",
                    year,
                    years,
                    Fraction(draw.randint(1, 4)),
                    (Effect(number, item, Fraction(1)),),
                    paid,
                )
        paid = ((1, MoneyKind.works, Fraction(draw.randint(1, 6), 10)),)
        yield Column(
            MeasureKind.convert,
            reading.school,
            "primary",
            1,
            years,
            Fraction(draw.randint(20, 400)),
            (Effect(number, AREA, Fraction(1)),),
            paid,
            whole=False,
            step=Fraction(1, 1000),
        )


def _few(draw: Random, columns: list[Column]) -> list[Column]:
    """At most eight whole columns of at most five levels, and few enough combinations to go through."""
    draw.shuffle(columns)
    kept, combinations, whole = [], 1, 0
    for column in columns:
        levels = int(column.most) + 1 if column.whole else 1
        if combinations * levels <= MOST_COMBINATIONS and whole + column.whole <= 8:
            kept.append(column)
            combinations, whole = combinations * levels, whole + column.whole
    return kept


def _caps(draw: Random, columns: Sequence[Column]) -> Iterator[Rule]:
    recruits = {number: Fraction(1) for number, column in enumerate(columns) if column.kind is MeasureKind.recruit}
    if recruits and draw.random() < 0.5:
        yield Rule("posts", "posts", recruits, Fraction(draw.randint(1, 6)))


def _budget(columns: Sequence[Column], year: int, most: Fraction) -> Rule:
    terms = {
        number: sum((yuan for when, _, yuan in column.payments if when == year), Fraction(0))
        for number, column in enumerate(columns)
    }
    return Rule(f"budget {year}", "budget", {number: yuan for number, yuan in terms.items() if yuan}, most)


# --- the referee -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Best:
    """The fewest failures of any plan, and of the plans without one the least cost (None where each has some)."""

    failures: int
    cost: float | None


def enumerated(problem: Problem) -> Best:
    """Every combination of whole amounts; each is completed at least cost, if it can be."""
    whole = [number for number, column in enumerate(problem.columns) if column.whole]
    rest = [number for number, column in enumerate(problem.columns) if not column.whole]
    fewest, cheapest = len(problem.readings) + len(problem.cones), float("inf")
    for amounts in product(*(range(int(problem.columns[number].most) + 1) for number in whole)):
        chosen = dict(zip(whole, amounts, strict=True))
        own = sum(float(problem.unit_cost(number)) * amount for number, amount in chosen.items())
        if not _kept(problem, chosen):
            continue
        over = sum(not _within(problem, cone, chosen) for cone in problem.cones)
        if over == 0 and own < cheapest and (more := _completed(problem, chosen, rest)) is not None:
            cheapest = min(cheapest, own + more)
        if fewest > 0 and over < fewest:
            fewest = min(fewest, over + _fewest_schools(problem, chosen, rest))
    return Best(0 if cheapest < float("inf") else fewest, cheapest if cheapest < float("inf") else None)


def _kept(problem: Problem, chosen: dict[int, int]) -> bool:
    return all(
        rule.most is None
        or sum(float(weight) * chosen.get(column, 0) for column, weight in rule.terms.items()) <= float(rule.most) + 1e-9
        for rule in problem.rules
    )


def _levels(problem: Problem, chosen: dict[int, int]) -> list[list[Fraction]]:
    levels = [[line.base or Fraction(0) for line in reading.lines] for reading in problem.readings]
    for number, amount in chosen.items():
        for effect in problem.columns[number].effects:
            levels[effect.reading][effect.item] += effect.times * amount
    return levels


def _within(problem: Problem, cone: Cone, chosen: dict[int, int]) -> bool:
    """Cones are of whole items only here, so they are decided by the whole amounts: by the textbook formula in floats and a
    hair.
    """
    levels = _levels(problem, chosen)
    totals = [float(levels[number][cone.item]) for number in cone.members]
    pupils = [problem.readings[number].pupils for number in cone.members]
    mean = sum(totals) / sum(pupils)
    spread = sqrt(sum(count * (total / count - mean) ** 2 for total, count in zip(totals, pupils, strict=True)) / sum(pupils))
    return spread / mean <= float(cone.limit) + 1e-12


def _area_needed(problem: Problem, chosen: dict[int, int]) -> Iterator[tuple[int, float] | None]:
    """For each school the square metres it must have, given its whole items; None where it cannot pass."""
    for number, levels in enumerate(_levels(problem, chosen)):
        lines = problem.readings[number].lines
        met = [levels[item] >= lines[item].wanted for item in (PEOPLE, ROOMS)]
        floors = all(levels[item] >= FLOOR * lines[item].wanted for item in (PEOPLE, ROOMS))
        if not floors or sum(met) == 0:
            yield None
        else:
            yield number, float(lines[AREA].wanted * (FLOOR if sum(met) == 2 else 1))


def _completed(problem: Problem, chosen: dict[int, int], rest: list[int]) -> float | None:
    """The least cost of the areas that make every school pass, within the budget; None where there are none."""
    needs = list(_area_needed(problem, chosen))
    if any(need is None for need in needs):
        return None
    return _linear(problem, chosen, rest, [need for need in needs if need])


def _fewest_schools(problem: Problem, chosen: dict[int, int], rest: list[int]) -> int:
    """The fewest schools that fail: every subset of those that could pass is tried, largest first."""
    needs = [need for need in _area_needed(problem, chosen) if need]
    able = len(needs)
    for size in range(able, -1, -1):
        for subset in _subsets(needs, size):
            if _linear(problem, chosen, rest, subset) is not None:
                return len(problem.readings) - size
    return len(problem.readings)


def _subsets(needs: list[tuple[int, float]], size: int) -> Iterator[list[tuple[int, float]]]:
    yield from map(list, combinations(needs, size))


def _linear(problem: Problem, chosen: dict[int, int], rest: list[int], needs: list[tuple[int, float]]) -> float | None:
    """A linear program over the areas: what each school needs, what the budget leaves."""
    levels = _levels(problem, chosen)
    if all(float(levels[number][AREA]) >= need - 1e-9 for number, need in needs):
        return 0.0
    if not rest:
        return None
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)  # the scheduler is one for the process
    for number in rest:
        solver.addCol(
            float(problem.unit_cost(number)), 0.0, float(problem.columns[number].most), 0, np.array([], np.int32), np.array([])
        )
    for school, need in needs:
        own = [
            place
            for place, number in enumerate(rest)
            if any(effect.reading == school for effect in problem.columns[number].effects)
        ]
        _row(solver, dict.fromkeys(own, 1.0), need - float(levels[school][AREA]), highspy.kHighsInf)
    for rule in problem.rules:
        terms = {place: float(rule.terms[number]) for place, number in enumerate(rest) if number in rule.terms}
        used = sum(float(weight) * chosen.get(column, 0) for column, weight in rule.terms.items())
        _row(solver, terms, -highspy.kHighsInf, float(rule.most or 0) - used)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    return float(solver.getInfo().objective_function_value)


def _row(solver: highspy.Highs, terms: dict[int, float], least: float, most: float) -> None:
    solver.addRow(least, most, len(terms), np.fromiter(terms, np.int32), np.fromiter(terms.values(), np.float64))
