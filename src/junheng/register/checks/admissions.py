"""Places in schools: catchments and who entered from them, and places given to junior schools before the examination."""

from __future__ import annotations

import polars as pl

from junheng.register.checks.rules import Breaches, Given, breach, known_sum, rule, said
from junheng.register.codes import URBAN


@rule(kind="zone_overfull", zh="划片入学不多于应入学", tables=("zones",))
def no_more_enter_than_should(given: Given) -> Breaches:
    """Of a catchment no more children enter than should; others come by policy or by lot, and are not of the zone."""
    yield breach(given["zones"].filter(pl.col("entered") > pl.col("should_enter")), "entered",
                 found=said("划片入学 ", pl.col("entered"), " 人"), wanted=said("不多于应入学 ", pl.col("should_enter"), " 人"),
                 do="核对两数；不属本片的不计入划片入学")


@rule(kind="parts_over_whole", zh="各片入学之和不多于招生数", tables=("zones", "school_stages"))
def those_who_entered_are_among_the_entrants(given: Given) -> Breaches:
    """All who entered from the zones of a stage are among its entrants."""
    key = ["school_id", "stage"]
    stages = given["school_stages"].select(*key, "entrants").unique(key)
    rows = given["zones"].with_columns(all_entered=pl.col("entered").sum().over(key)).join(stages, on=key)
    yield breach(rows.filter(pl.col("all_entered") > pl.col("entrants")), "entered",
                 found=said("各片划片入学合计 ", pl.col("all_entered"), " 人"),
                 wanted=said("不多于该学段招生数 ", pl.col("entrants"), " 人"),
                 do="改正划片入学人数，或改正招生数")


@rule(kind="zone_not_needed", zh="民办学校没有片区", tables=("zones", "schools"))
def only_public_schools_have_zones(given: Given) -> Breaches:
    """A private school has no catchment of its own unless places in it are bought."""
    private = given["schools"].filter(pl.col("run_by") == "private").select("school_id")
    yield breach(given["zones"].join(private, on="school_id", how="semi"), "zone",
                 found=said("民办学校填有片区 ", pl.col("zone")),
                 wanted="公办学校的片区", do="核对；政府购买学位承担片区的不必理会")


@rule(kind="quota_place_school", zh="分配名额由有高中的学校分给有初中的学校", tables=("quota_places", "school_stages"))
def places_go_from_senior_to_junior(given: Given) -> Breaches:
    """Who gives places has a senior stage, who is given them a junior stage; schools whose stages are not listed are let pass."""
    staged = given["school_stages"].select("school_id", "stage").drop_nulls()
    for column, stage, words in (("school_id", "senior", "高中"), ("junior_school_id", "junior", "初中")):
        listed = given["quota_places"].join(staged, left_on=column, right_on="school_id", how="semi")
        lacking = listed.join(staged.filter(pl.col("stage") == stage), left_on=column, right_on="school_id", how="anti")
        yield breach(lacking, column, found=said(pl.col(column), f" 没有{words}学段"), wanted=f"有{words}学段的学校",
                     do="改正学校标识码")


@rule(kind="parts_over_whole", zh="分配名额之和不多于招生计划", tables=("quota_places", "school_stages"))
def places_given_are_within_the_plan(given: Given) -> Breaches:
    """All places a senior school gives away are within its plan of entrants; what is not known gives none."""
    planned = given["school_stages"].filter(pl.col("stage") == "senior").group_by("school_id").agg(known_sum("planned_entrants"))
    rows = given["quota_places"].with_columns(all_given=pl.col("given").sum().over("school_id")).join(planned, on="school_id")
    yield breach(rows.filter(pl.col("all_given") > pl.col("planned_entrants")), "given",
                 found=said("分配名额合计 ", pl.col("all_given"), " 人"),
                 wanted=said("不多于招生计划 ", pl.col("planned_entrants"), " 人"),
                 do="改正名额，或改正招生计划数")


@rule(kind="rural_flag", zh="农村初中与城乡分类一致", tables=("quota_places", "schools"))
def rural_is_town_and_village(given: Given) -> Breaches:
    """A rural junior school stands in a town or a village by its urban-rural code, another in a city."""
    area = given["schools"].select(junior_school_id="school_id", area="urban_rural").unique("junior_school_id")
    rows = given["quota_places"].join(area, on="junior_school_id").drop_nulls("area")
    yield breach(rows.filter(pl.col("rural") == pl.col("area").is_in(URBAN)), "rural",
                 found=said("是否农村初中 ", pl.when(pl.col("rural")).then(pl.lit("是")).otherwise(pl.lit("否"))),
                 wanted="与学校表城乡分类一致（镇区、乡村为是）", do="改正其中一处")
