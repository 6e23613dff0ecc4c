"""Counties at the edge: nobody to teach, nothing asked, one school only, no money, nothing known. Each has a plan that holds."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from junheng.kernel.faults import Exit, JunhengError
from junheng.planning.balance.making import plan as make_plan
from junheng.planning.balance.task import ALLOWED, Task
from junheng.planning.check import check
from junheng.planning.plan import Plan
from tests.spec.drawn import Drawn
from tests.unit.planning.cities import city_of
from tests.unit.planning.many_schools import changed, only
from tests.unit.planning.short_county import HAS, POOR, PRIVATE, short_county

VALUE = """jurisdiction = "990101"
zh = "某县"
[{name}]
since = [{{day = 2017-04-19, value = {value}, paper = "某县文件", evidence = "read"}}]
"""


def sound(register: Drawn, folder: Path, *, law: str = "", price: str = "", value: str = "0", **more: Any) -> Plan:
    """The plan of a city, with a value of the law or a price at another value, which its check finds right."""
    city = city_of(register, folder)
    for name, place in ((law, "standards"), (price, "prices")):
        if name:
            (city / place).mkdir()
            (city / place / "local.toml").write_text(VALUE.format(name=name, value=value), encoding="utf-8")
    made = make_plan(Task(city, **more))
    assert [each.sentence() for each in check(made, city).breaches] == []
    return made


def pupils(of: str, many: int | None) -> Drawn:
    return changed(
        short_county(), "school_stages", pupils=pl.when(pl.col("school_id") == of).then(many).otherwise(pl.col("pupils"))
    )


def test_a_school_without_pupils_is_asked_nothing(tmp_path: Path) -> None:
    made = sound(pupils(POOR, 0), tmp_path)
    rows = (*made.measures, *made.levels, *made.unmet, *made.unknown)
    assert made.measures and not [row for row in rows if row.school == POOR]


def test_a_school_whose_pupils_are_not_known_is_told_of_and_leaves_its_coefficients_open(tmp_path: Path) -> None:
    made = sound(pupils(POOR, None), tmp_path)
    assert [(row.school, row.item, row.why) for row in made.unknown] == [(POOR, "", "在校生数未知")]
    assert not [row for row in made.levels if row.stage == "primary" and row.item.endswith(".cv")]


def test_a_county_without_pupils_has_no_plan_and_hears_why(tmp_path: Path) -> None:
    with pytest.raises(JunhengError, match="没有在校生") as refused:
        sound(changed(short_county(), "school_stages", pupils=pl.lit(0, pl.Int64)), tmp_path)
    assert refused.value.code is Exit.faults


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return sound(short_county(), tmp_path_factory.mktemp("usual"))


THRESHOLDS = ("teachers_above_degree", "sport_arts_teachers", "teaching_area", "sports_area", "equipment", "network_rooms")


@pytest.mark.parametrize("name", THRESHOLDS)
def test_a_threshold_of_zero_fails_nobody_more(tmp_path: Path, usual: Plan, name: str) -> None:
    """Where nothing is asked of teachers with a degree, they may leave a school: once they could not, and more schools failed."""
    made = sound(short_county(), tmp_path, law=name)
    assert made.counties[0].failures <= usual.counties[0].failures


@pytest.mark.parametrize("name", ("network_room_value", "build_least_m2", "sites_a_year", "need_factor", "teachers_a_class"))
def test_a_price_or_cap_of_zero_has_a_plan(tmp_path: Path, name: str) -> None:
    made = sound(short_county(), tmp_path, price=name, allow=frozenset(ALLOWED))
    assert made.measures
    assert name != "network_room_value" or all("yz.1.6" not in row.closes for row in made.measures if row.kind == "network_room")


def test_a_cap_that_is_divided_by_is_not_zero(tmp_path: Path) -> None:
    with pytest.raises(JunhengError, match=r"local.toml \[storeys\]：value 应大于0"):
        sound(short_county(), tmp_path, price="storeys")


def test_a_county_of_one_school(tmp_path: Path) -> None:
    made = sound(only(short_county(), POOR), tmp_path)
    assert {row.school for row in made.measures} == {POOR} and not [row for row in made.measures if row.source]
    spreads = {row.item: row.planned for row in made.levels if row.item.endswith(".cv")}
    assert {item for item, planned in spreads.items() if planned != 0} == {
        "yz.1.2.cv"
    }  # nobody has any: no part of a mean of zero


def test_without_money_only_what_costs_the_county_nothing_is_done(tmp_path: Path) -> None:
    made = sound(short_county(), tmp_path, budget=Fraction(0))
    assert made.measures and {row.school for row in made.measures if row.cost} <= {PRIVATE}
    assert made.unmet and made.counties[0].verdict_after == "not_met"


def test_what_nobody_knows_is_listed_and_never_zero(tmp_path: Path) -> None:
    sheets = ("sites", "assets", "rooms", "teachers", "classes", "staff_quota")
    nobody: dict[str, Any] = {name: [] for name in (*sheets, "recognitions")}
    register = short_county(not_handed_in=[(sheet, school) for sheet in sheets for school in HAS], **nobody)
    made = sound(changed(register, "schools", split=pl.lit(None, pl.String)), tmp_path)
    assert (made.measures, made.cost, {row.planned for row in made.levels}) == ((), 0, {None})
    assert {row.item for row in made.unknown} == {f"yz.1.{number}" for number in range(1, 8)}
    assert made.counties[0].verdict_after == "unknown"
