"""How many people of which age live where: as many as there are on the rolls, and a few more."""

from __future__ import annotations

from collections import Counter

from junheng.samples.children import AGE_BEFORE
from junheng.samples.cohorts import FEMALE
from junheng.samples.county import County, Row, School

ON_A_ROLL = {"preschool": 0.93, "primary": 0.998, "junior": 0.996, "senior": 0.92}
HUKOU = {"seat": 0.88, "town": 1.02, "rural": 1.12}  # registered for each one who lives there
AGES = range(3, 19)


def population(county: County, schools: list[School], year: int) -> list[Row]:
    """Township by township, of every year of birth from the eighteen-year-olds to the three-year-olds."""
    rolls = _rolls(schools, year)
    zones = {school.township: school.zone for school in reversed(schools)}
    homes = Counter[str]()
    for school in schools:
        homes[school.township] += school.compulsory + school.pupils.get("preschool", 0)
    rows = []
    for age in AGES:
        living = _living(rolls, age)
        for township in (place["place_code"] for place in county.places if place["level"] == "township"):
            people = living * homes[township] / homes.total()
            rows += [_row(year, township, year - age, basis, sex, round(people * times * share))
                     for basis, times in (("resident", 1.0), ("hukou", HUKOU[zones[township]]))
                     for sex, share in (("male", 1 - FEMALE), ("female", FEMALE))]
    return rows


def _rolls(schools: list[School], year: int) -> dict[tuple[str, int], int]:
    """Pupils by stage and age."""
    rolls = Counter[tuple[str, int]]()
    for school in schools:
        for (of_year, stage, grade), cohort in school.cohorts.items():
            if of_year == year:
                rolls[stage, AGE_BEFORE[stage] + grade] += cohort.pupils
    return rolls


def _living(rolls: dict[tuple[str, int], int], age: int) -> float:
    """The people of an age; those of eighteen are as many as those a year younger."""
    return sum(count / ON_A_ROLL[stage] for (stage, of_age), count in rolls.items() if of_age == min(age, 17))


def _row(year: int, place: str, born: int, basis: str, sex: str, people: int) -> Row:
    return {"year": year, "place_code": place, "birth_year": born, "basis": basis, "sex": sex, "people": people}
