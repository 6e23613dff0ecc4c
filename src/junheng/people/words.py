"""What the audit log's acts are called. Rooms name theirs in `ACTS` too: one word an act, beside where it is declared."""

from __future__ import annotations

from junheng.people.language import unit_word

SCHOOLS = "所学校"  # of an act on many schools, behind how many they were
ACTS: dict[str, str] = {
    "login": "登录",
    "login.code_refused": "动态验证码不对",
    "logout": "退出",
    "password.change": "修改密码",
    "password.reset": "重设密码",
    "second_factor.on": "开启两步验证",
    "second_factor.off": "关闭两步验证",
    "token.new": "新建接口令牌",
    "token.revoke": "撤销接口令牌",
    "person.create": "建立人员",
    "person.appoint": "任用",
    "person.end": "结束任用",
    "person.in": "启用账号",
    "person.out": "停用账号",
    "organisations.follow": "组织随登记更新",
    "job.ask": "提交后台任务",
    "job.cancel": "取消后台任务",
    "job.take_up_again": "后台任务接着办",
    "job.lost": "后台任务中断",
    "audit.export": "导出操作记录",
    "permissions.export": "导出权限表",
    "backup.make": "备份",
    "backup.restore": "恢复备份",
}


def subject_word(subject: str) -> str:
    """What an act was about, as it was recorded; where that is a count of schools, in the language of the page."""
    many, _blank, unit = subject.partition(" ")
    return f"{many} {unit_word(unit, int(many))}" if unit == SCHOOLS and many.isdecimal() else subject


def act_word(act: str) -> str:
    return ACTS.get(act, act)
