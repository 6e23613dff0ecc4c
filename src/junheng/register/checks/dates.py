"""Days: in order, and none after the school year they are reported for."""

from __future__ import annotations

import polars as pl

from junheng.register.checks.rules import Breaches, Given, breach, rule, said, shown
from junheng.register.tables import TABLES

YOUNGEST = 15  # nobody takes a degree or a post before this birthday's year
ORDER = (("recognitions", "since", "until"), ("postings", "from_day", "to_day"),
         ("venues", "contract_since", "contract_until"), ("places", "since", "until"), ("memberships", "from_day", "to_day"),
         ("field_checks", "counted_on", "corrected_on"))
BEGUN = (("teachers", "degree_day"), ("teachers", "at_school_since"), ("teachers", "head_since"),
         ("rooms", "since"), ("recognitions", "since"), ("postings", "from_day"),
         ("venues", "contract_since"), ("school_events", "event_day"), ("memberships", "from_day"),
         ("field_checks", "counted_on"), ("evidence", "day"), ("places", "since"))
# the year a row speaks of, and how many years after that of the census it may be: funds of the second half year are of the next
SPOKEN_OF = (("flows", "flow_year", 0), ("county_series", "series_year", 0), ("county_years", "calendar_year", 1),
             ("money", "calendar_year", 1), ("population", "birth_year", 0), ("pupils", "birth_year", 0),
             ("disabled_children", "birth_year", 0), ("teachers", "birth_year", 0))
TRAINING_YEARS = 5  # the standard looks back over five calendar years; the sixth may still be on the sheet


@rule(kind="day_order", zh="起止日期先后有序", among=tuple(table for table, *_ in ORDER))
def end_follows_the_beginning(given: Given) -> Breaches:
    """What ends does not end before it begins."""
    for table, first, last in ORDER:
        if table in given.tables:
            words = TABLES[table].columns
            yield breach(given[table].filter(pl.col(last) < pl.col(first)), last,
                         found=said(words[last].zh, " ", pl.col(last)),
                         wanted=said("不早于", words[first].zh, " ", pl.col(first)), do="改正起止日期")


@rule(kind="day_order", zh="取得学历、到校时已满15岁", tables=("teachers",))
def nobody_begins_as_a_child(given: Given) -> Breaches:
    """A degree is taken and a post begun at fifteen or later."""
    for column in ("degree_day", "at_school_since"):
        rows = given["teachers"].filter(pl.col(column).dt.year() < pl.col("birth_year") + YOUNGEST)
        yield breach(rows, column, found=said(TABLES["teachers"].columns[column].zh, " ", pl.col(column)),
                     wanted=f"满{YOUNGEST}岁以后", do="改正日期或出生年份")


@rule(kind="future_day", zh="日期不晚于本学年末", among=tuple(dict.fromkeys(table for table, _ in BEGUN)))
def nothing_begins_after_the_year(given: Given) -> Breaches:
    """Nothing that is reported for a school year begins after its last day, 31 August."""
    for table, column in BEGUN:
        if table in given.tables:
            yield breach(given[table].filter(pl.col(column) > given.last_day), column,
                         found=said(TABLES[table].columns[column].zh, " ", pl.col(column)),
                         wanted=f"不晚于 {given.last_day}", do="改正日期；属下一学年的在下一学年填报")


@rule(kind="future_day", zh="建校年份不晚于本学年", tables=("schools",))
def school_is_built(given: Given) -> Breaches:
    """A school that is reported has been built."""
    yield breach(given["schools"].filter(pl.col("built_year") > given.year), "built_year",
                 found=said("建校年份 ", pl.col("built_year")), wanted=f"不晚于 {given.year}",
                 do="改正建校年份")


@rule(kind="future_day", zh="所报年份不晚于本学年", among=tuple(dict.fromkeys(table for table, *_ in SPOKEN_OF)))
def years_have_begun(given: Given) -> Breaches:
    """No movement, count, sum of money or birth is of a year that has not begun."""
    for table, column, after in SPOKEN_OF:
        if table in given.tables:
            last = given.year + after
            yield breach(given[table].filter(pl.col(column) > last), column,
                         found=said(TABLES[table].columns[column].zh, " ", shown(table, column)), wanted=f"不晚于 {last}",
                         do="改正年份；以后的在以后的学年填报")


@rule(kind="training_year", zh="培训年份在近六年内", tables=("training",))
def training_is_recent(given: Given) -> Breaches:
    """Training is that of the calendar year of the census and the five before; no other counts."""
    first = given.year - TRAINING_YEARS
    rows = given["training"].filter(~pl.col("training_year").is_between(first, given.year))
    yield breach(rows, "training_year", found=said("培训年份 ", pl.col("training_year")),
                 wanted=f"{first} 至 {given.year}", do="改正年份；更早或以后的培训不必填报")
