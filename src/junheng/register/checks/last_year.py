"""Against the year before: rows that vanished, sudden changes, and whole rows that nobody counted again."""

from __future__ import annotations

import polars as pl

from junheng.register.checks.rules import Breaches, Given, breach, known_sum, rule, said, sheet_breach
from junheng.register.tables import SCHOOL_TABLES, TABLES

MOST_LOST_PERCENT = 20
FEWEST_ROWS = 10  # of a table whose loss is worth asking about
# what comes and goes: visits, postings and documents are not last year's
COUNTED = tuple(name for name in TABLES if name not in ("field_checks", "postings", "evidence", "school_events"))
MOST_CHANGE_PERCENT, FEWEST_PUPILS = 40, 60  # of a school's pupils in a year
KEPT = {"assets": ("equipment_10k_yuan", "books", "terminals", "desks", "beds"),
        "school_stages": ("pupils", "entrants", "graduates", "boarders")}
FEWEST_VALUES, LARGE = 3, 50  # values that say something, for small ones are the same by chance


@rule(kind="vanished_rows", zh="各表行数与上年相比没有大幅减少", among=COUNTED)
def rows_have_not_vanished(given: Given) -> Breaches:
    """Of the schools of both years no table lost more than a fifth of its rows; of the list of schools and of other tables, too.

    A school that gained rows does not make up for another that lost them. Persons are counted, not looked for by name.
    """
    for name in given.held(COUNTED):
        if name in given.earlier:
            yield _lost(given, name)


def _lost(given: Given, name: str) -> pl.LazyFrame:
    key = "school_id" if name in SCHOOL_TABLES else "place_code"
    then, now = (rows.group_by(key).agg(pl.len().cast(pl.Int64).alias(when))
                 for rows, when in ((given.earlier[name], "then"), (given[name], "now")))
    if name != "schools" and name in SCHOOL_TABLES and "schools" in given.tables:
        then = then.join(given["schools"].select(key), on=key, how="semi")  # others have gone, and that is asked elsewhere
    lost = pl.max_horizontal(pl.col("then") - pl.col("now").fill_null(0), 0)
    both = then.join(now, on=key, how="left").select(then=pl.col("then").sum(), lost=lost.sum())
    too_many = (pl.col("lost") * 100 > pl.col("then") * MOST_LOST_PERCENT) & (pl.col("then") >= FEWEST_ROWS)
    return sheet_breach(both.filter(too_many), name, TABLES[name].key[-1],
                        found=said("上一学年 ", pl.col("then"), " 行，本学年少了 ", pl.col("lost"), " 行"),
                        wanted=f"减少不超过 {MOST_LOST_PERCENT}%", do="核对是否漏交、截断；确实减少的写明理由")


@rule(kind="sudden_change", zh="学校在校生与上年相比没有骤增骤减", tables=("school_stages",), before=("school_stages",))
def pupils_change_slowly(given: Given) -> Breaches:
    """The pupils of a stage do not change by more than two fifths in a year, where they are sixty or more."""
    key = ["school_id", "stage"]
    then = given.earlier["school_stages"].group_by(key).agg(then=known_sum("pupils"))
    change = (pl.col("pupils") - pl.col("then")).abs() * 100
    merged = _with_an_event(given)
    rows = (given["school_stages"].join(then, on=key).join(merged, on="school_id", how="anti")
            .filter((change > MOST_CHANGE_PERCENT * pl.col("then")) & (pl.max_horizontal("pupils", "then") >= FEWEST_PUPILS)))
    yield breach(rows, "pupils", found=said("在校生 ", pl.col("pupils"), " 人，上一学年 ", pl.col("then"), " 人"),
                 wanted=f"一年间变化不超过 {MOST_CHANGE_PERCENT}%", do="核对在校生数；确有合并、扩建的写明理由")


def _with_an_event(given: Given) -> pl.LazyFrame:
    """Schools that something became of, or that another school was merged into or split from."""
    events = given.tables.get("school_events")
    if events is None:
        return pl.LazyFrame(schema={"school_id": pl.String})
    return pl.concat([events.select("school_id"), events.select(school_id="other_school_id").drop_nulls()]).unique()


@rule(kind="copied_from_last_year", zh="各列不与上年逐项相同", among=tuple(KEPT))
def this_year_was_counted_anew(given: Given) -> Breaches:
    """Not every value of a row is last year's to the unit, of three values or more of fifty and above."""
    for name, columns in KEPT.items():
        if name in given.tables and name in given.earlier:
            key = [column for column in TABLES[name].key if column != "year"]
            then = given.earlier[name].select(*key, *(pl.col(column).alias(f"{column}_then") for column in columns))
            rows = given[name].join(then.unique(key), on=key)
            same = pl.all_horizontal(pl.col(column).eq_missing(pl.col(f"{column}_then")) for column in columns)
            told = sum(((pl.col(column) >= LARGE).fill_null(False).cast(pl.Int64) for column in columns), pl.lit(0))
            yield breach(rows.filter(same & (told >= FEWEST_VALUES)), columns[0], found="各列与上一学年逐项相同",
                         wanted="本学年重新统计的数", do="核对是否照抄上年；确实没有变化的不必理会")
