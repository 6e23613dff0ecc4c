"""How many there are: schools by kind, kindergarten children, teachers trained, honoured and long in the country, areas."""

from __future__ import annotations

from junheng.indicators.items.lists import full_time, of_schools, teaching_area, usable
from junheng.indicators.registry import ABOVE_SCHOOL, indicator
from junheng.kernel.shapes import Count, Sum, Total
from junheng.register.census import census_day
from junheng.register.codes import URBAN_AND_TOWN, RecognitionLevel
from junheng.register.tables import recognitions, school_stages, schools, sites, teachers, training

STANDARD = "statistics_2020"
SENIOR = ("senior", "complete_secondary", "twelve_year")
SCHOOLS = {"kindergarten": ("幼儿园数", ("kindergarten",)), "primary": ("小学数", ("primary",)),
           "teaching_point": ("小学教学点数", ("teaching_point",)), "junior": ("初中数", ("junior", "nine_year")),
           "senior": ("普通高中数", SENIOR), "vocational": ("中等职业学校数", ("vocational",))}
HONOURED_BY = ("national", "province", "city", "county")
RURAL_YEARS = (10, 20, 30)  # 国办发〔2015〕43号: honoured by the county, the province and the nation


def _schools(name: str, zh: str, kinds: tuple[str, ...]) -> None:
    @indicator(item=f"st.schools.{name}", standard=STANDARD, zh=zh, unit="所", by="whole", scope="every", levels=ABOVE_SCHOOL,
               places=0, name=f"number_of_{name}", how="9月1日有学生、按办学类型归入的学校数；附设班不计")
    def number() -> Sum:
        """Schools of these kinds that have pupils. Unit: schools. Leaves out: classes attached to a school of another kind."""
        return Count(schools.only(schools.kind.is_in(list(kinds))))


for _name, (_zh, _kinds) in SCHOOLS.items():
    _schools(_name, _zh, _kinds)


@indicator(item="st.schools.model_senior", standard=STANDARD, zh="示范（优质）高中数", unit="所", by="whole", scope="every",
           levels=ABOVE_SCHOOL, places=0, how="按当地认定为优质高中的普通高中数；认定级别不分")
def model_senior_schools() -> Sum:
    """General senior schools that are recognised as good ones. Unit: schools. Whose recognition it is, is not held."""
    return Count(schools.only(schools.kind.is_in(list(SENIOR)) & schools.quality_senior))


@indicator(item="st.schools.town_kindergarten", standard=STANDARD, zh="城区和镇区公办幼儿园数", unit="所", by="whole",
           scope="every", levels=ABOVE_SCHOOL, places=0, how="城区、镇区内公办幼儿园数；县城看县政府所在乡镇（街道）一级的数")
def town_kindergartens() -> Sum:
    """Public kindergartens of cities and towns. Unit: kindergartens.

    The county town is read at the township that it is: 城乡分类 does not tell it from other towns.
    """
    return Count(schools.only((schools.kind == "kindergarten") & (schools.run_by != "private")
                              & schools.urban_rural.is_in(URBAN_AND_TOWN)))


@indicator(item="st.preschool.children", standard=STANDARD, zh="在园幼儿数", unit="人", scope="preschool", places=0,
           how="幼儿园和附设幼儿班在园幼儿数")
def preschool_children() -> Sum:
    """Children of kindergartens and attached classes. Unit: persons."""
    return Sum(school_stages, school_stages.pupils)


@indicator(item="st.preschool.teachers", standard=STANDARD, zh="幼儿园专任教师数", unit="人", scope="preschool", places=0,
           how="学前学段在岗专任教师数")
def preschool_teachers() -> Sum:
    """Full-time teachers of the preschool stage. Unit: persons. Leaves out: other staff."""
    return Count(full_time)


@indicator(item="st.trained", standard=STANDARD, zh="上一年度参训教师数", unit="人", by="whole", scope="every", places=0,
           how="上一日历年度有培训学时的在岗专任教师数；每人只计一次")
def teachers_trained(year: int) -> Sum:
    """Full-time teachers with any hours of training in the last full calendar year. Unit: persons, each once."""
    last = training.only(training.training_year == year - 1)
    listed = full_time.linked("hours", Sum(last, training.hours), on=("school_id", "teacher_id"))
    return Count(listed.only(listed.hours > 0))


def _honoured(by: str) -> None:
    zh = RecognitionLevel[by].zh
    @indicator(item=f"st.honoured.{by}", standard=STANDARD, zh=f"上一学年获{zh}表彰教师数", unit="人", by="whole", scope="every",
               levels=ABOVE_SCHOOL, places=0, name=f"honoured_by_{by}",
               how=f"上一学年获{zh}荣誉称号的在岗专任教师数；骨干称号不计，每人只计一次")
    def honoured(year: int) -> Sum:
        """Full-time teachers given an honour of this level from 1 September to 31 August before the census day. Unit: persons."""
        given = recognitions.only((recognitions.title == "honour") & (recognitions.level == by)
                                  & (recognitions.since >= census_day(year - 1)) & (recognitions.since < census_day(year)))
        listed = full_time.linked("honours", Count(given), on=("school_id", "teacher_id"))
        return Count(listed.only(listed.honours > 0))


for _level in HONOURED_BY:
    _honoured(_level)


def _long_in_the_country(years: int) -> None:
    @indicator(item=f"st.rural_years.{years}", standard=STANDARD, zh=f"在现乡村学校任教满{years}年教师数", unit="人", by="whole",
               scope="rural", places=0, name=f"rural_teachers_of_{years}_years",
               how=f"乡中心区和村庄学校中，到9月1日来本校满{years}年的在岗专任教师数；此前在其他乡村学校的年限不计")
    def long_serving(year: int) -> Sum:
        """Full-time teachers of rural (乡村) schools who have been at the school for so many years. Unit: persons.

        Leaves out: years at rural schools before this one, which the snapshots of those years tell.
        """
        stayed = full_time.only(teachers.at_school_since <= census_day(year - years))
        return Count(of_schools(stayed, "rural", schools.only(~schools.urban_rural.is_in(URBAN_AND_TOWN))))


for _years in RURAL_YEARS:
    _long_in_the_country(_years)


@indicator(item="st.danger_area", standard=STANDARD, zh="D级危房面积", unit="㎡", by="whole", scope="every",
           how="权属状态为D级危房的校舍建筑面积")
def danger_area() -> Sum:
    """Floor area that stands as danger class D on the census day. Unit: m2. What was rebuilt in a year is not held."""
    return Sum(sites.only(sites.standing == "danger"), sites.floor_area_m2)


@indicator(item="st.vocational.rooms", standard=STANDARD, zh="中职教学行政用房面积", unit="㎡", by="whole", scope="vocational",
           how="中等职业学校产权和独立使用的教学及辅助用房、行政办公用房面积")
def vocational_rooms() -> Total:
    """Teaching and office rooms, of property and sole use, of vocational schools. Unit: m2."""
    return teaching_area + Sum(usable, sites.office_m2)


@indicator(item="st.vocational.living", standard=STANDARD, zh="中职生活用房面积", unit="㎡", by="whole", scope="vocational",
           how="中等职业学校产权和独立使用的生活用房面积，含宿舍")
def vocational_living() -> Sum:
    """Living rooms, dormitories among them, of property and sole use, of vocational schools. Unit: m2."""
    return Sum(usable, sites.living_m2)
