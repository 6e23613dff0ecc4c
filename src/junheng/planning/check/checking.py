"""The door: a plan and its city in, every condition recomputed from the snapshot, breaches out.

Nothing is taken over from the solver: not its columns, its rules, or its arithmetic of effects. The measures are done to the rows
of the register, the indicators room measures the result, and each side condition is counted anew. What is not checked here: that
no cheaper plan exists. That is proven by the solver's bound, of which only its consistency is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from junheng.indicators.results import book_of
from junheng.indicators.results import results as measured_today
from junheng.indicators.school_rows import counties as counties_of
from junheng.indicators.units import Units, load_units
from junheng.kernel.codes import Level
from junheng.kernel.faults import OnProgress
from junheng.planning.ahead import Ahead, Retirement, ahead
from junheng.planning.check.arranging import Arranging
from junheng.planning.check.breaches import Breach, Checked
from junheng.planning.check.conditions import (
    classes,
    demands,
    estate,
    foreseen,
    money,
    people,
    price_list,
    pupils,
    results,
    rows,
    sums,
    task,
)
from junheng.planning.check.county import County
from junheng.planning.check.enacting import Enacting
from junheng.planning.check.measured import Measured, measured
from junheng.planning.check.prices import Prices, numbers, purses_of
from junheng.planning.check.staff import Staff
from junheng.planning.forecast import Forecast, forecast
from junheng.planning.given import with_given
from junheng.planning.merging import merged_pupils
from junheng.planning.plan import CountyPlan, Measure, Plan
from junheng.planning.pricing import price_book, price_day
from junheng.register.census import census_day
from junheng.register.holding import City, Snapshot, snapshot_named
from junheng.standards import LawBook, law_book

GIVEN = {"pupils": "在校生数", "prices": "价目"}
NO_CHEAPER = "有没有更省的方案由求解时的下界证明，这里只核对下界、费用与差距相互一致"
NO_BETTER_CHOICE = "采用哪些招生调整、布局调整最好没有核对，只核对采用了的是否准许、后果是否如方案所写"
WORDS = "规则、假定、证明程度的说明文字和随机种子"
NOTHING_ELSE = "任务与数据版本不符，其余都没有核对"


def check(
    plan: Plan, city: Path, own_prices: Path | None = None, own_pupils: Path | None = None, on_progress: OnProgress | None = None
) -> Checked:
    """Hold a plan against the snapshot it was made from, and say everything that does not agree.

    `own_prices`, `own_pupils`  the files that the plan was made with, where it was
    Errors: JunhengError for a city without that snapshot, or a file that cannot be read.
    """
    return _Checking(plan, city, own_prices, own_pupils, on_progress or (lambda share, sentence: None)).checked()


@dataclass
class _Checking:
    plan: Plan
    city: Path
    own_prices: Path | None
    own_pupils: Path | None
    on_progress: OnProgress
    breaches: list[Breach] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    folder: Path = field(init=False)  # for what is written out to be measured

    @property
    def task(self) -> Mapping[str, Any]:
        return self.plan.task

    @cached_property
    def snapshot(self) -> Snapshot:
        return snapshot_named(self.city, self.task["snapshot"])

    @cached_property
    def units(self) -> Units:
        return load_units(self.snapshot, book_of(self.city, self.snapshot))

    @cached_property
    def book(self) -> LawBook:
        return law_book(census_day(self.task["target_year"]), self.city / "standards")

    @cached_property
    def schools(self) -> dict[str, list[str]]:
        """The schools of each county of the plan."""
        found: dict[str, list[str]] = {}
        for unit in self.units.stages:
            found.setdefault(unit.groups[Level.county], []).append(unit.school_id)
        return {county: sorted(set(own)) for county, own in found.items()}

    @cached_property
    def names(self) -> dict[str, str]:
        return {unit.school_id: unit.name for unit in self.units.by["whole"]}

    @property
    def named(self) -> Mapping[str, str]:
        """Schools and places."""
        return {**self.units.place_names, **self.names}

    def checked(self) -> Checked:
        with TemporaryDirectory() as folder:
            self.folder = Path(folder)
            return self._checked()

    def _checked(self) -> Checked:
        self.breaches += task.agrees(self.plan, self.snapshot, self.schools, self.named)
        if self.breaches:
            return self._told(whole=False)
        self._note_snapshot()
        self._note_given()
        self.breaches += sums.together(self.plan)
        self.breaches += task.strayed(self.plan, self.schools, self.named)
        for number, claimed in enumerate(self.plan.counties):
            self.on_progress(number / len(self.plan.counties), f"核对{claimed.name}")
            self._county(claimed, self.folder / claimed.county)
        return self._told(whole=True)

    def _told(self, *, whole: bool) -> Checked:
        """`whole`: the task held, so that all the rest was looked at."""
        many = {
            name: len(getattr(self.plan, name)) if whole else 0 for name in ("counties", "measures", "levels", "unmet", "pupils")
        }
        not_checked = tuple(self._not_checked()) if whole else (NOTHING_ELSE,)
        return Checked(tuple(dict.fromkeys(self.breaches)), tuple(dict.fromkeys(self.notes)), not_checked, many)

    def _not_checked(self) -> Iterator[str]:
        yield NO_CHEAPER
        if {"intake", "merge"} & {*self.task["allow"]}:
            yield NO_BETTER_CHOICE
        yield WORDS
        if self.task["not_begun"]:
            yield f"中止前没有规划的县区：{'、'.join(self.named.get(code, code) for code in self.task['not_begun'])}"

    # --- the task ---------------------------------------------------------------------------------------------

    def _note_snapshot(self) -> None:
        in_force = City(self.city).current().get(self.snapshot.year)
        if in_force != self.snapshot.id:
            self.notes.append(f"方案按 {self.snapshot.id} 编制，现在在用的是 {in_force}：仍按原版本核对 -> 数据更正后应重新规划")

    # --- pupils -----------------------------------------------------------------------------------------------

    @cached_property
    def forecast(self) -> Forecast:
        """The pupils of the coming years by the register, and by the numbers that were given for them."""
        found = forecast(self.snapshot, self.units, self.task["years"] + foreseen.LATER)
        given = self._given("pupils", self.own_pupils)
        stages = {(unit.school_id, unit.stage) for unit in self.units.stages}
        return with_given(found, given, self.snapshot.year, stages) if given else found

    def _given(self, name: str, own: Path | None) -> Path | None:
        """A file that the plan was made with: the user's own, or else as the plan holds it."""
        if own or name not in self.task["inputs"]:
            return own
        held = self.folder / f"{name}-{Path(self.task['inputs'][name]['name']).name}"
        held.write_text(self.task["inputs"][name]["text"], encoding="utf-8")
        return held

    # --- a county ---------------------------------------------------------------------------------------------

    def _county(self, claimed: CountyPlan, folder: Path) -> None:
        made = self._made(claimed, folder)
        self.breaches += [
            *pupils.pupils(made, self.forecast, self.schools[made.code]),
            *price_list.prices(made),
        ]
        reading = rows.Reading(made)
        reading.read(self._measures(claimed))
        made.rows = reading.rows
        self.breaches += reading.breaches
        staff = Staff(made.then, made.book, made.code, made.facts)
        arranged = Arranging(made, staff).arranged()
        assets = estate.Estate(made)
        self.breaches += [
            *rows.once_told(made),
            *rows.dates(made),
            *rows.closes(made),
            *people.posts(made),
            *people.persons(made, arranged, staff),
            *people.graduates(made),
            *people.backbone(made, staff),
            *people.spare(made),
            *people.rotation(made, staff),
            *people.distance(made),
            *people.visitors(made, staff),
            *estate.convertible(made, assets),
            *estate.free_land(made, assets),
            *estate.bare_earth(made),
            *estate.least_site(made),
            *estate.sites(made),
            *estate.leased(made),
            *estate.network_rooms(made, assets),
            *estate.special_rooms(made),
            *estate.need(made),
            *estate.movable(made, assets),
            *classes.classes(made),
            *classes.class_rooms(made, assets),
            *classes.class_teachers(made, staff),
            *pupils.intake(made),
            *pupils.merges(made),
            *demands.demands(made),
            *money.payments(made),
            *money.costs(made),
            *money.channels(made),
            *money.yearly(made),
            *sums.totals(made),
            *foreseen.unknown(made),
            *foreseen.natural(made),
            *foreseen.empty_later(made),
        ]
        planned = self._measured(Enacting(made, arranged).enacted(folder / "enacted"), claimed.county)
        for condition in (results.verdicts, results.levels, results.standings, results.unmet):
            self.breaches += condition(made, planned)
        self.breaches += price_list.superseded(made)

    def _measures(self, claimed: CountyPlan) -> Sequence[tuple[int, Measure]]:
        return [(number, row) for number, row in enumerate(self.plan.measures) if row.county == claimed.county]

    def _made(self, claimed: CountyPlan, folder: Path) -> County:
        """The county as it is today and as it will be, with the mergers and the entrants who go elsewhere that the plan names."""
        prices = self._prices(claimed.county)
        merges = pupils.merges_of_measures(self.plan.measures, claimed.county)
        unmoved = merged_pupils(self.forecast, merges)
        after = pupils.moved(unmoved, pupils.moves_of_measures(self.plan.measures, claimed.county))
        then = self._ahead(claimed.county, after, unmoved, prices, merges, folder / "then")
        findings, verdicts = measured_today(self.city, self.snapshot, standards=[self.task["standard"]])
        lies_in = counties_of(self.snapshot)
        today = Measured(
            claimed.county,
            [each for each in findings if lies_in.get((each.level, each.group)) == claimed.county],
            [each for each in verdicts if each.county == claimed.county],
        )
        return County(
            self.plan,
            claimed,
            self.snapshot,
            after,
            then,
            self.book,
            prices,
            today,
            self._measured(then, claimed.county),
            names=self.names,
            unmoved=unmoved,
            unmerged=self.forecast,
        )

    def _ahead(
        self, county: str, after: Forecast, unmoved: Forecast, prices: Prices, merges: Sequence[tuple[str, str]], folder: Path
    ) -> Ahead:
        retirement = Retirement(
            prices.number("retirement_age_male"), prices.number("retirement_age_female"), bool(prices.number("posts_refilled"))
        )
        return ahead(self.snapshot, self.schools[county], after, self.task["target_year"], retirement, folder, merges, unmoved)

    def _measured(self, register: Ahead, county: str) -> Measured:
        return measured(register, county, self.book, self.task["standard"])

    def _prices(self, county: str) -> Prices:
        book = price_book(
            price_day(self.snapshot.year),
            county,
            (self.city / "prices",),
            self._given("prices", self.own_prices),
            numbers(self.task["times"]),
        )
        return Prices(
            self.plan.prices, replace(book, values=numbers(self.task["values"])), purses_of(self.task["channels"].get(county, ()))
        )

    def _note_given(self) -> None:
        for name, own in (("pupils", self.own_pupils), ("prices", self.own_prices)):
            if name in self.task["inputs"] and own is None:
                self.notes.append(
                    f"{GIVEN[name]}按方案所附的 {self.task['inputs'][name]['name']} 核对 -> 用 --{name} 给出原文件可核对附件本身"
                )
