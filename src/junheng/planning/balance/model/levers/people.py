"""Teachers: more of them, better qualified ones, and where they work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from math import ceil
from typing import Any

from junheng.planning.balance.model.offers import Offers
from junheng.planning.balance.model.problem import Column
from junheng.planning.balance.model.staff import RETRAIN, Staff
from junheng.planning.codes import MeasureKind, TeacherType
from junheng.standards import law

DEGREE, BACKBONE, ARTS = 0, 1, 2  # of the seven
COUNTS = {
    TeacherType.plain: (),
    TeacherType.degree: (DEGREE,),
    TeacherType.backbone: (DEGREE, BACKBONE),
    TeacherType.arts: (DEGREE, ARTS),
}
SENT, GRADUATES = "sent", "graduates"


def _units(offers: Offers) -> Iterator[tuple[str, str, Staff, Any]]:
    for (school, stage), unit in offers.scene.units.items():
        yield school, stage, offers.scene.staff.get((school, stage), Staff()), unit.facts


def recruit(offers: Offers) -> Iterator[Column]:
    """New posts for teachers of sport, music and art, and of other subjects; a beginner has a first degree."""
    for school, stage, _, facts in _units(offers):
        pay = offers.price("recruit_running", facts)
        classes = ceil(offers.opened(school, stage) * offers.price("teachers_a_class", facts))
        for kind, most, counts in (
            (MeasureKind.recruit_arts, offers.own_need(school, stage, ARTS), (DEGREE, ARTS)),
            (MeasureKind.recruit, offers.own_need(school, stage, DEGREE) + classes, (DEGREE,)),
        ):
            yield from offers.columns(kind, school, stage, most, offers.own(school, stage, *counts), running=pay, facts=facts)


def refill_arts(offers: Offers) -> Iterator[Column]:
    """A post of another subject that falls free by retirement is filled with a teacher of sport, music or art; its pay is
    there.
    """
    for school, stage, staff, facts in _units(offers):
        if not offers.own_need(school, stage, ARTS):
            continue
        made = list(
            offers.columns(
                MeasureKind.refill_arts,
                school,
                stage,
                1,
                offers.own(school, stage, ARTS),
                once=offers.price("refill_price", facts),
                facts=facts,
            )
        )
        for column in made:
            if free := staff.refilled.get(column.counted, 0):
                yield replace(column, most=Fraction(free))


def recall(offers: Offers) -> Iterator[Column]:
    """Teachers lent to other bodies come back to their school."""
    for school, stage, staff, facts in _units(offers):
        for kind, many in staff.lent.items():
            if any(offers.own_need(school, stage, item) for item in COUNTS[kind]):
                yield from offers.columns(
                    MeasureKind.recall,
                    school,
                    stage,
                    many,
                    offers.own(school, stage, *COUNTS[kind]),
                    once=offers.price("recall_price", facts),
                    facts=facts,
                    detail=kind.name,
                )


def retrain(offers: Offers) -> Iterator[Column]:
    """Teachers above what the lessons of their subjects need are trained and certified for sport, music or art."""
    for school, stage, staff, facts in _units(offers):
        most = min(staff.can_lose([RETRAIN]), offers.own_need(school, stage, ARTS))
        yield from offers.columns(
            MeasureKind.retrain,
            school,
            stage,
            most,
            offers.own(school, stage, ARTS),
            once=offers.price("retrain_price", facts),
            facts=facts,
        )


def degree_study(offers: Offers) -> Iterator[Column]:
    """Teachers study beside their work; those counted are the share that finishes in time."""
    for school, stage, staff, facts in _units(offers):
        if offers.own_need(school, stage, DEGREE):
            yield from offers.columns(
                MeasureKind.degree_study,
                school,
                stage,
                staff.without_degree,
                (),
                facts=facts,
                once=offers.price("degree_study_price", facts),
                detail=SENT,
            )
            yield from offers.columns(
                MeasureKind.degree_study,
                school,
                stage,
                staff.without_degree,
                offers.own(school, stage, DEGREE),
                facts=facts,
                detail=GRADUATES,
            )


def select_backbone(offers: Offers) -> Iterator[Column]:
    """Teachers who are no beginners are trained and chosen; it takes a year, so none is chosen in the last one."""
    for school, stage, staff, facts in _units(offers):
        most = min(staff.not_backbone, offers.own_need(school, stage, BACKBONE))
        yield from offers.columns(
            MeasureKind.select_backbone,
            school,
            stage,
            most,
            offers.own(school, stage, BACKBONE),
            facts=facts,
            once=offers.price("select_backbone_price", facts),
            running=offers.price("select_backbone_running", facts),
        )


def move_teacher(offers: Offers) -> Iterator[Column]:
    """Teachers on the quota go from one public school to another for the years that are left, not farther than is allowed.

    Who goes counts no more where he was, and no school gives what it is itself short of.
    """
    farthest = offers.price("move_distance_km", {})
    for (school, stage), kind in _takers(offers):
        givers = [giver for giver in offers.scene.near(school, stage, farthest) if _most_out(offers, giver, stage, kind)]
        for giver in givers[: offers.scene.prices.number("move_nearest")]:
            yield from _move(offers, kind, giver, school, stage, _most_in(offers, school, stage, kind))


def _takers(offers: Offers) -> Iterator[tuple[tuple[str, str], TeacherType]]:
    for (school, stage), _ in offers.scene.units.items():
        for kind in TeacherType if not offers.scene.is_private(school) else ():
            if COUNTS[kind] and _most_in(offers, school, stage, kind):
                yield (school, stage), kind


def _move(offers: Offers, kind: TeacherType, giver: str, school: str, stage: str, most_in: int) -> Iterator[Column]:
    facts = offers.scene.units[school, stage].facts
    effects = [*offers.own(school, stage, *COUNTS[kind]), *offers.own(giver, stage, *COUNTS[kind], times=-1)]
    yield from offers.columns(
        MeasureKind.move_teacher,
        school,
        stage,
        min(most_in, _most_out(offers, giver, stage, kind)),
        effects,
        running=offers.price("move_teacher_running", facts),
        facts=facts,
        detail=kind.name,
        source=giver,
    )


def _most_in(offers: Offers, school: str, stage: str, kind: TeacherType) -> int:
    return max(offers.own_need(school, stage, item) for item in COUNTS[kind])


def _most_out(offers: Offers, school: str, stage: str, kind: TeacherType) -> int:
    if offers.scene.is_private(school):
        return 0
    staff = offers.scene.staff.get((school, stage), Staff())
    return min([staff.can_lose([kind]), *(offers.own_surplus(school, stage, item) for item in COUNTS[kind])])


def visit(offers: Offers) -> Iterator[Column]:
    """A teacher of sport, music or art of another school comes for some days a week, where the law of the place counts that."""
    for school, stage, _, facts in _units(offers):
        counted = offers.scene.book.entry(law["visiting_specialists_counted"], offers.scene.county, facts).value
        if counted:
            others = sum(staff.arts for (other, of), staff in offers.scene.staff.items() if of == stage and other != school)
            yield from offers.columns(
                MeasureKind.visit,
                school,
                stage,
                min(offers.own_need(school, stage, ARTS), others),
                offers.own(school, stage, ARTS, times=Fraction(counted)),
                running=offers.price("visit_running", facts),
                facts=facts,
            )


PEOPLE = (recruit, refill_arts, recall, retrain, degree_study, select_backbone, move_teacher, visit)
