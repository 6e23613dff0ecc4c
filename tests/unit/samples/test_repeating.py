"""A register repeated under other codes stays one register: what belonged together still does."""

from __future__ import annotations

import polars as pl
import pytest

from junheng.samples.history import frame_of
from junheng.samples.making import made_up
from junheng.samples.repeating import repeated
from junheng.samples.variants import VARIANTS


@pytest.fixture(scope="module")
def frames() -> dict[str, pl.DataFrame]:
    return {table: frame_of(table, found) for table, found in made_up(VARIANTS["passing"], 7)[1].items()}


def test_a_copy_names_no_school_place_or_person_of_another(frames: dict[str, pl.DataFrame]) -> None:
    for table, column in (("schools", "school_id"), ("places", "place_code"), ("teachers", "teacher_id"), ("pupils", "pupil_id"),
                          ("memberships", "group_id")):
        seen = [set(repeated(table, frames[table], copy)[column]) for copy in range(3)]
        assert len(set.union(*seen)) == 3 * len(seen[0]), (table, column)


def test_a_copy_still_names_its_own_schools_places_and_people(frames: dict[str, pl.DataFrame]) -> None:
    copy = {table: repeated(table, rows, 7) for table, rows in frames.items()}
    schools, places = set(copy["schools"]["school_id"]), set(copy["places"]["place_code"])
    assert set(copy["postings"]["to_school_id"]) <= schools
    assert set(copy["quota_places"]["junior_school_id"]) <= schools
    assert set(copy["schools"]["place_code"]) <= places
    assert set(copy["training"]["teacher_id"]) <= set(copy["teachers"]["teacher_id"])
    children = copy["disabled_children"].filter(pl.col("placed_school_id").is_not_null())
    assert set(children["child_id"]) <= set(copy["pupils"]["pupil_id"])


def test_copy_nought_is_the_register_itself(frames: dict[str, pl.DataFrame]) -> None:
    assert all(repeated(table, rows, 0).equals(rows) for table, rows in frames.items())
