"""Rooms and grounds: converted, built, laid, leased; land for them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import floor

from junheng.planning.balance.model.offers import Offers
from junheng.planning.balance.model.problem import Column
from junheng.planning.codes import GROUNDS, MeasureKind
from junheng.register.codes import ALL_STAGES
from junheng.standards import law

TEACHING, SPORT = 3, 4  # of the seven
M2_PER_MU = 2000  # thirds of a square metre


def convert(offers: Offers) -> Iterator[Column]:
    """A part of the offices and living rooms becomes teaching rooms."""
    for school, estate in offers.scene.estates.items():
        for stage in offers.places(school):
            need = _teaching_need(offers, school, stage)
            if estate.convertible_m2 and need:
                shared = len(offers.places(school)) > 1  # parts of one whole, each rounded up, would pass it
                yield from offers.columns(
                    MeasureKind.convert,
                    school,
                    stage,
                    floor(min(estate.convertible_m2, need)),
                    offers.common(school, stage, TEACHING),
                    whole=shared,
                    once=offers.price("convert_price", offers.scene.facts(school)),
                )


def build(offers: Offers) -> Iterator[Column]:
    """New teaching rooms, a hall, a shed; each is a site, and none is smaller than makes sense."""
    for school in offers.scene.stages_of:
        facts = offers.scene.facts(school)
        for kind, item in ((MeasureKind.build, TEACHING), (MeasureKind.hall, SPORT), (MeasureKind.shed, SPORT)):
            for stage in offers.places(school):
                least = offers.price("build_least_m2", facts)
                need = _teaching_need(offers, school, stage) if item == TEACHING else offers.common_need(school, stage, item)
                yield from offers.columns(
                    kind,
                    school,
                    stage,
                    max(need, least) if need else 0,
                    offers.common(school, stage, item),
                    whole=False,
                    least=least,
                    once=offers.price(f"{kind.name}_price", facts),
                )


def _teaching_need(offers: Offers, school: str, stage: str) -> Fraction:
    """What pupils need, and rooms for the classes that may be opened."""
    rooms = offers.opened(school, stage) * offers.price("class_room_m2", offers.scene.facts(school))
    return offers.common_need(school, stage, TEACHING) + rooms


def ground(offers: Offers) -> Iterator[Column]:
    """Grounds laid on the school's free land or on land that is bought for them; bare earth only where that is usual."""
    for school in offers.scene.stages_of:
        facts = offers.scene.facts(school)
        for kind in GROUNDS:
            if kind is MeasureKind.level_ground and not offers.price("level_ground_allowed", facts):
                continue
            for stage in offers.places(school):
                yield from offers.columns(
                    kind,
                    school,
                    stage,
                    offers.common_need(school, stage, SPORT),
                    offers.common(school, stage, SPORT),
                    whole=False,
                    once=offers.price(f"{kind.name}_price", facts),
                )


def land(offers: Offers) -> Iterator[Column]:
    """Land for grounds, by the square metre."""
    for school in offers.scene.stages_of:
        facts = offers.scene.facts(school)
        need = max(offers.common_need(school, stage, SPORT) for stage in offers.places(school))
        yield from offers.columns(
            MeasureKind.land, school, ALL_STAGES, need, (), whole=False, once=offers.price("land_price", facts) * 3 / M2_PER_MU
        )


def lease(offers: Offers) -> Iterator[Column]:
    """A sports ground near by, by contract, where the law of the place counts it."""
    for school in offers.scene.stages_of:
        facts = offers.scene.facts(school)
        counted = offers.scene.book.entry(law["leased_venues_counted"], offers.scene.county, facts).value
        for stage in offers.places(school) if counted else ():
            if offers.common_need(school, stage, SPORT):
                yield from offers.columns(
                    MeasureKind.lease_venue,
                    school,
                    stage,
                    1,
                    offers.common(school, stage, SPORT, offers.price("lease_venue_area", facts)),
                    running=offers.price("lease_venue_running", facts),
                )


ESTATE = (convert, build, ground, land, lease)
