"""What the check of plans found wrong in the planner: each plan here broke a condition once."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from junheng.indicators.units import load_units
from junheng.planning.ahead import Retirement, ahead
from junheng.planning.balance.making import plan as make_plan
from junheng.planning.balance.model.intake import Move, moved
from junheng.planning.balance.task import Fix, Task, Wishes
from junheng.planning.codes import MeasureKind
from junheng.planning.forecast import forecast
from junheng.planning.plan import Plan
from junheng.register.census import census_day
from junheng.register.holding import open_snapshot
from junheng.standards import law_book
from tests.spec.drawn import Drawn
from tests.unit.planning.cities import city_of
from tests.unit.planning.many_schools import changed
from tests.unit.planning.short_county import NINE_YEAR, POINT, POOR, PRIVATE, RICH, short_county

LOCAL = """jurisdiction = "990101"
zh = "某县"
[{name}]
since = [{{day = 2017-04-19, value = 1, paper = "某县文件", evidence = "read"}}]
"""


def planned(register: Drawn, folder: Path, *, local: str = "", **more: Any) -> Plan:
    city = city_of(register, folder)
    if local:
        (city / "standards").mkdir()
        (city / "standards" / "local.toml").write_text(LOCAL.format(name=local), encoding="utf-8")
    return make_plan(Task(city, **more))


def of(made: Plan, kind: str, school: str | None = None) -> list[Any]:
    return [each for each in made.measures if each.kind == kind and school in (None, each.school)]


def test_a_post_is_not_given_to_another_subject_where_its_own_would_be_short(tmp_path: Path) -> None:
    """The teachers of Chinese of the poor school retire, and those of morality are too many: no Chinese post becomes one of
    music.
    """
    own, first = pl.col("school_id") == POOR, pl.col("teacher_id") < f"{POOR}-primary-03"
    subject = pl.when(own & first).then(pl.lit("chinese")).when(own).then(pl.lit("morality")).otherwise(pl.col("main_subject"))
    born = pl.when(own & first).then(1971).when(own).then(1985).otherwise(pl.col("birth_year"))
    made = planned(changed(short_county(), "teachers", main_subject=subject, birth_year=born), tmp_path)
    assert of(made, "retrain", POOR) and not of(made, "refill_arts", POOR)


def test_nobody_is_spare_where_the_classes_are_not_known(tmp_path: Path) -> None:
    register = short_county(not_handed_in=[("classes", school) for school in (RICH, POOR, NINE_YEAR, POINT, PRIVATE)], classes=[])
    made = planned(register, tmp_path)
    assert of(made, "move_teacher") == of(made, "retrain") == of(made, "refill_arts") == []


def test_a_school_that_did_not_hand_in_its_teachers_is_not_one_without_teachers(tmp_path: Path) -> None:
    register = short_county(not_handed_in=[("teachers", POOR), ("recognitions", POOR)])
    register.tables["teachers"] = register.tables["teachers"].filter(pl.col("school_id") != POOR)
    made = planned(register, tmp_path)
    assert {row.item for row in made.unknown if row.school == POOR} == {"yz.1.1", "yz.1.2", "yz.1.3"}
    assert [each.kind for each in made.measures if each.school == POOR and each.stage == "primary"] == []
    assert [(level.undone, level.planned) for level in made.levels if (level.school, level.item) == (POOR, "yz.1.1")] == [
        (None, None)
    ]


def test_a_degree_that_nobody_knows_leaves_the_coefficient_open(tmp_path: Path) -> None:
    one = pl.col("teacher_id") == f"{POINT}-primary-00"
    register = changed(short_county(), "teachers", degree=pl.when(one).then(None).otherwise(pl.col("degree")))
    made = planned(register, tmp_path)
    assert (POINT, "primary", "yz.1.1") in {(row.school, row.stage, row.item) for row in made.unknown}
    assert not [level for level in made.levels if (level.stage, level.item) == ("primary", "yz.1.1.cv")]


def test_the_stages_of_a_school_together_give_no_more_equipment_than_a_part(tmp_path: Path) -> None:
    """Both stages of the school that declares have far more than they need, and give at most a fifth of what there is
    together.
    """
    rich = pl.when(pl.col("school_id") == NINE_YEAR).then(Decimal("300")).otherwise(pl.col("equipment_10k_yuan") / 8)
    register = changed(short_county(), "assets", equipment_10k_yuan=rich.cast(pl.Decimal(18, 4)))
    declared = pl.when(pl.col("school_id") == NINE_YEAR).then(Decimal("150")).otherwise(None).cast(pl.Decimal(18, 4))
    made = planned(changed(register, "school_stages", declared_equipment_10k_yuan=declared), tmp_path)
    given = [each for each in of(made, "move_equipment") if each.source == NINE_YEAR]
    assert {each.detail for each in given} <= {"primary", "junior"}
    assert 300_000 < sum(each.amount for each in given) <= 600_000


def test_rent_is_paid_on_when_the_years_of_the_plan_are_over(tmp_path: Path) -> None:
    register = changed(short_county(), "sites", land_m2=pl.lit(Decimal("100")).cast(pl.Decimal(18, 2)))
    made = planned(
        register,
        tmp_path,
        local="leased_venues_counted",
        forbid=frozenset(
            {MeasureKind.land, MeasureKind.hall, MeasureKind.shed, MeasureKind.move_teacher, MeasureKind.select_backbone}
        ),
    )
    rent = 100_000 * len(of(made, "lease_venue"))
    staff = sum(each.amount * {"recruit": 120_000, "recruit_arts": 120_000}.get(each.kind, 0) for each in made.measures)
    upkeep = sum(each.amount * {"buy_equipment": 0.04, "network_room": 1000}.get(each.kind, 0) for each in made.measures)
    assert rent and made.counties[0].running_after == pytest.approx(rent + staff + upkeep)


def test_posts_of_a_kindergarten_are_none_for_a_primary_school(tmp_path: Path) -> None:
    base = short_county()
    full = changed(base, "staff_quota", filled=pl.col("posts"))
    kindergarten = full.tables["schools"].head(1).with_columns(school_id=pl.lit("1199010009"), kind=pl.lit("kindergarten"))
    full.tables["schools"] = pl.concat([full.tables["schools"], kindergarten])
    stage = full.tables["school_stages"].head(1).with_columns(school_id=pl.lit("1199010009"), stage=pl.lit("preschool"))
    full.tables["school_stages"] = pl.concat([full.tables["school_stages"], stage])
    posts = full.tables["staff_quota"].head(1).with_columns(school_id=pl.lit("1199010009"), filled=pl.lit(0, pl.Int64))
    full.tables["staff_quota"] = pl.concat([full.tables["staff_quota"], posts])
    recruits = [each for kind in ("recruit", "recruit_arts") for each in of(planned(full, tmp_path), kind)]
    assert {each.school for each in recruits} <= {PRIVATE}


def test_a_plan_that_is_cut_off_lays_no_ground_without_its_land(tmp_path: Path) -> None:
    """By hand, land is bought and a ground laid on it; where the budget strikes out the land, the ground goes with it."""
    register = changed(short_county(), "sites", land_m2=pl.lit(Decimal("100")).cast(pl.Decimal(18, 2)))
    for budget in (20_000, 60_000, 200_000):
        made = planned(register, tmp_path, budget=Fraction(budget))
        laid = {each.school for kind in ("hard_court", "level_ground", "artificial_ground") for each in of(made, kind)}
        assert laid <= {each.school for each in of(made, "land")}


def test_visitors_come_from_other_schools(tmp_path: Path) -> None:
    """Only the rich school has teachers of sport and arts: nobody can visit it from elsewhere."""
    fewer = pl.when((pl.col("school_id") == RICH) & (pl.col("teacher_id") > f"{RICH}-primary-08")).then(pl.lit("chinese"))
    register = changed(short_county(), "teachers", main_subject=fewer.otherwise(pl.col("main_subject")))
    more = changed(register, "school_stages", pupils=pl.when(pl.col("school_id") == RICH).then(900).otherwise(pl.col("pupils")))
    made = planned(
        more, tmp_path, local="visiting_specialists_counted", forbid=frozenset({MeasureKind.recruit_arts, MeasureKind.retrain})
    )
    assert of(made, "visit") and not of(made, "visit", RICH)


def test_a_year_that_is_demanded_by_name_is_one_in_which_the_measure_may_begin(tmp_path: Path) -> None:
    fix = Fix(MeasureKind.network_room, POOR, year=2027, least=Fraction(1))
    made = planned(short_county(), tmp_path, wishes=Wishes((fix,)))
    assert [each.year for each in of(made, "network_room", POOR) if each.amount >= 1 and each.year == 2027] == [2027]


def test_entrants_who_come_bring_no_classes_with_them(tmp_path: Path) -> None:
    """Forty more enter the teaching point: one class of fifty for the plan to divide, not five that are there for nothing."""
    snapshot = open_snapshot(city_of(short_county(), tmp_path), None)
    told = forecast(snapshot, load_units(snapshot, law_book(census_day(2025))), 3)
    move = Move(POOR, POINT, "primary", 2028, 40)
    then = ahead(snapshot, [POOR, POINT], moved(told, [move]), 2028, Retirement(60, 55), tmp_path / "then", (), told)
    own = then.table("classes").filter((pl.col("school_id") == POINT) & (pl.col("grade") == 1))
    assert own["pupils"].to_list() == [50]


def test_ways_are_money_of_the_year(tmp_path: Path) -> None:
    """What buses cost counts against the budget: with none of it, no school is merged."""
    wishes = Wishes(merges=((POOR, RICH),))
    assert of(planned(short_county(), tmp_path, allow=frozenset({"merge"}), wishes=wishes), "merge")
    assert not of(planned(short_county(), tmp_path, allow=frozenset({"merge"}), wishes=wishes, budget=Fraction(200_000)), "merge")
