"""Parts and wholes: areas by use, equipment, kinds of pupils, and what a school declares for its stages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import add

import polars as pl

from junheng.register.checks.rules import Breaches, Given, breach, rule, said, shown
from junheng.register.checks.schools import declared_stages
from junheng.register.codes import USABLE
from junheng.register.tables import TABLES

ONLY_BEFORE_2021 = ("laboratory_m2", "computer_room_m2", "language_room_m2")
ONLY_SINCE_2021 = ("special_room_m2", "counselling_m2", "other_teaching_m2")
TEACHING = {"before_2021": ("classroom_m2", "library_m2", *ONLY_BEFORE_2021),
            "since_2021": ("classroom_m2", "library_m2", *ONLY_SINCE_2021)}
SPORTS = ("sports_ground_m2", "indoor_sport_m2")
USES = ("classroom_m2", "library_m2", *ONLY_BEFORE_2021, *ONLY_SINCE_2021, "indoor_sport_m2", "office_m2",
        "living_m2")
PARTS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("sites", USES, "floor_area_m2"),
    ("sites", ("sports_ground_m2",), "land_m2"),
    ("assets", ("laboratory_equipment_10k_yuan",), "equipment_10k_yuan"),
    ("assets", ("added_10k_yuan",), "equipment_10k_yuan"),
    ("school_stages", ("entrants",), "pupils"),
    ("school_stages", ("boarders",), "pupils"),
    ("school_stages", ("migrant_pupils",), "pupils"),
    ("school_stages", ("left_behind_pupils",), "pupils"),
    ("school_stages", ("migrant_bought_places",), "migrant_pupils"),
    ("classes", ("present",), "pupils"),
    ("flows", ("entrants",), "roll"),
    ("quota_places", ("admitted",), "given"),
    ("staff_quota", ("off_post",), "filled"),
    ("staff_quota", ("non_teaching_posts",), "posts"),
    ("staff_quota", ("senior_posts", "middle_posts"), "posts"),
    ("county_years", ("education_budget_10k_yuan",), "general_budget_10k_yuan"),
    ("county_years", ("general_budget_10k_yuan",), "gdp_10k_yuan"),
    ("county_years", ("training_budget_10k_yuan",), "education_budget_10k_yuan"),
    ("county_years", ("surcharge_10k_yuan",), "taxes_10k_yuan"),
    ("county_years", ("housing_kindergartens_handed_over",), "housing_kindergartens"),
    ("county_series", ("pay_10k_yuan",), "spending_10k_yuan"),
    ("county_series", ("operating_10k_yuan",), "spending_10k_yuan"),
)
TOGETHER = {"sites": "各类用房之和", "staff_quota": "高级与中级岗位之和"}


@rule(kind="parts_over_whole", zh="部分不大于整体", among=tuple(dict.fromkeys(table for table, *_ in PARTS)))
def parts_fit_into_their_whole(given: Given) -> Breaches:
    """Areas by use fit into the floor area, laboratories into the equipment, boarders into the pupils, education into the budget.

    A part that is not known may be nothing, so the known ones alone must already be too much.
    """
    for table, parts, whole in PARTS:
        if table in given.tables:
            rows = given[table].with_columns(parts=_added(pl.col(part).fill_null(0) for part in parts))
            words, alone = TABLES[table].columns, len(parts) == 1
            part = words[parts[0]].zh if alone else TOGETHER[table]
            yield breach(rows.filter(pl.col("parts") > pl.col(whole)), parts[0] if alone else whole,
                         found=said(part, " ", pl.col("parts")), do="改正部分或整体的数",
                         wanted=said("不大于", words[whole].zh, " ", pl.col(whole)))


@rule(kind="form_version_columns", zh="用房分类与报表版本相符", tables=("sites",))
def areas_follow_their_form(given: Given) -> Breaches:
    """Each version of the census form has three kinds of room of its own: these are filled, those are not.

    A zero in a column of the other form claims nothing and is let pass.
    """
    for version, needed, barred in (("before_2021", ONLY_BEFORE_2021, ONLY_SINCE_2021),
                                    ("since_2021", ONLY_SINCE_2021, ONLY_BEFORE_2021)):
        rows = given["sites"].filter(pl.col("form_version") == version)
        form = shown("sites", "form_version")
        for column in needed:
            yield breach(rows.filter(pl.col(column).is_null()), column, found=said(form, "，此列为空"),
                         wanted="该版报表的面积，没有填 0", do="补填面积，或改正报表版本")
        for column in barred:
            yield breach(rows.filter(pl.col(column) > 0), column,
                         found=said(form, "，此列填有 ", pl.col(column)), wanted="留空，该版报表没有这一类",
                         do="并入该版报表的用房类别后清空此格，或改正报表版本")


def _usable_area(given: Given, columns: Mapping[str, tuple[str, ...]]) -> pl.LazyFrame:
    """The schools' area of property and sole use, of the columns that each form version has."""
    standing = pl.col("standing")
    area = pl.coalesce(pl.when(standing.is_not_null(), form_version=version).then(_added(map(pl.col, parts)))
                       for version, parts in columns.items())
    return _total(given["sites"].filter(standing.is_in(USABLE) | standing.is_null()), area)


def _added(parts: Iterable[pl.Expr]) -> pl.Expr:
    # Not pl.sum_horizontal: Polars 2.1 plans its Decimals with too small a precision, then panics.
    return reduce(add, parts)


def _total(rows: pl.LazyFrame, amount: pl.Expr) -> pl.LazyFrame:
    """Per school the sum of `amount`, null once a row is."""
    total = pl.when(~amount.is_null().any()).then(amount.sum())
    return rows.group_by("school_id").agg(total=total, listed=pl.lit(True))


def _wholes(given: Given) -> dict[str, tuple[str, pl.LazyFrame]]:
    """For each declared column: the sheet that its whole stands in, and the whole of each school."""
    wholes: dict[str, tuple[str, pl.LazyFrame]] = {}
    if "sites" in given.tables:
        wholes["declared_teaching_area_m2"] = "sites", _usable_area(given, TEACHING)
        wholes["declared_sports_area_m2"] = "sites", _usable_area(given, dict.fromkeys(TEACHING, SPORTS))
    if "assets" in given.tables:
        for column in ("equipment_10k_yuan", "terminals", "books"):
            wholes[f"declared_{column}"] = "assets", _total(given["assets"], pl.col(column))
    if "rooms" in given.tables:
        network = (pl.col("kind") == "network") & pl.col("in_use")
        wholes["declared_network_rooms"] = "rooms", _total(given["rooms"], network.cast(pl.Int64))
    return wholes


@rule(kind="split_sum", zh="各学段申报数之和等于全校", tables=("schools", "school_stages"),
      among=("sites", "assets", "rooms"))
def declared_values_add_up(given: Given) -> Breaches:
    """What a school declares for its stages adds up to what it has; each stage of the school is reported.

    What it has is the figure of explanation/figures.md: area of property and sole use, network rooms in use.
    """
    for column, (sheet, wholes) in _wholes(given).items():
        declared = pl.when(~pl.col(column).is_null().any()).then(pl.col(column).sum()).over("school_id")
        whole = pl.when(pl.col("listed")).then(pl.col("total")).otherwise(0)  # a sheet without rows is zero
        off = (declared_stages(given).join(given.schools_with(sheet), on="school_id", how="semi")
               .join(wholes, on="school_id", how="left").with_columns(declared=declared, whole=whole)
               .filter(pl.col("declared") != pl.col("whole")))
        yield breach(off, column, found=said("本学段 ", pl.col(column), "，各学段合计 ", pl.col("declared")),
                     wanted=said("合计等于全校 ", pl.col("whole")),
                     do=f"改正申报数或{TABLES[sheet].zh}表的数")
