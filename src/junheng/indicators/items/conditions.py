"""办学条件: what schools have for each pupil, how many are equipped, kindergartens and schools for each place."""

from __future__ import annotations

from datetime import date

from junheng.indicators.items.lists import ordinary, pupils, usable
from junheng.indicators.registry import COUNTY_UP, indicator
from junheng.kernel.codes import Level
from junheng.kernel.shapes import Count, Ratio, Spread, Sum
from junheng.register.tables import assets, places, rooms, school_stages, schools, sites
from junheng.standards import law

STANDARD = "statistics_2020"


@indicator(item="st.area", standard=STANDARD, zh="生均校舍建筑面积", unit="㎡/人",
           how="学校产权和独立使用的校舍建筑面积 ÷ 在校生数")
def floor_area_per_pupil() -> Ratio:
    """Floor area of property and sole use per pupil. Unit: m2 per pupil."""
    return Ratio(Sum(usable, sites.floor_area_m2), pupils)


@indicator(item="st.books", standard=STANDARD, zh="生均图书册数", unit="册/人", how="图书册数 ÷ 在校生数")
def books_per_pupil() -> Ratio:
    """Books per pupil. Unit: volumes per pupil."""
    return Ratio(Sum(assets, assets.books), pupils, declared=Sum(school_stages, school_stages.declared_books))


@indicator(item="st.terminals", standard=STANDARD, zh="每百名学生数字终端数", unit="台/百人", how="计算机台数 ÷ 在校生数 × 100")
def terminals_per_100_pupils() -> Ratio:
    """Digital terminals per 100 pupils. Unit: terminals per 100 pupils."""
    return Ratio(Sum(assets, assets.terminals), pupils, per=100, declared=Sum(school_stages, school_stages.declared_terminals))


@indicator(item="st.teachers", standard=STANDARD, zh="每百名学生拥有专任教师数（报表数）", unit="人/百人",
           how="学段表所报专任教师数 ÷ 在校生数 × 100")
def teachers_of_record_per_100_pupils() -> Ratio:
    """Full-time teachers as reported with the pupils of record, per 100 pupils. Unit: persons per 100 pupils.

    For registers without a staff list; where there is one, checks hold the two against each other.
    """
    return Ratio(Sum(school_stages, school_stages.full_time_teachers), pupils, per=100)


@indicator(item="st.teachers.cv", standard=STANDARD, zh="每百名学生拥有专任教师数（报表数）：校际差异系数", levels=COUNTY_UP,
           places=3, how="以在校生数加权的差异系数")
def variation_of_teachers() -> Spread:
    """The pupil-weighted coefficient of variation of st.teachers between the schools of a county. No limit."""
    return Spread("st.teachers")


def _equipped(name: str, zh: str) -> None:
    @indicator(item=f"st.met.{name}", standard=STANDARD, zh=zh, unit="%", by="school", name=f"{name}_share",
               how="达到的学校数 ÷ 学校数 × 100")
    def equipped() -> Ratio:
        """Schools that say they have it as the norm asks, of all schools. Unit: percent."""
        return Ratio(Count(assets.only(getattr(assets, name))), Count(assets), per=100, tolerates=True, within=True)


for _name, _zh in (("sports_gear_met", "体育器械达标学校比例"), ("music_gear_met", "音乐器材达标学校比例"),
                   ("art_gear_met", "美术器材达标学校比例"), ("experiment_gear_met", "理科实验仪器达标学校比例"),
                   ("campus_network", "建有校园网学校比例")):
    _equipped(_name, _zh)


@indicator(item="st.bandwidth", standard=STANDARD, zh="网络带宽达到100M学校比例", unit="%", by="school",
           how="带宽达到的学校数 ÷ 学校数 × 100")
def fast_network(least: int = law["bandwidth_line"]) -> Ratio:
    """Schools with a network of 100 Mbps or more, of all schools. Unit: percent."""
    return Ratio(Count(assets.only(assets.bandwidth_mbps >= least)), Count(assets), per=100, tolerates=True, within=True)


@indicator(item="st.digital", standard=STANDARD, zh="网络多媒体教室覆盖（班班通）", unit="间/班", by="school",
           how="在用网络多媒体教室间数 ÷ 普通班数")
def network_rooms_per_class() -> Ratio:
    """Network classrooms in use for each ordinary class of primary and junior. Unit: rooms per class."""
    return Ratio(Count(rooms.only((rooms.kind == "network") & rooms.in_use)), Count(ordinary), tolerates=True)


@indicator(item="st.villages", standard=STANDARD, zh="行政村幼儿园（班）覆盖率", unit="%", by="county",
           how="有幼儿园或附设幼儿班的村数 ÷ 村数 × 100")
def villages_with_kindergarten(day: date) -> Ratio:
    """Villages with a kindergarten or kindergarten class of their own, of all villages. Unit: percent."""
    village = places.only((places.level == "village") & (places.until.is_null() | (places.until > day)))
    cared = schools.only(schools.kind.is_in(["kindergarten", "attached_kindergarten"]))
    covered = village.linked("kindergartens", Count(cared), on=("place_code",))
    return Ratio(Count(covered.only(covered.kindergartens > 0)), Count(village), per=100)


@indicator(item="bj.48", standard="school_size", zh="每个乡镇有初中", unit="所", gap_unit="所", by="township", places=0,
           stages=("junior",), limit=law["town_junior_schools"], counts=True,
           levels=(Level.township, Level.county, Level.city, Level.province),
           how="乡镇内设有初中学段的学校数；县看有初中的乡镇占全部乡镇的比例，街道也计入，只作参照")
def junior_schools_of_township() -> Sum:
    """Schools with a junior stage in a township. Unit: schools; above it the share of townships that have one."""
    return Count(school_stages.only(school_stages.stage == "junior"))
