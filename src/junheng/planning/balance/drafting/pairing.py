"""Who gives to whom: what leaves and what arrives, matched pair by pair."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

Pair = tuple[str, str]  # from, to


def paired(leaving: Mapping[str, Fraction], arriving: Mapping[str, Fraction]) -> dict[Pair, Fraction]:
    """As much as can be from those who give to others who take, in no more pairs than there are of both, but for those who do
    both. What could only go back to its giver is left out.

    >>> paired({"a": Fraction(3), "b": Fraction(1)}, {"c": Fraction(2), "d": Fraction(2)})
    {('a', 'c'): Fraction(2, 1), ('a', 'd'): Fraction(1, 1), ('b', 'd'): Fraction(1, 1)}
    """
    found = _in_turn(leaving, arriving)
    for place in [start for start, end in found if start == end]:
        _exchange(found, place)
    return {pair: many for pair, many in found.items() if many and pair[0] != pair[1]}


def _in_turn(leaving: Mapping[str, Fraction], arriving: Mapping[str, Fraction]) -> dict[Pair, Fraction]:
    """The first that gives serves the first that takes, and so on."""
    found: dict[Pair, Fraction] = {}
    wanted = {end: many for end, many in arriving.items() if many}
    for start, left in leaving.items():
        for end in list(wanted):
            many = min(left, wanted[end])
            if not many:
                break
            found[start, end] = many
            left -= many
            wanted[end] -= many
            if not wanted[end]:
                del wanted[end]
    return found


def _exchange(found: dict[Pair, Fraction], place: str) -> None:
    """What a place would give itself it gives to others, whose givers give to it."""
    for start, end in [pair for pair in found if place not in pair]:
        many = min(found[place, place], found[start, end])
        for pair, more in (((place, end), many), ((start, place), many), ((start, end), -many), ((place, place), -many)):
            found[pair] = found.get(pair, Fraction(0)) + more
