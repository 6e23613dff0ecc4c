"""What the analyses of a plan print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from junheng.paper.screen import say, table
from junheng.planning.codes import MeasureKind, Status
from junheng.planning.plan import Plan
from junheng.planning.policy import Assessment
from junheng.screens.words import say_rest, stage_word, wan

SHOWN = 20
CERTAIN = {"certain": "必须做", "replaceable": "可替代", "undecided": "未判定"}
Rows = Sequence[Mapping[str, Any]]


def curve(rows: Rows) -> None:
    """The money curve as a table."""
    table(
        "预算曲线",
        ["预算占比#", "每年预算（万元）#", "达标学段#", "未达标学段#", "全部达标县区#", "已证明"],
        [
            [
                f"{row['share']:.0%}",
                wan(row["budget"]),
                f"{row['passing_units']}/{row['units']}",
                str(row["failing_units"]),
                f"{row['passing_counties']}/{row['counties']}",
                "是" if row["proven"] else "否",
            ]
            for row in rows
        ],
    )
    say("按规划线计；每点为该预算内能达到的最好状态 -> 加 --html 曲线.html 看图")


def moved_or_not(made: Plan) -> None:
    """Which pupils a curve was computed with, where the plan moves some."""
    if _moves(made):
        say("学生调整（招生范围、布局）只比较了按原方案做和不做，未另行选择")


def moved_as_planned(made: Plan) -> None:
    """The same of the other analyses."""
    if _moves(made):
        say("学生调整（招生范围、布局）按原方案不变，未另行选择")


def _moves(made: Plan) -> bool:
    return any(each.kind in (MeasureKind.move_intake.name, MeasureKind.merge.name) for each in made.measures)


def rule_costs(rows: Rows) -> None:
    """What loosening each rule saves, the most telling first."""
    ordered = sorted(rows, key=lambda row: (-row["fewer_failures"], -row["saves"]))
    table(
        "放宽一步的效果",
        ["县区", "规则", "放宽#", "少未达标#", "省（万元）#", "说明"],
        [
            [
                row["name"],
                row["zh"],
                f"{row['step']:+g}{row['unit']}",
                str(row["fewer_failures"]),
                wan(row["saves"]) if _is_saved(row) else "—",
                _telling(row),
            ]
            for row in ordered
        ],
    )
    say("省：未达标同样多时，原方案与放宽后最省方案的费用之差 -> 只作为谈判与取舍的参考")


def _is_saved(row: Mapping[str, Any]) -> bool:
    return not row["fewer_failures"] and bool(row["told"]) and row["saves"] > 0


def _telling(row: Mapping[str, Any]) -> str:
    """Why a saving is not told, where it is not."""
    if row["fewer_failures"] < 0 or (not row["fewer_failures"] and row["comparable"] and row["told"] and row["saves"] < 0):
        return "放宽后没有搜到更好的，未证明"
    if row["fewer_failures"]:
        return "达到的更多，费用不可比"
    if not row["comparable"]:
        return "未达标处的缺口不同，费用不可比"
    return "" if row["told"] else "不放宽也一样（差别小于求解精度）"


def certain(rows: Rows, name: Callable[[str], str]) -> None:
    """How many measures are certain, and which; `name` tells a school's."""
    many = Counter(row["certain"] for row in rows)
    say("，".join(f"{CERTAIN[each]} {many[each]} 项" for each in CERTAIN) + "（在不比最省方案贵 1% 的方案中）")
    shown = [row for row in rows if row["certain"] == "certain"]
    table(
        "必须做的措施",
        ["学校", "学段", "措施"],
        [[name(row["school"]), stage_word(row["stage"]), MeasureKind[row["kind"]].zh] for row in shown[:SHOWN]],
    )
    say_rest(len(shown) - SHOWN, "项")


def price_swings(rows: Rows) -> None:
    """Cost at 80 % and 120 % of each price."""
    table(
        "价格高低 20%",
        ["县区", "价格", "低20%（万元）#", "现价（万元）#", "高20%（万元）#", "高20%时的变化"],
        [
            [
                row["name"],
                row["zh"],
                _cost(row["lower"]),
                wan(row["base"]),
                _cost(row["higher"]),
                _changes(row["higher"]["changes"]),
            ]
            for row in rows
        ],
    )


def _cost(swung: Mapping[str, Any]) -> str:
    """Where the gaps that stay are others than at the plan's own price, more or less money says nothing of the price."""
    return wan(swung["cost"]) if swung["comparable"] else "不可比"


def _changes(changes: Mapping[str, float]) -> str:
    return "，".join(f"{MeasureKind[kind].zh} {change:+,.0f}" for kind, change in changes.items()) or "措施不变"


def difference_of_plans(changes: Mapping[str, Any], name: Callable[[str], str]) -> None:
    """What another plan changes, what costs most first; `name` tells a school's."""
    cost = changes["cost"]
    say(f"费用 {wan(cost['before'])} -> {wan(cost['after'])} 万元（{wan(cost['more'], '+')}）")
    if changes["status"] in (Status.cancelled.name, Status.time_limit.name):
        ended, gap = Status[changes["status"]].zh, changes["gap"]
        say(f"新方案没有算完（{ended}），与最省方案的差距不超过 {gap:.1%}：费用之差不全是这些要求造成的")
    for row in changes["counties"]:
        say(f"{row['name']}：未达到 {row['failures_before']} -> {row['failures_after']} 处")
    rows = sorted(changes["measures"], key=lambda row: -abs(row["cost"]))
    if not rows:
        say("措施没有变化")
        return
    table(
        f"变化的措施（{len(rows)} 项）",
        ["学校", "学段", "年", "措施", "原#", "现#", "单位", "费用（元）#"],
        [
            [
                name(row["school"]),
                stage_word(row["stage"]),
                str(row["year"]),
                MeasureKind[row["kind"]].zh + (f"（从{name(row['source'])}）" if row["source"] else ""),
                f"{row['before']:g}",
                f"{row['after']:g}",
                row["unit"],
                f"{row['cost']:+,.0f}",
            ]
            for row in rows[:SHOWN]
        ],
    )
    say_rest(len(rows) - SHOWN, "项")
    for item, words in (("new", "新增的缺口"), ("no_longer", "不再有的缺口")):
        if changes["unmet"][item]:
            say(f"{words} {len(changes['unmet'][item])} 处")


def assessment(found: Assessment) -> None:
    """A policy before it is made."""
    say(f"政策预评估：{found.sentence}\n{found.advice}")
    say("影响：" + "，".join(f"{_affected(name)} {many}" for name, many in found.affected.items()))
    say("费用：" + "，".join(f"{COSTS.get(name, name)} {wan(yuan)} 万元" for name, yuan in found.cost.items()))
    for title, sentences in (("打开", found.opens), ("打破", found.breaks), ("缺数据", found.unknown), ("说明", found.notes)):
        for sentence in sentences[:SHOWN]:
            say(f"{title}：{sentence}")
        say_rest(len(sentences) - SHOWN, "条")


AFFECTED = {
    "schools": "学校",
    "heads_now": "本学年须交流校长",
    "grades": "年级",
    "classes_more": "增开班",
    "points": "教学点",
    "pupils": "学生",
}
HEADS = "heads_"  # before the year in which they fall due
COSTS = {"subsidy_a_year": "交流补贴每年", "rooms_once": "教室一次性", "teachers_a_year": "教师每年", "bus_a_year": "交通每年"}


def _affected(name: str) -> str:
    is_due = name.startswith(HEADS) and name not in AFFECTED
    return f"{name.removeprefix(HEADS)}学年须交流校长" if is_due else AFFECTED.get(name, name)
