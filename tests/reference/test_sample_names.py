"""Invented names match no real place (national list of divisions named by JUNHENG_REFERENCE_DATA)."""

from __future__ import annotations

import csv
import os
from pathlib import Path

from junheng.samples.county import PROVINCE
from junheng.samples.names import STEMS
from junheng.samples.people import DIVISIONS

FOLDER = Path(os.environ["JUNHENG_REFERENCE_DATA"]) / "data" / "divisions"
FILES = ("provinces.csv", "cities.csv", "areas.csv", "streets.csv")


def divisions() -> list[dict[str, str]]:
    return [row for name in FILES for row in csv.DictReader((FOLDER / name).open(encoding="utf-8-sig"))]


def test_no_real_division_begins_with_a_stem_of_the_sample() -> None:
    names = [row["name"] for row in divisions()]
    assert len(names) > 40_000
    assert [stem for stem in STEMS if any(name.startswith(stem) for name in names)] == []


def test_codes_of_the_sample_and_of_its_identity_numbers_belong_to_no_place() -> None:
    codes = {row["code"] for row in divisions()}
    assert not any(code.startswith((PROVINCE, "98")) for code in codes)
    assert codes.isdisjoint(DIVISIONS)
