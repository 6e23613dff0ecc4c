"""Against peers, copies and last digits."""

from __future__ import annotations

from decimal import Decimal
from math import comb

import pytest
from sound_register import POINT, Drawn, faults, places

from junheng.register.checks.heaping import ONE_IN, beyond_chance
from junheng.register.checks.peers import FIGURES, PEERS, Figure

LIKE = "school_is_like_its_peers"
OF_THINGS = [figure for figure in FIGURES if figure.table != "school_stages"]


def crowd(others: int = PEERS) -> Drawn:
    """Primary schools beside the first, each a little larger than the one before."""
    drawn = Drawn()
    for number in range(others):
        code = {"school_id": f"99010101{number:02d}"}
        drawn.add("schools", 0, **code).add("school_stages", 0, pupils=80 + number, full_time_teachers=5, classes=2, **code)
        drawn.add("assets", 0, books=4900 + 37 * number, **code).add("sites", 0, land_m2=Decimal(8700 + 13 * number), **code)
    return drawn.change("school_stages", 0, full_time_teachers=5)


@pytest.mark.parametrize("figure", OF_THINGS, ids=lambda figure: figure.column)
@pytest.mark.parametrize("times", [Decimal(30), Decimal("0.03")])
def test_a_school_far_from_its_peers_is_found(figure: Figure, times: Decimal) -> None:
    was = Drawn().tables[figure.table][0][figure.column]
    odd = int(was * times) if isinstance(was, int) else was * times  # type: ignore[operator]
    [fault] = faults(crowd().change(figure.table, 0, **{figure.column: odd}), LIKE)
    assert (fault.kind, fault.severity.name, fault.column) == ("outlier", "warning", figure.column)
    assert fault.file == "2025/primary.xlsx" and figure.zh in fault.found


def test_teachers_and_classes_are_compared_by_pupils() -> None:
    [fault] = faults(crowd().change("school_stages", 0, full_time_teachers=80), LIKE)
    assert fault.column == "full_time_teachers"


def test_schools_that_are_alike_are_fine_and_so_are_three_times_the_usual() -> None:
    assert not faults(crowd(), LIKE)
    assert not faults(crowd().change("assets", 0, books=14_000), LIKE)


def test_seven_peers_are_too_few() -> None:
    assert not faults(crowd(PEERS - 1).change("assets", 0, books=500_000), LIKE)


@pytest.mark.parametrize("change", [{"urban_rural": "city_core"}, {"kind": "junior"}, {"urban_rural": None}])
def test_a_school_of_another_kind_or_area_is_no_peer(change: dict[str, object]) -> None:
    assert not faults(crowd().change("schools", 0, **change).change("assets", 0, books=500_000), LIKE)


@pytest.mark.parametrize("change", [{"pupils": None}, {"pupils": 9}])
def test_a_school_of_few_or_unknown_pupils_is_not_compared(change: dict[str, object]) -> None:
    assert not faults(crowd().change("school_stages", 0, **change).change("assets", 0, books=500_000), LIKE)


@pytest.mark.parametrize(("pupils", "odd"), [(14, False), (13, True), (120, False), (121, True), (None, False)])
def test_a_class_unlike_the_others_of_its_grade_is_found(pupils: int | None, odd: bool) -> None:
    drawn = Drawn()
    for number in (2, 3):
        drawn.add("classes", 0, number=number)
    found = faults(drawn.add("classes", 0, number=4, pupils=pupils), "classes_of_a_grade_are_alike")
    assert [(fault.kind, fault.column) for fault in found] == [("outlier", "pupils")] * odd


def test_values_that_several_schools_share_are_found_at_each() -> None:
    copied = Drawn().change("assets", 2, books=5101)
    assert places(faults(copied, "schools_have_values_of_their_own")) == [("资产", 3, "equipment_10k_yuan")] * 2
    land = Drawn().change("sites", 3, land_m2=Decimal(8800), sports_ground_m2=Decimal(2900))
    assert {fault.column for fault in faults(land, "schools_have_values_of_their_own")} == {"land_m2"}
    assert not faults(Drawn(), "schools_have_values_of_their_own")


def test_a_value_that_is_not_known_or_zero_is_no_copy() -> None:
    for books in (None, 0):
        drawn = Drawn().change("assets", 0, books=books).change("assets", 2, books=books)
        assert not faults(drawn, "schools_have_values_of_their_own")


def county(round_ones: int, others: int) -> Drawn:
    """Schools whose books end in 0, and others whose books end in 1 to 4."""
    drawn = Drawn()
    drawn.tables["assets"] = []
    for number in range(round_ones + others):
        books = 1000 + 10 * number + (0 if number < round_ones else 1 + number % 4)
        drawn.add("schools", 0, school_id=f"99010200{number:02d}")
        drawn.tables["assets"].append({"school_id": f"99010200{number:02d}", "books": books})
    return drawn


def test_books_of_a_county_that_end_in_zero_too_often_are_noted() -> None:
    [fault] = faults(county(24, 16), "last_digits_are_spread")
    assert (fault.kind, fault.severity.name, fault.sheet, fault.row, fault.column) == ("digit_heaping", "note", "资产", 0,
        "books")
    assert "40" in fault.found and "24" in fault.found
    assert not faults(county(14, 26), "last_digits_are_spread")
    assert not faults(county(20, 5), "last_digits_are_spread")  # too few to say


@pytest.mark.parametrize("tries", [30, 57, 200])
def test_the_first_number_beyond_chance_is_that_of_the_binomial_tail(tries: int) -> None:
    first = next(hits for hits in range(tries + 1) if beyond_chance(hits, tries))
    chance = [comb(tries, hits) * 0.2**hits * 0.8 ** (tries - hits) for hits in range(tries + 1)]
    assert sum(chance[first:]) < 1 / ONE_IN <= sum(chance[first - 1:])


def test_the_point_of_few_values_is_let_pass() -> None:
    assert not [fault for fault in faults(Drawn(), "last_digits_are_spread") if POINT in fault.found]
