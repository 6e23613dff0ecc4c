"""What is not known, what comes by itself, and what will stand empty: the lists of a plan held against the register."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.indicators.items.resources import SEVEN
from junheng.kernel.codes import Split, Verdict
from junheng.planning.check.breaches import Breach, Condition
from junheng.planning.check.conditions.estate import acted_on
from junheng.planning.check.county import County, Row
from junheng.planning.check.measured import per
from junheng.planning.check.names import item_word, zh
from junheng.planning.codes import BUILDINGS, TERMS, MeasureKind

LATER = 3  # years after the target, or after a work counts, that a plan looks at
WORKS = (*BUILDINGS, MeasureKind.network_room)


def unknown(county: County) -> Iterator[Breach]:
    told = {(row.school, row.stage, row.item) for row in county.plan.unknown if row.county == county.code}
    wanted = set(_unknown(county))
    for school, stage, item in sorted(wanted - told):
        yield county.school(school, stage, Condition.unknown, f"{_word(item)}缺数据没有列出", "逐项列出，不作零处理")
    for school, stage, item in sorted(told - wanted):
        yield county.school(school, stage, Condition.unknown, f"{_word(item)}列为缺数据", "只列真正缺数据的")


def _word(item: str) -> str:
    return f"{item_word(item)} " if item else "在校生数"


def _unknown(county: County) -> Iterator[tuple[str, str, str]]:
    for school, stage in county.undone.units:
        if county.undone.pupils(school, stage) is None:
            yield school, stage, ""
            continue
        for item in SEVEN:
            found = county.undone.finding(school, stage, item)
            told = found.splits.get(Split.declared.name) if found and school in county.declares else None
            if found is None or found.value is None or (told is not None and told["value"] is None):
                yield school, stage, item


def natural(county: County) -> Iterator[Breach]:
    """Stages that fail today and meet the standard in the target year though nothing is done."""
    told = {(row["school"], row["stage"]) for row in county.plan.natural if row["county"] == county.code}
    wanted = {
        key
        for key in county.asked
        if county.today.standing(*key) is Verdict.not_met and county.undone.standing(*key) is Verdict.met
    }
    for key in sorted(told ^ wanted):
        yield county.school(
            *key, Condition.foreseen, f"自然达标{'多列' if key in told else '没有列出'}", "今年未达标、到期不做也达标的"
        )


def empty_later(county: County) -> Iterator[Breach]:
    """Works of which the school has no need three years after they count, by the forecast."""
    told = {
        (row["school"], row["stage"], row["kind"], row["year"], row["later"])
        for row in county.plan.empty_later
        if row["county"] == county.code
    }
    wanted = {
        (*row.key, row.kind.name, row.of.year, row.of.counted + LATER) for row in county.of(*WORKS) if _is_spare(county, row)
    }
    for school, stage, kind, year, later in sorted(told ^ wanted):
        listed = "多列" if (school, stage, kind, year, later) in told else "没有列出"
        found = f"{year}年{zh(MeasureKind, kind)}在{later}年闲置{listed}"
        yield county.school(school, stage, Condition.foreseen, found, "按推算的学生数不做也够的")


def _is_spare(county: County, row: Row) -> bool:
    """Whether with the pupils of then every stage would have enough without it."""
    item, later = SEVEN[TERMS[row.kind].items[-1] - 1], row.of.counted + LATER
    enough = []
    for stage, split in acted_on(county, *row.key):
        has, pupils = county.undone.has(row.of.school, stage, item, split), county.told.pupils(later, row.of.school, stage)
        if has is not None and pupils is not None:
            enough.append(has >= county.undone.limit(row.of.school, stage, item) * pupils / per(item))
    return bool(enough) and all(enough)
