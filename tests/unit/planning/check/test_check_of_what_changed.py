"""A plan beside a city that is not as it was, files that were given with it, and local papers."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from shutil import copytree, rmtree

import polars as pl
import pytest

from junheng.kernel.faults import JunhengError
from junheng.planning.balance.making import plan as make_plan
from junheng.planning.balance.task import Task
from junheng.planning.check import Condition, check
from junheng.register.holding import City
from tests.unit.planning.check.tampering import Planned, breaches, measure, tampered
from tests.unit.planning.cities import add_snapshot, city_of
from tests.unit.planning.many_schools import changed
from tests.unit.planning.short_county import POOR, short_county

PUPILS = "school,stage,year,pupils\n" + f"{POOR},primary,2028,90\n"
PRICES = """jurisdiction = "990101"
zh = "某县"
[build_price]
since = [{day = 2026-01-01, value = 5000, paper = "某县造价站", evidence = "read"}]
"""


def found(city: Path, made: object, **files: Path) -> list[Condition]:
    return [each.condition for each in check(made, city, **files).breaches]  # type: ignore[arg-type]


def test_a_plan_of_data_that_were_corrected_is_held_against_its_own_and_says_so(planned: Planned, tmp_path: Path) -> None:
    made, city = planned[0], Path(copytree(planned[1], tmp_path / "city"))
    more = changed(short_county(), "assets", equipment_10k_yuan=(pl.col("equipment_10k_yuan") + 1).cast(pl.Decimal(18, 4)))
    add_snapshot(city, more)
    told = check(made, city)
    assert told.breaches == ()
    assert [made.task["snapshot"] in note and "重新规划" in note for note in told.notes] == [True]


def test_a_plan_of_data_that_are_gone_is_refused(planned: Planned, tmp_path: Path) -> None:
    made, city, other = planned[0], Path(copytree(planned[1], tmp_path / "city")), tmp_path / "other"
    other.mkdir()
    fewer = changed(short_county(), "sites", classroom_m2=pl.lit(Decimal(9)).cast(pl.Decimal(18, 2)))
    for place in (city_of(fewer, other), city):
        rmtree(City(place).snapshots / made.task["snapshot"], ignore_errors=True)
        with pytest.raises(JunhengError, match=made.task["snapshot"]):
            check(made, place)


def test_a_plan_says_the_whole_name_of_its_data(planned: Planned) -> None:
    assert breaches(*planned, lambda told: told["task"].update(snapshot="2025-v1"), Condition.task)


def test_pupils_that_were_given_are_held_against_their_file(tmp_path: Path) -> None:
    city, path, other = city_of(short_county(), tmp_path), tmp_path / "人数.csv", tmp_path / "其他.csv"
    path.write_bytes(PUPILS.encode("gb18030"))
    other.write_text(PUPILS.replace(",90", ",80"), encoding="utf-8")
    made = make_plan(Task(city, pupils=path))
    told = check(made, city)
    assert told.breaches == () and any("人数.csv" in note for note in told.notes)
    assert found(city, made, own_pupils=path) == []
    assert Condition.pupils in found(city, made, own_pupils=other)
    forged = tampered(made, lambda plan: plan["task"]["inputs"]["pupils"].update(text=PUPILS.replace(",90", ",80")))
    assert Condition.pupils in found(city, forged)


def test_prices_that_were_given_are_held_against_their_file(planned: Planned, tmp_path: Path) -> None:
    (plain, city), path = planned, tmp_path / "价格.toml"
    path.write_text(PRICES, encoding="utf-8")
    made = make_plan(Task(city, prices=path))
    assert found(city, made) == found(city, made, own_prices=path) == []
    assert Condition.prices in found(city, plain, own_prices=path)
    assert Condition.prices in found(city, tampered(made, lambda plan: plan["task"].update(inputs={})))


def test_bare_earth_is_no_ground_in_a_city(tmp_path: Path) -> None:
    register = changed(short_county(), "schools", urban_rural=pl.lit("city_core"))
    city = city_of(register, tmp_path)
    made = make_plan(Task(city))
    assert found(city, made) == []
    assert breaches(made, city, lambda told: measure(told, "hard_court").update(kind="level_ground"), Condition.bare_earth)
