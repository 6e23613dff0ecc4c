"""An engine's sums against sums made by hand in plain Python, on registers that Hypothesis draws with holes in them."""

from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from junheng.engines import Duck, Tally, rows, totals
from junheng.kernel.shapes import Count, Sum
from junheng.register.submission import schema
from junheng.register.tables import recognitions, rooms, teachers

SCHOOLS, STAGES, PEOPLE = ["1", "2"], ["primary", "junior"], ["a", "b", "c"]
maybe = st.none()
room = st.fixed_dictionaries({
    "school_id": st.sampled_from(SCHOOLS), "kind": st.sampled_from(["music", "art"]) | maybe,
    "area_m2": st.decimals(0, 200, places=2) | maybe, "in_use": st.booleans() | maybe})
teacher = st.fixed_dictionaries({
    "school_id": st.sampled_from(SCHOOLS), "teacher_id": st.sampled_from(PEOPLE), "stage": st.sampled_from(STAGES),
    "full_time": st.booleans() | maybe, "degree": st.sampled_from(["bachelor", "senior"]) | maybe})
title = st.fixed_dictionaries({
    "school_id": st.sampled_from(SCHOOLS), "teacher_id": st.sampled_from(PEOPLE),
    "level": st.sampled_from(["county", "school"]) | maybe})

large_music = Count(rooms.only((rooms.kind == "music") & (rooms.area_m2 >= 96)))
used_area = Sum(rooms.only(rooms.in_use), rooms.area_m2)
all_area = Sum(rooms, rooms.area_m2)
all_rooms = Count(rooms)
titled = teachers.linked("titles", Count(recognitions.only(recognitions.level == "county")), on=("school_id", "teacher_id"))
with_title = Count(titled.only(titled.full_time & (titled.titles > 0)))


def both(left: bool | None, right: bool | None) -> bool | None:
    """And, with unknowns."""
    if left is False or right is False:
        return False
    return None if left is None or right is None else True


def atleast(value: Any, limit: int) -> bool | None:
    return None if value is None else value >= limit


def equals(value: Any, wanted: Any) -> bool | None:
    return None if value is None else value == wanted


def tally(kept: list[tuple[bool | None, Any]]) -> Tally:
    value = sum((amount for keep, amount in kept if keep and amount is not None), 0)
    unknown = sum(keep is None or (keep and amount is None) for keep, amount in kept)
    return Tally(value, unknown, len(kept))


def by_hand(rows_: list[dict[str, Any]], school: str, keep: Any, amount: Any) -> Tally:
    return tally([(keep(row), amount(row)) for row in rows_ if row["school_id"] == school])


def write(folder: Path, name: str, made: list[dict[str, Any]]) -> None:
    types = schema(name)
    pl.DataFrame([{column: row.get(column) for column in types} for row in made], schema=types, orient="row").write_parquet(
        folder / f"{name}.parquet")


def asked(found: dict[tuple[object, ...], Tally], *group: str) -> Tally:
    return found.get(group, Tally(0, 0, 0))


@settings(max_examples=60, deadline=None)
@given(st.lists(room, max_size=12))
def test_sums_and_counts_with_holes_are_those_made_by_hand(made: list[dict[str, Any]]) -> None:
    with TemporaryDirectory() as name:
        write(Path(name), "rooms", made)
        found = totals(Duck(Path(name), threads=1), [large_music, used_area, all_area, all_rooms], ("school_id", "stage"))
    for school in SCHOOLS:
        def hand(keep: Any, amount: Any, school: str = school) -> Tally:
            return by_hand(made, school, keep, amount)
        assert asked(found[large_music], school) == hand(
            lambda row: both(equals(row["kind"], "music"), atleast(row["area_m2"], 96)), lambda row: 1)
        assert asked(found[used_area], school) == hand(lambda row: row["in_use"], lambda row: row["area_m2"])
        assert asked(found[all_area], school) == hand(lambda row: True, lambda row: row["area_m2"])
        assert asked(found[all_rooms], school) == hand(lambda row: True, lambda row: 1)


@settings(max_examples=60, deadline=None)
@given(st.lists(teacher, max_size=8), st.lists(title, max_size=8))
def test_a_linked_list_counts_for_its_person_and_its_unknown_rows_make_the_person_unknown(
    people: list[dict[str, Any]], titles: list[dict[str, Any]]
) -> None:
    with TemporaryDirectory() as name:
        write(Path(name), "teachers", people)
        write(Path(name), "recognitions", titles)
        found = totals(Duck(Path(name), threads=1), [with_title], ("school_id", "stage"))[with_title]

    def has_title(person: dict[str, Any]) -> bool | None:
        own = [row["level"] for row in titles if all(row[key] == person[key] for key in ("school_id", "teacher_id"))]
        return None if None in own else "county" in own

    for school in SCHOOLS:
        for stage in STAGES:
            own = [each for each in people if (each["school_id"], each["stage"]) == (school, stage)]
            assert asked(found, school, stage) == tally([(both(each["full_time"], has_title(each)), 1) for each in own])


def test_the_rows_of_a_sum_are_those_it_counts_and_those_it_could_not_decide_on() -> None:
    made = [{"school_id": "1", "room_id": "a", "kind": "music", "area_m2": Decimal(96)},
            {"school_id": "1", "room_id": "b", "kind": "music", "area_m2": None},
            {"school_id": "1", "room_id": "c", "kind": "art", "area_m2": Decimal(96)},
            {"school_id": "2", "room_id": "d", "kind": "music", "area_m2": Decimal(96)}]
    with TemporaryDirectory() as name:
        write(Path(name), "rooms", made)
        found = rows(Duck(Path(name), threads=1), large_music, {"school_id": "1"}, ["room_id"])
    assert sorted((row["room_id"], row["counted"]) for row in found) == [("a", True), ("b", None)]
