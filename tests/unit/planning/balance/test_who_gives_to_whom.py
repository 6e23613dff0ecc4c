"""What leaves and what arrives, matched pair by pair."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as some

from junheng.planning.balance.drafting.pairing import paired

amounts = some.dictionaries(some.sampled_from("abcdef"), some.integers(0, 9).map(Fraction), max_size=6)


def test_a_place_that_gives_and_takes_serves_others_and_is_served_by_them() -> None:
    """In turn a would serve itself and b itself."""
    two = {"a": Fraction(2), "b": Fraction(3)}
    assert paired(two, {"a": Fraction(2), "b": Fraction(3), "c": Fraction(0)}) == {("b", "a"): 2, ("a", "b"): 2}


@given(amounts, amounts)
def test_as_much_goes_as_can_and_nothing_back_to_its_giver(leaving: dict[str, Fraction], arriving: dict[str, Fraction]) -> None:
    found = paired(leaving, arriving)
    for place in {*leaving, *arriving}:
        assert sum(many for (start, _), many in found.items() if start == place) <= leaving.get(place, 0)
        assert sum(many for (_, end), many in found.items() if end == place) <= arriving.get(place, 0)
    assert all(many > 0 and start != end for (start, end), many in found.items())
    out, into = sum(leaving.values()), sum(arriving.values())
    both = max((leaving.get(place, Fraction(0)) + arriving.get(place, Fraction(0)) for place in {*leaving, *arriving}), default=0)
    assert out != into or sum(found.values()) == out - max(0, both - out)
