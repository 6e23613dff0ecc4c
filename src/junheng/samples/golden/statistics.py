"""The rates of 2020 by which education is described; nothing is asked of them."""

from __future__ import annotations

from collections.abc import Callable

from junheng.samples.golden.amounts import Amount, both, count, known, minus, sum_of
from junheng.samples.golden.book import Book
from junheng.samples.golden.guarantee import classes
from junheng.samples.golden.preschool import in_stage, residents
from junheng.samples.golden.proven import began, cohort, finished, migrants_entitled, sum_where
from junheng.samples.golden.resources import above_degree, owned, pupils, rooms, teachers, usable
from junheng.samples.golden.scopes import compulsory, general
from junheng.samples.golden.units import COMPULSORY, Part, Place

SCHOOL = ("primary", "junior", "senior")
NET = {"preschool": (("preschool",), 3, 5), "primary": (SCHOOL, 6, 11), "junior": (SCHOOL[1:], 12, 14),
       "compulsory": (SCHOOL, 6, 14)}
GROSS = {"preschool": ("preschool", 3, 5), "primary": ("primary", 6, 11), "junior": ("junior", 12, 14), "hs": ("senior", 15, 17)}
DEGREES = ("below_senior", "senior", "junior_college", "bachelor", "master", "doctor")
LEAST_DEGREE = {"preschool": "senior", "primary": "senior", "junior": "junior_college", "senior": "bachelor"}
COUNTED = {"st.boarders": "boarders", "st.migrant": "migrant_pupils", "st.left_behind": "left_behind_pupils"}
FLAGS = ("sports_gear_met", "music_gear_met", "art_gear_met", "experiment_gear_met", "campus_network")
BANDWIDTH = 100


def say_statistics(book: Book) -> None:
    _enrolment(book)
    _promotion(book)
    _by_stage(book)
    _by_school(book)
    book.rate("st.villages", book.counties(), _with_kindergarten, _villages, per=100)


def _enrolment(book: Book) -> None:
    counties = book.counties()
    for name, (stages, youngest, oldest) in NET.items():
        book.rate(f"st.nir.{name}", counties, _enrolled(stages, youngest, oldest), _residents(youngest, oldest), per=100)
    for name, (stage, youngest, oldest) in GROSS.items():
        book.rate(f"st.ger.{name}", counties, _in(stage), _residents(youngest, oldest), per=100)
    book.rate("st.preschool.last", counties, _last_year_of_preschool, _residents(5, 5), per=100)
    book.rate("st.migrant.placed", counties, _migrants_anywhere, migrants_entitled, per=100)


def _migrants_anywhere(place: Place) -> Amount:
    return sum_where(place, "migrant_pupils", COMPULSORY, lambda school: True)


def _enrolled(stages: tuple[str, ...], youngest: int, oldest: int) -> Callable[[Place], Amount]:
    def of(place: Place) -> Amount:
        year = place.facts.year
        return count(place.rows("pupils", *stages), lambda row: both(
            known(row["status"], lambda status: status != "suspended"),
            known(row["birth_year"], lambda born: year - oldest <= born <= year - youngest)))
    return of


def _residents(youngest: int, oldest: int) -> Callable[[Place], Amount]:
    return lambda place: residents(place, youngest, oldest)


def _in(stage: str, column: str = "pupils") -> Callable[[Place], Amount]:
    return lambda place: in_stage(place, stage, column)


def _last_year_of_preschool(place: Place) -> Amount:
    wanted = (3, place.facts.year)
    last = [row for row in place.rows("flows", "preschool") or [] if (row["grade"], row["flow_year"]) == wanted]
    return sum_of(last or None, "roll")


def nine_years_on(place: Place) -> tuple[Amount, Amount]:
    """Those who finish junior school, and those who entered primary school nine years ago."""
    rows = place.in_year("county_series", "series_year", place.facts.year - 9)
    return (in_stage(place, "junior", "graduates"),
            sum_of([row for row in rows or [] if row["stage"] == "primary"] or None, "entrants"))


def _promotion(book: Book) -> None:
    counties, junior = book.counties(), book.counties("junior")
    book.rate("st.ret9", counties, lambda place: nine_years_on(place)[0], lambda place: nine_years_on(place)[1], per=100)
    book.rate("st.ret3", junior, finished, began, per=100)
    book.rate("st.ret3.suspended", junior, lambda place: minus(cohort(place, "suspended"), cohort(place, "resumed")), None)
    book.rate("st.prom.primary", counties, _in("junior", "entrants"), _in("primary", "graduates"), per=100)
    book.rate("st.prom.junior", counties, _in("senior", "entrants"), _in("junior", "graduates"), per=100)
    for name, column in (("roll", "pupils"), ("entrants", "entrants")):
        book.rate(f"st.voc.{name}", counties, _vocational(column), _in("senior", column), per=100)


def _vocational(column: str) -> Callable[[Place], Amount]:
    return lambda place: in_stage(place, "senior", column, lambda school: school["kind"] == "vocational")


def _by_stage(book: Book) -> None:
    units = general(book.units.stages)
    book.rate("st.drop", units, _last_year("dropped_out"), _last_year("roll"), per=100)
    book.rate("st.str", units, pupils, teachers)
    book.rate("st.qual", units, _qualified, teachers, per=100)
    for item, column in COUNTED.items():
        book.rate(item, units, _recorded(column), pupils, per=100)
    schools = compulsory(book.units.stages)
    book.rate("st.qual.above", schools, above_degree, teachers, per=100)
    book.rate("st.teachers", schools, _recorded("full_time_teachers"), pupils, per=100)
    book.spread("st.teachers.cv", schools, _recorded("full_time_teachers"))
    units = compulsory(book.units.stages)
    book.rate("st.area", units, usable("floor_area_m2"), pupils)
    book.rate("st.books", units, owned("books"), pupils)
    book.rate("st.terminals", units, owned("terminals"), pupils, per=100)


def _last_year(column: str) -> Callable[[Part], Amount]:
    def of(part: Part) -> Amount:
        rows = part.rows("flows")
        return sum_of(None if rows is None else [row for row in rows if row["flow_year"] == part.facts.year - 1], column)
    return of


def _recorded(column: str) -> Callable[[Part], Amount]:
    return lambda part: sum_of(part.rows("school_stages"), column)


def _qualified(part: Part) -> Amount:
    enough = DEGREES[DEGREES.index(LEAST_DEGREE[part.stage]):]
    return count(part.staff, lambda row: known(row["degree"], lambda degree: degree in enough))


def _by_school(book: Book) -> None:
    schools = compulsory(book.units.compulsory)
    for flag in FLAGS:
        book.rate(f"st.met.{flag}", schools, _asset(flag, bool), _assets, per=100)
    book.rate("st.bandwidth", schools, _asset("bandwidth_mbps", lambda mbps: mbps >= BANDWIDTH), _assets, per=100)
    book.rate("st.digital", schools, lambda school: rooms(school, "network"), classes)


def _assets(school: Part) -> Amount:
    return count(school.rows("assets"))


def _asset(column: str, test: Callable[[int], bool]) -> Callable[[Part], Amount]:
    return lambda school: count(school.rows("assets"), lambda row: known(row[column], test))


def _villages(place: Place) -> Amount:
    return count(place.own("places"), lambda row: row["level"] == "village")


def _with_kindergarten(place: Place) -> Amount:
    having = {school.school["place_code"] for school in place.schools
              if school.school["kind"] in ("kindergarten", "attached_kindergarten")}
    return count(place.own("places"), lambda row: row["level"] == "village" and row["place_code"] in having)
