"""Children one by one, under pseudonyms: pupils on roll, and children with disabilities of school age."""

from __future__ import annotations

from junheng.kernel import columns as col
from junheng.kernel.codes import Stage
from junheng.kernel.tables import table
from junheng.register import codes
from junheng.register.tables.catalogue import register


@table(zh="学生", key=("year", "school_id", "pupil_id"), into=register)
class pupils:
    """One child on the roll of one school on 1 September. The figure of record stays `school_stages.pupils`."""

    year = col.school_year()
    school_id = col.school_code()
    pupil_id = col.identity("身份证号", aliases=("身份证件号", "身份证号码"))
    stage = col.choice("学段", Stage)
    grade = col.integer("年级", unit="年级", least=1, most=12)
    number = col.integer("班号", unit="班", least=1, most=99)
    sex = col.personal(col.choice("性别", codes.Sex))
    birth_year = col.personal(col.year("出生年份"))
    birth_month = col.personal(col.integer("出生月份", unit="月", least=1, most=12))
    residence_place_code = col.personal(col.place_code("户籍所在县代码", optional=True))
    boarding = col.flag("是否寄宿")
    migrant = col.personal(col.flag("是否随迁子女"))
    guardian = col.personal(col.choice("监护情况", codes.Guardian))
    admitted_by = col.choice("入学方式", codes.Admission, optional=True)
    status = col.choice("学籍状态", codes.EnrolmentStatus)
    disability = col.personal(col.choice("残疾类别", codes.Disability, optional=True))
    student_aid = col.personal(col.flag("是否受资助", optional=True))


@table(zh="残疾儿童", key=("year", "child_id"), into=register)
class disabled_children:
    """One child with a disability of school age on the matched list of federation, enrolment records and police."""

    year = col.school_year()
    child_id = col.identity("身份证号", aliases=("身份证件号", "身份证号码"))
    place_code = col.personal(col.place_code("户籍所在区划代码"))  # in a small village it tells which child
    birth_year = col.personal(col.year("出生年份"))
    sex = col.personal(col.choice("性别", codes.Sex))
    disability = col.personal(col.choice("残疾类别", codes.Disability))
    on_federation_list = col.flag("残联名单")
    on_enrolment_list = col.flag("学籍名单")
    on_police_list = col.flag("公安名单")
    placement = col.personal(col.choice("安置方式", codes.Placement))
    placed_school_id = col.personal(col.school_code("安置学校标识码", optional=True))
    postponed_paper = col.personal(col.text("缓学评估文号", optional=True, note="缓学须有专家委员会意见"))
