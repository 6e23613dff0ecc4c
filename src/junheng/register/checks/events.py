"""What became of schools: mergers that name their successor, closed schools that are silent, and lists that follow both."""

from __future__ import annotations

from datetime import date

import polars as pl

from junheng.register.checks.rules import Breaches, Given, breach, rule, said, sheet_breach, shown
from junheng.register.tables import TABLES

ENDS = ("merged", "closed")
BEGINS = ("opened", "split", "recoded")
TOLD = {"moved": ("place_code", "former_place_code"), "renamed": ("former_name",), "changed_kind": ("former_kind",),
        "split": ("other_school_id",), "recoded": ("other_school_id",)}
# what a school is now, the kind of event that changes it, and the column of the event that says what it is or was
CHANGED = (("place_code", "moved"), ("name", "renamed"), ("kind", "changed_kind"))
MOST_GONE_PERCENT = 20  # of last year's schools; when more are missing the list is not whole, and `vanished_rows` says so


def ended(given: Given) -> pl.LazyFrame:
    """`school_id` and `ended_on` of schools that were merged or closed and not opened again, and of codes given up."""
    events = given["school_events"].select("school_id", "kind", "event_day", "other_school_id")
    gone = pl.concat([events.filter(pl.col("kind").is_in(ENDS)), events.filter(pl.col("kind") == "recoded").with_columns(
        school_id="other_school_id")]).drop_nulls(["school_id", "event_day"])
    again = events.filter(pl.col("kind") == "opened").group_by("school_id").agg(again=pl.col("event_day").max())
    return (gone.group_by("school_id").agg(ended_on=pl.col("event_day").max()).join(again, on="school_id", how="left")
            .filter(pl.col("again").is_null() | (pl.col("again") < pl.col("ended_on"))).drop("again"))


@rule(kind="ended_school", zh="已并入、停办或换了标识码的学校不再上报", tables=("schools", "school_events"))
def ended_school_reports_no_more(given: Given) -> Breaches:
    """A school that was merged or closed by 1 September, or a code given up by then, is not listed."""
    rows = given["schools"].join(ended(given), on="school_id").filter(pl.col("ended_on") <= given.census_day)
    yield breach(rows, "school_id", found=said("沿革表记其 ", pl.col("ended_on"), " 已终止"), wanted="9月1日仍在办的学校",
                 do="从学校表及其他各表删去该校；仍在办的改正沿革表")


@rule(kind="successor_missing", zh="并入的学校写明去向，去向学校在册或其后也已终止", tables=("school_events",))
def merged_school_names_its_successor(given: Given) -> Breaches:
    """A merger names another school as successor, one that is listed or has itself an event in the table."""
    merged = given["school_events"].filter(pl.col("kind") == "merged")
    other = pl.col("other_school_id")
    yield breach(merged.filter(other.is_null() | (other == pl.col("school_id"))), "other_school_id",
                 found=said("并入学校 ", other), wanted="另一所学校的标识码", do="填写并入的学校；没有去向的改为停办")
    if "schools" in given.tables and given.lists_others:
        known = pl.concat([given["schools"].select("school_id"), given["school_events"].select("school_id")])
        others = merged.filter(other != pl.col("school_id"))
        strays = others.join(known, left_on="other_school_id", right_on="school_id", how="anti")
        yield breach(strays, "other_school_id", found=said("学校表和沿革表中都没有 ", other),
                     wanted="在办的学校，或其后另有沿革的学校", do="改正并入学校的标识码，或补报该校")


@rule(kind="event_details", zh="迁址、更名、变更、分设写明原来和现在", tables=("school_events",))
def event_tells_what_changed(given: Given) -> Breaches:
    """A move gives both places, a new name the former, a new kind the former, a split and a new code the other school."""
    for kind, columns in TOLD.items():
        events = given["school_events"].filter(pl.col("kind") == kind)
        for column in columns:
            yield breach(events.filter(pl.col(column).is_null()), column,
                         found=said(shown("school_events", "kind"), "，", TABLES["school_events"].columns[column].zh, "为空"),
                         wanted="已填写，否则不能还原当时的学校", do="按批准文件补填")


@rule(kind="event_order", zh="终止之后没有别的沿革", tables=("school_events",))
def nothing_happens_after_the_end(given: Given) -> Breaches:
    """A school that was merged or closed is not renamed, moved or closed once more after that day, unless opened again."""
    over = given["school_events"].filter(pl.col("kind").is_in(ENDS)).group_by("school_id").agg(
        first_end=pl.col("event_day").min())
    again = given["school_events"].filter(pl.col("kind").is_in(BEGINS)).group_by("school_id").agg(again=pl.col("event_day").max())
    rows = (given["school_events"].join(over, on="school_id").join(again, on="school_id", how="left")
            .filter((pl.col("event_day") > pl.col("first_end"))
                    & (pl.col("again").is_null() | (pl.col("again") <= pl.col("first_end")))))
    yield breach(rows, "event_day", found=said(shown("school_events", "kind"), " ", pl.col("event_day"), "，该校 ",
                                               pl.col("first_end"), " 已终止"),
                 wanted="终止以前的日期", do="改正日期；恢复办学的另报新设")


@rule(kind="event_order", zh="新设、分设在该校其他沿革之前", tables=("school_events",))
def opening_comes_first(given: Given) -> Breaches:
    """A school is opened, or split off, before anything else becomes of it, save that it had ended."""
    day = pl.col("event_day")
    events = given["school_events"].drop_nulls("event_day").sort("school_id", "event_day").with_columns(
        before=pl.col("kind").shift().over("school_id"), day_before=day.shift().over("school_id"))
    late = pl.col("kind").is_in(("opened", "split")) & ~pl.col("before").is_in(ENDS) & (pl.col("day_before") < day)
    yield breach(events.filter(late), "event_day", found=said(shown("school_events", "kind"), " ", day, "，此前 ",
                                                             pl.col("day_before"), " 已有沿革"),
                 wanted="是该校最早的沿革", do="改正沿革类别或日期")


@rule(kind="event_contradicted", zh="学校现址、现名、现类型与最近一次沿革相符", tables=("schools", "school_events"))
def school_is_as_its_last_event_left_it(given: Given) -> Breaches:
    """After a move a school stands where it moved to; after a change it no longer has its former name or kind."""
    events = given["school_events"].filter(pl.col("event_day") <= given.census_day).sort("event_day")
    for column, kind in CHANGED:
        told = "place_code" if kind == "moved" else f"former_{column}"
        last = events.filter(pl.col("kind") == kind).group_by("school_id").agg(told=pl.col(told).last(),
                                                                              changed_on=pl.col("event_day").last())
        rows = given["schools"].join(last, on="school_id")
        off = pl.col("told") != pl.col(column) if kind == "moved" else pl.col("told") == pl.col(column)
        yield breach(rows.filter(off), column,
                     found=said(shown("schools", column), "，而 ", pl.col("changed_on"), " 的沿革说的不是这样"),
                     wanted="与最近一次沿革之后的情况相符", do="改正学校表，或改正沿革表")


@rule(kind="event_order", zh="本学年新设的学校上年没有上报", tables=("school_events",), before=("schools",))
def opened_school_is_new(given: Given) -> Breaches:
    """A school that is said to have opened since last year's census was not listed then."""
    fresh = given["school_events"].filter((pl.col("kind") == "opened") & (pl.col("event_day") > _last_census(given)))
    listed = given.earlier["schools"].select("school_id").unique()
    yield breach(fresh.join(listed, on="school_id", how="semi"), "event_day", found=said("新设于 ", pl.col("event_day"),
                                                                                     "，上一学年已经上报"),
                 wanted="早于上一学年的9月1日", do="改正新设日期，或改正沿革类别")


@rule(kind="school_without_event", zh="比上年新增的学校有新设、分设或换码的沿革", tables=("schools", "school_events"),
      before=("schools",))
def new_school_has_an_event(given: Given) -> Breaches:
    """A school that was not listed last year was opened, split off or given a new code since."""
    told = _since_last_census(given).filter(pl.col("kind").is_in(BEGINS)).select("school_id")
    fresh = given["schools"].join(given.earlier["schools"], on="school_id", how="anti").join(told, on="school_id", how="anti")
    yield breach(fresh, "school_id", found="上一学年没有这所学校，沿革表也没有记载", wanted="有新设、分设或变更标识码的沿革",
                 do="补报沿革；上年漏报的说明原因")


@rule(kind="school_without_event", zh="比上年减少的学校有并入、停办或换码的沿革", tables=("schools", "school_events"),
      before=("schools",))
def vanished_school_has_an_event(given: Given) -> Breaches:
    """A school that was listed last year and is no more was merged, closed or given a new code."""
    if given.lists_others:
        then = given.earlier["schools"].select("school_id", "name").unique("school_id")
        gone = then.join(given["schools"], on="school_id", how="anti")
        few = pl.len() * 100 <= then.select(pl.len()).collect().item() * MOST_GONE_PERCENT
        untold = gone.filter(few).join(ended(given), on="school_id", how="anti")
        yield sheet_breach(untold, "schools", "school_id",
                           found=said("上一学年的 ", pl.col("school_id"), " ", pl.col("name"), " 本年不在表内"),
                           wanted="仍在表内，或有并入、停办、变更标识码的沿革", do="补报该校，或补报沿革")


@rule(kind="school_without_event", zh="校名、类型、地址与上年不同的有更名、变更、迁址的沿革", tables=("schools", "school_events"),
      before=("schools",))
def changed_school_has_an_event(given: Given) -> Breaches:
    """A school whose name, kind or place is not last year's was renamed, changed or moved since."""
    then = given.earlier["schools"].select("school_id", *(pl.col(column).alias(f"{column}_then") for column, _ in CHANGED))
    both = given["schools"].join(then.unique("school_id"), on="school_id")
    for column, kind in CHANGED:
        told = _since_last_census(given).filter(pl.col("kind") == kind).select("school_id")
        changed = both.filter(pl.col(column) != pl.col(f"{column}_then")).join(told, on="school_id", how="anti")
        yield breach(changed, column, found=said(shown("schools", column), "，与上一学年不同，沿革表没有记载"),
                     wanted="与上年相同，或有相应的沿革", do="补报沿革，或改正学校表")


def _last_census(given: Given) -> date:
    return given.census_day.replace(year=given.year - 1)


def _since_last_census(given: Given) -> pl.LazyFrame:
    return given["school_events"].filter(pl.col("event_day").is_between(_last_census(given), given.census_day, closed="right"))
