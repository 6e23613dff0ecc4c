"""What a plan is held against, each condition with its sentence, and what is said where it does not hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from junheng.kernel.codes import Code


class Condition(Code):
    """The conditions of a plan; a breach names the one that does not hold."""

    not_allowed = ("不允许的做法不能作为措施",)
    kind = ("措施应为规划里的一种，且没有被用户排除",)
    place = ("措施应落在方案县区内、受考核的学校和学段",)
    amount = ("数量应大于0；人、间、处、所、班应为整数，单位应与措施相符",)
    once_told = ("同一措施只写一次",)
    closes = ("措施针对的项目应是它真正影响的项目",)
    dates = ("措施应在规划期内开始，按所需时间在目标年9月1日前计入",)
    short_move = ("学生、教师和设备的调配不得少于一个学年",)
    staff = ("安排的人数不超过学校实有的人数，一人只计一次",)
    posts = ("新增教师只用空编，不用编外教师",)
    subject_need = ("调出、转岗和改补之后，各学科教师仍够开齐课程",)
    graduates = ("学历提升只按预计毕业比例计入",)
    backbone_share = ("骨干教师不超过全县专任教师的规定比例",)
    late_backbone = ("骨干教师不突击认定",)
    spare = ("调出学校自身仍须达标，调出的不超过其富余",)
    rotation = ("一所学校一年调出的教师不超过规定比例",)
    distance = ("教师交流不超过最远距离，不涉及民办学校",)
    visitors = ("走教只在当地文件准许计入处安排，走教教师来自本县其他学校，一人只走教一所学校",)
    convertible = ("改造的用房不超过学校可改的办公、生活用房",)
    free_land = ("场地铺在学校自有的空地或新征的土地上，土地到手之后才铺",)
    bare_earth = ("土质场地只在当地准许处使用",)
    least_site = ("新建工程不小于最小面积",)
    sites = ("一年开工的新建工程不超过全县管得过来的处数",)
    leased = ("租用场地只在当地文件准许计入处安排",)
    need = ("没有教学需要的设备和教室不购置",)
    movable = ("设备只在公办学校之间调配，调出不超过规定比例",)
    class_size = ("增开的教学班不超过班额标准所需",)
    class_room = ("增开的班要有教室",)
    class_teachers = ("增开的班要有教师",)
    intake = ("调整招生只在准许时、就近、按规定比例进行，不使学校超过规模和班额",)
    merge = ("布局调整只从用户准许的名单中选择，并按程序进行",)
    demands = ("用户指定的措施应照办",)
    prices = ("方案用的价目和资金渠道应是现行的和用户给出的",)
    payments = ("每项措施按方案的价目、逐年付款",)
    channels = ("每类花费只用准许支付它的资金，不超过各渠道当年额度",)
    budget = ("每年的花费不超过当年预算",)
    cost = ("费用应等于数量乘以单价",)
    totals = ("县区和全市的合计应等于各项之和，差距由费用和下界得出",)
    status = ("结束状态应与差距相符",)
    task = ("方案的任务应与数据版本、年份和县区相符",)
    pupils = ("在校生数应与推算或用户给出的预测相符",)
    verdict = ("达标结论应与按方案实施后的测算一致",)
    schools = ("未达标学校数应与测算一致",)
    levels = ("各项现在、不做和按方案的水平应与测算一致",)
    unmet = ("达不到规划线的应逐项列出，不多不少",)
    unknown = ("缺数据的应逐项列出",)
    foreseen = ("自然达标和将来可能闲置的应与推算一致",)


@dataclass(frozen=True)
class Breach:
    """A condition that does not hold: where, what was found, what is wanted, what to do.

    `row`  the place in plan.json, as `measures[3]`; empty where it is the whole plan
    """

    condition: Condition
    where: str
    found: str
    wanted: str
    do: str = "重新运行 junheng plan balance，不要手工改动方案"
    row: str = ""

    def sentence(self) -> str:
        return f"{self.where}：{self.found}；应为{self.wanted} -> {self.do}（{self.condition.zh}）"

    def as_json(self) -> dict[str, Any]:
        return {
            "condition": self.condition.name,
            "rule": self.condition.zh,
            "row": self.row,
            "where": self.where,
            "found": self.found,
            "wanted": self.wanted,
            "do": self.do,
        }


@dataclass(frozen=True)
class Checked:
    """What came of a check: breaches, notes that are none, what was not looked at, and how much was."""

    breaches: tuple[Breach, ...]
    notes: tuple[str, ...]
    not_checked: tuple[str, ...]
    looked_at: dict[str, int]

    def as_json(self) -> dict[str, Any]:
        breaches = [each.as_json() for each in self.breaches]
        return {"breaches": breaches, "notes": [*self.notes], "not_checked": [*self.not_checked], "looked_at": self.looked_at}
