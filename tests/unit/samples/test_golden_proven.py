"""What the register proves of a county, worked by hand; a document where the register cannot tell."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tiny import (
    COUNTY,
    NINE_YEAR,
    POINT,
    TOWNSHIP,
    VILLAGE_SCHOOL,
    Row,
    county_year,
    document,
    flow,
    money,
    of,
    said,
    school,
    tiny_county,
)

SENIOR = "3499010004"


def child(born: int, placement: str) -> Row:
    return {"place_code": TOWNSHIP, "birth_year": born, "placement": placement}


@pytest.mark.parametrize(("budget", "verdict"), [("12000", "met"), ("11999", "not_met")])
def test_special_funds_are_the_money_for_each_child_of_this_calendar_year(budget: str, verdict: str) -> None:
    rows = tiny_county()
    rows["money"] += [money(VILLAGE_SCHOOL, "special_education", 2025, budget=budget, pupils=2),
                      money(NINE_YEAR, "special_education", 2024, budget="1", pupils=9)]
    assert said(rows, "yz.2.7", COUNTY, "all")[3] == verdict
    assert said(rows, "tg.special_funds", COUNTY, "all")[3] == "not_met"


def test_a_document_tells_what_the_register_cannot_and_no_more() -> None:
    rows = tiny_county()
    rows["evidence"] = [document("yz.2.7", value="5999"), document("yz.3.2", value="95"), document("yz.2.13")]
    assert said(rows, "yz.2.7", COUNTY, "all") == (None, None, "5999", "not_met")
    assert said(rows, "yz.3.2", COUNTY, "all") == (None, None, "95", "met")
    assert said(rows, "tg.special_funds", COUNTY, "all") == (None, None, None, "unknown")
    assert said(rows, "tg.disabled", COUNTY, "all")[3] == "unknown"
    rows["disabled_children"] = [child(2016, "none")]
    assert said(rows, "yz.3.2", COUNTY, "all") == ("0", "1", "0", "not_met")
    assert said(rows, "yz.2.8", COUNTY, "all") == (None, None, None, "unknown")


def test_teachers_earn_no_less_than_civil_servants_of_the_year_before() -> None:
    rows = tiny_county()
    rows["county_years"] = [county_year(year, teacher_mean_pay_yuan=pay, civil_servant_mean_pay_yuan="80000")
                            for year, pay in ((2024, "80000"), (2025, "1"))]
    assert said(rows, "yz.2.8", COUNTY, "all") == ("80000", "80000", "1", "met")


def test_zones_are_asked_of_public_town_schools_without_boarders() -> None:
    rows = tiny_county()
    of(rows, "schools", VILLAGE_SCHOOL)[0]["urban_rural"] = "town_core"
    of(rows, "schools", NINE_YEAR)[0].update({"urban_rural": "town_core", "boarding": None})
    of(rows, "schools", POINT)[0].update({"urban_rural": "town_core", "boarding": True})
    rows["zones"] = [{"school_id": code, "stage": name, "entered": 10} for code, name in (
        (VILLAGE_SCHOOL, "primary"), (NINE_YEAR, "primary"), (POINT, "primary"))]
    rows["zones"].append({"school_id": NINE_YEAR, "stage": "junior", "entered": 19})
    of(rows, "school_stages", NINE_YEAR, stage="junior")[0]["entrants"] = 20
    assert said(rows, "yz.2.13", COUNTY) == ("20", "20", "1", "met")
    assert said(rows, "yz.2.13", COUNTY, "junior") == ("19", "20", "0.95", "met")
    of(rows, "schools", NINE_YEAR)[0]["run_by"] = "private"
    assert said(rows, "yz.2.13", COUNTY) == ("10", "10", "1", "met")


def test_quota_places_are_half_of_the_plan_and_rural_schools_have_their_part() -> None:
    rows = tiny_county()
    school(rows, SENIOR, "senior", {"senior": 300}, quality_senior=True)
    of(rows, "school_stages", SENIOR, stage="senior")[0]["planned_entrants"] = 100
    school(rows, "3199010005", "junior", {"junior": 90}, urban_rural="city_core")
    of(rows, "school_stages", "3199010005", stage="junior")[0]["graduates"] = 30
    rows["quota_places"] = [{"school_id": SENIOR, "junior_school_id": NINE_YEAR, "given": 12, "rural": True},
                            {"school_id": SENIOR, "junior_school_id": "3199010005", "given": 38, "rural": False}]
    assert said(rows, "yz.2.14", COUNTY, "all") == ("50", "100", "50", "met")
    assert said(rows, "yz.2.14.rural", COUNTY, "all") == ("1.2", "1.25", "0.96", "not_met")
    of(rows, "schools", SENIOR)[0]["quality_senior"] = None
    assert said(rows, "yz.2.14", COUNTY, "all") == ("50", None, None, "unknown")


def test_migrant_children_have_public_places_or_places_that_the_county_buys() -> None:
    rows = tiny_county()
    of(rows, "school_stages", VILLAGE_SCHOOL, stage="primary")[0]["migrant_pupils"] = 60
    of(rows, "school_stages", NINE_YEAR, stage="primary")[0].update({"migrant_pupils": 40, "migrant_bought_places": 25})
    of(rows, "schools", NINE_YEAR)[0]["run_by"] = "private"
    rows["county_years"] = [county_year(2025, migrant_entitled="100")]
    assert said(rows, "yz.2.15", COUNTY, "all") == ("85", "100", "85", "met")


def test_a_cohort_is_followed_over_three_years() -> None:
    rows = tiny_county()
    rows["flows"] = [flow(NINE_YEAR, "junior", 7, 2022, roll=110, died=1, moved_in=4, suspended=3),
                     flow(NINE_YEAR, "junior", 8, 2023, roll=109, died=9, moved_out=5, resumed=1),
                     flow(NINE_YEAR, "junior", 9, 2024, roll=100, graduated=94),
                     flow(NINE_YEAR, "junior", 9, 2023, roll=100, graduated=1, moved_out=50),
                     flow(NINE_YEAR, "primary", 3, 2022, roll=999)]
    assert said(rows, "yz.3.1", COUNTY, "junior") == ("95", "100", "95", "met")
    assert said(rows, "st.ret3", COUNTY, "junior") == ("95", "100", "95", None)
    assert said(rows, "st.ret3.suspended", COUNTY, "junior") == ("2", None, "2", None)
    rows["flows"][0]["moved_in"] = None
    assert said(rows, "yz.3.1", COUNTY, "junior") == (None, "100", None, "unknown")
    assert said(rows, "yz.3.1", COUNTY, "junior", absent={("flows", POINT)})[1] == "100"


def test_children_with_a_disability_are_of_6_to_15_years_and_not_put_off() -> None:
    rows = tiny_county()
    rows["disabled_children"] = [child(2019, "ordinary_class"), child(2010, "home_teaching"), child(2009, "none"),
                                 child(2020, "none"), child(2015, "postponed"), child(2015, "none")]
    assert said(rows, "yz.3.2", COUNTY, "all") == ("2", "3", "200/3", "not_met")


def test_every_public_school_spends_a_twentieth_of_its_funds_on_training() -> None:
    rows = tiny_county()
    for code, settled in ((VILLAGE_SCHOOL, "50"), (NINE_YEAR, "49.99"), (POINT, None)):
        rows["money"] += [money(code, "operating_funds", 2024, budget="1000"), money(code, "training", 2024, settled=settled)]
    assert said(rows, "yz.3.4", VILLAGE_SCHOOL, "all") == ("50", "1000", "5", "met")
    assert said(rows, "yz.3.4", POINT, "all") == (None, "1000", None, "unknown")
    assert said(rows, "yz.3.4", COUNTY, "all") == (None, "3", None, "not_met")
    rows["money"][-3]["settled_yuan"] = Decimal(50)
    rows["evidence"] = [document("yz.3.4", value="6.3")]
    assert said(rows, "yz.3.4", COUNTY, "all") == (None, None, "6.3", "met")
    assert said(rows, "yz.3.4", TOWNSHIP, "all") == (None, "3", None, "unknown")
