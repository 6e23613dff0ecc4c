"""How many there are: schools by kind, what kindergartens have, teachers trained, honoured and long in the country, areas."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from junheng.samples.golden.amounts import Amount, Row, both, count, known, plus, sum_of
from junheng.samples.golden.book import LEVELS, Book
from junheng.samples.golden.resources import pupils, teachers, teaching_area
from junheng.samples.golden.scopes import TOWN, preschool, rural, vocational
from junheng.samples.golden.units import Part

GENERAL_SENIOR = ("senior", "complete_secondary", "twelve_year")
KINDS = {"kindergarten": ("kindergarten",), "primary": ("primary",), "teaching_point": ("teaching_point",),
         "junior": ("junior", "nine_year"), "senior": GENERAL_SENIOR, "vocational": ("vocational",)}
HONOURS = ("national", "province", "city", "county")
LONG = (10, 20, 30)


def say_counts(book: Book) -> None:
    _schools(book)
    _persons(book)
    book.rate("st.danger_area", book.units.whole_schools, _dangerous, None)
    schools = vocational(book.units.whole_schools)
    book.rate("st.vocational.rooms", schools, lambda part: plus([teaching_area(part), sum_of(part.usable, "office_m2")]), None)
    book.rate("st.vocational.living", schools, lambda part: sum_of(part.usable, "living_m2"), None)


def _schools(book: Book) -> None:
    def say(name: str, wanted: Callable[[Row], bool | None]) -> None:
        book.rate(f"st.schools.{name}", book.units.whole_schools, lambda part: count([part.school], wanted), None,
                  levels=LEVELS[1:])
    for name, kinds in KINDS.items():
        say(name, _of_kind(kinds))
    say("model_senior", lambda school: both(school["kind"] in GENERAL_SENIOR, school["quality_senior"]))
    say("town_kindergarten", lambda school: both(
        school["kind"] == "kindergarten", school["run_by"] != "private", known(school["urban_rural"], lambda area: area in TOWN)))


def _of_kind(kinds: tuple[str, ...]) -> Callable[[Row], bool | None]:
    return lambda school: known(school["kind"], lambda kind: kind in kinds)


def _persons(book: Book) -> None:
    everywhere = book.units.whole_schools
    book.rate("st.preschool.children", preschool(book.units.stages), pupils, None)
    book.rate("st.preschool.teachers", preschool(book.units.stages), teachers, None)
    book.rate("st.trained", everywhere, _trained, None)
    for level in HONOURS:
        book.rate(f"st.honoured.{level}", everywhere, _honoured(level), None, levels=LEVELS[1:])
    for years in LONG:
        book.rate(f"st.rural_years.{years}", rural(everywhere), _stayed(years), None)


def _trained(part: Part) -> Amount:
    def any_hour(teacher: Row) -> bool | None:
        rows = part.facts.of_person("training", teacher) or []
        hours = [row["hours"] for row in rows if row["training_year"] == part.facts.year - 1]
        return None if None in hours else sum(hours) > 0
    return part.asked(part.staff, any_hour, "training")


def _honoured(level: str) -> Callable[[Part], Amount]:
    """Between the last census day, which is within, and this one, which is not."""
    def of(part: Part) -> Amount:
        since, until = date(part.facts.year - 1, 9, 1), part.facts.census
        def is_honoured(teacher: Row) -> bool:
            return any(row["title"] == "honour" and row["level"] == level and since <= row["since"] < until
                       for row in part.facts.of_person("recognitions", teacher) or [])
        return part.asked(part.staff, is_honoured, "recognitions")
    return of


def _stayed(years: int) -> Callable[[Part], Amount]:
    def of(part: Part) -> Amount:
        latest = date(part.facts.year - years, 9, 1)
        return count(part.staff, lambda row: both(
            known(part.school["urban_rural"], lambda _: True), known(row["at_school_since"], lambda since: since <= latest)))
    return of


def _dangerous(part: Part) -> Amount:
    rows = part.rows("sites")
    return sum_of(None if rows is None else [row for row in rows if row["standing"] == "danger"], "floor_area_m2")
