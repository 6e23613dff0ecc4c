"""The way back from a figure: its rows, the lists behind them, the schools of a county, the law; never a person's number."""

from typing import Any

import pytest

from junheng.engines import Duck
from junheng.indicators.explain import Explanation
from junheng.indicators.explain import explain as explain_figure
from junheng.indicators.measure import measure
from junheng.kernel.faults import JunhengError
from junheng.register.census import census_day
from junheng.standards import law_book
from tests.spec.drawn import PLACES, Drawn, draw

A, B, COUNTY = "1", "2", "990101"
TABLES: dict[str, list[dict[str, object]]] = {
    "schools": [{"school_id": A}, {"school_id": B}],
    "school_stages": [{"school_id": A, "pupils": 100}, {"school_id": B, "pupils": 300}],
    "assets": [{"school_id": A, "equipment_10k_yuan": 30}, {"school_id": B, "equipment_10k_yuan": 30}],
    "teachers": [{"school_id": A, "teacher_id": "personx"}, {"school_id": A, "teacher_id": "persony"}],
    "recognitions": [{"school_id": A, "teacher_id": "personx", "paper": "甲〔2024〕1号"}],
    "evidence": [{"item": "yz.2.1", "document": "规划"}],
}


def explain(register: Drawn, item: str, group: str, stage: str | None = None) -> Explanation:
    book, source = law_book(census_day(register.year)), Duck(register.folder, threads=1)
    findings, _ = measure(register, source, book)
    return explain_figure(register, source, book, findings, item, group, stage)  # type: ignore[arg-type]


def rows(found: Explanation, table: str) -> list[dict[str, Any]]:
    return [row for one in found.sums if one["table"] == table for row in one["rows"]]


def test_a_ratio_opens_the_rows_of_its_part_and_its_whole() -> None:
    found = explain(draw(**TABLES), "yz.1.6", A)
    assert [(row["file"], row["row"], row["amount"]) for row in rows(found, "assets")] == [("drawn.xlsx", 1, "30")]
    assert [row["amount"] for row in rows(found, "school_stages")] == ["100"]
    assert [(limit.name, str(entry.value)) for limit, entry in found.law] == [("equipment", "2000")]


def test_a_linked_list_opens_the_rows_it_decided_on() -> None:
    found = explain(draw(**TABLES), "yz.1.2", A)
    assert [row["columns"]["titles"] for row in rows(found, "teachers")] == ["1"]
    assert [row["columns"]["paper"] for row in rows(found, "recognitions")] == ["甲〔2024〕1号"]


def test_a_person_is_shown_by_the_beginning_of_the_pseudonym_only() -> None:
    found = explain(draw(**TABLES), "yz.1.2", A)
    assert {row["columns"]["teacher_id"] for row in rows(found, "teachers")} == {"pers…"}
    assert "personx" not in str(found.as_json())


def test_the_pay_of_a_person_is_not_the_amount_that_is_shown() -> None:
    told: dict[str, object] = {"school_id": A, "stage": "preschool"}
    found = explain(draw(
        schools=[{"school_id": A, "kind": "kindergarten"}], school_stages=[told | {"pupils": 90}],
        teachers=[told | {"teacher_id": "personx", "pay_yuan": 71234}, told | {"teacher_id": "persony", "pay_yuan": None}],
    ), "xq.2.4", COUNTY, "preschool")
    paid = [row["amount"] for one in found.sums if one["side"] == "before.part" and not one["behind"] for row in one["rows"]]
    assert paid == ["已隐去", None] and "71234" not in str(found.sums)


def test_a_spread_opens_its_schools_those_that_drive_it_first() -> None:
    made_of = explain(draw(**TABLES), "yz.1.6.cv", COUNTY, "primary").made_of
    assert [each.group for each in made_of] == [A, B] and made_of[0].share > made_of[1].share  # type: ignore[operator]


def test_an_item_of_items_opens_them_and_an_attested_one_its_documents() -> None:
    assert [each.item for each in explain(draw(**TABLES), "yz.1.S", A).made_of] == [f"yz.1.{number}" for number in range(1, 8)]
    document = explain(draw(**TABLES), "yz.2.1", COUNTY).documents[0]
    assert (document["document"], document["file"], document["row"]) == ("规划", "drawn.xlsx", 1)


@pytest.mark.parametrize(("item", "group", "words"), [("yz.9", A, "没有指标"), ("yz.1.6", "7", "没有这个学校或区划代码")])
def test_what_is_not_there_is_said_in_words(item: str, group: str, words: str) -> None:
    with pytest.raises(JunhengError, match=words):
        explain(draw(**TABLES), item, group)


def test_a_list_linked_by_person_alone_opens_too() -> None:
    tables = TABLES | {"training": [{"school_id": A, "teacher_id": "personx", "hours": 300}]}
    found = explain(draw(**tables), "yz.2.9", A)
    assert [row["amount"] for row in rows(found, "training")] == []  # nobody reaches 360 hours, so nobody is counted
    tables = TABLES | {"training": [{"school_id": A, "teacher_id": "personx", "hours": 360}]}
    assert [row["amount"] for row in rows(explain(draw(**tables), "yz.2.9", A), "training")] == ["360"]


def test_a_list_linked_by_place_opens_too() -> None:
    village = "990101001001"
    tables = TABLES | {"places": [*PLACES, {"place_code": village, "level": "village", "parent_code": "990101001"}],
                       "schools": [{"school_id": A, "kind": "kindergarten", "place_code": village}, {"school_id": B}]}
    found = explain(draw(**tables), "st.villages", COUNTY)
    assert [row["columns"]["school_id"] for row in rows(found, "schools")] == [A]


def test_a_sheet_that_was_not_handed_in_is_not_shown_as_empty() -> None:
    found = explain(draw(not_handed_in=[("assets", A)], **TABLES), "yz.1.6", A)
    assert [one["rows"] for one in found.sums if one["table"] == "assets"] == [None]


def test_a_point_left_out_is_told_why() -> None:
    tables = TABLES | {"schools": [*TABLES["schools"], {"school_id": "3", "kind": "teaching_point"}],
                       "school_stages": [*TABLES["school_stages"], {"school_id": "3", "pupils": 20}]}
    with pytest.raises(JunhengError, match="不足50人的教学点"):
        explain(draw(**tables), "1.6", "3")
