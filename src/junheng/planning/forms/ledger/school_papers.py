"""一校一策: a page for each school that something is asked of, to hand to its principal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from junheng.indicators.forms.cells import MISSING
from junheng.indicators.forms.layout import SEVEN
from junheng.paper.sheets import Cell, Column, Role, Row, Sheet
from junheng.planning.codes import MeasureKind, TeacherType
from junheng.planning.forms import words
from junheng.planning.forms.facts import PlanFacts, spent
from junheng.planning.forms.layout import about, procedure, sheet, stacked
from junheng.planning.forms.ledger import telling
from junheng.planning.forms.ledger.problems import Problem, problems
from junheng.planning.forms.words import WHEN, due, plain
from junheng.planning.plan import ADVICE, Level, Measure

SIGNED = "学校负责人签收：　　　　　　　　教育局责任科室：　　　　　　　　日期：　　　　年　　月　　日"
GIFTS = {"move_teacher": "派出交流", "move_equipment": "调出教学仪器设备", "move_intake": "划出招生范围内新生"}
NOTE = "距规划线：到期不整改时还差的数量。“（建议）”须经教育局确认。"


def columns(facts: PlanFacts) -> tuple[Column, ...]:
    return (
        Column(("项目",), 17.5, "left"),
        Column(("学段",), 5, "center"),
        Column((f"{facts.year}年\n现值",), 9.5),
        Column(("标准",), 7.5),
        Column((f"{facts.target}年\n不整改",), 9.5),
        Column((f"{facts.target}年\n按方案",), 9.5),
        Column(("距规划线",), 10),
        Column(("整改措施",), 36, "left"),
        Column(("金额（元）",), 12.5),
        Column(("资金来源",), 10.5, "center"),
        Column(("完成时限",), 11.5, "center"),
        Column(("责任单位",), 13, "left"),
    )


def school_papers(facts: PlanFacts) -> list[Sheet]:
    """One sheet a school, in the order of every table; none for one that may be merged: its procedure comes first."""
    found: dict[str, dict[str, Problem]] = {}
    for each in problems(facts):
        if each.school:
            found.setdefault(each.school, {})[each.item] = each
    county = {each.school: each.county for each in facts.plan.standings}
    schools = {*found, *(each.source for each in facts.measures if each.source and each.kind != MeasureKind.merge.name)}
    return [
        _paper(facts, school, found.get(school, {}))
        for school in sorted(schools, key=lambda school: (county.get(school, ""), facts.order(school)))
    ]


def _paper(facts: PlanFacts, school: str, own: dict[str, Problem]) -> Sheet:
    items = [*SEVEN, *(item for item in own if item not in SEVEN)]
    places = {id(measure): f"“{words.item_word(each.item)}”行" for each in own.values() for measure in each.measures}
    rows = [_row(facts, school, item, own.get(item), places) for item in items]
    done = [measure for each in own.values() for measure in each.measures]
    total = (Cell("合计"), *(Cell() for _ in range(7)), plain(spent(done)), *(Cell() for _ in range(3)))
    made = sheet(
        facts,
        school,
        "整改方案（一校一策）",
        columns(facts),
        rows,
        totals=(total,),
        fixed=1,
        whose=facts.school(school),
        text=tuple(_sentences(facts, school)),
        notes=(NOTE,),
    )
    return replace(made, facts=(f"建议研判：{ADVICE}　　{about(facts)}",), notes=("".join(made.notes), SIGNED))


def _row(facts: PlanFacts, school: str, item: str, each: Problem | None, places: Mapping[int, str]) -> Row:
    levels = [level for stage in facts.stages.get(school, ()) if (level := facts.levels.get((school, stage, item)))]
    if each is None:
        return (Cell(words.item_word(item)), *_values(facts, levels), Cell("—" if levels else ""), *(Cell() for _ in range(4)))
    asked = bool(each.measures or each.shared or each.unmet)
    return (
        Cell(telling.subject(each)),
        *_values(facts, levels),
        Cell("\n".join(telling.actions(facts, each, places))),
        plain(spent(each.measures)) if each.measures else Cell(),
        Cell(telling.money(each) if each.measures else ""),
        Cell(due(telling.deadline(facts, each)) if asked else ""),
        telling.responsible((*each.measures, *each.shared)) if asked else Cell(),
    )


def _values(facts: PlanFacts, levels: list[Level]) -> Row:
    """Stage, now, limit, if nothing is done, by plan, gap: a line a stage."""
    if not levels:
        return (Cell("—", Role.quiet),) * 6
    rows = [
        (
            Cell(words.stage_word(level.stage)),
            words.value_cell(level, "now"),
            words.line_cell(level.limit),
            words.value_cell(level, "undone"),
            words.value_cell(level, "planned"),
            words.gap_cell(facts, level),
        )
        for level in levels
    ]
    return tuple(stacked(column) for column in zip(*rows, strict=True))


# --- the sentences above the table ----------------------------------------------------------------------------


def _sentences(facts: PlanFacts, school: str) -> Iterator[str]:
    row, stages = facts.schools.get(school), facts.stages.get(school, ())
    place = f"{row.county}{row.township}，{row.kind}，标识码 {school}。" if row else f"标识码 {school}。"
    yield place + "；".join(_pupils(facts, school, stage) for stage in stages) + "。"
    yield "测算：" + "；".join(_standing(facts, school, stage) for stage in stages) + "。"
    if given := _given(facts, school):
        yield f"支援他校：{'；'.join(given)}。"
    for each in facts.measures:
        if each.kind == MeasureKind.merge.name and school == each.school:
            yield f"合并学校：{facts.school(each.source)}并入{facts.school(each.school)}。{''.join(procedure(facts))}"
    if late := [MeasureKind[each["kind"]].zh for each in facts.plan.empty_later if each["school"] == school]:
        yield f"提示：{'、'.join(late)}三年后可能闲置，建议研判是否调配、租借或缓建。"


def _pupils(facts: PlanFacts, school: str, stage: str) -> str:
    now, then = (facts.pupils(school, stage, year) for year in (facts.year, facts.target))
    if not facts.standings[school, stage].planned:
        return f"{words.stage_word(stage)}{facts.target}年不单独考核"
    told = [f"{number:,}人" if number is not None else MISSING for number in (now, then)]
    return f"{words.stage_word(stage)}在校生 {facts.year}年{told[0]}、{facts.target}年预计{told[1]}"


def _standing(facts: PlanFacts, school: str, stage: str) -> str:
    standing = facts.standings[school, stage]
    now, undone, planned = (words.verdict_cell(getattr(standing, when)).text for when in WHEN)
    if not standing.planned:
        return f"{words.stage_word(stage)}现在{now}，{facts.target}年不单独考核"
    return f"{words.stage_word(stage)}现在{now}，不整改到{facts.target}年{undone}，按方案{planned}"


def _given(facts: PlanFacts, school: str) -> list[str]:
    """What leaves the school for others, by year and kind."""
    alike: dict[tuple[int, str, str], list[Measure]] = {}
    for each in facts.measures:
        if each.source == school and each.kind != MeasureKind.merge.name:
            alike.setdefault((each.year, each.kind, each.detail), []).append(each)
    return [_gift(facts, *key, own) for key, own in sorted(alike.items())]


def _gift(facts: PlanFacts, year: int, kind: str, detail: str, own: list[Measure]) -> str:
    who = TeacherType[detail].zh if detail in TeacherType.__members__ else ""
    to = "、".join(f"{facts.school(each.school)} {words.amount([each])}" for each in own)
    return f"{year}年{GIFTS.get(kind, MeasureKind[kind].zh)}{who} {words.amount(own)}（{to}）"
