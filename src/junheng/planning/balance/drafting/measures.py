"""The measures of a plan with their payments; who moves is told pair by pair."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from junheng.indicators.items.resources import ALL_SEVEN, SEVEN
from junheng.planning.balance.drafting.draft import Draft, plain
from junheng.planning.balance.drafting.pairing import paired
from junheng.planning.balance.model.county import merge_counted
from junheng.planning.balance.model.levers.equipment import IN, OUT
from junheng.planning.balance.model.levers.people import GRADUATES, SENT
from junheng.planning.balance.model.problem import Column
from junheng.planning.balance.paying import Till, yuan
from junheng.planning.codes import TERMS, Channel, MeasureKind, MoneyKind
from junheng.planning.plan import Measure, Payment
from junheng.register.codes import ALL_STAGES


def measures(draft: Draft) -> list[Measure]:
    """Every measure, by school, year and kind."""
    return _Measures(draft).rows()


@dataclass
class _Measures:
    draft: Draft

    def rows(self) -> list[Measure]:
        """Every measure, by school, year and kind; who moves is told pair by pair."""
        own = [
            self._measure(number, amount, self.draft.problem.columns[number].source)
            for number, amount in self.draft.solution.amounts.items()
            if self.draft.problem.columns[number].kind is not MeasureKind.move_equipment
            and self.draft.problem.columns[number].detail != GRADUATES
        ]
        found = [*own, *self._moved_equipment(), *self._moved_pupils()]
        return sorted(found, key=lambda each: (each.school, each.stage, each.year, each.kind, each.source, each.detail))

    def _measure(self, number: int, amount: Fraction, source: str = "", detail: str = "") -> Measure:
        column = self.draft.problem.columns[number]
        paid = tuple(self._payments(column, amount))
        told = self._graduates(column) if column.detail == SENT else detail or column.detail
        cost = amount * self.draft.problem.unit_cost(number)
        return Measure(
            column.school,
            column.stage,
            column.year,
            column.kind.name,
            plain(amount * column.size),
            TERMS[column.kind].unit,
            yuan(cost),
            self._channel(paid, column),
            self._closes(number),
            column.counted,
            self.draft.made.county,
            source,
            told,
            paid,
        )

    def _graduates(self, column: Column) -> str:
        done = sum(
            (amount for number, amount in self.draft.solution.amounts.items() if self._finishes(column, number)), Fraction(0)
        )
        return f"{plain(done)}"

    def _finishes(self, column: Column, number: int) -> bool:
        other = self.draft.problem.columns[number]
        return (other.kind, other.school, other.stage, other.year, other.detail) == (
            column.kind,
            column.school,
            column.stage,
            column.year,
            GRADUATES,
        )

    @cached_property
    def _till(self) -> Till:
        return Till(self.draft.problem, self.draft.solution.amounts, self.draft.made.scene.prices.purses, self.draft.made.ways)

    def _payments(self, column: Column, amount: Fraction) -> Iterator[Payment]:
        for year, kind, each in column.payments:
            if column.private:
                yield Payment(year, kind.name, Channel.sponsor.name, yuan(each * amount))
                continue
            for channel, part in self._till.pay(year, kind, each * amount):
                yield Payment(year, kind.name, channel.name, part)

    def _channel(self, paid: Sequence[Payment], column: Column) -> str:
        """The channel that pays most of it."""
        if not paid:
            return (Channel.sponsor if column.private else Channel.county).name
        sums: dict[str, float] = {}
        for each in paid:
            sums[each.channel] = sums.get(each.channel, 0.0) + each.yuan
        return max(sums, key=lambda channel: sums[channel])

    def _closes(self, number: int) -> tuple[str, ...]:
        """The items it acts on: the school's own where it is short of them, else the coefficient between schools."""
        column = self.draft.problem.columns[number]
        demanded = [demand.item for demand in self.draft.problem.demands if number in demand.terms]
        acted = {each.item: self._is_short(column, each.item) for each in column.effects if each.times > 0}
        if column.detail == SENT:
            acted = {0: self._is_short(column, 0)}
        if column.kind is MeasureKind.land:
            acted = {4: self._is_short(column, 4)}
        return (*demanded, *(SEVEN[item] if short else f"{SEVEN[item]}.cv" for item, short in sorted(acted.items())))

    def _is_short(self, column: Column, item: int) -> bool:
        stages = self.draft.made.scene.stages_of[column.school] if column.stage == ALL_STAGES else [column.stage]
        own = [
            self.draft.problem.readings[number].lines[item]
            for stage in stages
            for number in self.draft.made.scene.of_unit[column.school, stage]
        ]
        return any(line.base is not None and line.base < line.wanted for line in own)

    def _moved_equipment(self) -> Iterator[Measure]:
        """Thousands of yuan from where they are given to where they go, in few pairs."""
        own = {
            number: amount
            for number, amount in self.draft.solution.amounts.items()
            if self.draft.problem.columns[number].kind is MeasureKind.move_equipment
        }
        for year in sorted({self.draft.problem.columns[number].year for number in own}):
            ends: dict[str, dict[str, Fraction]] = {IN: {}, OUT: {}}
            place = {}
            for number, amount in own.items():
                column = self.draft.problem.columns[number]
                if column.year == year:
                    key = f"{column.school} {column.stage}"
                    ends[column.detail][key] = amount
                    place[key, column.detail] = number
            for (start, end), many in sorted(paired(ends[OUT], ends[IN]).items()):
                giver, stage = start.split(" ")
                yield self._measure(place[end, IN], many, giver, stage)

    def _moved_pupils(self) -> Iterator[Measure]:
        """Entrants who go to a neighbour and schools that are merged; the county pays for the way."""
        first = self.draft.made.scene.first
        for move in self.draft.made.moves:
            cost, paid = self.draft.made.cost_of_move(move), self._way(self.draft.made.way_of_move(move), move.year)
            yield Measure(
                move.school,
                move.stage,
                move.year,
                MeasureKind.move_intake.name,
                move.pupils,
                "人",
                yuan(cost),
                Channel.county.name,
                (ALL_SEVEN,),
                move.year,
                self.draft.made.county,
                move.source,
                "",
                paid,
            )
        counted = merge_counted(first, self.draft.made.scene.prices)
        for school, into in self.draft.made.merges:
            cost = self.draft.made.cost_of_merge(school)
            yield Measure(
                into,
                ALL_STAGES,
                first + 1,
                MeasureKind.merge.name,
                1,
                "所",
                yuan(cost),
                Channel.county.name,
                (ALL_SEVEN,),
                counted,
                self.draft.made.county,
                school,
                "",
                self._way(self.draft.made.way_of_merge(school), counted),
            )

    def _way(self, a_year: Fraction, first: int) -> tuple[Payment, ...]:
        years = range(first, self.draft.target + 1) if a_year else ()
        return tuple(Payment(year, MoneyKind.operating.name, Channel.county.name, yuan(a_year)) for year in years)
