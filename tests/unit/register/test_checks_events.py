"""What became of schools."""

from __future__ import annotations

from datetime import date

import pytest
from sound_register import ENDED, NINE_YEAR, POINT, PRIMARY, SENIOR, Drawn, Plant, Row, faults, finds, places

MERGED, RENAMED, MOVED = range(3)
LISTED = (PRIMARY, NINE_YEAR, POINT, SENIOR)


def listed(*codes: str, **changed: object) -> list[Row]:
    """The schools as they were listed the year before."""
    now = {str(row["school_id"]): row for row in Drawn().tables["schools"]}
    return [{**now.get(code, {**now[PRIMARY], "school_id": code}), **changed} for code in codes]


PLANTS: list[Plant] = [
    ("ended_school_reports_no_more", "ended_school", lambda drawn: drawn.change("school_events", MERGED, school_id=POINT),
     [("学校", 3, "school_id")]),
    ("merged_school_names_its_successor", "successor_missing",
     lambda drawn: drawn.change("school_events", MERGED, other_school_id=None), [("学校沿革", 3, "other_school_id")]),
    ("merged_school_names_its_successor", "successor_missing",
     lambda drawn: drawn.change("school_events", MERGED, other_school_id="9901019999"), [("学校沿革", 3, "other_school_id")]),
    ("event_tells_what_changed", "event_details", lambda drawn: drawn.change("school_events", RENAMED, former_name=None),
     [("学校沿革", 3, "former_name")]),
    ("event_tells_what_changed", "event_details", lambda drawn: drawn.change("school_events", MOVED, former_place_code=None),
     [("学校沿革", 3, "former_place_code")]),
    ("nothing_happens_after_the_end", "event_order",
     lambda drawn: drawn.add("school_events", RENAMED, school_id=ENDED, event_day=date(2025, 1, 1)),
     [("学校沿革", 4, "event_day")]),
    ("opening_comes_first", "event_order",
     lambda drawn: drawn.add("school_events", RENAMED, kind="opened", event_day=date(2024, 5, 1)),
     [("学校沿革", 4, "event_day")]),
    ("school_is_as_its_last_event_left_it", "event_contradicted",
     lambda drawn: drawn.change("school_events", MOVED, place_code="990101001001"), [("学校", 3, "place_code")]),
    ("school_is_as_its_last_event_left_it", "event_contradicted",
     lambda drawn: drawn.change("school_events", RENAMED, former_name="某镇第2学校"), [("学校", 3, "name")]),
    ("opened_school_is_new", "event_order",
     lambda drawn: drawn.change("school_events", RENAMED, kind="opened", event_day=date(2025, 3, 1)).before(
         "schools", listed(*LISTED)),
     [("学校沿革", 3, "event_day")]),
    ("new_school_has_an_event", "school_without_event", lambda drawn: drawn.before("schools", listed(PRIMARY, NINE_YEAR, SENIOR)),
     [("学校", 3, "school_id")]),
    ("vanished_school_has_an_event", "school_without_event",
     lambda drawn: drawn.before("schools", listed(*LISTED, "9901010077")), [("学校", 0, "school_id")]),
    ("changed_school_has_an_event", "school_without_event",
     lambda drawn: drawn.before("schools", [*listed(PRIMARY, name="旧名"), *listed(NINE_YEAR, POINT, SENIOR)]),
     [("学校", 3, "name")]),
]


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant[0])
def test_what_is_wrong_with_an_event_is_found(plant: Plant) -> None:
    assert finds(plant)


@pytest.mark.parametrize(("day", "ended"), [(date(2025, 9, 1), True), (date(2025, 9, 2), False)])
def test_a_school_that_ends_after_the_census_is_still_listed(day: date, ended: bool) -> None:
    drawn = Drawn().change("school_events", MERGED, school_id=POINT, event_day=day)
    assert bool(faults(drawn, "ended_school_reports_no_more")) is ended


def test_a_school_that_was_opened_again_may_report() -> None:
    drawn = Drawn().change("school_events", MERGED, school_id=POINT)
    again = drawn.add("school_events", MERGED, kind="opened", event_day=date(2025, 2, 1), other_school_id=None)
    assert not faults(again, "ended_school_reports_no_more") and not faults(again, "nothing_happens_after_the_end")


def test_a_code_that_was_given_up_is_not_listed() -> None:
    recoded = Drawn().change("school_events", RENAMED, kind="recoded", other_school_id=POINT)
    assert [fault.file for fault in faults(recoded, "ended_school_reports_no_more")] == ["2025/point.xlsx"]


def test_a_successor_that_was_itself_merged_is_known_by_its_event() -> None:
    chain = Drawn().add("school_events", MERGED, school_id="9901010008", other_school_id=ENDED)
    assert not faults(chain, "merged_school_names_its_successor")


def test_a_school_alone_cannot_list_its_successor() -> None:
    alone = Drawn().change("school_events", MERGED, other_school_id="9901019999")
    del alone.tables["schools"][1:]
    assert not faults(alone, "merged_school_names_its_successor")


def test_schools_that_came_went_or_changed_with_an_event_are_fine() -> None:
    drawn = Drawn().before("schools", [*listed(PRIMARY, NINE_YEAR, SENIOR, ENDED), *listed(POINT, place_code="990101001001")])
    drawn.change("school_events", MERGED, event_day=date(2025, 8, 1)).change("school_events", MOVED, event_day=date(2025, 8, 1))
    for rule in ("new_school_has_an_event", "vanished_school_has_an_event", "changed_school_has_an_event",
        "opened_school_is_new"):
        assert not faults(drawn, rule)


def test_many_schools_missing_at_once_are_left_to_the_rows_that_vanished() -> None:
    drawn = Drawn().before("schools", listed(*LISTED, "9901010077", "9901010078"))
    assert not faults(drawn, "vanished_school_has_an_event")


def test_a_school_that_is_missing_is_named() -> None:
    [fault] = faults(Drawn().before("schools", listed(*LISTED, "9901010077")), "vanished_school_has_an_event")
    assert "9901010077" in fault.found and fault.file == "" and places([fault]) == [("学校", 0, "school_id")]
