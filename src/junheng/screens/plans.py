"""What `junheng plan` prints: how far it gets, what it costs, what stays short, and what to do next."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from junheng.indicators.forms.layout import CAVEAT
from junheng.indicators.registry import INDICATORS
from junheng.kernel.codes import Verdict
from junheng.paper.screen import say, table
from junheng.planning.check import Breach, Checked, Condition
from junheng.planning.codes import MeasureKind, Status
from junheng.planning.plan import Measure, Plan
from junheng.screens.words import say_rest, stage_word, wan

SHOWN = 15


def plan(made: Plan, name: Callable[[str], str]) -> None:
    """The plan on one screen; `name` tells a school's."""
    task = made.task
    say(f"{made.advice}")
    say(f"{task['year']}学年出发，{task['target_year']}年9月1日达标；数据版本 {task['snapshot']}")
    table(
        "各县区",
        ["县区", "代码", "现在", "按方案", "未达标学校#", "按方案#", "费用（万元）#", "差距#", "结束"],
        [
            [
                row.name,
                row.county,
                Verdict[row.verdict_before].zh,
                Verdict[row.verdict_after].zh,
                str(row.schools_failing_before),
                str(row.schools_failing_after),
                wan(row.cost),
                f"{row.gap:.3%}",
                Status[row.status].zh,
            ]
            for row in made.counties
        ],
    )
    say(f"合计 {wan(made.cost)} 万元，任何同样达标的方案不少于 {wan(made.bound)} 万元（差距 {made.gap:.3%}）")
    _by_kind(made.measures)
    _unmet(made, name)
    _notes(made)
    say(
        "\n下一步：junheng plan check 方案 --city 城市目录 核对；"
        "junheng plan print 方案 --city 城市目录 --xlsx 方案.xlsx --html 方案.html 逐校查看\n" + CAVEAT
    )


def _by_kind(measures: Iterable[Measure]) -> None:
    cost: dict[str, Decimal] = {}
    schools: dict[str, set[str]] = {}
    amounts: dict[str, float] = {}
    units: dict[str, str] = {}
    for each in measures:
        cost[each.kind] = cost.get(each.kind, Decimal(0)) + Decimal(str(each.cost))
        schools.setdefault(each.kind, set()).add(each.school)
        amounts[each.kind] = amounts.get(each.kind, 0) + each.amount
        units[each.kind] = each.unit
    if not cost:
        say("\n不需要任何措施")
        return
    say("")
    table(
        "措施",
        ["措施", "数量#", "单位", "学校#", "费用（万元）#"],
        [
            [MeasureKind[kind].zh, f"{amounts[kind]:,.0f}", units[kind], str(len(schools[kind])), wan(yuan)]
            for kind, yuan in sorted(cost.items(), key=lambda each: -each[1])
        ],
    )


def _unmet(made: Plan, name: Callable[[str], str]) -> None:
    if not (unmet := made.unmet):
        return
    counties = {each.county: each.name for each in made.counties}
    say("")
    table(
        f"仍达不到规划线的（{len(unmet)} 处）",
        ["学校或县区", "学段", "项目", "将有#", "应有#", "还差#", "单位"],
        [
            [
                name(each.school) if each.school else counties[each.county],
                stage_word(each.stage),
                _item(each.item),
                f"{each.has:,.2f}",
                f"{each.wanted:,.2f}",
                f"{each.short:,.2f}",
                each.unit,
            ]
            for each in unmet[:SHOWN]
        ],
    )
    say_rest(len(unmet) - SHOWN, "处", "，见方案文件 unmet")


def _item(item: str) -> str:
    found = INDICATORS.get(item)
    return f"{item} {found.zh}" if found else item


def _notes(made: Plan) -> None:
    for row in made.counties:
        if row.failures or {"intake", "merge"} & set(made.task["allow"]):
            say(f"\n{row.name}：{row.proven}")
    if made.natural:
        say(f"自然达标（学生减少，不必做事）：{len(made.natural)} 处")
    if made.empty_later:
        say(f"三年后可能闲置的建设：{len(made.empty_later)} 处，见方案文件 empty_later")
    if made.unknown:
        say(f"缺数据未规划：{len(made.unknown)} 处 -> 补报后重新规划")
    if made.procedure:
        say(f"合并学校只供研究，实施前须依次：{'；'.join(made.procedure)}")
    for sentence in made.assumptions:
        say(f"  · {sentence}")


# --- what a check found ----------------------------------------------------------------------------------------

SHOWN_BREACHES = 40
LOOKED_AT = {"counties": "个县区", "measures": "项措施", "levels": "个水平", "unmet": "处缺口", "pupils": "个在校生数"}


def checked(made: Plan, found: Checked) -> None:
    """Every breach with what is wanted, those of a condition together; or that there is none, and what was not looked at."""
    looked_at = "、".join(f"{found.looked_at[name]:,} {words}" for name, words in LOOKED_AT.items())
    say(f"按数据版本 {made.task['snapshot']} 重新计算：{looked_at}")
    for condition, own in _by_condition(found.breaches):
        say(f"\n{condition.zh}：{len(own)} 处不符")
        for each in own[:SHOWN_BREACHES]:
            say(f"  {f'{each.row} ' if each.row else ''}{each.where}：{each.found}；应为{each.wanted}")
        say_rest(len(own) - SHOWN_BREACHES, "处")
    for note in found.notes:
        say(f"\n提示：{note}")
    if found.breaches:
        say(f"\n共 {len(found.breaches)} 处不符，方案不能照用 -> {'；'.join(dict.fromkeys(each.do for each in found.breaches))}")
    else:
        say("\n没有不符：措施、条件、费用和结论都与数据一致 -> 可以提交研究")
    for sentence in found.not_checked:
        say(f"没有核对的：{sentence}")
    say(CAVEAT)


def _by_condition(breaches: Iterable[Breach]) -> list[tuple[Condition, list[Breach]]]:
    found: dict[Condition, list[Breach]] = {}
    for each in breaches:
        found.setdefault(each.condition, []).append(each)
    return list(found.items())
