"""The page of a money curve: whose it is, what no money and all of it reach, a bar a budget."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from junheng.paper.page import Chart, Listing
from junheng.paper.sheets import Role
from junheng.planning.pages.curve import page
from junheng.planning.plan import MARKING
from tests.unit.planning.made_plan import county_plan, plan


def point(share: float, budget: int, passing: int, **more: Any) -> dict[str, Any]:
    given = {"failures": 10 - passing, "passing_counties": int(passing == 10), "counties": 1, "proven": True} | more
    return {"share": share, "budget": budget, "units": 10, "failing_units": 10 - passing, "passing_units": passing, **given}


POINTS = (point(0.0, 0, 6), point(0.5, 28_400, 9, proven=False), point(1.0, 56_800, 10))


def charts(rows: tuple[dict[str, Any], ...] = POINTS) -> list[Chart]:
    return [block for section in page(rows, plan()).sections for block in section.blocks if isinstance(block, Chart)]


def test_the_page_says_whose_curve_it_is_and_that_it_advises() -> None:
    made = page(POINTS, plan())
    assert made.title.startswith("某县：")
    assert made.facts[0] == MARKING
    assert "2025-v1-abc" in made.facts[2]
    assert made.caveat.startswith("建议研判：")


def test_the_cards_tell_what_no_money_and_all_of_it_reach() -> None:
    none, all_of_it = page(POINTS, plan()).cards
    assert [line.word for line in none.lines] == ["0.00 万元", "6/10 个", "0/1 个县区"]
    assert [line.word for line in all_of_it.lines] == ["5.68 万元", "10/10 个", "1/1 个县区"]
    assert (none.role, all_of_it.role) == (Role.bad, Role.ok)


def test_there_is_a_bar_a_budget_told_to_the_hundredth() -> None:
    failing, passing = charts()
    assert failing.bars.categories == passing.bars.categories == ("0.00", "2.84", "5.68")
    assert (failing.bars.series[0].values, passing.bars.series[0].values) == ((4, 1, 0), (6, 9, 10))


def test_counties_have_a_chart_where_there_are_several() -> None:
    several = tuple({**row, "counties": 2} for row in POINTS)
    assert [chart.title for chart in charts(several)] == ["未达标学段（个）", "达标学段（个）", "全部达标的县区（个）"]


def test_a_point_that_is_not_proven_stands_out() -> None:
    listing = page(POINTS, plan()).sections[-1].blocks[0]
    assert isinstance(listing, Listing)
    assert [row[-1].text for row in listing.sheet.rows] == ["是", "否", "是"]
    assert listing.sheet.rows[1][-1].role is Role.waiting


def test_a_city_names_its_counties() -> None:
    two = replace(plan(), counties=(county_plan(), county_plan(name="另县")))
    assert page(POINTS, two).title.startswith("某县、另县：")
