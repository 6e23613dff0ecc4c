"""Equipment bought or moved, network classrooms, music and art rooms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import ceil, floor

from junheng.planning.balance.model.offers import Offers
from junheng.planning.balance.model.problem import Column
from junheng.planning.codes import SPECIAL_ROOM, MeasureKind
from junheng.register.codes import ALL_STAGES
from junheng.standards import law

EQUIPMENT_ITEM, NETWORK = 5, 6  # of the seven
YUAN_STEP, MOVED_STEP = Fraction(100), Fraction(1000)
IN, OUT = "in", "out"


def buy(offers: Offers) -> Iterator[Column]:
    """Equipment at its value in the accounts, not beyond what teaching needs; kept up every year."""
    for school in offers.scene.stages_of:
        facts = offers.scene.facts(school)
        for stage in offers.places(school):
            yield from offers.columns(
                MeasureKind.buy_equipment,
                school,
                stage,
                offers.common_need(school, stage, EQUIPMENT_ITEM),
                offers.common(school, stage, EQUIPMENT_ITEM),
                whole=False,
                step=YUAN_STEP,
                once=offers.price("buy_equipment_price", facts),
                running=offers.price("buy_equipment_running", facts),
            )


def move(offers: Offers) -> Iterator[Column]:
    """Equipment of one public school given to another for good, in thousands of yuan; no school gives more than a part of its
    own, or what it is itself short of. A school that declares stage by stage either gives or takes.
    """
    for school, estate in offers.scene.estates.items():
        if offers.scene.is_private(school) or estate.equipment_yuan is None:
            continue
        facts = offers.scene.facts(school)
        gives, takes = _sides(offers, school)
        for stage in offers.places(school):
            need = offers.common_need(school, stage, EQUIPMENT_ITEM) if takes else 0
            yield from offers.columns(
                MeasureKind.move_equipment,
                school,
                stage,
                ceil(need / MOVED_STEP),
                offers.common(school, stage, EQUIPMENT_ITEM, MOVED_STEP),
                size=MOVED_STEP,
                detail=IN,
                once=offers.price("move_equipment_price", facts) * MOVED_STEP,
            )
            most = (
                floor(
                    min(
                        estate.equipment_yuan * offers.price("equipment_movable_share", facts),
                        offers.common_surplus(school, stage, EQUIPMENT_ITEM),
                    )
                    / MOVED_STEP
                )
                if gives
                else 0
            )
            yield from offers.columns(
                MeasureKind.move_equipment,
                school,
                stage,
                most,
                offers.common(school, stage, EQUIPMENT_ITEM, -MOVED_STEP),
                size=MOVED_STEP,
                detail=OUT,
            )


def _sides(offers: Offers, school: str) -> tuple[bool, bool]:
    """Whether a school may give equipment, and take it."""
    if not offers.scene.is_declared(school):
        return True, True
    lines = [
        offers.scene.readings[number].lines[EQUIPMENT_ITEM]
        for stage in offers.scene.stages_of[school]
        for number in offers.scene.of_unit[school, stage]
    ]
    is_short = any(line.base is not None and line.base < line.wanted for line in lines)
    return not is_short, is_short


def network_room(offers: Offers) -> Iterator[Column]:
    """A classroom is made a network classroom; it adds to the equipment too. There are no more of them than rooms."""
    for school, estate in offers.scene.estates.items():
        if estate.classes is None:
            continue
        facts = offers.scene.facts(school)
        value = offers.price("network_room_value", facts)
        for stage in offers.places(school):
            most = min(ceil(offers.common_need(school, stage, NETWORK)), _rooms_left(offers, school, estate.classes))
            effects = [*offers.common(school, stage, NETWORK), *offers.common(school, stage, EQUIPMENT_ITEM, value)]
            yield from offers.columns(
                MeasureKind.network_room,
                school,
                stage,
                most,
                effects,
                once=offers.price("network_room_price", facts),
                running=offers.price("network_room_running", facts),
            )


def _rooms_left(offers: Offers, school: str, classes: int) -> int:
    """How many classrooms are not yet network classrooms; at the stages of a school together."""
    there = sum(
        (
            offers.scene.readings[offers.scene.of_unit[school, stage][0]].lines[NETWORK].base or Fraction(0)
            for stage in offers.scene.stages_of[school]
        ),
        Fraction(0),
    )
    return max(0, floor(classes * offers.price("network_rooms_a_class", offers.scene.facts(school)) - there))


def special_room(offers: Offers) -> Iterator[Column]:
    """An ordinary room is fitted out for music or art; that adds no teaching area."""
    for school, estate in offers.scene.estates.items() if offers.special_rooms else ():
        facts = offers.scene.facts(school)
        for name, missing in (estate.special_rooms or {}).items():
            once = offers.price("special_room_price", facts) + _room_area(offers, name, facts) * offers.price(
                "special_room_refit_m2", facts
            )
            effects = offers.common(school, offers.places(school)[0], EQUIPMENT_ITEM, offers.price("special_room_value", facts))
            yield from offers.columns(SPECIAL_ROOM[name], school, ALL_STAGES, missing, effects, once=once)


def _room_area(offers: Offers, name: str, facts: Mapping[str, object]) -> Fraction:
    return Fraction(offers.scene.book.entry(law[f"{name}_room_area"], offers.scene.county, facts).value)


EQUIPMENT = (buy, move, network_room, special_room)
