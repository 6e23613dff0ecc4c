"""Who works there: teachers, their titles, postings and training, and the posts a school is given."""

from __future__ import annotations

from junheng.kernel import columns as col
from junheng.kernel.codes import Stage
from junheng.kernel.tables import table
from junheng.register import codes
from junheng.register.tables.catalogue import register


@table(zh="教师", key=("year", "school_id", "teacher_id"), into=register)
class teachers:
    """One person at one school. Full-time at one school only; part-time and visiting rows stand beside it."""

    year = col.school_year()
    school_id = col.school_code()
    teacher_id = col.identity("身份证号", aliases=("身份证件号", "身份证号码"))
    stage = col.choice("任教学段", Stage)
    stage_share = col.decimal("学段工作量占比", unit="", scale=2, most="1", optional=True)
    full_time = col.flag("是否专任", note="在本校专职任教为是；兼职、走教为否")
    on_quota = col.flag("是否在编")
    post_kind = col.choice("岗位类别", codes.PostKind)
    state = col.choice("在岗状态", codes.StaffState)
    main_subject = col.choice("主要任教学科", codes.Subject)
    second_subject = col.choice("兼任学科", codes.Subject, optional=True)
    weekly_lessons = col.integer("周课时", unit="节", most=60, optional=True)
    degree = col.choice("最高学历", codes.Degree)
    degree_day = col.day("学历取得日期", optional=True)
    title = col.choice("专业技术职务", codes.Title)
    certificate_stage = col.choice("教师资格种类", codes.Certificate)
    certificate_subject = col.choice("资格学科", codes.Subject, optional=True)
    at_school_since = col.day("来本校日期")
    head_since = col.day("任校长日期", optional=True)
    birth_year = col.personal(col.year("出生年份"))
    sex = col.personal(col.choice("性别", codes.Sex))
    pay_yuan = col.personal(col.decimal("年工资收入", unit="元", most="2000000", optional=True))


@table(zh="骨干认定", key=("year", "school_id", "teacher_id", "title", "paper"), into=register)
class recognitions:
    """Titles a person holds, by the paper that recognised them and its validity."""

    year = col.school_year()
    school_id = col.school_code()
    teacher_id = col.identity("身份证号", aliases=("身份证件号", "身份证号码"))
    title = col.choice("称号", codes.RecognitionTitle)
    level = col.choice("认定级别", codes.RecognitionLevel)
    paper = col.text("认定文号")
    since = col.day("有效期起")
    until = col.day("有效期止", optional=True, note="长期有效的留空，其余必填")


@table(zh="交流任教", key=("year", "school_id", "teacher_id", "from_day"), into=register)
class postings:
    """Work at another school, listed by the school that sends: rotation, visiting teaching, secondment."""

    year = col.school_year()
    school_id = col.school_code()
    teacher_id = col.identity("身份证号", aliases=("身份证件号", "身份证号码"))
    kind = col.choice("形式", codes.PostingKind)
    to_school_id = col.school_code("去往学校标识码")
    from_day = col.day("开始日期")
    to_day = col.day("结束日期", optional=True)
    share = col.decimal("工作量占比", unit="", scale=2, most="1", optional=True)
    days_per_week = col.integer("每周天数", unit="天", most=7, optional=True)


@table(zh="培训", key=("year", "school_id", "teacher_id", "training_year"), into=register)
class training:
    """Hours of recognised training of one person in one calendar year."""

    year = col.school_year()
    school_id = col.school_code()
    teacher_id = col.identity("身份证号", aliases=("身份证件号", "身份证号码"))
    training_year = col.year("培训年份")
    hours = col.decimal("培训学时", unit="学时", scale=1, most="2000")


@table(zh="编制岗位", key=("year", "school_id"), into=register)
class staff_quota:
    """Posts a school is given, and those of them that are filled."""

    year = col.school_year()
    school_id = col.school_code()
    posts = col.integer("核定编制数", unit="个", most=3_000)
    non_teaching_posts = col.integer("其中非教学岗位", unit="个", most=3_000, optional=True)
    filled = col.integer("在编人数", unit="人", most=3_000)
    off_post = col.integer("其中在编不在岗", unit="人", most=3_000, optional=True)
    senior_posts = col.integer("高级岗位数", unit="个", most=3_000, optional=True)
    middle_posts = col.integer("中级岗位数", unit="个", most=3_000, optional=True)
    paper = col.text("核编文号", optional=True)
