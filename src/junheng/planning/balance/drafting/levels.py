"""Every item and coefficient, and every stage of a school, now, with nothing done, and by plan."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from junheng.indicators.items.resources import ALL_SEVEN, SEVEN
from junheng.indicators.units import STAGES
from junheng.kernel.codes import Level as At
from junheng.kernel.codes import Split, Verdict
from junheng.kernel.exact import root
from junheng.kernel.findings import Finding
from junheng.planning.balance.drafting.draft import Draft
from junheng.planning.plan import Level, Standing

PER_100 = frozenset({"yz.1.1", "yz.1.2", "yz.1.3", "yz.1.7"})


def levels(draft: Draft) -> list[Level]:
    """Every item of every stage of a school, per pupil or per 100 as the item prints it, and every coefficient."""
    return [*_items(draft), *_spreads(draft)]


def standings(draft: Draft) -> Iterator[Standing]:
    """Every stage of a school by the whole rule, by the record."""
    judged = {
        (school, stage): each.verdict
        for (school, stage, item), each in draft.today.items()
        if item == ALL_SEVEN and stage in STAGES and each.level is At.school
    }
    for school, stage in sorted({*judged, *draft.made.scene.of_unit}):
        now, own = judged.get((school, stage)) or Verdict.unknown, draft.made.scene.of_unit.get((school, stage))
        undone, planned = (when.verdict(own[0]).name if own else "" for when in (draft.undone, draft.then))
        pupils = draft.problem.readings[own[0]].pupils if own else None
        yield Standing(draft.made.county, school, stage, now.name, undone, planned, pupils)


def _items(draft: Draft) -> Iterator[Level]:
    for number, reading in enumerate(draft.problem.readings):
        for item, line in enumerate(reading.lines) if reading.split is Split.by_pupils else ():
            per = Fraction(100 if SEVEN[item] in PER_100 else 1, reading.pupils)  # what a part is multiplied by to print it
            today, has = draft.today.get((reading.school, reading.stage, SEVEN[item])), draft.then.has(number, item)
            below = [value is not None and value < line.limit for value in (line.base, has)]
            yield Level(
                draft.made.county,
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


def _spreads(draft: Draft) -> Iterator[Level]:
    for cone in draft.problem.cones:
        if cone.split is Split.by_pupils:
            today = draft.today.get((draft.made.county, cone.stage, f"{SEVEN[cone.item]}.cv"))
            undone, planned, limit = draft.undone.spread(cone), draft.then.spread(cone), draft.law(cone)
            over = [spread is not None and spread.squared > limit**2 for spread in (undone, planned)]
            yield Level(
                draft.made.county,
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


def _fails(today: Finding | None, undone: bool, planned: bool) -> tuple[str, ...]:
    now = today is not None and today.verdict is Verdict.not_met
    return tuple(name for name, fails in (("now", now), ("undone", undone), ("planned", planned)) if fails)


def _each(total: Fraction | None, per: Fraction) -> Fraction | None:
    return None if total is None else total * per


def _value(value: Fraction | Decimal | None) -> float | None:
    return None if value is None else round(float(value), 6)
