"""The room's closed lists: organisations, trees, roles, lines of work, states of jobs."""

from __future__ import annotations

from junheng.kernel.codes import Code


class OrganisationKind(Code):
    """What an organisation is; it decides which code it carries and what its scope is."""

    city_bureau = ("市教育局",)
    section = ("科室",)
    county_bureau = ("县教育局",)
    central_school = ("乡镇中心学校",)
    school = ("学校",)
    district = ("学区",)
    school_cluster = ("学区化办学联盟",)
    education_group = ("教育集团",)
    inspector_area = ("督学责任区",)
    department = ("其他部门",)


class OrganisationTree(Code):
    """The trees that organisations stand in at the same time; scope is a subtree of one of them."""

    administration = ("行政隶属",)
    district = ("学区",)
    school_cluster = ("学区化办学联盟",)
    education_group = ("教育集团",)
    inspector_area = ("督学责任区",)


class Line(Code):
    """Lines of work. A section officer sees the work of his line, a chief that of all."""

    planning = ("规划统计",)
    finance = ("财务",)
    personnel = ("人事",)
    admissions = ("招生学籍",)
    aid = ("学生资助",)
    safety = ("安全",)
    supervision = ("督导",)
    office = ("办公室",)


class Role(Code):
    """What a person is in an organisation."""

    chief = ("局长",)
    deputy = ("分管副局长",)
    planning = ("规划科干部",)
    finance = ("财务科干部",)
    personnel = ("人事科干部",)
    admissions = ("招生科干部",)
    aid = ("资助中心干部",)
    safety = ("安全科干部",)
    supervision = ("督导科干部",)
    office = ("办公室干部",)
    county_officer = ("县教育局干部",)
    principal = ("校长",)
    school_clerk = ("学校填报员",)
    inspector = ("责任督学",)
    other_department = ("其他部门",)
    auditor = ("纪检审计",)
    administrator = ("系统管理员",)


# a section officer's role is the line it works in; the others work in all lines of their organisation, or in those they are given
OWN_LINE = {role: Line[role.name] for role in Role if role.name in Line.__members__}


DESK = "desk"  # the section of who looks after the desk itself; it stands above no school, and needs no bureau


class JobState(Code):
    """How far a job is."""

    waiting = ("排队中",)
    running = ("进行中",)
    done = ("已完成",)
    failed = ("未成功",)
    cancelled = ("已取消",)
