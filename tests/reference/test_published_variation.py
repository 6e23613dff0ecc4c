"""Published numbers: the worked example of the coefficient of variation, and county tables with their composites."""

import csv
import json
import os
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from junheng.kernel.exact import mean, rounded

CV = Path(os.environ["JUNHENG_REFERENCE_DATA"]) / "data" / "cv"
BOOKS = CV / "a_worked_example_books.csv"


def test_the_worked_example_by_the_command() -> None:
    command = [sys.executable, "-c", "from junheng.cli import main; main()", "cv", str(BOOKS), "--value", "books",
               "--pupils", "pupils", "--leave-out", "全县", "--json"]
    answer = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    shown = [f"{rounded(Fraction(answer[name]), 6)}" for name in ("mean", "deviation", "cv")]
    assert shown == ["6.334437", "3.263861", "0.515257"]
    assert sum(Fraction(row["share"]) for row in answer["rows"]) == 1
    assert len(answer["rows"]) == 5


def composites() -> list[tuple[str, list[Decimal], Decimal]]:
    with (CV / "b_basic_balance_2012_county_cv.csv").open(encoding="utf-8-sig") as lines:
        rows = [row for row in csv.DictReader(lines) if row["row"] == "CV" and row["composite_published"]]
    eight = [name for name in rows[0] if name.startswith("L")]
    return [(f"{row['county']}{row['stage']}", [Decimal(row[name]) for name in eight], Decimal(row["composite_published"]))
            for row in rows]


@pytest.mark.parametrize(("county", "eight", "published"), composites(), ids=lambda one: one if isinstance(one, str) else "")
def test_the_composite_is_the_plain_mean_of_the_eight(county: str, eight: list[Decimal], published: Decimal) -> None:
    assert len(eight) == 8
    assert abs(mean(eight) - published) <= Decimal("0.0005")
