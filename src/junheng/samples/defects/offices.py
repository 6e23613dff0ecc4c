"""Faults of the county's offices: cells and rows of the one workbook that they hand in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from junheng.samples.county import YEAR, Row
from junheng.samples.defects.cells import Change, Fits, where

if TYPE_CHECKING:
    from junheng.samples.defects.planting import Planted

ENDED_PLACE = "990101001099"
COHORT = (2011, 2012, 2013)  # those of junior age


def _at(column: str, ending: str) -> Fits:
    return lambda row: str(row[column]).endswith(ending)


COUNTY_CELLS: tuple[Change, ...] = (
    ("place_parent", "places", {"parent_code": "990101001"}, where(place_code="990101004001")),
    ("place_parent", "places", {"parent_code": "990199001"}, where(place_code="990101005001")),
    ("bad_place_code", "evidence", {"place_code": "9901x1"}, where(item="yz.2.1")),
    ("unknown_place", "evidence", {"place_code": "990199"}, where(item="yz.2.2")),
    ("evidence_item", "evidence", {"item": "优质2.10"}, where(item="yz.2.10")),
    ("evidence_item", "evidence", {"item": "三点三"}, where(item="yz.3.3")),
    ("pupils_funded_missing", "money", {"pupils_funded": None}, where(item="operating_funds", calendar_year=2024)),
    # places and people
    ("place_level", "places", {"parent_code": "990101"}, where(place_code="990101006001")),
    ("not_a_county", "county_years", {"place_code": "990101001"}, where(calendar_year=YEAR - 4)),
    ("box_order", "places", {"west": Decimal("100.69")}, where(place_code="990101003")),
    ("group_name", "memberships", {"group_name": "某某学区"}, where(tree="district")),
    ("population_basis", "population", {"people": lambda row: row["people"] * 30}, where(birth_year=2022, basis="resident")),
    # what became of schools
    ("successor_missing", "school_events", {"other_school_id": None}, where(kind="merged")),
    ("event_details", "school_events", {"former_name": None}, where(kind="renamed")),
    # places in schools
    ("rural_flag", "quota_places", {"rural": lambda row: not row["rural"]}, lambda row: row["rural"] is not None),
    ("zone_overfull", "zones", {"entered": lambda row: row["should_enter"] + 5}, where(stage="primary")),
    # posts, visits and money
    ("quota_filled", "staff_quota", {"filled": lambda row: row["filled"] - 2}, lambda row: row["filled"] > 20),
    ("over_quota", "staff_quota", {"filled": lambda row: row["posts"] + 2}, lambda row: 5 < row["filled"] < 20),
    ("field_check", "field_checks", {"counted": lambda row: row["counted"] + 7}, where(item="pupils")),
    ("budget_missing", "money", {"budget_yuan": None}, where(item="training", calendar_year=2024)),
    ("over_budget", "money", {"settled_yuan": lambda row: row["settled_yuan"] * 3}, where(item="training", calendar_year=2025)),
    ("pupils_funded_far", "money", {"pupils_funded": lambda row: row["pupils_funded"] * 3},
     lambda row: row["item"] == "operating_funds" and row["calendar_year"] == YEAR and row["pupils_funded"] > 200),
    ("growth", "county_years", {"surcharge_10k_yuan": lambda row: row["surcharge_10k_yuan"] * 2}, where(calendar_year=2024)),
    ("series_roll", "county_series", {"roll": lambda row: row["roll"] + 11}, where(series_year=YEAR, stage="preschool")),
    # children with disabilities
    ("no_list", "disabled_children", {"on_federation_list": False, "on_enrolment_list": False, "on_police_list": False},
     where(disability="speech")),
    ("postponed_paper", "disabled_children", {"postponed_paper": "某评〔2025〕1号"}, where(placement="ordinary_class")),
    ("placement", "disabled_children", {"placed_school_id": None}, where(placement="ordinary_class", disability="physical")),
    ("child_age", "disabled_children", {"birth_year": 1990}, where(disability="intellectual")),
)


def change_office_rows(planted: Planted) -> None:
    """Faults of whole rows: places that have ended, people counted twice, gaps, and lists cut short."""
    rows = planted.county.rows
    if rows.get("places") and rows.get("disabled_children"):
        _ended_place(planted)
    if rows.get("population"):
        _people_twice(planted)
        _too_many_children(planted)
    if rows.get("memberships"):
        _cut_short(planted)
        _two_districts(planted)
    if rows.get("school_events"):
        _after_the_end(planted)
    if rows.get("county_series"):
        _gap(planted)
    if rows.get("quota_places") and rows.get("zones"):
        primary = rows["zones"][0]["school_id"]
        _set(planted, "quota_places", rows["quota_places"][-1], "junior_school_id", primary, "quota_place_school")


def _set(planted: Planted, table: str, row: Row, column: str, value: Any, kind: str) -> None:
    row[column] = value
    planted.report(planted.county, table, row, column, kind)


def _add(planted: Planted, table: str, like: Row, **changed: Any) -> Row:
    added = {**like, **changed}
    planted.county.rows[table].append(added)
    return added


def _ended_place(planted: Planted) -> None:
    places = planted.county.rows["places"]
    village = next(row for row in places if row["level"] == "village")
    _add(planted, "places", village, place_code=ENDED_PLACE, name="旧村", parent_code=ENDED_PLACE[:9], until=date(2020, 1, 1))
    _set(planted, "disabled_children", planted.county.rows["disabled_children"][-1], "place_code", ENDED_PLACE, "ended_place")


def _people_twice(planted: Planted) -> None:
    """The county's people beside those of its townships."""
    people = planted.county.rows["population"]
    one = next(row for row in people if len(row["place_code"]) > 6)
    _add(planted, "population", one, place_code=one["place_code"][:6])
    planted.report(planted.county, "population", one, "place_code", "population_level")


def _too_many_children(planted: Planted) -> None:
    aged = [row for row in planted.county.rows["population"] if row["birth_year"] in COHORT and row["basis"] == "resident"]
    for row in aged:
        row["people"] *= 6
    planted.report(planted.county, "population", aged[0], "people", "population_cohort")


def _two_districts(planted: Planted) -> None:
    """A school listed in a second district."""
    districts = [row for row in planted.county.rows["memberships"] if row["tree"] == "district"]
    other = next(row for row in districts if row["group_id"] != districts[-1]["group_id"])
    added = _add(planted, "memberships", other, school_id=districts[-1]["school_id"])
    planted.report(planted.county, "memberships", added, "group_id", "two_groups")


def _cut_short(planted: Planted) -> None:
    """A third of the list is lost."""
    members = planted.county.rows["memberships"]
    del members[len(members) * 2 // 3:]
    planted.report_sheet("memberships", "from_day", "vanished_rows")


def _after_the_end(planted: Planted) -> None:
    gone = next(row for row in planted.county.rows["school_events"] if row["kind"] == "merged")
    late = _add(planted, "school_events", gone, kind="renamed", event_day=date(2023, 5, 1), former_name="旧校",
                other_school_id=None)
    planted.report(planted.county, "school_events", late, "event_day", "event_order")


def _gap(planted: Planted) -> None:
    series = [row for row in planted.county.rows["county_series"] if row["stage"] == "junior"]
    series.sort(key=lambda row: int(row["series_year"]))
    kept = [row for row in planted.county.rows["county_series"] if row is not series[1]]
    planted.county.rows["county_series"][:] = kept
    planted.report(planted.county, "county_series", series[2], "series_year", "series_gap")
