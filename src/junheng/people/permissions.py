"""Who may do what: the one place where it is said. Where is said by `scope`; whether at all, by each room's policy."""

from __future__ import annotations

from collections.abc import Mapping

from junheng.kernel.codes import Code
from junheng.people.codes import Line, Role


class Action(Code):
    """What can be done on the desk. The second word is the line of work it belongs to; none: of every line."""

    see_overview = ("看工作总览",)
    see_findings = ("看测算结果",)
    see_schools = ("看学校",)
    open_rows = ("打开数字的来源行",)
    open_personal = ("打开个人信息（须写明原因）",)
    export_findings = ("导出测算结果",)
    see_submissions = ("看学校报送", "planning")
    begin_register = ("导入首批登记数据",)
    hand_in = ("填报数据", "planning")
    hand_in_county = ("填报县级数据", "planning")
    check_submission = ("审核报送", "planning")
    make_snapshot = ("生成新版快照", "planning")
    set_deadlines = ("设置报送期限和解锁", "planning")
    see_documents = ("看文件",)
    read_documents = ("上传并识读文件",)
    decide_items = ("核定识读结果",)
    see_plans = ("看方案",)
    run_plan = ("编制方案", "planning")
    explore_plan = ("做方案情景和资金曲线", "planning")
    export_plan = ("导出方案",)
    review_plan = ("审核方案", "planning")
    approve_plan = ("批准方案", "planning")
    see_standards = ("看标准",)
    confirm_value = ("确认标准值",)
    set_local_value = ("填写本地标准值",)
    see_jobs = ("看任务进度",)
    see_audit = ("看操作记录",)
    see_people = ("看人员与组织",)
    manage_people = ("管理人员与组织",)
    use_api = ("使用数据接口",)

    @property
    def line(self) -> Line | None:
        return Line[self.value[1]] if len(self.value) > 1 else None


_SECTIONS = (Role.planning, Role.finance, Role.personnel, Role.admissions, Role.aid, Role.safety, Role.supervision, Role.office)
_BUREAU = (Role.chief, Role.deputy, *_SECTIONS)
_COUNTY = (*_BUREAU, Role.county_officer)
_SCHOOL = (Role.principal, Role.school_clerk)
_ALL = tuple(Role)
_WORKING = (*_COUNTY, *_SCHOOL, Role.inspector)

PERMISSIONS: Mapping[Action, frozenset[Role]] = {
    action: frozenset(roles)
    for action, roles in {
        Action.see_overview: _ALL,
        Action.see_findings: (*_WORKING, Role.auditor),
        Action.see_schools: (*_WORKING, Role.auditor),
        Action.open_rows: (*_WORKING, Role.auditor),
        Action.open_personal: (Role.admissions, Role.aid, Role.personnel, Role.county_officer, Role.principal),
        Action.export_findings: (*_COUNTY, Role.inspector, Role.principal),
        Action.see_submissions: (Role.chief, Role.deputy, Role.planning, Role.county_officer, *_SCHOOL, Role.auditor),
        Action.begin_register: (Role.planning, Role.administrator),
        Action.hand_in: _SCHOOL,
        Action.hand_in_county: (Role.county_officer,),
        Action.check_submission: (Role.planning, Role.county_officer),
        Action.make_snapshot: (Role.planning,),
        Action.set_deadlines: (Role.planning,),
        Action.see_documents: (*_COUNTY, Role.inspector, Role.auditor),
        Action.read_documents: (Role.office, Role.planning, Role.supervision, Role.county_officer),
        Action.decide_items: (Role.office, Role.planning, Role.supervision, Role.county_officer),
        Action.see_plans: (
            Role.chief,
            Role.deputy,
            Role.planning,
            Role.finance,
            Role.personnel,
            Role.supervision,
            Role.county_officer,
            Role.auditor,
        ),
        Action.run_plan: (Role.planning,),
        Action.explore_plan: (Role.chief, Role.deputy, Role.planning),
        Action.export_plan: (Role.chief, Role.deputy, Role.planning, Role.finance, Role.personnel, Role.supervision,
                             Role.county_officer),
        Action.review_plan: (Role.deputy,),
        Action.approve_plan: (Role.chief,),
        Action.see_standards: (*_WORKING, Role.auditor, Role.other_department),
        Action.confirm_value: (Role.supervision, Role.planning),
        Action.set_local_value: (Role.supervision, Role.planning),
        Action.see_jobs: (*_BUREAU, Role.county_officer, Role.auditor, Role.administrator),
        Action.see_audit: (Role.auditor, Role.administrator),
        Action.see_people: (Role.chief, Role.deputy, Role.office, Role.auditor, Role.administrator),
        Action.manage_people: (Role.administrator,),
        Action.use_api: (*_COUNTY, Role.inspector, Role.auditor),
    }.items()
}


def permitted(role: Role, action: Action) -> bool:
    """Whether a role may do this at all; where, its scope says."""
    return role in PERMISSIONS[action]


def matrix() -> list[tuple[Action, dict[Role, bool]]]:
    """A row an action, a column a role, in the order of their declaration."""
    return [(action, {role: permitted(role, action) for role in Role}) for action in Action]
