"""From amounts to the rows of a plan: measures with their money, what stays short, every item before and after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from junheng.indicators.items.resources import SEVEN
from junheng.indicators.registry import INDICATORS
from junheng.indicators.units import STAGES
from junheng.kernel.codes import Level as At
from junheng.kernel.codes import Split, Verdict
from junheng.kernel.exact import root
from junheng.kernel.findings import CountyVerdict, Finding, weakest
from junheng.planning.balance.model.county import CLASS_SIZE, CountyProblem, merge_counted
from junheng.planning.balance.model.levers.equipment import IN, OUT
from junheng.planning.balance.model.levers.people import GRADUATES, SENT
from junheng.planning.balance.model.problem import Column, Cone, Problem
from junheng.planning.balance.model.scene import ALL_SEVEN
from junheng.planning.balance.paying import Till, yuan
from junheng.planning.balance.solver.exact import Reached, missed_demands, reached
from junheng.planning.balance.solver.solving import Solution
from junheng.planning.balance.transport import assigned
from junheng.planning.codes import TERMS, Channel, MeasureKind, MoneyKind, Status
from junheng.planning.plan import CountyPlan, Level, Measure, Payment, Standing, Unknown, Unmet
from junheng.standards import law

PROVEN = (Status.optimal, Status.gap_reached)
UNIT = {item: INDICATORS[item].gap_unit for item in SEVEN}


def plain(amount: Fraction) -> float:
    """An amount as people read it: whole where it is whole, else to six places."""
    return int(amount) if amount.denominator == 1 else round(float(amount), 6)


@dataclass
class Draft:
    """The rows of one county. `findings` and `verdicts` are those of the snapshot."""

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

    # --- measures ---------------------------------------------------------------------------------------------

    def measures(self) -> list[Measure]:
        """Every measure, by school, year and kind; who moves is told pair by pair."""
        own = [
            self._measure(number, amount, self.problem.columns[number].source)
            for number, amount in self.solution.amounts.items()
            if self.problem.columns[number].kind is not MeasureKind.move_equipment
            and self.problem.columns[number].detail != GRADUATES
        ]
        found = [*own, *self._moved_equipment(), *self._moved_pupils()]
        return sorted(found, key=lambda each: (each.school, each.stage, each.year, each.kind, each.source, each.detail))

    def _measure(self, number: int, amount: Fraction, source: str = "", detail: str = "") -> Measure:
        column = self.problem.columns[number]
        paid = tuple(self._payments(column, amount))
        told = self._graduates(column) if column.detail == SENT else detail or column.detail
        cost = amount * self.problem.unit_cost(number)
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
            self.made.county,
            source,
            told,
            paid,
        )

    def _graduates(self, column: Column) -> str:
        done = sum((amount for number, amount in self.solution.amounts.items() if self._finishes(column, number)), Fraction(0))
        return f"{plain(done)}"

    def _finishes(self, column: Column, number: int) -> bool:
        other = self.problem.columns[number]
        return (other.kind, other.school, other.stage, other.year, other.detail) == (
            column.kind,
            column.school,
            column.stage,
            column.year,
            GRADUATES,
        )

    @cached_property
    def _till(self) -> Till:
        return Till(self.problem, self.solution.amounts, self.made.scene.prices.purses, self.made.ways)

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
        column = self.problem.columns[number]
        demanded = [demand.item for demand in self.problem.demands if number in demand.terms]
        acted = {each.item: self._is_short(column, each.item) for each in column.effects if each.times > 0}
        if column.detail == SENT:
            acted = {0: self._is_short(column, 0)}
        if column.kind is MeasureKind.land:
            acted = {4: self._is_short(column, 4)}
        return (*demanded, *(SEVEN[item] if short else f"{SEVEN[item]}.cv" for item, short in sorted(acted.items())))

    def _is_short(self, column: Column, item: int) -> bool:
        stages = self.made.scene.stages_of[column.school] if column.stage == "all" else [column.stage]
        own = [
            self.problem.readings[number].lines[item]
            for stage in stages
            for number in self.made.scene.of_unit[column.school, stage]
        ]
        return any(line.base is not None and line.base < line.wanted for line in own)

    def _moved_equipment(self) -> Iterator[Measure]:
        """Thousands of yuan from where they are given to where they go, as few pairs as can be."""
        own = {
            number: amount
            for number, amount in self.solution.amounts.items()
            if self.problem.columns[number].kind is MeasureKind.move_equipment
        }
        for year in sorted({self.problem.columns[number].year for number in own}):
            ends: dict[str, dict[str, float]] = {IN: {}, OUT: {}}
            place = {}
            for number, amount in own.items():
                column = self.problem.columns[number]
                if column.year == year:
                    key = f"{column.school} {column.stage}"
                    ends[column.detail][key] = float(amount)
                    place[key, column.detail] = number
            pairs = {(start, end): 1.0 for start in ends[OUT] for end in ends[IN] if start != end}
            for (start, end), many in sorted(assigned(ends[OUT], ends[IN], pairs).going.items()):
                giver, stage = start.split(" ")
                yield self._measure(place[end, IN], Fraction(round(many)), giver, stage)

    def _moved_pupils(self) -> Iterator[Measure]:
        """Entrants who go to a neighbour and schools that are merged; the county pays for the way."""
        first = self.made.scene.first
        for move in self.made.moves:
            cost, paid = self.made.cost_of_move(move), self._way(self.made.way_of_move(move), move.year)
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
                self.made.county,
                move.source,
                "",
                paid,
            )
        counted = merge_counted(first, self.made.scene.prices)
        for school, into in self.made.merges:
            cost = self.made.cost_of_merge(school)
            yield Measure(
                into,
                "all",
                first + 1,
                MeasureKind.merge.name,
                1,
                "所",
                yuan(cost),
                Channel.county.name,
                (ALL_SEVEN,),
                counted,
                self.made.county,
                school,
                "",
                self._way(self.made.way_of_merge(school), counted),
            )

    def _way(self, a_year: Fraction, first: int) -> tuple[Payment, ...]:
        years = range(first, self.target + 1) if a_year else ()
        return tuple(Payment(year, MoneyKind.operating.name, Channel.county.name, yuan(a_year)) for year in years)

    # --- what stays short -------------------------------------------------------------------------------------

    def unmet(self) -> list[Unmet]:
        return [*self._schools_short(), *self._rooms_short(), *self._spreads_over()]

    def _schools_short(self) -> Iterator[Unmet]:
        for number in self.then.failing():
            reading = self.problem.readings[number]
            if reading.split is Split.by_pupils or self.then.passes(self._record(reading.school, reading.stage)):
                for short in self.then.short(number):
                    meets = self.then.passes(number, margin=False)
                    yield Unmet(
                        self.made.county,
                        reading.school,
                        reading.stage,
                        self.target,
                        SEVEN[short.item],
                        plain(short.has),
                        plain(short.wanted),
                        plain(short.wanted - short.has),
                        UNIT[SEVEN[short.item]],
                        meets,
                    )

    def _record(self, school: str, stage: str) -> int:
        return self.made.scene.of_unit[school, stage][0]

    def _rooms_short(self) -> Iterator[Unmet]:
        for number, short in missed_demands(self.problem, self.solution.amounts):
            demand = self.problem.demands[number]
            yield Unmet(
                self.made.county,
                demand.school,
                demand.stage,
                self.target,
                demand.item,
                plain(demand.least - short),
                plain(demand.least),
                plain(short),
                "个班" if demand.item == CLASS_SIZE else "间",
                False,
            )

    def _spreads_over(self) -> Iterator[Unmet]:
        told: set[tuple[str, int]] = set()
        for cone in self.problem.cones:
            spread = self.then.spread(cone)
            if spread is not None and not self.then.keeps(cone) and (cone.stage, cone.item) not in told:
                told.add((cone.stage, cone.item))
                value = Fraction(root(spread.squared))
                yield Unmet(
                    self.made.county,
                    "",
                    cone.stage,
                    self.target,
                    f"{SEVEN[cone.item]}.cv",
                    round(float(value), 6),
                    float(cone.limit),
                    round(float(value - cone.limit), 6),
                    "",
                    spread.squared <= self._law(cone) ** 2,
                )

    def _law(self, cone: Cone) -> Fraction:
        entry = self.made.scene.book.entry(law["variation"], self.made.county, {"stage": cone.stage})
        return Fraction(entry.value)

    def unknown(self) -> list[Unknown]:
        return [Unknown(self.made.county, each.school, each.stage, each.item, each.why) for each in self.made.scene.unknown]

    # --- before and after -------------------------------------------------------------------------------------

    def levels(self) -> list[Level]:
        """Every item of every stage of a school, per pupil or per 100 as the item prints it, and every coefficient."""
        return [*self._items(), *self._spreads()]

    @cached_property
    def _today(self) -> dict[tuple[str, str, str], Finding]:
        return {
            (each.group, each.stage, each.item): each
            for each in self.findings
            if each.level in (At.school, At.county) and not each.slice
        }

    def _items(self) -> Iterator[Level]:
        for number, reading in enumerate(self.problem.readings):
            for item, line in enumerate(reading.lines) if reading.split is Split.by_pupils else ():
                per = self._per(reading.school, reading.stage, item)
                today, has = self._today.get((reading.school, reading.stage, SEVEN[item])), self.then.has(number, item)
                below = [value is not None and value < line.limit for value in (line.base, has)]
                yield Level(
                    self.made.county,
                    reading.school,
                    reading.stage,
                    SEVEN[item],
                    _value(today.value if today else None),
                    _value(_each(line.base, per)),
                    _value(_each(has, per)),
                    round(float(line.limit * per), 6),
                    round(float(line.wanted * per), 6),
                    _fails(today, *below),
                )

    def _per(self, school: str, stage: str, item: int) -> Fraction:
        """What a part is multiplied by to print it."""
        reading = self.problem.readings[self._record(school, stage)]
        return Fraction(100 if SEVEN[item] in PER_100 else 1, reading.pupils)

    def _spreads(self) -> Iterator[Level]:
        for cone in self.problem.cones:
            if cone.split is Split.by_pupils:
                today = self._today.get((self.made.county, cone.stage, f"{SEVEN[cone.item]}.cv"))
                undone, planned, limit = self.undone.spread(cone), self.then.spread(cone), self._law(cone)
                over = [spread is not None and spread.squared > limit**2 for spread in (undone, planned)]
                yield Level(
                    self.made.county,
                    "",
                    cone.stage,
                    f"{SEVEN[cone.item]}.cv",
                    _value(today.value if today else None),
                    _value(root(undone.squared) if undone else None),
                    _value(root(planned.squared) if planned else None),
                    float(limit),
                    float(cone.limit),
                    _fails(today, *over),
                )

    def standings(self) -> Iterator[Standing]:
        """Every stage of a school by the whole rule, by the record."""
        judged = {
            (school, stage): each.verdict
            for (school, stage, item), each in self._today.items()
            if item == ALL_SEVEN and stage in STAGES and each.level is At.school
        }
        for school, stage in sorted({*judged, *self.made.scene.of_unit}):
            now, own = judged.get((school, stage)) or Verdict.unknown, self.made.scene.of_unit.get((school, stage))
            undone, planned = (when.verdict(own[0]).name if own else "" for when in (self.undone, self.then))
            pupils = self.problem.readings[own[0]].pupils if own else None
            yield Standing(self.made.county, school, stage, now.name, undone, planned, pupils)

    def natural(self) -> list[dict[str, str]]:
        """Stages of schools that fail today and will not fail in the target year, though nothing is done: fewer pupils do it."""
        fails = {
            (each.group, each.stage)
            for each in self.findings
            if each.level is At.school and each.item == ALL_SEVEN and each.verdict is Verdict.not_met
        }
        return [
            {"county": self.made.county, "school": reading.school, "stage": reading.stage}
            for number, reading in enumerate(self.problem.readings)
            if reading.split is Split.by_pupils
            and (reading.school, reading.stage) in fails
            and self.undone.verdict(number) is Verdict.met
        ]

    def empty_later(self) -> Iterator[dict[str, object]]:
        """Works of which the school will have no need three years after they count, as far as births are known."""
        works = (MeasureKind.build, MeasureKind.hall, MeasureKind.shed, MeasureKind.network_room)
        for number, amount in self.solution.amounts.items():
            column = self.problem.columns[number]
            later = column.counted + 3
            if column.kind in works and later in self.made.told.rolls and self._is_spare(column, later):
                yield {
                    "county": self.made.county,
                    "school": column.school,
                    "stage": column.stage,
                    "kind": column.kind.name,
                    "amount": plain(amount),
                    "year": column.year,
                    "later": later,
                }

    def _is_spare(self, column: Column, later: int) -> bool:
        """Whether with the pupils of then every stage would have enough without it."""
        item = TERMS[column.kind].items[-1] - 1
        found = []
        for effect in column.effects:
            reading = self.problem.readings[effect.reading]
            pupils = self.made.told.pupils(later, reading.school, reading.stage)
            base = reading.lines[item].base
            if effect.item == item and pupils is not None and base is not None:
                found.append(base >= reading.lines[item].limit * pupils / reading.pupils)
        return bool(found) and all(found)

    # --- the county -------------------------------------------------------------------------------------------

    def county(self) -> CountyPlan:
        before = weakest(each.verdict for each in self.verdicts if each.stage in STAGES)
        fails = {
            each.group
            for each in self.findings
            if each.level is At.school and each.item == ALL_SEVEN and each.verdict is Verdict.not_met
        }
        after = {
            self.problem.readings[number].school for number in self._of_record if self.then.verdict(number) is Verdict.not_met
        }
        found, extra = self.solution, self.made.moves_cost
        cost, bound = found.cost + extra, found.bound + float(extra)
        gap = max(0.0, (float(cost) - bound) / float(cost)) if cost else 0.0
        return CountyPlan(
            self.made.county,
            self.name,
            before.name,
            self._verdict_after().name,
            len(fails),
            len(after),
            yuan(cost),
            round(bound, 2),
            round(gap, 9),
            found.status.name,
            found.failures,
            found.fewest,
            self._running_after(),
            sum(move.pupils for move in self.made.moves) + sum(self.made.going.values()),
            self._proven(),
        )

    @property
    def _of_record(self) -> list[int]:
        return [number for number, reading in enumerate(self.problem.readings) if reading.split is Split.by_pupils]

    def _verdict_after(self) -> Verdict:
        """By the standard itself, without the margin, and by the record; what is not known leaves it open where nothing fails."""
        found = [self.then.verdict(number) for number in self._of_record]
        cones = {(cone.stage, cone.item): cone for cone in self.problem.cones if cone.split is Split.by_pupils}
        for stage in {self.problem.readings[number].stage for number in self._of_record}:
            found += [self._spread_verdict(cones.get((stage, item))) for item in range(len(SEVEN))]
        return weakest([*found, *(Verdict.unknown for gap in self.made.scene.unknown if not gap.item)])

    def _spread_verdict(self, cone: Cone | None) -> Verdict:
        """Without a cone not every school is known."""
        spread = self.then.spread(cone) if cone else None
        if cone is None or spread is None:
            return Verdict.unknown
        return Verdict.met if spread.squared <= self._law(cone) ** 2 else Verdict.not_met

    def _running_after(self) -> float:
        """What the plan costs every year once its horizon is over; the ways of pupils as in the target year."""
        total = self.made.ways_a_year
        for number, amount in self.solution.amounts.items():
            column = self.problem.columns[number]
            running = TERMS[column.kind].running
            total += amount * sum(
                (
                    each
                    for when, kind, each in column.payments
                    if when == self.target and kind is running and not self._is_once(column, when)
                ),
                Fraction(0),
            )
        return yuan(total)

    def _is_once(self, column: Column, when: int) -> bool:
        """Rent is paid from the first year on; what else is bought of the same money as it is kept up, once."""
        is_rent = column.kind is MeasureKind.lease_venue
        return not is_rent and TERMS[column.kind].money is TERMS[column.kind].running and when == column.year

    def _proven(self) -> str:
        found = self.solution
        if self.told:
            return self.told
        dear = "的差距已证明" if found.status in PROVEN else f"的差距不超过 {found.gap:.1%}"
        if not found.failures:
            return f"达到全部要求的方案中，费用与最省方案{dear}"
        least = "已证明不能更少" if found.failures == found.fewest else f"已证明不少于 {found.fewest} 处"
        smallest = "缺口合计已证明最小（允差1%）" if found.is_smallest else "缺口合计未证明最小"
        return f"未达到 {found.failures} 处（{least}；{smallest}）；在此状态下费用与最省方案{dear}"


def _fails(today: Finding | None, undone: bool, planned: bool) -> tuple[str, ...]:
    now = today is not None and today.verdict is Verdict.not_met
    return tuple(name for name, fails in (("now", now), ("undone", undone), ("planned", planned)) if fails)


PER_100 = frozenset({"yz.1.1", "yz.1.2", "yz.1.3", "yz.1.7"})


def _each(total: Fraction | None, per: Fraction) -> Fraction | None:
    return None if total is None else total * per


def _value(value: Fraction | Decimal | None) -> float | None:
    return None if value is None else round(float(value), 6)
