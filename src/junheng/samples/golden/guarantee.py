"""What a county guarantees its schools (quality balance 2017, part two), counted at schools and of teachers and classes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from junheng.samples.golden.amounts import Amount, Row, both, by_whole, count, known, over, times
from junheng.samples.golden.book import COUNTY, UP_TO_COUNTY, Book
from junheng.samples.golden.judging import Meets, Test, Unit, at_least, at_most, judged, weakest
from junheng.samples.golden.resources import pupils, rooms, teachers
from junheng.samples.golden.scopes import compulsory, small
from junheng.samples.golden.units import Part

COVERS = {"primary": ("primary", "junior", "senior", "vocational"), "junior": ("junior", "senior", "vocational")}
CLASS_SIZE = {"primary": 45, "junior": 50}
ROOMS = {"music": 96, "art": 90}
LARGEST, LARGEST_OF_MANY_GRADES = 2000, 2500
FUNDED = 100
ROTATION, BACKBONE = "0.10", "0.20"


def say_guarantee(book: Book) -> None:
    schools, stages = compulsory(book.units.compulsory), compulsory(book.units.stages)
    _arts_rooms(book, schools)
    say_size(book, "yz.2.4", schools)
    _funds(book, small(schools))
    _rotation(book, schools)
    one = at_least(1)
    book.rate("yz.2.5", stages, in_classes_of(CLASS_SIZE), classes, meets=one, at=UP_TO_COUNTY, bound=by_whole)
    book.rate("yz.2.9", stages, _trained, teachers, meets=one, at=UP_TO_COUNTY, bound=by_whole)
    book.rate("yz.2.12", stages, _certified, teachers, meets=one, at=UP_TO_COUNTY, bound=by_whole)


def classes(part: Part) -> Amount:
    return count(part.classes)


def in_classes_of(most: dict[str, int]) -> Callable[[Part], Amount]:
    return lambda part: count(part.classes, lambda row: known(row["pupils"], lambda size: size <= most[part.stage]))


def _trained(part: Part) -> Amount:
    return part.asked(part.staff, part.facts.is_trained, "training")


def _certified(part: Part) -> Amount:
    return count(part.staff, lambda row: known(row["certificate_stage"], lambda stage: stage in COVERS[part.stage]))


def _arts_rooms(book: Book, schools: list[Part]) -> None:
    """One room for every twelve classes, of each kind."""
    def enough(school: Part, kind: str) -> str:
        return judged(times(over(rooms(school, kind, ROOMS[kind]), classes(school)), 12), at_least(1)(school))
    for kind, least in ROOMS.items():
        book.each(f"yz.2.3.{kind}", schools, partial(rooms, kind=kind, least=least), classes, per=12, meets=at_least(1),
                  at=UP_TO_COUNTY)
    for school in schools:
        answers = [enough(school, kind) for kind in ROOMS]
        book.number("yz.2.3", ("school", school.groups["school"]), "all", answers, verdict=weakest(answers))
    book.met("yz.2.3", schools, lambda school: weakest(enough(school, kind) for kind in ROOMS), at=UP_TO_COUNTY)


def say_size(book: Book, item: str, schools: list[Part]) -> None:
    book.each(item, schools, pupils, None, meets=_not_too_large(), at=UP_TO_COUNTY)


def _not_too_large() -> Meets:
    def meets(unit: Unit) -> Test:
        many = isinstance(unit, Part) and unit.school["kind"] in ("nine_year", "twelve_year")
        return at_most(LARGEST_OF_MANY_GRADES if many else LARGEST)(unit)
    return meets


def _funds(book: Book, schools: list[Part]) -> None:
    """A school of fewer is funded as if it had a hundred."""
    def rows(school: Part) -> list[Row] | None:
        return school.money("operating_funds", book.year)
    def enough(row: Row) -> bool | None:
        return known(row["pupils_funded"], lambda funded: funded >= FUNDED)
    book.each("yz.2.6", schools, lambda school: count(rows(school), enough), lambda school: count(rows(school)),
              meets=at_least(1), at=UP_TO_COUNTY, bound=by_whole)


def rotating(school: Part) -> Amount:
    return school.asked(_on_quota(school), school.facts.rotates, "postings")


def due(school: Part) -> Amount:
    return count(_on_quota(school), school.facts.is_due)


def _rotating_backbone(school: Part) -> Amount:
    return school.asked(_on_quota(school), lambda row: both(school.facts.rotates(row), school.facts.is_backbone(row)),
                        "postings", "recognitions")


def _on_quota(school: Part) -> list[Row] | None:
    return None if school.staff is None else [row for row in school.staff if row["on_quota"]]


def _rotation(book: Book, schools: list[Part]) -> None:
    book.rate("yz.2.11.rotation", schools, rotating, due, meets=at_least(ROTATION), at=COUNTY)
    book.rate("yz.2.11.backbone", schools, _rotating_backbone, rotating, meets=at_least(BACKBONE), at=COUNTY)
    counties = [answer for answer in book.said if answer["item"].startswith("yz.2.11.") and answer["level"] == "county"]
    for code in sorted({answer["group"] for answer in counties}):
        answers = [answer["verdict"] for answer in counties if answer["group"] == code]
        book.number("yz.2.11", ("county", code), "all", answers, verdict=weakest(answers))
