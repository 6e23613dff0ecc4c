"""Preschool education and the statistics of 2020, worked by hand."""

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
    Rows,
    county_year,
    document,
    flow,
    money,
    of,
    people,
    said,
    school,
    series,
    teacher,
    tiny_county,
    verdict,
)

PUBLIC, PRIVATE = "1119010006", "1119010007"
OTHER_TOWNSHIP, VILLAGE = "990101002", "990101001201"


def county() -> Rows:
    """With a public kindergarten of 60, a private one of 40, and a township that has no school."""
    rows = tiny_county()
    rows["places"] += [{"place_code": OTHER_TOWNSHIP, "level": "township", "parent_code": COUNTY, "name": "乡"},
                       {"place_code": VILLAGE, "level": "village", "parent_code": TOWNSHIP, "name": "村"}]
    school(rows, PUBLIC, "kindergarten", {"preschool": 60}, central_kindergarten=True, built_year=None, place_code=VILLAGE)
    school(rows, PRIVATE, "kindergarten", {"preschool": 40}, run_by="private", inclusive=False, built_year=2016)
    for row in rows["sites"][-2:]:
        row |= {"play_ground_m2": Decimal(240), "activity_room_m2": Decimal("490.2"), "floor_area_m2": Decimal("626.4")}
    for code, count in ((PUBLIC, 4), (PRIVATE, 3)):
        for number in range(count):
            teacher(rows, code, "preschool", f"{code}-{number}", subject="other")
    for born in (2020, 2021, 2022):
        rows["population"] += [people(TOWNSHIP, born, 30), people(OTHER_TOWNSHIP, born, 10), people(TOWNSHIP, born, 99, "hukou")]
    return rows


def test_places_in_kindergartens_are_told_by_who_lives_there_and_who_runs_them() -> None:
    rows = county()
    assert said(rows, "xq.1.1", COUNTY, "all") == ("100", "120", "250/3", "not_met")
    assert said(rows, "xq.1.2", COUNTY, "all") == ("60", "100", "60", "not_met")
    assert said(rows, "xq.1.3", COUNTY, "all") == ("60", "100", "60", "met")
    assert said(rows, "tg.public", COUNTY, "all")[3] == "met"
    of(rows, "schools", PRIVATE)[0]["inclusive"] = None
    assert said(rows, "xq.1.2", COUNTY, "all") == (None, "100", None, "unknown")


def test_every_township_has_a_public_central_kindergarten() -> None:
    rows = county()
    assert said(rows, "xq.2.1", TOWNSHIP, "all") == ("1", None, "1", "met")
    assert said(rows, "xq.2.1", OTHER_TOWNSHIP, "all") == ("0", None, "0", "not_met")
    assert said(rows, "xq.2.1", COUNTY, "all") == ("1", "2", "0.5", "not_met")
    of(rows, "schools", PUBLIC)[0]["central_kindergarten"] = None
    assert said(rows, "xq.2.1", TOWNSHIP, "all") == (None, None, None, "unknown")


def test_kindergartens_of_new_housing_are_handed_over() -> None:
    rows = county()
    rows["county_years"] = [county_year(2025, housing_kindergartens="6", housing_kindergartens_handed_over="5")]
    assert said(rows, "xq.2.2", COUNTY, "all") == ("5", "6", "250/3", "not_met")


def test_each_kindergarten_has_its_500_yuan() -> None:
    rows = county()
    rows["money"] = [money(PUBLIC, "operating_funds", 2025, budget="30000", pupils=60),
                     money(PRIVATE, "inclusive_subsidy", 2025, budget="19999", pupils=40)]
    assert said(rows, "xq.2.3.public", PUBLIC, "preschool") == ("30000", "60", "500", "met")
    assert said(rows, "xq.2.3.public", COUNTY, "preschool") == ("1", "1", "1", "met")
    of(rows, "schools", PRIVATE)[0]["inclusive"] = True
    assert said(rows, "xq.2.3.inclusive", PRIVATE, "preschool") == ("19999", "40", "499.975", "not_met")
    assert said(rows, "xq.2.3.inclusive", COUNTY, "preschool") == ("0", "1", "0", "not_met")


def test_teachers_without_a_post_earn_three_quarters_of_those_with_one() -> None:
    rows = county()
    for number in (4, 5):
        teacher(rows, PUBLIC, "preschool", f"{PUBLIC}-{number}", subject="other")
    for row, yuan in zip(of(rows, "teachers", PUBLIC), (60000, 60000, 100000, 60000, 100000, 100000), strict=True):
        row |= {"on_quota": yuan > 60000, "pay_yuan": Decimal(yuan)}
    assert said(rows, "xq.2.4", COUNTY, "preschool") == ("60000", "100000", "0.6", "not_met")
    for row in of(rows, "teachers", PUBLIC):
        row["on_quota"] = True
    assert said(rows, "xq.2.4", COUNTY, "preschool") == (None, "80000", None, "unknown")
    for row in of(rows, "teachers", PUBLIC)[:2]:
        row["on_quota"] = False
    assert said(rows, "xq.2.4", COUNTY, "preschool") == (None, "90000", None, "unknown")


def test_a_new_kindergarten_meets_all_three_areas_and_half_of_the_old_ones_do() -> None:
    rows = county()
    assert said(rows, "xq.3.1.activity", PUBLIC, "preschool") == ("490.2", "60", "8.17", "met")
    assert said(rows, "xq.3.1.new", PUBLIC, "preschool") == ("3", "3", "3", "met")
    assert said(rows, "xq.3.1.old", PRIVATE, "preschool") == ("3", "3", "3", "met")
    of(rows, "sites", PRIVATE)[0]["play_ground_m2"] = Decimal(159)
    assert said(rows, "xq.3.1.old", PRIVATE, "preschool") == ("2", "3", "2", "not_met")
    of(rows, "schools", PUBLIC)[0]["built_year"] = 2016
    assert said(rows, "xq.3.1.old", COUNTY, "preschool") == ("1", "2", "0.5", "met")
    of(rows, "sites", PRIVATE)[0]["play_ground_m2"] = None
    assert said(rows, "xq.3.1.old", PRIVATE, "preschool") == (None, "3", None, "unknown")
    assert said(rows, "xq.3.1.old", COUNTY, "preschool") == (None, "2", None, "met")


@pytest.mark.parametrize(("change", "part"), [
    ({}, "2"), ({"pupils": 26}, "3"), ({"grade": 2, "pupils": 30}, "4"), ({"grade": 2, "pupils": 31}, "3"),
    ({"grade": 3, "pupils": 35}, "4"), ({"kind": "mixed", "pupils": 30}, "4"), ({"kind": "mixed", "pupils": 31}, "3")])
def test_classes_of_a_kindergarten_fit_by_their_grade(change: Row, part: str) -> None:
    rows = county()
    if change:
        of(rows, "classes", PUBLIC)[0]["pupils"] = 25
        of(rows, "classes", PUBLIC)[1].update(change)
    assert said(rows, "xq.3.2", COUNTY, "preschool")[:2] == (part, "4")


def test_children_a_teacher_and_certificates() -> None:
    rows = county()
    assert said(rows, "xq.3.3", COUNTY, "preschool") == ("100", "7", "100/7", "met")
    assert said(rows, "xq.3.3", PUBLIC, "preschool") == ("60", "4", "15", None)
    of(rows, "teachers", PRIVATE)[0]["certificate_stage"] = "none"
    assert said(rows, "xq.3.4", COUNTY, "preschool") == ("6", "7", "600/7", "not_met")
    rows["evidence"] = [document("xq.4", value="84.9")]
    assert said(rows, "xq.4", COUNTY, "all")[3] == "not_met"
    assert verdict(rows, "preschool_2020", "all")[1][:2] == ["xq.1.1", "xq.1.2"]


# statistics


def pupil(stage: str, born: int, status: str = "attending") -> Row:
    return {"school_id": NINE_YEAR, "stage": stage, "birth_year": born, "status": status}


def test_the_net_rate_counts_children_of_the_age_wherever_they_learn() -> None:
    rows = county()
    rows["population"] += [people(COUNTY, born, 2) for born in range(2011, 2020)]
    rows["pupils"] = [pupil("primary", 2019), pupil("primary", 2014), pupil("primary", 2020), pupil("primary", 2013),
                      pupil("junior", 2014), pupil("junior", 2013), pupil("junior", 2012, "suspended"), pupil("senior", 2011),
                      pupil("preschool", 2019), pupil("junior", 2010)]
    assert said(rows, "st.nir.primary", COUNTY, "all") == ("3", "12", "25", None)
    assert said(rows, "st.nir.junior", COUNTY, "all") == ("2", "6", "100/3", None)
    assert said(rows, "st.nir.compulsory", COUNTY, "all") == ("6", "18", "100/3", None)
    assert said(rows, "st.nir.junior", COUNTY, "all", absent={("pupils", POINT), ("pupils", PUBLIC)})[0] == "2"
    assert said(rows, "st.nir.junior", COUNTY, "all", absent={("pupils", NINE_YEAR)}) == (None, "6", None, None)
    assert said(rows, "st.ger.primary", COUNTY, "all") == ("180", "12", "1500", None)
    assert said(rows, "st.ger.hs", COUNTY, "all") == ("0", None, None, None)  # nobody counted those years


def test_a_rate_of_residents_is_unknown_where_nobody_counted_them() -> None:
    assert said(tiny_county(), "st.ger.primary", COUNTY, "all") == ("180", None, None, None)


def test_the_last_year_of_kindergarten_is_told_by_the_flows() -> None:
    rows = county()
    rows["flows"] = [flow(PUBLIC, "preschool", 3, 2025, roll=20), flow(PUBLIC, "preschool", 3, 2024, roll=99),
                     flow(PUBLIC, "preschool", 2, 2025, roll=99)]
    assert said(rows, "st.preschool.last", COUNTY, "all") == ("20", "40", "50", None)


def test_leavers_are_held_against_those_who_began_nine_years_ago() -> None:
    rows = tiny_county()
    rows["county_series"] = [series("primary", 2016, entrants=16), series("primary", 2017, entrants=1),
                             series("junior", 2016, entrants=1)]
    assert said(rows, "st.ret9", COUNTY, "all") == ("10", "16", "62.5", None)
    assert said(rows, "tg.ret9", COUNTY, "all") == ("10", "16", "62.5", "not_met")


def test_promotion_and_vocational_schools() -> None:
    rows = tiny_county()
    school(rows, "3499010008", "senior", {"senior": 75})
    school(rows, "3699010009", "vocational", {"senior": 25})
    assert said(rows, "st.prom.primary", COUNTY, "all") == ("10", "30", "100/3", None)
    assert said(rows, "st.prom.junior", COUNTY, "all") == ("20", "10", "200", None)
    assert said(rows, "st.voc.roll", COUNTY, "all") == ("25", "100", "25", None)
    assert said(rows, "st.voc.entrants", COUNTY, "all") == ("10", "20", "50", None)
    assert said(rows, "st.str", COUNTY, "senior") == ("75", "0", None, None)


def test_drop_outs_boarders_and_degrees_of_a_stage() -> None:
    rows = tiny_county()
    rows["flows"] = [flow(NINE_YEAR, "junior", 7, 2024, roll=50, dropped_out=1), flow(NINE_YEAR, "junior", 7, 2025, roll=9),
                     flow(NINE_YEAR, "primary", 1, 2024, roll=9)]
    assert said(rows, "st.drop", NINE_YEAR, "junior") == ("1", "50", "2", None)
    assert said(rows, "st.boarders", NINE_YEAR, "junior") == ("0", "40", "0", None)
    of(rows, "teachers", NINE_YEAR, stage="junior")[0]["degree"] = "senior"
    assert said(rows, "st.qual", NINE_YEAR, "junior") == ("3", "4", "75", None)
    of(rows, "school_stages", NINE_YEAR, stage="junior")[0]["boarders"] = None
    assert said(rows, "st.boarders", COUNTY, "junior") == (None, "40", None, None)


def test_what_schools_own_is_split_and_what_they_have_is_counted() -> None:
    rows = tiny_county()
    assert said(rows, "st.area", NINE_YEAR, "junior") == ("464", "40", "11.6", None)
    assert said(rows, "st.books", NINE_YEAR, "junior") == ("800", "40", "20", None)
    assert said(rows, "st.met.campus_network", COUNTY, "all") == ("3", "3", "100", None)
    assert said(rows, "st.met.experiment_gear_met", COUNTY, "all") == (None, "3", None, None)
    assert said(rows, "st.bandwidth", COUNTY, "all", absent={("assets", POINT)}) == (None, None, None, None)
    of(rows, "assets", POINT)[0]["bandwidth_mbps"] = 99
    assert said(rows, "st.bandwidth", COUNTY, "all") == ("2", "3", "200/3", None)
    assert said(rows, "st.digital", VILLAGE_SCHOOL, "all") == ("2", "2", "1", None)


def test_villages_with_a_kindergarten_of_their_own() -> None:
    rows = county()
    rows["places"].append({"place_code": "990101001202", "level": "village", "parent_code": TOWNSHIP, "name": "又村"})
    assert said(rows, "st.villages", COUNTY, "all") == ("1", "2", "50", None)
    assert said(tiny_county(), "st.villages", COUNTY, "all") == ("0", "0", None, None)
