"""The findings of one standard, each said in one of a few shapes: a rate, a rate of two rates, units that meet, a spread."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from junheng.samples.golden.amounts import NOT_KNOWN, Amount, Bound, Number, from_below, over, plus, sure, times
from junheng.samples.golden.judging import Meets, Test, Unit, at_least, attested, judged, number_met, reading
from junheng.samples.golden.numbers import root, written, written_root
from junheng.samples.golden.units import Part, Place, Units

Answer = dict[str, Any]
Group = tuple[str, str]  # level, code
Of = Callable[[Any], Amount]
LEVELS = ("school", "township", "county", "city", "province")
UP_TO_COUNTY = ("school", "township", "county")
COUNTY = ("county",)


class Book:
    """Says the findings of one standard; `asked` are the counties that it asks."""

    def __init__(self, standard: str, units: Units, asked: set[str]) -> None:
        self.standard, self.units, self.asked = standard, units, asked
        self.facts, self.year = units.facts, units.facts.year
        self.said: list[Answer] = []

    # units

    def counties(self, stage: str = "all") -> list[Place]:
        return self.units.counties(self.asked, stage)

    def townships(self, stage: str = "all") -> list[Place]:
        return self.units.townships(self.asked, stage)

    # shapes

    def rate(self, item: str, units: Sequence[Unit], part: Of, whole: Of | None, *, per: int = 1, meets: Meets | None = None,
             at: Sequence[str] = (), bound: Bound = from_below, levels: Sequence[str] = LEVELS) -> None:
        """Sums over the units of each group; judged `at` some levels. Without a whole the value is the part."""
        counted = [(unit, part(unit), whole(unit) if whole else sure(1)) for unit in units]
        for group, found in grouped(counted, levels):
            unit, of, among = found[0][0], plus(each[1] for each in found), plus(each[2] for each in found)
            may_be = plus(bound(each[1], each[2]) for each in found)
            value, may_be = _value(of, among, per, whole), _value(may_be, among, per, whole)
            verdict = judged(may_be, meets(unit)) if meets and group[0] in at else None
            self.say(item, group, unit.stage, of.exact, among.exact if whole else None, value.exact, verdict)

    def rate_of_rates(self, item: str, units: Sequence[Unit], four: Callable[[Any], Sequence[Amount]], *,
                      meets: Meets | None = None, at: Sequence[str] = (), levels: Sequence[str] = LEVELS,
                      fewest: int = 0) -> None:
        """a / b over c / d; each of the four is summed first. Of b or d fewer than `fewest`, nobody is told the mean."""
        for group, found in grouped([(unit, four(unit)) for unit in units], levels):
            a, b, c, d = (plus(each[1][number] for each in found) for number in range(4))
            part, whole = (over(x, y) if (y.exact or 0) >= fewest else NOT_KNOWN for x, y in ((a, b), (c, d)))
            value = over(part, whole)
            verdict = judged(value, meets(found[0][0])) if meets and group[0] in at else None
            self.say(item, group, found[0][0].stage, part.exact, whole.exact, value.exact, verdict)

    def each(self, item: str, units: Sequence[Unit], part: Of, whole: Of | None, *, per: int = 1, meets: Meets,
             at: Sequence[str], bound: Bound = from_below, levels: Sequence[str] = LEVELS) -> None:
        """Each unit is judged by its own figure; above it, all must meet."""
        own = _own_level(units)
        self.rate(item, units, part, whole, per=per, meets=meets, at=[level for level in at if level == own],
                  bound=bound, levels=(own,))
        def answer(unit: Unit) -> str:
            among = whole(unit) if whole else sure(1)
            return judged(_value(bound(part(unit), among), among, per, whole), meets(unit))
        self.met(item, units, answer, at=at, levels=[level for level in levels if level != own])

    def met(self, item: str, units: Sequence[Unit], answer: Callable[[Any], str], *, at: Sequence[str], share: str = "1",
            levels: Sequence[str] = LEVELS[1:]) -> None:
        """How many of the units of a group meet."""
        for group, found in grouped([(unit, answer(unit)) for unit in units], levels):
            count = number_met([each[1] for each in found])
            value = over(count, sure(len(found)))
            verdict = judged(value, lambda met: met >= Fraction(share)) if group[0] in at else None
            self.say(item, group, found[0][0].stage, count.exact, len(found), value.exact, verdict)

    def number(self, item: str, group: Group, stage: str, answers: list[str], *, verdict: str) -> None:
        """How many of a few items one group meets."""
        count = number_met(answers).exact
        self.say(item, group, stage, count, len(answers), count, verdict)

    def spread(self, item: str, units: Sequence[Part], part: Of, *, limit: dict[str, str] | None = None) -> list[Spread]:
        """Pupil-weighted coefficients of variation of counties, cities and provinces."""
        found = []
        for group, rows in grouped([(unit, part(unit)) for unit in units], LEVELS[2:]):
            stage, totals = rows[0][0].stage, [each[1].exact for each in rows]
            pupils = sum(each[0].pupils for each in rows)
            square = None if None in totals or not sum(totals) else _variation_squared(totals, [each[0].pupils for each in rows])
            value = NOT_KNOWN if square is None else sure(square)
            verdict = judged(value, _within(limit[stage])) if limit and group[0] == "county" else None
            total, among = (None, None) if square is None else (sum(totals), pupils)
            self.say(item, group, stage, total, among, None if square is None else root(square), verdict, square)
            found.append((group, stage, None if square is None else root(square)))
        return found

    def documents(self, items: dict[str, int | None]) -> None:
        for place in self.counties():
            for item, limit in items.items():
                rows, meets = self.papers(place.code, item), at_least(limit or 0)(place)
                self.say(item, ("county", place.code), "all", None, None, reading(rows), attested(rows, meets))

    def papers(self, county: str, item: str) -> list[dict[str, Any]]:
        return [row for row in self.facts.rows.get("evidence", []) if row["item"] == item and row["place_code"] == county]

    def prove(self, item: str, meets: Meets) -> None:
        """What the register cannot tell of a county is read in the documents on it, if there are any."""
        for answer in self.said:
            if answer["item"] == item and answer["level"] == "county" and answer["verdict"] == "unknown":
                rows = self.papers(answer["group"], item)
                if rows:
                    unit = self.units.counties({answer["group"]}, answer["stage"])[0]
                    answer |= {"part": None, "whole": None, "value": written(reading(rows)),
                               "verdict": attested(rows, meets(unit))}

    def say(self, item: str, group: Group, stage: str, part: Number | None, whole: Number | None,
            value: Number | Decimal | None, verdict: str | None, squared: Number | None = None) -> None:
        self.said.append({
            "item": item, "standard": self.standard, "level": group[0], "group": group[1], "stage": stage, "year": self.year,
            "part": written(part), "whole": written(whole), "value_squared": written(squared),
            "value": written_root(value) if isinstance(value, Decimal) else written(value), "verdict": verdict})


Spread = tuple[Group, str, Decimal | None]


def grouped(rows: list[tuple[Any, ...]], levels: Iterable[str]) -> Iterable[tuple[Group, list[tuple[Any, ...]]]]:
    """By level, place and stage of the unit that each row begins with."""
    for level in levels:
        groups: dict[tuple[str, str], list[tuple[Any, ...]]] = {}
        for row in rows:
            if level in row[0].groups:
                groups.setdefault((row[0].groups[level], row[0].stage), []).append(row)
        yield from (((level, code), found) for (code, _), found in sorted(groups.items(), key=lambda each: each[0]))


def _value(part: Amount, whole: Amount, per: int, given: Of | None) -> Amount:
    return times(over(part, whole), per) if given else part


def _own_level(units: Sequence[Unit]) -> str:
    return next((level for level in LEVELS if units and level in units[0].groups), "school")


def _within(limit: str) -> Test:
    return lambda square: square <= Fraction(limit) ** 2


def _variation_squared(totals: list[Any], pupils: list[int]) -> Fraction:
    everybody, total = sum(pupils), sum(totals, Fraction(0))
    of_squares = sum((Fraction(each) ** 2 / count for each, count in zip(totals, pupils, strict=True)), Fraction(0))
    return of_squares * everybody / total**2 - 1
