"""Who goes where: numbers that leave and arrive matched over allowed pairs, by the fewest kilometres; or the set that cannot
be served.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from junheng.engines.highs import Model, Stop

Pair = tuple[str, str]  # from, to
FAR = 1e5  # km: one more person placed is worth any way
SOME = 1e-6  # fewer than this go nowhere


@dataclass(frozen=True)
class Assigned:
    """How many go from where to where; or, where not all can be served, the places that want more than can reach them."""

    going: Mapping[Pair, float]
    unserved: frozenset[str] = frozenset()


def assigned(leaving: Mapping[str, float], arriving: Mapping[str, float], pairs: Mapping[Pair, float]) -> Assigned:
    """Match as many as can be, then by the least total of km (`pairs`). Whole numbers give whole numbers.

    Totals need not agree; what cannot arrive is told.
    """
    model = Model()
    arcs = {
        (start, end): model.column(0.0, min(leaving[start], arriving[end]), -FAR + km)
        for (start, end), km in pairs.items()
        if leaving.get(start, 0) > SOME and arriving.get(end, 0) > SOME
    }
    if not arcs:
        return Assigned({}, frozenset(place for place, many in arriving.items() if many > SOME))
    for side, totals in ((0, leaving), (1, arriving)):
        own: dict[str, dict[int, float]] = {}
        for pair, column in arcs.items():
            own.setdefault(pair[side], {})[column] = 1.0
        for place, terms in own.items():
            model.row(terms, most=totals[place])
    answer = model.relaxed(Stop())
    assert answer.values is not None
    going = {pair: float(answer.values[column]) for pair, column in arcs.items() if answer.values[column] > SOME}
    return Assigned(going, _unserved(leaving, arriving, list(arcs), going))


def _unserved(
    leaving: Mapping[str, float], arriving: Mapping[str, float], arcs: list[Pair], going: Mapping[Pair, float]
) -> frozenset[str]:
    """From a place that is short, along pairs that could serve it and those served by them instead: Hall's set."""
    served, used = dict.fromkeys(arriving, 0.0), dict.fromkeys(leaving, 0.0)
    for (start, end), many in going.items():
        served[end] += many
        used[start] += many
    reaching: dict[str, list[str]] = {}
    for start, end in arcs:
        reaching.setdefault(end, []).append(start)
    feeding: dict[str, list[str]] = {}
    for start, end in going:
        feeding.setdefault(start, []).append(end)
    found = {place for place, many in arriving.items() if served[place] < many - 10 * SOME}
    reach = list(found)
    while reach:
        for start in reaching.get(reach.pop(), ()):
            fed = set(feeding.get(start, ())) - found
            found |= fed
            reach += fed
    return frozenset(found)
