"""The page of what is covered: one true answer for whatever is asked, and no item left unsaid."""

from __future__ import annotations

import pytest

from docs import coverage
from docs.coverage import Entry
from junheng.indicators.registry import INDICATORS
from junheng.kernel.shapes import Count, Ratio, Sum
from junheng.planning.codes import MeasureKind
from junheng.register.tables import TABLES, flows, school_stages
from tests.structure.places import PACKAGE, REFERENCE

ENTRIES = [each for entries in coverage.sections().values() for each in entries]


def of_kind(*kinds: str) -> list[Entry]:
    return [each for each in ENTRIES if each.kind in kinds]


def test_each_entry_stands_once() -> None:
    assert len({each.id for each in ENTRIES}) == len(ENTRIES)


@pytest.mark.parametrize("body", ({}, {"items": ["st.str"], "why": "No."}, {"why": "No.", "remark": "unread"}))
def test_an_entry_with_no_answer_or_two_or_an_unread_word_is_refused(body: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="wants one of"):
        coverage.entry("st.str", {"zh": "生师比", **body})


@pytest.mark.parametrize("kind", coverage.ANSWERS)
def test_every_kind_of_answer_is_given(kind: str) -> None:
    assert of_kind(kind) != []


def test_every_item_that_answers_exists() -> None:
    named = [(each.id, pattern) for each in of_kind("items", "evidence") for pattern in each.named]
    assert [both for both in named if not coverage.matching([both[1]])] == []


def test_what_is_computed_has_a_formula_over_columns_and_what_is_entered_a_document() -> None:
    assert [each.id for each in of_kind("items") if all(map(coverage.is_attested, each.items))] == []
    assert [each.id for each in of_kind("evidence") if not all(map(coverage.is_attested, each.items))] == []


def test_every_column_that_is_held_is_declared() -> None:
    named = [name.split(".") for each in of_kind("held") for name in each.named]
    assert [f"{table}.{column}" for table, column in named if column not in TABLES[table].columns] == []


def test_every_measure_that_is_planned_is_one_of_planning() -> None:
    assert [name for each in of_kind("planned") for name in each.named if name not in MeasureKind.__members__] == []


def test_what_is_for_later_names_a_room_that_is_still_to_come() -> None:
    rooms = {each.named[0].split(": ")[0] for each in of_kind("later")}
    assert rooms <= set(coverage.ROOMS_TO_COME)
    assert [room for room in rooms if (PACKAGE / room).exists()] == []


def test_every_item_is_made_from_some_table() -> None:
    assert [item for item in INDICATORS if not coverage.made_from([item])] == []


def test_every_item_is_on_the_page() -> None:
    page = (REFERENCE / "coverage.md").read_text(encoding="utf-8")
    assert [item for item in INDICATORS if f"`{item}`" not in page] == []


def test_the_columns_of_a_figure_are_those_its_formula_names_and_not_its_key() -> None:
    assert coverage.made_from(["st.drop"]) == {"flows": ["flow_year", "roll", "dropped_out"]}


def test_a_list_that_a_figure_looks_up_is_among_its_tables() -> None:
    assert coverage.made_from(["yz.1.2"])["recognitions"] == ["title", "level", "since", "until"]


def test_a_spread_and_a_mean_of_spreads_are_made_from_what_their_ratios_are() -> None:
    assert coverage.made_from(["jb.6.cv"]) == coverage.made_from(["jb.6"])
    assert set(coverage.made_from(["jb.cv"])) == {"school_stages", "sites", "assets", "teachers"}


def test_an_attested_item_is_made_from_the_documents() -> None:
    assert set(coverage.made_from(["yz.3.9"])) == {"evidence"}


def test_a_column_that_a_formula_comes_to_name_comes_to_stand_on_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def formula() -> Ratio:
        return Ratio(Sum(flows.only(flows.sex == "female"), flows.died), Count(school_stages))
    monkeypatch.setitem(INDICATORS, "st.str", coverage.replace(INDICATORS["st.str"], formula=formula))
    assert coverage.columns_of(["st.str"]) == "`school_stages`; `flows` (sex, died)"
