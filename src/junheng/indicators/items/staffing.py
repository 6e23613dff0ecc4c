"""编制 and 队伍: posts by pupils, posts that do not teach, teachers needed by lessons, heads, rotation between towns."""

from __future__ import annotations

from fractions import Fraction

from junheng.indicators.items.guarantee import rotated
from junheng.indicators.items.lists import full_time, ordinary
from junheng.indicators.registry import indicator
from junheng.kernel.codes import Level
from junheng.kernel.shapes import Count, Number, Ratio, Sum
from junheng.register.census import census_day
from junheng.register.codes import Subject
from junheng.register.tables import school_stages, staff_quota, teachers
from junheng.standards import law

STANDARD = "staffing"
TAUGHT = {"compulsory": ("chinese", "mathematics", "english", "morality", "physical_education", "music", "art", "information"),
          "primary": ("science",), "junior": ("physics", "chemistry", "biology", "geography", "history")}


@indicator(item="bz.posts", standard=STANDARD, zh="核定编制与按生师比测算数之比", unit="倍", gap_unit="个", by="whole",
           scope="staffed", limit=law["posts_met"], judged=(Level.county,), places=4,
           how="核定编制数 ÷（小学在校生 ÷ 19 + 初中在校生 ÷ 13.5 + 高中在校生 ÷ 12.5），不取整；公办学校")
def posts_by_pupils(primary: Number = law["pupils_per_post_primary"], junior: Number = law["pupils_per_post_junior"],
                    senior: Number = law["pupils_per_post_senior"]) -> Ratio:
    """Posts a school is given by what its pupils of each stage ask for, not rounded. Unit: times; gap in posts.

    A school of one stage has enough posts exactly when they are at least the rounded-up number. Leaves out: private
    schools, kindergartens.
    """
    needed = [(Fraction(1) / Fraction(ratio)) * Sum(school_stages.only(school_stages.stage == stage), school_stages.pupils)
              for stage, ratio in (("primary", primary), ("junior", junior), ("senior", senior))]
    return Ratio(Sum(staff_quota, staff_quota.posts), needed[0] + needed[1] + needed[2])


@indicator(item="bz.small", standard=STANDARD, zh="小规模学校班师比", unit="个/班", by="school", scope="funded_small",
           how="在校生不足100人的公办学校核定编制数 ÷ 普通班数；每班几个编制由省里定")
def posts_per_class_of_small_schools() -> Ratio:
    """Posts for each ordinary class of public schools of fewer than 100 pupils. Unit: posts per class. Limits are the province's.

    Leaves out: private schools, schools that also have a senior stage. 生师比 of the same schools is bz.posts.
    """
    return Ratio(Sum(staff_quota, staff_quota.posts), Count(ordinary))


@indicator(item="bz.filled", standard=STANDARD, zh="编制使用率", unit="%", by="whole", scope="staffed",
           how="在编人数 ÷ 核定编制数 × 100")
def posts_filled() -> Ratio:
    """Persons on the quota by the posts given. Unit: percent."""
    return Ratio(Sum(staff_quota, staff_quota.filled), Sum(staff_quota, staff_quota.posts), per=100)


@indicator(item="bz.off_post", standard=STANDARD, zh="在编不在岗比例", unit="%", by="whole", scope="staffed",
           how="在编不在岗人数 ÷ 在编人数 × 100")
def off_post() -> Ratio:
    """Persons on the quota who are not at their post. Unit: percent; what 在编不在岗核查 asks about."""
    return Ratio(Sum(staff_quota, staff_quota.off_post), Sum(staff_quota, staff_quota.filled), per=100)


@indicator(item="bz.nonteach", standard=STANDARD, zh="非教学岗位占编制比例", gap_unit="个", by="whole", scope="staffed",
           limit=law["non_teaching_share"], meets="at_most", judged=(Level.school,), places=4, how="非教学岗位数 ÷ 核定编制数")
def non_teaching_posts() -> Ratio:
    """Posts that do not teach, of all posts. Unit: share; the limit is that of the school's kind."""
    return Ratio(Sum(staff_quota, staff_quota.non_teaching_posts), Sum(staff_quota, staff_quota.posts))


def _subject(name: str, scope: str) -> None:
    @indicator(item=f"bz.lessons.{name}", standard=STANDARD, zh=f"{Subject[name].zh}教师与课时测算数之比", unit="倍",
               gap_unit="人", scope=scope, limit=law["teachers_for_lessons"], judged=(Level.school,), places=4,
               name=f"teachers_of_{name}", how="主要任教本学科的在岗专任教师数 ÷（普通班数 × 每班周课时 ÷ 标准周课时）")
    def teachers_of_subject(lessons: Number = law[f"lessons_{name}"], workload: Number = law["full_workload"]) -> Ratio:
        """Full-time teachers whose main subject it is, by those the lessons of the curriculum need. Unit: times; gap in persons.

        Leaves out: second subjects; lessons of special-education classes; stages in which the subject is not taught.
        """
        needed = (Fraction(lessons) / Fraction(workload)) * Count(ordinary)
        return Ratio(Count(full_time.only(teachers.main_subject == name)), needed)


for _scope, _names in TAUGHT.items():
    for _name in _names:
        _subject(_name, _scope)


@indicator(item="jl.heads", standard=STANDARD, zh="任职超过两个任期的校长比例", unit="%", by="whole", scope="staffed",
           how="9月1日任校长满规定年限的人数 ÷ 校长人数 × 100")
def heads_beyond_terms(year: int, years: int = law["head_years"]) -> Ratio:
    """Heads of a school for longer than two terms, of all heads. Unit: percent; no verdict."""
    heads = teachers.only(~teachers.head_since.is_null() & (teachers.state == "serving"))
    return Ratio(Count(heads.only(teachers.head_since <= census_day(year - years))), Count(heads), per=100, within=True)


@indicator(item="jl.rotation", standard=STANDARD, zh="城镇学校交流轮岗教师比例", gap_unit="人", by="school", scope="public_town",
           limit=law["town_rotation_share"], judged=(Level.county,), places=4,
           how="城区镇区公办学校本学年交流轮岗的在编在岗专任教师数 ÷ 其中在本校满六年的")
def town_rotation(year: int, years: int = law["rotation_years"]) -> Ratio:
    """The denominator of 教师〔2014〕4号: eligible teachers of schools of cities and towns alone. Unit: share."""
    eligible = full_time.only(teachers.on_quota & (teachers.at_school_since <= census_day(year - years)))
    return Ratio(Count(rotated(year)), Count(eligible), tolerates=True)
