"""Amounts held against a problem in exact arithmetic: what they reach, what they break, what stays short."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from junheng.indicators.amounts import Judged, at_least, judge
from junheng.indicators.spread import Variation, variation
from junheng.kernel.codes import Verdict
from junheng.planning.balance.model.problem import Cone, Line, Problem, Reading, Rule

Amounts = Mapping[int, Fraction]  # of a measure, by column; what is not named is 0


@dataclass(frozen=True)
class Short:
    """A reading that misses: the item, what it has and what it should have."""

    reading: int
    item: int
    has: Fraction
    wanted: Fraction


@dataclass(frozen=True)
class Reached:
    """What amounts come to."""

    problem: Problem
    levels: Mapping[tuple[int, int], Fraction]  # of the items of readings that any measure moves

    def has(self, reading: int, item: int) -> Fraction | None:
        return self.levels.get((reading, item), self.problem.readings[reading].lines[item].base)

    def passes(self, number: int, *, margin: bool = True) -> bool:
        """Whether enough items of a reading reach their line and no other lies below the floor; what is not known is left out."""
        reading = self.problem.readings[number]
        met = [has >= _line(line, margin) for has, line in self._known(reading, number)]
        floors = [has >= reading.floor * _line(line, margin) for has, line in self._known(reading, number)]
        return sum(met) >= min(reading.need, len(met)) and all(floors)

    def verdict(self, number: int) -> Verdict:
        """What the standard itself says of a reading, without the margin; open where what is not known may decide."""
        reading = self.problem.readings[number]
        judged = []
        for item, line in enumerate(reading.lines):
            least, most = self.has(number, item), self._most(number, item)
            keeps = (
                True
                if least is not None and least >= reading.floor * line.limit
                else (False if most is not None and most < reading.floor * line.limit else None)
            )
            judged.append(Judged(judge(least, most, line.limit, "at_least"), keeps))
        return at_least(judged, reading.need)

    def _most(self, number: int, item: int) -> Fraction | None:
        least = self.has(number, item)
        return None if least is None else least + self.problem.readings[number].lines[item].more

    def _known(self, reading: Reading, number: int) -> list[tuple[Fraction, Line]]:
        found = [(self.has(number, item), line) for item, line in enumerate(reading.lines)]
        return [(has, line) for has, line in found if has is not None]

    def failing(self, *, margin: bool = True) -> list[int]:
        return [number for number in range(len(self.problem.readings)) if not self.passes(number, margin=margin)]

    def short(self, number: int) -> Iterator[Short]:
        """What a failing reading still needs: the widest gaps are spared as far as the rule spares any, down to the floor."""
        reading = self.problem.readings[number]
        held = {item: has for item in range(len(reading.lines)) if (has := self.has(number, item)) is not None}
        by_gap = sorted(
            (item for item, has in held.items() if has < reading.lines[item].wanted),
            key=lambda item: held[item] / reading.lines[item].wanted,
        )
        spared = by_gap[: max(0, len(held) - reading.need)]
        for item in by_gap:
            wanted = reading.lines[item].wanted * (reading.floor if item in spared else 1)
            if held[item] < wanted:
                yield Short(number, item, held[item], wanted)

    def spread(self, cone: Cone) -> Variation | None:
        totals = [self.has(number, cone.item) or Fraction(0) for number in cone.members]
        return variation(totals, [Fraction(self.problem.readings[number].pupils) for number in cone.members])

    def keeps(self, cone: Cone) -> bool:
        found = self.spread(cone)
        return found is None or found.squared <= cone.limit**2


def _line(line: Line, margin: bool) -> Fraction:
    return line.wanted if margin else line.limit


def reached(problem: Problem, amounts: Amounts) -> Reached:
    """The levels that these amounts lead to."""
    levels: dict[tuple[int, int], Fraction] = {}
    for number, amount in amounts.items():
        for effect in problem.columns[number].effects if amount else ():
            key = effect.reading, effect.item
            base = problem.readings[effect.reading].lines[effect.item].base
            if base is not None:
                levels[key] = levels.get(key, base) + effect.times * amount
    return Reached(problem, levels)


def broken_rules(problem: Problem, amounts: Amounts) -> list[Rule]:
    """The rules that these amounts do not keep."""
    return [rule for rule in problem.rules if not _keeps(rule, _total(rule, amounts))]


def _total(rule: Rule, amounts: Amounts) -> Fraction:
    total = sum((weight * amounts[column] for column, weight in rule.terms.items() if column in amounts), Fraction(0))
    return total + sum((weight for column, weight in rule.switches.items() if amounts.get(column)), Fraction(0))


def _keeps(rule: Rule, total: Fraction) -> bool:
    return (rule.most is None or total <= rule.most) and (rule.least is None or total >= rule.least)


def exceeded(problem: Problem, amounts: Amounts) -> list[tuple[Rule, Fraction]]:
    """The rules whose upper bound these amounts pass, and by how much."""
    totals = [(rule, _total(rule, amounts)) for rule in problem.rules if rule.most is not None]
    return [(rule, total - rule.most) for rule, total in totals if rule.most is not None and total > rule.most]


def out_of_bounds(problem: Problem, amounts: Amounts) -> list[int]:
    """Columns of which more is done than can be, or less than makes sense."""
    return [
        number
        for number, amount in amounts.items()
        if amount < 0
        or amount > problem.columns[number].most
        or (amount and amount < problem.columns[number].least)
        or (problem.columns[number].whole and amount.denominator != 1)
    ]


def is_sound(problem: Problem, amounts: Amounts) -> bool:
    """Whether amounts can be done at all: bounds and rules, whatever they reach."""
    return not out_of_bounds(problem, amounts) and not broken_rules(problem, amounts)


def meets_all(problem: Problem, amounts: Amounts) -> bool:
    """Whether every reading passes, every coefficient of variation is within its limit and every demand is met."""
    found = reached(problem, amounts)
    return not found.failing() and all(found.keeps(cone) for cone in problem.cones) and not missed_demands(problem, amounts)


def missed_demands(problem: Problem, amounts: Amounts) -> list[tuple[int, Fraction]]:
    """Demands that are short, and by how much."""
    found = []
    for number, demand in enumerate(problem.demands):
        total = sum((weight * amounts.get(column, Fraction(0)) for column, weight in demand.terms.items()), Fraction(0))
        if total < demand.least:
            found.append((number, demand.least - total))
    return found


def failures(problem: Problem, amounts: Amounts) -> set[tuple[object, ...]]:
    """What fails: a stage of a school, a coefficient of a stage, rooms that were asked for."""
    found = reached(problem, amounts)
    units: set[tuple[object, ...]] = {
        (problem.readings[number].school, problem.readings[number].stage) for number in found.failing()
    }
    cones = {(cone.stage, str(cone.item)) for cone in problem.cones if not found.keeps(cone)}
    return units | cones | {(problem.demands[number].school, number) for number, _ in missed_demands(problem, amounts)}
