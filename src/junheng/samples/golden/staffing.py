"""Posts, lessons, heads and rotation; and the targets that policy papers set on figures of other standards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from junheng.samples.golden.amounts import Amount, both, count, known, sum_of, sure, times
from junheng.samples.golden.book import COUNTY, Book
from junheng.samples.golden.guarantee import ROTATION, classes, due, rotating
from junheng.samples.golden.judging import Test, Unit, at_least, at_most
from junheng.samples.golden.preschool import all_preschool, public_preschool
from junheng.samples.golden.proven import children_listed, children_placed, special_funds
from junheng.samples.golden.scopes import compulsory, funded_small, of_stage, public_town, staffed
from junheng.samples.golden.statistics import nine_years_on
from junheng.samples.golden.units import COMPULSORY, Part

PUPILS_A_POST = {"primary": "19", "junior": "13.5", "senior": "12.5"}
NOT_TEACHING = {"junior": "0.15", "nine_year": "0.15", "attached_junior": "0.15", "senior": "0.16", "complete_secondary": "0.16",
                "twelve_year": "0.16", "vocational": "0.16"}
NOT_TEACHING_ELSE = "0.09"
LESSONS = {  # a week, of a class of primary and of junior
    "chinese": (7, 6), "mathematics": (4, 5), "english": (2, 4), "morality": (3, 2), "science": (2, None),
    "physical_education": (4, 3), "music": (2, 1), "art": (2, 1), "physics": (None, 2), "chemistry": (None, 1),
    "biology": (None, 2), "geography": (None, 2), "history": (None, 2), "information": (1, 1)}
WORKLOAD = {"primary": 15, "junior": 12}
LONG_HEAD = 12


def say_staffing(book: Book) -> None:
    schools = staffed(book.units.whole_schools)
    book.rate("bz.posts", schools, _posts("posts"), _wanted, meets=at_least(1), at=COUNTY)
    book.rate("bz.small", funded_small(book.units.compulsory), _posts("posts"), classes)
    book.rate("bz.filled", schools, _posts("filled"), _posts("posts"), per=100)
    book.rate("bz.off_post", schools, _posts("off_post"), _posts("filled"), per=100)
    book.rate("bz.nonteach", schools, _posts("non_teaching_posts"), _posts("posts"), meets=_not_teaching, at=("school",))
    for subject, lessons in LESSONS.items():
        taught = dict(zip(COMPULSORY, lessons, strict=True))
        units = of_stage(compulsory(book.units.stages), *(stage for stage in COMPULSORY if taught[stage]))
        book.rate(f"bz.lessons.{subject}", units, _teaching(subject), _asked_to_teach(taught), meets=at_least(1), at=("school",))
    book.rate("jl.heads", schools, _heads(LONG_HEAD), _heads(0), per=100)
    book.rate("jl.rotation", public_town(book.units.compulsory), rotating, due, meets=at_least(ROTATION), at=COUNTY)


def _posts(column: str) -> Callable[[Part], Amount]:
    return lambda school: sum_of(school.rows("staff_quota"), column)


def _wanted(school: Part) -> Amount:
    return sure(sum(school.pupils_at(stage) / Fraction(pupils) for stage, pupils in PUPILS_A_POST.items()))


def _not_teaching(unit: Unit) -> Test:
    kind = unit.school["kind"] if isinstance(unit, Part) else ""
    return at_most(NOT_TEACHING.get(kind, NOT_TEACHING_ELSE))(unit)


def _teaching(subject: str) -> Callable[[Part], Amount]:
    return lambda part: count(part.staff, lambda row: known(row["main_subject"], lambda main: main == subject))


def _asked_to_teach(lessons: dict[str, int | None]) -> Callable[[Part], Amount]:
    return lambda part: times(classes(part), Fraction(lessons[part.stage] or 0, WORKLOAD[part.stage]))


def _heads(years: int) -> Callable[[Part], Amount]:
    """Who has been a head for so long, at whatever school."""
    def of(school: Part) -> Amount:
        latest = date(school.facts.year - years, 9, 1)
        return count(school.rows("teachers"), lambda row: both(
            row["head_since"] is not None and (not years or row["head_since"] <= latest),
            known(row["state"], lambda state: state == "serving")))
    return of


def say_targets(book: Book) -> None:
    counties, year = book.counties(), book.year
    book.rate("tg.special_funds", counties, *special_funds(year), meets=at_least(7000), at=COUNTY)
    book.rate("tg.disabled", counties, children_placed, children_listed, per=100, meets=at_least(97), at=COUNTY)
    book.rate("tg.public", counties, public_preschool, all_preschool, per=100, meets=at_least(60), at=COUNTY)
    book.rate("tg.ret9", counties, lambda place: nine_years_on(place)[0], lambda place: nine_years_on(place)[1], per=100,
              meets=at_least(96 if year >= 2025 else 95), at=COUNTY)
