"""Other counties made of the short one: so large that a run can be interrupted, of some of its schools alone, with other cells,
or one whose pupils are better sent to a neighbour.
"""

from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest

from junheng.planning.codes import MeasureKind
from tests.spec.drawn import Drawn
from tests.unit.planning.short_county import HAS, POINT, POOR, RICH, short_county

NAMES = ("school_id", "teacher_id", "managing_school_id")
NO_ROOMS = frozenset({MeasureKind.convert, MeasureKind.build})  # forbidden, pupils move
SIZED = ("pupils", "classroom_m2", "sports_ground_m2", "equipment_10k_yuan")


def many_schools(times: int) -> Drawn:
    """Five schools for each of `times`, further along the road and a little larger every time."""
    register = short_county()
    register.tables = {
        name: pl.concat([_again(rows, number) for number in range(times)]) if "school_id" in rows.columns else rows
        for name, rows in register.tables.items()
    }
    register.handed_in = pl.concat([_again(register.handed_in, number) for number in range(times)]).unique(maintain_order=True)
    return register


def _again(rows: pl.DataFrame, number: int) -> pl.DataFrame:
    """The rows under names of their own; the first time as they are."""
    named = [pl.col(name).str.replace("^21990100", f"21990{1 + number}00") for name in NAMES if name in rows.columns]
    kinds = {name: rows.schema[name] for name in SIZED if name in rows.columns}
    sized = [(pl.col(name) * (100 + 7 * number % 40) / 100).floor().cast(kind) for name, kind in kinds.items()]
    moved = [(pl.col("latitude") + 0.02 * number).cast(rows.schema["latitude"])] if "latitude" in rows.columns else []
    return rows.with_columns(named + (sized + moved if number else []))


def only(register: Drawn, *schools: str) -> Drawn:
    """The register of some schools alone."""
    kept = pl.col("school_id").is_in(schools)
    register.tables = {name: rows.filter(kept) if "school_id" in rows.columns else rows for name, rows in register.tables.items()}
    register.handed_in = register.handed_in.filter(kept | (pl.col("school_id") == ""))
    return register


def passing_county() -> Drawn:
    """One school has what the other is short of: together they can pass, but not each for itself."""
    return only(short_county(), RICH, POOR)


def changed(register: Drawn, table: str, **columns: pl.Expr) -> Drawn:
    """The register with some cells of a table at other values."""
    register.tables[table] = register.tables[table].with_columns(**columns)
    return register


def moving_county() -> Drawn:
    """The poor school has rooms for a few pupils too many, and can make none under `NO_ROOMS`; the teaching point near by has
    more than enough.
    """
    has = {POOR: (Decimal("3.8"), 12, 4000, 12), POINT: (9, 12, 4000, 12)}
    with pytest.MonkeyPatch.context() as patch:
        for school, own in has.items():
            patch.setitem(HAS, school, own)
        register = short_county()
    near = pl.when(pl.col("school_id") == POINT).then(Decimal("116.36")).otherwise(pl.col("longitude"))
    schools = register.tables["schools"]
    register.tables["schools"] = schools.with_columns(longitude=near.cast(schools.schema["longitude"]))
    return register
