"""What mends itself as pupils become fewer, and what would stand empty after the plan."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.kernel.codes import Split, Verdict
from junheng.planning.balance.drafting.draft import Draft, plain
from junheng.planning.balance.model.problem import Column
from junheng.planning.codes import TERMS, MeasureKind

LATER = 3  # years after a work counts


def natural(draft: Draft) -> list[dict[str, str]]:
    """Stages of schools that fail today and will not fail in the target year, though nothing is done: fewer pupils do it."""
    fails = draft.failing_today
    return [
        {"county": draft.made.county, "school": reading.school, "stage": reading.stage}
        for number, reading in enumerate(draft.problem.readings)
        if reading.split is Split.by_pupils
        and (reading.school, reading.stage) in fails
        and draft.undone.verdict(number) is Verdict.met
    ]


def empty_later(draft: Draft) -> Iterator[dict[str, object]]:
    """Works of which the school will have no need three years after they count, as far as births are known."""
    works = (MeasureKind.build, MeasureKind.hall, MeasureKind.shed, MeasureKind.network_room)
    for number, amount in draft.solution.amounts.items():
        column = draft.problem.columns[number]
        later = column.counted + LATER
        if column.kind in works and later in draft.made.told.rolls and _is_spare(draft, column, later):
            yield {
                "county": draft.made.county,
                "school": column.school,
                "stage": column.stage,
                "kind": column.kind.name,
                "amount": plain(amount),
                "year": column.year,
                "later": later,
            }


def _is_spare(draft: Draft, column: Column, later: int) -> bool:
    """Whether with the pupils of then every stage would have enough without it."""
    item = TERMS[column.kind].items[-1] - 1
    found = []
    for effect in column.effects:
        reading = draft.problem.readings[effect.reading]
        pupils = draft.made.told.pupils(later, reading.school, reading.stage)
        base = reading.lines[item].base
        if effect.item == item and pupils is not None and base is not None:
            found.append(base >= reading.lines[item].limit * pupils / reading.pupils)
    return bool(found) and all(found)
