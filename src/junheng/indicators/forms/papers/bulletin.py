"""通报: what the county's figures say, what is short and at how many schools, the largest gaps, and the change of a year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from junheng.indicators.forms import cells
from junheng.indicators.forms.conclusions import standard_name
from junheng.indicators.forms.facts import STANDARDS, SchoolRow
from junheng.indicators.forms.gaps import shortfalls
from junheng.indicators.forms.layout import (
    NAME,
    NUMBER,
    STAGE,
    STAGE_ORDER,
    TOWNSHIP,
    item_name,
    school_year,
    sheet,
    stage_word,
)
from junheng.indicators.forms.papers.context import FormContext
from junheng.indicators.forms.papers.monitoring import asked, change, figure
from junheng.indicators.registry import INDICATORS
from junheng.kernel.codes import Evidence, Verdict
from junheng.kernel.findings import CountyVerdict, Finding
from junheng.paper.sheets import Cell, Column, Role, Row, Sheet

LARGEST = 20  # gaps that the bulletin names


def bulletin(context: FormContext) -> list[Sheet]:
    """Three sheets: verdicts in sentences and a table; items not met with last year beside them; the largest gaps."""
    return [_verdicts(context), _items(context), _largest(context)]


def _verdicts(context: FormContext) -> Sheet:
    last = context.facts.year - 1
    columns = (
        Column(("标准",), 34, "left"),
        Column(("范围",), 8, "center"),
        Column((f"{last}年测算结论",), 20, "center"),
        Column((f"{context.facts.year}年测算结论",), 20, "center"),
        Column(("未达标项数", f"{last}年"), 10),
        Column(("未达标项数", f"{context.facts.year}年"), 10),
        Column(("待确认项数",), 10),
        Column(("缺数据项数",), 10),
        Column(("待佐证项数",), 10),
    )
    before = {(one.standard, one.stage): one for one in context.earlier.get(last, ())}
    rows = [_verdict(context, one, before.get((one.standard, one.stage))) for one in context.facts.verdicts
            if one.standard in STANDARDS]
    return sheet(context.facts, "测算通报", f"{context.facts.name}义务教育均衡发展测算情况通报", columns, rows,
                 text=tuple(_sentences(context)), fixed=1)


def _verdict(context: FormContext, one: CountyVerdict, before: CountyVerdict | None) -> Row:
    return (
        Cell(standard_name(context.facts, one.standard)), Cell(stage_word(one.stage)),
        conclusion(before), conclusion(one), Cell(len(before.failed)) if before else cells.number(None),
        Cell(len(one.failed), Role.bad if one.failed else Role.plain), Cell(_unconfirmed(context, one)),
        Cell(len(one.unknown)), Cell(len(one.needs_evidence)),
    )


def _unconfirmed(context: FormContext, one: CountyVerdict) -> int:
    """The items of a verdict that wait until somebody confirms what they are held against."""
    own = [each for each in context.facts.of_county.values() if each.standard == one.standard and cells.unconfirmed(each)]
    return len({each.item for each in own if one.stage in (each.stage, "all")})


def conclusion(one: CountyVerdict | None) -> Cell:
    """The verdict in words; what rests on a value that is only believed waits for its confirmation."""
    if one is None:
        return cells.number(None)
    if one.evidence is Evidence.believed:
        return Cell(cells.UNCONFIRMED, Role.waiting)
    return Cell(one.verdict.zh, cells.ROLES[one.verdict])


def _sentences(context: FormContext) -> Iterator[str]:
    facts = context.facts
    pupils = [each.pupils for school in context.compulsory for stage, each in school.stages.items() if stage in STAGE_ORDER]
    known = [each for each in pupils if each is not None]
    many = f"小学、初中在校生 {sum(known):,} 人" if len(known) == len(pupils) else "在校生数缺数据，不能合计"
    yield (f"{school_year(facts.year)}，全县纳入测算的义务教育学校（教学点）{len(context.compulsory)} 所，{many}。"
           "现将按现有数据测算的情况通报如下。")
    short = {school.school_id for school, _ in shortfalls(facts)}
    yield f"一、总体情况。至少一项未达标的学校 {len(short)} 所。各标准测算结论见下表。"
    worst = Counter(item_name(facts, one.item) for _, one in shortfalls(facts)).most_common(3)
    if worst:
        yield f"二、主要差距。未达标学校最多的项目：{'；'.join(f'{name}（{many} 校次）' for name, many in worst)}。"
    yield f"三、校际差异。{_spreads(context)}"


def _spreads(context: FormContext) -> str:
    spreads = [one for one in context.facts.of_county.values() if one.item.endswith(".cv") and one.item.startswith("yz.")]
    over = [f"{stage_word(one.stage)}{item_name(context.facts, one.item)}" for one in spreads if one.verdict is Verdict.not_met]
    open_ = sum(cells.unconfirmed(one) for one in spreads)
    named = f"：{'、'.join(over)}" if over else ""
    waiting = f"另有 {open_} 项所依据的规定待确认，不列结论，数值见年度监测表。" if open_ else ""
    return f"差异系数超过标准的有 {len(over)} 项{named}。{waiting}"


def _failed(context: FormContext) -> list[Finding]:
    """The county's findings that are not met, by item and stage."""
    found = [one for one in context.facts.of_county.values() if one.verdict is Verdict.not_met and one.standard in STANDARDS]
    order = list(context.facts.titles)
    return sorted(found, key=lambda one: (order.index(one.item), STAGE_ORDER.index(one.stage)))


def _items(context: FormContext) -> Sheet:
    last = context.facts.year - 1
    columns = (
        NUMBER,
        Column(("标准",), 26, "left"),
        STAGE,
        Column(("未达标项目",), 42, "left"),
        Column(("标准值",), 9),
        Column((f"{last}年",), 12),
        Column((f"{context.facts.year}年",), 12),
        Column(("比上年增减",), 11),
        Column(("未达标学校",), 10),
        Column(("缺数据学校",), 10),
    )
    rows = [_item(context, number, one) for number, one in enumerate(_failed(context), start=1)]
    note = "按学校计数的项目，数值为达标学校数/应评学校数，增减为达标学校数的增减；比例的增减为百分点。"
    return sheet(context.facts, "未达标项目", "未达标项目及与上年比较", columns, rows, notes=(note,))


def _item(context: FormContext, number: int, one: Finding) -> Row:
    before = context.facts.earlier.get(context.facts.year - 1, {}).get((one.item, one.stage))
    judged = Counter(each.verdict for each in context.facts.of_item(one.item, one.stage) if each.verdict)
    counted = Cell(judged[Verdict.not_met]) if judged else Cell("—", Role.quiet)
    missing = Cell(judged[Verdict.unknown]) if judged else Cell("—", Role.quiet)
    return (
        Cell(number), Cell(standard_name(context.facts, one.standard)), Cell(stage_word(one.stage)),
        Cell(item_name(context.facts, one.item)), asked(context, one), figure(context, before, False),
        figure(context, one), change(context, before, one), counted, missing,
    )


def _largest(context: FormContext) -> Sheet:
    columns = (
        NUMBER, NAME, TOWNSHIP, STAGE,
        Column(("项目",), 40, "left"),
        Column(("现值",), 11),
        Column(("标准",), 10),
        Column(("占标准%",), 9),
        Column(("差额",), 12),
        Column(("单位",), 7, "center"),
    )
    worst = sorted(((school, one) for school, one in shortfalls(context.facts) if _share(one) is not None),
                   key=lambda pair: _share(pair[1]) or Fraction(0))[:LARGEST]
    rows = [_gap(context, number, school, one) for number, (school, one) in enumerate(worst, start=1)]
    note = f"按现值占标准的百分比由低到高列前 {LARGEST} 条；上限类项目（班额、规模）不在其中，见班额统计表和超规模学校一览表。"
    return sheet(context.facts, "最大差距", "差距最大的学校与项目", columns, rows, notes=(note,))


def _share(one: Finding) -> Fraction | None:
    """The value as per cent of what is asked; None where more is not better."""
    return cells.of_limit(one) if INDICATORS[one.item].meets == "at_least" and INDICATORS[one.item].limit else None


def _gap(context: FormContext, number: int, school: SchoolRow, one: Finding) -> Row:
    gap = None if one.gap is None else Fraction(one.gap)
    unit = cells.unit(one.gap_unit)
    return (
        Cell(number), Cell(school.name), Cell(school.township), Cell(stage_word(one.stage, "全校")),
        Cell(item_name(context.facts, one.item)), cells.counted(context.facts, one), cells.asked(context.facts, one),
        cells.number(_share(one), 1), cells.number(gap, 2), Cell(unit),
    )
