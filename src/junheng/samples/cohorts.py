"""Pupils of a grade through the years: who came, went and finished, worked out backwards from the rolls of today.

The roll of a grade and what became of it make the roll of the next grade a year later, to the unit and for each cell
of sex and residence. A school that takes pupils of a point, or of a school that was merged into it, counts them as
moved in; they had moved out there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from junheng.samples.variants import Variant, Zone

if TYPE_CHECKING:
    from junheng.samples.county import School

Counts = list[int]  # by cell
CELLS = (("male", "local"), ("female", "local"), ("male", "other"), ("female", "other"))
GRADES = {"preschool": range(1, 4), "primary": range(1, 7), "junior": range(7, 10), "senior": range(10, 13)}
POINT_GRADES = range(1, 5)
MOVES = ("moved_in", "moved_out", "repeating", "suspended", "resumed", "graduated", "dropped_out", "died")
# a year's share of a roll, by where the school lies: towards the seat
MOVED_IN: dict[Zone, float] = {"seat": 0.02, "town": 0.01, "rural": 0.004}
MOVED_OUT: dict[Zone, float] = {"seat": 0.006, "town": 0.01, "rural": 0.014}
SUSPENDED, RESUMED, DIED = 0.0012, 0.001, 0.0001
FEWER_BIRTHS: dict[Zone, float] = {"seat": 0.997, "town": 1.003, "rural": 1.008}  # an older grade against the one below
LATELY = {"preschool": (0.9, 0.95, 1.0), "primary": (0.93, 0.955, 0.98, 1.0, 1.0, 1.0)}  # births have begun to fall fast
FEWER_CHILDREN = 1.04  # in kindergartens, a year back
FEMALE = 0.47
OTHERS: dict[Zone, float] = {"seat": 0.09, "town": 0.03, "rural": 0.015}


@dataclass(slots=True)
class Grade:
    """One grade in one school year: its roll on 1 September and what became of it until the next."""

    roll: Counts
    moves: dict[str, Counts]

    @property
    def pupils(self) -> int:
        return sum(self.roll)


Cohorts = dict[tuple[int, str, int], Grade]  # year, stage, grade
Places = dict[tuple[str, str, int, int], Counts]  # school, stage, year, grade -> who moves after that year


@dataclass(frozen=True)
class Moving:
    """Whole groups that move from one school to another: who is to join a school's grade, and who is to leave one."""

    joining: Places
    leaving: Places


def grades_of(school: School, stage: str) -> range:
    return POINT_GRADES if school.kind == "teaching_point" else GRADES[stage]


def grow(schools: list[School], variant: Variant, seed: int, years: range) -> None:
    """Fill `cohorts` of every school for `years`, the last of which is this one."""
    moving = Moving({}, {})
    first = [school for school in schools if receiver(school) or school.origin]
    for school in sorted(first, key=lambda school: school.last):
        _School(school, variant, seed, moving).back(years)
    sent_up = _sent_up(schools)
    for school in schools:
        if not receiver(school) and not school.origin:
            _School(school, variant, seed, moving, sent_up.get(school.school_id, 0)).back(years)


def receiver(school: School) -> str | None:
    """The school that its pupils go to before they finish."""
    return school.successor or (school.managing if school.kind == "teaching_point" else None)


def _sent_up(schools: list[School]) -> dict[str, int]:
    """Pupils a year that the points of a central school send up to its fifth grade."""
    found: dict[str, int] = {}
    for point in schools:
        if point.kind == "teaching_point" and point.managing:
            found[point.managing] = found.get(point.managing, 0) + point.pupils["primary"] // len(POINT_GRADES)
    return found


class _School:
    """Works out one school."""

    def __init__(self, school: School, variant: Variant, seed: int, moving: Moving, sent_up: int = 0) -> None:
        self.school, self.variant, self.moving, self.sent_up = school, variant, moving, sent_up
        self.rng = school.rng(seed, "cohorts")

    def back(self, years: range) -> None:
        last = min(years[-1], self.school.last)
        for stage in self.school.pupils:
            self._latest(stage, last)
            for year in reversed(range(max(years[0], self.school.opened), last)):
                self._year(stage, year)
            if last < years[-1]:
                self._end(stage, last)
            if self.school.origin and self.school.opened > years[0]:
                self._split_off(stage, self.school.origin)

    def _latest(self, stage: str, year: int) -> None:
        grades = [grade for grade in grades_of(self.school, stage)
                  if grade - grades_of(self.school, stage)[0] <= year - self.school.opened or self.school.origin]
        slope, lately = FEWER_BIRTHS[self.school.zone], LATELY.get(stage, (1.0,) * len(GRADES[stage]))
        total = self.school.pupils[stage]
        weights = [slope**number * lately[number] * self.rng.uniform(0.96, 1.04) for number in range(len(grades))]
        if stage == "primary" and self.sent_up and len(grades) == 6:
            weights = _heavier_above(weights, total, self.sent_up)
        others = OTHERS[self.school.zone] * self.rng.uniform(0.5, 1.5) if self.school.public else 0.3
        for grade, roll in zip(grades, spread(total, weights), strict=True):
            self.school.cohorts[year, stage, grade] = Grade(self._cells(roll, others), {})

    def _cells(self, roll: int, others: float) -> Counts:
        other = self._near(roll * others)
        away = self._near(other * FEMALE)
        girls = self._near((roll - other) * FEMALE)
        return [roll - other - girls, girls, other - away, away]

    def _fewer_births(self, stage: str) -> float:
        return FEWER_BIRTHS[self.school.zone] * (FEWER_CHILDREN if stage == "preschool" else 1.0)

    def _near(self, amount: float) -> int:
        """A whole number that is `amount` on average."""
        return int(amount + self.rng.random())

    def _year(self, stage: str, year: int) -> None:
        grades = grades_of(self.school, stage)
        cohorts = self.school.cohorts
        for grade in grades:
            above = cohorts.get((year + 1, stage, grade + 1)) if grade + 1 in grades else None
            if above is not None:
                cohorts[year, stage, grade] = self._promoted(stage, year, grade, above.roll)
            elif grade == grades[-1] and (year + 1, stage, grade) in cohorts:
                cohorts[year, stage, grade] = self._finishing(stage, year, grade, cohorts[year + 1, stage, grade].roll)

    def _promoted(self, stage: str, year: int, grade: int, after: Counts) -> Grade:
        """The grade of which those who stayed and those who joined are `after` a year later."""
        place, nobody = (self.school.school_id, stage, year, grade), [0, 0, 0, 0]
        joining, leaving = self.moving.joining.get(place, nobody), self.moving.leaving.get(place, nobody)
        moves = self._drawn(stage, after)
        moves["moved_in"] = [min(own, roll) + more for own, roll, more in zip(moves["moved_in"], after, joining, strict=True)]
        moves["moved_out"] = [own + more for own, more in zip(moves["moved_out"], leaving, strict=True)]
        roll = []
        for cell in range(len(CELLS)):
            before = after[cell] - _net(moves, cell)
            moves["moved_out"][cell] += max(0, -before)  # more came than stayed: some had gone
            roll.append(max(0, before))
        return Grade(roll, moves)

    def _finishing(self, stage: str, year: int, grade: int, after: Counts) -> Grade:
        """A top grade, somewhat larger than the one that follows it; points send theirs up, others graduate them."""
        times = self._fewer_births(stage) + self.rng.uniform(-0.005, 0.005)
        roll = [self._near(count * times) for count in after]
        moves = self._drawn(stage, roll)
        moves |= {"moved_in": [0, 0, 0, 0], "resumed": [0, 0, 0, 0]}
        for cell, count in enumerate(roll):
            for name in ("moved_out", "suspended", "dropped_out", "died"):
                moves[name][cell] = min(moves[name][cell], max(0, count + _net(moves, cell) + moves[name][cell]))
        leaving = [count + _net(moves, cell) for cell, count in enumerate(roll)]
        if self.school.kind == "teaching_point":
            self._send(stage, year, grade, leaving)
            moves["moved_out"] = [own + more for own, more in zip(moves["moved_out"], leaving, strict=True)]
        else:
            moves["graduated"] = leaving
        return Grade(roll, moves)

    def _end(self, stage: str, year: int) -> None:
        """The last year of a school that was merged: the top grade graduates, the others move to the successor."""
        for grade in grades_of(self.school, stage):
            last = self.school.cohorts.get((year, stage, grade))
            if last is None:
                continue
            moves = {name: [0, 0, 0, 0] for name in MOVES}
            if grade == GRADES[stage][-1]:
                moves["graduated"] = list(last.roll)
            else:
                moves["moved_out"] = list(last.roll)
                self._send(stage, year, grade, last.roll)
            last.moves = moves

    def _send(self, stage: str, year: int, grade: int, who: Counts) -> None:
        if (to := receiver(self.school)):
            _add(self.moving.joining, (to, stage, year, grade), who)

    def _split_off(self, stage: str, origin: str) -> None:
        """Those above the first grade in the first year had been in the school it was split from."""
        year = self.school.opened
        for grade in grades_of(self.school, stage)[1:]:
            _add(self.moving.leaving, (origin, stage, year - 1, grade - 1), self.school.cohorts[year, stage, grade].roll)

    def _drawn(self, stage: str, roll: Counts) -> dict[str, Counts]:
        zone = self.school.zone
        shares = {"moved_in": MOVED_IN[zone], "moved_out": MOVED_OUT[zone], "suspended": SUSPENDED, "resumed": RESUMED,
                  "dropped_out": self.variant.dropout if stage in ("primary", "junior") else 0.0, "died": DIED}
        none = {name: [0, 0, 0, 0] for name in MOVES}
        return none | {name: [self._near(count * share) if count else 0 for count in roll] for name, share in shares.items()}


def _add(places: Places, place: tuple[str, str, int, int], who: Counts) -> None:
    there = places.setdefault(place, [0, 0, 0, 0])
    for cell, count in enumerate(who):
        there[cell] += count


def _net(moves: dict[str, Counts], cell: int) -> int:
    """How many more came than went, those who graduate apart."""
    return (moves["moved_in"][cell] + moves["resumed"][cell] - moves["moved_out"][cell] - moves["suspended"][cell]
            - moves["dropped_out"][cell] - moves["died"][cell])


def _heavier_above(weights: list[float], total: int, sent_up: int) -> list[float]:
    """Weights of six grades of which the upper two also hold what the points send up."""
    own = max(total - 2 * sent_up, total // 3)
    each = (total - own) / 2
    return [own * weight / sum(weights) + each * (number > 3) for number, weight in enumerate(weights)]


def spread(total: int, weights: list[float]) -> list[int]:
    """`total` in parts by weight, none empty where that can be."""
    shares = [int(total * weight / sum(weights)) for weight in weights]
    for number in range(total - sum(shares)):
        shares[number % len(shares)] += 1
    return shares
