"""Classes opened so that none is larger than the standard: a room and the teachers for each; only where the user allows it."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.planning.balance.model.offers import Offers
from junheng.planning.balance.model.problem import Column
from junheng.planning.codes import MeasureKind


def open_class(offers: Offers) -> Iterator[Column]:
    """One more class of a grade. What it needs (`rules.class_needs_room`, `rules.class_needs_teachers`) is paid where it is
    made.
    """
    for (school, stage, grade), most in offers.classrooms.openable.items() if offers.classes else ():
        yield from offers.columns(
            MeasureKind.open_class, school, stage, most, (), detail=str(grade), facts=offers.scene.units[school, stage].facts
        )


CLASSES = (open_class,)
