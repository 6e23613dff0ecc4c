"""Spending, operating funds, staffing and the size of schools, worked by hand."""

from __future__ import annotations

from datetime import date

import pytest
from tiny import (
    COUNTY,
    NINE_YEAR,
    POINT,
    TOWNSHIP,
    VILLAGE_SCHOOL,
    YEAR,
    Row,
    Rows,
    county_year,
    money,
    rotation,
    said,
    school,
    series,
    tiny_county,
    verdict,
)

from junheng.samples.golden import golden

YEARS = {2023: {"education_budget": "100", "recurrent_revenue": "1000"},
         2024: {"education_budget": "110", "recurrent_revenue": "1100"}}


def county() -> Rows:
    rows = tiny_county()
    rows["county_years"] = [county_year(year, **{f"{name}_10k_yuan": amount for name, amount in amounts.items()})
                            for year, amounts in YEARS.items()]
    rows["county_series"] = [series("primary", 2022, roll=1000), series("primary", 2023, roll=1000, spending_10k_yuan=100),
                             series("primary", 2024, roll=1300, spending_10k_yuan=110)]
    return rows


def test_spending_grows_and_grows_faster_than_revenue() -> None:
    rows = county()
    assert said(rows, "fin.two.budget", COUNTY, "all") == ("110", "100", "1.1", "met")
    assert said(rows, "fin.three.appropriation", COUNTY, "all") == ("1.1", "1.1", "1", "not_met")
    rows["county_years"][0]["education_budget_10k_yuan"] = 110
    assert said(rows, "fin.two.budget", COUNTY, "all") == ("110", "110", "1", "met")
    assert said(rows, "fin.three.pay", COUNTY, "all") == (None, None, None, "unknown")


def test_spending_per_pupil_is_of_eight_months_of_one_school_year_and_four_of_the_next() -> None:
    # 110 x 10000 yuan for (8 x 1000 + 4 x 1300) / 12 = 1100 pupils; the year before 1000 yuan for each of 1000
    rows = county()
    assert said(rows, "fin.two.per_pupil", COUNTY) == ("1000", "1000", "1", "met")
    assert said(rows, "fin.three.per_pupil", COUNTY) == ("1000", "1000", "1", "not_met")
    assert said(rows, "fin.three.operating", COUNTY) == (None, None, None, "unknown")
    assert said(rows, "fin.two.per_pupil", "9901") == ("1000", "1000", "1", None)


def test_shares_of_the_year_before() -> None:
    rows = county()
    rows["county_years"][1].update(fiscal_education_10k_yuan=400, gdp_10k_yuan=10000, general_budget_10k_yuan=440,
                                   surcharge_10k_yuan=30, taxes_10k_yuan=1000, training_budget_10k_yuan=15,
                                   teacher_pay_10k_yuan=1000)
    assert said(rows, "fin.4", COUNTY, "all") == ("400", "10000", "4", None)
    assert said(rows, "fin.share", COUNTY, "all") == ("110", "440", "25", None)
    assert said(rows, "fin.tax", COUNTY, "all") == ("30", "1000", "3", "met")
    assert said(rows, "px.money", COUNTY, "all") == ("15", "1000", "1.5", None)


def test_operating_funds_reach_the_norm_of_pupils_and_boarders() -> None:
    # 60 x 720 + 40 x 940 + 2 x 300 = 81400
    rows = tiny_county()
    next(row for row in rows["school_stages"] if row["stage"] == "junior")["boarders"] = 2
    rows["money"] = [money(NINE_YEAR, "operating_funds", 2025, budget="81400"),
                     money(VILLAGE_SCHOOL, "operating_funds", 2025, budget="71999")]
    assert said(rows, "gy.base", NINE_YEAR, "all") == ("81400", "81400", "1", "met")
    assert said(rows, "gy.base", VILLAGE_SCHOOL, "all")[3] == "not_met"
    assert said(rows, "gy.base", COUNTY, "all") == ("1", "2", "0.5", "not_met")


def test_a_small_school_is_funded_as_a_hundred_primary_pupils_and_what_its_junior_ones_are_due_more() -> None:
    rows = tiny_county()
    assert said(rows, "gy.small", POINT, "all") == ("72000", "72000", "1", "met")
    school(rows, "3199010010", "junior", {"junior": 50})
    assert said(rows, "gy.small", "3199010010", "all") == ("72000", "83000", "72/83", "not_met")
    assert verdict(rows, "operating_funds", "all") == ("not_met", ["gy.base", "gy.small"])


def quota(code: str, **posts: int) -> Row:
    return {"school_id": code, "posts": 20, "filled": 18, "off_post": 3, "non_teaching_posts": 3, **posts}


def test_posts_follow_pupils() -> None:
    # 180 / 19 + 40 / 13.5
    rows = tiny_county()
    rows["staff_quota"] = [quota(NINE_YEAR), quota(VILLAGE_SCHOOL, non_teaching_posts=2)]
    assert said(rows, "bz.posts", COUNTY, "all") == ("40", "6380/513", "1026/319", "met")
    assert said(rows, "bz.filled", COUNTY, "all") == ("36", "40", "90", None)
    assert said(rows, "bz.off_post", NINE_YEAR, "all") == ("3", "18", "50/3", None)
    assert said(rows, "bz.nonteach", NINE_YEAR, "all") == ("3", "20", "0.15", "met")
    assert said(rows, "bz.nonteach", VILLAGE_SCHOOL, "all") == ("2", "20", "0.1", "not_met")


@pytest.mark.parametrize(("item", "stage", "expected"), [
    ("bz.lessons.music", "primary", ("1", "4/15", "3.75", "met")), ("bz.lessons.chinese", "junior", ("3", "1", "3", "met")),
    ("bz.lessons.physics", "junior", ("0", "1/3", "0", "not_met")), ("bz.lessons.art", "primary", ("0", "4/15", "0", "not_met"))])
def test_lessons_of_a_subject_ask_for_teachers(item: str, stage: str, expected: tuple[str, ...]) -> None:
    assert said(tiny_county(), item, NINE_YEAR, stage) == expected


def test_heads_of_twelve_years() -> None:
    rows = tiny_county()
    for row, since in zip(rows["teachers"], (date(2013, 9, 1), date(2013, 9, 2)), strict=False):
        row["head_since"] = since
    assert said(rows, "jl.heads", VILLAGE_SCHOOL, "all") == ("1", "2", "50", None)
    rows["teachers"][1]["state"] = None
    assert said(rows, "jl.heads", VILLAGE_SCHOOL, "all") == ("1", None, None, None)


def test_rotation_between_the_public_schools_of_towns() -> None:
    rows = tiny_county()
    rows["schools"][0]["urban_rural"] = "town_fringe"
    rows["postings"] = [rotation(VILLAGE_SCHOOL, f"{VILLAGE_SCHOOL}-primary-0", date(2025, 9, 1), None)]
    assert said(rows, "jl.rotation", COUNTY, "all") == ("1", "5", "0.2", "met")


def test_townships_with_a_junior_school() -> None:
    rows = tiny_county()
    rows["places"].append({"place_code": "990101002", "level": "township", "parent_code": COUNTY, "name": "乡"})
    assert said(rows, "bj.48", TOWNSHIP, "junior") == ("1", None, "1", "met")
    assert said(rows, "bj.48", COUNTY, "junior") == ("1", "2", "0.5", None)


def test_counties_of_one_register_are_judged_apart() -> None:
    rows = tiny_county()
    rows["places"] += [{"place_code": "990102", "level": "county", "parent_code": "9901", "name": "县"},
                       {"place_code": "990102001", "level": "township", "parent_code": "990102", "name": "镇"},
                       {"place_code": "990103", "level": "county", "parent_code": "9901", "name": "没有学校的县"}]
    school(rows, "2199020001", "primary", {"primary": 140}, teaching=450, sports=750, township="990102001")
    assert said(rows, "sj.class", COUNTY)[3] == "not_met"
    assert said(rows, "sj.class", "990102") == ("0", "2", "0", "not_met")
    assert said(rows, "st.xbig", COUNTY)[3] == "met"
    assert said(rows, "st.xbig", "990102") == ("2", "2", "1", "not_met")
    assert said(rows, "st.xbig", "9901") == ("2", "8", "0.25", None)
    answers = golden(rows, YEAR)
    assert {each["group"] for each in answers["findings"] if each["level"] == "county"} == {COUNTY, "990102"}
    assert {each["county"] for each in answers["verdicts"]} == {COUNTY, "990102"}
