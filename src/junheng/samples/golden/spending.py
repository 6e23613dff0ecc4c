"""What a county spends on education against the year before, and what it grants its schools."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from junheng.samples.golden.amounts import Amount, plus, sum_of, sure, times
from junheng.samples.golden.book import COUNTY, UP_TO_COUNTY, Book
from junheng.samples.golden.judging import at_least, more_than
from junheng.samples.golden.scopes import funded, funded_small
from junheng.samples.golden.units import STAGES, Part, Place

EAST = ("11", "12", "13", "21", "31", "32", "33", "35", "37", "44", "46")
NORMS = {"midwest": ((2016, 600, 800), (2020, 650, 850), (2023, 720, 940)), "east": ((2016, 650, 850), (2023, 720, 940))}
BOARDERS = ((2016, 200), (2023, 300))
FUNDED = 100


def say_spending(book: Book) -> None:
    counties = book.counties()
    budget = "education_budget_10k_yuan"
    book.rate("fin.4", counties, _of("fiscal_education_10k_yuan"), _of("gdp_10k_yuan"), per=100)
    book.rate("fin.two.budget", counties, _of(budget), _of(budget, 2), meets=at_least(1), at=COUNTY)
    book.rate_of_rates("fin.three.appropriation", counties, _growth(budget, "recurrent_revenue_10k_yuan"), meets=more_than(1),
                       at=COUNTY)
    book.rate("fin.three.pay", counties, _of("teacher_mean_pay_yuan"), _of("teacher_mean_pay_yuan", 2), meets=more_than(1),
              at=COUNTY, levels=COUNTY)
    book.rate("fin.share", counties, _of(budget), _of("general_budget_10k_yuan"), per=100)
    book.rate("fin.tax", counties, _of("surcharge_10k_yuan"), _of("taxes_10k_yuan"), per=100, meets=at_least(3), at=COUNTY)
    book.rate("px.money", counties, _of("training_budget_10k_yuan"), _of("teacher_pay_10k_yuan"), per=100)
    for stage in STAGES:
        places = book.counties(stage)
        book.rate_of_rates("fin.two.per_pupil", places, _per_pupil("spending_10k_yuan"), meets=at_least(1), at=COUNTY)
        book.rate_of_rates("fin.three.per_pupil", places, _per_pupil("spending_10k_yuan"), meets=more_than(1), at=COUNTY)
        book.rate_of_rates("fin.three.operating", places, _per_pupil("operating_10k_yuan"), meets=more_than(1), at=COUNTY)


def _of(column: str, back: int = 1) -> Callable[[Place], Amount]:
    """Of last calendar year, or of one further `back`."""
    return lambda place: sum_of(place.in_year("county_years", "calendar_year", place.facts.year - back), column)


def _growth(column: str, other: str) -> Callable[[Place], tuple[Amount, ...]]:
    return lambda place: (_of(column)(place), _of(column, 2)(place), _of(other)(place), _of(other, 2)(place))


def _per_pupil(column: str) -> Callable[[Place], tuple[Amount, ...]]:
    def of(place: Place) -> tuple[Amount, ...]:
        year = place.facts.year
        return tuple(amount for year in (year - 1, year - 2) for amount in (
            times(sum_of(place.in_year("county_series", "series_year", year), column), 10000), _mean_roll(place, year)))
    return of


def _mean_roll(place: Place, year: int) -> Amount:
    """Eight months of a calendar year belong to one school year, four to the next."""
    def roll(year: int) -> Amount:
        return sum_of(place.in_year("county_series", "series_year", year), "roll")
    return times(plus([times(roll(year - 1), 8), times(roll(year), 4)]), Fraction(1, 12))


def say_operating_funds(book: Book) -> None:
    schools = book.units.compulsory
    one = at_least(1)
    book.each("gy.base", funded(schools), _granted, _due, meets=one, at=UP_TO_COUNTY)
    book.each("gy.small", funded_small(schools), _granted, _due_to_small, meets=one, at=UP_TO_COUNTY)


def _granted(school: Part) -> Amount:
    return sum_of(school.money("operating_funds", school.facts.year), "budget_yuan")


def _due(school: Part) -> Amount:
    primary, junior = _norms(school)
    return _with_boarders(school, primary * school.pupils_at("primary") + junior * school.pupils_at("junior"))


def _due_to_small(school: Part) -> Amount:
    """As for a hundred pupils of primary school; what a junior pupil is due more comes on top."""
    primary, junior = _norms(school)
    return _with_boarders(school, FUNDED * primary + (junior - primary) * school.pupils_at("junior"))


def _with_boarders(school: Part, yuan: int) -> Amount:
    each = [norm for since, norm in BOARDERS if since <= school.facts.year][-1]
    return plus([sure(yuan), times(sum_of(school.rows("school_stages"), "boarders"), each)])


def _norms(school: Part) -> tuple[int, int]:
    region = "east" if school.school["place_code"][:2] in EAST else "midwest"
    return [(primary, junior) for since, primary, junior in NORMS[region] if since <= school.facts.year][-1]
