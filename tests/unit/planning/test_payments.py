"""The payments of a measure: each channel's part to the cent, and all parts together the whole."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as some

from junheng.planning.balance.drafting import parted, yuan
from junheng.planning.codes import Channel

SHARES = some.lists(some.floats(0.001, 1), min_size=1, max_size=len(Channel))


@given(some.fractions(0, 10**9, max_denominator=1000), SHARES)
def test_the_parts_of_the_channels_come_to_the_whole_to_the_cent(total: Fraction, weights: list[float]) -> None:
    shares = [Fraction(weight / sum(weights)) for weight in weights]  # as a linear program gives them: a hair off in sum
    parts = list(parted(total, list(zip(Channel, shares, strict=False))))
    assert sum(Fraction(str(part)) for _, part in parts) == Fraction(str(yuan(total)))
    assert all(part > 0 for _, part in parts)


def test_a_channel_pays_its_share_within_a_cent() -> None:
    thirds = [(channel, Fraction(1, 3)) for channel in list(Channel)[:3]]
    assert [part for _, part in parted(Fraction(100), thirds)] == [33.33, 33.34, 33.33]
