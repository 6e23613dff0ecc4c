"""Preschool education of 2020: places, who runs them, money, pay, ground, classes and teachers."""

from __future__ import annotations

from collections.abc import Callable

from junheng.samples.golden.amounts import Amount, Row, both, by_rows, count, either, known, over, plus, sum_of
from junheng.samples.golden.book import COUNTY, UP_TO_COUNTY, Book
from junheng.samples.golden.guarantee import classes
from junheng.samples.golden.judging import at_least, at_most, judged, weakest
from junheng.samples.golden.proven import sum_where
from junheng.samples.golden.resources import pupils, teachers
from junheng.samples.golden.scopes import built_since_2017, inclusive_kindergarten, kindergarten, preschool, public_kindergarten
from junheng.samples.golden.units import Part, Place

DOCUMENTS = {"xq.2.5": None, "xq.2.6": None, "xq.2.7": None, "xq.2.8": None, "xq.2.9": None, "xq.2.10": None, "xq.3.5": None,
             "xq.4": 85}
AREAS = {"xq.3.1.play": ("play_ground_m2", "4"), "xq.3.1.activity": ("activity_room_m2", "8.17"),
         "xq.3.1.floor": ("floor_area_m2", "10.44")}
LARGEST_CLASS, LARGEST_MIXED = {1: 25, 2: 30, 3: 35}, 30
FUNDS, ALL_THREE = 500, 3


def say_preschool(book: Book) -> None:
    _places(book)
    _money(book)
    _buildings(book)
    units = preschool(book.units.stages)
    book.rate("xq.3.2", units, _in_fitting_classes, classes, per=100, meets=at_least(85), at=COUNTY)
    book.rate("xq.3.3", units, pupils, teachers, meets=at_most(15), at=COUNTY)
    book.rate("xq.3.4", units, _certified, teachers, per=100, meets=at_least(100), at=COUNTY, bound=by_rows)
    book.documents(DOCUMENTS)


def residents(place: Place, youngest: int, oldest: int) -> Amount:
    """Not known without a row of each year of birth."""
    resident = [row for row in place.own("population") or [] if row["basis"] == "resident"]
    def born(year: int) -> list[Row]:
        return [row for row in resident if row["birth_year"] == year]
    return plus(sum_of(born(place.facts.year - age) or None, "people") for age in range(youngest, oldest + 1))


def in_stage(place: Place, stage: str, column: str = "pupils",
             wanted: Callable[[Row], bool | None] = lambda school: True) -> Amount:
    return sum_where(place, column, (stage,), wanted)


def is_public(school: Row) -> bool:
    return bool(school["run_by"] != "private")


def public_preschool(place: Place) -> Amount:
    return in_stage(place, "preschool", wanted=is_public)


def all_preschool(place: Place) -> Amount:
    return in_stage(place, "preschool")


def _places(book: Book) -> None:
    counties = book.counties()
    book.rate("xq.1.1", counties, all_preschool, lambda place: residents(place, 3, 5), per=100, meets=at_least(85), at=COUNTY)
    book.rate("xq.1.2", counties, _inclusive, all_preschool, per=100, meets=at_least(80), at=COUNTY)
    book.rate("xq.1.3", counties, public_preschool, all_preschool, per=100, meets=at_least(50), at=COUNTY)
    book.each("xq.2.1", book.townships(), _central, None, meets=at_least(1), at=UP_TO_COUNTY[1:])
    book.rate("xq.2.2", counties, _housing("housing_kindergartens_handed_over"), _housing("housing_kindergartens"), per=100,
              meets=at_least(100), at=COUNTY)


def _inclusive(place: Place) -> Amount:
    return in_stage(place, "preschool", wanted=lambda school: either(is_public(school), school["inclusive"]))


def _central(place: Place) -> Amount:
    return count([school.school for school in place.schools],
                 lambda school: both(school["kind"] == "kindergarten", is_public(school), school["central_kindergarten"]))


def _housing(column: str) -> Callable[[Place], Amount]:
    return lambda place: sum_of(place.in_year("county_years", "calendar_year", place.facts.year), column)


def _money(book: Book) -> None:
    for name, item, scope in (("public", "operating_funds", public_kindergarten),
                              ("inclusive", "inclusive_subsidy", inclusive_kindergarten)):
        book.each(f"xq.2.3.{name}", scope(book.units.stages), _paid(item, "budget_yuan"), _paid(item, "pupils_funded"),
                  meets=at_least(FUNDS), at=UP_TO_COUNTY)
    book.rate_of_rates("xq.2.4", book.counties("preschool"), _pay, meets=at_least("0.75"), at=COUNTY, fewest=3)


def _paid(item: str, column: str) -> Callable[[Part], Amount]:
    return lambda part: sum_of(part.money(item, part.facts.year), column)


def _pay(place: Place) -> tuple[Amount, Amount, Amount, Amount]:
    """Of teachers without a post of their own, and of those with one."""
    rows = place.rows("teachers", "preschool")
    found = None if rows is None else [row for row in rows if row["full_time"] and row["state"] == "serving"
                                       and is_public(place.school_of(row))]
    def of(on_quota: bool) -> tuple[Amount, Amount]:
        staff = None if found is None else [row for row in found if row["on_quota"] is on_quota]
        return sum_of(staff, "pay_yuan"), count(staff)
    return *of(False), *of(True)


def _buildings(book: Book) -> None:
    units = kindergarten(book.units.stages)
    for item, (column, least) in AREAS.items():
        book.rate(item, units, _usable(column), pupils, meets=at_least(least), at=("school",))
    for name, new, share in (("new", True, "1"), ("old", False, "0.5")):
        found = [unit for unit in units if built_since_2017(unit) is new]
        for unit in found:
            answers = _three(unit)
            book.number(f"xq.3.1.{name}", ("school", unit.groups["school"]), unit.stage, answers, verdict=_all_three(unit))
        book.met(f"xq.3.1.{name}", found, _all_three, at=COUNTY, share=share)


def _usable(column: str) -> Callable[[Part], Amount]:
    return lambda part: sum_of(part.usable, column)


def _three(unit: Part) -> list[str]:
    return [judged(over(_usable(column)(unit), pupils(unit)), at_least(least)(unit)) for column, least in AREAS.values()]


def _all_three(unit: Part) -> str:
    return weakest(_three(unit))


def _in_fitting_classes(part: Part) -> Amount:
    return count(part.classes, _fits)


def _fits(row: Row) -> bool | None:
    most = LARGEST_MIXED if row["kind"] == "mixed" else LARGEST_CLASS.get(row["grade"], -1)
    return known(row["pupils"], lambda pupils: pupils <= most)


def _certified(part: Part) -> Amount:
    return count(part.staff, lambda row: known(row["certificate_stage"], lambda stage: stage != "none"))
