"""示意图: where the schools lie and how each fares, on a grid of kilometres; no tiles, no boundaries, no homes of pupils."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import cos, radians

from junheng.kernel.codes import Verdict
from junheng.paper.page import Point, Points, Sketch
from junheng.planning.forms import words
from junheng.planning.forms.facts import Degrees, PlanFacts
from junheng.planning.forms.words import WHEN, WHEN_WORDS
from junheng.register.coordinates import KM_PER_DEGREE

LINES = 14  # of a point, before the rest is only counted
STATES = {  # the name, colour and shape of each state, the weightiest last
    "met": ("现已达标", "soft2", "circle"),
    "not_asked": ("到期不单列", "grey", "emptyCircle"),
    "mended": ("按方案达标", "second", "diamond"),
    "unknown": ("缺数据", "grey", "rect"),
    "not_met": ("按方案仍未达标", "bad", "triangle"),
}


@dataclass(frozen=True)
class _Ground:
    """A corner from which kilometres are counted."""

    west: float
    south: float
    km_a_degree_east: float

    def place(self, at: Degrees) -> tuple[float, float]:
        east, north = at
        return round((east - self.west) * self.km_a_degree_east, 2), round((north - self.south) * KM_PER_DEGREE, 2)


def state_of(facts: PlanFacts, school: str) -> str:
    """How a school fares: the worst of its stages by plan, then whether it does already and will if nothing is done."""
    own = [facts.standings[school, stage] for stage in facts.stages[school]]
    planned = {each.planned for each in own}
    if Verdict.not_met.name in planned:
        return "not_met"
    if Verdict.unknown.name in planned:
        return "unknown"
    if planned == {""}:
        return "not_asked"
    asked = {getattr(each, when) for each in own if each.planned for when in ("now", "undone")}
    return "met" if asked == {Verdict.met.name} else "mended"


def sketch(facts: PlanFacts, county: str = "") -> Sketch | None:
    """The schools of a county, or of all; None where no school told its place."""
    own = [school for school in located(facts, county) if school in facts.points]
    if not own:
        return None
    ground = _ground([facts.points[school] for school in own])
    by_state: dict[str, list[Point]] = {state: [] for state in STATES}
    for school in own:
        by_state[state_of(facts, school)].append(_point(facts, ground, school))
    states = tuple(Points(*STATES[state], tuple(points)) for state, points in by_state.items() if points)
    return Sketch(states, tuple(_names(facts, ground, own, county)))


def located(facts: PlanFacts, county: str = "") -> list[str]:
    """The schools that belong on the sketch, whether they told their place or not."""
    return list(dict.fromkeys(each.school for each in facts.listed if county in ("", each.county)))


def _ground(points: Iterable[Degrees]) -> _Ground:
    east, north = zip(*points, strict=True)
    return _Ground(min(east), min(north), KM_PER_DEGREE * cos(radians((min(north) + max(north)) / 2)))


def _point(facts: PlanFacts, ground: _Ground, school: str) -> Point:
    told = list(_lines(facts, school))
    shown = told if len(told) <= LINES else [*told[: LINES - 1], f"……另有 {len(told) - LINES + 1} 行，点击查看"]
    return Point(*ground.place(facts.points[school]), facts.school(school), tuple(shown))


def _lines(facts: PlanFacts, school: str) -> Iterator[str]:
    if row := facts.schools.get(school):
        yield f"{row.county}{row.township}　{school}"
    for stage in facts.stages[school]:
        standing = facts.standings[school, stage]
        told = (f"{word}{words.short_verdict(getattr(standing, when)).text}" for word, when in zip(WHEN_WORDS, WHEN, strict=True))
        yield f"{words.stage_word(stage)}：{'，'.join(told)}"
    shorts = [each for each in facts.plan.unmet if each.school == school]
    for item in dict.fromkeys(each.item for each in shorts):
        yield f"{words.item_word(item)}：{'，'.join(words.still_missing(each for each in shorts if each.item == item))}"
    yield from words.sentences(facts, facts.at(school))


def _names(facts: PlanFacts, ground: _Ground, schools: list[str], county: str) -> Iterator[Point]:
    """The townships of a county; of several their names, in the middle of their schools."""
    if county or not facts.is_city:
        codes = {facts.schools[school].township_code for school in schools}
        yield from (Point(*ground.place(town.at), town.name) for town in facts.towns if town.code in codes)
        return
    for code, name in facts.counties.items():
        own = [facts.points[school] for school in schools if facts.schools[school].county_code == code]
        if own:
            yield Point(*ground.place((sum(east for east, _ in own) / len(own), sum(north for _, north in own) / len(own))), name)
