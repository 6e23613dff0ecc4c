"""What schools have for each pupil, how many are equipped, networks, and villages with a kindergarten."""

from fractions import Fraction

import pytest

from tests.spec.drawn import PLACES, draw, measured, one
from tests.spec.rows import COUNTY, TOWNSHIP, A, B, Row, Tables, found, of, school, stage, together

S = "statistics_2020"
NINE_YEAR = school(A, stage("primary", 300), stage("junior", 100), kind="nine_year", split="by_pupils")


def test_floor_area_is_of_property_and_sole_use_and_shared_by_pupils() -> None:
    sites: Tables = {"sites": [of(floor_area_m2=3000), of(standing="sole_use", floor_area_m2=1000),
                               of(standing="shared", floor_area_m2=9), of(standing="danger", floor_area_m2=9)]}
    findings, _ = measured(draw(**together(NINE_YEAR, sites)), S)
    primary, county = one(findings, "st.area", A), one(findings, "st.area", COUNTY, "junior")
    assert (primary.part, primary.whole, primary.value, primary.split) == (3000, 300, 10, "by_pupils")
    assert (county.part, county.value, county.verdict) == (1000, 10, None)


def test_books_and_terminals_stand_under_what_the_school_declared_as_well() -> None:
    stages = (stage("primary", 300, declared_books=5000, declared_terminals=45),
              stage("junior", 100, declared_books=1000, declared_terminals=25))
    assets: Tables = {"assets": [of(books=6000, terminals=70)]}
    findings, _ = measured(draw(**together(school(A, *stages, kind="nine_year", split="declared"), assets)), S)
    books, terminals = one(findings, "st.books", A), one(findings, "st.terminals", A, "junior")
    assert (books.value, books.splits["declared"]["value"], books.splits["weighted"]["value"]) == (15, "50/3", "15")
    assert (terminals.value, terminals.splits["declared"]["value"]) == (Fraction(35, 2), "25")


def test_a_school_that_has_not_handed_in_its_assets_leaves_the_county_open() -> None:
    tables = together(school(A), school(B), {"assets": [of(A)]})
    findings, _ = measured(draw(not_handed_in=[("assets", B)], **tables), S)
    assert (one(findings, "st.books", A).value, one(findings, "st.books", COUNTY).value) == (30, None)


FLAGS = ("sports_gear_met", "music_gear_met", "art_gear_met", "experiment_gear_met", "campus_network")


def test_each_flag_is_a_share_of_schools() -> None:
    tables = together(*(school(code) for code in "1234"), {"assets": [
        of("1", **dict.fromkeys(FLAGS, True)), of("2", **dict.fromkeys(FLAGS, False)),
        of("3", **{flag: number % 2 == 0 for number, flag in enumerate(FLAGS)}), of("4", **dict.fromkeys(FLAGS, True))]})
    findings, _ = measured(draw(**tables), S)
    assert [one(findings, f"st.met.{flag}", COUNTY, "all").value for flag in FLAGS] == [75, 50, 75, 50, 75]


def test_a_flag_left_empty_is_neither_yes_nor_no() -> None:
    tables = together(*(school(code) for code in "1234"), {"assets": [
        of("1", sports_gear_met=True), of("2", sports_gear_met=False), of("3", sports_gear_met=False), of("4")]})
    share = found(tables, S, "st.met.sports_gear_met")
    assert (share.value, share.lower, share.upper, share.unknown) == (None, 25, 50, 1)


def test_a_kindergarten_is_not_asked_for_its_network() -> None:
    tables = together(school(A), school(B, stage("preschool"), kind="kindergarten"),
                      {"assets": [of(A, campus_network=True), of(B, campus_network=False)]})
    assert found(tables, S, "st.met.campus_network").value == 100


@pytest.mark.parametrize(("mbps", "value"), [(100, 100), (99, 0), (None, None)])
def test_a_network_of_exactly_the_line_is_fast(mbps: int | None, value: int | None) -> None:
    assert found(together(school(), {"assets": [of(bandwidth_mbps=mbps)]}), S, "st.bandwidth").value == value


def room(name: str, **facts: object) -> Row:
    return of(room_id=name, **facts)


def test_network_rooms_in_use_for_each_ordinary_class_of_primary_and_junior() -> None:
    rooms: Tables = {"rooms": [room("a"), room("b"), room("c", in_use=False), room("d", kind="computer")]}
    classes: Tables = {"classes": [of(number=1), of(number=2, kind="mixed"), of(number=3, kind="special"),
                                   of(stage="junior", number=1), of(stage="junior", number=2), of(stage="senior", number=1)]}
    rate = found(together(NINE_YEAR, rooms, classes), S, "st.digital", A)
    assert (rate.part, rate.whole, rate.value) == (2, 4, Fraction(1, 2))


def test_a_room_of_which_nobody_knows_whether_it_is_used_bounds_the_rate() -> None:
    rooms: Tables = {"rooms": [room("a"), room("b", in_use=None)]}
    classes: Tables = {"classes": [of(number=number) for number in (1, 2, 3, 4)]}
    rate = found(together(school(), rooms, classes), S, "st.digital", A)
    assert (rate.value, rate.lower, rate.upper) == (None, Fraction(1, 4), Fraction(1, 2))


def test_a_school_without_classes_has_no_rooms_for_each_class() -> None:
    assert found(together(school(), {"rooms": [room("a")]}), S, "st.digital", A).value is None


def villages(*schools: Tables) -> Tables:
    """Four villages of one township, and these schools."""
    four = [{"place_code": f"{TOWNSHIP}20{number}", "name": "村", "level": "village", "parent_code": TOWNSHIP}
            for number in range(4)]
    return together({"places": [*PLACES, *four]}, school(A), *schools)


def kindergarten(code: str, place: str, kind: str = "kindergarten") -> Tables:
    return school(code, stage("preschool", 30), kind=kind, place_code=place)


def test_a_village_with_a_kindergarten_or_an_attached_class_is_covered_once() -> None:
    own = [kindergarten("k", f"{TOWNSHIP}200"), kindergarten("l", f"{TOWNSHIP}200"),
           kindergarten("m", f"{TOWNSHIP}201", "attached_kindergarten")]
    cover = found(villages(*own), S, "st.villages")
    assert (cover.part, cover.whole, cover.value) == (2, 4, 50)


def test_a_kindergarten_of_the_township_or_the_preschool_of_a_primary_school_covers_no_village() -> None:
    others = [kindergarten("k", TOWNSHIP), kindergarten("p", f"{TOWNSHIP}202", "primary")]
    assert found(villages(*others), S, "st.villages").value == 0


def test_a_county_without_villages_has_no_cover_of_villages() -> None:
    assert found(school(), S, "st.villages").value is None
