"""Money of schools and counties: settled within reason, for the pupils there are, in years without gaps or leaps."""

from __future__ import annotations

import polars as pl

from junheng.register.checks.places import stages_in_counties, whole_counties
from junheng.register.checks.rules import Breaches, Given, breach, known_sum, rule, said
from junheng.register.tables import TABLES

TIMES_BUDGET, TIMES_FUNDED, FEWEST_PUPILS = 2, 1.5, 120  # a small school is funded as one of a hundred
MOST_YUAN_A_PUPIL = 100_000  # operating funds of a year
LEAP_PERCENT, FEWEST = 50, 100  # growth of a year that asks for a reason; of amounts that are no trifles
SLIP = 1_000  # times more or less than the year before: another unit, most likely
SERIES = {"county_years": (["place_code"], "calendar_year"), "county_series": (["place_code", "stage"], "series_year")}
RECORD = (("roll", "pupils", "在校生"), ("entrants", "entrants", "招生"), ("graduates", "graduates", "毕业生"))


@rule(kind="budget_missing", zh="有决算的经费有预算", tables=("money",))
def settled_money_was_budgeted(given: Given) -> Breaches:
    """What was settled had been budgeted; without the budget nothing can be said of how it was kept."""
    rows = given["money"].filter((pl.col("settled_yuan") > 0) & pl.col("budget_yuan").is_null())
    yield breach(rows, "budget_yuan", found=said("决算 ", pl.col("settled_yuan"), " 元，预算为空"), wanted="年初预算数",
                 do="补填预算数")


@rule(kind="over_budget", zh="决算不超过预算一倍", tables=("money",))
def money_is_settled_near_its_budget(given: Given) -> Breaches:
    """No more than twice the budget is spent: one of the two is wrong, or of another unit."""
    rows = given["money"].filter(pl.col("settled_yuan") > TIMES_BUDGET * pl.col("budget_yuan"))
    yield breach(rows, "settled_yuan", found=said("决算 ", pl.col("settled_yuan"), " 元，预算 ", pl.col("budget_yuan"), " 元"),
                 wanted=f"不超过预算的 {TIMES_BUDGET} 倍", do="核对单位和数值；确有追加的写明理由")


def _with_pupils(given: Given) -> pl.LazyFrame:
    """Operating funds of the year of the census or the next, with all pupils of the school."""
    pupils = given["school_stages"].group_by("school_id").agg(known_sum("pupils"))
    recent = (pl.col("item") == "operating_funds") & (pl.col("calendar_year") >= given.year)
    return given["money"].filter(recent).join(pupils, on="school_id")


@rule(kind="pupils_funded_far", zh="拨款学生数与在校生数相近", tables=("money", "school_stages"))
def pupils_funded_are_those_there_are(given: Given) -> Breaches:
    """Funds are paid for about as many pupils as there are. Leaves out: small schools, which are paid for a hundred."""
    most, least = pl.max_horizontal("pupils_funded", "pupils"), pl.min_horizontal("pupils_funded", "pupils")
    far = (most >= FEWEST_PUPILS) & (most > TIMES_FUNDED * least)
    yield breach(_with_pupils(given).drop_nulls(["pupils_funded", "pupils"]).filter(far), "pupils_funded",
                 found=said("拨款学生数 ", pl.col("pupils_funded"), "，在校生 ", pl.col("pupils"), " 人"),
                 wanted="相差不到一半", do="核对拨款所依据的学生数；确有原因的写明理由")


@rule(kind="unit_slip", zh="生均公用经费合乎常理", tables=("money", "school_stages"))
def funds_are_in_their_unit(given: Given) -> Breaches:
    """Operating funds of a pupil are not a hundred thousand yuan, nor one: 10,000 yuan entered where yuan are asked for."""
    for column in ("budget_yuan", "settled_yuan"):
        amount = pl.col(column)
        odd = (amount > MOST_YUAN_A_PUPIL * pl.col("pupils")) | ((amount > 0) & (amount < pl.col("pupils")))
        yield breach(_with_pupils(given).filter(odd & (pl.col("pupils") > 0)), column,
                     found=said(TABLES["money"].columns[column].zh, " ", amount, " 元，在校生 ", pl.col("pupils"), " 人"),
                     wanted=f"以元为单位，生均 1 至 {MOST_YUAN_A_PUPIL} 元", do="核对单位，万元数乘以 10000 再填")


@rule(kind="series_gap", zh="序列年份连续", among=tuple(SERIES))
def series_have_no_gap(given: Given) -> Breaches:
    """A series goes on year by year; growth and retention need every one."""
    for name, (key, year) in SERIES.items():
        if name in given.tables:
            rows = _after_the_year_before(given[name], key, year)
            yield breach(rows.filter(pl.col("gap") > 1), year,
                         found=said("前一行是 ", pl.col(year) - pl.col("gap"), " 年，本行 ", pl.col(year), " 年"),
                         wanted="逐年连续",
                         do="补填中间的年份；数不掌握的留空")


def _after_the_year_before(rows: pl.LazyFrame, key: list[str], year: str) -> pl.LazyFrame:
    """Rows in order, with `gap`, the years since the row before of the same series."""
    ordered = rows.drop_nulls([*key, year]).sort(*key, year)
    return ordered.with_columns(gap=pl.col(year) - pl.col(year).shift().over(key))


def _amounts(given: Given) -> list[tuple[str, str, pl.LazyFrame]]:
    """Each numeric column of each series with the value of the year before as `then`."""
    found = []
    for name, (key, year) in SERIES.items():
        if name in given.tables:
            rows = _after_the_year_before(given[name], key, year)
            for column, spec in TABLES[name].columns.items():
                if spec.kind in ("integer", "decimal") and column not in ("year", year):
                    then = rows.with_columns(then=pl.col(column).shift().over(key)).filter(
                        (pl.col("gap") == 1) & (pl.col("then") > 0) & (pl.col(column) > 0))
                    found.append((column, spec.zh, then))
    return found


@rule(kind="growth", zh="县区数据一年间变化不过半", among=tuple(SERIES))
def amounts_grow_slowly(given: Given) -> Breaches:
    """An amount of a county does not grow by half in a year nor shrink by a third; a thousandfold is a slip of unit."""
    for column, zh, rows in _amounts(given):
        now, then = pl.col(column), pl.col("then")
        leap = (now * 100 > then * (100 + LEAP_PERCENT)) | (then * 100 > now * (100 + LEAP_PERCENT))
        large = pl.max_horizontal(now, then) >= FEWEST
        yield breach(rows.filter(leap & large & ~_slipped(column)), column, found=said(zh, " ", now, "，上年 ", then),
                     wanted=f"一年间变化不超过 {LEAP_PERCENT}%", do="核对两年的数；确实如此的写明理由")


@rule(kind="unit_slip", zh="县区数据前后年份单位一致", among=tuple(SERIES))
def amounts_keep_their_unit(given: Given) -> Breaches:
    """An amount is not a thousand times that of the year before, nor a thousandth: yuan for 10,000 yuan, most likely."""
    for column, zh, rows in _amounts(given):
        yield breach(rows.filter(_slipped(column)), column, found=said(zh, " ", pl.col(column), "，上年 ", pl.col("then")),
                     wanted="与上年同一单位", do="核对单位：元数除以 10000 再填")


def _slipped(column: str) -> pl.Expr:
    now, then = pl.col(column), pl.col("then")
    return (now > then * SLIP) | (then > now * SLIP)


@rule(kind="series_roll", zh="县区序列与学段表合计一致", tables=("places", "schools", "school_stages", "county_series"))
def series_end_in_the_figures_of_record(given: Given) -> Breaches:
    """The rolls, entrants and graduates of a county's series are, this year, those of its schools together."""
    stages = stages_in_counties(given)
    this_year = given["county_series"].filter(pl.col("series_year") == given.year)
    for column, of_stage, zh in RECORD:
        total = whole_counties(stages, of_stage).rename({"county": "place_code", of_stage: "record"})
        rows = this_year.join(total, on=["place_code", "stage"]).filter(pl.col(column) != pl.col("record"))
        yield breach(rows, column, found=said(f"{zh} ", pl.col(column), " 人"),
                     wanted=said("学段表各校合计 ", pl.col("record"), " 人"),
                     do="核对后改正其中一处；确有原因的写明理由")
