"""Schools merged: pupils and people go along, equipment is added, buildings are not, and nobody is lost."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from junheng.indicators.units import load_units
from junheng.kernel.faults import JunhengError
from junheng.planning.forecast import forecast
from junheng.planning.merging import lost_stages, merged_pupils, merged_tables, refuse_impossible, steps
from junheng.register.census import census_day
from junheng.register.holding import open_snapshot
from junheng.standards import law_book
from tests.spec.drawn import Drawn
from tests.unit.planning.cities import city_of
from tests.unit.planning.many_schools import changed
from tests.unit.planning.short_county import NINE_YEAR, POINT, POOR, RICH, short_county


def test_the_pupils_of_both_are_one_roll(tmp_path: Path) -> None:
    snapshot = open_snapshot(city_of(short_county(), tmp_path), None)
    told = forecast(snapshot, load_units(snapshot, law_book(census_day(2025))), 3)
    made = merged_pupils(told, [(POOR, RICH)])
    for year in told.rolls:
        assert (POOR, "primary") not in made.rolls[year]
        assert made.pupils(year, RICH, "primary") == (told.pupils(year, RICH, "primary") or 0) + (
            told.pupils(year, POOR, "primary") or 0
        )
        assert sum(sum(each.values()) for each in made.rolls[year].values()) == sum(
            sum(each.values()) for each in told.rolls[year].values()
        )
    assert told.pupils(2026, POOR, "primary") is not None  # the forecast itself is as it was


def equipment(register: Drawn) -> dict[str, Decimal | None]:
    made = merged_tables(register.tables, [(POOR, RICH), (POINT, RICH)])
    return dict(made["assets"].select("school_id", "equipment_10k_yuan").iter_rows())


def test_people_and_equipment_go_along_and_buildings_do_not() -> None:
    tables = short_county().tables
    made = merged_tables(tables, [(POOR, RICH)])
    assert made["teachers"].height == tables["teachers"].height and POOR not in set(made["teachers"]["school_id"])
    assert made["sites"].filter(pl.col("school_id") == RICH).equals(tables["sites"].filter(pl.col("school_id") == RICH))
    assert not any(POOR in set(made[name]["school_id"]) for name in ("sites", "rooms", "assets", "schools", "school_stages"))
    assert equipment(short_county()) == {RICH: Decimal("145.8"), NINE_YEAR: Decimal(36), f"{RICH[:-1]}4": Decimal("13.5")}


def test_equipment_that_nobody_told_makes_the_sum_unknown() -> None:
    told = pl.when(pl.col("school_id") == POINT).then(None).otherwise(pl.col("equipment_10k_yuan"))
    assert equipment(changed(short_county(), "assets", equipment_10k_yuan=told))[RICH] is None


def test_no_merger_is_no_change() -> None:
    tables = short_county().tables
    assert merged_tables(tables, []) == tables


def test_a_stage_that_the_other_school_has_not_would_be_lost(tmp_path: Path) -> None:
    snapshot = open_snapshot(city_of(short_county(), tmp_path), None)
    units = load_units(snapshot, law_book(census_day(2025)))
    told = forecast(snapshot, units, 3)
    assert (lost_stages(NINE_YEAR, POOR, units, told), lost_stages(POOR, NINE_YEAR, units, told)) == (["junior"], [])
    with pytest.raises(JunhengError) as refused:
        refuse_impossible([(NINE_YEAR, POOR), (POOR, RICH), (POOR, POINT)], units, told)
    said = str(refused.value)
    assert all(words in said for words in ("没有初中学段", "接收学校自己也在并出之列", "同一所学校写了两次"))
    assert all("->" in line for line in said.splitlines())


def test_the_procedure_has_every_step_with_its_paper_and_its_doubt() -> None:
    told = steps()
    wanted = ("论证", "公示", "听证", "家长同意", "批准")
    assert len(told) == len(wanted) and all(word in step for word, step in zip(wanted, told, strict=True))
    assert all("国办发〔2012〕48号" in step for step in told)
