from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from tiny_county import (
    LI,
    NORTH,
    SOUTH,
    WANG,
    fault,
    hand_in,
    no_faults,
    school,
    whole_county,
)

from junheng.kernel.codes import Severity
from junheng.kernel.faults import DataFaults, Exit, Fault, JunhengError
from junheng.register.holding import accept as door
from junheng.register.holding.accept import accept, accept_all
from junheng.register.holding.city import City
from junheng.register.holding.inbox import read_original
from junheng.register.holding.snapshots import Snapshot, open_snapshot
from junheng.register.submission import Submission

Correct = Callable[..., Snapshot]


def taken_in(city: City, submission: Submission, reason: str | None = None) -> Snapshot:
    return accept(submission, city, reason=reason, check=no_faults)


@pytest.fixture
def first(city: City, tmp_path: Path) -> Snapshot:
    return taken_in(city, whole_county(tmp_path / "first"))


def pupils(snapshot: Snapshot) -> dict[str, int]:
    return dict(snapshot.table("school_stages").select("school_id", "pupils").iter_rows())


def cited(snapshot: Snapshot, table: str) -> list[tuple[str, str]]:
    """School and name of the file that its rows come from."""
    return [(row["school_id"], snapshot.files[row["origin_file"]]["name"])
            for row in snapshot.table(table).iter_rows(named=True)]


def everything(city: City) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in city.path.rglob("*")
            if path.is_file() and path.name != "lock"}


# The first snapshot of a year


def test_the_first_import_of_a_year_is_version_1_and_in_force(city: City, first: Snapshot) -> None:
    assert first.id.startswith("2025-v1-") and first.manifest["previous"] is None
    assert open_snapshot(city.path).id == first.id
    assert pupils(first) == {NORTH: 300, SOUTH: 200}


def test_every_file_handed_in_is_kept(city: City, first: Snapshot, tmp_path: Path) -> None:
    for file in first.files:
        came = (tmp_path / "first" / file["name"]).read_bytes()
        assert read_original(city, file["sha256"], city.key()) == came


def test_no_identity_number_stands_anywhere_in_the_city_folder(
        city: City, first: Snapshot, tmp_path: Path) -> None:
    taken_in(city, hand_in(tmp_path / "second", {"north.xlsx": school(NORTH, 300, [WANG])}), "调动")
    for path, content in everything(city).items():
        assert LI.encode() not in content and WANG.encode() not in content, path
    now = open_snapshot(city.path)
    everyone = pl.concat(now.table(name)["teacher_id"] for name in ("teachers", "training"))
    assert everyone.str.contains("^p[a-z2-7]{20}$").all()


def test_when_and_where_it_was_taken_in_stands_beside_the_facts(first: Snapshot) -> None:
    run = json.loads((first.path / "run.json").read_text())
    assert date.fromisoformat(run["taken_in"][:10]) and run["host"] and run["seconds"]["checks"] >= 0
    assert not {"taken_in", "host", "seconds"} & set(first.manifest)


# Refusals: nothing is written


def refused(city: City, submission: Submission, faults: list[Fault], reason: str | None = None) -> DataFaults:
    with pytest.raises(DataFaults) as caught:
        accept(submission, city, reason=reason, check=lambda given, _: faults)
    assert caught.value.code is Exit.faults
    return caught.value


def test_errors_are_refused_all_at_once_and_not_even_a_folder_is_made(city: City, tmp_path: Path) -> None:
    early, late = fault(Severity.error), fault(Severity.note)
    submission = hand_in(tmp_path / "in", {"north.xlsx": school(NORTH, 1, [LI])}, [early])
    refusal = refused(city, submission, [late, early], "a reason does not help")
    assert set(refusal.faults) == {early, late} and "1 处错误" in str(refusal)
    assert not city.path.exists() and not (tmp_path / "city.key").exists()


@pytest.mark.parametrize("reason", [None, "", "  "])
def test_warnings_without_a_reason_are_refused(city: City, tmp_path: Path, reason: str | None) -> None:
    refusal = refused(city, whole_county(tmp_path / "in"), [fault(Severity.warning)], reason)
    assert "--reason" in str(refusal) and not city.path.exists()


def test_warnings_with_a_reason_are_taken_in_and_the_reason_is_kept(city: City, tmp_path: Path) -> None:
    warning = fault(Severity.warning)
    result, = accept_all([whole_county(tmp_path / "in")], city, reason="已核实",
                         check=lambda given, _: [warning])
    assert result.faults == [warning] and result.new
    assert result.snapshot.manifest["reason"] == "已核实"


def test_notes_need_no_reason(city: City, tmp_path: Path) -> None:
    result, = accept_all([whole_county(tmp_path / "in")], city, check=lambda given, _: [fault(Severity.note)])
    assert result.new and result.snapshot.manifest["reason"] is None


def test_a_correction_without_a_reason_is_refused(city: City, first: Snapshot, tmp_path: Path) -> None:
    before = everything(city)
    with pytest.raises(JunhengError, match="--reason") as caught:
        taken_in(city, whole_county(tmp_path / "second", 301))
    assert caught.value.code is Exit.faults
    assert everything(city) == before


def test_a_correction_in_another_code_system_is_refused(city: City, first: Snapshot, tmp_path: Path) -> None:
    other = hand_in(tmp_path / "second", {"north.xlsx": school(NORTH, 1, [LI])}, codes="sjkc")
    with pytest.raises(JunhengError, match="代码体系 sjkc") as caught:
        taken_in(city, other, "原因")
    assert caught.value.code is Exit.faults


# Corrections


@pytest.fixture
def correct(city: City, first: Snapshot, tmp_path: Path) -> Correct:
    """Hand in one more workbook, with a reason."""
    return lambda rows, name="later.xlsx": taken_in(city, hand_in(tmp_path / "later", {name: rows}), "更正")


def test_a_correction_is_the_next_version_and_names_the_one_before(first: Snapshot, correct: Correct) -> None:
    second = correct(school(NORTH, 310, [LI]))
    assert second.version == 2 and second.manifest["previous"] == first.id
    assert second.manifest["reason"] == "更正"
    assert pupils(first) == {NORTH: 300, SOUTH: 200}


def test_a_workbook_replaces_its_schools_rows_and_no_others(correct: Correct) -> None:
    second = correct(school(NORTH, 310, [WANG, LI]))
    assert pupils(second) == {NORTH: 310, SOUTH: 200}
    staff = second.table("teachers")
    assert staff["school_id"].to_list().count(NORTH) == 2 and staff.height == 3


def test_a_sheet_handed_in_again_without_rows_empties_that_schools_rows(
        city: City, first: Snapshot, tmp_path: Path) -> None:
    empty = hand_in(tmp_path / "later", {"north.xlsx": {"training": []}})
    empty.handed_in = pl.DataFrame({"table": ["training"], "school_id": [NORTH]})
    second = taken_in(city, empty, "更正")
    assert second.table("training")["school_id"].to_list() == [SOUTH]
    assert second.table("teachers").equals(first.table("teachers"))


def test_sheets_that_are_not_in_the_workbook_stay(first: Snapshot, correct: Correct) -> None:
    second = correct({"school_stages": school(NORTH, 310, [])["school_stages"]})
    assert second.table("teachers").equals(first.table("teachers"))
    assert second.file("teachers").samefile(first.file("teachers"))
    assert not second.file("school_stages").samefile(first.file("school_stages"))


def test_a_table_without_schools_is_replaced_by_key(correct: Correct) -> None:
    second = correct({"places": [{"place_code": "379901100", "name": "新名"}, {"place_code": "379901101"}]})
    assert dict(second.table("places").select("place_code", "name").iter_rows()) == {
        "379901": "379901", "379901100": "新名", "379901101": None}


def test_a_sheet_handed_in_for_the_first_time_joins_the_others(first: Snapshot, correct: Correct) -> None:
    second = correct({"rooms": [{"school_id": NORTH, "room_id": "1"}]})
    assert not first.has("rooms") and second.table("rooms")["room_id"].to_list() == ["1"]
    assert set(second.handed_in.iter_rows()) == {*first.handed_in.iter_rows(), ("rooms", NORTH)}


def test_after_a_correction_every_row_still_cites_its_file(correct: Correct) -> None:
    second = correct(school(NORTH, 310, [LI]))
    for table in ("school_stages", "teachers", "training"):
        cites = dict(cited(second, table))
        assert cites[SOUTH] == "south.xlsx"
    assert dict(cited(second, "school_stages"))[NORTH] == "later.xlsx"


def test_a_file_that_no_row_cites_any_more_makes_room(first: Snapshot, correct: Correct) -> None:
    """While its staff is unchanged, these rows keep their origin; hand in another staff, and they do not."""
    assert "north.xlsx" in [file["name"] for file in correct(school(NORTH, 310, [LI])).files]
    third = correct(school(NORTH, 320, [LI, WANG]), "last.xlsx")
    assert [file["name"] for file in third.files] == ["county.xlsx", "last.xlsx", "south.xlsx"]
    assert set(cited(third, "training")) == {(NORTH, "last.xlsx"), (SOUTH, "south.xlsx")}


def test_a_person_keeps_the_pseudonym_through_a_correction(first: Snapshot, correct: Correct) -> None:
    second = correct(school(SOUTH, 200, [LI]))
    assert second.table("teachers")["teacher_id"].n_unique() == 1
    assert second.table("teachers")["teacher_id"][0] == first.table("teachers")["teacher_id"][0]


def test_the_checks_see_the_whole_county_after_a_correction(
        city: City, first: Snapshot, tmp_path: Path) -> None:
    seen: list[Submission] = []

    def look(given: Submission, _: object) -> list[Fault]:
        seen.append(given)
        return []

    accept(hand_in(tmp_path / "later", {"n.xlsx": school(NORTH, 310, [LI])}), city, reason="更正", check=look)
    raw, merged = seen
    assert raw.frames["teachers"]["teacher_id"].to_list() == [LI]
    assert merged.frames["school_stages"].height == 2 and "places" in merged.frames
    assert LI not in merged.frames["teachers"]["teacher_id"].to_list()


def test_a_correction_that_breaks_another_table_is_refused_by_the_real_checks(
        city: City, first: Snapshot, tmp_path: Path) -> None:
    """The training of the south names WANG, whom the new staff list has not."""
    staff = {"teachers": [{"school_id": SOUTH, "teacher_id": LI, "full_time": False}]}
    with pytest.raises(DataFaults) as caught:
        accept(hand_in(tmp_path / "later", {"s.xlsx": staff}), city, reason="更正")
    assert ("south.xlsx", "unknown_teacher") in {(each.file, each.kind) for each in caught.value.faults}


def test_what_only_the_number_shows_is_checked_in_a_correction_too(
        city: City, first: Snapshot, tmp_path: Path) -> None:
    staff = {"teachers": [{"school_id": NORTH, "teacher_id": LI, "birth_year": 1981, "full_time": True}]}
    with pytest.raises(DataFaults) as caught:
        accept(hand_in(tmp_path / "later", {"n.xlsx": staff}), city, reason="更正")
    assert [each.kind for each in caught.value.faults].count("birth_year_mismatch") == 1


# The same again


def test_the_same_facts_again_write_nothing_and_need_no_reason(
        city: City, first: Snapshot, tmp_path: Path) -> None:
    before, said = everything(city), []
    result, = accept_all([whole_county(tmp_path / "again")], city, check=no_faults,
                         on_progress=lambda share, sentence: said.append((share, sentence)))
    assert not result.new and result.snapshot.id == first.id
    assert everything(city) == before
    assert said[-1][0] == 1.0 and "没有变化" in said[-1][1]


def test_one_workbook_of_the_county_again_writes_nothing(city: City, first: Snapshot, tmp_path: Path) -> None:
    again = hand_in(tmp_path / "again", {"copy of north.xlsx": school(NORTH, 300, [LI])})
    assert taken_in(city, again).id == first.id


def test_known_warnings_of_the_same_facts_need_no_second_reason(
        city: City, first: Snapshot, tmp_path: Path) -> None:
    result, = accept_all([whole_county(tmp_path / "again")], city,
                         check=lambda given, _: [fault(Severity.warning)])
    assert not result.new


def test_going_back_to_earlier_facts_is_a_new_version(city: City, first: Snapshot, tmp_path: Path) -> None:
    taken_in(city, whole_county(tmp_path / "second", 301), "改")
    third = taken_in(city, whole_county(tmp_path / "third"), "改回")
    assert third.version == 3 and pupils(third) == pupils(first)


# Several years


def test_several_years_come_into_force_together(city: City, tmp_path: Path) -> None:
    years = [whole_county(tmp_path / str(year), year=year) for year in (2023, 2024, 2025)]
    results = accept_all(years, city, check=no_faults)
    assert [result.snapshot.year for result in results] == [2023, 2024, 2025]
    assert list(city.current()) == [2023, 2024, 2025]


def test_a_fault_in_one_year_keeps_all_years_out(city: City, tmp_path: Path) -> None:
    years = [whole_county(tmp_path / str(year), year=year) for year in (2024, 2025)]
    with pytest.raises(DataFaults):
        accept_all(years, city, check=lambda given, _: [fault(Severity.error)] if given.year == 2025 else [])
    assert not city.path.exists()


def test_older_years_are_read_first(city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []

    def look(paths: list[Path], *, year: int, **options: object) -> Submission:
        read.append(year)
        return whole_county(paths[0], year=year)

    monkeypatch.setattr(door, "take_in", look)
    door.import_all({2025: [tmp_path / "b"], 2023: [tmp_path / "a"]}, city.path, reason="两校的数据从简")
    assert read == [2023, 2025] and list(city.current()) == [2023, 2025]


def test_when_the_last_year_cannot_be_written_the_first_is_taken_back(
        city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken_in(city, whole_county(tmp_path / "2022", year=2022))
    before, write = everything(city), door.write_snapshot

    def failing(where: City, facts: Submission, *rest: object) -> Snapshot:
        if facts.year == 2025:
            raise KeyboardInterrupt
        return write(where, facts, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(door, "write_snapshot", failing)
    with pytest.raises(KeyboardInterrupt):
        accept_all([whole_county(tmp_path / str(year), year, year=year) for year in (2024, 2025)], city,
                   check=no_faults)
    assert everything(city) == before


# Others at work, and time


def test_an_import_that_came_in_between_is_seen(city: City, tmp_path: Path) -> None:
    """Both were checked against an empty city; the slower one has become a correction."""
    calls: list[int] = []

    def meanwhile(given: Submission, _: object) -> list[Fault]:
        calls.append(1)
        if len(calls) == 1:
            taken_in(city, whole_county(tmp_path / "quick"))
        return []

    with pytest.raises(JunhengError, match="已有快照"):
        accept(whole_county(tmp_path / "slow", 301), city, check=meanwhile)
    assert pupils(open_snapshot(city.path)) == {NORTH: 300, SOUTH: 200}
    assert accept(whole_county(tmp_path / "slow", 301), city, reason="更正", check=no_faults).version == 2


def test_originals_past_their_day_go_at_the_next_import_and_it_says_so(
        city: City, first: Snapshot, tmp_path: Path) -> None:
    sealed = city.inbox / first.files[1]["sha256"]
    sealed.write_bytes(sealed.read_bytes().replace(b'{"until": "2', b'{"until": "1', 1))
    said: list[str] = []
    result, = accept_all([whole_county(tmp_path / "again")], city, check=no_faults,
                         on_progress=lambda share, sentence: said.append(sentence))
    assert result.removed_originals == [sealed.name] and not sealed.exists()
    assert any("已删除 1 份" in sentence for sentence in said)


def test_what_a_killed_import_left_is_swept_away(city: City, first: Snapshot, tmp_path: Path) -> None:
    (city.snapshots / ".tmp-1").mkdir()
    (city.snapshots / ".tmp-1" / "places.parquet").write_text("half")
    (city.inbox / ".tmp-2").write_text("half")
    taken_in(city, whole_county(tmp_path / "second", 301), "更正")
    assert not list(city.path.rglob(".tmp-*"))


def test_a_key_gone_missing_stops_the_import_before_the_files_are_read(
        city: City, first: Snapshot, tmp_path: Path) -> None:
    (tmp_path / "city.key").unlink()
    with pytest.raises(JunhengError, match="找不到密钥文件") as caught:
        door.import_year([tmp_path / "no such file"], city.path, 2025)
    assert caught.value.code is Exit.storage
