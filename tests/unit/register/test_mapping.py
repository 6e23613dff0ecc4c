from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from junheng.kernel.faults import JunhengError
from junheng.register.intake import take_in
from junheng.register.intake.mapping import SHIPPED, Mapping, load_mapping
from junheng.register.submission import Submission

RULES = """
name = "elsewhere"
[code_system]
name = "elsewhere"
school = "[A-Z][0-9]"

[[table]]
name = "schools"
[table.columns]
school_id = "code"
name = "school name"
kind = { always = "primary" }
boarding = { always = true }
place_code = { from = ["state", "district"] }
urban_rural = { from = "area", values = { "Bandar" = "town_core" } }
longitude = { from = "x", round_to = 6 }

[[table]]
name = "assets"
[table.columns]
school_id = "code"
equipment_10k_yuan = { from = "equipment", times = "0.0001", round_to = 4 }

[[table]]
name = "places"
distinct = true
[table.columns]
place_code = "state"
name = "state"
level = { always = "province" }

[[table]]
name = "places"
distinct = true
[table.columns]
place_code = { from = ["state", "district"] }
name = "district"
level = { always = "county" }
parent_code = "state"
"""
LIST = """code,school name,state,district,area,x,equipment,remark
A1,甲,North,East,BANDAR,101.12345678,12345.6,r
A2,乙,North,East,,,,
,,,,,,,
B3,丙,North,,Bandar,-0.0000005,0,
"""


@pytest.fixture
def rules(tmp_path: Path) -> Mapping:
    (tmp_path / "rules.toml").write_text(RULES, encoding="utf-8")
    return load_mapping(tmp_path / "rules.toml")


def given(tmp_path: Path, rules: Mapping, content: str = LIST) -> Submission:
    (tmp_path / "list.csv").write_text(content, encoding="utf-8")
    return take_in([tmp_path / "list.csv"], year=2025, mapping=rules)


def test_a_list_becomes_rows_and_what_it_lacks_is_unknown(tmp_path: Path, rules: Mapping) -> None:
    submission = given(tmp_path, rules)
    schools = submission.frames["schools"]
    assert schools.select("year", "school_id", "name", "kind", "boarding", "urban_rural", "origin_row").rows() == [
        (2025, "A1", "甲", "primary", True, "town_core", 2), (2025, "A2", "乙", "primary", True, None, 3),
        (2025, "B3", "丙", "primary", True, "town_core", 5)]
    assert schools["run_by"].null_count() == 3
    assert submission.code_system.name == "elsewhere"


def test_numbers_are_scaled_and_rounded_only_where_the_mapping_says_so(tmp_path: Path, rules: Mapping) -> None:
    submission = given(tmp_path, rules)
    assert submission.frames["schools"]["longitude"].to_list() == [Decimal("101.123457"), None, Decimal("-0.000001")]
    assert submission.frames["assets"]["equipment_10k_yuan"].to_list() == [Decimal("1.2346"), None, Decimal("0.0000")]


def test_places_named_in_every_row_are_taken_once_under_their_parent(tmp_path: Path, rules: Mapping) -> None:
    submission = given(tmp_path, rules, LIST.replace("B3,丙,North,", "B3,丙,South,East"))
    places = submission.frames["places"].select("place_code", "name", "level", "parent_code").rows()
    assert sorted(places) == [("North", "North", "province", None), ("North/East", "East", "county", "North"),
                              ("South", "South", "province", None), ("South/East", "East", "county", "South")]
    assert submission.faults == []


def test_a_blank_key_is_a_fault_even_in_a_list(tmp_path: Path, rules: Mapping) -> None:
    faults = given(tmp_path, rules, LIST.replace("A2,", ",")).faults
    assert ("missing_value", 3, "school_id") in [(fault.kind, fault.row, fault.column) for fault in faults]


def test_half_a_place_is_no_place(tmp_path: Path, rules: Mapping) -> None:
    submission = given(tmp_path, rules)
    assert submission.frames["schools"]["place_code"].to_list() == ["North/East", "North/East", None]
    assert submission.frames["places"]["place_code"].to_list() == ["North", "North/East"]
    assert submission.faults == []


def test_what_the_lists_of_values_lack_is_refused_not_guessed(tmp_path: Path, rules: Mapping) -> None:
    faults = given(tmp_path, rules, LIST.replace("BANDAR", "Kota").replace("B3,丙,North,", "B3,丙,North,West")).faults
    assert [(fault.kind, fault.column, "Kota" in fault.found) for fault in faults] == [("unknown_code", "urban_rural", True)]


def test_a_column_that_the_mapping_names_must_be_in_the_list(tmp_path: Path, rules: Mapping) -> None:
    faults = given(tmp_path, rules, "code,state,district,area,x,equipment\nA1,N,E,Bandar,1,1\n").faults
    assert [(fault.kind, fault.column, fault.row) for fault in faults] == [("missing_column", "name", 1)]


def test_another_list_is_the_wrong_one(tmp_path: Path, rules: Mapping) -> None:
    assert [fault.kind for fault in given(tmp_path, rules, "a,b\n1,2\n").faults] == ["wrong_sheet"]


@pytest.mark.parametrize(("change", "word"), [
    (('name = "schools"', 'name = "shops"'), "shops"), (('boarding = ', 'bording = '), "bording"),
    (('school_id = "code"\nname', "name"), "school_id"), (('school = "[A-Z]', 'school = "([A-Z]'), "正则"),
    (('[code_system]\nname = "elsewhere"', "[code_system]"), "code_system"), (('times = "0.0001"', 'times = "x"'), "times"),
    (('{ always = "primary" }', '{ always = "primary", from = "x" }'), "kind"), (("[[table]]", "[[tables]]"), "table"),
    (('round_to = 6', 'round_to = "6"'), "round_to"), (("= \"code\"", "= code"), "TOML")])
def test_a_mapping_that_is_wrong_is_refused_in_words(tmp_path: Path, change: tuple[str, str], word: str) -> None:
    assert change[0] in RULES
    (tmp_path / "m.toml").write_text(RULES.replace(*change), encoding="utf-8")
    with pytest.raises(JunhengError, match=word):
        load_mapping(tmp_path / "m.toml")


def test_a_mapping_that_is_not_there_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(JunhengError, match="读不出来"):
        load_mapping(tmp_path / "none.toml")


def test_shipped_mappings_are_found_by_name() -> None:
    assert "sjkc.toml" in {file.name for file in SHIPPED.iterdir()}
    for file in SHIPPED.glob("*.toml"):
        assert {load_mapping(Path(name)).name for name in (file.stem, file.name, str(file))} == {file.stem}
