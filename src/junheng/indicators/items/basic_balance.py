"""基本均衡 2012: eight ratios of each school, the spread of each, and their plain mean as the composite."""

from __future__ import annotations

from junheng.indicators.items.lists import (
    above_required_degree,
    full_time,
    indoor_sport,
    pupils,
    sports_area,
    teaching_area,
)
from junheng.indicators.registry import COUNTY_UP, Declare, indicator
from junheng.kernel.codes import Level
from junheng.kernel.shapes import Count, Mean, Ratio, Spread, Sum
from junheng.register.tables import assets, school_stages, teachers
from junheng.standards import law

STANDARD = "basic_balance_2012"
EIGHT = tuple(f"jb.{number}" for number in range(1, 9))


def ratio(item: str, zh: str, unit: str, how: str, places: int = 2) -> Declare:
    """One of the eight: no limit of its own, only the composite of their spreads has one."""
    return indicator(item=item, standard=STANDARD, zh=zh, unit=unit, scope="basic", places=places, how=how)


@ratio("jb.1", "生均教学及辅助用房面积", "㎡/人", "教学及辅助用房面积（含室内体育用房）÷ 在校生数")
def teaching_area_2012() -> Ratio:
    """Teaching and auxiliary rooms with indoor sport, per pupil. Unit: m2 per pupil. No school declares a split of it."""
    return Ratio(teaching_area + indoor_sport, pupils)


@ratio("jb.2", "生均体育运动场馆面积", "㎡/人", "运动场地与室内体育用房面积 ÷ 在校生数")
def sports_area_2012() -> Ratio:
    """Sports grounds and indoor sport per pupil. Unit: m2 per pupil."""
    return Ratio(sports_area, pupils, declared=Sum(school_stages, school_stages.declared_sports_area_m2))


@ratio("jb.3", "生均教学仪器设备值", "元/人", "教学仪器设备资产原值 ÷ 在校生数")
def equipment_2012() -> Ratio:
    """Teaching equipment at original value per pupil. Unit: yuan per pupil."""
    declared = 10_000 * Sum(school_stages, school_stages.declared_equipment_10k_yuan)
    return Ratio(10_000 * Sum(assets, assets.equipment_10k_yuan), pupils, declared=declared)


@ratio("jb.4", "每百名学生拥有计算机台数", "台/百人", "计算机台数 ÷ 在校生数 × 100")
def terminals_2012() -> Ratio:
    """Computers per 100 pupils. Unit: computers per 100 pupils."""
    return Ratio(Sum(assets, assets.terminals), pupils, per=100, declared=Sum(school_stages, school_stages.declared_terminals))


@ratio("jb.5", "生均图书册数", "册/人", "图书册数 ÷ 在校生数")
def books_2012() -> Ratio:
    """Books per pupil. Unit: books per pupil."""
    return Ratio(Sum(assets, assets.books), pupils, declared=Sum(school_stages, school_stages.declared_books))


@ratio("jb.6", "师生比", "", "在岗专任教师数 ÷ 在校生数", places=4)
def teachers_2012() -> Ratio:
    """Full-time teachers per pupil. Unit: teachers per pupil."""
    return Ratio(Count(full_time), pupils, tolerates=True)


@ratio("jb.7", "生均高于规定学历教师数", "人/人", "学历高于规定的在岗专任教师数 ÷ 在校生数", places=4)
def teachers_above_degree_2012() -> Ratio:
    """Full-time teachers above the required degree, per pupil. Unit: teachers per pupil."""
    return Ratio(Count(above_required_degree()), pupils, tolerates=True)


@ratio("jb.8", "生均中级及以上专业技术职务教师数", "人/人", "中级及以上职称的在岗专任教师数 ÷ 在校生数", places=4)
def teachers_middle_title_2012() -> Ratio:
    """Full-time teachers of middle rank or above, per pupil. Unit: teachers per pupil."""
    ranked = full_time.only(teachers.title.is_in(["middle", "senior", "full_senior"]))
    return Ratio(Count(ranked), pupils, tolerates=True)


def _spread(item: str) -> None:
    @indicator(item=f"{item}.cv", standard=STANDARD, zh=f"差异系数（{item}）", scope="basic", levels=COUNTY_UP, places=3,
               name=f"variation_2012_{item[-1]}", how="以在校生数加权的差异系数，计入综合差异系数")
    def variation() -> Spread:
        """The pupil-weighted coefficient of variation of the ratio; it enters the composite."""
        return Spread(item)


for _item in EIGHT:
    _spread(_item)


@indicator(item="jb.cv", standard=STANDARD, zh="综合差异系数", scope="basic", levels=COUNTY_UP, judged=(Level.county,),
           limit=law["composite_variation"], meets="at_most", places=3, how="八项差异系数的简单平均")
def composite_variation() -> Mean:
    """The plain mean of the eight coefficients of variation. Unit: none."""
    return Mean(tuple(f"{item}.cv" for item in EIGHT))
