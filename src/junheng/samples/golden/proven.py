"""What the register proves of a county, or a document where the register cannot tell (quality balance 2017)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from junheng.samples.golden.amounts import NOT_KNOWN, Amount, Row, both, count, minus, plus, sum_of
from junheng.samples.golden.book import COUNTY, LEVELS, UP_TO_COUNTY, Book, Of
from junheng.samples.golden.judging import Limits, Unit, at_least
from junheng.samples.golden.scopes import URBAN, public, zoned
from junheng.samples.golden.units import COMPULSORY, Place

DOCUMENTS = {"yz.0": None, "yz.2.1": None, "yz.2.2": None, "yz.2.10": None, "yz.2.15.care": None, "yz.3.3": None, "yz.3.5": None,
             "yz.3.6": None, "yz.3.7": None, "yz.3.8": None, "yz.3.9": None, "yz.4.1": 85, "yz.V": None}
LIMITS: dict[str, Limits] = {
    "yz.2.7": 6000, "yz.2.8": 1, "yz.2.13": {"primary": "1", "junior": "0.95"}, "yz.2.14": 50, "yz.2.14.rural": 1, "yz.2.15": 85,
    "yz.3.1": 95, "yz.3.2": 95, "yz.3.4": 5}


def say_proven(book: Book) -> None:
    counties, stages, schools = book.counties(), book.units.stages, book.units.compulsory
    _rate(book, "yz.2.7", counties, *special_funds(book.year))
    _rate(book, "yz.2.8", counties, _pay("teacher"), _pay("civil_servant"), levels=COUNTY)
    _rate(book, "yz.2.13", zoned(stages), lambda part: sum_of(part.rows("zones"), "entered"),
          lambda part: sum_of(part.rows("school_stages"), "entrants"))
    _rate(book, "yz.2.14", counties, lambda place: sum_of(place.rows("quota_places"), "given"), _planned_at_quality, per=100)
    book.rate_of_rates("yz.2.14.rural", counties, _quota_places, meets=at_least(LIMITS["yz.2.14.rural"]), at=COUNTY)
    _rate(book, "yz.2.15", counties, _migrants_placed, migrants_entitled, per=100)
    _rate(book, "yz.3.1", book.counties("junior"), finished, began, per=100)
    _rate(book, "yz.3.2", counties, children_placed, children_listed, per=100)
    book.each("yz.3.4", public(schools), lambda part: sum_of(part.money("training", book.year - 1), "settled_yuan"),
              lambda part: sum_of(part.money("operating_funds", book.year - 1), "budget_yuan"), per=100,
              meets=at_least(LIMITS["yz.3.4"]), at=UP_TO_COUNTY)
    for item, limits in LIMITS.items():
        book.prove(item, at_least(limits))
    book.documents(DOCUMENTS)


def _rate(book: Book, item: str, units: Sequence[Unit], part: Of, whole: Of, *, per: int = 1,
          levels: Sequence[str] = LEVELS) -> None:
    book.rate(item, units, part, whole, per=per, meets=at_least(LIMITS[item]), at=COUNTY, levels=levels)


# money and pay

def special_funds(year: int, item: str = "special_education") -> tuple[Callable[[Place], Amount], Callable[[Place], Amount]]:
    """Operating funds for children with a disability, and for how many they were paid."""
    def rows(place: Place) -> list[Row] | None:
        return [row for row in place.rows("money") or [] if row["item"] == item and row["calendar_year"] == year] or None
    return lambda place: sum_of(rows(place), "budget_yuan"), lambda place: sum_of(rows(place), "pupils_funded")


def _pay(of: str) -> Callable[[Place], Amount]:
    return lambda place: sum_of(place.in_year("county_years", "calendar_year", place.facts.year - 1), f"{of}_mean_pay_yuan")


# places at good senior schools

def _planned_at_quality(place: Place) -> Amount:
    return sum_where(place, "planned_entrants", ("senior",), lambda school: school["quality_senior"])


def _quota_places(place: Place) -> tuple[Amount, Amount, Amount, Amount]:
    given = place.rows("quota_places")
    to_rural = None if given is None else [row for row in given if row["rural"]]
    return (sum_of(to_rural, "given"), sum_where(place, "graduates", ("junior",), is_rural),
            sum_of(given, "given"), sum_where(place, "graduates", ("junior",), lambda school: True))


def is_rural(school: Row) -> bool:
    return school["urban_rural"] not in URBAN


def sum_where(place: Place, column: str, stages: tuple[str, ...], wanted: Callable[[Row], bool | None]) -> Amount:
    """Over the stages of the schools that are wanted; not known where one school only may be."""
    rows = place.rows("school_stages", *stages)
    if rows is None:
        return sum_of(None, column)
    answers = [wanted(place.school_of(row)) for row in rows]
    return NOT_KNOWN if None in answers else sum_of([row for row, answer in zip(rows, answers, strict=True) if answer], column)


# children

def _migrants_placed(place: Place) -> Amount:
    """In public schools, and in private ones on places that the county has bought."""
    def of(column: str, private: bool) -> Amount:
        return sum_where(place, column, COMPULSORY, lambda school: (school["run_by"] == "private") is private)
    return plus([of("migrant_pupils", False), of("migrant_bought_places", True)])


def migrants_entitled(place: Place) -> Amount:
    return sum_of(place.in_year("county_years", "calendar_year", place.facts.year), "migrant_entitled")


def cohort(place: Place, column: str, *grades: int) -> Amount:
    """Of those who are to finish this summer: grade 7 three years ago, 8 the year after, 9 last. All must be told."""
    rows, year = place.rows("flows", "junior") or [], place.facts.year
    def of(grade: int) -> list[Row]:
        return [row for row in rows if (row["flow_year"], row["grade"]) == (year - 10 + grade, grade)]
    return plus(sum_of(of(grade) or None, column) for grade in grades or (7, 8, 9))


def finished(place: Place) -> Amount:
    return plus([minus(cohort(place, "graduated", 9), cohort(place, "moved_in")), cohort(place, "moved_out")])


def began(place: Place) -> Amount:
    return minus(cohort(place, "roll", 7), cohort(place, "died"))


def children_listed(place: Place) -> Amount:
    """With a disability, of 6 to 15 years, whom the experts have not put off."""
    return count(place.own("disabled_children"), lambda row: _is_listed(row, place.facts.year))


def children_placed(place: Place) -> Amount:
    return count(place.own("disabled_children"), lambda row: both(_is_listed(row, place.facts.year), row["placement"] != "none"))


def _is_listed(row: Row, year: int) -> bool:
    return row["birth_year"] in range(year - 15, year - 5) and row["placement"] != "postponed"
