"""Items that the register may prove: what is computed wins, a document only speaks where the register cannot tell."""

import pytest

from junheng.kernel.codes import Verdict
from junheng.kernel.findings import Finding
from tests.spec.drawn import draw, measured, one
from tests.spec.rows import CITY, COUNTY, TOWNSHIP, A, Row, Tables, found, of, school, stage, together

Q = "quality_balance_2017"
PROVEN = ("yz.2.7", "yz.2.8", "yz.2.13", "yz.2.14", "yz.2.14.rural", "yz.2.15", "yz.3.1", "yz.3.2", "yz.3.4")
TOWN = school(A, stage("primary"), stage("junior"), kind="nine_year", split="by_pupils", urban_rural="town_core")


def papers(*items: str, **facts: object) -> Tables:
    return {"evidence": [{"item": item, **facts} for item in items]}


def funds(budget: object) -> Tables:
    return {"money": [of(item="special_education", budget_yuan=budget, pupils_funded=10)]}


def special_funds(*parts: Tables) -> Finding:
    return found(together(school(), *parts), Q, "yz.2.7")


@pytest.mark.parametrize(("budget", "result", "verdict"), [(60_000, "not_met", "met"), (59_999, "met", "not_met")])
def test_what_is_computed_wins_over_what_a_document_says(budget: int, result: str, verdict: str) -> None:
    own = special_funds(funds(budget), papers("yz.2.7", result=result, value=7000))
    assert (own.part, own.whole, own.verdict) == (budget, 10, Verdict[verdict])


@pytest.mark.parametrize("item", PROVEN)
def test_where_the_register_cannot_tell_a_document_does(item: str) -> None:
    findings, _ = measured(draw(not_handed_in=[("money", A)], **together(TOWN, papers(item))), Q)
    told = {each.verdict for each in findings if (each.item, each.group) == (item, COUNTY)}
    others = {each.verdict for each in findings if each.item in PROVEN and each.item != item and each.group == COUNTY}
    assert told == {Verdict.met} and Verdict.met not in others


@pytest.mark.parametrize(("row", "verdict"), [
    ({"value": 6000}, "met"), ({"value": 5999}, "not_met"), ({"value": 9000, "result": "not_met"}, "not_met"),
    ({"result": "not_sampled"}, "unknown"), ({"result": None}, "unknown")])
def test_the_value_of_a_document_is_held_against_the_same_limit(row: Row, verdict: str) -> None:
    own = special_funds(papers("yz.2.7", **row))
    assert (own.value, own.limit, own.verdict) == (row.get("value"), 6000, Verdict[verdict])


def test_without_a_document_it_stays_unknown_and_waits_for_no_evidence() -> None:
    findings, verdicts = measured(draw(**TOWN), Q)
    assert one(findings, "yz.2.7", COUNTY, "all").verdict is Verdict.unknown
    assert not {item for each in verdicts for item in each.needs_evidence} & set(PROVEN)


def test_a_document_on_another_item_or_of_another_county_proves_nothing() -> None:
    assert special_funds(papers("yz.2.8")).verdict is Verdict.unknown
    assert special_funds(papers("yz.2.7", place_code="990102")).verdict is Verdict.unknown


def test_a_document_speaks_of_the_county_and_of_no_other_level() -> None:
    findings, _ = measured(draw(**together(TOWN, papers("yz.2.13", "yz.3.4", value=100))), Q)
    assert one(findings, "yz.2.13", COUNTY, "junior").value == 100
    assert one(findings, "yz.2.13", CITY, "junior").value is None
    assert {one(findings, "yz.3.4", group, "all").verdict for group in (A, TOWNSHIP)} == {Verdict.unknown}
    assert one(findings, "yz.3.4", COUNTY, "all").verdict is Verdict.met


def test_one_document_speaks_of_each_stage_that_the_register_leaves_open() -> None:
    both = school(A, stage("primary"), stage("junior", entrants=100), kind="nine_year", urban_rural="city_core")
    entered: Tables = {"zones": [of(stage="junior", entered=100)]}
    findings, _ = measured(draw(**together(both, entered, papers("yz.2.13", value=1))), Q)
    primary, junior = (one(findings, "yz.2.13", COUNTY, name) for name in ("primary", "junior"))
    assert (primary.verdict, primary.whole, primary.rows) == (Verdict.met, None, 1)
    assert (junior.verdict, junior.whole) == (Verdict.met, 100)


def test_a_county_that_the_item_does_not_ask_has_no_finding_though_there_is_a_document() -> None:
    findings, _ = measured(draw(**together(school(), papers("yz.2.13"))), Q)
    assert not [each for each in findings if each.item == "yz.2.13"]


def test_a_target_is_never_proven_by_a_document() -> None:
    tables = together(school(), papers("yz.2.7", "tg.special_funds", "yz.3.2", "tg.disabled"))
    findings, _ = measured(draw(**tables), "policy_targets")
    assert {one(findings, item, COUNTY, "all").verdict for item in ("tg.special_funds", "tg.disabled")} == {Verdict.unknown}


def test_what_a_document_proves_counts_in_the_verdict_of_the_county() -> None:
    _, without = measured(draw(**TOWN), Q)
    _, proven = measured(draw(**together(TOWN, papers("yz.2.8", "yz.3.2", result="not_met"))), Q)
    assert not {"yz.2.8", "yz.3.2"} & set(without[-1].failed)
    assert {"yz.2.8", "yz.3.2"} <= set(proven[-1].failed)
