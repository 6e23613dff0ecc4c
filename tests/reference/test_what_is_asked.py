"""The page of coverage answers for every figure and rule of the lists it is held against, under the name they give it."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from docs import coverage

ENTRIES = {each.id: each for entries in coverage.sections().values() for each in entries}
FIGURES = {id: each for id, each in ENTRIES.items() if id.isdecimal()}
HEADS = {"id", "measure", "---"}


@pytest.fixture(scope="module")
def figures(reference_data: Path) -> dict[str, str]:
    with open(reference_data / "INDICATORS.csv", encoding="utf-8-sig", newline="") as file:
        return {row["no"]: row["name"] for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def rules(reference_data: Path) -> dict[str, str]:
    """The first two cells of each row of the tables of the standards."""
    text = (reference_data / "STANDARDS.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")]
    return {row[0]: row[1] for row in rows if row[0] not in HEADS and not re.fullmatch("-+", row[0])}


@pytest.fixture(scope="module")
def numbered(rules: dict[str, str]) -> dict[str, str]:
    return {id: name for id, name in rules.items() if re.match(r"[a-z]{2,3}\.", id)}


def test_every_figure_of_the_texts_is_answered_under_its_name(figures: dict[str, str]) -> None:
    assert len(figures) == 94
    assert {id: each.zh for id, each in FIGURES.items()} == figures


def test_every_rule_of_the_standards_is_answered(rules: dict[str, str]) -> None:
    assert len(rules) > 120
    assert [id for id in rules if id not in ENTRIES] == []


def test_a_rule_goes_by_the_name_its_table_gives_it(numbered: dict[str, str]) -> None:
    assert len(numbered) > 100
    held = {id: ENTRIES[id].cell or ENTRIES[id].zh for id in numbered}
    assert {id: (name, numbered[id]) for id, name in held.items() if name not in numbered[id]} == {}


def test_what_a_county_can_do_is_planned(rules: dict[str, str], numbered: dict[str, str]) -> None:
    measures = [ENTRIES[id] for id in rules if id not in numbered]
    assert len(measures) == 15
    assert {each.kind for each in measures} == {"planned"}
