"""Who goes where: numbers that leave and arrive matched over allowed pairs, by the fewest kilometres; or the set that cannot be served."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from junheng.engines.highs import Model, Stop

Pairs = Mapping[tuple[str, str], float]  # from, to -> km


@dataclass(frozen=True)
class Assigned:
    """How many go from where to where; or, where not all can be served, the places that want more than can reach them."""

    going: Mapping[tuple[str, str], int]
    unserved: frozenset[str] = frozenset()


def assigned(leaving: Mapping[str, int], arriving: Mapping[str, int], pairs: Pairs) -> Assigned:
    """Match as many as can be, then by the least total of km. Totals need not agree; what cannot arrive is told."""
    model = Model()
    arcs = {pair: model.column(0.0, float(min(leaving[pair[0]], arriving[pair[1]])), -FAR + km) for pair, km in pairs.items()
            if leaving.get(pair[0]) and arriving.get(pair[1])}
    for place, many in leaving.items():
        model.row({column: 1.0 for (start, _), column in arcs.items() if start == place}, most=float(many))
    for place, many in arriving.items():
        model.row({column: 1.0 for (_, end), column in arcs.items() if end == place}, most=float(many))
    answer = model.relaxed(Stop())
    assert answer.values is not None
    going = {pair: round(answer.values[column]) for pair, column in arcs.items() if round(answer.values[column])}
    return Assigned(going, _unserved(leaving, arriving, arcs, going))


FAR = 1e5  # km: one more person placed is worth any way


def _unserved(leaving: Mapping[str, int], arriving: Mapping[str, int], arcs: Mapping[tuple[str, str], int],
              going: Mapping[tuple[str, str], int]) -> frozenset[str]:
    """From a place that is short, along pairs that could serve it and those served by them instead: Hall's set."""
    served = {place: sum(many for (_, end), many in going.items() if end == place) for place in arriving}
    short = [place for place, many in arriving.items() if served[place] < many]
    found, reach = set(short), list(short)
    used = {place: sum(many for (start, _), many in going.items() if start == place) for place in leaving}
    while reach:
        place = reach.pop()
        for start, end in arcs:
            if end == place and used[start] >= leaving[start]:
                fed = {other for (origin, other), many in going.items() if origin == start and many} - found
                found |= fed
                reach += fed
    return frozenset(found)
