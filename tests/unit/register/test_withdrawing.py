"""What a correction takes back that no sheet can."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny_county import LI, NORTH, SOUTH, WANG, county, hand_in, no_faults, school, whole_county

from junheng.kernel.faults import JunhengError
from junheng.register.holding.accept import accept_all, import_all
from junheng.register.holding.city import City
from junheng.register.holding.snapshots import Snapshot, open_snapshot
from junheng.register.submission import Submission

PEOPLE = {"disabled_children": [{"child_id": LI, "place_code": "379901"}, {"child_id": WANG, "place_code": "379901"}]}
PAPERS = {"evidence": [{"item": "yz.2.1", "place_code": "379901", "document": "决算/批复"},
                       {"item": "yz.2.1", "place_code": "379901", "document": "通知"},
                       {"item": "yz.2.2", "place_code": "379901", "document": "通知"}]}


@pytest.fixture
def first(city: City, tmp_path: Path) -> Snapshot:
    whole = whole_county(tmp_path / "first")
    more = hand_in(tmp_path / "more", {"people.xlsx": PEOPLE, "papers.xlsx": PAPERS})
    corrected(city, whole)
    return corrected(city, more)


def corrected(city: City, given: Submission | None = None, *withdrawn: str, reason: str | None = "更正") -> Snapshot:
    submission = given or Submission(2025)
    return accept_all([submission], city, reason=reason, check=no_faults, withdraw={2025: withdrawn})[0].snapshot


def refusal(city: City, name: str) -> str:
    with pytest.raises(JunhengError) as caught:
        corrected(city, None, name)
    return str(caught.value)


def test_a_school_goes_with_all_its_rows_and_sheets(city: City, first: Snapshot) -> None:
    second = corrected(city, None, SOUTH)
    for table in ("school_stages", "teachers", "training"):
        assert set(second.table(table)["school_id"]) == {NORTH}
    assert SOUTH not in set(second.handed_in["school_id"])


def test_what_stays_is_not_written_again(city: City, first: Snapshot) -> None:
    second = corrected(city, None, SOUTH)
    assert second.file("places").samefile(first.file("places"))
    assert second.table("evidence").equals(first.table("evidence"))


def test_a_table_that_only_this_school_handed_in_is_unknown_again_and_not_empty(
        city: City, first: Snapshot, tmp_path: Path) -> None:
    rooms = hand_in(tmp_path / "rooms", {"rooms.xlsx": {"rooms": [{"school_id": SOUTH, "room_id": "1"}]}})
    assert corrected(city, rooms).has("rooms")
    assert not corrected(city, None, SOUTH).has("rooms")


def test_a_withdrawal_says_what_and_why_in_the_manifest(city: City, first: Snapshot) -> None:
    manifest = corrected(city, None, SOUTH, reason="重复登记").manifest
    assert (manifest["withdrawn"], manifest["reason"], manifest["previous"]) == ([SOUTH], "重复登记", first.id)


def test_it_needs_a_reason_like_every_correction(city: City, first: Snapshot) -> None:
    with pytest.raises(JunhengError, match="--reason"):
        corrected(city, None, SOUTH, reason=None)
    assert open_snapshot(city.path).id == first.id


@pytest.mark.parametrize("name", ["区划/379901100", "places/379901100"])
def test_a_place_goes_by_its_code(city: City, first: Snapshot, name: str) -> None:
    assert corrected(city, None, name).table("places")["place_code"].to_list() == ["379901"]


@pytest.mark.parametrize(("name", "left"), [
    ("佐证/yz.2.1/379901/通知", ["决算/批复", "通知"]), ("佐证/yz.2.1/379901", ["通知"]),
    ("佐证/yz.2.1/379901/决算/批复", ["通知", "通知"]), ("佐证", [])])
def test_documents_go_by_the_beginning_of_their_key(city: City, first: Snapshot, name: str, left: list[str]) -> None:
    assert corrected(city, None, name).table("evidence")["document"].to_list() == left


def test_a_list_of_persons_goes_whole_and_comes_again_in_the_same_import(city: City, first: Snapshot, tmp_path: Path) -> None:
    again = hand_in(tmp_path / "again", {"people.xlsx": {"disabled_children": PEOPLE["disabled_children"][:1]}})
    assert corrected(city, again, "残疾儿童").table("disabled_children").height == 1


def test_no_identity_number_is_taken_on_the_command_line(city: City, first: Snapshot) -> None:
    said = refusal(city, f"残疾儿童/{LI}")
    assert "整张表" in said and LI not in said


def test_a_school_handed_in_again_at_once_is_as_if_new(city: City, first: Snapshot, tmp_path: Path) -> None:
    again = hand_in(tmp_path / "again", {"south.xlsx": {"school_stages": school(SOUTH, 210, [])["school_stages"]}})
    second = corrected(city, again, SOUTH)
    assert dict(second.table("school_stages").select("school_id", "pupils").iter_rows()) == {NORTH: 300, SOUTH: 210}
    assert set(second.table("teachers")["school_id"]) == {NORTH}


def test_withdrawn_and_handed_in_as_it_was_is_no_change(city: City, first: Snapshot, tmp_path: Path) -> None:
    again = hand_in(tmp_path / "again", {"south.xlsx": school(SOUTH, 200, [WANG])})
    assert corrected(city, again, SOUTH).id == first.id


@pytest.mark.parametrize(("name", "words"), [
    ("3799000009", "没有这所学校"), ("教师/3799000001", "重报该校的这张表"), ("区划/999999", "没有这样的行"),
    ("经费表", "没有这所学校"), ("学龄人口", "没有这样的行")])
def test_what_names_nothing_is_refused_in_words(city: City, first: Snapshot, name: str, words: str) -> None:
    assert words in refusal(city, name) and open_snapshot(city.path).id == first.id


def test_before_the_first_import_there_is_nothing_to_withdraw(city: City, tmp_path: Path) -> None:
    with pytest.raises(JunhengError, match="没有可撤回的内容"):
        corrected(city, hand_in(tmp_path / "in", {"c.xlsx": county("379901")}), SOUTH)
    assert not city.path.exists()


def test_the_door_takes_a_year_without_files_when_something_of_it_is_withdrawn(city: City, first: Snapshot) -> None:
    result, = import_all({2025: []}, city.path, reason="更正", withdraw={2025: ["佐证"]})
    assert result.new and result.snapshot.table("evidence").is_empty()


def test_the_door_refuses_a_year_with_neither(city: City, first: Snapshot) -> None:
    with pytest.raises(JunhengError, match="没有可读的文件"):
        import_all({2025: []}, city.path, reason="更正")
