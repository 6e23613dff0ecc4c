"""Law by place and day: local values over national ones, reliefs only where their condition is known, dates."""

from datetime import date
from pathlib import Path

import pytest

from junheng.kernel.codes import Verdict
from junheng.kernel.faults import JunhengError
from junheng.standards import law, law_book, looser_values
from junheng.standards.law import read_overlay
from tests.spec.drawn import PLACES, draw, measured, one

Q = "quality_balance_2017"
SHENYANG = ({"place_code": "210102", "name": "某区", "level": "county"},)
A, B = "1", "2"
Tables = dict[str, list[dict[str, object]]]


def here(pupils: int, **facts: object) -> Tables:
    return {"places": list(SHENYANG), "schools": [{"school_id": A, "place_code": "210102", **facts}],
            "school_stages": [{"school_id": A, "pupils": pupils}]}


@pytest.mark.parametrize(("built", "verdict"), [(2010, "met"), (2011, "not_met"), (None, "not_met")])
def test_a_relief_for_old_schools_needs_a_known_year(built: int | None, verdict: str) -> None:
    found = one(measured(draw(**here(2400, built_year=built)), Q)[0], "yz.2.4", A, "all")
    assert found.verdict is Verdict[verdict]


def test_the_relief_of_one_place_does_not_bind_another() -> None:
    tables = here(2400, built_year=2000) | {"places": list(PLACES), "schools": [{"school_id": A, "built_year": 2000}]}
    assert one(measured(draw(**tables), Q)[0], "yz.2.4", A, "all").verdict is Verdict.not_met


def test_visiting_specialists_count_only_where_the_overlay_says_so() -> None:
    guests: Tables = {"teachers": [{"school_id": A, "teacher_id": "x", "full_time": False, "main_subject": "music"}]}
    village = one(measured(draw(**here(80), **guests), Q)[0], "yz.1.3", A)
    city = one(measured(draw(**here(80, urban_rural="city_core"), **guests), Q)[0], "yz.1.3", A)
    larger = one(measured(draw(**here(100), **guests), Q)[0], "yz.1.3", A)
    assert (village.part, city.part, larger.part) == (1, 0, 0)


def test_a_leased_ground_counts_in_a_city_core_when_near_and_under_contract() -> None:
    venues: Tables = {"venues": [
        {"school_id": A, "number": 1, "area_m2": 500}, {"school_id": A, "number": 2, "minutes_on_foot": 11},
        {"school_id": A, "number": 3, "contract_until": date(2025, 8, 31)}]}
    sites: Tables = {"sites": [{"school_id": A}]}
    core = one(measured(draw(**here(100, urban_rural="city_core"), **venues, **sites), Q)[0], "yz.1.5", A)
    fringe = one(measured(draw(**here(100, urban_rural="city_fringe"), **venues, **sites), Q)[0], "yz.1.5", A)
    assert (core.part, fringe.part) == (1500, 1000)


def test_a_small_point_joins_its_central_school_where_an_overlay_merges(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(
        'jurisdiction = "9901"\nzh = "某市"\n[small_point]\n'
        'since = [{day = 2020-01-01, value = "merge", paper = "某市〔2020〕1号", evidence = "read"}]\n', encoding="utf-8")
    tables: Tables = {
        "schools": [{"school_id": A}, {"school_id": B, "kind": "teaching_point", "managing_school_id": A}],
        "school_stages": [{"school_id": A, "pupils": 100}, {"school_id": B, "pupils": 20}],
        "assets": [{"school_id": A, "equipment_10k_yuan": 20}, {"school_id": B, "equipment_10k_yuan": 4}],
    }
    merged, _ = measured(draw(**tables), Q, overlays=tmp_path)
    dropped, _ = measured(draw(**tables), Q)
    assert (one(merged, "yz.1.6", A).part, one(merged, "yz.1.6", A).whole) == (240_000, 120)
    assert (one(dropped, "yz.1.6", A).part, one(dropped, "yz.1.6", A).whole) == (200_000, 100)
    assert not [each for each in merged if each.group == B and each.item == "yz.1.6"]


def test_a_day_before_the_first_value_is_refused_in_words() -> None:
    with pytest.raises(JunhengError, match="最早的一条自 2016-07-02"):
        law_book(date(2010, 1, 1)).entry(law["large_class"], "", {})


def test_a_standard_that_is_not_in_force_yet_is_refused_when_asked_for() -> None:
    with pytest.raises(JunhengError, match="尚未施行"):
        measured(draw(year=2015, schools=[{"school_id": A}], school_stages=[{"school_id": A}]), Q)


def test_the_latest_day_wins_among_values_of_one_place() -> None:
    assert law_book(date(2019, 12, 31)).entry(law["extra_large_class_share"], "", {}).value * 100 == 2
    assert law_book(date(2020, 1, 1)).entry(law["extra_large_class_share"], "", {}).value == 0


def test_every_looser_value_of_an_overlay_is_named() -> None:
    sentences = looser_values(law_book(date(2025, 9, 1)).overlays)
    assert any("学校规模上限 2400 宽于国家标准 2000" in sentence for sentence in sentences)
    assert any("学校规模上限 3000 宽于国家标准 2500" in sentence for sentence in sentences)


@pytest.mark.parametrize(("text", "words"), [
    ('zh = "x"', "jurisdiction"), ('jurisdiction = "99"\n[no_such]\nsince = []', "no_such"),
    ('jurisdiction = "99"\n[large_class]\nsince = [{value = 1}]', "day"), ("= broken", "TOML")])
def test_a_wrong_overlay_is_refused_in_words(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(JunhengError, match=words):
        read_overlay(path)


@pytest.mark.parametrize(("body", "words"), [
    ("[network_rooms]\nzh = 'x'", "since"), ("network_rooms = 3", "since"), ("[network_rooms]\nsince = 3", "since"),
    ("[network_rooms]\nsince = [{day = 2020-01-01, value = 1, paper = 'p', evidence = 'read', where = 'a'}]", "where"),
    ("[network_rooms]\nsince = [{day = 2020-01-01T00:00:00, value = 1, paper = 'p', evidence = 'read'}]", "day"),
    ("[network_rooms]\nsince = [{day = 2020-01-01, value = 'abc', paper = 'p', evidence = 'read'}]", "value"),
    ("[network_rooms]\nsince = [{day = 2020-01-01, value = 1, paper = 'p', evidence = 'read', where = {stge = 'x'}}]", "stge"),
    ("[school_size]\nsince = [{day = 2020-01-01, value = 1, paper = 'p', evidence = 'read', where = {built_year_until = 'x'}}]",
     "built_year_until")])
def test_every_slip_in_an_overlay_is_said_in_words(tmp_path: Path, body: str, words: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(f'jurisdiction = "99"\n{body}\n', encoding="utf-8")
    with pytest.raises(JunhengError, match=words):
        read_overlay(path)


@pytest.mark.parametrize("where", ["", 'where = {area = "rural"}, '])
def test_a_looser_value_is_named_even_where_the_nation_has_one_for_each_stage(tmp_path: Path, where: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text('jurisdiction = "99"\nzh = "某市"\n[teaching_area]\n'
                    f"since = [{{day = 2020-01-01, {where}value = 3, paper = 'p', evidence = 'read'}}]\n", encoding="utf-8")
    assert looser_values([read_overlay(path)])


def overlay(folder: Path, name: str, value: str) -> None:
    (folder / "own.toml").write_text(f'jurisdiction = "9901"\n[{name}]\nsince = [{{day = 2020-01-01, value = {value}, '
                                     'paper = "p", evidence = "read"}]\n', encoding="utf-8")


def test_a_limit_of_nothing_splits_by_pupils(tmp_path: Path) -> None:
    overlay(tmp_path, "network_rooms", "0")
    tables: Tables = {"schools": [{"school_id": A, "kind": "nine_year", "split": "by_pupils"}],
                      "school_stages": [{"school_id": A, "stage": stage} for stage in ("primary", "junior")]}
    assert one(measured(draw(**tables), Q, overlays=tmp_path)[0], "yz.1.7", A).verdict is Verdict.met


def test_a_chain_of_small_points_ends_at_the_central_school_and_none_is_lost(tmp_path: Path) -> None:
    overlay(tmp_path, "small_point", '"merge"')
    tables: Tables = {
        "schools": [{"school_id": A}, {"school_id": B, "kind": "teaching_point", "managing_school_id": A},
                    {"school_id": "3", "kind": "teaching_point", "managing_school_id": B},
                    {"school_id": "4", "kind": "teaching_point", "managing_school_id": "5"}, {"school_id": "5"}],
        "school_stages": [{"school_id": A}, {"school_id": B, "pupils": 20}, {"school_id": "3", "pupils": 10},
                          {"school_id": "4", "pupils": 7}, {"school_id": "5", "pupils": 0}],
    }
    findings, _ = measured(draw(**tables), Q, overlays=tmp_path)
    assert one(findings, "yz.1.6", A).whole == 130
    assert one(findings, "yz.1.6", "990101").whole == 137  # the point whose central school is empty stays a row
