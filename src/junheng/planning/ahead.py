"""The register as it will stand on a later census day if nothing is done: pupils of the forecast, teachers a few years older.

Teachers who retire are replaced on their posts by a beginner of the same subject with a first degree and without titles; titles
and contracts that run out are renewed. Both are what bureaus do every year; the plan says that it takes them for granted.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from junheng.planning.forecast import GRADES, Forecast, apportioned
from junheng.planning.merging import merged_tables
from junheng.register.census import Register, census_day
from junheng.register.codes import ORDINARY_CLASSES
from junheng.register.submission import schema
from junheng.register.tables import TABLES

REPLACED = "补员-"  # how the pseudonym of a teacher who is not yet there begins
BEGINNER_AGE = 24


@dataclass(frozen=True)
class Retirement:
    """The ages at which teachers retire, and whether their posts are filled again."""

    male: int
    female: int
    replaced: bool = True

    def year(self) -> pl.Expr:
        """The first year on whose census day a teacher is no longer there; null where birth or sex is not known."""
        age = pl.when(pl.col("sex") == "male").then(self.male).when(pl.col("sex") == "female").then(self.female)
        return pl.col("birth_year") + age


@dataclass(frozen=True)
class Ahead:
    """A register in the memory that engines read from the folder `path`; of `year`, made from the snapshot `id`."""

    id: str
    year: int
    path: Path
    tables: dict[str, pl.DataFrame]
    handed_in: pl.DataFrame

    def has(self, table: str) -> bool:
        return table in self.tables

    def table(self, name: str) -> pl.DataFrame:
        return self.tables[name]


def narrowed(register: Register, schools: Sequence[str]) -> dict[str, pl.DataFrame]:
    """The tables of a register with the rows of some schools only; tables that know no schools stay whole."""
    held = {name: register.table(name) for name in TABLES if register.has(name)}
    return {
        name: rows.filter(pl.col("school_id").is_in(schools)) if "school_id" in rows.columns else rows
        for name, rows in held.items()
    }


def ahead(
    register: Register,
    schools: Sequence[str],
    told: Forecast,
    year: int,
    retirement: Retirement,
    folder: Path,
    merges: Sequence[tuple[str, str]] = (),
    unmoved: Forecast | None = None,
) -> Ahead:
    """Write the register of `year` for these schools into the new folder `folder`; of `merges` the first are part of the
    second. `unmoved` are the pupils without entrants who go elsewhere: these bring no classes with them.
    """
    tables = merged_tables(narrowed(register, schools), merges)
    day = census_day(year)
    tables["school_stages"] = _pupils(tables["school_stages"], told, year)
    if "classes" in tables:
        tables["classes"] = _classes(tables["classes"], told, unmoved or told, year)
    if "teachers" in tables:
        tables["teachers"] = _teachers(tables["teachers"], register.year, year, retirement)
    for name, until in (("recognitions", "until"), ("venues", "contract_until")):
        if name in tables:
            tables[name] = _renewed(tables[name], until, census_day(register.year), day)
    return written(
        Ahead(
            register.id,
            year,
            folder,
            tables,
            register.handed_in.filter(pl.col("school_id").is_in([*(set(schools) - {school for school, _ in merges}), ""])),
        )
    )


def written(made: Ahead) -> Ahead:
    """Its tables as the files that an engine opens."""
    made.path.mkdir(parents=True)
    for name, rows in made.tables.items():
        rows.write_parquet(made.path / f"{name}.parquet", compression="uncompressed")
    return made


def _pupils(stages: pl.DataFrame, told: Forecast, year: int) -> pl.DataFrame:
    then = {key: sum(grades.values()) for key, grades in told.rolls[year].items()}
    pupils = [then.get((school, stage), pupils) for school, stage, pupils in stages.select("school_id", "stage", "pupils").rows()]
    return stages.with_columns(pl.Series("pupils", pupils, pl.Int64))


def _classes(classes: pl.DataFrame, told: Forecast, unmoved: Forecast, year: int) -> pl.DataFrame:
    """A cohort keeps its classes as it moves up; entrants are divided into classes as large as those of today."""
    is_foretold = pl.col("stage").is_in(list(GRADES)) & pl.col("kind").is_in(ORDINARY_CLASSES)
    own, rest = classes.filter(is_foretold), classes.filter(~is_foretold)
    many = {
        (school, stage, grade): number
        for school, stage, grade, number in own.group_by("school_id", "stage", "grade").len().iter_rows()
    }
    rows = list(_class_rows(many, told, unmoved, year, set(own["school_id"])))
    made = pl.DataFrame(rows, schema=["school_id", "stage", "grade", "number", "pupils"], orient="row")
    return pl.concat([_filled(made, "classes", year=year, kind="ordinary"), rest])


def _class_rows(
    many: dict[tuple[str, str, int], int], told: Forecast, unmoved: Forecast, year: int, of: Container[str]
) -> Iterator[tuple[str, str, int, int, int]]:
    first = min(told.rolls)
    for (school, stage), grades in told.rolls[year].items():
        if school not in of:
            continue
        for grade, pupils in grades.items():
            cohort = many.get((school, stage, grade - (year - first)))
            own = unmoved.rolls[year].get((school, stage), {}).get(grade, 0)
            number = cohort or _divided(many, told.rolls[first].get((school, stage), {}), (school, stage, grade), own)
            for place, size in apportioned(pupils, dict.fromkeys(range(1, number + 1), 1)).items() if pupils else ():
                yield school, stage, grade, place, size


def _divided(many: dict[tuple[str, str, int], int], today: dict[int, int], where: tuple[str, str, int], pupils: int) -> int:
    """As many classes as it takes when they are as large as today's of that grade."""
    now = many.get(where, 1)
    return max(1, -(-pupils * now // today[where[2]])) if today.get(where[2]) else 1


def _teachers(teachers: pl.DataFrame, today: int, year: int, retirement: Retirement) -> pl.DataFrame:
    """Without those who retire by `year`, and with those who come in their place."""
    leaves = retirement.year()
    gone = (leaves > today) & (leaves <= year)
    staying = teachers.filter(~gone | gone.is_null())
    if not retirement.replaced:
        return staying
    leaving = teachers.filter(gone & pl.col("full_time") & (pl.col("state") == "serving"))
    return pl.concat(
        [
            staying,
            leaving.with_columns(
                pl.format(f"{REPLACED}{{}}", "teacher_id").alias("teacher_id"),
                degree=pl.lit("bachelor"),
                title=pl.lit("unranked"),
                certificate_stage=pl.col("stage"),
                at_school_since=pl.date(leaves, 9, 1),
                head_since=pl.lit(None, pl.Date),
                second_subject=pl.lit(None, pl.String),
                birth_year=leaves - BEGINNER_AGE,
                pay_yuan=pl.lit(None, pl.Decimal(18, 2)),
            ),
        ]
    )


def _renewed(rows: pl.DataFrame, until: str, today: date, day: date) -> pl.DataFrame:
    """What is in force today and runs out before `day` is taken to be renewed."""
    runs_out = (pl.col(until) >= today) & (pl.col(until) < day)
    return rows.with_columns(pl.when(runs_out).then(None).otherwise(pl.col(until)).alias(until))


def _filled(rows: pl.DataFrame, table: str, **usual: object) -> pl.DataFrame:
    """Rows with all the columns of their table; what is not said is unknown."""
    kinds = schema(table)
    told = rows.with_columns(pl.lit(value).alias(name) for name, value in usual.items())
    return told.select(
        (pl.col(name) if name in told.columns else pl.lit(None)).cast(kind).alias(name) for name, kind in kinds.items()
    )
