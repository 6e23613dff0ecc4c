"""What pupils find at each school: the seven resources of 2017 and the eight of 2012, and how evenly they lie."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction

from junheng.samples.golden.amounts import Amount, by_rows, count, known, over, plus, sum_of, sure, times
from junheng.samples.golden.book import Book, Group
from junheng.samples.golden.judging import at_least, judged, number_met, weakest
from junheng.samples.golden.numbers import mean_of_roots
from junheng.samples.golden.scopes import basic, resources
from junheng.samples.golden.units import Part

ABOVE = {"primary": ("junior_college", "bachelor", "master", "doctor"), "junior": ("bachelor", "master", "doctor")}
ARTS = ("physical_education", "music", "art", "arts")
USES = {"before_2021": ("classroom_m2", "laboratory_m2", "library_m2", "computer_room_m2", "language_room_m2"),
        "since_2021": ("classroom_m2", "special_room_m2", "library_m2", "counselling_m2", "other_teaching_m2")}


def pupils(part: Part) -> Amount:
    return sure(part.pupils)


def teachers(part: Part) -> Amount:
    return count(part.staff)


def above_degree(part: Part) -> Amount:
    return count(part.staff, lambda row: known(row["degree"], lambda degree: degree in ABOVE[part.stage]))


def backbone(part: Part) -> Amount:
    return part.asked(part.staff, part.facts.is_backbone, "recognitions")


def arts(part: Part) -> Amount:
    return count(part.staff, lambda row: known(row["main_subject"], lambda subject: subject in ARTS))


def middle(part: Part) -> Amount:
    return count(part.staff, lambda row: known(row["title"], lambda title: title in ("middle", "senior", "full_senior")))


def teaching_area(part: Part) -> Amount:
    """Classrooms and the like of the whole school, by the form they are told in; indoor sport is in neither."""
    rows = part.usable
    told = [sum_of(None if rows is None else [row for row in rows if row["form_version"] == form], use)
            for form, uses in USES.items() for use in uses]
    return plus(told)


def teaching(part: Part) -> Amount:
    return times(teaching_area(part), part.share)


def usable(column: str) -> Callable[[Part], Amount]:
    return lambda part: times(sum_of(part.usable, column), part.share)


def sports(part: Part) -> Amount:
    return plus([usable("sports_ground_m2")(part), usable("indoor_sport_m2")(part)])


def teaching_and_sport(part: Part) -> Amount:
    return plus([teaching(part), usable("indoor_sport_m2")(part)])


def owned(column: str) -> Callable[[Part], Amount]:
    return lambda part: times(sum_of(part.rows("assets"), column), part.share)


def equipment(part: Part) -> Amount:
    return times(owned("equipment_10k_yuan")(part), 10000)


def rooms(part: Part, kind: str, least: int = 0) -> Amount:
    return count(part.rows("rooms"), lambda row: row["kind"] == kind and row["in_use"] and row["area_m2"] >= least)


def network(part: Part) -> Amount:
    return times(rooms(part, "network"), part.share)


Of = Callable[[Part], Amount]
SEVEN: dict[str, tuple[int, Of, dict[str, str]]] = {
    "yz.1.1": (100, above_degree, {"primary": "4.2", "junior": "5.3"}),
    "yz.1.2": (100, backbone, {"primary": "1", "junior": "1"}),
    "yz.1.3": (100, arts, {"primary": "0.9", "junior": "0.9"}),
    "yz.1.4": (1, teaching, {"primary": "4.5", "junior": "5.8"}),
    "yz.1.5": (1, sports, {"primary": "7.5", "junior": "10.2"}),
    "yz.1.6": (1, equipment, {"primary": "2000", "junior": "2500"}),
    "yz.1.7": (100, network, {"primary": "2.3", "junior": "2.4"}),
}
EIGHT: dict[str, tuple[int, Of]] = {
    "jb.1": (1, teaching_and_sport), "jb.2": (1, sports), "jb.3": (1, equipment), "jb.4": (100, owned("terminals")),
    "jb.5": (1, owned("books")), "jb.6": (1, teachers), "jb.7": (1, above_degree), "jb.8": (1, middle),
}
SIX, FLOOR = 6, "0.85"
VARIATION = {"primary": "0.50", "junior": "0.45"}
COMPOSITE = {"primary": Decimal("0.65"), "junior": Decimal("0.55")}


def say_seven(book: Book) -> None:
    units = resources(book.units.stages)
    for item, (per, part, limits) in SEVEN.items():
        book.rate(item, units, part, pupils, per=per, meets=at_least(limits), at=("school",), bound=by_rows)
        book.spread(f"{item}.cv", units, part, limit=VARIATION)
    for unit in units:
        answers = _of_seven(unit)
        book.number("yz.1.S", ("school", unit.groups["school"]), unit.stage, answers, verdict=six_of_seven(unit))
    book.met("yz.1.S", units, six_of_seven, at=("township", "county"))


def _value(unit: Part, item: str) -> Amount:
    per, part, _ = SEVEN[item]
    return times(over(part(unit), pupils(unit)), per)


def _of_seven(unit: Part) -> list[str]:
    return [judged(_value(unit, item), at_least(limits)(unit)) for item, (_, _, limits) in SEVEN.items()]


def six_of_seven(unit: Part) -> str:
    """Six are met, and no other is under 85 % of its limit; what is not known may be either."""
    floors = [judged(times(_value(unit, item), 1 / Fraction(FLOOR)), at_least(limits)(unit))
              for item, (_, _, limits) in SEVEN.items()]
    return weakest([*floors, judged(number_met(_of_seven(unit)), lambda met: met >= SIX)])


def say_eight(book: Book) -> None:
    units = basic(book.units.stages)
    roots: dict[tuple[Group, str], list[Decimal | None]] = {}
    for item, (per, part) in EIGHT.items():
        book.rate(item, units, part, pupils, per=per)
        for group, stage, value in book.spread(f"{item}.cv", units, part):
            roots.setdefault((group, stage), []).append(value)
    for (group, stage), eight in roots.items():
        _composite(book, group, stage, eight)
    book.documents({"jb.gate": None, "jb.score": 85})


def _composite(book: Book, group: Group, stage: str, eight: Sequence[Decimal | None]) -> None:
    found = [each for each in eight if each is not None]
    mean = mean_of_roots(found) if len(found) == len(eight) else None
    verdict = "unknown" if mean is None else "met" if mean <= COMPOSITE[stage] else "not_met"
    book.say("jb.cv", group, stage, None, None, mean, verdict if group[0] == "county" else None)
