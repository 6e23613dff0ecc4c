"""Staff: plausible ages, lessons, pay and hours; heads; subjects that somebody teaches; postings one at a time."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from junheng.register.checks.rules import Breaches, Given, breach, rule, said, shown
from junheng.register.codes import Subject
from junheng.register.tables import TABLES

YOUNGEST, OLDEST = 18, 65  # in full years, of a serving teacher
DEGREE_AT, POST_AT = 16, 18  # earlier than this somebody mistook a year
LEAST_PAY, MOST_PAY = 12_000, 500_000  # yuan a year, of somebody serving on quota
MOST_HOURS = 400  # of recognised training in a year; the standard asks for 72
ARTS = ("music", "art", "arts")
# one of each group must be somebody's subject in a stage of so many classes; smaller ones share the teacher of arts
TAUGHT: Mapping[str, tuple[tuple[int, tuple[str, ...]], ...]] = {
    "primary": ((6, ("chinese",)), (6, ("mathematics",)), (6, ("physical_education",)), (12, ARTS)),
    "junior": ((6, ("chinese",)), (6, ("mathematics",)), (6, ("english",)), (6, ("physics", "science")),
               (6, ("physical_education",)), (12, ARTS)),
}
ALIKE = (ARTS, ("physics", "chemistry", "biology", "science"), ("history", "geography", "morality"),
         ("labour", "information", "other", "psychology"))


def _serving(given: Given) -> pl.LazyFrame:
    return given["teachers"].filter(pl.col("full_time") & (pl.col("state") == "serving"))


@rule(kind="teacher_age", zh="在岗专任教师年龄在18至65岁", tables=("teachers",))
def teacher_is_of_working_age(given: Given) -> Breaches:
    """A full-time teacher in service is neither a child nor long past retirement."""
    born = given.year - OLDEST, given.year - YOUNGEST
    odd = (pl.col("post_kind") == "teaching") & ~pl.col("birth_year").is_between(*born)
    yield breach(_serving(given).filter(odd), "birth_year", found="在岗专任，出生年份不在范围内",
                 wanted=f"{born[0]} 至 {born[1]} 年出生", do="改正出生年份，或改正在岗状态、是否专任")


@rule(kind="teacher_age", zh="取得学历满16岁、到校满18岁", tables=("teachers",))
def nobody_begins_too_young(given: Given) -> Breaches:
    """A degree is hardly taken before sixteen, a post hardly begun before eighteen."""
    for column, age in (("degree_day", DEGREE_AT), ("at_school_since", POST_AT)):
        rows = given["teachers"].filter(pl.col(column).dt.year() < pl.col("birth_year") + age)
        yield breach(rows, column, found=said(TABLES["teachers"].columns[column].zh, " ", pl.col(column)),
                     wanted=f"满{age}岁以后", do="核对日期和出生年份；确实如此的写明理由")


@rule(kind="several_heads", zh="一校一名在岗校长", tables=("teachers",))
def school_has_one_head(given: Given) -> Breaches:
    """No more than one person in service at a school has a day since which they head it."""
    heads = _serving(given).filter(pl.col("head_since").is_not_null())
    rows = heads.with_columns(heads=pl.len().over("school_id")).filter(pl.col("heads") > 1)
    yield breach(rows, "head_since", found=said("本校有 ", pl.col("heads"), " 人填了任校长日期"), wanted="一人，副校长不填",
                 do="只保留现任正校长的日期")


@rule(kind="head_before_arrival", zh="任校长不早于到校", tables=("teachers",))
def head_has_come_first(given: Given) -> Breaches:
    """Somebody heads this school since they came, not before; time as head elsewhere is not asked for."""
    rows = given["teachers"].filter(pl.col("head_since") < pl.col("at_school_since"))
    yield breach(rows, "head_since", found=said("任校长 ", pl.col("head_since"), "，来本校 ", pl.col("at_school_since")),
                 wanted="任本校校长的日期", do="改填任本校校长的日期，或改正来本校日期")


@rule(kind="certificate_subject", zh="教师资格学科与主要任教学科一致", tables=("teachers",))
def teacher_teaches_what_the_certificate_says(given: Given) -> Breaches:
    """The subject of a teacher's certificate is the main subject, or one close to it. Leaves out: primary and preschool."""
    subject, main = pl.col("certificate_subject"), pl.col("main_subject")
    close = pl.any_horizontal(subject.is_in(group) & main.is_in(group) for group in ALIKE)
    rows = _serving(given).filter(pl.col("stage").is_in(("junior", "senior")) & (subject != main) & ~close
                                  & (pl.col("post_kind") == "teaching") & pl.col("head_since").is_null())
    yield breach(rows, "certificate_subject", found=said("资格学科 ", shown("teachers", "certificate_subject"), "，主要任教 ",
                                                         shown("teachers", "main_subject")),
                 wanted="两者一致", do="核对任教学科；教非所学的列入培训和调配")


@rule(kind="no_lessons", zh="在岗专任教师有课时", tables=("teachers",))
def full_time_teacher_has_lessons(given: Given) -> Breaches:
    """A serving full-time teacher on a teaching post has lessons. Leaves out: heads."""
    idle = (pl.col("weekly_lessons") == 0) & (pl.col("post_kind") == "teaching") & pl.col("head_since").is_null()
    yield breach(_serving(given).filter(idle), "weekly_lessons", found="在岗专任教师，周课时 0", wanted="大于 0",
                 do="改正周课时，或改正岗位类别、在岗状态")


@rule(kind="pay_implausible", zh="在编在岗教师年工资合乎常理", tables=("teachers",))
def pay_is_plausible(given: Given) -> Breaches:
    """The year's pay of somebody serving on quota is neither that of a month nor that of ten people."""
    odd = pl.col("on_quota") & ~pl.col("pay_yuan").is_between(LEAST_PAY, MOST_PAY)
    yield breach(_serving(given).filter(odd), "pay_yuan", found="年工资收入不在范围内",
                 wanted=f"{LEAST_PAY} 至 {MOST_PAY} 元，全年合计", do="核对是否填成月工资或万元")


@rule(kind="subject_without_teacher", zh="六班以上学校主要学科有教师，十二班以上有艺术教师", tables=("school_stages", "teachers"))
def every_subject_has_a_teacher(given: Given) -> Breaches:
    """A stage of six classes has somebody in service, full-time or visiting, for each main subject; of twelve, for the arts."""
    serving = given["teachers"].filter(pl.col("state") == "serving")
    named = [serving.select("school_id", subject=column) for column in ("main_subject", "second_subject")]
    subjects = pl.concat(named).group_by("school_id").agg(subjects=pl.col("subject").unique())
    unknown = serving.filter(pl.col("main_subject").is_null()).select("school_id")
    stages = given["school_stages"].join(subjects, on="school_id").join(
        unknown, on="school_id", how="anti")
    for stage, groups in TAUGHT.items():
        for classes, group in groups:
            has = pl.any_horizontal(pl.col("subjects").list.contains(subject) for subject in group)
            words = "、".join(Subject[subject].zh for subject in group)
            yield breach(stages.filter((pl.col("stage") == stage) & (pl.col("classes") >= classes) & ~has), "full_time_teachers",
                         found=said(pl.col("classes"), f" 个班，没有{words}教师"), wanted="每门学科至少一名任教或走教的教师",
                         do="核对任教学科；确实缺的列入补充和走教计划")


@rule(kind="postings_overlap", zh="一人的交流轮岗、借调时间不重叠", tables=("postings",))
def postings_follow_each_other(given: Given) -> Breaches:
    """Nobody is on rotation or lent out to two schools at one time. Leaves out: visiting teaching, which may be at several."""
    away = given["postings"].filter(pl.col("kind") != "visiting_teaching").drop_nulls(["teacher_id", "from_day"])
    spans = away.sort("teacher_id", "from_day").with_columns(
        until=pl.col("to_day").shift().over("teacher_id"), since=pl.col("from_day").shift().over("teacher_id"))
    yield breach(spans.filter(pl.col("from_day") < pl.col("until")), "from_day",
                 found=said(shown("postings", "teacher_id"), " 自 ", pl.col("from_day"), "，前一次 ", pl.col("since"), " 至 ",
                            pl.col("until")), wanted="前一次结束之后", do="改正起止日期")


@rule(kind="training_hours", zh="一年培训学时合乎常理", tables=("training",))
def training_hours_are_plausible(given: Given) -> Breaches:
    """Nobody is trained for more than four hundred hours in a year: five years entered as one, most likely."""
    yield breach(given["training"].filter(pl.col("hours") > MOST_HOURS), "hours", found=said("培训学时 ", pl.col("hours")),
                 wanted=f"一年不超过 {MOST_HOURS} 学时", do="核对是否填成了几年的合计")
