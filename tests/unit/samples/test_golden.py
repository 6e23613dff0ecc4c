"""The referee against figures worked by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from tiny import (
    COUNTY,
    NINE_YEAR,
    POINT,
    VILLAGE_SCHOOL,
    YEAR,
    document,
    finding,
    recognition,
    rotation,
    said,
    tiny_county,
    verdict,
)

from junheng.samples.golden import golden
from junheng.samples.golden.numbers import mean_of_roots, root, written, written_root


@pytest.mark.parametrize(("item", "expected"), [
    ("yz.1.1", ("5", "100", "5", "met")), ("yz.1.2", ("1", "100", "1", "met")), ("yz.1.3", ("1", "100", "1", "met")),
    ("yz.1.4", ("450", "100", "4.5", "met")), ("yz.1.5", ("750", "100", "7.5", "met")),
    ("yz.1.6", ("200000", "100", "2000", "met")), ("yz.1.7", ("2", "100", "2", "not_met")), ("yz.1.S", ("6", "7", "6", "met"))])
def test_a_tie_at_the_limit_meets_and_one_item_of_seven_may_be_short(item: str, expected: tuple[str, ...]) -> None:
    assert said(tiny_county(), item, VILLAGE_SCHOOL) == expected


def test_an_item_under_85_percent_of_its_limit_fails_the_school() -> None:
    rows = tiny_county()
    rows["rooms"].remove(next(row for row in rows["rooms"] if row["school_id"] == VILLAGE_SCHOOL and row["kind"] == "network"))
    assert said(rows, "yz.1.7", VILLAGE_SCHOOL) == ("1", "100", "1", "not_met")
    assert said(rows, "yz.1.S", VILLAGE_SCHOOL) == ("6", "7", "6", "not_met")


def test_what_a_nine_year_school_has_in_common_is_split_by_pupils() -> None:
    assert said(tiny_county(), "yz.1.4", NINE_YEAR, "primary") == ("348", "60", "5.8", "met")
    assert said(tiny_county(), "yz.1.4", NINE_YEAR, "junior") == ("232", "40", "5.8", "met")
    assert said(tiny_county(), "yz.1.7", NINE_YEAR, "junior") == ("2", "40", "5", "met")


def test_the_coefficient_of_variation_is_weighted_by_pupils() -> None:
    # 450 m2 for 100 and 348 for 60: mean 798/160; S2 = 507/1280; CV2 = 507/1280 / (798/160)^2 = 845/53067
    one = finding(tiny_county(), "yz.1.4.cv", COUNTY)
    assert (one["part"], one["whole"], one["value_squared"]) == ("798", "160", "845/53067")
    assert one["value"] == "0.126187427320"
    assert one["verdict"] == "met"


def test_a_point_under_50_is_in_no_resource_item_but_in_every_other() -> None:
    items = {each["item"] for each in golden(tiny_county(), YEAR)["findings"] if each["group"] == POINT}
    assert not any(item.startswith(("yz.1.", "jb.")) for item in items)
    assert {"yz.2.3", "yz.2.4", "yz.2.5", "yz.2.6", "yz.2.9", "yz.2.12", "sj.class"} <= items
    assert said(tiny_county(), "yz.1.4", COUNTY)[1] == "160"


def test_a_point_of_50_is_a_row_of_its_own() -> None:
    rows = tiny_county()
    next(row for row in rows["school_stages"] if row["school_id"] == POINT)["pupils"] = 50
    assert said(rows, "yz.1.4", POINT) == ("10", "50", "0.2", "not_met")


def test_the_class_norm_of_a_teaching_point_is_30_and_the_limit_of_the_standard_45() -> None:
    rows = tiny_county()
    for row in rows["classes"]:
        if row["school_id"] == POINT:
            row["pupils"] = 31
    assert said(rows, "sj.class", POINT) == ("0", "2", "0", "not_met")
    assert said(rows, "yz.2.5", POINT) == ("2", "2", "1", "met")


def test_honours_titles_of_the_school_and_titles_that_have_run_out_count_for_nothing() -> None:
    rows = tiny_county()
    person = f"{VILLAGE_SCHOOL}-primary-1"
    recognition(rows, VILLAGE_SCHOOL, person, title="honour")
    recognition(rows, VILLAGE_SCHOOL, person, level="school")
    recognition(rows, VILLAGE_SCHOOL, person, until=date(2025, 8, 31))
    assert said(rows, "yz.1.2", VILLAGE_SCHOOL)[0] == "1"
    recognition(rows, VILLAGE_SCHOOL, person, until=date(2025, 9, 1))
    recognition(rows, VILLAGE_SCHOOL, person, title="subject_leader")
    assert said(rows, "yz.1.2", VILLAGE_SCHOOL)[0] == "2"


def test_a_sheet_not_handed_in_is_unknown_and_one_without_rows_is_zero() -> None:
    rows = tiny_county()
    rows["assets"] = [row for row in rows["assets"] if row["school_id"] != VILLAGE_SCHOOL]
    assert said(rows, "yz.1.6", VILLAGE_SCHOOL) == ("0", "100", "0", "not_met")
    absent = {("assets", VILLAGE_SCHOOL)}
    assert said(rows, "yz.1.6", VILLAGE_SCHOOL, absent=absent) == (None, "100", None, "unknown")
    assert said(rows, "yz.1.6.cv", COUNTY, absent=absent) == (None, None, None, "unknown")
    assert said(rows, "yz.1.S", VILLAGE_SCHOOL, absent=absent) == (None, "7", None, "unknown")
    assert said(rows, "jb.cv", COUNTY, absent=absent) == (None, None, None, "unknown")


def test_a_known_breach_is_not_hidden_by_an_unknown_item() -> None:
    rows = tiny_county()
    next(row for row in rows["sites"] if row["school_id"] == VILLAGE_SCHOOL)["classroom_m2"] = Decimal(449)
    assert said(rows, "yz.1.S", VILLAGE_SCHOOL, absent={("assets", VILLAGE_SCHOOL)})[3] == "not_met"


def test_hours_count_in_the_five_calendar_years_up_to_the_school_year() -> None:
    rows = tiny_county()
    assert said(rows, "yz.2.9", VILLAGE_SCHOOL) == ("5", "5", "1", "met")
    rows["training"][0]["training_year"] = 2020
    assert said(rows, "yz.2.9", VILLAGE_SCHOOL) == ("4", "5", "0.8", "not_met")


def test_rotation_counts_postings_that_touch_the_school_year() -> None:
    rows = tiny_county()
    ids = [f"{VILLAGE_SCHOOL}-primary-{number}" for number in range(4)]
    rows["postings"] = [rotation(VILLAGE_SCHOOL, ids[0], date(2024, 9, 1), date(2025, 9, 1)),
                        rotation(VILLAGE_SCHOOL, ids[1], date(2026, 8, 31), None),
                        rotation(VILLAGE_SCHOOL, ids[2], date(2024, 9, 1), date(2025, 8, 31)),
                        rotation(VILLAGE_SCHOOL, ids[3], date(2026, 9, 1), None)]
    assert said(rows, "yz.2.11.rotation", COUNTY, "all") == ("2", "14", "1/7", "met")
    assert said(rows, "yz.2.11.backbone", COUNTY, "all") == ("1", "2", "0.5", "met")
    assert said(rows, "yz.2.11", COUNTY, "all") == ("2", "2", "2", "met")
    assert said(rows, "yz.2.11.rotation", VILLAGE_SCHOOL, "all") == ("2", "5", "0.4", None)


def test_nobody_rotating_leaves_the_share_of_backbone_teachers_unknown() -> None:
    assert said(tiny_county(), "yz.2.11.backbone", COUNTY, "all") == ("0", "0", None, "unknown")
    assert said(tiny_county(), "yz.2.11", COUNTY, "all") == (None, "2", None, "not_met")


def test_a_music_room_of_95_square_metres_is_too_small() -> None:
    rows = tiny_county()
    next(row for row in rows["rooms"] if row["school_id"] == POINT and row["kind"] == "music")["area_m2"] = Decimal(95)
    assert said(rows, "yz.2.3.music", POINT, "all") == ("0", "2", "0", "not_met")
    assert said(rows, "yz.2.3.art", POINT, "all") == ("1", "2", "6", "met")
    assert said(rows, "yz.2.3", POINT, "all") == ("1", "2", "1", "not_met")
    assert said(rows, "yz.2.3", COUNTY, "all") == ("2", "3", "2/3", "not_met")


def test_only_schools_under_100_are_asked_how_many_pupils_were_funded() -> None:
    rows = tiny_county()
    assert said(rows, "yz.2.6", COUNTY, "all") == ("1", "1", "1", "met")
    next(row for row in rows["money"] if row["school_id"] == POINT)["pupils_funded"] = None
    assert said(rows, "yz.2.6", COUNTY, "all") == (None, "1", None, "unknown")
    next(row for row in rows["money"] if row["school_id"] == POINT)["pupils_funded"] = 99
    assert said(rows, "yz.2.6", COUNTY, "all") == ("0", "1", "0", "not_met")


def test_documents_are_needed_short_unsampled_or_met() -> None:
    rows = tiny_county()
    rows["evidence"] = [document("yz.3.9", result="not_sampled"), document("yz.V", result="not_met"),
                        document("yz.4.1", value="90", day=date(2024, 6, 30), name="旧"),
                        document("yz.4.1", value="91.5", name="新")]
    answers = {item: said(rows, item, COUNTY, "all")[2:] for item in ("yz.3.9", "yz.V", "yz.4.1", "yz.0")}
    assert answers == {"yz.3.9": (None, "unknown"), "yz.V": (None, "not_met"), "yz.4.1": ("91.5", "met"),
                       "yz.0": (None, "needs_evidence")}


def test_a_county_fails_on_its_items_in_the_order_of_their_numbers() -> None:
    rows = tiny_county()
    rows["classes"][0]["pupils"] = 66
    assert verdict(rows, "class_size", "primary") == ("not_met", ["sj.class", "st.big", "st.xbig"])
    assert verdict(rows, "class_size", "junior") == ("met", [])
    # rotation is none at all; the spread of network rooms is wide: 2 per 100 against 5
    assert verdict(rows, "quality_balance_2017", "all") == ("not_met", ["yz.2.5", "yz.2.11", "yz.2.11.rotation"])
    assert verdict(rows, "basic_balance_2012", "all") == ("needs_evidence", [])


def test_a_mixed_class_is_an_ordinary_one_and_a_class_of_special_education_is_not() -> None:
    rows = tiny_county()
    rows["classes"][0] |= {"kind": "mixed", "pupils": 46}
    rows["classes"][1] |= {"kind": "special", "pupils": 46}
    assert said(rows, "yz.2.5", VILLAGE_SCHOOL) == ("0", "1", "0", "not_met")


def test_every_figure_stands_at_the_province_too() -> None:
    assert said(tiny_county(), "yz.1.4", "99") == ("798", "160", "4.9875", None)
    assert finding(tiny_county(), "yz.1.4.cv", "99")["value_squared"] == "845/53067"


def test_private_and_city_schools_are_in_2017_and_not_in_2012() -> None:
    rows = tiny_county()
    rows["schools"][0]["run_by"] = "private"
    assert said(rows, "yz.1.4", COUNTY)[1] == "160"
    assert said(rows, "jb.1", COUNTY)[1] == "60"
    rows["schools"][1]["run_by"] = "city"
    assert not [each for each in golden(rows, YEAR)["findings"] if each["item"] == "jb.1"]


def test_teaching_area_of_2012_holds_indoor_sport_and_the_ground_holds_it_too() -> None:
    assert said(tiny_county(), "jb.1", VILLAGE_SCHOOL) == ("470", "100", "4.7", None)
    assert said(tiny_county(), "jb.2", VILLAGE_SCHOOL) == ("750", "100", "7.5", None)


@pytest.mark.parametrize(("number", "text"), [
    (Fraction(5), "5"), (Fraction(1, 8), "0.125"), (Fraction(-1, 40), "-0.025"), (Fraction(1, 3), "1/3"),
    (Fraction(100), "100"), (Fraction(7, 6), "7/6"), (Fraction(12345, 100), "123.45"), (None, None)])
def test_numbers_are_written_exactly(number: Fraction | None, text: str | None) -> None:
    assert written(number) == text


def test_roots_are_right_to_fifty_digits_and_written_to_twelve_places() -> None:
    assert str(root(Fraction(2))) == "1.4142135623730950488016887242096980785696718753769"
    assert written_root(root(Fraction(1, 4))) == "0.500000000000"
    assert written_root(mean_of_roots([Decimal("0.5"), Decimal("0.4")])) == "0.450000000000"
