"""结论: how far each county gets, what it costs, what is proven."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from junheng.indicators.forms.cells import total
from junheng.paper.sheets import Cell, Column, Role, Row, Sheet
from junheng.planning.codes import Status
from junheng.planning.forms.facts import PlanFacts, exact, spent
from junheng.planning.forms.layout import sheet
from junheng.planning.forms.words import plain, verdict_cell, wan
from junheng.planning.plan import CountyPlan

COLUMNS = (
    Column(("县区",), 9, "left"),
    Column(("测算结论", "现在"), 12, "center"),
    Column(("测算结论", "按方案"), 12, "center"),
    Column(("未达标学校", "现在"), 6),
    Column(("未达标学校", "按方案"), 6.5),
    Column(("仍达不到\n（处）",), 8.5),
    Column(("缺数据\n（处）",), 7.5),
    Column(("措施\n（项）",), 7),
    Column(("规划期内费用\n（万元）",), 12),
    Column(("期满后每年\n（万元）",), 10),
    Column(("不少于\n（万元）",), 12),
    Column(("差距",), 7),
    Column(("怎样结束",), 14, "center"),
    Column(("证明了什么",), 34, "left"),
)
NOTES = (
    "“不少于”：达到同样效果的任何方案，费用都不会低于这个数。差距 =（费用 − 不少于）÷ 费用。",
    "期满后每年：规划期之后每年仍须支付的人员、维护等经常性支出。各数分别四舍五入，合计不一定等于各项之和。",
)
COUNTS, AFTER = slice(3, 8), 9


def conclusions(facts: PlanFacts) -> Sheet:
    """One row a county, and all together where there are several."""
    rows = tuple(_row(facts, each) for each in facts.plan.counties)
    return sheet(
        facts,
        "结论",
        "：优质均衡达标方案结论",
        COLUMNS,
        rows,
        totals=(_total(facts, rows),) if facts.is_city else (),
        notes=(*NOTES, *remainders(facts)),
        fixed=1,
    )


def _row(facts: PlanFacts, each: CountyPlan) -> Row:
    unknown = sum(one.county == each.county for one in facts.plan.unknown)
    return (
        Cell(each.name),
        verdict_cell(each.verdict_before),
        verdict_cell(each.verdict_after),
        Cell(each.schools_failing_before),
        marked(each.schools_failing_after),
        marked(len(facts.unmet(each.county))),
        marked(unknown, Role.unknown),
        Cell(len(facts.of_county(each.county))),
        wan(exact(each.cost)),
        wan(exact(each.running_after)),
        wan(exact(each.bound)),
        _share(each.gap),
        Cell(Status[each.status].zh),
        Cell(each.proven),
    )


def marked(number: int, role: Role = Role.bad) -> Cell:
    """A count that is shaded unless it is 0."""
    return Cell(number, role if number else Role.plain)


def _share(gap: float) -> Cell:
    return Cell(100 * exact(gap), places=3, mark="%")


def _total(facts: PlanFacts, rows: Sequence[Row]) -> Row:
    plan = facts.plan
    return (
        Cell("合计"),
        Cell(),
        Cell(),
        *map(total, list(zip(*rows, strict=True))[COUNTS]),
        wan(exact(plan.cost)),
        total((row[AFTER] for row in rows), 2),
        wan(exact(plan.bound)),
        _share(plan.gap),
        Cell(Status[plan.status].zh),
        Cell(),
    )


def remainders(facts: PlanFacts) -> tuple[str, ...]:
    """What makes the sum of the measures, or of their payments, another than the cost of the plan."""
    paid = sum((exact(each.yuan) for measure in facts.measures for each in measure.payments), Decimal(0))
    cost, discount = spent(facts.measures), exact(facts.plan.task["discount"])
    told = []
    if discount:
        told.append(f"费用按年贴现率 {plain(100 * discount).text}% 折算；各年支出为当年数，未折算，合计 {plain(paid).text} 元。")
    if cost != exact(facts.plan.cost):
        whole = plain(exact(facts.plan.cost)).text
        told.append(f"各项措施的费用分别取到分，合计 {plain(cost).text} 元；与方案费用 {whole} 元之差由取整而来。")
    return tuple(told)
