"""The rows of the pages come in whole: whatever a killed job left is gone, and the next has all of them once."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from junheng.indicators.indexing import index
from junheng.indicators.models import FindingDraft, FindingRow, VerdictRow
from junheng.register.models import RegisterYear, School

pytestmark = pytest.mark.django_db
YEAR = 2025


def rows() -> list[tuple[object, ...]]:
    names = [each.name for each in FindingRow._meta.concrete_fields if each.name != "id"]
    return sorted(FindingRow.objects.filter(year=YEAR).values_list(*names), key=str)


def by_other_rules() -> None:
    """As after a change of the rules: the rows are to be made anew."""
    RegisterYear.objects.filter(year=YEAR).update(findings="other")


def told(share: float, sentence: str) -> None:
    """Progress that nobody looks at."""


def test_a_year_that_is_there_is_not_made_again(county: Path) -> None:
    assert index(county, YEAR, told)["new"] is False


def test_what_is_made_anew_is_the_same_and_what_a_killed_job_left_is_gone(county: Path) -> None:
    before, others = rows(), (VerdictRow.objects.count(), School.objects.count(), FindingRow.objects.count())
    assert before
    FindingDraft.objects.create(year=YEAR, snapshot="x", standard="x", item="x", level="school", group="x", name="x", stage="all",
                                evidence="read")
    by_other_rules()
    assert index(county, YEAR, told)["new"] is True
    assert rows() == before
    assert (VerdictRow.objects.count(), School.objects.count(), FindingRow.objects.count()) == others
    assert not FindingDraft.objects.exists()


def test_the_pages_rows_are_put_in_by_one_statement(county: Path) -> None:
    """Row by row they held the one writer's lock for half a minute, and a log-in broke down."""
    by_other_rules()
    with CaptureQueriesContext(connection) as asked:
        index(county, YEAR, told)
    table = connection.ops.quote_name(FindingRow._meta.db_table)
    inserts = [each["sql"] for each in asked if each["sql"].startswith(f"INSERT INTO {table}")]
    assert len(inserts) == 1
    assert "SELECT" in inserts[0]
