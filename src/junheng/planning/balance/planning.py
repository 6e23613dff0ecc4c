"""What a city's plans are made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from junheng.indicators.results import book_of, results
from junheng.indicators.school_rows import counties as counties_of
from junheng.indicators.units import NOWHERE, Units, load_units
from junheng.kernel.codes import Level
from junheng.kernel.faults import Exit, JunhengError
from junheng.kernel.findings import CountyVerdict, Finding
from junheng.planning.balance.model.county import CountyProblem, county_problem
from junheng.planning.balance.model.intake import Move
from junheng.planning.balance.task import Task
from junheng.planning.forecast import Forecast, forecast
from junheng.planning.given import with_given
from junheng.planning.pricing import PriceBook, price_book, price_day
from junheng.register.holding import Snapshot, open_snapshot, snapshot_named

LATER = 3  # years after the target that works are looked at


@dataclass
class Planning:
    """What a city's plans are made of, read once: its snapshot, its pupils of the coming years, what is measured today."""

    task: Task

    @cached_property
    def snapshot(self) -> Snapshot:
        named = self.task.snapshot
        return snapshot_named(self.task.city, named) if named else open_snapshot(self.task.city, self.task.year)

    @cached_property
    def units(self) -> Units:
        return load_units(self.snapshot, book_of(self.task.city, self.snapshot))

    @cached_property
    def told(self) -> Forecast:
        found = forecast(self.snapshot, self.units, self.task.years + LATER)
        return with_given(found, self.task.pupils, self.snapshot.year, self.stages) if self.task.pupils else found

    @cached_property
    def stages(self) -> set[tuple[str, str]]:
        """Each school with each of its stages."""
        return {(unit.school_id, unit.stage) for unit in self.units.stages}

    @cached_property
    def today(self) -> tuple[list[Finding], list[CountyVerdict]]:
        return results(self.task.city, self.snapshot, standards=[self.task.standard])

    @cached_property
    def counties(self) -> dict[str, str]:
        """Code and name of the counties to plan for. Errors: JunhengError for one that is not there."""
        there = {each.county: each.name for each in self.today[1] if each.county != NOWHERE}
        if not there:
            raise JunhengError(f"{self.task.city}：没有可规划的县区：小学、初中都没有在校生 -> 检查学段表", Exit.faults)
        if unknown := [code for code in self.task.counties if code not in there]:
            known = "、".join(f"{code} {name}" for code, name in there.items())
            raise JunhengError(f"--county {'、'.join(unknown)}：没有这个县区；有 {known} -> 改正 --county")
        return {code: name for code, name in there.items() if code in (self.task.counties or there)}

    def prices(self, county: str, task: Task | None = None) -> PriceBook:
        """The prices of a county as this task, or another of the same city, asks about them."""
        task = task or self.task
        wishes = task.wishes
        found = price_book(price_day(self.snapshot.year), county, (task.city / "prices",), task.prices, wishes.times)
        return replace(found, values=wishes.values, plus=dict(task.steps))

    def problem(
        self, county: str, folder: Path, moves: tuple[Move, ...] = (), merges: tuple[tuple[str, str], ...] = ()
    ) -> CountyProblem:
        return county_problem(self.task, county, self.snapshot, self.units, self.told, self.prices(county), folder, moves, merges)

    def own(self, county: str) -> tuple[list[Finding], list[CountyVerdict]]:
        """What is measured today of one county."""
        findings, verdicts = self.today
        return (
            [each for each in findings if self._lies_in.get((each.level, each.group)) == county],
            [each for each in verdicts if each.county == county],
        )

    @cached_property
    def _lies_in(self) -> dict[tuple[Level, str], str]:
        return counties_of(self.snapshot)
