"""A county of which something is not known, as measures find it: nothing unknown is zero."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import polars as pl

from junheng.indicators.units import load_units
from junheng.planning.ahead import Ahead
from junheng.planning.balance.model.classrooms import Classrooms
from junheng.planning.balance.model.intake import Intake
from junheng.planning.balance.model.offers import Offers
from junheng.planning.balance.model.scene import Scene
from junheng.planning.forecast import forecast
from junheng.planning.pricing import price_book
from junheng.register.census import census_day
from junheng.standards import law_book
from tests.spec.drawn import YEAR, Drawn
from tests.unit.planning.short_county import POOR, RICH, short_county

COUNTY, FIRST = "990101", YEAR - 2


def scene_of(register: Drawn, prices: Mapping[str, Fraction] | None = None) -> Scene:
    """The county as it stands, looked at two years ahead."""
    day = census_day(YEAR)
    then = Ahead(register.id, YEAR, register.folder, register.tables, register.handed_in)
    return Scene(COUNTY, FIRST, then, law_book(day), replace(price_book(day, COUNTY), values=prices or {}))


def with_cells(register: Drawn, table: str, **columns: pl.Expr) -> Drawn:
    register.tables[table] = register.tables[table].with_columns(**columns)
    register.tables[table].write_parquet(register.folder / f"{table}.parquet")
    return register


def test_a_grade_with_a_class_that_nobody_counted_is_not_planned_for() -> None:
    """Of the grade with the unknown class not even the other classes say how full it is."""
    first = (pl.col("school_id") == RICH) & (pl.col("grade") == 1)
    register = with_cells(short_county(), "classes", pupils=pl.when(~first).then(pl.col("pupils")))
    found = Classrooms(scene_of(register)).by_grade
    assert (RICH, "primary", 1) not in found and found[RICH, "primary", 2] == (1, 50)


def moves(register: Drawn, **prices: Fraction) -> set[tuple[str, str]]:
    scene = scene_of(register, prices)
    told = forecast(register, load_units(register, scene.book), 0)
    told = replace(told, rolls=dict.fromkeys((FIRST, FIRST + 1, YEAR), told.rolls[YEAR]))
    return {(column.source, column.school) for column in Intake(Offers(scene, intake=True), told).columns}


def test_pupils_go_as_far_as_they_may_and_no_school_without_a_place_takes_part() -> None:
    """The two schools lie 4.3 km apart; that teachers go no farther than 1 km is no rule for pupils."""
    far = {"intake_km": Fraction(5), "move_distance_km": Fraction(1), "intake_share": Fraction(1, 2)}
    assert {(POOR, RICH), (RICH, POOR)} <= moves(short_county(), **far)
    assert not moves(short_county(), **(far | {"intake_km": Fraction(3)}))
    nowhere = with_cells(short_county(), "schools", longitude=pl.when(pl.col("school_id") != RICH).then(pl.col("longitude")))
    assert not [pair for pair in moves(nowhere, **far) if RICH in pair]
