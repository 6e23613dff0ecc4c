"""How the referee judges one figure, one school or one list of documents; a tie meets, and unknown stays unknown."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from junheng.samples.golden.facts import Unit, Whole
from junheng.samples.golden.limits import CLASS_SIZE, SEVEN

FLOOR = Fraction(85, 100)
PRECEDENCE = ("not_met", "unknown", "needs_evidence", "met")


def variation_squared(totals: list[Fraction], pupils: list[int]) -> Fraction:
    """The square of the pupil-weighted coefficient of variation."""
    everybody = sum(pupils)
    mean = sum(totals, Fraction(0)) / everybody
    variance = Fraction(0)
    for total, count in zip(totals, pupils, strict=True):
        variance += Fraction(count, everybody) * (total / count - mean) ** 2
    return variance / mean**2


def known_sum(parts: Iterable[Fraction | int | None]) -> Fraction | int | None:
    total: Fraction | int = 0
    for part in parts:
        if part is None:
            return None
        total += part
    return total


def pupils_of(units: list[Unit]) -> int:
    return sum(unit.pupils for unit in units)


def reaches(value: Fraction | None, limit: Fraction | int) -> str:
    return "unknown" if value is None else "met" if value >= limit else "not_met"


def by_number(item: str) -> list[tuple[bool, int, str]]:
    """yz.1.7.cv, yz.1.S, yz.2.3, yz.2.11: numbers before words."""
    return [(False, int(part), "") if part.isdigit() else (True, 0, part) for part in item.split(".")]


def weakest(verdicts: Iterable[str]) -> str:
    found = set(verdicts)
    return next((verdict for verdict in PRECEDENCE if verdict in found), "unknown")


def value_of(unit: Unit, item: str) -> Fraction | None:
    per, part, _ = SEVEN[item]
    amount = part(unit)
    return None if amount is None else per * Fraction(amount) / unit.pupils


def of_seven(unit: Unit) -> list[str]:
    return [reaches(value_of(unit, item), Fraction(limits[unit.stage])) for item, (_, _, limits) in SEVEN.items()]


def school_resources(unit: Unit) -> str:
    """Six of seven, and no item under 85 % of its limit; what is not known may be either."""
    answers = of_seven(unit)
    floors = [reaches(value_of(unit, item), FLOOR * Fraction(limits[unit.stage])) for item, (_, _, limits) in SEVEN.items()]
    if "not_met" in floors or answers.count("met") + answers.count("unknown") < 6:
        return "not_met"
    return "unknown" if "unknown" in floors or answers.count("met") < 6 else "met"


def one_in_twelve(rooms: int | None, whole: Whole) -> str:
    return reaches(None if rooms is None or not whole.classes else Fraction(12 * rooms, whole.classes), 1)


def both_rooms(whole: Whole) -> list[str]:
    return [one_in_twelve(whole.music, whole), one_in_twelve(whole.art, whole)]


def fits(whole: Whole) -> str:
    return "met" if whole.pupils <= (2500 if whole.school["kind"] in ("nine_year", "twelve_year") else 2000) else "not_met"


def funded(whole: Whole) -> str:
    """Every row of the year's operating funds counts a hundred pupils; no row at all tells nothing."""
    if any(count is not None and count < 100 for count in whole.funded):
        return "not_met"
    return "unknown" if None in whole.funded or not whole.funded else "met"


def design_size(unit: Unit) -> int:
    return 30 if unit.school["kind"] == "teaching_point" and unit.stage == "primary" else CLASS_SIZE[unit.stage]


def attested(rows: list[dict[str, Any]], limit: int | None) -> str:
    if not rows:
        return "needs_evidence"
    short = any(limit is not None and row["value"] is not None and row["value"] < limit for row in rows)
    if short or any(row["result"] == "not_met" for row in rows):
        return "not_met"
    return "unknown" if all(row["result"] == "not_sampled" for row in rows) else "met"
