"""The way it is done by hand: school by school, each gap filled by what is cheapest there, nothing seen together.

It knows no moves between schools and no coefficient of variation. It is the plan of a run that was cut off before the search had
one, and what an optimum is held against (benchmarks/balance.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil

from junheng.planning.balance.model.problem import Column, Problem, Rule
from junheng.planning.balance.solver.exact import reached
from junheng.planning.codes import MeasureKind

TOGETHER = frozenset({MeasureKind.move_teacher, MeasureKind.move_equipment, MeasureKind.degree_study})  # takes two to do


def by_hand(problem: Problem) -> dict[int, Fraction]:
    """Amounts by column. A gap that nothing fills stays."""
    return _Clerk(problem).fill()


class _Clerk:
    def __init__(self, problem: Problem) -> None:
        self.problem, self.amounts = problem, dict[int, Fraction]()
        self.totals = [Fraction(0)] * len(problem.rules)
        self.rules: dict[int, list[int]] = {}
        self.land = [self._land_of(rule) for rule in problem.rules]
        for number, rule in enumerate(problem.rules):
            for column in {**rule.terms, **rule.switches}:
                self.rules.setdefault(column, []).append(number)
        self.acting: dict[tuple[int, int], list[int]] = {}
        for number, own in enumerate(problem.columns):
            for effect in own.effects if own.kind not in TOGETHER else ():
                if effect.times > 0:
                    self.acting.setdefault((effect.reading, effect.item), []).append(number)

    def fill(self) -> dict[int, Fraction]:
        for number in range(len(self.problem.readings)):
            for short in sorted(reached(self.problem, self.amounts).short(number), key=lambda each: each.item):
                self._fill(number, short.item, short.wanted)
        return {column: amount for column, amount in self.amounts.items() if amount}

    def _fill(self, reading: int, item: int, wanted: Fraction) -> None:
        for column in sorted(self.acting.get((reading, item), ()), key=lambda each: self._price(each, reading, item)):
            has = reached(self.problem, self._near(reading)).has(reading, item)
            if has is None or has >= wanted:
                return
            self._take(column, (wanted - has) / self._effect(column, reading, item))

    def _near(self, reading: int) -> dict[int, Fraction]:
        return {
            column: amount
            for column, amount in self.amounts.items()
            if any(effect.reading == reading for effect in self.problem.columns[column].effects)
        }

    def _effect(self, column: int, reading: int, item: int) -> Fraction:
        return sum(
            (each.times for each in self.problem.columns[column].effects if (each.reading, each.item) == (reading, item)),
            Fraction(0),
        )

    def _price(self, column: int, reading: int, item: int) -> Fraction:
        return (self.problem.unit_cost(column) + self._price_of_land(column)) / self._effect(column, reading, item)

    def _price_of_land(self, column: int) -> Fraction:
        return min((self.problem.unit_cost(provider) for provider, _ in self._providers(column)), default=Fraction(0))

    def _take(self, column: int, wanted: Fraction) -> None:
        """As much of a measure as is wanted and its rules allow, in the steps it comes in."""
        own: Column = self.problem.columns[column]
        step = Fraction(1) if own.whole else own.step
        amount = min(max(ceil(wanted / step) * step, own.least), own.most - self.amounts.get(column, Fraction(0)))
        for provider, rule in self._providers(column):
            lacking = self.totals[rule] + amount - (self.problem.rules[rule].most or Fraction(0))
            if lacking > 0:
                left = self.problem.columns[provider].most - self.amounts.get(provider, Fraction(0))
                self._add(provider, min(Fraction(ceil(lacking)), left))
        amount = min([amount, *(self._slack(column, rule) for rule in self.rules.get(column, ()))])
        amount = amount // step * step
        if amount > 0 and amount >= own.least:
            self._add(column, amount)

    def _providers(self, column: int) -> Iterator[tuple[int, int]]:
        """Columns that make room for this one, with the rule that says so: land for a ground."""
        for rule in self.rules.get(column, ()):
            if self.problem.rules[rule].terms.get(column, 0) > 0:
                yield from ((other, rule) for other in self.land[rule])

    def _land_of(self, rule: Rule) -> list[int]:
        return [
            other for other, weight in rule.terms.items() if weight < 0 and self.problem.columns[other].kind is MeasureKind.land
        ]

    def _slack(self, column: int, rule: int) -> Fraction:
        told = self.problem.rules[rule]
        if told.most is None:
            return self.problem.columns[column].most
        if column in told.switches and self.amounts.get(column):
            return self.problem.columns[column].most
        if told.switches.get(column) and self.totals[rule] + told.switches[column] > told.most:
            return Fraction(0)
        weight = told.terms.get(column, Fraction(0))
        return (told.most - self.totals[rule]) / weight if weight > 0 else self.problem.columns[column].most

    def _add(self, column: int, amount: Fraction | int) -> None:
        if amount <= 0:
            return
        for rule in self.rules.get(column, ()):
            told = self.problem.rules[rule]
            begun = Fraction(0) if self.amounts.get(column) else told.switches.get(column, Fraction(0))
            self.totals[rule] += told.terms.get(column, Fraction(0)) * amount + begun
        self.amounts[column] = self.amounts.get(column, Fraction(0)) + amount
