"""Figures of the county as a whole: long series of rolls and money by stage, and the years of its accounts."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from fractions import Fraction
from math import ceil

from junheng.samples.cohorts import FEWER_BIRTHS, GRADES
from junheng.samples.county import COMPULSORY, YEAR, County, Row, Rows
from junheng.samples.variants import Variant

YEARS_BACK, NINE = 10, 9  # of the series; of compulsory education
ACCOUNTS = 5  # calendar years handed in, with this one
SPENT_YUAN = {"preschool": 9_000, "primary": 14_000, "junior": 18_500, "senior": 19_000}  # on a pupil, this year
OPERATING, PAY = 0.09, 0.68  # of what is spent
OTHER_SPENDING = Fraction(108, 100)  # all of education for each yuan of the stages
LOST = 0.0025  # of a cohort, a year, before the years that the schools tell of
REVENUE_GROWTH = 0.025
HOUSING = 6
Rolls = dict[tuple[str, int], Counter[int]]  # stage, grade -> year -> pupils


def county_series(county: County, variant: Variant, year: int) -> list[Row]:
    """Entrants, graduates and rolls of ten years back, money of the latest calendar years, by stage."""
    rolls = _rolls(county)
    rows = []
    for stage, grades in GRADES.items():
        for of_year in range(year - YEARS_BACK, year + 1):
            money = _spending(rolls, stage, of_year, variant) if of_year >= year - ACCOUNTS else None
            rows.append({"year": year, "place_code": county.code, "stage": stage, "series_year": of_year,
                         "entrants": _entrants(county, rolls, variant, stage, of_year),
                         "graduates": _graduates(county, rolls, stage, of_year),
                         "roll": sum(rolls[stage, grade][of_year] for grade in grades),
                         "spending_10k_yuan": money, "operating_10k_yuan": _part(money, OPERATING),
                         "pay_10k_yuan": _part(money, PAY)})
    return rows


def county_years(county: County, rows: Rows, variant: Variant, year: int) -> list[Row]:
    """Each year education grows out of what the stages spend, and the rest is set beside it."""
    rolls = _rolls(county)
    found = []
    for of_year in range(year - ACCOUNTS + 1, year + 1):
        spent = sum((_spending(rolls, stage, of_year, variant) for stage in GRADES), Decimal(0))
        education = _money(Fraction(spent) * OTHER_SPENDING)
        fiscal = _money(Fraction(education) * Fraction("1.12"))
        found.append({"year": year, "place_code": county.code, "calendar_year": of_year,
                      "gdp_10k_yuan": _money(Fraction(fiscal) / Fraction(str(variant.fiscal_share))),
                      "fiscal_education_10k_yuan": fiscal, "recurrent_revenue_10k_yuan": _revenue(rolls, variant, of_year),
                      "general_budget_10k_yuan": _money(Fraction(education) * Fraction("5.2")),
                      "education_budget_10k_yuan": education, "teacher_pay_10k_yuan": _part(spent, PAY),
                      "training_budget_10k_yuan": _part(spent, PAY * 0.012), **_pay(rows, variant, YEAR - of_year),
                      **_taxes(education), "migrant_entitled": ceil(migrants_placed(rows) / variant.migrant_places),
                      "housing_kindergartens": HOUSING,
                      "housing_kindergartens_handed_over": HOUSING if variant.evidence else HOUSING - 2})
    return found


def _rolls(county: County) -> Rolls:
    """By stage, grade and year; before the years that the schools tell of, each cohort was a little larger."""
    rolls: Rolls = {(stage, grade): Counter() for stage, grades in GRADES.items() for grade in grades}
    for school in county.schools:
        for (of_year, stage, grade), cohort in school.cohorts.items():
            rolls[stage, grade][of_year] += cohort.pupils
    first = min(of_year for counts in rolls.values() for of_year in counts)
    for of_year in range(first - 1, YEAR - YEARS_BACK - 6, -1):
        for (stage, grade), counts in rolls.items():
            above = rolls.get((stage, grade + 1))
            counts[of_year] = (round(above[of_year + 1] * (1 + LOST)) if above else
                               round(_next_stage(rolls, stage, of_year) or counts[of_year + 1] * FEWER_BIRTHS["town"]))
    return rolls


def _next_stage(rolls: Rolls, stage: str, of_year: int) -> float | None:
    """Whoever enters junior school had finished primary school, so the top grade is known from the next stage."""
    return rolls["junior", GRADES["junior"][0]][of_year + 1] * (1 + LOST) if stage == "primary" else None


def _entrants(county: County, rolls: Rolls, variant: Variant, stage: str, of_year: int) -> int:
    """Of the primary classes that have finished junior school by now, as many as their graduates tell of."""
    if stage == "primary" and of_year <= YEAR - NINE:
        return ceil(_graduates(county, rolls, "junior", of_year + NINE) / variant.retention)
    return rolls[stage, GRADES[stage][0]][of_year]


def _graduates(county: County, rolls: Rolls, stage: str, of_year: int) -> int:
    """Those who finished in the summer of a year, as the schools tell that are still open; before that, all of the top grade."""
    top = GRADES[stage][-1]
    told = [school.cohorts[of_year - 1, stage, top].moves["graduated"] for school in county.schools
            if school.open_in(of_year) and (of_year - 1, stage, top) in school.cohorts]
    return sum(map(sum, told)) if told else rolls[stage, top][of_year - 1]


def _spending(rolls: Rolls, stage: str, of_year: int, variant: Variant) -> Decimal:
    """Yuan a pupil, growing year by year, times the mean roll of the calendar year."""
    growth = variant.growth[max(0, len(variant.growth) - (YEAR - of_year)):] if of_year < YEAR else ()
    times = 1.0
    for rate in reversed(growth):
        times /= 1 + rate
    this, last = (sum(rolls[stage, grade][autumn] for grade in GRADES[stage]) for autumn in (of_year, of_year - 1))
    return _money(Fraction(round(SPENT_YUAN[stage] * times)) * (8 * last + 4 * this) / 12 / 10_000)


def _revenue(rolls: Rolls, variant: Variant, of_year: int) -> Decimal:
    """Recurrent revenue grows more slowly than education where that is cared for."""
    base = sum((_spending(rolls, stage, YEAR, variant) for stage in GRADES), Decimal(0)) * 2
    growth = REVENUE_GROWTH if variant.evidence else 0.05
    return _money(Fraction(base) / Fraction(str(1 + growth)) ** (YEAR - of_year))


def _pay(rows: Rows, variant: Variant, back: int) -> Row:
    """Mean pay of the teachers of public compulsory schools; a civil servant's beside it."""
    public = {row["school_id"] for row in rows["schools"] if row["run_by"] != "private"}
    pay = [row["pay_yuan"] for row in rows["teachers"] if row["full_time"] and row["state"] == "serving"
           and row["stage"] in COMPULSORY and row["school_id"] in public]
    mean = Fraction(sum(pay)) / len(pay) * Fraction(96, 100) ** back
    return {"teacher_mean_pay_yuan": _money(mean),
            "civil_servant_mean_pay_yuan": _money(mean / Fraction(str(variant.teacher_pay)))}


def _taxes(education: Decimal) -> Row:
    taxes = _money(Fraction(education) * Fraction("0.4"))
    return {"taxes_10k_yuan": taxes, "surcharge_10k_yuan": _part(taxes, 0.0302)}


def migrants_placed(rows: Rows) -> int:
    """Migrant children in public schools and in places that were bought."""
    public = {row["school_id"]: row["run_by"] != "private" for row in rows["schools"]}
    return sum(row["migrant_pupils"] if public[row["school_id"]] else row["migrant_bought_places"] or 0
               for row in rows["school_stages"] if row["stage"] in COMPULSORY)


def _part(whole: Decimal | None, share: float) -> Decimal | None:
    return None if whole is None else _money(Fraction(whole) * Fraction(str(share)))


def _money(amount: Fraction) -> Decimal:
    return (Decimal(amount.numerator) / Decimal(amount.denominator)).quantize(Decimal("0.01"))
