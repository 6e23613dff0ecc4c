"""优质均衡: what the register proves of pay, zones, quota places, migrant children, retention, disability and training money.

Each may be proven by a document where the county's register cannot tell.
"""

from __future__ import annotations

import operator
from functools import reduce

from junheng.indicators.items.guarantee import UP_TO_COUNTY
from junheng.indicators.items.lists import aged, minus, of_schools, public
from junheng.indicators.items.resources import STANDARD
from junheng.indicators.registry import indicator
from junheng.indicators.units import STAGES
from junheng.kernel.codes import Level
from junheng.kernel.shapes import Count, Ratio, Sum, Total, Trend
from junheng.kernel.tables import Table
from junheng.register.codes import URBAN
from junheng.register.tables import (
    county_years,
    disabled_children,
    flows,
    money,
    quota_places,
    school_stages,
    schools,
    zones,
)
from junheng.standards import law

JUNIOR_FIRST, JUNIOR_LAST = 7, 9


@indicator(item="yz.2.7", standard=STANDARD, zh="特殊教育生均公用经费", unit="元/人", gap_unit="元", by="county",
           limit=law["special_education_funds"], judged=(Level.county,), proven=True,
           how="本年度特殊教育公用经费预算 ÷ 拨款学生数；登记表不掌握的，以材料为准")
def special_education_funds(year: int) -> Ratio:
    """Operating funds budgeted for special education, per pupil funded, in the calendar year of the census day.

    Unit: yuan per pupil. Leaves out: other items of money. No pupil funded: unknown.
    """
    rows = money.only((money.item == "special_education") & (money.calendar_year == year))
    return Ratio(Sum(rows, money.budget_yuan), Sum(rows, money.pupils_funded))


@indicator(item="yz.2.8", standard=STANDARD, zh="教师平均工资不低于公务员", unit="倍", by="county", places=4,
           limit=law["teacher_pay_ratio"], levels=(Level.county,), judged=(Level.county,), proven=True,
           how="上一财政年度义务教育教师平均工资收入 ÷ 公务员平均工资收入（公办学校）")
def teacher_pay(year: int) -> Ratio:
    """Mean pay of teachers of public schools by that of civil servants, in the last full calendar year. Unit: times."""
    rows = county_years.only(county_years.calendar_year == year - 1)
    return Ratio(Sum(rows, county_years.teacher_mean_pay_yuan), Sum(rows, county_years.civil_servant_mean_pay_yuan))


@indicator(item="yz.2.13", standard=STANDARD, zh="就近划片入学比例", gap_unit="人", scope="zoned", limit=law["zone_share"],
           judged=(Level.county,), places=4, proven=True, how="划片入学人数 ÷ 招生数；城区和镇区公办学校，寄宿制学校除外")
def entered_by_zone() -> Ratio:
    """New pupils who entered by their catchment, of all new pupils of public day schools of towns and cities.

    Unit: share. Leaves out: private schools, boarding schools, schools of townships and villages.
    """
    return Ratio(Sum(zones, zones.entered), Sum(school_stages, school_stages.entrants))


@indicator(item="yz.2.14", standard=STANDARD, among=("senior",), zh="优质高中招生名额分配比例", unit="%", gap_unit="人",
           by="county", limit=law["quota_places_share"], judged=(Level.county,), proven=True,
           how="分配到初中的名额数 ÷ 优质高中招生计划数 × 100")
def quota_place_share() -> Ratio:
    """Places of good senior schools given to junior schools beforehand, of the intake these schools planned. Unit: percent."""
    good = of_schools(school_stages.only(school_stages.stage == "senior"), "good", schools.only(schools.quality_senior))
    return Ratio(Sum(quota_places, quota_places.given), Sum(good, school_stages.planned_entrants), per=100)


@indicator(item="yz.2.14.rural", standard=STANDARD, zh="名额向农村初中倾斜", unit="倍", by="county",
           limit=law["quota_rural_tilt"], judged=(Level.county,), places=4, proven=True,
           how="农村初中每名毕业生分得的名额 ÷ 全县每名初中毕业生分得的名额")
def quota_rural_tilt() -> Trend:
    """Quota places for each leaver of rural junior schools, by those for each leaver of all. Unit: times.

    Rural is town and village (农村 = 镇区 + 乡村), not the city.
    """
    leavers = school_stages.only(school_stages.stage == "junior")
    rural = of_schools(leavers, "rural", schools.only(~schools.urban_rural.is_in(URBAN)))
    return Trend(
        Ratio(Sum(quota_places.only(quota_places.rural), quota_places.given), Sum(rural, school_stages.graduates)),
        Ratio(Sum(quota_places, quota_places.given), Sum(leavers, school_stages.graduates)))


@indicator(item="yz.2.15", standard=STANDARD, zh="随迁子女在公办学校和政府购买学位就读比例", unit="%", gap_unit="人", by="county",
           limit=law["migrant_place_share"], judged=(Level.county,), proven=True,
           how="（公办学校随迁子女数 + 政府购买民办学位就读数）÷ 符合条件随迁子女数 × 100")
def migrant_places(year: int) -> Ratio:
    """Migrant children in public schools and in bought private places, of those entitled this calendar year. Unit: percent."""
    compulsory = school_stages.only(school_stages.stage.is_in(STAGES))
    in_public = of_schools(compulsory, "public", public)
    in_private = of_schools(compulsory, "private", schools.only(schools.run_by == "private"))
    entitled = county_years.only(county_years.calendar_year == year)
    part = Sum(in_public, school_stages.migrant_pupils) + Sum(in_private, school_stages.migrant_bought_places)
    return Ratio(part, Sum(entitled, county_years.migrant_entitled), per=100)


def cohort(year: int, grade: int) -> Table:
    """The rows, in the year they were in this grade, of those who left junior school this summer."""
    return flows.only((flows.stage == "junior") & (flows.grade == grade) & (flows.flow_year == year - 1 - JUNIOR_LAST + grade))


def _over_three_years(year: int, column: str) -> Total:
    """Year by year, so that a year nobody told of leaves the sum unknown."""
    first, *later = (Sum(cohort(year, grade), getattr(flows, column)) for grade in range(JUNIOR_FIRST, JUNIOR_LAST + 1))
    return reduce(operator.add, later, Total.of(first))


@indicator(item="st.ret3", standard="statistics_2020", zh="初中三年巩固率", unit="%", by="county", stages=("junior",),
           how="同 yz.3.1")
@indicator(item="yz.3.1", standard=STANDARD, zh="初中三年巩固率", unit="%", gap_unit="人", by="county",
           stages=("junior",), limit=law["junior_retention"], judged=(Level.county,), proven=True,
           how="（毕业 − 三年转入 + 三年转出）÷（三年前初一在校 − 三年死亡）× 100；休学另列（st.ret3.suspended）")
def junior_retention(year: int) -> Ratio:
    """Leavers of this summer adjusted for transfers, of those who began three years before less those who died.

    Unit: percent. A suspended pupil has neither left nor graduated and is shown apart. Source: 教督〔2017〕6号 第九条.

    | began | in | out | died | graduated | rate               |
    |-------|----|-----|------|-----------|--------------------|
    | 100   | 10 | 12  | 1    | 95        | (95-10+12)/99 = 98 |
    """
    left = Sum(cohort(year, JUNIOR_LAST), flows.graduated) + _over_three_years(year, "moved_out")
    began = Total.of(Sum(cohort(year, JUNIOR_FIRST), flows.roll))
    return Ratio(left + minus(_over_three_years(year, "moved_in")), began + minus(_over_three_years(year, "died")), per=100)


@indicator(item="st.ret3.suspended", standard="statistics_2020", zh="初中三年休学未复学人数", unit="人", by="county",
           stages=("junior",), places=0, how="应届初中毕业班三年内休学人数 − 复学人数")
def junior_suspended(year: int) -> Total:
    """Pupils of the cohort of st.ret3 who were suspended and have not come back. Unit: persons."""
    return _over_three_years(year, "suspended") + minus(_over_three_years(year, "resumed"))


@indicator(item="yz.3.2", standard=STANDARD, zh="残疾儿童少年入学率", unit="%", gap_unit="人", by="county",
           limit=law["disabled_enrolment"], judged=(Level.county,), proven=True,
           how="随班就读、特教班、特校、送教上门人数 ÷（三方比对名单6至15岁人数 − 缓学人数）× 100")
def disabled_enrolment(year: int, least: int = law["disabled_first_age"], most: int = law["disabled_last_age"]) -> Ratio:
    """Children with disabilities who learn somewhere, of the matched list less those the experts' committee postponed.

    Unit: percent. Leaves out: children under 6 and over 15, and those postponed.
    """
    listed = disabled_children.only(aged(disabled_children.birth_year, year, least, most)
                                    & (disabled_children.placement != "postponed"))
    return Ratio(Count(listed.only(disabled_children.placement != "none")), Count(listed), per=100, within=True)


@indicator(item="yz.3.4", standard=STANDARD, zh="教师培训经费占公用经费预算比例", unit="%", gap_unit="元", by="school",
           scope="public", limit=law["training_money_share"], judged=UP_TO_COUNTY, counts=True, proven=True,
           how="上一财政年度教师培训经费决算 ÷ 公用经费预算 × 100，逐校达到")
def training_money(year: int) -> Ratio:
    """Settled training money of the last full calendar year, of the operating funds budgeted for it. Unit: percent.

    Leaves out: private schools. A school without either row: unknown.
    """
    def rows(item: str) -> Table:
        return money.only((money.item == item) & (money.calendar_year == year - 1))
    return Ratio(Sum(rows("training"), money.settled_yuan), Sum(rows("operating_funds"), money.budget_yuan), per=100)
