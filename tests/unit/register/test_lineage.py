"""What became of schools: who was there on a day, who carries a history on, and events that cannot be right."""

from __future__ import annotations

from datetime import date

import pytest
from told import event, lineage, told

from junheng.kernel.faults import JunhengError
from junheng.register.lineage import Lineage, history
from junheng.register.lineage.flaws import flaws

A, B, C, D = "3799000001", "3799000002", "3799000003", "3799000004"
NORTH, SOUTH = "379901100", "379902100"


def day(text: str) -> date:
    return date.fromisoformat(text)


def here(found: Lineage, on: str) -> set[str]:
    return set(found.as_of(day(on)))


# Who was there


def test_a_census_stands_until_something_happens() -> None:
    found = lineage(told(2023, schools={A: NORTH, B: NORTH}),
                    told(2024, schools={B: NORTH}, events=[event(A, "closed", "2024-07-15")]))
    assert [here(found, on) for on in ("2023-09-01", "2024-07-14", "2024-07-15", "2024-09-01")] == [{A, B}, {A, B}, {B}, {B}]


def test_a_school_is_there_from_the_day_it_opened_with_the_name_it_was_soon_listed_by() -> None:
    found = lineage(told(2023, schools={A: NORTH}),
                    told(2024, schools={A: NORTH, B: f"{SOUTH} 新校"}, events=[event(B, "opened", "2024-03-01")]))
    assert here(found, "2024-02-29") == {A}
    assert found.as_of(day("2024-03-01"))[B].name == "新校" and found.as_of(day("2024-03-01"))[B].place_code == SOUTH


def test_a_move_and_a_new_name_take_effect_on_their_day() -> None:
    found = lineage(told(2023, schools={A: f"{NORTH} 旧名"}), told(2024, schools={A: f"{SOUTH} 今名"}, events=[
        event(A, "moved", "2024-01-01", place_code=SOUTH, former_place_code=NORTH),
        event(A, "renamed", "2024-02-01", former_name="旧名")]))
    seen = [(found.as_of(day(on))[A].place_code, found.as_of(day(on))[A].name)
            for on in ("2023-12-31", "2024-01-01", "2024-02-01")]
    assert seen == [(NORTH, "旧名"), (SOUTH, "旧名"), (SOUTH, "今名")]


def test_a_name_that_nobody_told_is_unknown_and_not_the_old_one() -> None:
    found = lineage(told(2023, schools={A: NORTH, B: NORTH}), told(2024, schools={B: NORTH}, events=[
        event(A, "renamed", "2024-01-01", former_name=f"{A}小学"), event(A, "merged", "2024-06-01", B)]))
    assert found.as_of(day("2024-01-01"))[A].name is None


def test_before_the_first_census_nobody_has_said_who_was_there() -> None:
    with pytest.raises(JunhengError, match="登记从 2023-09-01 开始"):
        lineage(told(2023, schools={A: NORTH})).as_of(day("2023-08-31"))
    with pytest.raises(JunhengError, match="还没有任何学年"):
        lineage().as_of(day("2023-08-31"))


def test_a_year_without_a_register_is_bridged_by_events() -> None:
    found = lineage(told(2021, schools={A: NORTH, B: NORTH}),
                    told(2024, schools={B: NORTH}, events=[event(A, "merged", "2022-05-01", B)]))
    assert here(found, "2022-04-30") == {A, B} and here(found, "2023-09-01") == {B}


# Who carries on


def merged_twice() -> Lineage:
    return lineage(told(2021, schools={A: NORTH, B: NORTH, C: SOUTH}),
                   told(2022, schools={B: NORTH, C: SOUTH}, events=[event(A, "merged", "2022-07-01", B)]),
                   told(2023, schools={C: SOUTH}, events=[event(B, "merged", "2023-07-01", C)]))


@pytest.mark.parametrize(("on", "heir"), [("2022-06-30", A), ("2022-07-01", B), ("2023-06-30", B), ("2023-07-01", C)])
def test_a_merged_school_is_carried_on_by_what_it_was_merged_into(on: str, heir: str) -> None:
    assert merged_twice().successor(A, day(on)).school_id == heir


def test_the_way_through_mergers_is_told_with_day_and_paper() -> None:
    way = merged_twice().successor(A, day("2024-01-01")).way
    assert [(each.school_id, str(each.event_day), each.paper, each.heir) for each in way] == [
        (A, "2022-07-01", "教发1号", B), (B, "2023-07-01", "教发1号", C)]


def test_a_school_that_closed_without_an_heir_is_itself_closed_since() -> None:
    found = lineage(told(2021, schools={A: NORTH}), told(2022, schools={B: NORTH}, events=[event(A, "closed", "2022-07-01")]))
    later = found.successor(A, day("2022-09-01"))
    assert (later.school_id, later.closed) == (A, day("2022-07-01"))
    assert found.successor(A, day("2022-06-30")).closed is None


def test_a_split_school_goes_on_and_its_parts_are_told() -> None:
    found = lineage(told(2021, schools={A: NORTH}), told(2022, schools={A: NORTH, B: NORTH, C: NORTH}, events=[
        event(B, "split", "2022-07-01", A), event(C, "split", "2022-08-01", A)]))
    assert (found.successor(A, day("2022-07-31")).school_id, found.successor(A, day("2022-07-31")).parts) == (A, (B,))
    assert found.successor(A, day("2022-09-01")).parts == (B, C)


def test_a_recoded_school_is_one_school_under_two_codes() -> None:
    found = lineage(told(2021, schools={A: f"{NORTH} 同校"}),
                    told(2022, schools={B: f"{NORTH} 同校"}, events=[event(B, "recoded", "2022-07-01", A)]))
    assert found.successor(A, day("2022-09-01")).school_id == B and here(found, "2022-09-01") == {B}
    assert found.carried_by(B, day("2022-09-01")) == [A] and found.carried_by(B, day("2022-06-30")) == []


def test_mergers_in_a_row_on_one_day_lead_to_the_last() -> None:
    found = lineage(told(2021, schools={A: NORTH, B: NORTH, C: NORTH}), told(2022, schools={A: NORTH}, events=[
        event(C, "merged", "2022-07-01", B), event(B, "merged", "2022-07-01", A)]))
    assert found.successor(C, day("2022-07-01")).school_id == A and found.flaws == []


def test_a_code_used_again_has_two_histories() -> None:
    found = lineage(told(2021, schools={A: NORTH, B: NORTH}),
                    told(2022, schools={B: NORTH}, events=[event(A, "merged", "2022-07-01", B)]),
                    told(2023, schools={A: SOUTH, B: NORTH}, events=[event(A, "opened", "2023-08-01")]))
    assert found.restated(2021, 2023)[A].school_id == B and found.restated(2023, 2023)[A].school_id == A


def test_a_circle_of_mergers_ends() -> None:
    found = lineage(told(2021, schools={A: NORTH, B: NORTH}), told(2022, schools={}, events=[
        event(A, "merged", "2022-07-01", B), event(B, "merged", "2022-07-01", A)]))
    assert found.successor(A, day("2022-09-01")).school_id in (A, B)
    assert {flaw.what for flaw in found.flaws} == {"circle"}


# Restating


def test_rows_of_a_merged_school_belong_to_its_heir_and_the_place_where_that_stands() -> None:
    found = merged_twice().restated(2021, 2023)
    assert {code: (each.school_id, each.place_code) for code, each in found.items()} == dict.fromkeys((A, B, C), (C, SOUTH))
    assert {code: each.school_id for code, each in merged_twice().restated(2021, 2022).items()} == {A: B, B: B, C: C}


def test_a_closed_school_stays_where_it_last_stood() -> None:
    found = lineage(told(2021, schools={A: NORTH}), told(2022, schools={B: NORTH}, events=[
        event(A, "moved", "2022-03-01", place_code=SOUTH, former_place_code=NORTH), event(A, "closed", "2022-07-01")]))
    assert (found.restated(2021, 2022)[A].place_code, found.restated(2021, 2022)[A].closed) == (SOUTH, day("2022-07-01"))


def test_a_year_is_not_restated_to_an_earlier_tree() -> None:
    with pytest.raises(JunhengError, match="合并了的学校分不开"):
        merged_twice().restated(2023, 2021)
    with pytest.raises(JunhengError, match="没有2020学年的学校表；已有 2021、2022、2023"):
        merged_twice().restated(2020, 2023)


# One school


def test_a_history_tells_names_events_predecessors_and_groups() -> None:
    belongs = {"tree": "district", "group_id": "1", "group_name": "一学区", "school_id": B, "from_day": day("2021-09-01")}
    found = lineage(told(2021, schools={A: NORTH, B: f"{NORTH} 旧名"}, memberships=[belongs]),
                    told(2022, schools={B: f"{NORTH} 今名"}, events=[event(A, "merged", "2022-07-01", B), event(
                        B, "renamed", "2022-08-01", former_name="旧名")], memberships=[belongs]))
    seen = history(found, B).as_json()
    assert seen["names"] == [{"name": "旧名", "since": None, "until": "2022-08-01"},
                             {"name": "今名", "since": "2022-08-01", "until": None}]
    assert [each["kind"] for each in seen["events"]] == ["merged", "renamed"]  # type: ignore[attr-defined]
    assert (seen["as_of"], seen["open"], seen["name"], seen["predecessors"]) == ("2022-09-01", True, "今名", [A])
    assert [each["group_id"] for each in seen["groups"]] == ["1"]  # type: ignore[attr-defined]


def test_a_history_as_of_a_day_is_how_the_school_stood_then() -> None:
    seen = history(merged_twice(), A, day("2022-06-30"))
    assert seen.standing is not None and seen.succession.school_id == A
    later = history(merged_twice(), A, day("2022-07-01"))
    assert later.standing is None and later.succession.school_id == B


def test_a_name_ends_with_the_school_and_begins_with_it() -> None:
    found = lineage(told(2021, schools={A: NORTH}), told(2022, schools={A: NORTH, B: f"{NORTH} 新校"}, events=[
        event(B, "opened", "2022-03-01")]), told(2023, schools={A: NORTH}, events=[event(B, "merged", "2023-05-01", A)]))
    assert history(found, B).as_json()["names"] == [{"name": "新校", "since": "2022-03-01", "until": "2023-05-01"}]


def test_a_name_that_changed_without_an_event_is_dated_by_the_census() -> None:
    found = lineage(told(2021, schools={A: f"{NORTH} 甲"}), told(2022, schools={A: f"{NORTH} 乙"}))
    assert history(found, A).as_json()["names"] == [{"name": "甲", "since": None, "until": "2022-09-01"},
                                                   {"name": "乙", "since": "2022-09-01", "until": None}]


def test_a_school_is_found_by_any_name_that_only_it_ever_had() -> None:
    found = lineage(told(2021, schools={A: f"{NORTH} 旧名", B: f"{NORTH} 同名"}),
                    told(2022, schools={A: f"{NORTH} 今名", C: f"{NORTH} 同名"}))
    assert [found.find(word) for word in (A, "旧名", "今名")] == [A, A, A]
    with pytest.raises(JunhengError, match=f"有 2 所学校叫这个名字：{B}、{C}"):
        found.find("同名")
    with pytest.raises(JunhengError, match="没有这个学校标识码或校名"):
        found.find("无此校")


# Other trees


def member(school: str, group: str, since: str, until: str | None = None) -> dict[str, object]:
    return {"tree": "district", "group_id": group, "group_name": group, "school_id": school, "from_day": day(since),
            "to_day": day(until) if until else None}


def test_a_membership_holds_from_its_first_day_until_the_day_it_ended() -> None:
    found = lineage(told(2022, memberships=[member(A, "一", "2020-09-01", "2022-10-01"), member(A, "二", "2022-10-01")]))
    assert [found.groups.group_of("district", day(on))[A] for on in ("2022-09-30", "2022-10-01")] == ["一", "二"]
    assert found.groups.members("district", "二", day("2022-10-01")) == [A]


def test_a_later_list_tells_when_an_earlier_membership_ended_and_who_came() -> None:
    found = lineage(told(2022, memberships=[member(A, "一", "2020-09-01")]),
                    told(2023, memberships=[member(A, "一", "2020-09-01", "2023-03-01"), member(B, "一", "2023-04-01")]))
    days = ("2023-02-28", "2023-03-31", "2023-04-01")
    assert [found.groups.members("district", "一", day(on)) for on in days] == [[A], [], [B]]


def test_a_school_that_a_later_list_leaves_out_belonged_until_then() -> None:
    found = lineage(told(2022, memberships=[member(A, "一", "2020-09-01")]),
                    told(2023, memberships=[member(B, "一", "2020-09-01")]))
    assert found.groups.members("district", "一", day("2023-08-31")) == [A]
    assert found.groups.members("district", "一", day("2023-09-01")) == [B]


# Events that cannot be right


def wrong(*events: dict[str, object]) -> list[tuple[str, str]]:
    found = lineage(told(2022, schools={}, events=events))
    return [(flaw.what, flaw.event.school_id) for flaw in flaws(found.events)]


def test_sound_events_have_no_flaw() -> None:
    assert wrong(event(A, "opened", "2021-09-01"), event(B, "split", "2022-01-01", A), event(A, "merged", "2022-02-01", B),
                 event(C, "recoded", "2022-03-01", B), event(A, "opened", "2022-04-01")) == []


def test_who_merged_into_nobody_or_into_itself_is_found() -> None:
    assert wrong(event(A, "merged", "2022-01-01")) == [("other_school_missing", A)]
    assert ("itself", A) in wrong(event(A, "merged", "2022-01-01", A))


def test_what_happens_after_the_end_is_found() -> None:
    closed = event(A, "closed", "2022-01-01")
    assert wrong(closed, event(A, "renamed", "2022-02-01", former_name="旧")) == [("after_end", A)]
    assert wrong(closed, event(B, "merged", "2022-02-01", A)) == [("after_end", B)]
    assert wrong(closed, event(A, "opened", "2022-02-01"), event(A, "renamed", "2022-03-01", former_name="旧")) == []


def test_a_school_that_begins_twice_is_found() -> None:
    assert wrong(event(A, "opened", "2022-01-01"), event(A, "opened", "2022-02-01")) == [("begins_twice", A)]


def test_an_event_that_two_years_tell_differently_is_a_contradiction_and_the_later_counts() -> None:
    found = lineage(told(2022, schools={A: NORTH}, events=[event(A, "merged", "2022-07-01", B)]),
                    told(2023, schools={C: NORTH}, events=[event(A, "merged", "2022-07-01", C)]))
    flaw, = found.contradictions
    assert flaw.what == "contradiction" and "2022-v1" in flaw.sentence() and flaw.event.snapshot == "2023-v1"
    assert found.successor(A, day("2023-09-01")).school_id == C


def test_an_event_told_twice_alike_or_with_a_blank_is_one_event() -> None:
    found = lineage(told(2022, events=[event(A, "merged", "2022-07-01", B)]),
                    told(2023, events=[event(A, "merged", "2022-07-01", B, paper=None)]))
    assert found.contradictions == [] and [each.paper for each in found.events] == ["教发1号"]
