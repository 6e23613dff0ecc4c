"""Figures of five made-up texts of other kinds and cities, marked by hand before the rules had seen them."""

from __future__ import annotations

import pytest

from benchmarks.gold import Score
from benchmarks.heldout import score_heldout


@pytest.fixture(scope="module")
def total() -> Score:
    return score_heldout()


@pytest.mark.parametrize(("subject", "least"), [
    ("recall", 0.98), ("precision", 0.98), ("value", 0.99), ("unit", 0.97), ("name", 0.90), ("role", 0.95), ("comparison", 0.97),
    ("year", 0.95), ("blanks", 1.0),
])
def test_texts_of_other_kinds_are_read_about_as_well(total: Score, subject: str, least: float) -> None:
    assert total.share(subject) >= least, "\n".join(total.wrong)
