"""Figures, claims and tasks of twelve made-up texts of other kinds, marked by hand before the rules had seen them."""

from __future__ import annotations

import pytest

from benchmarks.gold import Score
from benchmarks.marked import TEXTS, THIRD, marks, score_marked


@pytest.fixture(scope="module", params=(TEXTS, THIRD), ids=lambda folder: folder.name)
def total(request: pytest.FixtureRequest) -> Score:
    return score_marked(request.param)


@pytest.mark.parametrize(("subject", "least"), [
    ("recall", 0.99), ("precision", 0.99), ("value", 0.99), ("unit", 0.99), ("name", 0.93), ("role", 0.97), ("comparison", 0.98),
    ("year", 0.8), ("blanks", 1.0), ("verdicts", 0.95), ("alarms", 1.0), ("task recall", 0.94), ("task precision", 0.95),
    ("task body", 0.95), ("task due", 0.95),
])
def test_texts_of_other_kinds_are_read_about_as_well(total: Score, subject: str, least: float) -> None:
    assert total.share(subject) >= least, "\n".join(total.wrong)


def test_each_mark_stands_once_in_its_text() -> None:
    assert sum(1 for folder in (TEXTS, THIRD) for path in folder.glob("*.txt") for _ in marks(path)) > 450
