"""Size of classes and of schools."""

from __future__ import annotations

from collections.abc import Callable

from junheng.samples.golden.amounts import Amount, by_whole, count, known, sure
from junheng.samples.golden.book import COUNTY, LEVELS, UP_TO_COUNTY, Book
from junheng.samples.golden.guarantee import CLASS_SIZE, classes, say_size
from junheng.samples.golden.judging import at_least, at_most
from junheng.samples.golden.scopes import compulsory
from junheng.samples.golden.units import Part, Place

OF_A_POINT, LARGE, OVERSIZE, SMALL_SCHOOL = 30, 56, 66, 100
BANDS = ((0, 25), (26, 30), (31, 35), (36, 40), (41, 45), (46, 50), (51, 55), (56, 60), (61, 65), (66, 999))


def say_class_sizes(book: Book) -> None:
    units = compulsory(book.units.stages)
    book.rate("sj.class", units, _by_design, classes, meets=at_least(1), at=UP_TO_COUNTY, bound=by_whole)
    book.rate("st.big", units, _between(LARGE, 999), classes, meets=at_most("0.05"), at=COUNTY)
    book.rate("st.xbig", units, _between(OVERSIZE, 999), classes, meets=at_most(0), at=COUNTY)
    for number, band in enumerate(BANDS, start=1):
        book.rate(f"st.bands.{number}", units, _between(*band), classes)


def _by_design(part: Part) -> Amount:
    point = part.school["kind"] == "teaching_point" and part.stage == "primary"
    return _between(0, OF_A_POINT if point else CLASS_SIZE[part.stage])(part)


def _between(least: int, most: int) -> Callable[[Part], Amount]:
    return lambda part: count(part.classes, lambda row: known(row["pupils"], lambda pupils: least <= pupils <= most))


def say_school_sizes(book: Book) -> None:
    schools = compulsory(book.units.compulsory)
    say_size(book, "sj.size", schools)
    book.rate("bj.27", schools, lambda school: sure(int(school.pupils < SMALL_SCHOOL)), lambda school: sure(1), levels=LEVELS[1:])
    townships = book.townships("junior")
    book.rate("bj.48", townships, _with_junior, None, meets=at_least(1), at=("township",), levels=("township",))
    book.met("bj.48", townships, lambda place: "met" if _with_junior(place).low else "not_met", at=(), levels=LEVELS[2:])


def _with_junior(place: Place) -> Amount:
    return sure(len(place.among("junior")))
