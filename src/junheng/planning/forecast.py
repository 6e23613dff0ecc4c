"""Pupils of the coming years: cohorts move up a grade a year, entrants follow the births of their county.

Left out: moves between schools and counties, repeating, dropping out. Pupils of a school whose stage ends early (a teaching
point) go on at its central school; leavers of grade 6 are shared among the county's junior schools as they are today.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeVar

import polars as pl

from junheng.indicators.units import Units
from junheng.kernel.codes import Level
from junheng.register.census import Register, census_day

GRADES = {"primary": range(1, 7), "junior": range(7, 10), "senior": range(10, 13)}
ENTRY_AGE = 6
Key = tuple[str, str]  # school and stage
Rolls = dict[Key, dict[int, int]]  # by grade
Name = TypeVar("Name")


@dataclass(frozen=True)
class Forecast:
    """Pupils of each school and stage on 1 September of each year, the register's own first; `notes` tell what was assumed.

    A stage whose pupils are not known today is not in it.
    """

    rolls: Mapping[int, Rolls]
    notes: tuple[str, ...] = ()

    def pupils(self, year: int, school: str, stage: str) -> int | None:
        grades = self.rolls[year].get((school, stage))
        return None if grades is None else sum(grades.values())


def forecast(register: Register, units: Units, years: int) -> Forecast:
    """Pupils of the register's year and of `years` more. Unit: persons, whole numbers."""
    return _Forecasting(register, units).ahead(years)


@dataclass
class _Forecasting:
    register: Register
    units: Units
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.county = {unit.school_id: unit.groups[Level.county] for unit in self.units.stages}
        self.central = {unit.school_id: unit.joins for unit in self.units.stages if unit.joins}
        self.keys = [(unit.school_id, unit.stage) for unit in self.units.stages]
        self.births = self._births()
        self.today = self._today()
        self.share_of_seven = self._counted(7)
        self.last_year = self._last_year()
        self.left_six = self._left_six()

    def ahead(self, years: int) -> Forecast:
        first = self.register.year
        rolls = {first: self.today}
        for year in range(first + 1, first + years + 1):
            rolls[year] = self._next(rolls[year - 1], year)
        return Forecast(rolls, tuple(dict.fromkeys(self.notes)))

    # --- the rolls of today -----------------------------------------------------------------------------------

    def _today(self) -> Rolls:
        by_grade = self._of_classes()
        found: Rolls = {}
        for unit in self.units.stages:
            if unit.stage in GRADES and unit.pupils is not None:
                key = unit.school_id, unit.stage
                told = by_grade.get(key) or self._even(key)
                found[key] = apportioned(unit.pupils, told)
        return found

    def _of_classes(self) -> Rolls:
        """Pupils by grade as the list of classes tells them; where a class does not know, the school's are not told."""
        if not self.register.has("classes"):
            return {}
        told = (
            self.register.table("classes")
            .filter(pl.col("stage").is_in(list(GRADES)))
            .group_by("school_id", "stage", "grade")
            .agg(pl.when(pl.col("pupils").null_count() == 0).then(pl.col("pupils").sum()))
        )
        found: dict[Key, dict[int, int | None]] = {}
        for school, stage, grade, pupils in told.sort("school_id", "stage", "grade").iter_rows():
            found.setdefault((school, stage), {})[grade] = pupils
        whole = {key: {grade: pupils for grade, pupils in grades.items() if pupils is not None} for key, grades in found.items()}
        return {key: grades for key, grades in whole.items() if len(grades) == len(found[key]) and any(grades.values())}

    def _even(self, key: Key) -> dict[int, int]:
        self.notes.append("部分学校没有班级表，在校生按年级平均推算")
        return dict.fromkeys(GRADES[key[1]], 1)

    def _births(self) -> dict[tuple[str, int], int]:
        """Children by county and year of birth: residents where a county told those who enter today, else those registered."""
        if not self.register.has("population"):
            return {}
        resident, hukou = self._born("resident"), self._born("hukou")
        counties = {county for county, _ in resident}
        return resident | {key: people for key, people in hukou.items() if key[0] not in counties}

    def _born(self, basis: str) -> dict[tuple[str, int], int]:
        """Only years of which the same places told as of those who enter today: else a part would be held against a whole."""
        told = (
            self.register.table("population")
            .filter(pl.col("basis") == basis)
            .group_by(pl.col("place_code").str.slice(0, 6).alias("county"), "birth_year")
            .agg(
                pl.when(pl.col("people").null_count() == 0).then(pl.col("people").sum()).alias("people"),
                pl.concat_str("place_code", "sex", separator=" ").unique().sort().alias("cells"),
            )
            .drop_nulls()
        )
        today = told.filter(pl.col("birth_year") == self.register.year - ENTRY_AGE).select("county", "cells")
        alike = told.join(today, on=["county", "cells"], how="semi").sort("county", "birth_year")
        return {(county, year): people for county, year, people, _ in alike.iter_rows()}

    # --- a year on --------------------------------------------------------------------------------------------

    def _next(self, before: Rolls, year: int) -> Rolls:
        after: Rolls = {key: dict.fromkeys(grades, 0) for key, grades in before.items()}
        for key, grade, pupils in self._going(before):
            after[key][grade] = after[key].get(grade, 0) + pupils
        for key in after:
            if key[1] == "primary" and 1 in self.today[key]:
                after[key][1] = self._entrants(key, year)
            if key[1] == "senior":  # places of senior schools do not follow the births of a county
                after[key] = self.today[key]
        return after

    def _going(self, before: Rolls) -> Iterator[tuple[Key, int, int]]:
        """Whole grades into the next one of the same school; those that leave it, to where they go on."""
        leaving: dict[str, int] = {}
        for key, grades in before.items():
            last = max(self.today[key])
            for grade, pupils in grades.items():
                if grade < last:
                    yield key, grade + 1, pupils
                elif grade < GRADES[key[1]][-1]:
                    yield from self._on(key, grade + 1, pupils)
                elif key[1] == "primary":
                    leaving[self.county[key[0]]] = leaving.get(self.county[key[0]], 0) + pupils
        for county, pupils in leaving.items():
            yield from self._shared(county, 7, self._entering_junior(county, pupils))

    def _on(self, key: Key, grade: int, pupils: int) -> Iterable[tuple[Key, int, int]]:
        """A school that ends before its stage does sends its pupils to its central school, or else to those of the county."""
        central = self.central.get(key[0], ""), key[1]
        if grade in self.today.get(central, {}):
            return [(central, grade, pupils)]
        return self._shared(self.county[key[0]], grade, pupils)

    def _shared(self, county: str, grade: int, pupils: int) -> Iterator[tuple[Key, int, int]]:
        shares = self.share_of_seven.get(county, {}) if grade == 7 else self._counted(grade).get(county, {})
        for key, own in apportioned(pupils, shares).items() if shares else ():
            yield key, grade, own

    def _counted(self, grade: int) -> dict[str, dict[Key, int]]:
        """Today's pupils of a grade, by county and school."""
        found: dict[str, dict[Key, int]] = {}
        for key, grades in self.today.items():
            if grades.get(grade):
                found.setdefault(self.county[key[0]], {})[key] = grades[grade]
        return found

    def _entering_junior(self, county: str, leavers: int) -> int:
        """Of those who leave grade 6, as many as entered grade 7 of those a year ahead; where a school did not tell them, all."""
        left, entered = self.left_six.get(county), sum(self.share_of_seven.get(county, {}).values())
        if not left or not entered:
            self.notes.append("没有上一年六年级的学生变动表，按小学毕业生全部在本县升入初中推算")
        elif silent := self._silent(county):
            self._note(county, f"{silent} 所学校没有报上一年六年级或今年七年级的人数，按小学毕业生全部在本县升入初中推算")
        else:
            return rounded(Fraction(leavers * entered, left))
        return leavers

    def _left_six(self) -> dict[str, int]:
        """By county: grade 6 of a year ago."""
        found: dict[str, int] = {}
        for school, grade, roll in self.last_year.iter_rows():
            if grade == 6 and school in self.county:
                found[self.county[school]] = found.get(self.county[school], 0) + roll
        return found

    def _last_year(self) -> pl.DataFrame:
        """The rolls of primary grades a year ago."""
        if not self.register.has("flows"):
            return pl.DataFrame(schema={"school_id": pl.String, "grade": pl.Int64, "roll": pl.Int64})
        of_year = (pl.col("stage") == "primary") & (pl.col("flow_year") == self.register.year - 1)
        return self.register.table("flows").filter(of_year).select("school_id", "grade", "roll")

    def _silent(self, county: str) -> int:
        """Schools of a county without which it is not known how many of the leavers of a year ago entered junior school."""
        told = {*self.last_year["school_id"], *self._new()}
        return sum(
            key not in self.today if key[1] == "junior" else key[0] not in told and 6 in self.today.get(key, {6: 0})
            for key in self.keys
            if self.county[key[0]] == county and key[1] in ("primary", "junior")
        )

    def _new(self) -> list[str]:
        """Schools that a year ago were not yet there."""
        if not self.register.has("school_events"):
            return []
        began = pl.col("kind").is_in(["opened", "split"]) & (pl.col("event_day") > census_day(self.register.year - 1))
        return self.register.table("school_events").filter(began)["school_id"].to_list()

    def _note(self, county: str, sentence: str) -> None:
        self.notes.append(f"{self.units.place_names.get(county, county)}：{sentence}")

    def _entrants(self, key: Key, year: int) -> int:
        """Today's entrants, times the children of the age of entry then to those of today; an unborn cohort is as large as the
        youngest one known."""
        county, entrants = self.county[key[0]], self.today[key][1]
        known = [born for of, born in self.births if of == county]
        if not known:
            self.notes.append("没有今年入学一届的学龄人口数，小学招生数按今年不变推算")
            return entrants
        now, born = self.register.year - ENTRY_AGE, year - ENTRY_AGE
        if born > max(known):
            self.notes.append(f"{max(known)}年以后出生的人数未报，按{max(known)}年出生的人数推算")
            born = max(known)
        today = self.births[county, now]
        if (county, born) not in self.births or not today:
            self._note(county, f"{born if today else now}年出生的人数没有报全，小学招生数按今年不变推算")
            return entrants
        return rounded(Fraction(entrants * self.births[county, born], today))


def rounded(number: Fraction) -> int:
    """To the nearest whole number, halves up."""
    return (2 * number.numerator + number.denominator) // (2 * number.denominator)


def apportioned(total: int, weights: Mapping[Name, int]) -> dict[Name, int]:
    """`total` in whole numbers by `weights`, the largest remainders first; equal ones in the order given."""
    whole = sum(weights.values())
    exact = {name: Fraction(total * weight, whole) for name, weight in weights.items()}
    found = {name: share.numerator // share.denominator for name, share in exact.items()}
    by_rest = sorted(exact, key=lambda name: found[name] - exact[name])
    for name in by_rest[: total - sum(found.values())]:
        found[name] += 1
    return found
