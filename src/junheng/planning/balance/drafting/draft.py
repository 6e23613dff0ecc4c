"""One county with the plan found for it, and what its rows are looked up by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from junheng.indicators.items.resources import ALL_SEVEN
from junheng.kernel.codes import Level as At
from junheng.kernel.codes import Split, Verdict
from junheng.kernel.findings import CountyVerdict, Finding
from junheng.planning.balance.model.county import CountyProblem
from junheng.planning.balance.model.problem import Cone, Problem
from junheng.planning.balance.solver.exact import Reached, reached
from junheng.planning.balance.solver.solving import Solution
from junheng.standards import law


def plain(amount: Fraction) -> float:
    """An amount as people read it: whole where it is whole, else to six places."""
    return int(amount) if amount.denominator == 1 else round(float(amount), 6)


@dataclass
class Draft:
    """A county as it was planned. `findings` and `verdicts` are those of the snapshot."""

    made: CountyProblem
    solution: Solution
    name: str
    findings: Sequence[Finding]
    verdicts: Sequence[CountyVerdict]
    told: str = ""  # what is proven, where pupils move

    @property
    def problem(self) -> Problem:
        return self.made.problem

    @property
    def target(self) -> int:
        return self.made.scene.target

    @cached_property
    def then(self) -> Reached:
        """The target year by plan."""
        return reached(self.problem, self.solution.amounts)

    @cached_property
    def undone(self) -> Reached:
        """The target year if nothing is done."""
        return reached(self.problem, {})

    @cached_property
    def today(self) -> dict[tuple[str, str, str], Finding]:
        return {
            (each.group, each.stage, each.item): each
            for each in self.findings
            if each.level in (At.school, At.county) and not each.slice
        }

    @property
    def failing_today(self) -> set[tuple[str, str]]:
        """Stages of schools that miss the whole rule."""
        return {
            (each.group, each.stage)
            for each in self.findings
            if each.level is At.school and each.item == ALL_SEVEN and each.verdict is Verdict.not_met
        }

    @property
    def of_record(self) -> list[int]:
        return [number for number, reading in enumerate(self.problem.readings) if reading.split is Split.by_pupils]

    def record(self, school: str, stage: str) -> int:
        return self.made.scene.of_unit[school, stage][0]

    def law(self, cone: Cone) -> Fraction:
        entry = self.made.scene.book.entry(law["variation"], self.made.county, {"stage": cone.stage})
        return Fraction(entry.value)
