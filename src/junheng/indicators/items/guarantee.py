"""优质均衡, government guarantee: special rooms, sizes, small schools' funds, training, rotation, certificates."""

from __future__ import annotations

from datetime import date

from junheng.indicators.items.lists import backbone, full_time, of_schools, ordinary
from junheng.indicators.items.resources import STANDARD
from junheng.indicators.registry import indicator
from junheng.kernel.codes import Level
from junheng.kernel.shapes import AtLeast, Count, Every, Ratio, Sum
from junheng.kernel.tables import Table
from junheng.register.census import census_day, last_day
from junheng.register.codes import COVERING, URBAN_AND_TOWN
from junheng.register.tables import classes, money, postings, rooms, school_stages, schools, teachers, training
from junheng.standards import law

UP_TO_COUNTY = (Level.school, Level.township, Level.county)
SPECIAL_ROOMS = {"music": "yz.2.3.music", "art": "yz.2.3.art"}  # the item of each kind of room


def _special_rooms(kind: str, area: int, per: int) -> Ratio:
    large_enough = rooms.only((rooms.kind == kind) & rooms.in_use & (rooms.area_m2 >= area))
    return Ratio(Count(large_enough), Count(ordinary), per=per, tolerates=True)


@indicator(item=SPECIAL_ROOMS["music"], standard=STANDARD, zh="音乐专用教室",
           how="在用且面积达到标准的音乐教室间数 × 12 ÷ 普通班数，不少于1即每12班一间",
           unit="间/12班", gap_unit="间", by="school",
           limit=law["special_rooms_required"], judged=UP_TO_COUNTY, counts=True)
def music_rooms(area: int = law["music_room_area"], per: int = law["classes_per_special_room"]) -> Ratio:
    """One music room of the required area for every 12 classes or part of them.

    Unit: rooms per 12 ordinary classes of primary and junior; 1 or more is rooms >= ceil(classes / 12).
    Leaves out: rooms not in use or too small.
    """
    return _special_rooms("music", area, per)


@indicator(item=SPECIAL_ROOMS["art"], standard=STANDARD, zh="美术专用教室",
           how="在用且面积达到标准的美术教室间数 × 12 ÷ 普通班数，不少于1即每12班一间",
           unit="间/12班", gap_unit="间", by="school",
           limit=law["special_rooms_required"], judged=UP_TO_COUNTY, counts=True)
def art_rooms(area: int = law["art_room_area"], per: int = law["classes_per_special_room"]) -> Ratio:
    """One art room of the required area for every 12 classes or part of them; as for music."""
    return _special_rooms("art", area, per)


@indicator(item="yz.2.3", standard=STANDARD, zh="音乐、美术专用教室", how="音乐、美术两项都达到",
           unit="项", gap_unit="项", by="school", places=0,
           judged=UP_TO_COUNTY, counts=True)
def special_rooms() -> AtLeast:
    """Both music and art rooms."""
    return AtLeast(2, tuple(SPECIAL_ROOMS.values()))


@indicator(item="sj.size", standard="school_size", zh="学校规模", how="小学、初中学段在校生数之和",
           unit="人", gap_unit="人", by="school", places=0,
           limit=law["school_size"], meets="at_most", judged=UP_TO_COUNTY, counts=True)
@indicator(item="yz.2.4", standard=STANDARD, zh="学校规模", how="小学、初中学段在校生数之和",
           unit="人", gap_unit="人", by="school", places=0,
           limit=law["school_size"], meets="at_most", judged=UP_TO_COUNTY, counts=True)
def school_size() -> Sum:
    """Pupils of record of the primary and junior stages of a school.

    Unit: pupils. A school of exactly the limit meets it. Leaves out: the senior stage.
    """
    return Sum(school_stages, school_stages.pupils)


@indicator(item="yz.2.5", standard=STANDARD, zh="标准班额", gap_unit="个班", judged=UP_TO_COUNTY, places=4,
           how="班额不超过标准（小学45人、初中50人）的普通班数 ÷ 普通班数，须为全部")
def standard_class_size(most: int = law["class_size_limit"]) -> Every:
    """Every ordinary class holds at most 45 (primary) or 50 (junior) pupils.

    Unit: share of classes. Leaves out: special-education classes.

    | stage   | pupils | within? |
    |---------|--------|---------|
    | primary | 45     | yes     |
    | primary | 46     | no      |
    """
    return Every(Count(ordinary.only(classes.pupils <= most)), Count(ordinary))


@indicator(item="yz.2.6", standard=STANDARD, zh="小规模学校公用经费", gap_unit="项", by="school", scope="small",
           judged=UP_TO_COUNTY, counts=True, how="不足100人的学校，当年公用经费拨款学生数不少于100人")
def small_school_funds(year: int, pupils: int = law["small_school_pupils"]) -> Every:
    """A school of fewer than 100 pupils gets operating funds for 100 at least.

    Unit: share of the year's rows of operating funds. Leaves out: schools of 100 pupils or more. No row: unknown.
    """
    rows = money.only((money.item == "operating_funds") & (money.calendar_year == year))
    return Every(Count(rows.only(money.pupils_funded >= pupils)), Count(rows))


@indicator(item="yz.2.9", standard=STANDARD, zh="教师培训完成率", unit="", gap_unit="人", limit=law["training_share"],
           judged=UP_TO_COUNTY, places=4, how="近五个年度培训满360学时的在岗专任教师数 ÷ 在岗专任教师数")
def training_completed(year: int, hours: int = law["training_hours"], years: int = law["training_years"]) -> Ratio:
    """Full-time teachers with 360 hours of training in the five calendar years that end in the school year's first.

    Unit: share of full-time teachers. A teacher without a training row has 0 hours if the school handed in its list.
    """
    recent = training.only((training.training_year > year - years) & (training.training_year <= year))
    listed = full_time.linked("hours", Sum(recent, training.hours), on=("teacher_id",))
    return Ratio(Count(listed.only(listed.hours >= hours)), Count(full_time), tolerates=True, within=True)


def rotated(year: int) -> Table:
    """On-quota full-time teachers with a rotation posting that touches the school year."""
    touching = postings.only(
        (postings.kind == "rotation") & (postings.from_day <= last_day(year))
        & (postings.to_day.is_null() | (postings.to_day >= census_day(year)))
    )
    listed = full_time.only(teachers.on_quota).linked("rotations", Count(touching), on=("school_id", "teacher_id"))
    return listed.only(listed.rotations > 0)


@indicator(item="yz.2.11.rotation", standard=STANDARD, zh="交流轮岗教师比例", gap_unit="人", by="school",
           limit=law["rotation_share"], judged=(Level.county,), places=4,
           how="本学年交流轮岗的在编在岗专任教师数 ÷ 在本校满六年的在编在岗专任教师数")
def rotation(year: int, years: int = law["rotation_years"], towns_only: int = law["rotation_towns_only"]) -> Ratio:
    """On-quota teachers in rotation this school year, of those who have been at their school for six years.

    Unit: share. The denominator is a county's own rule (believed): an overlay may count those of cities and towns only
    (`towns_only` = 1), as 教师〔2014〕4号 does.
    """
    eligible = full_time.only(teachers.on_quota & (teachers.at_school_since <= census_day(year - years)))
    if towns_only:
        eligible = of_schools(eligible, "towns", schools.only(schools.urban_rural.is_in(URBAN_AND_TOWN)))
    return Ratio(Count(rotated(year)), Count(eligible), tolerates=True)


@indicator(item="yz.2.11.backbone", standard=STANDARD, zh="交流轮岗教师中骨干教师比例", gap_unit="人", by="school",
           limit=law["rotation_backbone_share"], judged=(Level.county,), places=4,
           how="交流轮岗教师中的骨干教师数 ÷ 交流轮岗教师数")
def rotation_backbone(year: int, day: date) -> Ratio:
    """Backbone teachers among the teachers in rotation. Unit: share. Nobody in rotation: unknown."""
    going = rotated(year)
    return Ratio(Count(backbone(going, day)), Count(going), tolerates=True, within=True)


@indicator(item="yz.2.11", standard=STANDARD, zh="交流轮岗", unit="项", gap_unit="项", by="group", places=0,
           levels=(Level.county,), judged=(Level.county,), how="交流比例、骨干比例两项都达到")
def rotation_met() -> AtLeast:
    """Both the share in rotation and the share of backbone teachers among them."""
    return AtLeast(2, ("yz.2.11.rotation", "yz.2.11.backbone"))


@indicator(item="yz.2.12", standard=STANDARD, zh="教师资格证上岗率", gap_unit="人", limit=law["certificate_share"],
           judged=UP_TO_COUNTY, places=4, how="教师资格覆盖任教学段的在岗专任教师数 ÷ 在岗专任教师数；高学段资格可任教低学段")
def certificates() -> Ratio:
    """Full-time teachers whose certificate covers the stage they teach.

    Unit: share of full-time teachers. A certificate of a higher stage covers a lower one; none, kindergarten do not.
    """
    held = teachers.certificate_stage
    covers = held.is_in(COVERING["junior"]) | ((teachers.stage == "primary") & held.is_in(COVERING["primary"]))
    return Ratio(Count(full_time.only(covers)), Count(full_time), tolerates=True, within=True)


