"""优质均衡, resources: seven items of each school and stage, 6 of 7 with the floor, and the spread of each between schools."""

from __future__ import annotations

from datetime import date

from junheng.indicators.items.lists import (
    SPORT_AND_ARTS,
    above_required_degree,
    backbone,
    full_time,
    in_force,
    pupils,
    sports_area,
    teaching_area,
    visitors,
)
from junheng.indicators.registry import COUNTY_UP, Declare, indicator
from junheng.kernel.codes import Level
from junheng.kernel.shapes import AtLeast, Count, Ratio, Spread, Sum
from junheng.register.tables import assets, rooms, school_stages, teachers, venues
from junheng.standards import law

STANDARD = "quality_balance_2017"
SEVEN = tuple(f"yz.1.{number}" for number in range(1, 8))
ALL_SEVEN = "yz.1.S"  # whether enough of the seven are met


def resource(item: str, zh: str, unit: str, gap_unit: str, limit: str, how: str) -> Declare:
    """One of the seven: asked of each school and stage, summed above it."""
    return indicator(item=item, standard=STANDARD, zh=zh, unit=unit, gap_unit=gap_unit, limit=law[limit],
                     scope="resources", judged=(Level.school,), how=how)


@resource("yz.1.1", "每百名学生拥有高于规定学历教师数", "人/百人", "人", "teachers_above_degree",
          "学历高于规定（小学专科及以上、初中本科及以上）的在岗专任教师数 ÷ 在校生数 × 100；一人计一次")
def teachers_above_degree() -> Ratio:
    """Full-time teachers with a degree above the required one, per 100 pupils.

    Unit: persons per 100 pupils. One person once, by the highest completed degree.
    Leaves out: part-time teachers, teachers lent out or on leave.

    | stage   | degree         | above? |
    |---------|----------------|--------|
    | primary | senior         | no     |
    | primary | junior_college | yes    |
    | junior  | junior_college | no     |
    | junior  | bachelor       | yes    |
    """
    return Ratio(Count(above_required_degree()), pupils, per=100, tolerates=True)


@resource("yz.1.2", "每百名学生拥有县级以上骨干教师数", "人/百人", "人", "backbone_teachers",
          "持有县级及以上骨干称号且9月1日有效的在岗专任教师数 ÷ 在校生数 × 100；荣誉称号、校级、过期的不计，一人计一次")
def backbone_teachers(day: date) -> Ratio:
    """Full-time teachers with a backbone title of county level or above, in force on 1 September, per 100 pupils.

    Unit: persons per 100 pupils. One person once.
    Leaves out: honours (优秀教师, 优质课获奖), titles of the school, titles that have run out.
    """
    return Ratio(Count(backbone(full_time, day)), pupils, per=100, tolerates=True)


@resource("yz.1.3", "每百名学生拥有体育、艺术专任教师数", "人/百人", "人", "sport_arts_teachers",
          "主要任教体育、音乐、美术、艺术的在岗专任教师数 ÷ 在校生数 × 100；兼职、走教不计，当地文件另有规定的除外")
def sport_arts_teachers(visiting: int = law["visiting_specialists_counted"]) -> Ratio:
    """Full-time teachers of sport, music, art and the arts, per 100 pupils.

    Unit: persons per 100 pupils. Leaves out: teachers for whom it is the second subject; visiting and part-time
    teachers, unless an overlay counts them (`visiting` = 1).
    """
    specialists = Count(full_time.only(teachers.main_subject.is_in(SPORT_AND_ARTS)))
    guests = Count(visitors.only(teachers.main_subject.is_in(SPORT_AND_ARTS)))
    return Ratio(specialists + visiting * guests, pupils, per=100, tolerates=True)


@resource("yz.1.4", "生均教学及辅助用房面积", "㎡/人", "㎡", "teaching_area",
          "学校产权和独立使用的教学及辅助用房面积（不含室内体育用房）÷ 在校生数；共用、在建、D级危房不计")
def teaching_area_per_pupil() -> Ratio:
    """Teaching and auxiliary rooms, without indoor sport, per pupil.

    Unit: m2 per pupil. Leaves out: shared rooms, rooms under construction, danger class D, indoor sport.
    """
    return Ratio(teaching_area, pupils, declared=Sum(school_stages, school_stages.declared_teaching_area_m2))


@resource("yz.1.5", "生均体育运动场馆面积", "㎡/人", "㎡", "sports_area",
          "学校产权和独立使用的运动场地与室内体育用房面积 ÷ 在校生数；租用场地不计，当地文件另有规定的除外")
def sports_area_per_pupil(
    day: date, leased: int = law["leased_venues_counted"], minutes: int = law["leased_venue_minutes"]
) -> Ratio:
    """Sports grounds and indoor sport per pupil.

    Unit: m2 per pupil. Leaves out: leased venues, unless an overlay counts them (`leased` = 1): then those within
    `minutes` on foot whose contract is in force on 1 September.
    """
    near = venues.only((venues.minutes_on_foot <= minutes) & in_force(venues.contract_since, venues.contract_until, day))
    part = sports_area + leased * Sum(near, venues.area_m2)
    return Ratio(part, pupils, declared=Sum(school_stages, school_stages.declared_sports_area_m2))


@resource("yz.1.6", "生均教学仪器设备值", "元/人", "元", "equipment",
          "教学仪器设备资产原值（万元）× 10000 ÷ 在校生数；不是净值，不含课桌凳、床和账外捐赠")
def equipment_per_pupil() -> Ratio:
    """Teaching equipment at original value, per pupil.

    Unit: yuan per pupil. Leaves out: net value, desks and beds, gifts outside the asset account.
    """
    declared = 10_000 * Sum(school_stages, school_stages.declared_equipment_10k_yuan)
    return Ratio(10_000 * Sum(assets, assets.equipment_10k_yuan), pupils, declared=declared)


@resource("yz.1.7", "每百名学生拥有网络多媒体教室数", "间/百人", "间", "network_rooms",
          "在用的网络多媒体教室间数 ÷ 在校生数 × 100")
def network_rooms_per_100_pupils() -> Ratio:
    """Network classrooms in use, per 100 pupils.

    Unit: rooms per 100 pupils. Leaves out: rooms that are not in use.
    """
    in_use = rooms.only((rooms.kind == "network") & rooms.in_use)
    return Ratio(Count(in_use), pupils, per=100, tolerates=True,
                 declared=Sum(school_stages, school_stages.declared_network_rooms))


@indicator(item=ALL_SEVEN, standard=STANDARD, zh="学校资源配置综合达标", unit="项", gap_unit="项", scope="resources", places=0,
           limit=law["items_needed"], judged=(Level.school, Level.township, Level.county), counts=True,
           how="七项中至少六项达到标准，其余每项不低于标准的85%；县和乡镇看全部学校是否都达到")
def school_resources(need: int = law["items_needed"], floor: int = law["item_floor"]) -> AtLeast:
    """At least 6 of the 7 items met and every other at 85 % of its limit or more.

    Unit: items of 7 at the school; above it, schools that meet it of all schools. Three-valued: an unknown item can leave
    the school undecided, but never hides a breach of the floor.
    """
    return AtLeast(need, SEVEN, floor)


def _spread(item: str, zh: str) -> None:
    @indicator(item=f"{item}.cv", standard=STANDARD, zh=f"{zh}：校际差异系数", scope="resources", limit=law["variation"],
               meets="at_most", levels=COUNTY_UP, judged=(Level.county,), places=3, name=f"variation_{item[-1]}",
               how="以在校生数加权：均值 = 总量 ÷ 总人数；标准差 = √(Σ 人数占比 × (该校生均 − 均值)²)；系数 = 标准差 ÷ 均值")
    def variation() -> Spread:
        """The pupil-weighted coefficient of variation of the item between the schools of a county.

        Unit: none. X_i = x_i / P_i, mean = sum x / sum P, S^2 = sum P_i (X_i - mean)^2 / sum P, CV = S / mean.
        Leaves out: what the item's scope leaves out. Unknown as soon as one school is.
        """
        return Spread(item)


for _item, _zh in zip(SEVEN, ("高于规定学历教师", "县级以上骨干教师", "体育、艺术专任教师", "教学及辅助用房面积",
                              "体育运动场馆面积", "教学仪器设备值", "网络多媒体教室"), strict=True):
    _spread(_item, _zh)

