"""What stays short of the planning line in the target year, and what nobody could plan."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from junheng.indicators.items.resources import SEVEN
from junheng.indicators.registry import INDICATORS
from junheng.kernel.codes import Split
from junheng.kernel.exact import root
from junheng.planning.balance.drafting.draft import Draft, plain
from junheng.planning.balance.model.county import CLASS_SIZE
from junheng.planning.balance.solver.exact import missed_demands
from junheng.planning.plan import Unknown, Unmet

UNIT = {item: INDICATORS[item].gap_unit for item in SEVEN}


def unmet(draft: Draft) -> list[Unmet]:
    return [*_schools_short(draft), *_rooms_short(draft), *_spreads_over(draft)]


def unknown(draft: Draft) -> list[Unknown]:
    return [Unknown(draft.made.county, each.school, each.stage, each.item, each.why) for each in draft.made.scene.unknown]


def _schools_short(draft: Draft) -> Iterator[Unmet]:
    for number in draft.then.failing():
        reading = draft.problem.readings[number]
        if reading.split is Split.by_pupils or draft.then.passes(draft.record(reading.school, reading.stage)):
            for short in draft.then.short(number):
                meets = draft.then.passes(number, margin=False)
                yield Unmet(
                    draft.made.county,
                    reading.school,
                    reading.stage,
                    draft.target,
                    SEVEN[short.item],
                    plain(short.has),
                    plain(short.wanted),
                    plain(short.wanted - short.has),
                    UNIT[SEVEN[short.item]],
                    meets,
                )


def _rooms_short(draft: Draft) -> Iterator[Unmet]:
    for number, short in missed_demands(draft.problem, draft.solution.amounts):
        demand = draft.problem.demands[number]
        yield Unmet(
            draft.made.county,
            demand.school,
            demand.stage,
            draft.target,
            demand.item,
            plain(demand.least - short),
            plain(demand.least),
            plain(short),
            "个班" if demand.item == CLASS_SIZE else "间",
            False,
        )


def _spreads_over(draft: Draft) -> Iterator[Unmet]:
    told: set[tuple[str, int]] = set()
    for cone in draft.problem.cones:
        spread = draft.then.spread(cone)
        if spread is not None and not draft.then.keeps(cone) and (cone.stage, cone.item) not in told:
            told.add((cone.stage, cone.item))
            value = Fraction(root(spread.squared))
            yield Unmet(
                draft.made.county,
                "",
                cone.stage,
                draft.target,
                f"{SEVEN[cone.item]}.cv",
                round(float(value), 6),
                float(cone.limit),
                round(float(value - cone.limit), 6),
                "",
                spread.squared <= draft.law(cone) ** 2,
            )
