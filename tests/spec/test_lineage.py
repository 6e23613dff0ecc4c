"""An earlier year measured in a later year's tree: what is counted stays, where it is counted follows the schools."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from junheng.engines import Duck
from junheng.indicators.explain import explain
from junheng.indicators.measure import measure
from junheng.kernel.findings import Finding
from junheng.register.census import census_day
from junheng.register.lineage import Lineage, Restated, restate
from junheng.standards import law_book
from tests.spec.drawn import PLACES, Drawn, Rows, draw, one

ELSEWHERE = (*PLACES, {"place_code": "990102", "name": "邻县", "level": "county", "parent_code": "9901"},
             {"place_code": "990102001", "name": "邻镇", "level": "township", "parent_code": "990102"})
ITEM = "yz.1.4"


@dataclass
class Kept(Drawn):
    """A drawn register as a city folder keeps it."""

    def file(self, name: str) -> Path:
        return self.folder / f"{name}.parquet"


def kept(year: int, **tables: Rows) -> Kept:
    drawn = draw(year=year, **{"places": ELSEWHERE, **tables})
    return Kept(drawn.folder, drawn.tables, drawn.handed_in, year, f"{year}-v1")


def two_schools(year: int, **areas: int) -> Kept:
    """Schools `a`, `b` ... of 100 pupils each, with these square metres of classrooms and nothing else."""
    nothing = dict.fromkeys(("special_room_m2", "library_m2", "counselling_m2", "other_teaching_m2"), 0)
    return kept(year, schools=[{"school_id": code} for code in areas], school_stages=[{"school_id": code} for code in areas],
                sites=[{"school_id": code, "classroom_m2": area, **nothing} for code, area in areas.items()])


def later(year: int, event: dict[str, object], *schools: dict[str, object]) -> Kept:
    stages = [{"school_id": each["school_id"]} for each in schools]
    return kept(year, schools=schools, school_stages=stages, school_events=[event])


@pytest.fixture
def then() -> Kept:
    return two_schools(2024, a=400, b=600)


MERGED = {"school_id": "a", "kind": "merged", "event_day": date(2025, 7, 1), "other_school_id": "b"}
MOVED = {"school_id": "a", "kind": "moved", "event_day": date(2025, 7, 1), "place_code": "990102001"}


def restated(then: Kept, now: Kept, folder: Path) -> Restated:
    return restate(then, now, Lineage.of([then, now]), folder / "restated")


def figures(register: Kept | Restated) -> list[Finding]:
    folder = register.path if isinstance(register, Restated) else register.folder
    return measure(register, Duck(folder, threads=1), law_book(census_day(register.year)), ["quality_balance_2017"])[0]


def counted(findings: list[Finding], group: str) -> tuple[Fraction | None, Fraction | None]:
    found = one(findings, ITEM, group)
    return found.part, found.whole


def test_a_merged_school_counts_in_the_school_that_carries_it_on(then: Kept, tmp_path: Path) -> None:
    found = figures(restated(then, later(2025, MERGED, {"school_id": "b"}), tmp_path))
    assert counted(found, "b") == (1000, 200)
    assert not [each for each in found if each.group == "a"]


def test_its_county_counts_what_it_counted(then: Kept, tmp_path: Path) -> None:
    found = figures(restated(then, later(2025, MERGED, {"school_id": "b"}), tmp_path))
    assert counted(found, "990101") == counted(figures(then), "990101") == (1000, 200)


def test_a_school_that_moved_to_another_county_counts_there_and_the_city_counts_the_same(then: Kept, tmp_path: Path) -> None:
    now = later(2025, MOVED, {"school_id": "a", "place_code": "990102001"}, {"school_id": "b"})
    found = figures(restated(then, now, tmp_path))
    assert (counted(found, "990101"), counted(found, "990102")) == ((600, 100), (400, 100))
    assert counted(found, "9901") == counted(figures(then), "9901")


def test_a_spread_is_one_between_the_schools_of_the_later_tree(then: Kept, tmp_path: Path) -> None:
    found = figures(restated(then, later(2025, MERGED, {"school_id": "b"}), tmp_path))
    assert one(figures(then), f"{ITEM}.cv", "990101").value_squared == Fraction(1, 25)
    assert one(found, f"{ITEM}.cv", "990101").value_squared == 0


def test_a_restated_figure_names_the_facts_and_the_tree(then: Kept, tmp_path: Path) -> None:
    found = restated(then, later(2025, MERGED, {"school_id": "b"}), tmp_path)
    assert {each.snapshot for each in figures(found)} == {found.id} and found.id.startswith("2024-v1@2025-v1.")


def test_a_restated_figure_opens_to_the_rows_of_both_schools(then: Kept, tmp_path: Path) -> None:
    register = restated(then, later(2025, MERGED, {"school_id": "b"}), tmp_path)
    law = law_book(census_day(2024))
    found = explain(register, Duck(register.path, threads=1), law, figures(register), ITEM, "b", "primary")
    assert [row["amount"] for part in found.sums if part["table"] == "sites" for row in part["rows"]] == ["400", "600"]


def test_a_closed_school_still_counts_where_it_stood(then: Kept, tmp_path: Path) -> None:
    closed = {"school_id": "a", "kind": "closed", "event_day": date(2025, 7, 1)}
    found = figures(restated(then, later(2025, closed, {"school_id": "b"}), tmp_path))
    assert counted(found, "a") == (400, 100) and counted(found, "990101") == (1000, 200)


def test_parts_by_group_follow_the_later_tree(tmp_path: Path) -> None:
    group = {"memberships": [{"school_id": "b", "group_id": "X", "from_day": date(2025, 3, 1)}]}
    areas = {code: {"school_id": code, "classroom_m2": 400} for code in "ab"}
    tables = {"schools": [{"school_id": code} for code in "ab"], "school_stages": [{"school_id": code} for code in "ab"],
              "sites": list(areas.values())}
    before, after = kept(2024, **tables), kept(2025, **tables, **group)
    sliced = measure(restated(before, after, tmp_path), Duck(tmp_path / "restated", threads=1), law_book(census_day(2024)),
                     ["quality_balance_2017"], by="district")[0]
    assert {each.slice for each in sliced if (each.item, each.group) == (ITEM, "990101")} == {
        "", "district=X", "district=unknown"}
