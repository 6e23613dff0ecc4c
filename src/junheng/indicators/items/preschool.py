"""县域学前教育普及普惠: inclusive cover, central kindergartens, funds and pay, areas, classes and teachers."""

from __future__ import annotations

from junheng.indicators.items.lists import full_time, of_schools, public, usable
from junheng.indicators.registry import indicator
from junheng.kernel.codes import Level
from junheng.kernel.shapes import AtLeast, Count, Ratio, Sum, Trend
from junheng.register.codes import ORDINARY_CLASSES
from junheng.register.tables import classes, county_years, money, school_stages, schools, sites, teachers
from junheng.standards import law

STANDARD = "preschool_2020"
COUNTY = (Level.county,)
in_kindergarten = school_stages.only(school_stages.stage == "preschool")
kindergartens = schools.only(schools.kind == "kindergarten")
FEWEST_PAID = 3  # people behind a mean of pay that is told
AREAS = ("xq.3.1.play", "xq.3.1.activity", "xq.3.1.floor")


@indicator(item="xq.1.2", standard=STANDARD, zh="普惠性幼儿园覆盖率", unit="%", gap_unit="人", by="county",
           limit=law["inclusive_cover"], judged=COUNTY, how="（公办园 + 普惠性民办园在园幼儿数）÷ 在园幼儿数 × 100")
def inclusive_cover() -> Ratio:
    """Children in public and inclusive private kindergartens, of all children in kindergarten. Unit: percent."""
    inclusive = schools.only((schools.run_by != "private") | ((schools.run_by == "private") & schools.inclusive))
    covered = of_schools(in_kindergarten, "covered", inclusive)
    return Ratio(Sum(covered, school_stages.pupils), Sum(in_kindergarten, school_stages.pupils), per=100)


@indicator(item="tg.public", standard="policy_targets", zh="公办园在园幼儿占比", unit="%", gap_unit="人", by="county",
           limit=law["public_kindergarten_target"], judged=COUNTY, how="同 xq.1.3")
@indicator(item="xq.1.3", standard=STANDARD, zh="公办园在园幼儿占比", unit="%", gap_unit="人", by="county",
           limit=law["public_kindergarten_share"], judged=COUNTY, how="公办园在园幼儿数 ÷ 在园幼儿数 × 100")
def public_kindergarten_share() -> Ratio:
    """Children in public kindergartens and classes, of all children in kindergarten. Unit: percent."""
    covered = of_schools(in_kindergarten, "public", public)
    return Ratio(Sum(covered, school_stages.pupils), Sum(in_kindergarten, school_stages.pupils), per=100)


@indicator(item="xq.2.1", standard=STANDARD, zh="每个乡镇有公办中心园", unit="所", gap_unit="所", by="township", places=0,
           limit=law["central_kindergartens"], judged=(Level.township, Level.county), counts=True,
           how="乡镇公办中心园数；县看有公办中心园的乡镇占全部乡镇的比例")
def central_kindergartens() -> Sum:
    """Public central kindergartens of a township. Unit: kindergartens; above it townships that have one of all townships."""
    return Count(kindergartens.only((schools.run_by != "private") & schools.central_kindergarten))


@indicator(item="xq.2.2", standard=STANDARD, zh="小区配套园移交", unit="%", gap_unit="所", by="county",
           limit=law["housing_kindergartens"], judged=COUNTY, how="已移交办成公办或普惠园数 ÷ 应配建小区配套园数 × 100")
def housing_kindergartens(year: int) -> Ratio:
    """Kindergartens of housing estates that were handed over as public or inclusive, of those due. Unit: percent."""
    rows = county_years.only(county_years.calendar_year == year)
    handed_over = Sum(rows, county_years.housing_kindergartens_handed_over)
    return Ratio(handed_over, Sum(rows, county_years.housing_kindergartens), per=100)


def _funds(item: str, zh: str, scope: str, of: str, limit: str) -> None:
    @indicator(item=item, standard=STANDARD, zh=zh, unit="元/人", gap_unit="元", scope=scope, limit=law[limit], counts=True,
               judged=(Level.school, Level.township, Level.county), name=limit, how="本年度预算数 ÷ 拨款幼儿数，逐园达到")
    def funds(year: int) -> Ratio:
        """Money budgeted for a kindergarten this calendar year, per child funded. Unit: yuan. The province sets the limit."""
        rows = money.only((money.item == of) & (money.calendar_year == year))
        return Ratio(Sum(rows, money.budget_yuan), Sum(rows, money.pupils_funded))


_funds("xq.2.3.public", "公办园生均公用经费", "public_kindergarten", "operating_funds", "public_kindergarten_funds")
_funds("xq.2.3.inclusive", "普惠性民办园生均补助", "inclusive_kindergarten", "inclusive_subsidy", "inclusive_subsidy")


@indicator(item="xq.2.4", standard=STANDARD, zh="非在编教师与在编教师工资之比", unit="倍", by="county",
           stages=("preschool",), limit=law["off_quota_pay"], judged=COUNTY, places=4,
           how="公办园非在编专任教师平均年工资 ÷ 在编专任教师平均年工资；任一方不足3人的不计算，以免透露个人工资")
def off_quota_pay() -> Trend:
    """Mean pay of full-time teachers of public kindergartens off the quota, by that of those on it. Unit: times.

    Of one or two people a mean would tell what they are paid: with fewer than three on either side it is unknown.
    """
    staff = of_schools(full_time.only(teachers.stage == "preschool"), "public", public)
    def mean_pay(on_quota: bool) -> Ratio:
        some = staff.only(teachers.on_quota == on_quota)
        return Ratio(Sum(some, teachers.pay_yuan), Count(some), fewest=FEWEST_PAID)
    return Trend(mean_pay(False), mean_pay(True))


@indicator(item="xq.3.1.play", standard=STANDARD, zh="生均室外游戏场地面积", unit="㎡/人", gap_unit="㎡", scope="kindergarten",
           limit=law["play_ground"], judged=(Level.school,), how="学校产权和独立使用的室外游戏场地面积 ÷ 在园幼儿数")
def play_ground() -> Ratio:
    """Outdoor play ground per child. Unit: m2 per child."""
    return Ratio(Sum(usable, sites.play_ground_m2), Sum(school_stages, school_stages.pupils))


@indicator(item="xq.3.1.activity", standard=STANDARD, zh="生均活动用房面积", unit="㎡/人", gap_unit="㎡", scope="kindergarten",
           limit=law["activity_rooms"], judged=(Level.school,), how="学校产权和独立使用的幼儿活动用房面积 ÷ 在园幼儿数")
def activity_rooms() -> Ratio:
    """Rooms where children are, per child. Unit: m2 per child."""
    return Ratio(Sum(usable, sites.activity_room_m2), Sum(school_stages, school_stages.pupils))


@indicator(item="xq.3.1.floor", standard=STANDARD, zh="生均园舍建筑面积", unit="㎡/人", gap_unit="㎡", scope="kindergarten",
           limit=law["kindergarten_floor_area"], judged=(Level.school,), how="学校产权和独立使用的校舍建筑面积 ÷ 在园幼儿数")
def kindergarten_floor_area() -> Ratio:
    """Floor area of a kindergarten per child. Unit: m2 per child."""
    return Ratio(Sum(usable, sites.floor_area_m2), Sum(school_stages, school_stages.pupils))


@indicator(item="xq.3.1.new", standard=STANDARD, zh="2017年及以后建成幼儿园面积达标", unit="项", gap_unit="项", places=0,
           scope="kindergarten_new", judged=(Level.school, Level.county), counts=True,
           how="室外游戏场地、活动用房、园舍三项生均面积都达到；建成年份不明的按此要求")
@indicator(item="xq.3.1.old", standard=STANDARD, zh="2017年前建成幼儿园面积达标", unit="项", gap_unit="项", places=0,
           scope="kindergarten_old", judged=(Level.school, Level.county), counts=True, enough=law["old_kindergartens_met"],
           how="室外游戏场地、活动用房、园舍三项生均面积都达到；县看达标园所占比例")
def kindergarten_areas() -> AtLeast:
    """All three areas per child. Unit: items of 3 at the kindergarten; above it, the share of kindergartens that meet them."""
    return AtLeast(3, AREAS)


@indicator(item="xq.3.2", standard=STANDARD, zh="班额达标率", unit="%", gap_unit="个班", scope="preschool",
           limit=law["preschool_classes_met"], judged=COUNTY,
           how="班额达标（小班25、中班30、大班35、混合班30）的班数 ÷ 班数 × 100")
def preschool_class_sizes(mixed: int = law["mixed_class_size"], youngest: int = law["youngest_class_size"],
                          middle: int = law["middle_class_size"], oldest: int = law["oldest_class_size"]) -> Ratio:
    """Classes within the size of their age, of all classes of kindergartens. Unit: percent.

    Leaves out: special-education classes.

    | kind     | grade | most |
    |----------|-------|------|
    | ordinary | 1     | 25   |
    | ordinary | 2     | 30   |
    | ordinary | 3     | 35   |
    | mixed    | any   | 30   |
    """
    every = classes.only(classes.kind.is_in(ORDINARY_CLASSES))
    def of_age(grade: int, most: int) -> Sum:
        return Count(every.only((classes.kind == "ordinary") & (classes.grade == grade) & (classes.pupils <= most)))
    fit = (of_age(1, youngest) + of_age(2, middle) + of_age(3, oldest)
           + Count(every.only((classes.kind == "mixed") & (classes.pupils <= mixed))))
    return Ratio(fit, Count(every), per=100)


@indicator(item="xq.3.3", standard=STANDARD, zh="每名专任教师负担幼儿数", unit="人/人", gap_unit="人", scope="preschool",
           limit=law["children_per_teacher"], meets="at_most", judged=COUNTY, how="在园幼儿数 ÷ 在岗专任教师数")
def children_per_teacher() -> Ratio:
    """Children for each full-time teacher. Unit: children per teacher; at most 15 (one page prints the sign the wrong way)."""
    return Ratio(Sum(school_stages, school_stages.pupils), Count(full_time))


@indicator(item="xq.3.4", standard=STANDARD, zh="园长、专任教师持证上岗率", unit="%", gap_unit="人", scope="preschool",
           limit=law["preschool_certificates"], judged=COUNTY,
           how="持有教师资格证的在岗专任教师（含园长）数 ÷ 在岗专任教师数 × 100")
def preschool_certificates() -> Ratio:
    """Full-time teachers, heads too, who hold a certificate; that of a higher stage covers kindergarten. Unit: percent."""
    certified = full_time.only(teachers.certificate_stage != "none")
    return Ratio(Count(certified), Count(full_time), per=100, tolerates=True, within=True)
