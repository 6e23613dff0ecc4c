"""The figures of the five texts against the hand-made gold; `python -m benchmarks.gold` prints what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.gold import Score, gold_rows, read_text, score


@pytest.fixture(scope="module")
def total(reference_data: Path) -> Score:
    return score(reference_data)


@pytest.mark.parametrize(("subject", "least"), [
    ("precision", 0.97), ("recall", 0.99), ("value", 0.99), ("unit", 0.99), ("name", 0.85), ("role", 0.9), ("comparison", 0.9),
    ("exactness", 0.9), ("blanks", 1.0),
])
def test_the_gold_is_met(total: Score, subject: str, least: float) -> None:
    assert total.share(subject) >= least, "\n".join(total.wrong)


def test_no_masked_number_of_the_gold_is_given_a_value(reference_data: Path) -> None:
    for path in sorted((reference_data / "texts").glob("0*.txt")):
        read = read_text(path)
        hidden = [(int(row["start"]), int(row["end"])) for row in gold_rows(reference_data) if row["text"] == path.name
                  and (row["kind"] == "placeholder" or "masked" in row["value"])]
        assert {read.figures[span].value for span in hidden if span in read.figures} <= {None}


def test_masked_years_are_told_by_the_anchors_of_their_text(reference_data: Path) -> None:
    texts = {path.name[:3]: read_text(path) for path in (reference_data / "texts").glob("0*.txt")}
    year = {span[0]: figure.period.year for span, figure in texts["004"].figures.items()}
    assert year[613] == 2004
    assert {figure.period.year for span, figure in texts["000"].figures.items() if 8100 < span[0] < 8800} == {2015}
